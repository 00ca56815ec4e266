"""The report as CSV: a `record` a line, first totals, then findings, gates and accepted pains."""

from __future__ import annotations

import csv
import io
from typing import Any

from ...analyzers.records import Accepted, Finding, Report, Verdict
from .escape import cell
from .wording import Wording

COLUMNS = (
    "record", "rank", "id", "title", "system", "owner", "dimension", "stage", "n", "customers", "share", "share_low",
    "share_high", "severity", "class", "growth", "status", "index", "cumulative", "index_low", "index_high",
    "rank_low", "rank_high", "few", "money", "impact", "value", "limit", "verdict", "until", "reason", "quote",
    "source", "row",
)  # fmt: skip
TOTALS = ("rows", "used", "skipped", "duplicates", "complaints", "customers", "coverage")
_SAME = tuple(name for name in COLUMNS if name in Finding.__dataclass_fields__)


def render(report: Report, language: str) -> str:
    """All findings; numbers with a point, shares as fractions, as in JSON."""
    words = Wording(language)
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(COLUMNS)
    records: list[dict[str, Any]] = [
        {"record": "total", "id": name, "value": getattr(report.statistics, name)} for name in TOTALS
    ]
    records += [_finding(place, finding, words) for place, finding in enumerate(report.findings, 1)]
    records += map(_gate, report.gates)
    records += map(_accepted, report.baseline)
    for record in records:
        writer.writerow([_cell(record.get(name)) for name in COLUMNS])
    return page.getvalue()


def _finding(place: int, finding: Finding, words: Wording) -> dict[str, Any]:
    record: dict[str, Any] = {name: getattr(finding, name) for name in _SAME}
    record |= {"record": "finding", "rank": place, "title": words.title(finding.title), "class": finding.severity_class}
    if finding.quotes:
        first = finding.quotes[0]
        record |= {"quote": first.text, "source": first.source, "row": first.row}
    return record


def _gate(verdict: Verdict) -> dict[str, Any]:
    return {
        "record": "gate", "id": verdict.expr, "value": verdict.value, "limit": verdict.limit,
        "verdict": verdict.verdict, "reason": verdict.why,
    }  # fmt: skip


def _accepted(item: Accepted) -> dict[str, Any]:
    return {
        "record": "accepted", "id": item.id, "owner": item.owner, "n": item.n, "share": item.share,
        "class": item.severity_class, "status": item.state, "until": item.until, "reason": item.reason,
        "value": item.share_now,
    }  # fmt: skip


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else repr(value)
