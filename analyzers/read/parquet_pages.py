"""The pages of a Parquet column, unpacked and decoded as they are read: a page of any size costs a block of it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from .feed import MAX_TAKE, Feed
from .packed import decompressor, inflate
from .parquet_cells import teller
from .parquet_footer import Chunk, Leaf
from .parquet_values import BATCH, BYTES, Run, decoder, flat, picked, plain, runs
from .snappy import unpacked
from .thrift import Message, Wanted

BLOCK = 1 << 16
"""Bytes read and unpacked at once, of each column."""
_HEAD = 1 << 10
_MAX_HEAD = 1 << 24
"""Bytes of a page's head: it may hold the least and the greatest value."""
_DATA, _DICTIONARY, _DATA_2 = 0, 2, 3
_PAGE: Wanted = {
    1: int, 2: int, 3: int, 5: {1: int, 2: int, 3: int}, 7: {1: int, 2: int},
    8: {1: int, 4: int, 5: int, 6: int, 7: int},
}  # fmt: skip


class Page(NamedTuple):
    """A page: `levels` are those of repetition and of definition where they lie before the packed data."""

    kind: int
    values: int
    encoding: int
    levels: tuple[bytes, bytes]
    feed: Feed
    end: int


class Part:
    """A part of a file, read as if it were one."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file = file
        self._at = start
        self._end = start + size

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        self._file.seek(self._at)  # the columns share the file
        data = self._file.read(min(size, self._end - self._at))
        self._at += len(data)
        return data

    def blocks(self) -> Iterator[bytes]:
        """Yield it to its end."""
        while data := self.read(BLOCK):
            yield data


class Column:
    """One column of an open file."""

    def __init__(self, file: BinaryIO, leaf: Leaf, chunks: Sequence[Chunk], source: str) -> None:
        self._file = file
        self._leaf = leaf
        self._chunks = chunks
        self._source = source
        self._cell = teller(leaf)
        self._dictionary: list[str] = []

    def cells(self) -> Iterator[list[str]]:
        """Yield the cells of the column in lists of any length; of a list's items, one cell.

        Raises
        ------
        EOFError, IndexError, KeyError, OSError, ValueError, struct.error, zlib.error
            Where it is damaged.
        """
        for chunk in self._chunks:
            self._dictionary = []
            pages = self._pages(chunk)
            yield from self._lists(pages) if self._leaf.repeats else self._flat(pages)

    def _pages(self, chunk: Chunk) -> Iterator[Page]:
        """The pages with values; the dictionary before them is kept."""
        at, left = chunk.start, chunk.values
        end = at + chunk.size
        while left > 0:
            page = self._page(at, end, chunk.codec)
            at = page.end
            if page.kind == _DICTIONARY:
                self._dictionary = self._entries(page)
            elif page.kind in (_DATA, _DATA_2):
                if page.values > left:
                    raise ValueError("a page of more values than its column")
                left -= page.values
                yield page

    def _page(self, at: int, end: int, codec: str) -> Page:
        head, start = self._head(at, end)
        kind, size = head[1], head[3]
        own = head.get({_DATA: 5, _DICTIONARY: 7, _DATA_2: 8}.get(kind, 0), {1: 0})
        repeats, levels = own.get(6, 0), own.get(5, 0)
        if not 0 <= size <= end - start or own[1] < 0 or min(repeats, levels) < 0 or repeats + levels > size:
            raise ValueError("a page beyond its column")
        if kind == _DATA and own.get(3) == 4 and self._leaf.levels:
            raise ValueError("levels packed as nobody packs them any more")
        part = Part(self._file, start, size)
        lying = (part.read(repeats), part.read(levels))
        packed = codec if own.get(7, True) and size > repeats + levels else "none"
        feed = Feed(_unpacked(part, packed, self._source))
        return Page(kind, own[1], own.get(4 if kind == _DATA_2 else 2, 0), lying, feed, start + size)

    def _head(self, at: int, end: int) -> tuple[dict[int, Any], int]:
        """The head of the page at `at`, and where its data begin."""
        size = _HEAD
        while True:
            message = Message(Part(self._file, at, min(size, end - at)).read(size))
            try:
                return message.read(_PAGE), at + message.at
            except EOFError:
                if size > _MAX_HEAD or size > end - at:
                    raise
                size *= 8

    def _entries(self, page: Page) -> list[str]:
        """The dictionary, each entry made a cell once."""
        entries: list[str] = []
        size = 0
        lists = plain(page.feed, self._leaf.type, self._leaf.width, unsigned=self._leaf.kind == "unsigned")
        while len(entries) < page.values:
            values = next(lists)
            entries += map(self._cell, values)
            size += sum(map(len, values)) if self._leaf.type == BYTES else 8 * len(values)
            if size + 16 * len(entries) > MAX_TAKE:
                raise ValueError("a dictionary beyond all measure")
        return entries[: page.values]

    def _levels(self, page: Page, which: int, width: int) -> Iterator[Run]:
        """The levels of a page: of repetition (0) or of definition (1)."""
        lying = page.levels[which]
        if page.kind == _DATA:
            lying = page.feed.take(int.from_bytes(page.feed.take(4), "little"))
        return runs(Feed(iter((lying,))), width, page.values)

    def _values(self, page: Page) -> Iterator[list[str]]:
        if page.encoding in (2, 8):
            return picked(page.feed, page.values, self._dictionary)
        leaf, cell = self._leaf, self._cell
        lists = decoder(page.encoding, page.feed, leaf.type, leaf.width, unsigned=leaf.kind == "unsigned")
        return (list(map(cell, values)) for values in lists)

    def _flat(self, pages: Iterator[Page]) -> Iterator[list[str]]:
        top = self._leaf.levels
        for page in pages:
            left = page.values
            if not top:
                lists = self._values(page)
                while left > 0:
                    cells = next(lists, None)
                    if cells is None:
                        raise EOFError("values are missing")
                    yield cells[:left] if len(cells) > left else cells
                    left -= len(cells)
                continue
            levels = self._levels(page, 1, top.bit_length())
            yield from _filled(levels, top, flat(self._values(page)))

    def _lists(self, pages: Iterator[Page]) -> Iterator[list[str]]:
        """One cell a row; a row may go on over the end of a page."""
        items: list[str] | None = None
        top, there = self._leaf.levels, self._leaf.repeats
        for page in pages:
            repeated = _each(self._levels(page, 0, 1))
            levels = _each(self._levels(page, 1, top.bit_length()))
            values = flat(self._values(page))
            for again, level in zip(repeated, levels, strict=True):
                if not again:
                    if items is not None:
                        yield ["; ".join(items)]
                    items = []
                if items is None:
                    raise ValueError("a row without a beginning")
                if level == top:
                    items.append(_next(values))
                elif level >= there:
                    items.append("")
        if items is not None:
            yield ["; ".join(items)]


def _filled(levels: Iterator[Run], top: int, values: Iterator[str]) -> Iterator[list[str]]:
    """Cells of a page, blank where a level below the top says that there is no value."""
    for run in levels:
        if isinstance(run, list):
            yield [_next(values) if level == top else "" for level in run]
            continue
        level, times = run
        while times > 0:
            some = min(times, BATCH)
            cells = list(islice(values, some)) if level == top else [""] * some
            if len(cells) < some:
                raise EOFError("values are missing")
            yield cells
            times -= some


def _next(values: Iterator[str]) -> str:
    for value in values:
        return value
    raise EOFError("values are missing")


def _each(levels: Iterator[Run]) -> Iterator[int]:
    for run in levels:
        if isinstance(run, list):
            yield from run
        else:
            for _ in range(run[1]):
                yield run[0]


def _unpacked(part: Part, codec: str, source: str) -> Iterator[bytes]:
    if codec == "none":
        return part.blocks()
    if codec == "snappy":
        return unpacked(part.blocks())
    return inflate(part, decompressor(codec, source), [0], BLOCK)
