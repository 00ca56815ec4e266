"""The last look before something is written: structured identifiers that are still there are masked and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

from .mask import replace_structured
from .records import Report

# versions, hashes and times are digits that are nobody's; words of the lexicon («@sum», «why login fails») no logins
_OWN = frozenset(
    {"tool", "version", "lexicon", "created", "schema_version", "title", "upgrade", "metric", "term", "kind", "codes"}
)


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
    if isinstance(value, str):
        text, words = replace_structured(value)
        caught.update(words)
        return text
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return {name: item if name in _OWN else scan_value(item, caught) for name, item in items}
    if isinstance(value, (list, tuple)):
        return [scan_value(item, caught) for item in cast("list[Any]", value)]
    return value


def scan_report(report: Report) -> tuple[Report, Counter[str]]:
    """A masked report without what masking its parts let through: names of files and columns, notes, own titles."""
    caught: Counter[str] = Counter()
    found = scan_value(report.to_json(), caught)
    return (Report.from_json(found) if caught else report), caught
