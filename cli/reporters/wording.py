"""Words that several formats share: findings, gates, accepted pains, quotes; figures are those of `Report`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any

from ...analyzers.gates import SHARES, GateError, parse_gate
from ...analyzers.plan import Measure
from ...analyzers.records import Accepted, Finding, Kpi, Quote, Repeat, Report, Segment, Verdict
from ..boundary import clean
from ..messages import plural, say
from .escape import one_line

GROUPED = 10_000  # a number is parted into thousands from here on
TITLE, QUOTE = 200, 600  # characters shown of a title or an expression, and of a quote
MOVED = ("new", "growing", "returned", "falling", "gone")  # what is more than chance
LEVELS = {"A": "error", "B": "warning", "C": "note", "D": "note"}
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,4})?")
HALF = 0.5  # share of a segment above which it is the others that are few
FEW_IN_A_PERIOD = 20  # complaints of a period below which only growth by several times can be told from chance


class Wording:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, code: str, **values: object) -> str:
        """A message of the catalogue; no words put into it steer a terminal, whatever field they come from."""
        harmless = {name: _one(value) if isinstance(value, str) else value for name, value in values.items()}
        return say(_one(code), self.language, **harmless)

    def say_or(self, code: str, instead: str) -> str:
        """A message, or other words where the catalogue has none."""
        found = self.say(code)
        return one_line(instead, TITLE) if found == code else found

    def number(self, value: float) -> str:
        """A number as this language writes it."""
        text = f"{value:g}" if isinstance(value, float) else str(value)
        return text.replace(".", ",") if self.language == "ru" else text

    def amount(self, value: float) -> str:
        """A large number, never as a power of ten."""
        text = f"{value:,.1f}".removesuffix(".0") if abs(value) >= GROUPED else f"{value:.1f}".removesuffix(".0")
        return text.replace(",", " ").replace(".", ",") if self.language == "ru" else text

    def one(self, value: float) -> str:
        """A number with one digit behind the comma, the nought too: figures of a column stand under each other."""
        return f"{value:.1f}".replace(".", "," if self.language == "ru" else ".")

    def day(self, day: str) -> str:
        """A day as this language writes it; what is none stays as it is."""
        try:
            found = dt.date.fromisoformat(day)
        except ValueError:
            return one_line(day, TITLE)
        return found.strftime("%d.%m.%Y") if self.language == "ru" else day

    def class_why(self, finding: Finding, total: str) -> str | None:
        """Why the class: how many complaints hold it or a worse one. A mild name with class A is no mistake."""
        letter = finding.severity_class
        held = sum(n for other, n in finding.classes.items() if other <= letter)
        if not held or letter == "D":
            return None
        return self.say("html.class_is", letter=letter, n=held, total=total, text=self.say("html.class." + letter))

    def percent(self, share: float) -> str:
        """A share in percent, without the sign."""
        return self.number(round(share * 100, 1))

    def title(self, titles: dict[str, str]) -> str:
        """A title in this language, one line."""
        return one_line(titles.get(self.language) or titles.get("ru", ""), TITLE)

    def finding(self, finding: Finding) -> str:
        """A finding with its figures, in one line."""
        text = self.say(
            "md.finding", title=self.title(finding.title), id=one_line(finding.id, TITLE),
            index=self.number(finding.index), n=finding.n, share=self.percent(finding.share),
            severity=self.number(finding.severity), letter=finding.severity_class,
        )  # fmt: skip
        return f"{text} — {self.say('report.few')}" if finding.few else text

    def headline(self, report: Report, number: Callable[[float], str]) -> str:
        """What to fix first, in one line; that there are few complaints of it is told at once."""
        if not report.findings:
            return self.say("report.verdict_none")
        first = report.findings[0]
        complaints = report.statistics.complaints
        noun = plural(complaints, self.say("report.of_complaints"), self.language).partition(" ")[2]
        line = self.say(
            "report.verdict", title=self.title(first.title), owner=self.say("owner." + first.owner),
            index=number(first.index), n=number(first.n), total=f"{number(complaints)} {noun}",
            letter=first.severity_class,
        )  # fmt: skip
        parts = [line, self.say("report.verdict_few") if first.few else "", self.unsure(first)]
        return " ".join(part for part in parts if part)

    def unsure(self, finding: Finding) -> str:
        """That the first place is not proven: the places its interval holds."""
        if finding.rank_high is None or finding.rank_low is None or finding.rank_high <= 1:
            return ""
        return self.say("report.verdict_place", low=finding.rank_low, high=finding.rank_high)

    def until(self, report: Report, day: str | None) -> str:
        """To which day terms are counted, and whose day it is, where the report tells."""
        if day is None:
            return self.say("report.until_none")
        settings = report.meta.settings
        whose = "" if "today" not in settings else "_last" if settings["today"] is None else "_given"
        return self.say("report.until" + whose, day=self.day(day))

    def formula(self, formula: str) -> str:
        """A sum as this language writes it: «24 000 + меньшее из (0,03 × 24 000 × 12; 1 × 24 000)»."""
        text = (
            one_line(formula, TITLE).replace(",", ";").replace(" * ", " × ").replace("min(", self.say("report.least"))
        )
        return _NUMBER.sub(lambda found: self._of_formula(found[0]), text)

    def _of_formula(self, digits: str) -> str:
        whole, point, rest = digits.partition(".")
        grouped = f"{int(whole):,}" if len(whole) > 4 else whole
        return grouped.replace(",", " ") + "," * len(point) + rest if self.language == "ru" else grouped + point + rest

    def advice(self, titles: dict[str, str]) -> str:
        """A title that goes on behind a colon: no capital letter, unless it is an abbreviation."""
        words = self.title(titles)
        return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2].isspace() else words

    def unmoved(self, report: Report) -> str:
        """That nothing moved by more than chance explains, and how little can be seen where a period has few."""
        text = self.say("html.moves_none")
        last = next((period for period in reversed(report.periods) if period.complete), None)
        if last is None or last.complaints >= FEW_IN_A_PERIOD:
            return text
        noun = plural(last.complaints, self.say("report.complaints"), self.language)
        return f"{text} {self.say('html.moves_few', n=noun)}"

    def quote(self, quote: Quote) -> str:
        """A quote with its place."""
        row = self.say("report.row", row=quote.row)
        return f"«{one_line(quote.text, QUOTE)}» — {one_line(quote.source, TITLE)}, {row}"

    def unsure_segment(self, entry: Segment) -> str:
        """Why a segment is not judged: few complaints of it, or few of all others."""
        return self.say("report.segment_alone" if entry.share > HALF else "report.few") if entry.few else ""

    def kpi(self, entry: Kpi, overdue_days: int) -> str:
        """What is known of the work on some complaints, in one line."""
        days = ("" if value is None else self.number(value) for value in (entry.days_median, entry.days_p90))
        median, p90 = days
        parts = [self.say("kpi.open", n=entry.open)]
        if entry.overdue is not None:
            parts.append(self.say("kpi.overdue", n=entry.overdue, days=overdue_days))
        if entry.late:
            parts.append(self.say("kpi.late", n=entry.late))
        if entry.answered:
            parts.append(self.say("kpi.time", median=median, p90=p90, n=entry.answered))
        for name, value in (("reopened", entry.reopened), ("repeats", entry.repeats), ("unknown", entry.unknown)):
            if value:
                parts.append(self.say("kpi." + name, n=value))
        return ", ".join(parts)

    def growth(self, finding: Finding) -> str:
        """Growth, where it is more than chance explains."""
        return self.say("report.times", value=self.one(finding.growth or 0)) if proven(finding) else ""

    def gains(self, finding: Finding) -> list[str]:
        """What a fix would free, by the figures configured."""
        found = finding.gains
        if found is None:
            return []
        parts = [
            self.say("report.gains." + name, n=self.amount(value))
            for name in ("hours", "handling", "reach", "at_risk")
            if (value := getattr(found, name)) is not None
        ]
        if found.won_low is not None and found.won_high is not None:
            low, high = self.amount(found.won_low), self.amount(found.won_high)
            parts.append(self.say("report.gains.won", low=low, high=high))
        return parts

    # -- gates and the baseline --------------------------------------------------------------------------------------

    def verdict(self, verdict: Verdict) -> str:
        """The verdict's word."""
        return self.say("gate.verdict." + verdict.verdict)

    def gate_values(self, verdict: Verdict) -> str:
        """Value and limit of a gate, or of each of its conditions; why there is none."""
        parts = verdict.conditions or [
            {"expr": verdict.expr, "value": verdict.value, "limit": verdict.limit, "why": verdict.why}
        ]
        texts = [self._condition(part) for part in parts]
        if len(parts) == 1:
            return texts[0]
        return "; ".join(f"{one_line(str(p['expr']), TITLE)}: {t}" for p, t in zip(parts, texts, strict=True))

    def _condition(self, part: dict[str, Any]) -> str:
        metric = _metric(str(part["expr"]))
        limit, value = self.measure(metric, part["limit"]), self.measure(metric, part["value"])
        code = "gate.no_value" if part["value"] is None else "gate.value"
        text = self.say(code, value=value, limit=limit)
        return f"{text} ({self.say('gate_why.' + str(part['why']))})" if part["why"] else text

    def measure(self, metric: str, value: float | str | None) -> str:
        """A value or a limit of a metric; shares and growth in percent."""
        if value is None:
            return "—"
        if isinstance(value, str):
            return one_line(value, TITLE)
        if metric in SHARES:
            return f"{self.number(round(value * 100, 4))} %"
        return self.number(int(value) if value == int(value) else float(value))

    def accepted(self, item: Accepted) -> list[str]:
        """The cells of an accepted pain: state, id, until, owner, then, now, reason."""
        now = "—"
        if item.class_now is not None:
            now = self.figures(item.n_now, item.share_now, item.class_now)
        return [
            self.say("accepted.state." + item.state), one_line(item.id, TITLE), one_line(item.until, TITLE),
            one_line(item.owner, TITLE), self.figures(item.n, item.share, item.severity_class), now,
            one_line(item.reason, TITLE),
        ]  # fmt: skip

    def figures(self, n: int, share: float, letter: str) -> str:
        """Number, share and class."""
        return self.say("accepted.figures", n=n, share=self.percent(share), letter=letter)


