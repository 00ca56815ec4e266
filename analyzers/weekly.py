"""One weekly run: rows into the memory, the last complete period against those before it, a digest of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import NO_DATE, Columns
from .config import Settings
from .content_words import Words
from .digest import Digest
from .errors import NoRowsError, UsageError
from .events import effect
from .forms import Forms
from .history import History, of_daily
from .lexicon import Lexicon, load_lexicon
from .periods import first_day, next_first
from .pipeline import Progress, Result, analyze, empty_result
from .records import Report
from .remember import incoming, version_tag
from .signatures import keep_themes, known_themes, remembered_themes
from .store import Store, Tally
from .telling import compare_news, digests
from .theme_trends import Heard, ThemeChange, heard, keep_words, theme_changes
from .trend import FALSE_ALARMS, Trends, judge

LAST_RUN, ORDERS = "last_run", "orders:"


@dataclass(slots=True)
class Plan:
    """What a weekly run is asked to do beside the analysis.

    Attributes
    ----------
    today : date
        The period before that of this day is the one reported.
    as_of : date or None
        Day of the rows that have none.
    """

    today: dt.date
    as_of: dt.date | None = None
    rebuild: bool = False
    allow_empty: bool = False
    events: tuple[tuple[dt.date, str], ...] = ()
    retention: int = 1100
    rate: float = FALSE_ALARMS


@dataclass(slots=True)
class Week:
    """What a weekly run came to.

    Attributes
    ----------
    result : Result
        The report, and the labelled rows where they were asked for.
    """

    result: Result
    trends: Trends
    lexicon: Lexicon
    versions: list[str]
    tally: Tally
    notes: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    themes: list[ThemeChange] = field(default_factory=list[ThemeChange])

    @property
    def report(self) -> Report:
        """Of the last complete period."""
        return self.result.report


class _Recall:
    """The memory's part in a run."""

    def __init__(self, store: Store, settings: Settings, plan: Plan, version: str, unit: str) -> None:
        self.store, self.settings, self.plan, self.unit = store, settings, plan, unit
        self._version = version
        self.within = last_period(plan.today, unit)
        self.tally = Tally()
        self.tag = ""
        self.undated = 0
        self.history: History | None = None
        self.heard: dict[int, Heard] = {}
        self._words: list[Words] = []
        self._rows: list[NDArray[np.int64]] = []

    def recall(self, columns: Columns, used: NDArray[np.bool_], lexicon: Lexicon, forms: Forms) -> History | None:
        """Take in the rows of a run, and give all that is known by now."""
        if self.plan.as_of is not None:
            date = columns.joined["date"]
            columns.joined["date"] = np.where(date > NO_DATE, date, self.plan.as_of.toordinal()).astype(date.dtype)
        self.undated = int((used & (columns["date"] == NO_DATE)).sum())
        if used.any() and self.undated == int(used.sum()):
            raise UsageError("weekly.no_dates")
        self.tag = version_tag(lexicon, self.settings, self._version)
        key = self.store.secret()
        if self._rows:
            texts = np.concatenate(self._rows)
            self.heard = heard(Words.join(self._words), texts, columns, used, forms, self.unit, key)
        rows = incoming(columns, used, lexicon, key)
        self.tally = self.store.remember(rows, self.tag, replace=self.plan.rebuild)
        if self.settings.denominator is not None:
            self.store.setting(f"{ORDERS}{self.unit}:{self.within[0]}", str(self.settings.denominator))
        self.history = history_of(self.store, self.unit, self.tag, self.within[0])
        return self.history

    def hear(self, words: Words, rows: NDArray[np.int64]) -> None:
        """Take in the words of the texts of a chunk that no category names, of any day."""
        self._words.append(words)
        self._rows.append(rows)


def history_of(store: Store, unit: str, tag: str, until: int) -> History | None:
    """The memory's history, with the orders of the periods where they were given."""
    history = of_daily(store.daily(), unit, tag, until)
    if history is None:
        return None
    orders = [int(store.setting(f"{ORDERS}{unit}:{first}") or 0) for first in history.first.tolist()]
    return replace(history, orders=np.array(orders, np.int64))


def last_period(today: dt.date, unit: str) -> tuple[int, int]:
    """Days of the last complete period, half-open ordinals.

    >>> start, stop = last_period(dt.date(2026, 11, 23), "week")
    >>> dt.date.fromordinal(start).isoformat(), stop - start
    ('2026-11-16', 7)
    """
    stop = first_day(today.toordinal(), unit)
    return first_day(stop - 1, unit), stop


