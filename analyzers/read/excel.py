"""Workbooks: XLSX, XLSM, XLSB, XLS and ODS, through calamine."""

import datetime as dt
import zipfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import EmptyInputError, InputError, UsageError
from .delimiter import find_header, name_columns
from .model import ReadOptions, TableInfo
from .profile import profile
from .table import SAMPLE_ROWS, NumberedRow, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_UNPACKED = 1 << 30
"""A workbook that declares more bytes than this is not opened."""


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
    if size > MAX_UNPACKED:
        raise InputError("read.zip_bomb", path=source, size=size, limit=MAX_UNPACKED)
    return [entry.filename for entry in entries]


def read_excel(path: str, source: str, options: ReadOptions) -> Table:
    """Open the sheet with the texts, or the one that the options name."""
    book = _open_book(path, source)
    names = [meta.name for meta in book.sheets_metadata if "work" in str(meta.typ).lower()] or list(book.sheet_names)
    chosen, sheet, records = _choose_sheet(book, names, source, options)
    info = TableInfo(source, "xlsx", sheet=chosen)
    if len(names) > 1:
        info.note("sheets", chosen=chosen, others=[name for name in names if name != chosen])
    if not records:
        raise EmptyInputError("read.empty", path=source)
    header = find_header([cells for _, cells in records])
    header_number = 0
    columns: list[str] | None = None
    if header is not None:
        header_number, columns = records[header]
        if header:
            info.note("title_rows", count=header)
    data = [cells for number, cells in records if number > header_number]
    if not data:
        raise EmptyInputError("read.header_only", path=source, columns=columns)
    width = max(len(cells) for _, cells in records)
    while width > 1 and not any(len(cells) >= width and cells[width - 1].strip() for _, cells in records):
        width -= 1  # formatted but empty columns at the right
    info.columns = name_columns(columns, width)
    info.header_row = header_number or None
    if columns is None:
        info.note("no_header", columns=width)
    return Table(info, data[:SAMPLE_ROWS], lambda: _rows(sheet, header_number, width))


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


def _choose_sheet(
    book: "CalamineWorkbook", names: list[str], source: str, options: ReadOptions
) -> tuple[str, "CalamineSheet", list[tuple[int, list[str]]]]:
    """Return the sheet asked for, else the one with the most prose in its columns."""
    if options.sheet:
        wanted = options.sheet
        same = [name for name in names if name.strip().casefold() == wanted.strip().casefold()]
        if not same and wanted.isdecimal() and 1 <= int(wanted) <= len(names):
            same = [names[int(wanted) - 1]]
        if not same:
            raise UsageError("read.no_sheet", path=source, wanted=wanted, sheets=names)
        names = same
    best: tuple[float, str, CalamineSheet, list[tuple[int, list[str]]]] | None = None
    for name in names:
        with _told(source):
            sheet = book.get_sheet_by_name(name)
        records = _first_records(sheet)
        weight = _prose(records) * min(sheet.total_height, 100_000) ** 0.5 if len(names) > 1 else 1.0
        if best is None or weight > best[0]:
            best = weight, name, sheet, records
    if best is None:
        raise EmptyInputError("read.empty", path=source)
    return best[1:]


def _prose(records: Sequence[tuple[int, list[str]]]) -> float:
    """Words a row in the wordiest column of the sample."""
    width = max((len(cells) for _, cells in records), default=0)
    best = 0.0
    for i in range(width):
        cells = profile([cells[i] if i < len(cells) else "" for _, cells in records[:60]])
        if cells.is_prose:
            best = max(best, min(cells.mean_words, 30.0) * cells.filled * cells.distinct)
    return best + 0.01 * bool(records)


def _first_records(sheet: "CalamineSheet") -> list[tuple[int, list[str]]]:
    records: list[tuple[int, list[str]]] = []
    for number, row in _numbered(sheet):
        cells = [_text(cell) for cell in row]
        if any(cell.strip() for cell in cells):
            records.append((number, cells))
            if len(records) > SAMPLE_ROWS + 20:
                break
    return records


def _numbered(sheet: "CalamineSheet") -> Iterator[tuple[int, list[object]]]:
    """Rows with Excel's numbers: iter_rows gives the empty rows at the top as well."""
    if sheet.start is None:
        return
    yield from enumerate(sheet.iter_rows(), 1)  # pyright: ignore[reportReturnType]


def _rows(sheet: "CalamineSheet", header_number: int, width: int) -> Iterator[NumberedRow]:
    for number, row in _numbered(sheet):
        if number > header_number:
            cells = [cell if type(cell) is str else _text(cell) for cell in row]
            yield number, cells if len(cells) <= width else cells[:width]


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
