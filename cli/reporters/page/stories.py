"""Single rows and lists of them: urgent, claims, themes, segments, strengths, work, effort, promises, look-alikes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....analyzers.records import Kpi, Segment
from ..escape import one_line
from . import charts
from .base import Page, Section, dig, table
from .markup import Child, Safe, join, tag, text

REPEAT_ROWS = 3  # least rows of a group of look-alikes shown


def urgent(page: Page) -> Section | None:
    """Single rows of class A."""
    rows = page.report.urgent
    if not rows:
        return None
    shown = rows[: page.limits.listed]
    items = [
        tag(
            "li",
            tag("p", [tag("span", _reason(page, name), class_="mark mark-fail") for name in row.reasons], class_="marks"),
            tag("blockquote", tag("p", "«", one_line(row.text, page.limits.letters), "»"),
                tag("footer", page.place(row.source, row.row), page.number_of(row.id, row.source, row.row),
                    ", ", page.say("html.severity", value=page.n(row.severity)))),
            id="urgent-" + str(place),
        )
        for place, row in enumerate(shown, 1)
    ]  # fmt: skip
    body = join(tag("p", page.say("html.urgent_how"), class_="how"), tag("ol", items, class_="cards"), page.more(len(rows) - len(shown)))
    return Section("urgent", page.say("report.urgent"), body)


def _reason(page: Page, name: str) -> Safe:
    return page.name(page.titles[name]) if name in page.titles else page.say("fact." + name)


def claims(page: Page) -> Section | None:
    """Formal demands by what expires first."""
    found = page.report.claims
    if not found:
        return None
    shown = found[: page.limits.listed]
    bounds = [abs(days) for entry in shown if isinstance(days := dig(entry, "days_left"), (int, float))]
    far = max([*bounds, 1])
    rows: list[list[Child]] = []
    for entry in shown:
        days = dig(entry, "days_left")
        place = page.place(str(entry.get("source", "")), int(entry.get("row") or 0)) if entry.get("row") else text(one_line(str(entry.get("id", "")), 80))
        rows.append([
            place, _days(page, days), charts.countdown(float(days), far) if isinstance(days, (int, float)) else "",
            _value(page, dig(entry, "deadline", "due")), _money(page, dig(entry, "amount")), _money(page, dig(entry, "exposure", "total")),
            ", ".join(page.words.say("demand." + str(name)) for name in entry.get("demands") or []),
            _value(page, dig(entry, "rule", "law")),
        ])  # fmt: skip
    body = join(
        tag("p", page.say("html.claims_how"), class_="how"),
        table(page.heads("html.claims_head"), rows, caption=page.say("html.claims"), numbers=(4, 5), class_="list wide claims", titled=False),
        page.more(len(found) - len(shown)),
    )  # fmt: skip
    return Section("claims", page.say("html.claims"), body)


def _days(page: Page, days: Any) -> Safe:
    if not isinstance(days, (int, float)):
        return page.say("html.unknown")
    if days < 0:
        return tag("span", page.say("html.overdue", n=page.n(-int(days))), class_="mark mark-fail")
    return page.say("html.days_left", n=page.n(int(days)))


def _money(page: Page, value: Any) -> Safe:
    return page.say("html.roubles", n=page.n(round(value))) if isinstance(value, (int, float)) else text("")


def _value(page: Page, value: Any) -> Safe:
    """A value of a plain entry in words: titles, lists and codes may stand there."""
    if value is None or value == "":
        return text("")
    if isinstance(value, dict):
        if "ru" in value or "en" in value:
            return page.name(value)
        return text("; ".join(one_line(f"{name}: {part}", 80) for name, part in value.items() if part is not None))
    if isinstance(value, (list, tuple)):
        return text(", ".join(one_line(str(part), 80) for part in value))
    return page.set(one_line(page.n(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value), 200))


def themes(page: Page) -> Section | None:
    """What no category covers, as found by `svc discover`."""
    found = page.report.themes
    if not found:
        return None
    shown = found[: page.limits.listed]
    most = max([*(int(entry.get("n") or 0) for entry in shown), 1])
    items: list[Child] = []
    for entry in shown:
        n = int(entry.get("n") or 0)
        name = dig(entry, "title", "name", "id")
        words = dig(entry, "words", "terms", "top") or []
        quotes = dig(entry, "quotes", "examples") or []
        items.append(
            tag(
                "li", tag("h3", _value(page, name), " ", tag("small", page.plural(n, "report.complaints"))), charts.bar(n / most),
                tag("p", ", ".join(one_line(str(word), 60) for word in words[:8]), class_="note") if words else None,
                [_plain_quote(page, quote) for quote in quotes[:3]],
            )
        )  # fmt: skip
    body = join(tag("p", page.say("html.themes_how"), class_="how"), tag("ul", items, class_="cards"), page.more(len(found) - len(shown)))
    return Section("themes", page.say("html.themes"), body)


def _plain_quote(page: Page, quote: Any) -> Safe:
    if not isinstance(quote, dict):
        return tag("blockquote", tag("p", "«", one_line(str(quote), page.limits.letters), "»"))
    row = quote.get("row")
    footer = tag("footer", page.place(str(quote.get("source", "")), int(row))) if row else None
    return tag("blockquote", tag("p", "«", one_line(str(quote.get("text", "")), page.limits.letters), "»"), footer)


def segments(page: Page) -> Section | None:
    """Values of the `--by` columns, and what each has surely more of."""
    found = page.report.segments
    if not found:
        return None
    by_column: dict[str, list[Segment]] = {}
    for segment in found:
        by_column.setdefault(segment.column, []).append(segment)
    parts: list[Child] = [tag("p", page.say("html.segments_how"), class_="how")]
    for column, entries in by_column.items():
        shown = entries[: page.limits.listed]
        most = max(entry.share for entry in entries)
        rows: list[list[Child]] = [
            [text(one_line(entry.value, 80) or "—"), charts.bar(entry.share / most if most else 0), page.n(entry.n), page.percent(entry.share),
             join(tag("span", page.say("report.few"), class_="mark") if entry.few else None, " ", [_more_of(page, item) for item in entry.top[:3]])]
            for entry in shown
        ]  # fmt: skip
        name = text(one_line(column, 80))
        parts.append(table([name, *page.heads("html.segment_head")], rows, caption=name, numbers=(2, 3), class_="chart segments"))
        parts.append(page.more(len(entries) - len(shown)))
    return Section("segments", page.say("report.segments"), join(*parts))


def _more_of(page: Page, item: dict[str, Any]) -> Safe:
    """A category of a segment; one it has surely more of, with how many times more."""
    name = join(page.link(str(item["id"])), " ", page.percent(item["share"]))
    if "ratio" not in item:
        return tag("span", name, class_="part weak")
    low, high = page.n(round(item["ratio_low"], 1)), page.n(round(item["ratio_high"], 1))
    return tag("span", name, " ", tag("b", page.say("report.times", value=page.n(round(item["ratio"], 1)))), f" [{low}–{high}]", class_="part")


def strengths(page: Page) -> Section | None:
    """What customers praise: by system, for a category's title names its pain."""
    found = page.report.strengths
    if not found:
        return None
    count: dict[str, int] = {}
    for strength in found:
        count[strength.system] = count.get(strength.system, 0) + strength.n
    ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    items = [
        tag("li", tag("h3", page.term("system", name), " ", tag("small", page.plural(n, "html.praises"))), charts.bar(n / ranked[0][1], "good"),
            [page.quote(quote) for strength in found if strength.system == name for quote in strength.quotes][:2])
        for name, n in ranked
    ]  # fmt: skip
    return Section("strengths", page.say("report.strengths"), join(tag("p", page.say("html.strengths_how"), class_="how"), tag("ul", items, class_="cards")))


