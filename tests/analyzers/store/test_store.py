"""The memory: nothing counts twice, nothing is lost, and what cannot be read is said and left alone."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svc.analyzers.errors import LockedError, StoreError, UsageError
from svc.analyzers.store import Incoming, Store, open_store
from svc.analyzers.store.migrations import SCHEMA
from svc.analyzers.store.opened import store_path

DAY = dt.date(2026, 11, 16).toordinal()
RUNS = 200
EVERY = 20  # SQLite's machine steps between two places where the process may die


def row(number: int, day: int = DAY, *labels: str, severity: int = 400, text: int | None = None) -> Incoming:
    """A complaint with an id, and a text of its own unless told otherwise."""
    marks = (f"id{number}@{day}".encode(), f"id{number}:{number if text is None else text}".encode())
    return Incoming(marks, day, True, severity, labels or ("fulfilment.late",))


def sums(store: Store) -> Counter[tuple[int, str, str, int]]:
    """What trends are judged on: (day, version, name, severity) -> number."""
    daily = store.daily()
    return Counter(
        {
            (int(day), daily.versions[version], daily.names[name], int(severity)): int(n)
            for day, version, name, n, severity in zip(
                daily.day, daily.version, daily.name, daily.n, daily.severity, strict=True
            )
        }
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a memory may be."""
    return tmp_path / "weekly.sqlite"


@pytest.fixture
def store(path: Path):
    """An empty memory."""
    found = open_store(str(path), timeout=0)
    yield found
    found.close()


def test_the_same_rows_twice_change_nothing(store: Store) -> None:
    """A cron job that reads last month's export again."""
    rows = [row(i, DAY + i % 9) for i in range(50)]
    first = store.remember(rows, "v1")
    before = sums(store), list(store.dump())
    second = store.remember(rows, "v1")
    assert (first.added, first.known) == (50, 0)
    assert (second.added, second.known, second.changed) == (0, 50, 0)
    assert (sums(store), list(store.dump())) == before


def test_overlapping_exports_do_not_count_twice_and_late_rows_go_to_their_day(store: Store) -> None:
    """Three weekly exports of the last ten days each, one row arriving late."""
    store.remember([row(i, DAY + i) for i in range(10)], "v1")
    tally = store.remember([row(i, DAY + i) for i in range(5, 17)] + [row(99, DAY + 1)], "v1")
    assert (tally.added, tally.known) == (8, 5)
    found = sums(store)
    assert sum(n for (_, _, name, _), n in found.items() if name == "+") == 18
    assert sum(n for (day, _, name, _), n in found.items() if name == "+" and day == DAY + 1) == 2


def test_numbers_that_begin_anew_each_week_are_other_complaints(store: Store) -> None:
    """Ids 1…10 of another week with other texts: a whole week must not vanish."""
    store.remember([row(i, DAY, text=i) for i in range(10)], "v1")
    assert store.remember([row(i, DAY + 7, text=100 + i) for i in range(10)], "v1").added == 10


def test_a_date_put_right_moves_the_complaint(store: Store) -> None:
    """The same id and text on another day is the same complaint."""
    store.remember([row(1, DAY)], "v1")
    tally = store.remember([row(1, DAY + 7)], "v1")
    assert (tally.added, tally.changed) == (0, 1)
    assert {day for day, _, _, _ in sums(store)} == {DAY + 7}


