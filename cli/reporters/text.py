"""The report for a person: plain and uncut on a pipe, ruled and coloured on a terminal. Same words, same numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ...analyzers.records import Finding, Quote, Report
from ..boundary import no_command, reasons_text
from ..messages import plural
from .escape import one_line
from .text_shapes import BOLD, RED, YELLOW, Column, Shapes, sparkline
from .themes import ThemeWords, is_discovery, shown_themes
from .told import Told
from .wording import MOVED, Wording, alike, days_told, next_commands, proven

DETAILED = 5  # findings shown with advice and quotes
REPEAT_ROWS, REPEATS_SHOWN = 3, 5  # least rows of a group of look-alikes shown, groups shown
URGENT_SHOWN = CLAIMS_SHOWN = 5
COLUMNS = (  # of the table: set right, wrapped down to so many cells, left out in this order where there is no room
    (True, 0, 0), (True, 0, 0), (False, 0, 5), (True, 0, 7), (False, 0, 0), (False, 20, 0), (True, 0, 0), (False, 0, 6),
    (True, 0, 8), (True, 0, 0), (False, 0, 2), (False, 0, 4), (False, 13, 0),
)  # fmt: skip
STATES = ("accepted", "grown", "expired", "gone")


def render(report: Report, language: str, *, top: int, width: int | None = None, colour: bool = False) -> str:
    """The whole report as text.

    Parameters
    ----------
    top : int
        Findings shown, 0 for all.
    width : int or None
        Columns of the terminal; None: one line a finding, nothing wrapped.
    """
    return "\n".join(_Page(report, language, top, width, colour).lines()) + "\n"


class _Page:
    def __init__(self, report: Report, language: str, top: int, width: int | None, colour: bool) -> None:
        self.report, self.language, self.width = report, language, width
        self.say = Wording(language).say
        self.shapes = Shapes(width, colour)
        self.paint, self.wrap = self.shapes.paint, self.shapes.wrap
        self.shown = report.findings[:top] if top else report.findings
        self.top = top

    def title(self, titles: dict[str, str]) -> str:
        return one_line(titles.get(self.language) or titles.get("ru", ""))

    def lines(self) -> list[str]:
        told = Told(self.report, self.language)
        parts = (
            self.verdict, self.totals, self.gates, self.accepted, self.table, self.details, self.urgent,
            partial(self.told, told.claims), self.groups, self.segments, self.foreseen, self.work,
            partial(self.told, told.promises), partial(self.told, told.effort), self.repeats, self.strengths,
            self.themes, self.uncovered, self.closing,
        )  # fmt: skip
        if is_discovery(self.report):
            parts = (self.totals, self.themes)
        found: list[str] = []
        for part in parts:
            lines = part()
            if lines:
                found += [*lines, ""]
        return [no_command(line) for line in found[:-1]]

    def heading(self, text: str) -> str:
        return self.paint(text, BOLD)

    # -- parts -------------------------------------------------------------------------------------------------------

    def verdict(self) -> list[str]:
        text = Wording(self.language).headline(self.report, self.number)
        return [*(self.paint(line, BOLD) for line in self.wrap(text)), *self.why()]

    def why(self) -> list[str]:
        """Why the first has its class, and whether anything moved by more than chance explains."""
        if not self.report.findings:
            return []
        words, first = Wording(self.language), self.report.findings[0]
        total = plural(first.n, self.say("report.of_complaints"), self.language)
        found = [words.class_why(first, total)]
        known = [finding for finding in self.report.findings if finding.status is not None]
        if known:
            moved = [
                f"{self.title(f.title)} — {self.say(f'html.status.{f.status}')}" for f in known if f.status in MOVED
            ]
            names = "; ".join(moved[:DETAILED])
            found.append(f"{self.say('html.moves')} {names}" if moved else words.unmoved(self.report))
        return [line for text in found if text for line in self.wrap(text)]

    def totals(self) -> list[str]:
        figures = self.report.statistics
        rows = plural(figures.rows, self.say("report.rows"), self.language)
        lines = self.wrap(
            self.say(
                "report.used", rows=rows, used=figures.used, skipped=figures.skipped, duplicates=figures.duplicates
            )
        )
        if figures.skipped_by_reason:
            lines += self.wrap(
                self.say("report.skipped", reasons=reasons_text(figures.skipped_by_reason, self.language))
            )
        kinds = ", ".join(f"{self.say('kind.' + kind)} — {n}" for kind, n in self.report.kinds.items() if n)
        if kinds:
            lines += self.wrap(self.say("report.kinds", kinds=kinds))
        if figures.coverage is not None:
            complaints = plural(figures.complaints, self.say("report.of_complaints"), self.language)
            lines += self.wrap(
                self.say("report.coverage", coverage=self.percent(figures.coverage), complaints=complaints)
            )
        if figures.per_1000 is not None:
            value = self.number(figures.per_1000)
            lines += self.wrap(self.say("report.all_per_1000", n=figures.denominator, value=value))
        return lines

    def gates(self) -> list[str]:
        """What `--fail-on` and `--warn-on` came to."""
        words = Wording(self.language)
        lines = [self.heading(self.say("gate.title"))] if self.report.gates else []
        for gate in self.report.gates:
            text = f"{words.verdict(gate)}: {one_line(gate.expr)} — {words.gate_values(gate)}"
            if gate.findings:
                text += ": " + ", ".join(one_line(name) for name in gate.findings[:DETAILED])
            colour = "" if gate.verdict == "pass" else YELLOW if gate.verdict == "warn" else RED
            lines += [self.paint(line, colour) for line in self.wrap(text, indent="   ")]
        return lines

    def accepted(self) -> list[str]:
        """The baseline: how many pains are in which state; those that fail again one by one."""
        words, items = Wording(self.language), self.report.baseline
        states = {state: [item for item in items if item.state == state] for state in STATES}
        counts = "; ".join(
            f"{self.say('accepted.state.' + state)} {len(mine)}" for state, mine in states.items() if mine
        )
        lines = self.wrap(f"{self.say('accepted.title')}: {counts}") if items else []
        for item in states["grown"] + states["expired"]:
            cells = zip(self.say_list("accepted.head"), words.accepted(item), strict=True)
            lines += self.wrap("; ".join(f"{head} {value}" for head, value in cells), indent="   ")
        return lines

    def table(self) -> list[str]:
        if not self.shown:
            return []
        heads = self.say_list("report.columns")
        columns = [Column(head, *shape) for head, shape in zip(heads, COLUMNS, strict=True)]
        rows = [self.row(place, finding) for place, finding in enumerate(self.shown, 1)]
        lines = [
            self.heading(self.say("report.findings")),
            *self.shapes.grid(columns, rows, [f.severity_class for f in self.shown]),
        ]
        hidden = len(self.report.findings) - len(self.shown)
        if hidden:
            lines += self.wrap(self.say("report.more", n=hidden))
        legend = self.say("report.legend")
        if any(proven(finding) for finding in self.shown):
            legend += " " + self.say("report.legend_growth")
        return [*lines, *self.wrap(legend), *self.drawn_days()]

    def drawn_days(self) -> list[str]:
        """From when to when the sparklines go."""
        last = min(self.shapes.periods, max((len(finding.trend) for finding in self.shown), default=0))
        days = days_told(self.report, last) if last > 2 else None
        if days is None:
            return []
        day = Wording(self.language).day
        return self.wrap(self.say("report.legend_trend", first=day(days[0]), last=day(days[1])))

    def row(self, place: int, finding: Finding) -> list[str]:
        """The cells of a finding; drawings only where there is a terminal, and an empty column is left out."""
        share = f"{self.percent(finding.share)} [{self.percent(finding.share_low)}–{self.percent(finding.share_high)}]"
        words = Wording(self.language)
        one = words.one
        status = "" if finding.status in (None, "stable") else self.say(f"html.status.{finding.status}")
        name = f"{self.title(finding.title)} ({one_line(finding.id)})"
        if finding.few:
            name += f" — {self.say('report.few')}"
        last = self.shapes.periods
        most = max(f.index for f in self.shown)
        return [
            str(place), one(finding.index), self.shapes.bar(finding.index, most), one(finding.cumulative),
            finding.severity_class, name, str(finding.n), share,
            self.number(finding.severity), words.growth(finding),
            sparkline(finding.trend, last) if last and len(finding.trend) > 2 else "",
            status, self.say("owner." + finding.owner),
        ]  # fmt: skip

    def details(self) -> list[str]:
        lines: list[str] = []
        words = Wording(self.language)
        for place, finding in enumerate(self.shown[:DETAILED], 1):
            lines += [self.heading(line) for line in self.wrap(f"{place}. {self.title(finding.title)}")]
            lines += self.wrap(self.bounds(finding), indent="   ")
            for key, titles in (("report.upgrade", finding.upgrade), ("report.metric", finding.metric)):
                lines += self.wrap(self.say(key, text=words.advice(titles)), indent="   ")
            for quote in finding.quotes:
                lines += self.quote(quote)
        return [self.heading(self.say("report.details")), *lines] if lines else []

    def bounds(self, finding: Finding) -> str:
        """How sure the place is, and what a fix would change."""
        parts: list[str] = []
        if finding.index_low is not None and finding.index_high is not None:
            places = f"{finding.rank_low}–{finding.rank_high}"
            if finding.rank_low == finding.rank_high:
                places = str(finding.rank_low)
            parts.append(
                self.say(
                    "report.bounds", index=self.number(finding.index), low=self.number(finding.index_low),
                    high=self.number(finding.index_high), places=places,
                )
            )  # fmt: skip
        if finding.per_1000 is not None:
            parts.append(self.say("report.per_1000", value=self.number(finding.per_1000)))
        if finding.impact is not None:
            value = f"{finding.impact:+.2f}".replace("-", "\u2212").replace(".", "," if self.language == "ru" else ".")
            parts.append(self.say("report.impact", value=value))
        return "; ".join([*parts, *Wording(self.language).gains(finding)])

    def foreseen(self) -> list[str]:
        """The predictability scorecard."""
        parts = [entry for entry in self.report.predictability if entry.n]
        if not parts:
            return []
        text = "; ".join(
            f"{self.say('foreseen.' + p.id)} {p.n} ({self.percent(p.share)} % "
            f"[{self.percent(p.share_low)}–{self.percent(p.share_high)}])"
            for p in parts
        )
        return self.wrap(f"{self.say('foreseen.title')}: {text}")

    def work(self) -> list[str]:
        """Overdue, time to answer, reopened, repeat contacts: in total and where it is worst."""
        kpis = self.report.kpis
        if kpis is None or not kpis.total.n:
            return []
        titles = {finding.id: finding.title for finding in self.report.findings}
        words = Wording(self.language)
        until = words.until(self.report, kpis.until) if kpis.until else ""
        total = f"{self.say('kpi.total')}: {words.kpi(kpis.total, kpis.overdue_days)}"
        if kpis.misdated:
            total += ", " + self.say("kpi.misdated", n=kpis.misdated)
        lines = [self.heading(self.say("kpi.title")), *self.wrap(total, "   ")]
        worst = [entry for entry in kpis.categories if entry.overdue or entry.late or entry.repeats][:DETAILED]
        for entry in worst:
            name = self.title(titles[entry.id]) if entry.id in titles else ""
            lines += self.wrap(f"{name}: {words.kpi(entry, kpis.overdue_days)}", indent="   ")
        return [*lines, *self.wrap(until, indent="   ")] if until else lines

    def repeats(self) -> list[str]:
        """Look-alike rows, the largest groups."""
        shown = [group for group in self.report.duplicates if group.n >= REPEAT_ROWS][:REPEATS_SHOWN]
        lines = [self.heading(self.say("report.repeats"))] if shown else []
        words = Wording(self.language)
        titles = {finding.id: self.title(finding.title) for finding in self.report.findings}
        for group in shown:
            days = f"{words.day(group.first)}–{words.day(group.last)}" if group.first and group.last else ""
            wave = self.say("report.wave") if group.wave else ""
            head = self.say("report.repeat." + alike(self.report, group), n=group.n, customers=group.customers)
            about = "".join(titles.get(name, one_line(name)) for name in group.categories[:1])
            known = ", ".join(part for part in (wave, days, about) if part)
            rows = ", ".join(one_line(name) for name in group.rows[:3])
            lines += self.wrap(f"{head} ({known}): {rows}" if known else f"{head}: {rows}", indent="   ")
        return lines

    def told(self, part: Callable[[], list[tuple[int, str]]]) -> list[str]:
        found: list[str] = []
        for depth, text in part():
            found += [self.heading(text)] if depth == 0 else self.wrap(text, indent="   " * depth)
        return found

    def quote(self, quote: Quote) -> list[str]:
        text = one_line(quote.text)
        return self.wrap(f"«{text}» — {self.place(quote.source, quote.row)}", indent="   ")

    def urgent(self) -> list[str]:
        if not self.report.urgent:
            return []
        lines = [self.heading(self.say("report.urgent")), *self.wrap(self.say("report.urgent_order"), "   ")]
        for row in self.report.urgent[:URGENT_SHOWN]:
            reasons = ", ".join(self.reason(name) for name in row.reasons)
            text = one_line(row.text)
            lines += self.wrap(
                f"{self.number(row.severity)}  {reasons}: «{text}» — {self.place(row.source, row.row)}", indent="   "
            )
        hidden = len(self.report.urgent) - URGENT_SHOWN
        return lines if hidden <= 0 else [*lines, *self.wrap(self.say("report.more_urgent", n=hidden))]

    def reason(self, name: str) -> str:
        titles = {finding.id: finding.title for finding in self.report.findings}
        return self.title(titles[name]) if name in titles else self.say("fact." + name)

    def groups(self) -> list[str]:
        lines: list[str] = []
        for key, prefix, groups in (
            ("systems", "system", self.report.systems),
            ("owners", "owner", self.report.owners),
        ):
            if groups:
                text = "; ".join(f"{one_line(self.say(f'{prefix}.{g.id}'))} {self.number(g.index)}" for g in groups)
                head = self.say("report.by_index", title=self.say("report." + key))
                lines += self.wrap(f"{head}: {text}")
        return lines

    def segments(self) -> list[str]:
        if not self.report.segments:
            return []
        titles = {finding.id: finding.title for finding in self.report.findings}
        lines, words = [self.heading(self.say("report.segments"))], Wording(self.language)
        for segment in self.report.segments:
            head = self.say(
                "report.segment", column=one_line(segment.column), value=one_line(segment.value) or "—", n=segment.n,
                share=self.percent(segment.share),
            )  # fmt: skip
            top = "; ".join(self.segment_item(item, self.title(titles.get(item["id"], {}))) for item in segment.top)
            few = f" ({words.unsure_segment(segment)})" if segment.few else ""
            lines += self.wrap(f"{head}{few} — {top}" if top else f"{head}{few}", indent="   ")
        return lines

    def segment_item(self, item: dict[str, Any], title: str) -> str:
        """A category of a segment; one it has surely more of, with how many times more."""
        text = f"{title} {self.percent(item['share'])} %"
        if "ratio" not in item:
            return text
        low, high = self.number(round(item["ratio_low"], 1)), self.number(round(item["ratio_high"], 1))
        return f"{text} ×{self.number(round(item['ratio'], 1))} [{low}–{high}]"

    def strengths(self) -> list[str]:
        if not self.report.strengths:
            return []
        # by system: a category's title names its pain, and «Срыв сроков 5» would not read as praise
        count: dict[str, int] = {}
        for strength in self.report.strengths:
            count[strength.system] = count.get(strength.system, 0) + strength.n
        ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
        text = "; ".join(f"{self.say('system.' + name)} {n}" for name, n in ranked)
        return self.wrap(f"{self.say('report.strengths')}: {text}")

    def themes(self) -> list[str]:
        """What no category names; a page of `svc discover` has all of it."""
        words, whole = ThemeWords(self.report, self.language), is_discovery(self.report)
        shown = shown_themes(self.report, self.top)
        if not shown and not whole:
            return []
        lines = [self.heading(self.say("theme.title")), *(line for text in words.head() for line in self.wrap(text))]
        for place, theme in enumerate(shown, 1):
            if whole:
                lines.append("")
            lines += [self.heading(line) for line in self.wrap(words.line(place, theme))]
            more = [*words.about(theme), *words.quotes(theme)] if whole else words.about(theme)[:1]
            lines += [line for text in more for line in self.wrap(text, indent="   ")]
        hidden = len(self.report.themes) - len(shown)
        return [*lines, *self.wrap(self.say("report.more", n=hidden))] if hidden else lines

    def uncovered(self) -> list[str]:
        if not self.report.uncovered:
            return []
        text = "; ".join(f"{one_line(item.phrase)} {item.n}" for item in self.report.uncovered)
        return self.wrap(f"{self.say('report.uncovered')}: {text}")

    def closing(self) -> list[str]:
        """What the figures cannot tell, and commands that lead on."""
        lines = self.wrap(self.say("report.limits"))
        commands = next_commands(self.report)
        if not commands:
            return lines
        lines.append(self.heading(self.say("report.next") + ":"))
        width = max(len(command) for command, _ in commands)
        for command, code in commands:
            words = self.say(code)
            fits = self.width is None or 3 + width + 3 + len(words) <= self.width
            lines.append(f"   {command:<{width}}   {words}" if fits else f"   {command}")
        return lines

    # -- shapes ------------------------------------------------------------------------------------------------------

    def place(self, source: str, row: int) -> str:
        where = self.say("report.row", row=row)
        return f"{one_line(source)}, {where}" if len(self.report.meta.inputs) > 1 else where

    def number(self, value: float) -> str:
        text = f"{value:g}" if isinstance(value, float) else str(value)
        return text.replace(".", ",") if self.language == "ru" else text

    def percent(self, share: float) -> str:
        return self.number(round(share * 100, 1))

    def say_list(self, code: str) -> list[str]:
        from ..messages import words

        return words(code, self.language)
