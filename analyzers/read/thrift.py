"""Structures in Thrift's compact protocol, as Parquet writes them: only the fields that are asked for are built.

Source: the protocol's own description, apache/thrift doc/specs/thrift-compact-protocol.md.
"""

from collections.abc import Mapping
from typing import Any, cast

from .feed import Feed

Wanted = Mapping[int, Any]
"""Field number -> int, bytes, or Wanted for a structure; in a list of one for a list of these."""

MAX_ITEMS = 2_000_000
"""Structures and list items that are built of one message: a hostile one could ask for an object a byte."""
_MAX_DEPTH = 32
_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _BINARY, _STRUCT = 0, 1, 2, 3, 7, 8, 12
_LISTS, _MAP, _UUID = (9, 10), 11, 13


class Message:
    """A message and the place reached in it."""

    def __init__(self, data: bytes) -> None:
        self._feed = Feed(iter((data,)))
        self._size = len(data)
        self._left = MAX_ITEMS

    @property
    def at(self) -> int:
        """How many bytes have been read."""
        return self._feed.at

    def read(self, wanted: Wanted, depth: int = 0) -> dict[int, Any]:
        """Return the wanted fields of the structure that begins here.

        Raises
        ------
        EOFError, ValueError
            Where it goes on behind the end, or is no message.
        """
        self._count(depth, built=bool(wanted))
        found: dict[int, Any] = {}
        number = 0
        while kind := self._feed.take(1)[0]:
            number = number + (kind >> 4) if kind >> 4 else self._feed.zigzag()
            kind &= 15
            if number in wanted:
                found[number] = self._value(kind, wanted[number], depth + 1)
            else:
                self._skip(kind, depth + 1)
        return found

    def _value(self, kind: int, wanted: Any, depth: int) -> Any:
        if wanted is int and kind in (_TRUE, _FALSE):
            return kind == _TRUE
        if wanted is int and kind < _DOUBLE:
            return self._feed.take(1)[0] if kind == _BYTE else self._feed.zigzag()
        if wanted is bytes and kind == _BINARY:
            return self._feed.take(self._feed.varint())
        if kind == _STRUCT and isinstance(wanted, Mapping):
            return self.read(cast("Wanted", wanted), depth)
        if kind in _LISTS and isinstance(wanted, list):
            size, inner = self._list_head()
            return [self._item(inner, wanted[0], depth) for _ in range(size)]
        raise ValueError(f"an unexpected type: {kind}")

    def _item(self, kind: int, wanted: Any, depth: int) -> Any:
        self._count(depth)
        return self._value(_BYTE if kind in (_TRUE, _FALSE) else kind, wanted, depth)

    def _count(self, depth: int, *, built: bool = True) -> None:
        self._left -= built
        if self._left < 0 or depth > _MAX_DEPTH:
            raise ValueError("a message beyond all measure")

    def _skip(self, kind: int, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ValueError("a message beyond all measure")
        if kind in (_TRUE, _FALSE):
            return
        if kind in (_BYTE, _DOUBLE, _UUID):
            self._feed.take({_BYTE: 1, _DOUBLE: 8, _UUID: 16}[kind])
        elif kind < _DOUBLE:
            self._feed.varint()
        elif kind == _BINARY:
            self._feed.take(self._feed.varint())
        elif kind == _STRUCT:
            self.read({}, depth)
        elif kind in _LISTS:
            size, inner = self._list_head()
            for _ in range(size):
                self._skip_item(inner, depth)
        elif kind == _MAP:
            size = self._feed.varint()
            kinds = self._feed.take(1)[0] if size else 0
            for _ in range(size):
                self._skip_item(kinds >> 4, depth)
                self._skip_item(kinds & 15, depth)
        else:
            raise ValueError(f"an unknown type: {kind}")

    def _skip_item(self, kind: int, depth: int) -> None:
        self._skip(_BYTE if kind in (_TRUE, _FALSE) else kind, depth + 1)  # among items a truth value is a byte

    def _list_head(self) -> tuple[int, int]:
        head = self._feed.take(1)[0]
        size = head >> 4
        size = self._feed.varint() if size == 15 else size
        if size > self._size - self.at:  # every item takes a byte at least
            raise EOFError("a list beyond the end")
        return size, head & 15
