"""Markup made safely: every string is escaped unless this module made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import TypeAlias

from ...boundary import clean

NBSP = "\u00a0"
_VOID = frozenset({"meta", "input", "br"})
_SHAPES = frozenset({"rect", "line", "circle", "polyline"})  # of SVG: they close themselves
# short words that must not end a line: «в», «и», «не», «за» and their like
_SHORT = re.compile(r"(?<![\w\u00a0-])([А-Яа-яЁё]{1,2}) (?=\S)")
_NUMBER = re.compile(r"(?<=\d) (?=(?:%|[₽×]|[а-яё]|\d{3}(?!\d)))")
# what a number or a letter of a class belongs to: «класс A», «индекс 5,3», «строка 9», «ещё 6»
_NAMED = re.compile(r"\b(класс|индекс|тяжесть|место|строка|ещё|class|index|severity|row) (?=[A-D]\b|\d)")
_DASH = re.compile(r" (?=[—–] )")


class Safe(str):
    """Markup that is not to be escaped again."""

    __slots__ = ()


Child: TypeAlias = "str | int | Sequence[Child] | None"
Attribute: TypeAlias = "str | int | float | bool | None"


@lru_cache(maxsize=10_000)
def text(value: str) -> Safe:
    """Words as markup: no tag, no control, no mark that turns the writing, no command of a CI runner.

    >>> text("<b>\\x1b[31m##[error]x")
    '&lt;b&gt;[31m#&#35;[error]x'
    """
    # most words are our own, and printable: only the others need a look at every letter
    flat = value if value.isprintable() else clean(value).translate({9: 32, 10: 32})
    return Safe(escape(flat, quote=True).replace("##", "#&#35;"))


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Safe:
    """An element; ``class_`` is the attribute class, ``data_x`` is data-x; None and False leave an attribute out.

    >>> tag("p", "a & b", tag("br"), class_="x", hidden=True)
    '<p class="x" hidden>a &amp; b<br></p>'
    """
    parts = [name]
    for key, value in attributes.items():
        spelled = key.rstrip("_").replace("_", "-")
        if value is True:
            parts.append(spelled)
        elif value is not None and value is not False:
            parts.append(f'{spelled}="{value if isinstance(value, Safe) else text(str(value))}"')
    opened = " ".join(parts)
    if name in _VOID:
        return Safe(f"<{opened}>")
    return Safe(f"<{opened}/>" if name in _SHAPES else f"<{opened}>{join(*children)}</{name}>")


def join(*children: Child) -> Safe:
    """Children one after the other; None is nothing."""
    made: list[str] = []
    for child in children:
        if isinstance(child, Safe):
            made.append(child)
        elif isinstance(child, (str, int)):
            made.append(text(str(child)))
        elif child is not None:
            made.append(join(*child))
    return Safe("".join(made))


@lru_cache(maxsize=10_000)
def typeset(value: str, language: str) -> str:
    """Our own words as a typesetter breaks them: no short word at the end of a line, no number parted from its noun.

    >>> typeset("жалобы и 5 % боли — не все", "ru").replace(NBSP, "~")
    'жалобы и~5~% боли~— не~все'
    """
    if language == "ru":
        value = _SHORT.sub(rf"\1{NBSP}", value)
    return _DASH.sub(NBSP, _NUMBER.sub(NBSP, _NAMED.sub(rf"\1{NBSP}", value)))
