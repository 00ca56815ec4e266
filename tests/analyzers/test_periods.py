"""Calendar weeks and months, and what a growth is measured on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.columns import NO_DATE
from svc.analyzers.periods import (
    MIN_REFERENCE,
    REFERENCE,
    first_day,
    name_of,
    next_first,
    periods,
    reference,
    unit,
)

dates = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
units = st.sampled_from(["week", "month"])


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


def days(*parts: tuple[str, int]) -> np.ndarray:
    """So many complaints on each day."""
    return np.array([day(text) for text, n in parts for _ in range(n)], np.int64)


@pytest.mark.parametrize(
    ("date", "period", "first", "name"),
    [
        ("2026-11-21", "week", "2026-11-16", "2026-W47"),
        ("2026-11-16", "week", "2026-11-16", "2026-W47"),
        ("2026-11-22", "week", "2026-11-16", "2026-W47"),
        ("2025-01-01", "week", "2024-12-30", "2025-W01"),
        ("2021-01-03", "week", "2020-12-28", "2020-W53"),
        ("2026-11-21", "month", "2026-11-01", "2026-11"),
        ("2024-02-29", "month", "2024-02-01", "2024-02"),
    ],
)
def test_a_day_belongs_to_its_calendar_period(date: str, period: str, first: str, name: str):
    assert first_day(day(date), period) == day(first)
    assert name_of(day(first), period) == name


@given(dates, units)
def test_periods_follow_one_another_without_gaps(date: dt.date, period: str):
    first = first_day(date.toordinal(), period)
    following = next_first(first, period)
    assert first <= date.toordinal() < following
    assert first_day(following, period) == following
    assert first_day(following - 1, period) == first
    assert name_of(first, period) < name_of(following, period)


def test_the_unit_follows_the_span_unless_it_is_given():
    assert unit(days(("2026-01-01", 1), ("2026-03-01", 1)), None) == "week"
    assert unit(days(("2026-01-01", 1), ("2026-06-01", 1)), None) == "month"
    assert unit(days(("2026-01-01", 1), ("2026-06-01", 1)), "week") == "week"
    assert unit(np.zeros(0, np.int64), None) == "week"


FOUR_WEEKS = days(("2026-11-02", 12), ("2026-11-10", 12), ("2026-11-17", 9), ("2026-11-24", 3))


def test_the_last_complete_week_is_compared_with_those_before():
    found = reference(FOUR_WEEKS, "week", None)
    assert found is not None
    assert found.name == "2026-W47", "the week of the last day is not over"
    assert (found.now(FOUR_WEEKS), found.before(FOUR_WEEKS)) == (9, 24)


def test_the_open_week_counts_once_it_is_over():
    closed = reference(FOUR_WEEKS, "week", dt.date(2026, 11, 29))
    assert closed is not None
    assert (closed.name, closed.now(FOUR_WEEKS), closed.before(FOUR_WEEKS)) == ("2026-W48", 3, 33)
    sunday = np.append(FOUR_WEEKS, day("2026-11-29"))
    own = reference(sunday, "week", None)
    assert own is not None
    assert own.name == "2026-W48", "a complaint of its last day closes the week"


def test_weeks_after_the_data_ended_are_not_the_last_one():
    later = reference(FOUR_WEEKS, "week", dt.date(2027, 3, 1))
    assert later is not None
    assert later.name == "2026-W48"


def test_rows_without_a_date_are_left_out():
    with_none = np.append(FOUR_WEEKS, [NO_DATE] * 50)
    assert reference(with_none, "week", None) == reference(FOUR_WEEKS, "week", None)


@pytest.mark.parametrize(
    "some",
    [
        days(),
        days(("2026-11-02", 500)),
        days(("2026-11-02", 500), ("2026-11-10", 500)),
        days(("2026-11-02", MIN_REFERENCE - 2), ("2026-11-10", 1), ("2026-11-17", 50), ("2026-11-24", 1)),
    ],
    ids=["no dates", "one day", "two weeks", "a thin reference"],
)
def test_too_little_is_no_reference(some: np.ndarray):
    assert reference(some, "week", None) is None


def test_the_reference_reaches_back_so_many_periods():
    many = days(*((f"2026-{month:02d}-05", 10) for month in range(1, 13)))
    found = reference(many, "month", dt.date(2026, 12, 31))
    assert found is not None
    assert found.name == "2026-12"
    assert found.before(many) == 10 * REFERENCE


@given(st.lists(st.integers(day("2026-01-01"), day("2026-12-31")), max_size=150), units, st.randoms())
def test_the_order_of_rows_does_not_matter(some: list[int], period: str, random):
    shuffled = list(some)
    random.shuffle(shuffled)
    one, other = np.array(some, np.int64), np.array(shuffled, np.int64)
    assert reference(one, period, None) == reference(other, period, None)
    assert periods(one, one[:0], period, None) == periods(other, one[:0], period, None)


def test_periods_are_counted_with_the_empty_ones_between():
    used = days(("2026-10-05", 2), ("2026-10-23", 3))
    found = periods(used, used[:1], "week", None)
    assert [(p.period, p.n, p.complaints, p.complete) for p in found] == [
        ("2026-W41", 2, 1, True),
        ("2026-W42", 0, 0, True),
        ("2026-W43", 3, 0, False),
    ]
    assert periods(used, used, "week", dt.date(2026, 10, 25))[-1].complete
    assert periods(used[:0], used[:0], None, None) == []


@given(st.lists(st.integers(day("2020-01-01"), day("2026-12-31")), min_size=1, max_size=80), st.none() | units)
def test_every_row_is_in_one_period(some: list[int], period: str | None):
    used = np.array(some, np.int64)
    found = periods(used, used[::2], period, None)
    assert sum(p.n for p in found) == len(used)
    assert sum(p.complaints for p in found) == len(used[::2])
    names = [p.period for p in found]
    assert names == sorted(set(names))
