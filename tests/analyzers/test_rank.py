"""The formulas of the ranking, worked by hand, and their laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from svc.analyzers.rank import PRIOR, cumulative, finding_class, growth, index, pains, wilson

amounts = st.lists(st.floats(0, 1e4, allow_nan=False).map(lambda x: round(x, 6)), min_size=1, max_size=60)
labelled = st.lists(st.tuples(st.sets(st.integers(0, 5), max_size=4), st.integers(0, 1000)), max_size=40)
"""Each text: its categories, and its severity in thousandths."""


def pains_of(texts: list[tuple[set[int], int]]) -> list[float]:
    doc = np.array([d for d, (given_, _) in enumerate(texts) for _ in given_], np.int64)
    category = np.array([c for given_, _ in texts for c in sorted(given_)], np.int64)
    return pains(doc, category, np.array([s / 1000 for _, s in texts]), 6).tolist()


def test_pain_splits_a_severity_evenly_among_the_categories_of_its_text():
    texts = [({0}, 600), ({0, 1}, 400), ({1, 2, 3}, 900), (set(), 800)]
    assert pains_of(texts) == pytest.approx([0.8, 0.5, 0.3, 0.3, 0, 0])


def test_no_labels_no_pain():
    assert pains_of([(set(), 900)]) == [0] * 6
    assert pains_of([]) == [0] * 6


@given(labelled, st.randoms())
def test_the_order_of_rows_changes_no_bit_of_a_pain(texts: list[tuple[set[int], int]], random):
    shuffled = list(texts)
    random.shuffle(shuffled)
    assert pains_of(shuffled) == pains_of(texts)


@given(labelled)
def test_all_pains_together_are_the_severities_of_the_labelled_texts(texts: list[tuple[set[int], int]]):
    assert math.fsum(pains_of(texts)) == pytest.approx(sum(s / 1000 for given_, s in texts if given_))


@given(labelled, labelled)
def test_pains_of_two_parts_add_up_to_those_of_the_whole(one, other):
    parts = np.array(pains_of(one)) + np.array(pains_of(other))
    assert pains_of(one + other) == pytest.approx(parts.tolist())


# -- growth -----------------------------------------------------------------------------------------------------------


def test_growth_by_hand():
    expected = 100 * (10 + 0.5) / (200 + 1)
    assert growth(20, 100, 10, 200) == round((20 + PRIOR) / (expected + PRIOR), 3) == 2.445
    assert growth(5, 100, 10, 200) == pytest.approx(1, abs=0.05)


def test_a_handful_of_complaints_moves_a_growth_little():
    """Two complaints where one was expected are no doubling; two hundred where a hundred were are."""
    assert growth(2, 10, 20, 200) < 1.2
    assert growth(200, 1000, 2000, 20_000) > 1.95


@given(st.integers(0, 50), st.integers(50, 500), st.integers(0, 50), st.integers(50, 500))
def test_growth_rises_with_now_and_falls_with_before(now: int, total: int, before: int, total_before: int):
    value = growth(now, total, before, total_before)
    assert value > 0
    assert growth(now + 1, total, before, total_before) >= value
    assert growth(now, total, before + 1, total_before) <= value


# -- index ------------------------------------------------------------------------------------------------------------


def test_index_by_hand():
    assert index(np.array([6.0, 3.0, 1.0]), np.ones(3)).tolist() == [60, 30, 10]
    assert index(np.array([2.0, 1.0]), np.array([1.0, 2.0])).tolist() == [50, 50]
    # a growth beyond its bounds counts as the bound: 1 * 2 against 1 * 0.5
    assert index(np.array([1.0, 1.0]), np.array([9.0, 0.1])).tolist() == [80, 20]
    assert index(np.array([1.0] * 7), np.ones(7)).tolist() == [14.3] * 6 + [14.2]


def test_nothing_to_share_gives_zeros():
    assert index(np.zeros(3), np.ones(3)).tolist() == [0, 0, 0]
    assert index(np.zeros(0), np.zeros(0)).tolist() == []


@given(amounts, st.data())
def test_indexes_sum_to_a_hundred_exactly_and_stay_near_their_share(pain: list[float], data: st.DataObject):
    assume(sum(pain) > 1e-3)
    growths = data.draw(st.lists(st.floats(0.1, 5), min_size=len(pain), max_size=len(pain)))
    values = index(np.array(pain), np.array(growths)).tolist()
    assert sum(round(value * 10) for value in values) == 1000
    assert cumulative(values)[-1] == 100.0
    weights = [p * min(max(g, 0.5), 2) for p, g in zip(pain, growths, strict=True)]
    for value, weight in zip(values, weights, strict=True):
        assert value >= 0
        assert abs(value - 100 * weight / sum(weights)) < 0.1 + 1e-5
        assert value == round(value, 1)


@given(amounts)
def test_a_greater_pain_never_has_a_smaller_index(pain: list[float]):
    assume(sum(pain) > 1e-3)
    pain = sorted(pain, reverse=True)
    values = index(np.array(pain), np.ones(len(pain))).tolist()
    assert values == sorted(values, reverse=True)


def test_the_running_sum_is_that_of_the_figures_shown():
    assert cumulative([33.4, 33.3, 33.3]) == [33.4, 66.7, 100.0]
    assert cumulative([0.1] * 10)[-1] == 1.0
    assert cumulative([]) == []


# -- class ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severities", "letter"),
    [
        ([0.8, 0.8, 0.3, 0.3], "A"),
        ([0.8, 0.3, 0.3, 0.3], "C"),  # one row of A makes no finding of A
        ([0.8, 0.6, 0.3, 0.3], "B"),  # a row of A is at least as bad as B
        ([0.8], "A"),  # of a single row that row tells
        ([0.8, 0.8] + [0.1] * 38, "A"),  # 5 % exactly
        ([0.8, 0.8] + [0.1] * 39, "D"),  # below 5 %
        ([0.75, 0.75], "A"),
        ([0.7499, 0.7499], "B"),
        ([0.5, 0.5], "B"),
        ([0.25, 0.25], "C"),
        ([0.2, 0.1], "D"),
        ([1.0, 1.0], "A"),
        ([0.0, 0.0], "D"),
    ],
)
def test_the_class_is_the_worst_that_two_rows_and_a_twentieth_hold(severities: list[float], letter: str):
    assert finding_class(np.array(severities))[0] == letter


@given(st.lists(st.integers(0, 1000).map(lambda n: n / 1000), min_size=1, max_size=60), st.randoms())
def test_each_row_is_in_one_class_whatever_the_order(severities: list[float], random):
    letter, counts = finding_class(np.array(severities))
    assert sum(counts.values()) == len(severities)
    random.shuffle(severities)
    assert finding_class(np.array(severities)) == (letter, counts)


# -- interval ---------------------------------------------------------------------------------------------------------


def test_wilson_by_hand():
    """Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611."""
    assert wilson(81, 263) == (0.2553, 0.3662)
    assert wilson(0, 20) == (0.0, 0.1611)
    assert wilson(0, 0) == (0.0, 0.0)


@given(st.integers(1, 2000), st.data())
def test_the_interval_holds_the_share_and_is_symmetric(total: int, data: st.DataObject):
    n = data.draw(st.integers(0, total))
    low, high = wilson(n, total)
    assert 0 <= low <= round(n / total, 4) + 1e-4
    assert round(n / total, 4) - 1e-4 <= high <= 1
    other_low, other_high = wilson(total - n, total)
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), abs=1.01e-4)


def test_more_complaints_narrow_the_interval():
    widths = [high - low for low, high in (wilson(n, 10 * n) for n in (1, 10, 100, 1000))]
    assert widths == sorted(widths, reverse=True)
