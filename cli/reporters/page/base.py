"""What every part of the page needs: the report, its words, and how much of it may be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, cast

from ....analyzers.records import Finding, Quote, Report
from ...messages import plural
from ...messages import words as word_list
from ..escape import one_line
from ..wording import TITLE, Wording, days_of, has_customers
from . import charts
from .markup import NBSP, Child, Safe, join, tag, text, typeset

_AXIS_VALUES = re.compile(r"[\w.=&\-]+")  # what may stand behind # in an address; a saved report may hold anything
_ARTICLE = re.compile(r" (?=\d)")
TRENDS_FROM = 3  # periods, to draw a line of
ROWS_SHOWN = 100  # numbers of complaints
LISTED = 50  # entries of a list, said where there are more


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is shown, so that the page stays small: findings (None: all), quotes of each, characters of a quote."""

    findings: int | None = None
    quotes: int = 5
    letters: int = 600
    listed: int = LISTED
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its anchor, its heading, what stands in it."""

    id: str
    heading: str
    body: Safe


class Page:
    """The report with its words in one language."""

    def __init__(self, report: Report, language: str, top: int, limits: Limits) -> None:
        self.report, self.language, self.limits = report, language, limits
        self.words = Wording(language)
        self.gap = NBSP if language == "ru" else " "  # between a number and its noun
        self.findings = report.findings if limits.findings is None else report.findings[: limits.findings]
        self.top = top or len(report.findings)
        self.titles = {finding.id: finding.title for finding in report.findings}
        self.listed = {finding.id for finding in self.findings}
        self.work = {entry.id: entry for entry in report.kpis.categories} if report.kpis else {}
        self.most = max((f.index for f in self.findings), default=0.0)
        self.widest = charts.rounded(max((f.share_high for f in self.findings), default=1.0))
        self.has_trends = any(trend(report, finding) for finding in self.findings)
        self.has_customers = has_customers(report)
        # where a complaint's words stand: the first quote of each on the page
        self._quoted: dict[str, str] = {}
        for finding in self.findings:
            for quote in finding.quotes[: limits.quotes]:
                self._quoted.setdefault(quote.id, f"quote-{len(self._quoted) + 1}")
        self._placed: set[str] = set()

    # -- words -------------------------------------------------------------------------------------------------------

    def say(self, code: str, **values: object) -> Safe:
        """A message of the catalogue, typeset."""
        return text(typeset(self.words.say(code, **values), self.language))

    def capital(self, code: str, **values: object) -> Safe:
        """A message that begins a line."""
        words = self.words.say(code, **values)
        return self.set(words[:1].upper() + words[1:])

    def set(self, words: str) -> Safe:
        """Words of the lexicon, typeset."""
        return text(typeset(words, self.language))

    def heads(self, code: str) -> list[Safe]:
        """A list of the catalogue."""
        return [self.set(word[:1].upper() + word[1:]) for word in word_list(code, self.language)]

    def name(self, titles: dict[str, str]) -> Safe:
        """A title in this language."""
        return self.set(self.words.title(titles))

    def term(self, axis: str, name: str) -> Safe:
        """A word of a fixed vocabulary, with a capital letter."""
        word = one_line(self.words.say_or(self.axis_code(axis, name), name), TITLE)
        return self.set(word[:1].upper() + word[1:])

    def axis_code(self, axis: str, name: str) -> str:
        """Where the catalogue keeps a word of a vocabulary; stages are named in full here."""
        return f"{axis}.{name}"

    def plural(self, n: int, code: str) -> str:
        """A number with its noun."""
        return f"{self.n(n)}{self.gap}{self.noun(n, code)}"

    def noun(self, n: int, code: str) -> str:
        """The noun that goes with a number."""
        return plural(n, self.words.say(code), self.language).partition(" ")[2]

    # -- numbers -----------------------------------------------------------------------------------------------------

    def n(self, value: float) -> str:
        """A number: thousands apart, a comma in Russian, a true minus.

        A whole number below 10,000 is not parted.
        """
        shown = f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        whole, point, rest = shown.partition(".")
        sign, whole = ("\u2212", whole[1:]) if whole.startswith("-") else ("", whole)
        if len(whole) > 4:
            whole = f"{int(whole):,}".replace(",", NBSP if self.language == "ru" else ",")
        return sign + whole + (("," if self.language == "ru" else ".") + rest if point else "")

    def one(self, value: float) -> str:
        """A number with one digit behind the comma, the nought too: figures of a column stand under each other."""
        shown = self.n(round(value, 1))
        return shown if "," in shown[-2:] or "." in shown[-2:] else shown + (",0" if self.language == "ru" else ".0")

    def percent(self, share: float) -> str:
        """A share with its sign: «12,0 %»."""
        return self.one(share * 100) + (NBSP if self.language == "ru" else "") + "%"

    def between(self, low: float, high: float) -> str:
        """An interval of shares in percent."""
        return f"{self.one(low * 100)}–{self.one(high * 100)}"

    def period(self, name: str) -> str:
        """A period: «03.08–09.08.2026» for ``2026-W32``, «февраль 2026» for ``2026-02``."""
        days = days_of(name)
        if days is None:
            return one_line(name, 40)
        if "-W" not in name:
            return f"{word_list('html.months', self.language)[days[0].month - 1]}{NBSP}{days[0].year}"
        first, last = (day.strftime("%d.%m.%Y" if self.language == "ru" else "%Y-%m-%d") for day in days)
        return f"{first[:5]}–{last}" if self.language == "ru" and first[6:] == last[6:] else f"{first} – {last}"

    def day(self, day: str) -> str:
        """A day as this language writes it; what is none stays as it is."""
        return self.words.day(day)

    # -- pieces ------------------------------------------------------------------------------------------------------

    def link(self, name: str, *, owned: bool = False) -> Safe:
        """A finding's name, leading to it where it stands on the page."""
        label = self.name(self.titles[name]) if name in self.titles else text(one_line(name, TITLE))
        return tag("a", label, href="#" + name) if name in self.listed and not owned else label

    def only(self, shown: Child, of: Child, **axes: str) -> Child:
        """A number that leads to the findings behind it: the table, narrowed to a department, a system, a stage."""
        keep = "&".join(f"{axis}={value}" for axis, value in axes.items())
        met = any(all(getattr(finding, axis) == value for axis, value in axes.items()) for finding in self.findings)
        if not met or not _AXIS_VALUES.fullmatch(keep):
            return shown
        spoken = self.say("html.filter_link", name=of)
        return tag("a", shown, tag("span", " ", spoken, class_="hidden"), href="#" + keep, class_="only")

    def place(self, source: str, row: int) -> Safe:
        """Where a text stands: the row, and the file where there are several."""
        row_words = self.say("report.row", row=row)
        if len(self.report.meta.inputs) > 1:
            return join(text(one_line(source, TITLE)), ", ", row_words)
        return row_words

    def quote(self, quote: Quote) -> Safe:
        """A quote with its telling words marked, its row and its id."""
        before, words, after = (
            quote.text[: quote.start],
            quote.text[quote.start : quote.stop],
            quote.text[quote.stop :],
        )
        letters = self.limits.letters
        room = max(0, letters - len(words)) // 2
        if len(quote.text) > letters:
            before = "…" + before[len(before) - room :] if len(before) > room else before
            after = after[:room] + "…" if len(after) > room else after
            words = words[:letters]
        name = self._quoted.get(quote.id)
        if name in self._placed:  # the same words under another pain
            name = None
        elif name is not None:
            self._placed.add(name)
        return tag(
            "blockquote",
            tag("p", "«", flat(before), tag("mark", flat(words)) if words.strip() else None, flat(after), "»"),
            tag("footer", self.place(quote.source, quote.row), self.number_of(quote.id, quote.source, quote.row)),
            id=name,
            tabindex=-1 if name else None,
        )

    def number_of(self, name: str, source: str, row: int) -> Safe | None:
        """The complaint's own number, where it is more than file and row."""
        return None if name == f"{source}:{row}" else join(", ", self.say("html.id", id=one_line(name, 80)))

    def rows(self, names: Sequence[str], n: int, *, label: Child = None) -> Safe | None:
        """The numbers of complaints, folded away; those that are quoted on the page lead to their words.

        Parameters
        ----------
        n : int
            How many there are in all.
        label : child, optional
            What is clicked: a figure of a table; without it the words «Номера обращений» with their number.
        """
        shown = names[:ROWS_SHOWN]
        if not shown:
            return None
        inputs = self.report.meta.inputs
        # of one file the rows' own numbers are told: its name before each says nothing
        file = f"{inputs[0].get('source', '')}:" if len(inputs) == 1 else ""
        plain = bool(file) and all(name.startswith(file) for name in shown)
        hidden = n - len(shown)
        kind = "numbers" if plain else "ids"
        if hidden > 0:
            words = self.say("html.rows_gravest." + kind, n=self.n(len(shown)), total=self.n(n))
        else:
            # a figure that opens has told how many
            code = "html.rows_counted." if label is None else "html.rows_named."
            words = self.say(code + kind, n=self.n(len(shown)))
        listed: list[Child] = []
        for name in shown:
            number = text(one_line(name.removeprefix(file).rpartition("/")[2], 60))
            place = self._quoted.get(name)
            listed += [", " if listed else None, tag("a", number, href="#" + place) if place else number]
        return tag(
            "details",
            tag(
                "summary",
                words if label is None else join(label, tag("span", " ", self.say("html.rows_here"), class_="hidden")),
            ),
            tag("p", None if label is None else join(words, ": "), *listed, class_="rows"),
            self.note("html.rows_quoted") if any(name in self._quoted for name in shown) else None,
            self.beyond("html.rows_more", n=self.n(hidden)) if hidden > 0 else None,
            class_="of" if label is not None else None,
        )

    def counted(self, names: Sequence[str], n: int, shown: Child) -> Child:
        """A figure that opens to the numbers of its complaints, where the report lists them."""
        return self.rows(names, n, label=shown) or shown

    def article(self, name: str) -> Safe:
        """An article of a law, its number not parted from it."""
        return text(_ARTICLE.sub(NBSP, one_line(name, 80)))

    def badge(self, letter: str) -> Safe:
        """The letter of a class, with its meaning for those who ask."""
        return tag("span", letter, class_=f"badge badge-{letter}", title=self.say("html.class." + letter))

    def more(self, hidden: int) -> Safe | None:
        """What a list leaves out."""
        return self.beyond("html.more", n=self.n(hidden)) if hidden > 0 else None

    def note(self, code: str, **values: object) -> Safe:
        """A remark under a part."""
        return tag("p", self.say(code, **values), class_="note")

    def beyond(self, code: str, **values: object) -> Safe:
        """A remark on what the page leaves out, leading to the commands that give it."""
        link = tag("a", self.say("html.whole_link"), href="#commands")
        words = Safe(self.say(code, **values).removesuffix("."))
        return tag("p", words, " (", link, ").", class_="note")


