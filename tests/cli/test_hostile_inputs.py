"""Broken and hostile inputs, as a user meets them: one clear line, the right exit code, nothing hanging."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from svc.cli.boundary import DONE, NO_ROWS, USAGE

from .conftest import COMPLAINTS, ROOT, Svc

HEADER = "id;Дата;Клиент;Город;Текст"
TABLE = "\n".join([HEADER, *COMPLAINTS]) + "\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
LINKS = pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")


def bombed_book(path: Path, rows: int) -> Path:
    """A workbook of a few megabytes whose one sheet unpacks to about 4.4 KB a row."""
    cell = "курьер опоздал, деньги не вернули, оператор молчит " * 48
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for number in range(1, rows):
                sheet.write(
                    f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{cell}</t></is></c></row>'.encode()
                )
    return path


@pytest.mark.parametrize("command", ["analyze", "inspect"])
@pytest.mark.parametrize(
    ("name", "data", "code", "named"),
    [
        ("empty.csv", b"", NO_ROWS, "файл пуст"),
        ("header.csv", HEADER.encode(), NO_ROWS, "ни одной строки"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(99), USAGE, "CSV, XLSX, JSON"),
        ("binary.csv", bytes(range(256)) * 20, USAGE, "CSV (UTF-8)"),
        ("password.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + bytes(99), USAGE, "без пароля"),
        ("letter.doc", OLE + "WordDocument".encode("utf-16-le") + bytes(99), USAGE, "doc"),
        ("cut.xlsx", b"PK\x03\x04" + bytes(99), USAGE, "повреждён"),
        ("cut.json", b'{"text": "x', USAGE, "1:10"),
        ("cut.csv.gz", b"\x1f\x8b\x08\0" + bytes(50), USAGE, "повреждён"),
        ("bomb.csv.gz", gzip.compress(bytes(300 << 20), 9), USAGE, "бомбу"),
        ("numbers.csv", b"a;b\n1;2\n3;4\n", USAGE, "--text"),
        ("base.dbf", b"\x03\x1a\x03\x01" + b"A" * 400, USAGE, "dbf"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_helps(
    svc: Svc, tmp_path: Path, command: str, name: str, data: bytes, code: int, named: str
) -> None:
    """Exit code, one line that names the file and the way out, nothing on stdout."""
    (tmp_path / name).write_bytes(data)
    done = svc(command, tmp_path / name)
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert name in done.err
    assert named in done.err


def test_a_small_workbook_of_400_megabytes_is_refused_before_it_is_unpacked(process: Svc, tmp_path: Path) -> None:
    """Its own directory tells what it would unpack to: no time, no memory."""
    path = bombed_book(tmp_path / "bomb.xlsx", 95_000)
    assert path.stat().st_size < 5_000_000
    with zipfile.ZipFile(path) as book:
        assert sum(entry.file_size for entry in book.infolist()) > 400_000_000
    started = os.times().children_user
    done = process("inspect", path)
    assert (done.code, done.out, done.err.count("\n")) == (USAGE, "", 1)
    assert "бомбу" in done.err
    assert "МБ" in done.err
    assert os.times().children_user - started < 10


def test_a_workbook_that_lies_about_its_size_is_refused(svc: Svc, tmp_path: Path) -> None:
    """What the directory says is not believed when bytes come."""
    path = bombed_book(tmp_path / "liar.xlsx", 2_000)
    data = path.read_bytes()
    place = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    path.write_bytes(data[: place + 24] + (100).to_bytes(4, "little") + data[place + 28 :])
    done = svc("inspect", path)
    assert (done.code, done.out) == (USAGE, "")


@LINKS
def test_a_loop_of_folders_ends(svc: Svc, tmp_path: Path) -> None:
    """A link to the folder above is not followed, a link to itself is told."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "b.csv").write_text(TABLE, "utf-8")
    done = svc("analyze", tmp_path, "--format", "json", "-q")
    assert (done.code, done.json()["statistics"]["rows"]) == (DONE, 5)
    (tmp_path / "self.csv").symlink_to(tmp_path / "self.csv")
    done = svc("analyze", tmp_path / "self.csv")
    assert (done.code, done.out, done.err.count("\n")) == (USAGE, "", 1)
    assert "self.csv" in done.err


@pytest.mark.parametrize("command", ["analyze", "inspect"])
def test_a_locked_file_is_told_and_the_others_are_used(
    svc: Svc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Windows gives error 32 for a book that Excel holds open; root may read all, so the error is made here."""
    import builtins

    for name in ("locked.csv", "free.csv"):
        (tmp_path / name).write_text(TABLE, "utf-8")
    usual = builtins.open

    def locked(file: object, *rest: object, **named: object) -> object:
        if str(file).endswith("locked.csv"):
            raise PermissionError(13, "The process cannot access the file because it is being used", str(file))
        return usual(file, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", locked)
    done = svc(command, tmp_path / "locked.csv")
    assert (done.code, done.out, done.err.count("\n")) == (USAGE, "", 1)
    assert "Excel" in done.err
    both = svc(command, tmp_path / "locked.csv", tmp_path / "free.csv", "--format", "json")
    assert both.code == DONE
    assert "locked.csv" in both.out + both.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(svc: Svc, complaints: Path) -> None:
    """The real thing, where the tests do not run as root."""
    complaints.chmod(0)
    assert svc("analyze", complaints).code == USAGE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are another thing there")
@pytest.mark.parametrize(("content", "code"), [(TABLE, DONE), (TABLE[:200], DONE), ("", NO_ROWS)])
def test_a_pipe_that_closes_early_gives_what_came(process: Svc, tmp_path: Path, content: str, code: int) -> None:
    """A writer that stops in the middle of a line, or without a byte."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_bytes(content.encode()), daemon=True).start()
    done = process("inspect", pipe)
    assert done.code == code, done.err
    assert done.err.count("\n") == (code != DONE)


@pytest.mark.skipif(os.name == "nt", reason="closing a pipe is told otherwise there")
def test_a_reader_that_closes_its_pipe_ends_inspect_quietly(complaints: Path) -> None:
    """`svc inspect … | head -1`."""
    running = subprocess.Popen(
        [sys.executable, "-m", "svc.cli", "inspect", *[str(complaints)] * 20],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert (running.wait(60), said) == (DONE, b"")


def test_a_truncated_gzip_is_used_with_a_warning_and_the_count(svc: Svc, tmp_path: Path) -> None:
    """Exit code 0, and stderr says how many rows there were."""
    rows = "".join(
        f"{i};02.11.2026;Анна;Тула;Курьер номер {i * 7919 % 9973} опоздал, жду весь день\n" for i in range(4000)
    )
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}\n{rows}".encode())[:-9000])
    entry = svc("inspect", path, "--format", "json").json()[0]
    told = dict(entry["notes"])["packed_cut"]["count"]
    assert 0 < told < 4000
    done = svc("analyze", path)
    assert done.code == DONE
    assert str(told) in done.err


def test_a_file_that_grows_or_shrinks_while_it_is_read_does_not_hang(svc: Svc, export: Callable[..., Path]) -> None:
    """An export still being written: what is there is read."""
    path = export(*COMPLAINTS * 50)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with path.open("a", encoding="utf-8") as file:
                file.write(COMPLAINTS[0] + "\n")
            time.sleep(0.001)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert svc("inspect", path).code == DONE
    finally:
        stop.set()
        writer.join()
