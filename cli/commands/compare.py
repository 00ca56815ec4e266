"""`svc compare`: two saved reports, or two periods of a file, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import json_text
from ..bundles import Gates, choice, day, flat
from ..console import emit, enough
from ..messages import LANGUAGES, default_language, say
from ..version import VERSION
from .gating import gating, hold, load
from .render import read_saved

if TYPE_CHECKING:
    from ...analyzers.compare import Comparison
    from ...analyzers.records import Report

FORMATS = ("text", "json")
Before = Annotated[str, typer.Argument(metavar="A", help=say("help.report_before"), show_default=False)]
After = Annotated[str, typer.Argument(metavar="B", help=say("help.report_after"), show_default=False)]
Format = Annotated[str, typer.Option("--format", metavar="KIND", help=say("help.compare_format"))]


@flat
def compare_cli(
    before: Before,
    after: After,
    *,
    format_: Format = "text",
    gates: Gates,
    lexicon: o.Lexicons = None,
    today: o.Today = None,
    lang: o.Lang = None,
) -> int:
    """Face of `compare`."""
    kind = choice("format", format_, FORMATS) or "text"
    language = choice("lang", lang, LANGUAGES) or default_language()
    if (before, after) == ("-", "-"):
        raise UsageError("saved.two_inputs")
    found, code = compare(before, after, gates, lexicon or (), today=day("today", today))
    from ..reporters.compared import render

    with enough():
        emit(json_text(found.to_json(), indent=1) + "\n" if kind == "json" else render(found, language))
    return code


def compare(
    before: str, after: str, gates: Gates, lexicons: Sequence[str] = (), today: dt.date | None = None
) -> tuple[Comparison, int]:
    """Two sides compared, gates held against the later one; the comparison and the exit code.

    Raises
    ------
    SvcError
        What cannot be read or obeyed.
    """
    from ...analyzers.compare import compare as run

    old, new = side(before, lexicons, today), side(after, lexicons, today)
    ids = [finding.id for report in (old, new) for finding in report.findings]
    chosen = gating(gates, lexicons, ids, today)
    found, judged = run(old, new, (before, after), load(lexicons).alias)
    code = hold(chosen, judged)
    found.gates, found.success = judged.gates, judged.success
    return found, code


def side(value: str, lexicons: Sequence[str], today: dt.date | None) -> Report:
    """A saved report, or ``FILE:PERIOD``: the complaints of a file in a period, analysed now.

    Raises
    ------
    SvcError
        What cannot be read; `NoRowsError` where the period has no rows.
    """
    from ...analyzers.periods import span_of

    path, colon, period = value.rpartition(":")
    span = span_of(period) if colon and path else None
    if span is None:
        return read_saved(value)
    from ...analyzers.config import Settings, cache_folder
    from ...analyzers.pipeline import analyze
    from ..configured import weights

    settings = Settings(
        lexicons=tuple(lexicons), since=span[0], until=span[1], today=today, top=0, cache=cache_folder(),
        weights=weights(),
    )  # fmt: skip
    return analyze([path], settings, VERSION).report
