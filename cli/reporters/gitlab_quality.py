"""GitLab's code quality report: findings and crossed gates as issues, each at the row of its first quote."""

from __future__ import annotations

import hashlib
from typing import Any

from ...analyzers.records import Finding, Report
from ..boundary import json_text, no_command
from .escape import one_line, path_of
from .wording import TITLE, Wording, crossing, place

SEVERITY = {"A": "critical", "B": "major", "C": "minor", "D": "info"}
GATE = {"fail": "blocker", "unknown": "blocker", "warn": "major", "pass": "info"}


def render(report: Report, language: str) -> str:
    """A JSON list; fingerprints hang on ids alone, so that GitLab knows an issue again next week."""
    words = Wording(language)
    issues: list[dict[str, Any]] = []
    for gate in report.gates:
        found = crossing(report, gate)
        text = f"{one_line(gate.expr, TITLE)}: {words.verdict(gate)}, {words.gate_values(gate)}"
        issues.append(
            _issue(report, found[0] if found else None, f"gate.{gate.level}", gate.expr, text, GATE[gate.verdict])
        )
    accepted = {item.id for item in report.baseline if item.state == "accepted"}
    for finding in report.findings:
        level = "info" if finding.id in accepted else SEVERITY[finding.severity_class]
        issues.append(_issue(report, finding, finding.id, finding.id, words.finding(finding), level))
    return json_text(issues, indent=1) + "\n"


def _issue(report: Report, finding: Finding | None, check: str, key: str, text: str, severity: str) -> dict[str, Any]:
    source, row = place(report, finding)
    return {
        "description": no_command(text),
        "check_name": one_line(check, TITLE),
        "fingerprint": hashlib.sha256(f"svc\0{check}\0{key}".encode("utf-8", "replace")).hexdigest(),
        "severity": severity,
        "location": {"path": path_of(source), "lines": {"begin": row}},
    }
