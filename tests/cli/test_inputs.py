"""Folders, archives, databases: what is used, what is named and left out, and how the command ends."""

from __future__ import annotations

import gzip
import shlex
import sqlite3
import zipfile
from pathlib import Path

import pytest
from svc.cli.boundary import DONE, NO_ROWS, USAGE

from .conftest import COMPLAINTS, Svc

HEADER = "id;Дата;Клиент;Город;Текст"
TABLE = "\n".join([HEADER, *COMPLAINTS]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export among what lies beside exports."""
    (tmp_path / "a.csv").write_text(TABLE, "utf-8")
    (tmp_path / "README.md").write_text("Описание")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "LICENSE").write_text("MIT")
    return tmp_path


def statistics(svc: Svc, *arguments: object) -> dict[str, int]:
    """Of a run that went well."""
    done = svc("analyze", *arguments, "--format", "json", "-q")
    assert done.code == DONE, done.err
    return done.json()["statistics"]


def test_files_that_are_no_data_are_left_out_and_named(svc: Svc, folder: Path) -> None:
    done = svc("analyze", folder, "--format", "json")
    assert done.code == DONE
    assert done.json()["statistics"]["rows"] == 5
    for name in ("README.md", "photo.png", "LICENSE"):
        assert name in done.err


@pytest.mark.parametrize(
    "bad", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage", b"a;b\n1;2\n", b"PK\x03\x04"]
)
def test_one_bad_file_among_several_is_named_and_the_others_are_used(svc: Svc, folder: Path, bad: bytes) -> None:
    (folder / "0.xlsx").write_bytes(bad)
    done = svc("analyze", folder, "--format", "json")
    assert (done.code, done.json()["statistics"]["rows"]) == (DONE, 5)
    assert "0.xlsx" in done.err
    assert any(note["code"] == "file_skipped" for note in done.json()["meta"]["notes"])


def test_only_bad_files_end_with_their_code(svc: Svc, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"")
    assert svc("analyze", tmp_path).code == NO_ROWS
    assert svc("inspect", tmp_path).code == NO_ROWS
    (tmp_path / "a.csv").write_bytes(b"PK\x03\x04")
    assert svc("analyze", tmp_path).code == USAGE


def test_a_wrong_option_is_no_matter_of_one_file(svc: Svc, folder: Path) -> None:
    (folder / "b.csv").write_text(TABLE, "utf-8")
    done = svc("analyze", folder, "--encoding", "cp9999")
    assert (done.code, done.out) == (USAGE, "")


def test_a_column_that_one_file_lacks_skips_that_file(svc: Svc, folder: Path) -> None:
    (folder / "b.csv").write_text(TABLE.replace("Текст", "Отзыв"), "utf-8")
    done = svc("analyze", folder, "--text", "Отзыв", "--format", "json")
    assert (done.code, done.json()["statistics"]["rows"]) == (DONE, 5)
    assert "a.csv" in done.err


def test_an_archive_is_as_a_folder(svc: Svc, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("март/a.csv", TABLE)
        archive.writestr("b.csv", TABLE.replace("1;02.11", "9;02.11"))
        archive.writestr("photo.png", b"x")
    done = svc("analyze", path, "--format", "json")
    assert done.json()["statistics"]["rows"] == 10
    assert "photo.png" in done.err
    assert statistics(svc, f"{path}!/март/a.csv")["rows"] == 5
    assert svc("analyze", f"{path}!/нет.csv").code == USAGE


def test_a_cut_gzip_gives_what_was_read_and_says_how_much(svc: Svc, tmp_path: Path) -> None:
    rows = "".join(
        f"{i};02.11.2026;Анна;Тула;Курьер номер {i * 7919 % 1000} опоздал, жду весь день\n" for i in range(5000)
    )
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress((HEADER + "\n" + rows).encode())[:-9000])
    done = svc("analyze", path, "--format", "json")
    assert done.code == DONE
    (note,) = [note for note in done.json()["meta"]["notes"] if note["code"] == "packed_cut"]
    assert 0 < note["count"] < 5000
    assert str(note["count"]) in done.err


def test_a_database_is_asked(svc: Svc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = sqlite3.connect(tmp_path / "crm.db")
    base.execute("CREATE TABLE t (id, text)")
    base.executemany("INSERT INTO t VALUES (?, ?)", [(i, row.rsplit(";", 1)[1]) for i, row in enumerate(COMPLAINTS)])
    base.commit()
    base.close()
    monkeypatch.chdir(tmp_path)
    assert statistics(svc, "sqlite:///crm.db")["rows"] == 5
    assert statistics(svc, "sqlite:///crm.db", "--query", "SELECT text FROM t WHERE id < 3")["rows"] == 3
    refused = svc("analyze", "sqlite:///crm.db", "--query", "DELETE FROM t")
    assert refused.code == USAGE
    assert statistics(svc, "crm.db")["rows"] == 5
    assert svc("analyze", "sqlite:///none.db").code == USAGE


def test_a_query_needs_a_database(svc: Svc, complaints: Path) -> None:
    done = svc("analyze", complaints, "--query", "SELECT 1")
    assert (done.code, done.err.count("\n")) == (USAGE, 1)


def test_inspect_shows_every_input_and_what_was_left_out(svc: Svc, folder: Path) -> None:
    (folder / "b.xlsx").write_bytes(b"PK\x03\x04")
    done = svc("inspect", folder)
    assert done.code == DONE
    for name in ("a.csv: csv", "b.xlsx", "README.md", "photo.png"):
        assert name in done.out
    entries = svc("inspect", folder, "--format", "json").json()
    assert [("used" in entry, entry.get("error"), entry.get("left_out")) for entry in entries] == [
        (True, None, None), (False, "read.damaged", None),
        (False, None, "not_data"), (False, None, "not_data"), (False, None, "unknown_format"),
    ]  # fmt: skip


def test_the_command_that_inspect_prints_fixes_split_and_query(svc: Svc, tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    path.write_text("".join(f"Отзыв {i}:\nКурьер опоздал на {i} часа\nЖду ответа\n" for i in range(1, 5)), "utf-8")
    entry = svc("inspect", path, "--format", "json").json()[0]
    words = shlex.split(entry["command"])
    assert "--split" in words
    assert statistics(svc, *words[2:])["rows"] == entry["used"] == 4


def test_a_password_in_a_url_is_never_shown(svc: Svc) -> None:
    done = svc("analyze", "postgresql://anna:s3cret@127.0.0.1:1/none", "--query", "SELECT 1")
    assert done.code == USAGE
    assert "s3cret" not in done.out + done.err


def test_texts_parted_from_one_cell_are_no_duplicates(svc: Svc, tmp_path: Path) -> None:
    """They share a row, and each counts."""
    texts = [
        f"Отзыв {i}: Оценка: 1 {row.rsplit(';', 1)[1]} Ждём ответа. {i}.11.2026 10:00"
        for i, row in enumerate(COMPLAINTS * 6, 1)
    ]
    path = tmp_path / "glued.csv"
    path.write_text(f'Title,Rating,Review Text,Date\nПлохо,1,"{" ".join(texts)}",01.01.2020\n', "utf-8")
    done = svc("analyze", path, "--format", "json")
    assert done.code == DONE
    assert done.json()["statistics"]["used"] == done.json()["statistics"]["rows"] == 30
    assert "Отзыв" in done.err  # the heading that parts them is told
