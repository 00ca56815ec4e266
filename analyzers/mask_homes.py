"""Addresses in other orders: the house before the street, gardens and garages, a bare street with house and flat.

What `mask_places` and this module find of one address is made one span, with its tail («лит. А», «комн. 512») and head.
"""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .lemmas import flatten
from .mask_forms import COMMON, NAME, PERSON, PLACE, SURNAME, kind, words_of
from .mask_places import is_signed
from .mask_rules import Span, context, has

_TYPE = r"(?:ул(?:иц[аеуы]|\.)?|пр-?к?т[ауе]?\.?|пр\.|просп(?:ект[ауе]?|\.)?|пер(?:еул(?:ок|ка|ке)|\.)?|б-р[ауе]?|бул(?:ьвар[ауе]?|\.)?|ш\.|шоссе|наб(?:ережн(?:ая|ой)|\.)?|пл(?:ощадь|ощади|\.)?|проезд[ауе]?|мкр-?н?\.?|микрорайон[ауе]?|тракт[ауе]?|тупик[ауе]?)"
_N = r"\d{1,4}(?:[ ]?[а-вА-В](?![а-яё]))?(?:[/-]\d{1,4}[а-в]?){0,2}"
_FLAT = r"(?:кв(?:артир[аеуы]|\.)?|корп(?:ус[ае]?|\.)?|к\.?|стр(?:оени[ея]|\.)?|оф(?:ис[ае]?|\.)?|комн(?:ат[аеуы]|\.)?|ком\.|апарт(?:амент[ыа]|\.)?|пом(?:ещени[ея]|\.)?|блок|секци[яи]|под(?:ъезд[ае]?|\.)|эт(?:аж[ае]?|\.))"
_HOUSE = r"(?:дом(?:а|у|е)?|д\.?|зд(?:ани[ея]|\.)|стр(?:оени[ея]|\.)|вл(?:адени[ея]|\.)|корп(?:ус|\.))"
_WORD = r"[А-ЯЁа-яё][А-ЯЁа-яё-]{1,24}"
# «кв 5 д 12 ул Ленина», «дом № 12 по проспекту Мира», «д. 5 на ул. Мира»
_HOUSE_FIRST = re.compile(
    rf"(?<![а-яё\w])(?:{_FLAT}[ №]{{0,2}}\d{{1,4}}[ ,]{{1,3}})?{_HOUSE}[ №]{{0,3}}{_N}(?:[ ,]{{1,3}}{_FLAT}[ №]{{0,2}}\d{{1,4}}){{0,4}}[ ,]{{1,3}}(?:по |на |в )?{_TYPE}[ ]?(?:{_WORD} )?{_WORD}",
    re.IGNORECASE,
)
_HOUSE_ON = re.compile(
    rf"(?<![а-яё\w])(?:дом(?:а|у|е)?|д\.) ?№? ?{_N} (?:по|на) [А-ЯЁ][а-яё-]{{3,24}}(?:ой|ого|ому|их|ых|а|я|у|е|и)(?![а-яё])"
)
# «СНТ «Берёзка», участок 117», «ЖК Солнечный, к3, кв118», «гараж 18 в ГСК «Мотор»»
_UNION = r"(?:СНТ|ДНТ|ДНП|СПК|ТСН|ЖСК|ЖК|КП|ГСК|ГК|ПГК|садов(?:ое|ом) товариществ[оеа]|садоводств[оеа]|дачн(?:ый|ом) (?:пос[её]лок|пос[её]лке|кооператив[е]?)|коттеджн(?:ый|ом) пос[её]л(?:ок|ке)|гаражн(?:ый|ом) кооператив[е]?|жил(?:ой|ом) комплекс[е]?|общежити[еия])"
_PLOT = r"(?:участ(?:ок|ка|ке)|уч\.?|дом[ае]?|д\.?|бокс[ае]?|гараж[ае]?|корп(?:ус[ае]?|\.)?|к\.?|секци[яи]|лини[яи]|место|кв(?:артира|\.)?|комн(?:ат[аеы]|\.)?|строение|стр\.?|№)"
_GARDEN = re.compile(
    rf"(?<!\w){_UNION} ?(?:[«\"][^»\"\n]{{2,30}}[»\"]|{_WORD}(?:-\d{{1,2}})?)(?:[ ,]{{1,3}}{_PLOT}[ №]{{0,2}}\d{{1,4}}[а-в]?){{1,4}}(?!\w)",
    re.IGNORECASE,
)
_GARAGE = re.compile(
    rf"(?<!\w)(?:гараж|бокс|участок|дом|корпус|место)[а-яё]{{0,2}} ?№? ?\d{{1,4}},? (?:в |на )?{_UNION} (?:[«\"][^»\"\n]{{2,30}}[»\"]|{_WORD})",
    re.IGNORECASE,
)
# glued: «пр.Мира,5кв3», «пер Школьный д4кв2»
_GLUED = re.compile(
    rf"(?<![\w-]){_TYPE}[ ]?(?:{_WORD} )?{_WORD}[ ,]{{0,2}}(?:{_HOUSE} ?)?\d{{1,3}}[а-в]?(?:[ ,]{{0,2}}{_FLAT} ?\d{{1,4}}){{1,4}}(?!\w)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"(?<!\w)\d{{1,2}}(?:-?[йя]| ?-ый)? ?(?:мкр(?:н|-н)?\.?|микрорайон[ае]?|квартал[ае]?|кв-л)[ ,]{{1,3}}(?:{_HOUSE} ?№?)? ?(?!(?:19|20)\d\d){_N}(?!\w)(?:[ ,]{{1,3}}{_FLAT}[ №]{{0,2}}\d{{1,4}}){{0,3}}",
    re.IGNORECASE,
)
_BUILDING = re.compile(
    rf"(?<![\w-]){_TYPE}[ ]?(?:{_WORD} ){{0,2}}{_WORD},? (?:зд(?:ание|\.)|соор\.|уч-к|з/у) ?{_N}(?!\w)", re.IGNORECASE
)
# «Ленина 45-12», «Вокзальная, 8-15», «на Лескова 19к2», «ленина 45 кв 12»; the word decides
_HOUSE_FLAT = re.compile(
    rf"(?<![\w«-])({_WORD}(?:ая|ой|ого|ого|их|ых|ий|ый|ов|ев|а|я|и))(?:,? |-)(?:\d{{1,3}}[а-в]?(?:[/к]\d{{1,2}})?(?:[-–/]| [-–] )\d{{1,4}}[а-в]?|(?:дом|д\.?|вл\.) ?№? ?\d{{1,3}}[а-в]?(?:/\d{{1,3}})?(?! ?кв)|\d{{1,3}}[а-в]?к\d{{1,2}}|\d{{1,3}}[а-в](?![а-яё])|\d{{1,3}}[а-в]?[ ,]{{1,2}}(?:кв(?:артира|\.)?|корп(?:ус|\.)?|оф(?:ис|\.)?) ?\d{{1,4}})(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_HOUSE_ALONE = re.compile(
    r"(?<![\w«-])([А-ЯЁ][а-яё-]{2,24}(?:ой|ого|их|ых|ов|ев|ая|а|я)),? (\d{1,3}[а-в]?(?:/\d{1,3})?)(?=[.;!?)\n](?!\d)|,(?! ?\d)|$)"
)
# a house or a flat with its number somewhere: what most patterns need
_MARKED = re.compile(
    r"(?:дом[ауе]?|д\.?|здание|зд\.|строение|стр\.?|вл\.|владение|корп\.?|корпус[ае]?|кв\.?|квартир[аеуы]|к\.?|оф\.?|офис|комн\.?|комната|блок|под\.|эт\.)[ №]{0,3}\d"
)
_STEP = re.compile(
    r"[аяйхвАЯЙХВ](?:,? |-)(?=\d|д\.? ?\d|дом №? ?\d|вл\.)"
)  # where a word that may be a street ends, before a number
_INDEX = re.compile(r"(?:индекс[а-яё]{0,2}|востребовани[ея])[ :№-]{1,3}(\d{6})(?!\d)", re.IGNORECASE)
_COUNTED_AFTER = r" ?(?:руб|р\b|р\.|₽|%|лет\b|год|шт|раз|дн|час|мин|кг|км|мес|балл|класс|-?й|-?я|январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
_HEAD = re.compile(
    r"(?:(?:\bиндекс |\b)\d{6},? {0,2})?(?:(?:\b(?:г|гор|город|пос|п|с|дер|д|х|ст|пгт|аул)\.? ?)?[А-ЯЁ][а-яё-]{1,24}(?:-[А-ЯЁ][а-яё]{2,20})?(?: (?:обл\.?|область|край|р-н|район))?, ?)?(?:\d{6},? )?(?:[А-ЯЁ][а-яё-]{2,24}ий |[А-ЯЁ][а-яё-]{2,24}ая |\d{1,2}-?(?:я|й|ая|ый) (?:[А-ЯЁ][а-яё]{2,20}-?)?|\b\d{1,3} (?:лет )?)?$"
)
_TAIL = re.compile(
    rf"(?:[ ,]{{1,3}}(?:{_FLAT}[ №]{{0,3}}\d{{1,4}}(?!\d)[а-в]?|{_HOUSE}[ №]{{0,2}}\d{{1,4}}(?!\d)|лит(?:ер[аы]?|\.)? ?[«\"]?[А-Яа-я1-9][»\"]?(?!\w)|[«\"][А-Е][»\"]|\d{{1,4}}(?:-?[йя]|-?ый)? (?:подъезд|этаж|квартира|кв\b|офис|комната|линия|корпус|участок)(?!\w)|\({_FLAT}[ №]{{0,3}}\d{{1,4}}[а-в]?\)|домофон[ :]{{1,2}}\d{{1,4}}|код[ :]{{1,2}}\d{{1,4}}(?!\d))| ?[-–—] ?\d{{1,4}}(?![\d\w:/]|[.,-]\d|{_COUNTED_AFTER}))+",
    re.IGNORECASE,
)
# «от Заводская 4», «на Гагарина 14 до вечера»: the word does not follow its preposition
_PLACED = re.compile(
    r"(?<![а-яё])(?:на|по|от|у|с|из|до|возле|около|адрес|дом|дома|доме|С[Пп][Бб]|М[Сс][Кк]|Е[Кк][Бб]|Н[Сс][Кк]),? ((?:[А-ЯЁ][а-яё-]{2,20} )?[А-ЯЁ][а-яё-]{2,24}(?:ая|ого|ова|ева|ёва|ина|ых|их|ов|а)),? (\d{1,3}[а-в]?(?:[/к]\d{1,3})?)(?![\w-]|[.,:]\d)"
)
# «Зеленоград, к1205-18», «Набережные Челны, 25/12-34», «ГСК-12, гараж 45», «общежитие № 4, комната 512», «линия 7, дом 34»
_NUMBERED = re.compile(
    rf"(?<!\w)(?:Зеленоград[а-я]?,? (?:корп(?:ус|\.)?|к\.?) ?\d{{3,4}}|(?:Набережны[ех]|Наб\.) Челн(?:ы|ах),? (?:\d{{1,2}}/){{1,2}}\d{{1,2}}|(?:{_UNION})(?:-| ?№ ?)\d{{1,3}},? {_PLOT}[ №]{{0,2}}\d{{1,4}}|линия \d{{1,2}}, ?(?:дом|д\.) ?\d{{1,4}})(?!\d)",
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
_HINTS = (
    "ул",
    "пр",
    "пер",
    "ш.",
    "шоссе",
    "наб",
    "пл",
    "б-р",
    "бул",
    "мкр",
    "микро",
    "тракт",
    "туп",
    "квартал",
    "кв-л",
)
_UNIONS = (
    "снт",
    "днт",
    "днп",
    "спк",
    "тсн",
    "жск",
    "жк",
    "кп",
    "гск",
    "гк",
    "товариществ",
    "садовод",
    "посёл",
    "посел",
    "кооп",
    "комплекс",
    "общежит",
)
_COUNTED = re.compile(
    r" ?(?:руб|р\b|р\.|₽|%|лет\b|год|шт|раз\b|дн|час|мин|кг|км|м\b|мес|балл|класс|кл\b)", re.IGNORECASE
)


def homes(text: str, low: str) -> Iterator[Span]:
    """Addresses that begin with the house, or hold no word for a street."""
    marked = bool(_MARKED.search(low))
    found: list[re.Match[str]] = []
    if marked and has(low, _HINTS):
        found += [*_HOUSE_FIRST.finditer(text), *_GLUED.finditer(text)]
    if has(low, ("мкр", "микро", "квартал", "кв-л")):
        found += _QUARTER.finditer(text)
    if has(low, ("зд.", "здание", "соор", "уч-к", "з/у")):
        found += _BUILDING.finditer(text)
    if has(low, _UNIONS):
        found += [*_GARDEN.finditer(text), *_GARAGE.finditer(text)]
    if marked:
        found += [one for one in _HOUSE_ON.finditer(text) if not _COUNTED.match(text, one.end())]
    if has(low, ("зеленоград", "челн", "линия", *_UNIONS)):
        found += _NUMBERED.finditer(text)
    for one in _PLACED.finditer(text):
        if _is_placed(one[1]) and not _COUNTED.match(text, one.end()):
            yield one.start(1), one.end(2), "ADDRESS", low[one.start(1) : one.end(2)]
    for one in found:
        yield one.start(), one.end(), "ADDRESS", low[one.start() : one.end()]
    for step in _STEP.finditer(text):
        yield from _bare(text, low, max(text.rfind(" ", 0, step.start()), text.rfind("\n", 0, step.start())) + 1)
    for one in _INDEX.finditer(text) if "индекс" in low or "востреб" in low else ():
        yield one.start(1), one.end(1), "ADDRESS", one[1]


def _bare(text: str, low: str, start: int) -> Iterator[Span]:
    """A street without its word, at a place: «Ленина 45-12», «Ленина, 45.»."""
    start += text[start : start + 1] in ("(", '"')
    one = _HOUSE_FLAT.match(text, start)
    if one is not None and _is_street(one[1]) and not _COUNTED.match(text, one.end()):
        yield start, one.end(), "ADDRESS", low[start : one.end()]
        return
    one = _HOUSE_ALONE.match(text, start)
    if one is not None and (_is_street_of(one[1]) or (_TAIL.match(text, one.end()) and _is_street(one[1]))):
        yield start, one.end(), "ADDRESS", low[start : one.end()]


def _is_street(word: str) -> bool:
    """«Ленина», «Советская»: whose name it is, or an adjective that no goods are called by."""
    form = flatten(word)
    bits = kind(form).bits
    if bits & (PERSON | SURNAME):
        return not bits & COMMON or bool(bits & PERSON) or word[0].isupper()
    if form.endswith(("ая", "ой", "ий", "ый")):
        return word[0].isupper() and form.endswith(_STREETLY) and form not in words_of("not_streets")
    return word[0].isupper() and form in words_of("streets")


_STREETLY = ("ская", "ской", "цкая", "цкой", "овая", "ная", "ный", "ский", "цкий", "тая", "ной")


def _is_placed(words: str) -> bool:
    """An adjective in the nominative that a preposition left alone, or whose street it is."""
    form = flatten(words.rpartition(" ")[2])
    if form.endswith("ая"):
        return form.endswith(_STREETLY) and form not in words_of("not_streets")
    return _is_street_of(words.rpartition(" ")[2])


def _is_street_of(word: str) -> bool:
    """A surname in the genitive, or «Мира», before a bare number: «Ленина, 45.»."""
    form = flatten(word)
    bits = kind(form).bits
    return (
        form in words_of("streets")
        or bool(bits & PERSON and not bits & NAME)
        or (form.endswith(("ской", "цкой")) and not bits & PLACE)
        or bool(
            bits & SURNAME and not bits & (COMMON | NAME) and form.endswith(("ова", "ева", "ина", "ского", "цкого"))
        )
    )


def united(text: str, low: str, found: list[Span]) -> Iterator[Span]:
    """One span for what touches or is parted by a comma only, with its head and tail."""
    spans = sorted((one[0], one[1]) for one in found)
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
        if street and (_is_street(street[1]) or flatten(street[1]).endswith(_STREETLY)):
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
