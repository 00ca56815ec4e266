"""One run at a time: a lock file beside the store, given back by the system even when the process is killed."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import BinaryIO

from ..errors import InputError, LockedError

STEP = 0.1  # seconds between two tries


class Lock:
    """The lock of a store, held until `release`.

    Parameters
    ----------
    path : Path
        Of the lock file; it stays, only the lock on it goes.
    timeout : float
        Seconds to wait for another run.

    Raises
    ------
    LockedError
        ``store.locked`` with the holder's process number.
    InputError
        ``store.unwritable``.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        try:
            self._file: BinaryIO = path.open("a+b", buffering=0)
        except OSError as error:
            raise InputError("store.unwritable", path=str(path), detail=error.strerror or str(error)) from error
        until = time.monotonic() + timeout
        while not _take(self._file):
            if time.monotonic() >= until:
                holder = _holder(self._file)
                self._file.close()
                raise LockedError("store.locked", path=str(path), pid=holder, timeout=f"{timeout:g}")
            time.sleep(min(STEP, max(timeout, 0.001)))
        self._file.seek(1)
        self._file.truncate(1)
        self._file.write(str(os.getpid()).encode())

    def release(self) -> None:
        """Give it back."""
        if not self._file.closed:
            _give(self._file)
            self._file.close()


def _holder(file: BinaryIO) -> str:
    """Process number that the holder wrote behind the first byte, which alone is locked."""
    try:
        file.seek(1)
        return file.read(20).decode("ascii", "replace") or "?"
    except OSError:
        return "?"


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _give(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
