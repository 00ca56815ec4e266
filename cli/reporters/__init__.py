"""One format a file, each `render(report, ...) -> str`; a renderer knows `Report` and nothing else."""

from __future__ import annotations

from ...analyzers.records import Report

KINDS = (
    "text", "json", "csv", "md", "junit", "github-summary", "github-annotations", "gitlab-metrics", "gitlab-quality",
    "sarif", "html", "xlsx",
)  # fmt: skip
BINARY = ("xlsx",)
APPENDED = ("github-summary",)  # a step's summary is one file for all its commands
BOM = "\ufeff"


def render(
    kind: str,
    report: Report,
    language: str,
    *,
    top: int,
    width: int | None = None,
    colour: bool = False,
    bom: bool = False,
    taken: int = 0,
) -> str | bytes:
    """A report in one of `KINDS`.

    Parameters
    ----------
    top : int
        Findings that a page for a person shows, 0 for all; machines get all.
    width, colour
        Of the terminal, for ``text``.
    bom : bool
        Whether ``csv`` begins with a byte order mark.
    taken : int
        Bytes that the summary's file holds already, for ``github-summary``.
    """
    # each format is imported when it is asked for
    match kind:
        case "text":
            from .text import render as as_text

            return as_text(report, language, top=top, width=width, colour=colour)
        case "csv":
            from .csv import render as as_csv

            return (BOM if bom else "") + as_csv(report, language)
        case "md":
            from .md import render as as_md

            return as_md(report, language, top=top)
        case "junit":
            from .junit import render as as_junit

            return as_junit(report, language)
        case "github-summary":
            from .github_summary import render as as_summary

            return as_summary(report, language, top=top, taken=taken)
        case "github-annotations":
            from .github_annotations import render as as_annotations

            return as_annotations(report, language)
        case "gitlab-metrics":
            from .gitlab_metrics import render as as_metrics

            return as_metrics(report)
        case "gitlab-quality":
            from .gitlab_quality import render as as_quality

            return as_quality(report, language)
        case "sarif":
            from .sarif import render as as_sarif

            return as_sarif(report, language)
        case "html":
            from .html import render as as_html

            return as_html(report, language, top=top)
        case "xlsx":
            from .xlsx import render as as_xlsx

            return as_xlsx(report, language)
        case _:
            from .json import render as as_json

            return as_json(report)
