"""Sums of rule weights by text and category, sparse: a text speaks of a few categories of many hundreds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scores:
    """Non-zero cells of a table of shape (n_texts, n_categories), sorted by text, then category.

    Attributes
    ----------
    doc, category : ndarray of int64
    value : ndarray of float64
    shape : tuple of int
    """

    doc: Int
    category: Int
    value: Float
    shape: tuple[int, int]

    def table(self) -> Float:
        """The dense table."""
        full = np.zeros(self.shape)
        full[self.doc, self.category] = self.value
        return full

    def totals(self) -> Float:
        """Sum of each text's scores."""
        return sums(self.doc, self.value, self.shape[0])

    def at(self, doc: Int, category: Int) -> Float:
        """Values of the given cells."""
        found = np.zeros(len(doc))
        if len(self.doc):
            width = np.int64(self.shape[1])
            key, wanted = self.doc * width + self.category, doc * width + category
            place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
            hit = key[place] == wanted
            found[hit] = self.value[place[hit]]
        return found

    def sum_by(self, group_of: Int, n_groups: int) -> Float:
        """Sums by group of categories: shape (n_texts, n_groups)."""
        cell = self.doc * n_groups + group_of[self.category]
        return sums(cell, self.value, self.shape[0] * n_groups).reshape(self.shape[0], n_groups)

    def top_by(self, group_of: Int, n_groups: int) -> Float:
        """Highest score by group of categories, 0 where it has none: shape (n_texts, n_groups)."""
        top = np.zeros((self.shape[0], n_groups))
        np.maximum.at(top, (self.doc, group_of[self.category]), self.value)
        return top

    def least(self, value: float) -> Scores:
        """The cells with at least a value, millionths aside: sums of rule weights are no exact binary fractions."""
        kept = np.round(self.value, 6) >= value
        return Scores(self.doc[kept], self.category[kept], self.value[kept], self.shape)


def sums(cell: Int, value: Float, n: int) -> Float:
    """Sum of the values of each cell."""
    return np.bincount(cell, value, minlength=n).astype(np.float64, copy=False)


def rule_sums(doc: Int, category: Int, rule: Int, weight: Float, shape: tuple[int, int]) -> Scores:
    """Sum of weights by text and category, each rule once a text."""
    order = np.lexsort((rule, category, doc))
    doc, category, rule, weight = doc[order], category[order], rule[order], weight[order]
    cell = doc * np.int64(shape[1]) + category
    fresh = (np.diff(cell, prepend=-1) != 0) | (np.diff(rule, prepend=-1) != 0)
    cell, weight = cell[fresh], weight[fresh]
    opens = np.flatnonzero(np.diff(cell, prepend=-1))
    # one by one from the left, as the sum of a short list is on every machine
    number = np.cumsum(np.diff(cell, prepend=-1) != 0) - 1
    value = sums(number, weight, len(opens))
    keep = value != 0
    cell = cell[opens][keep]
    return Scores(cell // shape[1], cell % shape[1], value[keep], shape)
