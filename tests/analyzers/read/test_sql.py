"""Databases: SQLite files and URLs, and a PostgreSQL server started here where one is installed."""

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from svc.analyzers.errors import InputError, UsageError

from .conftest import read

TEXTS = ["Заказ привезли на неделю позже срока", "Деньги не вернули до сих пор: 100 % обман", "Оператор бросил трубку"]


def test_the_table_with_the_texts_is_read_and_another_when_named(tmp_path: Path) -> None:
    path = tmp_path / "crm.db"
    base = sqlite3.connect(path)
    base.execute('CREATE TABLE "отзывы; DROP" (n, "Текст")')
    base.execute("CREATE TABLE other (id, comment)")
    base.executemany('INSERT INTO "отзывы; DROP" VALUES (?, ?)', enumerate(TEXTS))
    base.executemany("INSERT INTO other VALUES (?, ?)", [(1, "Плохо работает кассир"), (2, b"\xff\xfe\x00")])
    base.commit()
    base.close()
    info, records, _ = read(path)
    assert (info.sheet, [record.text for record in records]) == ("отзывы; DROP", TEXTS)
    info, records, skipped = read(path, sheet="other")
    assert (info.sheet, len(records), len(skipped)) == ("other", 1, 1)
    with pytest.raises(UsageError):
        read(path, sheet="none")


@pytest.mark.parametrize(
    "query", ["DELETE FROM t", "SELECT nothing FROM t", "SELECT 1; SELECT 2", "ATTACH 'x.db' AS x", "("]
)
def test_a_query_only_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "crm.db"
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE t (text)")
    base.executemany("INSERT INTO t VALUES (?)", [(text,) for text in TEXTS])
    base.commit()
    base.close()
    with pytest.raises(InputError) as caught:
        read(f"sqlite:///{path}", query=query)
    assert caught.value.code == "read.sql_failed"
    assert len(read(path)[1]) == 3
    assert not (tmp_path / "x.db").exists()


def _server_program() -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which("initdb") or next((str(folder / "initdb") for folder in folders), None)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The URL of a server of our own, on a free port; it does not run as root, so it runs as `postgres` then."""
    program = _server_program()
    if program is None or not hasattr(os, "getuid"):
        pytest.skip("no PostgreSQL here")
    binaries = Path(program).resolve().parent
    user = {"user": "postgres"} if os.getuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="svc-pg-"))
    if user:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def call(*command: str) -> None:
        subprocess.run(command, cwd="/", check=True, capture_output=True, timeout=60, **user)  # type: ignore[call-overload]

    (secret := folder / "secret").write_text("s3cret\n")
    secret.chmod(0o644)
    call(
        str(binaries / "initdb"),
        "-D",
        f"{folder}/data",
        "-U",
        "anna",
        "-A",
        "scram-sha-256",
        f"--pwfile={secret}",
        "-E",
        "UTF8",
    )
    start = [
        "-o",
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off",
        "-l",
        f"{folder}/log",
        "-w",
        "start",
    ]
    call(str(binaries / "pg_ctl"), "-D", f"{folder}/data", *start)
    try:
        yield f"postgresql://anna:s3cret@127.0.0.1:{port}/postgres"
    finally:
        call(str(binaries / "pg_ctl"), "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
def test_postgresql_is_read_by_a_query(postgres: str) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    pytest.importorskip("pg8000")
    engine = sqlalchemy.create_engine(postgres.replace("postgresql://", "postgresql+pg8000://"))
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE claims (id int, text text, created timestamptz, sum numeric)"))
        for i, text in enumerate(TEXTS):
            values = {"i": i, "t": text}
            connection.execute(
                sqlalchemy.text("INSERT INTO claims VALUES (:i, :t, '2026-03-01 10:00+03', 12.5)"), values
            )
    query = "SELECT id, text, created::timestamptz AS date, sum AS amount FROM claims WHERE text LIKE '%о%' ORDER BY id"
    info, records, _ = read(postgres, query=query)
    assert "s3cret" not in info.source
    assert [record.text for record in records] == TEXTS
    assert (records[0].row, records[0].date, records[0].amount) == (1, "2026-03-01T10:00:00", 12.5)
    with pytest.raises(UsageError) as caught:
        read(postgres)
    assert (caught.value.code, caught.value.params["tables"]) == ("read.need_query", ["claims"])
    for query, code in (("SELECT nothing FROM claims", "read.sql_failed"), ("DELETE FROM claims", "read.sql_failed")):
        with pytest.raises(InputError) as failed:
            read(postgres, query=query)
        assert failed.value.code == code
    assert len(read(postgres, query="SELECT text FROM claims")[1]) == 3
    with pytest.raises(InputError) as failed:
        read(postgres.replace("s3cret", "wr0ng"), query="SELECT 1")
    assert "wr0ng" not in str(failed.value)
