"""Plain text: one complaint a line, a paragraph, a file, or between marks given as a regular expression."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise

from ..errors import EmptyInputError, UsageError
from .cards import CHAT, CHAT_COLUMNS, chat_rows, find_fields, is_chat, take_fields
from .letter_marks import find_mark, is_letter
from .lines import Lines
from .model import MAX_CELL, ReadOptions, TableInfo
from .sample import SAMPLE_LINES, choose_encoding, read_sample
from .table import SAMPLE_ROWS, NumberedRow, Table
from .talks import find_turns, is_talk, sides

MAX_PARAGRAPH_LINES = 20
"""Paragraphs longer than this on average are lists of one-line texts with a few blank lines between."""
MAX_LETTER_LINES = 400
MIN_NUMBERED = 4
_NUMBERED = re.compile(r"[\ufeff\s]*(\d{1,6})[.)]\s+(?:\S+\s+){2}\S")


def read_plain(path: str, source: str, options: ReadOptions) -> Table:
    """Open a text file; its one column is called `text`, its rows are numbered by their first line."""
    info = TableInfo(source, "txt")
    sample, complete = read_sample(path)
    encoding = choose_encoding(sample, options, info, complete=complete)
    opened: list[Lines] = []

    def lines() -> Iterator[str]:
        with open(path, "rb") as stream:
            opened[:] = [Lines(stream, encoding)]
            yield from opened[0]

    def finish() -> None:
        for read in opened:
            read.note_into(info)

    return text_table(info, lines, options, finish)


def text_table(
    info: TableInfo,
    lines: Callable[[], Iterator[str]],
    options: ReadOptions,
    finish: Callable[[], None] = lambda: None,
    *,
    whole: bool = False,
) -> Table:
    """Return the table of a text that comes in lines.

    Parameters
    ----------
    info : TableInfo
    lines : callable
        Streams the lines, with their ends, from the beginning each time.
    options : ReadOptions
        `split` decides how the text falls into complaints; without it the first lines do.
    finish : callable
        Called after the last row.
    whole : bool
        The format holds one letter a file (a document, a page) unless its lines are marked as many.

    Raises
    ------
    EmptyInputError
        ``read.empty``.
    UsageError
        ``read.bad_split``.
    """
    head = list(islice(lines(), SAMPLE_LINES))
    split = options.split or _sniff(head, whole=whole)
    mark: re.Pattern[str] | None = None
    if split not in ("line", "blank", "whole", CHAT):
        try:
            mark = re.compile(split)
        except (re.error, OverflowError, RecursionError) as error:
            raise UsageError("read.bad_split", split=split, detail=str(error)) from error
    info.columns = ["text"]
    info.split = split
    info.note("split", by=split, asked=options.split is not None)

    names: list[str] = []
    stamped = split == CHAT and not is_chat(head) and is_talk(head)

    def rows(source: Iterator[str]) -> Iterator[NumberedRow]:
        if split == CHAT:
            yield from chat_rows(source, stamped=stamped)
            return
        for number, text in _pieces(source, split, mark):
            yield number, take_fields(text, names) if names and text.strip() else [text]

    if split == CHAT:
        info.columns = list(CHAT_COLUMNS)
    elif split != "line":
        names += find_fields(
            [cells[0] for _, cells in rows(iter(head)) if isinstance(cells, list) and cells[0].strip()]
        )
        info.columns = names or info.columns
    data = [cells for _, cells in rows(iter(head)) if isinstance(cells, list) and any(map(str.strip, cells))]
    if not data:
        raise EmptyInputError("read.empty", path=info.source)
    return Table(info, data[:SAMPLE_ROWS], lambda: rows(lines()), finish)


def _sniff(lines: Sequence[str], *, whole: bool) -> str:
    if is_chat(lines):
        return CHAT
    mark = find_mark(lines)
    if mark is not None:
        return mark
    if is_talk(lines):
        # one dialogue where its sides are told apart, else a chat of people any of whom may be a customer
        return CHAT if sides(find_turns("".join(lines))) is None else "whole"
    if whole:
        return "whole"
    plain = [bool(line.strip()) for line in lines]
    while plain and not plain[-1]:
        plain.pop()
    if len(plain) < MAX_LETTER_LINES and is_letter(lines):
        return "whole"
    if _is_numbered(lines):
        return "line"
    starts = sum(now and not before for before, now in zip([False, *plain], plain, strict=False))
    filled = sum(plain)
    return "blank" if starts > 1 and starts < filled <= MAX_PARAGRAPH_LINES * starts else "line"


def _is_numbered(lines: Sequence[str]) -> bool:
    """Tell whether most lines are texts under running numbers: «1) …», «2) …»."""
    found = [match for line in lines if (match := _NUMBERED.match(line))]
    follow = sum(int(after[1]) == int(before[1]) + 1 for before, after in pairwise(found))
    return (
        len(found) >= MIN_NUMBERED
        and follow == len(found) - 1
        and len(found) > 0.8 * sum(map(bool, map(str.strip, lines)))
    )


def _pieces(lines: Iterator[str], split: str, mark: re.Pattern[str] | None) -> Iterator[tuple[int, str]]:
    """Yield (number of the first line, text)."""
    if split == "line":
        for number, line in enumerate(lines, 1):
            yield number, line.strip("\r\n\ufeff")
        return
    kept: list[str] = []
    start, size = 1, 0
    for number, line in enumerate(lines, 1):
        parted = mark.search(line) is not None if mark is not None else split == "blank" and not line.strip()
        if parted:
            if kept:
                yield start, "".join(kept).strip("\r\n\ufeff")
            start, kept, size = number + 1, [], 0
            if mark is not None and line.strip() and (rest := mark.sub("", line)).strip():
                start, kept = number, [rest]  # what stands beside the mark belongs to the text that it opens
        elif kept or line.strip():
            start = start if kept else number
            if size <= MAX_CELL:  # one character over the limit is enough to be told as too_long
                kept.append(line)
                size += len(line)
    if kept:
        yield start, "".join(kept).strip("\r\n\ufeff")
