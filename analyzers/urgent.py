"""Which single complaints are urgent, and which comes first: one order for keeping their texts and for showing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .evidence import MAX_QUOTE, excerpt
from .label import ChunkLabels
from .lexicon import Category
from .read import Record
from .records import MAX_URGENT
from .signs import bits_of
from .vocabulary import CLASSES, COUNTED, KINDS

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
GRAVE = CLASSES[0][1]  # severity from which a row is urgent
SPARE = 2  # texts kept of a chunk for one that can be shown: which rows count is known at the end only
_PEOPLE = bits_of(("life_threat", "harm"))
_COUNTED = [KINDS.index(kind) for kind in COUNTED]


def endangers(signs: NDArray[Any], doc: Int, category: Int, categories: Sequence[Category]) -> Bool:
    """Which texts tell of danger to people: a fact about life or health, or a grave pain of safety.

    Parameters
    ----------
    signs : ndarray of shape (n_texts,)
        Bits of `signs.SIGNS`.
    doc, category : ndarray of int64
        The categories given, as parallel arrays.
    """
    grave = np.array([c.system == "safety" and c.severity >= GRAVE for c in categories], bool)
    found = signs.astype(np.int64) & _PEOPLE != 0
    found[doc[grave[category]]] = True
    return found


def by_urgency(danger: Bool, severity: NDArray[Any], day: Int, content: NDArray[Any], key: NDArray[Any]) -> Int:
    """Order of urgent rows: danger to people first, then the worst, then the newest; no order of rows decides."""
    return np.lexsort((key, content, -day, -severity, ~danger))


class UrgentTexts:
    """Texts that may be shown as urgent: of each chunk the first by `by_urgency`, whatever its size."""

    def __init__(self, categories: Sequence[Category]) -> None:
        self._categories = categories
        self._texts: dict[tuple[str, int], str] = {}  # by source and row

    def add(self, batch: Sequence[Record], labels: ChunkLabels, day: Int, key: NDArray[np.uint64]) -> None:
        """Take in a chunk: each text around its first mention."""
        rows = np.flatnonzero((labels.severity >= GRAVE) & np.isin(labels.kind, _COUNTED))
        if not len(rows):
            return
        danger = endangers(labels.signs, labels.doc, labels.category, self._categories)
        order = by_urgency(danger[rows], labels.severity[rows], day[rows], labels.content[rows], key[rows])
        first = _first_mentions(labels, len(batch))
        in_order: list[int] = rows[order].tolist()
        met: set[int] = set()  # keys: rows that share one count once
        for doc in in_order:
            met.add(int(key[doc]))
            if len(met) > SPARE * MAX_URGENT:
                break
            record = batch[doc]
            self._texts[record.source, record.row] = excerpt(record.text, first[doc], first[doc], MAX_QUOTE)[0]

    def of(self, source: str, row: int) -> str:
        """The text of a row, "" where it was not kept."""
        return self._texts.get((source, row), "")


def _first_mentions(labels: ChunkLabels, n: int) -> list[int]:
    """Where the first mention of a pain begins in each text, 0 where none does."""
    pains = ~labels.mentions.strength
    none = np.iinfo(np.int64).max
    first = np.full(n, none, np.int64)
    np.minimum.at(first, labels.mentions.doc[pains], labels.mentions.start[pains])
    found: list[int] = np.where(first == none, 0, first).tolist()
    return found
