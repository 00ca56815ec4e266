"""Phones that the groups of digits alone do not tell: glued to words, in odd separators, city numbers, extensions."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .mask_rules import Span, context

# «Звоните89139005512срочно»: eleven digits of a mobile number need no space around them
_GLUED = re.compile(r"(?<![\dA-Za-z_./-])(?:\+7|8|7)[ (-]{0,2}9\d\d[ )-]{0,2}\d{3}[ -]?\d\d[ -]?\d\d(?![\d])")
# «8/933/219/37/53», «8*912*345*67*89», «8_912_345_67_89»
_ODD = re.compile(
    r"(?<![\w/.,-])\+?[78](?:[^\w\n,;:!?%]{1,3}|_)(?:\d{1,4}(?:[^\w\n,;:!?%]{1,3}|_)){2,9}\d{1,4}(?![\w/])"
)
_CITY = r"\d{2,3}(?:[- ]\d\d){2}|\d{3}-\d{3,4}|\d{5,7}|\d-\d\d-\d\d|\d\d-\d{3}"
_LOCAL = re.compile(rf"(?<![\w,/-])(?:\(?\d{{3,5}}\)?[ -]{{1,2}})?(?:{_CITY})(?![\d/]|[-.,]\d)")
# «тел. раб. 22-33-44», «звоните либо 38-65-82», «на городской, 22-33-44», «т.223344»
_CALLED = re.compile(
    r"(?<![а-яё])(?:т|тел|телеф|телефон[а-яё]{0,3}|тлф|моб|сот|факс|дом|раб|гор|городск[а-яё]{2,3}|домашн[а-яё]{2,3}|рабоч[а-яё]{2,3}|стационарн[а-яё]{2,3}|"
    r"звон(?:ите|ить|ок|ил[аи]?|ят)|позвон[а-яё]{2,4}|перезвон[а-яё]{2,4}|набер[а-яё]{1,4}|набир[а-яё]{2,5}|дозвон[а-яё]{2,6}|связ[а-яё]{1,6})"
    r"[.:,)/ №-]{1,3}(?:(?:на|по|мне|тел|телефон|телефону|номер|номеру|факс|домашний|рабочий|городской|дом|раб|гор|либо|или|диспетчеру|маме|мужу|городу|код)[.:,)/ №-]{1,3}){0,3}$",
    re.IGNORECASE,
)
# «Исп. Жамбалова С. Ц., 45-17-22» under a letter
_EXECUTOR = re.compile(r"(?:[Ии]сп\.|[Ии]сполнитель:?) ?[А-ЯЁ][а-яё-]{1,24}(?: [А-ЯЁ]\. ?[А-ЯЁ]\.)?,? $")
# «38-65-82 домашний», «22-33-44 (рабочий)»
_TOLD_AFTER = re.compile(
    r"[ ,(–—-]{1,3}(?:это )?(?:мой |наш )?(?:дом(?:\.|ашн)|раб(?:\.|оч)|гор(?:\.|одск)|стационарн|сот(?:\.|ов)|моб(?:\.|ил)|телефон|тел\.)",
    re.IGNORECASE,
)
# a second number beside one: «8 912 345-67-89 или 22-33-44»
_ALSO = re.compile(rf"(?:,| и| или| либо|;|/) ?((?:{_CITY}))(?![\w/]|[-.,]\d)")
_EXTENSION = re.compile(
    r"[ ,(]{0,3}(?:доб(?:авочный|\.|ав\.)?|вн(?:утр(?:енний|\.)?|\.)?|ext\.?|#)(?: номер)?[ .:№]{0,3}\d{1,6}(?!\d)",
    re.IGNORECASE,
)
# «8 (код города 3822) 55-66-77», «код 3822, телефон 55 66 77»
_CODE = re.compile(
    rf"(?<![\w.])(?:\+?[78][ -]?)?\(?код(?: города| оператора| региона)?[ :,-]{{0,3}}(\d{{3,5}})\)?[ ,:-]{{1,3}}(?:тел(?:ефон|\.)?|номер)?[ :]{{0,2}}({_CITY})(?!\d)",
    re.IGNORECASE,
)
# no need to try the long patterns where neither a letter touches a digit nor an odd sign stands between two
_TOUCHING = re.compile(r"[+0-9](?:\d(?=[А-Яа-яё])|(?<=[А-Яа-яёA-Za-z][+78])[\d( -])")
_SEPARATED = re.compile(r"\d(?:[^\w\s.,:;()–—-]|_)")
_FIVE = re.compile(r"\d(?:[^\dА-Яа-яёA-Za-z\n]{0,3}\d){4}")  # five digits with little between them
# digits one by one: «9 1 6 - 8 8 0 - 4 1 1 7»
_SPELT = re.compile(r"\d(?<![\w.,]\d)(?:[ -]{1,3}\d){9,10}(?![\w]|[.,]\d)")
_UNITS = re.compile(
    r" ?(?:руб|р\b|р\.|₽|тыс|шт|%|кг|км|дн|час|мин|раз\b|лет\b|год|балл|к[вм]\b|м\b|мес)", re.IGNORECASE
)


def phones(text: str, low: str, *, called: bool = True) -> Iterator[Span]:
    """Numbers whose writing or neighbours say that they are phones."""
    if not _FIVE.search(text):
        return
    if _TOUCHING.search(text):
        for found in _GLUED.finditer(text):
            around = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
            if any(map(str.isalpha, around)):
                yield from _eleven(found)
    if _SEPARATED.search(text):
        for found in _ODD.finditer(text):
            if context(text, found.start()) != ("other", True):
                yield from _eleven(found)
    for found in _SPELT.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if digits[-10] in "3489" and (len(digits) == 10 or digits[0] in "78"):
            yield found.start(), found.end(), "TEL", digits[-10:]
    if "код" in low:
        for found in _CODE.finditer(text):
            yield found.start(), found.end(), "TEL", re.sub(r"\D", "", found[1] + found[2])
    for found in _LOCAL.finditer(text) if called else ():
        before = text[max(0, found.start() - 48) : found.start()]
        told = _EXECUTOR.search(before) or _TOLD_AFTER.match(text, found.end()) or _CALLED.search(before)
        if told and not _UNITS.match(text, found.end()):
            yield found.start(), found.end(), "TEL", re.sub(r"\D", "", found[0])


def _eleven(found: re.Match[str]) -> Iterator[Span]:
    digits = re.sub(r"\D", "", found[0])
    if len(digits) == 11 and digits[0] in "78" and digits[1] in "3489":
        yield found.start(), found.end(), "TEL", digits[-10:]


def beside(text: str, found: list[Span]) -> Iterator[Span]:
    """City numbers right after another phone."""
    for _, stop, kind, _ in found:
        if kind == "TEL" and (also := _ALSO.match(text, stop)) and not _UNITS.match(text, also.end()):
            yield also.start(1), also.end(1), "TEL", re.sub(r"\D", "", also[1])


def extended(text: str, span: Span) -> Span:
    """A phone with its extension: «…, доб. 123»."""
    start, stop, kind, value = span
    more = _EXTENSION.match(text, stop) if kind == "TEL" else None
    return (start, more.end(), kind, value) if more else span
