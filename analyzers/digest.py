"""The weekly digest: what changed since the periods before, and whether that is news to its reader.

A renderer knows `Digest` and nothing else; its JSON is `to_json`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from .lexicon import Lexicon
from .records import Finding, Report, Title, Urgent
from .trend import Change, Trends

DIGEST_VERSION = "1.0"
UP, DOWN = ("new", "growing", "returned"), ("falling", "gone")
STEADY = 10  # largest findings shown although nothing changed
RARE = 1.0  # class A complaints a period, up to which a single one is news; above it their number is watched
MAX_URGENT = 5
WAVE_SHARE = 0.5  # of a finding's rows that look alike, from which its change is a wave


@dataclass(slots=True)
class Item:
    """A category that changed, or a large one that did not.

    Attributes
    ----------
    wave : bool
        Whether half of its complaints or more look alike and came within a week.
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
    notes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    changed: bool = True
    masked: bool = True
    schema_version: str = DIGEST_VERSION

    def to_json(self) -> dict[str, Any]:
        """The digest as plain values."""
        data = asdict(self)
        for name in ("up", "down", "steady"):
            for entry in data[name]:
                entry["class"] = entry.pop("severity_class")
        return {"schema_version": data.pop("schema_version"), **data}

    def news(self) -> str:
        """What the reader knows after it, as JSON of a fixed order: what the next digest is compared with.

        Figures are left out: the same pain at another height within its usual swing is no news.
        """
        told = {
            "changes": sorted([item.id, item.status] for item in (*self.up, *self.down)),
            "total": self.total["status"] if self.total else None,
            "grave": self.grave["status"] if self.grave else None,
            "urgent": sorted(item.id for item in self.urgent) if self.n_urgent <= RARE else [],
            "gates": sorted([str(gate["expr"]), str(gate["verdict"])] for gate in self.gates),
            "lexicon": self.lexicon[-1:],
            "why": self.why,
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def digests(report: Report, trends: Trends, lexicon: Lexicon, versions: Sequence[str], by_owner: bool) -> list[Digest]:
    """The digest of all, or one a department.

    Parameters
    ----------
    versions : sequence of str
        Tags of the reference's and the present labels, the present last.
    """
    whole = _digest(report, trends, lexicon, versions, "", None)
    if not by_owner:
        return [whole]
    owners = sorted({category.owner for category in lexicon.categories.values()})
    found: list[Digest] = []
    for owner in owners:
        mine = {name for name, category in lexicon.categories.items() if category.owner == owner}
        part = _digest(report, trends, lexicon, versions, owner, mine)
        if part.up or part.down or part.steady or part.urgent:
            found.append(part)
    return found


def _digest(
    report: Report, trends: Trends, lexicon: Lexicon, versions: Sequence[str], owner: str, mine: Collection[str] | None
) -> Digest:
    by_id = {finding.id: finding for finding in report.findings}
    waves = _waves(report)
    changes = [c for name, c in sorted(trends.changes.items()) if mine is None or name in mine]
    items = [_item(change, by_id.get(change.id), lexicon, waves) for change in changes if change.status != "stable"]
    up = sorted((i for i in items if i.status in UP), key=lambda i: (i.p, -i.ratio, i.id))
    down = sorted((i for i in items if i.status in DOWN), key=lambda i: (i.p, i.ratio, i.id))
    told = {item.id for item in items}
    steady = [
        _item(trends.changes.get(finding.id) or _unjudged(finding, report), finding, lexicon, waves)
        for finding in report.findings
        if finding.id not in told and (mine is None or finding.id in mine)
    ][:STEADY]
    urgent = [u for u in report.urgent if mine is None or any(name in mine for name in u.categories)]
    whole = mine is None
    return Digest(
        trends.period, trends.unit, owner, _complaints(report, mine), report.statistics.used,
        trends.total.before if trends.total and whole else None, list(trends.reference), trends.rate,
        trends.quarter, trends.why, asdict(trends.total) if trends.total and whole else None,
        asdict(trends.grave) if trends.grave and whole else None, up, down, steady, urgent[:MAX_URGENT], len(urgent),
        [{"expr": g.expr, "level": g.level, "verdict": g.verdict, "value": g.value, "limit": g.limit,
          "findings": g.findings} for g in report.gates] if whole else [],
        list(report.events), list(versions), masked=report.meta.masked,
    )  # fmt: skip


def _complaints(report: Report, mine: Collection[str] | None) -> int:
    if mine is None:
        return report.statistics.complaints
    return next((group.n for group in report.owners if set(group.findings) & set(mine)), 0)


def _unjudged(finding: Finding, report: Report) -> Change:
    """A finding without a judgement: its number alone."""
    total = report.statistics.complaints
    return Change(finding.id, "stable", finding.n, total, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1)


def _item(change: Change, finding: Finding | None, lexicon: Lexicon, waves: dict[str, int]) -> Item:
    category = lexicon.categories.get(change.id)
    title = finding.title if finding else category.title if category else {"ru": change.id, "en": change.id}
    nothing = {"ru": "", "en": ""}
    return Item(
        change.id, title, category.owner if category else "", change.status, change.n, change.before, change.expected,
        finding.share if finding else 0.0, change.ratio, change.low, change.high, change.p, change.window, change.since,
        finding.severity_class if finding else None, finding.index if finding else None,
        category.upgrade if category else nothing,
        finding.quotes[0].text if finding and finding.quotes else None,
        wave=bool(change.n) and waves.get(change.id, 0) >= WAVE_SHARE * change.n,
    )  # fmt: skip


def _waves(report: Report) -> dict[str, int]:
    """Complaints of each category that are part of a wave of look-alikes."""
    found: dict[str, int] = {}
    for group in report.duplicates:
        if group.wave:
            for name in group.categories:
                found[name] = found.get(name, 0) + group.complaints
    return found


def compare_news(digest: Digest, last: str | None, lexicon: Lexicon) -> None:
    """Fill in `changed` and `solved` against what the last delivered digest told."""
    if last is None:
        return
    before = json.loads(last)
    now = {item.id for item in (*digest.up, *digest.down)}
    digest.changed = digest.news() != last
    if digest.why is not None:
        return  # what cannot be judged is not solved
    for name, status in before["changes"]:
        if status in UP and name not in now and name in lexicon.categories:
            digest.solved.append({"id": name, "title": lexicon.categories[name].title, "was": status})
