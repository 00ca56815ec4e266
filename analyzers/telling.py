"""From a report and its trends to the digests, one for all or one a department, and whether they are news."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from .digest import DOWN, SUMS, UP, Digest, Item
from .lexicon import Lexicon
from .periods import span_of
from .rank import per_1000
from .records import Finding, Report, Title
from .theme_trends import ThemeChange
from .trend import Change, Trends

STEADY = 10  # largest findings shown although nothing changed
MAX_URGENT = 5
GAINS, GAINED = 3, 2.0  # categories named as what a change of the total is made of, and complaints to be one
WAVE_SHARE = 0.5  # of a finding's rows that look alike, from which its change is a wave


def digests(
    report: Report, trends: Trends, lexicon: Lexicon, versions: Sequence[str], by_owner: bool,
    themes: Sequence[ThemeChange] = (),
) -> list[Digest]:  # fmt: skip
    """The digest of all, or one a department; themes have no department, and stand in that of all.

    Parameters
    ----------
    versions : sequence of str
        Tags of the reference's and the present labels, the present last.
    """
    whole = _digest(report, trends, lexicon, versions, "", None)
    if not by_owner:
        whole.themes = [_theme(entry) for entry in themes]
        return [whole]
    owners = sorted({category.owner for category in lexicon.categories.values()})
    found: list[Digest] = []
    for owner in owners:
        mine = {name for name, category in lexicon.categories.items() if category.owner == owner}
        part = _digest(report, trends, lexicon, versions, owner, mine)
        if part.up or part.down or part.steady or part.urgent:
            found.append(part)
    return found


def _digest(
    report: Report, trends: Trends, lexicon: Lexicon, versions: Sequence[str], owner: str, mine: Collection[str] | None
) -> Digest:
    by_id = {finding.id: finding for finding in report.findings}
    waves = _waves(report)
    urgent = [u for u in report.urgent if mine is None or any(name in mine for name in u.categories)]
    quoted = {entry.id for entry in urgent[:MAX_URGENT]}
    changes = [c for name, c in sorted(trends.changes.items()) if mine is None or name in mine]
    items = [
        _item(change, by_id.get(change.id), lexicon, waves, quoted) for change in changes if change.status != "stable"
    ]
    up = sorted((i for i in items if i.status in UP), key=lambda i: (i.p, -i.ratio, i.id))
    down = sorted((i for i in items if i.status in DOWN), key=lambda i: (i.p, i.ratio, i.id))
    told = {item.id for item in items}
    steady = [
        _item(trends.changes.get(finding.id) or _unjudged(finding, report), finding, lexicon, waves, quoted)
        for finding in report.findings
        if finding.id not in told and (mine is None or finding.id in mine)
    ]
    steady += [_item(c, None, lexicon, waves, quoted) for c in _elsewhere(changes, by_id)]
    span = span_of(trends.period)
    first, last = (day.isoformat() for day in span) if span else ("", "")
    whole = mine is None
    n = _complaints(report, trends, mine)
    return Digest(
        trends.period, trends.unit, owner, n, report.statistics.used,
        trends.total.before if trends.total and whole else None, list(trends.reference), trends.rate,
        trends.quarter, trends.why, asdict(trends.total) if trends.total and whole else None,
        asdict(trends.grave) if trends.grave and whole else None, up, down, steady[:STEADY], urgent[:MAX_URGENT],
        len(urgent),
        [{"expr": g.expr, "level": g.level, "verdict": g.verdict, "value": g.value, "limit": g.limit,
          "findings": g.findings} for g in report.gates] if whole else [],
        list(report.events), list(versions), masked=report.meta.masked,
        first_day=first, last_day=last, gains=_gains(trends, lexicon) if whole else [],
        per_1000=per_1000(n, report.meta.settings.get("denominator")),
        given=report.statistics.complaints if report.statistics.complaints < trends.n else None,
    )  # fmt: skip


def _complaints(report: Report, trends: Trends, mine: Collection[str] | None) -> int:
    """Of a period that came in several exports, the memory knows all."""
    if mine is None:
        return max(report.statistics.complaints, trends.n)
    return next((group.n for group in report.owners if set(group.findings) & set(mine)), 0)


def _elsewhere(changes: Sequence[Change], by_id: Collection[str]) -> list[Change]:
    """Categories of the period that this run's input has not, the commonest first."""
    found = [c for c in changes if c.status == "stable" and c.n and c.id not in by_id]
    return sorted(found, key=lambda change: (-change.n, change.id))


def _unjudged(finding: Finding, report: Report) -> Change:
    """A finding without a judgement: its number alone."""
    total = report.statistics.complaints
    return Change(finding.id, "stable", finding.n, total, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1)


