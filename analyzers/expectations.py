"""Broken promises by who made them, and the effort that complaints cost: figures and quotes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .assess.expectation import SOURCES
from .columns import Columns
from .engine.local import Batch
from .label import ChunkLabels
from .mask import mask, mask_value
from .records import EffortOf, Efforts, Expectation, Gap
from .told import EFFORTS
from .vocabulary import COUNTED, KINDS

Int = NDArray[np.int64]
LONGEST = 320  # characters from a promise to the end of what came: longer ones are not quoted
QUOTES, SPARE = 3, 4
FEW = 3  # complaints of a category that must tell an effort before its medians are given
COUNTED_CODES = [KINDS.index(kind) for kind in COUNTED]

_Quote = tuple[float, int, str, str, int, str, tuple[int, int], tuple[int, int]]


class GapShelf:
    """The worst broken promises of each maker, whatever the order of rows."""

    def __init__(self) -> None:
        self._kept: dict[str, list[_Quote]] = {}

    def add(self, batch: Batch, labels: ChunkLabels) -> None:
        """Take in a chunk."""
        counted = np.isin(labels.kind, COUNTED_CODES).tolist()
        for doc, facts in enumerate(labels.told):
            if facts is None or facts.promise is None or not counted[doc]:
                continue
            gap, record = facts.promise, batch[doc]
            low, high = min(gap.promised[0], gap.got[0]), max(gap.promised[1], gap.got[1])
            if high - low > LONGEST:
                continue
            kept = self._kept.setdefault(gap.by, [])
            kept.append(
                (-float(labels.severity[doc]), int(labels.content[doc]), record.id or "", record.source, record.row,
                 record.text[low:high], _moved(gap.promised, low), _moved(gap.got, low))
            )  # fmt: skip
            if len(kept) > 64:
                self._kept[gap.by] = _best(kept)

    def quotes(self, by: str, *, masked: bool) -> list[Gap]:
        """The quotes of one maker."""
        found: list[Gap] = []
        for _, _, own, source, row, text, promised, got in _best(self._kept.get(by, []))[:QUOTES]:
            name = own or f"{source}:{row}"
            if masked:
                hidden = mask(text)
                promised, got = hidden.move(*promised), hidden.move(*got)
                text, name = hidden.text, mask_value(own) if own else name
            found.append(Gap(name, source, row, text, list(promised), list(got)))
        return found


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] - by, span[1] - by


def _best(kept: list[_Quote]) -> list[_Quote]:
    """The worst ones, of equal texts one."""
    found: dict[int, _Quote] = {}
    for quote in sorted(kept):
        found.setdefault(quote[1], quote)
    return list(found.values())[: QUOTES * SPARE]


def expectations(
    columns: Columns, rows: Int, doc: Int, category: Int, names: list[str], shelf: GapShelf, *, masked: bool
) -> list[Expectation]:
    """Broken promises by maker, commonest first.

    Parameters
    ----------
    rows : ndarray of int64
        The counted complaints; `doc` and `category` are their labels.
    names : list of str
        Ids of the categories.
    """
    promise = columns["promise"][rows]
    found: list[Expectation] = []
    for code, by in enumerate(SOURCES, 1):
        mine = promise == code
        n = int(mine.sum())
        if not n:
            continue
        count = np.bincount(category[mine[doc]], minlength=len(names))
        order = sorted(np.flatnonzero(count).tolist(), key=lambda c: (-count[c], names[c]))
        found.append(
            Expectation(by, n, round(n / len(rows), 4), {names[c]: int(count[c]) for c in order},
                        shelf.quotes(by, masked=masked))
        )  # fmt: skip
    return sorted(found, key=lambda entry: (-entry.n, entry.by))


def efforts(columns: Columns, rows: Int, doc: Int, category: Int, names: list[str]) -> Efforts | None:
    """Medians of what was told; None where nothing was."""
    told = {name: columns[name][rows].astype(np.int64) for name in EFFORTS}
    any_told = np.zeros(len(rows), bool)
    for values in told.values():
        any_told |= values > 0
    if not any_told.any():
        return None
    numbers: Int = np.unique(category[any_told[doc]])
    found = [_effort(names[int(c)], told, any_told, doc[category == c]) for c in numbers]
    found = [entry for entry in found if entry.n >= FEW]
    return Efforts(
        _effort(None, told, any_told, np.arange(len(rows))), sorted(found, key=lambda entry: (-entry.n, entry.id or ""))
    )


def _effort(name: str | None, told: dict[str, Int], any_told: NDArray[np.bool_], docs: Int) -> EffortOf:
    figures: dict[str, float | int | None] = {}
    for part in EFFORTS:
        values = told[part][docs]
        values = values[values > 0]
        figures[part + "_n"] = len(values)
        figures[part] = round(float(np.median(values)), 1) if len(values) else None
    return EffortOf(id=name, n=int(any_told[docs].sum()), **figures)  # type: ignore[arg-type]
