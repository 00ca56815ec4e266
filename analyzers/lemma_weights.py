"""Sums of packaged lemma weights over texts: a lemma counts once a text, plain and denied ones apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .classify import Labels
from .forms import Forms
from .runs import sum_by_run

Float = NDArray[np.float64]
Int = NDArray[np.int64]
NEGATED = "не_"


class LemmaWeights:
    """Sparse weights by lemma.

    Parameters
    ----------
    forms : Forms
    width : int
        Columns of the sums.
    weights : mapping of str to (columns, values)
        A denied lemma begins with ``не_``.
    """

    def __init__(self, forms: Forms, width: int, weights: Mapping[str, tuple[Sequence[int], Sequence[float]]]) -> None:
        self._forms = forms
        self._width = width
        self._names: list[str] = ["", *weights]
        self._row = {name: i + 1 for i, name in enumerate(weights)}
        sizes = [0, 0, *(len(columns) for columns, _ in weights.values())]
        self._offset = np.cumsum(np.array(sizes, np.int64))
        self._column = np.array([c for columns, _ in weights.values() for c in columns], np.int64)
        self._value = np.array([v for _, values in weights.values() for v in values], np.float64)
        self._rows = np.zeros((0, 2), np.int64)  # by lemma id: plain, denied
        # where every lemma weighs on every column, whole rows are added instead of single cells
        full = all(len(columns) == width for columns, _ in weights.values())
        self._table = np.vstack((np.zeros((1, width)), self._value.reshape(-1, width))) if full else None

    def sums(self, labels: Labels) -> Float:
        """Sum of each text's weights over the root of the number of its different known lemmas: (n_texts, width)."""
        total, known = self.totals(labels)
        return total / np.sqrt(np.maximum(known, 1))[:, None]

    def totals(self, labels: Labels) -> tuple[Float, Int]:
        """Sum of each text's weights, and the number of its different known lemmas: (n_texts, width), (n_texts,)."""
        doc, row = self._pairs(labels)
        n = len(labels.n_tokens)
        known = np.bincount(doc, minlength=n)
        if self._table is not None:
            return sum_by_run(self._table, row, np.searchsorted(doc, np.arange(n + 1))), known
        sizes = self._offset[row + 1] - self._offset[row]
        entry = np.arange(int(sizes.sum())) + np.repeat(self._offset[row] - (np.cumsum(sizes) - sizes), sizes)
        cell = np.repeat(doc, sizes) * self._width + self._column[entry]
        total = np.bincount(cell, self._value[entry], minlength=n * self._width).astype(np.float64, copy=False)
        return total.reshape(n, self._width), known

    def shares(self, labels: Labels, direction: Float) -> list[tuple[int, str, float]]:
        """What each known lemma adds to ``sums(labels) @ direction``, as (text, lemma, amount)."""
        doc, row = self._pairs(labels)
        size = np.sqrt(np.maximum(np.bincount(doc, minlength=len(labels.n_tokens)), 1))
        found: list[tuple[int, str, float]] = []
        for d, r in zip(map(int, doc), map(int, row), strict=True):
            cells = slice(int(self._offset[r]), int(self._offset[r + 1]))
            amount = float(np.dot(self._value[cells], direction[self._column[cells]])) / float(size[d])
            found.append((d, self._names[r], amount))
        return found

    def _pairs(self, labels: Labels) -> tuple[Int, Int]:
        """Different (text, known lemma) pairs, sorted."""
        lemmas = self._forms.lemmas
        if len(self._rows) < len(lemmas):
            fresh = [(self._row.get(name, 0), self._row.get(NEGATED + name, 0)) for name in lemmas[len(self._rows) :]]
            self._rows = np.concatenate((self._rows, np.array(fresh, np.int64).reshape(-1, 2)))
        rows = self._rows[self._forms.lemma[labels.form_ids], labels.scope.negated.astype(np.int64)]
        size = np.int64(len(self._row) + 1)
        known = np.flatnonzero(rows)
        pairs = labels.tokens.doc[known] * size + rows[known]
        # half as wide where they fit: they are sorted twice as fast
        pairs = np.sort(pairs.astype(np.int32) if size * len(labels.n_tokens) < 1 << 31 else pairs)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0].astype(np.int64)
        doc, row = np.divmod(pairs, size)
        return doc, row
