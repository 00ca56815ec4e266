"""The words of a chunk as columns, for readers that weigh all its texts at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..tokens import Tokens

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
STEM, LONG = 4, 8  # letters that tell a word, and how long one is that is told by one more
_LETTER = 12  # bits of a letter in a stem's number


@dataclass(frozen=True, slots=True)
class Words:
    """Columns by word of a chunk.

    Attributes
    ----------
    tokens : Tokens
    bits, opens, flags : ndarray of int64 of shape (n_tokens,)
        Cues, openings, and bits of `lemmas.FLAGS`.
    sentence : ndarray of int64 of shape (n_tokens,)
        Number of the sentence, from 0 and without holes.
    begins : ndarray of int64 of shape (n_sentences + 1,)
        First word of each sentence, and the end.
    question : ndarray of bool of shape (n_sentences,)
        Whether a sentence is a question.
    """

    tokens: Tokens
    bits: Int
    opens: Int
    flags: Int
    sentence: Int
    begins: Int
    question: Bool

    @classmethod
    def of(cls, tokens: Tokens, bits: Int, opens: Int, flags: Int) -> Words:
        """The columns of a chunk."""
        number = tokens.sentence
        opening = np.append(np.full(min(len(number), 1), True), number[1:] > number[:-1])
        begins = np.flatnonzero(opening)
        return cls(
            tokens, bits, opens, flags, np.cumsum(opening) - 1, np.append(begins, len(bits)),
            tokens.question[number[begins]],
        )  # fmt: skip

    def within(self, words: Int) -> Int:
        """Numbers of words held inside the chunk."""
        return np.clip(words, 0, len(self.bits) - 1)

    def any_of(self, column: Int, first: Int, last: Int) -> Int:
        """Bits that any word of each stretch has, 0 for an empty one.

        Parameters
        ----------
        column : ndarray of int64 of shape (n_tokens,)
        first, last : ndarray of int64 of shape (n,)
            First word of each stretch, and the first behind it.
        """
        full = last > first
        if not len(first):
            return np.zeros(0, np.int64)
        ends = np.empty(2 * len(first), np.int64)
        ends[::2], ends[1::2] = np.where(full, first, 0), np.where(full, last, 0)
        # the end of the chunk is no place in it: only a stretch that reaches it asks for one word more
        column = np.append(column, 0) if int(ends.max()) >= len(column) else column
        return np.where(full, np.bitwise_or.reduceat(column, ends)[::2], 0)

    def denials(self, no: int, verb: int) -> Bool:
        """Words with a flag of denial that are a verb, or have one among the next two of their sentence."""
        at = np.flatnonzero(self.flags & no)
        end = self.begins[self.sentence[at] + 1]
        found = np.zeros(len(self.flags), bool)
        found[at] = self.any_of(self.flags, at, np.minimum(end, at + 3)) & verb != 0
        return found

    def ends(self, words: Int, letters: str) -> Bool:
        """Which words end with some letters."""
        stop, normal = self.tokens.stop[words], self.tokens.normal
        found = stop - self.tokens.start[words] >= len(letters)
        for back, letter in enumerate(reversed(letters), 1):
            found = found & (normal[stop - back] == ord(letter))
        return found

    def stem(self, words: Int) -> Int:
        """A number for the first letters of each word, four or of long words five; 0 for short words and figures."""
        start, normal = self.tokens.start[words], self.tokens.normal
        length = self.tokens.stop[words] - start
        found = np.zeros(len(words), np.int64)
        for i in range(STEM + 1):
            letter = normal[np.minimum(start + i, len(normal) - 1)].astype(np.int64)
            found = (found << _LETTER) | np.where(length > LONG, letter, 0 if i == STEM else letter)
        return np.where((length > STEM) & (normal[start] > ord("9")), found, 0)


def expanded(first: Int, last: Int) -> tuple[Int, Int]:
    """The words of each of some stretches: which stretch, which word."""
    length = np.maximum(last - first, 0)
    stretch = np.repeat(np.arange(len(first)), length)
    return stretch, np.arange(len(stretch)) - np.repeat(np.cumsum(length) - length - first, length)
