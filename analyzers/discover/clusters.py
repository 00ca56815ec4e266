"""Groups of alike texts: spectral clustering of the graph of cosines, without ever making the graph.

The recipe: rows X of length 1; the graph X X' with degrees s; the leading singular vectors of diag(s)^-1/2 X are those
of the normalised graph (Shi and Malik 2000; Dhillon 2001), found by a randomised range finder (Halko, Martinsson and
Tropp 2011) with a fixed start; a vote of many spherical k-means++ on them; then complement naive Bayes (Rennie et al.
2003) on the features themselves, which also gives every text outside the sample its group. Every choice is made on
rounded figures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .sparse import Sparse, rounded

Int = NDArray[np.int64]
Float = NDArray[np.float64]

DIMENSIONS = 100
HEAVIEST = 150  # features of a text that the graph is made of
SPARE = 12  # further dimensions of the range finder
POWERS = 4  # rounds of it
SHARPEN = 3.0  # power of the singular values: the graph's main parts weigh more
RESTARTS, ROUNDS = 4, 40
RUNS = 96  # groupings that vote
VOTE_ROUNDS = 8  # of each of them
LAST_RESTARTS = 12  # of the grouping by agreement
AGREED_POWERS = 3  # rounds of the range finder on the graph of agreement
SEED = 20261122
SMOOTHING = 0.3
BAYES_ROUNDS = 3


def embed(matrix: Sparse, seed: int = SEED) -> Float:
    """Places of the texts in the graph's leading directions, rows of length 1: shape (n_texts, dimensions)."""
    matrix = matrix.heaviest(HEAVIEST)
    degree = matrix.times(matrix.transposed().sums()[:, None])[:, 0]
    scale = 1 / np.sqrt(np.maximum(degree, 1e-9))
    scaled = matrix.with_values(matrix.value * scale[matrix.row])
    # the first direction is the root of the degrees, known beforehand: taken out, not dropped by its place among equal
    # values, whose order differs by machine
    first = np.sqrt(np.maximum(degree, 0.0))
    first /= max(float(np.sqrt((first**2).sum())), 1e-12)
    left, squares = _leading(scaled, first, min(DIMENSIONS, matrix.n, matrix.width), seed)
    places = left * squares ** (SHARPEN / 2)
    length = np.sqrt((places**2).sum(axis=1, keepdims=True))
    return places / np.maximum(length, 1e-12)


def _leading(matrix: Sparse, first: Float, k: int, seed: int) -> tuple[Float, Float]:
    """Leading left singular vectors and the squares of their values beside the `first` vector."""

    def times(dense: Float) -> Float:
        found = matrix.times(dense)
        return found - first[:, None] * (first @ found)

    wide = min(k + SPARE, matrix.n, matrix.width)
    turned = matrix.transposed()
    basis = np.linalg.qr(times(np.random.Generator(np.random.PCG64(seed)).standard_normal((matrix.width, wide))))[0]
    for _ in range(POWERS):
        # made orthonormal once a round, on the short side: the span is the same as after both
        basis = np.linalg.qr(times(turned.times(basis)))[0]
    # the squares of the singular values are all that is asked for: the small product has them, no long side is turned
    thin = turned.times(basis)
    squares, inner = np.linalg.eigh(thin.T @ thin)
    return basis @ inner[:, ::-1][:, :k], np.maximum(squares[::-1][:k], 0.0)


def vote(places: Float, k: int, seed: int = SEED) -> Int:
    """Groups that many groupings agree on: shape (n_texts,).

    One k-means stops in one of many nearly equal partitions; texts that most runs put together belong together
    (evidence accumulation: Fred and Jain 2005). The graph of agreement is a product of the groups' indicators; a step
    along it joins what is linked by others.
    """
    runs = [kmeans(places, k, seed + 1000 * run, 1, VOTE_ROUNDS) + run * k for run in range(RUNS)]
    chosen = np.stack(runs, axis=1)
    # a group weighs less the more texts it has, as a common word does
    crowd = np.bincount(chosen.ravel(), minlength=RUNS * k)[chosen].sum(axis=1)
    value = np.repeat(1 / np.sqrt(crowd), RUNS)
    first = np.arange(len(places) + 1) * RUNS
    return kmeans(_agreed(Sparse(first, chosen.ravel(), value, RUNS * k), seed), k, seed, LAST_RESTARTS)


