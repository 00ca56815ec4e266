"""The report as JSON: its mirror, key for key."""

from __future__ import annotations

from ...analyzers.records import Report
from ..boundary import json_text


def render(report: Report) -> str:
    """The report as JSON text, in the order of the contract."""
    return json_text(report.to_json(), indent=1) + "\n"
