"""The ranking: every category met, with its index, place, bounds, growth and quotes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .. import rank
from ..assess.gains import gains
from ..assess.predictability import scorecard
from ..columns import NO_DATE
from ..evidence import Shelf
from ..intervals import Intervals, intervals
from ..periods import TREND, by_period
from ..records import Factors, Finding, Foreseen
from ..trend import UP
from .basis import Basis, distinct, share

Int = NDArray[np.int64]
Float = NDArray[np.float64]


def findings(basis: Basis, shelf: Shelf) -> tuple[list[Finding], float]:
    """All categories that were met, in order of index, and the design effect of their intervals."""
    counted, n = basis.counted, len(basis.categories)
    pain = np.round(rank.pains(counted.doc, counted.category, counted.severity, n), 9)
    met = np.flatnonzero(np.bincount(counted.category, minlength=n))
    met = np.array(sorted(map(int, met), key=lambda c: (-pain[c], basis.categories[c].id)), np.int64)
    grown = [_growth(basis, int(c)) for c in met]
    factor = np.array([1.0 if g is None else g for g in grown])
    factor = np.clip(factor, basis.weights.growth_low, basis.weights.growth_high)
    indexes = rank.index(pain[met], factor, basis.weights.growth_low, basis.weights.growth_high)
    total = float(np.round(np.sum(pain[met] * factor), 6))
    order = sorted(range(len(met)), key=lambda i: (-indexes[i], -pain[met[i]], basis.categories[int(met[i])].id))
    bounds = _intervals(basis, met, factor)
    running = rank.cumulative([float(indexes[i]) for i in order])
    found: list[Finding] = []
    for i, cumulative in zip(order, running, strict=True):
        finding = _finding(
            basis,
            int(met[i]),
            float(pain[met[i]]),
            grown[i],
            float(indexes[i]),
            cumulative,
            total,
            bounds.effect,
            shelf,
        )
        # the index itself is rounded by largest remainder: its bounds never leave it outside
        finding.index_low = min(round(float(bounds.low[i].round(6)) * 100, 1), finding.index)
        finding.index_high = max(round(float(bounds.high[i].round(6)) * 100, 1), finding.index)
        finding.rank_low, finding.rank_high = int(bounds.rank_low[i]), int(bounds.rank_high[i])
        found.append(finding)
    return found, bounds.effect


def _intervals(basis: Basis, met: Int, factor: Float) -> Intervals:
    """Bounds of the indexes and places of the categories met."""
    counted = basis.counted
    place = np.full(len(basis.categories), -1, np.int64)
    place[met] = np.arange(len(met))
    weeks = np.where(counted.day > NO_DATE, (counted.day - 1) // 7, -1)  # ordinal 1 was a Monday
    known = weeks[weeks >= 0]
    block = np.searchsorted(np.unique(known), weeks)
    return intervals(
        counted.doc, place[counted.category], counted.severity, factor, basis.unit, np.where(weeks >= 0, block, -1)
    )


def _finding(basis: Basis, number: int, pain: float, grown: float | None, index: float, cumulative: float, total: float,
    effect: float, shelf: Shelf,
) -> Finding:  # fmt: skip
    category, counted = basis.categories[number], basis.counted
    docs = basis.docs[number]
    severities = counted.severity[docs]
    letter, classes = rank.finding_class(severities)
    customers = len(distinct(basis.unit[docs], len(counted.rows)))
    gained = gains(len(docs), customers, basis.weights.figures)
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
        share=share(len(docs), len(counted.rows)),
        share_low=low,
        share_high=high,
        severity=round(float(severities.mean().round(6)), 3),
        severity_class=letter,
        growth=grown,
        status=basis.standing.status(category.id),
        index=index,
        cumulative=cumulative,
        few=len(docs) < rank.FEW,
        factors=Factors(round(pain, 6), _clipped(basis, grown), total),
        upgrade=category.upgrade,
        metric=category.metric,
        classes=classes,
        money=gained.money if gained else None,
        impact=_impact(basis, docs),
        gains=gained,
        per_1000=rank.per_1000(len(docs), basis.options.denominator),
        trend=_trend(basis, docs),
        quotes=basis.quotes(shelf.best(number)) if _quoted(basis, category.id) else [],
        rows=basis.named(docs),
    )


def _quoted(basis: Basis, name: str) -> bool:
    return basis.options.quote_all or basis.standing.status(name) in UP


def _clipped(basis: Basis, grown: float | None) -> float:
    return round(min(max(grown or 1.0, basis.weights.growth_low), basis.weights.growth_high), 3)


def _impact(basis: Basis, docs: Int) -> float | None:
    return rank.impact(basis.rated[0], basis.rated[1], basis.columns["rating"][basis.counted.rows[docs]])


def _growth(basis: Basis, number: int) -> float | None:
    if basis.standing.remembered:
        return basis.standing.growth(basis.categories[number].id)
    if basis.reference is None:
        return None
    counted, span = basis.counted, basis.reference
    days = counted.day[basis.docs[number]]
    return rank.growth(span.now(days), span.now(counted.day), span.before(days), span.before(counted.day))


def _trend(basis: Basis, docs: Int) -> list[int]:
    """Complaints by period, of the last ones."""
    days = basis.counted.day[docs]
    return by_period(days[days > NO_DATE], basis.starts)[-TREND:] if basis.starts else []


def predictability(basis: Basis, effect: float) -> list[Foreseen]:
    """The scorecard of the dimension; empty where nothing was complained of."""
    counted = basis.counted
    if not len(counted.rows):
        return []
    return scorecard(counted.doc, counted.category, basis.categories, len(counted.rows), effect)
