"""Which store a path or a URL names, and where the default one lies."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import StoreError, UsageError
from .lock import Lock
from .model import Store

NAME = "weekly.sqlite"
SCHEME = "sqlite"
_ALMOST = re.compile(r"([a-z][a-z0-9+]+):", re.IGNORECASE)  # of two letters and more: «C:» is a drive
NO_FILE = ("", ".", ":memory:")  # an unset variable of a script; a memory that forgets


def default_path() -> Path | None:
    """In the user's data folder; None where the system names none."""
    from platformdirs import user_data_dir

    try:
        return Path(user_data_dir("svc", appauthor=False)) / NAME
    except (OSError, RuntimeError):
        return None


def store_path(wanted: str | None) -> Path:
    """The file that a path, a ``sqlite:///`` URL or nothing names.

    Raises
    ------
    UsageError
        ``store.url`` for another URL, parameters, or no file at all; ``store.no_home`` where there is no default.
    """
    if wanted is None:
        found = default_path()
        if found is None:
            raise UsageError("store.no_home")
        return found
    scheme, url, rest = wanted.partition("://")
    if not url:
        if wanted in NO_FILE:
            raise UsageError("store.url", url=f'"{wanted}"')
        if found := _ALMOST.match(wanted):  # «sqlite:x», «postgres:x»: a URL mistyped, and no file's name
            raise UsageError("store.url", url=f"{found[1]}:…")
        return Path(wanted)
    path = rest.removeprefix("/")
    if scheme.lower() != SCHEME or path == rest or path in NO_FILE or "?" in path:
        raise UsageError("store.url", url=f"{scheme}://…")  # no more of it: it may hold a password
    return Path(path).expanduser() if path.startswith("~/") else Path(path)  # within a URL no shell does it


def open_store(wanted: str | None = None, *, timeout: float = 10.0, must_exist: bool = False) -> Store:
    """Open a store, locked for this run.

    Parameters
    ----------
    wanted : str or None
        Path or ``sqlite:///PATH``; None: the default.
    timeout : float
        Seconds to wait for another run.

    Raises
    ------
    LockedError, StoreError, UsageError
    """
    from .sqlite import SqliteStore

    path = store_path(wanted)
    if must_exist and not path.is_file():
        raise StoreError("store.missing", path=str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("store.unwritable", path=str(path), detail=error.strerror or str(error)) from error
    if path.is_dir():
        raise StoreError("store.is_directory", path=str(path))
    return SqliteStore(path, Lock(path.with_name(path.name + ".lock"), timeout))
