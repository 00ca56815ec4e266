"""`svc plan`: the plan of measures from a saved report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import DONE, warn
from ..bundles import choice, day
from ..console import emit, write_file
from ..messages import LANGUAGES, default_language, say
from .render import ReportPath, read_saved

if TYPE_CHECKING:
    from ...analyzers.plan import Measure
    from ...analyzers.records import Report

FORMATS = ("md", "xlsx")
SPLITS = ("owner",)
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="PATH", help=say("help.plan_output"), show_default=False)
]
Format = Annotated[
    str | None, typer.Option("--format", metavar="KIND", help=say("help.plan_format"), show_default=False)
]
SplitBy = Annotated[
    str | None, typer.Option("--split-by", metavar="AXIS", help=say("help.plan_split"), show_default=False)
]
Top = Annotated[int, typer.Option("--top", metavar="N", min=0, help=say("help.plan_top"))]
CheckDays = Annotated[
    int | None,
    typer.Option("--check-days", metavar="N", min=1, max=3650, help=say("help.plan_days"), show_default=False),
]


def plan_cli(
    path: ReportPath,
    output: Output = None,
    format_: Format = None,
    split_by: SplitBy = None,
    top: Top = 10,
    today: o.Today = None,
    check_days: CheckDays = None,
    lang: o.Lang = None,
    quiet: o.Quiet = False,
) -> int:
    """Face of `plan`."""
    return plan(
        path, output, choice("format", format_, FORMATS), choice("lang", lang, LANGUAGES) or default_language(),
        split=choice("split-by", split_by, SPLITS) is not None, top=top, start=day("today", today), days=check_days,
        quiet=quiet,
    )  # fmt: skip


def plan(
    path: str, output: str | None, kind: str | None, language: str, *, split: bool = False, top: int = 10,
    start: dt.date | None = None, days: int | None = None, quiet: bool = False,
) -> int:  # fmt: skip
    """Write the plan of a saved report; one file a department with `split`.

    Raises
    ------
    SvcError
        What cannot be read, obeyed or written.
    """
    kind = kind or _kind_of(output)
    if split and output is None:
        raise UsageError("plan.split_output")
    from ...analyzers.plan import measures, owners

    report = read_saved(path)
    found = measures(report, top=0 if split else top, start=start, days=days)
    if not split:
        content = render(found, report, kind, language)
        if output is None or output == "-":
            emit(content)
        else:
            _write(output, content, quiet)
        return DONE
    for owner, mine in owners(found).items():
        target = Path(str(output))
        name = target.with_name(f"{target.stem}.{owner}{target.suffix}")
        _write(str(name), render(mine[:top] if top else mine, report, kind, language, owner), quiet)
    return DONE


def render(plan: Sequence[Measure], report: Report, kind: str, language: str, owner: str | None = None) -> bytes:
    """The plan in one format."""
    if kind == "xlsx":
        from ..reporters.plan_xlsx import render as as_xlsx

        return as_xlsx(plan, report, language, owner)
    from ..reporters.plan_md import render as as_md

    return as_md(plan, report, language, owner).encode("utf-8", "backslashreplace")


def _kind_of(output: str | None) -> str:
    """The format that a file's ending tells.

    Raises
    ------
    UsageError
        ``plan.ending``.
    """
    if output is None or output == "-":
        return "md"
    ending = Path(output).suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise UsageError("plan.ending", path=output, allowed=", ".join("." + name for name in FORMATS))
    return ending


def _write(path: str, content: bytes, quiet: bool) -> None:
    write_file(path, partial(_put, content))
    if not quiet:
        warn(say("run.wrote", path=path))


def _put(content: bytes, target: Path) -> None:
    target.write_bytes(content)
