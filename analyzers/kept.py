"""Files kept in the cache folder between runs: replaced whole, and never worth an error."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def uncollected() -> Generator[None]:
    """No garbage collection meanwhile: among a million fresh objects that all stay it would find none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def keep(folder: Path, name: str, data: bytes) -> bool:
    """Write a file to a temporary name beside it and rename it; False where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(temporary, folder / name)
        except OSError:
            os.unlink(temporary)
            raise
    except OSError:
        return False
    return True
