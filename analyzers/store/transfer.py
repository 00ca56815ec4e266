"""A store as JSON Lines and back: for another machine, for another tool, for a backup one can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import StoreError
from .migrations import SCHEMA
from .model import Incoming, Tally

if TYPE_CHECKING:
    from .sqlite import SqliteStore

HEAD = "svc-memory"
DIGEST = ("made", "period", "owner", "target", "subject", "news", "body", "state", "attempts", "delivered")


def dump(store: SqliteStore) -> Iterator[dict[str, Any]]:
    """The head, then settings, sums of forgotten days, rows with their marks, digests."""
    base = store.base
    yield {HEAD: SCHEMA}
    names = dict(base.execute("SELECT id, name FROM names").fetchall())
    versions = dict(base.execute("SELECT id, tag FROM versions").fetchall())
    for name, value in base.execute("SELECT name, value FROM settings ORDER BY name").fetchall():
        yield {"setting": name, "value": value}
    floor = store.floor()
    for day, version, name, n, severity in base.execute(
        "SELECT day, version, name, n, severity FROM daily WHERE day < ? AND n > 0 ORDER BY 1, 2, 3", (floor,)
    ).fetchall():
        yield {"day": day, "version": versions[version], "name": names[name], "n": n, "severity": severity}
    marks: dict[int, list[str]] = {}
    for mark, number in base.execute("SELECT mark, complaint FROM marks ORDER BY mark").fetchall():
        marks.setdefault(number, []).append(bytes(mark).hex())
    for number, day, version, counted, severity, labels in base.execute(
        "SELECT id, day, version, counted, severity, labels FROM complaints ORDER BY id"
    ).fetchall():
        yield {
            "row": marks.get(number, []), "day": day, "version": versions[version], "counted": bool(counted),
            "severity": severity, "labels": sorted(names[int(label)] for label in labels.split(",") if label),
        }  # fmt: skip
    for found in store.digests_in_order():
        yield {"digest": {name: getattr(found, name) for name in found.__slots__ if name != "id"}}


def load(store: SqliteStore, records: Iterable[dict[str, Any]]) -> Tally:
    """Take in a dump, inside the caller's transaction.

    Raises
    ------
    StoreError
        ``store.no_dump`` for something else, ``store.newer_dump`` for a newer one, ``store.other_key`` where the hashes
        were made with another key and this memory holds rows already.
    """
    source = iter(records)
    head = next(source, None)
    if head is None or not isinstance(head.get(HEAD), int):
        raise StoreError("store.no_dump", path=str(store.path))
    if head[HEAD] > SCHEMA:
        raise StoreError("store.newer", path=str(store.path), found=head[HEAD], known=SCHEMA)
    settings: dict[str, str] = {}
    added = known = 0
    for record in source:
        try:
            if "setting" in record:
                settings[str(record["setting"])] = str(record["value"])
            else:
                if settings:
                    _settings(store, settings)
                    settings = {}
                new = _take(store, record)
                added, known = added + (new is True), known + (new is False)
        except (KeyError, TypeError, ValueError) as error:
            raise StoreError("store.no_dump", path=str(store.path)) from error
    _settings(store, settings)
    return Tally(added, known)


def _settings(store: SqliteStore, given: dict[str, str]) -> None:
    """Take over the key; a memory with rows of another key would count all rows again."""
    base = store.base
    rows = base.execute("SELECT count(*) FROM complaints").fetchone()[0]
    kept = base.execute("SELECT value FROM settings WHERE name = 'key_check'").fetchone()
    if rows and kept and "key_check" in given and kept[0] != given["key_check"]:
        raise StoreError("store.key", path=str(store.path))
    for name, value in given.items():
        if name in ("key", "key_check", "floor") or not rows:
            base.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def _take(store: SqliteStore, record: dict[str, Any]) -> bool | None:
    """One record; whether a row was new, None for another kind of record."""
    base = store.base
    if "row" in record:
        row = Incoming(
            tuple(bytes.fromhex(mark) for mark in record["row"]), int(record["day"]), bool(record["counted"]),
            int(record["severity"]), tuple(str(label) for label in record["labels"]),
        )  # fmt: skip
        return store.take([row], str(record["version"])).added == 1
    if "digest" in record:
        data = record["digest"]
        values = tuple(data[name] for name in DIGEST)
        there = base.execute("SELECT 1 FROM digests WHERE made = ? AND owner = ? AND target = ?",
                             (data["made"], data["owner"], data["target"])).fetchone()  # fmt: skip
        if there is None:
            base.execute(f"INSERT INTO digests ({', '.join(DIGEST)}) VALUES ({', '.join('?' * len(DIGEST))})", values)
        return None
    cell = (
        int(record["day"]), store.number_of("versions", "tag", str(record["version"])),
        store.number_of("names", "name", str(record["name"])), int(record["n"]), int(record["severity"]),
    )  # fmt: skip
    base.execute("INSERT OR REPLACE INTO daily VALUES (?, ?, ?, ?, ?)", cell)
    return None
