"""Single rows and lists of them: urgent, segments, strengths, work, look-alikes, and what to do next."""

from __future__ import annotations

from typing import Any

from ....analyzers.records import MAX_URGENT, Kpi, Quote, Segment
from ..escape import one_line
from ..wording import alike, next_commands, shell
from . import charts
from .base import Page, Section, table
from .markup import NBSP, Child, Safe, join, tag, text

OPEN = 2  # the cell of the open ones in a row of the work
OVERDUE = 3  # the cell of the overdue ones in a row of the work
FAR = 50  # times more: above it only the lower bound is told
REPEATS_NAMED = 5  # numbers of a group of look-alikes
PRAISES = 2  # quotes of a strength
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
            tag(
                "p", [tag("span", _reason(page, name), class_="mark mark-fail") for name in row.reasons], class_="marks"
            ),
            tag(
                "blockquote",
                tag("p", "«", one_line(row.text, page.limits.letters), "»"),
                tag(
                    "footer",
                    page.place(row.source, row.row),
                    page.number_of(row.id, row.source, row.row),
                    ", ",
                    page.say("html.severity", value=page.n(row.severity)),
                ),
            ),
            id="urgent-" + str(place),
        )
        for place, row in enumerate(shown, 1)
    ]
    body = join(
        tag("p", page.say("html.urgent_how"), class_="how"),
        page.beyond("html.urgent_cut", n=page.n(len(rows))) if len(rows) >= MAX_URGENT else None,
        tag("ol", items, class_="cards"),
        page.more(len(rows) - len(shown)),
    )
    return Section("urgent", page.say("report.urgent"), body)


def _reason(page: Page, name: str) -> Safe:
    return page.name(page.titles[name]) if name in page.titles else page.capital("fact." + name)


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
            [
                text(one_line(entry.value, 80)) or page.say("html.unknown_work"),
                charts.bar(entry.share / most if most else 0),
                page.counted(entry.rows, entry.n, page.n(entry.n)),
                page.percent(entry.share),
                join(
                    tag("span", page.set(page.words.unsure_segment(entry)), class_="mark") if entry.few else None,
                    " ",
                    _about(page, entry),
                ),
            ]
            for entry in shown
        ]
        name = text(one_line(column, 80))
        parts.append(
            table([name, *page.heads("html.segment_head")], rows, caption=name, numbers=(2, 3), class_="chart segments")
        )
        parts.append(page.more(len(entries) - len(shown)))
    return Section("segments", page.say("report.segments"), join(*parts))


def _about(page: Page, entry: Segment) -> Safe | None:
    """What a segment has surely more of than the others; where nothing is sure, what it has most."""
    if not entry.top:
        return None
    sure = [item for item in entry.top if "ratio" in item]
    lead = tag("small", page.say("html.segment_more" if sure else "html.segment_most"), class_="part")
    return join(lead, [_more_of(page, item) for item in (sure or entry.top)[:3]])


def _more_of(page: Page, item: dict[str, Any]) -> Safe:
    """A category of a segment; one it has surely more of, with how many times more."""
    name = join(page.link(str(item["id"])), NBSP, page.percent(item["share"]))
    if "ratio" not in item:
        return tag("span", name, class_="part")
    # the others have next to none of it: a ratio of hundreds is no figure
    far = item["ratio_high"] > FAR
    code, told = ("html.ratio_least", item["ratio_low"]) if far else ("html.ratio", item["ratio"])
    low, value, high = (page.n(round(item[key], 1)) for key in ("ratio_low", "ratio", "ratio_high"))
    words = page.say(code, low=low, value=value, high=high, times=_times(page, round(told, 1)))
    return tag("span", name, ", ", tag("b", words), class_="part")


def _times(page: Page, value: float) -> str:
    """«в 5 раз», «в 2 раза», «в 3,1 раза»."""
    return page.noun(int(value), "html.times") if value == int(value) else page.words.say("html.times_part")


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
        tag(
            "li",
            tag("h3", page.term("system", name), " ", tag("small", page.plural(n, "html.praises"))),
            charts.bar(n / ranked[0][1], "good"),
            _praises(page, [quote for strength in found if strength.system == name for quote in strength.quotes]),
        )
        for name, n in ranked
    ]
    return Section(
        "strengths",
        page.say("report.strengths"),
        join(tag("p", page.say("html.strengths_how"), class_="how"), tag("ul", items, class_="cards")),
    )


def _praises(page: Page, quotes: list[Quote]) -> list[Safe]:
    """Quotes of a system, each text once: it may praise it twice."""
    once: dict[str, Quote] = {}
    for quote in quotes:
        once.setdefault(quote.id, quote)
    return [page.quote(quote) for quote in list(once.values())[:PRAISES]]


