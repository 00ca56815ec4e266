"""Where reports go: stdout in one format, files in as many as asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...analyzers.errors import UsageError
from ..boundary import DONE, GATE, warn
from ..console import append_file, emit, has_colour, is_terminal, size_of, width, write_file
from ..messages import say
from ..reporters import APPENDED, BINARY, KINDS, render

if TYPE_CHECKING:
    from ...analyzers.records import Report


def report_file(value: str) -> tuple[str, str]:
    """``KIND=PATH`` taken apart."""
    kind, equals, path = value.partition("=")
    if not equals or kind not in KINDS or not path:
        raise UsageError("run.bad_report", value=value, allowed=", ".join(KINDS))
    return kind, path


def check_bom(bom: bool, format_: str, files: Sequence[tuple[str, str]]) -> None:
    """Refuse a byte order mark that nothing would carry."""
    if bom and "csv" not in {format_, *(kind for kind, _ in files)}:
        raise UsageError("saved.csv_only")


def check_open(wanted: bool, files: Sequence[tuple[str, str]]) -> None:
    """Refuse to open a page that is not written.

    Raises
    ------
    UsageError
        ``run.open_needs_html``.
    """
    if wanted and all(kind != "html" for kind, _ in files):
        raise UsageError("run.open_needs_html")


def open_page(wanted: bool, files: Sequence[tuple[str, str]]) -> None:
    """Show the first HTML page in the user's browser; where there is none, say where the page lies."""
    if not wanted:
        return
    import webbrowser

    path = next(path for kind, path in files if kind == "html")
    if not webbrowser.open(Path(path).resolve().as_uri()):
        warn(say("run.no_browser", path=path))


def write_reports(
    report: Report, files: Sequence[tuple[str, str]], language: str, *, top: int, bom: bool, quiet: bool
) -> None:
    """Write each file whole or not at all; a summary is added to what its step has written."""
    for kind, path in files:
        taken = size_of(path) if kind in APPENDED else 0
        content = _bytes(render(kind, report, language, top=top, bom=bom, taken=taken))
        if kind in APPENDED:
            append_file(path, content)
        else:
            write_file(path, partial(_put, content))
        if not quiet:
            warn(say("run.wrote", path=path))


def emit_report(report: Report, format_: str, language: str, *, top: int, bom: bool) -> None:
    """The report on stdout; formats for machines in UTF-8 whatever the locale.

    Raises
    ------
    UsageError
        ``run.binary_terminal``: a workbook would only wreck a terminal.
    """
    if format_ in BINARY and is_terminal():
        raise UsageError("run.binary_terminal", kind=format_)
    page = render(format_, report, language, top=top, width=width(), colour=has_colour(), bom=bom)
    emit(page if format_ == "text" else _bytes(page))


def _bytes(page: str | bytes) -> bytes:
    return page if isinstance(page, bytes) else page.encode("utf-8", "backslashreplace")


def tell_caught(caught: Mapping[str, int], *, strict: bool, quiet: bool) -> int:
    """Say what only the last look found; the exit code: 1 for any of it under `--strict-pii`."""
    if caught and (strict or not quiet):
        warn(say("mask.caught", counts=", ".join(f"{word} {n}" for word, n in sorted(caught.items()))))
    return GATE if caught and strict else DONE


def _put(content: bytes, target: Path) -> None:
    target.write_bytes(content)