def _gains(trends: Trends, lexicon: Lexicon) -> list[dict[str, Any]]:
    """What a change of the total is made of: the categories that gained, or lost, most against their usual number."""
    if trends.total is None or trends.total.status == "stable":
        return []
    sign = 1 if trends.total.status in UP else -1
    found = [
        (sign * round(change.n - change.before, 1), name, change)
        for name, change in sorted(trends.changes.items())
        if name in lexicon.categories
    ]
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    return [
        {"id": name, "title": lexicon.categories[name].title, "n": change.n, "before": change.before}
        for gain, name, change in found[:GAINS]
        if gain >= GAINED
    ]


def _item(
    change: Change, finding: Finding | None, lexicon: Lexicon, waves: dict[str, int], quoted: Collection[str]
) -> Item:
    """`quoted`: ids of complaints that the digest shows anyway."""
    category = lexicon.categories.get(change.id)
    title = finding.title if finding else category.title if category else {"ru": change.id, "en": change.id}
    nothing = {"ru": "", "en": ""}
    return Item(
        change.id, title, category.owner if category else "", change.status, change.n, change.before, change.expected,
        finding.share if finding else 0.0, change.ratio, change.low, change.high, change.p, change.window, change.since,
        finding.severity_class if finding else None, finding.index if finding else None,
        category.upgrade if category else nothing,
        _quote(finding, quoted) if finding else None,
        wave=bool(change.n) and waves.get(change.id, 0) >= WAVE_SHARE * change.n,
    )  # fmt: skip


def _quote(finding: Finding, quoted: Collection[str]) -> str | None:
    """The first one that is not shown as an urgent complaint."""
    return next((quote.text for quote in finding.quotes if quote.id not in quoted), None)


def _theme(entry: ThemeChange) -> Item:
    """A theme that changed; it has no owner, no index and no upgrade."""
    change, nothing = entry.change, Title(ru="", en="")
    return Item(
        change.id, entry.title, "", change.status, change.n, change.before, change.expected, entry.share, change.ratio,
        change.low, change.high, change.p, change.window, change.since, entry.letter, None, nothing, entry.quote,
    )  # fmt: skip


def _waves(report: Report) -> dict[str, int]:
    """Complaints of each category that are part of a wave of look-alikes."""
    found: dict[str, int] = {}
    for group in report.duplicates:
        if group.wave:
            for name in group.categories:
                found[name] = found.get(name, 0) + group.complaints
    return found


def compare_news(digest: Digest, last: str | None, titles: Mapping[str, Title]) -> None:
    """Fill in `changed`, `solved` and what was told already against what the last delivered digest told.

    Parameters
    ----------
    titles : mapping of str to Title
        Of categories and themes by id.
    """
    before: dict[str, Any] = json.loads(last) if last is not None else {"changes": []}
    heights: dict[str, float] = before.get("heights", {})
    direction = {name: status in UP for name, status in before["changes"]}
    for item in digest.changes():
        worse = item.status in UP and item.low > heights.get(item.id, math.inf)
        item.told = direction.get(item.id) == (item.status in UP) and not worse
    way = _gist(json.loads(digest.news()))["total"]
    digest.total_told = way in ("up", "down") and way == _gist(before).get("total")
    digest.heights = {
        item.id: max(item.high, heights.get(item.id, 0.0)) for item in digest.changes() if item.status in UP
    }
    if last is None:
        return
    digest.changed = _gist(json.loads(digest.news())) != _gist(before) or not all(
        item.told for item in digest.changes()
    )
    if digest.why is not None:
        return  # what cannot be judged is not solved
    over = [(name, before.get(name), Title(ru="", en="")) for name in SUMS if _is_usual(getattr(digest, name))]
    now = {item.id for item in digest.changes()}
    over += [(name, was, titles[name]) for name, was in before["changes"] if name not in now and name in titles]
    for name, was, title in over:
        if was in (*UP, *DOWN):
            (digest.solved if was in UP else digest.ended).append({"id": name, "title": title, "was": was})


def _is_usual(change: Mapping[str, Any] | None) -> bool:
    return change is not None and change["status"] == "stable"


def _gist(news: dict[str, Any]) -> dict[str, Any]:
    """News without what moves while nothing happens: «new» that is «growing» a week later, heights."""
    ways = dict.fromkeys(UP, "up") | dict.fromkeys(DOWN, "down")
    changes = [[name, ways.get(status, status)] for name, status in news["changes"]]
    sums: dict[str, Any] = {name: ways.get(str(news.get(name)), news.get(name)) for name in ("total", "grave")}
    return {**{name: value for name, value in news.items() if name != "heights"}, **sums, "changes": changes}
