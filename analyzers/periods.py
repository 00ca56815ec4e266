"""Calendar weeks and months: which a file spans, which of them are complete, and what the last one is compared with."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .columns import NO_DATE
from .records import Period

Int = NDArray[np.int64]

MONTHS_FROM = 120  # days from which months are the natural unit, weeks before
MIN_PERIODS = 3  # complete ones, to speak of growth at all
REFERENCE = 6  # periods compared with
MIN_REFERENCE = 20  # complaints in them
TREND = 26  # last periods of which a finding tells its counts


@dataclass(frozen=True, slots=True)
class Reference:
    """Days of the last complete period and of those before it, half-open ordinals."""

    name: str
    start: int
    stop: int
    before_start: int

    def now(self, days: Int) -> int:
        """How many of the days fall into the last complete period."""
        return int(((days >= self.start) & (days < self.stop)).sum())

    def before(self, days: Int) -> int:
        """How many fall into the reference."""
        return int(((days >= self.before_start) & (days < self.start)).sum())


def unit(days: Int, wanted: str | None) -> str:
    """``week`` or ``month``: the wanted one, else by the span of the dates."""
    if wanted:
        return wanted
    return "month" if len(days) and int(days.max() - days.min()) >= MONTHS_FROM else "week"


def first_day(day: int, period: str) -> int:
    """First day of the calendar period that holds a day, as an ordinal.

    Examples
    --------
    >>> monday = dt.date(2026, 11, 16).toordinal()
    >>> first_day(monday + 5, "week") == monday
    True
    """
    date = dt.date.fromordinal(day)
    return (date.replace(day=1) if period == "month" else date - dt.timedelta(date.weekday())).toordinal()


def next_first(first: int, period: str) -> int:
    """First day of the following period."""
    date = dt.date.fromordinal(first)
    if period == "week":
        return first + 7
    return (date.replace(day=28) + dt.timedelta(4)).replace(day=1).toordinal()


def name_of(first: int, period: str) -> str:
    """``2026-W47`` or ``2026-11``."""
    date = dt.date.fromordinal(first)
    if period == "month":
        return f"{date.year:04d}-{date.month:02d}"
    year, week, _ = date.isocalendar()
    return f"{year:04d}-W{week:02d}"


_SPAN = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d{2})|Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?", re.ASCII
)


def span_of(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of a period as one writes it, or None where it is none.

    Examples
    --------
    >>> [str(day) for day in span_of("2026-W10")], [str(day) for day in span_of("2026-02")]
    (['2026-03-02', '2026-03-08'], ['2026-02-01', '2026-02-28'])
    >>> [str(day) for day in span_of("2025-12-20..2026-Q1")], span_of("2026-13"), span_of("report.json")
    (['2025-12-20', '2026-03-31'], None, None)
    """
    first, dots, last = text.partition("..")
    if dots:
        start, stop = span_of(first), span_of(last)
        return (start[0], stop[1]) if start and stop and ".." not in last and start[0] <= stop[1] else None
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    try:
        if found["week"]:
            monday = dt.date.fromisocalendar(year, int(found["week"]), 1)
            return monday, monday + dt.timedelta(6)
        if found["day"]:
            day = dt.date(year, int(found["month"]), int(found["day"]))
            return day, day
        month = 3 * int(found["quarter"]) - 2 if found["quarter"] else int(found["month"] or 1)
        months = 3 if found["quarter"] else 1 if found["month"] else 12
        start, after = dt.date(year, month, 1), year * 12 + month - 1 + months
        return start, dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(1)
    except ValueError:
        return None


def reference(days: Int, wanted: str | None, today: dt.date | None) -> Reference | None:
    """What growth is measured on, or None where the dates don't allow it.

    The last complete period is compared with up to `REFERENCE` before it. A period is complete when a later day is
    known: of the data, or `today`.
    """
    days = days[days > NO_DATE]
    if not len(days):
        return None
    period = unit(days, wanted)
    last_known = int(days.max()) if today is None else max(int(days.max()), today.toordinal())
    starts = [first_day(int(days.min()), period)]
    while (following := next_first(starts[-1], period)) <= last_known:
        starts.append(following)
    # the period of the last day is open unless that day ends it
    complete = starts if next_first(starts[-1], period) - 1 == last_known else starts[:-1]
    while complete and not ((days >= complete[-1]) & (days < next_first(complete[-1], period))).any():
        complete.pop()
    if len(complete) < MIN_PERIODS:
        return None
    last = complete[-1]
    found = Reference(
        name_of(last, period), last, next_first(last, period), complete[max(0, len(complete) - 1 - REFERENCE)]
    )
    return found if found.before(days) >= MIN_REFERENCE and found.now(days) > 0 else None


def periods(used: Int, complaints: Int, wanted: str | None, today: dt.date | None) -> list[Period]:
    """Rows and complaints by period, empty ones between the first and the last included."""
    if not len(used):
        return []
    period = unit(used, wanted)
    last_known = int(used.max()) if today is None else max(int(used.max()), today.toordinal())
    starts = first_days(used, period)
    return [
        Period(name_of(first, period), n, k, next_first(first, period) - 1 <= last_known)
        for first, n, k in zip(starts, by_period(used, starts), by_period(complaints, starts), strict=True)
    ]


def first_days(used: Int, period: str) -> list[int]:
    """First days of the periods from the first day to the last."""
    starts = [first_day(int(used.min()), period)]
    while (following := next_first(starts[-1], period)) <= int(used.max()):
        starts.append(following)
    return starts


def by_period(days: Int, starts: list[int]) -> list[int]:
    """How many of the days, all within, fall into each period.

    >>> by_period(np.array([1, 3, 9], np.int64), [1, 8])
    [2, 1]
    """
    place = np.searchsorted(np.array(starts, np.int64), days, side="right") - 1
    return np.bincount(place, minlength=len(starts)).tolist()
