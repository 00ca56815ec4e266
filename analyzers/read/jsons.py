"""JSON arrays, objects with an array inside, and JSON Lines: nested objects become columns with dotted names."""

import json
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from itertools import islice
from typing import cast

from ..errors import InputError
from .json_shapes import find_rows, header_of, record
from .lines import Lines
from .model import ReadOptions, TableInfo
from .sample import choose_encoding, read_sample, sample_lines
from .speakers import side_of
from .table import SAMPLE_ROWS, NumberedRow, Table

MAX_WHOLE = 1 << 28
"""Bytes of a single JSON object that are loaded at once; arrays and JSON Lines of any size stream."""
MAX_VALUE = 1 << 25
"""Characters of one element of an array; a longer one is taken for damage."""

Numbered = Iterator[tuple[int, object]]
BAD = object()
_SAID = ("text", "body", "message", "content")
_AUTHOR = ("author", "role", "author_type", "sender", "from", "from_name", "direction")
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def looks_like_json(head: str, *, named: bool) -> bool:
    """Tell whether a text beginning with `head` is JSON; `named` says that its file name claims so."""
    head = head.lstrip("\ufeff \t\r\n")
    if not head or head[0] not in "{[":
        return False
    if named:
        return True
    if head[0] == "[":
        return head[1:].lstrip()[:1] in ("{", '"', "]")
    return head[1:].lstrip()[:1] in ('"', "}")


def read_json(path: str, source: str, options: ReadOptions) -> Table:
    """Open a file of JSON objects."""
    info = TableInfo(source, "json")
    sample, complete = read_sample(path)
    encoding = choose_encoding(sample, options, info, complete=complete)
    lines, _ = sample_lines(path, encoding)
    stream = _Stream(path, encoding)
    first = next((line.strip() for line in lines if line.strip(" \t\r\n\ufeff")), "").lstrip("\ufeff")
    if _is_lines(first, lines):
        info.format = "jsonl"
        stream.values = stream.from_lines
    elif first.startswith("["):
        stream.values = stream.from_array
    else:
        stream.load(source)
    stream.name_lists()
    objects = [
        flat for _, value in islice(stream.records(), SAMPLE_ROWS * 2) if (flat := flatten(value)) is not None
    ][:SAMPLE_ROWS]  # fmt: skip
    if not objects:
        raise InputError("read.no_json_rows", path=source)
    columns: dict[str, None] = {}
    for flat in objects:
        columns.update(dict.fromkeys(flat))
    info.columns = list(columns)
    rows = [[flat.get(name, "") for name in info.columns] for flat in objects]
    return Table(info, rows, lambda: stream.rows(info.columns), lambda: stream.finish(info))


def flatten(value: object) -> dict[str, str] | None:
    """Return a JSON value as {dotted name: cell}; a bare string is a `text`, other bare values are None.

    >>> flatten({"user": {"city": "Омск", "tags": ["a", 1]}, "ok": True, "x": None})
    {'user.city': 'Омск', 'user.tags': 'a; 1', 'ok': 'true', 'x': ''}
    """
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, dict):
        return None
    flat: dict[str, str] = {}
    _flatten_into(flat, "", cast("dict[str, object]", value), depth=0)
    return flat


def _flatten_into(flat: dict[str, str], prefix: str, value: dict[str, object], *, depth: int) -> None:
    for key, inner in value.items():
        if isinstance(inner, str):
            flat[prefix + key] = inner
        elif isinstance(inner, dict) and depth < 8:
            _flatten_into(flat, f"{prefix}{key}.", cast("dict[str, object]", inner), depth=depth + 1)
        else:
            # comments below a review are not the review: their column is never the first choice
            name = f"{key}.all" if _are_objects(cast("object", inner)) else key
            flat[prefix + name] = cell_text(cast("object", inner))


def _are_objects(value: object) -> bool:
    items = cast("list[object]", value) if isinstance(value, list) else []
    return bool(items) and all(isinstance(item, dict) for item in items)


