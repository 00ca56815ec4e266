"""All rows of a run as compact columns: what the ranking needs, about a hundred bytes a row, never the texts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assess.status import UNKNOWN, state_of
from .label import ChunkLabels
from .read import Record
from .sketch import WIDTH
from .told import told_columns

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Keys = NDArray[np.uint64]
NO_DATE = 0


EMPTY: dict[str, type[np.generic]] = {
    "source": np.int32, "row": np.int32, "customer": np.uint64, "key": np.uint64, "person": np.uint64, "date": np.int32,
    "closed": np.int32, "status": np.int8, "replied": np.bool_, "rating": np.float32, "content": np.uint64,
    "kind": np.int8, "complaint": np.float32, "severity": np.float64,
    "contacts": np.int16, "days_waited": np.int16, "visits": np.int16, "documents": np.int16, "promise": np.int8,
    "due": np.int32, "rule": np.int16, "sum": np.float64,
    "signs": np.uint64, "doc": np.int32, "category": np.int16, "praised_doc": np.int32, "praised": np.int16,
}  # fmt: skip


@dataclass(slots=True)
class Columns:
    """Columns of length n_rows, joined once by `finish`.

    Attributes
    ----------
    source, row : ndarray
        Number of the input and row in it.
    ids : list of str or None
        Own ids, where the file has them.
    key, person : ndarray of uint64
        What makes two rows one: the id where there is one; the customer and the text where both are known. Never 0.
    customer : ndarray of uint64
        Hash of the customer, 0 where unknown.
    sketch : ndarray of uint32 of shape (n_rows, sketch.WIDTH)
    date : ndarray of int32
        Proleptic ordinal of the day, `NO_DATE` where unknown.
    closed : ndarray of int32
        Like `date`, the day of the answer.
    status : ndarray of int8
        As `assess.status.state_of` reads it.
    replied : ndarray of bool
        Whether there is a reply.
    rating : ndarray of float32
        NaN where unknown.
    contacts, days_waited, visits, documents : ndarray of int16
        As told, 0 where nothing is.
    promise : ndarray of int8
        Who broke a promise: 1 + place in `expectation.SOURCES`, 0 where none did.
    due, rule, sum : ndarray
        Of claims: last day (0 unknown), 1 + place in `law.rules` (0 none), sum in dispute (NaN unknown).
    by : dict of column to ndarray of int32
        Codes of the `--by` values, in `values`.
    """

    by_names: tuple[str, ...] = ()
    today: dt.date | None = None
    sources: list[str] = field(default_factory=list[str])
    ids: list[str | None] = field(default_factory=list[str | None])
    values: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    parts: dict[str, list[NDArray[np.generic]]] = field(default_factory=dict[str, list[NDArray[np.generic]]])
    joined: dict[str, NDArray[Any]] = field(default_factory=dict[str, NDArray[Any]])
    n: int = 0
    _codes: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    _days: dict[str, int] = field(default_factory=dict[str, int])
    _sources: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, records: list[Record], labels: ChunkLabels) -> None:
        """Append a chunk of at least one row."""
        told = dict(zip(Record._fields, zip(*records, strict=True), strict=True))
        self.ids += told["id"]
        source = np.array([*map(self._source, told["source"])], np.int32)
        row, customer = np.array(told["row"], np.int32), _hashes(told["customer"])
        key, person = _keys(_hashes(told["id"]), customer, labels.content, source, row)
        told_apart = {"source": source, "row": row, "customer": customer, "key": key, "person": person}
        for name, column in told_apart.items():
            self._put(name, column)
        for name in ("date", "closed"):
            self._put(name, _each(self._day, told[name], NO_DATE, np.int32))
        self._put("status", _each(state_of, told["status"], UNKNOWN, np.int8))
        self._put("replied", np.array([reply is not None for reply in told["reply"]], bool))
        self._put("rating", _each(float, told["rating"], np.nan, np.float32))
        for name in self.by_names:
            codes = [self._code(name, extra.get(name, "")) for extra in told["extra"]]
            self._put("by:" + name, np.array(codes, np.int32))
        self._put("content", labels.content)
        self._put("sketch", labels.sketch)
        self._put("kind", labels.kind)
        self._put("complaint", labels.complaint.astype(np.float32))
        self._put("severity", labels.severity)
        for name, column in told_columns(records, labels, self.today).items():
            self._put(name, column)
        self._put("signs", labels.signs)
        self._put("doc", (labels.doc + self.n).astype(np.int32))
        self._put("category", labels.category.astype(np.int16))
        self._put("praised_doc", (labels.praised_doc + self.n).astype(np.int32))
        self._put("praised", labels.praised.astype(np.int16))
        self.n += len(records)

    def _put(self, name: str, column: NDArray[np.generic]) -> None:
        self.parts.setdefault(name, []).append(column)

    def _source(self, name: str) -> int:
        if self.sources and name == self.sources[-1]:  # rows of a file come one after another
            return len(self.sources) - 1
        number = self._sources.setdefault(name, len(self.sources))
        if number == len(self.sources):
            self.sources.append(name)
        return number

    def _code(self, column: str, value: str) -> int:
        codes = self._codes.setdefault(column, {})
        number = codes.setdefault(value, len(codes))
        if number == len(self.values.setdefault(column, [])):
            self.values[column].append(value)
        return number

    def _day(self, date: str) -> int:
        day = date[:10]
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = dt.date.fromisoformat(day).toordinal()
        return found

    def finish(self) -> None:
        """Join the chunks; without any, every column is there and empty."""
        names = [*EMPTY, *("by:" + name for name in self.by_names)]
        self.joined = {name: np.zeros(0, EMPTY.get(name, np.int32)) for name in names}
        self.joined["sketch"] = np.zeros((0, WIDTH), np.uint32)
        for name in list(self.parts):  # one by one: twice the whole would not fit where a million rows should
            self.joined[name] = np.concatenate(self.parts.pop(name))

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.joined[name]

    def id_of(self, row: int) -> str:
        """The id of a row: its own, or ``source:row``."""
        return self.ids[row] or f"{self.sources[int(self.joined['source'][row])]}:{int(self.joined['row'][row])}"


def _each(
    of: Callable[[Any], Any], values: Sequence[Any], absent: float, kind: type[np.generic]
) -> NDArray[np.generic]:
    """What a function makes of each value of a chunk; a column that the file has not costs nothing."""
    if values.count(None) == len(values):
        return np.full(len(values), absent, kind)
    return np.array([absent if value is None else of(value) for value in values], kind)


def _keys(
    own: Keys, customer: Keys, content: Keys, source: NDArray[np.int32], row: NDArray[np.int32]
) -> tuple[Keys, Keys]:
    with np.errstate(over="ignore"):
        place = source.astype(np.uint64) << np.uint64(40) | row.astype(np.uint64)
        place = place * np.uint64(0xBF58476D1CE4E5B9) | np.uint64(1)
        mixed = (customer * np.uint64(0x9E3779B97F4A7C15) ^ content) | np.uint64(1)
    # a row without a customer is told by its id before its place: texts parted from one cell share the place
    person = np.where(customer > 0, mixed, np.where(own > 0, own, place))
    return np.where(own > 0, own, person), person


def _hashes(values: Sequence[str | None]) -> Keys:
    """Of a chunk; an absent column costs nothing."""
    if not any(values):
        return np.zeros(len(values), np.uint64)
    return np.array([_hash(value) for value in values], np.uint64)


def _hash(value: str | None) -> int:
    """64-bit hash of an id or a customer, 0 for none."""
    if not value:
        return 0
    plain = " ".join(value.lower().split())
    return int.from_bytes(hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") | 1


def first_of(key: NDArray[np.uint64], *then: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows count: of rows with one key the least by the further columns, so that no order of rows decides.

    Examples
    --------
    >>> first_of(np.array([1, 2, 1], np.uint64), np.array([9, 9, 3], np.uint64)).tolist()
    [False, True, True]
    """
    order = np.lexsort((np.arange(len(key)), *reversed(then), key))
    fresh = np.ones(len(key), bool)
    fresh[1:] = key[order][1:] != key[order][:-1]
    counted = np.zeros(len(key), bool)
    counted[order[fresh]] = True
    return counted


def counted_once(columns: Columns) -> NDArray[np.bool_]:
    """Rows that are no duplicates: neither of an id nor of a customer's own text."""
    then = ("content", "date", "person", "key")
    used = first_of(columns["key"], *(columns[name] for name in then))
    rows = np.flatnonzero(used)
    used[rows] = first_of(columns["person"][rows], *(columns[name][rows] for name in then))
    return used
