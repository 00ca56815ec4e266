"""The learned second look: names that no list knows, by what stands around them."""

import pytest
from svc.analyzers.mask import mask

FOUND = """
Сварщик Хызырбек ушёл с авансом|Хызырбек
Показания передавала Лебединец 24-го числа|Лебединец
Истец: Ли Чун Хи|Ли Чун Хи
админ элинка слила мою запись|элинка
"""
STAYS = """
сотрудник Газпромбанка не помог
Сдал в ремонт пилу Макита и насос Джилекс
по ЗоЗПП деньги возвращают за десять дней
роутер Кинетик, прошивка слетела
"""


@pytest.mark.parametrize("line", FOUND.strip().splitlines())
def test_strangers_are_masked(line):
    text, name = line.split("|")
    masked = mask(text).text
    assert "[ИМЯ-" in masked
    assert not any(word in masked for word in name.split())


@pytest.mark.parametrize("text", STAYS.strip().splitlines())
def test_firms_and_things_stay(text):
    assert mask(text).text == text


def test_who_somebody_is_stays_before_the_name():
    assert mask("Кладовщица Зульфия выдала чужой мешок").text.startswith("Кладовщица [ИМЯ-")
