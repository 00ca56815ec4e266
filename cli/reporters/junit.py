"""JUnit XML: a case a gate, failures with figures and quotes, all figures as properties of the suite."""

from __future__ import annotations

from collections.abc import Iterator

from ...analyzers.records import Report, Verdict
from .escape import one_line, xml
from .wording import TITLE, Wording, crossing

_TOTALS = ("rows", "used", "skipped", "duplicates", "complaints", "customers", "coverage")
_FIGURES = ("index", "n", "share", "severity", "growth")


def render(report: Report, language: str) -> str:
    """One suite; a report without gates is one passed case, since an empty suite reads as a broken build."""
    words = Wording(language)
    n = max(1, len(report.gates))
    failures = sum(gate.verdict == "fail" for gate in report.gates)
    errors = sum(gate.verdict == "unknown" for gate in report.gates)
    counts = f'tests="{n}" failures="{failures}" errors="{errors}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="svc" {counts}>',
        f' <testsuite name="svc" {counts} skipped="0">',
        "  <properties>",
        *(f'   <property name="{xml(name)}" value="{xml(value)}"/>' for name, value in _properties(report)),
        "  </properties>",
    ]
    for gate in report.gates:
        lines += _case(report, gate, words)
    if not report.gates:
        lines.append('  <testcase name="svc analyze" classname="svc"/>')
    return "\n".join([*lines, " </testsuite>", "</testsuites>"]) + "\n"


def _properties(report: Report) -> Iterator[tuple[str, str]]:
    for name in _TOTALS:
        value = getattr(report.statistics, name)
        if value is not None:
            yield name, repr(value)
    for finding in report.findings:
        for name in _FIGURES:
            value = getattr(finding, name)
            if value is not None:
                yield f"{one_line(finding.id, TITLE)}.{name}", repr(value)
        yield f"{one_line(finding.id, TITLE)}.class", finding.severity_class


def _case(report: Report, gate: Verdict, words: Wording) -> Iterator[str]:
    name = f'name="{xml(one_line(gate.expr, TITLE))}" classname="svc.{gate.level}_on"'
    values = xml(words.gate_values(gate))
    if gate.verdict == "pass":
        yield f"  <testcase {name}>"
        yield f"   <system-out>{values}</system-out>"
    elif gate.verdict == "warn":
        yield f"  <testcase {name}>"
        yield f"   <system-out>{xml(words.verdict(gate))}: {values}"
        yield from _evidence(report, gate, words)
        yield "   </system-out>"
    else:
        tag, kind = ("failure", "gate") if gate.verdict == "fail" else ("error", str(gate.why))
        yield f"  <testcase {name}>"
        yield f'   <{tag} type="{xml(kind)}" message="{values}">'
        yield from _evidence(report, gate, words)
        yield f"   </{tag}>"
    yield "  </testcase>"


def _evidence(report: Report, gate: Verdict, words: Wording) -> Iterator[str]:
    for finding in crossing(report, gate):
        yield xml("- " + words.finding(finding))
        yield from (xml("  " + words.quote(quote)) for quote in finding.quotes)
