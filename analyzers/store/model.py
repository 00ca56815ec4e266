"""What a store keeps and gives: the interface behind which SQLite stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]

USED, COUNTED, GRAVE = "*", "+", "!"  # names of the sums beside those of categories: rows, complaints, class A


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row on its way into the memory.

    Attributes
    ----------
    marks : tuple of bytes
        Keyed hashes, any of which makes it a row already known: the first is its own, the others other ways to know it.
    day : int
        Proleptic ordinal.
    counted : bool
        Whether it is a complaint or a claim.
    severity : int
        In thousandths.
    labels : tuple of str
        Categories, sorted.
    """

    marks: tuple[bytes, ...]
    day: int
    counted: bool
    severity: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What remembering some rows came to.

    Attributes
    ----------
    added, known, changed : int
        New rows; rows known already; of these, rows whose labels, day or severity are other now.
    late : int
        New rows of periods that a digest has told of already.
    too_old : int
        Rows older than the memory reaches: whether they were counted cannot be told any more.
    """

    added: int = 0
    known: int = 0
    changed: int = 0
    late: int = 0
    too_old: int = 0


@dataclass(frozen=True, slots=True)
class Daily:
    """Sums by day, version and name, as parallel arrays.

    Attributes
    ----------
    day, version, name, n, severity : ndarray of int64
        `version` and `name` point into `versions` and `names`; `severity` in thousandths.
    """

    day: Int
    version: Int
    name: Int
    n: Int
    severity: Int
    versions: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A digest on its way to a reader, or there.

    Attributes
    ----------
    news : str
        JSON of what it told; what the next one is compared with.
    body : str or None
        JSON of the message while it waits; empty once delivered unless quotes are kept.
    """

    id: int
    made: str
    period: str
    owner: str
    target: str
    subject: str
    news: str
    body: str | None
    state: str
    attempts: int
    delivered: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the memory holds, for `--history` and `svc doctor`."""

    path: str
    schema: int
    rows: int
    first: int | None
    last: int | None
    versions: tuple[str, ...]
    pending: int


class Store(Protocol):
    """A memory; every change is one transaction: it happens whole or not at all."""

    path: Path

    def secret(self) -> bytes:
        """Key of the hashes of this memory."""
        ...

    def remember(self, rows: Sequence[Incoming], version: str, *, replace: bool = False) -> Tally:
        """Take in rows; with `replace` the days they span are emptied first."""
        ...

    def daily(self) -> Daily:
        """Sums by day."""
        ...

    def forget(self, before: int, *, sums: bool) -> int:
        """Drop the rows of days before one and what digests quote of them; how many rows.

        With `sums` their sums go too, and digests of those days that still wait.
        """
        ...

    def known(self) -> Known:
        """What there is."""
        ...

    def setting(self, name: str, value: str | None = None) -> str | None:
        """A small value kept; with `value` it is set first."""
        ...

    def post(self, period: str, owner: str, target: str, subject: str, news: str, body: str, made: str) -> int:
        """Put a digest into the outbox; its number."""
        ...

    def told(self, period: str, owner: str, subject: str, news: str, when: str) -> None:
        """Note a digest that was printed: delivered at once."""
        ...

    def waiting(self) -> list[Delivery]:
        """Digests not delivered yet, oldest first."""
        ...

    def delivered(self, number: int, when: str, *, keep_body: bool = False) -> None:
        """A digest has reached its reader."""
        ...

    def failed(self, number: int) -> None:
        """An attempt to deliver failed."""
        ...

    def deliveries(self, owner: str | None = None) -> list[Delivery]:
        """All digests delivered, newest first."""
        ...

    def dump(self) -> Iterator[dict[str, Any]]:
        """Everything as plain records, in a fixed order."""
        ...

    def load(self, records: Iterable[dict[str, Any]]) -> Tally:
        """Take in the records of another memory's dump."""
        ...

    def backup(self) -> Path:
        """A copy beside the memory, before something is replaced."""
        ...

    def close(self) -> None:
        """Close it and give the lock back."""
        ...
