"""Tables of fixed width: reports printed into .txt and Excel's .prn, whose columns stand below each other in blanks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..errors import EmptyInputError
from .headers import is_known
from .lines import Lines
from .model import MAX_CELL, ReadOptions, TableInfo
from .sample import choose_encoding, read_sample, sample_lines
from .sheets import note_names
from .table import SAMPLE_ROWS, NumberedRow, Table

HEADER_LINES = 12
MIN_ROWS = 2
MAX_WIDTH = 4000
LEAST = 0.15
"""Share of the lines that must fill more than one column."""
STRAY = 0.03
"""Share of the lines that may have a character between two columns: totals, page numbers."""

_NAME = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_RULE = re.compile(r"[\s=_+|-]*[=_-]{3,}[\s=_+|-]*")
_OTHERS = frozenset(";\t|^~")


@dataclass(frozen=True)
class Layout:
    """Line of the header (from 0), names, and where each column starts."""

    header: int
    names: tuple[str, ...]
    starts: tuple[int, ...]

    def cells(self, line: str) -> list[str]:
        """Cut a line at the starts."""
        stops = (*self.starts[1:], None)
        return [line[start:stop].strip() for start, stop in zip(self.starts, stops, strict=True)]


def find_layout(lines: Sequence[str]) -> Layout | None:
    """Return how the lines fall into columns; None where they do not.

    The names of a header stand at least two blanks apart, two of them are usual ones, and between any two names there
    is a place that is blank in the lines below.

    >>> find_layout(["Номер  Дата        Текст", "1      01.03.2026  Хамят", "2      02.03.2026  Ждал час"]).starts
    (0, 7, 19)
    """
    plain = [line.rstrip("\r\n").expandtabs() if "\t" in line else line.rstrip("\r\n") for line in lines]
    for at, line in enumerate(plain[:HEADER_LINES]):
        names = list(_NAME.finditer(line.replace("\ufeff", " ")))
        if len(names) < 2 or _OTHERS & set(lines[at]) or any(name[0].endswith(",") for name in names):
            continue
        if sum(is_known(name[0]) for name in names) < 2:
            continue
        below = [row for row in plain[at + 1 :] if row.strip() and not _RULE.fullmatch(row)]
        if len(below) < MIN_ROWS:
            return None
        starts = _starts(names, below)
        if starts is not None:
            return Layout(at, tuple(name[0].strip() for name in names), starts)
    return None


def _starts(names: Sequence[re.Match[str]], rows: Sequence[str]) -> tuple[int, ...] | None:
    allowed = int(STRAY * len(rows))
    stop = min(max(names[-1].end(), names[-1].start() + 1), MAX_WIDTH)
    taken = [0] * stop
    for row in rows:
        for place, char in enumerate(row[:stop]):
            taken[place] += not char.isspace()
    starts = [0]
    for left, right in pairwise(names):
        gap = [i for i in range(left.end(), right.start()) if taken[i] <= allowed]
        if not gap or right.start() > MAX_WIDTH:
            return None
        starts.append(_end_of_gap(gap))
    filled = sum(sum(bool(row[start:end].strip()) for start, end in _spans(starts)) > 1 for row in rows)
    # wrapped texts go on in lines that fill one column alone
    return tuple(starts) if filled >= max(MIN_ROWS, LEAST * len(rows)) else None


def _end_of_gap(places: Sequence[int]) -> int:
    """Return where the next column begins, behind the blank places between two names.

    That is the end of the last run of two blanks or more; a single one may part the thousands of a figure that begins
    before its name.
    """
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    wide = [run for run in runs if len(run) > 1]
    return (wide or runs)[-1][-1] + 1


def _spans(starts: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    return zip(starts, (*starts[1:], None), strict=True)


def read_fixed(path: str, source: str, options: ReadOptions) -> Table:
    """Open a table of fixed width; rows are numbered by their first line.

    Raises
    ------
    EmptyInputError
        ``read.header_only``.
    """
    info = TableInfo(source, "fixed")
    sample, complete = read_sample(path)
    encoding = choose_encoding(sample, options, info, complete=complete)
    layout = find_layout(sample_lines(path, encoding)[0])
    if layout is None:
        raise EmptyInputError("read.empty", path=source)
    info.columns = list(dict.fromkeys(layout.names))
    if len(info.columns) < len(layout.names):
        info.columns = [f"{name} ({i})" if name in layout.names[:i] else name for i, name in enumerate(layout.names)]
    info.header_row = layout.header + 1
    if layout.header:
        info.note("title_rows", count=layout.header)
    note_names(info, layout.names)
    info.note("fixed_width", columns=[start + 1 for start in layout.starts])
    opened: list[Lines] = []

    def rows() -> Iterator[NumberedRow]:
        with open(path, "rb") as stream:
            opened[:] = [Lines(stream, encoding)]
            yield from _rows(opened[0], layout)

    def finish() -> None:
        for read in opened:
            read.note_into(info)

    data: list[list[str]] = []
    for _, cells in rows():
        if isinstance(cells, list):
            data.append(cells)
        if len(data) == SAMPLE_ROWS:
            break
    if not data:
        raise EmptyInputError("read.header_only", path=source, columns=info.columns)
    return Table(info, data, rows, finish)


def _rows(lines: Iterator[str] | Lines, layout: Layout) -> Iterator[NumberedRow]:
    """Rows below the header; a line that fills one cell alone, and not the first column, goes on from the row above."""
    number, kept, size = 0, [""] * len(layout.names), 0
    for at, raw in enumerate(lines):
        line = raw.rstrip("\r\n").expandtabs() if "\t" in raw else raw.rstrip("\r\n")
        if at <= layout.header or not line.strip() or _RULE.fullmatch(line):
            continue
        cells = layout.cells(line)
        filled = [i for i, cell in enumerate(cells) if cell]
        if number and len(filled) == 1 and filled[0] and kept[filled[0]]:
            if size <= MAX_CELL:
                kept[filled[0]] += " " + cells[filled[0]]
                size += len(line)
            continue
        if tuple(cells) == layout.names:
            continue  # the header of the next page
        if number:
            yield number, kept
        number, kept, size = at + 1, cells, len(line)
    if number:
        yield number, kept
