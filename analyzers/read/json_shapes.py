"""Where the records lie inside one JSON value: the list with the texts, pandas' tables, records under their ids."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import cast

from .headers import roles_of

MAX_DEPTH = 4
LOOKED_AT = 20
"""Records of a list from which it is judged."""

Object = dict[str, object]
_WORD = re.compile(r"[^\W\d_]{2,}")


def find_rows(value: object) -> list[object]:
    """Return the records inside a JSON value: of several lists the one with texts, or else the longest.

    >>> find_rows({"count": 1, "items": [{"text": "Хамят на кассе"}], "users": [{"n": 1}, {"n": 2}]})
    [{'text': 'Хамят на кассе'}]
    >>> find_rows({"date": {"0": "01.03.2026", "1": "02.03.2026"}, "text": {"0": "Хамят", "1": "Грубят"}})
    [{'date': '01.03.2026', 'text': 'Хамят'}, {'date': '02.03.2026', 'text': 'Грубят'}]
    """
    lists: list[list[object]] = []
    _gather(value, lists, depth=0)
    if not lists:
        return []
    rows = max(lists, key=lambda rows: (_worth(rows), len(rows)))
    return _opened(rows)


def from_lists(rows: Sequence[object]) -> list[object] | None:
    """Return records from a list of lists, whose first one may name the columns; None for other rows."""
    lists = [cast("list[object]", row) for row in rows if isinstance(row, list)]
    if len(lists) < 2 or len(lists) < len(rows):
        return None
    names = header_of(lists[0])
    return [record(row, names) for row in (lists[1:] if names else lists)]


def header_of(row: Sequence[object]) -> list[str] | None:
    """The names that a first row of words gives to the columns, or None where it is data."""
    names = [name for name in row if isinstance(name, str) and name.strip()]
    known = any(max(roles_of(name).values(), default=0.0) >= 0.9 for name in names)
    short = all(len(name) <= 60 for name in names)
    return names if known and short and len(set(names)) == len(row) else None


def record(row: object, names: Sequence[str] | None) -> object:
    """A list of cells as an object; columns without names are called by their number."""
    if not isinstance(row, list):
        return row
    cells = cast("list[object]", row)
    return {
        (names[i] if names is not None and i < len(names) else str(i + 1)): cell
        for i, cell in enumerate(cells)
    }  # fmt: skip


def _gather(value: object, lists: list[list[object]], *, depth: int) -> None:
    if isinstance(value, list):
        items = cast("list[object]", value)
        made = from_lists(items)
        if made is not None:
            lists.append(made)
        elif sum(isinstance(item, (dict, str)) for item in items) * 2 > len(items):
            lists.append(items)
        return
    if not isinstance(value, dict) or depth >= MAX_DEPTH:
        return
    inside = cast("Object", value)
    if made := _split_table(inside) or _columns(inside) or _table(inside):
        lists.append(made)
        return
    for inner in inside.values():
        _gather(inner, lists, depth=depth + 1)


def _split_table(value: Object) -> list[object] | None:
    """pandas' orient="split": names and rows apart."""
    names, data = value.get("columns"), value.get("data")
    if not isinstance(names, list) or not isinstance(data, list):
        return None
    words = [str(name) for name in cast("list[object]", names)]
    rows = cast("list[object]", data)
    return [record(row, words) for row in rows] if all(isinstance(row, list) for row in rows) else None


def _columns(value: Object) -> list[object] | None:
    """Columns as lists of cells under their names."""
    lists = [cast("list[object]", item) for item in value.values() if isinstance(item, list)]
    if len(lists) < 2 or len(lists) < len(value) or not lists[0] or len({len(cells) for cells in lists}) > 1:
        return None
    if not any("text" in roles_of(name) for name in value) or any(
        isinstance(cell, (dict, list)) for cells in lists for cell in cells[:LOOKED_AT]
    ):
        return None
    return [dict(zip(value, cells, strict=True)) for cells in zip(*lists, strict=True)]


def _table(value: Object) -> list[object] | None:
    """Objects under equal keys: columns of cells (pandas' default), or records under their ids."""
    inner = [cast("Object", item) for item in value.values() if isinstance(item, dict)]
    if len(inner) < 2 or len(inner) < len(value):
        return None
    keys = list(inner[0])
    if not keys or any(isinstance(cell, (dict, list)) for cell in inner[0].values()):
        return None
    alike = sum(set(item) == set(keys) for item in inner)
    if alike < 0.8 * len(inner):
        return None
    if any("text" in roles_of(name) for name in keys):
        return list(inner)
    if all(key.isdecimal() for key in keys) or any("text" in roles_of(name) for name in value):
        names = list(value)
        return [{name: column.get(key) for name, column in zip(names, inner, strict=True)} for key in keys]
    return None


def _worth(rows: Sequence[object]) -> int:
    """2 for records with prose in them, 1 for records, 0 for bare strings."""
    some = list(islice((cast("Object", row) for row in rows if isinstance(row, dict)), LOOKED_AT))
    if not some:
        return 0
    words = [_wordiest(row, depth=0) for row in some]
    return 2 if sum(n >= 3 for n in words) * 3 >= len(words) else 1


def _wordiest(value: object, *, depth: int) -> int:
    if isinstance(value, str):
        return len(_WORD.findall(value[:400]))
    if depth > 2:
        return 0
    if isinstance(value, dict):
        items = list(cast("Object", value).values())
    else:
        items = cast("list[object]", value) if isinstance(value, list) else []
    return max((_wordiest(item, depth=depth + 1) for item in items[:100]), default=0)


def _opened(rows: list[object]) -> list[object]:
    """Chats with their messages inside are opened: the messages are the rows, what the chat says stands before."""
    some = [cast("Object", row) for row in rows[:LOOKED_AT] if isinstance(row, dict)]
    if len(some) < len(rows[:LOOKED_AT]) or any(_has_text(row) for row in some):
        return rows
    inside = {name for row in some for name, value in row.items() if _holds_texts(value)}
    if len(inside) != 1:
        return rows
    (name,) = inside
    opened: list[object] = []
    for row in rows:
        if not isinstance(row, dict):
            continue
        own = cast("Object", row)
        around = {f"{name}.{key}": value for key, value in own.items() if not isinstance(value, (dict, list))}
        for item in cast("list[object]", own.get(name) or []):
            opened.append(around | cast("Object", item) if isinstance(item, dict) else item)
    return opened or rows


def _has_text(row: Object) -> bool:
    return any(isinstance(cell, str) and roles_of(name).get("text", 0.0) >= 0.8 for name, cell in row.items())


def _holds_texts(value: object) -> bool:
    items = [cast("Object", item) for item in cast("list[object]", value) if isinstance(item, dict)] if isinstance(
        value, list) else []  # fmt: skip
    return any(
        roles_of(name).get("text", 0.0) >= 0.8 and cell for item in items[:LOOKED_AT] for name, cell in item.items()
    )
