"""One text as the readers of facts see it: lowered letters, words with their places, cues and sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .cues import MONTH, NUMBER
from .numerals import CARDINALS, COLLECTIVE, ORDINALS
from .words import Words

# what is read of a text, as bits: which reader has words to look at
READERS = {
    name: 1 << i
    for i, name in enumerate((
        "money", "paid", "number", "counted", "noun", "waited", "month", "paper", "promise", "quoted", "fact",
        "demand", "ask", "threat", "place", "leave",
    ))
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chunk:
    """The words of a chunk, of which a page takes its own.

    Attributes
    ----------
    first : list of int
        First word of each text, and the end.
    begins : list of int
        First word of each sentence, and the end.
    start, stop, bits : list of int
        Places in the text, and cues, by word.
    words : Words
        The same words as columns.
    has, opened, work : list of int
        All cues, all openings and the readers of each text.
    lists : mapping of str to (list of int, list of int)
        Words that each reader asks about, and where those of each text begin.
    """

    first: list[int]
    begins: list[int]
    start: list[int]
    stop: list[int]
    bits: list[int]
    words: Words
    has: list[int]
    opened: list[int]
    work: list[int]
    lists: Mapping[str, tuple[list[int], list[int]]]


class Page:
    """A text with its words.

    Attributes
    ----------
    low : str
        Lowered, with «ё» as «е»; every character in its place.
    start, stop, bits : list of int
        Places and cues of the words.
    has, opened : int
        All cues and all openings of the text.
    work : int
        Bits of `READERS` that have words.
    doc, base : int
        Number of the text in its chunk, and of its first word.
    """

    __slots__ = (
        "_chunk", "_flags", "_opens", "base", "bits", "doc", "has", "low", "opened", "start", "stop", "text", "work",
    )  # fmt: skip

    def __init__(self, text: str, chunk: Chunk, doc: int) -> None:
        first, last = chunk.first[doc], chunk.first[doc + 1]
        self.text, self.low = text, lowered(text)
        self.start, self.stop, self.bits = chunk.start[first:last], chunk.stop[first:last], chunk.bits[first:last]
        self.has, self.opened, self.work = chunk.has[doc], chunk.opened[doc], chunk.work[doc]
        self._chunk, self.doc, self.base = chunk, doc, first
        self._opens: list[int] | None = None
        self._flags: list[int] | None = None

    @property
    def opens(self) -> list[int]:
        """Openings of the words."""
        found = self._opens
        if found is None:
            found = self._opens = self._column(self._chunk.words.opens)
        return found

    @property
    def flags(self) -> list[int]:
        """Parts of speech and the like of the words, bits of `lemmas.FLAGS`."""
        found = self._flags
        if found is None:
            found = self._flags = self._column(self._chunk.words.flags)
        return found

    @property
    def words(self) -> Words:
        """The words of the text's chunk; the text's own begin at `base`."""
        return self._chunk.words

    def _column(self, column: NDArray[np.int64]) -> list[int]:
        return column[self.base : self.base + len(self.start)].tolist()

    def found(self, reader: str) -> list[int]:
        """Words that a reader asks about (`places.Places`)."""
        words, at = self._chunk.lists[reader]
        return words[at[self.doc] : at[self.doc + 1]]

    def at(self, bit: int) -> list[int]:
        """Words with one of these cues."""
        return [i for i, bits in enumerate(self.bits) if bits & bit] if self.has & bit else []

    def word(self, i: int) -> str:
        """A word's letters, "" outside the text."""
        return self.low[self.start[i] : self.stop[i]] if 0 <= i < len(self.start) else ""

    def words_of(self, i: int) -> tuple[int, int]:
        """First word of the sentence of a word, and the first behind it."""
        begins = self._chunk.begins
        k = bisect_right(begins, self.base + i)
        return begins[k - 1] - self.base, begins[k] - self.base

    def span_of(self, i: int) -> tuple[int, int]:
        """Where the sentence of a word begins, and where the next one does."""
        first, last = self.words_of(i)
        return self.start[first], self.start[last] if last < len(self.start) else len(self.low)

    def sentences_behind(self, i: int, most: int) -> list[tuple[int, int]]:
        """First word, and the first behind it, of each of some sentences behind that of a word."""
        begins, stop = self._chunk.begins, self.base + len(self.start)
        k = bisect_right(begins, self.base + i)
        found: list[tuple[int, int]] = []
        while begins[k] < stop and len(found) < most:
            found.append((begins[k] - self.base, begins[k + 1] - self.base))
            k += 1
        return found

    def touches(self, i: int, j: int, gap: int = 3) -> bool:
        """Whether two neighbouring words stand in one sentence, hardly anything between them."""
        return self.start[j] - self.stop[i] <= gap and j < self.words_of(i)[1]

    def number_before(self, i: int) -> tuple[float, int] | None:
        """The number that ends right before a word, and its first word."""
        value, first, j = 0.0, i, i - 1
        while j >= 0 and self.bits[j] & NUMBER and self.touches(j, first) and i - j <= 3:
            word = self.word(j)
            if word[:1].isdigit():
                digits = word.rstrip("-")
                if not digits.isdigit() or value or (digits[0] == "0" and len(digits) > 1):
                    break  # «16 08» is a date
                if j and self.word(j - 1).isdigit() and self.low[self.stop[j - 1] : self.start[j]] in (",", "."):
                    return float(f"{self.word(j - 1)}.{digits}"), j - 1
                return float(digits), j
            value += CARDINALS.get(word, 0.0) or COLLECTIVE.get(word, 0)
            first = j
            j -= 1
        return (value, first) if value else None

    def number_after(self, i: int) -> float | None:
        """The number that stands right behind a word."""
        j = i + 1
        if j >= len(self.start) or not self.bits[j] & NUMBER or not self.touches(i, j, 2):
            return None
        if self.low[self.stop[i]] == "," or self._dated(j):
            return None  # «документы приложены, 7 листов», «заявление 28 февраля», «претензия 10.06»
        word = self.word(j)
        return float(word) if word.isdigit() else CARDINALS.get(word) or None

    def _dated(self, i: int) -> bool:
        """Whether a number is a day of a month, or counts times."""
        tail = self.low[self.stop[i] : self.stop[i] + 2]
        if tail[:1] in (".", "/", "-") and tail[1:].isalnum():
            return True
        return i + 1 < len(self.bits) and bool(self.bits[i + 1] & MONTH or self.word(i + 1).startswith("раз"))

    def ordinal_before(self, i: int) -> int:
        """The ordinal right before a word, 0 for none."""
        if i < 1 or not self.touches(i - 1, i):
            return 0
        word = self.word(i - 1)
        digits = word.split("-")[0]
        if word in ORDINALS:
            return ORDINALS[word]
        ends = ("й", "ый", "ой", "ий", "ю", "ую", "я", "ая", "е", "ое")
        if digits.isdigit() and word != digits and word.endswith(ends):
            return int(digits)
        if i > 1 and word in ends and self.word(i - 2).isdigit():  # «5й» is two words
            return int(self.word(i - 2))
        return 0


def lowered(text: str) -> str:
    """Lower case with «ё» as «е», every character in its place.

    >>> lowered("Ещё İ")
    'еще i'
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lowered
        low = "".join(char.lower()[:1] for char in text)
    return low.replace("ё", "е")
