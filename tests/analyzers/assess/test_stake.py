"""Sums that nobody wrote down, numbers alone, and what the words around a sum tell."""

from __future__ import annotations

import pytest
from svc.analyzers.assess.amounts import sums
from svc.analyzers.assess.facts import FactReader
from svc.analyzers.assess.page import Page
from svc.analyzers.assess.stake import DISPUTE
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize


def page(text: str) -> Page:
    """A text as the readers of facts see it."""
    forms = Forms()
    tokens = tokenize([text])
    return FactReader(forms).places(tokens, forms.ids(tokens)).page(0, text)


def values(text: str) -> set[float]:
    """The sums that may be in dispute."""
    return {item.value for item in sums(page(text)) if item.role == DISPUTE}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Прошу вернуть за куртку 4 100 руб. и возместить доставку 350 руб.", 4450),
        ("Списали 700 руб., потом ещё списали 900 руб. Верните!", 1600),
        ("По меню суп 310 руб., а списали 520 руб. Верните разницу.", 210),
        ("Снял 20 000, банкомат выдал 15 000. На счету ещё 3 рубля", 5000),
        ("Внёс 8 000 руб., зачислили 5 000 руб.", 3000),
        ("Два билета по 3 500 руб. на отменённый концерт", 7000),
        ("По 490 руб. за четыре месяца, и всё зря", 1960),
        ("Внёс сорок одну тысячу за забор", 41000),
        ("Билет стоил 3 400 руб. Где ещё 1250?", 1250),
        ("Сняли 4 218,60, хотя долга нет. Верните списанное, пожалуйста, 4 218,60 руб.", 4218.6),
    ],
)
def test_sums_told_in_parts(text: str, value: float) -> None:
    assert value in values(text)


@pytest.mark.parametrize(
    "text",
    ["Оплатил 900 руб. Дом 1250, подъезд 3", "Заплатил 900 руб. в 2024 году", "Плачу 900 руб., рейс 1250 отменён"],
)
def test_names_and_years_are_no_sums(text: str) -> None:
    assert values(text) == {900}


def test_a_number_is_read_once() -> None:
    assert values("Сверху одиннадцать тысяч триста рублей") == {11300}


def test_words_of_another_sum_are_not_its_own() -> None:
    found = {item.value: item.told for item in sums(page("Вернули 500 руб., а списали 800 руб. без спроса"))}
    told_once = {value: told for value, told in found.items() if "made" not in told}
    assert [("l_asked" in told, "l_lost" in told) for _, told in sorted(told_once.items())] == [
        (True, False),
        (False, True),
    ]
