"""What a workbook does not show: hidden sheets, and rows and columns hidden by hand or by a filter.

They are read like the others: a filter that someone forgot must not cost complaints. It is told, for a person who
looks at the book sees fewer rows than the report counts. The library tells hidden sheets of every kind of book; hidden
rows and columns are found in XLSX and XLSM only, in the sheet's own XML.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape

from .model import TableInfo

_TRUE = rb"""["'](?:1|true)["']"""
_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^<>]{0,400}?\bhidden=" + _TRUE + rb""")[^<>]{0,400}?\br=["'](\d{1,9})["'][^<>]*>"""
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\s(?=[^<>]{0,400}?\bhidden=" + _TRUE + rb")[^<>]{0,400}>")
_MIN, _MAX = (re.compile(name + rb"""=["'](\d{1,5})["']""") for name in (rb"\bmin", rb"\bmax"))
_FILTER = re.compile(rb"<(?:\w+:)?(?:filterColumn|autoFilter)\b[^<>]*[^/<>]>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]{1,2000}>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]{1,2000}>")
MAX_COLUMN = 16_384


@dataclass
class Hidden:
    """Numbers of hidden rows and columns of one sheet, from 1; `filtered` where a filter hides them."""

    rows: set[int] = field(default_factory=set[int])
    columns: set[int] = field(default_factory=set[int])
    filtered: bool = False

    def look(self, data: bytes) -> None:
        """Take what a piece of the sheet's XML says; pieces may overlap."""
        if b"hidden=" in data:
            self.rows.update(int(found[1]) for found in _ROW.finditer(data) if not found[0].endswith(b"/>"))
            for found in _COLUMN.findall(data):
                first, last = _MIN.search(found), _MAX.search(found)
                if first and last:
                    self.columns.update(range(int(first[1]), min(int(last[1]), MAX_COLUMN) + 1))
        self.filtered = self.filtered or _FILTER.search(data) is not None


def sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Return {name of a sheet: its file inside the book}, from workbook.xml and its relations."""
    targets: dict[str, str] = {}
    for found in _RELATION.findall(relations):
        target = _attribute(found, "Target").lstrip("/")
        targets[_attribute(found, "Id")] = target if target.startswith("xl/") else "xl/" + target
    parts = {_attribute(found, "name"): targets.get(_attribute(found, "id"), "") for found in _SHEET.findall(workbook)}
    return {name: part for name, part in parts.items() if name and part}


def _attribute(tag: bytes, name: str) -> str:
    found = re.search(rb"""[\s:]%s=(?:"([^"]*)"|'([^']*)')""" % name.encode(), tag)
    return unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def note_hidden(info: TableInfo, unseen: Sequence[str], hidden: Hidden | None) -> None:
    """Tell what of the book its reader does not see.

    Parameters
    ----------
    info : TableInfo
        Its sheet, header row and columns are known.
    unseen : sequence of str
        Hidden sheets.
    hidden : Hidden or None
        Of the sheet that is read; None where the format does not tell.
    """
    if info.sheet in unseen:
        info.note("hidden_sheet", sheet=info.sheet)
    if others := [name for name in unseen if name != info.sheet]:
        info.note("hidden_sheets", sheets=others)
    if hidden is None:
        return
    rows = sum(number > (info.header_row or 0) for number in hidden.rows)
    if rows:
        info.note("filtered_rows" if hidden.filtered else "hidden_rows", count=rows)
    if columns := _names(info.columns, hidden.columns):
        info.note("hidden_columns", columns=columns)


def _names(columns: Sequence[str], numbers: Iterable[int]) -> list[str]:
    return [columns[number - 1] for number in sorted(numbers) if number <= len(columns)]
