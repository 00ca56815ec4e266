"""Shapes of the terminal's page: wrapped lines, aligned columns, bars, sparklines."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

BOLD, DIM, RED, YELLOW, OFF = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[0m"
CLASS_COLOUR = {"A": RED, "B": YELLOW}
SHORT, LONG, WIDE = 6, 10, 100  # cells of the longest bar on a narrow and a wide terminal, columns of a wide one
ROOMY = 110  # columns of a terminal with room for a long sparkline
SPARKS = "▁▂▃▄▅▆▇█"
# cells that a wrapped name keeps while there are spare columns, the same on a narrow terminal; less is no name
COMFORT, SNUG, SMALL = 36, 20, 15
NBSP = "\u00a0"
# blanks where no line ends: «5 %», «19 800», «10 дней», «строка 90», before a dash
_KEPT = re.compile(r"(?<=\d) (?=%|\d{3}\b|[а-яё])|(?<=строка) (?=\d)|(?<=row) (?=\d)| (?=[—–] )")
LAST, FEW = 15, 8  # periods of a sparkline on a wide terminal and on a narrow one


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes
    ----------
    right : bool
        Whether its cells are set to the right.
    wraps : int
        Least cells it may be wrapped to, 0: never.
    spare : int
        Order in which columns are left out of a narrow terminal, 0: never.
    """

    head: str
    right: bool = False
    wraps: int = 0
    spare: int = 0


@dataclass(frozen=True, slots=True)
class Shapes:
    """How lines are made for one output."""

    width: int | None
    colour: bool

    def paint(self, text: str, code: str) -> str:
        """Coloured text, where there is colour."""
        return f"{code}{text}{OFF}" if self.colour and code else text

    def bar(self, value: float, most: float) -> str:
        """A bar as the terminal has room for; none where there is no terminal."""
        return "" if self.width is None else bar(value, most, LONG if self.width >= WIDE else SHORT)

    @property
    def periods(self) -> int:
        """How many periods a sparkline has room for; none where there is no terminal."""
        return 0 if self.width is None else LAST if self.width >= ROOMY else FEW

    def wrap(self, text: str, indent: str = "", hanging: str | None = None) -> list[str]:
        """Lines no longer than the terminal; one line where there is none."""
        if self.width is None:
            return [indent + text]
        lines = wrapped(_KEPT.sub(NBSP, text), max(self.width, 20), indent, indent if hanging is None else hanging) or [
            indent
        ]
        return [line.replace(NBSP, " ") for line in lines]

    def grid(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], letters: Sequence[str]) -> list[str]:
        """Aligned columns. On a terminal long cells wrap, then spare columns go, then each row becomes lines."""
        keep = [i for i in range(len(columns)) if any(row[i] for row in rows)]
        columns, rows = [columns[i] for i in keep], [[row[i] for i in keep] for row in rows]
        while True:
            spare = max(range(len(columns)), key=lambda i: columns[i].spare)
            # a long name is worth more than a spare column, and less than one that is none
            comfort = SNUG if self.width is not None and self.width < WIDE else COMFORT
            widths = self._widths(columns, rows, comfort if columns[spare].spare else 0)
            if self.width is None or sum(widths) + 2 * (len(widths) - 1) <= self.width:
                return self._lines(columns, rows, widths, letters)
            if not columns[spare].spare:
                return self.stack(columns, rows, letters)
            columns = [column for i, column in enumerate(columns) if i != spare]
            rows = [[cell for i, cell in enumerate(row) if i != spare] for row in rows]

    def _widths(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], least: int) -> list[int]:
        widths = [max(cells(text) for text in (c.head, *(row[i] for row in rows))) for i, c in enumerate(columns)]
        if self.width is None:
            return widths
        over = sum(widths) + 2 * (len(widths) - 1) - self.width
        for i in sorted(range(len(columns)), key=lambda i: columns[i].wraps):  # the narrower limit gives way first
            if columns[i].wraps and over > 0:
                limit = max(columns[i].wraps, least) if columns[i].wraps > SMALL else columns[i].wraps
                given = min(over, max(0, widths[i] - limit))
                widths[i] -= given
                over -= given
        return widths

    def _lines(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str]], widths: Sequence[int], letters: Sequence[str]
    ) -> list[str]:
        lines = [self.paint(_line([c.head for c in columns], widths, columns), DIM)]
        for row, letter in zip(rows, letters, strict=True):
            pieces = [wrap_cell(cell, widths[i]) if cells(cell) > widths[i] else [cell] for i, cell in enumerate(row)]
            for number in range(max(map(len, pieces))):
                line = [piece[number] if number < len(piece) else "" for piece in pieces]
                lines.append(self.paint(_line(line, widths, columns), CLASS_COLOUR.get(letter, "")))
        return lines

    def stack(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], letters: Sequence[str]) -> list[str]:
        """For very narrow terminals: the name of a row, its figures below."""
        title = max(range(len(columns)), key=lambda i: columns[i].wraps)
        lines: list[str] = []
        for row, letter in zip(rows, letters, strict=True):
            lines += [self.paint(line, CLASS_COLOUR.get(letter, "")) for line in self.wrap(f"{row[0]}. {row[title]}")]
            facts = [
                f"{column.head} {value}".strip()
                for i, (column, value) in enumerate(zip(columns, row, strict=True))
                if i not in (0, title) and value
            ]
            lines += self.wrap(", ".join(facts), indent="   ")
        return lines


def bar(value: float, most: float, length: int = LONG) -> str:
    """A bar as long as its share of the longest one.

    >>> bar(5, 10), bar(0.5, 10), bar(0.01, 10)
    ('█████', '▌', '▌')
    """
    halves = max(1, round(2 * length * value / most)) if most > 0 and value > 0 else 0
    return "█" * (halves // 2) + "▌" * (halves % 2)


def sparkline(counts: Sequence[int], last: int = LAST) -> str:
    """Counts by period, the last ones, each as high as its share of the highest.

    >>> sparkline([0, 1, 4]), sparkline([0, 1, 4], 2)
    ('▁▂█', '▂█')
    """
    shown = counts[-last:]
    top = max([*shown, 1])
    return "".join(SPARKS[(len(SPARKS) - 1) * n // top] if n else SPARKS[0] for n in shown)


def wrap_cell(text: str, width: int) -> list[str]:
    """Lines of a cell; an id that is too long is broken behind its dot.

    >>> wrap_cell("Опоздали (communication.not_informed)", 20)
    ['Опоздали', '(communication.', 'not_informed)']
    """
    words = [
        part
        for word in text.split()
        for part in ((word.replace(".", ".\0").split("\0")) if cells(word) > width else [word])
    ]
    return wrapped(" ".join(words), width) or [""]


def wrapped(text: str, width: int, first: str = "", further: str = "") -> list[str]:
    """Lines of so many cells, each with its indent; a wide letter takes two.

    >>> wrapped("漢字漢字", 5)
    ['漢字', '漢字']
    """
    # textwrap counts letters: a wide one is two while it counts, and a pair that it tears apart costs a cell
    double = "".join("\0" + char if unicodedata.east_asian_width(char) in "WF" else char for char in text)
    room = width - (double != text)
    lines = textwrap.wrap(double, room, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)
    return [line.replace("\0", "") for line in lines]


def cells(text: str) -> int:
    """Terminal cells of a text."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _line(row: Sequence[str], widths: Sequence[int], columns: Sequence[Column]) -> str:
    padded = [
        " " * (width - cells(text)) + text if column.right else text + " " * (width - cells(text))
        for text, width, column in zip(row, widths, columns, strict=True)
    ]
    return "  ".join(padded).rstrip()
