"""Sums of money in a text and what each is: the sum in dispute, a penalty, moral damage, or neither.

Looked for around words of money only; what no word of money follows counts after a word of payment («списали 2990»).
Texts here are lowered, with «ё» as «е», of the same length as those given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from ..patterns import Lazy
from . import cues as c
from .numerals import WORDS_RE, words_value
from .page import Page
from .stake import DISPUTE, Sum, made, told_of

PENALTY, MORAL, OTHER = "penalty", "moral_damage", "other"
TOTAL = 40  # characters between a part of the moral damage and its total
CONTEXT = 90  # characters before a sum that tell what it is
MOST = 1e12
ORDER_DIGITS = 6
_DIGITS = (
    r"(?<![\d.,№#/\-–])(?:\d{1,3}(?:[ \u00a0\u202f.']\d{3})+(?!\d)|\d{1,12})(?:[.,]\d{1,2}(?![\d.])|"
    r"\s?[-=–]\s?00(?!\d))?"
)
_SCALE = (
    r"(?:тыс(?:яч[а-я]*|\.)?|тыщ[а-я]*|тыр(?![а-я])|т\.?\s?(?=р\b|руб)|т\.?\s?р(?![а-я])\.?|к(?![а-я])|косар[а-я]*|"
    r"млн\.?|миллион[а-я]*|лям[а-я]*|млрд\.?|миллиард[а-я]*)"
)
_CURRENCY = r"(?:руб[а-я]*\.?|р(?![а-я])\.?|₽|rub|rur|деревянных)"
_PIECE = rf"(?:({_DIGITS})|\b({WORDS_RE})\b)\s*({_SCALE})?"
_SUM = Lazy(
    rf"{_PIECE}(?:\s+{_PIECE})?(?:\s*\((?!\d)[а-я\s]{{3,90}}(?:\s\d\d\s*коп[а-я.]*)?\))?\s*({_CURRENCY})?"
    rf"(?:\s*\((?!\d)[а-я\s]{{3,90}}\))?(?:\s*(\d\d)\s*коп[а-я.]*)?",
)
_BARE = Lazy(
    r"[^\d.!?;]{0,24}?(?<![\d.,№#/-])(\d{1,3}(?:[ \u00a0]\d{3})+|\d{3,7})(?:[.,]00)?(?![\d:%/-]|[.,]\d)"
    r"(?!\s*(?:балл|бонус|мил[ьяи]|км|кг|г\b|гр|мм|см|м\b|дн|день|час|мин|шт|раз|год|человек|янв|фев|мар|апр|ма[йя]|"
    r"июн|июл|авг|сен|окт|ноя|дек|кв|вт|мб|гб|процент|сом|тенге|тг|доллар|евро|\$|€))"
)
_NO_DIGIT, _KOPECKS, _NO_KOPECKS = (Lazy(text) for text in (r"\D", r"[.,](\d{1,2})$", r"\s?[-=–]\s?00$"))
_SCALES = (("млрд", 1e9), ("миллиард", 1e9), ("млн", 1e6), ("миллион", 1e6), ("лям", 1e6))

_MORAL_BEHIND = Lazy(
    r"\s*(?:рублей |руб\. |р\. |₽ )?(?:в счет |за |"
    r"в качестве )?(?:компенсаци[яиюей]+ )?(?:за )?(?:причиненн\w+ )?моральн"
)
_PENALTY_BEHIND = Lazy(r"\s*(?:рублей |руб\. )?(?:неусто|пени\b|штраф)")
# «возврат по заказу 5566218»: a number of many digits in one piece is no price
_NUMBERED = Lazy(r"(?:заказ|договор|заявк|обращени|номер|чек|накладн|полис|квитанци|билет)\w*\s*(?:№\s*)?\Z")
_SPACED = Lazy(
    r"(?<![\d.,№#/+–-])(?<!\d[ \u00a0])[1-9]\d{0,2}(?:[ \u00a0]\d{3}){1,2}(?:[.,]\d\d(?!\d))?"
    r"(?![\d/-]|[ \u00a0]?\d|[.,:]\d)"
    r"(?!\s*(?:балл|бонус|мил[ьяи]|км|кг|г\b|гр|мм|см|м\b|дн|час|шт|раз|челов|кв|доллар|евро|\$|€))"
)
# a number alone: «где ещё 2300?», «489,90 + 489,90»
_LONE = Lazy(
    r"(?<![\d.,№#/+–:*x-])(?<!\d[ \u00a0])(?:[1-9]\d{2,6}(?:[.,]\d\d(?!\d))?|[1-9]\d,\d\d(?!\d))"
    r"(?![\d/%:*x°-]|[.,:]\d|[ \u00a0](?:\d{3}\b|%))"
    r"(?!\s*[а-я]{0,3}\s*(?:балл|бонус|мил[ьяи]|км|кг|г\b|гр|мг|мм|см|м\b|дн|день|час|мин|шт|раз|год|г\.|челов|кв|вт|мб|гб|"
    r"процент|сом|тенге|тг|доллар|евро|\$|€|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|лет|штук|страниц|подписч))"
)
_NAME = Lazy(
    r"(?:№|номер\w*|заказ\w*|кв\.?|дом\w*|д\.?|каб\w*|офис\w*|телефон\w*|договор\w*|окн\w*|рейс\w*|маршрут\w*|поезд\w*|пункт\w*|ст\.?|"
    r"стать\w+|тариф\w*|автобус\w*|ул\w*\.?[^.!?]{0,20}|n|инн|код\w*|заявк\w*|обращени\w+|модел\w+|до|на|с|по|в|[a-z]+|школ\w+|"
    r"участ\w+|площад\w+|вагон\w*|индекс\w*|лимит\w*)\s*\Z"
)
_ABOUT = Lazy(rf"(?<!\d )(?<!\d)тысяч\s+(?:на|в|за|под|около)?\s*({WORDS_RE})(?![а-я])")
_INSTEAD = Lazy(
    r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d{3,7})\s*(?:руб\w*\.?|р\.?|"
    r"₽)?,?\s+вместо\s+(?:[а-я]+\s+)?(\d{1,3}(?:[ \u00a0]\d{3})+|\d{2,7})"
)
_ALL = Lazy(r"[^.;:]{0,30}(?:всего|итого)\W*$")
_MORAL = Lazy(r"моральн|нравственн")
_PENALTY = Lazy(r"неусто|пен[яиюей]\b|пеней|штраф|процент\w* (?:\w+ )?по (?:ст|395)|проценты за польз")
_CHARGED = Lazy(r"начисл|выстав|списал|снял|взял|удержа|оштраф|взыскал|выпис|требуют|насчита|получил|пришел|пришла")
_DEMANDED_FINE = Lazy(r"(?:начислен\w*|уплатить|выплатить) (?:\w+ ){0,3}(?:пен[яию]|неусто)")
_SETTLED = Lazy(r"\s*(?:рублей |руб\. )?(?:уже )?(?:получил|вернули|возвращен|выплачен|мне вернули)")


def sums(page: Page, *, asked: Collection[str] = ()) -> list[Sum]:
    """Every sum of a text, in order.

    Parameters
    ----------
    page : Page
    asked : collection of str
        Demands of the text: a fine that nobody demands is a sum in dispute.
    """
    found: dict[int, tuple[int, float]] = {}
    for first, unit in _runs(page):
        for i in range(first, unit + 1):
            match = _SUM.match(page.low, page.start[i])
            value = _value(match) if match and match.end() >= page.start[unit] else None
            if match and value is not None and 0 < value <= MOST:
                found[match.start()] = (match.start() + len(match[0].rstrip()), value)
                break
    for i in page.found("paid"):
        _add_paid(page.low, page.stop[i], found)
    bare = _add_bare(page, found)
    at = page.low.find("=")
    while at >= 0:
        _add_paid(page.low, at + 1, found)
        at = page.low.find("=", at + 1)
    spans, fined = sorted(found), "penalty" in asked
    judged = [
        _judged(page, (found[before][0] if before >= 0 else 0, start, found[start][0], behind), found[start][1], fined)
        for before, start, behind in zip([-1, *spans], spans, [*spans[1:], len(page.low)], strict=False)
    ]
    judged = _moral_total(page.low, judged)
    judged = [item._replace(told=item.told | {"bare"}) if item.start in bare else item for item in judged]
    return judged + made(page, judged)


def _moral_total(low: str, judged: list[Sum]) -> list[Sum]:
    """«моральный вред по 10 000 каждому, всего 20 000»: the total is the moral damage."""
    for k in range(len(judged) - 1):
        one, total = judged[k], judged[k + 1]
        if one.role == MORAL and total.start - one.stop < TOTAL and _ALL.search(low, one.stop, total.start):
            judged[k : k + 2] = [one._replace(role=OTHER, weight=0), total._replace(role=MORAL, weight=one.weight)]
    return judged


def _runs(page: Page) -> list[tuple[int, int]]:
    """First and last word of every run of numbers that ends in a word or sign of money."""
    units = list(page.found("money"))
    at = page.low.find("₽")
    while at >= 0:
        units.append(bisect_left(page.start, at) - 1)
        at = page.low.find("₽", at + 1)
    found: dict[int, int] = {}
    for unit in sorted(set(units)):
        first = unit
        while first > 0 and page.bits[first - 1] & (c.NUMBER | c.MONEY | c.ONE) and page.touches(first - 1, first):
            first -= 1
        if first < unit or (unit >= 0 and page.bits[unit] & c.NUMBER):
            found[first] = unit
    return list(found.items())


def _add_paid(low: str, at: int, found: dict[int, tuple[int, float]]) -> None:
    """A bare number behind a word of payment: «списали 2990»."""
    match = _BARE.match(low, at, at + 40)
    if match and len(match[1]) >= ORDER_DIGITS and _NUMBERED.search(low, at, match.start(1)):
        return
    if match and not any(start < match.end(1) and match.start(1) < stop for start, (stop, _) in found.items()):
        value = _plain(match[1])
        if not (1900 <= value <= 2100 and len(match[1]) == 4):
            found[match.start(1)] = (match.end(1), value)


def _add_bare(page: Page, found: dict[int, tuple[int, float]]) -> set[int]:
    """Numbers without a word of money, «тысяч на шесть», and the difference of «3 500 вместо 2 200».

    Returns the places of numbers of one piece.
    """
    low, bare = page.low, set[int]()
    bits, starts, stops = page.bits, page.start, page.stop
    for i in page.found("number"):
        lone = stops[i] - starts[i] > 2 or low[stops[i] : stops[i] + 1] == ","
        if not lone and i + 1 < len(starts) and bits[i + 1] & c.NUMBER and starts[i + 1] == stops[i] + 1:
            match = _SPACED.match(low, page.start[i])
            if match and not any(start <= match.start() < stop for start, (stop, _) in found.items()):
                found[match.start()] = (match.end(), _piece(match[0], None))
        elif lone and (match := _LONE.match(low, starts[i])):
            value = _piece(match[0], None)
            year = len(match[0]) == 4 and 1900 <= value <= 2100
            taken = any(start <= match.start() < stop for start, (stop, _) in found.items())
            if not (year or taken or _NAME.search(low, max(0, starts[i] - 24), starts[i])):
                found[match.start()] = (match.end(), value)
                bare.add(match.start())
    for match in _ABOUT.finditer(low) if "тысяч" in low else ():
        if not any(start <= match.start() < stop for start, (stop, _) in found.items()):  # «одиннадцать тысяч триста»
            found[match.start()] = (match.end(), words_value(match[1]) * 1e3)
    for match in _INSTEAD.finditer(low) if "вместо" in low and "разниц" in low else ():
        more, less = (_plain(part) for part in match.groups())
        if more > less:
            for start in [at for at, (stop, _) in found.items() if at < match.end() and stop > match.start()]:
                del found[start]
            found[match.start()] = (match.end(), more - less)
    return bare


def chosen(found: Sequence[Sum], role: str) -> Sum | None:
    """The sum of a role that the text is about: the weightiest, then the one told most often, then the largest."""
    mine = [item for item in found if item.role == role]
    if not mine:
        return None
    times = {item.value: sum(other.value == item.value for other in mine) for item in mine}
    return max(mine, key=lambda item: (item.weight, times[item.value], item.value, -item.start))


def _value(match: re.Match[str]) -> float | None:
    """Roubles of a match, None where it is no sum."""
    first, words, scale, second, more, small, currency, kopecks = match.groups()
    if not scale and (second or more):
        return None
    if not (scale or currency):
        return None
    if scale in ("к", "т") and not first:
        return None
    value = _piece(first, words) * _times(scale)
    if second or more:
        value += _piece(second, more) * _times(small)
    return round(value + float(kopecks or 0) / 100, 2)


def _piece(digits: str | None, words: str | None) -> float:
    if not digits:
        return words_value(words or "")
    if digits.isdecimal():
        return float(digits)
    text = _NO_KOPECKS.sub("", digits)
    tail = _KOPECKS.search(text)
    return _plain(text[: tail.start()]) + float("0." + tail[1]) if tail else _plain(text)


def _plain(text: str) -> float:
    """The number that the digits of a text make."""
    return float(_NO_DIGIT.sub("", text))


def _times(scale: str | None) -> float:
    if not scale:
        return 1.0
    return next((value for word, value in _SCALES if scale.startswith(word)), 1e3)


def _judged(page: Page, span: tuple[int, int, int, int], value: float, penalty_asked: bool) -> Sum:
    """A sum with its role, from the words between the sums before and behind it."""
    after, start, stop, behind = span
    low, word = page.low, max(0, bisect_left(page.start, stop) - 1)
    here, end = page.span_of(word)
    left = low[max(start - CONTEXT, after, here) : start]
    right = low[stop : max(stop, min(end, stop + 55))]
    extras = page.opened & c.OPEN["extra"]  # few texts speak of fines or moral damage at all
    moral = list(_MORAL.finditer(left)) if extras else []
    fine = list(_PENALTY.finditer(left)) if extras else []
    if moral and (not fine or moral[-1].start() > fine[-1].start()):
        return Sum(start, stop, value, MORAL, 3)
    if extras and _MORAL_BEHIND.match(right):
        return Sum(start, stop, value, MORAL, 3)
    if fine and not penalty_asked:
        threat = fine[-1][0].startswith("неуст")
        return Sum(start, stop, value, OTHER if threat else DISPUTE, 0 if threat else 5)
    if fine and not _CHARGED.search(left):
        return Sum(start, stop, value, PENALTY, 3)
    if penalty_asked and _PENALTY_BEHIND.match(right) and not _CHARGED.search(left):
        return Sum(start, stop, value, PENALTY, 3)
    if fine and _CHARGED.search(left) and _DEMANDED_FINE.search(left):
        return Sum(start, stop, value, PENALTY, 3)
    if _SETTLED.match(right):
        return Sum(start, stop, value, OTHER, 0)
    return Sum(start, stop, value, DISPUTE, *told_of(page, start, stop, after, behind))
