"""The head of the page and the parts that show where the pain sits: totals, Pareto, heat map, profiles, periods."""

from __future__ import annotations

from collections.abc import Sequence

from ....analyzers.records import MAX_URGENT, Accepted, Finding, Group
from ...boundary import reasons_text
from ..escape import one_line
from ..wording import MOVED
from . import charts
from .base import Page, Section, table
from .markup import NBSP, Child, Safe, join, tag, text

PARETO_SHOWN = 20
MOVES = 5  # findings named as growing, new, back or falling
HALF = 50.0  # per cent of the pain


def verdict(page: Page) -> Safe:
    """The one line that a director reads, and the figures beside it."""
    report = page.report
    line = tag("p", page.set(page.words.headline(report, page.n)), class_="verdict")
    if not report.findings:
        return join(line, _tiles(page))
    first = report.findings[0]
    upgrade = (
        page.say("html.first_step", text=page.words.advice(first.upgrade)) if any(first.upgrade.values()) else None
    )
    return join(
        line,
        _class_of(page, first),
        tag("p", upgrade, class_="first") if upgrade else None,
        _then(page),
        _moves(page),
        _tiles(page),
    )


def _class_of(page: Page, finding: Finding) -> Safe | None:
    """Why the class of the first."""
    words = page.words.class_why(finding, page.plural(finding.n, "report.of_complaints"))
    return tag("p", page.set(words), class_="note") if words else None


def _then(page: Page) -> Safe | None:
    """The pains that come next, with whose they are."""
    entries = [
        join(
            page.link(finding.id),
            " (",
            page.say("html.then_index", owner=page.words.say("owner." + finding.owner), index=page.one(finding.index)),
            ")",
        )
        for finding in page.findings[1:3]
    ]
    return tag("p", page.say("html.then"), " ", *_apart(entries), class_="then") if entries else None


def _moves(page: Page) -> Safe | None:
    """What grew, came anew, came back or fell, by more than chance explains; nothing where no periods tell."""
    known = [finding for finding in page.findings if finding.status is not None]
    if not known:
        return None
    moved = [finding for finding in known if finding.status in MOVED][:MOVES]
    if not moved:
        return tag("p", page.words.unmoved(page.report), class_="then")
    entries = [join(page.link(f.id), " — ", page.say(f"html.status.{f.status}")) for f in moved]
    return tag("p", page.say("html.moves"), " ", *_apart(entries, "; "), class_="then")


def _tiles(page: Page) -> Safe:
    figures, kpis = page.report.statistics, page.report.kpis
    rows, pains, urgent = page.plural(figures.rows, "html.rows_of"), len(page.report.findings), len(page.report.urgent)
    complaints = page.noun(figures.complaints, "report.complaints")
    uncovered = page.report.uncovered or figures.uncovered_rows
    worst = urgent >= MAX_URGENT  # the report keeps no more of them
    tiles: list[tuple[str, Child, str | None]] = [
        (page.n(figures.complaints), page.say("html.tile.complaints", complaints=complaints, rows=rows), "#limits"),
        (page.n(pains), page.set(page.noun(pains, "html.tile.findings")), "#findings"),
        (
            page.n(urgent),
            page.say("html.tile.urgent_worst") if worst else page.set(page.noun(urgent, "html.tile.urgent")),
            "#urgent" if urgent else None,
        ),
    ]
    if kpis is not None and kpis.total.overdue is not None:
        unknown, code = page.n(kpis.total.unknown), "html.tile.overdue"
        code += "_of_known" if kpis.total.unknown else ""
        tiles.append((page.n(kpis.total.overdue), page.say(code, days=kpis.overdue_days, n=unknown), "#work"))
    if figures.coverage is not None:
        tiles.append(
            (page.percent(figures.coverage), page.say("html.tile.coverage"), "#uncovered" if uncovered else "#limits")
        )
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
    body: list[Child] = [tag("p", page.say("html.gates_how"), class_="how")] if rows else []
    if rows:
        body.append(
            table(
                [heads[1], heads[0], *heads[2:]], rows, caption=page.say("gate.title"), class_="list wide", titled=False
            )
        )
    if page.report.baseline:
        accepted = [_accepted(page, item) for item in page.report.baseline[: page.limits.listed]]
        body.append(
            table(page.heads("accepted.head"), accepted, caption=page.say("accepted.title"), class_="list wide")
        )
    return Section("gates", page.say("gate.title"), join(*body)) if body else None


def _accepted(page: Page, item: Accepted) -> list[Child]:
    """An accepted pain: its name for its id, its owner in words, its end as a day."""
    state, _, until, owner, *rest = page.words.accepted(item)
    name = page.link(item.id)
    whose = page.words.say_or("owner." + item.owner, owner)
    return [text(state), name, page.day(until), text(one_line(whose)), *map(text, rest)]