def flat(words: str) -> str:
    """Words on one line, with the blanks at their ends kept: they part them from the neighbours."""
    line = one_line(words)
    if not line:
        return " " if words else ""
    return (" " if words[:1].isspace() else "") + line + (" " if words[-1:].isspace() else "")


def table(
    heads: Sequence[Child],
    rows: Sequence[Sequence[Child]],
    *,
    caption: Child,
    numbers: Sequence[int] = (),
    class_: str = "list",
    titled: bool = True,
) -> Safe:
    """A table whose rows are named by their first cell; on a narrow screen a row becomes a card.

    Parameters
    ----------
    numbers : sequence of int
        Columns set to the right.
    titled : bool
        Whether the caption is shown: not where the heading above says the same.
    """

    def cell(i: int, value: Child) -> Safe:
        kind = "number" if i in numbers else None
        if i == 0:
            return tag("th", value, scope="row", class_=kind)
        if value in ("", None):
            kind = "empty"
        return tag("td", value, class_=kind, data_label=_plain(heads[i]))

    head: list[Child] = [
        tag("th" if value else "td", value, scope="col" if value else None, class_="number" if i in numbers else None)
        for i, value in enumerate(heads)
    ]
    body: list[Child] = [tag("tr", [cell(i, value) for i, value in enumerate(row)]) for row in rows]
    shown = tag("caption", caption, class_=None if titled else "hidden")
    made = tag("table", shown, tag("thead", tag("tr", head)), tag("tbody", body), class_=class_)
    return tag("div", made, class_="scroll")


def _plain(head: Child) -> Safe | None:
    """A column's name as an attribute: only words, no markup."""
    return head if isinstance(head, Safe) and "<" not in head else None


def plain(entry: Any) -> dict[str, Any]:
    """A record of the report as plain values: its parts are read by the names of the contract."""
    return asdict(entry) if is_dataclass(entry) and not isinstance(entry, type) else dict(cast("dict[str, Any]", entry))


def inner(entry: dict[str, Any], name: str) -> dict[str, Any]:
    """A part of plain values that are values again; empty where there is none."""
    return cast("dict[str, Any]", entry.get(name) or {})


def several(entry: dict[str, Any], name: str) -> list[Any]:
    """A list among plain values; empty where there is none."""
    return list(cast("list[Any]", entry.get(name) or ()))


def trend(report: Report, finding: Finding) -> tuple[list[int], bool] | None:
    """Complaints of a finding by period, and whether the last period is over; None where there are too few to draw."""
    if len(finding.trend) < TRENDS_FROM or not report.periods:
        return None
    return finding.trend, report.periods[-1].complete
