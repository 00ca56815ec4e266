"""Word documents (.docx): a letter, or a table of complaints, out of the zip's own XML."""

import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import BinaryIO, cast

from ..errors import InputError
from .delimiter import find_header
from .headers import is_known
from .lines import Lines
from .markup import Token, scan
from .model import ReadOptions, TableInfo
from .plain import text_table
from .sheets import NumberedCells, Sheet, read_sheets
from .table import Table

MAX_TABLES = 50
DOCUMENT = "word/document.xml"


def read_docx(path: str, source: str, options: ReadOptions) -> Table:
    """Open a document: its table with a known header, else its paragraphs as one letter (or as `--split` says)."""
    info = TableInfo(source, "docx")
    stream = _Stream(path, source)
    n_tables = sum(token.kind == "start" and token.name == "tbl" for token in stream.tokens())
    sheets = [Sheet(str(number), partial(stream.rows, number)) for number in range(1, min(n_tables, MAX_TABLES) + 1)]
    sheets = [sheet for sheet in sheets if options.sheet or _is_data(sheet)]
    if sheets and not options.split:
        table = read_sheets(info, sheets, options)
        info.sheet = info.sheet if len(sheets) > 1 else None
        return table
    return text_table(info, lambda: _paragraphs(stream.tokens()), options, whole=True)


def _is_data(sheet: Sheet) -> bool:
    rows = [cells for _, cells in islice(sheet.rows(), 20)]
    header = find_header(rows)
    return header is not None and len(rows) > header + 1 and any(map(is_known, rows[header]))


def _text(token: Token) -> str:
    """What an empty element of a run stands for."""
    return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(token.name, "")


def _paragraphs(tokens: Iterator[Token]) -> Iterator[str]:
    pieces: list[str] = []
    inside = False
    for token in tokens:
        if token.kind == "text":
            if inside:
                pieces.append(token.text)
        elif token.name == "t":
            inside = token.kind == "start"
        elif token.kind == "start":
            pieces.append(_text(token))
        elif token.name == "p":
            yield from ("".join(pieces) + "\n").splitlines(keepends=True)
            pieces = []
    if any(pieces):
        yield "".join(pieces) + "\n"


class _Stream:
    def __init__(self, path: str, source: str) -> None:
        self._path = path
        self._source = source

    def tokens(self) -> Iterator[Token]:
        """The tokens of the document, without namespaces."""
        try:
            with zipfile.ZipFile(self._path) as archive, archive.open(DOCUMENT) as stream:
                for token in scan(Lines(cast("BinaryIO", stream), "utf-8").blocks(), xml=True):
                    yield token._replace(name=token.name.rpartition(":")[2])
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, NotImplementedError) as error:
            raise InputError("read.damaged", path=self._source, format="docx", detail=str(error)) from error

    def rows(self, wanted: int) -> Iterator[NumberedCells]:
        """The rows of table number `wanted`; a table inside a cell belongs to the cell's text."""
        seen = depth = number = 0
        cells: list[str] = []
        pieces: list[str] = []
        inside = False
        for token in self.tokens():
            kind, name = token.kind, token.name
            if name == "tbl":
                if kind == "start":
                    seen += 1
                    depth += bool(depth) or seen == wanted
                elif depth:
                    depth -= 1
                    if not depth:
                        return
            elif not depth:
                continue
            elif kind == "text":
                if inside:
                    pieces.append(token.text)
            elif name == "t":
                inside = kind == "start"
            elif kind == "start":
                pieces.append(_text(token))
            elif name == "p":
                pieces.append("\n")
            elif depth == 1 and name == "tc":
                cells.append("".join(pieces).strip())
                pieces = []
            elif depth == 1 and name == "tr":
                number += 1
                yield number, cells
                cells = []
