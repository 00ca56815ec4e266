"""Sub-themes: a large theme is looked into again, by what its texts have beside what they share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..content_words import Words
from .clusters import bayes, vote
from .group import Groups, assigned

Int = NDArray[np.int64]

FROM = 100  # different texts of a theme from which it is looked into
EACH = 30  # different texts there must be for each part
MOST = 5
SMALLEST = 0.1  # of the theme's texts; a smaller part is given up and its texts go to the next best


def split(groups: Groups, words: Words, number: int) -> tuple[Int, Int]:
    """Texts of a theme and the part of each, -1 for none; no texts where it is too small or of one piece.

    Parameters
    ----------
    groups : Groups
    words : Words
        Of all texts.
    number : int
        Of the theme's group.
    """
    nothing = np.zeros(0, np.int64), np.zeros(0, np.int64)
    fit = np.flatnonzero(groups.of_text[groups.fitted] == number)
    if len(fit) < FROM:
        return nothing
    # the direction that all texts of the theme share is taken out: what is left tells one from another
    middle = groups.centres[number]
    inner = groups.places[fit] - (groups.places[fit] @ middle)[:, None] * middle
    inner /= np.maximum(np.sqrt((inner**2).sum(axis=1, keepdims=True)), 1e-12)
    k = min(MOST, len(fit) // EACH)
    part, weights = bayes(groups.matrix.rows(fit), vote(inner, k), k)
    kept = np.flatnonzero(np.bincount(part, minlength=k) >= SMALLEST * len(fit))
    if len(kept) < 2:
        return nothing
    mine = np.flatnonzero(groups.of_text == number)
    return mine, assigned(words, mine, groups.vocabulary, weights[:, kept])