def work(page: Page) -> Section | None:
    """Overdue, time to answer, reopened and repeat contacts, in total and by category."""
    kpis = page.report.kpis
    if kpis is None or not kpis.total.n:
        return None
    worst = [entry for entry in kpis.categories if entry.overdue or entry.late or entry.repeats][:20]
    rows = [_work_row(page, entry) for entry in (kpis.total, *worst)]
    keep = [i for i in range(len(rows[0])) if i == 0 or any(str(row[i]) not in ("", "0") for row in rows)]
    heads = page.heads("html.work_head")
    notes: list[Child] = []
    if kpis.until:
        notes.append(tag("p", page.say("kpi.until", day=kpis.until), class_="note"))
    if kpis.misdated:
        notes.append(tag("p", page.say("kpi.misdated", n=page.n(kpis.misdated)), class_="note"))
    body = join(
        tag("p", page.say("html.work_how", days=kpis.overdue_days), class_="how"),
        table([heads[i] for i in keep], [[row[i] for i in keep] for row in rows], caption=page.say("kpi.title"),
              numbers=range(1, len(keep)), class_="list wide", titled=False),
        *notes,
    )  # fmt: skip
    return Section("work", page.say("kpi.title"), body)


def _work_row(page: Page, entry: Kpi) -> list[Child]:
    def figure(value: float | None) -> str:
        return "" if value is None else page.n(value)

    name = page.link(entry.id) if entry.id is not None else tag("b", page.say("kpi.total"))
    return [name, *(figure(value) for value in (
        entry.n, entry.open, entry.overdue, entry.late, entry.days_median, entry.days_p90, entry.reopened, entry.repeats, entry.unknown,
    ))]  # fmt: skip


