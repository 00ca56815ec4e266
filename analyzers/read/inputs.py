"""Which files the arguments of a command mean."""

import glob
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..errors import InputError
from .packed import SEPARATOR, inner_name, zip_members
from .sql import is_url
from .temporary import keep

EXTENSIONS = frozenset({
    ".csv", ".tsv", ".tab", ".prn", ".txt", ".json", ".jsonl", ".ndjson", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods",
    ".html", ".htm", ".xml", ".eml", ".mbox", ".docx", ".pdf", ".parquet", ".db", ".sqlite", ".sqlite3", ".zip",
})  # fmt: skip
"""Files taken from a folder or an archive; a file named on its own is opened whatever it is called."""
_NOT_DATA = (
    "readme",
    "license",
    "licence",
    "changelog",
    "notice",
    "requirements",
    "copying",
    "authors",
    "contributing",
)

_spooled: dict[int, str] = {}


@dataclass
class Found:
    """The inputs meant, each once, and what lay beside them and was left out, as (path, why)."""

    paths: list[str] = field(default_factory=list[str])
    left_out: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def expand_inputs(inputs: Iterable[str]) -> list[str]:
    """Return the paths meant by the arguments of a command, each once; see `find_inputs`."""
    return find_inputs(inputs).paths


def find_inputs(inputs: Iterable[str]) -> Found:
    """Return the inputs meant by files, folders, globs, archives, database URLs and `-`.

    Folders are searched through, in the order of names, without hidden files and without following links, so that a
    loop of links does no harm. An archive of several files is as a folder: `export.zip!/a.csv`.

    Raises
    ------
    InputError
        ``read.not_found``, ``read.no_match`` (a glob) or ``read.no_files`` (a folder).
    """
    found = Found()
    for item in inputs:
        if item == "-" or is_url(item) or SEPARATOR in item:
            found.paths.append(item)
        elif os.path.isfile(item):
            _add_file(item, found, named=True)
        elif os.path.isdir(item):
            _add_folder(item, found)
        elif os.path.lexists(item):
            found.paths.append(item)  # a pipe, a device, a broken link: opening it tells more
        elif glob.has_magic(item):
            before = len(found.paths)
            for match in sorted(glob.glob(item, recursive=True)):
                if os.path.isdir(match):
                    _walk(match, found)
                else:
                    _add_file(match, found, named=False)
            if len(found.paths) == before:
                raise InputError("read.no_match", pattern=item)
        else:
            raise InputError("read.not_found", path=item)
    paths = list(dict.fromkeys(found.paths))
    return Found(paths, [entry for entry in dict.fromkeys(found.left_out) if entry[0] not in paths])


def _add_folder(folder: str, found: Found) -> None:
    before = len(found.paths)
    _walk(folder, found)
    if len(found.paths) == before:
        raise InputError("read.no_files", path=folder, extensions=sorted(EXTENSIONS))


def _walk(folder: str, found: Found) -> None:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            _add_file(os.path.join(root, name), found, named=False)


def _add_file(path: str, found: Found, *, named: bool) -> None:
    """Add a file, or the files of an archive; `named` says that the user named it on its own."""
    if not named and not _is_hidden(path):
        why = _why_not(path)
        if why:
            found.left_out.append((path, why))
            return
    elif not named:
        return
    members = _members(path)
    if members is None or len(members) == 1:
        found.paths.append(path)
        return
    for member in members:
        if _is_hidden(member):
            continue
        why = _why_not(member)
        if why:
            found.left_out.append((path + SEPARATOR + member, why))
        else:
            found.paths.append(path + SEPARATOR + member)


def _is_hidden(path: str) -> bool:
    """Hidden files, Excel's marks of open books, the Mac's shadows: nobody means them."""
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    return name.startswith((".", "~$")) or "__MACOSX/" in path or name in ("thumbs.db", "desktop.ini")


def _why_not(path: str) -> str | None:
    """Why a file found beside others is no data: not_data (a README, a licence), unknown_format, or None."""
    name = inner_name(path.replace("\\", "/").rpartition("/")[2].lower())
    stem, extension = os.path.splitext(name)
    if stem.startswith(_NOT_DATA):
        return "not_data"
    return None if extension in EXTENSIONS else "unknown_format"


def data_members(path: str, source: str) -> list[str]:
    """The files of a zip archive that hold data.

    Raises
    ------
    InputError
        ``read.damaged``.
    """
    names = [name for name in zip_members(path, source) if not _is_hidden(name)]
    return sorted(name for name in names if _why_not(name) is None) or (names if len(names) == 1 else [])


def _members(path: str) -> list[str] | None:
    """All files of a zip archive, or None for anything else: workbooks and documents are zip files too."""
    if not path.lower().endswith(".zip"):
        return None
    try:
        return sorted(zip_members(path, path)) or None
    except InputError:
        return None  # opening it tells more


def spool_stdin() -> str:
    """Copy standard input to a temporary file, once, and return its path; it goes away with the process."""
    stream = sys.stdin.buffer
    kept = _spooled.get(id(stream))
    if kept is None:
        kept = _spool(iter(lambda: stream.read(1 << 20), b""))
        _spooled[id(stream)] = kept
    return kept


def spool_pipe(path: str) -> str:
    """Copy a named pipe to a temporary file: a pipe can be read once, a reader looks twice."""
    with open(path, "rb") as stream:
        return _spool(iter(lambda: stream.read(1 << 20), b""))


def _spool(blocks: Iterator[bytes]) -> str:
    # not NamedTemporaryFile: Windows refuses to open such a file a second time
    handle, path = tempfile.mkstemp(prefix="svc-stdin-")
    keep(path)
    with open(handle, "wb") as copy:
        for data in blocks:
            copy.write(data)
    return path
