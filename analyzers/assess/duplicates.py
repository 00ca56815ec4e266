"""Look-alike complaints: one person writing again, a template sent by many, a wave of either.

Groups are found by bands of the sketches (locality-sensitive hashing: Leskovec et al., Mining of Massive Datasets, 3.4)
and joined, all of a group to its lowest row; which rows form a group does not depend on their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..columns import NO_DATE

Int = NDArray[np.int64]

BAND = 3  # hashes that must be equal for two texts to be compared
ALIKE = 0.6  # of the hashes equal, from which two texts are look-alikes
BLOCK = 100_000  # rows compared at a time
WAVE_ROWS, WAVE_DAYS = 5, 7  # rows within days that make a wave


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that look alike.

    Attributes
    ----------
    rows : ndarray of int64
        Sorted by content, then place.
    customers : int
        Different known customers; rows of unknown ones count one each.
    wave : bool
        Whether many of them came within days.
    """

    rows: Int
    customers: int
    wave: bool


def groups(
    sketch: NDArray[np.uint32], content: NDArray[np.uint64], customer: NDArray[np.uint64], day: Int
) -> list[Group]:
    """Groups of at least two look-alike rows, largest first.

    Parameters
    ----------
    sketch : ndarray of uint32 of shape (n_rows, WIDTH)
    content : ndarray of uint64 of shape (n_rows,)
        Hash of each text.
    customer : ndarray of uint64
        0 where unknown.
    day : ndarray of int64
        Ordinal, `NO_DATE` where unknown.
    """
    parent = np.arange(len(content))
    for rows, rivals in _pairs(sketch, content):
        for begin in range(0, len(rows), BLOCK):  # a million pairs at once would take a hundred megabytes
            _join(parent, rows[begin : begin + BLOCK], rivals[begin : begin + BLOCK])
    rows = np.flatnonzero(_touched(parent))
    rows = rows[np.lexsort((rows, content[rows], parent[rows]))]
    if not len(rows):
        return []
    opens = np.flatnonzero(np.diff(parent[rows], prepend=-1))
    people = _people(customer[rows], opens)
    found = [
        Group(part, n, len(part) >= WAVE_ROWS and _is_wave(day[part]))
        for part, n in zip(np.split(rows, opens[1:]), people.tolist(), strict=True)
    ]
    return sorted(found, key=lambda group: (-len(group.rows), int(content[group.rows[0]])))


def _join(parent: Int, rows: Int, rivals: Int) -> None:
    """Give both of each pair, and all that were joined to them, the lowest row among them."""
    while True:
        one, other = parent[rows], parent[rivals]
        apart = np.flatnonzero(one != other)  # most copies were joined by an earlier band
        if not len(apart):
            return
        rows, rivals, one, other = rows[apart], rivals[apart], one[apart], other[apart]
        np.minimum.at(parent, np.maximum(one, other), np.minimum(one, other))
        while (parent[parent] != parent).any():
            parent[:] = parent[parent]


def _touched(parent: Int) -> NDArray[np.bool_]:
    """Rows that belong to a group: joined to another, or others to them."""
    alone = parent == np.arange(len(parent))
    alone[parent[~alone]] = False
    return ~alone


def _pairs(sketch: NDArray[np.uint32], content: NDArray[np.uint64]) -> Iterator[tuple[Int, Int]]:
    """Look-alikes, band by band: equal texts, then each row beside the first of its band with alike sketch."""
    yield _same(content)
    n, width = sketch.shape
    filled = np.flatnonzero((sketch > 0).all(axis=1)) if n else np.zeros(0, np.int64)
    for at in range(0, width, BAND):
        key = np.zeros(len(filled), np.uint64)
        with np.errstate(over="ignore"):
            for column in range(at, at + BAND):
                key = key * np.uint64(0x9E3779B97F4A7C15) + sketch[filled, column].astype(np.uint64)
        order = np.lexsort((content[filled], key))
        rows, key = filled[order], key[order]
        fresh = np.ones(len(rows), bool)
        fresh[1:] = key[1:] != key[:-1]
        further = np.flatnonzero(~fresh)
        first = rows[np.maximum.accumulate(np.where(fresh, np.arange(len(rows)), 0))[further]]
        for rival in (first, rows[further - 1]):
            for begin in range(0, len(further), BLOCK):  # a million rows at once would take hundreds of megabytes
                mine, other = rows[further[begin : begin + BLOCK]], rival[begin : begin + BLOCK]
                alike = np.flatnonzero((sketch[mine] == sketch[other]).mean(axis=1) >= ALIKE)
                yield mine[alike], other[alike]


def _same(content: NDArray[np.uint64]) -> tuple[Int, Int]:
    order = np.argsort(content, kind="stable")
    same = np.flatnonzero(content[order][1:] == content[order][:-1])
    return order[same], order[same + 1]


def _people(customer: NDArray[np.uint64], opens: Int) -> Int:
    """Different customers of each group of rows; an unknown one is another each time."""
    group = np.repeat(np.arange(len(opens)), np.diff(opens, append=len(customer)))
    order = np.lexsort((customer, group))
    customer, group = customer[order], group[order]
    again = (customer[1:] == customer[:-1]) & (group[1:] == group[:-1]) & (customer[1:] > 0)
    return np.bincount(group, minlength=len(opens)) - np.bincount(group[1:][again], minlength=len(opens))


def _is_wave(day: Int) -> bool:
    """Whether many of the dated rows of a group came within days."""
    days = np.sort(day[day > NO_DATE])
    return bool((days[WAVE_ROWS - 1 :] - days[: max(len(days) - WAVE_ROWS + 1, 0)] < WAVE_DAYS).any())
