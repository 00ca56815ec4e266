"""The rows of a run on their way into the memory: keyed hashes by which they are known again, days, labels."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from .columns import NO_DATE, Columns
from .config import Settings
from .lexicon import Lexicon
from .store.model import Incoming
from .vocabulary import COUNTED, KINDS

Bool = NDArray[np.bool_]
MARK = 12  # bytes: a collision among a million rows has a chance of 1e-17
COUNTED_CODES = frozenset(KINDS.index(kind) for kind in COUNTED)


def version_tag(lexicon: Lexicon, settings: Settings, version: str) -> str:
    """What made the labels: the tool, the lexicon and the settings that change a label.

    Rows with another tag are not compared: a better lexicon is no trend.
    """
    facts = {name: sorted(parts.items()) for name, parts in settings.weights.facts.items()}
    chosen = (sorted(settings.sectors), settings.model, sorted(facts.items()))
    digest = hashlib.blake2b(repr(chosen).encode(), digest_size=4).hexdigest()
    return f"{version}|{lexicon.version}|{digest}"


def incoming(columns: Columns, used: Bool, lexicon: Lexicon, key: bytes, undated: int = NO_DATE) -> list[Incoming]:
    """Used rows with a day, as a memory keeps them.

    A row is known again by any of its marks: its id on the same day; its id with the same text (a date put right);
    its customer with the same text. An id alone is not enough, for numbers that begin anew in each export would hide
    a whole week. Without id and customer it is the text, the day, and which of the day's equal texts it is.

    Parameters
    ----------
    used : ndarray of bool of shape (n_rows,)
    key : bytes
        Of the memory.
    undated : int
        Day of the rows that have none; `NO_DATE`: they are left out.
    """
    names = list(lexicon.categories)
    kinds, severity = columns["kind"], columns["severity"]
    days = np.where(columns["date"] > NO_DATE, columns["date"], undated)
    labels: list[list[str]] = [[] for _ in range(columns.n)]
    doc: int
    category: int
    for doc, category in zip(columns["doc"].tolist(), columns["category"].tolist(), strict=True):
        labels[doc].append(names[category])
    met: Counter[tuple[int, int]] = Counter()
    found: list[Incoming] = []
    for row in np.flatnonzero(used & (days > NO_DATE)).tolist():
        day, content, customer = int(days[row]), int(columns["content"][row]), int(columns["customer"][row])
        counted = int(kinds[row]) in COUNTED_CODES
        marks: list[bytes] = []
        if columns.ids[row]:
            own = int(columns["key"][row])
            marks += [_mark(key, b"day", own, day), _mark(key, b"text", own, content)]
        if customer:
            marks.append(_mark(key, b"person", customer, content))
        if not marks:
            nth = met[day, content]
            met[day, content] += 1
            marks.append(_mark(key, b"plain", day, content, nth))
        found.append(
            Incoming(
                tuple(marks), day, counted, round(float(severity[row]) * 1000) if counted else 0,
                tuple(sorted(set(labels[row]))) if counted else (),
            )
        )  # fmt: skip
    return found


def _mark(key: bytes, kind: bytes, *values: int) -> bytes:
    data = b"".join(value.to_bytes(8, "big") for value in values)
    return hashlib.blake2b(data, digest_size=MARK, key=key, person=kind).digest()
