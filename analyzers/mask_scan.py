"""The last look before something is written: structured identifiers that are still there are masked and counted."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, cast

from . import mask_own
from .mask import mask, masked_words, replace_structured
from .records import Report

# versions, hashes and times are digits that are nobody's; words of the lexicon («@sum», «why login fails») no logins
_OWN = frozenset(
    {"tool", "version", "lexicon", "created", "schema_version", "title", "upgrade", "metric", "term", "kind", "codes"}
)
_NAMED = frozenset({"source", "sources"})  # a folder of letters is named after those who wrote them
_FIGURES = frozenset({int, float, bool, type(None)})
_SUSPECT = re.compile(r"[0-9@/]")
# ids («R-0000123»), days, weeks: most strings of a report, and nothing that a rule takes for a person's where it stands
# alone (a city number or a year of birth needs its word, a plate three letters around its figures)
_PLAIN = re.compile(r"(?:[A-Za-z]{1,5}[-_]?)?[0-9]{1,8}|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{4}-W[0-9]{2}")


def scan_value(value: Any, caught: Counter[str]) -> Any:
    """A value of JSON with what was left in its strings masked; `caught` counts by the word of the token.

    Examples
    --------
    >>> caught = Counter()
    >>> scan_value({"row": 5, "source": "жалобы 89123456789.csv"}, caught)["source"].startswith("жалобы [ТЕЛ-")
    True
    >>> dict(caught)
    {'ТЕЛ': 1}
    """
    return _scan(value, caught, "")


def _scan(value: Any, caught: Counter[str], name: str) -> Any:
    if isinstance(value, str):
        text, words = _look(value, name)
        caught.update(words)
        return text
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return {key: item if key in _OWN else _scan(item, caught, key) for key, item in items}
    if isinstance(value, (list, tuple)):
        return [_scan(item, caught, name) for item in cast("list[Any]", value)]
    return value


def _look(text: str, name: str) -> tuple[str, list[str]]:
    """A string without what is left in it, and the words of the tokens put there."""
    if name in _NAMED:
        return _file(text, mask_own.current(), os.environ.get("SVC_MASK_KEY", ""))
    if not mask_own.current().patterns and (not _SUSPECT.search(text) or _PLAIN.fullmatch(text)):
        return text, []
    return replace_structured(text)


@lru_cache(maxsize=1000)  # one name of a file stands beside each of its rows
def _file(text: str, _own: mask_own.OwnRules, _key: str) -> tuple[str, list[str]]:
    found = mask(text)
    return found.text, masked_words(token for _, _, token in found.spans)


def scan_report(report: Report) -> tuple[Report, Counter[str]]:
    """A masked report without what masking its parts let through: names of files and columns, notes, own titles.

    Each distinct string is looked at once; only where one holds something is the report taken apart and made anew.
    """
    plain: set[str] = set()
    named: set[str] = set()
    _gather(report, plain, plain, named)
    caught: Counter[str] = Counter()
    if not any(_look(one, "")[1] for one in plain) and not any(_look(one, "source")[1] for one in named):
        return report, caught
    return Report.from_json(scan_value(report.to_json(), caught)), caught


def _gather(value: Any, into: set[str], plain: set[str], named: set[str]) -> None:
    """The distinct strings of a report: those of names of files apart, for they are judged in another way."""
    kind = cast("type[object]", type(value))
    if kind is str:
        into.add(value)
    elif kind is list or kind is tuple:
        for item in value:
            if type(item) is str:  # most lists are ids of rows
                into.add(item)
            else:
                _gather(item, into, plain, named)
    elif kind is dict:
        for key, item in value.items():
            if key not in _OWN:
                _gather(item, named if key in _NAMED else plain, plain, named)
    elif kind not in _FIGURES:
        for key in _names(kind):
            _gather(getattr(value, key), named if key in _NAMED else plain, plain, named)


@lru_cache(maxsize=200)
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a record that are looked through."""
    return tuple(one.name for one in fields(kind) if one.name not in _OWN) if is_dataclass(kind) else ()