def cell_text(value: object) -> str:
    """Return a bare JSON value, or a list of them, as a cell; what has more structure as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        whole = math.isfinite(value) and value.is_integer() and abs(value) < 1e15
        return str(int(value)) if whole else repr(value)
    if isinstance(value, int):
        # an integer of a thousand digits is damage, and Python refuses to print one beyond 4300
        return str(value) if value.bit_length() < 256 else ""
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, list):
        items = cast("list[object]", value)
        if all(not isinstance(item, (dict, list)) for item in items):
            return "; ".join(cell_text(item) for item in items)
        if (text := _told(items)) is not None:
            return text
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, TypeError, RecursionError):
        return ""


def _told(items: Sequence[object]) -> str | None:
    """The text of a list of pieces (Telegram's formatting), or of messages with their authors, one a line."""
    pieces: list[str] = []
    who = False
    for item in items:
        if isinstance(item, str):
            pieces.append(item)
            continue
        said = cast("dict[str, object]", item) if isinstance(item, dict) else {}
        text = next((text for name in _SAID if isinstance(text := said.get(name), str)), None)
        if text is None:
            return None
        author = next((name for key in _AUTHOR if isinstance(name := said.get(key), str)), None)
        if author is None and isinstance(kind := said.get("type"), str) and side_of(kind):
            author = kind  # the `type` of a piece of formatted text says bold, that of a message visitor
        who = who or author is not None
        pieces.append(f"{author}: {text}" if author is not None else text)
    return ("\n" if who or not any(isinstance(item, str) for item in items) else "").join(pieces)


def decode(text: str) -> object:
    """Return the JSON value of `text`, or BAD."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return BAD


def _is_lines(first: str, lines: list[str]) -> bool:
    """One object a line: the first lines must mostly be whole objects (one may be broken)."""
    shown = [line.strip("\ufeff \t\r\n") for line in lines[:50]]
    shown = [line for line in shown if line]
    whole = sum(line.startswith(("{", "[")) and isinstance(decode(line), (dict, list)) for line in shown)
    if len(shown) == 1:
        return first.startswith("{") and whole == 1 and not find_rows(decode(first))
    return whole * 2 >= len(shown)


def _fault(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"{error.msg}, {error.lineno}:{error.colno}"
    except (ValueError, RecursionError) as error:
        return type(error).__name__
    return ""


class _Stream:
    """The values of a JSON file, numbered: lines for JSON Lines, elements for arrays."""

    def __init__(self, path: str, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self._lines: Lines | None = None
        self._loaded: list[object] = []
        self._cut = False
        self._names: list[str] | None = None
        self.values = self.from_loaded

    def load(self, source: str) -> None:
        with open(self._path, "rb") as stream:
            data = stream.read(MAX_WHOLE + 1)
        if len(data) > MAX_WHOLE:
            raise InputError("read.too_large_json", path=source, limit=MAX_WHOLE)
        text = data.decode(self._encoding, "replace").lstrip("\ufeff").replace("\0", "")
        value = decode(text)
        if value is not BAD:
            self._loaded = find_rows(value) or [value]
        elif next(self.from_sequence(), (0, BAD))[1] is not BAD:
            self.values = self.from_sequence  # objects one behind the other, each over several lines
        else:
            raise InputError("read.damaged", path=source, format="json", detail=_fault(text))

    def from_loaded(self) -> Numbered:
        return iter(enumerate(self._loaded, 1))

    def from_lines(self) -> Numbered:
        with open(self._path, "rb") as stream:
            lines = self._lines = Lines(stream, self._encoding)
            for number, line in enumerate(lines, 1):
                text = line.strip("\ufeff \t\r\n")
                if text:
                    yield number, decode(text)

    def from_array(self) -> Numbered:
        with open(self._path, "rb") as stream:
            lines = self._lines = Lines(stream, self._encoding)
            yield from self._elements(lines.blocks())

    def from_sequence(self) -> Numbered:
        with open(self._path, "rb") as stream:
            lines = self._lines = Lines(stream, self._encoding)
            yield from self._elements(lines.blocks(), opened=0)

    def _elements(self, blocks: Iterator[str], opened: int = 1) -> Numbered:
        buffer = ""
        while not buffer and (block := next(blocks, None)) is not None:
            buffer = block.lstrip("\ufeff \t\r\n")
        buffer = buffer[opened:]
        number, place, want = 0, 0, 0
        ended = False
        while True:
            place = _skip(buffer, place)
            if buffer[place : place + 1] == "]" or (ended and not opened and place == len(buffer)):
                return
            number += 1
            while True:
                try:
                    value, stop = _DECODER.raw_decode(buffer, place)
                    if stop < len(buffer) or ended:  # 12 may be the beginning of 123
                        break
                except (ValueError, RecursionError):
                    pass
                if ended or len(buffer) - place > MAX_VALUE:
                    self._cut = True
                    if buffer[place:].strip():
                        yield number, BAD
                    return
                # Ask for twice as much after each failure, or a long element would be parsed again for every block.
                pieces, size = [buffer[place:]], 0
                while size <= want and not ended:
                    block = next(blocks, None)
                    ended = block is None
                    pieces.append(block or "")
                    size += len(block or "")
                buffer, place, want = "".join(pieces), 0, max(want * 2, 1 << 16)
                place = _skip(buffer, place)
                if buffer[place : place + 1] == "]" or (ended and not opened and place == len(buffer)):
                    return
            want = 0
            yield number, value
            place = stop

    def name_lists(self) -> None:
        """Where the values are lists, not objects, the first of them may name the columns."""
        first = list(islice(self.values(), 5))
        if len(first) > 1 and all(isinstance(value, list) for _, value in first):
            self._names = header_of(cast("list[object]", first[0][1])) or []

    def records(self) -> Numbered:
        """The values, lists of cells as objects."""
        if self._names is None:
            yield from self.values()
            return
        for place, (number, value) in enumerate(self.values()):
            if place or not self._names:
                yield number, record(value, self._names)

    def rows(self, columns: list[str]) -> Iterator[NumberedRow]:
        for number, value in self.records():
            if value is BAD:
                yield number, "bad_json"
                continue
            flat = flatten(value)
            if flat is None:
                yield number, "no_text_value"
            else:
                yield number, [flat.get(name, "") for name in columns]

    def finish(self, info: TableInfo) -> None:
        if self._cut:
            info.note("json_cut")
        if self._lines is not None:
            self._lines.note_into(info)


def _skip(buffer: str, place: int) -> int:
    found = _BETWEEN.match(buffer, place)
    return found.end() if found else place
