"""`svc render`: a saved report in any other format, `svc schema`: how such a report is made up."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from .. import options as o
from ..boundary import DONE, json_text
from ..bundles import choice
from ..console import emit
from ..messages import LANGUAGES, default_language, say
from ..reporters import KINDS
from .gating import read_text
from .writing import check_bom, check_open, emit_report, open_page, report_file, write_reports

if TYPE_CHECKING:
    from ...analyzers.records import Report

ReportPath = Annotated[str, typer.Argument(metavar="REPORT.json", help=say("help.report_path"), show_default=False)]


def render_cli(
    path: ReportPath,
    format_: o.Format = "text",
    report: o.ReportFiles = None,
    lang: o.Lang = None,
    top: o.Top = 20,
    bom: o.Bom = False,
    open_: o.OpenPage = False,
    quiet: o.Quiet = False,
) -> int:
    """Face of `render`."""
    language = choice("lang", lang, LANGUAGES) or default_language()
    kind = choice("format", format_, KINDS) or "text"
    return render(path, kind, report or (), language, top, bom=bom, open_=open_, quiet=quiet)


def render(
    path: str, format_: str, reports: Sequence[str], language: str, top: int, *, bom: bool = False, open_: bool = False,
    quiet: bool = False,
) -> int:  # fmt: skip
    """Write a saved report in every format asked for: the bytes that the first run gave."""
    files = [report_file(value) for value in reports]
    check_bom(bom, format_, files)
    check_open(open_, files)
    saved = read_saved(path)
    write_reports(saved, files, language, top=top, bom=bom, quiet=quiet)
    emit_report(saved, format_, language, top=top, bom=bom)
    open_page(open_, files)
    return DONE


def read_saved(path: str) -> Report:
    """A saved report; ``-`` is standard input.

    Raises
    ------
    InputError
        What cannot be read, or is no report.
    """
    from ...analyzers.saved import read_report

    if path == "-":
        text = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
        return read_report(text, "stdin")
    return read_report(read_text(path, "read.not_found"), path)


def schema_cli() -> int:
    """Face of `schema`."""
    from ...analyzers.schema import report_schema

    emit(json_text(report_schema(), indent=1) + "\n")
    return DONE
