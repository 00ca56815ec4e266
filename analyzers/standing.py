"""Where a run stands among the periods: its own dates, or those that a memory knows."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from . import rank
from .columns import NO_DATE
from .history import History, of_rows
from .periods import MIN_PERIODS, MIN_REFERENCE, REFERENCE, Reference, periods, unit
from .records import Period
from .trend import Trends, judge

Int = NDArray[np.int64]


class Standing:
    """The period judged, and those before it.

    Parameters
    ----------
    history : History or None
    at : int
        The period of it that is judged.
    remembered : bool
        Whether it is a memory's: then growth and periods are told from it too.
    """

    def __init__(self, history: History | None, at: int | None, *, remembered: bool) -> None:
        self.history = history if at is not None else None
        self.at = at or 0
        self.remembered = remembered
        self.trends: Trends | None = judge(self.history, self.at) if self.history is not None else None

    @classmethod
    def of_memory(cls, history: History | None, day: int) -> Standing:
        """Of the period that holds a day, as a memory knows it."""
        return cls(history, history.find(day) if history else None, remembered=True)

    @classmethod
    def of_run(
        cls, reference: Reference | None, used: Int, day: Int, grave: NDArray[np.bool_], doc: Int, category: Int,
        names: list[str], period: str | None,
    ) -> Standing:  # fmt: skip
        """Of the last complete period of a run's own dates; parameters as of `history.of_rows`."""
        if reference is None:
            return cls(None, None, remembered=False)
        used = used[used > NO_DATE]
        history = of_rows(used, day, grave, doc, category, names, unit(used, period))
        return cls(history, history.find(reference.start) if history else None, remembered=False)

    def status(self, name: str) -> str | None:
        """Of a category in the period judged; None where it cannot be judged."""
        if self.trends is None or self.trends.why is not None:
            return None
        change = self.trends.changes.get(name)
        return change.status if change else "stable"

    def growth(self, name: str) -> float | None:
        """Growth of a category against the memory's periods; None where they do not allow it."""
        history, at = self.history, self.at
        if history is None:
            return None
        before = np.flatnonzero(history.usable()[:at])[-REFERENCE:]
        known = int(history.complaints[before].sum())
        if not history.same[at] or len(before) < MIN_PERIODS - 1 or known < MIN_REFERENCE:
            return None
        counts = history.counts[:, history.names.index(name)] if name in history.names else np.zeros_like(history.rows)
        return rank.growth(int(counts[at]), int(history.complaints[at]), int(counts[before].sum()), known)

    def periods(self, used: Int, complaints: Int, wanted: str | None, today: dt.date | None) -> list[Period]:
        """Counts by period: the memory's, else those of the days given."""
        if not self.remembered:
            return periods(used[used > NO_DATE], complaints[complaints > NO_DATE], wanted, today)
        history = self.history
        if history is None:
            return []
        return [
            Period(history.name(i), int(history.rows[i]), int(history.complaints[i]), i <= self.at)
            for i in range(len(history.first))
        ]
