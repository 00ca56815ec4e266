"""Addresses with a house or a flat; a street or a city alone stays."""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .lemmas import flatten
from .mask_forms import COMMON, NAME, PATRONYMIC, PLACE, SURNAME, kind, words_of
from .mask_rules import Span, has

_TYPE = (
    r"(?:(?:ул|пр|просп|пер|бул|ш|наб|пл|мкр|б-р[ауе]?|пр-к?т)\.[ ]?|(?:ул|улиц[аеуы]|улицей|пр-к?т[ауе]?|просп|проспект[еау]?|пер|переул(?:ок|ке|ка)|б-р|бульвар[еау]?|"
    r"шоссе|набережн(?:ая|ой|ую)|площад[ьи]|проезд[еау]?|мкр-?н?|микрорайон[еау]?|аллея|аллее|тракт[еау]?|тупик[еау]?|кв-л|квартал[еау]?)(?![а-яё])[ ]?)"
)
_STREET_WORD = r"(?:\d{1,3}(?:-?[а-яё]{1,8})?(?=\s)|(?!(?:дом|д)[. ])(?:(?:[А-ЯЁ]|им|ак|акад|ген|марш|проф)\.|[А-ЯЁа-яё][а-яё-]{1,24}))"
_HOUSE_MARK = (
    r"(?<![а-яё])(?:дома|доме|дому|дом|д\.|д(?=\s?\d)|стр\.|строение|вл\.|владение|уч\.|участок|корпус|корп\.)"
)
_NUMBER = r"\d{1,4}(?:\s?[а-гкА-ГК](?![а-яё])|[а-яА-Я](?![а-яё]))?(?:[/-]\d{1,4}[а-я]?){0,2}(?:\s?(?:к|корп|стр|с)\.?\s?\d{1,2}){0,2}"
_FLAT_MARK = r"(?:корп\.?|корпус[еа]?|к\.?|стр\.?|строени[ея]|лит\.?|под\.?|подъезд[е]?|п\.|эт\.?|этаж[е]?|кв\.?|квартир[аеуы]|оф\.?|офис[е]?|ком\.?|комнат[аеу]|пом\.?)"
_TAIL = rf"(?:\s?,?\s?{_FLAT_MARK}\s?№?\s?\d{{1,4}}[а-я]?(?![\d\w]))"
_WITH_TYPE = re.compile(
    rf"(?<![\w-]){_TYPE}(?:{_STREET_WORD} {{1,2}}){{0,3}}?{_STREET_WORD} ?,? {{0,2}}(?:{_HOUSE_MARK}\s?№?\s?)?{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{0,5}}+",
    re.IGNORECASE,
)
_TYPE_AFTER = re.compile(
    rf"(?<![\w-])(?:\d{{1,2}}-[а-яё]{{1,2}} )?[А-ЯЁа-яё][а-яё-]{{2,24}} {_TYPE},? {{0,2}}(?:{_HOUSE_MARK}\s?№?\s?)?{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{0,5}}+",
    re.IGNORECASE,
)
_NO_TYPE = re.compile(
    rf"(?<![\w-])(?:(?:\d{{1,2}} |ЖК |СНТ |КП |ТСН )(?=[А-ЯЁ]))?[А-ЯЁ][а-яё-]{{2,24}}(?:\s[А-ЯЁ][а-яё-]{{2,24}})? ?,? {{0,2}}"
    rf"(?:{_HOUSE_MARK}\s?№?\s?{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{0,5}}+|{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{1,5}}+)"
)
_CITY_STREET = re.compile(
    rf"(?<![\w-])(?:(?:г|гор|пос|с|дер|д|п|пгт|ст|х)\. ?|(?:деревня|село|пос[её]лок|станица|хутор|аул|город) )[А-ЯЁ][а-яё-]{{2,24}}(?: [А-ЯЁ][а-яё-]{{2,24}})?, ?"
    rf"[А-ЯЁ][а-яё-]{{2,24}}(?: [А-ЯЁ][а-яё-]{{2,24}})?,? ?(?:{_HOUSE_MARK}\s?№?\s?)?{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{0,5}}+"
)
_VILLAGE = re.compile(
    rf"(?<![\w-])(?:(?:дер|д|с|пос|п|пгт|х)\. ?|(?:деревня|село|пос[её]лок|станица|хутор|аул) )[А-ЯЁ][а-яё-]{{2,24}}(?: [А-ЯЁ][а-яё-]{{2,24}})?, ?(?:{_HOUSE_MARK}\s?№?\s?)?{_NUMBER}(?!\w|-[а-яё]{{2}}|[.,]\d){_TAIL}{{0,5}}+"
)
_BARE = re.compile(
    r"(?<![\w-])(?:[А-ЯЁ][а-яё]{2,20}ая \d{1,3}[-/]\d{1,3}(?![\w-]|[.,]\d)"
    r"|[А-ЯЁ][а-яё]{2,20}(?:ск|ов|ев|н)ая, \d{1,3}[а-в]?(?=[,;!?)]|\.(?!\d)|$)"
    rf"|(?<=на )[А-ЯЁ][а-яё]{{2,20}}(?:а|я|ой|ого|их|ых),? \d{{1,3}}[а-в]?(?=[,;!?)]|\.(?!\d)|$){_TAIL}{{0,3}}+)"
)
_AREA = re.compile(
    rf"(?<![\w-])(?:\d{{1,2}}-?й (?:микрорайон|мкр\.?|квартал)|(?:микрорайон|мкр\.?|м-н|кв-л|квартал) (?:\d{{1,3}}|[А-ЯЁ][а-яё]{{2,20}})"
    rf"|\d{{1,2}}(?:-я)? линия),? ?(?:{_HOUSE_MARK}\s?№?\s?)?{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{0,5}}+",
    re.IGNORECASE,
)
_HOUSE_ALONG = re.compile(
    r"(?<!\w)(?:дом|доме|дома|д\.) ?\d{1,3}[а-яА-Я]? по (?:ул\.?|улице|проспекту|пр\.?|переулку|бульвару)? ?(?-i:[А-ЯЁ][а-яё-]{2,24})",
    re.IGNORECASE,
)
_INDEXED = re.compile(
    rf"(?<![\w-])(?:\d{{6}}, ?)?(?:[А-ЯЁ][а-яё-]{{2,24}}(?: (?:область|обл\.|край|р-н|район))?, ?){{1,3}}"
    rf"[А-ЯЁ][а-яё-]{{2,24}}(?: [А-ЯЁ][а-яё-]{{2,24}})?,? ?{_NUMBER}(?!\w|-[а-яё]{{2}}|[.,]\d){_TAIL}{{0,5}}+"
)
_HOUSE_FLAT = re.compile(rf"(?<!\w){_HOUSE_MARK}\s?№?\s?{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{1,5}}+", re.IGNORECASE)
_FLAT = re.compile(r"(?<![\w«])(?:кв\.|кв|квартир[аеуы])\s?№?\s?\d{1,4}(?!\w)", re.IGNORECASE)
_SAID = re.compile(
    rf"(?:по адресу|адрес[ае]?|прожива[а-яё]{{1,4}}|живу|прописк[а-яё]|зарегистрирован[аы]?)(?:\s(?:на|в|по)(?=\s))?[\s:,]{{1,3}}"
    rf"((?:{_STREET_WORD},? {{1,2}}){{0,3}}?{_STREET_WORD} ?,? {{0,2}}(?:{_HOUSE_MARK}\s?№?\s?)?{_NUMBER}(?!\w|-[а-яё]{{2}}){_TAIL}{{0,5}}+)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b\d{6},?\s{0,2})?(?:[А-ЯЁ][а-яё-]{2,24}\s(?:обл\.|область|края?|респ\.|район|р-н),?\s{0,2}){0,2}"
    r"(?:(?:\bг\.|\bг|\bгор\.|\bгород|\bпос\.|\bп\.|\bс\.|\bдер\.|\bд\.|\bпгт)\s?[А-ЯЁ][А-ЯЁа-яё-]{2,24}(?:\s[А-ЯЁ][а-яё-]{2,24})?,?\s{0,2}|\b[А-ЯЁ][А-ЯЁа-яё-]{2,24}(?:\s[А-ЯЁ][а-яё-]{2,24})?,\s{0,2})?$"
)
_NOT_HOUSE = re.compile(
    r"\s{0,2}[-–]?\s?(?:недел|дн[яе]|день|час|мин|сек|раз|год|лет\b|г\b|руб|р\.|₽|%|процент|месяц|мес\b|сут|человек|чел\b|машин|м\b|м²|метр|км|кв\.?\s?м|"
    r"домах|домов|фонар|подъезд|этаж|балл|шт|тыс|млн|комнат|январ|феврал|март|апрел|ма[яй]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    r"сот(?:ок|ки)|га\b|лавоч|скаме|ям[аы]?\b|урн|дерев|остановк|маршрут|автобус|градус|см\b|квартир[аы]? |из\b|сентября|марта|[.,]\d|:\d|-[яйег])",
    re.IGNORECASE,
)
_NOT_STREET = re.compile(
    r"\s(?:не|нет|уже|ещё|еще|за|до|от|в|во|на|с|со|по|к|и|или|а|но|что|как|где|все|всего|минус|плюс|было|стоит|сейчас|примерно|под|над|ровно|аж|целых|почти|около|более|менее|через|после|из|номер|маршрут|автобус|лежит|стоит|ждали|жду|заказ[а-яё]{0,2}|договор[а-яё]{0,2}|чек|заявк[а-яё]{1,2}|сч[её]т|сумм[а-яё]{1,2})\s",
    re.IGNORECASE,
)

