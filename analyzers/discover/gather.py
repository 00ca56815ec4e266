"""The texts to be grouped, taken in chunk by chunk: their words as numbers, and the texts themselves of a sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..content_words import Words

Int = NDArray[np.int64]

SAMPLE = 2000  # different texts that the groups are made from, those of the least content hash


class Gathered:
    """What discovery keeps of each text: about five bytes a content word.

    Attributes
    ----------
    texts : dict of int to str
        Of the sample, by content hash.
    """

    def __init__(self) -> None:
        self._parts: list[Words] = []
        self._rows: list[Int] = []
        self._content: list[NDArray[np.uint64]] = []
        self.texts: dict[int, str] = {}

    def add(self, words: Words, texts: Sequence[str], rows: Int, content: NDArray[np.uint64]) -> None:
        """Take in some texts of a chunk.

        Parameters
        ----------
        words : Words
        texts : sequence of str
        rows : ndarray of int64
            Their row numbers in the run's columns.
        content : ndarray of uint64
        """
        if not len(rows):
            return
        self._parts.append(words)
        self._rows.append(rows)
        self._content.append(content)
        self.texts.update(zip(content.tolist(), texts, strict=True))
        if len(self.texts) > 2 * SAMPLE:
            self._prune()

    def _prune(self) -> None:
        self.texts = {content: self.texts[content] for content in sorted(self.texts)[:SAMPLE]}

    def finish(self) -> tuple[Words, Int, NDArray[np.uint64]]:
        """Words, row numbers and content hashes of all texts."""
        self._prune()
        rows = np.concatenate([np.zeros(0, np.int64), *self._rows])
        content = np.concatenate([np.zeros(0, np.uint64), *self._content])
        words = Words.join(self._parts)
        self._parts = [words]
        return words, rows, content
