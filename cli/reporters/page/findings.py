"""The ranked findings: a table that sorts, filters and opens to quotes and rows; without scripts all of it is open."""

from __future__ import annotations

import re

from ....analyzers.records import Finding
from ..escape import one_line
from ..wording import MOVED, days_told, proven
from . import charts
from .base import Page, Section, trend
from .markup import NBSP, Child, Safe, join, tag, text

PLACES = ("system", "stage", "dimension")
_ANCHOR = re.compile(r"[\w.\-]+")


def anchor(name: str) -> str | None:
    """The id of a finding as an anchor; None for what is no id (a saved report may hold anything)."""
    return name if _ANCHOR.fullmatch(name) else None


def section(page: Page) -> Section:
    """The table with its tools."""
    if not page.findings:
        return Section("findings", page.say("report.findings"), page.note("report.verdict_none"))
    body = join(
        tag(
            "details",
            tag("summary", page.say("html.reading")),
            tag("p", page.say("html.findings_how"), class_="how"),
            _classes(page),
            tag("p", page.say("html.growth_how"), class_="how") if _has_growth(page) else None,
            _trend_how(page),
            open=True,
            class_="reading",
        ),
        _tools(page),
        tag(
            "div",
            tag(
                "table",
                tag("caption", page.say("html.findings_caption"), class_="hidden"),
                _head(page),
                [_finding(page, place, finding) for place, finding in enumerate(page.findings, 1)],
                id="findings-table",
                class_="findings",
            ),
            class_="scroll",
            role="group",
            tabindex=0,
            aria_label=page.say("report.findings"),
        ),
        _left_out(page),
    )
    return Section("findings", page.say("report.findings"), body)


def _columns(page: Page) -> list[tuple[str, str | None]]:
    """Columns and what they are sorted by; None: not sorted by."""
    # no growth without dates, or none that is more than chance: an empty column is left out
    growth: list[tuple[str, str | None]] = [("growth", "number")] if _has_growth(page) else []
    columns: list[tuple[str, str | None]] = [
        ("rank", "number"),
        ("title", "text"),
        ("index", "number"),
        ("class", "text"),
        ("owner", "text"),
        ("n", "number"),
        ("share", "number"),
        *growth,
    ]
    return [*columns, ("trend", None)] if page.has_trends else columns


def _has_growth(page: Page) -> bool:
    return any(proven(finding) for finding in page.findings)


def _head(page: Page) -> Safe:
    cells: list[Child] = []
    for name, kind in _columns(page):
        label = page.say("html.column." + name)
        sort = "ascending" if name == "rank" else None
        scale = tag("small", _scale(page)) if name == "share" else None
        cells.append(
            tag(
                "th",
                tag("button", label, type="button", data_sort=name) if kind else label,
                " " if scale else None,
                scale,
                scope="col",
                class_="col-" + name,
                aria_sort=sort,
                data_kind=kind,
            )
        )
    return tag("thead", tag("tr", cells))


def _scale(page: Page) -> Safe:
    """How long the bars of shares are."""
    return page.say("html.scale", most=page.n(round(page.widest * 100)))


def _trend_how(page: Page) -> Safe | None:
    """What the lines by period show: from when, how high, and what an open end is."""
    days = days_told(page.report, max((len(finding.trend) for finding in page.findings), default=0))
    if not page.has_trends or days is None:
        return None
    words = page.say("html.trend_how", first=page.day(days[0]), last=page.day(days[1]))
    part = None if page.report.periods[-1].complete else join(" ", page.say("html.trend_open"))
    return tag("p", words, part, class_="how of-trend")


def _finding(page: Page, place: int, finding: Finding) -> Safe:
    name = anchor(finding.id)
    key = f"d{place}"
    return tag(
        "tbody",
        tag("tr", _cells(page, place, finding, key), class_="summary"),
        tag("tr", tag("td", _detail(page, finding), colspan=len(_columns(page))), class_="detail", id=key),
        id=name,
        class_="finding" + (" beyond" if place > page.top else ""),
        data_class=finding.severity_class,
        data_owner=finding.owner,
        data_system=finding.system,
        data_stage=finding.stage,
        data_dimension=finding.dimension,
    )