_TYPE_HINTS = (" ул", "ул.", "ул ", "улиц", "пр.", "пр-", "пр ", "просп", "пер.", "пер ", "переул", "бул", "б-р", " ш.", "ш. ", "шоссе", "наб.", "набереж", "пл.", "площад", "проезд",
               "мкр", "микро", "алле", "тракт", "тупик", "кв-л", "квартал")  # fmt: skip
_DIGIT = re.compile(r"[0-9]")
_PATTERNS = (
    (_WITH_TYPE, _TYPE_HINTS),
    (_TYPE_AFTER, _TYPE_HINTS),
    (
        _VILLAGE,
        (
            "деревня",
            "село",
            "поселок",
            "посёлок",
            "станица",
            "хутор",
            "аул",
            "дер.",
            "д.",
            "с.",
            "пос.",
            "п.",
            "пгт.",
            "х.",
        ),
    ),
    (
        _NO_TYPE,
        (
            "дом",
            "д.",
            "д ",
            "вл.",
            *(f"д{digit}" for digit in range(1, 10)),
            "кв",
            "корп",
            "оф",
            "к.",
            "уч",
            "стр",
            "вл",
        ),
    ),
    (_BARE, ("ая ", "ая,", "на ")),
    (_AREA, ("микрорайон", "мкр", "м-н", "кв-л", "квартал", "линия")),
    (_HOUSE_ALONG, (" по ",)),
    (_INDEXED, (", ",)),
    (
        _CITY_STREET,
        (
            "деревня",
            "село",
            "поселок",
            "посёлок",
            "станица",
            "хутор",
            "аул",
            "город ",
            "г.",
            "пос.",
            "с.",
            "дер.",
            "д.",
            "п.",
            "пгт.",
            "ст.",
            "х.",
            "гор.",
        ),
    ),
    (_SAID, ("адрес", "прожива", "живу", "пропис", "зарегистр")),
    (_HOUSE_FLAT, ("кв", "корп", "оф")),
    (_FLAT, ("кв.", "кв ", "квартир")),
)


