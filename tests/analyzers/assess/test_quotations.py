"""Where a promise is looked for: quotations, colons, before a bare «обещали»; not where a contract is only numbered."""

from __future__ import annotations

import pytest
from svc.analyzers.assess import expectation
from svc.analyzers.assess.evidence import marks
from svc.analyzers.assess.facts import FactReader
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize


def promised(text: str) -> list[str]:
    """Spans of all promises of a text that may have been broken."""
    forms = Forms()
    tokens = tokenize([text])
    page = FactReader(forms).places(tokens, forms.ids(tokens)).page(0, text)
    cases = expectation.cases(page)
    assert len(marks(cases)) == len(cases)
    return [text[case.start : case.end] for case in cases]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("«Уберём двор за три дня», уверял плакат. Прошёл месяц, грязь.", "Уберём двор за три дня"),
        ("Статус обращения: «трубу заменят до 3 июня». Июль, труба течёт.", "трубу заменят до 3 июня"),
        ("Девушка в окошке весело так: справку пришлём завтра. Не прислали.", "справку пришлём завтра"),
        ("Скидку 15 % на вторую пару обещали, пробили полную цену.", "Скидку 15 % на вторую пару обещали"),
        ("Преподаёт носитель из Лондона, говорила менеджер. Пришёл Артур.", "носитель из Лондона"),
        ("Брали номер с видом на море, так и стоит в подтверждении. Вид на стену.", "с видом на море"),
        ("Представитель привёз карту и сказал, что кешбэк включён с 1 мая. Пришло 37 рублей.", "кешбэк включён"),
        ("В личном кабинете стояло: доставка с 10 до 14. Приехали в 19.", "доставка с 10 до 14"),
        ("На плашке «доедем за 20 минут, точно», ехали два часа.", "доедем за 20 минут, точно"),
    ],
)
def test_a_promise_may_stand_anywhere(text: str, span: str) -> None:
    assert any(span in found for found in promised(text))


@pytest.mark.parametrize(
    "text",
    [
        "Сегодня написано заявление о закладной, жду 5 дней.",
        "Ответили на 1 запрос из 2, и то не сразу.",
        "Принесли копии, заверенные подписью, 3 штуки.",
        "Зайдите в раздел «Видео на главной канала», нажмите справа.",
        "В приложении доступны: 1. Загрузка. 2. Аналитика.",
        "На сайте банка «ДОМ.РФ» нет ни слова правды.",
        "Нам назначили роли на канале, ничего не работает.",
    ],
)
def test_names_and_papers_promise_nothing(text: str) -> None:
    assert promised(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Кредит по договору ипотеки № 55-18 закрыт давно.",
        "Кредит по договору № 55-18 закрыт давно.",
        "По договору от 03.04.2020 я плачу вовремя, 5 лет.",
        "Нигде в договоре это не прописано, что карта платная.",
    ],
)
def test_numbers_of_contracts_promise_nothing(text: str) -> None:
    assert promised(text) == []
