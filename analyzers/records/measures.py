"""What is told by segment, by period and by the fields of a help desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Segment:
    """A value of a `--by` column.

    Attributes
    ----------
    few : bool
        Too few complaints, or nearly all of them, to compare it with the others.
    top : list of dict
        Categories it surely has more of than the others (with `ratio` of the shares, its interval and `q`, the false
        discovery rate); without any such, its commonest.
    rows : list of str
        Ids of its complaints, gravest first, at most 100.
    """

    column: str
    value: str
    n: int
    share: float
    few: bool
    top: list[dict[str, Any]]
    rows: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Foreseen:
    """What customers could not foresee: one question of the predictability scorecard.

    Attributes
    ----------
    id : {"who", "what", "how", "when", "now", "next", "result", "other", "all"}
    findings : list of str
        Categories met, commonest first.
    """

    id: str
    n: int
    share: float
    share_low: float
    share_high: float
    findings: list[str]


@dataclass(slots=True)
class Kpi:
    """Figures of the work on some complaints; null where the columns they need are missing.

    Attributes
    ----------
    id : str or None
        The category; None for all complaints.
    open, unknown : int
        Not answered yet; of unknown state.
    overdue, late : int or None
        Still open after the days allowed; answered after them. None also where none is known to be open and
        some are of unknown state.
    answered : int or None
        With both dates; `days_median` and `days_p90` are of these, in days.
    reopened : int or None
    repeats : int or None
        Contacts of a customer who had complained of the same category before.
    overdue_rows : list of str
        Ids of the overdue ones, gravest first, at most 100.
    """

    id: str | None
    n: int
    open: int
    unknown: int
    overdue: int | None
    late: int | None
    answered: int | None
    days_median: float | None
    days_p90: float | None
    reopened: int | None
    repeats: int | None
    overdue_rows: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Kpis:
    """The work on complaints, where a status, a closing date or a reply is known.

    Attributes
    ----------
    overdue_days : int
        A complaint may be open so long.
    until : str or None
        Day until which open ones are counted as open.
    misdated : int
        Closed before they were written: their time is not counted.
    """

    overdue_days: int
    until: str | None
    misdated: int
    total: Kpi
    categories: list[Kpi]


@dataclass(slots=True)
class Period:
    """Counts of one calendar period.

    Attributes
    ----------
    rows : list of str
        Ids of its complaints, gravest first, at most 100; none for periods that only the memory of `weekly` knows.
    """

    period: str
    n: int
    complaints: int
    complete: bool
    rows: list[str] = field(default_factory=list[str])
