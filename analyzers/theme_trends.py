"""Themes over the weeks: the counts of each remembered theme, judged as those of categories are.

Each run groups the texts anew, and a theme is known again by its words (`signatures`); so how often one is met swings
with the grouping too, which the extra variance of the test takes in. Whatever no earlier period knew is one series,
«met for the first time»: groups that come and go are usual, a large new one is not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .history import History, spans
from .records import Report, Theme, Title
from .signatures import theme_titles
from .store import Store
from .trend import UP, Change, judge
from .windows import GROWN_FROM

COUNTS = "theme_counts:"
KEPT = 60  # periods whose counts are remembered
LEARNT = 4  # first periods remembered, in which every theme is met for the first time: names are learnt, none judged
FIRST_MET = "*"
RATE = (
    0.003  # chance of any false alarm of themes in a period, as asked of the test; docs/weekly.md has what it came to
)


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A theme that is new, grew, fell or is gone.

    Attributes
    ----------
    change : Change
        A new theme has no expected number: the chance is that of so many complaints in themes never met.
    share : float
        Of the period's complaints.
    letter : str or None
        Class, where it was met in the period.
    """

    change: Change
    title: Title
    share: float = 0.0
    letter: str | None = None
    quote: str | None = None


def keep_counts(store: Store, report: Report, unit: str, first: int, tag: str) -> None:
    """Remember how many complaints each theme of a period had; a period told anew replaces what was kept of it."""
    kept = _kept(store, unit)
    found = {
        "tag": tag, "complaints": report.statistics.complaints,
        "n": {theme.id: theme.n for theme in sorted(report.themes, key=lambda theme: theme.id)},
    }  # fmt: skip
    if kept.get(str(first)) == found:
        return
    kept[str(first)] = found
    last = sorted(kept, key=int)[-KEPT:]
    store.setting(COUNTS + unit, json.dumps({day: kept[day] for day in last}, ensure_ascii=False, sort_keys=True))


def theme_changes(store: Store, report: Report, unit: str, first: int, tag: str) -> list[ThemeChange]:
    """What of the themes of a period is unusual against the periods remembered, most telling first.

    Parameters
    ----------
    first : int
        First day of the period, an ordinal.
    tag : str
        Version of the labels: periods of another one are not compared.
    """
    history, unmet = theme_history(_kept(store, unit), unit, first, tag)
    at = history.find(first) if history else None
    if history is None or at is None:
        return []
    titles = theme_titles(store)
    themes = {theme.id: theme for theme in report.themes}
    found: list[ThemeChange] = []
    for name, change in judge(history, at, RATE).changes.items():
        if name != FIRST_MET and change.status != "stable":
            found.append(_change(change, themes.get(name), titles))
        elif name == FIRST_MET and change.status in UP:
            new = [themes[own] for own in unmet if own in themes and themes[own].n >= GROWN_FROM]
            found += [
                _change(replace(change, id=theme.id, status="new", n=theme.n, since=history.name(at)), theme, titles)
                for theme in new
            ]
    return sorted(found, key=lambda entry: (entry.change.p, -entry.change.n, entry.change.id))


def theme_history(kept: Mapping[str, Any], unit: str, until: int, tag: str) -> tuple[History | None, list[str]]:
    """Counts of themes by period, the last column of those met for the first time, and the ids of the last period's.

    The first `LEARNT` periods are left out; a period without a run, or of another version, is not compared.
    """
    days = [int(day) for day in sorted(kept, key=int) if int(day) <= until and kept[day]["tag"] == tag]
    if len(days) <= LEARNT or days[-1] != until:
        return None, []
    met: set[str] = {name for day in days[:LEARNT] for name in kept[str(day)]["n"]}
    first = spans(days[LEARNT], until, unit)
    names = sorted({name for day in days for name in kept[str(day)]["n"]})
    counts = np.zeros((len(first), len(names) + 1), np.int64)
    complaints = np.zeros(len(first), np.int64)
    unmet: list[str] = []
    for day in days[LEARNT:]:
        at, n = int(np.searchsorted(first, day)), kept[str(day)]["n"]
        complaints[at] = kept[str(day)]["complaints"]
        unmet = sorted(set(n) - met)
        for name, count in n.items():
            counts[at, -1 if name in unmet else names.index(name)] = count if name in met else counts[at, -1] + count
        met |= set(n)
    seen = np.isin(first, days)
    return History(unit, first, (*names, FIRST_MET), counts, complaints, complaints, 0 * complaints, seen), unmet


def _change(change: Change, theme: Theme | None, titles: Mapping[str, Title]) -> ThemeChange:
    if theme is None:
        return ThemeChange(change, titles.get(change.id, {"ru": change.id, "en": change.id}))
    quote = theme.quotes[0].text if theme.quotes else None
    return ThemeChange(change, theme.title, theme.share, theme.severity_class, quote)


def _kept(store: Store, unit: str) -> dict[str, Any]:
    return json.loads(store.setting(COUNTS + unit) or "{}")
