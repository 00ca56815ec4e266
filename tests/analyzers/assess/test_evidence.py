"""Marks for and against a broken promise, as one reads them in a text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from svc.analyzers.assess.evidence import marks, weigh
from svc.analyzers.assess.expectation import cases, gaps
from svc.analyzers.assess.facts import FactReader
from svc.analyzers.assess.page import Page
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize


def pages(texts: Sequence[str]) -> list[Page]:
    forms, tokens = Forms(), tokenize(list(texts))
    places = FactReader(forms).places(tokens, forms.ids(tokens))
    return [places.page(doc, text) for doc, text in enumerate(texts)]


def first_marks(text: str) -> set[str]:
    return marks(cases(pages([text])[0]))[0]


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        (
            "Обещали привезти в среду, не привезли.",
            {"k_promise", "they", "o_not_verb", "o_echo_not"},
            {"before", "own"},
        ),
        ("Обещали привезти в среду. Никто не приехал.", {"n_not_verb", "n_none"}, {"o_not_verb"}),
        ("Свет отключили, хотя обещали дать его вчера.", {"though", "before"}, {"as"}),
        ("Приехали, как обещали, в среду утром.", {"as"}, {"though", "made"}),
        ("Я обещал мастеру заплатить, и не заплатил.", {"own"}, {"made"}),
        ("Обещали за 3 дня, вышло 10 дней.", {"o_worse", "c_number"}, {"o_better", "o_same"}),
        ("Обещали за 10 дней, сделали за 3 дня.", {"o_better"}, {"o_worse", "o_figure"}),
        ("Обещали 300 рублей скидки, дали 300 рублей.", {"o_same"}, {"o_other_figure"}),
        ("Обещали перезвонить сегодня? Когда?", {"question"}, set[str]()),
        ("Сотрудник ответил, что снять 5000 сегодня невозможно.", {"c_refusal", "answered"}, {"untold"}),
        ("На сайте 3 пункта: нажмите первый.", {"untold"}, {"past"}),
        ("В рассылке сказано: тариф вырастет на 100 рублей.", {"c_menace"}, {"c_refusal"}),
        ("Обещали починить за неделю, претензий нет.", {"o_kept"}, {"o_lack"}),
    ],
)
def test_marks_say_what_stands_in_the_text(text: str, told: set[str], untold: set[str]):
    found = first_marks(text)
    assert told <= found, sorted(found)
    assert not untold & found, sorted(found)


def test_cases_are_weighed_alike_alone_and_together():
    texts = [
        "Обещали привезти в среду, не привезли. Менеджер сказал, что деньги вернут завтра. Денег нет неделю.",
        "В приложении написано «доставка за 15 минут», ждали два часа.",
        "Молодцы!",
        "По договору окна ставят до 1 мая. Сегодня июнь, окон нет.",
    ]
    together = [case for page in pages(texts) for case in cases(page)]
    alone = [weigh(own).weight.tolist() for text in texts if (own := cases(pages([text])[0]))]
    assert weigh(together).weight.tolist() == [weight for weights in alone for weight in weights]


def test_the_outcome_is_the_stretch_that_speaks_of_a_breach():
    text = "Обещали привезти диван в среду. Мы взяли отгул. Никто не приехал и не позвонил."
    gap = gaps(pages([text]))[0]
    assert text[slice(*gap.got)] == "Никто не приехал и не позвонил"
    before = "Приехали через неделю, хотя обещали приехать завтра."
    gap = gaps(pages([before]))[0]
    assert before[slice(*gap.promised)].startswith("обещали приехать")
    assert before[slice(*gap.got)].startswith("Приехали через неделю")


def test_no_cases_no_marks():
    assert marks([]) == []
    assert gaps(pages(["Молодцы!", ""])) == {}
