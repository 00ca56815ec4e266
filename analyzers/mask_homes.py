"""Addresses with a house or a flat, whole: what the grammar finds, with its town, index and tail; a street alone stays."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .lemmas import flatten
from .mask_forms import COMMON, NAME, PATRONYMIC, PERSON, PLACE, SURNAME, kind, words_of
from .mask_grammar import STREETLY, read
from .mask_rules import Span, context

_FLAT = r"(?:кв(?:артир[аеуы]|\.)?|корп(?:ус[ае]?|\.)?|к\.?|стр(?:оени[ея]|\.)?|оф(?:ис[ае]?|\.)?|комн(?:ат[аеуы]|\.)?|ком\.|апарт(?:амент[ыа]|\.)?|пом(?:ещени[ея]|\.)?|блок|секци[яи]|под(?:ъезд[ае]?|\.)|эт(?:аж[ае]?|\.))"
_HOUSE = r"(?:дом(?:а|у|е)?|д\.?|зд(?:ани[ея]|\.)|стр(?:оени[ея]|\.)|вл(?:адени[ея]|\.)|корп(?:ус|\.))"
_WORD = r"[А-ЯЁа-яё][А-ЯЁа-яё-]{1,24}"
_INDEX = re.compile(r"(?:индекс[а-яё]{0,2}|востребовани[ея])[ :№-]{1,3}(\d{6})(?!\d)", re.IGNORECASE)
_COUNTED_AFTER = r" ?(?:руб|р\b|р\.|₽|%|лет\b|год|шт|раз|дн|час|мин|кг|км|мес|балл|класс|-?й|-?я|январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
_HEAD = re.compile(
    r"(?:(?:\bиндекс |\b)\d{6},? {0,2})?(?:(?:\b(?:г|гор|город|пос|п|с|дер|д|х|ст|пгт|аул)\.? ?)?[А-ЯЁ][а-яё-]{1,24}(?:-[А-ЯЁ][а-яё]{2,20})?(?: (?:обл\.?|область|край|р-н|район))?, ?)?(?:\d{6},? )?(?:[А-ЯЁ][а-яё-]{2,24}ий |[А-ЯЁ][а-яё-]{2,24}ая |\d{1,2}-?(?:я|й|ая|ый) (?:[А-ЯЁ][а-яё]{2,20}-?)?|\b\d{1,3} (?:лет )?)?$"
)
_TAIL = re.compile(
    rf"(?:[ ,]{{1,3}}(?:{_FLAT}[ №]{{0,3}}\d{{1,4}}(?!\d)[а-в]?|{_HOUSE}[ №]{{0,2}}\d{{1,4}}(?!\d)|лит(?:ер[аы]?|\.)? ?[«\"]?[А-Яа-я1-9][»\"]?(?!\w)|[«\"][А-Е][»\"]|\d{{1,4}}(?:-?[йя]|-?ый)? (?:подъезд|этаж|квартира|кв\b|офис|комната|линия|корпус|участок)(?!\w)|\({_FLAT}[ №]{{0,3}}\d{{1,4}}[а-в]?\)|домофон[ :]{{1,2}}\d{{1,4}}|код[ :]{{1,2}}\d{{1,4}}(?!\d))| ?[-–—] ?\d{{1,4}}(?![\d\w:/]|[.,-]\d|{_COUNTED_AFTER}))+",
    re.IGNORECASE,
)
# «Ново-Садовая, 7, литера Б, » and «Мира, 61 (» before what was found of the flat
_STREET_LEFT = re.compile(
    rf"(?<![\w«-])(?:[А-ЯЁ][а-яё-]{{2,20}} )?({_WORD}(?:ая|ой|ого|их|ых|ий|ый|ов|ев|а|я|и)),? (?:(?:дом|д\.?) ?)?\d{{1,3}}[а-вА-В]?(?:/\d{{1,3}})?(?:, (?:(?:подъезд|этаж|литера?|лит\.|под\.|эт\.) ?[\dА-Яа-я]{{1,2}}|\d{{1,2}} (?:подъезд|этаж))){{0,3}},? \(?$",
    re.IGNORECASE,
)
# «р.п. Шушенское, мкр-н 3, » before the house
_QUARTER_LEFT = re.compile(
    r"(?<![А-ЯЁа-яё])(?:(?:р\. ?п|рп|пгт|пос|п|с|г|дер|д|ст-ца|х)\.? ?[А-ЯЁ][А-ЯЁа-яё-]{1,24}, ?)?(?:мкр-?н?|микрорайон|м-н|кв-л|квартал)\.? ?№? ?\d{1,3},? ?$"
)
# «361115, КБР, » before the town or the street
_INDEX_LEFT = re.compile(r"(?<![\d№-])\d{6}, ?(?:[А-ЯЁа-яё-]{1,24}[., ]{1,2}){1,6}$")
_SECOND = re.compile(r", ?\d{1,3}(?=[.;!?)](?!\d)|$|\n)")
_CAPITALISED = re.compile(r"[А-ЯЁ][а-яё-]+")
_SMALL = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_SUM = re.compile(r"[ \u00a0]\d{3}(?!\d)")
# what may stand before a house: a word with a capital, or one of the words for houses and flats
_BEFORE_HOUSE = re.compile(
    r"(?:(?<![А-ЯЁа-яё-])[А-ЯЁ][А-ЯЁа-яё-]*|(?<![а-яё])(?:дом[ауеу]?|д|здани[ея]|зд|строени[ея]|стр|вл|владени[ея]|корп|корпус[ае]?|кв|квартир[аеуы]|к|оф|офис[ае]?|"
    r"ком|комн|комнат[аеуы]|пом|помещени[ея]|блок|под|подъезд[ае]?|эт|этаж[ае]?|уч|участок|участк[ае]|лит|литера?|м-н|соор|уч-к|з/у|бокс[ае]?|гараж[ае]?|мест[оае]))"
    r"[.,:;»\")( №\u00a0-]{0,4}$"
)
_AFTER_HOUSE = re.compile(
    r"[ ]?[-–—/кК] ?\d|[а-вА-В](?![а-яё])|[ ][абгде](?=[,;!?)]|$)|[ ,(]{1,3}(?:кв|к\.|корп|стр|оф|под|эт|дом|д\.|мкр|микро)|-?[йя] (?:микро|мкр|кв|лин|подъезд)"
)

_FLAT_ALONE = re.compile(r"(?<![\w«])(?:кв\.|кв|квартир[аеуы])\s?№?\s?\d{1,4}(?!\w)", re.IGNORECASE)
# «мичурина 19-7», «Чкалова 22-15»: a street without its word, the house and the flat
_HOUSE_FLAT = re.compile(
    rf"(?<![\w«-])({_WORD}) (\d{{1,3}}[а-в]?)-(\d{{1,4}})(?![\w:/-]|[.,]\d|{_COUNTED_AFTER}| ?(?:см|мм|гр?|т\.?р|тыс|к)\b)",
    re.IGNORECASE,
)
_METRES = re.compile(rf"\s?(?:м\b|м²|метр|м2|градус|человек|чел\b|подъезд|этаж|из\b)|{_COUNTED_AFTER}", re.IGNORECASE)
_SPELT = re.compile(
    r"(?:дом|квартир[аеу]|кв)\.? (?:од[ин]|дв|три|чет|пят|шест|сем|вос|дев|дес|сорок|сто)(?![а-яё ]{0,40}(?:\.\.|…))"
)


def housed(text: str, low: str) -> bool:
    """Whether a number of the text may be a house where no word for streets stands: else no address is looked for."""
    if "ul." in low or "kv" in low:
        return True
    for found in _SMALL.finditer(text):
        start, stop = found.span()
        if _SUM.match(text, stop) or any(map(str.isdigit, text[max(0, start - 2) : start])):
            continue
        if stop - start < 4 and _AFTER_HOUSE.match(text, stop):
            return True
        if _BEFORE_HOUSE.search(text, max(0, start - 30), start):
            return True
    return False


def spelt(low: str) -> bool:
    """Whether a house or a flat is told in words."""
    return ("кв" in low or "дом" in low) and bool(_SPELT.search(low))


def addresses(text: str, low: str) -> Iterator[Span]:
    """Addresses and flats, each whole."""
    found = list(read(text))
    if "кв" in low:
        found += [one.span() for one in _FLAT_ALONE.finditer(text) if not _METRES.match(text, one.end())]
    if "-" in text:
        found += [one.span() for one in _HOUSE_FLAT.finditer(text) if _is_whose(one[1])]
    if found:
        yield from _united(text, low, found)
    for one in _INDEX.finditer(text) if "индекс" in low or "востреб" in low else ():
        yield one.start(1), one.end(1), "ADDRESS", one[1]


def is_person(piece: str) -> bool:
    """«Лидия Захаровна, кв. 17» begins with no street."""
    for word in _CAPITALISED.findall(piece):
        bits = kind(flatten(word.lower())).bits
        if bits & PATRONYMIC or (bits & NAME and not bits & (PLACE | COMMON)):
            return True
    return False


def is_signed(head: str, before: str = "") -> bool:
    """«В. А. Самойленко, ул. …»: what stands before an address is who lives there, no town."""
    words = _CAPITALISED.findall(head)
    last = _CAPITALISED.findall(before)
    if last and before.rstrip().endswith(last[-1]) and is_person(last[-1]) and "," not in before[-2:]:
        return True  # «Ильдар Фаритович Мингазов, ул. …»
    return is_person(head) or any(kind(flatten(one)).bits & (SURNAME | PLACE) == SURNAME for one in words)


def _is_whose(word: str) -> bool:
    """«мичурина», «Чкалова», «мира»: what nothing but a street is called by before a house and a flat."""
    form = flatten(word)
    bits = kind(form).bits
    return form in words_of("streets") or (
        form.endswith(("ина", "ова", "ева", "ского")) and bool(bits & (PERSON | SURNAME | PLACE)) and not bits & COMMON
    )


def _is_street(word: str) -> bool:
    """«Ленина», «Советская»: whose name it is, or an adjective that no goods are called by."""
    form = flatten(word)
    bits = kind(form).bits
    if bits & (PERSON | SURNAME):
        return not bits & COMMON or bool(bits & PERSON) or word[0].isupper()
    if form.endswith(("ая", "ой", "ий", "ый")):
        return word[0].isupper() and form.endswith(STREETLY) and form not in words_of("not_streets")
    return word[0].isupper() and form in words_of("streets")


def _united(text: str, low: str, found: list[tuple[int, int]]) -> Iterator[Span]:
    """One span for what touches or is parted by a comma only, with its head and tail."""
    spans = sorted(found)
    at = 0
    while at < len(spans):
        start, stop = spans[at]
        at += 1
        stop = _tail(text, stop)
        while at < len(spans) and (spans[at][0] <= stop or not text[stop : spans[at][0]].strip(" ,")):
            start, stop = start, max(stop, spans[at][1])
            stop = _tail(text, stop)
            at += 1
        street = _STREET_LEFT.search(text[max(0, start - 90) : start])
        if street and (_is_street(street[1]) or flatten(street[1]).endswith(STREETLY)):
            start -= len(street[0])
        if low[start : start + 3] not in ("кв.", "кв ", "ква"):
            head = _HEAD.search(text[max(0, start - 80) : start])
            signed = head and is_signed(head[0], text[max(0, start - 80) : start - len(head[0])])
            start -= len(head[0]) if head and not signed else 0
        quarter = _QUARTER_LEFT.search(text[max(0, start - 60) : start])
        start -= len(quarter[0]) if quarter else 0
        index = _INDEX_LEFT.search(text[max(0, start - 80) : start])
        if index and context(text, start - len(index[0])) != ("other", True):
            start -= len(index[0])
        yield start, stop, "ADDRESS", low[start:stop]


def _tail(text: str, stop: int) -> int:
    more = _TAIL.match(text, stop)
    stop = more.end() if more else stop
    second = _SECOND.match(text, stop)
    return second.end() if second else stop
