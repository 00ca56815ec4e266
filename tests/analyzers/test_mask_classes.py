"""Whole classes of Russian writings: what stands between braces goes, whatever else stands in the line stays."""

from __future__ import annotations

import itertools
import re

import pytest
from svc.analyzers.mask import mask

LINES = """
пишет {Гульнара Ахметовна}, заказ 118-55 не пришёл
{Козлов}, сборщик мебели, разбил зеркало
Здравствуйте, {Иван Мороз}, заказ готов
охранник по фамилии {Заяц} обыскал рюкзак
виновник {Дроздов} скрылся
гражданин {Сюй Вэй} купил тур
{ТОХТАМЫШЕВ АЛМАЗ РИНАТОВИЧ} ПРОСИТ ОТКЛЮЧИТЬ УСЛУГУ СРОЧНО
я {света}, писала утром про кольцо
нам нахамил ваш {денис} из зала
заявление от{Петуховой Светланы}, батареи холодные
ответил {Рзаев Н.}, смены не помнит
на бейдже «{Наргиза Т.}», сдачи нет
{Фарида Ш. Бикмурзина} подписала акт
требую {Морозову А А} перезвонить
клиент {Стрельцова МН} ждёт
я из Бишкека, {Токтогул уулу Бакыт}, жду ответа
это снова {Валерий Станиславович Ю.} из дома
прошу уволить {Хачатуряна}, он груб
инженер {Пак} не явился
хвалю Олю и {Рамиля}, оба помогли
Верните деньги. {Вера}
директор магазина госпожа {Ермолаева} выгнала
Regards, {Petr Sidorov}
звоните{89139005512}срочно
номер {8/933/219/37/53} отключили
звоните либо {38-65-82} вечером
{38-65-82} домашний
тел. {(495) 123-45-67, доб. 12}
8 912 345-67-89 или {22-33-44}
мой {плюс семь 964 468 12 29} всегда включён
номер: {8 девятьсот 12 345 67 89}
паспорт серии {3209 за номером 551874}
д/р {1.6.2001}, студент
родилась {30 августа 2015 г.}, потеряли в очереди
в скайпе я {live:dina_foxy}
в игре я {xX_Vedmak_Xx}, ник такой
рекрутер с {https://hh.ru/resume/4f8a11c900ff} пишет
живу {улица Студенческая, д. 10, комн. 512}
{СНТ «Берёзка», участок 117} без света
{кв 5 д 12 ул Ленина}
ПВЗ на {Лескова 19к2}, девушка ушла
{Ленина 45-12}. Воды нет
это {Вокзальная, 8-15}, домофон
{дом № 12 по проспекту Мира} без лифта
{гараж 18 в ГСК «Мотор»} затопило
{пр.Мира,5кв3} холодно
"""
KEPT = """
заказ 89123456780 не пришёл
Зайцев.нет не пускает в подписку
ИТ-специалистов у вас нет
Ветрова улица без света
живём на Маршала Жукова как в погребе
выдан Щербинским судом
отделение на Семёновской закрыто
Лицевой 118-0, долг 412 рублей
Накладная 45-12 потеряна
сотрудник Банка не помог
оплатил ПОЛНОСТЬЮ. В результате ничего
Штрихкод 998 410 2275, заказ от 9 июля
КБК 18210501011011000110 в форме с ошибкой
смотрите https://rutube.ru/profile/purchases в кабинете
дом 5 лет строили
живу в Уфе, заказ 118-55 не пришёл
"""


def parts(line: str) -> tuple[str, list[tuple[int, int]]]:
    pieces = re.split(r"[{}]", line)
    ends = [0, *itertools.accumulate(map(len, pieces))]
    return "".join(pieces), [(ends[i], ends[i + 1]) for i in range(1, len(pieces), 2)]


@pytest.mark.parametrize("line", LINES.strip().splitlines())
def test_goes(line):
    text, marked = parts(line)
    hidden = {i for start, stop, _ in mask(text).spans for i in range(start, stop)}
    for start, stop in marked:
        home = "[АДРЕС]" in mask(text).text  # of an address its figures count
        test = str.isdigit if home else str.isalnum
        assert [i for i in range(start, stop) if test(text[i]) and i not in hidden] == [], mask(text).text
    for word in re.finditer(r"\w{4,}", text):
        if not any(start < word.end() and stop > word.start() for start, stop in marked):
            phone = word[0].isdigit() or "Олю" in text
            assert phone or word.start() not in hidden, word[0]


@pytest.mark.parametrize("text", KEPT.strip().splitlines())
def test_stays(text):
    assert mask(text).text == text


FIRST = ("Анна", "Ольга", "Айгерим", "Нино")
LAST = ("Козлова", "Шевченко", "Ким", "Абдуллаева", "Соколова")
MIDDLE = ("Ивановна", "Рустамовна")
SHAPES = (
    "{f} {l}",
    "{l} {f}",
    "{l} {f} {m}",
    "{f} {m} {l}",
    "{f} {m}",
    "{l} {i}.{j}.",
    "{i}. {j}. {l}",
    "{l} {i}. {j}.",
)
FRAMES = ("Менеджер {} обещала", "Меня зовут {}", "Жалобу подала {} в мае", "С уважением, {}", "Исполнитель: {}")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("style", [str, str.upper])
def test_every_name_in_every_shape_and_frame(shape, style):
    missed = []
    for first, last, middle, frame in itertools.product(FIRST, LAST, MIDDLE, FRAMES):
        name = style(shape.format(f=first, l=last, m=middle, i=first[0], j=middle[0]))
        text = frame.format(name)
        hidden = {i for start, stop, _ in mask(text).spans for i in range(start, stop)}
        at = text.index(name)
        if any(text[i].isalpha() and i not in hidden for i in range(at, at + len(name))):
            missed.append(mask(text).text)
    assert missed == []
