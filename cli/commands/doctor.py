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
