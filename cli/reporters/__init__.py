"""One format a file, each `render(report, ...) -> str | bytes`; a renderer knows `Report` and nothing else."""

from __future__ import annotations

from importlib import import_module

from ...analyzers.records import Report

# format -> what its module's `render` takes beside the report
TAKES: dict[str, tuple[str, ...]] = {
    "text": ("language", "top", "width", "colour"),
    "json": (),
    "csv": ("language",),
    "md": ("language", "top"),
    "junit": ("language",),
    "github-summary": ("language", "top", "taken"),
    "github-annotations": ("language",),
    "gitlab-metrics": (),
    "gitlab-quality": ("language",),
    "sarif": ("language",),
    "html": ("language", "top"),
    "xlsx": ("language",),
}
KINDS = tuple(TAKES)
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
    given = {"language": language, "top": top, "width": width, "colour": colour, "taken": taken}
    # imported when it is asked for
    module = import_module("." + kind.replace("-", "_"), __name__)
    page: str | bytes = module.render(report, **{name: given[name] for name in TAKES[kind]})
    return BOM + page if bom and kind == "csv" and isinstance(page, str) else page
