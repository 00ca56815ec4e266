"""The head of the page and the parts that show where the pain sits: totals, Pareto, heat map, profiles, periods."""

from __future__ import annotations

from collections.abc import Sequence

from ....analyzers.records import Group
from ...boundary import reasons_text
from ..escape import one_line
from . import charts
from .base import Page, Section, table
from .markup import Child, Safe, join, tag, text

PARETO_SHOWN = 20
HALF = 50.0  # per cent of the pain


def verdict(page: Page) -> Safe:
    """The one line that a director reads, and the figures beside it."""
    report = page.report
    if not report.findings:
        return join(tag("p", page.say("report.verdict_none"), class_="verdict"), _tiles(page))
    first = report.findings[0]
    total = page.plural(report.statistics.complaints, "report.of_complaints")
    line = page.say(
        "report.verdict",
        title=page.words.title(first.title),
        owner=page.words.say("owner." + first.owner),
        index=page.n(first.index),
        n=page.n(first.n),
        total=total,
        letter=first.severity_class,
    )
    upgrade = page.say("html.first_step", text=page.words.title(first.upgrade)) if any(first.upgrade.values()) else None
    return join(tag("p", line, class_="verdict"), tag("p", upgrade, class_="first") if upgrade else None, _tiles(page))


def _tiles(page: Page) -> Safe:
    figures, kpis = page.report.statistics, page.report.kpis
    tiles: list[tuple[str, Child, str | None]] = [
        (page.n(figures.complaints), page.say("html.tile.complaints", rows=page.n(figures.rows)), "#limits"),
        (page.n(len(page.report.findings)), page.say("html.tile.findings"), "#findings"),
        (page.n(len(page.report.urgent)), page.say("html.tile.urgent"), "#urgent" if page.report.urgent else None),
    ]
    if kpis is not None and kpis.total.overdue is not None:
        tiles.append((page.n(kpis.total.overdue), page.say("html.tile.overdue", days=kpis.overdue_days), "#work"))
    if figures.coverage is not None:
        tiles.append((page.percent(figures.coverage), page.say("html.tile.coverage"), "#limits"))
    if figures.per_1000 is not None:
        tiles.append((page.n(figures.per_1000), page.say("html.tile.per_1000"), None))
    cells = [
        tag("li", tag("b", value), " ", tag("a", words, href=target) if target else tag("span", words))
        for value, words, target in tiles
    ]
    return tag("ul", cells, class_="tiles")


def gates(page: Page) -> Section | None:
    """What `--fail-on` and `--warn-on` came to, and the accepted pains."""
    words = page.words
    rows: list[list[Child]] = [
        [
            text(one_line(gate.expr, 200)),
            tag("span", words.verdict(gate), class_="mark mark-" + gate.verdict),
            text(words.gate_values(gate)),
            join(*_apart([page.link(name) for name in gate.findings[:10]])),
        ]
        for gate in page.report.gates
    ]
    heads = page.heads("gate.head")
    body: list[Child] = []
    if rows:
        body.append(
            table(
                [heads[1], heads[0], *heads[2:]], rows, caption=page.say("gate.title"), class_="list wide", titled=False
            )
        )
    if page.report.baseline:
        accepted = [
            [text(cell) for cell in words.accepted(item)] for item in page.report.baseline[: page.limits.listed]
        ]
        body.append(
            table(page.heads("accepted.head"), accepted, caption=page.say("accepted.title"), class_="list wide")
        )
    return Section("gates", page.say("gate.title"), join(*body)) if body else None


def _apart(parts: Sequence[Safe], sign: str = ", ") -> list[Child]:
    """Parts with a sign between them."""
    apart: list[Child] = []
    for part in parts:
        apart += [sign, part] if apart else [part]
    return apart


def pareto(page: Page) -> Section | None:
    """Few pains that make most of the whole: bars of the index, a line of what they sum up to."""
    findings = sorted(page.report.findings, key=lambda f: (-f.index, f.id))
    if len(findings) < 2:
        return None
    shown, most, total = findings[:PARETO_SHOWN], findings[0].index, 0.0
    rows: list[list[Child]] = []
    half = 0
    for finding in findings:
        half += total < HALF
        total += finding.index
    total = 0.0
    for finding in shown:
        before, total = total, round(total + finding.index, 1)
        rows.append(
            [
                page.link(finding.id),
                charts.pareto(finding.index, most, before, total),
                page.n(finding.index),
                page.n(total),
            ]
        )
    body = join(
        tag(
            "p",
            page.say("html.pareto_line", n=page.n(half), total=page.n(len(findings)), half=page.n(int(HALF))),
            class_="how",
        ),
        table(
            page.heads("html.pareto_head"),
            rows,
            caption=page.say("html.pareto_caption"),
            numbers=(2, 3),
            class_="chart sums",
            titled=False,
        ),
        page.more(len(findings) - len(shown)),
    )
    return Section("pareto", page.say("html.pareto"), body)


