"""Tables with a message a row: whose it is, what is joined, and that the order of rows changes nothing."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.read import turns
from svc.analyzers.read.model import TableInfo
from svc.analyzers.read.speakers import side_of
from svc.analyzers.read.turns import TurnReader, Turns, find_turns

HEAD = "Номер обращения;Дата;Роль;Сообщение\n"
ROWS = (
    "7;01.03.2026 10:00;Клиент;Заказ не привезли третий день",
    "7;01.03.2026 10:05;Оператор;Проверяем",
    "7;01.03.2026 10:09;Клиент;Сколько ещё ждать?",
    "8;01.03.2026 10:06;Клиент;Деньги не вернули",
    "8;01.03.2026 10:08;Бот;Принято",
)


@pytest.mark.parametrize(
    ("cell", "side"),
    [
        ("Клиент", "client"), ("end_user", "client"), ("Входящее", "client"), ("Клиент Анна", "client"),
        ("user", "client"),
        ("Оператор Мария", "operator"), ("assistant", "operator"), ("исходящее сообщение", "operator"),
        ("BOT", "operator"),
        ("Омск", None), ("", None), ("клиентский отдел", None), ("Анна", None),
    ],
)  # fmt: skip
def test_a_cell_says_whose_the_message_is(cell: str, side: str | None) -> None:
    assert side_of(cell) == side


@pytest.mark.parametrize("seed", range(6))
def test_rows_in_any_order_give_the_same_dialogues(read_text: Callable[..., object], seed: int) -> None:
    rows = list(ROWS)
    random.Random(seed).shuffle(rows)
    info, records, skipped = read_text(HEAD + "\n".join(rows))
    assert sorted((record.id, record.text, record.reply, record.date) for record in records) == [
        ("7", "Заказ не привезли третий день\nСколько ещё ждать?", "Проверяем", "2026-03-01T10:00:00"),
        ("8", "Деньги не вернули", "Принято", "2026-03-01T10:06:00"),
    ]
    assert not skipped
    assert info.turns is not None
    assert (info.turns.column, info.turns.conversation) == ("Роль", "Номер обращения")


def test_an_id_given_by_the_user_decides_what_is_joined(read_text: Callable[..., object]) -> None:
    rows = "".join(f"{i};{row}\n" for i, row in enumerate(ROWS))
    _, joined, _ = read_text("message_id;" + HEAD + rows)
    info, apart, skipped = read_text("message_id;" + HEAD + rows, columns={"id": "message_id"})
    assert (len(joined), len(apart), [row.reason for row in skipped]) == (2, 3, ["not_customer"] * 2)
    assert info.turns is not None
    assert info.turns.conversation is None


def test_a_column_given_to_another_role_says_nothing(read_text: Callable[..., object]) -> None:
    info, records, _ = read_text(HEAD + "\n".join(ROWS), columns={"customer": "Роль"})
    assert info.turns is None
    assert len(records) == len(ROWS)


def test_signatures_are_taken_off_each_message(read_text: Callable[..., object]) -> None:
    rows = [row.replace("третий день", "третий день\n-- \nАнна, отдел закупок") for row in ROWS]
    quoted = "".join(";".join(f'"{cell}"' for cell in row.split(";")) + "\n" for row in rows)
    _, records, _ = read_text(HEAD + quoted)
    assert records[0].text == "Заказ не привезли третий день\nСколько ещё ждать?"


def test_a_long_file_parts_dialogues_rather_than_filling_the_memory(
    read_text: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "MAX_HELD", 80)
    info, records, _ = read_text(HEAD + "\n".join((*ROWS, "7;01.03.2026 10:30;Клиент;Всё ещё жду")))
    notes = dict(info.notes)
    assert notes["turns_parted"]["count"] >= 1
    assert sum(record.text.count("\n") + 1 for record in records) == 4  # no message is lost


def test_a_register_of_clients_and_staff_is_no_dialogue() -> None:
    info = TableInfo("x", "csv", columns=["№", "Вид заявителя", "Текст"])
    cells = [["1", "2", "3", "4"], ["Клиент", "Сотрудник"] * 2, ["Плохо"] * 4]
    assert find_turns(info, cells, set()) is None


MESSAGES = st.lists(
    st.tuples(st.sampled_from("abc "), st.sampled_from(["клиент", "бот", ""]), st.text("жд", max_size=3))
)


@given(MESSAGES)
def test_no_message_is_lost_or_doubled(messages: list[tuple[str, str, str]]) -> None:
    rows = [(number, [*message]) for number, message in enumerate(messages, 1)]
    reader = TurnReader(Turns("who", 1, "talk", 0, side_of), 2, -1, -1, lambda _: None)
    said: list[str] = []
    heard: list[str] = []
    alone = 0
    for _, cells in reader.over(iter(rows)):
        if isinstance(cells, str):
            alone += 1
            continue
        said += filter(None, cells[2].split("\n"))
        heard += filter(None, reader.reply.split("\n"))
    assert sorted(said) == sorted(text for _, who, text in messages if who != "бот" and text)
    spoken = {key for key, who, _ in messages if who != "бот" and key.strip()}
    assert sorted(heard) == sorted(text for key, who, text in messages if who == "бот" and text and key in spoken)
    assert alone == sum(who == "бот" and not key.strip() for key, who, _ in messages) + len(
        {key for key, who, _ in messages if who == "бот" and key.strip()} - spoken
    )