def test_new_labels_replace_the_old_ones_under_their_version(store: Store) -> None:
    """A better lexicon read over the old rows: the sums are those of the new labels."""
    store.remember([row(1, DAY, "fulfilment.late")], "v1")
    tally = store.remember([row(1, DAY, "fulfilment.lost", severity=800)], "v2")
    assert tally.changed == 1
    assert {(version, name) for _, version, name, _ in sums(store)} == {
        ("v2", "*"), ("v2", "+"), ("v2", "!"), ("v2", "fulfilment.lost"),
    }  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_sums_never_depend_on_how_the_rows_came(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Any cutting of the rows into overlapping exports, in any order, ends in the sums of one import."""
    rows = [row(i, DAY + i % 5, f"fulfilment.c{i % 3}", severity=100 * (i % 9)) for i in range(20)]
    parts = data.draw(st.lists(st.lists(st.sampled_from(rows), max_size=12), max_size=5))
    folder = tmp_path_factory.mktemp("law")
    found = []
    for name, pieces in (("whole", [rows]), ("parts", [*parts, data.draw(st.permutations(rows))])):
        store = open_store(str(folder / name), timeout=0)
        for piece in pieces:
            store.remember(piece, "v1")
        found.append(sums(store))
        store.close()
    assert found[0] == found[1]


def test_rebuild_replaces_the_days_it_spans_and_no_others(store: Store) -> None:
    """Rows of those days that the archive lacks are gone; other days stay."""
    store.remember([row(i, DAY + i) for i in range(10)], "v1")
    store.remember([row(i, DAY + i, "fulfilment.lost") for i in range(3, 6)], "v2", replace=True)
    days = {(day, version) for day, version, name, _ in sums(store) if name == "+"}
    assert days == {(DAY + i, "v2" if 3 <= i < 6 else "v1") for i in range(10)}


def test_forgotten_rows_leave_their_sums_and_are_not_counted_again(store: Store) -> None:
    """Retention drops the hashes; an old export read later cannot be told from what was counted."""
    rows = [row(i, DAY + i) for i in range(10)]
    store.remember(rows, "v1")
    before = sums(store)
    assert store.forget(DAY + 5, sums=False) == 5
    assert sums(store) == before
    tally = store.remember(rows, "v1")
    assert (tally.too_old, tally.known, tally.added) == (5, 5, 0)
    assert sums(store) == before
    store.forget(DAY + 5, sums=True)
    assert {day for day, _, _, _ in sums(store)} == {DAY + i for i in range(5, 10)}


def test_a_dump_read_into_an_empty_memory_is_the_same_memory(store: Store, tmp_path: Path) -> None:
    """Rows, sums of forgotten days, key, digests: a second dump is equal, and the rows are known there."""
    rows = [row(i, DAY + i) for i in range(10)]
    store.secret()
    store.remember(rows, "v1")
    store.forget(DAY + 2, sums=False)
    store.told("2026-W47", "", "тема", "{}", "2026-11-23T06:00:00+00:00")
    store.post("2026-W48", "", "https://example.org/x", "тема", "{}", "{}", "2026-11-30T06:00:00+00:00")
    other = open_store(str(tmp_path / "other.sqlite"), timeout=0)
    other.load(store.dump())
    assert list(other.dump()) == list(store.dump())
    assert sums(other) == sums(store)
    assert other.secret() == store.secret()
    assert other.remember(rows[2:], "v1").known == 8
    other.close()


@pytest.mark.parametrize("records", [[], [{"svc-memory": "x"}], [{"svc-memory": 1}, {"row": ["zz"]}], [{"a": 1}]])
def test_what_is_no_dump_is_refused_and_changes_nothing(store: Store, records: list[dict[str, object]]) -> None:
    """Half a dump must not stay."""
    store.remember([row(1)], "v1")
    before = sums(store)
    with pytest.raises(StoreError, match=r"store\.no_dump"):
        store.load(records)
    assert sums(store) == before


def test_a_second_run_waits_and_then_gives_up(path: Path) -> None:
    """In another process too, for the lock is the system's."""
    first = open_store(str(path), timeout=0)
    with pytest.raises(LockedError) as caught:
        open_store(str(path), timeout=0.2)
    assert caught.value.exit_code == 4
    assert other_process(path) == 4
    first.close()
    assert other_process(path) == 0


def other_process(path: Path) -> int:
    """Exit code of another process that wants the memory."""
    script = (
        "import sys\nfrom svc.analyzers.errors import LockedError\nfrom svc.analyzers.store import open_store\n"
        "try: open_store(sys.argv[1], timeout=0).close()\nexcept LockedError as error: sys.exit(error.exit_code)"
    )
    return subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode


def test_a_newer_file_is_refused_by_naming_both_versions(store: Store, path: Path) -> None:
    """And is left as it was."""
    store.close()
    with sqlite3.connect(path) as base:
        base.execute(f"PRAGMA user_version = {SCHEMA + 3}")
    base.close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        open_store(str(path), timeout=0)
    assert (caught.value.code, caught.value.params["found"], caught.value.params["known"]) == (
        "store.newer", SCHEMA + 3, SCHEMA,
    )  # fmt: skip
    assert path.read_bytes() == before
    open_store(str(path) + "2", timeout=0).close()  # the refusal left no lock behind


def test_a_damaged_file_is_said_and_left_alone(store: Store, path: Path) -> None:
    """Pages overwritten in the middle."""
    store.remember([row(i) for i in range(500)], "v1")
    store.close()
    data = bytearray(path.read_bytes())
    data[4096:20480] = b"\xff" * 16384
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        _use(path)
    assert caught.value.code == "store.damaged"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(StoreError, match=r"store\.damaged"):
        open_store(str(path), timeout=0)


def _use(path: Path) -> None:
    found = open_store(str(path), timeout=0)
    try:
        found.remember([row(i) for i in range(500)], "v1")
    finally:
        found.close()


def test_a_foreign_database_is_not_touched(path: Path) -> None:
    """Somebody's own SQLite file."""
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE orders (id)")
    base.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"store\.foreign"):
        open_store(str(path), timeout=0)
    assert path.read_bytes() == before


