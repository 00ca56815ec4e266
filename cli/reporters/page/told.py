"""What is read out of the texts: claims with their clock, themes that no category names, broken promises, effort.

These records are read as plain values by the names of the contract (DESIGN section 7): what a report leaves null is
left out, or shown as not known.
"""

from __future__ import annotations

from typing import Any, cast

from ..escape import one_line
from ..themes import doubtful
from . import charts
from .base import Page, Section, flat, inner, plain, several, table
from .markup import Child, Safe, join, tag, text

WORDS_SHOWN, QUOTES_SHOWN = 8, 3
CLOCK, SUMS, RISK = 2, (4, 5), 5  # cells of a claim: the bar of its days, roubles, what is at risk
EFFORTS = ("contacts", "days_waited", "visits", "documents")


def claims(page: Page) -> Section | None:
    """Formal demands by what expires first."""
    found = [plain(entry) for entry in page.report.claims]
    if not found:
        return None
    shown = found[: page.limits.listed]
    far = max([*(abs(entry["days_left"]) for entry in shown if entry.get("days_left") is not None), 1])
    rows = [_claim(page, entry, far) for entry in shown]
    keep = [i for i in range(len(rows[0])) if any(str(row[i]) for row in rows)]  # what no claim tells is left out
    heads = page.heads("html.claims_head")
    body = join(
        tag("p", page.say("html.claims_how"), class_="how") if RISK in keep else None,
        tag("p", page.say("html.claims_clock"), class_="how") if CLOCK in keep else None,
        _claim_totals(page),
        _claim_day(page) if any(entry.get("due") for entry in shown) else None,
        table(
            [heads[i] for i in keep],
            [[row[i] for i in keep] for row in rows],
            caption=page.say("html.claims"),
            numbers=[at for at, i in enumerate(keep) if i in SUMS],
            class_="list wide claims",
            titled=False,
        ),
        page.more(len(found) - len(shown)),
    )
    return Section("claims", page.say("html.claims"), body)


def _claim_totals(page: Page) -> Safe | None:
    record = getattr(page.report, "claim_totals", None)
    if record is None:
        return None
    totals = plain(record)
    parts = [page.plural(totals["n"], "html.claim_count")] + [
        page.words.say("html.claim_total." + name, n=page.n(totals[name]))
        for name in ("answered", "overdue", "soon", "amount", "exposure")
        if totals.get(name)
    ]
    return tag("p", page.set("; ".join(parts) + "."), class_="lead")


def _claim_day(page: Page) -> Safe:
    """To which day it is counted: the last one in the data is not today."""
    totals = page.report.claim_totals
    return tag("p", page.set(page.words.until(page.report, totals.until if totals else None)), class_="how")


def _claim(page: Page, entry: dict[str, Any], far: float) -> list[Child]:
    days = entry.get("days_left")
    quote = one_line(str(entry.get("text") or ""), min(300, page.limits.letters))
    place = join(
        page.place(str(entry.get("source", "")), int(entry.get("row") or 0)),
        tag("details", tag("summary", page.say("html.words")), tag("p", "«", quote, "»")) if quote else None,
    )
    exposure, rule = inner(entry, "exposure"), inner(entry, "rule")
    law: list[Child] = [page.name(rule["title"]), ", ", page.article(str(rule.get("article", "")))] if rule else []
    if not str(exposure.get("formula") or "0").isdecimal():  # a sum of one part tells nothing new
        formula = page.words.formula(str(exposure["formula"]))
        law.append(tag("small", page.say("html.at_risk", formula=formula), class_="part"))
    if entry.get("provisional"):
        law.append(tag("span", page.say("html.provisional"), class_="mark"))
    demands = ", ".join(page.words.say("html.demand." + str(name)) for name in several(entry, "demands"))
    return [
        place,
        _clock(page, days),
        charts.countdown(float(days), far) if days is not None else "",
        page.day(str(entry["due"])) if entry.get("due") else "",
        _roubles(page, entry.get("amount")),
        _roubles(page, exposure.get("total")),
        demands,
        join(*law) if law else "",
    ]


def _clock(page: Page, days: int | None) -> Safe:
    if days is None:
        return page.say("html.unknown")
    if days < 0:
        return tag("span", page.say("html.overdue", n=page.n(-days)), class_="mark mark-fail")
    return page.say("html.days_left", n=page.n(days))


def _roubles(page: Page, value: float | None) -> Child:
    return "" if value is None else page.say("html.roubles", n=page.n(round(value)))


def themes(page: Page) -> Section | None:
    """What no category covers, as found without a lexicon."""
    found = [plain(entry) for entry in page.report.themes]
    if not found:
        return None
    shown = found[: page.limits.listed]
    most = max([*(int(entry.get("n") or 0) for entry in shown), 1])
    body = join(
        tag("p", page.say("html.themes_how"), class_="how"),
        tag("ul", [_theme(page, entry, most) for entry in shown], class_="cards"),
        page.more(len(found) - len(shown)),
    )
    return Section("themes", page.say("html.themes"), body)