def _agreed(ballots: Sparse, seed: int) -> Float:
    """Places of the texts in the graph of agreement after a step along it, rows of length 1.

    The rows are read in the basis of a range finder. The whole of it is kept, no direction is cut off, so nothing
    depends on the order of equal eigenvalues.
    """
    turned = ballots.transposed()
    wide = min(DIMENSIONS, ballots.n, ballots.width)
    basis = np.random.Generator(np.random.PCG64(seed)).standard_normal((ballots.width, wide))
    for _ in range(AGREED_POWERS):
        basis = np.linalg.qr(turned.times(ballots.times(basis)))[0]
    agreed = ballots.times(turned.times(ballots.times(basis)))
    length = np.sqrt((agreed**2).sum(axis=1, keepdims=True))
    return agreed / np.maximum(length, 1e-12)


def kmeans(places: Float, k: int, seed: int = SEED, restarts: int = RESTARTS, rounds: int = ROUNDS) -> Int:
    """Groups by spherical k-means, the best of a few starts: shape (n_texts,)."""
    best: tuple[float, Int] | None = None
    for restart in range(restarts):
        centres = _start(places, k, np.random.Generator(np.random.PCG64(seed + restart)))
        group = np.full(len(places), -1, np.int64)
        nearest = np.zeros(len(places))
        for _ in range(rounds):
            alike = rounded(places @ centres.T)
            fresh = alike.argmax(axis=1)
            nearest = alike[np.arange(len(places)), fresh]
            if (fresh == group).all():
                break
            group = fresh
            centres = means(places, group, k, centres)
        quality = round(float(nearest.sum()), 4)
        if best is None or quality > best[0]:
            best = quality, group
    assert best is not None
    return best[1]


def means(places: Float, group: Int, k: int, empty: Float | None = None) -> Float:
    """Directions of the groups' sums; an empty group keeps its `empty` one."""
    chosen = np.zeros((k, len(places)))
    chosen[group, np.arange(len(places))] = 1.0
    sums = chosen @ places
    length = np.sqrt((sums**2).sum(axis=1, keepdims=True))
    old = np.zeros_like(sums) if empty is None else empty
    filled = np.bincount(group, minlength=k) > 0
    return np.where(filled[:, None], sums / np.maximum(length, 1e-12), old)


def _start(places: Float, k: int, random: np.random.Generator) -> Float:
    """Greedy k-means++ (Arthur and Vassilvitskii 2007): each centre the best of a few drawn by distance."""
    n = len(places)
    chosen = [int(random.integers(n))]
    nearest = rounded(places @ places[chosen[0]])
    for _ in range(k - 1):
        away: Float = np.cumsum(rounded(np.maximum(1 - nearest, 0.0) + 1e-9, 9))
        last = float(away[-1])
        drawn: Int = np.minimum(np.searchsorted(away, random.random(5) * last), n - 1)
        rivals: Float = np.maximum(nearest[:, None], rounded(places @ places[drawn].T))
        best = int(rounded(rivals.sum(axis=0), 4).argmax())
        chosen.append(int(drawn[best]))
        nearest = rivals[:, best]
    return places[chosen]


def bayes(matrix: Sparse, group: Int, k: int, rounds: int = BAYES_ROUNDS) -> tuple[Int, Float]:
    """Groups mended by the words themselves, and the weights that give any text its group.

    Returns
    -------
    tuple of (ndarray of int64 of shape (n_texts,), ndarray of float64 of shape (n_features, k))
    """
    weights = np.zeros((matrix.width, k))
    for _ in range(rounds):
        weights = _weights(matrix, group, k)
        fresh = rounded(matrix.times(weights), 9).argmax(axis=1)
        if (fresh == group).all():
            break
        group = fresh
    return group, weights


def _weights(matrix: Sparse, group: Int, k: int) -> Float:
    cell = matrix.column * k + group[matrix.row]
    inside = np.bincount(cell, matrix.value, matrix.width * k).reshape(matrix.width, k)
    other = inside.sum(axis=1, keepdims=True) - inside + SMOOTHING
    weights = -np.log(other / other.sum(axis=0))
    return weights / np.abs(weights).sum(axis=0) * matrix.width
