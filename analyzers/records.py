"""The records between analysis and output. A renderer knows these and nothing else; the JSON report is their mirror.

`Report` holds ids, codes, figures and both titles, never a sentence: `cli` words it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from .plain import decoded

SCHEMA_VERSION = "1.0"
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


@dataclass(slots=True)
class LegalRule:
    """A dated rule of `lexicons/law` that fits a claim; one that is not verified computes nothing."""

    id: str
    title: Title
    article: str
    days: int | None
    unit: str
    penalty: float | None
    cap: float | None
    source: str
    verified: bool


@dataclass(slots=True)
class Exposed:
    """What a claim may cost on the day of the report, in roubles.

    Attributes
    ----------
    formula : str
        ``total = amount + min(rate * amount * days, cap * amount) + fine`` with its figures.
    capped : bool
        The penalty has reached its cap.
    """

    amount: float
    penalty: float
    fine: float
    total: float
    capped: bool
    formula: str


@dataclass(slots=True)
class Claim:
    """An open claim with its clock; what is not told stays null.

    Attributes
    ----------
    penalty, moral_damage : float or None
        As demanded, in roubles.
    deadline, deadline_days
        As the customer set them; `due` is the last day by law, else the customer's (`basis`).
    days_left : int or None
        Negative: overdue by so many days.
    provisional : bool
        The term runs through a year whose production calendar is not verified.
    unverified : list of LegalRule
        Rules that may fit, and compute nothing.
    """

    id: str
    source: str
    row: int
    received: str | None
    subject: str | None
    demands: list[str]
    amount: float | None
    penalty: float | None
    moral_damage: float | None
    law: list[str]
    escalation: list[str]
    deadline: str | None
    deadline_days: int | None
    due: str | None
    basis: str | None
    days_left: int | None
    provisional: bool
    rule: LegalRule | None
    unverified: list[LegalRule]
    exposure: Exposed | None
    categories: list[str]
    text: str


@dataclass(slots=True)
class ClaimTotals:
    """All counted claims.

    Attributes
    ----------
    until : str or None
        The day against which terms are counted: `--today`, else the last day of the file.
    answered : int
        No clock runs for these.
    dated : int
        Open ones whose last day is known; `overdue` and `soon` (`SOON` days) are of these.
    amount, exposure : float
        Roubles, where known, of the open ones.
    late : dict of category to int
        Overdue claims that `kpis.overdue` does not count, by category; `late_only` in all.
    """

    n: int
    answered: int
    dated: int
    overdue: int
    soon: int
    amount: float
    exposure: float
    late_only: int
    late: dict[str, int]
    until: str | None


@dataclass(slots=True)
class Gap:
    """A broken promise: both halves as spans of the masked `text`."""

    id: str
    source: str
    row: int
    text: str
    promised: list[int]
    got: list[int]


@dataclass(slots=True)
class Expectation:
    """Broken promises of one maker.

    Attributes
    ----------
    by : {"operator", "site", "contract", "advertisement", "other"}
    categories : dict of category to int
        Commonest first.
    """

    by: str
    n: int
    share: float
    categories: dict[str, int]
    quotes: list[Gap]


@dataclass(slots=True)
class EffortOf:
    """What complaints cost their authors: how many told each figure, and its median."""

    id: str | None
    n: int
    contacts_n: int
    contacts: float | None
    days_waited_n: int
    days_waited: float | None
    visits_n: int
    visits: float | None
    documents_n: int
    documents: float | None


@dataclass(slots=True)
class Efforts:
    """Effort in all, and by category where three or more told a figure."""

    total: EffortOf
    categories: list[EffortOf]


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
class Uncovered:
    """A frequent phrase of complaints that no category covers."""

    phrase: str
    n: int


@dataclass(slots=True)
class Kept:
    """The theme of an earlier report that a theme was recognised as.

    Attributes
    ----------
    id : str
        Kept from that report.
    distance : float
        Of the words of the two, in [0, 1].
    alias : str or None
        The id that the theme would have had of itself.
    """

    id: str
    distance: float
    alias: str | None


@dataclass(slots=True)
class Part:
    """A sub-theme of a large theme.

    Attributes
    ----------
    share : float
        Of the theme's texts.
    words : list of str
        Telling words beside the title.
    """

    id: str
    title: Title
    n: int
    share: float
    words: list[str]


@dataclass(slots=True)
class Theme:
    """What a group of alike complaints is about, found without a lexicon.

    Attributes
    ----------
    chance : float or None
        That as many come into the last period by accident.
    words : list of str
        Telling words beside the title.
    near : str or None
        The theme most like it.
    apart : list of str
        Words it has and that one has not.
    kept : Kept or None
    terms : dict of str to float
        Lemmas by which a later run knows it again, with their weights.
    parts : list of Part
        Sub-themes, largest first; `svc discover` looks for them in large themes.
    sure : float or None
        How surely its texts are complaints, on average.
    """

    id: str
    title: Title
    n: int
    customers: int
    share: float
    share_low: float
    share_high: float
    severity: float
    severity_class: str
    classes: dict[str, int]
    growth: float | None
    status: str | None
    chance: float | None
    few: bool
    words: list[str]
    near: str | None
    apart: list[str]
    kept: Kept | None
    terms: dict[str, float]
    quotes: list[Quote] = field(default_factory=list[Quote])
    rows: list[str] = field(default_factory=list[str])
    parts: list[Part] = field(default_factory=list[Part])
    sure: float | None = None


@dataclass(slots=True)
class Discovery:
    """What the themes were found in.

    Attributes
    ----------
    scope : str
        ``uncovered``, ``all``, or the id of the category looked into.
    n : int
        Texts looked at; `without` of them belong to no theme.
    fitted : int
        Different texts that the themes were made from; the others were only assigned.
    period : str or None
        The last complete period, compared with those before it.
    false_alarm : float
        Chance that an ordinary period makes any theme look new or growing.
    """

    scope: str
    n: int
    without: int
    fitted: int
    period: str | None
    false_alarm: float


@dataclass(slots=True)
class Skipped:
    """A row that could not be used."""

    source: str
    row: int
    reason: str


@dataclass(slots=True)
class Statistics:
    """Rows in = used + skipped + duplicates.

    Attributes
    ----------
    denominator : int or None
        Orders or customers that the complaints come from, as the user gave it; `per_1000` are complaints per 1,000.
    first, last : str or None
        Days of the first and the last used row; None without dates.
    uncovered : int
        Complaints that no category covers; `uncovered_rows` are ids of them, gravest first, at most 100.
    """

    rows: int
    used: int
    skipped: int
    duplicates: int
    complaints: int
    customers: int
    coverage: float | None
    skipped_by_reason: dict[str, int]
    denominator: int | None = None
    per_1000: float | None = None
    first: str | None = None
    last: str | None = None
    uncovered: int = 0
    uncovered_rows: list[str] = field(default_factory=list[str])


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


@dataclass(slots=True)
class Meta:
    """Versions, inputs and times: all that may differ between equal runs stands here alone.

    Attributes
    ----------
    caught : dict of str to int
        Identifiers that only the last look before writing found and masked, by the word of the token.
    """

    tool: str
    version: str
    lexicon: str
    created: str | None
    inputs: list[dict[str, Any]]
    settings: dict[str, Any]
    masked: bool
    notes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    caught: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(slots=True)
class Verdict:
    """A gate and what it came to.

    Attributes
    ----------
    expr : str
        As the user wrote it.
    level : {"fail", "warn"}
        Which option asked.
    scope, value, limit
        Of the first condition; the value is the most extreme one, shares and growth are fractions.
    verdict : {"pass", "warn", "fail", "unknown"}
    why : str or None
        Code of what kept a value out: ``few``, ``accepted``, ``no_growth``, ``no_status``, ``no_overdue``,
        ``no_complaints``.
    findings : list of str
        Ids that crossed the gate.
    conditions : list of dict
        Each with its `expr, scope, value, limit, why`, where there are several.
    """

    expr: str
    level: str
    scope: str | None
    value: float | str | None
    limit: float | str | None
    verdict: str
    why: str | None = None
    findings: list[str] = field(default_factory=list[str])
    conditions: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


@dataclass(slots=True)
class Accepted:
    """A pain accepted in the baseline, beside what it is now.

    Attributes
    ----------
    n, share, severity_class
        When it was accepted.
    state : {"accepted", "grown", "expired", "gone"}
        Only an accepted one crosses no gate.
    """

    id: str
    reason: str
    owner: str
    until: str
    n: int
    share: float
    severity_class: str
    state: str
    n_now: int
    share_now: float
    class_now: str | None


@dataclass(slots=True)
class Report:
    """One analysis."""

    meta: Meta
    statistics: Statistics
    findings: list[Finding]
    strengths: list[Strength]
    systems: list[Group]
    owners: list[Group]
    stages: list[Group]
    dimensions: list[Group]
    kinds: dict[str, int]
    matrix: dict[str, dict[str, int]]
    urgent: list[Urgent]
    segments: list[Segment]
    periods: list[Period]
    uncovered: list[Uncovered]
    skipped: list[Skipped]
    success: bool = True
    schema_version: str = SCHEMA_VERSION
    themes: list[Theme] = field(default_factory=list[Theme])
    discovery: Discovery | None = None
    claims: list[Claim] = field(default_factory=list[Claim])
    claim_totals: ClaimTotals | None = None
    effort: Efforts | None = None
    expectations: list[Expectation] = field(default_factory=list[Expectation])
    kpis: Kpis | None = None
    predictability: list[Foreseen] = field(default_factory=list[Foreseen])
    duplicates: list[Repeat] = field(default_factory=list[Repeat])
    gates: list[Verdict] = field(default_factory=list[Verdict])
    baseline: list[Accepted] = field(default_factory=list[Accepted])
    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def to_json(self) -> dict[str, Any]:
        """The report as plain values, in the order of the contract."""
        data = asdict(self)
        for entry in (*data["findings"], *data["themes"], *data["baseline"]):
            entry["class"] = entry.pop("severity_class")
        order = (
            "schema_version",
            "success",
            "meta",
            "statistics",
            "findings",
            "themes",
            "strengths",
            "systems",
            "owners",
        )
        rest = [item.name for item in fields(self) if item.name not in order]
        return {name: data[name] for name in (*order, *rest)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        """The inverse of `to_json`.

        Raises
        ------
        KeyError, TypeError
            Where the data is no report of this schema.
        """
        return decoded(cls, data)
