"""The weekly digest as a record: what changed since the periods before, and what its reader knows after it.

A renderer knows `Digest` and nothing else; its JSON is `to_json`. Pure values, light to import.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from .records import Title, Urgent

DIGEST_VERSION = "1.2"
UP, DOWN = ("new", "growing", "returned"), ("falling", "gone")
SUMS = "total", "grave"
RARE = 1.0  # class A complaints a period, up to which a single one is news; above it their number is watched


@dataclass(slots=True)
class Item:
    """A category that changed, or a large one that did not.

    Attributes
    ----------
    wave : bool
        Whether half of its complaints or more look alike and came within a week.
    told : bool
        Whether the last delivered digest told of it, and it is not worse since.
    """

    id: str
    title: Title
    owner: str
    status: str
    n: int
    before: float
    expected: float
    share: float
    ratio: float
    low: float
    high: float
    p: float
    window: int
    since: str | None
    severity_class: str | None
    index: float | None
    upgrade: Title
    quote: str | None = None
    wave: bool = False
    told: bool = False


@dataclass(slots=True)
class Digest:
    """What one mail tells.

    Attributes
    ----------
    owner : str
        Department, empty for all.
    changed : bool
        Whether it tells anything that the last delivered one did not.
    why : str or None
        What forbids a judgement, as in `Trends`.
    rate, quarter : float
        Stated chance of a false alarm in a period and in a quarter.
    themes : list of Item
        Themes that are new, grew, fell or are gone, of the digest of all.
    gains : list of dict
        Categories that a change of the total is made of; each need not be an alarm of its own.
    first_day, last_day : str
        Of the period, ISO dates.
    solved, ended : list of dict
        What the last delivered digest told that grew, or fell, and is usual again; `SUMS` are ids too.
    total_told : bool
        Whether the last delivered digest told that the total is so.
    per_1000 : float or None
        Complaints per 1,000 orders or customers of the period, where their number was given.
    given : int or None
        Complaints of the period in this run's input, where the memory knows more: of the rest there are no quotes.
    heights : dict of str to float
        How bad the reader was told that a growth may be: the greatest upper bound of its ratio while it stands.
    """

    period: str
    unit: str
    owner: str
    n: int
    rows: int
    before: float | None
    reference: list[str]
    rate: float
    quarter: float
    why: str | None
    total: dict[str, Any] | None
    grave: dict[str, Any] | None
    up: list[Item] = field(default_factory=list[Item])
    down: list[Item] = field(default_factory=list[Item])
    steady: list[Item] = field(default_factory=list[Item])
    urgent: list[Urgent] = field(default_factory=list[Urgent])
    n_urgent: int = 0
    gates: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    events: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    lexicon: list[str] = field(default_factory=list[str])
    solved: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    ended: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    notes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    themes: list[Item] = field(default_factory=list[Item])
    gains: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    first_day: str = ""
    last_day: str = ""
    total_told: bool = False
    per_1000: float | None = None
    given: int | None = None
    heights: dict[str, float] = field(default_factory=dict[str, float])
    changed: bool = True
    masked: bool = True
    schema_version: str = DIGEST_VERSION

    def changes(self) -> tuple[Item, ...]:
        """Categories and themes that changed."""
        return *self.up, *self.down, *self.themes

    def to_json(self) -> dict[str, Any]:
        """The digest as plain values."""
        data = asdict(self)
        for name in ("up", "down", "steady", "themes"):
            for entry in data[name]:
                entry["class"] = entry.pop("severity_class")
        return {"schema_version": data.pop("schema_version"), **data}

    def news(self) -> str:
        """What the reader knows after it, as JSON of a fixed order: what the next digest is compared with.

        Figures are left out: the same pain at another height within its usual swing is no news.
        """
        told = {
            "changes": sorted([item.id, item.status] for item in self.changes()),
            "heights": dict(sorted(self.heights.items())),
            "total": self.total["status"] if self.total else None,
            "grave": self.grave["status"] if self.grave else None,
            "urgent": sorted(item.id for item in self.urgent) if self.n_urgent <= RARE else [],
            "gates": sorted([str(gate["expr"]), str(gate["verdict"])] for gate in self.gates),
            "lexicon": self.lexicon[-1:],
            "why": self.why,
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True)
