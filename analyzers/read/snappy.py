"""Snappy's raw blocks, unpacked as a stream.

Source: google/snappy, format_description.txt.
"""

from collections.abc import Iterator

from .feed import Feed

HISTORY = 1 << 20
"""Bytes behind the present place that a copy may begin at. Every known writer cuts its input into blocks of 65,536."""


def unpacked(packed: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what `packed` holds, in blocks of at most a few thousand bytes more than asked.

    Raises
    ------
    EOFError, ValueError
        Where it ends too early or says what cannot be.
    """
    feed = Feed(packed)
    left = feed.varint()
    out = bytearray()
    shown = 0
    while left > 0:
        before = len(out)
        _some(feed, out)
        left -= len(out) - before
        yield bytes(memoryview(out)[shown:])
        if len(out) > 2 * HISTORY:
            del out[:-HISTORY]
        shown = len(out)
    if left:
        raise ValueError("longer than it says")


def _some(feed: Feed, out: bytearray) -> None:
    """Take elements as long as whole ones are at hand; one at least."""
    data, at = feed.data, feed.at
    last = len(data) - 5  # the longest head
    stop = len(out) + (1 << 16)
    while at < last and len(out) < stop:
        tag = data[at]
        kind = tag & 3
        if kind == 0:
            size = (tag >> 2) + 1
            start = at + 1
            if size > 60:
                start += size - 60
                size = int.from_bytes(data[at + 1 : start], "little") + 1
            if start + size > len(data):
                break
            out += data[start : start + size]
            at = start + size
            continue
        if kind == 1:
            size, back, at = (tag >> 2 & 7) + 4, (tag & 224) << 3 | data[at + 1], at + 2
        elif kind == 2:
            size, back, at = (tag >> 2) + 1, data[at + 1] | data[at + 2] << 8, at + 3
        else:
            size, back, at = (tag >> 2) + 1, int.from_bytes(data[at + 1 : at + 5], "little"), at + 5
        start = len(out) - back
        if start < 0 or not back:
            raise ValueError("a copy of what is not there")
        if back >= size:
            out += out[start : start + size]
        else:
            out += (out[start:] * (size // back + 1))[:size]
    if at > feed.at:
        feed.at = at
        return
    _one(feed, out)


def _one(feed: Feed, out: bytearray) -> None:
    """One element across the end of what is at hand."""
    tag = feed.take(1)[0]
    kind, size = tag & 3, (tag >> 2) + 1
    if kind == 0:
        if size > 60:
            size = int.from_bytes(feed.take(size - 60), "little") + 1
        out += feed.take(size)
        return
    if kind == 1:
        size, back = (tag >> 2 & 7) + 4, (tag & 224) << 3 | feed.take(1)[0]
    else:
        back = int.from_bytes(feed.take(2 if kind == 2 else 4), "little")
    start = len(out) - back
    if start < 0 or not back:
        raise ValueError("a copy of what is not there")
    out += (out[start:] * (size // back + 1))[:size]
