"""The sum behind an index, row by row: what a reader needs to recompute a place in the ranking."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .config import Settings
from .errors import UsageError
from .gates import nearest
from .lexicon import load_lexicon
from .periods import Reference, reference
from .pipeline import analyze
from .records import Finding
from .vocabulary import COUNTED

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowPart:
    """A complaint's part of a finding's pain: ``severity / findings``."""

    id: str
    source: str
    row: int
    severity: float
    findings: int
    part: float


@dataclass(frozen=True, slots=True)
class GrowthCounts:
    """Complaints in the last complete period and before it, of the finding and of all."""

    period: str
    now: int
    total_now: int
    before: int
    total_before: int
    expected: float


@dataclass(frozen=True, slots=True)
class FindingSum:
    """A finding with the sum that makes its index.

    Attributes
    ----------
    place : int
        By index, from 1.
    findings, complaints : int
        How many there are in all.
    parts : list of RowPart
        The largest first; they sum to ``finding.factors.pain``.
    counts : GrowthCounts or None
        None where the dates allow no growth.
    """

    finding: Finding
    place: int
    findings: int
    complaints: int
    parts: list[RowPart]
    counts: GrowthCounts | None

    @property
    def pain(self) -> float:
        """The parts summed anew."""
        return math.fsum(part.part for part in self.parts)

    @property
    def index(self) -> float:
        """The index computed anew, not yet rounded to tenths."""
        factors = self.finding.factors
        return 100 * self.pain * factors.growth / factors.total if factors.total else 0.0


def finding_sum(name: str, inputs: Sequence[str], settings: Settings) -> FindingSum:
    """The sum behind the index of a finding.

    Parameters
    ----------
    name : str
        Id of a category.
    inputs : sequence of str
    settings : Settings
        Those of the analysis whose index is to be explained.

    Raises
    ------
    UsageError
        ``lexicon.unknown_category`` with the nearest id, ``explain.no_finding`` where no complaint has the category.
    """
    lexicon = load_lexicon(settings.lexicons, cache=settings.cache, legs=False)
    wanted = lexicon.alias(name)
    if wanted not in lexicon.categories:
        raise UsageError("lexicon.unknown_category", id=name, nearest=nearest(name, lexicon.categories))
    result = analyze(inputs, replace(settings, rows=True, quotes=0), "")
    rows = [row for row in result.rows or () if not row["duplicate"]]
    if result.rows is not None:
        result.rows.close()
    findings = result.report.findings
    place = next((i for i, finding in enumerate(findings) if finding.id == wanted), None)
    if place is None:
        raise UsageError("explain.no_finding", id=wanted, n=len(findings))
    counted = [row for row in rows if row["kind"] in COUNTED]
    mine = [row for row in counted if any(given["id"] == wanted for given in row["categories"])]
    parts = sorted(map(_part, mine), key=lambda part: (-part.part, part.source, part.row))
    span = reference(_days(rows), settings.period, settings.today)
    counts = _counts(span, mine, counted) if span is not None else None
    return FindingSum(findings[place], place + 1, len(findings), len(counted), parts, counts)


def _part(row: Row) -> RowPart:
    n = len(row["categories"])
    return RowPart(str(row["id"]), row["source"], row["row"], row["severity"], n, row["severity"] / n)


def _counts(span: Reference, mine: list[Row], counted: list[Row]) -> GrowthCounts:
    days, all_days = _days(mine), _days(counted)
    total_now, before, total_before = span.now(all_days), span.before(days), span.before(all_days)
    expected = total_now * (before + 0.5) / (total_before + 1)
    return GrowthCounts(span.name, span.now(days), total_now, before, total_before, expected)


def _days(rows: list[Row]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(
        [dt.date.fromisoformat(row["date"][:10]).toordinal() if row["date"] else 0 for row in rows], np.int64
    )
