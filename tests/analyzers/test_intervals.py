"""Intervals of indexes and places: what a reader may conclude from them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers import intervals as module
from svc.analyzers.intervals import Intervals, intervals

# a text: its customer, its categories, its severity
TEXT = st.tuples(st.integers(0, 6), st.sets(st.integers(0, 3), min_size=1), st.integers(1, 8))


def of(texts: list[tuple[int, set[int], int]], block: list[int] | None = None) -> Intervals:
    labels = [(doc, category) for doc, (_, categories, _) in enumerate(texts) for category in sorted(categories)]
    doc, category = (np.array(column, np.int64) for column in zip(*labels, strict=True))
    _, unit = np.unique([customer for customer, _, _ in texts], return_inverse=True)
    return intervals(
        doc, category, np.array([severity / 8 for _, _, severity in texts]), np.ones(4), unit.astype(np.int64),
        None if block is None else np.array(block, np.int64),
    )  # fmt: skip


@given(st.lists(TEXT, min_size=1, max_size=30), st.integers(1, 20))
def test_customers_taken_a_few_at_a_time_give_the_same_to_the_last_bit(
    texts: list[tuple[int, set[int], int]], few: int
):
    whole = of(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PAIRS", few)
        pieces = of(texts)
    for name in ("low", "high", "rank_low", "rank_high"):
        assert getattr(pieces, name).tolist() == getattr(whole, name).tolist()


@given(st.lists(TEXT, min_size=1, max_size=30))
def test_bounds_hold_the_share_and_places_are_places(texts: list[tuple[int, set[int], int]]):
    found = of(texts)
    parts = np.zeros(4)
    for _, categories, severity in texts:
        for category in categories:
            parts[category] += severity / len(categories)
    share = parts / parts.sum()
    assert (found.low <= share + 1e-9).all()
    assert (share <= found.high + 1e-9).all()
    assert (found.rank_low >= 1).all()
    assert (found.rank_low <= found.rank_high).all()
    assert (found.rank_high <= 4).all()


def test_ten_customers_tell_more_than_one_who_writes_ten_times():
    ten = of([(i, {i % 2}, 4) for i in range(10)])
    one = of([(0, {i % 2}, 4) for i in range(10)])
    assert ten.high[0] - ten.low[0] < one.high[0] - one.low[0]


def test_a_plain_winner_is_first_and_equals_share_their_places():
    texts = [(i, {0}, 4) for i in range(300)] + [(300 + i, {1 + i % 2}, 4) for i in range(40)]
    found = of(texts)
    assert (found.rank_low[0], found.rank_high[0]) == (1, 1)
    assert found.rank_low[1:3].tolist() == [2, 2]
    assert found.rank_high[1:3].tolist() == [3, 3]


def test_a_burst_of_one_week_widens_the_bounds():
    texts = [(i, {0 if i < 30 else 1 + i % 3}, 4) for i in range(120)]
    calm, burst = of(texts, [i // 3 % 5 for i in range(120)]), of(texts, [i // 20 for i in range(120)])
    assert calm.effect == 1.0
    assert burst.effect > 2
    assert burst.high[0] - burst.low[0] > calm.high[0] - calm.low[0]


def test_without_severity_nothing_is_known():
    found = intervals(np.array([0]), np.array([1]), np.zeros(1), np.ones(3), np.zeros(1, np.int64), None)
    assert found.rank_low.tolist() == [1, 1, 1]
    assert found.rank_high.tolist() == [3, 3, 3]
