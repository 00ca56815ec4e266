"""`svc discover`: themes that nobody has named yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..bundles import Columns, Queried, Span, Words, choice, flat, reading
from ..configured import weights
from ..console import Progress
from ..messages import LANGUAGES, default_language, say
from ..reporters import KINDS
from ..ruled import ruled
from ..version import VERSION
from .accept import accept
from .analyze import check_rows, last_look, tell_notes, write_rows
from .render import read_saved
from .writing import emit_report, report_file, tell_caught, write_reports

if TYPE_CHECKING:
    from ...analyzers.config import Settings
    from ...analyzers.discover.ids import Known

All = Annotated[bool, typer.Option("--all", help=say("help.themes_all"))]
Inside = Annotated[
    str | None, typer.Option("--inside", metavar="CATEGORY", help=say("help.themes_inside"), show_default=False)
]
Previous = Annotated[
    str | None, typer.Option("--previous", metavar="REPORT", help=say("help.themes_previous"), show_default=False)
]
Accept = Annotated[
    str | None, typer.Option("--accept", metavar="THEME", help=say("help.themes_accept"), show_default=False)
]
As = Annotated[str | None, typer.Option("--as", metavar="ID", help=say("help.themes_as"), show_default=False)]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="PATH", help=say("help.themes_output"), show_default=False)
]


@ruled
@flat
def discover_cli(
    inputs: o.Inputs,
    *,
    all_: All = False,
    inside: Inside = None,
    previous: Previous = None,
    accept_: Accept = None,
    as_: As = None,
    output: Output = None,
    columns: Columns,
    cells: Queried,
    span: Span,
    tz: o.Tz = "Europe/Moscow",
    words: Words,
    top: o.Top = 25,
    quotes: o.Quotes = 3,
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
) -> int:
    """Face of `discover`."""
    from ...analyzers.config import Settings, cache_folder

    if all_ and inside is not None:
        raise UsageError("run.bad_choice", option="inside", value=inside, allowed="--all | --inside")
    if accept_ is not None and as_ is None:
        raise UsageError("accept.need_as")
    settings = Settings(
        read=reading((columns,), cells, tz), **span.days(), lexicons=tuple(words.lexicon or ()),
        sectors=tuple(words.sector or ()), top=top, quotes=quotes, masked=not no_mask, workers=workers,
        rows=rows is not None or accept_ is not None, model=not no_model, cache=cache_folder(), weights=weights(),
        command="discover", themes="all" if all_ else inside or "uncovered", previous=known_themes(previous),
    )  # fmt: skip
    language = choice("lang", lang, LANGUAGES) or default_language()
    if accept_ is not None and as_ is not None:
        return accept(inputs, settings, accept_, as_, output, quiet=quiet)
    kind = choice("format", format_, KINDS) or "text"
    return discover(
        inputs, settings, kind, list(report or ()), rows, language, top, quiet=quiet, strict=strict_pii
    )  # fmt: skip


def discover(
    inputs: Sequence[str], settings: Settings, format_: str, reports: Sequence[str], rows: str | None, language: str,
    top: int, *, quiet: bool = False, strict: bool = False,
) -> int:  # fmt: skip
    """Find the themes and write every result asked for.

    Raises
    ------
    SvcError
        What cannot be read, obeyed or written.
    """
    files = [report_file(value) for value in reports]
    check_rows(rows, files)
    from ...analyzers.pipeline import analyze

    progress = Progress(lambda n: say("run.progress", n=n), quiet=quiet)
    try:
        result = analyze(inputs, settings, VERSION, progress)
    finally:
        progress.close()
    caught = last_look(result)
    if not quiet:
        tell_notes(result.report)
    write_rows(rows, result, caught)
    result.report.meta.caught = dict(sorted(caught.items()))
    write_reports(result.report, files, language, top=top, bom=False, quiet=quiet)
    if rows != "-":
        emit_report(result.report, format_, language, top=top, bom=False)
    return tell_caught(caught, strict=strict, quiet=quiet)


def known_themes(path: str | None) -> tuple[Known, ...]:
    """The themes of an earlier report."""
    if path is None:
        return ()
    from ...analyzers.discover.ids import known_of

    return known_of(read_saved(path).themes)
