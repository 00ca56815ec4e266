"""Two reports side by side: what is new, what grew, what is gone. Intervals are those of the reports themselves."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from . import rank
from .records import SCHEMA_VERSION, Finding, Report, Title, Verdict

ORDER = ("new", "growing", "stable", "falling", "gone")


@dataclass(slots=True)
class Change:
    """One category or theme in both reports.

    Attributes
    ----------
    difference, low, high : float
        Change of the share with its 95 % interval (Newcombe 1998, from the shares' own intervals).
    growth : float
        Shrunken growth of the share, as in `analyze`.
    status : {"new", "growing", "stable", "falling", "gone"}
        Growing and falling only where the interval leaves zero out.
    few : bool
        Too few complaints in both.
    """

    id: str
    title: Title
    system: str
    owner: str
    n_before: int
    n: int
    share_before: float
    share: float
    difference: float
    low: float
    high: float
    growth: float
    class_before: str | None
    class_now: str | None
    status: str
    few: bool


@dataclass(slots=True)
class Side:
    """What was compared."""

    name: str
    created: str | None
    lexicon: str
    complaints: int
    coverage: float | None


@dataclass(slots=True)
class Comparison:
    """Two reports compared."""

    before: Side
    after: Side
    changes: list[Change]
    notes: list[str] = field(default_factory=list[str])
    gates: list[Verdict] = field(default_factory=list[Verdict])
    success: bool = True
    schema_version: str = SCHEMA_VERSION

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain values."""
        data = asdict(self)
        return {name: data[name] for name in ("schema_version", "success", *(k for k in data if k[0] != "s"))}


def compare(
    before: Report, after: Report, names: tuple[str, str], alias: Callable[[str], str]
) -> tuple[Comparison, Report]:
    """Compare two reports.

    Parameters
    ----------
    before, after : Report
    names : (str, str)
        Of the two, as the user gave them.
    alias : callable
        Old id -> present id: renamed categories stay one.

    Returns
    -------
    Comparison
        Changes ordered by status, then by how far the share moved, «мало данных» last.
    Report
        The later report with `status` and `growth` against the earlier one: what gates are held against.
    """
    old, new = _by_id(before, alias), _by_id(after, alias)
    totals = before.statistics.complaints, after.statistics.complaints
    changes = [_change(old.get(name), new.get(name), name, totals) for name in dict.fromkeys((*new, *old))]
    changes.sort(key=lambda c: (ORDER.index(c.status), c.few, -abs(c.difference), c.id))
    judged = copy.deepcopy(after)
    by_id = {change.id: change for change in changes}
    for finding in judged.findings:
        change = by_id[alias(finding.id)]
        finding.status, finding.growth = change.status, change.growth
        if change.status == "gone":
            finding.status = None
    notes = [] if before.meta.lexicon == after.meta.lexicon else ["lexicons_differ"]
    return Comparison(_side(before, names[0]), _side(after, names[1]), changes, notes), judged


def _by_id(report: Report, alias: Callable[[str], str]) -> dict[str, Finding]:
    """Findings under present ids; of merged ones the larger stands (a complaint may have had both)."""
    found: dict[str, Finding] = {}
    for finding in report.findings:
        name = alias(finding.id)
        if name not in found or finding.n > found[name].n:
            found[name] = finding
    return found


def _change(old: Finding | None, new: Finding | None, name: str, totals: tuple[int, int]) -> Change:
    known = new or old
    assert known is not None
    n = (old.n if old else 0, new.n if new else 0)
    was, (low0, high0) = _share(old, totals[0])
    now, (low1, high1) = _share(new, totals[1])
    difference = round(now - was, 4)
    low = round(difference - math.hypot(now - low1, high0 - was), 4)
    high = round(difference + math.hypot(high1 - now, was - low0), 4)
    if not n[0] and n[1]:
        status = "new"
    elif n[0] and not n[1]:
        status = "gone"
    else:
        status = "growing" if low > 0 else "falling" if high < 0 else "stable"
    return Change(
        name, known.title, known.system, known.owner, n[0], n[1], was, now, difference, low, high,
        rank.growth(n[1], totals[1], n[0], totals[0]), old.severity_class if old else None,
        new.severity_class if new else None, status, max(n) < rank.FEW,
    )  # fmt: skip


def _share(finding: Finding | None, total: int) -> tuple[float, tuple[float, float]]:
    if finding is None:
        return 0.0, rank.wilson(0, total)
    return finding.share, (finding.share_low, finding.share_high)


def _side(report: Report, name: str) -> Side:
    figures = report.statistics
    return Side(name, report.meta.created, report.meta.lexicon, figures.complaints, figures.coverage)
