"""Bytes that come in blocks, taken in pieces of any size."""

from collections.abc import Iterator

MAX_TAKE = 1 << 26
"""Bytes taken at once; a longer value is damage."""


class Feed:
    """`data` from `at` on has not been taken yet; more comes from the blocks."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self.data = b""
        self.at = 0
        self._blocks = blocks

    def more(self) -> None:
        """Put the next block behind what is left.

        Raises
        ------
        EOFError
            Where there is none.
        """
        for block in self._blocks:
            if block:
                self.data = self.data[self.at :] + block
                self.at = 0
                return
        raise EOFError("the data end too early")

    def take(self, size: int) -> bytes:
        """Return exactly `size` bytes.

        Raises
        ------
        EOFError, ValueError
            Where there are not so many, or where it is beyond `MAX_TAKE`.
        """
        if size > MAX_TAKE:
            raise ValueError(f"a value of {size} bytes")
        start, end = self.at, self.at + size
        if end <= len(self.data):
            self.at = end
            return self.data[start:end]
        pieces = [self.data[start:]]
        missing = size - len(pieces[0])
        self.at = len(self.data)
        while missing > 0:
            self.more()
            self.at = min(missing, len(self.data))
            pieces.append(self.data[: self.at])
            missing -= self.at
        return b"".join(pieces)

    def some(self, most: int) -> bytes:
        """Return what is at hand, one byte at least and `most` at most.

        Raises
        ------
        EOFError
            Where nothing is left.
        """
        if self.at >= len(self.data):
            self.more()
        start = self.at
        self.at = min(len(self.data), start + most)
        return self.data[start : self.at]

    def varint(self) -> int:
        """Return a number of seven bits a byte, the lowest first."""
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
            if shift > 63:
                raise ValueError("a number beyond all measure")

    def zigzag(self) -> int:
        """Return a number whose lowest bit is its sign."""
        value = self.varint()
        return (value >> 1) ^ -(value & 1)