def effort(page: Page) -> Section | None:
    """What it cost customers: contacts, days, visits, papers."""
    found = page.report.effort
    if not found:
        return None
    rows = [
        [page.say("html.effort_name." + name) if name in ("contacts", "days_waited", "visits", "documents") else text(one_line(name, 60)), _value(page, value)]
        for name, value in found.items()
        if value is not None and name != "categories"
    ]
    body = table(page.heads("html.effort_head"), rows, caption=page.say("html.effort"), class_="list", titled=False)
    return Section("effort", page.say("html.effort"), body)


def expectations(page: Page) -> Section | None:
    """Promised one thing, got another."""
    found = page.report.expectations
    if not found:
        return None
    shown = found[: page.limits.listed]
    rows: list[list[Child]] = [
        [_value(page, dig(entry, "promised", "source", "by", "id")), _value(page, dig(entry, "got")),
         page.link(str(entry["category"])) if entry.get("category") else "", _value(page, dig(entry, "n"))]
        for entry in shown
    ]  # fmt: skip
    body = join(table(page.heads("html.expectation_head"), rows, caption=page.say("html.expectations"), numbers=(3,), class_="list wide", titled=False), page.more(len(found) - len(shown)))
    return Section("expectations", page.say("html.expectations"), body)


def repeats(page: Page) -> Section | None:
    """Look-alike rows, and phrases that no category covers."""
    groups = [group for group in page.report.duplicates if group.n >= REPEAT_ROWS]
    if not groups:
        return None
    shown = groups[:20]
    rows: list[list[Child]] = [
        [join(page.say("report.repeat." + group.kind, n=page.n(group.n), customers=page.n(group.customers)),
              tag("span", page.say("report.wave"), class_="mark mark-growing") if group.wave else None),
         page.link(group.categories[0]) if group.categories else "", f"{group.first} … {group.last}" if group.first else "",
         ", ".join(one_line(name.rpartition("/")[2], 60) for name in group.rows[:5])]
        for group in shown
    ]  # fmt: skip
    body = join(table(page.heads("html.repeat_head"), rows, caption=page.say("report.repeats"), class_="list wide", titled=False), page.more(len(groups) - len(shown)))
    return Section("repeats", page.say("report.repeats"), body)


def uncovered(page: Page) -> Section | None:
    """Phrases that no category covers."""
    found = page.report.uncovered
    if not found:
        return None
    items = [tag("li", one_line(item.phrase, 80), " ", tag("small", page.n(item.n))) for item in found[: page.limits.listed]]
    return Section("uncovered", page.say("report.uncovered"), tag("ul", items, class_="tags"))


def following(page: Page, commands: Sequence[str]) -> Section:
    """What to do next."""
    first = page.findings[:3]
    steps: list[Child] = [
        join(page.link(finding.id), " — ", page.term("owner", finding.owner), ". ", page.say("report.upgrade", text=page.words.title(finding.upgrade)))
        for finding in first
    ]  # fmt: skip
    body = join(
        tag("ol", [tag("li", step) for step in steps]) if steps else None,
        tag("p", page.say("html.commands"), class_="how"),
        tag("ul", [tag("li", tag("code", command)) for command in commands], class_="plain"),
    )
    return Section("next", page.say("html.next"), body)
