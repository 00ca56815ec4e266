"""Names in quotation marks, of neighbours' alphabets, beside roles; famous people and beasts stay."""

from __future__ import annotations

import re

import pytest
from svc.analyzers.mask import mask

GOES = """
почему в платёжке «{Иванов Пётр}», а не я
напечатали «{Хусейнович Фируз}», исправьте
должник {Тарасенко Богдан Олексійович} не я
Кассир {Л. Хорошева} обсчитала
Дежурный {Орехов} отказал
Обращаюсь к {Кудряшу В}, он мастер по балконам
писала {ахметова р.}, ответа нет
{Фон Дервиз Мария} ждёт ответа
спросите у {михалыча}, он видел
хозяйка кошки {Ольга} ушла
менеджер {Иван Ургант} обещал скидку
звоните на {9 1 6 - 8 8 0 - 4 1 1 7} после шести
"""
STAYS = """
Кому жаловаться на Ивана Урганта?
Пришли с котом Марсиком вчера
А губернатор Воробьёв в новостях
ч. 3 статьи 16 Закона о защите
Туристов полно, а пиццы нет
ping 250 мс, скорость 0.5 Мбит
"""


@pytest.mark.parametrize("line", GOES.strip().splitlines())
def test_a_person_goes(line):
    left, name, right = re.split(r"[{}]", line)
    hidden = {at for start, stop, _ in mask(left + name + right).spans for at in range(start, stop)}
    places = range(len(left), len(left) + len(name))
    assert all(at in hidden for at, char in zip(places, name, strict=True) if char.isalnum())


@pytest.mark.parametrize("line", STAYS.strip().splitlines())
def test_what_is_nobody_stays(line):
    assert mask(line).text == line