def _cells(page: Page, place: int, finding: Finding, key: str) -> list[Child]:
    say = page.say
    marks: list[Child] = []
    if finding.status is not None and finding.status != "stable":
        marks.append(tag("span", say("html.status." + finding.status), class_="mark mark-" + finding.status))
    if finding.few:
        marks.append(tag("span", say("report.few"), class_="mark"))
    title = join(
        tag("button", page.name(finding.title), type="button", class_="open", aria_expanded="true", aria_controls=key),
        tag("code", one_line(finding.id, 80)),
        *marks,
    )
    values: list[tuple[str, Child, str | float | int]] = [
        ("rank", place, place),
        ("title", title, one_line(page.words.title(finding.title))),
        (
            "index",
            join(
                tag("b", page.one(finding.index)),
                charts.bar(finding.index / page.most if page.most else 0, finding.severity_class),
            ),
            finding.index,
        ),
        ("class", _class(page, finding), finding.severity_class),
        ("owner", page.term("owner", finding.owner), page.words.say("owner." + finding.owner)),
        ("n", page.n(finding.n), finding.n),
        ("share", _share(page, finding), finding.share),
    ]
    if _has_growth(page):
        grown = finding.growth if finding.growth is not None and proven(finding) else -1
        values.append(("growth", text(page.words.growth(finding)), grown))
    if page.has_trends:
        values.append(("trend", _spark(page, finding), ""))
    labels = {name: say("html.column." + name) for name, _, _ in values}
    labels["share"] = Safe(f"{labels['share']}, {_scale(page)}")  # a card has no head that tells the scale
    return [
        tag(
            "th" if name == "title" else "td",
            value,
            scope="row" if name == "title" else None,
            class_="col-" + name,
            data_value=key_value,
            data_label=None if name == "title" else labels[name],
        )
        for name, value, key_value in values
    ]


def _class(page: Page, finding: Finding) -> Safe:
    """The letter, and how many complaints hold it or a worse one: a mild pain with class A is no mistake."""
    held = sum(n for letter, n in finding.classes.items() if letter <= finding.severity_class)
    letter = page.badge(finding.severity_class)
    if not held or finding.severity_class == "D":
        return letter
    return join(letter, " ", tag("small", page.say("html.class_share", n=page.n(held), total=page.n(finding.n))))


def _share(page: Page, finding: Finding) -> Safe:
    return join(
        tag("b", page.percent(finding.share)),
        tag("small", f"[{page.between(finding.share_low, finding.share_high)}]"),
        charts.interval(finding.share, finding.share_low, finding.share_high, page.widest),
    )


def _spark(page: Page, finding: Finding) -> Child:
    found = trend(page.report, finding)
    if found is None:
        return ""
    counts, complete = found
    spoken = page.say("html.trend", counts=", ".join(map(str, counts)))
    most = tag("small", page.say("html.trend_most", n=page.n(max(counts))), aria_hidden="true")
    return join(charts.sparkline(counts, complete), most, " ", tag("span", spoken, class_="hidden"))


# -- what a finding opens to ----------------------------------------------------------------------------------------


def _detail(page: Page, finding: Finding) -> Safe:
    advice = [
        join(tag("dt", page.say(f"html.{name}")), tag("dd", page.name(titles)))
        for name, titles in (("upgrade", finding.upgrade), ("metric", finding.metric))
        if any(titles.values())
    ]
    facts = [join(tag("dt", name), tag("dd", value)) for name, value in _facts(page, finding)]
    return tag(
        "div",
        tag("dl", *advice, *facts, class_="facts"),
        tag(
            "div",
            tag("h3", page.say("html.quotes")) if finding.quotes[: page.limits.quotes] else None,
            [page.quote(quote) for quote in finding.quotes[: page.limits.quotes]],
            page.rows(finding.rows, finding.n),
        ),
        class_="opened",
    )


def _facts(page: Page, finding: Finding) -> list[tuple[Child, Child]]:
    """Name and value of every figure the finding has."""
    say = page.say
    found: list[tuple[Child, Child]] = [
        (say("html.where"), ", ".join(_places(page, finding))),
        (say("html.sum"), _sum(page, finding)),
    ]
    if trend(page.report, finding) is not None:
        found.append((say("html.by_period"), _by_period(page, finding)))
    if finding.index_low is not None and finding.index_high is not None:
        places = (
            f"{finding.rank_low}"
            if finding.rank_low == finding.rank_high
            else f"{finding.rank_low}–{finding.rank_high}"
        )
        found.append(
            (
                say("html.sure"),
                say("html.sure_value", low=page.n(finding.index_low), high=page.n(finding.index_high), places=places),
            )
        )
    classes = ", ".join(f"{letter}{NBSP}—{NBSP}{page.n(n)}" for letter, n in finding.classes.items() if n)
    found.append((say("html.classes"), say("html.classes_value", counts=classes, severity=page.n(finding.severity))))
    if finding.customers and page.has_customers:
        found.append((say("html.customers"), page.n(finding.customers)))
    if finding.per_1000 is not None:
        found.append((say("html.per_1000"), page.n(finding.per_1000)))
    if finding.impact is not None:
        sign = "+" if finding.impact >= 0 else "\u2212"
        found.append((say("html.impact"), sign + page.n(abs(round(finding.impact, 2)))))
    gains = page.words.gains(finding)
    if gains:
        found.append((say("html.gains"), text("; ".join(gains))))
    work = (
        next((entry for entry in page.report.kpis.categories if entry.id == finding.id), None)
        if page.report.kpis
        else None
    )
    if work is not None and page.report.kpis is not None:
        found.append((say("kpi.title"), page.set(page.words.kpi(work, page.report.kpis.overdue_days))))
    return found


