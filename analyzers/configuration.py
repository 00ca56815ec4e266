"""Settings from files and the environment: `SVC_*`, then svc.toml of the working folder, then the user's own.

Keys are flat: an option of `svc analyze` (``rank_by``), or a weight (``severity.court.floor``).
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from .errors import UsageError
from .weights import Figures

PROJECT = "svc.toml"
TEXTS = (
    "text", "title", "date", "id", "customer", "channel", "product", "region", "rating", "amount", "status", "closed",
    "reply", "operator",
    "encoding", "delimiter", "sheet", "split", "since", "until", "period", "today", "tz", "rank_by",
    "format", "lang", "baseline", "mask_rules",
)  # fmt: skip
NUMBERS = ("top", "quotes", "workers", "overdue_days", "denominator")
SWITCHES = ("no_mask", "no_model", "quiet", "allow_empty", "bom", "strict_pii")
LISTS = ("lexicon", "sector", "by", "fail_on", "warn_on")
# an option that writes files is a flag only: a folder somebody sent must not decide what is overwritten
OPTIONS = (*TEXTS, *NUMBERS, *SWITCHES, *LISTS)
# of svc weekly alone, with the kind of each; where to remember and where to send are flags for the same reason
WEEKLY = {
    "weekly.format": "text", "weekly.split_by": "text", "weekly.event": "list", "weekly.retention": "number",
    "weekly.lock_timeout": "number", "weekly.quiet_if_unchanged": "switch", "weekly.keep_quotes": "switch",
}  # fmt: skip
# read where they are used
OWN = (
    "SVC_CACHE_DIR", "SVC_DEBUG", "SVC_LANG", "SVC_MASK_KEY", "SVC_SMTP_PASSWORD", "SVC_WEBHOOK_TOKEN",
    "SVC_TELEGRAM_TOKEN", "SVC_TELEGRAM_API",
)  # fmt: skip
LIMITS = {"rank.growth_low": (0.0, 1.0), "rank.growth_high": (1.0, 100.0)}
ANY = (0.0, 1e12)
SHARE = (0.0, 1.0)
TRUE, FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, slots=True)
class Value:
    """A setting and where it comes from."""

    value: Any
    source: str


def known_keys() -> list[str]:
    """Every key a file may have."""
    from .assess.severity import FACTS, RELIEFS

    facts = [f"severity.{fact.marker}.{part}" for fact in FACTS for part in ("floor", "add")]
    reliefs = [f"severity.{relief.marker}.off" for relief in RELIEFS]
    return [*OPTIONS, *WEEKLY, *LIMITS, *facts, *reliefs, *(f"figures.{item.name}" for item in fields(Figures))]


def read_settings(environment: Mapping[str, str], folder: Path, user: Path | None) -> dict[str, Value]:
    """What the environment and the files set.

    Parameters
    ----------
    environment : mapping
        Such as `os.environ`.
    folder : Path
        The working folder, where svc.toml is looked for.
    user : Path or None
        The user's own file.

    Returns
    -------
    dict of key to Value

    Raises
    ------
    UsageError
        ``config.toml``, ``config.unknown`` with the nearest key, ``config.bad_value``.
    """
    found: dict[str, Value] = {}
    for path in (user, folder / PROJECT):
        if path is not None and path.is_file():
            found |= _of_file(path)
    return found | _of_environment(environment)


def _of_file(path: Path) -> dict[str, Value]:
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("config.toml", path=str(path), detail=str(error)) from None
    return {key: Value(_checked(key, value, str(path)), str(path)) for key, value in _flat(data, str(path))}


def _flat(data: Mapping[str, Any], path: str, prefix: str = "") -> list[tuple[str, Any]]:
    """Keys with their tables; a dash is an underscore."""
    found: list[tuple[str, Any]] = []
    for name, value in data.items():
        key = prefix + name.replace("-", "_")
        if isinstance(value, dict):
            found += _flat(cast("dict[str, Any]", value), path, key + ".")
        else:
            _known(key, path)
            found.append((key, value))
    return found


def _known(key: str, path: str) -> None:
    if key in OPTIONS or key in WEEKLY or key in LIMITS:
        return
    names = known_keys()
    if key not in names:
        near = difflib.get_close_matches(key, names, n=1)
        raise UsageError("config.unknown", path=path, key=key, nearest=near[0] if near else None)


def _of_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    """`SVC_RANK_BY` and the like; a name close to none of ours is somebody else's."""
    wanted = {name: text for name, text in environment.items() if name.startswith("SVC_") and name not in OWN}
    if not wanted:
        return {}
    names = {"SVC_" + key.upper().replace(".", "_"): key for key in known_keys()}
    found: dict[str, Value] = {}
    for name, text in sorted(wanted.items()):
        if name in names:
            key = names[name]
            found[key] = Value(_checked(key, _parsed(key, text, name), name), name)
        elif near := difflib.get_close_matches(name, [*names, *OWN], n=1, cutoff=0.85):
            raise UsageError("config.unknown", path=name, key=name, nearest=near[0])
    return found


def _kind(key: str) -> str:
    """Of a key's value: text, number, switch, list, or weight."""
    for kind, keys in (("text", TEXTS), ("number", NUMBERS), ("switch", SWITCHES), ("list", LISTS)):
        if key in keys:
            return kind
    return WEEKLY.get(key, "weight")


def _parsed(key: str, text: str, name: str) -> Any:
    """The text of a variable as the type of its key; lists are separated by commas."""
    kind = _kind(key)
    if kind == "list":
        return [part.strip() for part in text.split(",") if part.strip()]
    if kind == "switch":
        plain = text.strip().lower()
        if plain not in (*TRUE, *FALSE):
            raise UsageError("config.bad_value", path=name, key=key, value=text, allowed="true, false")
        return plain in TRUE
    if kind == "text":
        return text
    try:
        return int(text) if kind == "number" else float(text)
    except ValueError:
        raise UsageError("config.bad_value", path=name, key=key, value=text, allowed="0, 1, 2, …") from None


def _checked(key: str, value: Any, path: str) -> Any:
    """The value, where its type and size are allowed."""
    low, high = LIMITS.get(key, SHARE if key.startswith("severity.") else ANY)
    kind = _kind(key)
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if kind == "text":
        # a column may be given by its number
        good, allowed = isinstance(value, str) or (number and isinstance(value, int)), '"…"'
        value = str(value) if good else value
    elif kind == "list":
        items = cast("list[object]", value) if isinstance(value, list) else [value]
        good, allowed = all(isinstance(item, str) for item in items), '["…", "…"]'
        value = items
    elif kind == "switch":
        good, allowed = isinstance(value, bool), "true, false"
    elif kind == "number":
        good, allowed = number and isinstance(value, int) and value >= 0, "0, 1, 2, …"
    else:
        good, allowed = number and low <= value <= high, f"{low:g} … {high:g}"
    if not good:
        raise UsageError("config.bad_value", path=path, key=key, value=str(value)[:80], allowed=allowed)
    return value
