"""Temporary files that go away with the process."""

import atexit
import contextlib
import os

_paths: set[str] = set()


def keep(path: str) -> None:
    """Remove `path` at the end of the process."""
    if not _paths:
        atexit.register(_remove_all, os.getpid())
    _paths.add(path)


def forget(path: str) -> None:
    """Remove `path` now."""
    _paths.discard(path)
    with contextlib.suppress(OSError):
        os.remove(path)


def _remove_all(owner: int) -> None:
    if os.getpid() == owner:  # not in a forked worker: its parent still reads them
        for path in list(_paths):
            forget(path)
