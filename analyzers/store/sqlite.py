"""The store in one SQLite file: write-ahead log, one transaction a change, errors worded by their cause."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import StoreError
from ..vocabulary import CLASSES
from .lock import Lock
from .migrations import APPLICATION, SCHEMA, STEPS
from .model import COUNTED, GRAVE, USED, Daily, Delivery, Incoming, Known, Tally
from .transfer import dump, load

GRAVE_FROM = round(CLASSES[0][1] * 1000)
BUSY = 5000  # milliseconds that a reader beside us may hold the file
KEY_NAME, CHECK_NAME, FLOOR_NAME = "key", "key_check", "floor"
_DELIVERY = "id, made, period, owner, target, subject, news, body, state, attempts, delivered"


class SqliteStore:
    """A memory in a file; see `model.Store`."""

    def __init__(self, path: Path, lock: Lock | None) -> None:
        self.path = path
        self._lock = lock
        try:
            fresh = not path.exists() or path.stat().st_size == 0
            if fresh:
                os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # labels of customers' letters: for the owner
            self.base = sqlite3.connect(path, timeout=BUSY / 1000, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            if lock is not None:
                lock.release()
            raise StoreError("store.unwritable", path=str(path), detail=str(error)) from error
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        with self._worded():
            application = self.base.execute("PRAGMA application_id").fetchone()[0]
            found = int(self.base.execute("PRAGMA user_version").fetchone()[0])
            tables = self.base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables and application != APPLICATION:
                raise StoreError("store.foreign", path=str(self.path))
            if found > SCHEMA:
                raise StoreError("store.newer", path=str(self.path), found=found, known=SCHEMA)
            self.base.execute("PRAGMA journal_mode = WAL")
            self.base.execute("PRAGMA synchronous = FULL")
            self.base.execute("PRAGMA foreign_keys = ON")
            self.base.execute("PRAGMA secure_delete = ON")  # what is forgotten stays in no free page of the file
        for number in range(found, SCHEMA):
            with self.change():
                self.base.execute(f"PRAGMA application_id = {APPLICATION}")
                for statement in STEPS[number]:
                    self.base.execute(statement)
                self.base.execute(f"PRAGMA user_version = {number + 1}")

    @contextmanager
    def _worded(self) -> Generator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise _error(error, self.path) from error

    @contextmanager
    def change(self) -> Generator[None]:
        """One transaction: whole or not at all."""
        with self._worded():
            self.base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.base.execute("COMMIT")
            except BaseException:
                if self.base.in_transaction:
                    self.base.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file and give the lock back."""
        self.base.close()
        if self._lock is not None:
            self._lock.release()

    # -- small values ------------------------------------------------------------------------------------------------

    def setting(self, name: str, value: str | None = None) -> str | None:
        """A small value kept; with `value` it is set first."""
        if value is not None:
            with self.change():
                self._set(name, value)
        with self._worded():
            row = self.base.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _set(self, name: str, value: str) -> None:
        self.base.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def secret(self) -> bytes:
        """``SVC_MASK_KEY`` where it is set, else a random key of this file; another key than before is refused.

        Raises
        ------
        StoreError
            ``store.key``: under another key every row would count as new.
        """
        own = os.environ.get("SVC_MASK_KEY")
        kept = self.setting(KEY_NAME)
        check = self.setting(CHECK_NAME)
        if check is None:
            kept = "" if own else secrets.token_hex(16)
            with self.change():
                self._set(KEY_NAME, kept)
                self._set(CHECK_NAME, _check(_key(own or kept)))
        key = _key(kept or own or "")
        if check is not None and check != _check(key):
            raise StoreError("store.key", path=str(self.path))
        return key

    # -- rows --------------------------------------------------------------------------------------------------------

    def remember(self, rows: Sequence[Incoming], version: str, *, replace: bool = False) -> Tally:
        """Take in rows; with `replace` the days they span are emptied first."""
        with self.change():
            if replace and rows:
                self._drop(min(row.day for row in rows), max(row.day for row in rows), sums=True)
            return self.take(rows, version)

    def take(self, rows: Sequence[Incoming], version: str) -> Tally:
        """Take in rows inside the caller's transaction."""
        return _Taking(self, version).take(rows)

    def _drop(self, first: int, last: int, *, sums: bool) -> int:
        of_days = "SELECT id FROM complaints WHERE day BETWEEN ? AND ?"
        self.base.execute(f"DELETE FROM marks WHERE complaint IN ({of_days})", (first, last))
        n = self.base.execute("DELETE FROM complaints WHERE day BETWEEN ? AND ?", (first, last)).rowcount
        if sums:
            self.base.execute("DELETE FROM daily WHERE day BETWEEN ? AND ?", (first, last))
        return n

    def forget(self, before: int, *, sums: bool) -> int:
        """Drop the rows of days before one and quotes of them, their sums too where asked; how many rows."""
        with self.change():
            n = self._drop(0, before - 1, sums=sums)
            self._drop_quotes(before, waiting=sums)
            self._set(FLOOR_NAME, str(max(before, self.floor())))
            return n

    def _drop_quotes(self, before: int, *, waiting: bool) -> None:
        """Empty the digests of periods that end before a day; with `waiting` those not delivered yet go too."""
        from ..periods import span_of  # with all that reads rows, which no other job on the memory needs

        found = self.base.execute("SELECT id, period, state FROM digests WHERE body IS NOT NULL").fetchall()
        for number, period, state in found:
            span = span_of(period)
            if span is None or span[1].toordinal() >= before:
                continue
            if state == "delivered":
                self.base.execute("UPDATE digests SET body = NULL WHERE id = ?", (number,))
            elif waiting:
                self.base.execute("DELETE FROM digests WHERE id = ?", (number,))

    def floor(self) -> int:
        """First day whose rows are still known one by one."""
        return int(self.setting(FLOOR_NAME) or 0)

    def daily(self) -> Daily:
        """Sums by day."""
        with self._worded():
            versions = dict(self.base.execute("SELECT id, tag FROM versions ORDER BY id").fetchall())
            names = dict(self.base.execute("SELECT id, name FROM names ORDER BY id").fetchall())
            rows = self.base.execute(
                "SELECT day, version, name, n, severity FROM daily WHERE n > 0 ORDER BY day, version, name"
            ).fetchall()
        table = np.array(rows, np.int64).reshape(-1, 5)
        place = {number: at for at, number in enumerate(versions)}, {number: at for at, number in enumerate(names)}
        return Daily(
            table[:, 0],
            np.array([place[0][int(v)] for v in table[:, 1]], np.int64),
            np.array([place[1][int(v)] for v in table[:, 2]], np.int64),
            table[:, 3], table[:, 4], tuple(versions.values()), tuple(names.values()),
        )  # fmt: skip

    def known(self) -> Known:
        """What there is."""
        with self._worded():
            rows = self.base.execute("SELECT count(*) FROM complaints").fetchone()[0]
            first, last = self.base.execute("SELECT min(day), max(day) FROM daily WHERE n > 0").fetchone()
            tags = [str(row[0]) for row in self.base.execute("SELECT tag FROM versions ORDER BY id")]
            pending = self.base.execute("SELECT count(*) FROM digests WHERE state = 'pending'").fetchone()[0]
        return Known(str(self.path), SCHEMA, int(rows), first, last, tuple(tags), int(pending))

    # -- digests -----------------------------------------------------------------------------------------------------

    def post(self, period: str, owner: str, target: str, subject: str, news: str, body: str, made: str) -> int:
        """Put a digest into the outbox; its number."""
        with self.change():
            done = self.base.execute(
                "INSERT INTO digests (made, period, owner, target, subject, news, body, state, attempts) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', 0)",
                (made, period, owner, target, subject, news, body),
            )
            return int(done.lastrowid or 0)

    def told(self, period: str, owner: str, subject: str, news: str, when: str) -> None:
        """Note a digest that was printed: delivered at once."""
        with self.change():
            self.base.execute(
                "INSERT INTO digests (made, period, owner, target, subject, news, body, state, attempts, delivered) "
                "VALUES (?, ?, ?, 'stdout', ?, ?, NULL, 'delivered', 1, ?)",
                (when, period, owner, subject, news, when),
            )

    def waiting(self) -> list[Delivery]:
        """Digests not delivered yet, oldest first."""
        return self._digests("WHERE state = 'pending' ORDER BY id")

    def deliveries(self, owner: str | None = None) -> list[Delivery]:
        """All digests delivered, newest first."""
        if owner is None:
            return self._digests("WHERE state = 'delivered' ORDER BY id DESC")
        return self._digests("WHERE state = 'delivered' AND owner = ? ORDER BY id DESC", owner)

    def digests_in_order(self) -> list[Delivery]:
        """All of them, as they were made."""
        return self._digests("ORDER BY id")

    def _digests(self, where: str, *values: str) -> list[Delivery]:
        with self._worded():
            return [Delivery(*row) for row in self.base.execute(f"SELECT {_DELIVERY} FROM digests {where}", values)]

    def delivered(self, number: int, when: str, *, keep_body: bool = False) -> None:
        """A digest has reached its reader."""
        body = "" if keep_body else ", body = NULL"
        with self.change():
            self.base.execute(
                f"UPDATE digests SET state = 'delivered', delivered = ?, attempts = attempts + 1{body} WHERE id = ?",
                (when, number),
            )

    def failed(self, number: int) -> None:
        """An attempt to deliver failed."""
        with self.change():
            self.base.execute("UPDATE digests SET attempts = attempts + 1 WHERE id = ?", (number,))

    # -- whole stores ------------------------------------------------------------------------------------------------

    def dump(self) -> Iterator[dict[str, Any]]:
        """Everything as plain records, in a fixed order."""
        with self._worded():
            yield from dump(self)

    def load(self, records: Iterable[dict[str, Any]]) -> Tally:
        """Take in the records of another memory's dump."""
        with self.change():
            return load(self, records)

    def backup(self) -> Path:
        """A copy beside the memory, before something is replaced."""
        target = self.path.with_name(self.path.name + ".bak")
        with self._worded():
            target.unlink(missing_ok=True)
            self.base.execute("VACUUM INTO ?", (str(target),))
        target.chmod(0o600)
        return target

    def number_of(self, table: str, column: str, value: str) -> int:
        """The id of a version or a name, made where it is new."""
        self.base.execute(f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)", (value,))
        return int(self.base.execute(f"SELECT id FROM {table} WHERE {column} = ?", (value,)).fetchone()[0])