def weekly(
    inputs: Sequence[str],
    settings: Settings,
    plan: Plan,
    store: Store,
    version: str,
    progress: Progress | None = None,
) -> Week:
    """Remember, judge, tell.

    Raises
    ------
    NoRowsError
        ``weekly.empty_period`` where neither the input nor the memory has a row of the period and `Plan.allow_empty`
        does not say that this is the truth: an export that stopped must not look like a quiet week. The rows are
        remembered all the same.
    """
    unit = settings.period or "week"
    settings = replace(settings, previous=known_themes(store))
    recall = _Recall(store, settings, plan, version, unit)
    try:
        result = analyze(inputs, settings, version, progress, recall)
    except NoRowsError:
        if not plan.allow_empty:
            raise
        result = empty_result(inputs, settings, version, {})
    report = result.report
    lexicon = load_lexicon(settings.lexicons, cache=settings.cache, legs=False)
    tag = recall.tag or version_tag(lexicon, settings, version)
    history = recall.history or history_of(store, unit, tag, recall.within[0])
    at = history.find(recall.within[0]) if history else None
    name = _name(recall.within[0], unit)
    known = bool(history.rows[at]) if history and at is not None else False
    if not (report.statistics.used or known or plan.allow_empty):
        newest = _nearest(store, recall.within[1])
        raise NoRowsError(
            "weekly.empty_period", period=name,
            newest=dt.date.fromordinal(newest).isoformat() if newest else "—",
            next=_day_after(newest, unit) if newest else plan.today.isoformat(),
        )  # fmt: skip
    trends = judge(history, at, plan.rate) if history and at is not None else Trends(name, unit, (), why="few_periods")
    versions = [*(v for v in store.known().versions if v != tag), tag]
    titles = {name: category.title for name, category in lexicon.categories.items()}
    effects = [effect(store.daily(), tag, day, text, recall.within[1], titles) for day, text in plan.events]
    report.events = [found for found in effects if found is not None]
    notes = _notes(recall) + [
        {"code": "weekly_event", "date": day.isoformat()}
        for (day, _), found in zip(plan.events, effects, strict=True)
        if found is None
    ]
    keep_themes(store, report, name)
    words = keep_words(store, recall.heard, unit, tag, replace=plan.rebuild)
    themes = theme_changes(store, report, words, unit, recall.within[0])
    if plan.retention:
        horizon = plan.today.toordinal() - plan.retention
        store.forget(horizon, sums=False)
    store.setting(LAST_RUN, plan.today.isoformat())
    return Week(result, trends, lexicon, versions, recall.tally, notes, themes)


def tell(week: Week, store: Store, *, by_owner: bool = False) -> list[Digest]:
    """The digests of a week, each held against the last one that its reader got; after the gates are judged."""
    found = digests(week.report, week.trends, week.lexicon, week.versions, by_owner, week.themes)
    titles = {theme.id: theme.title for theme in remembered_themes(store)} | {
        name: category.title for name, category in week.lexicon.categories.items()
    }
    for digest in found:
        last = store.deliveries(digest.owner)
        compare_news(digest, last[0].news if last else None, titles)
    return found


def remembered(store: Store, unit: str, today: dt.date) -> dict[str, Any]:
    """The memory's periods and digests, for `--history`."""
    known = store.known()
    tag = known.versions[-1] if known.versions else ""
    history = history_of(store, unit, tag, today.toordinal())
    periods = [
        {"period": history.name(i), "rows": int(history.rows[i]), "complaints": int(history.complaints[i]),
         "grave": int(history.grave[i]), "same": bool(history.same[i]),
         "complete": history.stop(i) <= today.toordinal()}
        for i in range(len(history.first))
    ] if history else []  # fmt: skip
    digests_ = [
        {"period": d.period, "owner": d.owner, "delivered": d.delivered, "subject": d.subject}
        for d in reversed(store.deliveries())
    ]
    return {
        "path": known.path, "schema": known.schema, "rows": known.rows, "versions": list(known.versions),
        "periods": periods, "digests": digests_, "pending": known.pending,
    }  # fmt: skip


def _notes(recall: _Recall) -> list[dict[str, object]]:
    """Remarks for stderr."""
    notes: list[dict[str, object]] = []
    if recall.undated:
        notes.append({"code": "weekly_undated", "n": recall.undated})
    if recall.tally.too_old:
        notes.append({"code": "weekly_too_old", "n": recall.tally.too_old})
    return notes


def _nearest(store: Store, stop: int) -> int:
    """The last day with rows before another, else the first one after it; 0 where there is none."""
    days = store.daily().day
    return int(days[days < stop].max(initial=0)) or int(days.min(initial=dt.date.max.toordinal())) * bool(len(days))


def _name(first: int, unit: str) -> str:
    from .periods import name_of

    return name_of(first, unit)


def _day_after(day: int, unit: str) -> str:
    """First day of the period that follows a day's."""
    return dt.date.fromordinal(next_first(first_day(day, unit), unit)).isoformat()
