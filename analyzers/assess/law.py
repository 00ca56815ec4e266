"""Terms and penalties of law as dated data (`lexicons/law`), and the arithmetic of days. Not legal advice.

Days are counted from the day after the claim was received (Civil Code, art. 191); where the last one is a day off, the
term ends on the next working day (art. 193). The rule in force on the day of receipt counts.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ...lexicons import folder, path

DAY = dt.timedelta(days=1)
FINE = 0.5  # of what a court awards for not meeting the demands (law 2300-1, art. 13(6))
SUBJECTS = ("finance", "telecom", "state", "prepaid", "distance", "goods", "service")
CALENDAR = "law/calendar.toml"


@dataclass(frozen=True, slots=True)
class Rule:
    """A term of law.

    Attributes
    ----------
    subjects : tuple of str
        Of `SUBJECTS`, what the claim must be about.
    demands : tuple of str
        One of these must be made; empty: any.
    days : int or None
    unit : {"calendar", "working"}
    penalty : float or None
        Share of the price a day of delay.
    cap : float or None
        Share of the price that all penalty reaches at most.
    verified : bool
        An unverified rule is shown and computes nothing.
    """

    id: str
    title: dict[str, str]
    article: str
    who: str
    subjects: tuple[str, ...]
    demands: tuple[str, ...]
    source: str
    verified: bool
    valid_from: dt.date
    valid_to: dt.date | None = None
    days: int | None = None
    unit: str = "calendar"
    penalty: float | None = None
    penalty_article: str | None = None
    cap: float | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether the rule is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the production calendar: weekdays off, weekend days worked."""

    off: frozenset[dt.date]
    worked: frozenset[dt.date]
    verified: bool


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are tried."""
    found: list[Rule] = []
    for file in folder("law"):
        for entry in tomllib.loads(file.read_text("utf-8")).get("rule", []):
            found.append(_rule(entry))
    order = {subject: i for i, subject in enumerate(SUBJECTS)}
    return tuple(sorted(found, key=lambda rule: (min(order[s] for s in rule.subjects), not rule.verified)))


def _rule(entry: dict[str, Any]) -> Rule:
    values: dict[str, Any] = dict(entry)
    for name in ("valid_from", "valid_to"):
        if name in entry:
            values[name] = dt.date.fromisoformat(entry[name])
    values["subjects"], values["demands"] = tuple(entry["subjects"]), tuple(entry["demands"])
    return Rule(**values)


@lru_cache(maxsize=1)
def years() -> dict[int, Year]:
    """The production calendar by year."""
    data = tomllib.loads(path(CALENDAR).read_text("utf-8"))
    return {
        entry["year"]: Year(_days(entry, "off"), _days(entry, "worked"), entry["verified"]) for entry in data["year"]
    }


def _days(entry: dict[str, Any], name: str) -> frozenset[dt.date]:
    return frozenset(dt.date.fromisoformat(f"{entry['year']}-{day}") for day in entry[name])


def is_working(day: dt.date) -> bool:
    """Whether people work on a day; of years without a calendar Monday to Friday.

    >>> [is_working(dt.date(2026, 1, 9)), is_working(dt.date(2025, 11, 1)), is_working(dt.date(2026, 2, 24))]
    [False, True, True]
    """
    year = years().get(day.year)
    if year is None:
        return day.weekday() < 5
    return day in year.worked or (day.weekday() < 5 and day not in year.off)


def known_calendar(first: dt.date, last: dt.date) -> bool:
    """Whether the calendar of every year from one day to another is verified."""
    return all((found := years().get(year)) is not None and found.verified for year in range(first.year, last.year + 1))


def due_day(received: dt.date, days: int, unit: str) -> dt.date:
    """The last day of a term.

    Parameters
    ----------
    received : date
        Day of receipt, which is not counted.
    days : int
        Length of the term, in `unit`.
    unit : {"calendar", "days", "working", "months", "hours"}

    Examples
    --------
    >>> due_day(dt.date(2026, 4, 21), 10, "calendar").isoformat()  # 1 to 3 May are days off
    '2026-05-04'
    >>> due_day(dt.date(2025, 12, 29), 3, "working").isoformat()
    '2026-01-13'
    """
    if unit == "working":
        last, left = received, days
        while left:
            last += DAY
            left -= is_working(last)
        return last
    if unit == "months":
        last = _months_on(received, days)
    elif unit == "hours":
        return received + DAY * -(-days // 24)
    else:
        last = received + DAY * days
    while not is_working(last):
        last += DAY
    return last


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last one (Civil Code, art. 192)."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, min(day.day, (following - DAY).day))


def fitting(subject: str, demands: Sequence[str], day: dt.date) -> tuple[list[Rule], list[Rule]]:
    """Rules in force on the day of receipt that fit a claim: verified ones, shortest term first, and the others.

    Examples
    --------
    >>> [[rule.id for rule in part] for part in fitting("service", ["refund", "contract_end"], dt.date(2026, 3, 1))]
    [['service.money'], ['service.end']]
    """
    mine = [
        rule for rule in rules()
        if subject in rule.subjects and rule.holds_on(day)
        and (not rule.demands or not set(rule.demands).isdisjoint(demands))
    ]  # fmt: skip
    verified = sorted(
        (rule for rule in mine if rule.verified), key=lambda rule: (rule.days is None, rule.days or 0, rule.id)
    )
    return verified, [rule for rule in mine if not rule.verified]


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a claim may cost, in roubles; the parts that are known."""

    amount: float
    penalty: float
    fine: float
    total: float
    capped: bool


def exposure(rule: Rule, amount: float, overdue: int) -> Exposure:
    """The sum in dispute, the penalty run up and the fine a court may add.

    ``penalty = min(rate * amount * days overdue, cap * amount)``; ``fine = 0.5 * (amount + penalty)``, 0 in time;
    ``total = amount + penalty + fine``. The price is taken to be the sum in dispute.

    Examples
    --------
    >>> rule = next(r for r in rules() if r.id == "service.money")
    >>> exposure(rule, 10_000.0, 5)
    Exposure(amount=10000.0, penalty=1500.0, fine=5750.0, total=17250.0, capped=False)
    """
    days = max(0, overdue)
    run_up = (rule.penalty or 0.0) * amount * days
    capped = rule.cap is not None and run_up > rule.cap * amount
    penalty = round(rule.cap * amount if capped and rule.cap is not None else run_up, 2)
    fine = round(FINE * (amount + penalty), 2) if days and rule.penalty else 0.0
    return Exposure(round(amount, 2), penalty, fine, round(amount + penalty + fine, 2), capped)
