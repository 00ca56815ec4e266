"""`svc mask` on files: personal data goes, every other byte stays."""

# ruff: noqa: E501  # tables

from __future__ import annotations

import json
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from svc.analyzers import mask_book
from svc.analyzers.errors import InputError
from svc.analyzers.mask_cells import CellMasker
from svc.analyzers.mask_files import mask_file
from svc.analyzers.read import ReadOptions

from ..growth import MOST, growth

HEAD = "ФИО;Телефон;Номер заказа;Текст"


def masked(tmp_path: Path, data: bytes, name: str = "in.csv", **options: str) -> bytes:
    source, target = tmp_path / name, tmp_path / f"out-{name}"
    source.write_bytes(data)
    mask_file(str(source), name, target, ReadOptions(**options))
    return target.read_bytes()


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_encoding_delimiter_line_ends_and_quoting_stay(tmp_path, encoding, end):
    rows = [
        HEAD,
        'Ким;45-67-89;89123456780;"Мастер Ваня ""не пришёл"", ждём уже третью неделю"',
        '"-";;"7" ;без  данных',
        "",
        ";;;",
    ]
    text = end.join(rows) + end
    data = ("\ufeff" + text).encode(encoding) if encoding == "utf-16-be" else text.encode(encoding)
    lines = masked(tmp_path, data).decode(encoding).split(end)
    cells = lines[1].split(";")
    assert cells[0].startswith("[ИМЯ-")
    assert cells[1].startswith("[ТЕЛ-")
    assert cells[2:] == rows[1].replace("Ваня", lines[1].split()[1]).split(";")[2:]
    assert "Ваня" not in lines[1]
    assert [line.lstrip("\ufeff") for line in (lines[0], *lines[2:5])] == [rows[0], *rows[2:]]
    assert masked(tmp_path, data)[:2] == data[:2]


def test_a_file_without_personal_data_is_the_same_file(tmp_path):
    data = 'id,text,sum\r\n1,"две\r\nстроки, и ""кавычки""",10.50\r\n2,доставка опоздала,  7\n3,конец'.encode()
    assert masked(tmp_path, data) == data


def test_a_number_is_judged_by_the_name_of_its_column(tmp_path):
    out = (
        masked(tmp_path, f"{HEAD}\n\n;89123456780;89123456780;89123456780\n".encode())
        .decode()
        .splitlines()[-1]
        .split(";")
    )
    assert out[2] == "89123456780"
    assert out[1] == out[3]
    assert out[1].startswith("[ТЕЛ-")


def test_quoted_cells_over_lines_and_a_quote_that_never_closes(tmp_path):
    text = (
        'id;text\n1;"первая строка\nзвоните 8 912 345-67-89"\n2;"открыта и не закрыта\n3;пишите ivan@mail.ru\n4;диван\n'
    )
    out = masked(tmp_path, text.encode(), delimiter=";").decode()
    assert "912" not in out
    assert "ivan" not in out
    assert out.count("\n") == text.count("\n")


def test_broken_bytes_go_through(tmp_path):
    data = "id;text\n1;звоните 8 912 345-67-89\n".encode() + b"2;\xff\xfe broken\n"
    out = masked(tmp_path, data, encoding="utf-8")
    assert out.endswith(b"2;\xff\xfe broken\n")
    assert b"912" not in out


def test_json_keeps_keys_order_numbers_and_spaces(tmp_path):
    text = '{ "фио":"Ким",  "phone" : 89123456789, "order": 89123456780,\n "list":[1.50, "\\u041f\\u0438\\u0441\\u0430\\u043b ivan@mail.ru"], "ok":true }'
    out = masked(tmp_path, text.encode(), "in.json").decode()
    value = json.loads(out)
    assert list(value) == ["фио", "phone", "order", "list", "ok"]
    assert value["фио"].startswith("[ИМЯ-")
    assert value["phone"].startswith("[ТЕЛ-")
    assert value["order"] == 89123456780
    assert value["list"][1].startswith("Писал [ПОЧТА-")
    assert "\\u041f" in out  # escaped letters stay escaped
    assert out.startswith('{ "фио":"[ИМЯ-')
    assert "1.50" in out


def test_json_lines_stay_lines(tmp_path):
    rows = [{"id": n, "text": f"звоните 8 912 345-67-{n}"} for n in range(10, 15)]
    out = masked(tmp_path, "".join(json.dumps(row) + "\n" for row in rows).encode(), "in.jsonl").decode()
    assert [json.loads(line)["id"] for line in out.splitlines()] == [10, 11, 12, 13, 14]
    assert "912" not in out


