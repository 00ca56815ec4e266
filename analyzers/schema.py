"""The JSON Schema (draft 2020-12) of the report, made from the records: they cannot part."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from .compare import ORDER
from .records import SCHEMA_VERSION, Report
from .vocabulary import CLASSES, DIMENSIONS, KINDS, OWNERS, STAGES, SYSTEMS

Schema = dict[str, Any]

LETTERS = [name for name, _ in CLASSES]
NAMES = {"severity_class": "class"}
SHARE: Schema = {"minimum": 0, "maximum": 1}
COUNT: Schema = {"minimum": 0}
INDEX: Schema = {"minimum": 0, "maximum": 100}
PLACE: Schema = {"minimum": 1}
# what the types do not say; `Record.field` before `field`
LIMITS: dict[str, Schema] = {
    "Report.schema_version": {"const": SCHEMA_VERSION},
    "Report.kinds": {"propertyNames": {"enum": list(KINDS)}, "additionalProperties": {"type": "integer", **COUNT}},
    "Report.matrix": {"propertyNames": {"enum": list(STAGES)}},
    "Finding.system": {"enum": list(SYSTEMS)},
    "Finding.owner": {"enum": list(OWNERS)},
    "Finding.dimension": {"enum": list(DIMENSIONS)},
    "Finding.stage": {"enum": list(STAGES)},
    "Finding.status": {"enum": [*ORDER, "returned", None]},
    "Theme.status": {"enum": ["new", "growing", "stable", None]},
    "Kept.distance": SHARE,
    "Discovery.false_alarm": SHARE,
    "Theme.sure": SHARE,
    "Strength.system": {"enum": list(SYSTEMS)},
    "Quote.row": {"minimum": 1},
    "Repeat.kind": {"enum": ["customer", "template"]},
    "Statistics.denominator": PLACE,
    "Foreseen.id": {"enum": ["who", "what", "how", "when", "now", "next", "result", "other", "all"]},
    "Verdict.level": {"enum": ["fail", "warn"]},
    "Verdict.verdict": {"enum": ["pass", "warn", "fail", "unknown"]},
    "Accepted.state": {"enum": ["accepted", "grown", "expired", "gone"]},
    "Accepted.until": {"format": "date"},
    "severity_class": {"enum": LETTERS},
    "class_now": {"enum": [*LETTERS, None]},
    "classes": {"propertyNames": {"enum": LETTERS}},
    **dict.fromkeys(("share", "share_low", "share_high", "share_now", "severity", "coverage"), SHARE),
    **dict.fromkeys(("index", "index_low", "index_high"), INDEX),
    **dict.fromkeys(
        (
            "open",
            "unknown",
            "uncovered",
            "overdue",
            "late",
            "answered",
            "days_median",
            "days_p90",
            "reopened",
            "repeats",
            "misdated",
            "overdue_days",
            "per_1000",
            "hours",
            "handling",
            "reach",
            "won_low",
            "won_high",
            "at_risk",
            "money",
            "n",
            "without",
            "fitted",
            "n_now",
            "customers",
            "rows",
            "used",
            "skipped",
            "duplicates",
            "complaints",
            "start",
            "stop",
        ),
        COUNT,
    ),
    **dict.fromkeys(("rank_low", "rank_high"), PLACE),
}
_PLAIN: dict[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def report_schema() -> Schema:
    """The schema of the JSON report."""
    parts: dict[str, Schema] = {}
    root = _object(Report, parts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:svc:report:{SCHEMA_VERSION}",
        "title": "The report of svc analyze",
        **root,
        "$defs": dict(sorted(parts.items())),
    }


def _object(record: type, parts: dict[str, Schema]) -> Schema:
    """A record: every field stands in every report, and no other."""
    hints = get_type_hints(record)
    properties = {
        NAMES.get(item.name, item.name): _of(hints[item.name], parts)
        | LIMITS.get(f"{record.__name__}.{item.name}", _bounds(item.name, hints[item.name]))
        for item in fields(record)
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _bounds(name: str, kind: Any) -> Schema:
    """Limits of a field of any record; a list or an object of the same name is another thing."""
    limit = LIMITS.get(name, {})
    scalar = {int, float, str} & {kind, *get_args(kind)}
    return limit if (scalar and get_origin(kind) is not list) or "propertyNames" in limit else {}


def _of(kind: Any, parts: dict[str, Schema]) -> Schema:
    """The schema of a type."""
    if kind is Any:
        return {}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if is_dataclass(kind):
        record = cast("type", kind)
        name = record.__name__
        if name not in parts:
            parts[name] = {}
            parts[name] = _object(record, parts)
        return {"$ref": f"#/$defs/{name}"}
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is list:
        return {"type": "array", "items": _of(arguments[0], parts)}
    if origin is dict:
        inner = _of(arguments[1], parts)
        return {"type": "object", "additionalProperties": inner} if inner else {"type": "object"}
    if origin in (Union, types.UnionType):
        inner = [_of(argument, parts) for argument in arguments]
        if all(set(part) == {"type"} and isinstance(part["type"], str) for part in inner):
            return {"type": [part["type"] for part in inner]}
        return {"anyOf": inner}
    raise TypeError(f"no schema for {kind}")
