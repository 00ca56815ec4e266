"""Words that try to be markup, a formula, a command; and reports that hold them wherever a report may hold words."""

from __future__ import annotations

import json
from typing import Any

from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Accepted, Report, Segment, Uncovered
from svc.analyzers.schema import report_schema
from svc.analyzers.verdicts import judge

from .full import full_report
from .made import finding, report

CORPUS = {
    "rich": "[red]жалоба[/red] [/] [link=x]тут[/link]",
    "ansi": "\x1b[31mкрасный\x1b[0m \x1b]0;title\x07 \x9b2J \x00",
    "html": "<script>alert(1)</script><img src=x onerror=y> &lt;b&gt;",
    "formula": '=HYPERLINK("x";"y")',
    "formula after a space": "  @SUM(1+1)*cmd|' /C calc'!A0",
    "formula in full width": "＝1+1",
    "workflow command": "::error file=a::взлом\n::set-output name=x::y\r\n::add-mask::тут",
    "old workflow command": "см. ##[error]взлом ##vso[task.complete]",
    "bidi": "обычный \u202eтекст\u2066 \u200fтут\u061c\u2028",
    "cdata": "]]> <![CDATA[ ]]>",
    "markdown": "| a | b |\n# заголовок\n[x](javascript:y) ![z](w) `код` *ж* _к_ ~~з~~ @user #1 https://x www.x $a$",
    "comment": "<!-- конец",
    "surrogate": "половина \ud83d тут",
    "not in xml": "\ufffe\uffff\x0b\x0c",
    "percent": "50%25%0A::error::x",
    "label": 'a"b\\c\nsvc_fake 1',
    "toml": '"""\n[[accepted]]\nid = "x"',
    "empty": "",
    "a word of a megabyte": "ы" * 1_000_000,
}
SHORT = [name for name in CORPUS if name != "a word of a megabyte"]
_SCHEMA = report_schema()


def hostile(text: str) -> Report:
    """The text in the parts that every format has, beside harmless findings."""
    made = report(
        finding("fulfilment.late", title={"ru": text, "en": text}, upgrade={"ru": text}, metric={"ru": text}),
        finding("staff.rude", severity_class="A"),
        finding(text, system="trust"),
    )
    for item in made.findings:
        item.quotes[0].text = item.quotes[0].source = item.quotes[0].id = text
    made.meta.inputs = [{"source": text}]
    made.meta.version = text
    made.urgent[0].text = made.urgent[0].source = text
    made.uncovered = [Uncovered(text, 3)]
    made.segments = [Segment(text, text, 5, 0.1, False, [])]
    judge(made, [parse_gate("class:A"), parse_gate("new")], [parse_gate("n:1")])
    made.gates[2].expr = text
    made.baseline = [Accepted(text, text, text, text, 1, 0.1, "A", "grown", 2, 0.2, "A")]
    return made


def hostile_everywhere(text: str) -> Report:
    """A report with every part filled, and the text in each string that the schema leaves free: so may a file be."""
    made = full_report(4)
    judge(made, [parse_gate("class:A and n:3"), parse_gate("new")], [parse_gate("share:1%")])
    data = json.loads(json.dumps(made.to_json()))
    return Report.from_json(_spoilt(data, _SCHEMA, text))


def _spoilt(value: Any, schema: dict[str, Any], text: str) -> Any:
    schema = {**_SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], **schema} if "$ref" in schema else schema
    inner = [option for option in schema.get("anyOf", ()) if "$ref" in option]
    if inner and value is not None:
        return _spoilt(value, inner[0], text)
    if isinstance(value, str):
        return value if {"enum", "const"} & schema.keys() else text
    if isinstance(value, list):
        return [_spoilt(item, schema.get("items", {}), text) for item in value]
    if isinstance(value, dict):
        own, more = schema.get("properties", {}), schema.get("additionalProperties") or {}
        more = more if isinstance(more, dict) else {}
        return {name: _spoilt(item, own.get(name, more), text) for name, item in value.items()}
    return value
