"""Cells that hold a page's markup, as help desks export letters: «<p>Заказ не&nbsp;пришёл</p>»."""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from .values import is_empty

LEAST = 0.5
"""Share of the sample's filled cells that must hold tags: one customer who writes «<br>» makes no page."""
MIN_CELLS = 3

_BREAKS = "p|br|div|li|ul|ol|tr|table|tbody|thead|h[1-6]|blockquote|hr|pre|html|head|body"
_GLUES = "span|b|i|u|s|strong|em|a|font|small|td|th|img|code|o:p"
_MARK = re.compile(
    rf"</?(?:(?P<breaks>{_BREAKS})|(?P<drops>style|script)|(?P<glues>{_GLUES}))(?:[\s/][^<>]{{0,4000}})?>"
    r"|(?P<entity>&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});)",
    re.IGNORECASE,
)
_TAG = re.compile(rf"</?(?:{_BREAKS}|{_GLUES})(?:[\s/][^<>]{{0,4000}})?>", re.IGNORECASE)


class Untagged(NamedTuple):
    """The words of a cell, and where they stand: (start and stop in `text`, start in the cell)."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]


def find_tags(cells: Sequence[str]) -> bool:
    """Tell whether the cells of a column are pieces of pages."""
    filled = [cell for cell in cells if not is_empty(cell)]
    return len(filled) >= MIN_CELLS and sum(_TAG.search(cell) is not None for cell in filled) >= LEAST * len(filled)


def untagged(cell: str) -> Untagged | None:
    r"""Return the words of a cell without its tags, or None where it has none.

    >>> untagged("<p>Не&nbsp;пришёл <b>заказ</b></p><p>Жду</p>").text.strip()
    'Не пришёл заказ\nЖду'
    """
    pieces: list[tuple[int, int, int]] = []
    shown: list[str] = []
    size = place = 0
    unclosed: set[str] = set()

    def put(words: str, start: int | None) -> None:
        nonlocal size
        if not words:
            return
        if start is not None:
            pieces.append((size, size + len(words), start))
        shown.append(words)
        size += len(words)

    mark = _MARK.search(cell)
    if mark is None:
        return None
    while mark is not None:
        put(cell[place : mark.start()], place)
        place = mark.end()
        if mark["entity"]:
            put(html.unescape(mark[0]).replace("\xa0", " "), None)
        elif mark["breaks"]:
            put("" if not shown or shown[-1] == "\n" else "\n", None)
        elif mark["drops"] and mark[0][1] != "/":
            place = _behind(cell, place, mark["drops"].lower(), unclosed)
        mark = _MARK.search(cell, place)
    put(cell[place:], place)
    return Untagged("".join(shown), tuple(pieces))


def _behind(cell: str, start: int, name: str, unclosed: set[str]) -> int:
    """Where a style or a script ends; one that never does is a bare tag (and is looked for once)."""
    if name in unclosed:
        return start
    found = re.compile(f"</{name}", re.IGNORECASE).search(cell, start)
    if found is None:
        unclosed.add(name)
        return start
    return found.start()
