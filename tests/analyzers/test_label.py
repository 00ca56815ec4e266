"""Kinds as the whole reading of a text leaves them."""

from __future__ import annotations

import pytest
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.vocabulary import KINDS


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller(load_lexicon(()), Forms())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Согласно ст. 1102 ГК РФ прошу возвратить 37 200 рублей, договора между нами нет.", "claim"),
        ("Рыба тухлая, верните хоть половину денег!", "complaint"),
    ],
)
def test_money_asked_for_by_the_law_is_a_claim(labeller: Labeller, text: str, kind: str):
    assert KINDS[int(labeller.label([text]).kind[0])] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Раньше было вкусно и быстро, теперь еда холодная, персонал хамит.", "complaint"),
        ("Раньше быстро отвечали, сейчас не дождёшься ответа.", "complaint"),
        ("Когда-то отличный магазин, теперь грязь и очереди.", "complaint"),
        ("Всегда заказывал у вас, всё устраивало, но последний заказ привезли разбитым.", "complaint"),
        ("Прежде дворник убирал отлично, теперь двор зарос мусором.", "complaint"),
        ("В другой клинике приняли без очереди, а тут сижу третий час.", "complaint"),
        ("Достоинства: нет. Недостатки: сломался через неделю.", "complaint"),
        ("Раньше приходилось ждать неделю, теперь отвечают быстро.", "praise"),
        ("Раньше в подъезде было темно, теперь светло и чисто, спасибо управляющей.", "praise"),
        ("Привезли раньше срока, всё отлично.", "praise"),
        ("Достоинства: лёгкий, мощный. Недостатки: нет.", "praise"),
    ],
)
def test_what_was_good_before_or_is_good_elsewhere_is_no_praise(labeller: Labeller, text: str, kind: str):
    assert KINDS[int(labeller.label([text]).kind[0])] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Оформляли ипотеку, хочу отметить сотрудника офиса, всё объяснила, было приятно.", "praise"),
        ("Обслуживание приятное, но деньги списали дважды и не вернули.", "complaint"),
    ],
)
def test_pleased_words_about_nothing_that_failed_are_praise(labeller: Labeller, text: str, kind: str):
    assert KINDS[int(labeller.label([text]).kind[0])] == kind