class _Taking:
    """Rows on their way in, inside a transaction."""

    def __init__(self, store: SqliteStore, version: str) -> None:
        self.base = store.base
        self.version = store.number_of("versions", "tag", version)
        self._store = store
        self._names: dict[str, int] = {}
        self._sums: dict[tuple[int, int, int], list[int]] = {}

    def name(self, name: str) -> int:
        if name not in self._names:
            self._names[name] = self._store.number_of("names", "name", name)
        return self._names[name]

    def take(self, rows: Sequence[Incoming]) -> Tally:
        floor = self._store.floor()
        added = known = changed = too_old = 0
        for row in rows:
            if row.day < floor:
                too_old += 1
                continue
            labels = ",".join(str(number) for number in sorted(self.name(name) for name in row.labels))
            now = (row.day, self.version, int(row.counted), row.severity, labels)
            found = self._find(row.marks)
            if found is None:
                done = self.base.execute(
                    "INSERT INTO complaints (day, version, counted, severity, labels) VALUES (?, ?, ?, ?, ?)", now
                )
                number = int(done.lastrowid or 0)
                added += 1
                self._count(now, 1)
            else:
                number, before = found
                known += 1
                if before != now:
                    changed += before[0:1] + before[2:] != now[0:1] + now[2:]
                    self._count(before, -1)
                    self._count(now, 1)
                    self.base.execute(
                        "UPDATE complaints SET day = ?, version = ?, counted = ?, severity = ?, labels = ? "
                        "WHERE id = ?",
                        (*now, number),
                    )
            self.base.executemany("INSERT OR IGNORE INTO marks VALUES (?, ?)", [(m, number) for m in row.marks])
        self._write_sums()
        return Tally(added, known, changed, too_old=too_old)

    def _find(self, marks: Sequence[bytes]) -> tuple[int, tuple[int, int, int, int, str]] | None:
        for mark in marks:
            row = self.base.execute(
                "SELECT c.id, c.day, c.version, c.counted, c.severity, c.labels "
                "FROM marks m JOIN complaints c ON c.id = m.complaint WHERE m.mark = ?",
                (mark,),
            ).fetchone()
            if row is not None:
                return int(row[0]), tuple(row[1:])
        return None

    def _count(self, row: tuple[int, int, int, int, str], sign: int) -> None:
        """A row's part of the sums of its day."""
        day, version, counted, severity, labels = row
        names = [self.name(USED)]
        if counted:
            names.append(self.name(COUNTED))
            names += [int(label) for label in labels.split(",") if label]
            if severity >= GRAVE_FROM:
                names.append(self.name(GRAVE))
        for name in names:
            cell = self._sums.setdefault((day, version, name), [0, 0])
            cell[0] += sign
            cell[1] += sign * severity

    def _write_sums(self) -> None:
        self.base.executemany(
            "INSERT INTO daily VALUES (?, ?, ?, ?, ?) ON CONFLICT (day, version, name) "
            "DO UPDATE SET n = n + excluded.n, severity = severity + excluded.severity",
            [(*cell, n, severity) for cell, (n, severity) in sorted(self._sums.items()) if n or severity],
        )


def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"svc-store").digest()


def _check(key: bytes) -> str:
    return hashlib.blake2b(b"check", key=key, digest_size=8).hexdigest()


def _error(error: sqlite3.Error, path: Path) -> StoreError:
    """SQLite's error by its cause."""
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error)
    if name.startswith("SQLITE_FULL") or "full" in text:
        code = "store.full"
    elif name.startswith("SQLITE_IOERR"):
        code = "store.io"
    elif name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "malformed" in text or "not a database" in text:
        code = "store.damaged"
    elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        code = "store.unwritable"
    elif name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        code = "store.busy"
    else:
        code = "store.failed"
    return StoreError(code, path=str(path), detail=text)
