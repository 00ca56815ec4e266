"""Tables of fixed width, transcripts with a clock, and what a workbook hides."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.read.fixed import find_layout
from svc.analyzers.read.hidden import Hidden, sheet_parts
from svc.analyzers.read.talks import find_turns, head_of, is_talk, sides

from .conftest import read

WORDS = st.text("абвгд", min_size=1, max_size=8)


@given(
    st.lists(st.tuples(st.integers(1, 10**7), WORDS, st.lists(WORDS, min_size=1, max_size=4)), min_size=2),
    st.booleans(),
)
def test_what_is_printed_in_columns_is_read_back(rows: list[tuple[int, str, list[str]]], right: bool) -> None:
    widths = (10, 12)
    lines = [f"{'Номер':<{widths[0]}}  {'Город':<{widths[1]}}  Текст"]
    for number, town, words in rows:
        first = f"{number:>{widths[0]}}" if right else f"{number:<{widths[0]}}"
        lines.append(f"{first}  {town:<{widths[1]}}  {' '.join(words)}")
    layout = find_layout(lines)
    assert layout is not None
    assert layout.names == ("Номер", "Город", "Текст")
    assert [layout.cells(line) for line in lines[1:]] == [[str(n), town, " ".join(words)] for n, town, words in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Дата  Текст\n01.03.2026 Ждал час и не дождался\nХамят на кассе постоянно\n",  # no place is blank in both lines
        "id;  Дата;  Текст\n1;  01.03.2026;  Хамят\n2;  02.03.2026;  Грубят\n",
        "id,  Дата,  Текст\n1,   01.03.2026, Хамят\n2,   02.03.2026, Грубят\n",
        "Прошу принять меры\n\nДата  Подпись\n",
        "Ждал курьера  весь день\nДеньги так и  не вернули\nХамят  постоянно всем\n",
    ],
)
def test_other_texts_have_no_columns(text: str) -> None:
    assert find_layout(text.splitlines()) is None


def test_the_header_of_a_second_page_and_totals_are_no_complaints(read_text: Callable[..., object]) -> None:
    head = "Номер  Город   Текст"
    page = "1      Омск    Хамят на кассе\n2      Тула    Ждал час\n"
    _, records, _ = read_text(f"{head}\n{page}=====  =====\n{head}\n{page.replace('2 ', '4 ')}", "in.txt")
    assert [(record.id, record.text) for record in records] == [
        ("1", "Хамят на кассе"), ("2", "Ждал час"), ("1", "Хамят на кассе"), ("4", "Ждал час"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Анна 10:00:01\n", ("", "Анна", "")),
        ("Анна Иванова, [01.03.2026 10:00]\r\n", ("01.03.2026 10:00", "Анна Иванова", "")),
        ("[10:00] Анна: Хамят\n", ("", "Анна", "Хамят")),
        ("01.03.2026 10:00 Оператор Мария: Проверим", ("01.03.2026 10:00", "Оператор Мария", "Проверим")),
        ("Клиент 15 10.03.2026 10:00\n", ("10.03.2026 10:00", "Клиент 15", "")),
        ("Встреча в 10:00\n", None),
        ("Ждал до 10:00, никто не пришёл", None),
        ("Курьер приехал в 10:00: пьяный", None),
    ],
)
def test_a_head_says_when_and_who(line: str, told: tuple[str, str, str] | None) -> None:
    assert head_of(line) == told


def test_beside_one_known_side_the_other_names_are_the_other() -> None:
    of = lambda *names: sides(find_turns("\n".join(f"{name} 10:00\nсло́во" for name in names)))  # noqa: E731
    assert of("Клиент", "Мария", "Олег") == ["client", "operator", "operator"]
    assert of("Оператор", "Мария") == ["operator", "client"]
    assert of("Анна", "Мария") is None


def test_prose_with_clocks_is_no_talk() -> None:
    assert not is_talk(["Заказал в 10:00\n", "Курьер 12:00\n", "Приехал 15:00\n", "Уехал 16:00\n", "Ждал 17:00\n"])
    assert not is_talk(["Анна 10:00\n", "Пётр 11:00\n", "Вера 12:00\n", "Олег 13:00\n"])  # a list of visitors


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_hidden_rows_and_columns_are_found_wherever_blocks_end(size: int) -> None:
    data = (
        b'<sheetData><cols><col min="2" max="3" hidden="1"/><col hidden="0" min="5" max="5"/></cols>'
        b'<row r="2" hidden="1"><c r="A2"/></row><row hidden="true" r="3" spans="1:4"><c/></row>'
        b'<row r="4" hidden="false"><c/></row><row r="9" hidden="1"/></sheetData>'
    )
    hidden = Hidden()
    for i in range(0, len(data), size):
        hidden.look(data[max(0, i - 800) : i + size])
    assert (hidden.rows, hidden.columns, hidden.filtered) == ({2, 3}, {2, 3}, False)


def test_names_of_sheets_lead_to_their_files() -> None:
    book = (
        '<workbook><sheet name="А &amp; Б" sheetId="1" r:id="rId1"/><sheet name="x" r:id="rId9"/></workbook>'.encode()
    )
    relations = b'<Relationships><Relationship Id="rId1" Type="t" Target="/xl/worksheets/sheet7.xml"/></Relationships>'
    assert sheet_parts(book, relations) == {"А & Б": "xl/worksheets/sheet7.xml"}


def test_a_hidden_sheet_that_is_read_is_told(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Архив")
    for row in (["id", "Текст"], [1, "Хамят на кассе каждый день"], [2, "Ждал час и ушёл ни с чем"]):
        sheet.append(row)
    sheet.sheet_state = "veryHidden"
    sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    info, records, _ = read(tmp_path / "a.xlsx")
    notes = dict(info.notes)
    assert (notes["hidden_sheet"], notes["hidden_rows"], len(records)) == ({"sheet": "Архив"}, {"count": 1}, 2)


def test_a_book_without_its_list_of_sheets_is_refused_not_crashed(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    (tmp_path / "a.xlsx").write_bytes(target.getvalue())
    with pytest.raises(Exception, match="damaged"):
        read(tmp_path / "a.xlsx")


def test_a_spreadsheet_whose_tags_do_not_match_is_refused(tmp_path: Path) -> None:
    """The library would read it for ever: found by the byte-mutating run, seed of 905001 and on."""
    content = '<office:document-content xmlns:office="o"><office:body></office:spreadsheet></office:document-content>'
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    with pytest.raises(Exception, match="damaged"):
        read(tmp_path / "a.ods")
