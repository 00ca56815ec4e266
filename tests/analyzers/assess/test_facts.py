"""Facts of claims, promises and effort: what is read, what is none, and that the short way to them hides nothing."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from svc.analyzers.assess import cues
from svc.analyzers.assess.facts import FactReader, Facts
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize

GOLD = Path(__file__).resolve().parents[2] / "gold"
# openings that a reader asks about itself; the others only let a reader look
# openings that say something by themselves, and are no gates
SAID = (
    "they", "says", "contrast", "none", "still", "elapsed", "kept", "pending", "recent", "free", "others", "unsure",
    "though", "paired", "preposition", "fact", "moment", "person", "site", "advert", "contracted", "no_order", "pleads",
    "wait", "wait_not", "terms", "but", "me", "blame", "headed", "refusal", "menace", "answered", "set",
    *(name for name in cues.OPENS if name.startswith("sum_")),
)  # fmt: skip


def read(texts: Sequence[str], *, claim: bool = False) -> list[Facts | None]:
    """Facts of some texts, read as one chunk."""
    forms = Forms()
    tokens = tokenize(list(texts))
    n = len(texts)
    return FactReader(forms).read(tokens, forms.ids(tokens), texts, np.full(n, claim), np.ones(n, bool))


def one(text: str) -> Facts:
    found = read([text])[0]
    assert found is not None
    return found


def gold_texts() -> Iterator[str]:
    for name in ("claims", "promises", "effort"):
        for line in (GOLD / f"{name}_open.jsonl").read_text("utf-8").splitlines():
            yield json.loads(line)["text"]


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Лишние 92 рубля прошу вернуть на карту.", ("refund",)),
        ("Верните на карту 500 рублей", ("refund",)),
        ("Верните мою карту", ("action",)),
        ("Прошу вернуть деньги за диван", ("refund",)),
        ("Верните деньги!", ("refund",)),
        ("Требую:\n1. Расторгнуть договор.\n2. Выплатить неустойку.", ("penalty", "contract_end")),
        ("Прошу разобратся и ускорить доставку", ("action",)),
        # words that ask for nothing: «можно», «нужно», «когда», «желаю», «предлагают»
        ("Можно ли очистить список просмотров?", ()),
        ("Мне нужно оформить карту, куда идти?", ()),
        ("Когда обратилась в отделение, сказали открыть вклад", ()),
        ("Предлагают подтвердить доход выпиской", ()),
        ("Карту должны были доставить во вторник", ()),
        ("Закрыла вклад месяц назад, прошу объяснить причину", ("explanation",)),
    ],
)
def test_a_demand_is_asked_for_or_ordered(text: str, demands: tuple[str, ...]) -> None:
    found = read([text])[0]
    assert (found.demands if found else ()) == demands


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Обещали 10 %, а заплатили 6 %.", True),
        ("Карта платная, хотя нам сказали, что обслуживание будет бесплатным.", True),
        ("Сказали, что платы не будет. В итоге списали 990 рублей.", True),
        ("Оферта говорит о доступе навсегда, а через три месяца доступ закрыли.", True),
        ("Обещали за три дня и сделали за три дня, молодцы.", False),
        ("Никто ничего не обещал, но привезли быстро.", False),
        ("Обещали перезвонить завтра, подождём.", False),
        ("В приложении нет: 1. суммы; 2. калькулятора.", False),
        ("Курьер божился, что привезёт к обеду, в итоге никто не приехал.", True),
        ("Прошу пообещать, что такого больше не будет, и извиниться.", False),
        ("Обещали приехать в 9, приехали в 8:50, спасибо.", False),
        ("Ссылка из рекламных смс не работает, ответили отпиской.", False),
    ],
)
def test_a_promise_is_broken_only_where_something_tells_of_it(text: str, *, broken: bool) -> None:
    found = read([text])[0]
    assert bool(found and found.promise) is broken


def test_dates_are_no_counts() -> None:
    found = read(["14.04 отправила заявление, ответа нет. Одобрили вчера (16 08), звонка нет."])[0]
    assert found is None or found.effort is None or found.effort.contacts is None


def test_articles_of_a_law_are_no_counts() -> None:
    for text in ("Требую вернуть деньги по ст. 29 ЗоЗПП, заявление подал", "По статье 18 заявление подано, ответа нет"):
        found = read([text])[0]
        assert found is None or found.effort is None or found.effort.contacts is None, text


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Списали 15 т.р. и не вернули", 15_000.0),
        ("С карты сняли 1 млн 200 тыс", 1_200_000.0),
        ("Требую вернуть 45 000-00 руб.", 45_000.0),
        ("Взяли 5000 рублей за бесплатную карту", 5_000.0),
        ("Списали комиссию 2990,00 за пакет", 2_990.0),
    ],
)
def test_the_sum_in_dispute_is_read_in_many_writings(text: str, amount: float) -> None:
    found = one(text).amount
    assert found is not None
    assert found.value == amount


def test_a_review_announced_is_no_threat() -> None:
    found = read(["Хочу оставить отзыв о сотруднице банка"])[0]
    assert found is None or not found.escalation
    assert one("Не вернёте деньги, оставлю отзыв на всех площадках").escalation == ("public",)


def test_openings_hide_no_match(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every gate open, the open gold gives the same facts."""
    texts = list(gold_texts())
    gated = read(texts)
    gates = sum(bit for name, bit in cues.OPEN.items() if name not in SAID)
    real = cues.opens_of
    monkeypatch.setattr(cues, "opens_of", lambda form: real(form) | gates)  # pyright: ignore[reportUnknownLambdaType]
    opened = read(texts)
    different = [text for text, a, b in zip(texts, gated, opened, strict=True) if a != b]
    assert len(different) <= 6, different


