"""What all figures of a report are made of: the counted complaints with their labels, periods and ids as shown."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..assess.kpis import OVERDUE_DAYS
from ..columns import NO_DATE, Columns
from ..evidence import Candidate
from ..history import History
from ..lexicon import Category, Lexicon
from ..mask import mask, mask_value
from ..periods import Reference, first_days, reference, unit
from ..records import Quote
from ..standing import Standing
from ..vocabulary import CLASSES, COUNTED, KINDS
from ..weights import Weights

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Bool = NDArray[np.bool_]

MAX_ROWS = 100  # ids a finding holds; `--rows` has them all
SURE_QUOTE = 0.6


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


class Basis:
    """The rows of one run, counted once."""

    def __init__(self, lexicon: Lexicon, columns: Columns, used: Bool, options: Options) -> None:
        self.lexicon = lexicon
        self.columns = columns
        self.used = used
        self.options = options
        self.weights = options.weights
        self.categories: list[Category] = list(lexicon.categories.values())
        self.counted = counted_rows(columns, used)
        self._ids: dict[int, str] = {}  # as shown: a row stands in several findings
        self.unit = np.unique(self.counted.person, return_inverse=True)[1].astype(np.int64)  # customers, numbered
        self.docs = _by_category(self.counted, len(self.categories))
        self.keys = columns["key"][self.counted.rows]  # tell equal texts apart, whatever their order
        ratings = columns["rating"][used].astype(np.float64)
        ratings = ratings[~np.isnan(ratings)]
        self.rated = math.fsum(ratings.tolist()), len(ratings)
        self.reference: Reference | None = reference(
            columns["date"][used].astype(np.int64), options.period, options.today
        )
        days = columns["date"][used].astype(np.int64)
        days = days[days > NO_DATE]
        self.starts = first_days(days, unit(days, options.period)) if len(days) else []
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

    def id_of(self, row: int) -> str:
        """The id of a row as shown."""
        found = self._ids.get(row)
        if found is None:
            name = self.columns.id_of(row)
            found = self._ids[row] = mask_value(name) if self.options.masked else name
        return found

    def named(self, docs: Int) -> list[str]:
        """Ids of some complaints, the gravest, whatever the order of rows."""
        counted = self.counted
        worst = docs[np.lexsort((self.keys[docs], counted.content[docs], -counted.severity[docs]))][:MAX_ROWS]
        return [self.id_of(row) for row in counted.rows[worst].tolist()]

    def quotes(self, candidates: list[Candidate]) -> list[Quote]:
        """The best of some candidates, masked where the run masks."""
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


def distinct(numbers: Int, n: int) -> Int:
    """The different ones of numbers below `n`, going up: no sorting, as `numpy.unique` has to."""
    met = np.zeros(n, bool)
    met[numbers] = True
    return np.flatnonzero(met)


def share(part: int, whole: int) -> float:
    """A part of a whole, 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0
