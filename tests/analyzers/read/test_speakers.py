"""Whose a message is by the names beside it, and where a name proves nothing."""

from collections.abc import Callable

import pytest
from svc.analyzers.read.speakers import is_firm, named_sides

PEOPLE = ("Анна Иванова", "Пётр Орлов", "Вера Ким", "Олег Белов", "Ева Лис")


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Поддержка «Ромашка»", True), ("Ромашка | Поддержка", True), ("romashka_bot", True), ("Служба заботы", True),
        ("Оператор Мария", True), ("Контакт-центр Ромашка", True), ("Support Team", True),
        ("Отдел контроля качества", True),
        ("Анна Иванова", False), ("ИП Иванов", False), ("ООО «Ромашка»", False), ("Ботов Сергей", False),
        ("+7 900 000-00-00", False), ("", False), ("Операторова Нина", False),
    ],
)  # fmt: skip
def test_names_of_desks(name: str, ours: bool) -> None:
    assert is_firm(name) is ours


def test_a_name_in_most_dialogues_is_the_companys() -> None:
    names = [name for person in PEOPLE for name in (person, "Ромашка")]
    talks = [str(i // 2) for i in range(len(names))]
    side = named_sides(names, talks)
    assert side is not None
    assert (side("Ромашка"), side("Анна Иванова"), side("Новый Клиент"), side(" ")) == (
        "operator",
        "client",
        "client",
        None,
    )


@pytest.mark.parametrize(
    ("names", "talks"),
    [
        ([*PEOPLE, *PEOPLE], None),  # nobody bears a word of the company
        (["ООО «Вектор»", "Мария"] * 4, None),  # a chat of two: the firm may be the customer
        ([*PEOPLE, *PEOPLE], list("0123401234")),  # each writes in a dialogue of his own
        (["Анна", "Пётр", "Анна", "Пётр"], list("0011")),  # two talks of the same two
        (["Поддержка"] * 9 + ["Анна"], None),  # a log of the company's letters
        (["Клиент", "Поддержка"] * 4, None),  # words, not names: another rule's
    ],
)
def test_where_nothing_is_known(names: list[str], talks: list[str] | None) -> None:
    assert named_sides(names, talks) is None


def test_the_customer_role_puts_it_off(read_text: Callable[..., object]) -> None:
    rows = "".join(f"{person};Хамят и не отвечают\nПоддержка;Проверим и ответим\n" for person in PEOPLE)
    _, records, skipped = read_text("Автор;Сообщение\n" + rows)
    assert (len(records), len(skipped)) == (5, 5)
    info, records, skipped = read_text("Автор;Сообщение\n" + rows, columns={"customer": "Автор"})
    assert (info.turns, len(records), len(skipped)) == (None, 10, 0)


def test_managers_may_write_for_a_customer(read_text: Callable[..., object]) -> None:
    rows = "".join(
        f"{person};Хамят и не отвечают\nМенеджер {i};Клиент требует деньги\n" for i, person in enumerate(PEOPLE)
    )
    info, records, _ = read_text("Отправитель;Текст\n" + rows)
    assert (info.turns, len(records)) == (None, 10)
    chat = "".join(
        f"0{i + 1}.03.2026, 10:00 - {name}: Где заказ\n" for i, name in enumerate([*PEOPLE, "Менеджер Мария"])
    )
    _, records, skipped = read_text(chat, "chat.txt")
    assert (len(records), [row.reason for row in skipped]) == (5, ["not_customer"])


def test_who_complained_is_not_who_spoke(read_text: Callable[..., object]) -> None:
    rows = "".join(f"{person};Хамят и не отвечают\nПоддержка;Не дают доступа к базе\n" for person in PEOPLE)
    info, records, _ = read_text("Автор обращения;Текст\n" + rows)
    assert (info.turns, len(records)) == (None, 10)
