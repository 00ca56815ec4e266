"""`svc weekly --history --export --import --forget`: the memory looked at, moved, shortened."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...analyzers.errors import InputError, StoreError, UsageError
from ..boundary import DONE, json_text, warn
from ..bundles import day
from ..console import emit, write_file
from ..messages import plural, say

if TYPE_CHECKING:
    from ...analyzers.store import Store


def keep_store(
    job: str, value: str, path: str | None, *, timeout: float, format_: str, language: str, period: str, today: dt.date
) -> int:
    """Do one of the jobs on a memory."""
    from ...analyzers.store import open_store

    store = open_store(path, timeout=timeout, must_exist=job != "import")
    try:
        if job == "history":
            show_history(store, format_, language, period, today)
        elif job == "export":
            export(store, value)
        elif job == "import":
            take_in(store, value)
        else:
            forget(store, value)
    finally:
        store.close()
    return DONE


def show_history(store: Store, format_: str, language: str, period: str, today: dt.date) -> None:
    """Periods and delivered digests, newest last."""
    from ...analyzers.weekly import remembered

    found = remembered(store, period, today)
    if format_ == "json":
        emit(json_text(found, indent=1) + "\n")
        return
    lines = [say("history.head", language, path=found["path"], rows=found["rows"])]
    for entry in found["periods"]:
        mark = "" if entry["complete"] else say("history.running", language)
        mark += "" if entry["same"] else say("history.other_version", language)
        complaints = plural(entry["complaints"], say("report.complaints", language), language)
        lines.append(f"  {entry['period']}  {complaints}{mark}")
    lines += ["", say("history.digests", language)]
    for entry in found["digests"]:
        lines.append(f"  {entry['delivered']}  {entry['subject']}")
    if found["pending"]:
        lines.append(say("history.pending", language, n=found["pending"]))
    emit("\n".join(lines) + "\n")


def export(store: Store, path: str) -> None:
    """The memory as JSON Lines; ``-`` is stdout."""
    lines = (json_text(record) + "\n" for record in store.dump())
    if path == "-":
        emit("".join(lines).encode())
        return

    def write(target: Path) -> None:
        with target.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)

    write_file(path, write, private=True)  # it holds the key of the hashes, as the memory does
    warn(say("run.wrote", path=path))


def take_in(store: Store, path: str) -> None:
    """Records of another memory's export."""
    tally = store.load(_records(path))
    warn(say("store.loaded", added=tally.added, known=tally.known))


def _records(path: str) -> Iterator[dict[str, Any]]:
    try:
        source: Iterable[str] = sys.stdin if path == "-" else Path(path).open(encoding="utf-8")  # noqa: SIM115
        for line in source:
            if line.strip():
                record: object = json.loads(line)
                if not isinstance(record, dict):
                    raise StoreError("store.no_dump", path=path)
                yield record
    except FileNotFoundError:
        raise InputError("read.not_found", path=path) from None
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise StoreError("store.no_dump", path=path) from None
    except OSError as error:
        raise InputError("read.failed", path=path, detail=error.strerror or str(error)) from error


def forget(store: Store, value: str) -> None:
    """Everything before a day: rows, sums, quotes of digests, themes and their words; a copy of a rebuild is named."""
    from ...analyzers.signatures import forget_themes
    from ...analyzers.theme_trends import forget_words

    before = day("forget", value)
    if before is None:
        raise UsageError("run.bad_date", option="forget", value=value)
    n = store.forget(before.toordinal(), sums=True)
    forget_words(store, before.toordinal())
    forget_themes(store, before.toordinal())
    warn(say("store.forgotten", n=n, day=value))
    if (copy := store.path.with_name(store.path.name + ".bak")).exists():
        warn(say("store.copy_left", path=copy))
