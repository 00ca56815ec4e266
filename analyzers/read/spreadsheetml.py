"""Excel 2003's XML workbooks (SpreadsheetML), which accounting systems save as .xls or .xml."""

from collections.abc import Iterator
from functools import partial

from .lines import Lines
from .markup import Token, scan
from .model import ReadOptions, TableInfo
from .sample import choose_encoding, read_sample
from .sheets import NumberedCells, Sheet, Spans, read_sheets
from .table import Table

MAX_SHEETS = 200
_LAST_ROW = 1 << 20


def read_spreadsheetml(path: str, source: str, options: ReadOptions) -> Table:
    """Open the sheet with the texts, or the one that the options name."""
    info = TableInfo(source, "spreadsheetml")
    sample, complete = read_sample(path)
    stream = _Stream(path, choose_encoding(sample, options, info, complete=complete))
    sheets = [
        Sheet(name, partial(stream.rows, number), height)
        for number, (name, height) in enumerate(stream.names()[:MAX_SHEETS], 1)
    ]
    return read_sheets(info, sheets, options, lambda: stream.finish(info))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Stream:
    def __init__(self, path: str, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self._lines: Lines | None = None

    def tokens(self) -> Iterator[Token]:
        with open(self._path, "rb") as stream:
            self._lines = Lines(stream, self._encoding)
            for token in scan(self._lines.blocks(), xml=True):
                yield token._replace(name=_local(token.name))

    def names(self) -> list[tuple[str, int]]:
        """The sheets with their numbers of rows."""
        names: list[str] = []
        heights: list[int] = []
        for token in self.tokens():
            if token.kind == "start" and token.name == "Worksheet":
                names.append(token.attributes().get("name") or str(len(names) + 1))
                heights.append(0)
            elif token.kind == "start" and token.name == "Row" and heights:
                heights[-1] += 1
        return list(zip(names, heights, strict=True))

    def rows(self, wanted: int) -> Iterator[NumberedCells]:
        """The rows of sheet number `wanted`."""
        seen = number = 0
        spans = Spans()
        cells: list[tuple[str, int, int, int | None]] = []
        pieces: list[str] | None = None
        across = down = 1
        column: int | None = None
        for token in self.tokens():
            kind, name = token.kind, token.name
            if name == "Worksheet":
                if kind == "start":
                    seen += 1
                elif seen == wanted:
                    return
            elif seen != wanted:
                continue
            elif kind == "text":
                if pieces is not None:
                    pieces.append(token.text)
            elif name == "Row":
                if kind == "start":
                    index = _number(token.attributes().get("index"), number + 1)
                    while number + 1 < index <= _LAST_ROW:
                        number += 1
                        yield number, spans.lay([])
                    number, cells = number + 1, []
                else:
                    yield number, spans.lay(cells)
                    cells = []
            elif name == "Cell":
                if kind == "start":
                    given = token.attributes()
                    index = _number(given.get("index"), 0)
                    across, down = _number(given.get("mergeacross"), 0) + 1, _number(given.get("mergedown"), 0) + 1
                    column = index - 1 if index else None
                    cells.append(("", across, down, column))
            elif name == "Data":
                if kind == "start":
                    pieces = []
                elif pieces is not None and cells:
                    cells[-1] = ("".join(pieces), across, down, column)
                    pieces = None

    def finish(self, info: TableInfo) -> None:
        if self._lines is not None:
            self._lines.note_into(info)


def _number(value: str | None, default: int) -> int:
    digits = (value or "").strip()[:7]
    return int(digits) if digits.isascii() and digits.isdecimal() else default
