"""The report as Markdown: tables that GitHub, GitLab and mail tools show; every word of a file is escaped."""

from __future__ import annotations

from collections.abc import Container

from ...analyzers.records import Finding, Report
from ..messages import words as head_words
from .escape import markdown
from .themes import ThemeWords, is_discovery
from .wording import TITLE, Wording

QUOTED = 5  # findings shown with quotes
URGENT_SHOWN = 5
_RIGHT = {0, 1, 2, 5, 6, 7, 8}


def render(
    report: Report, language: str, *, top: int, quoted: int = QUOTED, urgent: int = URGENT_SHOWN, cut: int | None = None
) -> str:
    """The report as a Markdown page.

    Parameters
    ----------
    top : int
        Findings in the table, 0 for all.
    quoted, urgent : int
        Findings with quotes, and urgent rows.
    cut : int, optional
        Bytes the page was cut to, said at its end.
    """
    page = _Page(report, language, top)
    blocks = [
        [f"# {page.words.say('md.title')}"], page.verdict(), page.totals(), page.gates(), page.accepted(), page.table(),
        page.quotes(quoted), page.urgent(urgent),
    ]  # fmt: skip
    themes = ThemeWords(report, language)
    if is_discovery(report):
        blocks = [[f"# {page.words.say('theme.title')}"], page.totals(), themes.markdown(top)]
    else:
        blocks.insert(-1, themes.markdown(quoted, 1))
    if cut is not None:
        blocks.append([markdown(page.words.say("md.cut", limit=cut))])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Page:
    def __init__(self, report: Report, language: str, top: int) -> None:
        self.report, self.words = report, Wording(language)
        self.shown = report.findings[:top] if top else report.findings

    def heads(self, code: str) -> list[str]:
        return head_words(code, self.words.language)

    def verdict(self) -> list[str]:
        if not self.report.findings:
            return [markdown(self.words.say("report.verdict_none"))]
        first = self.report.findings[0]
        unsure = self.words.unsure(first)
        return [f"**{markdown(self.words.finding(first))}**", *([markdown(unsure)] if unsure else [])]

    def totals(self) -> list[str]:
        figures = self.report.statistics
        coverage = "—" if figures.coverage is None else self.words.percent(figures.coverage)
        return [
            markdown(
                self.words.say(
                    "md.statistics", rows=figures.rows, used=figures.used, skipped=figures.skipped,
                    duplicates=figures.duplicates, complaints=figures.complaints, coverage=coverage,
                )
            )
        ]  # fmt: skip

    def gates(self) -> list[str]:
        if not self.report.gates:
            return []
        rows = [
            [self.words.verdict(gate), markdown(gate.expr, TITLE), markdown(self.words.gate_values(gate)),
             markdown(", ".join(gate.findings), TITLE)]
            for gate in self.report.gates
        ]  # fmt: skip
        return [f"## {self.words.say('gate.title')}", "", *_table(self.heads("gate.head"), rows)]

    def accepted(self) -> list[str]:
        if not self.report.baseline:
            return []
        rows = [[markdown(text) for text in self.words.accepted(item)] for item in self.report.baseline]
        return [f"## {self.words.say('accepted.title')}", "", *_table(self.heads("accepted.head"), rows)]

    def table(self) -> list[str]:
        if not self.shown:
            return []
        rows = [self.row(place, finding) for place, finding in enumerate(self.shown, 1)]
        lines = [f"## {self.words.say('report.findings')}", ""]
        lines += _table(self.heads("report.head"), rows, _RIGHT)
        hidden = len(self.report.findings) - len(self.shown)
        return [*lines, "", markdown(self.words.say("report.more", n=hidden))] if hidden else lines

    def row(self, place: int, finding: Finding) -> list[str]:
        words = self.words
        name = f"{markdown(words.title(finding.title))} ({markdown(finding.id, TITLE)})"
        if finding.few:
            name += f" — {words.say('report.few')}"
        bounds = f"{words.percent(finding.share_low)}–{words.percent(finding.share_high)}"
        return [
            str(place), words.number(finding.index), words.number(finding.cumulative), finding.severity_class, name,
            str(finding.n), f"{words.percent(finding.share)} \\[{bounds}\\]", words.number(finding.severity),
            words.growth(finding), words.say("owner." + finding.owner),
        ]  # fmt: skip

    def quotes(self, n: int) -> list[str]:
        lines: list[str] = []
        for place, finding in enumerate(self.shown[:n], 1):
            if finding.quotes:
                lines += ["", f"{place}\\. {markdown(self.words.title(finding.title))}", ""]
                lines += [f"- {markdown(self.words.quote(quote))}" for quote in finding.quotes]
        return [f"## {self.words.say('md.quotes')}", *lines] if lines else []

    def urgent(self, n: int) -> list[str]:
        shown = self.report.urgent[:n]
        lines = [
            f"- {self.words.number(row.severity)} «{markdown(row.text, 600)}» — "
            f"{markdown(row.source, TITLE)}, {self.words.say('report.row', row=row.row)}"
            for row in shown
        ]
        return [f"## {self.words.say('report.urgent')}", "", *lines] if lines else []


def _table(head: list[str], rows: list[list[str]], right: Container[int] = ()) -> list[str]:
    rule = ["---:" if i in right else "---" for i in range(len(head))]
    return ["| " + " | ".join(cells) + " |" for cells in ([markdown(h) for h in head], rule, *rows)]
