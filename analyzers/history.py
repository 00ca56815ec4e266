"""Counts by calendar period and name: what trends are judged on, from a store or from the rows of one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .periods import first_day, name_of, next_first
from .store.model import COUNTED, GRAVE, USED, Daily

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

USUAL = 10  # rows a period usually has, from which an empty one means a missing export and not a quiet week


@dataclass(frozen=True, slots=True)
class History:
    """Calendar periods without gaps, oldest first.

    Attributes
    ----------
    first : ndarray of int64 of shape (n_periods,)
        First day of each, an ordinal.
    names : tuple of str
        Of the categories.
    counts : ndarray of int64 of shape (n_periods, n_names)
    complaints, rows, grave : ndarray of int64 of shape (n_periods,)
        Complaints and claims; all used rows; complaints of class A.
    same : ndarray of bool of shape (n_periods,)
        Whether all rows of the period were labelled by the present version.
    orders : ndarray of int64 or None
        Orders or customers of each period, 0 where they were not given.
    judged : dict
        Judgements made of it already: a weekly run asks twice, for the report and for the digest.
    """

    unit: str
    first: Int
    names: tuple[str, ...]
    counts: Int
    complaints: Int
    rows: Int
    grave: Int
    same: Bool
    orders: Int | None = None
    judged: dict[tuple[int, float], Any] = field(default_factory=dict[tuple[int, float], Any], init=False, repr=False)

    def name(self, at: int) -> str:
        """``2026-W47`` or ``2026-11``."""
        return name_of(int(self.first[at]), self.unit)

    def stop(self, at: int) -> int:
        """First day after the period."""
        return next_first(int(self.first[at]), self.unit)

    def find(self, day: int) -> int | None:
        """The period that holds a day."""
        at = int(np.searchsorted(self.first, first_day(day, self.unit)))
        return at if at < len(self.first) and self.first[at] == first_day(day, self.unit) else None

    def usable(self) -> Bool:
        """Periods that may be compared: of the present version, and not an export that went missing."""
        seen = self.rows[self.rows > 0]
        usual = float(np.median(seen)) if len(seen) else 0.0
        return self.same & ((self.rows > 0) | (usual < USUAL))


def spans(first: int, last: int, unit: str) -> Int:
    """First days of the periods from the one that holds a day to the one that holds another."""
    found = [first_day(first, unit)]
    while (following := next_first(found[-1], unit)) <= last:
        found.append(following)
    return np.array(found, np.int64)


def of_daily(daily: Daily, unit: str, version: str, until: int) -> History | None:
    """The history that a store remembers, up to the period that holds the day `until`; None where it is empty."""
    inside = daily.day < next_first(first_day(until, unit), unit)
    day, n = daily.day[inside], daily.n[inside]
    if not len(day):
        return None
    first = spans(int(day.min()), until, unit)
    at = np.searchsorted(first, day, side="right") - 1
    table = np.zeros((len(first), len(daily.names)), np.int64)
    np.add.at(table, (at, daily.name[inside]), n)
    present = daily.versions.index(version) if version in daily.versions else -1
    other = daily.version[inside] != present
    same = np.bincount(at[other], minlength=len(first)) == 0

    def column(name: str) -> Int:
        return table[:, daily.names.index(name)] if name in daily.names else np.zeros(len(first), np.int64)

    chosen = [i for i, name in enumerate(daily.names) if name not in (USED, COUNTED, GRAVE)]
    chosen.sort(key=lambda i: daily.names[i])
    names = tuple(daily.names[i] for i in chosen)
    return History(unit, first, names, table[:, chosen], column(COUNTED), column(USED), column(GRAVE), same)


def of_rows(
    used: Int, day: Int, grave: Bool, doc: Int, category: Int, names: Sequence[str], unit: str
) -> History | None:
    """The history that the dates of one run span.

    Parameters
    ----------
    used : ndarray of int64
        Days of the used rows that have one.
    day, grave : ndarray of shape (n_complaints,)
        Day (0: unknown) of each complaint and whether it is of class A.
    doc, category : ndarray of int64 of shape (n_labels,)
    """
    if not len(used):
        return None
    first = spans(int(used.min()), int(used.max()), unit)

    def place(days: Int) -> Int:
        return np.searchsorted(first, days, side="right") - 1

    dated = day > 0
    labels = dated[doc]
    counts = np.zeros((len(first), len(names)), np.int64)
    np.add.at(counts, (place(day[doc[labels]]), category[labels]), 1)
    complaints = np.bincount(place(day[dated]), minlength=len(first))
    return History(
        unit, first, tuple(names), counts, complaints, np.bincount(place(used), minlength=len(first)),
        np.bincount(place(day[dated & grave]), minlength=len(first)), np.ones(len(first), bool),
    )  # fmt: skip
