"""Intervals of indexes and of places in the ranking, in closed form: no random numbers, no dependence on row order.

An index is a ratio of sums over customers, ``R_c = sum_k y_kc / sum_k b_k``, with ``y_kc`` the weighted pain that
customer k adds to category c and ``b_k`` what it adds to all. Its variance is the linearised one (Cochran, Sampling
Techniques, 6.3): ``sum_k (y_kc - R_c b_k)^2 / B^2``. Complaints come in bursts, so it is multiplied by a design effect
(Kish): the spread of period sums over what independent customers would show, pooled over categories, never below 1.
The interval is Wilson's with the number of customers that would give that variance, which keeps it inside [0, 1] and
holds for a handful of complaints. A place is held by pairwise comparisons (Mogstad et al. 2024, Inference for Ranks),
each one-sided: a category can be first where no other is surely above it. `benchmarks/simulate.py` shows how often the
truth is inside.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]
Float = NDArray[np.float64]

LEVEL = 0.95
MIN_PERIODS = 4  # blocks that a design effect can be read from
MAX_EFFECT = 20.0
PAIRS = 200_000  # of categories, multiplied at a time


@dataclass(frozen=True, slots=True)
class Intervals:
    """Bounds by category, in the order given.

    Attributes
    ----------
    low, high : ndarray of float64
        Of the index, as shares in [0, 1].
    rank_low, rank_high : ndarray of int64
        Best and worst place.
    effect : float
        The design effect.
    """

    low: Float
    high: Float
    rank_low: Int
    rank_high: Int
    effect: float


def intervals(
    doc: Int, category: Int, severity: Float, factor: Float, unit: Int, block: Int | None, level: float = LEVEL
) -> Intervals:
    """Intervals of all indexes and places.

    Parameters
    ----------
    doc, category : ndarray of int64 of shape (n_labels,)
        The labels given: text and category number, dense from 0.
    severity : ndarray of float64 of shape (n_texts,)
    factor : ndarray of float64 of shape (n_categories,)
        Growth that the index multiplies with, taken as known.
    unit : ndarray of int64 of shape (n_texts,)
        Customer of each text, dense from 0.
    block : ndarray of int64 of shape (n_texts,) or None
        Period of each text, dense from 0; -1 where unknown.
    level : float, default 0.95
    """
    n_categories = len(factor)
    if not len(doc) or not (severity[doc] > 0).any():
        none = np.zeros(n_categories)
        return Intervals(none, none, np.ones(n_categories, np.int64), np.full(n_categories, n_categories), 1.0)
    parts = severity[doc] / np.bincount(doc, minlength=len(severity))[doc] * factor[category]
    sums = _sums(unit[doc], category, parts, n_categories)
    effect = 1.0 if block is None else _effect(sums, block[doc], category, parts, n_categories)
    covariance = sums.covariance * effect
    low, high = _wilson(sums.share, np.diag(covariance), sums.size / effect, level)
    rank_low, rank_high = _ranks(sums.share, covariance, sums.size / effect, level)
    return Intervals(low, high, rank_low, rank_high, round(effect, 3))


@dataclass(frozen=True, slots=True)
class _Sums:
    """What follows from the sums by group and category.

    Attributes
    ----------
    share : ndarray of float64 of shape (n_categories,)
    size : float
        Groups of equal weight that the weighted ones are worth (Kish).
    covariance : ndarray of float64 of shape (n_categories, n_categories)
        Linearised, of the shares.
    """

    share: Float
    size: float
    covariance: Float


def _sums(group: Int, category: Int, parts: Float, n: int) -> _Sums:
    """Sums of parts by (group, category), and their spread."""
    cells, inverse = np.unique(group * n + category, return_inverse=True)
    value = np.bincount(inverse, parts).astype(np.float64, copy=False)
    del inverse
    group, category = np.divmod(cells, n)
    total = np.bincount(group, value)  # b_k
    whole, square = float(total.sum()), float((total**2).sum())
    share = np.bincount(category, value, minlength=n) / whole
    mixed = np.bincount(category, value * total[group], minlength=n)  # sum_k y_kc b_k
    product = _products(group, category, value, n)
    found = product - np.outer(mixed, share) - np.outer(share, mixed) + np.outer(share, share) * square
    n_groups = int((total > 0).sum())
    return _Sums(share, whole**2 / square, found / whole**2 * (n_groups / max(n_groups - 1, 1)))


def _products(group: Int, category: Int, value: Float, n: int) -> Float:
    """Sums over groups, given in order, of the products of the values of two categories."""
    product = np.zeros((n, n))
    # some groups at a time: a million customers have many millions of pairs
    first = np.flatnonzero(np.diff(group, prepend=-1))
    pairs = np.cumsum(np.diff(first, append=len(group)) ** 2)
    stops = np.searchsorted(pairs, np.arange(PAIRS, int(pairs[-1]) + PAIRS, PAIRS), "right")
    edges, begin = np.append(first, len(group)), 0
    for stop in np.unique(np.append(np.maximum(stops, 1), len(first))).tolist():
        mine = slice(edges[begin], edges[stop])
        left, right = _pairs(group[mine])
        kinds, values = category[mine], value[mine]
        np.add.at(product, (kinds[left], kinds[right]), values[left] * values[right])
        begin = stop
    return product


def _pairs(group: Int) -> tuple[Int, Int]:
    """All pairs of places of equal groups, given in order."""
    opens = np.searchsorted(group, group, "left")
    sizes = np.searchsorted(group, group, "right") - opens
    left = np.repeat(np.arange(len(group)), sizes)
    right = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(opens, sizes)
    return left, right


def _effect(sums: _Sums, block: Int, category: Int, parts: Float, n_categories: int) -> float:
    """Design effect: variance from period sums over variance from customers, pooled over categories."""
    known = block >= 0
    if len(np.unique(block[known])) < MIN_PERIODS:
        return 1.0
    by_block = _sums(block[known], category[known], parts[known], n_categories)
    apart, together = np.diag(sums.covariance), np.diag(by_block.covariance)
    ratio = float(together.sum()) / max(float(apart.sum()), 1e-12)
    return min(max(ratio, 1.0), MAX_EFFECT)


def _wilson(share: Float, variance: Float, size: float, level: float) -> tuple[Float, Float]:
    """Wilson's bounds with the number of observations that would give the variance; `size` where there is none."""
    spread = share * (1 - share)
    n = np.where(variance > 0, spread / np.maximum(variance, 1e-300), size)
    # a variance estimated from a few is no surer than the few: never more than they are worth twice over
    n = np.clip(n, 1e-9, 2 * size)
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = share + z * z / (2 * n)
    reach = z * np.sqrt(spread / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return np.maximum(0.0, (centre - reach) / scale), np.minimum(1.0, (centre + reach) / scale)


def _ranks(share: Float, covariance: Float, size: float, level: float) -> tuple[Int, Int]:
    """Best and worst place of each: how many others are surely above it, and surely below."""
    n = len(share)
    variance = np.diag(covariance)
    gap = share[:, None] - share[None, :]
    error = np.sqrt(np.maximum(variance[:, None] + variance[None, :] - 2 * covariance, 0.0))
    z = _quantile(level, size)
    # where the few agree by chance the estimated error is zero: never below that of one customer more or less
    floor = np.sqrt((share[:, None] + share[None, :] + 1 / size) / size) / 2
    sure = gap > z * np.maximum(error, floor * (error == 0) + 1e-12)
    above = sure.sum(axis=0)  # others surely above the column
    below = sure.sum(axis=1)
    return (1 + above).astype(np.int64), (n - below).astype(np.int64)


def _quantile(p: float, size: float) -> float:
    """Student's quantile with `size` - 1 degrees of freedom, by the Cornish-Fisher expansion (Hill 1970)."""
    z = NormalDist().inv_cdf(p)
    nu = max(size - 1, 2.0)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + math.fsum(term / nu ** (k + 1) for k, term in enumerate(terms))
