"""`svc doctor`: whether everything svc stands on is in place."""

from __future__ import annotations

import importlib.util
import platform
import sys

from ..boundary import DONE
from ..console import emit
from ..messages import say


def doctor_cli() -> int:
    """Face of `doctor`."""
    return doctor()


def doctor() -> int:
    """Print the state of the installation, a line a part, each fault with its fix."""
    from importlib.metadata import version

    from ...analyzers.config import cache_folder
    from ...analyzers.lexicon import load_lexicon

    folder = cache_folder()
    lexicon = load_lexicon(cache=folder)
    fast = importlib.util.find_spec("dawg2") or importlib.util.find_spec("dawg")
    lines = [
        say("doctor.python", value=platform.python_version()),
        say("doctor.dictionary", value=f"pymorphy3 {version('pymorphy3')}, {version('pymorphy3-dicts-ru')}"),
        say("doctor.fast", value=say("doctor.yes") if fast else say("doctor.no")),
        say("doctor.lexicon", value=f"{lexicon.version}, {len(lexicon.categories)}"),
        say("doctor.cache", value=_cache_state(folder)),
        say("doctor.encoding", value=sys.stdout.encoding),
        say("doctor.store", value=_store_state()),
    ]
    emit("\n".join(lines) + "\n")
    return DONE


def _cache_state(folder: object) -> str:
    import os
    from pathlib import Path

    if not isinstance(folder, Path):
        return "—"
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    return str(folder) if os.access(there, os.W_OK) else say("doctor.unwritable", path=folder)


def _store_state() -> str:
    """The default memory: absent, held by another run, broken, or how many rows; nothing is made by asking."""
    from ...analyzers.errors import LockedError, SvcError
    from ...analyzers.store import default_path, open_store
    from ..boundary import error_words

    path = default_path()
    if path is None:
        return say("store.no_home")
    if not path.is_file():
        return say("doctor.no_store", path=path)
    try:
        store = open_store(str(path), timeout=0)
    except LockedError:
        return say("doctor.store_locked", path=path)
    except SvcError as error:
        return error_words(error)
    try:
        known = store.known()
    finally:
        store.close()
    return say("doctor.store_rows", path=path, n=known.rows, pending=known.pending)
