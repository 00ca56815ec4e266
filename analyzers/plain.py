"""Plain values of JSON -> records, by the records' own annotations: a new record needs no code here."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

RENAMED = {"class": "severity_class"}  # a word that Python keeps for itself

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
