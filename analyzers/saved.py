"""A saved JSON report, checked against the schema before anything is made of it: the file may come from anywhere.

A key that came after the first reports of its schema version has a default in its record: an older report gets it when
it is read.
"""

from __future__ import annotations

import json
from typing import Any, cast

from .errors import InputError
from .plain import completed
from .records import SCHEMA_VERSION, Report
from .schema import Schema, report_schema

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),),
    "integer": (int,), "number": (int, float),
}  # fmt: skip


def read_report(text: str, path: str) -> Report:
    """A report from its JSON.

    Raises
    ------
    InputError
        ``saved.not_json``, ``saved.version`` or ``saved.not_report`` with the place of the first fault.
    """
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("saved.not_json", path=path, detail=str(error)) from error
    if isinstance(data, dict) and "findings" in data:
        version = cast("dict[str, Any]", data).get("schema_version")
        if version != SCHEMA_VERSION:
            raise InputError("saved.version", path=path, version=version, allowed=SCHEMA_VERSION)
        data = _uncovered(completed(Report, data), data)
    fault = first_fault(data)
    if fault is not None:
        raise InputError("saved.not_report", path=path, place=fault[0] or "/", detail=fault[1])
    return Report.from_json(cast("dict[str, Any]", data))


def _uncovered(whole: Any, given: Any) -> Any:
    """Complaints without a category, counted from the coverage where a report is older than that key."""
    told, figures = given.get("statistics"), whole.get("statistics")
    if not isinstance(told, dict) or "uncovered" in told:
        return whole
    complaints, coverage = figures.get("complaints"), figures.get("coverage")
    if _is(complaints, "integer") and _is(coverage, "number"):
        figures["uncovered"] = round(complaints * (1 - coverage))
    return whole


def first_fault(data: Any) -> tuple[str, str] | None:
    """Place (a JSON pointer) and fault of the first value that the report's schema refuses, None where all is well."""
    schema = report_schema()
    return _Check(schema["$defs"]).fault(data, schema, "")


class _Check:
    """The keywords that `report_schema` uses, and no others; a test holds it against the jsonschema package."""

    def __init__(self, parts: dict[str, Schema]) -> None:
        self.parts = parts

    def fault(self, value: Any, schema: Schema, at: str) -> tuple[str, str] | None:
        if "$ref" in schema:
            inner = self.fault(value, self.parts[schema["$ref"].rpartition("/")[2]], at)
            if inner is not None:
                return inner
        options = schema.get("anyOf")
        if options and all(self.fault(value, option, at) is not None for option in options):
            return at, "no allowed type"
        found = self._scalar(value, schema, at)
        if found is None and isinstance(value, dict):
            found = self._object(cast("dict[str, Any]", value), schema, at)
        if found is None and isinstance(value, list) and "items" in schema:
            items = cast("list[Any]", value)
            faults = (self.fault(item, schema["items"], f"{at}/{number}") for number, item in enumerate(items))
            found = next((fault for fault in faults if fault is not None), None)
        return found

    def _scalar(self, value: Any, schema: Schema, at: str) -> tuple[str, str] | None:
        wanted = schema.get("type")
        names: list[str] = [wanted] if isinstance(wanted, str) else wanted or []
        if names and not any(_is(value, name) for name in names):
            return at, "type: " + " | ".join(names)
        if "const" in schema and value != schema["const"]:
            return at, f"= {schema['const']}"
        if "enum" in schema and value not in schema["enum"]:
            return at, ", ".join(map(str, schema["enum"]))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            low, high = schema.get("minimum", value), schema.get("maximum", value)
            if not low <= value <= high:
                return at, f"{schema.get('minimum', '')}..{schema.get('maximum', '')}"
        return None

    def _object(self, value: dict[str, Any], schema: Schema, at: str) -> tuple[str, str] | None:
        for name in schema.get("required", ()):
            if name not in value:
                return f"{at}/{name}", "missing"
        properties: dict[str, Schema] = schema.get("properties", {})
        more: Schema | bool = schema.get("additionalProperties", True)
        for name, item in value.items():
            if "propertyNames" in schema and self.fault(name, schema["propertyNames"], at) is not None:
                return f"{at}/{name}", "unknown"
            inner = properties.get(name, more)
            if inner is False:
                return f"{at}/{name}", "unknown"
            found = self.fault(item, inner, f"{at}/{name}") if isinstance(inner, dict) else None
            if found is not None:
                return found
        return None


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if name == "integer" and isinstance(value, float):
        return value.is_integer()
    if isinstance(value, float) and name == "number":
        return value == value and abs(value) != float("inf")
    return isinstance(value, _TYPES[name])
