"""Plain values of JSON -> records, by the records' own annotations: a new record needs no code here."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

RENAMED = {"class": "severity_class"}  # a word that Python keeps for itself
_REAL = {name: word for word, name in RENAMED.items()}

_hints = lru_cache(maxsize=None)(get_type_hints)


def decoded(kind: Any, value: Any) -> Any:
    """A value as its annotation has it: records, lists of them, and either or None; all else as it is.

    Raises
    ------
    KeyError, TypeError
        Where a record lacks a value or has one that it does not know.

    Examples
    --------
    >>> from svc.analyzers.records import Uncovered
    >>> decoded(list[Uncovered], [{"phrase": "код не приходит", "n": 3}])
    [Uncovered(phrase='код не приходит', n=3)]
    """
    if value is None:
        return None
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        given: dict[str, Any] = value
        named = {RENAMED.get(name, name): item for name, item in given.items()}
        return kind(**{name: decoded(hints[name], item) for name, item in named.items()})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is list:
        return [decoded(inner[0], item) for item in value]
    if origin in (Union, UnionType):
        some = [option for option in inner if option is not NoneType]
        return decoded(some[0], value) if len(some) == 1 else value
    return value


def completed(kind: Any, value: Any) -> Any:
    """Plain values with the defaults of keys that are not there: what an older report lacks.

    Anything else is left as it is, for the check against the schema to name.

    Examples
    --------
    >>> from svc.analyzers.records import Period
    >>> completed(list[Period], [{"period": "2026-W32", "n": 3, "complaints": 2, "complete": True}])
    [{'period': '2026-W32', 'n': 3, 'complaints': 2, 'complete': True, 'rows': []}]
    """
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, dict):
            return value
        hints = {_REAL.get(name, name): hint for name, hint in _hints(kind).items()}
        given = cast("dict[str, Any]", value)
        whole = {name: completed(hints[name], item) if name in hints else item for name, item in given.items()}
        for item in fields(kind):
            name = _REAL.get(item.name, item.name)
            if name not in whole and item.default is not MISSING:
                whole[name] = item.default
            elif name not in whole and item.default_factory is not MISSING:
                whole[name] = item.default_factory()
        return whole
    origin, inner = get_origin(kind), get_args(kind)
    if origin is list and isinstance(value, list):
        return [completed(inner[0], item) for item in cast("list[Any]", value)]
    if origin in (Union, UnionType) and value is not None:
        some = [option for option in inner if option is not NoneType]
        return completed(some[0], value) if len(some) == 1 else value
    return value
