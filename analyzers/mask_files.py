"""`svc mask`: the same file with personal data masked; nothing else of it changes.

Text files are not rewritten through a parser and a writer: only the cells that hold something personal are replaced, so
quoting, spaces, line ends, numbers and the order of keys stay as they were.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from .errors import InputError
from .mask_book import mask_book
from .mask_cells import CellMasker
from .read.delimited import read_delimited
from .read.delimiter import Dialect, sniff_dialect
from .read.model import ReadOptions, TableInfo
from .read.sample import choose_encoding, read_sample, sample_lines
from .read.sniff import sniff_format

MAX_LINES = 200  # a quote that is still open after so many lines was never meant to open a cell
PARAGRAPH = 40  # lines of plain text that are masked together: a name or an address may run over a line's end
_WIDE = ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_JSON = re.compile(r'"((?:[^"\\]++|\\.)*+)"(\s*+:)?|(?<![\w.+-])-?\d++(?:\.\d++)?(?:[eE][+-]?\d++)?(?![\w.])')


@dataclass(slots=True)
class MaskedFile:
    """What was done to a file.

    Attributes
    ----------
    format : str
    counts : dict of str to int
        Tokens put, by the word of the token.
    caught : dict of str to int
        Those of them that only the last look found.
    notes : list of str
        Codes of what was not looked into: ``pictures``.
    """

    format: str
    counts: dict[str, int]
    caught: dict[str, int]
    notes: list[str] = field(default_factory=list[str])


def mask_file(path: str, source: str, target: Path, options: ReadOptions) -> MaskedFile:
    """Write `path` with personal data masked to `target`.

    Parameters
    ----------
    path : str
        The file.
    source : str
        What it is called in messages.
    target : Path
    options : ReadOptions
        `encoding` and `delimiter` count.

    Raises
    ------
    InputError
        ``mask.unsupported`` for a format that cannot be kept, ``mask.encoding``, and those of reading.
    """
    masker, notes = CellMasker(), list[str]()
    try:
        kind = sniff_format(path, source, source, options)
        if kind == "excel":
            name = "xlsx"
            notes = mask_book(path, source, target, masker)
        elif kind in ("csv", "json", "txt"):
            name = _mask_text(path, source, target, kind, options, masker)
        else:
            raise InputError("mask.unsupported", path=source, kind=kind)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("read.not_found", path=source) from error
    except PermissionError as error:
        raise InputError("read.no_permission", path=source) from error
    except UnicodeEncodeError as error:  # «[ИМЯ]» in a file of a western code page
        raise InputError("mask.encoding", path=source, encoding=error.encoding) from error
    return MaskedFile(name, dict(sorted(masker.counts.items())), dict(sorted(masker.caught.items())), notes)


def _mask_text(path: str, source: str, target: Path, kind: str, options: ReadOptions, masker: CellMasker) -> str:
    info = TableInfo(source, kind)
    if kind == "csv":
        info = read_delimited(path, source, options).info
        encoding = info.encoding or "utf-8"
    else:
        sample, complete = read_sample(path)
        encoding = choose_encoding(sample, options, info, complete=complete)
    codec, errors = _codec(path, encoding)
    # what does not decode goes through untouched: a broken byte is no reason to lose the rest
    with (
        open(path, encoding=codec, errors=errors, newline="") as lines,
        target.open("w", encoding=codec, errors=errors, newline="") as out,
    ):
        if kind == "csv":
            dialect = _dialect(path, encoding, info, options)
            _mask_table(lines, out, dialect, info, masker)
        elif kind == "json":
            _mask_json(lines, out, masker)
        else:
            for piece in _paragraphs(lines):
                out.write(masker.cell(piece))
    return info.format


def _codec(path: str, encoding: str) -> tuple[str, str]:
    """The codec that keeps a byte order mark as a character of the text, and how to keep bytes that it cannot read."""
    with open(path, "rb") as stream:
        head = stream.read(4)
    plain = codecs.lookup(encoding).name
    if plain in ("utf-16", "utf-32"):
        plain = next((name for mark, name in _WIDE if head.startswith(mark) and name.startswith(plain)), plain + "-le")
    if plain.startswith(("utf-16", "utf-32")):
        return plain, "surrogatepass"
    return "utf-8" if plain == "utf-8-sig" else plain, "surrogateescape"


def _dialect(path: str, encoding: str, info: TableInfo, options: ReadOptions) -> Dialect:
    if options.delimiter:
        return Dialect(info.delimiter)
    lines, complete = sample_lines(path, encoding)
    found = sniff_dialect(lines, complete=complete)
    return found if found.delimiter == info.delimiter else Dialect(info.delimiter)


def _mask_table(lines: TextIO, out: TextIO, dialect: Dialect, info: TableInfo, masker: CellMasker) -> None:
    """Cell by cell; the rows above the columns' names, and the names themselves, are masked without a name."""
    header = info.header_row or 0
    for number, record in enumerate(_records(lines, dialect), 1):
        columns = info.columns if number > header else []
        for at, (lead, cell, tail, quoted) in enumerate(record):
            if not cell:
                out.write(lead + cell + tail)
                continue
            value = _unquote(cell, dialect) if quoted else cell
            masked = masker.cell(value, columns[at] if at < len(columns) else "")
            out.write(lead + (cell if masked == value else _quote(masked, dialect) if quoted else masked) + tail)


