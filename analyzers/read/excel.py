"""Workbooks: XLSX, XLSM, XLSB, XLS and ODS, through calamine."""

import datetime as dt
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from ..errors import InputError
from .book_checks import check_area, check_content, check_ole
from .hidden import note_hidden
from .model import ReadOptions, TableInfo
from .packed import zip_bomb
from .sheets import MAX_FILLED, Sheet, pick_name, read_sheets
from .table import Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_UNPACKED = 1 << 30
"""A workbook that declares more bytes than this is not opened."""
FREE_SIZE = 1 << 28
MAX_RATIO = 60
"""Nor one of more than FREE_SIZE bytes that shrank so well: a table shrinks to a tenth, rarely to a twentieth."""
MAX_MERGED = 200_000


def check_zip(path: str, source: str) -> list[str]:
    """Return the names inside a zip file after checking what it would unpack to.

    Raises
    ------
    InputError
        ``read.zip_bomb`` or ``read.damaged``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("read.damaged", path=source, format="zip", detail=str(error)) from error
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    office = any(entry.filename.startswith(("xl/", "word/", "content.xml")) for entry in entries)
    limit = min(MAX_UNPACKED, max(FREE_SIZE, MAX_RATIO * packed))
    if office and size > limit:
        raise zip_bomb(source, size, limit)
    return [entry.filename for entry in entries]


def read_excel(path: str, source: str, options: ReadOptions) -> Table:
    """Open the sheet with the texts, or the one that the options name."""
    kind = _kind(path)
    if kind == "xls":
        check_ole(path, source)
    elif kind == "ods":
        check_content(path, source)
    hidden = check_area(path, source) if kind == "xlsx" else {}
    book = _open_book(path, source)
    names = [meta.name for meta in book.sheets_metadata if "work" in str(meta.typ).lower()] or list(book.sheet_names)
    if options.sheet:
        names = [pick_name(source, names, options.sheet)]
    sheets: list[Sheet] = []
    for name in names:
        with _told(source):
            sheet = book.get_sheet_by_name(name)
        sheets.append(Sheet(name, partial(_rows, sheet, _below(sheet), source), sheet.total_height))
    table = read_sheets(TableInfo(source, kind), sheets, options)
    unseen = [meta.name for meta in book.sheets_metadata if str(meta.visible).rpartition(".")[2] != "Visible"]
    note_hidden(table.info, unseen, hidden.get(table.info.sheet or ""))
    return table


def _kind(path: str) -> str:
    """What the workbook is called: xlsx, xlsb, xls or ods."""
    with open(path, "rb") as stream:
        if stream.read(2) != b"PK":  # is_zipfile would take an .xls with a zip at its end for one
            return "xls"
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if "content.xml" in names:
        return "ods"
    return "xlsb" if "xl/workbook.bin" in names else "xlsx"


def _open_book(path: str, source: str) -> "CalamineWorkbook":
    import python_calamine as calamine

    with _told(source):
        return calamine.CalamineWorkbook.from_path(path)  # pyright: ignore[reportUnknownMemberType]


@contextmanager
def _told(source: str) -> Generator[None]:
    """Turn calamine's errors into ours; it is Rust, whose panics are not even `Exception`."""
    import python_calamine as calamine

    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if isinstance(error, calamine.PasswordError) or "password" in str(error).lower():
            raise InputError("read.encrypted", path=source) from error
        if isinstance(error, (calamine.CalamineError, OSError, ValueError)) or type(error).__name__ == "PanicException":
            raise InputError("read.damaged", path=source, format="xlsx", detail=str(error)) from error
        raise


def _below(sheet: "CalamineSheet") -> dict[int, list[tuple[int, int, int]]]:
    """The merged cells that reach over several rows: {first row: [(last row, first column, last column)]}, from 0."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ())[:MAX_MERGED]:
        if bottom > top:
            found.setdefault(top, []).append((bottom, left, right))
    return found


def _rows(
    sheet: "CalamineSheet", below: dict[int, list[tuple[int, int, int]]], source: str
) -> Iterator[tuple[int, list[str]]]:
    """Rows with Excel's numbers (iter_rows gives the empty rows at the top as well), merged cells filled downwards."""
    if sheet.start is None:
        return
    open_spans: list[tuple[int, int, str]] = []
    iterator = iter(sheet.iter_rows())
    number = 0
    while True:
        with _told(source):
            row = next(iterator, None)
        if row is None:
            return
        cells = [cell if type(cell) is str else _text(cell) for cell in row]
        if open_spans:
            for _, left, text in open_spans:
                if left < len(cells) and not cells[left]:
                    cells[left] = text
            open_spans = [span for span in open_spans if span[0] > number]
        for bottom, left, _ in below.get(number, ()):
            if left < len(cells) and 0 < len(cells[left]) <= MAX_FILLED:
                open_spans.append((bottom, left, cells[left]))
        number += 1
        yield number, cells


def _text(cell: object) -> str:
    """Return a cell as a CSV export would write it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.replace(microsecond=0).isoformat()
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return "" if cell is None else str(cell)
