"""Bytes to text lines in bounded memory: damaged characters are counted, over-long lines are cut and told."""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from .model import TableInfo

BLOCK = 1 << 18
MAX_LINE = 1 << 24
"""Characters of a line kept; the rest of a longer line is thrown away and `Lines.cut` is set."""


class Lines:
    r"""Iterate over the lines of a binary stream, with their ends, as csv.reader needs them.

    Lines end at ``\n``, ``\r\n`` or ``\r`` only: str.splitlines would also cut at U+2028 and vertical tabs, which
    stand inside cells of real exports.

    Attributes
    ----------
    replaced : int
        Characters that could not be decoded (they read as U+FFFD).
    recoded : int
        Lines of a utf-8 file that were not utf-8 and were read as cp1251.
    nuls : int
        NUL characters removed.
    cut : bool
        The line given last was longer than MAX_LINE; the user of the lines resets it.
    """

    def __init__(self, stream: BinaryIO, encoding: str, *, max_line: int = MAX_LINE) -> None:
        self.replaced = 0
        self.recoded = 0
        self.nuls = 0
        self.cut = False
        self._stream = stream
        self._encoding = encoding
        self._max_line = max_line

    def __iter__(self) -> Iterator[str]:
        tail = ""
        pieces: list[str] = []  # of a line longer than a block: joined once, not again for every block
        size = 0
        skipping = False
        for block in self.blocks():
            if size + len(block) <= self._max_line and "\n" not in block and "\r" not in block and tail[-1:] != "\r":
                pieces.append(block)
                size += len(block)
                continue
            text = tail + "".join(pieces) + block
            pieces, size = [], 0
            if skipping:
                stop = _line_end(text)
                if not stop:
                    tail = text[-1:]  # an \r whose \n may come in the next block
                    continue
                text, skipping = text[stop:], False
            stop = _last_line_end(text)
            if stop:
                yield from io.StringIO(text[:stop], newline="")
                text = text[stop:]
            if len(text) > self._max_line:
                self.cut, skipping = True, True
                yield text[: self._max_line]
                text = text[-1:]
            tail = text
        tail += "".join(pieces)
        if tail and not skipping:
            yield from io.StringIO(tail, newline="")

    def blocks(self) -> Iterator[str]:
        """Decoded blocks without NULs."""
        for text in self._utf8_blocks() if self._encoding in ("utf-8", "utf-8-sig") else self._decoded_blocks():
            if "\0" in text:
                self.nuls += text.count("\0")
                text = text.replace("\0", "")
            yield text

    def note_into(self, info: TableInfo) -> None:
        """Tell what was mended."""
        for code, count in (("replaced", self.replaced), ("recoded", self.recoded), ("nuls", self.nuls)):
            if count:
                info.note(code, count=count)

    def _decoded_blocks(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        while data := self._stream.read(BLOCK):
            text = decoder.decode(data)
            self.replaced += text.count("\ufffd")
            yield text
        text = decoder.decode(b"", final=True)
        self.replaced += text.count("\ufffd")
        yield text

    def _utf8_blocks(self) -> Iterator[str]:
        """Like _decoded_blocks, but cut at line ends, so that a line in another encoding is read as cp1251."""
        tail = b""
        first = True
        while data := self._stream.read(BLOCK):
            if first:
                data, first = data.removeprefix(codecs.BOM_UTF8), False
            data = tail + data
            stop = data.rfind(b"\n") + 1
            if not stop and len(data) > BLOCK:  # a very long line: cut between characters
                stop = _character_start(data)
            tail = data[stop:]
            yield self._decode_utf8(data[:stop])
        yield self._decode_utf8(tail)

    def _decode_utf8(self, data: bytes) -> str:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return "".join(self._decode_line(line) for line in data.splitlines(keepends=True))

    def _decode_line(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if broken > 4 and broken * 2 > sum(not char.isascii() for char in text):
            self.recoded += 1
            text = line.decode("cp1251", "replace")
            broken = text.count("\ufffd")
        self.replaced += broken
        return text


def _character_start(data: bytes) -> int:
    """The start of the last utf-8 character of `data`, so that a cut there never parts one."""
    stop = len(data) - 1
    while stop > len(data) - 4 and data[stop] & 0xC0 == 0x80:
        stop -= 1
    return stop


def _line_end(text: str) -> int:
    """Where the first line of `text` ends (0: nowhere yet)."""
    feed, turn = text.find("\n"), text.find("\r")
    if turn < 0 or -1 < feed < turn:
        return feed + 1
    if turn + 1 == len(text):
        return 0  # \n may follow in the next block
    return turn + 2 if text[turn + 1] == "\n" else turn + 1


def _last_line_end(text: str) -> int:
    """Where the last whole line of `text` ends (0: there is none)."""
    stop = text.rfind("\n") + 1
    if not stop:
        stop = text.rfind("\r", 0, len(text) - 1) + 1
    return stop
