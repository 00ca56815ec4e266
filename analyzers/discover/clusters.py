"""Groups of alike texts: spectral clustering of the graph of cosines, without ever making the graph.

The recipe: rows X of length 1; the graph X X' with degrees s; the leading singular vectors of diag(s)^-1/2 X are those
of the normalised graph (Shi and Malik 2000; Dhillon 2001), found by a randomised range finder (Halko, Martinsson and
Tropp 2011) with a fixed start; a vote of many spherical k-means++ on them, in whole numbers; then complement naive
Bayes (Rennie et al. 2003) on the features themselves, which also gives every text outside the sample its group; inside
it the graph has its say too. Every choice is made on whole or rounded figures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .sparse import Sparse, rounded

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Whole = NDArray[np.floating]  # whole numbers, exact in its precision

DIMENSIONS = 100
HEAVIEST = 150  # features of a text that the graph is made of
SPARE = 12  # further dimensions of the range finder
POWERS = 4  # rounds of it
RUNS = 96  # groupings that vote
FINER = 1.3  # groups of each of them for a group of the result
VOTE_ROUNDS = 12  # of each of them
LAST_RESTARTS, LAST_ROUNDS = 48, 40  # of the grouping by agreement
AGREED_POWERS, AGREED_DIMENSIONS = 3, 40  # of the range finder on the graph of agreement
UNIT, ROUNDED = 4000.0, 1.002  # length of a place in whole numbers; how much longer rounding may make it
EXACT = 2.0**24  # whole numbers below are exact in single precision; the square of a length is, too
AT_ONCE = 16  # groupings made side by side
DRAWN = 4  # texts of which the best begins a group
NEARER, GRAPH_WORTH = 10.0, 1.0  # how much nearer counts; what the graph says beside the words
SEED = 20261122
SMOOTHING = 1.0
BAYES_ROUNDS = 3


def embed(matrix: Sparse, sharpen: float, seed: int = SEED) -> Float:
    """Places of the texts in the graph's leading directions, rows of length 1: shape (n_texts, dimensions).

    Parameters
    ----------
    matrix : Sparse of shape (n_texts, n_features)
    sharpen : float
        Power of the singular values: the higher, the more the main parts of the graph weigh, and the less what two
        samples of the same texts do not share.
    seed : int
    """
    matrix = matrix.heaviest(HEAVIEST)
    degree = matrix.times(matrix.transposed().sums()[:, None])[:, 0]
    scale = 1 / np.sqrt(np.maximum(degree, 1e-9))
    scaled = matrix.with_values(matrix.value * scale[matrix.row])
    # the first direction is the root of the degrees, known beforehand: taken out, not dropped by its place among equal
    # values, whose order differs by machine
    first = np.sqrt(np.maximum(degree, 0.0))
    first /= max(float(np.sqrt((first**2).sum())), 1e-12)
    left, squares = _leading(scaled, first, min(DIMENSIONS, matrix.n, matrix.width), seed)
    places = left * squares ** (sharpen / 2)
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
    many = max(k, min(round(FINER * k), len(places)))
    chosen = groupings(places, many, RUNS, VOTE_ROUNDS, seed)[0] + np.arange(RUNS)[:, None] * many
    chosen = np.ascontiguousarray(chosen.T)
    # a group weighs less the more texts it has, as a common word does
    crowd = np.bincount(chosen.ravel(), minlength=RUNS * many)[chosen].sum(axis=1)
    value = np.repeat(1 / np.sqrt(crowd), RUNS)
    first = np.arange(len(places) + 1) * RUNS
    agreed = _agreed(Sparse(first, chosen.ravel(), value, RUNS * many), seed)
    groups, quality = groupings(agreed, k, LAST_RESTARTS, LAST_ROUNDS, seed)
    return groups[int(quality.argmax())]


def _agreed(ballots: Sparse, seed: int) -> Float:
    """Places of the texts in the graph of agreement after a step along it, rows of length 1.

    The rows are read in the basis of a range finder. The whole of it is kept, no direction is cut off, so nothing
    depends on the order of equal eigenvalues.
    """
    turned = ballots.transposed()
    wide = min(AGREED_DIMENSIONS, ballots.n, ballots.width)
    basis = np.random.Generator(np.random.PCG64(seed)).standard_normal((ballots.width, wide))
    for _ in range(AGREED_POWERS):
        basis = np.linalg.qr(turned.times(ballots.times(basis)))[0]
    agreed = ballots.times(turned.times(ballots.times(basis)))
    length = np.sqrt((agreed**2).sum(axis=1, keepdims=True))
    return agreed / np.maximum(length, 1e-12)


def groupings(places: Float, k: int, runs: int, rounds: int, seed: int = SEED) -> tuple[Int, Float]:
    """Many spherical k-means of the same places at once, each from a start of its own.

    Places and centres are whole numbers of `UNIT`, so that every product and sum of them in single precision is exact:
    the fast arithmetic gives the same groups on every machine.

    Parameters
    ----------
    places : ndarray of float64 of shape (n_texts, dimensions)
        Rows of length 1.
    k : int
    runs : int
    rounds : int
        At most, of each run.
    seed : int

    Returns
    -------
    tuple of (ndarray of int64 of shape (runs, n_texts), ndarray of float64 of shape (runs,))
        Groups, and how near the texts are to their centres.
    """
    exact = np.float32 if len(places) * UNIT * ROUNDED < EXACT else np.float64
    whole = np.rint(places * UNIT).astype(exact)
    random = np.random.Generator(np.random.PCG64(seed))
    found: list[Int] = []
    quality: list[Float] = []
    for low in range(0, runs, AT_ONCE):
        centres = whole[_starts(whole, k, min(AT_ONCE, runs - low), random)]
        group, near = _settled(whole, centres, rounds)
        found.append(group)
        quality.append(near)
    return np.concatenate(found), np.concatenate(quality)


def _settled(whole: Whole, centres: Whole, rounds: int) -> tuple[Int, Float]:
    """Groups of each run after so many rounds, or when none of them changes any more."""
    runs, k, wide = centres.shape
    n = len(whole)
    group = np.full((runs, n), -1, np.int64)
    near = np.zeros(runs)
    own = np.arange(n)
    for _ in range(rounds):
        alike = (whole @ centres.reshape(-1, wide).T).reshape(n, runs, k)
        fresh = alike.argmax(axis=2).T
        near = np.take_along_axis(alike, fresh.T[:, :, None], axis=2)[:, :, 0].sum(axis=0, dtype=np.float64)
        if (fresh == group).all():
            break
        group = fresh
        member = np.zeros((runs, k, n), whole.dtype)
        member[np.arange(runs)[:, None], group, own] = 1
        sums = (member.reshape(-1, n) @ whole).reshape(runs, k, wide).astype(np.float64)
        length = np.sqrt((sums**2).sum(axis=2, keepdims=True))
        fresh_centres = np.rint(sums / np.maximum(length, 1e-12) * UNIT).astype(whole.dtype)
        centres = np.where(length > 0, fresh_centres, centres)
    return group, near


def _starts(whole: Whole, k: int, runs: int, random: np.random.Generator) -> Int:
    """Greedy k-means++ (Arthur and Vassilvitskii 2007) by run: each centre the best of a few drawn by distance."""
    n = len(whole)
    chosen = np.zeros((runs, k), np.int64)
    chosen[:, 0] = random.integers(n, size=runs)
    nearest = whole[chosen[:, 0]] @ whole.T
    for at in range(1, k):
        away = np.cumsum(np.maximum(UNIT * UNIT - nearest, 1.0), axis=1, dtype=np.float64)
        best = np.full(runs, -np.inf)
        reached = nearest
        for marks in random.random((DRAWN, runs)) * away[:, -1]:
            drawn = np.minimum((away <= marks[:, None]).sum(axis=1), n - 1)
            rivals = np.maximum(reached, whole[drawn] @ whole.T)
            worth = rivals.sum(axis=1, dtype=np.float64)
            better = worth > best
            best[better], chosen[better, at], nearest = (
                worth[better], drawn[better], np.where(better[:, None], rivals, nearest),
            )  # fmt: skip
    return chosen


def means(places: Float, group: Int, k: int) -> Float:
    """Directions of the groups' sums, zero for an empty group."""
    chosen = np.zeros((k, len(places)))
    chosen[group, np.arange(len(places))] = 1.0
    sums = chosen @ places
    return sums / np.maximum(np.sqrt((sums**2).sum(axis=1, keepdims=True)), 1e-12)


