"""What failed, how much, and the words that show it."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_URGENT = 20  # rows that `Report.urgent` keeps, the worst first
Title = dict[str, str]


@dataclass(slots=True)
class Quote:
    """A masked piece of a complaint with the place where the finding shows.

    Attributes
    ----------
    start, stop : int
        The mention, half-open, in code points of `text`.
    """

    id: str
    source: str
    row: int
    text: str
    start: int
    stop: int
    severity: float


@dataclass(slots=True)
class Factors:
    """The sum behind an index: ``index = 100 * pain * growth / total``."""

    pain: float
    growth: float
    total: float


@dataclass(slots=True)
class Gains:
    """What a fix would free, by the figures the user configured; null where one of them is missing.

    Attributes
    ----------
    hours, handling : float or None
        Of handling these complaints, and their cost.
    reach : float or None
        People who heard of it.
    won_low, won_high : float or None
        Customers that these ones would bring if satisfied.
    at_risk : float or None
        Customers times the cost of winning one.
    money : float or None
        ``handling + at_risk``, of what is known.
    """

    hours: float | None
    handling: float | None
    reach: float | None
    won_low: float | None
    won_high: float | None
    at_risk: float | None
    money: float | None


@dataclass(slots=True)
class Finding:
    """A ranked category or theme.

    Attributes
    ----------
    trend : list of int
        Its complaints in the last of `periods`, as many as there are of these, at most 26; empty without dates.
    """

    id: str
    title: Title
    system: str
    owner: str
    dimension: str
    stage: str
    n: int
    customers: int
    share: float
    share_low: float
    share_high: float
    severity: float
    severity_class: str
    growth: float | None
    status: str | None
    index: float
    cumulative: float
    few: bool
    factors: Factors
    upgrade: Title
    metric: Title
    classes: dict[str, int]
    index_low: float | None = None
    index_high: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    money: float | None = None
    impact: float | None = None
    per_1000: float | None = None
    gains: Gains | None = None
    trend: list[int] = field(default_factory=list[int])
    quotes: list[Quote] = field(default_factory=list[Quote])
    rows: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Group:
    """Findings summed by one axis: a system, an owner, a stage or a dimension."""

    id: str
    title: Title
    n: int
    share: float
    index: float
    severity: float
    findings: list[str]


@dataclass(slots=True)
class Strength:
    """A category that customers praise."""

    id: str
    title: Title
    system: str
    n: int
    share: float
    quotes: list[Quote] = field(default_factory=list[Quote])


@dataclass(slots=True)
class Urgent:
    """One row of class A, with the reasons."""

    id: str
    source: str
    row: int
    severity: float
    reasons: list[str]
    categories: list[str]
    text: str


@dataclass(slots=True)
class Repeat:
    """Rows that look alike: one customer writing again, or a template that many send.

    Attributes
    ----------
    kind : {"customer", "template"}
    wave : bool
        Whether at least five came within a week.
    complaints : int
        Of the `n` rows.
    """

    kind: str
    n: int
    customers: int
    wave: bool
    complaints: int
    first: str | None
    last: str | None
    categories: list[str]
    rows: list[str]