def proven(finding: Finding | Measure) -> bool:
    """Whether there is a growth, and more of it than chance explains: no other is shown as one."""
    return finding.growth is not None and finding.status in MOVED and finding.status != "gone"


def days_of(period: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of an ISO week or a month; None for what is neither.

    >>> days_of("2026-W32"), days_of("2026-02")
    ((datetime.date(2026, 8, 3), datetime.date(2026, 8, 9)), (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)))
    """
    try:
        if "-W" in period:
            year, _, week = period.partition("-W")
            first = dt.date.fromisocalendar(int(year), int(week), 1)
            return first, first + dt.timedelta(days=6)
        first = dt.date.fromisoformat(period + "-01")
    except ValueError:
        return None
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def days_told(report: Report, last: int | None = None) -> tuple[str, str] | None:
    """First and last day of the report, or of its last so many periods; None without dates.

    The ends are those of the rows, where they are known: a month that has begun is not over.
    """
    shown = report.periods[-last:] if last else report.periods
    spans = [days_of(period.period) for period in (shown[0], shown[-1])] if shown else []
    if not spans or spans[0] is None or spans[1] is None:
        return None
    low, high = spans[0][0].isoformat(), spans[1][1].isoformat()
    figures = report.statistics
    return max(low, figures.first or low), min(high, figures.last or high)


def shell(name: str) -> str:
    """A file's name as a shell takes it."""
    plain = all(char.isalnum() or char in "._-/" for char in name)
    return name if plain and name else "'" + one_line(name).replace("'", "'\\''") + "'"


