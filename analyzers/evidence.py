"""Quotes: the best few places of each category, chosen the same way whatever the order of rows."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .label import PRAISE, ChunkLabels
from .read import Record

Int = NDArray[np.int64]
Float = NDArray[np.float64]
_TEXT = attrgetter("text")

MAX_QUOTE = 280  # characters
PRAISED = 0.1  # probability of a complaint below which praise is taken at its word: docs/reports.md has what that costs
GOOD_LENGTH = (60, 260)


@dataclass(order=True, frozen=True, slots=True)
class Candidate:
    """A place that may be quoted; the better one is the greater."""

    score: float
    content: int
    text: str = field(compare=False)
    start: int = field(compare=False)
    stop: int = field(compare=False)
    source: str = field(compare=False)
    row: int = field(compare=False)
    id: str = field(compare=False)
    severity: float = field(compare=False)
    sure: float = field(compare=False, default=1.0)

    @property
    def place(self) -> tuple[str, str, int]:
        """What tells equal texts apart."""
        return "" if self.id == f"{self.source}:{self.row}" else self.id, self.source, self.row


class Shelf:
    """The best candidates of each category, bounded in number, one a text."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._heaps: dict[int, list[Candidate]] = {}

    def floor(self, categories: int) -> Float:
        """Score by category below which nothing enters: shape (categories,)."""
        floors = np.full(categories, -np.inf)
        for category, heap in self._heaps.items():
            if len(heap) == self.size and category < categories:
                floors[category] = heap[0].score
        return floors

    def wants(self, category: int, candidate: tuple[float, int]) -> bool:
        """Whether a (score, content) could enter."""
        heap = self._heaps.get(category, [])
        return len(heap) < self.size or candidate >= (heap[0].score, heap[0].content)

    def add(self, category: int, candidate: Candidate) -> None:
        """Offer a candidate."""
        heap = self._heaps.setdefault(category, [])
        if len(heap) == self.size and candidate < heap[0]:
            return
        if any(kept.content == candidate.content for kept in heap):
            # of equal texts the least id stands for all, without ids the first file and row: no order of rows decides
            same = next(kept for kept in heap if kept.content == candidate.content)
            if candidate.place < same.place:
                heap[heap.index(same)] = candidate
            return
        heapq.heappush(heap, candidate)
        if len(heap) > self.size:
            heapq.heappop(heap)

    def best(self, category: int) -> list[Candidate]:
        """The candidates kept, best first."""
        return sorted(self._heaps.get(category, []), reverse=True)


def offer(shelf: Shelf, records: list[Record], labels: ChunkLabels, *, strengths: bool) -> None:
    """Offer a chunk's mentions to a shelf.

    Parameters
    ----------
    strengths : bool
        Praise instead of pain, and only of texts that praise: a kind word in a complaint is mostly irony or hope.
    """
    doc, category, begin, end, weight = _places(labels, strengths)
    if not len(doc):
        return
    length = np.array([*map(len, map(_TEXT, records))], np.int64)
    fit = np.where(length < GOOD_LENGTH[0], 0.4, np.where(length <= GOOD_LENGTH[1], 1.0, 0.6))
    certain = np.ones(len(doc))
    score = fit[doc] / 2 + 2 * np.minimum(weight, 1.0) + labels.complaint[doc] * (1 if not strengths else -1)
    if not strengths:
        # the best quote is surely about the category, about little else, and shows how bad it gets
        others = np.maximum(np.bincount(labels.doc, minlength=len(records)), 1)
        certain = np.sqrt(_sure(labels, doc, category))
        score = score + 4 * certain + 1 / others[doc] + labels.severity[doc] / 2
    score = np.round(score, 4)
    # best first in each category; only those that could enter the shelf are spelled out
    able = np.flatnonzero(score >= shelf.floor(int(category.max()) + 1)[category])
    doc, category, begin, end = doc[able], category[able], begin[able], end[able]
    score, certain = score[able], certain[able]
    order = np.lexsort((begin, doc, ~labels.content[doc], -score, category))
    # enough different texts of each category: equal ones stand side by side, and must not crowd the others out
    sorted_, content = category[order], labels.content[doc[order]]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (sorted_[1:] != sorted_[:-1]) | (content[1:] != content[:-1])
    number = np.cumsum(fresh)
    order = order[number - number[np.searchsorted(sorted_, sorted_, "left")] < 4 * shelf.size]
    seen: set[tuple[int, int]] = set()
    for at in order.tolist():
        pair = int(category[at]), int(doc[at])
        if pair in seen:
            continue
        seen.add(pair)
        record = records[pair[1]]
        candidate = (float(score[at]), int(labels.content[pair[1]]))
        if shelf.wants(pair[0], candidate):
            text, start, stop = excerpt(record.text, int(begin[at]), int(end[at]))
            shelf.add(
                pair[0],
                Candidate(
                    *candidate, text, start, stop, record.source, record.row,
                    record.id or f"{record.source}:{record.row}", float(labels.severity[pair[1]]), float(certain[at]),
                ),
            )  # fmt: skip


