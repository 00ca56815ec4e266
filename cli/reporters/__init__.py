"""One format a file, each `render(report, language, ...) -> str`; a renderer knows `Report` and nothing else."""

from __future__ import annotations

from ...analyzers.records import Report

KINDS = ("text", "json")


def render(
    kind: str, report: Report, language: str, *, top: int, width: int | None = None, colour: bool = False
) -> str:
    """A report in one of `KINDS`."""
    if kind == "json":
        from .json import render as as_json

        return as_json(report)
    from .text import render as as_text

    return as_text(report, language, top=top, width=width, colour=colour)
