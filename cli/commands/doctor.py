"""`svc doctor`: whether everything svc stands on is in place, a line a part, each fault with its fix."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from .. import options as o
from ..boundary import DONE, USAGE, clean
from ..console import emit
from ..messages import say
from .gating import now

SAMPLE = "«Жалоба» № 1 — ёж"  # what a report must be able to say
RELEASED = dt.date(2026, 1, 1)  # a clock before it is wrong
LITTLE = 50 << 20  # bytes free, below which a memory may not grow any more

Check = tuple[bool, str]  # whether it is in order, and the line


def doctor_cli(store: o.StorePath = None) -> int:
    """Face of `doctor`."""
    return doctor(store)


def doctor(store: str | None = None) -> int:
    """Print the state of the installation; exit code 2 where something has to be mended."""
    checks = [
        (True, say("doctor.python", value=platform.python_version())),
        *_words(),
        _locale(),
        _home(),
        _cache(),
        *_memory(store),
    ]
    emit("\n".join(clean(line if good else f"✗ {line}") for good, line in checks) + "\n")
    return DONE if all(good for good, _ in checks) else USAGE


def _words() -> Iterator[Check]:
    """Dictionary, fast morphology, lexicons."""
    from importlib.metadata import PackageNotFoundError, version

    from ...analyzers.config import cache_folder
    from ...analyzers.errors import SvcError
    from ...analyzers.lexicon import load_lexicon
    from ..boundary import error_words

    try:
        from ...analyzers.lemmas import analyse

        met = analyse("опоздали").lemma == "опоздать"
        value = f"pymorphy3 {version('pymorphy3')}, {version('pymorphy3-dicts-ru')}"
    except (ImportError, PackageNotFoundError, OSError, ValueError) as error:
        met, value = False, str(error)
    yield met, say("doctor.dictionary", value=value) + ("" if met else " " + say("doctor.reinstall"))
    fast = importlib.util.find_spec("dawg2") or importlib.util.find_spec("dawg")
    yield True, say("doctor.fast", value=say("doctor.yes") if fast else say("doctor.no"))
    try:
        lexicon = load_lexicon(cache=cache_folder())
    except SvcError as error:
        yield False, error_words(error)
    else:
        yield True, say("doctor.lexicon", value=f"{lexicon.version}, {len(lexicon.categories)}")


def _locale() -> Check:
    """Whether stdout can say Russian."""
    encoding = sys.stdout.encoding or "ascii"
    line = say("doctor.encoding", value=encoding)
    try:
        SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False, f"{line} {say('doctor.locale_fix')}"
    return True, line


def _home() -> Check:
    """The folder that all default places follow from."""
    name = "USERPROFILE" if sys.platform == "win32" else "HOME"
    value = os.environ.get(name)
    if not value:
        return False, say("doctor.no_home", name=name)
    if not Path(value).is_dir():
        return False, say("doctor.home_missing", name=name, path=value)
    return True, say("doctor.home", path=value)


def _cache() -> Check:
    from ...analyzers.config import cache_folder

    folder = cache_folder()
    if folder is None:
        return False, say("doctor.cache", value=say("doctor.unwritable", path="—"))
    good = _writable(folder)
    return good, say("doctor.cache", value=folder if good else say("doctor.unwritable", path=folder))


def _writable(folder: Path) -> bool:
    """Whether a folder, or the nearest one above it that is there, takes files."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK | os.X_OK)


def _memory(wanted: str | None) -> Iterator[Check]:
    """The memory, who may read it, room for it, and the clock it is held against; nothing is made by asking."""
    from ...analyzers.errors import SvcError
    from ...analyzers.store.opened import store_path
    from ..boundary import error_words

    try:
        path = store_path(wanted)
    except SvcError as error:
        yield False, say("doctor.store", value=error_words(error))
        yield _clock(None)
        return
    last_run: str | None = None
    if path.is_file():
        good, value, last_run = _store(path)
    else:
        good = _writable(path.parent)
        value = say("doctor.no_store" if good else "doctor.store_folder", path=path)
    yield good, say("doctor.store", value=value)
    if path.is_file() and os.name == "posix" and path.stat().st_mode & 0o077:
        yield False, say("doctor.readable", path=path)
    yield from _room(path)
    yield _clock(last_run)


def _store(path: Path) -> tuple[bool, str, str | None]:
    """In order or not, in words, and the day of the last run."""
    from ...analyzers.errors import LockedError, SvcError
    from ...analyzers.store import open_store
    from ...analyzers.weekly import LAST_RUN
    from ..boundary import error_words

    try:
        store = open_store(str(path), timeout=0)
    except LockedError as error:
        return True, say("doctor.store_locked", path=path, pid=error.params.get("pid", "?")), None
    except SvcError as error:
        return False, error_words(error), None
    try:
        known = store.known()
        last_run = store.setting(LAST_RUN)
    except SvcError as error:
        return False, error_words(error), None
    finally:
        store.close()
    return True, say("doctor.store_rows", path=path, n=known.rows, pending=known.pending), last_run


def _room(path: Path) -> Iterator[Check]:
    """Little space is a fault before it is an error."""
    import shutil

    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LITTLE:
        yield False, say("doctor.little", path=folder, mb=free >> 20)


def _clock(last_run: str | None) -> Check:
    """Today as svc sees it, and the time zone's data."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo("Europe/Moscow")
    except ZoneInfoNotFoundError:
        return True, say("doctor.no_zones")  # Moscow is known without them
    today = now()
    if today < RELEASED or (last_run and today < dt.date.fromisoformat(last_run)):
        return False, say("doctor.clock_wrong", value=today.isoformat(), last=last_run or RELEASED.isoformat())
    return True, say("doctor.clock", value=today.isoformat())
