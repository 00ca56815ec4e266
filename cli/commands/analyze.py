"""`svc analyze`: the ranked report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ...analyzers.errors import EmptyInputError, NoRowsError, UsageError
from .. import options as o
from ..boundary import json_text, note_words, warn
from ..bundles import Columns, Gates, MoreColumns, Queried, Span, Words, choice, flat, reading
from ..configured import weights
from ..console import Progress, emit, enough, write_file
from ..messages import LANGUAGES, default_language, say
from ..reporters import KINDS
from ..ruled import ruled
from ..version import VERSION
from .gating import Gating, gating, hold
from .writing import check_bom, check_open, emit_report, open_page, report_file, tell_caught, write_reports

if TYPE_CHECKING:
    from ...analyzers.config import Settings
    from ...analyzers.pipeline import Result
    from ...analyzers.records import Finding, Report

FORMATS = ("text", "json")  # of the commands that write no report
RANKINGS = ("index", "volume", "severity", "growth", "impact", "money")


@dataclass(slots=True)
class Outputs:
    """Where the results go."""

    format: str = "text"
    reports: list[str] = field(default_factory=list[str])
    rows: str | None = None
    language: str = "ru"
    top: int = 20
    rank_by: str = "index"
    quiet: bool = False
    allow_empty: bool = False
    bom: bool = False
    open: bool = False
    gating: Gating = field(default_factory=Gating)
    strict_pii: bool = False


@ruled
@flat
def analyze_cli(
    inputs: o.Inputs,
    *,
    columns: Columns,
    more: MoreColumns,
    cells: Queried,
    span: Span,
    overdue_days: o.OverdueDays = 10,
    denominator: o.Denominator = None,
    tz: o.Tz = "Europe/Moscow",
    words: Words,
    by: o.By = None,
    top: o.Top = 20,
    quotes: o.Quotes = 3,
    rank_by: o.RankBy = "index",
    format_: o.Format = "text",
    report: o.ReportFiles = None,
    rows: o.Rows = None,
    lang: o.Lang = None,
    no_mask: o.NoMask = False,
    mask_rules: o.MaskRules = None,
    strict_pii: o.StrictPii = False,
    no_model: o.NoModel = False,
    quiet: o.Quiet = False,
    workers: o.Workers = None,
    allow_empty: o.AllowEmpty = False,
    gates: Gates,
    bom: o.Bom = False,
    open_: o.OpenPage = False,
) -> int:
    """Face of `analyze`."""
    from ...analyzers.config import Settings, cache_folder

    settings = Settings(
        read=reading((columns, more), cells, tz, by or ()), **span.days(), lexicons=tuple(words.lexicon or ()),
        sectors=tuple(words.sector or ()), overdue_days=overdue_days, denominator=denominator, top=top, quotes=quotes,
        masked=not no_mask, workers=workers, rows=rows is not None, model=not no_model, cache=cache_folder(),
        weights=weights(),
    )  # fmt: skip
    outputs = Outputs(
        choice("format", format_, KINDS) or "text", list(report or ()), rows,
        choice("lang", lang, LANGUAGES) or default_language(), top, choice("rank-by", rank_by, RANKINGS) or "index",
        quiet, allow_empty, bom, open_, gating(gates, settings.lexicons, today=settings.today), strict_pii,
    )  # fmt: skip
    return analyze(inputs, settings, outputs)


def analyze(inputs: Sequence[str], settings: Settings, outputs: Outputs) -> int:
    """Analyse the inputs and write every result asked for.

    Raises
    ------
    SvcError
        What cannot be read, obeyed or written.
    """
    files = [report_file(value) for value in outputs.reports]
    check_rows(outputs.rows, files)
    check_bom(outputs.bom, outputs.format, files)
    check_open(outputs.open, files)
    if outputs.rank_by == "money" and not settings.weights.figures.has_money:
        raise UsageError("run.no_money")
    from ...analyzers.pipeline import analyze as run

    progress = Progress(lambda n: say("run.progress", n=n), quiet=outputs.quiet)
    try:
        result = run(inputs, settings, VERSION, progress)
    except (NoRowsError, EmptyInputError) as error:
        if not outputs.allow_empty:
            raise
        from ...analyzers.pipeline import empty_result

        reasons = cast("dict[str, int]", error.params.get("reasons") or {})
        result = empty_result(inputs, settings, VERSION, reasons)
    finally:
        progress.close()
    rank_findings(result.report, outputs.rank_by)
    code = hold(outputs.gating, result.report)
    if not outputs.quiet:
        tell_notes(result.report)
    caught = last_look(result)
    with enough():
        write_rows(outputs.rows, result, caught)
    result.report.meta.caught = dict(sorted(caught.items()))
    write_reports(
        result.report, files, outputs.language, top=outputs.top, bom=outputs.bom, quiet=outputs.quiet
    )  # fmt: skip
    if outputs.rows != "-":
        with enough():
            emit_report(result.report, outputs.format, outputs.language, top=outputs.top, bom=outputs.bom)
    open_page(outputs.open, files)
    return max(code, tell_caught(caught, strict=outputs.strict_pii, quiet=outputs.quiet))


def last_look(result: Result) -> Counter[str]:
    """Mask what the parts of a report still hold, whatever put it there; counted by kind. Nothing under `--no-mask`."""
    result.report, caught = scanned(result.report)
    return caught


def scanned(report: Report) -> tuple[Report, Counter[str]]:
    """The same for a report alone."""
    if not report.meta.masked:
        return report, Counter()
    from ...analyzers.mask_scan import scan_report

    return scan_report(report)


def rank_findings(report: Report, by: str) -> None:
    """Another order of the same findings; the figures stay.

    Raises
    ------
    UsageError
        ``run.no_impact`` where no finding has one.
    """
    if by == "impact" and report.findings and all(finding.impact is None for finding in report.findings):
        raise UsageError("run.no_impact")
    keys: dict[str, Callable[[Finding], tuple[Any, ...]]] = {
        "volume": lambda f: (-f.n, -f.index, f.id),
        "severity": lambda f: (f.severity_class, -f.severity, -f.index, f.id),
        "growth": lambda f: (-(f.growth or 0), -f.index, f.id),
        "impact": lambda f: (f.impact is None, f.impact or 0, -f.index, f.id),
        "money": lambda f: (-(f.money or 0), -f.index, f.id),
    }
    if by in keys:
        report.findings.sort(key=keys[by])


def tell_notes(report: Report) -> None:
    """Warnings about the inputs, on stderr."""
    for note in report.meta.notes:
        params = {name: value for name, value in note.items() if name not in ("source", "code")}
        warn(note_words(str(note["source"]), str(note["code"]), params))


def check_rows(path: str | None, files: Sequence[tuple[str, str]]) -> None:
    """Whether the rows can go where they shall."""
    if path is None:
        return
    if path == "-":
        if not files:
            raise UsageError("run.two_stdout")
    elif not path.lower().endswith((".jsonl", ".csv")):
        raise UsageError("run.rows_format", path=path)


def write_rows(path: str | None, result: Result, caught: Counter[str]) -> None:
    """The labelled rows as JSON Lines or CSV, looked through once more."""
    if path is None or result.rows is None:
        return
    rows = _looked_through(result, caught)
    with closing(result.rows):
        if path == "-":
            for row in rows:
                emit((json_text(row) + "\n").encode())  # JSON is UTF-8 whatever the locale
        elif path.lower().endswith(".csv"):
            write_file(path, lambda target: _rows_csv(rows, target))
        else:
            write_file(path, lambda target: _rows_jsonl(rows, target))


def _looked_through(result: Result, caught: Counter[str]) -> Iterator[dict[str, Any]]:
    if result.rows is None:
        return
    if not result.report.meta.masked:
        yield from result.rows
        return
    from ...analyzers.mask_scan import scan_value

    for row in result.rows:
        yield scan_value(row, caught)


def _rows_jsonl(rows: Any, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json_text(row) + "\n")


def _rows_csv(rows: Any, target: Path) -> None:
    import csv

    from ...analyzers.rows import KEYS

    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(KEYS)
        for row in rows:
            writer.writerow([_cell(row[key]) for key in KEYS])


def _cell(value: object) -> str:
    """A CSV cell; what a spreadsheet would take for a formula gets an apostrophe (CWE-1236)."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json_text(value)
    return "'" + text if isinstance(value, str) and text[:1] in "=+-@\t\r" else text
