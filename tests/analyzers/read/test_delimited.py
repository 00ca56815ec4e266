"""CSV and its relatives: encodings, delimiters, headers, damage."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from svc.analyzers.errors import InputError, UsageError
from svc.analyzers.read.lines import Lines

from .conftest import read

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866", "mac-cyrillic"]
TEXTS = [
    "Курьер опоздал на три часа; и даже не извинился",
    'Сказали «ждите», а потом "заказ отменён"',
    "Деньги не вернули,\nзвоню каждый день",
    "Оператор бросил трубку\tи не перезвонил",
]


def table(delimiter: str, rows: list[list[str]]) -> str:
    """Write rows as csv."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_table_opens_in_every_encoding_and_delimiter(
    read_text: Callable[..., object], encoding: str, delimiter: str
) -> None:
    rows = [[str(i), f"{i + 1:02}.03.2026", text, "5"] for i, text in enumerate(TEXTS)]
    text = table(delimiter, [["№", "Дата", "Текст обращения", "Оценка"], *rows])
    info, records, skipped = read_text(text.encode(encoding, "replace"))
    assert info.delimiter == delimiter
    assert [(record.row, record.date, record.rating) for record in records] == [
        (i + 2, f"2026-03-{i + 1:02}", 5.0) for i in range(4)
    ]
    assert [record.text for record in records] == [text.encode(encoding, "replace").decode(encoding) for text in TEXTS]
    assert not skipped


CELLS = st.text(st.characters(codec="cp1251", exclude_categories=["Cc"]), max_size=30)


