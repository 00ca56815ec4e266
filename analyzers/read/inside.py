"""Marks and days that stand inside the texts, and cells that hold many texts: what scraped pages leave behind."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .own_words import Span

MIN_CELLS = 5
"""Fewer texts show no habit."""
MOST = 0.6
"""Share of the texts that must have a mark or a day at its place."""
LONG = 1500
"""Cells of several texts are longer than this on average."""
_HEAD, _TAIL, _REST = 250, 250, 120

_MARK = re.compile(
    r"(?<!\w)(?:оценка|рейтинг|rating|stars?)\s*:\s*(\d{1,2}(?:[.,]\d{1,3})?)(?!\w)(?:\s*(?:из|/|out of)\s*\d{1,3})?"
    # what review sites print beside the stars
    r"(?:\s+(?:не\s+)?(?:зачтен[оа]|засчитан[оа]|проверяется|проблема решена|отзыв проверен)(?!\w))*\s*",
    re.IGNORECASE,
)
_DAY = r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2} [а-я]{3,8}\.? \d{4}(?: г\.?)?)"
_CLOCK = r"(?:,? (?:в )?|[ T])\d{1,2}:\d{2}(?::\d{2})?"
_MOMENT = re.compile(rf"(?<!\w){_DAY}(?:{_CLOCK}(?!\w)|[ \t]*(?=\n|$))", re.IGNORECASE)
_FIRST = re.compile(rf"\s*\[?({_DAY}(?:{_CLOCK})?)\]?(?!\w)[ \t]*[:—–;|-]?\s*", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?<!\w)(?:[^\W\d_]{2,20} №? ?\d{1,7}[,;] )?"
    r"(?:отзыв|жалоба|обращение|претензия|сообщение|заявка|вопрос|тикет|review|complaint|ticket|message)"
    r" ?№? ?(\d{1,7}) ?[:.)—-] ?",
    re.IGNORECASE,
)


class Taken(NamedTuple):
    """Spans of a cell that are the text, and what stood beside them."""

    spans: tuple[Span, ...]
    rating: str
    date: str


class Inside:
    """What the texts of one column carry besides the text.

    Parameters
    ----------
    rating, first, last : bool
        Whether they carry a mark near the beginning, a day at the very beginning, a moment near the end.
    """

    def __init__(self, *, rating: bool, first: bool, last: bool) -> None:
        self.rating = rating
        self.first = first
        self.last = last

    @property
    def date(self) -> bool:
        """Whether they carry a day."""
        return self.first or self.last

    def __call__(self, cell: str) -> Taken | None:
        """Take a cell apart; None where it is all text."""
        start, stop = 0, len(cell)
        rating = date = ""
        if self.first and (found := _FIRST.match(cell)):
            date, start = found[1], found.end()
        if self.last and (moment := _last_moment(cell)):
            date, stop = moment[0].strip(), moment.start()
        spans: list[Span] = []
        if self.rating and (found := _MARK.search(cell, start, min(stop, start + _HEAD))):
            rating = found[1]
            spans.append((start, found.start()))
            start = found.end()
        spans.append((start, stop))
        kept = tuple(span for begin, end in spans if (span := _trimmed(cell, begin, end)) is not None)
        return Taken(kept, rating, date) if kept and (rating or date) else None


def find_inside(cells: Sequence[str], *, rating: bool, date: bool) -> Inside | None:
    """Return what most of the texts carry besides the text, of the things asked for; None for nothing.

    >>> found = find_inside([f"Оценка: {n} Ждал час, никто не вышел" for n in range(1, 6)], rating=True, date=True)
    >>> found.rating, found.date
    (True, False)
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < MIN_CELLS:
        return None
    least = MOST * len(filled)
    marked = rating and sum(_MARK.search(cell, 0, _HEAD) is not None for cell in filled) >= least
    first = date and sum(_FIRST.match(cell) is not None for cell in filled) >= least
    last = date and not first and sum(_last_moment(cell) is not None for cell in filled) >= least
    return Inside(rating=marked, first=first, last=last) if marked or first or last else None


def find_glue(cells: Sequence[str]) -> re.Pattern[str] | None:
    """Return the numbered heading that parts the texts of cells which hold many, or None for usual cells."""
    filled = [cell for cell in cells if cell.strip()]
    if not filled or sum(map(len, filled)) < LONG * len(filled):
        return None
    shapes: Counter[str] = Counter()
    glued = 0
    for cell in filled[:50]:
        found = [(re.sub(r"\d+", "0", one[0].strip()), int(one[1])) for one in _NUMBERED.finditer(cell[:200_000])]
        shape, n = Counter(shape for shape, _ in found).most_common(1)[0] if found else ("", 0)
        numbers = [number for own, number in found if own == shape]
        steps = sum(after in (before + 1, 1) for before, after in pairwise(numbers))
        if n >= 3 and steps >= 0.8 * (n - 1):
            glued += 1
            shapes[shape] += 1
    if glued * 2 < len(filled[:50]):
        return None
    shape = re.escape(shapes.most_common(1)[0][0]).replace("0", r"\d+").replace("\\ ", " ")
    return re.compile(shape)


def parted(cell: str, mark: re.Pattern[str]) -> list[tuple[int, str]]:
    """The texts of a cell, each with its place; what stands before the first mark is a text too."""
    places = list(mark.finditer(cell))
    starts = [0, *(found.end() for found in places)]
    stops = [*(found.start() for found in places), len(cell)]
    pieces = [(start, cell[start:stop]) for start, stop in zip(starts, stops, strict=True)]
    return [(start, piece) for start, piece in pieces if piece.strip()]


def _last_moment(cell: str) -> re.Match[str] | None:
    """The last day with a clock, or alone on its line, where hardly anything stands behind it."""
    found = list(_MOMENT.finditer(cell, max(0, len(cell) - _TAIL)))
    last = found[-1] if found else None
    return last if last is not None and len(cell) - last.end() <= _REST and last.start() > 0 else None


def _trimmed(cell: str, start: int, stop: int) -> Span | None:
    piece = cell[start:stop]
    kept = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return (start, start + len(kept)) if kept else None
