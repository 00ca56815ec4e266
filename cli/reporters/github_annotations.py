"""Workflow commands of GitHub Actions: crossed gates first, then the heaviest findings, ten in all."""

from __future__ import annotations

from ...analyzers.records import Finding, Report, Verdict
from .escape import command_data, command_property, one_line, path_of
from .wording import TITLE, Wording, crossing, place

LIMIT = 10  # GitHub shows ten of a kind a step, and drops the rest
MESSAGE = 1000
_COMMANDS = {"fail": "error", "unknown": "error", "warn": "warning", "pass": "notice"}
_ORDER = ("fail", "unknown", "warn", "pass")


def render(report: Report, language: str) -> str:
    """At most `LIMIT` lines; of gates first those that failed, passed ones only where room is left."""
    words = Wording(language)
    gates = sorted(report.gates, key=lambda gate: _ORDER.index(gate.verdict))
    loud = [gate for gate in gates if gate.verdict != "pass"]
    if len(loud) > LIMIT:
        loud = loud[:LIMIT]
    quiet = gates[len(loud) :] if len(loud) < LIMIT else []
    lines = [_gate(report, gate, words) for gate in (*loud, *quiet)][:LIMIT]
    lines += [_finding(report, finding, words) for finding in report.findings[: LIMIT - len(lines)]]
    return "".join(line + "\n" for line in lines)


def _gate(report: Report, gate: Verdict, words: Wording) -> str:
    found = crossing(report, gate)
    parts = [f"{words.verdict(gate)}: {words.gate_values(gate)}"]
    parts += [words.finding(finding) for finding in found[:3]]
    parts += [words.quote(quote) for finding in found[:1] for quote in finding.quotes[:1]]
    return _command(report, _COMMANDS[gate.verdict], found[0] if found else None, gate.expr, ". ".join(parts))


def _finding(report: Report, finding: Finding, words: Wording) -> str:
    text = ". ".join([words.finding(finding), *(words.quote(quote) for quote in finding.quotes[:1])])
    return _command(report, "notice", finding, words.title(finding.title), text)


def _command(report: Report, command: str, finding: Finding | None, title: str, message: str) -> str:
    source, row = place(report, finding)
    path, title = one_line(path_of(source), MESSAGE), one_line(title, TITLE)
    properties = f"file={command_property(path)},line={row},title={command_property(title)}"
    return f"::{command} {properties}::{command_data(one_line(message, MESSAGE))}"
