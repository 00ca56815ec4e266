"""The words of the interface: one TOML catalogue a language, one switch for all."""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from ...lexicons import path

LANGUAGES = ("ru", "en")
DEFAULT = "ru"


def default_language() -> str:
    """``SVC_LANG`` where it names a known language, else Russian."""
    wanted = os.environ.get("SVC_LANG", "")[:2].lower()
    return wanted if wanted in LANGUAGES else DEFAULT


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> dict[str, Any]:
    words_ = tomllib.loads(files(__package__ or "svc.cli.messages").joinpath(f"{language}.toml").read_text("utf-8"))
    for axis, entries in tomllib.loads(path("titles.toml").read_text("utf-8")).items():
        words_[axis] = {name: title[language] for name, title in entries.items()}
    return words_


def say(code: str, language: str | None = None, /, **values: object) -> str:
    """The message of a code such as ``read.not_found``, with its values filled in.

    A code nobody worded is shown as it is with its values: ugly, but nothing is hidden.
    """
    entry: Any = _catalogue(language or default_language())
    for part in code.split("."):
        entry = cast("dict[str, Any]", entry).get(part) if isinstance(entry, dict) else None
    if not isinstance(entry, str):
        shown = ", ".join(f"{name}={value}" for name, value in values.items())
        return f"{code}: {shown}" if shown else code
    return entry.format_map(_Shown(values))


class _Shown(dict[str, object]):
    """Values of a message; a missing one shows its name."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def plural(n: int, forms: str, language: str | None = None) -> str:
    """A number with its noun: forms are «жалоба|жалобы|жалоб» or ``complaint|complaints``.

    >>> plural(2, "жалоба|жалобы|жалоб", "ru"), plural(11, "жалоба|жалобы|жалоб", "ru"), plural(1, "row|rows", "en")
    ('2 жалобы', '11 жалоб', '1 row')
    """
    choices = forms.split("|")
    if (language or default_language()) == "ru":
        last, teens = n % 10, 10 < n % 100 < 20
        number = 0 if last == 1 and not teens else 1 if 1 < last < 5 and not teens else 2
    else:
        number = 0 if n == 1 else 1
    return f"{n} {choices[min(number, len(choices) - 1)]}"


def words(code: str, language: str | None = None) -> list[str]:
    """A list of the catalogue, such as the heads of a table."""
    entry: Any = _catalogue(language or default_language())
    for part in code.split("."):
        entry = entry[part]
    return list(entry)
