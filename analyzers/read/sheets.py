"""Tables of cells with a header somewhere near the top: the sheet with the texts, the header, merged cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..errors import EmptyInputError, UsageError
from .delimiter import find_header, name_columns, second_header
from .model import ReadOptions, TableInfo
from .profile import profile
from .table import SAMPLE_ROWS, NumberedRow, Table

MAX_FILLED = 60
"""A merged cell of at most so many characters is repeated in the rows it covers; a longer one is one text."""
MAX_COLUMNS = 4000

NumberedCells = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """One table of a file: `rows()` streams (row as Excel shows it, cells) from the beginning each time."""

    name: str
    rows: Callable[[], Iterator[NumberedCells]]
    height: int = 0
    """Rows, where known: of two sheets with texts the longer one is taken."""


def read_sheets(
    info: TableInfo, sheets: Sequence[Sheet], options: ReadOptions, finish: Callable[[], None] = lambda: None
) -> Table:
    """Return the table of the sheet with the texts, or of the one that the options name.

    Raises
    ------
    EmptyInputError
        ``read.empty`` or ``read.header_only``.
    UsageError
        ``read.no_sheet``.
    """
    sheet, records = choose_sheet(info.source, sheets, options)
    info.sheet = sheet.name or None
    if len(sheets) > 1:
        info.note("sheets", chosen=sheet.name, others=[other.name for other in sheets if other.name != sheet.name])
    if not records:
        raise EmptyInputError("read.empty", path=info.source)
    if len(sheets) > 1 and (alike := _alike(sheet, records, sheets)):
        info.note("sheets_alike", sheets=alike)
    header = find_header([cells for _, cells in records])
    header_number, columns = records[header] if header is not None else (0, None)
    if header:
        info.note("title_rows", count=header)
    if header is not None and (both := second_header([cells for _, cells in records], header)):
        header_number, columns = records[header + 1][0], both
    data = [cells for number, cells in records if number > header_number]
    if not data:
        raise EmptyInputError("read.header_only", path=info.source, columns=columns)
    width = max(len(cells) for _, cells in records)
    while width > 1 and not any(len(cells) >= width and cells[width - 1].strip() for _, cells in records):
        width -= 1  # formatted but empty columns at the right
    info.columns = name_columns(columns, width)
    info.header_row = header_number or None
    note_names(info, columns)
    return Table(info, data[:SAMPLE_ROWS], lambda: _rows(sheet, header_number, width), finish)


def _alike(chosen: Sheet, records: Sequence[NumberedCells], sheets: Sequence[Sheet]) -> list[str]:
    """Other sheets with the same header, a month each: rows and ids may repeat, so they are told, not joined."""
    own = [cells for _, cells in records]
    header = find_header(own)
    if header is None:
        return []
    names = [name.strip() for name in own[header] if name.strip()]
    return [
        sheet.name for sheet in sheets
        if sheet.name != chosen.name
        and any([name.strip() for name in cells if name.strip()] == names for _, cells in islice(sheet.rows(), 20))
    ]  # fmt: skip


def note_names(info: TableInfo, names: Sequence[str] | None) -> None:
    """Tell of a table without a header, or with the same name twice."""
    if names is None:
        info.note("no_header", columns=len(info.columns))
        return
    plain = [" ".join(name.split()) for name in names]
    repeated = sorted({name for name in plain if name and plain.count(name) > 1})
    if repeated:
        info.note("duplicate_headers", columns=repeated)


def choose_sheet(source: str, sheets: Sequence[Sheet], options: ReadOptions) -> tuple[Sheet, list[NumberedCells]]:
    """Return the sheet asked for, else the one with the most prose in its columns, and its first filled rows."""
    if options.sheet:
        wanted = sheets[0].name if len(sheets) == 1 and sheets[0].name else options.sheet
        name = pick_name(source, [sheet.name for sheet in sheets], wanted)
        sheets = [next(sheet for sheet in sheets if sheet.name == name)]
    best: tuple[float, Sheet, list[NumberedCells]] | None = None
    for sheet in sheets:
        records = list(islice((row for row in sheet.rows() if any(map(str.strip, row[1]))), SAMPLE_ROWS + 20))
        height = sheet.height or len(records)
        weight = _prose(records) * min(height, 100_000) ** 0.5 if len(sheets) > 1 else 1.0
        if best is None or weight > best[0]:
            best = weight, sheet, records
    if best is None:
        raise EmptyInputError("read.empty", path=source)
    return best[1:]


def pick_name(source: str, names: Sequence[str], wanted: str) -> str:
    """Return the sheet name meant by `--sheet`: a name, or a number from 1.

    Raises
    ------
    UsageError
        ``read.no_sheet``.
    """
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    if wanted.isascii() and wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise UsageError("read.no_sheet", path=source, wanted=wanted, sheets=list(names))


def _prose(records: Sequence[NumberedCells]) -> float:
    """Words a row in the wordiest column of the sample."""
    width = max((len(cells) for _, cells in records), default=0)
    best = 0.0
    for i in range(width):
        cells = profile([cells[i] if i < len(cells) else "" for _, cells in records[:60]])
        if cells.is_prose:
            best = max(best, min(cells.mean_words, 30.0) * cells.filled * cells.distinct)
    return best + 0.01 * bool(records)


def _rows(sheet: Sheet, header_number: int, width: int) -> Iterator[NumberedRow]:
    for number, cells in sheet.rows():
        if number > header_number:
            yield number, cells if len(cells) <= width else cells[:width]


class Spans:
    """Cells that reach over several rows and columns: where they stand, and what they leave for the rows below."""

    def __init__(self) -> None:
        self._below: dict[int, tuple[int, str]] = {}

    def lay(self, cells: Sequence[tuple[str, int, int, int | None]]) -> list[str]:
        """Return a row from its cells, each (text, columns, rows, column it must stand in or None)."""
        row: list[str] = []
        new: dict[int, tuple[int, str]] = {}
        for text, across, down, column in cells:
            if column is not None:
                self._fill(row, column)
            self._take_below(row)
            if len(row) >= MAX_COLUMNS:
                break
            for place in range(min(across, MAX_COLUMNS - len(row))):
                if down > 1:
                    shown = text if not place and len(text) <= MAX_FILLED else ""
                    new[len(row)] = (down - 1, shown)
                row.append("" if place else text)
        if self._below:
            self._fill(row, max(self._below) + 1)
        self._below = {place: (left - 1, text) for place, (left, text) in self._below.items() if left > 1} | new
        return row

    def _take_below(self, row: list[str]) -> None:
        while len(row) in self._below and len(row) < MAX_COLUMNS:
            row.append(self._below[len(row)][1])

    def _fill(self, row: list[str], width: int) -> None:
        while len(row) < min(width, MAX_COLUMNS):
            row.append(self._below[len(row)][1] if len(row) in self._below else "")
