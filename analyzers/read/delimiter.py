"""Delimiter, quoting and header row of a table of cells, judged by how even the parsed records are."""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .headers import is_known, roles_of

DELIMITERS: tuple[str, ...] = (";", ",", "\t", "|", "^", "~")
SAMPLE_RECORDS = 200
FEW_RECORDS = 4
HEADER_SEARCH = 12
"""The header is looked for in so many first rows: exports put a report's name, dates and filters above it."""

csv.field_size_limit(max(csv.field_size_limit(), 1 << 24))  # the module's own limit of 128 KB refuses real letters


@dataclass(frozen=True)
class Dialect:
    """How a delimited file is written; a delimiter of None means one column."""

    delimiter: str | None
    quoted: bool = True
    escaped: bool = False

    def parse(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Return a csv.reader over `lines`."""
        return csv.reader(
            lines,
            delimiter=self.delimiter or "\x1f",  # a sign that no text holds
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            escapechar="\\" if self.escaped else None,
            doublequote=True,
        )


_ANSWER = re.compile(
    r"(?:open[- ]ended )?response|(?:ваш|свободный|открытый|развернутый|развёрнутый) ответ|затрудняюсь ответить|"
    r"(?:другое|other)(?: \(.{1,30}\))?"
)
"""What stands under a survey's questions."""


def sniff_dialect(lines: Sequence[str], *, complete: bool) -> Dialect:
    """Return the dialect under which the first lines fall into the most even records.

    `complete` says that the lines are the whole file; otherwise the last record may be cut and is not judged.
    """
    best, best_score = Dialect(None), 0.55
    # An odd number of quotes: one opens a cell and is never closed. Where lines are even, quotes mean nothing here.
    unclosed = complete and sum(line.count('"') for line in lines) % 2 == 1
    quotes = any('"' in line for line in lines)
    escapes = any('\\"' in line for line in lines)
    for delimiter in DELIMITERS:
        if not any(delimiter in line for line in lines):
            continue
        variants = [(Dialect(delimiter), 0.75 if unclosed and _is_even(delimiter, lines) else 1.0)]
        if quotes:
            variants.append((Dialect(delimiter, quoted=False), 0.8))
        if escapes:
            variants.append((Dialect(delimiter, escaped=True), 0.97))
        for dialect, factor in variants:
            score = factor * _evenness(dialect, lines, complete=complete)
            if score > best_score:
                best, best_score = dialect, score
    return best


def _is_even(delimiter: str, lines: Sequence[str]) -> bool:
    return len({line.count(delimiter) for line in lines if line.strip()}) == 1


def _evenness(dialect: Dialect, lines: Sequence[str], *, complete: bool) -> float:
    records: list[list[str]] = []
    try:
        for record in dialect.parse(lines):
            if any(record):
                records.append(record)
            if len(records) == SAMPLE_RECORDS:
                break
        else:
            if not complete and len(records) > 1:
                records.pop()
    except csv.Error:
        return 0.0
    widths = Counter(map(len, records))
    if not widths:
        return 0.0
    # of equally common widths the greater: a two-line file of a report's name and a header
    width, n = max(widths.items(), key=lambda item: (item[1] if item[0] > 1 else 0, item[0]))
    if width < 2:
        return 0.0
    # Titles above the header are one cell wide; do not count them against the delimiter, but only at the very top.
    above = next((i for i, record in enumerate(records[:HEADER_SEARCH]) if _filled(record) > 1), 0)
    even = n / max(1, len(records) - above)
    known = max((sum(map(is_known, record)) for record in records[:HEADER_SEARCH]), default=0)
    if even < 0.5 and not known > 1:
        return 0.0
    if len(records[0]) == 1 and known == 1 and "text" in roles_of(records[0][0]) and not _knows(records[1:]):
        return 0.0  # one column called «Текст», and commas in its texts
    if len(records) == 1 and not known:
        return 0.0
    if len(records) <= FEW_RECORDS and not known and _is_prose(dialect.delimiter, lines):
        return 0.0
    return even**2 * (1 + math.log2(width) / 4) + min(known, 4) / 2


def _is_prose(delimiter: str | None, lines: Sequence[str]) -> bool:
    """Tell whether a space follows each of the delimiters, as in a sentence: two lines are even by chance alone."""
    shown = [line.rstrip("\r\n") for line in lines]
    found = sum(line.count(delimiter or "") for line in shown)
    return delimiter in (",", ";") and found == sum(line.count(f"{delimiter} ") for line in shown)


def _knows(records: Sequence[Sequence[str]]) -> bool:
    return any(is_known(cell) for record in records[:HEADER_SEARCH] for cell in record)


def _filled(record: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in record)


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the index in `rows` of the header, or None where the data begin at once."""
    filled = [_filled(row) for row in rows]
    if not any(filled):
        return None
    usual = _usual_width(filled)
    best: tuple[float, int] | None = None
    for i, row in enumerate(rows[:HEADER_SEARCH]):
        if i and _asks_answers(row):
            continue
        if filled[i] < max(1, usual / 2) or any(len(cell) > 120 and cell.rstrip()[-1:] not in "?:*" for cell in row):
            continue
        known = sum(map(is_known, row))
        if known and (best is None or known > best[0]):
            best = (known, i)
        if i and best is None and known == 0 and filled[i] >= usual:
            break  # data have begun
    if best is not None and (best[0] > 1 or usual <= 2 or best[0] >= usual / 2):
        return best[1]
    first = next(i for i, n in enumerate(filled) if n >= max(1, usual / 2))
    if best is not None and best[1] == first:
        return first
    return first if first < len(rows) - 1 and _looks_like_header(rows[first], rows[first + 1 :]) else None


def second_header(rows: Sequence[Sequence[str]], header: int) -> list[str] | None:
    """Return the names of a header of two rows, the upper of which heads several columns at once; None for one row.

    >>> second_header([["Дата", "Обращение", ""], ["", "Тема", "Текст"], ["01.03.2026", "Касса", "Хамят"]], 0)
    ['Дата', 'Тема', 'Текст']
    """
    if header + 2 >= len(rows):
        return None
    upper, lower = rows[header], rows[header + 1]
    filled = [i for i, cell in enumerate(lower) if cell.strip()]
    if _asks_answers(lower):
        width = max(len(upper), len(lower))
        padded = ([*row, *[""] * (width - len(row))] for row in (lower, upper))
        return [above if above.strip() else below for below, above in zip(*padded, strict=True)]
    if len(filled) < 2 or not all(is_known(lower[i].strip()) for i in filled):
        return None
    if all(i < len(upper) and upper[i].strip() for i in filled):
        return None  # every column had its name
    width = max(len(upper), len(lower))
    padded = ([*row, *[""] * (width - len(row))] for row in (lower, upper))
    return [below if below.strip() else above for below, above in zip(*padded, strict=True)]


def _asks_answers(row: Sequence[str]) -> bool:
    """Tell whether a survey's second row says under each question how it is answered."""
    cells = [" ".join(cell.lower().split()) for cell in row if cell.strip()]
    told = [cell for cell in cells if _ANSWER.fullmatch(cell)]
    return bool(told) and all(cell in told or cell in ("оценка", "балл", "комментарий") for cell in cells)


def _usual_width(filled: Sequence[int]) -> int:
    counts = Counter(n for n in filled if n)
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0]


