"""SARIF 2.1.0 for code scanners: a rule a finding, results at the rows of the quotes, gates as results too."""

from __future__ import annotations

import hashlib
from typing import Any

from ...analyzers.records import Finding, Quote, Report, Verdict
from ..boundary import json_text, no_command
from .escape import one_line, uri
from .wording import LEVELS, QUOTE, TITLE, Wording, crossing, place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_KINDS = {"fail": "fail", "warn": "fail", "unknown": "open", "pass": "pass"}
_GATE_LEVELS = {"fail": "error", "warn": "warning", "unknown": "none", "pass": "none"}
_FIGURES = ("n", "customers", "share", "share_low", "share_high", "severity", "growth", "index", "few")
_TOTALS = ("rows", "used", "skipped", "duplicates", "complaints", "customers", "coverage")
Part = dict[str, Any]


def render(report: Report, language: str) -> str:
    """One run."""
    words = Wording(language)
    levels = list(dict.fromkeys(gate.level for gate in report.gates))
    rules = [_gate_rule(level, words) for level in levels]
    rules += [_rule(finding, words) for finding in report.findings]
    number = {rule["id"]: i for i, rule in enumerate(rules)}
    reasons = {item.id: item.reason for item in report.baseline if item.state == "accepted"}
    results = [_gate(report, gate, words) for gate in report.gates]
    results += [_result(report, finding, words, reasons.get(finding.id)) for finding in report.findings]
    for result in results:
        result["ruleIndex"] = number[result["ruleId"]]
    run: Part = {
        "tool": {"driver": {"name": "svc", "version": one_line(report.meta.version, TITLE), "rules": rules}},
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {name: getattr(report.statistics, name) for name in _TOTALS} | {"success": report.success},
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(finding: Finding, words: Wording) -> Part:
    title = _text(words.title(finding.title)) or finding.id
    advice = _text(one_line(finding.upgrade.get(words.language) or finding.upgrade.get("ru", ""), QUOTE))
    return {
        "id": _text(one_line(finding.id, TITLE)),
        "shortDescription": {"text": title},
        "fullDescription": {"text": advice or title},
        "defaultConfiguration": {"level": LEVELS[finding.severity_class]},
        "properties": {"system": finding.system, "owner": finding.owner, "stage": finding.stage},
    }


def _gate_rule(level: str, words: Wording) -> Part:
    return {
        "id": f"gate.{level}",
        "shortDescription": {"text": f"--{level}-on"},
        "fullDescription": {"text": f"{words.say('gate.title')}: --{level}-on"},
        "defaultConfiguration": {"level": "error" if level == "fail" else "warning"},
    }


def _result(report: Report, finding: Finding, words: Wording, reason: str | None) -> Part:
    places: list[Part] = []  # each once: the schema wants a set
    for quote in finding.quotes:
        if (spot := _place(quote)) not in places:
            places.append(spot)
    places = places or [_start(report)]
    result: Part = {
        "ruleId": _text(one_line(finding.id, TITLE)),
        "level": LEVELS[finding.severity_class],
        "message": {"text": _text(words.finding(finding))},
        "rank": finding.index,
        "locations": places[:1],
        "partialFingerprints": {"svc/v1": _digest(finding.id)},
        "properties": {name: getattr(finding, name) for name in _FIGURES} | {"class": finding.severity_class},
    }
    if places[1:]:
        result["relatedLocations"] = places[1:]
    if reason is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": _text(one_line(reason, QUOTE))}
        ]
    return result


def _gate(report: Report, gate: Verdict, words: Wording) -> Part:
    found = crossing(report, gate)
    text = f"{one_line(gate.expr, TITLE)}: {words.verdict(gate)}, {words.gate_values(gate)}"
    first = _place(found[0].quotes[0]) if found and found[0].quotes else _start(report)
    return {
        "ruleId": f"gate.{gate.level}",
        "kind": _KINDS[gate.verdict],
        "level": _GATE_LEVELS[gate.verdict],
        "message": {"text": _text(". ".join([text, *(words.finding(finding) for finding in found[:3])]))},
        "locations": [first],
        "partialFingerprints": {"svc/v1": _digest(f"gate\0{gate.level}\0{gate.expr}")},
        "properties": {"expr": _text(one_line(gate.expr, TITLE)), "verdict": gate.verdict, "value": gate.value,
                       "limit": gate.limit},
    }  # fmt: skip


def _place(quote: Quote) -> Part:
    region = {"startLine": max(1, quote.row), "snippet": {"text": _text(one_line(quote.text, QUOTE))}}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(quote.source)}, "region": region}}


def _start(report: Report) -> Part:
    source, row = place(report, None)
    return {"physicalLocation": {"artifactLocation": {"uri": uri(source)}, "region": {"startLine": row}}}


def _text(text: str) -> str:
    return no_command(text)


def _digest(key: str) -> str:
    return hashlib.sha256(f"svc\0{key}".encode("utf-8", "replace")).hexdigest()
