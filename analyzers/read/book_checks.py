"""Checks of a workbook before the Rust library opens it: what makes that library take all memory cannot be caught.

A loop in the sectors of an old .xls, and two cells at the far corners of a sheet (it keeps sheets as full rectangles),
end the whole process; both are found here by reading the container alone.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from ..errors import InputError
from .hidden import Hidden, sheet_parts

MAX_CELLS = 60_000_000
"""Cells of the rectangle around the filled ones, in one sheet: about 1.5 GB."""

MAX_BOOK = 1 << 22
"""Bytes read of the list of sheets."""

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_END = 0xFFFFFFFA
_CELL_COLUMN = re.compile(rb'<(?:\w+:)?c [^>]{0,40}?r="([A-Za-z]{1,3})\d')
_ROW = re.compile(rb'<(?:\w+:)?(?:c [^>]{0,40}?r="[A-Za-z]{1,3}|row [^>]{0,80}?r=")(\d{1,9})"')


def check_ole(path: str, source: str) -> None:
    """Walk the sector chains of an old Office file.

    Raises
    ------
    InputError
        ``read.damaged`` for a chain that runs in a circle or out of the file.
    """
    with open(path, "rb") as stream:
        data = stream.read()
    try:
        sound = _is_sound(data)
    except (struct.error, IndexError):
        sound = False
    if not sound:
        raise InputError("read.damaged", path=source, format="xls", detail="sectors")


def _is_sound(data: bytes) -> bool:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in (9, 12) or mini_shift != 6:
        return False
    size = 1 << shift
    n_sectors = (len(data) + size - 1) // size
    n_fat, first_directory = struct.unpack_from("<II", data, 44)
    first_mini, n_mini, first_difat, n_difat = struct.unpack_from("<IIII", data, 60)
    if max(n_fat, n_mini, n_difat) > n_sectors:
        return False
    places = list(struct.unpack_from("<109I", data, 76))
    sector = first_difat
    for _ in range(n_difat):
        if sector >= n_sectors:
            return False
        *more, sector = struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
        places += more
    fat: list[int] = []
    for place in [place for place in places if place < _END][:n_fat]:
        if place >= n_sectors:
            return False
        fat += struct.unpack_from(f"<{size // 4}I", data[(place + 1) * size :][:size].ljust(size, b"\xff"))
    directory = _chain(first_directory, fat, n_sectors)
    mini = _chain(first_mini, fat, n_sectors) if n_mini else []
    if not directory or mini is None:
        return False
    for sector in directory:
        for entry in range((sector + 1) * size, (sector + 2) * size, 128):
            kind, start, length = data[entry + 66], *struct.unpack_from("<II", data, entry + 116)
            if kind not in (2, 5) or not length:
                continue
            in_fat = length >= 4096 or kind == 5  # shorter streams lie in the mini sectors
            if length > len(data) or (in_fat and _chain(start, fat, n_sectors) is None):
                return False
    return _has_no_circle(
        [s for sector in mini for s in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)]
    )


def _chain(start: int, fat: list[int], n_sectors: int) -> list[int] | None:
    """The sectors of a stream, or None where the chain is broken."""
    chain: list[int] = []
    while start < _END:
        if start >= n_sectors or start >= len(fat) or len(chain) > n_sectors:
            return None
        chain.append(start)
        start = fat[start]
    return chain


def _has_no_circle(links: list[int]) -> bool:
    """Whether no chain of a table comes back to itself: no sector has two before it, and each chain has an end."""
    targets = [link for link in links if link < _END]
    if len(targets) != len(set(targets)) or any(link >= len(links) for link in targets):
        return False
    reached = 0
    for start in set(range(len(links))) - set(targets):
        while start < _END:
            reached += 1
            start = links[start]
    return reached == len(links)


def check_area(path: str, source: str) -> dict[str, Hidden]:
    """Measure the rectangle around the cells of each sheet of an XLSX file; return what each of them hides, by name.

    Raises
    ------
    InputError
        ``read.sheet_area`` where a sheet would fill the memory.
    """
    found: dict[str, Hidden] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    hidden = found[entry.filename] = Hidden()
                    with archive.open(entry) as stream:
                        cells = _area(iter(lambda: stream.read(1 << 20), b""), hidden)
                    if cells > MAX_CELLS:
                        raise InputError("read.sheet_area", path=source, cells=cells, limit=MAX_CELLS)
            if not {_BOOK, _RELATIONS} <= names:
                return {}
            with archive.open(_BOOK) as book, archive.open(_RELATIONS) as relations:
                parts = sheet_parts(book.read(MAX_BOOK), relations.read(MAX_BOOK))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError("read.damaged", path=source, format="xlsx", detail=str(error)) from error
    return {name: found[part] for name, part in parts.items() if part in found}


def check_content(path: str, source: str) -> None:
    """Walk the content of an ODS file: over tags that do not match the library reads for ever.

    Raises
    ------
    InputError
        ``read.damaged``.
    """
    parser = expat.ParserCreate()
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            while block := stream.read(1 << 20):
                parser.Parse(block, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError("read.damaged", path=source, format="ods", detail=str(error)) from error


def _area(blocks: Iterator[bytes], hidden: Hidden) -> int:
    columns: set[bytes] = set()
    low, high = 1 << 30, 0
    tail = b""
    for block in blocks:
        data = tail + block
        hidden.look(data)
        columns.update(_CELL_COLUMN.findall(data))
        rows = set(_ROW.findall(data))
        if rows:
            numbers = list(map(int, rows))
            low, high = min(low, *numbers), max(high, *numbers)
        tail = data[-800:]
    width = max(map(_column, columns), default=0)
    return width * (high - low + 1) if high else 0


def _column(name: bytes) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number
