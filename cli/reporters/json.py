"""The report as JSON: its mirror, key for key."""

from __future__ import annotations

import json

from ...analyzers.records import Report


def render(report: Report) -> str:
    """The report as JSON text, in the order of the contract."""
    return json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n"
