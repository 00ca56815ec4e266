"""Columns are found by their names and by what they hold."""

import csv
import io
from collections.abc import Callable

import pytest
from svc.analyzers.errors import UsageError

COMPLAINTS = [
    "Заказала диван, обещали привезти в среду, прошло две недели, никто не звонит",
    "Курьер нахамил и отказался поднимать заказ на этаж, хотя подъём был оплачен",
    "С карты списали деньги дважды, поддержка отвечает отписками третий день",
    "Сдала телефон в ремонт по гарантии, вернули с царапиной и без коробки",
    "В отделении очередь на два часа, работает одно окно из пяти, кондиционер сломан",
]
REPLIES = [f"Добрый день! Ваше обращение {i} передано в профильный отдел, ожидайте ответа" for i in range(5)]


def table(**columns: list[object]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue()


@pytest.mark.parametrize(
    ("columns", "choices"),
    [
        (
            {"Номер обращения": list(range(101, 106)), "Дата создания": ["01.03.2026"] * 5,
             "Дата закрытия": ["02.03.2026"] * 5,
             "Тема": ["Диван", "Курьер", "Карта", "Ремонт", "Очередь"], "Текст обращения": COMPLAINTS,
             "Ответ оператора": REPLIES, "Исполнитель": ["Иванова"] * 5, "Категория обращения": ["Доставка"] * 5,
             "ФИО клиента": [f"Клиент {i}" for i in range(5)], "Канал": ["сайт"] * 5, "Регион": ["Омск"] * 5,
             "Оценка": [1, 2, 1, 1, 2], "Сумма претензии": ["1 200,50"] * 5, "Статус": ["закрыто"] * 5,
             "Товар": ["диван"] * 5},
            {"id": "Номер обращения", "date": "Дата создания", "closed": "Дата закрытия", "title": "Тема",
             "text": "Текст обращения", "reply": "Ответ оператора", "operator": "Исполнитель",
             "customer": "ФИО клиента",
             "channel": "Канал", "region": "Регион", "rating": "Оценка", "amount": "Сумма претензии",
             "status": "Статус", "product": "Товар"},
        ),
        (
            {"ticket_id": list(range(5)), "created_at": ["2026-03-01T10:00:00Z"] * 5,
             "subject": ["a b", "b", "c", "d", "e"],
             "body": COMPLAINTS, "agent_answer": REPLIES, "user_name": list("абвгд"), "label": ["x"] * 5,
             "stars": [5] * 5},
            {"id": "ticket_id", "date": "created_at", "title": "subject", "text": "body", "reply": "agent_answer",
             "customer": "user_name", "rating": "stars"},
        ),
        (
            {"review_text_cleaned": [text.lower().replace(",", "") for text in COMPLAINTS], "review_text": COMPLAINTS,
             "review_title": list("абвгд")},
            {"text": "review_text", "title": "review_title"},
        ),
        ({"q1": ["01.03.2026"] * 5, "q2": COMPLAINTS, "q3": [1, 2, 3, 4, 5]}, {"text": "q2", "date": "q1"}),
        ({"Комментарий оператора": REPLIES, "Комментарий": COMPLAINTS},
         {"text": "Комментарий", "reply": "Комментарий оператора"}),
    ],
)  # fmt: skip
def test_columns_are_found(
    read_text: Callable[..., object], columns: dict[str, list[object]], choices: dict[str, str]
) -> None:
    info, records, _ = read_text(table(**columns))
    assert {role: choice.columns[0] for role, choice in info.choices.items()} == choices
    assert len(records) == 5


def test_a_near_copy_is_set_aside_and_told(read_text: Callable[..., object]) -> None:
    lower = [text.lower() for text in COMPLAINTS]
    info, _, _ = read_text(table(text=COMPLAINTS, text_lemmatized=lower))
    assert ("near_copy", {"column": "text_lemmatized", "of": "text"}) in info.notes


def test_a_review_form_is_joined_with_its_names(read_text: Callable[..., object]) -> None:
    text = table(
        Достоинства=["Быстро доехал", "нет"],
        Недостатки=["Упаковка порвана", " Сломался "],
        Комментарий=["Не возьму", ""],
    )
    _, records, _ = read_text(text)
    assert [record.text for record in records] == [
        "Достоинства: Быстро доехал\nНедостатки: Упаковка порвана\nКомментарий: Не возьму",
        "Недостатки: Сломался",
    ]
    assert records[1].parts == (("Недостатки", 12, 20, 1),)


def test_parts_lead_back_into_the_cells(read_text: Callable[..., object]) -> None:
    cells = {"Тема": [" Долго везли "], "Текст": ["  Заказ привезли поздно "]}
    _, [record], _ = read_text(table(**cells))
    for column, start, stop, place in record.parts:
        assert record.text[start:stop] == cells[column][0][place : place + stop - start]
    assert record.text == "Долго везли\nЗаказ привезли поздно"


def test_a_title_that_repeats_the_text_is_not_counted_twice(read_text: Callable[..., object]) -> None:
    _, [record], _ = read_text(table(Тема=["Заказ привезли…"], Текст=["Заказ привезли поздно"]))
    assert record.text == "Заказ привезли поздно"


def test_options_name_columns_by_name_and_number(read_text: Callable[..., object]) -> None:
    text = table(a=COMPLAINTS, b=REPLIES, city=["Омск"] * 5)
    info, records, _ = read_text(text, columns={"text": "2"}, by=("city",))
    assert info.choices["text"].columns == ("b",)
    assert records[0].extra == {"city": "Омск"}
    info, _, _ = read_text(text, columns={"text": "A,b", "region": "none"})
    assert info.choices["text"].columns == ("a", "b")
    assert "region" not in info.choices
    with pytest.raises(UsageError) as caught:
        read_text(text, columns={"text": "ciyt"})
    assert caught.value.params["nearest"] == "city"


def test_zero_is_no_mark_on_a_scale_of_five_and_a_mark_on_nps(read_text: Callable[..., object]) -> None:
    info, records, _ = read_text(table(text=COMPLAINTS, rating=[0, 5, 1, 3, 2]))
    assert records[0].rating is None
    assert ("zero_rating_is_none", {"column": "rating"}) in info.notes
    _, records, _ = read_text(table(text=COMPLAINTS, nps=[0, 10, 1, 3, 2]))
    assert records[0].rating == 0


def test_bad_dates_leave_the_row_usable_and_are_counted(read_text: Callable[..., object]) -> None:
    dates = ["01.03.2026", "вчера", "03/25/2026", "", "04.03.2026"]
    info, records, _ = read_text(table(Дата=dates, Текст=COMPLAINTS))
    assert [record.date for record in records] == ["2026-03-01", None, "2026-03-25", None, "2026-03-04"]
    assert ("bad_dates", {"column": "Дата", "count": 1}) in info.notes


def test_a_bad_day_inside_a_text_is_counted_like_one_of_a_column(read_text: Callable[..., object]) -> None:
    """A finding of the fuzz run: the remark asked for a column that the table does not have."""
    lines = [f"{n}.03.2026 {text}" for n, text in enumerate(COMPLAINTS, 1)] + ["99.99.2026 Никто не отвечает на звонки"]
    info, records, _ = read_text("\n".join(lines), "in.txt")
    assert [record.date for record in records] == [f"2026-03-0{n}" for n in range(1, 6)] + [None]
    assert ("bad_dates", {"column": "text", "count": 1}) in info.notes
