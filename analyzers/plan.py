"""The plan of measures: for each pain worth it who changes what, why, by which figure it shows, and when to look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .records import Finding, Kpi, Quote, Report, Title

# Days until a measure is looked at again: soon for what endangers people, after a season for what costs time.
# Conventions, not measured; `days` overrides them.
CHECK_DAYS = {"A": 14, "B": 30, "C": 60, "D": 90}


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the plan.

    Attributes
    ----------
    rank : int
        Place of the finding in the report.
    complaints : int
        Of the whole report: `n` are of these.
    overdue : int or None
        Open for too long, where states are known.
    rows : list of str
        Ids of complaints that hold it, at most as many as the report lists.
    check : datetime.date or None
        When to look at the metric; None where no day is known to count from.
    """

    rank: int
    id: str
    title: Title
    system: str
    owner: str
    severity_class: str
    index: float
    n: int
    complaints: int
    share: float
    share_low: float
    share_high: float
    growth: float | None
    status: str | None
    per_1000: float | None
    few: bool
    upgrade: Title
    metric: Title
    overdue: int | None
    median_days: float | None
    quotes: list[Quote]
    rows: list[str]
    check: dt.date | None


def measures(report: Report, *, top: int = 10, start: dt.date | None = None, days: int | None = None) -> list[Measure]:
    """Measures for the findings of a report, in its order.

    Findings of few complaints stand back, unless they are of class A: a plan is no list of everything.

    Parameters
    ----------
    top : int
        Measures at most, 0 for all.
    start : datetime.date, optional
        Day from which the check is counted; by default the day of the report.
    days : int, optional
        Days until the check, for all; by default `CHECK_DAYS` of the class.
    """
    start = start or day_of(report)
    work = {entry.id: entry for entry in report.kpis.categories} if report.kpis else {}
    chosen = [
        (place, finding)
        for place, finding in enumerate(report.findings, 1)
        if not finding.few or finding.severity_class == "A"
    ]
    return [
        _measure(report, place, finding, work.get(finding.id), start, days)
        for place, finding in (chosen[:top] if top else chosen)
    ]


def _measure(
    report: Report, place: int, finding: Finding, work: Kpi | None, start: dt.date | None, days: int | None
) -> Measure:
    wait = CHECK_DAYS[finding.severity_class] if days is None else days
    return Measure(
        place,
        finding.id,
        finding.title,
        finding.system,
        finding.owner,
        finding.severity_class,
        finding.index,
        finding.n,
        report.statistics.complaints,
        finding.share,
        finding.share_low,
        finding.share_high,
        finding.growth,
        finding.status,
        finding.per_1000,
        finding.few,
        finding.upgrade,
        finding.metric,
        work.overdue if work else None,
        work.days_median if work else None,
        finding.quotes,
        finding.rows,
        start + dt.timedelta(days=wait) if start else None,
    )


def day_of(report: Report) -> dt.date | None:
    """The day a report was made, None where it does not tell."""
    try:
        return dt.date.fromisoformat(str(report.meta.created)[:10])
    except ValueError:
        return None


def owners(plan: Sequence[Measure]) -> dict[str, list[Measure]]:
    """The measures of each department; the one with most pain first."""
    found: dict[str, list[Measure]] = {}
    for measure in plan:
        found.setdefault(measure.owner, []).append(measure)
    return dict(sorted(found.items(), key=lambda item: (-sum(m.index for m in item[1]), item[0])))
