"""Sheets of a workbook: typed cells, no formulas from a file, the same bytes for the same report."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

from .escape import one_line

CELL = 2000  # characters of a text cell
_FORMULA = "=+-@＝＋－＠"
EPOCH = dt.datetime(2000, 1, 1)  # of a workbook whose report does not tell when it was made
Kind = str  # of a column: "text", "wide", "int", "number", "percent", "date", "letter", "link"


class Book:
    """A workbook being written.

    Strings are stored as strings: nothing is made a formula, a number or a link on its way, and what a spreadsheet
    might take for a formula when the cell is edited carries the quote prefix.
    """

    def __init__(self, created: dt.date | None, title: str) -> None:
        import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

        self._buffer = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(
            self._buffer,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        moment = dt.datetime.combine(created, dt.time()) if created else EPOCH
        self.book.set_properties({"title": one_line(title, 200), "created": moment, "author": "svc", "comments": ""})
        self.book.set_size(2400, 1400)
        plain: dict[str, Any] = {"valign": "top", "font_name": "Arial", "font_size": 10}
        # set in a little: a number that ends where words begin would be read as one with them
        left: dict[str, Any] = {"align": "left", "indent": 1}
        shapes: dict[str, dict[str, Any]] = {
            "text": left,
            "wide": left | {"text_wrap": True},
            "int": {"num_format": "#,##0"},
            "number": {"num_format": "0.0##"},
            "percent": {"num_format": "0.0%"},
            "date": {"num_format": "dd.mm.yyyy"},
            "letter": {"align": "center"},
            "link": left | {"font_color": "#0B57B8", "underline": 1, "text_wrap": True},
        }
        self.formats = {name: self.book.add_format(plain | shape) for name, shape in shapes.items()}
        self.quoted = self.book.add_format(plain | left | {"text_wrap": True, "quote_prefix": True})
        head = plain | {"bold": True, "bg_color": "#E4E8EE", "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = self.book.add_format(head | left)
        self.head_right = self.book.add_format(head | {"align": "right"})
        self.head_centre = self.book.add_format(head | {"align": "center"})
        self.title = self.book.add_format(plain | {"bold": True, "font_size": 14, "text_wrap": True})
        self.bold = self.book.add_format(plain | {"bold": True})
        self.letters = {
            letter: self.book.add_format({"bg_color": back, "font_color": ink, "bold": True})
            for letter, back, ink in (
                ("A", "#FBE9E7", "#B3261E"),
                ("B", "#FDF0E0", "#8A4600"),
                ("C", "#F6F3D5", "#6D6300"),
            )
        }

    def sheet(self, name: str) -> Any:
        """A new sheet, printed across one page."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4)
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: object, kind: Kind = "text") -> None:
        """One cell; None stays empty."""
        if value is None or value == "":
            return
        if isinstance(value, str):
            text = one_line(value, CELL)
            sheet.write_string(row, column, text, self.quoted if text[:1] in _FORMULA and text else self.formats[kind])
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), self.formats["date"])
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.formats[kind])
        else:
            raise TypeError(f"no cell for {type(value).__name__}")

    def link(self, sheet: Any, row: int, column: int, target: str, text: str) -> None:
        """A cell that leads to another cell of the workbook."""
        sheet.write_url(row, column, "internal:" + target, self.formats["link"], one_line(text, CELL))

    def table(
        self,
        sheet: Any,
        top: int,
        heads: Sequence[tuple[str, Kind, int]],
        rows: Sequence[Sequence[object]],
        cell: Callable[[int, int, object], bool] | None = None,
    ) -> None:
        """A table with a frozen, filtered head.

        Parameters
        ----------
        heads : sequence of (name, kind, width)
        cell : callable, optional
            ``(row, column, value) -> bool``: writes a cell itself and says so.
        """
        for column, (name, kind, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write_string(top, column, one_line(name), self.head_of(kind))
        sheet.set_row(top, 30)
        for number, row in enumerate(rows, top + 1):
            for column, ((_, kind, _), value) in enumerate(zip(heads, row, strict=True)):
                if cell is None or not cell(number, column, value):
                    self.write(sheet, number, column, value, kind)
            sheet.set_row(number, _height(heads, row))
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, max(top + len(rows), top + 1), len(heads) - 1)
        sheet.repeat_rows(top)
        for column, (_, kind, _) in enumerate(heads):
            if kind == "letter" and rows:
                self._colour(sheet, top + 1, top + len(rows), column)

    def head_of(self, kind: Kind) -> Any:
        """The shape of a column's name: above numbers it stands where they do."""
        if kind in ("int", "number", "percent", "date"):
            return self.head_right
        return self.head_centre if kind == "letter" else self.head

    def _colour(self, sheet: Any, first: int, last: int, column: int) -> None:
        for letter, shape in self.letters.items():
            sheet.conditional_format(
                first, column, last, column, {"type": "cell", "criteria": "==", "value": f'"{letter}"', "format": shape}
            )

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self._buffer.getvalue()


def _height(heads: Sequence[tuple[str, Kind, int]], row: Sequence[object]) -> float:
    """Points that the longest wrapped cell of a row takes: not every program finds this out by itself."""
    lines = 1
    for (_, kind, width), value in zip(heads, row, strict=True):
        if kind in ("wide", "link") and isinstance(value, str):
            lines = max(lines, -(-min(len(value), CELL) * 11 // (10 * width)))
    return min(409.0, 13.5 * lines + 1.5)
