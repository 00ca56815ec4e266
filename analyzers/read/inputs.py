"""Which files the arguments of a command mean."""

import atexit
import contextlib
import glob
import os
import sys
import tempfile
from collections.abc import Iterable

from ..errors import InputError

EXTENSIONS = frozenset({
    ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods",
})  # fmt: skip
"""Files taken from a folder; a file named on its own is opened whatever it is called."""
_NOT_DATA = ("readme", "license", "licence", "changelog", "notice", "requirements")

_spooled: dict[int, str] = {}


def expand_inputs(inputs: Iterable[str]) -> list[str]:
    """Return the paths meant by files, folders, globs and `-`, each once.

    Folders are searched through, in the order of names, without hidden files and without following links, so that a
    loop of links does no harm.

    Raises
    ------
    InputError
        ``read.not_found``, ``read.no_match`` (a glob) or ``read.no_files`` (a folder).
    """
    paths: list[str] = []
    for item in inputs:
        if item == "-" or os.path.isfile(item):
            paths.append(item)
        elif os.path.isdir(item):
            found = _walk(item)
            if not found:
                raise InputError("read.no_files", path=item, extensions=sorted(EXTENSIONS))
            paths += found
        elif os.path.lexists(item):
            paths.append(item)  # a pipe, a device, a broken link: opening it tells more
        elif glob.has_magic(item):
            matches = sorted(match for match in glob.glob(item, recursive=True))
            files = [path for match in matches for path in ([match] if os.path.isfile(match) else _walk(match))]
            if not files:
                raise InputError("read.no_match", pattern=item)
            paths += files
        else:
            raise InputError("read.not_found", path=item)
    return list(dict.fromkeys(paths))


def _walk(folder: str) -> list[str]:
    found: list[str] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            stem, extension = os.path.splitext(name.lower())
            if extension in EXTENSIONS and not stem.startswith(("~$", ".", *_NOT_DATA)):
                found.append(os.path.join(root, name))
    return found


def spool_stdin() -> str:
    """Copy standard input to a temporary file, once, and return its path; it goes away with the process."""
    stream = sys.stdin.buffer
    kept = _spooled.get(id(stream))
    if kept is None:
        # not NamedTemporaryFile: Windows refuses to open such a file a second time
        handle, kept = tempfile.mkstemp(prefix="svc-stdin-")
        atexit.register(_remove, kept)
        with open(handle, "wb") as copy:
            while data := stream.read(1 << 20):
                copy.write(data)
        _spooled[id(stream)] = kept
    return kept


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.remove(path)
