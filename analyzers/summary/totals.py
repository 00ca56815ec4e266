"""Totals: kinds, periods, what was read and counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import numpy as np

from .. import rank
from ..columns import NO_DATE
from ..periods import first_day, name_of
from ..records import Period, Statistics
from ..vocabulary import KINDS
from .basis import Basis, distinct, share


def kinds(basis: Basis) -> dict[str, int]:
    """Used rows by kind."""
    count = np.bincount(basis.columns["kind"][basis.used].astype(np.int64), minlength=len(KINDS))
    return {kind: int(n) for kind, n in zip(KINDS, count, strict=True)}


def periods(basis: Basis) -> list[Period]:
    """Counts by calendar period, where there are dates: those of the memory where there is one."""
    days = basis.columns["date"][basis.used].astype(np.int64)
    found = basis.standing.periods(days, basis.counted.day, basis.options.period, basis.options.today)
    by_name = {entry.period: entry for entry in found}
    dated = np.flatnonzero(basis.counted.day > NO_DATE)
    span = "week" if found and "-W" in found[0].period else "month"
    known, place = np.unique(basis.counted.day[dated], return_inverse=True)
    starts = np.array([first_day(day, span) for day in known.tolist()], np.int64)[place]
    for start in np.unique(starts).tolist():
        entry = by_name.get(name_of(start, span))
        if entry is not None:
            entry.rows = basis.named(dated[starts == start])
    return found


def statistics(basis: Basis, skipped: Counter[str], left: Mapping[str, int] | None = None) -> Statistics:
    """Rows in = used + skipped + duplicates; `left` are rows read and labelled that the report is not about."""
    left = left or {}
    counted = basis.counted
    found = distinct(counted.doc, len(counted.rows))
    covered = len(found)
    used, n_skipped, n_left = int(basis.used.sum()), sum(skipped.values()), sum(left.values())
    days = basis.columns["date"][basis.used].astype(np.int64)
    days = days[days > NO_DATE]
    ends = [dt.date.fromordinal(int(day)).isoformat() for day in (days.min(), days.max())] if len(days) else []
    return Statistics(
        rows=basis.columns.n + n_skipped,
        used=used,
        skipped=n_skipped + n_left,
        duplicates=basis.columns.n - used - n_left,
        complaints=len(counted.rows),
        customers=int(basis.unit.max(initial=-1)) + 1,
        coverage=share(covered, len(counted.rows)) if len(counted.rows) else None,
        skipped_by_reason=dict(sorted((Counter(skipped) + Counter(left)).items())),
        denominator=basis.options.denominator,
        per_1000=rank.per_1000(len(counted.rows), basis.options.denominator),
        first=ends[0] if ends else None,
        last=ends[1] if ends else None,
        uncovered=len(counted.rows) - covered,
        uncovered_rows=basis.named(np.delete(np.arange(len(counted.rows)), found)),
    )


def denominator(basis: Basis, scope: str) -> int:
    """What the shares of themes are of: complaints, or all rows where themes were looked for in all."""
    return int(basis.used.sum()) if scope == "all" else len(basis.counted.rows)
