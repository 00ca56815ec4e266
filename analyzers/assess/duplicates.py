"""Look-alike complaints: one person writing again, a template sent by many, a wave of either.

Groups are found by bands of the sketches (locality-sensitive hashing: Leskovec et al., Mining of Massive Datasets, 3.4)
and joined by union-find; which rows form a group does not depend on their order.
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

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = int(parent[at])
        return at

    for rows, rivals in _pairs(sketch, content):
        apart = np.flatnonzero(parent[rows] != parent[rivals])  # most copies were joined by an earlier band
        for one, other in zip(rows[apart].tolist(), rivals[apart].tolist(), strict=True):
            a, b = root(one), root(other)
            if a != b:
                parent[max(a, b)] = min(a, b)
    while (parent[parent] != parent).any():
        parent = parent[parent]
    rows = np.flatnonzero(_touched(parent))
    rows = rows[np.argsort(parent[rows], kind="stable")]
    parts = np.split(rows, np.flatnonzero(np.diff(parent[rows])) + 1) if len(rows) else []
    found = [_group(part, content, customer, day) for part in parts]
    return sorted(found, key=lambda group: (-len(group.rows), int(content[group.rows[0]])))


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


def _group(rows: Int, content: NDArray[np.uint64], customer: NDArray[np.uint64], day: Int) -> Group:
    rows = rows[np.lexsort((rows, content[rows]))]
    known = customer[rows][customer[rows] > 0]
    people = len(np.unique(known)) + int((customer[rows] == 0).sum())
    days = np.sort(day[rows][day[rows] > NO_DATE])
    wave = len(days) >= WAVE_ROWS and bool(
        (days[WAVE_ROWS - 1 :] - days[: len(days) - WAVE_ROWS + 1] < WAVE_DAYS).any()
    )
    return Group(rows, people, wave)
