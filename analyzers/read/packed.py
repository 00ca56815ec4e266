"""Compressed files and archives: unpacked once to a temporary file, within bounds; of a damaged one, what there is."""

import bz2
import contextlib
import importlib.util
import lzma
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from ..errors import InputError
from .extras import need
from .temporary import forget, keep

BLOCK = 1 << 20
FREE_SIZE = 1 << 28
"""Up to so many bytes nobody asks how well they were packed."""
MAX_RATIO = 200
"""Texts shrink to a tenth, logs to a fiftieth; what shrinks further is a bomb."""
MAX_MEMBERS = 10_000
SEPARATOR = "!/"
"""`export.zip!/march/a.csv` is a file inside an archive."""
SUFFIXES = (".gz", ".gzip", ".bz2", ".xz", ".lzma", ".zst", ".zstd")

_MAGIC = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz"))
_DAMAGE = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, zipfile.BadZipFile)


class Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int, /) -> bytes: ...


class Decompressor(Protocol):
    """What bz2, lzma and zstd have in common."""

    eof: bool
    needs_input: bool
    unused_data: bytes

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """zlib with the interface of the others."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


@dataclass(frozen=True)
class Unpacked:
    """An unpacked file; `cut` says that the packed one ends too early or is damaged behind what was read."""

    path: str
    cut: bool


def compression(head: bytes) -> str | None:
    """Return how a file beginning with `head` is compressed: gzip, bzip2, xz, zstd or not at all."""
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def inner_name(name: str) -> str:
    """The name of the file inside: `a.csv.gz` holds `a.csv`."""
    stem, suffix = os.path.splitext(name)
    return stem if suffix.lower() in SUFFIXES else name


def unpack(path: str, source: str, kind: str) -> Unpacked:
    """Unpack a compressed file.

    Raises
    ------
    InputError
        ``read.zip_bomb``, ``read.damaged`` where nothing could be unpacked, ``read.need_extra`` for zstd.
    """
    make = decompressor(kind, source)
    with open(path, "rb") as stream:
        return _spool((path, kind), source, kind, lambda counted: inflate(stream, make, counted), os.path.getsize(path))


def unpack_member(path: str, source: str, member: str) -> Unpacked:
    """Unpack one file of a zip archive.

    Raises
    ------
    InputError
        ``read.not_found``, ``read.encrypted``, ``read.zip_bomb`` or ``read.damaged``.
    """
    entries = zip_members(path, source)
    entry = entries.get(member)
    if entry is None:
        raise InputError("read.not_found", path=source)
    if entry.flag_bits & 1:
        raise InputError("read.encrypted", path=source)
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as stream:

            def blocks(counted: list[int]) -> Iterator[bytes]:
                counted[0] = max(1, entry.compress_size)
                while data := stream.read(BLOCK):
                    yield data

            return _spool((path, member), source, "zip", blocks, entry.compress_size)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise InputError("read.damaged", path=source, format="zip", detail=str(error)) from error


def zip_members(path: str, source: str) -> dict[str, zipfile.ZipInfo]:
    """Return the files of a zip archive by their names; old Russian archivers wrote names in cp866.

    Raises
    ------
    InputError
        ``read.damaged`` or ``read.too_many_members``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise InputError("read.damaged", path=source, format="zip", detail=str(error)) from error
    if len(entries) > MAX_MEMBERS:
        raise InputError("read.too_many_members", path=source, count=len(entries), limit=MAX_MEMBERS)
    named: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = entry.filename
        if not entry.flag_bits & 0x800 and not name.isascii():
            with contextlib.suppress(UnicodeError):
                name = name.encode("cp437").decode("cp866")
        if name and not entry.is_dir():  # a damaged directory may hold an empty name, which is_dir cannot take
            named[name] = entry
    return named


def zip_bomb(source: str, size: int, limit: int) -> InputError:
    """The error for a file that unpacks to more bytes than one of its size may."""
    return InputError("read.zip_bomb", path=source, size=max(1, size >> 20), limit=limit >> 20)


def decompressor(kind: str, source: str) -> Callable[[], Decompressor]:
    """Return what makes decompressors of a kind: gzip, bzip2, xz or zstd.

    Raises
    ------
    InputError
        ``read.need_extra`` for zstd.
    """
    if kind == "gzip":
        return cast("Callable[[], Decompressor]", _Gzip)
    if kind == "bzip2":
        return cast("Callable[[], Decompressor]", bz2.BZ2Decompressor)
    if kind == "xz":
        return cast("Callable[[], Decompressor]", lambda: lzma.LZMADecompressor(memlimit=1 << 28))
    # of the standard library since Python 3.14
    name = "backports.zstd" if importlib.util.find_spec("compression") is None else "compression.zstd"
    return cast("Callable[[], Decompressor]", need(name, "zstd", source).ZstdDecompressor)


def inflate(
    stream: Readable, make: Callable[[], Decompressor], counted: list[int], block: int = BLOCK
) -> Iterator[bytes]:
    """Yield what a compressed stream holds, frame after frame, in blocks; counts the packed bytes taken.

    Raises
    ------
    EOFError
        Where the stream ends inside a frame.
    """

    def read() -> bytes:
        data = stream.read(block)
        counted[0] += len(data)
        return data

    inner = make()
    rest = b""
    while data := rest or read():
        rest = b""
        while True:
            if out := inner.decompress(data, block):
                yield out
            if inner.eof:
                rest = inner.unused_data.lstrip(b"\0") or read().lstrip(b"\0")
                if compression(rest) is None:
                    return  # what stands behind the last frame is padding
                inner = make()
                break
            if inner.needs_input:
                break
            data = b""
    raise EOFError


def _spool(
    key: tuple[str, str], source: str, kind: str, blocks: Callable[[list[int]], Iterator[bytes]], size: int
) -> Unpacked:
    """Write blocks to a temporary file, once for each packed file as it is now."""
    state = os.stat(key[0])
    known = (*key, str(state.st_mtime_ns), str(state.st_size))
    kept = _kept.get(known)
    if kept is not None and os.path.exists(kept.path):
        return kept
    handle, target = tempfile.mkstemp(prefix="svc-unpacked-")
    written, cut, counted = 0, False, [0]
    try:
        with open(handle, "wb") as copy:
            iterator = blocks(counted)
            while True:
                try:
                    data = next(iterator, None)
                except Exception as error:
                    if not isinstance(error, _DAMAGE) and type(error).__name__ != "ZstdError":
                        raise
                    if not written:
                        detail = str(error) or "EOF"
                        raise InputError("read.damaged", path=source, format=kind, detail=detail) from error
                    cut = True
                    break
                if data is None:
                    break
                written += len(data)
                if written > FREE_SIZE and written > MAX_RATIO * max(counted[0], 1):
                    raise zip_bomb(source, written, max(FREE_SIZE, MAX_RATIO * size))
                copy.write(data)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(target)
        raise
    keep(target)
    if len(_kept) >= MAX_KEPT:
        oldest = next(iter(_kept))
        forget(_kept.pop(oldest).path)
    _kept[known] = Unpacked(target, cut)
    return _kept[known]


MAX_KEPT = 4
"""Unpacked files kept at a time: a folder of a thousand archives must not fill the disk."""
_kept: dict[tuple[str, ...], Unpacked] = {}
