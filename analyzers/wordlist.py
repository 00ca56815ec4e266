"""A word list that a manager keeps in a spreadsheet: two columns, term and category, in CSV, TSV or a workbook."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import InputError, LexiconError
from .read import ReadOptions, open_rows

TERM_NAMES = {"term", "terms", "термин", "термины", "слово", "слова", "фраза", "фразы", "выражение", "ключевые слова"}
CATEGORY_NAMES = {"category", "категория", "категории", "id", "код", "рубрика", "тема", "название"}
_PUNCTUATION = re.compile(r"[?!.,;:«»“”()…]+(?=\s|$)|(?<!\S)[«“(]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list; `row` is the number that Excel shows."""

    row: int
    term: str
    category: str


def read_wordlist(path: str) -> list[Line]:
    """Rows of a list, header left out.

    Parameters
    ----------
    path : str
        CSV, TSV, XLSX, XLS or ODS. A header names the columns; without one the term stands first.

    Raises
    ------
    LexiconError
        ``lexicon.not_found``, or ``lexicon.list_columns`` where there are not two columns.
    """
    try:
        header, rows = open_rows(path, ReadOptions())
    except InputError as error:
        if error.code == "read.not_found":
            raise LexiconError("lexicon.not_found", path=path) from error
        raise
    if header is not None:
        rows = [header, *rows]
    first = [name.strip().casefold() for name in rows[0][1]] if rows else []
    term, category = 0, 1
    if any(name in TERM_NAMES | CATEGORY_NAMES for name in first):
        rows = rows[1:]
        category = next((i for i, name in enumerate(first) if name in CATEGORY_NAMES), 1)
        term = next((i for i, name in enumerate(first) if name in TERM_NAMES), 0 if category else 1)
    lines = [
        Line(number, _plain(cells[term]), cells[category].strip())
        for number, cells in rows
        if len(cells) > max(term, category) and cells[term].strip()
    ]
    if not lines:
        raise LexiconError("lexicon.list_columns", path=path)
    return lines


def _plain(term: str) -> str:
    """A term without the punctuation that people put into lists; the notation's own signs stay."""
    return " ".join(_PUNCTUATION.sub(" ", term).split())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known spelling nearest to a name, for an error message."""
    folded = {spelling.casefold(): spelling for spelling in known}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
    return folded[found[0]] if found else None
