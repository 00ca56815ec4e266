"""What a Parquet file says of itself at its end: its columns, and where the pages of each lie.

Source: apache/parquet-format, README.md and src/main/thrift/parquet.thrift.
"""

import os
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from .thrift import Message, Wanted

MAX_FOOTER = 1 << 26
"""Bytes; ten thousand groups of fifty columns take half of it."""
MAGIC = b"PAR1"
CODECS = {0: "none", 1: "snappy", 2: "gzip", 6: "zstd"}
"""How pages may be packed to be read here. LZO, Brotli and LZ4 need Arrow."""
ENCODINGS = {0, 2, 3, 4, 5, 6, 7, 8}
"""PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED (named by old writers, used by none), the three DELTA, RLE_DICTIONARY."""

_UNIT: Wanted = {1: {}, 2: {}, 3: {}}
_ELEMENT: Wanted = {
    1: int, 2: int, 3: int, 4: bytes, 5: int, 6: int, 7: int,
    10: {
        3: {}, 5: {1: int}, 6: {}, 7: {2: _UNIT}, 8: {1: int, 2: _UNIT}, 10: {1: int, 2: int}, 14: {}, 15: {},
    },
}  # fmt: skip
_CHUNK: Wanted = {1: bytes, 3: {2: [int], 4: int, 5: int, 7: int, 9: int, 11: int}, 8: {}, 9: bytes}
_NONE: dict[int, Any] = {}
_FOOTER: Wanted = {2: [_ELEMENT], 3: int, 4: [{1: [_CHUNK]}]}


class UnreadableError(Exception):
    """A sound file with something in it that only Arrow reads."""


class Leaf(NamedTuple):
    """A column: its dotted name, physical type, and what the values mean.

    `levels` is the definition level of a value that is there, `repeats` that from which a list has an item (0
    where it is no list), `kind` a word for the logical type: text, date, millis, micros, nanos, decimal, …
    """

    name: str
    type: int
    width: int
    levels: int
    repeats: int
    kind: str
    scale: int
    utc: bool


class Chunk(NamedTuple):
    """A column in a group of rows: how its pages are packed, how many values they hold, their first byte and size."""

    codec: str
    values: int
    start: int
    size: int


class Footer(NamedTuple):
    """Columns, and for each group of rows a chunk of each column."""

    leaves: list[Leaf]
    groups: list[list[Chunk]]


def read_footer(file: BinaryIO) -> Footer:
    """Return what the end of `file` says.

    Raises
    ------
    UnreadableError
        Lists of structures, maps, a codec or an encoding that is not read here, encryption.
    EOFError, ValueError
        Where it is damaged.
    """
    end = file.seek(0, os.SEEK_END)
    if end < 12:
        raise ValueError("no footer")
    file.seek(end - 8)
    tail = file.read(8)
    size = int.from_bytes(tail[:4], "little")
    if tail[4:] == b"PARE":
        raise UnreadableError("encrypted")
    if tail[4:] != MAGIC or size > end - 12:
        raise ValueError("no footer")
    if size > MAX_FOOTER:
        raise UnreadableError(f"a footer of {size} bytes")
    file.seek(end - 8 - size)
    said = Message(file.read(size)).read(_FOOTER)
    leaves = list(_leaves(said.get(2, [])))
    return Footer(leaves, [_group(group.get(1, []), len(leaves), end) for group in said.get(4, [])])


def _group(columns: list[dict[int, Any]], count: int, end: int) -> list[Chunk]:
    if len(columns) != count:
        raise ValueError("a group that lacks columns")
    return [_chunk(column, end) for column in columns]


def _chunk(column: dict[int, Any], end: int) -> Chunk:
    if 1 in column or 8 in column or 9 in column:
        raise UnreadableError("columns in other files, or encrypted")
    meta = column[3]
    if meta[4] not in CODECS or not ENCODINGS.issuperset(meta.get(2, [])):
        raise UnreadableError(f"codec {meta[4]}, encodings {meta.get(2)}")
    start = meta[9] if not meta.get(11) else min(meta[9], meta[11])  # old writers put a 0 for no dictionary
    if not 0 < start <= start + meta[7] <= end or meta[5] < 0:
        raise ValueError("a column outside the file")
    return Chunk(CODECS[meta[4]], meta[5], start, meta[7])


def _leaves(elements: list[dict[int, Any]]) -> Iterator[Leaf]:
    """The tree of columns is written depth first, the root before all."""
    if not elements:
        raise ValueError("no columns")
    yield from _below(iter(elements[1:]), elements[0].get(5, 0), (), 0)


def _below(rest: Iterator[dict[int, Any]], count: int, path: tuple[str, ...], levels: int) -> Iterator[Leaf]:
    for _ in range(count):
        element = next(rest, None)
        if element is None:
            raise ValueError("columns are missing")
        here = (*path, element[4].decode("utf-8", "replace"))
        repetition, children = element.get(3, 0), element.get(5, 0)
        if len(here) > 16:
            raise UnreadableError("deep structures")
        if repetition == 2:
            yield _leaf(element, here, levels + 1, repeats=levels + 1)
        elif children == 1 and (element.get(6) == 3 or 3 in element.get(10, {})):
            yield _list(rest, here, levels + repetition)
        elif children:
            yield from _below(rest, children, here, levels + repetition)
        else:
            yield _leaf(element, here, levels + repetition, repeats=0)


def _list(rest: Iterator[dict[int, Any]], path: tuple[str, ...], levels: int) -> Leaf:
    """A list of plain values, in three layers (of today) or in two (of old writers)."""
    layer = next(rest, _NONE)
    if layer.get(3) != 2 or layer.get(5, 0) > 1:
        raise UnreadableError("a list of structures")
    repeats = levels + 1
    if not layer.get(5):
        return _leaf(layer, path, repeats, repeats=repeats)
    item = next(rest, _NONE)
    if item.get(3) == 2:
        raise UnreadableError("a list of lists")
    return _leaf(item, path, repeats + item.get(3, 0), repeats=repeats)


def _leaf(element: dict[int, Any], path: tuple[str, ...], levels: int, *, repeats: int) -> Leaf:
    if element.get(5):
        raise UnreadableError("a list of structures")
    kind, scale, utc = _meaning(element)
    return Leaf(".".join(path), element[1], element.get(2, 0), levels, repeats, kind, scale, utc)


_CONVERTED = {
    0: "text", 4: "text", 19: "text",
    5: "decimal", 6: "date", 7: "time_millis", 8: "time_micros", 9: "millis", 10: "micros",
    11: "unsigned", 12: "unsigned", 13: "unsigned", 14: "unsigned",
}  # fmt: skip
_UNITS = {1: "millis", 2: "micros", 3: "nanos"}


def _meaning(element: dict[int, Any]) -> tuple[str, int, bool]:
    """The logical type as a word, the scale of a decimal, whether a moment is in UTC."""
    logical = element.get(10, {})
    converted = element.get(6, -1)
    for number, kind in ((6, "date"), (14, "uuid"), (15, "half")):
        if number in logical:
            return kind, 0, False
    if 5 in logical:
        return "decimal", logical[5].get(1, 0), False
    if 7 in logical:
        return f"time_{_unit(logical[7])}", 0, False
    if 8 in logical:
        return _unit(logical[8]), 0, bool(logical[8].get(1))
    if 10 in logical:
        return ("plain" if logical[10].get(2, True) else "unsigned"), 0, False
    return _CONVERTED.get(converted, "plain"), element.get(7, 0), converted in (9, 10)


def _unit(logical: dict[int, Any]) -> str:
    return _UNITS[next(iter(logical.get(2, {})), 2)]