def _theme(page: Page, entry: dict[str, Any], most: int) -> Safe:
    n = int(entry.get("n") or 0)
    letter = str(entry.get("severity_class") or entry.get("class") or "")
    classes = inner(entry, "classes")
    marks: list[Child] = []
    mixed = doubtful(entry.get("sure"))
    if mixed:  # the class of what is no complaint says nothing
        letter = ""
        marks.append(tag("span", page.say("theme.doubtful"), class_="mark"))
    if letter:
        held = sum(int(k) for other, k in classes.items() if other <= letter)
        marks += [page.badge(letter), " "]
        if held:
            words = page.say("html.theme_class", letter=letter, n=page.n(held), total=page.n(n))
            marks += [tag("small", words), " "]
    if entry.get("status") in ("new", "growing", "returned"):
        marks.append(
            tag("span", page.say("html.status." + str(entry["status"])), class_=f"mark mark-{entry['status']}")
        )
    if entry.get("few"):
        marks.append(tag("span", page.say("report.few"), class_="mark"))
    words = ", ".join(one_line(str(word), 60) for word in several(entry, "words")[:WORDS_SHOWN])
    quotes = several(entry, "quotes")[: min(QUOTES_SHOWN, page.limits.quotes)]
    return tag(
        "li",
        tag(
            "h3",
            _capital(page.name(entry["title"])) if entry.get("title") else text(one_line(str(entry.get("id", "")), 80)),
            " ",
            tag("small", page.plural(n, "theme.texts" if mixed else "report.complaints")),
        ),
        charts.bar(n / most, letter),
        tag("p", *marks) if marks else None,
        tag("p", page.words.say("html.theme_words", words=words), class_="note") if words else None,
        [_words_of(page, quote) for quote in quotes],
        page.rows([str(name) for name in several(entry, "rows")], n),
    )


def _capital(words: Safe) -> Safe:
    """A title of the customers' own words begins like the titles of the lexicon."""
    return Safe(words[:1].upper() + words[1:])


def _words_of(page: Page, quote: dict[str, Any]) -> Safe:
    """A customer's words with their place."""
    footer = tag("footer", page.place(str(quote.get("source", "")), int(quote["row"]))) if quote.get("row") else None
    return tag("blockquote", tag("p", "«", one_line(str(quote.get("text", "")), page.limits.letters), "»"), footer)


def expectations(page: Page) -> Section | None:
    """Promised one thing, got another: by who promised."""
    found = [plain(entry) for entry in page.report.expectations]
    if not found:
        return None
    most = max([*(int(entry.get("n") or 0) for entry in found), 1])
    items = [_broken(page, entry, most) for entry in found[: page.limits.listed]]
    body = join(tag("p", page.say("html.expectations_how"), class_="how"), tag("ul", items, class_="cards"))
    return Section("expectations", page.say("html.expectations"), body)


def _broken(page: Page, entry: dict[str, Any], most: int) -> Safe:
    n = int(entry.get("n") or 0)
    links: list[Child] = []
    for name in list(inner(entry, "categories"))[:3]:
        links += [", " if links else "", page.link(str(name))]
    return tag(
        "li",
        tag(
            "h3",
            page.say("html.promised_by." + str(entry.get("by"))),
            " ",
            tag("small", page.plural(n, "report.complaints")),
        ),
        charts.bar(n / most),
        tag("p", *links) if links else None,
        [_gap(page, quote) for quote in several(entry, "quotes")[: page.limits.quotes]],
    )


def _gap(page: Page, quote: dict[str, Any]) -> Safe:
    """The two halves of a broken promise, marked in the customer's words."""
    words = str(quote.get("text", ""))
    spans = sorted(cast("list[int]", quote[key]) for key in ("promised", "got") if quote.get(key) is not None)
    first, last = (spans[0][0], max(stop for _, stop in spans)) if spans else (0, 0)
    room = max(0, page.limits.letters - (last - first)) // 2
    at, end = max(0, first - room), min(len(words), max(last + room, page.limits.letters))
    parts: list[Child] = ["…" if at > 0 else ""]
    for start, stop in spans:
        parts += [flat(words[at : max(at, start)]), tag("mark", flat(words[max(at, start) : stop]))]
        at = max(at, stop)
    parts += [flat(words[at:end]), "…" if end < len(words) else ""]
    footer = tag("footer", page.place(str(quote.get("source", "")), int(quote.get("row") or 0)))
    return tag("blockquote", tag("p", "«", *parts, "»"), footer)


def effort(page: Page) -> Section | None:
    """What it cost customers: medians of contacts, days, visits and papers, and how many told them."""
    record = page.report.effort
    if record is None:
        return None
    found = plain(record)
    entries = [inner(found, "total"), *several(found, "categories")][: 1 + page.limits.listed]
    told = [name for name in EFFORTS if any(entry.get(name) is not None for entry in entries)]
    rows = [_effort(page, entry, told) for entry in entries]
    heads: list[Child] = [page.say("html.effort_of"), *(page.say("html.effort_name." + name) for name in told)]
    body = join(
        tag("p", page.say("html.effort_how"), class_="how"),
        table(heads, rows, caption=page.say("html.effort"), numbers=range(1, 5), class_="list wide", titled=False),
    )
    return Section("effort", page.say("html.effort"), body)


def _effort(page: Page, entry: dict[str, Any], names: list[str]) -> list[Child]:
    name = entry.get("id")
    cells: list[Child] = [page.link(str(name)) if name else tag("b", page.capital("kpi.total"))]
    for key in names:
        value, told = entry.get(key), entry.get(key + "_n")
        if value is None:
            cells.append("")
        else:
            cells.append(
                join(
                    page.n(value),
                    tag("small", " ", page.say("html.told", n=page.n(told))) if told else None,
                )
            )
    return cells