def _apart(parts: Sequence[Safe], sign: str = ", ") -> list[Child]:
    """Parts with a sign between them."""
    apart: list[Child] = []
    for part in parts:
        apart += [sign, part] if apart else [part]
    return apart


def pareto(page: Page) -> Section | None:
    """Few pains that make most of the whole: bars of the index, a line of what they sum up to."""
    findings = sorted(page.report.findings, key=lambda f: -f.index)  # of equals as in the table above
    if len(findings) < 2:
        return None
    shown, total = findings[:PARETO_SHOWN], 0.0
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
                charts.pareto(before, total),
                page.one(finding.index),
                page.one(total),
            ]
        )
    body = join(
        tag(
            "p",
            page.say(
                "html.pareto_line",
                n=page.plural(half, "html.more_pains"),
                total=page.n(len(findings)),
            ),
            class_="how",
        ),
        tag("p", page.say("html.pareto_how"), class_="how"),
        table(
            page.heads("html.pareto_head"),
            rows,
            caption=page.say("html.pareto_caption"),
            numbers=(2, 3),
            class_="chart sums",
            titled=False,
        ),
        _beyond_shown(page, len(findings) - len(shown)),
    )
    return Section("pareto", page.say("html.pareto"), body)


def _beyond_shown(page: Page, hidden: int) -> Safe | None:
    """What the bars leave out: it stands in the table above, where that is whole."""
    whole = len(page.findings) == len(page.report.findings)
    return page.note("html.more_above", n=page.n(hidden)) if whole and hidden > 0 else page.more(hidden)


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
            of = f"{page.term('system', system)}, {page.term('stage', stage)}"
            shown = page.only(page.n(n), Safe(of), system=system, stage=stage) if n else "·"
            cells.append(tag("span", shown, class_=f"cell heat-{charts.level(n, most)}"))
        rows.append(cells)
    # a phone has no room for «обслуживания» above a cell: the line above the table tells what is meant
    heads: list[Child] = [page.say("html.system"), *(page.say("html.stage_short." + stage) for stage in stages)]
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
            page.one(group.index),
            page.only(page.n(group.n), page.term(axis, group.id), **{axis: group.id}),
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
    most = charts.rounded(max(entry.share_high for entry in entries if entry.id != "all"))
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
    line = None
    if whole is not None:
        complaints = page.plural(whole.n, "report.complaints")
        line = page.say("html.foreseen_line", complaints=complaints, share=page.percent(whole.share))
    body = join(
        tag("p", line, class_="how") if line else None,
        tag("p", page.say("html.foreseen_how", most=page.n(round(most * 100))), class_="how"),
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
                page.counted(period.rows, period.complaints, page.n(period.complaints)),
                None if period.complete else tag("small", " ", page.say("html.part_period")),
            ),
            page.n(period.n),
        ]
        for period in found[-page.limits.listed :]
    ]
    hidden = len(found) - len(rows)
    body = join(
        _periods_line(page),
        page.note("html.periods_cut", n=len(rows), rest=hidden) if hidden > 0 else None,
        table(
            page.heads("html.period_head"),
            rows,
            caption=page.say("html.periods"),
            numbers=(2, 3),
            class_="chart periods",
            titled=False,
        ),
    )
    return Section("periods", page.say("html.periods"), body)


def _periods_line(page: Page) -> Safe | None:
    """The last two complete periods beside each other, and the highest."""
    complete = [period for period in page.report.periods if period.complete]
    if len(complete) < 2:
        return None
    before, last = complete[-2:]
    most = max(complete, key=lambda period: period.complaints)
    line = page.say(
        "html.periods_line",
        last=page.period(last.period),
        n=page.plural(last.complaints, "report.complaints"),
        before=page.n(before.complaints),
        most=page.n(most.complaints),
        top=page.period(most.period),
    )
    return tag("p", line, class_="how")


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
    kinds = ", ".join(
        f"{page.words.say('kind.' + kind)}{NBSP}—{NBSP}{page.n(n)}" for kind, n in report.kinds.items() if n
    )
    if kinds:
        items.append(page.say("report.kinds", kinds=kinds))
    if figures.coverage is not None:
        complaints = page.plural(figures.complaints, "report.of_complaints")
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
        source = str(note.get("source", "")).rpartition("/")[2]  # the page is forwarded: no folders of its maker
        items.append(text(note_words(source, str(note.get("code", "")), params, page.language)))
    return Section(
        "limits", page.say("html.limits_title"), tag("ul", [tag("li", item) for item in items], class_="plain")
    )
