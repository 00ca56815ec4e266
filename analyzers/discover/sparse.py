"""Sparse rows times dense columns in plain numpy: all the algebra that discovery needs, without SciPy's import time.

Sums run in the order of the columns, so that they are equal on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..runs import sum_by_run

Int = NDArray[np.int64]
Float = NDArray[np.float64]
DECIDING = 6  # decimals kept before a figure decides: the last digits differ by machine


def rounded(values: Float, decimals: int = DECIDING) -> Float:
    """Figures that may decide something."""
    return np.asarray(values, np.float64).round(decimals)


@dataclass(frozen=True, slots=True)
class Sparse:
    """Compressed rows.

    Attributes
    ----------
    first : ndarray of int64 of shape (n_rows + 1,)
        Where each row begins in `column` and `value`.
    column : ndarray of int64
        Going up within a row.
    value : ndarray of float64
    width : int
        Columns.
    """

    first: Int
    column: Int
    value: Float
    width: int

    @property
    def n(self) -> int:
        """Rows."""
        return len(self.first) - 1

    @property
    def row(self) -> Int:
        """The row of each value."""
        return np.repeat(np.arange(self.n), np.diff(self.first))

    @classmethod
    def of(cls, row: Int, column: Int, value: Float, shape: tuple[int, int]) -> Sparse:
        """From places in any order; values of one place are added."""
        key = row * shape[1] + column
        order = np.argsort(key, kind="stable")
        key, value = key[order], value[order]
        opens = np.flatnonzero(np.diff(key, prepend=-1))
        sums = np.add.reduceat(value, opens) if len(opens) else value
        key = key[opens]
        first = np.searchsorted(key, np.arange(shape[0] + 1) * shape[1])
        return cls(first, key % max(shape[1], 1), sums, shape[1])

    def with_values(self, value: Float) -> Sparse:
        """Other values in the same places."""
        return Sparse(self.first, self.column, value, self.width)

    def rows(self, chosen: Int) -> Sparse:
        """Some of the rows."""
        sizes = np.diff(self.first)[chosen]
        first = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        at = np.arange(int(first[-1])) + np.repeat(self.first[:-1][chosen] - first[:-1], sizes)
        return Sparse(first, self.column[at], self.value[at], self.width)

    def transposed(self) -> Sparse:
        """Columns as rows."""
        order = np.argsort(self.column, kind="stable")
        first = np.searchsorted(self.column[order], np.arange(self.width + 1))
        return Sparse(first, self.row[order], self.value[order], self.n)

    def times(self, dense: Float) -> Float:
        """The product with a dense matrix of shape (width, k): shape (n_rows, k)."""
        return sum_by_run(dense, self.column, self.first, self.value)

    def heaviest(self, most: int) -> Sparse:
        """At most so many values of each row, the greatest; of equal ones the first."""
        row = self.row
        order = np.lexsort((self.column, -rounded(self.value, 9), row))
        rank = np.arange(len(row)) - np.repeat(self.first[:-1], np.diff(self.first))
        keep = np.sort(order[rank < most])
        first = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(row[keep], minlength=self.n))))
        return Sparse(first, self.column[keep], self.value[keep], self.width)

    def sums(self) -> Float:
        """Sum of each row."""
        return np.bincount(self.row, self.value, self.n).astype(np.float64)

    def scaled(self) -> Sparse:
        """Rows of length 1; empty rows stay."""
        length = np.sqrt(np.bincount(self.row, self.value**2, self.n))
        return self.with_values(self.value / np.maximum(length, 1e-12)[self.row])
