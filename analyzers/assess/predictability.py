"""The predictability scorecard: what customers could not foresee, question by question (docs/ranking.md)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .. import rank
from ..category import Category
from ..records import Foreseen

Int = NDArray[np.int64]

DIMENSION = "predictability"
# the questions a customer must be able to answer at any moment, and the categories that say which one could not be
QUESTIONS: dict[str, tuple[str, ...]] = {
    "who": ("communication.who_unknown",),
    "what": ("communication.not_informed", "fulfilment.substitution", "fulfilment.other_point", "price.increase"),
    "how": ("communication.how_unknown",),
    "when": ("communication.when_unknown", "fulfilment.schedule"),
    "now": ("communication.no_status", "fulfilment.stuck", "digital.wrong_tracking"),
    "next": ("communication.what_next_unknown", "communication.no_callback"),
    "result": ("communication.result_unknown", "fulfilment.dragging", "process.long_approval", "returns.warranty_slow"),
}
OTHER = "other"  # of the dimension, but no one question's


def scorecard(doc: Int, category: Int, categories: Sequence[Category], n: int, effect: float) -> list[Foreseen]:
    """Complaints by question; a complaint counts once in each question it has categories of.

    Parameters
    ----------
    doc, category : ndarray of int64 of shape (n_labels,)
        Labels of the counted complaints.
    categories : sequence of Category
    n : int
        Counted complaints.
    effect : float
        Design effect of the intervals.

    Returns
    -------
    list of Foreseen
        In the order of `QUESTIONS`, then ``other``, then ``all``.
    """
    question = {name: key for key, names in QUESTIONS.items() for name in names}
    members: dict[str, list[int]] = {key: [] for key in (*QUESTIONS, OTHER)}
    for number, item in enumerate(categories):
        if item.dimension == DIMENSION:
            members[question.get(item.id, OTHER)].append(number)
    members["all"] = [number for numbers in members.values() for number in numbers]
    return [_entry(key, numbers, doc, category, categories, n, effect) for key, numbers in members.items()]


def _entry(
    key: str, numbers: list[int], doc: Int, category: Int, categories: Sequence[Category], n: int, effect: float
) -> Foreseen:
    mine = np.isin(category, numbers)
    count = len(np.unique(doc[mine]))
    low, high = rank.wilson(count / effect, n / effect)
    met = sorted(
        ((int((category == c).sum()), categories[c].id) for c in numbers), key=lambda item: (-item[0], item[1])
    )
    return Foreseen(key, count, round(count / n, 4) if n else 0.0, low, high, [name for k, name in met if k])
