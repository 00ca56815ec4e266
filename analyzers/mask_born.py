"""Dates of birth told in words, with words between, or with the year before the day: «родилась в тридцать восьмом, 12 июля»."""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .mask_rules import Span, has

_UNIT = r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|одиннадцат|двенадцат|тринадцат|четырнадцат|пятнадцат|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат|тридцат|сороков|пятидесят|шестидесят|семидесят|восьмидесят|девяност)(?:ого|его|ьего|ое|ее|ье|ом|ем|ьем|ый|ий|ой)"
_TENS = r"(?:двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто)"
_ORDINAL = rf"(?:{_TENS}[ -])?{_UNIT}"
_MONTH = r"(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]{1,2}"
_DAY = rf"(?:\d{{1,2}}(?:-?(?:го|е|ого|ое))?(?: ?\([а-яё -]{{5,24}}\))?|{_ORDINAL})"
_FULL = rf"(?:(?:(?:одна )?тысяча девятьсот|две тысячи|двухтысячного|двухтысячном)(?: {_ORDINAL})?|(?:19|20)\d\d(?:-?(?:го|м|ом))?|\d\d(?=\s?г)|{_ORDINAL})"
_YEAR_WORD = r"(?:\s?(?:(?:года|году|год)(?!\w)|г\.?(?![\wр.])))?"
# day, month and year; the three of them as ordinals; figures with slashes or spaces; the year before the day
_DATE = (
    rf"(?:{_DAY} {_MONTH},? {_FULL}|{_ORDINAL}[ -]{_ORDINAL}[ -]{_ORDINAL}|\d{{1,2}}[./ -]{{1,2}}(?:\d{{1,2}}|[IVX]{{1,4}})[./ -]{{1,2}}(?:19|20)\d\d"
    rf"|(?:тысяча девятьсот|две тысячи) {_ORDINAL}|(?:{_ORDINAL}|\d{{4}})(?:-?(?:м|ом))?(?: году)?,? {_DAY} {_MONTH})"
)
_AFTER_CUE = re.compile(
    rf"(?<![а-яё])(?:(?<!день )(?<!дня )(?<!дню )рождени[яе]|рожд[её]н[а-яё]{{0,3}}|родил(?:ся|ась|ись)|исполнил(?:ось|ся)|исполнится|родом|появил(?:ся|ась) на свет)(?![а-яё])[^.,!?\n\d;]{{0,45}}?(?<!\w)({_DATE}(?!\w){_YEAR_WORD})",
    re.IGNORECASE,
)
_BEFORE_CUE = re.compile(
    rf"(?<!\w)({_DATE}(?!\w)(?:\s?(?:года|году|год|г\.))?),?\s?(?:рождения|рожд\.|г\. ?р|г/р)(?!\w)", re.IGNORECASE
)
# «сын …, 30-е августа 2013»: a child's name, then the date
_CHILD = re.compile(
    r"(?<![а-яё])(?:сын|доч|реб[её]н|внук|внуч|малыш|мальчик|девочк)[а-яё]{0,4}[^.!?\n]{0,24}$", re.IGNORECASE
)
_CHILDREN = ("сын", "доч", "реб", "внук", "внуч", "малыш", "мальчик", "девочк")
_BESIDE = re.compile(rf"[\s,(–—-]{{1,3}}({_DATE}(?!\w))", re.IGNORECASE)
_PLAIN = re.compile(
    rf"\d[\d./ -]+(?: ?года?| ?г\.)?|\d{{1,2}}(?:-?го)? {_MONTH} \d{{4}}(?: ?года?| ?г\.)?", re.IGNORECASE
)
_CUES = ("рожд", "родил", "исполни", "появил", "г. р", "г.р", "г/р")
_MONTHS = re.compile(rf"(?<![а-яё]){_MONTH}(?![а-яё])")


def births(text: str, low: str) -> Iterator[Span]:
    """Dates of birth beside what says so."""
    if not has(low, _CUES):
        return
    for pattern in (_BEFORE_CUE, _AFTER_CUE):
        for found in pattern.finditer(text):
            if pattern is _BEFORE_CUE and _PLAIN.fullmatch(found[1]):
                continue  # read by `mask_documents`, without the word of the year
            yield found.start(1), found.end(1), "BIRTH", found[1].lower()


def births_of_children(text: str, low: str, people: list[Span]) -> Iterator[Span]:
    """A date with words right after a child's name: «сын Тимур, 30-е августа 2013»."""
    if not people or not has(low, _CHILDREN) or not _MONTHS.search(low):
        return
    for start, stop, kind, _ in people:
        found = _BESIDE.match(text, stop) if kind == "NAME" else None
        if found and _CHILD.search(text[max(0, start - 40) : start]):
            yield found.start(1), found.end(1), "BIRTH", found[1].lower()