def test_a_full_disk_undoes_the_whole_change(store: Store, path: Path) -> None:
    """SQLite is allowed a few more pages only: the rows don't fit, none of them stays, the old ones do."""
    store.remember([row(i) for i in range(20)], "v1")
    before = sums(store)
    base = store.base  # type: ignore[attr-defined]
    pages = base.execute("PRAGMA page_count").fetchone()[0]
    base.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match=r"store\.full"):
        store.remember([row(i) for i in range(5000)], "v1")
    assert sums(store) == before
    base.execute("PRAGMA max_page_count = 1000000")
    assert store.remember([row(i) for i in range(5000)], "v1").added == 4980


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file size")
def test_a_limit_of_file_size_is_said_and_nothing_is_lost(path: Path) -> None:
    """A quota in the middle of a change, in a process of its own; the next run without it ends in the clean numbers."""
    script = (
        "import resource, signal, sys\nfrom svc.analyzers.errors import StoreError\n"
        "from svc.analyzers.store import open_store, Incoming\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)\n"
        "try:\n    store = open_store(sys.argv[1], timeout=0)\n"
        "    store.remember([Incoming((b'%d' % i,), 739000, True, 400, ('a.b',)) for i in range(4000)], 'v1')\n"
        "except StoreError as error:\n    print(error.code)"
    )
    for limit in (1_000, 60_000):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path), str(limit)], capture_output=True, text=True, check=False
        )
        assert done.stdout.strip() in ("store.io", "store.full"), done.stderr
    found = open_store(str(path), timeout=0)
    assert found.known().rows == 0
    rows = [Incoming((f"{i}".encode(),), 739000, True, 400, ("a.b",)) for i in range(4000)]
    assert found.remember(rows, "v1").added == 4000
    found.close()


def test_another_key_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under a new key every row would count as new."""
    monkeypatch.setenv("SVC_MASK_KEY", "один")
    first = open_store(str(path), timeout=0)
    key = first.secret()
    first.close()
    again = open_store(str(path), timeout=0)
    assert again.secret() == key
    monkeypatch.setenv("SVC_MASK_KEY", "другой")
    with pytest.raises(StoreError, match=r"store\.key"):
        again.secret()
    again.close()
    assert "один".encode() not in path.read_bytes()


def test_two_memories_have_different_keys(tmp_path: Path) -> None:
    """A leaked file cannot be held against another company's."""
    keys = set()
    for name in "ab":
        store = open_store(str(tmp_path / name), timeout=0)
        keys.add(store.secret())
        store.close()
    assert len(keys) == 2


@pytest.mark.parametrize(
    "wanted",
    [
        "postgresql://u:secret@h/d",
        "https://x/y",
        "sqlite://x.db",
        "sqlite:x.db",
        "postgres:secret",
        "sqlite:///x.db?mode=ro",
        "sqlite:///",
        "",
        ":memory:",
    ],
)
def test_other_kinds_of_stores_are_refused(wanted: str) -> None:
    """By the name of what is allowed, and without the password; so are parameters, and a memory that forgets."""
    with pytest.raises(UsageError) as caught:
        store_path(wanted)
    assert caught.value.code == "store.url"
    assert "secret" not in str(caught.value.params)


