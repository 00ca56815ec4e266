"""The arithmetic of law: month ends, holidays, leap days, working days, and the change of 1 February 2026.

Every day here was counted by hand on the calendars of the decrees named in `lexicons/law/calendar.toml`.
"""

from __future__ import annotations

import datetime as dt

import pytest
from svc.analyzers.assess.law import due_day, exposure, fitting, is_working, known_calendar, years


@pytest.mark.parametrize(
    ("received", "days", "unit", "due"),
    [
        # the day of receipt is not counted
        ("2026-03-02", 10, "calendar", "2026-03-12"),
        # a term that ends on a day off ends on the next working day
        ("2026-01-21", 10, "calendar", "2026-02-02"),
        ("2025-12-22", 10, "calendar", "2026-01-12"),
        ("2024-12-20", 10, "calendar", "2025-01-09"),
        ("2025-04-28", 10, "calendar", "2025-05-12"),
        ("2024-04-19", 10, "calendar", "2024-05-02"),
        ("2025-10-24", 10, "calendar", "2025-11-05"),
        ("2026-04-21", 10, "calendar", "2026-05-04"),
        # a Saturday worked is no day off
        ("2024-04-17", 10, "calendar", "2024-04-27"),
        ("2025-10-22", 10, "calendar", "2025-11-01"),
        # the leap day
        ("2024-02-19", 10, "calendar", "2024-02-29"),
        ("2025-02-19", 10, "calendar", "2025-03-03"),
        ("2024-02-29", 12, "months", "2025-02-28"),
        # months end on the same day, or on the last one
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2024-01-30", 1, "months", "2024-02-29"),
        ("2025-01-31", 1, "months", "2025-02-28"),
        ("2026-01-31", 1, "months", "2026-03-02"),
        ("2025-11-15", 2, "months", "2026-01-15"),
        ("2025-08-31", 3, "months", "2025-12-01"),
        # working days
        ("2025-04-29", 3, "working", "2025-05-06"),
        ("2024-12-27", 2, "working", "2025-01-09"),
        ("2025-10-31", 1, "working", "2025-11-01"),
        ("2025-10-31", 2, "working", "2025-11-05"),
        ("2026-02-20", 1, "working", "2026-02-24"),
        ("2026-03-05", 2, "working", "2026-03-10"),
        ("2025-12-29", 3, "working", "2026-01-13"),
        ("2026-12-30", 1, "working", "2027-01-11"),
        ("2027-04-30", 1, "working", "2027-05-04"),
        # hours are rounded up to days, days off or not
        ("2026-05-08", 24, "hours", "2026-05-09"),
        ("2026-05-08", 30, "hours", "2026-05-10"),
    ],
)
def test_a_term_ends_on_the_day_that_the_law_says(received: str, days: int, unit: str, due: str) -> None:
    assert due_day(dt.date.fromisoformat(received), days, unit).isoformat() == due


@pytest.mark.parametrize(("year", "working"), [(2024, 248), (2025, 247), (2026, 247), (2027, 249)])
def test_a_year_has_as_many_working_days_as_its_calendar_tells(year: int, working: int) -> None:
    """2024 to 2026 as published with the decrees; 2027 by the Labour Code alone (its decree was not seen)."""
    day = dt.date(year, 1, 1)
    assert sum(is_working(day + dt.timedelta(n)) for n in range(366) if (day + dt.timedelta(n)).year == year) == working


def test_days_off_fall_on_weekdays_and_worked_days_on_weekends() -> None:
    for year in years().values():
        assert all(day.weekday() < 5 for day in year.off)
        assert all(day.weekday() >= 5 for day in year.worked)


def test_a_year_whose_decree_was_not_seen_is_provisional() -> None:
    assert known_calendar(dt.date(2024, 1, 1), dt.date(2026, 12, 31))
    assert not known_calendar(dt.date(2026, 12, 20), dt.date(2027, 1, 11))
    assert is_working(dt.date(2028, 1, 3))  # a year without a calendar: Monday to Friday


@pytest.mark.parametrize("demand", ["refund", "replacement", "repair"])
def test_penalty_for_goods_has_a_cap_from_1_february_2026(demand: str) -> None:
    (before, *_), _ = fitting("goods", [demand], dt.date(2026, 1, 31))
    (after, *_), _ = fitting("goods", [demand], dt.date(2026, 2, 1))
    assert (before.id, before.days, before.cap) == (after.id, after.days, None)
    assert after.cap == 1.0
    old, new = exposure(before, 10_000.0, 150), exposure(after, 10_000.0, 150)
    assert (old.penalty, old.fine, old.total, old.capped) == (15_000.0, 12_500.0, 37_500.0, False)
    assert (new.penalty, new.fine, new.total, new.capped) == (10_000.0, 10_000.0, 30_000.0, True)


@pytest.mark.parametrize("overdue", [-5, 0])
def test_nothing_runs_up_before_the_term_is_over(overdue: int) -> None:
    (rule, *_), _ = fitting("service", ["refund"], dt.date(2026, 3, 2))
    found = exposure(rule, 8_000.0, overdue)
    assert (found.penalty, found.fine, found.total) == (0.0, 0.0, 8_000.0)


def test_the_first_day_over_the_term_costs_a_day() -> None:
    (rule, *_), _ = fitting("service", ["refund"], dt.date(2026, 3, 2))
    assert exposure(rule, 8_000.0, 1).penalty == 240.0


def test_an_unverified_rule_is_shown_and_computes_nothing() -> None:
    for subject in ("finance", "telecom", "state", "goods", "service"):
        counted, shown = fitting(subject, ["refund"], dt.date(2026, 3, 2))
        assert all(rule.verified for rule in counted)
        assert not any(rule.verified for rule in shown)