def work(page: Page) -> Section | None:
    """Overdue, time to answer, reopened and repeat contacts, in total and by category."""
    kpis = page.report.kpis
    if kpis is None or not kpis.total.n:
        return None
    worst = [entry for entry in kpis.categories if entry.overdue or entry.late or entry.repeats][:20]
    rows = [_work_row(page, entry) for entry in (kpis.total, *worst)]
    # that none is open is worth telling; of the others only what there is
    keep = [i for i in range(len(rows[0])) if i <= OPEN or any(str(row[i]) not in ("", "0") for row in rows)]
    heads = page.heads("html.work_head")
    notes: list[Child] = []
    if kpis.until:
        notes.append(tag("p", page.set(page.words.until(page.report, kpis.until)), class_="note"))
    if kpis.misdated:
        notes.append(tag("p", page.capital("kpi.misdated", n=page.n(kpis.misdated)), ".", class_="note"))
    body = join(
        tag("p", page.say("html.work_how", days=kpis.overdue_days), class_="how"),
        tag("p", page.say("html.work_shown"), class_="how") if worst else None,
        table(
            [heads[i] for i in keep],
            [[row[i] for i in keep] for row in rows],
            caption=page.say("kpi.title"),
            numbers=range(1, len(keep)),
            class_="list wide",
            titled=False,
        ),
        *notes,
    )
    return Section("work", page.say("kpi.title"), body)


def _work_row(page: Page, entry: Kpi) -> list[Child]:
    def figure(value: float | None) -> Child:
        return "" if value is None else page.n(value)

    name = page.link(entry.id) if entry.id is not None else tag("b", page.capital("kpi.total"))
    cells: list[Child] = [
        name,
        *(
            figure(value)
            for value in (
                entry.n,
                entry.open,
                entry.overdue,
                entry.late,
                entry.days_median,
                entry.days_p90,
                entry.reopened,
                entry.repeats,
                entry.unknown,
            )
        ),
    ]
    if entry.overdue:
        cells[OVERDUE] = page.counted(entry.overdue_rows, entry.overdue, cells[OVERDUE])
    return cells


def repeats(page: Page) -> Section | None:
    """Look-alike rows, and phrases that no category covers."""
    groups = [group for group in page.report.duplicates if group.n >= REPEAT_ROWS]
    if not groups:
        return None
    shown = groups[:20]
    rows: list[list[Child]] = [
        [
            join(
                page.capital(
                    "report.repeat." + alike(page.report, group), n=page.n(group.n), customers=page.n(group.customers)
                ),
                join(" ", tag("span", page.say("report.wave"), class_="mark mark-growing")) if group.wave else None,
            ),
            page.link(group.categories[0]) if group.categories else "",
            f"{page.day(group.first)}–{page.day(group.last)}" if group.first and group.last else "",
            join(
                ", ".join(one_line(name.rpartition("/")[2], 60) for name in group.rows[:REPEATS_NAMED]),
                page.say("html.and_more", n=page.n(group.n - REPEATS_NAMED)) if group.n > REPEATS_NAMED else None,
            ),
        ]
        for group in shown
    ]
    body = join(
        tag("p", page.say("html.repeats_how"), class_="how"),
        table(
            page.heads("html.repeat_head"), rows, caption=page.say("report.repeats"), class_="list wide", titled=False
        ),
        page.more(len(groups) - len(shown)),
    )
    return Section("repeats", page.say("report.repeats"), body)


def uncovered(page: Page) -> Section | None:
    """Phrases that no category covers."""
    found, rows = page.report.uncovered, page.report.statistics.uncovered_rows
    if not found and not rows:
        return None
    items = [
        tag("li", one_line(item.phrase, 80), " ", tag("small", page.n(item.n))) for item in found[: page.limits.listed]
    ]
    n = page.report.statistics.uncovered
    body = join(
        join(tag("p", page.say("html.uncovered_how"), class_="how"), tag("ul", items, class_="tags"))
        if items
        else tag("p", page.say("html.uncovered_none"), class_="how"),
        tag("p", page.say("html.uncovered_rows", n=page.plural(n, "report.complaints")), class_="how")
        if rows
        else None,
        page.rows(rows, n),
    )
    return Section("uncovered", page.say("html.uncovered_title"), body)


def following(page: Page) -> Section:
    """What to do next."""
    first = page.findings[:3]
    steps: list[Child] = [
        join(
            page.link(finding.id),
            " — ",
            page.term("owner", finding.owner),
            ". ",
            page.say("report.upgrade", text=page.words.advice(finding.upgrade)),
        )
        for finding in first
    ]
    return Section(
        "next",
        page.say("html.next"),
        join(tag("ol", [tag("li", step) for step in steps]) if steps else None, _commands(page)),
    )


def _commands(page: Page) -> Safe:
    """What gives the rest, apart from what the reader of the page has to do."""
    found = [entry for entry in next_commands(page.report, names_only=True) if entry[1] != "next.page"]  # this is it
    if page.report.themes and found:
        inputs = found[-1][0].removeprefix("svc inspect ")
        theme = shell(one_line(page.report.themes[0].id, 40))
        found.append((f"svc discover {inputs} --accept {theme} --as system.name -o my.toml", "html.accept"))
    return tag(
        "div",
        tag("h3", page.say("html.commands_title")),
        tag("p", page.say("html.commands"), class_="how"),
        tag("ul", [tag("li", tag("code", command), " — ", page.say(code)) for command, code in found], class_="plain"),
        id="commands",
        class_="commands",
    )
