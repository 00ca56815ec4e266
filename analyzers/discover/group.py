"""Words of the texts -> the group of each: how many, which are too small, and which grave ones are kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..content_words import Words
from ..forms import Forms
from .clusters import BAYES_ROUNDS, SEED, bayes, embed, means, vote
from .features import Vocabulary
from .sparse import Sparse, rounded

Int = NDArray[np.int64]
Float = NDArray[np.float64]

FEWEST, MOST = 2, 25  # themes
TOO_FEW = 40  # different texts below which what they share is chance
A_THEME = 4  # texts there must be for each theme
# themes = factor n^power: short texts are about one thing, long ones about several
PER_SHORT, POWER_SHORT, PER_LONG, POWER_LONG = 1.4, 0.4, 1.15, 0.3
SMALLEST, SMALLEST_GRAVE = 3, 2  # different texts of a theme; of one that is grave
GRAVE = 0.75  # severity of class A
MANY = (
    400  # different texts from which the words mend the groups once: further rounds drift, and two samples agree less
)
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
    (20, 11, 5, 25)
    """
    wanted = round(PER_SHORT * n**POWER_SHORT if short else PER_LONG * n**POWER_LONG)
    return max(FEWEST, min(wanted, n // A_THEME, MOST))


def find_groups(words: Words, sample: Int, severity: Float, forms: Forms, seed: int = SEED) -> Groups | None:
    """Group the texts, or None where there are too few.

    Parameters
    ----------
    words : Words
        Of all texts.
    sample : ndarray of int64
        Different texts to make the groups from, in an order that no order of rows changes.
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
    places = embed(matrix, seed)
    # few texts make crumbs, which flow together in further rounds
    rounds = BAYES_ROUNDS if len(useful) < MANY else 1
    group, weights = bayes(matrix, vote(places, k, seed), k, rounds)
    grave = severity[sample[useful]] >= GRAVE
    sizes, heavy = np.bincount(group, minlength=k), np.bincount(group[grave], minlength=k)
    kept = np.flatnonzero((sizes >= SMALLEST) | ((sizes >= SMALLEST_GRAVE) & (heavy >= SMALLEST_GRAVE)))
    weights = weights[:, kept]
    of_text = assigned(words, np.arange(words.n), vocabulary, weights)
    own = of_text[sample[useful]]
    centres = means(places, own, len(kept))
    likeness = rounded((places * centres[own]).sum(axis=1))
    return Groups(of_text, len(kept), sample[useful], likeness, centres, places, matrix, vocabulary)


def assigned(words: Words, chosen: Int, vocabulary: Vocabulary, weights: Float) -> Int:
    """The group of each of the chosen texts, -1 where no word counts; so many at a time that it takes little room."""
    found = [np.zeros(0, np.int64)]
    for low in range(0, len(chosen), AT_ONCE):
        block = words.rows(chosen[low : low + AT_ONCE])
        best = rounded(vocabulary.scores(block, weights), 9).argmax(axis=1)
        best[~vocabulary.known(block)] = -1
        found.append(best)
    return np.concatenate(found)
