"""Figures of the work on complaints: overdue, time to answer, reopened, repeat contacts. Formulas: docs/ranking.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..columns import NO_DATE, Columns
from ..records import Kpi, Kpis
from .status import CLOSED, OPEN, REOPENED, UNKNOWN

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

OVERDUE_DAYS = 10
ROLES = ("status", "closed", "reply")  # one of these columns there must be


@dataclass(frozen=True, slots=True)
class _Work:
    """The counted complaints as work: arrays of one length."""

    known: Bool  # whether it can be told open from closed
    open: Bool
    late: Bool  # open or closed, longer than allowed
    days: Int  # to the answer, -1 where unknown
    reopened: Bool
    customer: NDArray[np.uint64]
    has_status: bool
    has_dates: bool
    has_closed: bool


def kpis(
    columns: Columns, rows: Int, doc: Int, category: Int, names: Sequence[str],
    roles: Mapping[str, Sequence[str]], overdue_days: int = OVERDUE_DAYS, today: dt.date | None = None,
    ids: Callable[[Int], list[str]] | None = None,
) -> Kpis | None:  # fmt: skip
    """Figures in total and by category.

    Parameters
    ----------
    columns : Columns
    rows : ndarray of int64 of shape (n_texts,)
        The counted complaints.
    doc, category : ndarray of int64 of shape (n_labels,)
        Their labels; `doc` counts in `rows`.
    names : sequence of str
        Ids of the categories.
    roles : mapping of source to roles
        Which columns each input has.
    overdue_days : int, default 10
        A complaint may be open so long.
    today : date, optional
        Day until which the open ones are open; without it the last day that the file knows.
    ids : callable, optional
        Ids of complaints by their places in `rows`; without it no overdue ones are listed.

    Returns
    -------
    Kpis or None
        None where no input has a column of `ROLES`.
    """
    if not any(role in given for given in roles.values() for role in ROLES):
        return None
    day = columns["date"][rows].astype(np.int64)
    closed = columns["closed"][rows].astype(np.int64)
    last = last_day(columns, today)
    until = last.toordinal() if last else NO_DATE
    work, misdated = _work(columns, rows, day, closed, roles, until, overdue_days)
    numbers = np.unique(category)
    repeats = _repeats(work.customer, doc, category, columns["content"][rows], day)
    everyone = np.arange(len(rows))
    by_category = [
        _kpi(str(names[int(c)]), work, doc[category == c], int(repeats[category == c].sum()), until) for c in numbers
    ]
    total = _kpi(None, work, everyone, len(np.unique(doc[repeats])), until)
    if ids is not None:
        waiting = work.open & work.late
        total.overdue_rows = ids(everyone[waiting])
        for entry, c in zip(by_category, numbers, strict=True):
            entry.overdue_rows = ids(np.unique(doc[(category == c) & waiting[doc]]))
    by_category.sort(key=lambda k: (-(k.overdue or 0), -(k.late or 0), -k.n, k.id or ""))
    return Kpis(
        overdue_days=overdue_days,
        until=dt.date.fromordinal(until).isoformat() if until else None,
        misdated=misdated,
        total=total,
        categories=by_category,
    )


def overdue_rows(
    columns: Columns, rows: Int, roles: Mapping[str, Sequence[str]], overdue_days: int, today: dt.date | None
) -> Bool:
    """Which of the counted complaints are open for too long; parameters as of `kpis`."""
    if not any(role in given for given in roles.values() for role in ROLES):
        return np.zeros(len(rows), bool)
    day = columns["date"][rows].astype(np.int64)
    closed = columns["closed"][rows].astype(np.int64)
    until = last_day(columns, today)
    work, _ = _work(columns, rows, day, closed, roles, until.toordinal() if until else NO_DATE, overdue_days)
    return work.open & work.late


def last_day(columns: Columns, today: dt.date | None) -> dt.date | None:
    """The day until which open complaints are open: `today`, else the last one that the file knows."""
    if today is not None:
        return today
    last = int(max(columns["date"].max(initial=NO_DATE), columns["closed"].max(initial=NO_DATE)))
    return dt.date.fromordinal(last) if last > NO_DATE else None


def _work(
    columns: Columns, rows: Int, day: Int, closed: Int, roles: Mapping[str, Sequence[str]], until: int, limit: int
) -> tuple[_Work, int]:
    """What is known of each complaint, and how many are closed before they were written."""
    source = columns["source"][rows]

    def has(role: str) -> Bool:
        given = np.array([role in roles.get(name, ()) for name in columns.sources], bool)
        return given[source] if len(given) else np.zeros(len(rows), bool)

    with_closed, with_reply = has("closed"), has("reply")
    state = columns["status"][rows]
    answered = (closed > NO_DATE) | columns["replied"][rows]
    # the status decides; where it says nothing a closing date or a reply does, and their absence
    ended = np.where(state == UNKNOWN, answered, state == CLOSED)
    known = (state != UNKNOWN) | with_closed | with_reply
    dated = (day > NO_DATE) & (closed > NO_DATE)
    misdated = dated & (closed < day)
    days = np.where(dated & ~misdated & ended, closed - day, -1)
    opened = known & ~ended & np.isin(state, (UNKNOWN, OPEN, REOPENED))
    waiting = np.where(opened & (day > NO_DATE), until - day, days)
    return _Work(
        known, opened, waiting > limit, days, state == REOPENED, columns["customer"][rows],
        bool(has("status").any()), bool((day > NO_DATE).any()), bool(with_closed.any()),
    ), int(misdated.sum())  # fmt: skip


def _kpi(name: str | None, work: _Work, docs: Int, repeats: int, until: int) -> Kpi:
    """Figures of some complaints."""
    days = work.days[docs]
    days = days[days >= 0]
    opened = work.open[docs]
    # of states that only tell what is answered, the others may all be open: that is no nought
    told = bool(opened.any() or work.known[docs].all())
    timed = bool(until) and work.has_dates and bool(work.known[docs].any())  # nothing known is not nought
    return Kpi(
        id=name,
        n=len(docs),
        open=int(opened.sum()),
        unknown=int((~work.known[docs]).sum()),
        overdue=int((opened & work.late[docs]).sum()) if timed and told else None,
        late=int((~opened & work.late[docs]).sum()) if timed and work.has_closed else None,
        answered=len(days) if work.has_closed and timed else None,
        days_median=_quantile(days, 0.5),
        days_p90=_quantile(days, 0.9),
        reopened=int(work.reopened[docs].sum()) if work.has_status else None,
        repeats=repeats if (work.customer > 0).any() else None,
    )


def _quantile(days: Int, p: float) -> float | None:
    return round(float(np.quantile(days, p)), 1) if len(days) else None


def _repeats(customer: NDArray[np.uint64], doc: Int, category: Int, content: NDArray[np.uint64], day: Int) -> Bool:
    """Labels whose customer has complained of the category before: all but the first, whatever the order of rows."""
    found = np.zeros(len(doc), bool)
    mine = np.flatnonzero(customer[doc] > 0)
    order = mine[np.lexsort((content[doc[mine]], day[doc[mine]], category[mine], customer[doc[mine]]))]
    who, what = customer[doc[order]], category[order]
    found[order[1:]] = (who[1:] == who[:-1]) & (what[1:] == what[:-1])
    return found
