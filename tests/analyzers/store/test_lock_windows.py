"""The lock as Windows gives it, emulated by a `msvcrt` that is as strict; no test has run on Windows itself."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest
from svc.analyzers.errors import LockedError
from svc.analyzers.store import lock


class Msvcrt(ModuleType):
    """Byte locks of open files: where the file stands counts, and only who has locked a place may unlock it there."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: dict[tuple[int, int], int] = {}
        self.tries = 0

    def locking(self, descriptor: int, mode: int, n: int) -> None:
        """Lock or unlock `n` bytes from where the file stands."""
        assert n == 1
        place = os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR)
        if mode == self.LK_UNLCK:
            if self.held.pop(place, None) != descriptor:
                raise PermissionError(13, "Permission denied")
            return
        self.tries += 1
        if place in self.held:
            raise PermissionError(13, "Permission denied")
        self.held[place] = descriptor


@pytest.fixture
def msvcrt(monkeypatch: pytest.MonkeyPatch) -> Msvcrt:
    """Put in place of the system's."""
    fake = Msvcrt()
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    return fake


@pytest.fixture
def windows(msvcrt: Msvcrt, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as it is imported on Windows."""
    spec = importlib.util.spec_from_file_location("svc.analyzers.store.lock_on_windows", str(lock.__file__))
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as there:
        there.setattr(sys, "platform", "win32")
        spec.loader.exec_module(found)
    return found


def test_one_run_at_a_time(windows: ModuleType, msvcrt: Msvcrt, tmp_path: Path) -> None:
    """The second waits as long as it is told, names the process of the first, and leaves its lock alone."""
    path = tmp_path / "weekly.sqlite.lock"
    first = windows.Lock(path, 0)
    with pytest.raises(LockedError) as caught:
        windows.Lock(path, 0.25)
    assert caught.value.exit_code == 4
    assert caught.value.params["pid"] == str(os.getpid())
    assert msvcrt.tries >= 1 + 3
    assert len(msvcrt.held) == 1
    first.release()
    first.release()  # twice is harmless
    assert msvcrt.held == {}
    windows.Lock(path, 0).release()


def test_what_the_file_says_never_grows(windows: ModuleType, tmp_path: Path) -> None:
    """The locked byte and the number of the last holder; a longer number before leaves no digits behind."""
    path = tmp_path / "lock"
    path.write_bytes(b"\x0012345678901234567")
    windows.Lock(path, 0).release()
    assert path.read_bytes()[1:] == str(os.getpid()).encode()
