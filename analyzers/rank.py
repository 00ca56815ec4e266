"""The ranking and its parts: pain, growth, index, class, intervals. Formulas as in docs/ranking.md."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .vocabulary import CLASSES
from .weights import GROWTH_HIGH, GROWTH_LOW

Int = NDArray[np.int64]
Float = NDArray[np.float64]

PRIOR = 5.0  # imaginary complaints, seen and expected, that shrink a growth towards 1
FEW = 5  # complaints below which a finding is «мало данных»
CLASS_ROWS, CLASS_SHARE = 2, 0.05  # rows, and share of its rows, that must hold a finding's class
Z95 = 1.959964


def pains(doc: Int, category: Int, severity: Float, n_categories: int) -> Float:
    """Weighted pain of each category: a complaint's severity, split evenly among its categories.

    Parameters
    ----------
    doc, category : ndarray of int64 of shape (n_labels,)
        The labels given, sorted by text.
    severity : ndarray of float64 of shape (n_texts,)
    n_categories : int

    Returns
    -------
    ndarray of float64 of shape (n_categories,)
        Exact sums (`math.fsum`), so that no order of rows changes a bit.

    Examples
    --------
    >>> pains(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([0.4, 0.6]), 2).tolist()
    [0.2, 0.8]
    """
    if not len(doc):
        return np.zeros(n_categories)
    parts = severity[doc] / np.bincount(doc)[doc]
    order = np.argsort(category, kind="stable")
    edges = np.searchsorted(category[order], np.arange(n_categories + 1))
    sorted_parts = parts[order]
    return np.array([math.fsum(sorted_parts[a:b].tolist()) for a, b in pairwise(edges.tolist())])


def growth(now: int, total_now: int, before: int, total_before: int) -> float:
    """Shrunken growth of a category's share against the reference periods.

    ``(now + PRIOR) / (expected + PRIOR)`` with ``expected = total_now * (before + 0.5) / (total_before + 1)``: the
    posterior mean of a Poisson rate's ratio under a gamma prior of mean 1 (Gelman et al., Bayesian Data Analysis, 2.6),
    so that a handful of complaints cannot move it far.

    Examples
    --------
    >>> growth(10, 100, 10, 100), growth(40, 100, 10, 100), growth(3, 30, 5, 200)
    (0.974, 2.923, 1.374)
    """
    expected = total_now * (before + 0.5) / (total_before + 1)
    return round((now + PRIOR) / (expected + PRIOR), 3)


def index(pain: Float, growths: Float, low: float = GROWTH_LOW, high: float = GROWTH_HIGH) -> Float:
    """Share of the whole weighted pain, in tenths of a percent by largest remainder: the findings sum to 100.0 exactly.

    Examples
    --------
    >>> index(np.array([1.0, 1.0, 1.0]), np.ones(3)).tolist()
    [33.4, 33.3, 33.3]
    """
    weight = np.round(pain * np.clip(growths, low, high), 9)
    total = math.fsum(weight.tolist())
    if total <= 0:
        return np.zeros(len(pain))
    raw = weight / total * 1000
    floor = np.floor(np.round(raw, 6))
    rest = round(1000 - float(floor.sum()))
    # equal remainders: the earlier finding first, so the order given decides
    order = np.argsort(-np.round(raw - floor, 6), kind="stable")
    floor[order[:rest]] += 1
    return np.round(floor / 10, 1)


def finding_class(severities: Float) -> tuple[str, dict[str, int]]:
    """Class of a finding: the worst that at least 2 rows and 5 % of its rows hold; and the rows of each class.

    Examples
    --------
    >>> finding_class(np.array([0.8, 0.8, 0.3, 0.3]))
    ('A', {'A': 2, 'B': 0, 'C': 2, 'D': 0})
    """
    counts: dict[str, int] = {}
    above = 1.01
    for name, floor in CLASSES:
        counts[name] = int(((severities >= floor) & (severities < above)).sum())
        above = floor
    at_least = 0
    for name, _ in CLASSES:
        at_least += counts[name]
        if at_least >= min(CLASS_ROWS, len(severities)) and at_least >= CLASS_SHARE * len(severities):
            return name, counts
    return "D", counts


def impact(total: float, n: int, ratings: Float) -> float | None:
    """What a category does to the mean rating: the mean of all less the mean without its rows (leave-one-out).

    Parameters
    ----------
    total, n : float, int
        Sum and number of all ratings.
    ratings : ndarray of float64
        Those of the category's rows, NaN where unknown.

    Returns
    -------
    float or None
        Negative where the category pulls the mean down; None without ratings on both sides.

    Examples
    --------
    >>> impact(16.0, 4, np.array([1.0, np.nan]))
    -1.0
    """
    own = ratings[~np.isnan(ratings)]
    if not len(own) or len(own) == n:
        return None
    without = (total - math.fsum(own.tolist())) / (n - len(own))
    return round(total / n - without, 4)


def wilson(n: float, total: float, z: float = Z95) -> tuple[float, float]:
    """Wilson score interval of a share (Wilson 1927); counts over a design effect are no whole numbers.

    Examples
    --------
    >>> wilson(5, 50)
    (0.0435, 0.2136)
    """
    if total <= 0:
        return 0.0, 0.0
    p = n / total
    centre = p + z * z / (2 * total)
    spread = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return round(max(0.0, (centre - spread) / scale), 4), round(min(1.0, (centre + spread) / scale), 4)


def per_1000(n: int, denominator: int | None) -> float | None:
    """Complaints per 1,000 orders or customers.

    Examples
    --------
    >>> per_1000(18, 12_000), per_1000(18, None)
    (1.5, None)
    """
    return round(1000 * n / denominator, 3) if denominator else None


def cumulative(indexes: Sequence[float]) -> list[float]:
    """Running sum of the indexes, as the reader sees it."""
    total = 0
    found: list[float] = []
    for value in indexes:
        total += round(value * 10)
        found.append(total / 10)
    return found