def test_a_path_and_an_sqlite_url_are_the_same(path: Path) -> None:
    """Three slashes and the path; within a URL the home folder is nobody's but ours to fill in."""
    assert store_path(f"sqlite:///{path}") == store_path(f"SQLite:///{path}") == store_path(str(path)) == path
    assert store_path("sqlite:///here.sqlite") == Path("here.sqlite")
    assert store_path("C:weekly.sqlite") == Path("C:weekly.sqlite")
    assert store_path("sqlite:///~/weekly.sqlite") == Path.home() / "weekly.sqlite"


def test_only_the_owner_may_read_it(store: Store, path: Path) -> None:
    """It says which customer complained of what, to whoever has the key."""
    assert path.stat().st_mode & 0o077 == 0


def test_the_outbox_keeps_what_was_not_delivered(store: Store) -> None:
    """Oldest first; the body goes when it has arrived."""
    numbers = [store.post("2026-W47", "", f"https://h/{i}", "тема", "{}", "тело", f"2026-11-2{i}") for i in range(3)]
    store.failed(numbers[0])
    store.delivered(numbers[1], "2026-11-23")
    assert [(d.id, d.attempts, d.body) for d in store.waiting()] == [(numbers[0], 1, "тело"), (numbers[2], 0, "тело")]
    assert [(d.id, d.body) for d in store.deliveries()] == [(numbers[1], None)]


def test_forgetting_takes_the_quotes_of_digests_along(store: Store, path: Path) -> None:
    """Of a period that ends before the day; what waits goes only where all shall. None stays in the file."""
    first = dt.date.fromisocalendar(2026, 40, 1).toordinal()
    numbers = [store.post(f"2026-W{week}", "", "smtp://h", "тема", "{}", f"письмо{week}", "m") for week in (40, 41, 42)]
    for number in numbers[:2]:
        store.delivered(number, "2026-10-20", keep_body=True)
    store.forget(first + 6, sums=True)
    assert [d.body for d in store.deliveries()] == ["письмо41", "письмо40"], "the week is not over on its last day"
    store.forget(first + 7, sums=False)
    assert [d.body for d in store.deliveries()] == ["письмо41", None]
    store.forget(first + 21, sums=False)
    assert [d.body for d in store.waiting()] == ["письмо42"], "retention loses no mail"
    store.forget(first + 21, sums=True)
    assert store.waiting() == []
    store.close()
    assert "письмо".encode() not in path.read_bytes()


def work(path: Path, dies_at: int | None) -> int:
    """One weekly run's writes: rows, a second overlapping import, retention, a digest; how many places it passed."""
    passed = 0

    def place() -> int:
        nonlocal passed
        passed += 1
        if passed == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    store = open_store(str(path), timeout=5)
    store.base.set_progress_handler(place, EVERY)  # type: ignore[attr-defined]
    store.secret()
    store.remember([row(i, DAY + i % 14) for i in range(60)], "v1")
    store.remember([row(i, DAY + i % 14, "fulfilment.lost") for i in range(40, 80)], "v2")
    store.forget(DAY + 3, sums=False)
    if not store.deliveries():
        store.told("2026-W47", "", "тема", "{}", "2026-11-23")
    store.close()
    return passed


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no fork, no SIGKILL")
def test_killed_anywhere_the_next_run_ends_in_the_numbers_of_a_clean_one(tmp_path: Path) -> None:
    """200 deaths spread over every write."""
    clean = tmp_path / "clean.sqlite"
    places = work(clean, None)
    store = open_store(str(clean), timeout=0)
    expected = sums(store), [d.subject for d in store.deliveries()], store.known().rows
    store.close()
    assert places > RUNS
    died = 0
    for run in range(RUNS):
        path = tmp_path / f"{run}.sqlite"
        child = os.fork()
        if child == 0:
            work(path, 1 + run * (places - 1) // RUNS)
            os._exit(0)
        died += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        work(path, None)
        store = open_store(str(path), timeout=0)
        assert store.base.execute("PRAGMA integrity_check").fetchone() == ("ok",)  # type: ignore[attr-defined]
        assert (sums(store), [d.subject for d in store.deliveries()], store.known().rows) == expected, run
        store.close()
    assert died == RUNS
