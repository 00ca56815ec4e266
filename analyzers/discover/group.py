"""Words of the texts -> the group of each: how many, which are too small, and which grave ones are kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..content_words import Words
from ..forms import Forms
from .clusters import SEED, bayes, embed, means, mended, vote
from .features import Vocabulary
from .sparse import Sparse, rounded

Int = NDArray[np.int64]
Float = NDArray[np.float64]

FEWEST, MOST = 2, 25  # themes
TOO_FEW = 40  # different texts below which what they share is chance
A_THEME = 4  # texts there must be for each theme
# themes = factor n^power: short texts are about one thing, long ones about several
PER_SHORT, POWER_SHORT, PER_LONG, POWER_LONG = 1.15, 0.46, 1.15, 0.3
# short texts share little but the main parts of the graph; long ones have more directions worth hearing
SHARPEN_SHORT, SHARPEN_LONG = 5.0, 3.0
SMALLEST, SMALLEST_GRAVE = 3, 2  # different texts of a theme; of one that is grave
GRAVE = 0.75  # severity of class A
MANY = 400  # different texts from which the graph holds the groups while words mend them; fewer make crumbs
AT_ONCE = 10_000  # texts given their group together


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups found.

    Attributes
    ----------
    of_text : ndarray of int64 of shape (n_texts,)
        Group of each text, -1 for none.
    k : int
    fitted : ndarray of int64
        Texts of the sample that the groups were made from.
    likeness : ndarray of float64 of shape (n_fitted,)
        Of each to the middle of its group, in [-1, 1].
    centres : ndarray of float64 of shape (k, dimensions)
    places : ndarray of float64 of shape (n_fitted, dimensions)
    matrix : Sparse of shape (n_fitted, n_features)
    vocabulary : Vocabulary
    """

    of_text: Int
    k: int
    fitted: Int
    likeness: Float
    centres: Float
    places: Float
    matrix: Sparse
    vocabulary: Vocabulary


def n_themes(n: int, short: bool) -> int:
    """How many themes so many different texts are looked at by.

    >>> n_themes(800, True), n_themes(2000, False), n_themes(20, True), n_themes(100_000, True)
    (25, 11, 5, 25)
    """
    wanted = round(PER_SHORT * n**POWER_SHORT if short else PER_LONG * n**POWER_LONG)
    return max(FEWEST, min(wanted, n // A_THEME, MOST))


def find_groups(
    words: Words, sample: Int, like: Int, severity: Float, forms: Forms, seed: int = SEED
) -> Groups | None:  # fmt: skip
    """Group the texts, or None where there are too few.

    Parameters
    ----------
    words : Words
        Of all texts.
    sample : ndarray of int64
        Different texts to make the groups from, in an order that no order of rows changes.
    like : ndarray of int64 of shape (n_texts,)
        Which of the sample is the same text or a look-alike, -1 for none.
    severity : ndarray of float64 of shape (n_texts,)
    forms : Forms
    seed : int
        Another one in measurements only.
    """
    fit = words.rows(sample)
    vocabulary = Vocabulary(fit, forms)
    useful = np.flatnonzero(np.diff(vocabulary.matrix.first) > 0)
    if len(useful) < TOO_FEW:
        return None
    k = n_themes(len(useful), vocabulary.short)
    matrix = vocabulary.matrix.rows(useful)
    places = embed(matrix, SHARPEN_SHORT if vocabulary.short else SHARPEN_LONG, seed)
    scores, weights = _scored(matrix, places, vote(places, k, seed), k)
    kept = _kept(scores.argmax(axis=1), severity[sample[useful]] >= GRAVE, k)
    weights, own = weights[:, kept], scores[:, kept].argmax(axis=1)
    of_text = assigned(words, np.arange(words.n), vocabulary, weights)
    given = np.append(np.full(len(sample), -1), -1)  # by place in the sample, last the group of those without one
    given[useful] = own
    of_text = np.where(given[like] >= 0, given[like], of_text)
    centres = means(places, own, len(kept))
    likeness = rounded((places * centres[own]).sum(axis=1))
    return Groups(of_text, len(kept), sample[useful], likeness, centres, places, matrix, vocabulary)


def _scored(matrix: Sparse, places: Float, group: Int, k: int) -> tuple[Float, Float]:
    """What speaks for each group of each text of the sample, rounded, and the weights of the words."""
    if len(places) < MANY:
        # few texts make crumbs, which flow together in further rounds
        weights = bayes(matrix, group, k)[1]
        return rounded(matrix.times(weights), 9), weights
    scores, weights = mended(matrix, places, group, k)
    return rounded(scores), weights


def _kept(group: Int, grave: NDArray[np.bool_], k: int) -> Int:
    """Groups that are large enough, or grave."""
    sizes, heavy = np.bincount(group, minlength=k), np.bincount(group[grave], minlength=k)
    return np.flatnonzero((sizes >= SMALLEST) | ((sizes >= SMALLEST_GRAVE) & (heavy >= SMALLEST_GRAVE)))


def assigned(words: Words, chosen: Int, vocabulary: Vocabulary, weights: Float) -> Int:
    """The group of each of the chosen texts, -1 where no word counts; so many at a time that it takes little room."""
    found = [np.zeros(0, np.int64)]
    for low in range(0, len(chosen), AT_ONCE):
        block = words.rows(chosen[low : low + AT_ONCE])
        best = rounded(vocabulary.scores(block, weights), 9).argmax(axis=1)
        best[~vocabulary.known(block)] = -1
        found.append(best)
    return np.concatenate(found)
