"""The report as a workbook: summary with a chart, findings, rows, claims, plan; sheets lead to each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...analyzers.plan import day_of, measures
from ...analyzers.records import Claim, Finding, Report
from ..messages import words as head_words
from . import plan_words, plan_xlsx
from .plan_words import owner as owner_words
from .wording import Wording, proven
from .workbook import Book

CHARTED = 15  # findings of the chart
ROWS_MOST = 50_000
_FINDING_KINDS = (
    "int",
    "link",
    "text",
    "letter",
    "number",
    "number",
    "int",
    "int",
    "percent",
    "percent",
    "percent",
    "number",
    "number",
    "number",
    "number",
    "int",
    "int",
    "wide",
    "wide",
    "wide",
    "wide",
    "wide",
    "wide",
)
_FINDING_WIDTHS = (5, 40, 26, 7, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 8, 8, 18, 18, 16, 14, 46, 34)
INDEX_COLUMN = 4
_ROW_KINDS = ("link", "text", "text", "text", "int", "number", "wide")
_CLAIM_WIDTHS = {"row": 9, "rule": 30, "demands": 24, "formula": 36, "categories": 36, "text": 80}
_CLAIM_KINDS = {
    **dict.fromkeys(("amount", "exposure", "penalty", "moral_damage", "days_left", "deadline_days"), "int"),
    **dict.fromkeys(("received", "due", "deadline"), "date"),
}
_ROW_WIDTHS = (36, 26, 18, 22, 9, 9, 100)


def render(report: Report, language: str) -> bytes:
    """The whole workbook; all findings, as for every format that a machine may read."""
    return _Workbook(report, language).bytes()


class _Workbook:
    def __init__(self, report: Report, language: str) -> None:
        self.report, self.words = report, Wording(language)
        self.book = Book(day_of(report), self.words.say("md.title"))
        self.names = {key: self.words.say("xlsx." + key) for key in ("summary", "findings", "rows", "claims", "plan")}
        self.first_row: dict[str, int] = {}  # of a finding on the sheet of rows, as the sheet counts

    def bytes(self) -> bytes:
        summary = self.book.sheet(self.names["summary"])
        findings = self.book.sheet(self.names["findings"])
        self.rows(self.book.sheet(self.names["rows"]))
        self.findings(findings)
        self.claims(self.book.sheet(self.names["claims"]))
        plan_xlsx.sheet(self.book, measures(self.report), self.words)
        self.summary(summary)
        summary.activate()
        return self.book.bytes()

    def heads(self, code: str, kinds: tuple[str, ...], widths: tuple[int, ...]) -> list[tuple[str, str, int]]:
        names = head_words("xlsx." + code, self.words.language)
        return list(zip(names, kinds, widths, strict=True))

    # -- sheets ------------------------------------------------------------------------------------------------------

    def summary(self, sheet: Any) -> None:
        words, report, write = self.words, self.report, self.book.write
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 14)
        sheet.set_column(2, 8, 12)
        sheet.hide_gridlines(2)
        sheet.merge_range(0, 0, 0, 8, "", self.book.title)
        sheet.write_string(0, 0, self.verdict(), self.book.title)
        sheet.set_row(0, 42)
        write(sheet, 1, 0, words.say("html.limits_short"))
        if report.findings:
            first = report.findings[0]
            total = plan_words.complaints(first.n, words, of=True)
            write(sheet, 2, 0, words.class_why(first, total))
        figures = report.statistics
        line = 4
        values: list[tuple[str, object, str]] = [
            *(
                (words.say("xlsx.figure." + name), getattr(figures, name), "int")
                for name in ("rows", "used", "skipped", "duplicates", "complaints", "customers")
            ),
            (words.say("xlsx.figure.coverage"), figures.coverage, "percent"),
            (words.say("xlsx.figure.per_1000"), figures.per_1000, "number"),
            (words.say("xlsx.figure.findings"), len(report.findings), "int"),
            (words.say("xlsx.figure.urgent"), len(report.urgent), "int"),
            (words.say("xlsx.figure.created"), day_of(report), "date"),
            (
                words.say("xlsx.figure.inputs"),
                ", ".join(plan_words.source(str(item.get("source", "-"))) for item in report.meta.inputs),
                "text",
            ),
        ]
        for name, value, kind in values:
            if value is not None:
                write(sheet, line, 0, name)
                write(sheet, line, 1, value, kind)
                line += 1
        line = self.sheets(sheet, line + 1)
        self.gates(sheet, self.departments(sheet, line + 1) + 2)
        if len(report.findings) > 1:
            sheet.insert_chart(4, 3, self.chart())

    def verdict(self) -> str:
        return self.words.headline(self.report, self.words.number)

    def sheets(self, sheet: Any, line: int) -> int:
        """Links to the other sheets; the next free line."""
        for key in ("findings", "rows", "claims", "plan"):
            self.book.link(sheet, line, 0, f"'{self.names[key]}'!A1", self.names[key])
            line += 1
        return line

    def departments(self, sheet: Any, line: int) -> int:
        """Pain of each department; the last line written."""
        for column, name in enumerate(head_words("xlsx.owner_head", self.words.language)):
            sheet.write_string(line, column, name, self.book.head_of("int" if column else "text"))
        for group in self.report.owners:
            line += 1
            self.book.write(sheet, line, 0, owner_words(group.id, self.words))
            self.book.write(sheet, line, 1, group.index, "number")
            self.book.write(sheet, line, 2, group.n, "int")
        return line

    def gates(self, sheet: Any, line: int) -> None:
        """What `--fail-on` and `--warn-on` came to."""
        for gate in self.report.gates:
            self.book.write(sheet, line, 0, gate.expr)
            self.book.write(sheet, line, 1, self.words.verdict(gate))
            self.book.write(sheet, line, 2, self.words.gate_values(gate))
            line += 1

    def chart(self) -> Any:
        """Bars of the index, the largest on top; the cumulative shares stand on the sheet of findings."""
        name, last = self.names["findings"], min(CHARTED, len(self.report.findings))
        chart = self.book.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": [name, 0, INDEX_COLUMN],
                "categories": [name, 1, 1, last, 1],
                "values": [name, 1, INDEX_COLUMN, last, INDEX_COLUMN],
                "fill": {"color": "#4A7FC1"},
                "gap": 40,
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": self.words.say("xlsx.chart"), "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#D5D9E0"}}, "label_position": "low"})
        chart.set_legend({"none": True})
        chart.set_size({"width": 760, "height": 60 + 28 * last})
        return chart

    def findings(self, sheet: Any) -> None:
        names = self.names["rows"]
        shown = self.report.findings

        def cell(number: int, column: int, value: object) -> bool:
            if column != 1 or not self.first_row:
                return False
            row = self.first_row.get(shown[number - 1].id)
            if row is None:
                return False
            self.book.link(sheet, number, column, f"'{names}'!A{row}", str(value))
            return True

        rows = [self.finding(place, finding) for place, finding in enumerate(shown, 1)]
        self.book.table(sheet, 0, self.heads("finding_head", _FINDING_KINDS, _FINDING_WIDTHS), rows, cell)
        sheet.freeze_panes(1, 2)
        if rows:
            sheet.conditional_format(
                1,
                INDEX_COLUMN,
                len(rows),
                INDEX_COLUMN,
                {"type": "data_bar", "bar_color": "#9BB7DC", "bar_solid": True},
            )

    def finding(self, place: int, finding: Finding) -> list[object]:
        words = self.words
        return [
            place,
            words.title(finding.title),
            finding.id,
            finding.severity_class,
            finding.index,
            finding.cumulative,
            finding.n,
            finding.customers or None,
            finding.share,
            finding.share_low,
            finding.share_high,
            finding.severity,
            finding.growth if proven(finding) else None,
            finding.index_low,
            finding.index_high,
            finding.rank_low,
            finding.rank_high,
            owner_words(finding.owner, words),
            words.say("system." + finding.system),
            words.say("stage." + finding.stage),
            words.say("report.few") if finding.few else None,
            words.title(finding.upgrade),
            words.title(finding.metric),
        ]

    def rows(self, sheet: Any) -> None:
        """The evidence: quotes with their rows, then the other ids of each finding; single urgent rows."""
        rows: list[list[object]] = []
        for row in self.report.urgent:
            rows.append([self.words.say("xlsx.urgent"), None, row.id, row.source, row.row, row.severity, row.text])
        for finding in self.report.findings:
            title, told = self.words.title(finding.title), {quote.id for quote in finding.quotes}
            self.first_row[finding.id] = len(rows) + 2
            for q in finding.quotes:
                rows.append([title, finding.id, q.id, q.source, q.row, q.severity, q.text])
            for name in finding.rows:
                if name not in told:
                    rows.append([title, finding.id, name, *place_of(name), None, None])
            if not self.first_row[finding.id] - 1 <= len(rows) <= ROWS_MOST:
                del self.first_row[finding.id]
        place = {finding.id: number for number, finding in enumerate(self.report.findings, 2)}

        def cell(number: int, column: int, value: object) -> bool:
            name = rows[number - 1][1]
            if column != 0 or not isinstance(name, str):
                return False
            # links are dear: a workbook may hold 65,530, and only the first row of a finding needs one
            if self.first_row.get(name) != number + 1:
                self.book.write(sheet, number, column, value, "wide")
            else:
                self.book.link(sheet, number, column, f"'{self.names['findings']}'!B{place[name]}", str(value))
            return True

        self.book.table(sheet, 0, self.heads("row_head", _ROW_KINDS, _ROW_WIDTHS), rows[:ROWS_MOST], cell)

    def claims(self, sheet: Any) -> None:
        """Claims, the first to expire on top; a column that no claim fills is left out."""
        rows = [self.claim(entry) for entry in self.report.claims]
        if not rows:
            self.book.write(sheet, 0, 0, self.words.say("xlsx.no_claims"))
            sheet.set_column(0, 0, 60)
            return
        keys = [key for key in rows[0] if any(row[key] not in (None, "") for row in rows)]
        heads = [
            (self.words.say("xlsx.claim." + key), _CLAIM_KINDS.get(key, "wide"), _CLAIM_WIDTHS.get(key, 16))
            for key in keys
        ]
        self.book.table(sheet, 0, heads, [[row[key] for key in keys] for row in rows])

    def claim(self, claim: Claim) -> dict[str, object]:
        """A claim's cells by the name of their column."""
        words, rule, exposure = self.words, claim.rule, claim.exposure
        titles = {finding.id: words.title(finding.title) for finding in self.report.findings}
        source = plan_words.source(claim.source)
        basis = words.say("claims.basis." + claim.basis) if claim.basis else None
        if claim.provisional:
            basis = ", ".join(filter(None, (basis, words.say("html.provisional"))))
        return {
            "id": f"{source}:{claim.row}" if claim.id == f"{claim.source}:{claim.row}" else claim.id,
            "source": source,
            "row": claim.row,
            "received": _day(claim.received),
            "days_left": claim.days_left,
            "due": _day(claim.due),
            "basis": basis,
            "rule": f"{words.title(rule.title)}, {rule.article}" if rule else None,
            "demands": ", ".join(words.say("demand." + name) for name in claim.demands),
            "amount": claim.amount,
            "exposure": exposure.total if exposure else None,
            "formula": words.formula(exposure.formula) if exposure and not exposure.formula.isdecimal() else None,
            "penalty": claim.penalty,
            "moral_damage": claim.moral_damage,
            "law": ", ".join(claim.law),
            "escalation": ", ".join(words.say_or("fact." + name, name) for name in claim.escalation),
            "deadline": _day(claim.deadline),
            "deadline_days": claim.deadline_days,
            "categories": "; ".join(titles.get(name, name) for name in claim.categories),
            "text": claim.text,
        }


def place_of(name: str) -> tuple[str | None, int | None]:
    """Source and row of an id that was made of them."""
    source, colon, row = name.rpartition(":")
    return (source, int(row)) if colon and row.isdecimal() and len(row) < 10 else (None, None)


def _day(value: str | None) -> object:
    """A day as a date; what is none stays as it is."""
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        return value
