"""Workbooks, JSON, plain text, standard input, folders."""

import datetime as dt
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from svc.analyzers.errors import InputError, UsageError
from svc.analyzers.read import ReadOptions, expand_inputs, inspect_input

from .conftest import read

TEXTS = ["Заказ привезли на неделю позже срока", "Деньги не вернули до сих пор", "Оператор бросил трубку"]


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """Write a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_the_sheet_with_the_texts_is_read(tmp_path: Path) -> None:
    rows = [["Отчёт"], [], ["№", "Дата", "Текст", "Оценка"]]
    rows += [[i, dt.datetime(2026, 3, i + 1, 10 * i), text, 1.0] for i, text in enumerate(TEXTS)]
    path = workbook(tmp_path / "книга.csv", {"Свод": [["Месяц", "Число"], ["март", 5]], "Данные": rows})
    info, records, _ = read(path)
    assert (info.format, info.sheet, info.header_row) == ("xlsx", "Данные", 3)
    assert [(record.row, record.date, record.rating) for record in records] == [
        (4, "2026-03-01", 1.0), (5, "2026-03-02T10:00:00", 1.0), (6, "2026-03-03T20:00:00", 1.0),
    ]  # fmt: skip
    assert [record.id for record in records] == ["0", "1", "2"]
    with pytest.raises(UsageError) as caught:
        read(path, sheet="Итог")
    assert caught.value.code == "read.no_sheet"


def test_hostile_workbooks_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ole = tmp_path / "password.xlsx"
    ole.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    )
    slides = tmp_path / "slides.pptx"
    with zipfile.ZipFile(slides, "w") as archive:
        archive.writestr("ppt/presentation.xml", "x")
    bomb = workbook(tmp_path / "bomb.xlsx", {"a": [["Текст"], *([text] for text in TEXTS)]})
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(bomb.read_bytes()[:-400])
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x")
    monkeypatch.setattr("svc.analyzers.read.excel.MAX_UNPACKED", 100)
    for path, code in ((ole, "encrypted"), (slides, "unsupported"), (bomb, "zip_bomb"), (cut, "damaged")):
        with pytest.raises(InputError) as caught:
            read(path)
        assert caught.value.code == f"read.{code}"
    with pytest.raises(InputError) as caught:
        read(broken)
    assert caught.value.code == "read.damaged"


OBJECTS = [
    {"id": i, "user": {"city": "Омск"}, "text": text, "created_at": 1775200000 + i} for i, text in enumerate(TEXTS)
]


@pytest.mark.parametrize(
    ("content", "form", "rows"),
    [
        (json.dumps(OBJECTS, ensure_ascii=False), "json", [1, 2, 3]),
        (json.dumps(OBJECTS, indent=2), "json", [1, 2, 3]),
        (json.dumps({"total": 3, "data": {"items": OBJECTS}}), "json", [1, 2, 3]),
        ("\n".join(json.dumps(item) for item in OBJECTS), "jsonl", [1, 2, 3]),
        ("\ufeff" + "\n\n".join(json.dumps(item) for item in OBJECTS), "jsonl", [1, 3, 5]),
    ],
)
@pytest.mark.parametrize("name", ["in.json", "in.txt", "in.csv", "in"])
def test_json_is_known_by_its_content(
    read_text: Callable[..., object], content: str, form: str, rows: list[int], name: str
) -> None:
    info, records, skipped = read_text(content, name)
    assert info.format == form
    assert [record.row for record in records] == rows
    assert [record.text for record in records] == TEXTS
    assert (records[0].region, records[0].date) == ("Омск", "2026-04-03T10:06:40")
    assert not skipped


def test_bad_json_lines_are_skipped_and_told(read_text: Callable[..., object]) -> None:
    content = "\n".join([*(json.dumps(item) for item in OBJECTS), '{"text": "обор', "5", "[" * 100_000])
    _, records, skipped = read_text(content, "in.jsonl")
    assert len(records) == 3
    assert [(skip.row, skip.reason) for skip in skipped] == [(4, "bad_json"), (5, "no_text_value"), (6, "bad_json")]


def test_a_cut_array_gives_what_was_read(read_text: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svc.analyzers.read.lines.BLOCK", 16)
    content = json.dumps(OBJECTS, ensure_ascii=False)
    info, records, skipped = read_text(content[:-30], "in.json")
    assert [record.text for record in records] == TEXTS[:2]
    assert [skip.reason for skip in skipped] == ["bad_json"]
    assert ("json_cut", {}) in info.notes


@pytest.mark.parametrize(
    ("content", "split", "rows"),
    [
        ("\n".join(TEXTS), None, [1, 2, 3]),
        (f"{TEXTS[0]}\n{TEXTS[1]}\n\n{TEXTS[2]}\n", None, [1, 4]),
        ("\n".join(TEXTS), "whole", [1]),
        (f"\n\n{TEXTS[0]}\n\n{TEXTS[1]}", "line", [3, 5]),
        (f"Отзыв 1: {TEXTS[0]}\nконец\nОтзыв 2: {TEXTS[1]}\n", r"^Отзыв \d+: ", [1, 3]),
        (f"{TEXTS[0]}\n---\n{TEXTS[1]}\n", r"^---$", [1, 3]),
    ],
)
def test_plain_text_falls_into_texts(
    read_text: Callable[..., object], content: str, split: str | None, rows: list[int]
) -> None:
    info, records, _ = read_text(content, "in.txt", split=split)
    assert info.format == "txt"
    assert [record.row for record in records] == rows


def test_a_table_called_txt_is_a_table(read_text: Callable[..., object]) -> None:
    info, records, _ = read_text("Дата\tТекст\n" + "".join(f"01.03.2026\t{text}\n" for text in TEXTS), "in.txt")
    assert info.format == "tsv"
    assert len(records) == 3


def test_standard_input_is_read_once_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    data = ("Дата;Текст\n" + "".join(f"01.03.2026;{text}\n" for text in TEXTS)).encode("cp1251")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert inspect_input("-", ReadOptions()).source == "stdin"
    _, records, _ = read("-")
    assert [record.text for record in records] == TEXTS


def test_inputs_expand_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b/2.csv", "b/README.txt", "a/1.xlsx", "a/.hidden.csv", "a/~$1.xlsx", "a/photo.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    if hasattr(os, "symlink"):
        (tmp_path / "a" / "loop").symlink_to(tmp_path)
    one, two = str(tmp_path / "a" / "1.xlsx"), str(tmp_path / "b" / "2.csv")
    assert expand_inputs([str(tmp_path)]) == [one, two]
    assert expand_inputs([str(tmp_path / "*" / "*.csv"), two, "-"]) == [two, "-"]
    for wrong, code in ((str(tmp_path / "x*"), "read.no_match"), (str(tmp_path / "x"), "read.not_found")):
        with pytest.raises(InputError) as caught:
            expand_inputs([wrong])
        assert caught.value.code == code
