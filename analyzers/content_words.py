"""Words of texts that say what they are about, as numbers: what discovery keeps of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .forms import Forms
from .lemmas import BIT
from .tokens import Tokens

Int = NDArray[np.int64]
_NAMES = ("light", "preposition", "conjunction", "particle", "pronoun")
SKIPPED = np.uint64(sum({BIT[name] for name in _NAMES}))


@dataclass(frozen=True, slots=True)
class Words:
    """Content words of many texts, in order.

    Attributes
    ----------
    first : ndarray of int64 of shape (n_texts + 1,)
    lemma : ndarray of int32
        Lemma id.
    beside : ndarray of bool
        Whether the word before it is the neighbour in its sentence.
    """

    first: Int
    lemma: NDArray[np.int32]
    beside: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """Texts."""
        return len(self.first) - 1

    @property
    def doc(self) -> Int:
        """The text of each word."""
        return np.repeat(np.arange(self.n), np.diff(self.first))

    def rows(self, chosen: Int) -> Words:
        """Some of the texts."""
        sizes = np.diff(self.first)[chosen]
        first = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        at = np.arange(int(first[-1])) + np.repeat(self.first[:-1][chosen] - first[:-1], sizes)
        return Words(first, self.lemma[at], self.beside[at])

    def numbered(self, numbers: NDArray[np.int32]) -> Words:
        """The same with other lemma ids, given by the present ones: those of another process."""
        return Words(self.first, numbers[self.lemma], self.beside)

    @classmethod
    def join(cls, parts: Sequence[Words]) -> Words:
        """Chunk after chunk."""
        sizes = [np.diff(part.first) for part in parts]
        first = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.concatenate([np.zeros(0, np.int64), *sizes]))))
        lemma = np.concatenate([np.zeros(0, np.int32), *(part.lemma for part in parts)])
        return cls(first, lemma, np.concatenate([np.zeros(0, bool), *(part.beside for part in parts)]))


def content_words(tokens: Tokens, form_ids: NDArray[np.int32], forms: Forms) -> Words:
    """Words of a chunk without function words and numbers.

    Parameters
    ----------
    tokens : Tokens
    form_ids : ndarray of int32 of shape (n_tokens,)
    forms : Forms
    """
    lemma = forms.lemma[form_ids]
    at = np.flatnonzero(((forms.flags[form_ids] & SKIPPED) == 0) & (lemma != forms.lemma_id("0")))
    beside = np.zeros(len(at), bool)
    beside[1:] = tokens.sentence[at][1:] == tokens.sentence[at][:-1]
    return Words(np.searchsorted(at, tokens.first), lemma[at].astype(np.int32), beside)
