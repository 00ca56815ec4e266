"""Facts of a chunk as columns: effort, broken promises, and the clock of each claim."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assess.claim import clock
from .assess.expectation import SOURCES
from .assess.facts import NOTHING
from .assess.law import rules
from .label import ChunkLabels
from .read import Record
from .vocabulary import KINDS

EFFORTS = ("contacts", "days_waited", "visits", "documents")
CLAIM = KINDS.index("claim")


def told_columns(records: list[Record], labels: ChunkLabels, today: dt.date | None) -> dict[str, NDArray[Any]]:
    """Columns of a chunk, as `Columns` has them."""
    n = len(records)
    found: dict[str, NDArray[Any]] = {name: np.zeros(n, np.int16) for name in EFFORTS}
    found |= {"promise": np.zeros(n, np.int8), "due": np.zeros(n, np.int32), "rule": np.zeros(n, np.int16)}
    found["sum"] = np.full(n, np.nan)
    for doc, facts in enumerate(labels.told):
        if facts is None:
            continue
        if facts.effort is not None:
            for name in EFFORTS:
                found[name][doc] = getattr(facts.effort, name) or 0
        if facts.promise is not None:
            found["promise"][doc] = SOURCES.index(facts.promise.by) + 1
    for doc in np.flatnonzero(labels.kind == CLAIM).tolist():
        facts = labels.told[doc] or NOTHING
        running = clock(facts, facts.demands, written_day(records[doc]), today)
        if running.due is not None:
            found["due"][doc] = running.due.toordinal()
        if running.rule is not None:
            found["rule"][doc] = rules().index(running.rule) + 1
        if facts.amount is not None:
            found["sum"][doc] = facts.amount.value
    return found


def written_day(record: Record) -> dt.date | None:
    """The day of a row."""
    return dt.date.fromisoformat(record.date[:10]) if record.date else None
