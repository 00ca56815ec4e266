"""Addresses by the grammar: what stands between braces goes, whatever else stands in the line stays."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.mask import mask
from svc.analyzers.mask_grammar import read

GOES = """
забирали от {Королёва 14 подъезд 2}, если надо
пишет адрес {шоссейная 19 к 2 кв 101}, а там офис
живу {пр-кт строителей 18 кв 77}, лифт завис
от {Дома 6 по Второму Лучевому просеку, кв. 8} отключили воду
не работает лифт: {корпус 1, дом 30, Алма-Атинская}
По {4-ой линии В.О. дом 17 квартира 6} бегают крысы
{Студгородок, 9, комната 212}. Душ один на этаж
тётка живёт на охте, {новочеркасский 22 корпус один квартира семь}. полис нужен
{Мкр 5, дом 11, кв 90}. Лифт стоит
шлите на {Kirova 45 kv 8}, срочно
{ul. Vatutina 37, kv. 12}, жду
{СНТ Энергетик-1, ул. Вишнёвая, уч. 203}. Столб упал
{дачный пос. Ручей участок 77а} без света
{профсоюзная сто двенадцать, квартира 3}. оставьте у двери
{дом семь квартира два} топит соседей
{д3кв7} ждём мастера
{кв. 15, д. 3, ул. Железнякова}, порядок такой
адрес верный, {победы 40 б}, водитель спорит
{ул. 50 лет Октября, 21}: темно
офис на {70 лет Октября 26} закрыт
{Набережные Челны, 25/12-34}, курьер не нашёл
на {Шкапина 10}. И больше ничего
ПВЗ на {Невском 38/4} закрыт
{г. Самара, 5-просека 133}, кафе
"""
STAYS = """
корпус 3, а не строение 3
Подъезд 3 этаж 5, лифт не работает
на улице Мира 3 часа стояли
за 3 года на улице Новой ничего
Докторская 300 г и Московская 250 рублей
в квартире 14 градусов
на Тверской 15 человек ждали
Горячая линия 112 тут ни при чём
Поликлиника № 68, Варшавское шоссе
Закладная №35 потеряна
Лицевой 118-0, долг 412 рублей
Договор с УК 04/19, тариф 31,20
окно 5, кабинет 12, очередь
маршрут 14 по улице Ленина ходит раз в час
5 этаж, лифт стоит
"""


def parts(line: str) -> tuple[str, list[tuple[int, int]]]:
    """The line without braces, and where they stood."""
    plain, spans = "", []
    for k, piece in enumerate(re.split(r"[{}]", line)):
        if k % 2:
            spans.append((len(plain), len(plain) + len(piece)))
        plain += piece
    return plain, spans


@pytest.mark.parametrize("line", GOES.strip().splitlines())
def test_an_address_goes_and_nothing_else(line):
    text, spans = parts(line)
    hidden = {at for start, stop, _ in mask(text).spans for at in range(start, stop)}
    digits = [at for start, stop in spans for at in range(start, stop) if text[at].isdigit()]
    assert hidden, mask(text).text
    assert hidden.issuperset(digits), mask(text).text
    outside = set(range(len(text))) - {at for start, stop in spans for at in range(start, stop)}
    assert not {at for at in outside & hidden if text[at].isalnum()}, mask(text).text


@pytest.mark.parametrize("line", STAYS.strip().splitlines())
def test_what_is_no_address_stays(line):
    assert mask(line).text == line


MARKS = (("дом", "кв"), ("д.", "кв."), ("д", "квартира"), ("дом №", "кв. №"))
STREETS = (
    "ул. Гагарина",
    "улица гагарина",
    "Гагарина ул.",
    "пр-т Мира",
    "мира проспект",
    "пер. Тихий",
    "ш. Энтузиастов",
)


@pytest.mark.parametrize(("street", "marks"), list(itertools.product(STREETS, MARKS)))
def test_marks_in_every_order(street, marks):
    house, flat = marks
    for text in (
        f"ждём тут: {street}, {house} 14, {flat} 82",
        f"ждём тут: {street} {house} 14 {flat} 82",
        f"ждём тут: {street}, {house} 14 корп 2, {flat} 82",
        f"ждём тут: {flat} 82, {house} 14, {street}",
    ):
        assert not re.search(r"\d", mask(text).text.partition("[")[0]), mask(text).text
        assert not re.search(r"\d", re.sub(r"\[[^\]]*\]", "", mask(text).text)), mask(text).text


@given(st.text(alphabet="ул.дмкв Лениа15/-,№«»\n", max_size=60))
def test_spans_lie_in_order_within_the_text(text):
    found = list(read(text))
    assert all(0 <= start < stop <= len(text) for start, stop in found)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(found))


def test_a_word_of_a_thousand_prefixes_is_read():
    text = "авто" * 1500
    assert mask(f"Сломался {text}, верните деньги").text.endswith("верните деньги")