_INNER = re.compile(
    r"(?:подъезд|этаж|квартира|комната|офис|секция)\b", re.IGNORECASE
)  # «Подъезд 3 этаж 5, лифт …» is anybody's
_QUARTER_YEAR = re.compile(r"квартал,? (?:19|20)\d\d$", re.IGNORECASE)
_CAPITALISED = re.compile(r"[А-ЯЁ][а-яё-]+")


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


def _is_located(piece: str) -> bool:
    """«301840, …» or «Тула, Мира, 14»: an index, a region or a known town at the beginning."""
    first = piece.split(",")[0]
    return first.isdigit() or " " in first or kind(flatten(first.lower())).bits & (PLACE | COMMON | NAME) == PLACE


_SMALL = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_SUM = re.compile(r"[ \u00a0]\d{3}(?!\d)")
# what may stand before a house: a word with a capital, or one of the words for houses and flats
_BEFORE_HOUSE = re.compile(
    r"(?:(?<![А-ЯЁа-яё-])[А-ЯЁ][А-ЯЁа-яё-]*|(?<![а-яё])(?:дом[ауеу]?|д|здани[ея]|зд|строени[ея]|стр|вл|владени[ея]|корп|корпус[ае]?|кв|квартир[аеуы]|к|оф|офис[ае]?|"
    r"ком|комн|комнат[аеуы]|пом|помещени[ея]|блок|под|подъезд[ае]?|эт|этаж[ае]?|уч|участок|участк[ае]|лит|литера?|м-н|соор|уч-к|з/у|бокс[ае]?|гараж[ае]?|мест[оае]))"
    r"[.,:;»\")( №\u00a0-]{0,4}$"
)
_AFTER_HOUSE = re.compile(
    r"[ ]?[-–—/кК] ?\d|[а-вА-В](?![а-яё])|[ ,(]{1,3}(?:кв|к\.|корп|стр|оф|под|эт|дом|д\.|мкр|микро)|-?[йя] (?:микро|мкр|кв|лин|подъезд)"
)


