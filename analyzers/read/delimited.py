"""CSV, TSV and the like."""

import csv
from collections.abc import Iterator

from ..errors import InputError, UsageError
from .delimiter import Dialect, find_header, name_columns, sniff_dialect
from .lines import Lines
from .model import ReadOptions, TableInfo
from .sample import choose_encoding, read_sample, sample_lines
from .table import SAMPLE_ROWS, NumberedRow, Table

_NAMES = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ",", "pipe": "|", "space": " "}


def read_delimited(path: str, source: str, options: ReadOptions) -> Table:
    """Open a delimited text file."""
    info = TableInfo(source, "csv")
    sample, complete = read_sample(path)
    encoding = choose_encoding(sample, options, info, complete=complete)
    lines, complete = sample_lines(path, encoding)
    marked = _sep_line(lines)
    dialect = _dialect(lines[1:] if marked else lines, marked, options, complete=complete)
    records = _sample_records(dialect, lines[1:] if marked else lines, complete=complete)
    if not records:
        raise InputError("read.empty", path=source)
    header = find_header([cells for _, cells in records])
    header_number = 0
    names: list[str] | None = None
    if header is not None:
        header_number, names = records[header]
        if header:
            info.note("title_rows", count=header)
    data = [cells for number, cells in records if number > header_number]
    if not data:
        raise InputError("read.header_only", path=source, columns=names)
    width = max(len(names or ()), _common_width(data))
    info.columns = name_columns(names, width)
    info.header_row = header_number or None
    info.delimiter = dialect.delimiter
    info.format = "tsv" if dialect.delimiter == "\t" else "csv"
    _note_names(info, names)
    stream = _Stream(path, encoding, dialect, header_number, marked=marked is not None)
    return Table(info, data[:SAMPLE_ROWS], stream.rows, lambda: stream.finish(info))


def _sep_line(lines: list[str]) -> str | None:
    """Excel's own first line `sep=;`: it names the delimiter and is not shown as a row."""
    head = lines[0].lstrip("\ufeff").strip("\r\n").strip('"') if lines else ""
    return head[4:5] if len(head) in (4, 5) and head.lower().startswith("sep=") else None


def _dialect(lines: list[str], marked: str | None, options: ReadOptions, *, complete: bool) -> Dialect:
    delimiter = options.delimiter
    if delimiter:
        delimiter = _NAMES.get(delimiter.lower(), delimiter)
        if len(delimiter) != 1 or delimiter in '\r\n"':
            raise UsageError("read.bad_delimiter", delimiter=options.delimiter)
        return Dialect(delimiter)
    if marked is not None:
        return Dialect(marked or "\t")
    return sniff_dialect(lines, complete=complete)


def _sample_records(dialect: Dialect, lines: list[str], *, complete: bool) -> list[tuple[int, list[str]]]:
    records: list[tuple[int, list[str]]] = []
    try:
        for number, record in enumerate(dialect.parse(lines), 1):
            if any(cell.strip() for cell in record):
                records.append((number, record))
            if len(records) > SAMPLE_ROWS + 20:
                return records
    except csv.Error:
        return records
    if not complete and len(records) > 1:
        records.pop()  # may be cut
    return records


def _common_width(rows: list[list[str]]) -> int:
    widths = sorted(map(len, rows))
    return widths[int(0.9 * (len(widths) - 1))]


def _note_names(info: TableInfo, names: list[str] | None) -> None:
    if names is None:
        info.note("no_header", columns=len(info.columns))
        return
    plain = [" ".join(name.split()) for name in names]
    repeated = sorted({name for name in plain if name and plain.count(name) > 1})
    if repeated:
        info.note("duplicate_headers", columns=repeated)


class _Stream:
    """The rows of a delimited file; counts what it had to mend."""

    def __init__(self, path: str, encoding: str, dialect: Dialect, header_number: int, *, marked: bool) -> None:
        self._path = path
        self._encoding = encoding
        self._dialect = dialect
        self._header_number = header_number
        self._marked = marked
        self._lines: Lines | None = None

    def rows(self) -> Iterator[NumberedRow]:
        with open(self._path, "rb") as stream:
            lines = self._lines = Lines(stream, self._encoding)
            source = iter(lines)
            if self._marked:
                next(source, None)
            reader = self._dialect.parse(source)
            number = 0
            start = self._header_number
            while True:
                try:
                    for record in reader:
                        number += 1
                        if number <= start or not record:
                            continue
                        if lines.cut:
                            lines.cut = False
                            yield number, "too_long"
                            continue
                        yield number, record
                    return
                except csv.Error:  # the cell limit: one cell of more than 16 MB
                    number += 1
                    lines.cut = False
                    yield number, "too_long"

    def finish(self, info: TableInfo) -> None:
        if self._lines is not None:
            self._lines.note_into(info)