def test_plain_text_over_a_line_end(tmp_path):
    text = "С уважением,\nКузьмина Лариса Олеговна\n\n  Второе письмо: без имён.\n"
    out = masked(tmp_path, text.encode(), "in.txt", split="whole").decode()
    assert "Кузьмина" not in out
    assert out.endswith("\n\n  Второе письмо: без имён.\n")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    work = openpyxl.Workbook()
    sheet = work.active
    sheet.title = "Жалобы"
    sheet.append(["ФИО", "Телефон", "Заказ", "Бренд", "Текст"])
    sheet.append(["Белова", 89123456789, 89123456780, "Белова", "Звонила менеджер Ольга Ким, обещала скидку"])
    sheet.append(["", None, 1500.5, "диван", "Без личных данных"])
    sheet["C3"].number_format = "0.00"
    sheet.column_dimensions["E"].width = 60
    sheet["E2"].comment = openpyxl.comments.Comment("перезвонить ivan@mail.ru", "Пётр")
    other = work.create_sheet("Второй")
    other.append(["Почта", "Сумма"])
    other.append(["a.b@mail.ru", 5])
    other["B3"] = "=SUM(B2:B2)"
    work.properties.creator = "Сидоров Иван"
    path = tmp_path / "book.xlsx"
    work.save(path)
    return path


def test_a_workbook_keeps_sheets_formats_and_formulas(book, tmp_path):
    target = tmp_path / "out.xlsx"
    found = mask_file(str(book), "book.xlsx", target, ReadOptions())
    work = openpyxl.load_workbook(target)
    sheet = work["Жалобы"]
    first = [cell.value for cell in sheet[2]]
    assert first[0].startswith("[ИМЯ-")
    assert first[1].startswith("[ТЕЛ-")
    assert first[2] == 89123456780
    assert "Ольга" not in first[4]
    assert [cell.value for cell in sheet[3]][2:] == [1500.5, "диван", "Без личных данных"]
    assert sheet["C3"].number_format == "0.00"
    assert sheet.column_dimensions["E"].width == 60
    assert work["Второй"]["A2"].value.startswith("[ПОЧТА-")
    assert work["Второй"]["B3"].value == "=SUM(B2:B2)"
    assert found.counts == {"ИМЯ": 3, "ПОЧТА": 2, "ТЕЛ": 1}
    with zipfile.ZipFile(target) as parts:
        everything = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    assert all(word not in everything for word in ("ivan@mail.ru", "89123456789", "Ольга", "Сидоров", "Пётр"))


def test_a_string_under_two_columns_is_judged_in_each(tmp_path):
    work = openpyxl.Workbook()
    for row in (["ФИО", "Модель"], ["Бук", "Бук"], ["Ель", "Дуб"]):
        work.active.append(row)
    path, target = tmp_path / "b.xlsx", tmp_path / "o.xlsx"
    work.save(path)
    mask_file(str(path), "b.xlsx", target, ReadOptions())
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(target).active]
    assert rows[1][0].startswith("[ИМЯ-")
    assert rows[1][1] == "Бук"
    assert rows[2][1] == "Дуб"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.html", b"<html><table><tr><td>x</td></tr></table></html>"), ("a.eml", b"From: a@b.ru\nSubject: x\n\ntext\n"), ("a.pdf", b"%PDF-1.4\n")],
)  # fmt: skip
def test_other_formats_are_refused(tmp_path, name, data):
    with pytest.raises(InputError) as error:
        masked(tmp_path, data, name)
    assert error.value.code == "mask.unsupported"
    assert not (tmp_path / f"out-{name}").exists()


def test_old_workbooks_are_refused():
    with pytest.raises(InputError) as error:
        mask_file(str(Path(__file__).parent / "read" / "book.xls"), "book.xls", Path("/nowhere"), ReadOptions())
    assert error.value.code == "mask.unsupported"


def test_a_code_page_without_our_letters_is_refused(tmp_path):
    with pytest.raises(InputError) as error:
        masked(tmp_path, b"id;mail\n1;ivan@mail.ru\n", encoding="latin-1")
    assert error.value.code == "mask.encoding"


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("ФИО", "Пак", False), ("ФИО", "-", True), ("ФИО", "не указано", True), ("Телефон", "нет", True), ("Телефон", "45-67-89", False),
        ("Дата рождения", "12.03.1985", False), ("Дата", "12.03.1985", True), ("Сумма", "89123456780", True), ("Номер заказа", "89123456780", True),
        ("Менеджер", "Зуев", False), ("Адрес доставки", "Мира 5", False), ("Адрес магазина", "проспект Мира", True), ("ИНН", "7707083893", False),
        ("Имя товара", "Наполеон", True), ("Логин", "kotik", False), ("Город", "Киров", True),
    ],
)  # fmt: skip
def test_cells_under_their_columns(column, value, kept):
    assert (CellMasker().cell(value, column) == value) is kept


def test_cells_are_counted_and_masked_once():
    masker = CellMasker()
    once = masker.cell("Менеджер Анна, 8 912 345-67-89", "Текст")
    assert masker.counts == Counter({"ИМЯ": 1, "ТЕЛ": 1})
    assert masker.cell(once, "Текст") == once
    assert masker.caught == Counter()


def test_a_workbook_of_unclosed_tags_costs_linear_time():
    for tag in ("<c>", "<v>", "<si>", "<t>", "<rPh>", "<x:c r='A1' t='s'>", "<c><v>"):
        for pattern in (mask_book._CELL, mask_book._STRING, mask_book._TEXT, mask_book._PHONETIC, mask_book._VALUE):
            assert growth(pattern.findall, tag * 4_000) < MOST, tag