def heat(page: Page) -> Section | None:
    """Stage x system: complaints in each cell, deeper where there are more."""
    matrix = page.report.matrix
    systems = [group.id for group in page.report.systems] or sorted({s for row in matrix.values() for s in row})
    stages = [stage for stage in ("before", "during", "after") if stage in matrix]
    if not stages or not systems:
        return None
    most = max((n for row in matrix.values() for n in row.values()), default=0)
    rows: list[list[Child]] = []
    for system in systems:
        cells: list[Child] = [page.term("system", system)]
        for stage in stages:
            n = matrix[stage].get(system, 0)
            cells.append(tag("span", page.n(n) if n else "·", class_=f"cell heat-{charts.level(n, most)}"))
        rows.append(cells)
    heads: list[Child] = [page.say("html.system"), *(page.term("stage", stage) for stage in stages)]
    body = join(
        tag("p", page.say("html.heat_how"), class_="how"),
        table(heads, rows, caption=page.say("html.heat"), numbers=range(1, len(heads)), class_="heat", titled=False),
    )
    return Section("heat", page.say("html.heat"), body)


def groups(page: Page) -> Section | None:
    """Departments, systems, dimensions and stages by their share of the pain."""
    report = page.report
    parts = [
        _group_table(page, axis, entries, page.say("html.axis." + axis))
        for axis, entries in (
            ("owner", report.owners),
            ("system", report.systems),
            ("dimension", report.dimensions),
            ("stage", report.stages),
        )
        if entries
    ]
    if not parts:
        return None
    return Section(
        "owners",
        page.say("html.groups"),
        join(tag("p", page.say("html.groups_how"), class_="how"), tag("div", parts, class_="pair")),
    )


def _group_table(page: Page, axis: str, entries: Sequence[Group], caption: Safe) -> Safe:
    most = max((group.index for group in entries), default=0)
    rows: list[list[Child]] = [
        [
            page.term(axis, group.id),
            charts.bar(group.index / most if most else 0),
            page.n(group.index),
            page.n(group.n),
            page.link(group.findings[0]) if group.findings else "",
        ]
        for group in entries
    ]
    return table(
        [page.say("html.axis_head." + axis), *page.heads("html.group_head")],
        rows,
        caption=caption,
        numbers=(2, 3),
        class_="chart group",
    )


def foreseen(page: Page) -> Section | None:
    """The predictability card: what customers could not know."""
    entries = page.report.predictability
    if not any(entry.n for entry in entries):
        return None
    most = max(entry.share_high for entry in entries if entry.id != "all")
    rows: list[list[Child]] = [
        [
            page.term("foreseen", entry.id),
            charts.interval(entry.share, entry.share_low, entry.share_high, most),
            page.n(entry.n),
            join(page.percent(entry.share), " ", tag("small", f"[{page.between(entry.share_low, entry.share_high)}]")),
            page.link(entry.findings[0]) if entry.findings else "",
        ]
        for entry in entries
        if entry.id != "all"
    ]
    whole = next((entry for entry in entries if entry.id == "all"), None)
    line = page.say("html.foreseen_line", n=page.n(whole.n), share=page.percent(whole.share)) if whole else None
    body = join(
        tag("p", line, class_="how") if line else None,
        table(
            page.heads("html.foreseen_head"),
            rows,
            caption=page.say("foreseen.title"),
            numbers=(2, 3),
            class_="chart foreseen",
            titled=False,
        ),
    )
    return Section("predictability", page.say("html.foreseen"), body)


def periods(page: Page) -> Section | None:
    """Complaints by period; the last one may not be over."""
    found = page.report.periods
    if len(found) < 2:
        return None
    counts = [period.complaints for period in found]
    rows: list[list[Child]] = [
        [
            text(page.period(period.period)),
            charts.bar(period.complaints / max([*counts, 1])),
            join(
                page.n(period.complaints), None if period.complete else tag("small", " ", page.say("html.part_period"))
            ),
            page.n(period.n),
        ]
        for period in found[-page.limits.listed :]
    ]
    body = table(
        page.heads("html.period_head"),
        rows,
        caption=page.say("html.periods"),
        numbers=(2, 3),
        class_="chart periods",
        titled=False,
    )
    return Section("periods", page.say("html.periods"), body)


def limits(page: Page) -> Section:
    """What the figures rest on, and what they cannot tell."""
    figures, report = page.report.statistics, page.report
    rows = page.plural(figures.rows, "report.rows")
    items: list[Child] = [
        page.say("html.limits"),
        page.say(
            "report.used",
            rows=rows,
            used=page.n(figures.used),
            skipped=page.n(figures.skipped),
            duplicates=page.n(figures.duplicates),
        ),
    ]
    if figures.skipped_by_reason:
        items.append(page.say("report.skipped", reasons=reasons_text(figures.skipped_by_reason, page.language)))
    kinds = ", ".join(f"{page.words.say('kind.' + kind)} {page.n(n)}" for kind, n in report.kinds.items() if n)
    if kinds:
        items.append(page.say("report.kinds", kinds=kinds))
    if figures.coverage is not None:
        complaints = page.plural(figures.complaints, "report.complaints")
        items.append(
            page.say("report.coverage", coverage=page.n(round(figures.coverage * 100, 1)), complaints=complaints)
        )
    if figures.per_1000 is not None and figures.denominator is not None:
        items.append(page.say("report.all_per_1000", n=page.n(figures.denominator), value=page.n(figures.per_1000)))
    items.append(page.say("html.intervals"))
    items.append(page.say("html.masked" if report.meta.masked else "html.not_masked"))
    for note in report.meta.notes[: page.limits.listed]:
        from ...boundary import note_words

        params = {name: value for name, value in note.items() if name not in ("source", "code")}
        items.append(text(note_words(str(note.get("source", "")), str(note.get("code", "")), params)))
    return Section(
        "limits", page.say("html.limits_title"), tag("ul", [tag("li", item) for item in items], class_="plain")
    )
