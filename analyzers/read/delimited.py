"""CSV, TSV and the like."""

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice

from ..errors import EmptyInputError, UsageError
from .delimiter import DELIMITERS, Dialect, find_header, name_columns, second_header, sniff_dialect
from .fallen import find_joiner
from .lines import Lines
from .model import ReadOptions, TableInfo
from .sample import choose_encoding, read_sample, sample_lines
from .table import SAMPLE_ROWS, NumberedRow, Table

FEW_LINES = 20
"""Records of more lines than this are checked for a quote that was never closed."""
MAX_MENDED = 100
_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
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
        raise EmptyInputError("read.empty", path=source)
    header = find_header([cells for _, cells in records])
    header_number = 0
    names: list[str] | None = None
    if header is not None:
        header_number, names = records[header]
        if header:
            info.note("title_rows", count=header)
        if both := second_header([cells for _, cells in records], header):
            header_number, names = records[header + 1][0], both
    data = [cells for number, cells in records if number > header_number]
    if not data:
        raise EmptyInputError("read.header_only", path=source, columns=names)
    joiner = find_joiner(names, data, dialect.delimiter)
    if joiner is not None:
        data = [joiner(cells) for cells in data]
    width = max(len(names or ()), _common_width(data))
    info.columns = name_columns(names, width)
    info.header_row = header_number or None
    info.delimiter = dialect.delimiter
    info.format = "tsv" if dialect.delimiter == "\t" else "csv"
    _note_names(info, names)
    stream = _Stream(path, encoding, dialect, header_number, marked=marked is not None)
    stream.names = len(names or ())
    if any(map(_FORMULA.fullmatch, chain.from_iterable(data))):
        return Table(
            info,
            [_plain(cells) for cells in data[:SAMPLE_ROWS]],
            lambda: _plain_rows(stream),
            lambda: stream.finish(info),
        )
    if joiner is None:
        return Table(info, data[:SAMPLE_ROWS], stream.rows, lambda: stream.finish(info))

    def finish() -> None:
        stream.finish(info)
        joiner.note_into(info)

    return Table(info, data[:SAMPLE_ROWS], lambda: joiner.over(stream.rows()), finish)


def _plain(cells: list[str]) -> list[str]:
    """Cells that are formulas of one text, so that Excel keeps its zeros, as that text."""
    return [found[1].replace('""', '"') if (found := _FORMULA.fullmatch(cell)) else cell for cell in cells]


def _plain_rows(stream: "_Stream") -> Iterator[NumberedRow]:
    for number, cells in stream.rows():
        yield number, _plain(cells) if isinstance(cells, list) else cells


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
        self._unclosed: list[int] = []
        self._width = 0
        self.names = 0
        """Columns that the header names."""
        self._others = 0

    def rows(self) -> Iterator[NumberedRow]:
        self._unclosed = []
        self._others = 0
        names = self.names if self.names > 2 else 0
        with open(self._path, "rb") as stream:
            lines = self._lines = Lines(stream, self._encoding)
            source = _Source(lines)
            if self._marked:
                next(iter(source), None)
            kept = source.kept
            number = 0
            start = self._header_number
            while True:
                kept.clear()
                try:
                    # a new reader after each mending: it takes the lines given back first
                    for record in self._dialect.parse(source):
                        number += 1
                        if len(kept) > FEW_LINES and self._is_unclosed(kept, record):
                            yield number, self._part(source, number)
                            break
                        found = self._otherwise(kept) if len(record) < names and number > start else None
                        kept.clear()
                        if number <= start or not record:
                            continue
                        if lines.cut:
                            lines.cut = False
                            yield number, "too_long"
                        elif found is not None:
                            yield number, found
                        else:
                            self._width = len(record)
                            yield number, record
                    else:
                        return
                except csv.Error:  # the cell limit: one cell of more than 16 MB
                    number += 1
                    lines.cut = False
                    mended = len(kept) > FEW_LINES and self._is_unclosed(kept, None)
                    yield number, self._part(source, number) if mended else "too_long"

    def _is_unclosed(self, kept: list[str], record: list[str] | None) -> bool:
        """Tell whether the lines of one record look like records themselves: a quote was opened and never closed."""
        delimiter = self._dialect.delimiter
        if not delimiter or len(self._unclosed) >= MAX_MENDED or (record is not None and len(record) > self._width > 0):
            return False
        width = max(self._width, 2)
        needed = FEW_LINES if width > 3 else 10 * FEW_LINES  # a line of a letter may well hold one comma or two
        if len(kept) <= needed:
            return False
        inner = kept[1 : 10 * FEW_LINES]
        return sum(line.count(delimiter) == width - 1 for line in inner) > 0.8 * len(inner)

    def _part(self, source: "_Source", number: int) -> list[str]:
        """Return the first line of a swollen record as a row of its own and give the other lines back."""
        first, *others = source.kept
        source.pending.extend(reversed(others))
        self._unclosed.append(number)
        return next(iter(Dialect(self._dialect.delimiter, quoted=False).parse([first.rstrip("\r\n")])), [""])

    def _otherwise(self, kept: list[str]) -> list[str] | None:
        """A record of another delimiter: two exports were put one under the other."""
        if len(kept) > FEW_LINES:
            return None
        for delimiter in DELIMITERS[:3]:
            # a comma with a blank behind it is a sentence's
            tight = sum(line.count(delimiter) - line.count(f"{delimiter} ") for line in kept)
            if delimiter != self._dialect.delimiter and tight >= self.names - 1:
                found = list(islice(Dialect(delimiter).parse(kept), 2))
                if len(found) == 1 and len(found[0]) == self.names:
                    self._others += 1
                    return found[0]
        return None

    def finish(self, info: TableInfo) -> None:
        if self._others:
            info.note("other_delimiter", count=self._others)
        if self._unclosed:
            info.note("unclosed_quote", count=len(self._unclosed), row=self._unclosed[0])
        if self._lines is not None:
            self._lines.note_into(info)


class _Source:
    """Lines for csv.reader that remember what the record being read is made of, and can take lines back."""

    def __init__(self, lines: Lines) -> None:
        self.kept: list[str] = []
        self.pending: list[str] = []
        self._lines = iter(lines)

    def __iter__(self) -> Iterator[str]:
        keep, pending = self.kept.append, self.pending
        while pending:
            line = pending.pop()
            keep(line)
            yield line
        for line in self._lines:
            keep(line)
            yield line
