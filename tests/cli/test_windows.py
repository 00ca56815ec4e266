"""What Windows does otherwise, emulated: its code pages, line ends, names, locks. No test has run on Windows itself."""

from __future__ import annotations

import json
import ntpath
import os
import subprocess
import sys
from pathlib import Path

import pytest
from svc.analyzers.read import inputs
from svc.analyzers.read.temporary import forget, keep
from svc.cli.boundary import DONE, USAGE

from .conftest import COMPLAINTS, ROOT

HEADER = "id;Дата;Клиент;Город;Текст"
TABLE = "\r\n".join([HEADER, *COMPLAINTS]) + "\r\n"


@pytest.fixture
def russian(tmp_path: Path) -> Path:
    """An export as Excel on Russian Windows saves it, where people keep it."""
    folder = tmp_path / "Мои документы" / "Жалобы (март)"
    folder.mkdir(parents=True)
    path = folder / "Выгрузка № 1 — копия.csv"
    path.write_bytes(TABLE.encode("cp1251"))
    return path


def console(page: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """`svc ARGUMENTS > file` where the console's code page is `page`."""
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": page, "SVC_LANG": "ru"}
    command = [sys.executable, "-m", "svc.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env=environment)


@pytest.mark.parametrize("page", ["cp866", "cp1251"])
def test_a_console_of_an_old_code_page_shows_words_not_escapes(page: str, russian: Path) -> None:
    """«» and × are written by what looks like them; nothing ends with a traceback."""
    for command, word in (("analyze", "Чинить первым"), ("inspect", "Курьер опоздал")):
        done = console(page, command, russian)
        assert done.returncode == DONE, done.stderr
        shown = done.stdout.decode(page)
        assert word in shown
        assert "\\x" not in shown
        assert "\\u" not in shown
    missing = console(page, "analyze", russian.parent / "нет.csv")
    assert (missing.returncode, missing.stdout) == (USAGE, b"")
    assert "нет.csv" in missing.stderr.decode(page)


@pytest.mark.parametrize("command", ["analyze", "inspect"])
def test_json_is_utf_8_in_every_console(command: str, russian: Path) -> None:
    """A program that reads it need not know the code page."""
    done = console("cp866", command, russian, "--format", "json")
    assert json.loads(done.stdout.decode("utf-8"))


def test_paths_with_cyrillic_and_spaces_are_files_folders_and_globs(russian: Path) -> None:
    """By name, by folder, by pattern, in and out."""
    target = russian.parent / "Отчёт за март.json"
    for given in (russian, russian.parent, russian.parent / "Выгр*.csv"):
        done = console("cp1251", "analyze", given, "-q", "--report", f"json={target}")
        assert done.returncode == DONE, done.stderr
        assert json.loads(target.read_text("utf-8"))["statistics"]["rows"] == 5
        target.unlink()


def test_names_inside_archives_and_folders_are_told_by_backslashes_too() -> None:
    """Archives packed on Windows may part folders by a backslash."""
    assert inputs._is_hidden("март\\~$книга.xlsx")
    assert inputs._why_not("март\\README.txt") == "not_data"
    assert inputs._why_not("март\\жалобы.csv") is None
    assert ntpath.basename("март\\жалобы.csv") == "жалобы.csv"


def test_lines_that_end_in_carriage_returns_have_the_same_texts(tmp_path: Path, svc) -> None:
    r"""\r\n and \n, in tables, JSON Lines and plain text."""
    for name, content in (
        ("a.csv", TABLE),
        ("a.jsonl", "".join(json.dumps({"text": row}) + "\r\n" for row in COMPLAINTS)),
        ("a.txt", "\r\n".join(COMPLAINTS)),
    ):
        texts: list[list[str]] = []
        for end in ("\r\n", "\n"):
            (tmp_path / name).write_bytes(content.replace("\r\n", end).encode())
            (entry,) = svc("inspect", tmp_path / name, "--format", "json").json()
            texts.append([str(row) for row in entry["first"]])
        assert texts[0] == texts[1]


def test_a_temporary_file_that_cannot_be_removed_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to remove a file that is open; the next start of the system cleans it up."""
    path = tmp_path / "svc-unpacked-x"
    path.write_bytes(b"x")
    keep(str(path))

    def refused(_: object) -> None:
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(os, "remove", refused)
    forget(str(path))
    monkeypatch.undo()
    assert path.exists(), "it could not be removed, and nobody was told"
    path.unlink()


def test_the_input_is_closed_when_the_run_is_over(russian: Path, svc) -> None:
    """An open handle would lock the export for Excel: it can be renamed and removed at once."""
    if not os.path.isdir("/proc/self/fd"):
        pytest.skip("needs /proc")
    for command in ("analyze", "inspect"):
        assert svc(command, russian, "--workers", 0) if command == "analyze" else svc(command, russian)
        held = [
            os.readlink(f"/proc/self/fd/{n}")
            for n in os.listdir("/proc/self/fd")
            if os.path.islink(f"/proc/self/fd/{n}")
        ]
        assert str(russian) not in held
