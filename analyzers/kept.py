"""Files kept in the cache folder between runs: replaced whole, and never worth an error."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
