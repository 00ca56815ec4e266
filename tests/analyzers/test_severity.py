"""Severity from what is told: by hand, and its laws."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.assess.severity import (
    FACTS,
    MILD,
    MOST,
    RELIEFS,
    UNCATEGORISED,
    Fact,
    middle,
    severity,
    stretched,
    tilted,
)
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.signs import sign_names
from svc.analyzers.vocabulary import KINDS, severity_class

NAMES = [fact.marker for fact in FACTS]


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller(load_lexicon(), Forms())


WORDED = 0.45  # gravity of middling words


def spoken(told: float, gravity: float = WORDED) -> float:
    """Severity of what is told in words of that gravity."""
    return 0.05 + (told + gravity) / 2


@pytest.mark.parametrize(
    ("base", "facts", "told"),
    [
        (0.4, [], 0.4325),  # 0.35 * 0.4 + 0.65 * 0.45: the words weigh two thirds
        (0.0, [], 0.3625),  # `UNCATEGORISED` with the words
        (0.4, ["repeated"], 0.489),  # 1 - 0.5675 * 0.9: the floor 0.427 is not above the base, so the fact adds
        (0.2, ["repeated"], 0.427),  # the floor, moved by the words, is above the base and the fact is spent on it
        (0.4, ["money_lost"], 0.527),
        (0.4, ["money_lost", "repeated"], 0.574),  # floor 0.527 by the money, then 1 - 0.473 * 0.9
    ],
)
def test_severity_by_hand(base: float, facts: list[str], told: float):
    assert told_by(base, WORDED, facts) == pytest.approx(spoken(told), abs=0.001)


@pytest.mark.parametrize(
    ("base", "facts", "told"),
    [
        (0.0, ["life_threat"], 0.85),
        (0.85, ["life_threat"], 0.865),
        (0.2, ["court", "money_lost"], 0.772),  # floor 0.76, then 1 - 0.24 * 0.95
    ],
)
def test_class_a_by_hand(base: float, facts: list[str], told: float):
    assert told_by(base, 0.7, facts) == pytest.approx(spoken(told, 0.7), abs=0.001)
    assert told_by(base, 0.4, facts) == 0.75  # a calm text is of class A all the same
    assert told_by(base, 0.3, facts) < 0.75  # a joke is not


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        (["life_threat"], "A"), (["harm"], "A"), (["data_leak"], "A"), (["discrimination"], "A"), (["court"], "A"),
        (["regulator"], "A"), (["money_lost"], "B"), (["not_received"], "B"), (["leaving"], "B"),
        (["many_people"], "B"), (["repeated"], "C"), (["time_lost"], "C"), ([], "C"),
    ],
)  # fmt: skip
def test_facts_give_the_class_that_the_design_names(facts: list[str], letter: str):
    assert severity_class(told_by(0.0, WORDED, facts)) == letter


def told_by(base: float, gravity: float, facts: Collection[str]) -> float:
    """Severity where the categories weigh `base`, 0 for none."""
    told = np.array([[name in facts for name in NAMES]])
    return float(severity(np.array([base]), told, np.array([gravity]))[0])


@given(st.floats(0, 1), st.floats(0.05, 0.95), st.sets(st.sampled_from(NAMES)))
def test_severity_is_a_share_no_less_than_half_of_any_part_of_it(base: float, gravity: float, facts: set[str]):
    value, words = told_by(base, gravity, facts), np.array(min(gravity, MOST))
    assert 0 <= value <= 1
    parts = [float(middle(np.array([base]), words.reshape(1))[0])]
    parts += [float(tilted(np.array(fact.floor), words)) for fact in FACTS if fact.marker in facts]
    assert value >= min(MOST, round(spoken(max(parts), gravity), 3)) - 0.002


@given(st.integers(0, 1000), st.floats(0.05, 0.95), st.sets(st.sampled_from(NAMES), max_size=len(NAMES) - 1), st.data())
def test_a_further_fact_never_makes_it_milder(base: int, gravity: float, facts: set[str], data: st.DataObject):
    more = data.draw(st.sampled_from(sorted(set(NAMES) - facts)))
    assert told_by(base / 1000, gravity, {*facts, more}) >= told_by(base / 1000, gravity, facts)


@given(st.integers(0, 1000), st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.sets(st.sampled_from(NAMES), max_size=1))
def test_graver_words_never_make_it_milder(base: int, one: float, other: float, facts: set[str]):
    least, most = sorted((one, other))
    assert told_by(base / 1000, least, facts) <= told_by(base / 1000, most, facts)


@given(st.floats(0, 0.74), st.floats(0.05, 0.95), st.sets(st.sampled_from(NAMES)))
def test_class_a_needs_a_fact_or_a_category_of_class_a(base: float, gravity: float, facts: set[str]):
    grave = any(fact.floor >= 0.75 for fact in FACTS if fact.marker in facts)
    letter = severity_class(told_by(base, gravity, facts))
    assert grave or letter != "A"
    assert letter == "A" or not grave or gravity < MILD


@given(st.floats(0.05, 0.95), st.sampled_from([fact for fact in FACTS if fact.floor >= 0.5]))
def test_no_fact_of_class_b_falls_to_class_d(gravity: float, fact: Fact):
    assert severity_class(told_by(0.0, gravity, {fact.marker})) != "D"


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("Фирма присвоила шестьсот тысяч рублей с нашего счёта, деньги не возвращают", "huge_money", "big_money"),
        ("Со счёта списали триста тысяч рублей, деньги не возвращают", "big_money", "huge_money"),
        ("Списали деньги, миллион двести тысяч рублей, и не возвращают", "huge_money", "big_money"),
        ("Не вернули деньги за заказ, а покупал больше чем на 10000 тысяч рублей", "money_lost", "huge_money"),
    ],
)  # fmt: skip
def test_a_sum_in_dispute_tells_how_much_is_lost(labeller: Labeller, text: str, told: str, untold: str):
    facts = sign_names(int(labeller.label([text]).signs[0]))
    assert told in facts
    assert untold not in facts


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Газ тут ни при чём, взорвусь от злости: терминал завис", "harm"),
        ("На вывеске нарисована сосулька, которая падает на голову медведю", "life_threat"),
        ("Банк порезал лимит по карте и поднял ставку", "harm"),
        ("Не пошла оформлять кредит, достали звонками", "fraud_loss"),
        ("Замкнутый круг: без справки не дают бланк, без бланка справку", "harm"),
        ("Передали в бюро неверные данные о просрочке", "data_leak"),
        ("Колесо отвалилось у чемодана на третий день", "life_threat"),
        ("Блокировка по постановлению судебного пристава, хотя долга нет", "court"),
    ],
)
def test_what_sounds_grave_and_is_not(labeller: Labeller, text: str, fact: str):
    assert fact not in sign_names(int(labeller.label([text]).signs[0]))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Колесо отвалилось на ходу, машина ушла в кювет", "life_threat"),
        ("В канале зуба нашли кончик инструмента", "harm"),
        ("Вклад исчез, переводы на имя какого-то гражданина, никому ничего не сообщала", "fraud_loss"),
        ("Услышала акцент мужа и говорит: таким не сдаю", "discrimination"),
        ("После обновления пропали все заметки, восстанавливаю по памяти", "not_received"),
        ("Химчистка испортила пальто, платить отказываются", "money_lost"),
    ],
)
def test_what_is_grave_in_plain_words(labeller: Labeller, text: str, fact: str):
    assert fact in sign_names(int(labeller.label([text]).signs[0]))


def test_a_fact_weighs_more_in_grave_words_and_class_a_needs_its_facts():
    assert severity_class(told_by(0.3, 0.3, {"money_lost"})) == "C"
    assert severity_class(told_by(0.3, WORDED, {"money_lost"})) == "B"
    assert told_by(0.1, 0.95, {"workaround_none"}) < 0.75


def test_the_gravity_of_a_model_is_spread_as_its_file_says():
    given_ = np.array([0.3, 0.4, 0.5])
    assert stretched(given_, (0.4, 2.0, 0.3)).tolist() == [0.1, 0.3, 0.5]
    assert stretched(given_, (0.4, 0.0, 0.3)).tolist() == [0.3, 0.3, 0.3]


@given(st.lists(st.tuples(st.floats(0, 1), st.sets(st.sampled_from(NAMES), max_size=4)), max_size=8))
def test_texts_are_judged_one_by_one(cases: list[tuple[float, set[str]]]):
    told = np.array([[name in facts for name in NAMES] for _, facts in cases], bool).reshape(len(cases), len(NAMES))
    bases = np.array([base for base, _ in cases])
    together = severity(bases, told, np.where(bases > 0, bases, UNCATEGORISED).clip(0.05, 0.95))
    alone = [told_by(base, min(max(base or UNCATEGORISED, 0.05), 0.95), facts) for base, facts in cases]
    assert together.tolist() == alone


@pytest.mark.parametrize(
    ("base", "gravity", "expected"),
    [
        (0.4, 0.6, 0.53), (0.4, 0.2, 0.27), (0.8, 0.4, 0.8),  # a category of class A stands for itself,
        (0.8, 0.2, 0.305),  # but not in mild words
        (0.0, 0.7, 0.525),  # without a category the usual problem and the words
    ],
)  # fmt: skip
def test_the_words_move_a_category(base: float, gravity: float, expected: float):
    none = np.zeros((1, len(NAMES)), bool)
    assert middle(np.array([base]), np.array([gravity]))[0] == pytest.approx(expected)
    value = severity(np.array([base]), none, np.array([gravity]))[0]
    assert value == pytest.approx(0.75 if base == 0.8 and gravity == 0.4 else spoken(expected, gravity), abs=0.001)


def test_every_fact_is_a_marker_of_the_lexicon():
    assert {*NAMES, *(relief.marker for relief in RELIEFS)} <= set(load_lexicon().markers)


@pytest.mark.parametrize(
    ("base", "facts", "relief", "told"),
    [
        (0.4, [], ["trifle"], 0.238),  # 0.4325 * 0.55
        (0.4, [], ["settled"], 0.346),
        (0.4, [], ["trifle", "settled"], 0.238),  # the stronger one, once
        (0.4, ["time_lost"], ["settled"], 0.369),  # 0.461 * 0.8: an hour lost does not forbid relief
        (0.4, ["money_lost"], ["settled"], 0.527),  # what was lost is not made good by a kind word
        (0.0, ["life_threat"], ["trifle"], 0.95),  # class A
        (0.8, [], ["trifle"], 0.95),  # a category of class A stands for itself
    ],
)
def test_relief_makes_milder_where_nothing_grave_is_told(base: float, facts: list[str], relief: list[str], told: float):
    marked = np.array([[name in facts for name in NAMES]])
    eased = np.array([[one.marker in relief for one in RELIEFS]])
    value = severity(np.array([base]), marked, np.array([WORDED]), relief=eased)
    assert float(value[0]) == pytest.approx(spoken(told), abs=0.001)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Писала вам восемь раз, ответа нет", "repeated"),
        ("Оплатил заказ на 4 800 рублей, верните деньги, товар бракованный", "money_lost"),
        ("Жду ремонта холодильника уже 25 дней", "long_wait"),
    ],
)
def test_numbers_told_are_facts(text: str, fact: str):
    labels = Labeller(load_lexicon(), Forms()).label([text])
    assert fact in sign_names(int(labels.signs[0]))


@pytest.mark.parametrize(
    ("told", "hyperbole", "fact"),
    [
        ("Водителя довели до инфаркта, увезла скорая", "Ваша музыка меня до инфаркта доведёт", "life_threat"),
        ("Дверью сына прижало, разбил голову", "Дизайнерам руки оторвать за такой шрифт", "harm"),
        (
            "На качелях карабин не пристегнули, я повисла на руках",
            "Чуть инфаркт не хватил от такой ёлки",
            "life_threat",
        ),
    ],
)
def test_hyperbole_is_no_harm(told: str, hyperbole: str, fact: str):
    labels = Labeller(load_lexicon(), Forms()).label([told, hyperbole])
    assert fact in sign_names(int(labels.signs[0]))
    assert not {"harm", "life_threat"} & set(sign_names(int(labels.signs[1])))


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("Мошенники взяли с меня 4 000 рублей предоплаты и исчезли", False),
        ("Мошенники взяли с меня 94 000 рублей предоплаты и исчезли", True),
        ("Мошенники взяли с пенсионерки 4 000 рублей предоплаты и исчезли", True),
    ],
)
def test_a_petty_deceit_is_money_lost(text: str, grave: bool):
    labels = Labeller(load_lexicon(), Forms()).label([text])
    told = sign_names(int(labels.signs[0]))
    assert ("fraud_loss" in told) is grave
    assert grave or "money_lost" in told
    assert (severity_class(float(labels.severity[0])) == "A") is grave


@pytest.mark.parametrize(
    "text",
    [
        "Чуть не умерла от скуки в вашей очереди, час стояла",
        "В соседней деревне от такой же бригады человек погиб, а у нас только флюгер не крутится",
        "Мы читали, что в другом городе лопнула труба и людей ошпарило",
        "Смотрели на меня как на воровку, так можно и похоронить всё настроение",
        "Если бы стекло попало в салат, сын порезался бы, но его там не было",
    ],
)
def test_other_peoples_troubles_jokes_and_suppositions_are_no_facts(text: str):
    labels = Labeller(load_lexicon(), Forms()).label([text])
    assert not {"harm", "fraud_loss", "discrimination", "data_leak"} & set(sign_names(int(labels.signs[0])))
    assert float(labels.severity[0]) < 0.75


@pytest.mark.parametrize(
    "text",
    [
        "Во время операции повредили трахею, мать дышит через трубку",
        "Кладовщика придавило штабелем, скорую не вызвали, отвезли сами",
        "Анализ воды из вашей скважины: мышьяк втрое выше нормы",
        "Медсестра зачитала при всей очереди мой диагноз",
        "Мне сказали: таким, как вы, с вашей фамилией, тут ничего нельзя",
    ],
)
def test_grave_facts_are_told_calmly_too(text: str):
    labels = Labeller(load_lexicon(), Forms()).label([text])
    assert float(labels.severity[0]) >= 0.75


def test_a_misfortune_told_without_praise_is_no_praise():
    labels = Labeller(load_lexicon(), Forms()).label(
        [
            "Сын вернулся из лагеря с дизентерией, в отряде слегли шестеро.",
            "Спасибо мастеру, всё сделал быстро и чисто!",
        ]
    )
    assert [KINDS[int(kind)] for kind in labels.kind] == ["complaint", "praise"]
