"""`svc weekly`: the memory between runs, trends with a stated false-alarm rate, a digest for mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import GATE, USAGE, warn
from ..bundles import PERIODS, Columns, Gates, Queried, Words, WorkColumns, choice, day, flat, reading
from ..configured import weights
from ..console import Progress, emit, enough, write_file
from ..messages import LANGUAGES, default_language, say
from ..reporters.digest import FORMATS, render, subject
from ..ruled import ruled
from ..senders import target
from ..version import VERSION
from .analyze import check_rows, last_look, tell_notes, write_rows
from .delivering import moment, post, send_waiting
from .gating import Gating, gating, judge_gates, now, tell
from .weekly_store import keep_store
from .writing import report_file, tell_caught, write_reports

if TYPE_CHECKING:
    from ...analyzers.config import Settings
    from ...analyzers.digest import Digest
    from ...analyzers.store import Store
    from ...analyzers.weekly import Week

SPLITS = ("owner",)
Inputs = Annotated[list[str] | None, typer.Argument(metavar="INPUT...", help=say("help.inputs"), show_default=False)]


@dataclass(slots=True)
class Sending:
    """Where the digest goes, and when it stays silent."""

    format: str = "text"
    language: str = "ru"
    output: str | None = None
    send: list[str] = field(default_factory=list[str])
    reports: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    rows: str | None = None
    strict_pii: bool = False
    by_owner: bool = False
    silent: bool = False
    keep_quotes: bool = False
    quiet: bool = False
    top: int = 20
    retention: int = 1100
    gating: Gating = field(default_factory=Gating)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Jobs on the memory alone."""

    rebuild: o.Rebuild = False
    history: o.HistorySwitch = False
    export: o.Export = None
    import_: o.Import = None
    forget: o.Forget = None

    def job(self, inputs: Sequence[str] | None) -> tuple[str, str] | None:
        """The one job asked for and its value.

        Raises
        ------
        UsageError
            ``weekly.one_job`` where there are two, or inputs too.
        """
        asked = (("history", ""), ("export", self.export), ("import", self.import_), ("forget", self.forget))
        jobs = [(name, value or "") for name, value in asked if (self.history if name == "history" else value)]
        if jobs and (inputs or len(jobs) > 1):
            raise UsageError("weekly.one_job", jobs=", ".join("--" + name for name, _ in jobs))
        return jobs[0] if jobs else None


@ruled
@flat
def weekly_cli(
    inputs: Inputs = None,
    *,
    columns: Columns,
    more: WorkColumns,
    cells: Queried,
    store: o.StorePath = None,
    period: o.Period = None,
    today: o.Today = None,
    as_of: o.AsOf = None,
    tz: o.Tz = "Europe/Moscow",
    denominator: o.Denominator = None,
    event: o.Event = None,
    words: Words,
    overdue_days: o.OverdueDays = 10,
    format_: o.DigestFormat = "text",
    output: o.Output = None,
    report: o.ReportFiles = None,
    rows: o.Rows = None,
    by: o.By = None,
    split_by: o.SplitBy = None,
    send: o.Send = None,
    quiet_if_unchanged: o.QuietIfUnchanged = False,
    allow_empty: o.AllowEmpty = False,
    keep_quotes: o.KeepQuotes = False,
    retention: o.Retention = 1100,
    lock_timeout: o.LockTimeout = 10.0,
    gates: Gates,
    lang: o.Lang = None,
    no_mask: o.NoMask = False,
    mask_rules: o.MaskRules = None,
    strict_pii: o.StrictPii = False,
    no_model: o.NoModel = False,
    quiet: o.Quiet = False,
    workers: o.Workers = None,
    keeping: Keeping,
) -> int:
    """Face of `weekly`."""
    from ...analyzers.config import Settings, cache_folder

    language, kind = choice("lang", lang, LANGUAGES) or default_language(), choice("format", format_, FORMATS) or "text"
    unit, present_day = choice("period", period, PERIODS) or "week", day("today", today)
    if job := keeping.job(inputs):
        return keep_store(
            *job, store, timeout=lock_timeout, format_=kind, language=language, period=unit, today=present_day or now()
        )
    settings = Settings(
        read=reading((columns, more), cells, tz, by or ()), lexicons=tuple(words.lexicon or ()), period=unit,
        today=present_day, sectors=tuple(words.sector or ()), overdue_days=overdue_days, denominator=denominator,
        masked=not no_mask, workers=workers, model=not no_model, cache=cache_folder(), weights=weights(),
        rows=bool(rows), quote_all=bool(report) or kind == "json",
    )  # fmt: skip
    sending = Sending(
        kind, language, output, list(send or ()), [report_file(value) for value in report or ()],
        rows, strict_pii, choice("split-by", split_by, SPLITS) is not None, quiet_if_unchanged, keep_quotes, quiet, 20,
        retention, gating(gates, settings.lexicons, today=settings.today),
    )  # fmt: skip
    return weekly(
        inputs or (), settings, sending, store, timeout=lock_timeout, as_of=day("as-of", as_of),
        rebuild=keeping.rebuild, allow_empty=allow_empty, events=[named_day(value) for value in event or ()],
    )  # fmt: skip