def test_a_cell_that_names_a_format_is_a_cell(read_text: Callable[..., object]) -> None:
    text = "Вставил <office:document в письмо, не открылось"
    _, records, _ = read_text(f"id;Комментарий\n1;{text}\n")
    assert [record.text for record in records] == [text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@given(tails=st.lists(CELLS, min_size=1, max_size=8))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_written_is_read_back(tmp_path: Path, encoding: str, delimiter: str, tails: list[str]) -> None:
    texts = ["Очень долго везли заказ " + tail.encode(encoding, "ignore").decode(encoding) for tail in tails]
    path = tmp_path / "in.csv"
    rows = [["Номер", "Текст жалобы", "Город"], *([str(i), text, "Омск"] for i, text in enumerate(texts))]
    path.write_bytes(table(delimiter, rows).encode(encoding))
    _, records, skipped = read(path, encoding=encoding, delimiter=delimiter)
    assert [record.text for record in records] == [text.strip() for text in texts]
    assert [record.region for record in records] == ["Омск"] * len(texts)
    assert not skipped


@given(data=st.binary(max_size=400))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    codes: set[str] = set()
    for name in ("in.csv", "in.json", "in.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        try:
            read(path)
        except (InputError, UsageError) as error:
            codes.add(error.code.partition(".")[0])
    assert codes <= {"read"}


@pytest.mark.parametrize(
    ("text", "header_row", "columns", "rows"),
    [
        ("sep=;\nДата;Отзыв\n01.02.2026;Всё плохо, ужасно\n", 1, ["Дата", "Отзыв"], [2]),
        ("Отчёт за март;\n;\nДата;Отзыв\n01.02.2026;Всё плохо, ужасно\n", 3, ["Дата", "Отзыв"], [4]),
        ("\ufeff Дата ; Отзыв \n01.02.2026;Всё плохо\n", 1, ["Дата", "Отзыв"], [2]),
        ("Дата;Отзыв;Отзыв;\n01.02.2026;Всё плохо;;\n", 1, ["Дата", "Отзыв", "Отзыв (2)", "4"], [2]),
        ("01.02.2026;Всё плохо и долго\n02.02.2026;Не привезли вовремя\n", None, ["1", "2"], [1, 2]),
        ("Отзыв\nПлохо, долго, дорого\nХамят\n", 1, ["Отзыв"], [2, 3]),
        ('Дата;Отзыв\n01.02.2026;"Первая\nвторая"\n\n02.02.2026;Ещё раз\n', 1, ["Дата", "Отзыв"], [2, 4]),
        ("Дата;Отзыв\r01.02.2026;Плохо везли\r02.02.2026;Не везли\r", 1, ["Дата", "Отзыв"], [2, 3]),
    ],
)
def test_header_and_row_numbers_are_those_of_excel(
    read_text: Callable[..., object], text: str, header_row: int | None, columns: list[str], rows: list[int]
) -> None:
    info, records, _ = read_text(text)
    assert (info.header_row, info.columns) == (header_row, columns)
    assert [record.row for record in records] == rows


def test_backslash_quotes_and_stray_quotes_are_read(read_text: Callable[..., object]) -> None:
    _, records, _ = read_text('id,text\n1,"Магазин \\"Ромашка\\", обман"\n2,"Плохо, очень"\n')
    assert [record.text for record in records] == ['Магазин "Ромашка", обман', "Плохо, очень"]
    _, records, _ = read_text('id\ttext\n1\t"Ромашка" обманула меня\n2\t"не закрыта кавычка здесь\n3\tПлохо\n')
    assert [record.row for record in records] == [2, 3, 4]


def test_every_row_is_used_or_skipped_with_a_reason(read_text: Callable[..., object]) -> None:
    text = (
        "id;Текст;Город\n1;Долго везли заказ;Омск\n2;;Омск\n3;123;Омск\n4\n;;\n5;нет;Омск\n6;Хамство там;Омск;лишнее\n"
    )
    info, records, skipped = read_text(text)
    assert [record.id for record in records] == ["1", "6"]
    assert [(skip.row, skip.reason) for skip in skipped] == [
        (3, "empty_text"), (4, "not_text"), (5, "too_few_cells"), (7, "empty_text"),
    ]  # fmt: skip
    assert ("extra_cells", {"count": 1}) in info.notes


def test_damage_is_mended_and_counted(read_text: Callable[..., object]) -> None:
    good = "".join(f"{i};Заказ привезли поздно\n" for i in range(50)).encode()
    bad = "50;Деньги так и не вернули\n".encode("cp1251")
    cut = "51;Курьер не приехал".encode()[:-1] + b"\n52;\0\xd0\x9e\0\xd0\xb9\n"
    info, records, _ = read_text("id;Текст\n".encode() + good + bad + cut)
    assert records[50].text == "Деньги так и не вернули"
    assert records[51].text.endswith("приеха\ufffd")
    assert records[52].text == "Ой"
    assert [note for note in info.notes if note[0] in ("replaced", "recoded", "nuls")] == [
        ("replaced", {"count": 1}), ("recoded", {"count": 1}), ("nuls", {"count": 2}),
    ]  # fmt: skip


def test_a_megabyte_cell_is_read_and_a_longer_one_skipped(read_text: Callable[..., object]) -> None:
    rows = [["id", "Текст"], ["1", "а" * (1 << 20)], ["2", "б" * ((1 << 20) + 1)], ["3", "Привезли поздно"]]
    _, records, skipped = read_text(table(";", rows))
    assert [record.id for record in records] == ["1", "3"]
    assert [(skip.row, skip.reason) for skip in skipped] == [(3, "too_long")]


def test_an_endless_line_is_cut_in_bounded_memory() -> None:
    text = "x" * 1000 + "\n" + "y" * 5_000_000 + "\n" + "z\n"
    lines = Lines(io.BytesIO(text.encode()), "utf-8", max_line=1 << 20)
    shown: list[tuple[int, bool]] = []
    for line in lines:
        shown.append((len(line), lines.cut))
        lines.cut = False
    assert shown == [(1001, False), (1 << 20, True), (2, False)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_lines_do_not_depend_on_where_blocks_end(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    text = "Раз\r\nдва\u2028три\nчетыре\r\n\r\nпять"
    text = text.encode(encoding, "ignore").decode(encoding)
    for size in range(1, 12):
        monkeypatch.setattr("svc.analyzers.read.lines.BLOCK", size)
        assert "".join(Lines(io.BytesIO(text.encode(encoding)), encoding)) == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "read.empty"),
        (b"\n \n", "read.empty"),
        ("Дата;Текст\n".encode(), "read.header_only"),
        (bytes(range(256)) * 20, "read.binary"),
        (b"{\\rtf1 ...", "read.unsupported"),
        (b"PK\x03\x04broken", "read.damaged"),
        (b"<!DOCTYPE html><table>", "read.empty"),
        (b"a;b\n1;2\n3;4\n", "read.no_text_column"),
        ("Дата;Ответ оператора\n01.02.2026;Добрый день, приносим извинения\n".encode(), "read.no_text_column"),
    ],
)
def test_what_cannot_be_read_is_refused(read_text: Callable[..., object], data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_text(data)
    assert caught.value.code == code


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "read.is_directory"), (tmp_path / "нет.csv", "read.not_found")):
        with pytest.raises(InputError) as caught:
            read(path)
        assert caught.value.code == code


@pytest.mark.parametrize("stray", [3, 500, 900])
def test_a_quote_never_closed_does_not_swallow_the_rows_below(read_text: Callable[..., object], stray: int) -> None:
    rows = [f"{i};01.03.2026;Заказ {i} привезли поздно;Омск;5" for i in range(1000)]
    rows[stray] = f'{stray};01.03.2026;"Заказ привезли поздно;Омск;5'
    rows[1] = '1;01.03.2026;"Заказ ""пять""\nпривезли; поздно";Омск;5'
    info, records, skipped = read_text("id;Дата;Текст;Город;Оценка\n" + "\n".join(rows) + "\n")
    assert [record.row for record in records] == list(range(2, 1002))
    assert {record.region for record in records} == {"Омск"}
    assert not skipped
    assert ("unclosed_quote", {"count": 1, "row": stray + 2}) in info.notes
