"""Markup in cells: the words stay, the tags go, and every part of the text still points into the cell."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.read.tagged import find_tags, untagged

from ...growth import MOST, growth

TAGS = ["<p>", "</p>", "<br/>", "<b>", "</b>", "&nbsp;", "&laquo;", "<style>", "</style>", "<a href=x>"]
PIECES = st.sampled_from([*TAGS, "<", ">", "&", ";", "Хамят ", "\n", "5 < 7"])


@given(st.lists(PIECES, max_size=30))
def test_pieces_point_into_the_cell(pieces: list[str]) -> None:
    cell = "".join(pieces)
    found = untagged(cell)
    if found is None:
        return
    stops = [0]
    for start, stop, place in found.pieces:
        assert found.text[start:stop] == cell[place : place + stop - start]
        assert start >= stops[-1]
        stops.append(stop)
    assert found.text.count("Хамят") <= cell.count("Хамят")
    if "<style>" not in pieces:
        assert found.text.count("Хамят") == cell.count("Хамят")


def test_one_customer_who_writes_a_tag_makes_no_page() -> None:
    assert not find_tags(["Заказ <b>не</b> приехал", "Хамят", "Грубят", "Не вернули деньги"])
    assert not find_tags(["Цена <1000 и >500", "5 < 7", "a > b"])
    assert find_tags(["<p>Хамят</p>", "<div>Грубят</div>", "Деньги<br>не вернули", "Ждём"])


def test_a_column_of_letters_with_tags(read_text: Callable[..., object]) -> None:
    rows = "".join(f'{i};"<p>Хамят&nbsp;на кассе</p><p>Пишет: <i>никто не&amp;ничто</i></p>"\n' for i in range(4))
    info, records, _ = read_text("id;Текст\n" + rows)
    assert {record.text for record in records} == {"Хамят на кассе\nПишет: никто не&ничто"}
    assert dict(info.notes)["tagged"] == {"count": 4}


def test_hostile_markup_takes_no_long() -> None:
    for cell in ("<style>" * 15_000, "<p " * 30_000, "&#" * 50_000, "<p" + " a" * 50_000, "<p><p>" * 17_000):
        assert growth(untagged, cell) < MOST, cell[:20]
