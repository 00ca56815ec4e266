"""Columns of all rows -> `Report`: every figure that any format shows is made here, once."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from . import rank
from .assess.duplicates import groups
from .assess.gains import gains
from .assess.kpis import OVERDUE_DAYS, kpis, last_day, overdue_rows
from .assess.predictability import scorecard
from .assess.segments import Effect, effects
from .claims import ClaimShelf, totals
from .columns import NO_DATE, Columns
from .evidence import Candidate, Shelf, praises
from .expectations import GapShelf, efforts, expectations
from .history import History
from .intervals import Intervals, intervals
from .lexicon import Category, Lexicon
from .mask import mask, mask_value
from .periods import TREND, Reference, by_period, first_day, first_days, name_of, reference, unit
from .records import (
    MAX_URGENT,
    Claim,
    ClaimTotals,
    Efforts,
    Expectation,
    Factors,
    Finding,
    Foreseen,
    Group,
    Kpis,
    Period,
    Quote,
    Repeat,
    Segment,
    Statistics,
    Strength,
    Title,
    Urgent,
)
from .signs import FACT_NAMES, sign_names
from .standing import Standing
from .trend import UP
from .urgent import GRAVE, UrgentTexts, by_urgency, endangers
from .vocabulary import CLASSES, COUNTED, KINDS, STAGES, SYSTEMS
from .weights import Weights

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Bool = NDArray[np.bool_]

MAX_ROWS = 100  # ids a finding holds; `--rows` has them all
SURE_QUOTE = 0.6
MAX_REPEATS = 20  # groups of look-alikes shown, largest first
MAX_SEGMENTS = 12
TOP_OF_SEGMENT = 3


@dataclass(slots=True)
class Counted:
    """The counted complaints and claims with their labels."""

    rows: Int  # row numbers in the columns
    severity: Float
    content: NDArray[np.uint64]
    doc: Int  # of each label, in `rows`
    category: Int
    day: Int
    person: NDArray[np.uint64]


def counted_rows(columns: Columns, used: Bool) -> Counted:
    """Labels of the used complaints and claims."""
    kinds = columns["kind"]
    chosen = used & np.isin(kinds, [KINDS.index(kind) for kind in COUNTED])
    rows = np.flatnonzero(chosen)
    place = np.full(columns.n, -1, np.int64)
    place[rows] = np.arange(len(rows))
    doc = place[columns["doc"]]
    keep = doc >= 0
    customer, content = columns["customer"][rows], columns["content"][rows]
    return Counted(
        rows,
        columns["severity"][rows].astype(np.float64),
        content.astype(np.uint64),
        doc[keep],
        columns["category"][keep].astype(np.int64),
        columns["date"][rows].astype(np.int64),
        np.where(customer > 0, customer, columns["key"][rows]).astype(np.uint64),
    )


def _by_category(counted: Counted, n: int) -> list[Int]:
    """Complaints of each category, in their order."""
    order = np.argsort(counted.category, kind="stable")
    return np.split(counted.doc[order], np.searchsorted(counted.category[order], np.arange(1, n)))


@dataclass(slots=True)
class Options:
    """What a summary needs of the settings."""

    top: int | None
    quotes: int
    masked: bool
    period: str | None
    today: dt.date | None
    overdue_days: int = OVERDUE_DAYS
    denominator: int | None = None
    weights: Weights = field(default_factory=Weights)
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])  # columns of each input
    history: History | None = None  # of a memory; without one the run's own dates are the history
    within: tuple[int, int] | None = None  # days the report is about, where there is a memory
    quote_all: bool = True  # else only what grew


class Summary:
    """The figures of one run, part by part."""

    def __init__(self, lexicon: Lexicon, columns: Columns, used: Bool, options: Options) -> None:
        self.lexicon = lexicon
        self.columns = columns
        self.used = used
        self.options = options
        self.weights = options.weights
        self._effect = 1.0  # of the intervals, known with the findings
        self.categories: list[Category] = list(lexicon.categories.values())
        self.counted = counted_rows(columns, used)
        self._ids: dict[int, str] = {}  # as shown: a row stands in several findings
        self._unit = np.unique(self.counted.person, return_inverse=True)[1].astype(np.int64)  # customers, numbered
        self._docs = _by_category(self.counted, len(self.categories))
        self._keys = columns["key"][self.counted.rows]  # tell equal texts apart, whatever their order
        ratings = columns["rating"][used].astype(np.float64)
        ratings = ratings[~np.isnan(ratings)]
        self._rated = math.fsum(ratings.tolist()), len(ratings)
        self.reference: Reference | None = reference(
            columns["date"][used].astype(np.int64), options.period, options.today
        )
        days = columns["date"][used].astype(np.int64)
        days = days[days > NO_DATE]
        self._starts = first_days(days, unit(days, options.period)) if len(days) else []
        self.standing = self._standing()

    def _standing(self) -> Standing:
        """Which period is judged, among which: of the memory, else of this run where its dates allow."""
        options, counted = self.options, self.counted
        if options.within is not None:
            return Standing.of_memory(options.history, options.within[0])
        grave = counted.severity >= CLASSES[0][1]
        return Standing.of_run(
            self.reference, self.columns["date"][self.used].astype(np.int64), counted.day, grave, counted.doc,
            counted.category, [category.id for category in self.categories], options.period,
        )  # fmt: skip

    # -- findings ----------------------------------------------------------------------------------------------------

    def findings(self, shelf: Shelf) -> list[Finding]:
        """All categories that were met, in order of index."""
        counted, n = self.counted, len(self.categories)
        pain = np.round(rank.pains(counted.doc, counted.category, counted.severity, n), 9)
        met = np.flatnonzero(np.bincount(counted.category, minlength=n))
        met = np.array(sorted(map(int, met), key=lambda c: (-pain[c], self.categories[c].id)), np.int64)
        grown = [self._growth(int(c)) for c in met]
        factor = np.array([1.0 if g is None else g for g in grown])
        factor = np.clip(factor, self.weights.growth_low, self.weights.growth_high)
        indexes = rank.index(pain[met], factor, self.weights.growth_low, self.weights.growth_high)
        total = float(np.round(np.sum(pain[met] * factor), 6))
        order = sorted(range(len(met)), key=lambda i: (-indexes[i], -pain[met[i]], self.categories[int(met[i])].id))
        bounds = self._intervals(met, factor)
        self._effect = bounds.effect
        running = rank.cumulative([float(indexes[i]) for i in order])
        found: list[Finding] = []
        for i, cumulative in zip(order, running, strict=True):
            finding = self._finding(
                int(met[i]), float(pain[met[i]]), grown[i], float(indexes[i]), cumulative, total, bounds.effect, shelf
            )
            # the index itself is rounded by largest remainder: its bounds never leave it outside
            finding.index_low = min(round(float(bounds.low[i].round(6)) * 100, 1), finding.index)
            finding.index_high = max(round(float(bounds.high[i].round(6)) * 100, 1), finding.index)
            finding.rank_low, finding.rank_high = int(bounds.rank_low[i]), int(bounds.rank_high[i])
            found.append(finding)
        return found

    def _intervals(self, met: Int, factor: Float) -> Intervals:
        """Bounds of the indexes and places of the categories met."""
        counted = self.counted
        place = np.full(len(self.categories), -1, np.int64)
        place[met] = np.arange(len(met))
        weeks = np.where(counted.day > NO_DATE, (counted.day - 1) // 7, -1)  # ordinal 1 was a Monday
        known = weeks[weeks >= 0]
        block = np.searchsorted(np.unique(known), weeks)
        return intervals(
            counted.doc, place[counted.category], counted.severity, factor, self._unit, np.where(weeks >= 0, block, -1)
        )

    def _finding(
        self, number: int, pain: float, grown: float | None, index: float, cumulative: float, total: float,
        effect: float, shelf: Shelf,
    ) -> Finding:  # fmt: skip
        category, counted = self.categories[number], self.counted
        docs = self._docs[number]
        severities = counted.severity[docs]
        letter, classes = rank.finding_class(severities)
        customers = len(_distinct(self._unit[docs], len(counted.rows)))
        gained = gains(len(docs), customers, self.weights.figures)
        low, high = rank.wilson(len(docs) / effect, len(counted.rows) / effect)
        return Finding(
            id=category.id,
            title=category.title,
            system=category.system,
            owner=category.owner,
            dimension=category.dimension,
            stage=category.stage,
            n=len(docs),
            customers=customers,
            share=_share(len(docs), len(counted.rows)),
            share_low=low,
            share_high=high,
            severity=round(float(severities.mean().round(6)), 3),
            severity_class=letter,
            growth=grown,
            status=self.standing.status(category.id),
            index=index,
            cumulative=cumulative,
            few=len(docs) < rank.FEW,
            factors=Factors(round(pain, 6), self._clipped(grown), total),
            upgrade=category.upgrade,
            metric=category.metric,
            classes=classes,
            money=gained.money if gained else None,
            impact=self._impact(docs),
            gains=gained,
            per_1000=rank.per_1000(len(docs), self.options.denominator),
            trend=self._trend(docs),
            quotes=self._quotes(shelf.best(number)) if self._quoted(category.id) else [],
            rows=self._named(docs),
        )

    def _quoted(self, name: str) -> bool:
        return self.options.quote_all or self.standing.status(name) in UP

    def _clipped(self, grown: float | None) -> float:
        return round(min(max(grown or 1.0, self.weights.growth_low), self.weights.growth_high), 3)

    def _impact(self, docs: Int) -> float | None:
        return rank.impact(self._rated[0], self._rated[1], self.columns["rating"][self.counted.rows[docs]])

    def _growth(self, number: int) -> float | None:
        if self.standing.remembered:
            return self.standing.growth(self.categories[number].id)
        if self.reference is None:
            return None
        counted, span = self.counted, self.reference
        days = counted.day[self._docs[number]]
        return rank.growth(span.now(days), span.now(counted.day), span.before(days), span.before(counted.day))

    def denominator(self, scope: str) -> int:
        """What the shares of themes are of: complaints, or all rows where themes were looked for in all."""
        return int(self.used.sum()) if scope == "all" else len(self.counted.rows)

    def id_of(self, row: int) -> str:
        """The id of a row as shown."""
        return self._id(row)

    def _trend(self, docs: Int) -> list[int]:
        """Complaints by period, of the last ones."""
        days = self.counted.day[docs]
        return by_period(days[days > NO_DATE], self._starts)[-TREND:] if self._starts else []

    def _id(self, row: int) -> str:
        found = self._ids.get(row)
        if found is None:
            name = self.columns.id_of(row)
            found = self._ids[row] = mask_value(name) if self.options.masked else name
        return found

    def _named(self, docs: Int) -> list[str]:
        """Ids of some complaints, the gravest, whatever the order of rows."""
        counted = self.counted
        worst = docs[np.lexsort((self._keys[docs], counted.content[docs], -counted.severity[docs]))][:MAX_ROWS]
        return [self._id(row) for row in counted.rows[worst].tolist()]

    def _quotes(self, candidates: list[Candidate]) -> list[Quote]:
        kept: list[Quote] = []
        for candidate in candidates:
            if len(kept) == self.options.quotes:
                break
            if kept and candidate.sure < SURE_QUOTE:
                continue  # one quote a finding must have; a second one only where it is surely about it
            text, start, stop, name = candidate.text, candidate.start, candidate.stop, candidate.id
            if self.options.masked:
                masked = mask(text)
                start, stop = masked.move(start, stop)
                text, name = masked.text, mask_value(name)
            kept.append(Quote(name, candidate.source, candidate.row, text, start, stop, round(candidate.severity, 3)))
        return kept

    # -- other axes --------------------------------------------------------------------------------------------------

    def groups(self, findings: list[Finding], axis: str, titles: Callable[[str], Title]) -> list[Group]:
        """Findings summed by system, owner, stage or dimension, in order of index."""
        counted = self.counted
        value_of = {c.id: getattr(c, axis) for c in self.categories}
        number_of = {c.id: i for i, c in enumerate(self.categories)}
        groups: dict[str, list[Finding]] = {}
        for finding in findings:
            groups.setdefault(value_of[finding.id], []).append(finding)
        found: list[Group] = []
        for value, members in groups.items():
            docs = np.concatenate([self._docs[number_of[finding.id]] for finding in members])
            docs = _distinct(docs, len(counted.rows))
            found.append(
                Group(
                    value,
                    titles(value),
                    len(docs),
                    _share(len(docs), len(counted.rows)),
                    round(sum(round(f.index * 10) for f in members) / 10, 1),
                    round(float(counted.severity[docs].mean().round(6)), 3),
                    [f.id for f in members],
                )
            )
        return sorted(found, key=lambda group: (-group.index, -group.n, group.id))

    def matrix(self) -> dict[str, dict[str, int]]:
        """Complaints by stage and system."""
        counted = self.counted
        table: dict[str, dict[str, int]] = {stage: dict.fromkeys(SYSTEMS, 0) for stage in STAGES}
        stages = np.array([STAGES.index(c.stage) for c in self.categories])
        systems = np.array([SYSTEMS.index(c.system) for c in self.categories])
        cells = np.sort(counted.doc * 1000 + stages[counted.category] * 100 + systems[counted.category])
        cells = cells[np.flatnonzero(np.diff(cells, prepend=-1))] % 1000
        for cell, n in Counter(map(int, cells)).items():
            table[STAGES[cell // 100]][SYSTEMS[cell % 100]] = n
        return table

    def strengths(self, shelf: Shelf, limit: int = 10) -> list[Strength]:
        """What customers praise, by categories, commonest first.

        Only in rows that surely praise: «раньше деньги падали на следующий день» in a complaint is none.
        """
        kind = praises(self.columns["kind"], self.columns["complaint"])
        place = (self.used & kind)[self.columns["praised_doc"]]
        count = np.bincount(self.columns["praised"][place].astype(np.int64), minlength=len(self.categories))
        total = int(self.used.sum())
        order = sorted(np.flatnonzero(count).tolist(), key=lambda c: (-count[c], self.categories[c].id))[:limit]
        quoted: set[tuple[str, int]] = set()
        return [
            Strength(
                self.categories[c].id,
                self.categories[c].title,
                self.categories[c].system,
                int(count[c]),
                _share(int(count[c]), total),
                self._praise(shelf.best(c), quoted),
            )
            for c in order
        ]

    def _praise(self, candidates: list[Candidate], quoted: set[tuple[str, int]]) -> list[Quote]:
        """One quote, of a text that no other strength has quoted where there is one."""
        fresh = [candidate for candidate in candidates if (candidate.source, candidate.row) not in quoted]
        chosen = (fresh or candidates)[:1]
        quoted.update((candidate.source, candidate.row) for candidate in chosen)
        return self._quotes(chosen) if self.options.quote_all else []

    def urgent(self, texts: UrgentTexts) -> list[Urgent]:
        """Single rows of class A, whatever their volume: danger to people first, then the worst, then the newest."""
        counted = self.counted
        signs = self.columns["signs"][counted.rows]
        rows = np.flatnonzero(counted.severity >= GRAVE)
        danger = endangers(signs, counted.doc, counted.category, self.categories)[rows]
        order = by_urgency(danger, counted.severity[rows], counted.day[rows], counted.content[rows], self._keys[rows])
        rows = rows[order][:MAX_URGENT]
        found: list[Urgent] = []
        for doc in rows.tolist():
            row = int(counted.rows[doc])
            given = [self.categories[int(c)].id for c in counted.category[counted.doc == doc]]
            heavy = [name for name in given if self.lexicon.categories[name].severity >= 0.75]
            facts = [name for name in sign_names(int(signs[doc])) if name in FACT_NAMES]
            source, number = self.columns.sources[int(self.columns["source"][row])], int(self.columns["row"][row])
            text = texts.of(source, number)
            found.append(
                Urgent(
                    self._id(row),
                    source,
                    number,
                    round(float(counted.severity[doc]), 3),
                    [*heavy, *facts],
                    given,
                    mask(text).text if self.options.masked else text,
                )
            )
        return found

    def segments(self) -> list[Segment]:
        """Values of the `--by` columns: how many complaints, and what they over-produce."""
        counted = self.counted
        found: list[Segment] = []
        for name in self.columns.by_names:
            codes = self.columns["by:" + name][counted.rows].astype(np.int64)
            sizes: Counter[int] = Counter(codes.tolist())
            values = self.columns.values.get(name, [])
            judged: dict[int, list[Effect]] = {}
            for effect in effects(codes, counted.doc, counted.category, len(self.categories)):
                judged.setdefault(effect.value, []).append(effect)
            for code, n in sorted(sizes.items(), key=lambda item: (-item[1], values[item[0]]))[:MAX_SEGMENTS]:
                value = mask_value(values[code]) if self.options.masked else values[code]
                top = self._over_produced(judged.get(code, [])) or self._commonest(codes, code)
                found.append(
                    Segment(name, value, n, _share(n, len(counted.rows)), few=code not in judged, top=[
                        {"id": self.categories[c].id, "n": k, "share": _share(k, n)} | extra for c, k, extra in top
                    ], rows=self._named(np.flatnonzero(codes == code)))
                )  # fmt: skip
        return found

    @staticmethod
    def _over_produced(effects_: list[Effect]) -> list[tuple[int, int, dict[str, float]]]:
        """What a value has surely more of than the others, by how much more."""
        marked = sorted((e for e in effects_ if e.marked), key=lambda e: (-e.low, e.category))[:TOP_OF_SEGMENT]
        return [
            (e.category, e.n, {"ratio": e.ratio, "ratio_low": e.low, "ratio_high": e.high, "q": e.q}) for e in marked
        ]

    def _commonest(self, codes: Int, code: int) -> list[tuple[int, int, dict[str, float]]]:
        count: Counter[int] = Counter(self.counted.category[codes[self.counted.doc] == code].tolist())
        top = sorted(count.items(), key=lambda item: (-item[1], self.categories[item[0]].id))[:TOP_OF_SEGMENT]
        return [(c, k, {}) for c, k in top]

    def duplicates(self) -> tuple[list[Repeat], Int]:
        """Groups of look-alike rows, and for each row of the columns the first of its group: itself where alone."""
        columns = self.columns
        rows = np.flatnonzero(self.used)
        day = columns["date"][rows].astype(np.int64)
        mine = slice(None) if len(rows) == columns.n else rows  # no copy of the widest column in vain
        found = groups(columns["sketch"][mine], columns["content"][mine], columns["customer"][mine], day)
        first = np.arange(columns.n)
        for group in found:
            first[rows[group.rows]] = rows[group.rows[0]]
        counted = np.bincount(self.counted.rows, minlength=columns.n) > 0
        entries: list[Repeat] = []
        for group in found[:MAX_REPEATS]:
            mine = rows[group.rows]
            mine = mine[np.lexsort((columns["key"][mine], columns["content"][mine]))]
            days = np.sort(day[group.rows][day[group.rows] > NO_DATE])
            span = [dt.date.fromordinal(int(d)).isoformat() for d in (days[[0, -1]] if len(days) else ())]
            given = Counter(
                self.categories[int(c)].id
                for c in self.counted.category[np.isin(self.counted.rows[self.counted.doc], mine)]
            )
            entries.append(
                Repeat(
                    "customer" if group.customers == 1 else "template", len(mine), group.customers, group.wave,
                    int(counted[mine].sum()), span[0] if span else None, span[1] if span else None,
                    [name for name, _ in sorted(given.items(), key=lambda item: (-item[1], item[0]))[:TOP_OF_SEGMENT]],
                    [self._id(int(row)) for row in mine[:MAX_ROWS]],
                )
            )  # fmt: skip
        return entries, first

    def predictability(self) -> list[Foreseen]:
        """The scorecard of the dimension; empty where nothing was complained of."""
        counted = self.counted
        if not len(counted.rows):
            return []
        return scorecard(counted.doc, counted.category, self.categories, len(counted.rows), self._effect)

    def kpis(self) -> Kpis | None:
        """Overdue, time to answer, reopened and repeat contacts, where the columns are there."""
        counted, options = self.counted, self.options
        names = [category.id for category in self.categories]
        return kpis(
            self.columns, counted.rows, counted.doc, counted.category, names, options.roles, options.overdue_days,
            options.today, self._named,
        )  # fmt: skip

    # -- what complaints tell of ------------------------------------------------------------------------------------

    def claims(self, shelf: ClaimShelf) -> list[Claim]:
        """The open claims, what expires first on top."""
        counted = self.counted
        given: dict[int, list[str]] = {}
        rows = counted.rows[counted.doc]
        claims = np.flatnonzero(self.columns["kind"][rows] == KINDS.index("claim"))
        row: int
        category: int
        for row, category in zip(rows[claims].tolist(), counted.category[claims].tolist(), strict=True):
            given.setdefault(row, []).append(self.categories[category].id)
        until = last_day(self.columns, self.options.today)
        return shelf.claims(self.used, given, until, masked=self.options.masked)

    def claim_totals(self) -> ClaimTotals | None:
        """Figures of all claims."""
        counted, options = self.counted, self.options
        late = overdue_rows(self.columns, counted.rows, options.roles, options.overdue_days, options.today)
        names = [category.id for category in self.categories]
        until = last_day(self.columns, options.today)
        return totals(self.columns, counted.rows, counted.doc, counted.category, names, until, late)

    def expectations(self, shelf: GapShelf) -> list[Expectation]:
        """Broken promises by who made them."""
        counted, names = self.counted, [category.id for category in self.categories]
        return expectations(
            self.columns, counted.rows, counted.doc, counted.category, names, shelf, masked=self.options.masked
        )

    def effort(self) -> Efforts | None:
        """What the complaints cost their authors."""
        counted, names = self.counted, [category.id for category in self.categories]
        return efforts(self.columns, counted.rows, counted.doc, counted.category, names)

    # -- totals ------------------------------------------------------------------------------------------------------

    def kinds(self) -> dict[str, int]:
        """Used rows by kind."""
        count = np.bincount(self.columns["kind"][self.used].astype(np.int64), minlength=len(KINDS))
        return {kind: int(n) for kind, n in zip(KINDS, count, strict=True)}

    def periods(self) -> list[Period]:
        """Counts by calendar period, where there are dates: those of the memory where there is one."""
        days = self.columns["date"][self.used].astype(np.int64)
        found = self.standing.periods(days, self.counted.day, self.options.period, self.options.today)
        by_name = {entry.period: entry for entry in found}
        dated = np.flatnonzero(self.counted.day > NO_DATE)
        span = "week" if found and "-W" in found[0].period else "month"
        known, place = np.unique(self.counted.day[dated], return_inverse=True)
        starts = np.array([first_day(day, span) for day in known.tolist()], np.int64)[place]
        for start in np.unique(starts).tolist():
            entry = by_name.get(name_of(start, span))
            if entry is not None:
                entry.rows = self._named(dated[starts == start])
        return found

    def statistics(self, skipped: Counter[str], left: Mapping[str, int] | None = None) -> Statistics:
        """Rows in = used + skipped + duplicates; `left` are rows read and labelled that the report is not about."""
        left = left or {}
        counted = self.counted
        found = _distinct(counted.doc, len(counted.rows))
        covered = len(found)
        used, n_skipped, n_left = int(self.used.sum()), sum(skipped.values()), sum(left.values())
        days = self.columns["date"][self.used].astype(np.int64)
        days = days[days > NO_DATE]
        ends = [dt.date.fromordinal(int(day)).isoformat() for day in (days.min(), days.max())] if len(days) else []
        return Statistics(
            rows=self.columns.n + n_skipped,
            used=used,
            skipped=n_skipped + n_left,
            duplicates=self.columns.n - used - n_left,
            complaints=len(counted.rows),
            customers=int(self._unit.max(initial=-1)) + 1,
            coverage=_share(covered, len(counted.rows)) if len(counted.rows) else None,
            skipped_by_reason=dict(sorted((Counter(skipped) + Counter(left)).items())),
            denominator=self.options.denominator,
            per_1000=rank.per_1000(len(counted.rows), self.options.denominator),
            first=ends[0] if ends else None,
            last=ends[1] if ends else None,
            uncovered=len(counted.rows) - covered,
            uncovered_rows=self._named(np.delete(np.arange(len(counted.rows)), found)),
        )


def _distinct(numbers: Int, n: int) -> Int:
    """The different ones of numbers below `n`, going up: no sorting, as `numpy.unique` has to."""
    met = np.zeros(n, bool)
    met[numbers] = True
    return np.flatnonzero(met)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