def test_facts_do_not_depend_on_the_chunk() -> None:
    texts = list(gold_texts())[:60]
    assert [read([text])[0] for text in texts] == read(texts)


def test_facts_are_cheap_to_send() -> None:
    found = read(list(gold_texts()))
    assert pickle.loads(pickle.dumps(found)) == found
    assert len(pickle.dumps(found)) < 300 * len(found)


def test_empty_chunks_and_texts_tell_nothing() -> None:
    assert read([]) == []
    assert read(["", "!!!", "  "]) == [None, None, None]


def test_every_stem_is_as_long_as_the_letters_it_is_found_by() -> None:
    listed = cues._listed()  # pyright: ignore[reportPrivateUsage]
    tables = [listed["opens"], {name: words for name, words in listed.items() if isinstance(words, str)}]
    short = [word for table in tables for words in table.values() for word in words.split()
             if word[0] != "=" and len(word.lstrip("!")) < cues.HEAD]  # fmt: skip
    assert not short
    assert set(listed["opens"]) | set(cues.DEMAND_TABLES) == set(cues.OPEN)


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Засыпьте яму у подъезда", ("action",)),
        ("Прошу выровнять дорогу у школы", ("action",)),
        ("Верните доступ к моей странице", ("action",)),
        ("Верните деньги за билет", ("refund",)),
        ("Не ходите сюда, обходите стороной", ()),
        ("Сказали: закладывайте два часа", ()),
    ],
)
def test_a_verb_asks_by_its_form(text: str, demands: tuple[str, ...]) -> None:
    found = read([text])[0]
    assert (found.demands if found else ()) == demands


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Требую вернуть деньги. Даю две недели, потом суд", 14),
        ("Требую вернуть деньги. Сроку вам трое суток", 3),
        ("Прошу вернуть деньги в 10-дневный срок", 10),
        ("Требую вернуть деньги. На ответ — десять дней", 10),
        ("Прошу вернуть остаток за неиспользованные 8 месяцев", None),
        ("Срок работ – 45 дней. Работы не начаты. Требую в течение 10 дней вернуть аванс", 10),
        ("Требую выплатить неустойку за 171 день просрочки", None),
        ("Взяла пылесос, через неделю увидела дешевле. Верните разницу", None),
        ("Верните деньги. Акта вашего я жду месяц", None),
        ("Верните деньги. Жду две недели, потом суд", 14),
        ("Верните аванс. Если в десятидневный срок денег не будет, пойду в суд", 10),
    ],
)
def test_a_term_is_read_in_many_writings(text: str, days: int | None) -> None:
    limit = one(text).limit
    assert getattr(limit, "n", None) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Верните деньги до Нового года", (12, 31)),
        ("Если до пятого декабря не увижу свои 15 тысяч рублей, пойду в суд", (12, 5)),
        ("Прошу вернуть аванс не позднее двадцать третьего июня", (6, 23)),
        ("Прошу вернуть аванс, уплаченный первого мая", None),
    ],
)
def test_a_day_may_be_told_in_words(text: str, day: tuple[int, int] | None) -> None:
    limit = one(text).limit
    assert (limit and (getattr(limit, "month", 0), getattr(limit, "day", 0))) == day


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Где мои 7 814 рублей, Павел?", ("refund",)),
        ("Когда вернёте за отменённый концерт?", ("refund",)),
        ("Может, кто-нибудь починит домофон?", ("repair",)),
        ("Куда делись 12,5 тыс. со счёта?", ("explanation",)),
        ("Прошу вернуть оплату, а пересылку не возвращайте", ("refund",)),
        ("Прошу возместить расходы на устранение недостатков", ("compensation",)),
        ("Прошу аннулировать договор", ("contract_end",)),
        ("Администратору надо бы извиниться", ("apology",)),
        ("Где находится ваш офис?", ()),
        ("Если не увижу улыбки, не обижусь", ()),
    ],
)
def test_a_demand_may_be_asked_or_implied(text: str, demands: tuple[str, ...]) -> None:
    found = read([text])[0]
    assert (found.demands if found else ()) == demands


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Встречаемся у мирового судьи", ("court",)),
        ("Копии: ЦБ, редакция газеты", ("regulator", "press")),
        ("Продавец ответила: пишите куда хотите, хоть в прокуратуру", ()),
        ("Сосед в суд подал, а у нас свет моргает", ()),
    ],
)
def test_only_the_author_takes_it_further(text: str, places: tuple[str, ...]) -> None:
    found = read([text])[0]
    assert set(found.escalation if found else ()) == set(places)


def test_the_total_of_moral_damage_counts() -> None:
    found = one("Прошу компенсировать моральный вред по 10 000 руб. каждому, всего 20 000 руб.")
    assert found.moral_damage is not None
    assert found.moral_damage.value == 20000
