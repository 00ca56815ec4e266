"""Single rows and groups of them: the urgent, look-alikes, claims, promises, effort, a help desk's measures."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from ..assess.duplicates import groups
from ..assess.kpis import kpis, last_day, overdue_rows
from ..claims import ClaimShelf, totals
from ..columns import NO_DATE
from ..expectations import GapShelf, efforts, expectations
from ..mask import mask
from ..records import MAX_URGENT, Claim, ClaimTotals, Efforts, Expectation, Kpis, Repeat, Urgent
from ..signs import FACT_NAMES, sign_names
from ..urgent import GRAVE, UrgentTexts, by_urgency, endangers
from ..vocabulary import KINDS
from .basis import MAX_ROWS, Basis

Int = NDArray[np.int64]

MAX_REPEATS = 20  # groups of look-alikes shown, largest first
TOP_OF_REPEAT = 3


def urgent(basis: Basis, texts: UrgentTexts) -> list[Urgent]:
    """Single rows of class A, whatever their volume: danger to people first, then the worst, then the newest."""
    counted = basis.counted
    signs = basis.columns["signs"][counted.rows]
    rows = np.flatnonzero(counted.severity >= GRAVE)
    danger = endangers(signs, counted.doc, counted.category, basis.categories)[rows]
    order = by_urgency(danger, counted.severity[rows], counted.day[rows], counted.content[rows], basis.keys[rows])
    rows = rows[order][:MAX_URGENT]
    found: list[Urgent] = []
    for doc in rows.tolist():
        row = int(counted.rows[doc])
        given = [basis.categories[int(c)].id for c in counted.category[counted.doc == doc]]
        heavy = [name for name in given if basis.lexicon.categories[name].severity >= 0.75]
        facts = [name for name in sign_names(int(signs[doc])) if name in FACT_NAMES]
        source, number = basis.columns.sources[int(basis.columns["source"][row])], int(basis.columns["row"][row])
        text = texts.of(source, number)
        found.append(
            Urgent(
                basis.id_of(row),
                source,
                number,
                round(float(counted.severity[doc]), 3),
                [*heavy, *facts],
                given,
                mask(text).text if basis.options.masked else text,
            )
        )
    return found


def duplicates(basis: Basis) -> tuple[list[Repeat], Int]:
    """Groups of look-alike rows, and for each row of the columns the first of its group: itself where alone."""
    columns = basis.columns
    rows = np.flatnonzero(basis.used)
    day = columns["date"][rows].astype(np.int64)
    mine = slice(None) if len(rows) == columns.n else rows  # no copy of the widest column in vain
    found = groups(columns["sketch"][mine], columns["content"][mine], columns["customer"][mine], day)
    first = np.arange(columns.n)
    for group in found:
        first[rows[group.rows]] = rows[group.rows[0]]
    counted = np.bincount(basis.counted.rows, minlength=columns.n) > 0
    entries: list[Repeat] = []
    for group in found[:MAX_REPEATS]:
        mine = rows[group.rows]
        mine = mine[np.lexsort((columns["key"][mine], columns["content"][mine]))]
        days = np.sort(day[group.rows][day[group.rows] > NO_DATE])
        span = [dt.date.fromordinal(int(d)).isoformat() for d in (days[[0, -1]] if len(days) else ())]
        given = Counter(
            basis.categories[int(c)].id
            for c in basis.counted.category[np.isin(basis.counted.rows[basis.counted.doc], mine)]
        )
        entries.append(
            Repeat(
                "customer" if group.customers == 1 else "template", len(mine), group.customers, group.wave,
                int(counted[mine].sum()), span[0] if span else None, span[1] if span else None,
                [name for name, _ in sorted(given.items(), key=lambda item: (-item[1], item[0]))[:TOP_OF_REPEAT]],
                [basis.id_of(int(row)) for row in mine[:MAX_ROWS]],
            )
        )  # fmt: skip
    return entries, first


def open_claims(basis: Basis, shelf: ClaimShelf) -> list[Claim]:
    """The open claims, what expires first on top."""
    counted = basis.counted
    given: dict[int, list[str]] = {}
    rows = counted.rows[counted.doc]
    claims = np.flatnonzero(basis.columns["kind"][rows] == KINDS.index("claim"))
    row: int
    category: int
    for row, category in zip(rows[claims].tolist(), counted.category[claims].tolist(), strict=True):
        given.setdefault(row, []).append(basis.categories[category].id)
    until = last_day(basis.columns, basis.options.today)
    return shelf.claims(basis.used, given, until, masked=basis.options.masked)


def claim_totals(basis: Basis) -> ClaimTotals | None:
    """Figures of all claims."""
    counted, options = basis.counted, basis.options
    late = overdue_rows(basis.columns, counted.rows, options.roles, options.overdue_days, options.today)
    names = [category.id for category in basis.categories]
    until = last_day(basis.columns, options.today)
    return totals(basis.columns, counted.rows, counted.doc, counted.category, names, until, late)


def promises(basis: Basis, shelf: GapShelf) -> list[Expectation]:
    """Broken promises by who made them."""
    counted, names = basis.counted, [category.id for category in basis.categories]
    return expectations(
        basis.columns, counted.rows, counted.doc, counted.category, names, shelf, masked=basis.options.masked
    )


def effort(basis: Basis) -> Efforts | None:
    """What the complaints cost their authors."""
    counted, names = basis.counted, [category.id for category in basis.categories]
    return efforts(basis.columns, counted.rows, counted.doc, counted.category, names)


def measures(basis: Basis) -> Kpis | None:
    """Overdue, time to answer, reopened and repeat contacts, where the columns are there."""
    counted, options = basis.counted, basis.options
    names = [category.id for category in basis.categories]
    return kpis(
        basis.columns, counted.rows, counted.doc, counted.category, names, options.roles, options.overdue_days,
        options.today, basis.named,
    )  # fmt: skip