def housed(text: str) -> bool:
    """Whether a number of the text may be a house where no word for streets stands: else no address is looked for."""
    for found in _SMALL.finditer(text):
        start, stop = found.span()
        if _SUM.match(text, stop) or any(map(str.isdigit, text[max(0, start - 2) : start])):
            continue
        if stop - start < 4 and _AFTER_HOUSE.match(text, stop):
            return True
        if _BEFORE_HOUSE.search(text, max(0, start - 30), start):
            return True
    return False


def addresses(text: str, low: str) -> Iterator[Span]:
    """Street and house, house and flat, «по адресу …»; with the postcode and the city before them."""
    digit = _DIGIT.search(text)
    if digit is None:
        return
    typed = has(low, _TYPE_HINTS)
    begin = max(0, digit.start() - 120)
    for pattern, hints in _PATTERNS:
        if not (typed if hints is _TYPE_HINTS else has(low, hints)):
            continue
        for found in pattern.finditer(text, begin):
            start, stop = found.span(1 if pattern is _SAID else 0)
            if _NOT_HOUSE.match(text, stop) or (pattern is not _HOUSE_ALONG and _NOT_STREET.search(text, start, stop)):
                continue
            if pattern is _NO_TYPE and (is_person(found[0]) or _INNER.match(found[0])):
                continue
            if _QUARTER_YEAR.search(found[0]):
                continue
            if pattern is _BARE and flatten(found[0].partition(" ")[0].rstrip(",")) in words_of("not_streets"):
                continue
            if pattern is _INDEXED and not _is_located(found[0]):
                continue
            if pattern is not _FLAT and pattern is not _HOUSE_FLAT:
                left = _BEFORE.search(text[max(0, start - 90) : start])
                start -= (
                    len(left[0])
                    if left and not is_signed(left[0], text[max(0, start - 90) : start - len(left[0])])
                    else 0
                )
            yield start, stop, "ADDRESS", low[start:stop]
