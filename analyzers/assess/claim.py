"""One claim against the law: when it was received and until when it must be met. Not legal advice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .dates_in_text import Term, TextDate, resolved
from .facts import Facts
from .law import Rule, due_day, fitting, known_calendar

ENOUGH = 2  # words of a sector without a word of goods before its rules count
SECTORS = ("finance", "telecom", "state")
GOODS_ONLY = ("replacement",)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a claim.

    Attributes
    ----------
    received : date or None
    due : date or None
        Last day by law, else the one that the customer set.
    basis : {"law", "text"} or None
        Where `due` comes from.
    rule : Rule or None
        The verified rule that computes.
    shown : tuple of Rule
        Unverified rules that fit: they compute nothing.
    provisional : bool
        The term runs through a year whose calendar is not verified.
    """

    received: dt.date | None
    due: dt.date | None
    basis: str | None
    rule: Rule | None
    shown: tuple[Rule, ...]
    subject: str | None
    provisional: bool


def received_day(facts: Facts, written: dt.date | None, today: dt.date | None) -> dt.date | None:
    """The day of a claim: that of the row, else the one its text bears."""
    if written is not None:
        return written
    return resolved(facts.claim, today, ahead=False) if facts.claim else None


def base_day(facts: Facts, written: dt.date | None, today: dt.date | None) -> dt.date | None:
    """The day against which dates without a year are read: the text's own full date, the row's, else today."""
    if facts.claim is not None and facts.claim.year:
        return resolved(facts.claim, None, ahead=False)
    base = written or today
    return resolved(facts.claim, base, ahead=False) if facts.claim is not None else base


def asked_day(facts: Facts, base: dt.date | None) -> dt.date | None:
    """The day that the customer set, None where the text names a term or nothing."""
    if isinstance(facts.limit, TextDate):
        return resolved(facts.limit, base, ahead=True)
    return None


def term_days(facts: Facts) -> int | None:
    """The term that the customer set, in days of its own kind; a month counts 30, a part of a day one."""
    if not isinstance(facts.limit, Term):
        return None
    unit, n = facts.limit.unit, facts.limit.n
    return 30 * n if unit == "months" else max(1, n // 24) if unit == "hours" else n


def subject_of(facts: Facts, demands: Sequence[str]) -> str | None:
    """What the claim is about, of `law.SUBJECTS`; None where the words tell nothing, or two things alike."""
    count = dict(facts.subjects)
    goods, service = count.get("goods", 0), count.get("service", 0)
    sector = max(SECTORS, key=lambda name: (count.get(name, 0), name))
    if count.get(sector, 0) >= ENOUGH and count[sector] > max(goods, service):
        return sector
    if any(name in demands for name in GOODS_ONLY) and goods:
        return "goods"
    if goods > service:
        return "prepaid" if count.get("prepaid") else "distance" if count.get("distance") else "goods"
    if service > goods:
        return "service"
    return None


def clock(facts: Facts, demands: Sequence[str], written: dt.date | None, today: dt.date | None) -> Clock:
    """The clock of one claim.

    Parameters
    ----------
    facts : Facts
    demands : sequence of str
    written : date or None
        Of the row.
    today : date or None
        For dates without a year where the row has none.
    """
    received = received_day(facts, written, today)
    subject = subject_of(facts, demands)
    rules, shown = fitting(subject, demands, received) if subject and received else ([], [])
    rule = next((rule for rule in rules if rule.days is not None), None)
    if rule is not None and rule.days is not None and received is not None:
        due, basis = due_day(received, rule.days, rule.unit), "law"
    else:
        due, basis = asked_day(facts, base_day(facts, written, today)), "text"
        if due is None and received is not None and isinstance(facts.limit, Term):
            due = due_day(received, facts.limit.n, facts.limit.unit)
    provisional = due is not None and received is not None and not known_calendar(received, due)
    return Clock(received, due, basis if due else None, rule, tuple(shown), subject, provisional)
