"""XML records: the element that repeats around the texts is a row, its leaves and attributes are the columns."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ..errors import EmptyInputError, InputError
from .lines import Lines
from .markup import scan
from .model import MAX_CELL, ReadOptions, TableInfo
from .sample import choose_encoding, read_sample
from .table import SAMPLE_ROWS, NumberedRow, Table

MAX_DEPTH = 60
SAMPLE_TOKENS = 300_000
MAX_COLUMNS = 500

Path = tuple[str, ...]
_FIELDS = frozenset({"field", "attribute", "attr", "column", "property", "prop", "param", "parameter", "str"})
_NAMES = ("name", "code", "key", "field")
_CYRILLIC_WORD = re.compile(r"[а-яё]{2,}", re.IGNORECASE)


def read_xml(path: str, source: str, options: ReadOptions) -> Table:
    """Open an XML file of records.

    Raises
    ------
    InputError
        ``read.no_xml_rows`` where no element holds text.
    """
    info = TableInfo(source, "xml")
    sample, complete = read_sample(path)
    stream = _Stream(path, choose_encoding(sample, options, info, complete=complete))
    stream.record = _record_path(stream.leaves())
    if not stream.record:
        raise InputError("read.no_xml_rows", path=source)
    info.sheet = None
    records = list(islice(stream.records(), SAMPLE_ROWS))
    if not records:
        raise EmptyInputError("read.empty", path=source)
    columns: dict[str, None] = {}
    for _, record in records:
        columns.update(dict.fromkeys(record))
    info.columns = list(columns)[:MAX_COLUMNS]
    rows = [[record.get(name, "") for name in info.columns] for _, record in records]
    return Table(info, rows, lambda: stream.rows(info.columns), lambda: stream.finish(info))


def _record_path(leaves: Iterator[tuple[Path, str, Counter[Path]]]) -> Path:
    """Return the path of the outermost element that repeats with the texts: the wordiest leaf shows where they are."""
    words: Counter[Path] = Counter()
    counts: Counter[Path] = Counter()
    for path, text, counts in leaves:  # noqa: B007 - the last counts are the whole ones
        words[path] += len(_CYRILLIC_WORD.findall(text[:4000])) + min(1, len(text))
    if not words:
        return ()
    text_path = max(words, key=lambda path: (words[path], -len(path), path))
    elements = tuple(part for part in text_path if not part.startswith("@"))
    n = counts[elements]
    for depth in range(1, len(elements) + 1):
        count = counts[elements[:depth]]
        if count > 1 and count * 2 >= n:
            return elements[:depth]
    return elements[:-1] or elements


class _Stream:
    def __init__(self, path: str, encoding: str) -> None:
        self.record: Path = ()
        self._path = path
        self._encoding = encoding
        self._lines: Lines | None = None
        self._cut = False

    def leaves(self) -> Iterator[tuple[Path, str, Counter[Path]]]:
        """Yield (path, text, how often each element has begun) for the leaves of the file's beginning."""
        counts: Counter[Path] = Counter()
        for kind, path, text in islice(self._events(), SAMPLE_TOKENS):
            if kind == "start":
                counts[path] += 1
            elif kind == "leaf" and text.strip():
                yield path, text, counts

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield (number, {column: cell}) for each record element."""
        wanted, size = self.record, len(self.record)
        number = 0
        cells: dict[str, list[str]] | None = None
        for kind, path, text in self._events():
            if path[:size] != wanted:
                continue
            if kind == "start" and len(path) == size:
                number, cells = number + 1, {}
            elif kind == "leaf" and cells is not None:
                name = ".".join(part.lstrip("@") for part in path[size:]) or "text"
                name = name.removesuffix(".value")  # <attribute code="text"><value>…</value></attribute>
                if text.strip() and sum(map(len, cells.get(name, ()))) <= MAX_CELL:
                    cells.setdefault(name, []).append(text.strip())
            elif kind == "end" and len(path) == size and cells is not None:
                yield number, {name: _join(pieces) for name, pieces in cells.items()}
                cells = None
        self._cut = cells is not None
        if cells:  # the file ends inside a record
            yield number, {name: _join(pieces) for name, pieces in cells.items()}

    def _events(self) -> Iterator[tuple[str, Path, str]]:
        """Yield ("start" | "end", path, "") and ("leaf", path, text); attributes are leaves called @name.

        <field name="text"> is an element called text: so databases and desks write their columns.
        """
        stack: list[str] = []
        tags: list[str] = []
        pieces: list[str] = []
        size = 0
        with open(self._path, "rb") as stream:
            self._lines = Lines(stream, self._encoding)
            for token in scan(self._lines.blocks(), xml=True):
                if token.kind == "text":
                    if size <= MAX_CELL and stack:
                        pieces.append(token.text)
                        size += len(token.text)
                    continue
                name = token.name.rpartition(":")[2]
                text, pieces, size = "".join(pieces), [], 0
                if token.kind == "start":
                    if text.strip():
                        yield "leaf", tuple(stack), text
                    if len(stack) >= MAX_DEPTH:
                        continue
                    said = token.attributes() if token.text.strip("/ ") else {}
                    tags.append(name)
                    stack.append(_called(name, said))
                    path = tuple(stack)
                    yield "start", path, ""
                    for key, value in said.items():
                        yield "leaf", (*path, "@" + key), value
                elif name in tags:
                    while stack:  # an element left open ends with the one around it
                        path = tuple(stack)
                        if text.strip():
                            yield "leaf", path, text
                        text = ""
                        yield "end", path, ""
                        stack.pop()
                        if tags.pop() == name:
                            break

    def rows(self, columns: list[str]) -> Iterator[NumberedRow]:
        for number, record in self.records():
            yield number, [record.get(name, "") for name in columns]

    def finish(self, info: TableInfo) -> None:
        if self._cut:
            info.note("xml_cut")
        if self._lines is not None:
            self._lines.note_into(info)


def _called(tag: str, attributes: dict[str, str]) -> str:
    """What an element is called: a field by the name that it bears, which is then none of its values."""
    if tag.lower() in _FIELDS:
        for key in _NAMES:
            if 0 < len(attributes.get(key, "")) <= 60:
                return attributes.pop(key)
    return tag


def _join(pieces: list[str]) -> str:
    """Repeated leaves of one record: paragraphs below one another, short values in a line."""
    return pieces[0] if len(pieces) == 1 else ("\n" if max(map(len, pieces)) > 60 else "; ").join(pieces)