def weekly(
    inputs: Sequence[str],
    settings: Settings,
    sending: Sending,
    store_path: str | None,
    *,
    timeout: float = 10.0,
    as_of: dt.date | None = None,
    rebuild: bool = False,
    allow_empty: bool = False,
    events: Sequence[tuple[dt.date, str]] = (),
) -> int:
    """Remember the inputs, judge the last complete period, tell what changed.

    Raises
    ------
    SvcError
        What cannot be read, obeyed, remembered or written.
    """
    if not inputs:
        raise UsageError("weekly.no_input")
    _check(sending)
    from ...analyzers.store import open_store
    from ...analyzers.weekly import LAST_RUN, Plan
    from ...analyzers.weekly import tell as digests_of
    from ...analyzers.weekly import weekly as run

    store = open_store(store_path, timeout=timeout)
    try:
        if sending.send and send_waiting(store, keep_body=sending.keep_quotes):
            warn(say("send.still_waiting"))
        today = _today(settings, store.setting(LAST_RUN))
        plan = Plan(today, as_of, rebuild, allow_empty, events=tuple(events), retention=sending.retention)
        if rebuild and store.known().rows:
            warn(say("store.backed_up", path=store.backup()))
        progress = Progress(lambda n: say("run.progress", n=n), quiet=sending.quiet)
        try:
            week = run(inputs, settings, plan, store, VERSION, progress)
        finally:
            progress.close()
        judge_gates(sending.gating, week.report)
        caught = last_look(week.result)  # before the digest is made: it shows the report's quotes
        write_rows(sending.rows, week.result, caught)
        week.report.meta.caught = dict(sorted(caught.items()))
        found = digests_of(week, store, by_owner=sending.by_owner)
        if sending.silent:
            found = [digest for digest in found if digest.changed]
        write_reports(week.report, sending.reports, sending.language, top=sending.top, bom=False, quiet=True)
        leaked = tell_caught(caught, strict=sending.strict_pii, quiet=sending.quiet)
        if sending.silent and not found:
            return leaked
        if not sending.quiet:
            _remarks(week, sending)
        code = max(tell(week.report), leaked)
        left = 0
        with enough():
            left = _deliver(store, found, sending)
        return code if code == GATE or not left else USAGE
    finally:
        store.close()


def _check(sending: Sending) -> None:
    """Refuse before the work what could not be delivered after it."""
    for url in sending.send:
        target(url, "all")
    if sending.rows == "-":
        raise UsageError("run.rows_format", path=sending.rows)  # stdout is the digest's
    check_rows(sending.rows, sending.reports)


def _today(settings: Settings, last_run: str | None) -> dt.date:
    """The day given; else now, but never before the last run: a clock set back must not tell an old week anew."""
    if settings.today is not None:
        return settings.today
    today = now(settings.read.tz)
    if last_run and dt.date.fromisoformat(last_run) > today:
        warn(say("weekly.clock", now=today.isoformat(), last=last_run))
        return dt.date.fromisoformat(last_run)
    return today


def _remarks(week: Week, sending: Sending) -> None:
    """What became of the rows, on stderr, where somebody watches."""
    tell_notes(week.report)
    for note in week.notes:
        warn(say("note." + str(note["code"]), None, **{k: v for k, v in note.items() if k != "code"}))


def _deliver(store: Store, found: Sequence[Digest], sending: Sending) -> int:
    """Print, write or send; how many digests still wait."""
    if sending.send:
        for digest in found:
            post(store, digest, sending.send, sending.language)
        return send_waiting(store, keep_body=sending.keep_quotes)
    pages = [render(sending.format, digest, sending.language) for digest in found]
    if sending.output is not None:
        _write(sending.output, found, pages, sending)
    else:
        emit("\n".join(pages))
    for digest in found:
        store.told(digest.period, digest.owner, subject(digest, sending.language), digest.news(), moment())
    return 0


def _write(path: str, found: Sequence[Digest], pages: Sequence[str], sending: Sending) -> None:
    """One file; with --split-by one a department, named by it, in a folder."""
    if not sending.by_owner:
        write_file(path, partial(_put, pages[0].encode("utf-8", "backslashreplace")))
        return
    ending = {"text": "txt"}.get(sending.format, sending.format)
    Path(path).mkdir(parents=True, exist_ok=True)
    for digest, page in zip(found, pages, strict=True):
        name = str(Path(path) / f"{digest.owner}.{ending}")
        write_file(name, partial(_put, page.encode("utf-8", "backslashreplace")))


def _put(content: bytes, target_: Path) -> None:
    target_.write_bytes(content)


def named_day(value: str) -> tuple[dt.date, str]:
    """``DATE=NAME`` taken apart.

    Raises
    ------
    UsageError
        ``weekly.bad_event``.
    """
    date, equals, name = value.partition("=")
    try:
        found = dt.date.fromisoformat(date.strip())
    except ValueError:
        raise UsageError("weekly.bad_event", value=value) from None
    if not equals or not name.strip():
        raise UsageError("weekly.bad_event", value=value)
    return found, name.strip()