def _looks_like_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Judge a row with unknown names: short words above cells of another kind."""
    cells = [cell.strip() for cell in row]
    names = [cell for cell in cells if cell]
    if not names or len(set(names)) < len(names) or any(_is_figure(cell) for cell in names):
        return False
    if any(cell[-1] in ".!…" or len(cell) > (300 if cell[-1] in "?:*" else 60) for cell in names):
        return False  # forms ask whole questions, others name columns in a few words
    votes = 0
    for i, name in enumerate(cells):
        column = [other[i].strip() for other in below if i < len(other) and other[i].strip()]
        if not name or not column:
            continue
        if name in column:
            votes -= 2
        if sum(map(_is_figure, column)) > 0.8 * len(column):
            votes += 2
        elif sum(map(len, column)) / len(column) > 3 * len(name) + 10:
            votes += 1
    return votes > 0


def _is_figure(cell: str) -> bool:
    digits = sum(char.isdigit() for char in cell)
    letters = sum(char.isalpha() for char in cell)
    return digits > letters


def name_columns(header: Sequence[str] | None, width: int) -> list[str]:
    """Return unique, trimmed names for `width` columns; nameless ones are called by their number.

    >>> name_columns(["\\ufeffТекст ", "", "текст", "Текст"], 5)
    ['Текст', '2', 'текст', 'Текст (2)', '5']
    """
    names: list[str] = []
    taken: set[str] = set()
    for i in range(width):
        raw = header[i] if header is not None and i < len(header) else ""
        name = " ".join(raw.replace("\ufeff", "").split()) or str(i + 1)
        unique, n = name, 1
        while unique in taken:
            n += 1
            unique = f"{name} ({n})"
        taken.add(unique)
        names.append(unique)
    return names
