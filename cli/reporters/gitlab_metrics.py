"""OpenMetrics text for GitLab's metrics report: the merge request shows which figures moved."""

from __future__ import annotations

from collections.abc import Iterator

from ...analyzers.records import Report
from .escape import label

VERDICTS = ("pass", "warn", "fail", "unknown")  # the value of `svc_gate` is the place here
_TOTALS = ("rows", "used", "skipped", "duplicates", "complaints", "customers", "coverage")
_FIGURES = ("n", "share", "severity", "index", "growth")


def render(report: Report) -> str:
    """One sample a line; a figure that is not known has none."""
    return "\n".join([*_lines(report), "# EOF"]) + "\n"


def _lines(report: Report) -> Iterator[str]:
    for name in _TOTALS:
        value = getattr(report.statistics, name)
        if value is not None:
            yield f"# TYPE svc_{name} gauge"
            yield f"svc_{name} {value!r}"
    for name in _FIGURES:
        samples = [(finding, getattr(finding, name)) for finding in report.findings]
        known = [(finding, value) for finding, value in samples if value is not None]
        if known:
            yield f"# TYPE svc_finding_{name} gauge"
        for finding, value in known:
            yield f'svc_finding_{name}{{id="{label(finding.id)}"}} {value!r}'
    if report.findings:
        yield "# TYPE svc_finding_class gauge"
    for finding in report.findings:
        yield f'svc_finding_class{{id="{label(finding.id)}",class="{finding.severity_class}"}} 1'
    if report.gates:
        yield "# TYPE svc_gate gauge"
    seen: set[tuple[str, str]] = set()
    for gate in report.gates:
        if (gate.level, gate.expr) not in seen:  # the same sample twice is no OpenMetrics
            seen.add((gate.level, gate.expr))
            verdict = VERDICTS.index(gate.verdict)
            yield f'svc_gate{{level="{gate.level}",expr="{label(gate.expr)}"}} {verdict}'