Field = tuple[str, str, str, bool]
"""Before a cell's value (a quote), the value as written, what follows with the delimiter, whether quoted."""


def _records(lines: TextIO, dialect: Dialect) -> Iterator[list[Field]]:
    """The records with every character of the file: joined again they are the file."""
    pattern = _field_pattern(dialect)
    waiting: deque[str] = deque()
    source = iter(lines)
    while (line := waiting.popleft() if waiting else next(source, None)) is not None:
        taken = [line]
        fields = _fields(line, pattern, dialect.quoted)
        while fields is None and len(taken) < MAX_LINES:
            more = waiting.popleft() if waiting else next(source, None)
            if more is None:
                break
            taken.append(more)
            fields = _fields("".join(taken), pattern, dialect.quoted)
        if fields is None:  # never closed: the first line alone, without regard to quotes
            waiting.extendleft(reversed(taken[1:]))
            fields = _fields(taken[0], _field_pattern(Dialect(dialect.delimiter, quoted=False)), quoted=False) or []
        yield fields


def _field_pattern(dialect: Dialect) -> re.Pattern[str]:
    mark = re.escape(dialect.delimiter or "\x1f")
    inner = r'(?:[^"\\]++|\\.|"")*+' if dialect.escaped else r'(?:[^"]++|"")*+'
    bare = rf"[^{mark}\r\n]*+"
    quoted = rf'(\ufeff?")({inner})("{bare}(?:{mark}|\r?\n|\r|\Z))|' if dialect.quoted else ""
    return re.compile(rf"{quoted}(\ufeff?)({bare})({mark}|\r?\n|\r|\Z)", re.DOTALL)


def _fields(record: str, pattern: re.Pattern[str], quoted: bool) -> list[Field] | None:
    """A record's cells; None where a quoted cell is still open at its end."""
    fields: list[Field] = []
    at = 0
    while at < len(record):
        found = pattern.match(record, at)
        if found is None:
            return None
        if quoted and found[2] is not None:
            fields.append((found[1], found[2], found[3], True))
        else:
            lead, cell, tail = found[pattern.groups - 2], found[pattern.groups - 1], found[pattern.groups]
            if quoted and cell.startswith('"'):
                return None
            fields.append((lead, cell, tail, False))
        at = found.end()
    return fields


def _unquote(cell: str, dialect: Dialect) -> str:
    plain = cell.replace('""', '"')
    return re.sub(r"\\(.)", r"\1", plain, flags=re.DOTALL) if dialect.escaped else plain


def _quote(value: str, dialect: Dialect) -> str:
    if dialect.escaped:
        return value.replace("\\", "\\\\").replace('"', '\\"')
    return value.replace('"', '""')


def _paragraphs(lines: TextIO) -> Iterator[str]:
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        if not line.strip() or len(kept) >= PARAGRAPH:
            yield "".join(kept)
            kept = []
    if kept:
        yield "".join(kept)


def _mask_json(lines: TextIO, out: TextIO, masker: CellMasker) -> None:
    """Strings and numbers where they stand; keys stay, as a program reads them."""
    key = ""

    def put(found: re.Match[str]) -> str:
        nonlocal key
        inner = found[1]
        if inner is None:
            value = found[0]
            masked = masker.cell(value, key) if len(value) >= 5 else value
            return value if masked == value else json.dumps(masked, ensure_ascii=False)
        value = _json_text(found[0] if found[2] is None else f'"{inner}"')
        if found[2] is not None:
            key = value
            return found[0]
        masked = masker.cell(value, key)
        return found[0] if masked == value else json.dumps(masked, ensure_ascii="\\u" in inner)

    # a JSON file is one value: read whole, as a string may hold any number of escaped lines but no real one
    for line in lines:
        out.write(_JSON.sub(put, line))


def _json_text(literal: str) -> str:
    try:
        return str(json.loads(literal, strict=False))
    except ValueError:
        return literal[1:-1]
