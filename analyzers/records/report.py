"""One analysis: its parts, what it was made from, and what the gates said."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ..plain import decoded
from .claims import Claim, ClaimTotals, Efforts, Expectation
from .findings import Finding, Group, Repeat, Strength, Urgent
from .measures import Foreseen, Kpis, Period, Segment
from .themes import Discovery, Theme, Uncovered

SCHEMA_VERSION = "1.0"


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
