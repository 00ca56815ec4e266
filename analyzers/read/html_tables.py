"""HTML: the tables that sites and CRMs save as .xls, and pages that are one letter."""

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from .delimiter import find_header
from .headers import is_known
from .lines import Lines
from .markup import Token, scan
from .model import MAX_CELL, ReadOptions, TableInfo
from .plain import text_table
from .sample import choose_encoding, read_sample
from .sheets import NumberedCells, Sheet, Spans, read_sheets
from .table import SAMPLE_ROWS, Table
from .telegram import COLUMNS, is_telegram, message_rows

MAX_TABLES = 200
_BREAKS = frozenset(
    {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "hr"}
)
_HIDDEN = frozenset({"head", "script", "style", "title", "noscript", "template"})
_SPACE = re.compile(r"\s*\n\s*")


def read_html(path: str, source: str, options: ReadOptions) -> Table:
    """Open the table with the texts; a page without one is a letter."""
    info = TableInfo(source, "html")
    sample, complete = read_sample(path)
    encoding = choose_encoding(sample, options, info, complete=complete)
    stream = _Stream(path, encoding)
    if not options.split and is_telegram(stream.tokens()):
        return _chat(info, stream)
    heights = stream.count()
    sheets = [
        Sheet(str(number), partial(stream.rows, number), height)
        for number, height in list(enumerate(heights, 1))[:MAX_TABLES]
        if height > 1
    ]
    if not options.split and (sheets := [sheet for sheet in sheets if options.sheet or _is_data(sheet)]):
        table = read_sheets(info, sheets, options, lambda: stream.finish(info))
        if len(sheets) == 1:
            info.sheet = None
        return table
    return text_table(info, lambda: page_lines(stream.tokens()), options, lambda: stream.finish(info), whole=True)


def _chat(info: TableInfo, stream: "_Stream") -> Table:
    info.columns = list(COLUMNS)
    sample = [cells for _, cells in islice(message_rows(stream.tokens()), SAMPLE_ROWS) if isinstance(cells, list)]
    return Table(info, sample, lambda: message_rows(stream.tokens()), lambda: stream.finish(info))


def _is_data(sheet: Sheet) -> bool:
    """Tell a table of rows from one that only places things on a page."""
    rows = [cells for _, cells in islice(sheet.rows(), 30)]
    filled = sorted(sum(bool(cell.strip()) for cell in row) for row in rows)
    if not filled or not filled[len(filled) // 2]:
        return False
    header = find_header(rows)
    if header is not None and any(map(is_known, rows[header])):
        return len(rows) > header + 1
    return len(rows) > 2 and filled[len(filled) // 2] > 1


def page_lines(tokens: Iterator[Token]) -> Iterator[str]:
    """The visible text of a page, line by line."""
    hidden = ""
    pieces: list[str] = []
    for token in tokens:
        if hidden:
            if token.name in (hidden, "body"):
                hidden = ""
            continue
        if token.kind == "text":
            pieces.append(re.sub(r"\s+", " ", token.text))
            continue
        if token.kind == "start" and token.name in _HIDDEN:
            hidden = token.name
        if token.name in _BREAKS and pieces:
            line = "".join(pieces).strip()
            pieces = []
            yield line + "\n"
    if pieces:
        yield "".join(pieces).strip() + "\n"


def page_text(text: str) -> str:
    """The visible text of a small page held in memory."""
    return re.sub(r"\n{3,}", "\n\n", "".join(page_lines(scan(iter([text]))))).strip()


class _Stream:
    def __init__(self, path: str, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self._lines: Lines | None = None

    def tokens(self) -> Iterator[Token]:
        with open(self._path, "rb") as stream:
            self._lines = Lines(stream, self._encoding)
            yield from scan(self._lines.blocks())

    def count(self) -> list[int]:
        """How many rows each table of the page has."""
        heights: list[int] = []
        stack: list[int] = []
        for token in self.tokens():
            if token.kind == "start" and token.name == "table":
                stack.append(len(heights))
                heights.append(0)
            elif token.kind == "end" and token.name == "table" and stack:
                stack.pop()
            elif token.kind == "start" and token.name == "tr" and stack:
                heights[stack[-1]] += 1
        return heights

    def rows(self, wanted: int) -> Iterator[NumberedCells]:
        """The rows of the table that begins as number `wanted`; a table inside one of its cells is its text."""
        seen = depth = number = 0
        spans = Spans()
        cells: list[tuple[str, int, int, int | None]] = []
        cell: list[str] | None = None
        size = across = down = 0
        for token in self.tokens():
            kind, name = token.kind, token.name
            if name == "table":
                if kind == "start":
                    seen += 1
                    depth += bool(depth) or seen == wanted
                elif depth:
                    depth -= 1
                    if not depth:
                        break
                continue
            if not depth:
                continue
            if depth > 1 or kind == "text" or name not in ("tr", "td", "th"):
                if cell is not None and size <= 2 * MAX_CELL:
                    piece = re.sub(r"\s+", " ", token.text) if kind == "text" else "\n" if name in _BREAKS else ""
                    size += len(piece)
                    cell.append(piece)
                continue
            if cell is not None:
                cells.append((_cell(cell), across, down, None))
                cell = None
            if name == "tr":
                if cells:
                    number += 1
                    yield number, spans.lay(cells)
                    cells = []
            elif kind == "start":
                cell, size = [], 0
                attributes = token.attributes() if token.text else {}
                across, down = _count(attributes.get("colspan")), _count(attributes.get("rowspan"))
        if cell is not None:
            cells.append((_cell(cell), across, down, None))
        if cells:
            yield number + 1, spans.lay(cells)

    def finish(self, info: TableInfo) -> None:
        if self._lines is not None:
            self._lines.note_into(info)


def _cell(pieces: list[str]) -> str:
    return _SPACE.sub("\n", "".join(pieces)).strip()


def _count(value: str | None) -> int:
    digits = (value or "").strip()[:6]
    return min(max(1, int(digits)), 10_000) if digits.isascii() and digits.isdecimal() else 1
