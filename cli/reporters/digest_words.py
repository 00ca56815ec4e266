"""The digest in words: one list of sections that text, Markdown and HTML show each in its way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ...analyzers.digest import DOWN, RARE, SUMS, UP, Digest, Item
from ...analyzers.records import Urgent
from ..messages import plural
from .escape import one_line
from .wording import QUOTE, TITLE, Wording

PLAINLY = 1.5  # times the usual number, from which a reader sees it without a sum of periods


@dataclass(slots=True)
class Line:
    """A line, and what stands under it; `quote` is a customer's."""

    text: str
    under: list[str] = field(default_factory=list[str])
    quote: str | None = None


@dataclass(slots=True)
class Section:
    """A heading with its lines."""

    title: str
    lines: list[Line]


@dataclass(slots=True)
class Page:
    """A digest in words: `subject` is the first line of every form, and the subject of the mail."""

    subject: str
    intro: list[str]
    sections: list[Section]
    outro: list[str]


class _Words(Wording):
    """The words of a digest."""

    def __init__(self, digest: Digest, language: str) -> None:
        super().__init__(language)
        self.digest = digest

    def page(self) -> Page:
        digest = self.digest
        changes = (*digest.up, *digest.down)
        sections = [
            Section(self.say("digest.section." + status), lines)
            for status in (*UP, *DOWN)
            if (lines := [self.item(item) for item in changes if item.status == status and not item.told])
        ]
        if themes := [self.theme(item) for item in digest.themes if not item.told]:
            sections.append(Section(self.say("digest.section.themes"), themes))
        sections.insert(0, Section(self.say("digest.section.total"), self.totals(digest)))
        for name, lines in (
            (
                "lasting",
                [self.item(item) for item in changes if item.told]
                + [self.theme(item) for item in digest.themes if item.told],
            ),
            *(
                (name, [Line(self.say("digest.solved", title=self.called(entry))) for entry in entries])
                for name, entries in (("solved", digest.solved), ("ended", digest.ended))
            ),
            ("urgent", [self.urgent(entry) for entry in digest.urgent]),
            ("gates", [self.gate(gate) for gate in digest.gates]),
            ("events", [line for event in digest.events for line in self.event(event)]),
            ("steady" + self.moved(digest.total), [self.steady(item) for item in digest.steady]),
        ):
            if lines:
                sections.append(Section(self.say("digest.section." + name), lines))
        return Page(self.subject(digest), self.intro(digest), [s for s in sections if s.lines], self.outro(digest))

    # -- the first line ------------------------------------------------------------------------------------------------

    def subject(self, digest: Digest) -> str:
        """The verdict."""
        parts: list[str] = []
        if digest.why is not None and digest.n:
            parts.append(self.say("digest.subject.unjudged"))
        elif not digest.n:
            parts.append(self.say("digest.subject.empty"))
        lasting = [self.title(item.title) for item in digest.changes() if item.told]
        if moved := self.moved(digest.total):
            text = self.say("digest.subject.total_" + moved, over=self.unless_plain(digest.total))
            if digest.total_told:
                lasting.insert(0, text)
            else:
                parts.append(text)
        if grave := self.moved(digest.grave):
            parts.append(self.say("digest.subject.grave_" + grave, over=self.unless_plain(digest.grave)))
        for status in (*UP, *DOWN):
            items = [item for item in (*digest.up, *digest.down) if item.status == status and not item.told]
            if len(items) == 1:
                parts.append(f"{self.status(status)}: {self.title(items[0].title)}")
            elif items:
                parts.append(f"{self.status(status)}: {len(items)}")
        for status in (*UP, *DOWN):
            items = [item for item in digest.themes if item.status == status and not item.told]
            if len(items) == 1:
                parts.append(f"{self.say('digest.theme.' + status)} «{self.title(items[0].title)}»")
            elif items:
                parts.append(f"{self.say('digest.theme.many_' + status)}: {len(items)}")
        over = {
            name: list(map(self.called, found)) for name, found in (("solved", digest.solved), ("ended", digest.ended))
        }
        for name, titles in ({"lasting": lasting} | over).items():
            if titles:
                parts.append(f"{self.say('digest.subject.' + name)}: {titles[0] if len(titles) == 1 else len(titles)}")
        if 0 < digest.n_urgent <= RARE:
            parts.append(self.say("digest.subject.urgent"))
        failed = [gate for gate in digest.gates if gate["verdict"] == "fail"]
        if failed:
            parts.append(self.say("digest.subject.gates", n=len(failed)))
        if not parts:
            parts.append(self.say("digest.subject.none"))
        owner = f" [{self.say('owner.' + digest.owner)}]" if digest.owner else ""
        n = self.complaints(digest.n)
        if digest.total and moved:
            n = self.say("digest.usually", n=n, usual=self.number(round(float(digest.total["before"]))))
        return self.say("digest.subject.line", period=digest.period, owner=owner, verdict=", ".join(parts), n=n)

    @staticmethod
    def moved(change: dict[str, Any] | None) -> str:
        """Which way a sum went: «up», «down» or nothing."""
        status = change["status"] if change else "stable"
        return "up" if status in UP else "down" if status in DOWN else ""

    def called(self, entry: dict[str, Any]) -> str:
        """What is usual again: a sum, or a category or theme."""
        return self.say("digest.again." + entry["id"]) if entry["id"] in SUMS else self.title(entry["title"])

    def over(self, change: dict[str, Any] | None) -> str:
        """The periods that are summed, where one alone does not show it: the last one may be as usual."""
        n = int(change["window"]) if change else 1
        return self.say("digest.over", n=self.periods(n, self.digest.unit, "sum")) if n > 1 else ""

    def unless_plain(self, change: dict[str, Any] | None) -> str:
        """The same, but nothing where the last period shows it too: its number stands beside."""
        if not change:
            return ""
        more, usual = change["status"] in UP, float(change["before"])
        plain = change["n"] >= PLAINLY * usual if more else change["n"] * PLAINLY <= usual
        return "" if plain else self.over(change)

    def status(self, status: str) -> str:
        """A status in lower case."""
        return self.say("digest.status." + status)

    def complaints(self, n: int) -> str:
        """A number of complaints."""
        return plural(n, self.say("report.complaints"), self.language)

    # -- figures -------------------------------------------------------------------------------------------------------

    def intro(self, digest: Digest) -> list[str]:
        """What was compared with what; with the days, as nobody knows weeks by their number."""
        part = [] if digest.given is None else [self.say("digest.part", n=digest.given, total=digest.n)]
        if digest.why is not None:
            return [self.say("digest.why." + digest.why, period=digest.period), *part]
        dates = f"{self.day(digest.first_day)} – {self.day(digest.last_day)}"
        return [
            self.say(
                "digest.compared", period=digest.period, dates=dates, first=digest.reference[0],
                last=digest.reference[-1], n=self.periods(len(digest.reference), digest.unit, "of"),
            ),
            *part,
        ]  # fmt: skip

    def periods(self, n: int, unit: str, case: str) -> str:
        """A number of weeks or months."""
        return plural(n, self.say(f"digest.{unit}_{case}"), self.language)

    def totals(self, digest: Digest) -> list[Line]:
        """All complaints, what a change of them is made of, and those of class A."""
        found: list[Line] = []
        for name, change in (("total", digest.total), ("grave", digest.grave)):
            if change:
                under = [self.made_of(digest)] if name == "total" and digest.gains else []
                found.append(Line(self.change(self.say("digest." + name), change), under))
        found = found or [Line(self.say("digest.n", n=self.complaints(digest.n)))]
        if digest.per_1000 is not None:
            found.append(Line(self.say("digest.per_1000", n=self.number(round(digest.per_1000, 1)))))
        return found

    def made_of(self, digest: Digest) -> str:
        """Categories that gained, or lost, most."""
        more = bool(digest.total) and digest.total["status"] in UP
        parts = [
            self.say(
                "digest.gain", name=self.title(entry["title"]), n=entry["n"],
                before=self.number(round(float(entry["before"]), 1)),
            )
            for entry in digest.gains
        ]  # fmt: skip
        return self.say("digest.gains_" + ("up" if more else "down"), parts="; ".join(parts))

    def change(self, what: str, change: dict[str, Any]) -> str:
        """A sum with its usual height."""
        text = self.say(
            "digest.change", what=what, n=change["n"], expected=self.number(round(float(change["before"]), 1)),
        )  # fmt: skip
        if change["status"] == "stable":
            return f"{text} — {self.say('digest.usual')}"
        way = self.say("digest.sum_" + ("up" if change["status"] in UP else "down"), over=self.over(change))
        since = self.say("digest.since", period=change["since"]) if change["since"] else ""
        return f"{text} — {way}{since}"

    def since(self, since: str | None, window: int) -> str:
        """Since when, and how many periods have to be summed to see it: no word of that where it began just now."""
        text = self.say("digest.since", period=since) if since else ""
        if window > 1 and since != self.digest.period:
            text += self.say("digest.window", n=self.periods(window, self.digest.unit, "sum"))
        return text

    def item(self, item: Item) -> Line:
        """A category that changed."""
        name = f"{self.title(item.title)} ({one_line(item.id, TITLE)})"
        letter = self.say("digest.letter", letter=item.severity_class) if item.severity_class else ""
        text = self.held(item, name, letter)
        under = [self.since(item.since, item.window).strip(" ,;")] if item.since else []
        if item.told:
            under.insert(0, self.status(item.status))
        if item.wave:
            under.append(self.say("digest.wave"))
        owner = self.say("owner." + item.owner) if item.owner else ""
        if item.status in UP and item.upgrade.get(self.language):
            under.append(self.say("digest.do", owner=owner, text=one_line(item.upgrade[self.language], QUOTE)))
        return Line(text, under, item.quote if item.status in UP else None)

    def held(self, item: Item, name: str, letter: str) -> str:
        """Number, usual number, what was expected of so many complaints, and the ratio with its interval."""
        return self.say(
            "digest.item", name=name, n=item.n, before=self.number(round(item.before, 1)),
            expected=self.number(round(item.expected, 1)), ratio=self.number(round(item.ratio, 1)),
            low=self.number(round(item.low, 1)), high=self.number(round(item.high, 1)), letter=letter,
        )  # fmt: skip

    def theme(self, item: Item) -> Line:
        """A theme that changed; of a new one nothing was expected, so nothing is compared."""
        head = f"{self.say('digest.theme.' + item.status)} «{self.title(item.title)}»"
        letter = self.say("digest.letter", letter=item.severity_class) if item.severity_class else ""
        if item.status == "new":
            return Line(self.say("digest.theme_new", name=head, n=item.n, letter=letter), quote=item.quote)
        text = self.held(item, head, letter)
        under = [self.since(item.since, item.window).strip(" ,;")] if item.since else []
        return Line(text, under, item.quote if item.status in UP else None)

    def steady(self, item: Item) -> Line:
        """A large category that did not change."""
        name = f"{self.title(item.title)} ({one_line(item.id, TITLE)})"
        usual = self.say("digest.expected", n=self.number(round(item.before, 1))) if item.expected else ""
        return Line(f"{name}: {item.n}{usual}")

    def urgent(self, entry: Urgent) -> Line:
        """A complaint of class A."""
        file = re.split(r"[/\\]", entry.source.rstrip("/\\"))[-1]  # a mail has no use for the folders of the server
        place = f"{one_line(file, TITLE)}, {self.say('report.row', row=entry.row)}"
        reasons = ", ".join(self.reason(name) for name in entry.reasons)
        return Line(f"{one_line(entry.id, TITLE)} ({place}): {reasons}", quote=entry.text)

    def reason(self, name: str) -> str:
        """A fact in words; a category by its id."""
        return one_line(name, TITLE) if "." in name else self.say("fact." + name)

    def gate(self, gate: dict[str, Any]) -> Line:
        """A gate and what it came to."""
        verdict = self.say("gate.verdict." + str(gate["verdict"]))
        names = ", ".join(one_line(str(name), TITLE) for name in gate["findings"][:5])
        return Line(f"{verdict}: {one_line(str(gate['expr']), TITLE)}" + (f" ({names})" if names else ""))

    def event(self, event: dict[str, Any]) -> list[Line]:
        """Before and after an event."""
        head = self.say(
            "digest.event", date=event["date"], name=one_line(str(event["name"]), TITLE), before=event["days_before"],
            after=event["days_after"],
        )  # fmt: skip
        return [Line(head, [self.effect(entry) for entry in event["effects"]])]

    def effect(self, entry: dict[str, Any]) -> str:
        """One row of an event."""
        name = (
            self.say("digest.total")
            if entry["id"] == "total"
            else f"{self.title(entry['title'])} ({one_line(entry['id'], TITLE)})"
        )
        sure = self.say("digest.effect_" + str(entry["verdict"]))
        return self.say(
            "digest.effect", name=name, before=entry["n_before"], after=entry["n_after"],
            ratio=self.number(entry["ratio"]), low=self.number(entry["low"]), high=self.number(entry["high"]),
            sure=sure,
        )  # fmt: skip

    def outro(self, digest: Digest) -> list[str]:
        """The stated rate, and what the lexicon changed."""
        lines: list[str] = []
        if digest.why == "versions" or (len(digest.lexicon) > 1 and digest.why is None and not digest.reference):
            lines.append(self.say("digest.rebuild"))
        if digest.why is None:
            lines.append(
                self.say(
                    "digest.rate", rate=self.percent(digest.rate), quarter=self.percent(digest.quarter),
                    periods=self.periods(5, digest.unit, "of").removeprefix("5 "),
                )
            )  # fmt: skip
        lines.append(self.say("report.limits"))
        return lines


def words(digest: Digest, language: str) -> Page:
    """A digest in words of one language."""
    return _Words(digest, language).page()
