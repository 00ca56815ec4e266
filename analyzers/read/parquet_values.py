"""How Parquet writes values: plain, as places in a dictionary, as runs, as differences. All yield lists, never a page.

Source: apache/parquet-format, Encodings.md.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, cast

from .feed import MAX_TAKE, Feed

BATCH = 512
"""Values in a list at most."""
BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTES, FIXED = range(8)
"""Physical types."""
_FORMATS = {INT32: "i", INT64: "q", FLOAT: "f", DOUBLE: "d"}
_MAX_WIDTH = 64
_MAX_LENGTHS = MAX_TAKE >> 4
"""Lengths that are written before all their values: more do not stand in a page of an honest writer."""
_word = struct.Struct("<I").unpack_from

Run = tuple[int, int] | list[int]
"""(value, how often), or values."""


def runs(feed: Feed, width: int, count: int) -> Iterator[Run]:
    """Yield `count` numbers of `width` bits, in runs and in packed groups of eight."""
    if width > _MAX_WIDTH:
        raise ValueError(f"numbers of {width} bits")
    while count > 0:
        head = feed.varint()
        if not head & 1:
            times = min(head >> 1, count)
            yield int.from_bytes(feed.take((width + 7) // 8), "little"), times
            count -= times
            continue
        groups = min(head >> 1, (count + 7) // 8)
        while groups:
            some = min(groups, BATCH // 8)
            values = unpacked_bits(feed.take(some * width), width, min(some * 8, count))
            yield values
            count -= len(values)
            groups -= some


def unpacked_bits(data: bytes, width: int, count: int) -> list[int]:
    """Return the first `count` numbers of `width` bits, the lowest bits first; eight fill `width` bytes."""
    if width == 0:
        return [0] * count
    if width == 8:
        return list(data[:count])
    mask = (1 << width) - 1
    shifts = range(0, 8 * width, width)
    values: list[int] = []
    for i in range(0, len(data), width):
        group = int.from_bytes(data[i : i + width], "little")
        values += [group >> shift & mask for shift in shifts]
    return values[:count]


def plain(feed: Feed, kind: int, width: int, *, unsigned: bool) -> Iterator[Sequence[Any]]:
    """Yield values as they come, without an end of its own: a page does not say how many of its rows are empty."""
    if kind == BYTES:
        return byte_arrays(feed)
    if kind == BOOLEAN:
        return (unpacked_bits(data, 1, 8 * len(data)) for data in iter(lambda: feed.some(BATCH // 8), None))
    if kind in _FORMATS:
        letter = _FORMATS[kind].upper() if unsigned and kind in (INT32, INT64) else _FORMATS[kind]
        return _numbers(feed, letter, struct.calcsize(f"<{letter}"))
    width = 12 if kind == INT96 else width
    if width <= 0:
        raise ValueError("values without a width")
    return _pieces(feed, width)


def byte_arrays(feed: Feed) -> Iterator[list[bytes]]:
    """Yield values that begin with their length."""
    while True:
        data, at = feed.data, feed.at
        stop = len(data)
        values: list[bytes] = []
        while at + 4 <= stop and len(values) < BATCH:
            end = at + 4 + _word(data, at)[0]
            if end > stop:
                break
            values.append(data[at + 4 : end])
            at = end
        feed.at = at
        yield values or [feed.take(int.from_bytes(feed.take(4), "little"))]


def _numbers(feed: Feed, letter: str, width: int) -> Iterator[Sequence[Any]]:
    while True:
        data = feed.some(BATCH * width)
        if over := len(data) % width:
            data += feed.take(width - over)
        yield struct.unpack(f"<{len(data) // width}{letter}", data)


def _pieces(feed: Feed, width: int) -> Iterator[list[bytes]]:
    while True:
        data = feed.some(max(1, BATCH * 8 // width) * width)
        if over := len(data) % width:
            data += feed.take(width - over)
        yield [data[i : i + width] for i in range(0, len(data), width)]


def differences(feed: Feed, bits: int = 64) -> Iterator[list[int]]:
    """DELTA_BINARY_PACKED: the first number, then what each differs from the one before, in blocks.

    What overflows `bits` begins again at the other end.
    """
    half, whole = 1 << bits - 1, 1 << bits
    block, parts, total, value = feed.varint(), feed.varint(), feed.varint(), feed.zigzag()
    if not parts or block % (parts * 8) or block > 1 << 16:
        raise ValueError("a block of no possible size")
    each = block // parts
    if total:
        yield [value]
    left = total - 1
    while left > 0:
        least = feed.zigzag()
        for width in feed.take(parts):
            if left <= 0:
                break
            if width > _MAX_WIDTH:
                raise ValueError(f"differences of {width} bits")
            values: list[int] = []
            for step in unpacked_bits(feed.take(each * width // 8), width, min(each, left)):
                value = (value + least + step + half) % whole - half
                values.append(value)
            left -= len(values)
            yield values


def _lengths(feed: Feed) -> list[int]:
    lengths: list[int] = []
    for some in differences(feed):
        lengths += some
        if len(lengths) > _MAX_LENGTHS or min(some) < 0:
            raise ValueError("lengths beyond all measure")
    return lengths


def measured(feed: Feed) -> Iterator[list[bytes]]:
    """DELTA_LENGTH_BYTE_ARRAY: all lengths, then all values."""
    return ([feed.take(length)] for length in _lengths(feed))


def fronted(feed: Feed) -> Iterator[list[bytes]]:
    """DELTA_BYTE_ARRAY: how much each has in common with the one before, then the rest of each."""
    before = b""
    shared = _lengths(feed)
    for size, rest in zip(shared, chain.from_iterable(measured(feed)), strict=True):
        if size > len(before) or size + len(rest) > MAX_TAKE:
            raise ValueError("a beginning longer than the value before")
        before = before[:size] + rest
        yield [before]


def decoder(encoding: int, feed: Feed, kind: int, width: int, *, unsigned: bool) -> Iterator[Sequence[Any]]:
    """Return the values of a page that has no dictionary."""
    if encoding == 0:
        return plain(feed, kind, width, unsigned=unsigned)
    if encoding == 3 and kind == BOOLEAN:
        feed.take(4)
        return ([run[0]] * run[1] if isinstance(run, tuple) else run for run in _cut(feed))
    make = _MAKERS.get((encoding, kind))
    if make is None:
        raise ValueError(f"encoding {encoding} of type {kind}")
    return make(feed)


def _cut(feed: Feed) -> Iterator[Run]:
    """Truth values in runs, each run of at most `BATCH`."""
    for run in runs(feed, 1, 1 << 40):
        if isinstance(run, tuple):
            yield from repeat((run[0], BATCH), run[1] // BATCH)
            yield run[0], run[1] % BATCH
        else:
            yield run


_MAKERS: dict[tuple[int, int], Callable[[Feed], Iterator[Sequence[Any]]]] = {
    (5, INT32): lambda feed: differences(feed, 32),
    (5, INT64): differences,
    (6, BYTES): measured,
    (7, BYTES): fronted,
    (7, FIXED): fronted,
}


def picked(feed: Feed, count: int, dictionary: Sequence[str]) -> Iterator[list[str]]:
    """Yield entries of a dictionary, by the places that a page holds."""
    width = feed.take(1)[0]
    for run in runs(feed, width, count):
        if isinstance(run, list):
            yield [dictionary[i] for i in run]
            continue
        value, times = run
        for start in range(0, times, BATCH):
            yield [dictionary[value]] * min(BATCH, times - start)


def flat(lists: Iterator[Sequence[Any]]) -> Iterator[Any]:
    """One value behind the other."""
    return cast("Iterator[Any]", chain.from_iterable(lists))
