"""Plain text: one complaint a line, a paragraph, a file, or between marks given as a regular expression."""

import re
from collections.abc import Iterator

from ..errors import EmptyInputError, UsageError
from .lines import Lines
from .model import MAX_CELL, ReadOptions, TableInfo
from .sample import choose_encoding, read_sample, sample_lines
from .table import SAMPLE_ROWS, NumberedRow, Table

MAX_PARAGRAPH_LINES = 20
"""Paragraphs longer than this on average are lists of one-line texts with a few blank lines between."""


def read_plain(path: str, source: str, options: ReadOptions) -> Table:
    """Open a text file; its one column is called `text`, its rows are numbered by their first line."""
    info = TableInfo(source, "txt", columns=["text"])
    sample, complete = read_sample(path)
    encoding = choose_encoding(sample, options, info, complete=complete)
    lines, _ = sample_lines(path, encoding)
    split = options.split or _sniff(lines)
    mark: re.Pattern[str] | None = None
    if split not in ("line", "blank", "whole"):
        try:
            mark = re.compile(split)
        except re.error as error:
            raise UsageError("read.bad_split", split=split, detail=str(error)) from error
    info.note("split", by=split, asked=options.split is not None)
    stream = _Stream(path, encoding, split, mark)
    data = [[text] for _, text in stream.pieces(iter(lines)) if text.strip()]
    if not data:
        raise EmptyInputError("read.empty", path=source)
    return Table(info, data[:SAMPLE_ROWS], stream.rows, lambda: stream.finish(info))


def _sniff(lines: list[str]) -> str:
    plain = [bool(line.strip()) for line in lines]
    while plain and not plain[-1]:
        plain.pop()
    starts = sum(now and not before for before, now in zip([False, *plain], plain, strict=False))
    filled = sum(plain)
    return "blank" if starts > 1 and starts < filled <= MAX_PARAGRAPH_LINES * starts else "line"


class _Stream:
    def __init__(self, path: str, encoding: str, split: str, mark: re.Pattern[str] | None) -> None:
        self._path = path
        self._encoding = encoding
        self._split = split
        self._mark = mark
        self._lines: Lines | None = None

    def pieces(self, lines: Iterator[str]) -> Iterator[tuple[int, str]]:
        """Yield (number of the first line, text)."""
        if self._split == "line":
            for number, line in enumerate(lines, 1):
                yield number, line.strip("\r\n\ufeff")
            return
        kept: list[str] = []
        start, size = 1, 0
        for number, line in enumerate(lines, 1):
            if self._mark is not None:
                parted = self._mark.search(line) is not None
            else:
                parted = self._split == "blank" and not line.strip()
            if parted:
                if kept:
                    yield start, "".join(kept).strip("\r\n\ufeff")
                start, kept, size = number + 1, [], 0
                if self._mark is not None and line.strip() and (rest := self._mark.sub("", line)).strip():
                    start, kept = number, [rest]  # what stands beside the mark belongs to the text that it opens
            elif kept or line.strip():
                start = start if kept else number
                if size <= MAX_CELL:  # one character over the limit is enough to be told as too_long
                    kept.append(line)
                    size += len(line)
        if kept:
            yield start, "".join(kept).strip("\r\n\ufeff")

    def rows(self) -> Iterator[NumberedRow]:
        with open(self._path, "rb") as stream:
            lines = self._lines = Lines(stream, self._encoding)
            for number, text in self.pieces(iter(lines)):
                yield number, [text]

    def finish(self, info: TableInfo) -> None:
        if self._lines is not None:
            self._lines.note_into(info)