def praises(kind: NDArray[np.int8], complaint: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Texts whose praise is worth repeating: taken for praise, and by next to nothing for a complaint.

    Parameters
    ----------
    kind : ndarray of int8, shape (n_rows,)
    complaint : ndarray of float, shape (n_rows,)
        Probability in [0, 1] that the text reports a problem.
    """
    return (kind == PRAISE) & (complaint < PRAISED)


def _places(labels: ChunkLabels, strengths: bool) -> tuple[Int, Int, Int, Int, Float]:
    """Text, category, start, stop and weight of all that may be quoted.

    A category that the model alone gave has no mention: its quote is the beginning of the text, with nothing marked.
    """
    mentions = labels.mentions
    mine = mentions.strength == strengths
    if strengths:
        mine &= praises(labels.kind, labels.complaint)[mentions.doc]
    places = [mentions.doc[mine], mentions.category[mine], mentions.start[mine], mentions.stop[mine]]
    weight = mentions.weight[mine]
    if not strengths and labels.by_model.any():
        doc, category = labels.doc[labels.by_model], labels.category[labels.by_model]
        nothing = np.zeros(len(doc), np.int64)
        added = (doc, category, nothing, nothing)
        places = [np.concatenate((column, more)) for column, more in zip(places, added, strict=True)]
        weight = np.concatenate((weight, np.zeros(len(doc))))
    return (*places, weight)  # pyright: ignore[reportReturnType]  four columns and the weight


def _sure(labels: ChunkLabels, doc: Int, category: Int) -> Float:
    """How sure each category of a text is, 0 where the text has it not."""
    if not len(labels.doc):
        return np.zeros(len(doc))
    width = np.int64(max(labels.category.max(initial=0), category.max(initial=0)) + 1)
    key = labels.doc * width + labels.category
    order = np.argsort(key, kind="stable")
    asked = doc * width + category
    at = np.minimum(np.searchsorted(key, asked, sorter=order), len(key) - 1)
    found = order[at]
    return np.where(key[found] == asked, (labels.sure * labels.fits)[found], 0.0)


def excerpt(text: str, start: int, stop: int, limit: int = MAX_QUOTE) -> tuple[str, int, int]:
    """A piece of the text around a span, cut at words, and the span in it.

    Examples
    --------
    >>> excerpt("Заказ не привезли", 6, 17)
    ('Заказ не привезли', 6, 17)
    """
    if len(text) <= limit:
        return text, start, stop
    room = max(limit - (stop - start), 0)
    low = max(0, start - room // 2)
    high = min(len(text), low + limit)
    low = max(0, min(low, high - limit))
    if low > 0:
        space = text.find(" ", low, start)
        low = low if space < 0 else space + 1
    if high < len(text):
        space = text.rfind(" ", stop, high)
        high = high if space < 0 else space
    before, after = ("… " if low > 0 else ""), (" …" if high < len(text) else "")
    shift = len(before) - low
    return before + text[low:high] + after, start + shift, min(stop, high) + shift