def next_commands(report: Report, *, names_only: bool = False) -> list[tuple[str, str]]:
    """Commands that lead on from a report, each with the code of what it gives.

    Parameters
    ----------
    names_only : bool
        Without folders: what is forwarded need not tell how its maker's disk is laid out.
    """
    sources = (str(item.get("source", "-")) for item in report.meta.inputs)
    inputs = " ".join(shell(source.rpartition("/")[2] or source if names_only else source) for source in sources)
    if not inputs:
        return []
    explain = f"svc explain --finding {shell(report.findings[0].id)} {inputs}" if report.findings else ""
    commands = (
        ("page", f"svc analyze {inputs} --report html=report.html --open"),
        ("save", f"svc analyze {inputs} --report json=report.json"),
        ("plan", "svc plan report.json -o plan.md"),
        ("rows", f"svc analyze {inputs} --rows rows.jsonl"),
        ("explain", explain),
        ("inspect", f"svc inspect {inputs}"),
    )
    return [(command, "next." + name) for name, command in commands if command]


def has_customers(report: Report) -> bool:
    """Whether any input names its customers: without them each complaint counts as one."""
    return any("customer" in entry.get("columns", ("customer",)) for entry in report.meta.inputs)


def alike(report: Report, group: Repeat) -> str:
    """The kind of look-alikes; how many customers wrote is told where customers are known."""
    return "texts" if group.kind == "template" and not has_customers(report) else group.kind


def crossing(report: Report, verdict: Verdict) -> list[Finding]:
    """The findings that crossed a gate, in the order of the report."""
    names = set(verdict.findings)
    return [finding for finding in report.findings if finding.id in names]


def place(report: Report, finding: Finding | None) -> tuple[str, int]:
    """Where to point: the first quote's source and row, else the first input."""
    if finding is not None and finding.quotes:
        return finding.quotes[0].source, max(1, finding.quotes[0].row)
    inputs: Sequence[dict[str, Any]] = report.meta.inputs
    return (str(inputs[0].get("source", "-")) if inputs else "-"), 1


def _one(words: str) -> str:
    """Words on one line, their blanks as they are.

    >>> _one("a\\n\\x1b[31mb\\u00a0c")
    'a [31mb\\xa0c'
    """
    return clean(words).replace("\n", " ")


def _metric(expr: str) -> str:
    try:
        return parse_gate(expr).conditions[0].metric
    except GateError:  # a saved report may hold anything
        return ""