def _places(page: Page, finding: Finding) -> list[str]:
    """System, stage and dimension as one line: the first begins it."""
    names = [page.words.say_or(page.axis_code(axis, getattr(finding, axis)), getattr(finding, axis)) for axis in PLACES]
    return [names[0][:1].upper() + names[0][1:], *names[1:]]


def _by_period(page: Page, finding: Finding) -> Safe:
    """The figures behind the line drawn in the table."""
    counts = ", ".join(page.n(n) for n in finding.trend)
    days = days_told(page.report, len(finding.trend))
    if days is None:
        return text(counts)
    return page.say("html.by_period_value", counts=counts, first=page.day(days[0]), last=page.day(days[1]))


def _sum(page: Page, finding: Finding) -> Safe:
    """How the index came about."""
    factors = finding.factors
    growth = page.n(round(factors.growth, 2))
    if round(factors.growth, 2) != 1 and finding.status not in MOVED:
        growth += f" ({page.words.say('html.growth_chance')})"
    return page.say(
        "html.sum_value",
        pain=page.n(round(factors.pain, 2)),
        growth=growth,
        total=page.n(round(factors.total, 2)),
        index=page.n(finding.index),
    )


# -- around the table ----------------------------------------------------------------------------------------------


def _tools(page: Page) -> Safe:
    """Search, filters and copying; they work by script and are not shown without."""

    def select(axis: str, values: list[str], spoken: str) -> Safe:
        label = page.say("html.filter." + axis)
        options = [tag("option", page.say("html.any"), value="")]
        options += [
            tag("option", page.say("html.class_option." + v) if axis == "class" else page.term(axis, v), value=v)
            for v in values
        ]
        return tag("label", tag("span", label), tag("select", options, data_filter=spoken), class_="tool")

    def met(values: set[str], axis: str) -> list[str]:
        return sorted(values, key=lambda value: page.words.say(f"{axis}.{value}"))

    beyond = len(page.findings) - page.top
    return tag(
        "div",
        tag(
            "label",
            tag("span", page.say("html.search")),
            tag("input", type="search", id="search", autocomplete="off"),
            class_="tool grow",
        ),
        select("class", sorted({f.severity_class for f in page.findings}), "class"),
        select("owner", met({f.owner for f in page.findings}, "owner"), "owner"),
        *(select(axis, met({getattr(f, axis) for f in page.findings}, axis), axis) for axis in PLACES),
        _order(page),
        tag(
            "div",
            tag("button", page.say("html.all", n=len(page.findings)), type="button", id="all", aria_pressed="false")
            if beyond > 0
            else None,
            tag("button", page.say("html.reset"), type="button", id="reset", hidden=True),
            tag("button", page.say("html.open_all"), type="button", id="open-all", aria_pressed="false"),
            tag(
                "button",
                page.say("html.copy"),
                type="button",
                id="copy",
                data_done=page.say("html.copied"),
                data_failed=page.say("html.not_copied"),
            ),
            class_="buttons",
        ),
        tag(
            "p",
            id="shown",
            class_="note",
            role="status",
            data_words=page.say("html.shown"),
            data_none=page.say("html.none_met"),
        ),
        class_="tools",
        role="search",
        aria_label=page.say("html.tools"),
    )


def _order(page: Page) -> Safe:
    """Sorting where the table's head is not seen: on a phone."""
    options = [
        tag("option", page.say("html.column." + name), value=name) for name, kind in _columns(page) if kind is not None
    ]
    return tag("label", tag("span", page.say("html.order")), tag("select", options, id="order"), class_="tool order")


def _classes(page: Page) -> Safe:
    """What the letters say."""
    letters = [tag("li", page.badge(letter), " ", page.say("html.class." + letter)) for letter in "ABCD"]
    return join(page.note("html.class_how"), tag("ul", letters, class_="legend"))


def _left_out(page: Page) -> Safe | None:
    hidden = len(page.report.findings) - len(page.findings)
    notes: list[Child] = []
    if hidden > 0:
        notes.append(page.beyond("html.findings_cut", n=page.plural(hidden, "html.more_pains")))
    if page.limits.cut:
        notes.append(page.beyond("html.quotes_cut", quotes=page.limits.quotes, letters=page.limits.letters))
    return join(*notes) if notes else None
