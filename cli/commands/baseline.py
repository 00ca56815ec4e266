"""`svc baseline`: pains that are accepted for a time, in a file under git."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import DONE, GATE, clean, warn
from ..bundles import day
from ..console import emit, write_file
from ..messages import default_language, say
from .gating import BASELINE, load, now, read_text
from .render import read_saved

if TYPE_CHECKING:
    from ...analyzers.baseline import Entry
    from ...analyzers.records import Report

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID...]", help=say("help.baseline_ids"), show_default=False)]
From = Annotated[str, typer.Option("--from", metavar="REPORT.json", help=say("help.baseline_from"), show_default=False)]
All = Annotated[bool, typer.Option("--all", help=say("help.baseline_all"))]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=say("help.baseline_reason"), show_default=False)]
Owner = Annotated[
    str | None, typer.Option("--owner", metavar="NAME", help=say("help.baseline_owner"), show_default=False)
]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help=say("help.baseline_until"), show_default=False)]
File = Annotated[str, typer.Option("--baseline", metavar="FILE", help=say("help.baseline_file"))]
Drop = Annotated[bool, typer.Option("--drop", help=say("help.baseline_drop"))]
Saved = Annotated[str | None, typer.Argument(metavar="[REPORT.json]", help=say("help.report_path"), show_default=False)]


def add_cli(
    from_: From,
    reason: Reason,
    until: Until,
    ids: Ids = None,
    all_: All = False,
    owner: Owner = None,
    baseline: File = BASELINE,
    lexicon: o.Lexicons = None,
    today: o.Today = None,
) -> int:
    """Face of `baseline add`."""
    last, present_day = day("until", until), day("today", today) or now()
    if last is None or last < present_day:
        raise UsageError("baseline.past", value=until)
    if not ids and not all_:
        raise UsageError("baseline.nothing")
    report = read_saved(from_)
    names = [finding.id for finding in report.findings] if all_ else list(ids or ())
    return add(names, report, baseline, reason, owner, last, lexicon or ())


def add(
    names: Sequence[str],
    report: Report,
    path: str,
    reason: str,
    owner: str | None,
    until: dt.date,
    lexicons: Sequence[str] = (),
) -> int:
    """Accept findings or systems of a report, with their present figures; an entry of the same id is replaced.

    Raises
    ------
    UsageError
        ``baseline.no_finding`` with the nearest id.
    """
    from ...analyzers.baseline import entry_of, with_entries

    alias = load(lexicons).alias
    known = [*(finding.id for finding in report.findings), *(group.id for group in report.systems)]
    entries: list[Entry] = []
    for name in dict.fromkeys(names):
        entry = entry_of(report, name, reason, owner, until) or entry_of(report, alias(name), reason, owner, until)
        if entry is None:
            raise UsageError(
                "baseline.no_finding", path=path, id=name, nearest=_nearest(name, known), allowed=_some(known)
            )
        entries.append(entry)
    text = read_text(path) if Path(path).exists() else ""
    _write(path, with_entries(_checked(text, path), entries))
    warn(say("baseline.added", path=path, n=len(entries)))
    return DONE


def list_cli(baseline: File = BASELINE, today: o.Today = None) -> int:
    """Face of `baseline list`."""
    from ...analyzers.baseline import read_baseline
    from ..reporters.wording import Wording

    words, present_day = Wording(default_language()), day("today", today) or now()
    lines: list[str] = []
    for entry in read_baseline(read_text(baseline), baseline):
        state = say("accepted.state." + ("expired" if entry.expired(present_day) else "accepted"))
        figures = words.figures(entry.n, entry.share, entry.severity_class)
        lines.append(f"{state}  {entry.until}  {entry.id}  {figures}  {entry.owner}: {entry.reason}")
    emit("\n".join(clean(line) for line in lines or [say("accepted.none"), say("accepted.next")]) + "\n")
    return DONE


def check_cli(
    report: Saved = None, baseline: File = BASELINE, lexicon: o.Lexicons = None, today: o.Today = None
) -> int:
    """Face of `baseline check`."""
    problems = check(baseline, report, lexicon or (), day("today", today) or now())
    for problem in problems:
        warn(problem)
    if problems:
        return GATE
    from ...analyzers.baseline import read_baseline

    emit(clean(say("baseline.ok", path=baseline, n=len(read_baseline(read_text(baseline), baseline)))) + "\n")
    return DONE


def check(path: str, saved: str | None, lexicons: Sequence[str], today: dt.date) -> list[str]:
    """What of a baseline needs attention, in words: unknown ids, passed days and, against a report, growth."""
    from ...analyzers.baseline import accept, present, read_baseline
    from ...analyzers.gates import THEME
    from ...analyzers.vocabulary import SYSTEMS
    from ..reporters.wording import Wording

    lexicon, words = load(lexicons), Wording(default_language())
    entries = present(read_baseline(read_text(path), path), lexicon.alias)
    found: list[str] = []
    for entry in entries:
        if entry.id not in lexicon.categories and entry.id not in SYSTEMS and not THEME.match(entry.id):
            near = _nearest(entry.id, [*SYSTEMS, *lexicon.categories])
            found.append(say("baseline.unknown_id", path=path, id=entry.id, hint=f" ({near}?)" if near else ""))
        if entry.expired(today):
            found.append(say("baseline.expired", path=path, id=entry.id, until=entry.until))
    if saved is not None:
        report = read_saved(saved)
        accept(report, entries, today)
        for item in report.baseline:
            if item.state == "grown":
                before = words.figures(item.n, item.share, item.severity_class)
                after = words.figures(item.n_now, item.share_now, item.class_now or "")
                found.append(say("baseline.grown", path=path, id=item.id, before=before, now=after))
    return found


def expire_cli(ids: Ids = None, drop: Drop = False, baseline: File = BASELINE, today: o.Today = None) -> int:
    """Face of `baseline expire`."""
    if not ids and not drop:
        raise UsageError("baseline.nothing_to_end")
    return expire(set(ids or ()), baseline, day("today", today) or now(), drop=drop)


def expire(names: set[str], path: str, today: dt.date, *, drop: bool = False) -> int:
    """End entries (yesterday becomes their last day), then drop those whose day has passed where asked to.

    Raises
    ------
    UsageError
        ``baseline.not_accepted`` with the nearest id.
    """
    from ...analyzers.baseline import ended, read_baseline, without

    text = _checked(read_text(path), path)
    known = [entry.id for entry in read_baseline(text, path)]
    for name in sorted(names - set(known)):
        raise UsageError(
            "baseline.not_accepted", path=path, id=name, nearest=_nearest(name, known), allowed=_some(known)
        )
    before = read_baseline(text, path)
    text = ended(text, names, today - dt.timedelta(1))
    if drop:
        text = without(text, lambda entry: entry.expired(today))
    after = {entry.id: entry for entry in read_baseline(text, path)}
    _write(path, text)
    warn(say("baseline.changed", path=path, n=sum(after.get(entry.id) != entry for entry in before)))
    return DONE


def _checked(text: str, path: str) -> str:
    """The text, once its entries are known to be sound."""
    from ...analyzers.baseline import read_baseline

    if text:
        read_baseline(text, path)
    return text


def _write(path: str, text: str) -> None:
    write_file(path, partial(_put, text.encode()))


def _put(content: bytes, target: Path) -> None:
    target.write_bytes(content)


def _nearest(name: str, names: Sequence[str]) -> str | None:
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
    return found[0] if found else None


def _some(names: Sequence[str], limit: int = 10) -> str:
    return (", ".join(names[:limit]) or "—") + (" …" if len(names) > limit else "")
