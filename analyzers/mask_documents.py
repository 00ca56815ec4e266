"""Passports, dates of birth, IP addresses, VINs and plates."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address

from .mask_contacts import NUMERAL, say
from .mask_hints import ALL_HINTS, BORN, PAPERS, VEHICLES
from .mask_rules import Span, context, has

_FILL = r"[\s,;:.()№]{0,3}(?:(?:серия|серии|номер|номером|ном|под|за|и|а|выдан|сам|его|дальше|далее|затем|потом|следом|пробел|тире|идёт|идет|no?|№|n)[\s,;:.()№]{1,3}){0,4}"
_PASSPORT = re.compile(
    rf"(?:паспорт|сери[яией]|документ|удостоверени)[^\d\n]{{0,40}}(?<!\d)(\d\d[ -]?\d\d){_FILL}(\d{{3}}[ -]?\d{{3}})(?!\d)", re.IGNORECASE
)  # fmt: skip
_PASSPORT_BACK = re.compile(
    r"(?:паспорт|документ)[^\d\n]{0,40}(?<!\d)(\d{3} ?\d{3,4})[\s,;.()]{1,3}(?:и\s)?(?:сери[яией]|сер\.)[\s:№]{0,3}(\d\d(?: ?\d\d)?)(?!\d)",
    re.IGNORECASE,
)
# of other countries: «паспорт FA 4471093», «загранпаспорт N12345678»
_PASSPORT_FOREIGN = re.compile(
    r"(?i:паспорт|загран|passport|вид на жительство|внж)[^\d\n]{0,40}(?<![\w])([A-ZА-Я]{1,3}[ -]?(?:номер |№ ?|N ?)?(?:\d{6,9}|\d{2,4}(?: \d{2,4}){1,3}))(?![\w]| ?\d)"
)
_MONTH = r"(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]{1,2}"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})(?!\d)|\d{{1,2}} \d\d (?:19|20)\d\d|\d{{1,2}}(?:-?го)?\s{_MONTH}\s(?:\d{{4}}|\d\d(?=\s?г))|\d{{4}}-\d\d-\d\d|\d{{1,2}}\.[IVX]{{1,4}}\.\d{{4}}|\d{{1,2}} (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[a-z]{{0,6}} \d{{4}})"
_BIRTH = re.compile(
    rf"(?:рожд[её]н(?:а|ный|ная|ной|ного)?|рожд(?:ения|\.)?|рождени[ея]|\bрод\.|родил(?:ся|ась|ись)|\bд[./]\s?р\.?|\bдр|\bг\.?\s?р\.?)(?:(?:\s(?!\d)[а-яё]{{1,12}}){{0,2}}[\s:—–(-]{{1,4}}|(?:\s[а-яё]{{1,12}}){{3,5}}:\s?)({_DATE}|\d{{4}}(?=\s?г(?:оду?|\.))|(?<=год рождения )\d{{4}}|(?<=год рождения: )\d{{4}})"
    rf"|(?<!\d)({_DATE}|\d{{4}})(?:\s?,?\s?г(?:ода|од|\.)?)?\s?,?\s?(?:рождения|рожд\.?|г\.?\s?р\.?|[—–-]?\s?(?:это\s|моя\s){0, 2}дат[аы]\sрождения)(?!\w)",
    re.IGNORECASE,
)
_YEAR_WORD = re.compile(
    r" ?(?:(?:года|году|год)(?!\w| ?рожд)|г\.?(?![\w.]| ?(?:р\.|рожд)))"
)  # not «1979 года рождения»
_BORN = (
    "рожд",
    "родил",
    "род.",
    "др ",
    "др:",
    "д/р",
    "г.р",
    "г.р",
    "г. р",
    "г.  р",
    " гр",
    "д.р",
    "д. р",
    " др ",
    " др:",
    " др.",
)
_V4 = re.compile(r"(\d(?<![\w.].)\d{0,2})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w]|\.\d)")
_PRIVATE = re.compile(r"10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.")  # addresses inside a network, small numbers too
_NET = re.compile(
    r"(?<![а-яa-z])(?:ip|айпи|адрес|вход|лог[аиов]*(?![а-я])|сервер|роутер|маршрутизатор|подключ|сет[ьи](?![а-я])|wi-?fi|вай-?фай)"
)
_V6 = re.compile(r"(?<![\w:])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{4,40}(?![\w:])")
_IP_TOLD = re.compile(r"(?<![а-яa-z])(?:ip|айпи)(?:v4)?(?:-?\s?адрес[а-яё]{0,3})?[\s:—–-]{1,3}$", re.IGNORECASE)
_VERSION = re.compile(
    r"(?:верси|обновл|прошив|windows|андроид|android|ios|\bv\b|\bver|билд|build|(?-i:\bПО\b|\bОС\b)|релиз|пункт|\bп\.|гост|санпин|раздел)",
    re.IGNORECASE,
)
_VIN = re.compile(r"(?<![\w-])[A-HJ-NPR-ZАВЕКМНРСТУХ0-9]{17}(?![\w-])", re.IGNORECASE)
_NOT_VIN = re.compile(
    r"(?:трек|посылк|отправлен|накладн|серийн|s/n|imei|лиценз|ключ|артикул|промокод|договор|полис)[а-яё]{0,6}[\s:№—-]{0,4}(?:номер\s)?$",
    re.IGNORECASE,
)
_VIN_TAIL = re.compile(r"\d{4}(?![\w-])")
_VIN_LATIN = str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")
_PL = "АВЕКМНОРСТУХABEKMHOPCTYX"
_PLATE = re.compile(
    rf"(?<!\w)([{_PL}])(\s?)(\d{{3}})(\s?)([{_PL}]{{2}})(?:\s?(?:/\s?)?(\d{{2,3}})(?:\s?rus)?|\s((?:{NUMERAL})(?:\s(?:{NUMERAL})){{0,2}}))?(?!\w)",
    re.IGNORECASE,
)
_THREE = re.compile(r"\d{3}(?!\d)")
_TAXI = re.compile(rf"(?<!\w)[{_PL}]{{2}}\s?\d{{3}}\s?\d{{2,3}}(?!\w)", re.IGNORECASE)


_CIVIL = re.compile(
    rf"(?<!\w)[IVXLХ1]{{1,5}}[- ][А-ЯЁ]{{2}},? ?(?:№|N|номер)? ?(?:(\d{{3}} ?\d{{3}})(?!\d)|(?:(?:(?i:{NUMERAL})|\d{{1,6}})[ ,-]{{1,2}}){{1,6}}(?:(?i:{NUMERAL})|\d{{1,6}})(?!\w))"
)


def documents(text: str, low: str, hints: int = ALL_HINTS) -> Iterator[Span]:
    """Passports, dates of birth, IPs, VINs, plates."""
    if hints & PAPERS and has(low, ("паспорт", "сери", "документ", "удостоверен", "загран", "внж")):
        for found in _PASSPORT.finditer(text):
            yield found.start(1), found.end(2), "PASSPORT", re.sub(r"\D", "", found[1] + found[2])
        for found in _PASSPORT_FOREIGN.finditer(text):
            if context(text, found.start(1))[0] == "PASSPORT" or "внж" in low or "вид на ж" in low:
                yield found.start(1), found.end(1), "PASSPORT", re.sub(r"\W", "", found[1])
        for found in _PASSPORT_BACK.finditer(text):  # «номер 551874, серия 3209»
            yield found.start(1), found.end(2), "PASSPORT", re.sub(r"\D", "", found[2] + found[1])
    if hints & PAPERS and ("свид" in low or "св-в" in low):
        for found in _CIVIL.finditer(text):  # «свидетельство о рождении II-АК № 654321»
            yield found.start(), found.end(), "PASSPORT", re.sub(r"\W", "", found[0])
    if hints & BORN and has(low, _BORN):
        for found in _BIRTH.finditer(text):
            group = 1 if found[1] else 2
            yield found.start(group), _past_year(text, found.end(group)), "BIRTH", found[group]
    for found in _V4.finditer(text) if low.count(".") > 2 else ():
        octets = [int(found[i]) for i in range(1, 5)]
        told = (_PRIVATE.match(found[0]) and _NET.search(low)) or _IP_TOLD.search(
            text[max(0, found.start() - 24) : found.start()]
        )
        if (
            (31 < max(octets) < 256 or (told and max(octets) < 256))
            and octets[0]
            and not _VERSION.search(text[max(0, found.start() - 40) : found.start()])
        ):
            yield found.start(), found.end(), "IP", found[0]
    if text.count(":") > 2 or "::" in text:
        yield from _v6(text)
    for tail in _VIN_TAIL.finditer(text):
        found = _VIN.match(text, tail.end() - 17) if tail.end() >= 17 else None
        if found is None:
            continue
        vin = found[0].upper().translate(_VIN_LATIN)
        letters = sum(char.isalpha() for char in vin)
        if 3 <= letters <= 13 and not _NOT_VIN.search(text[max(0, found.start() - 30) : found.start()]):
            yield found.start(), found.end(), "VIN", vin
    yield from _plates(text, told=bool(hints & VEHICLES))


_BESIDE = re.compile(rf"[\s,(–—-]{{1,3}}({_DATE})")
_DATED = re.compile(r"\d(?:[./-]\d{1,2}[./-]\d|\d{3}| \d\d |\d ?г)")
_ANY_DATE = re.compile(rf"(?<![\w.]){_DATE}")
_CHILD = re.compile(
    r"(?<![а-яё])(?:сын|доч|дит|реб[её]н|внук|внуч|малыш|мальчик|девочк)[а-яё]{0,4}[\s,(–—-]{1,3}$",
    re.IGNORECASE,
)
_OF_CHILD = re.compile(
    r"(?<![а-яё])(?:сын|доч|дит|реб[её]н|внук|внуч|малыш|мальчик|девочк|подопечн|воспитанни|ученик|ученица|школьни|близнец|двойн)[а-яё]{0,5}[^.!?\n]{0,24}$",
    re.IGNORECASE,
)
# «Я пенсионерка, 30.01.1949», «пациент 12.05.1961»: a date long ago beside who it may be of
_AGED = re.compile(
    r"(?<![а-яё])(?:пенсионер|инвалид|ветеран|пациент|застрахованн|заемщи|заёмщи|клиент|абонент|вкладчи|пассажир|женщин|мужчин|девушк|гражданин|гражданк|сосед|сестр|брат|тещ|свекр|супруг)[а-яё]{0,4}(?: я)?\s?[,(–—-]\s?$"
    r"|(?<![а-яё])(?:муж|жен|мам|пап|мат[ье]р|отц|отец|бабушк|дедушк)[а-яё]{0,4}[\s,(–—-]{1,3}$",
    re.IGNORECASE,
)
_GROWN = 2012


def births_beside(text: str, low: str, people: list[Span]) -> Iterator[Span]:
    """Dates right after a person («Иванов Иван, 01.01.1990») and after a child («дочке 19.02.2018»)."""
    # «отряд пятый: Аня 04.10.2014, Лёва 17.01.2015»: dates in a list of people are of birth, however young
    listed = sum(kind == "NAME" and bool(_BESIDE.match(text, stop)) for _, stop, kind, _ in people) > 1
    for start, stop, kind, _ in people:
        found = _BESIDE.match(text, stop)
        old = found and (_year(found[1]) <= _GROWN or text[stop : found.start(1)].strip() == "(")
        if kind == "NAME" and found and (old or listed or _OF_CHILD.search(text[max(0, start - 30) : start])):
            yield found.start(1), _past_year(text, found.end(1)), "BIRTH", found[1]
    for found in _ANY_DATE.finditer(text) if _DATED.search(text) else ():
        before = text[max(0, found.start() - 30) : found.start()]
        if _CHILD.search(before) or (_AGED.search(before) and _year(found[0]) <= _GROWN):
            yield found.start(), found.end(), "BIRTH", found[0]


def _past_year(text: str, stop: int) -> int:
    """Where a date ends, with the word for the year after it."""
    word = _YEAR_WORD.match(text, stop)
    return word.end() if word else stop


def _year(date: str) -> int:
    """The year of a date, of two digits too: «05.04.68» is 1968, «05.04.24» 2024."""
    years = re.findall(r"\d{4}", date)
    if years:
        return int(years[0])
    last = int(re.findall(r"\d+", date)[-1])
    return last + (1900 if last > 30 else 2000)


def _v6(text: str) -> Iterator[Span]:
    for found in _V6.finditer(text):
        if found[0].count(":") >= 2:
            try:
                ip_address(found[0])
            except ValueError:
                continue
            if any(char.isdigit() for char in found[0]):
                yield found.start(), found.end(), "IP", found[0].lower()


_FOUR = re.compile(rf"\d{{4}}(?:(?= ?[{_PL}]{{2}} ?\d)|(?<=[{_PL}]{{2}}\d{{4}})|(?<=[{_PL}]{{2}} \d{{4}}))")
_OTHER_PLATE = re.compile(rf"(?<!\w)(?:\d{{4}}\s?[{_PL}]{{2}}|[{_PL}]{{2}}\s?\d{{4}})\s?\d{{2,3}}(?!\w)")


def _plates(text: str, *, told: bool) -> Iterator[Span]:
    for found in _OTHER_PLATE.finditer(text) if told and _FOUR.search(text) else ():  # of motorcycles and trailers
        if context(text, found.start())[0] == "PLATE":
            yield found.start(), found.end(), "PLATE", re.sub(r"\s", "", found[0])
    for three in _THREE.finditer(text):
        at = three.start()
        found = next((m for back in (1, 2) if at >= back and (m := _PLATE.match(text, at - back))), None)
        if found is None:
            found = next((m for back in (2, 3) if at >= back and (m := _TAXI.match(text, at - back))), None)
            if found and found[0][:2].isupper() and context(text, found.start())[0] == "PLATE":
                yield found.start(), found.end(), "PLATE", found[0]
            continue
        kind, near = context(text, found.start())
        spaced, upper = bool(found[2] or found[4]), found[1].isupper() and found[5].isupper()
        region = found[6] or (say(found[7].lower().split()) if found[7] else "")
        real = (len(region) == 2 and region != "00") or (len(region) == 3 and region[0] in "1279")
        # three figures, three letters that both alphabets share and a region: hardly anything else looks so
        sure = real and upper and spaced and bool(found[2] and found[4])
        if (sure or not (kind == "other" and near)) and (
            kind == "PLATE" or (real and (upper or not spaced or found[7]))
        ):
            yield found.start(), found.end(), "PLATE", re.sub(r"\s", "", found[0]).upper()
