"""Rows that fell apart: exports written by hand forget the quotes, and every comma of a text opens a cell."""

from collections.abc import Iterator, Sequence

from .headers import roles_of
from .model import TableInfo
from .table import NumberedRow

MOST = 0.8
LEAST = 0.1
"""Share of rows that must be too wide before anything is put together."""


class Joiner:
    """Puts the cells of one text together again.

    Parameters
    ----------
    place : int
        The column of the text.
    width : int
        Columns of the header.
    delimiter : str
    """

    def __init__(self, place: int, width: int, delimiter: str) -> None:
        self.count = 0
        self._place = place
        self._width = width
        self._delimiter = delimiter

    def __call__(self, cells: list[str]) -> list[str]:
        """Return a row as wide as the header."""
        extra = len(cells) - self._width
        if extra <= 0 or not any(cells[self._width :]):
            return cells
        stop = self._place + extra + 1
        return [*cells[: self._place], self._delimiter.join(cells[self._place : stop]), *cells[stop:]]

    def over(self, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
        """The same for a stream of rows, counted."""
        self.count = 0
        for number, cells in rows:
            joined = self(cells) if isinstance(cells, list) else cells
            self.count += joined is not cells
            yield number, joined

    def note_into(self, info: TableInfo) -> None:
        """Tell how many rows were mended."""
        if self.count:
            info.note("rejoined", count=self.count)


def find_joiner(names: Sequence[str] | None, rows: Sequence[Sequence[str]], delimiter: str | None) -> Joiner | None:
    """Return what mends rows wider than the header; None where they are not, or where it is not sure.

    Sure is: one column is called a text, and behind its delimiters stand spaces, as behind the commas of a sentence.

    >>> find_joiner(["id", "text"], [["1", "Ждал час", " два"], ["2", "Хамят"]], ",")(["1", "Ждал час", " два"])
    ['1', 'Ждал час, два']
    """
    texts = [i for i, name in enumerate(names or ()) if roles_of(name).get("text", 0.0) >= 0.9]
    if not names or not delimiter or len(texts) != 1 or delimiter == "\t":
        return None
    place, width = texts[0], len(names)
    wide = [row for row in rows if any(row[width:])]
    spaced = sum(row[place + 1 : place + 2] != [] and row[place + 1].startswith(" ") for row in wide)
    if not wide or len(wide) < LEAST * len(rows) or spaced < MOST * len(wide):
        return None
    return Joiner(place, width, delimiter)
