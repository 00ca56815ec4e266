"""Which value of a column over-produces which pain: an effect, its interval, and how many of the findings may be false.

The effect is the ratio of a category's share within the value to its share outside it, each with half a complaint added
(Haldane-Anscombe), with Katz's log interval (Katz et al. 1978). Every (value, category) pair of a column's large enough
values is tested; Benjamini and Hochberg's procedure keeps the expected part of false ones among those marked at `FDR`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
Float = NDArray[np.float64]

FDR = 0.05
MIN_VALUE = 20  # complaints of a value that may be judged
MIN_CATEGORY = 5  # complaints of a category that may be
Z = 1.959964
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Effect:
    """A category within a value against outside it.

    Attributes
    ----------
    ratio, low, high : float
        Of the shares, with its 95 % interval.
    q : float
        Least false-discovery rate at which it would be marked.
    marked : bool
        Over-produced, at `FDR`.
    """

    value: int
    category: int
    n: int
    ratio: float
    low: float
    high: float
    q: float
    marked: bool


def effects(codes: Int, doc: Int, category: Int, n_categories: int, design: float = 1.0) -> list[Effect]:
    """Effects of all judged pairs of one column, in order of (value, category).

    Parameters
    ----------
    codes : ndarray of int64 of shape (n_texts,)
        Value of each complaint.
    doc, category : ndarray of int64 of shape (n_labels,)
    n_categories : int
    design : float, default 1
        Design effect by which counts are worth less (`intervals`).

    Examples
    --------
    >>> codes = np.repeat([0, 1], 50)
    >>> found = effects(codes, np.arange(30), np.zeros(30, np.int64), 1)
    >>> [(e.value, e.n, e.marked) for e in found]
    [(0, 30, True), (1, 0, False)]
    """
    total = len(codes)
    sizes = np.bincount(codes)
    overall = np.bincount(category, minlength=n_categories)
    table = np.zeros((len(sizes), n_categories), np.int64)
    np.add.at(table, (codes[doc], category), 1)
    values = [v for v in range(len(sizes)) if MIN_VALUE <= sizes[v] <= total - MIN_VALUE]
    pairs = [(v, c) for v in values for c in range(n_categories) if overall[c] >= MIN_CATEGORY]
    measured = [
        _measure(int(table[v, c]), int(sizes[v]), int(overall[c] - table[v, c]), int(total - sizes[v]), design)
        for v, c in pairs
    ]
    adjusted = _benjamini_hochberg([p for *_, p in measured])
    return [
        Effect(
            v, c, int(table[v, c]), round(ratio, 3), round(low, 3), round(high, 3), round(q, 4), q <= FDR and ratio > 1
        )
        for (v, c), (ratio, low, high, _), q in zip(pairs, measured, adjusted, strict=True)
    ]


def _measure(k: int, n: int, other: int, rest: int, design: float) -> tuple[float, float, float, float]:
    """Ratio, its bounds, two-sided p."""
    inside, outside = (k + 0.5) / (n + 1), (other + 0.5) / (rest + 1)
    error = math.sqrt(design * (1 / (k + 0.5) - 1 / (n + 1) + 1 / (other + 0.5) - 1 / (rest + 1)))
    log = math.log(inside / outside)
    p = 2 * (1 - _NORMAL.cdf(abs(log) / error))
    return math.exp(log), math.exp(log - Z * error), math.exp(log + Z * error), p


def _benjamini_hochberg(values: list[float]) -> list[float]:
    """Adjusted p values (Benjamini and Hochberg 1995)."""
    order = sorted(range(len(values)), key=lambda i: -values[i])
    adjusted = [1.0] * len(values)
    least = 1.0
    for place, i in enumerate(order):
        least = min(least, values[i] * len(values) / (len(values) - place))
        adjusted[i] = least
    return adjusted
