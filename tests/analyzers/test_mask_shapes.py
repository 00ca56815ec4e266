"""Names, addresses and logins by shape: every surname of a class in every case beside a name, initials, a role."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from svc.analyzers import mask as module
from svc.analyzers.mask import mask
from svc.analyzers.mask_agree import agree

GOLD = Path(__file__).parents[1] / "gold"
# nominative, genitive, dative, accusative, instrumental: nouns, adjectives, fixed forms, foreign surnames
SURNAMES = {
    "noun": "Сорока Сороки Сороке Сороку Сорокой",
    "bird": "Голубь Голубя Голубю Голубя Голубем",
    "adjective": "Рябой Рябого Рябому Рябого Рябым",
    "plural": "Седых Седых Седых Седых Седых",
    "georgian": "Чиковани Чиковани Чиковани Чиковани Чиковани",
    "korean": "Хегай Хегая Хегаю Хегая Хегаем",
    "of a name": "Исмаилов Исмаилова Исмаилову Исмаилова Исмаиловым",
    "armenian": "Саркисян Саркисяна Саркисяну Саркисяна Саркисяном",
    "known as many": "Мингазов Мингазова Мингазову Мингазова Мингазовым",
}
NAMES = ["Вадим", "Вадима", "Вадиму", "Вадима", "Вадимом"]
FRAMES = (
    "Получатель {}, посылка вскрыта",
    "Номер телефона {} всегда занят",
    "Прошу передать {}, что ждать нельзя",
    "Попросила {} перезвонить",
    "Договор подписан {} ещё в мае",
)


def left(text: str, piece: str) -> str:
    """What is left of a piece of a text after masking."""
    start = text.index(piece)
    hidden = {at for first, last, _ in mask(text).spans for at in range(first, last)}
    return "".join(text[at] for at in range(start, start + len(piece)) if at not in hidden and text[at].isalnum())


@pytest.mark.parametrize(("surname", "order"), list(itertools.product(SURNAMES, ("after", "before"))))
def test_a_name_and_a_surname_go_in_every_case(surname, order):
    for form, name, frame in zip(SURNAMES[surname].split(), NAMES, FRAMES, strict=True):
        piece = f"{name} {form}" if order == "after" else f"{form} {name}"
        assert left(frame.format(piece), piece) == "", frame.format(piece)


@pytest.mark.parametrize("surname", SURNAMES)
def test_initials_go_with_any_surname(surname):
    form = SURNAMES[surname].split()[0]
    for piece in (f"{form} В.О.", f"В. О. {form}", f"В. {form}", f"{form} В."):
        assert left(f"Ответственный {piece}, звонить после шести", piece) == "", piece


@pytest.mark.parametrize("street", ["Заводская", "Репина", "8 Марта", "Ново-Садовая", "50 лет Октября"])
@pytest.mark.parametrize("house", [" 21-108", " 21 - 108", ", 40, подъезд 3, кв. 61", ", д. 5, 3 этаж, 25 квартира"])
def test_a_house_goes_with_its_flat(street, house):
    piece = f"ул. {street}{house}"
    assert left(f"Живу по адресу {piece}. Тепла нет", piece) == ""


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Заберите мусор от Заводская 4, крысы", "4"),
        ("отделение (СПб Садовая 10) закрыто", "10"),
        ("Паспорт 4510 123456, ул. Рахова, д. 53, кв. 12. Удалите", "53, кв. 12"),
        ("Получатель Ильдар Фаритович Мингазов, ул. Гафури, д. 16", "Мингазов"),
        ("Зеленоград, к1205-18, тепла нет", "1205-18"),
        ("мой аккаунт в Steam — Gorynych_2003, ключ не пришёл", "Gorynych_2003"),
        ("учётная запись d.volkov заблокирована", "d.volkov"),
        ("мой дискорд vasya#4412", "vasya#4412"),
        ("бан по ошибке, второй мой адрес 2.92.140.7 тоже", "2.92.140.7"),
        ("ip-адрес 10.0.0.15 не открывается", "10.0.0.15"),
        ("Я пенсионерка, 30.01.1949, слышу хорошо", "30.01.1949"),
        ("Дата рождения для вашей формы: 17.05.52.", "17.05.52"),
        ("паспорт серии 63 09, выдан, номер 274 815 чужой", "63 09, выдан, номер 274 815"),
        ("свидетельство о рождении II-АК № 654321 потеряли", "654321"),
        ("вахтёрша Прасковья Никитишна кричит", "Прасковья Никитишна"),
        ("по вине проводницы Анфисы Гр., чемодан уехал", "Анфисы Гр"),
        ("преподаватель дон Хулиан Перейра опоздал", "Хулиан Перейра"),
        ("прошу наказать Волка за хамство", "Волка"),
        ("у Гургенидзе из отдела доставки один ответ", "Гургенидзе"),
        ("Татьяна-кассир нахамила", "Татьяна"),
        ("счёт открывала К. Юлия, спасибо", "К. Юлия"),
        ("бронь на имя Нгуен Ван Тхань, заплачено", "Нгуен Ван Тхань"),
    ],
)
def test_a_piece_goes_whole(text, piece):
    assert left(text, piece) == ""


@pytest.mark.parametrize(
    "text",
    [
        "На Советской 2 банкомата, оба не работают",
        "автобус Саратов — Балашов без печки",
        "2 квартал 2024 закрыли с убытком",
        "Подъезд 3 этаж 5 лифт не работает",
        "Муж 12.12.2023 купил телефон",
        "Пётр I на купюре",
        "Купил сыну роман Толстого для школы",
        "спасибо Вам и прошу Банк ответить",
        "Файл chek_2024.pdf не открывается в личном кабинете пользователя",
        "На улице минус 44, батареи холодные",
        "номер для донатов и отзывов не работает",
        "Сорока воровка, а не магазин",
        "в салате жюльен и мороз на окне",
    ],
)
def test_what_is_nobodys_stays(text):
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("name", "family", "one"),
    [
        ("ирине", "сороке", True),
        ("снежаны", "горобец", True),
        ("романом", "голубь", False),
        ("роман", "сыну", False),
        ("веры", "рябой", True),
        ("вадима", "мингазова", True),
    ],
)
def test_words_of_one_name_agree(name, family, one):
    assert agree(name, family) is one


@pytest.mark.parametrize("half", ["pii_open", "pii2_open", "pii3_open"])
def test_what_is_skipped_for_speed_changes_nothing(half, monkeypatch):
    """Finders are skipped where the words of a text rule them out: with nothing skipped the masks are the same."""
    texts = [json.loads(line)["text"] for line in (GOLD / f"{half}.jsonl").read_text("utf-8").splitlines()]
    quick = [mask(text) for text in texts]
    monkeypatch.setattr(module, "hints_of", lambda text, bits: module.ALL_HINTS)
    assert [mask(text) for text in texts] == quick