def mended(matrix: Sparse, places: Float, group: Int, k: int) -> tuple[Float, Float]:
    """Groups by their words and by the graph together, and the weights that give any text its group by its words.

    The words alone make the themes better and two samples of the same texts less alike: where a text lies in the graph
    holds it. Each text counts for the groups that it is near to.

    Returns
    -------
    tuple of (ndarray of float64 of shape (n_texts, k), ndarray of float64 of shape (n_features, k))
        What speaks for each group, and the weights.
    """
    near = places @ means(places, group, k).T
    share = np.exp(NEARER * (near - near.max(axis=1, keepdims=True)))
    weights = _contrast(matrix.transposed().times(share / share.sum(axis=1, keepdims=True)))
    return _spread(matrix.times(weights)) + GRAPH_WORTH * _spread(near), weights


def _spread(scores: Float) -> Float:
    """Scores beside the mean of their text, by the spread of all."""
    scores = scores - scores.mean(axis=1, keepdims=True)
    return scores / max(float(np.sqrt((scores**2).mean())), 1e-12)


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
    counts = np.bincount(cell, matrix.value, matrix.width * k).astype(np.float64)
    return _contrast(counts.reshape(matrix.width, k))


def _contrast(inside: Float) -> Float:
    """Weights of the features for each group, by how little the other groups have of them."""
    other = inside.sum(axis=1, keepdims=True) - inside + SMOOTHING
    weights = -np.log(other / other.sum(axis=0))
    return weights / np.abs(weights).sum(axis=0) * len(inside)
