"""Sums of money in a text and what each is: the sum in dispute, a penalty, moral damage, or neither.

Looked for around words of money only; what no word of money follows counts after a word of payment («списали 2990»).
Texts here are lowered, with «ё» as «е», of the same length as those given.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from typing import NamedTuple

from ..patterns import Lazy
from . import cues as c
from .numerals import WORDS_RE, words_value
from .page import Page
from .weights import weighed

DISPUTE, PENALTY, MORAL, OTHER = "amount", "penalty", "moral_damage", "other"
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
_MORAL = Lazy(r"моральн|нравственн")
_PENALTY = Lazy(r"неусто|пен[яиюей]\b|пеней|штраф|процент\w* (?:\w+ )?по (?:ст|395)|проценты за польз")
_CHARGED = Lazy(r"начисл|выстав|списал|снял|взял|удержа|оштраф|взыскал|выпис|требуют|насчита|получил|пришел|пришла")
_DEMANDED_FINE = Lazy(r"(?:начислен\w*|уплатить|выплатить) (?:\w+ ){0,3}(?:пен[яию]|неусто)")
_SIDE = Lazy(r"экспертиз|юрист|юридическ|адвокат|госпошлин|такси|эвакуатор|убыт|доставк[аиуе]|проезд|дорог[аеуи]\b")
_ASKED = Lazy(
    r"верн|возврат|возвра|возмест|возмещ|взыск|компенс|выплат|перечисл|отда[йт]|прошу|требу|доплати|соразмерн|уменьш|"
    r"снизить|списать|аннулир|простить|пересчит|перерасч"
)
_LOST = Lazy(
    r"\bвзял[аи]?\b|доплач|отдала?\b|содрал|минус|комисси|не(?:правомерн|законн)|"
    r"списал|списан|снял|снят|удерж|похи[тщ]|украл|украд|пропал|исчез|потер|переплат|лишил|обман|развели|недо[пв]|"
    r"задолж|долг|должны|начислил|выставил|ушл|увел|ущерб|уплачен|оплачен|внесен|присво|недостач|не хвата|"
    r"содрал|насчита|"
    r"не (?:\w+ )?(?:верн|выпла|зачис|начис|пришл|поступ|получ|дошл|отда|виден|видно|отобра|отраз)"
)
_PRICE = Lazy(
    r"стоимост|цен[аыеуой]|стоит|стоил|оплат|плат|купил|покуп|приобр|внес|перев[ео]|отдал|заказ|за|сумм|размер|"
    r"обош|взяли|тряс[ую]т|предоплат|аванс|чек|услуг|абонемент|билет|путевк|кредит"
)
_IDLE = Lazy(
    r"лимит|зарплат|пенси|доход|оборот|минимальн|не менее|не более|более|свыше|остат[окк]|баланс|скидк|бонус|кэшб|"
    r"кешб|купон|промокод|дешевл|в месяц|ежемес|на счет[уе]|тариф|вместо|\bот\b|\bдо\b|акци|реклам|"
    r"обещ|раньше|было|другом|"
    r"у конкурент|рынк|порог|заработ|прожиточ|подар|балл|кредита|\bбыл[аио]? (?:на|за)|платеж|выплатили|износ|"
    r"эксперт|залог[ао]? в"
)
_OVER = Lazy(r"лишн|разниц|доплат|переплат")
_TOTAL = Lazy(r"\b(?:всего|итого|общ\w+ сумм\w*|в сумме|суммарно|в общей сложности)\s*[:—–-]*\s*$")
_ASKED_BEHIND = Lazy(
    r"\s*(?:[а-я]+\s+){0,1}?(?:верн(?:ите|уть)|назад|обратно|прошу верн|отдайте|возвра[тщ]|не верн|не пришл|"
    r"не поступ|не зачисл)"
)
_SETTLED = Lazy(r"\s*(?:рублей |руб\. )?(?:уже )?(?:получил|вернули|возвращен|выплачен|мне вернули)")
_WAIVED = Lazy(
    r"не (?:прошу|оспар|трога|возраж|жалко|нужн|требу)|вопрос\w* нет|претензий нет|к делу|исправно|не о деньг|сам плач|"
    r"хватит|не стану"
)
_THEIRS = Lazy(r"сосед|подруг|знаком|друг(?:ой|ом|ая|ие)\b|конкурент|рынк|бюджет|зарплат|накопил|хотел")
_ADVICE = Lazy(r"подскаж|интересует|можно ли|как (?:мне )?(?:быть|можно|вернуть)|какой порядок|по какой стать")
MONEY_ASKED = frozenset(("refund", "compensation", "price_cut"))
STEM, NAMED = 4, 4  # letters that tell a word, and words before a sum that tell what it pays for
MANY = 8  # sums among which a total is looked for
_RATE = Lazy(
    r"\s*(?:в (?:день|сутки|час|месяц|год)|/|за (?:каждый|день|кв|м2|кг|литр|штук)|\*|x |на человека|с человека)"
)


_NO_PART = {"idle", "rate", "total", "total_asked", "theirs", "waived"}
PARTS = 4  # sums that may add up to what is asked
_APART = Lazy(r"разниц|лишн|переплат")
_BOTH = Lazy(r"обе суммы|оба платеж|общую (?:сумму|стоимость)|их (?:общую )?стоимость|обоих|все суммы|и то,? и друго|суммарно")
_NO_MONEY = Lazy(
    r"деньги (?:\w+ ){0,2}не (?:прошу|нужн|интерес|надо)|(?:возврат|возмещени)\w* (?:\w+ ){0,2}(?:не (?:прошу|нужн|интерес|треб)|тоже)|"
    r"оспаривать лень|не в деньгах|не о деньгах|денег не (?:прошу|надо)"
)


class Sum(NamedTuple):
    """A sum of money in roubles, with its place, what it is, and the marks of the words around it."""

    start: int
    stop: int
    value: float
    role: str
    weight: float
    told: frozenset[str] = frozenset()


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
    spans = sorted(found)
    judged = [
        _judged(page, start, *found[start], found[spans[i - 1]][0] if i else 0, "penalty" in asked)
        for i, start in enumerate(spans)
    ]
    judged = [item._replace(told=item.told | {"bare"}) if item.start in bare else item for item in judged]
    return judged + _made(page, judged)


def _made(page: Page, found: Sequence[Sum]) -> list[Sum]:
    """Sums that nobody wrote down: what several things asked for, or lost, come to, and the difference of two."""
    mine = [item for item in found if item.role == DISPUTE]
    values = {item.value for item in mine}
    if len(values) < 2:
        return []
    made: dict[float, tuple[Sum, set[str]]] = {}
    for mark in ("asked", "lost"):
        parts = {item.value: item for item in mine if mark in item.told and not item.told & _NO_PART}
        total = round(sum(parts), 2)
        if 1 < len(parts) <= PARTS and total not in values:
            biggest = parts[max(parts)]
            made.setdefault(total, (biggest, set()))[1].add(f"made_{mark}")
            if len({item.value for item in mine if not item.told & _NO_PART}) == len(parts):
                made[total][1].add("made_of_all")
    if len(values) == 2 and _APART.search(page.low):
        more, less = max(values), min(values)
        biggest = next(item for item in mine if item.value == more)
        made.setdefault(round(more - less, 2), (biggest, set()))[1].add("made_difference")
    both = {"made_both"} if _BOTH.search(page.low) else set[str]()
    return [
        item._replace(value=value, told=frozenset(told | both | {"made"})) for value, (item, told) in made.items()
    ]


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
        while first > 0 and page.bits[first - 1] & (c.NUMBER | c.MONEY) and page.touches(first - 1, first):
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
        found.setdefault(match.start(), (match.end(), words_value(match[1]) * 1e3))
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


def _judged(page: Page, start: int, stop: int, value: float, after: int, penalty_asked: bool) -> Sum:
    """A sum with its role, from the words between the sum before and this one."""
    low, word = page.low, max(0, bisect_left(page.start, stop) - 1)
    here, end = page.span_of(word)
    left = low[max(start - CONTEXT, after, here) : start]
    right = low[stop : max(stop, min(end, stop + 55))]
    near = left[-30:]
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
    told = {name for name, pattern, where in _MARKS if pattern.search(where(left, near, right))}
    if _RATE.match(right):
        told.add("rate")
    if _ASKED_BEHIND.match(right):
        told.add("asked_behind")
    if _TOTAL.search(left):
        told.add("total_asked" if _ASKED.search(low, max(0, start - 200), start) else "total")
    if not told:
        told.add("plain")
    weight = _weight(told)
    told.add(f"rule_{min(max(weight, 0), 8)}")
    return Sum(start, stop, value, DISPUTE, weight, frozenset(told))


def _weight(told: Collection[str]) -> int:
    """What a sum is worth by rule alone: the strongest word decides, idle ones take away."""
    weight = max((rank for name, rank in _RANKS.items() if name in told), default=1)
    if "side" in told:
        weight = min(weight, 3) - 1
    return weight - 3 * ("idle" in told) - 3 * ("rate" in told)


_RANKS = {
    "price": 3, "lost_behind": 4, "lost": 5, "asked": 6, "over": 7, "asked_behind": 7, "total": 4, "total_asked": 8,
}  # fmt: skip


_MARKS: tuple[tuple[str, Lazy, Callable[[str, str, str], str]], ...] = (
    ("price", _PRICE, lambda left, near, right: left),
    ("lost", _LOST, lambda left, near, right: left),
    ("lost_near", _LOST, lambda left, near, right: near),
    ("lost_behind", _LOST, lambda left, near, right: right),
    ("asked", _ASKED, lambda left, near, right: left),
    ("asked_near", _ASKED, lambda left, near, right: near),
    ("over", _OVER, lambda left, near, right: near),
    ("side", _SIDE, lambda left, near, right: near),
    ("idle", _IDLE, lambda left, near, right: left[-18:]),
    ("waived", _WAIVED, lambda left, near, right: near + "|" + right),
    ("theirs", _THEIRS, lambda left, near, right: left),
)


def disputed(found: Sequence[Sum], asked: Collection[str], page: Page, *, claim: bool) -> Sum | None:
    """The sum in dispute: the one for which most speaks, None where more speaks for none.

    What is asked, how a sum stands to the others (a total, a part, a difference, told twice), and the words around it
    are marks weighed by `lexicons/ru/weights.toml`.
    """
    mine = [item for item in found if item.role == DISPUTE]
    best: tuple[float, Sum] | None = None
    for item, told in zip(mine, stood(mine, asked, page, claim=claim), strict=True):
        weight = weighed("amount", told)
        if weight > 0 and (best is None or weight > best[0]):
            best = weight, item
    return best[1] if best else None


def stood(mine: Sequence[Sum], asked: Collection[str], page: Page, *, claim: bool) -> list[set[str]]:
    """All marks of each sum: those of its words, of the text, and of its place among the other sums."""
    made = [item for item in mine if "made" in item.told]
    mine = mine[: len(mine) - len(made)]
    values = [item.value for item in mine]
    money = MONEY_ASKED.intersection(asked)
    text = {"asked_money" if money else "asked_other" if asked else "asked_none", *(f"asks_{name}" for name in asked)}
    if page.opened & c.OPEN["kept"]:
        text.add("kept")
    if _NO_MONEY.search(page.low):
        text.add("no_money")
    if claim:
        text.add("claim")
    if page.opened & c.OPEN["pending"] and _ADVICE.search(page.low):
        text.add("advice")
    different = sorted(set(values))
    if len(different) > 1:
        text.add("several")
    top = max((item.weight for item in mine), default=0)
    named = _named_in_demands(page) if len(different) > 1 else {}
    found: list[set[str]] = []
    for k, item in enumerate(mine):
        told = set(item.told) | text
        if len(different) == 1:
            told.add("only")
        else:
            told.add(
                "largest" if item.value == different[-1] else "smallest" if item.value == different[0] else "middle"
            )
            told.add("first" if k == 0 else "last" if k == len(mine) - 1 else "inner")
        if item.weight == top:
            told.add("top")
        if _named(page, item, named):
            told.add("named")
        if values.count(item.value) > 1:
            told.add("again")
        others = [value for value in different if value != item.value] if len(different) > 2 else ()
        if others:
            pairs = {round(one + two, 2) for one, two in combinations(others[:MANY], 2)}
            if item.value in pairs or abs(sum(others[:MANY]) - item.value) < 0.01:
                told.add("whole")
            elif any(round(abs(one - two), 2) == item.value for one, two in combinations(others[:MANY], 2)):
                told.add("difference" if item.value != different[0] or "asked" in told else "part")
        if "asked" in told and not money:
            told.add("asked_unsaid")
        found.append(told)
    return found + [text | item.told for item in made]


def _named_in_demands(page: Page) -> dict[str, int]:
    """Stems of the words of sentences that demand something, with the sentence's first word."""
    found: dict[str, int] = {}
    for first, last in {page.words_of(i) for i in page.found("demand")}:
        for j in range(first, last):
            word = page.word(j)
            if len(word) > STEM and not page.bits[j] & (c.MONEY | c.NUMBER):
                found[word[:STEM]] = first
    return found


def _named(page: Page, item: Sum, named: dict[str, int]) -> bool:
    """Whether what costs a sum is what another sentence demands: «телевизор 72 499 руб. … телевизор замените»."""
    i = bisect_left(page.start, item.start)
    if not named or i >= len(page.start):
        return False
    first = page.words_of(i)[0]
    words = (page.word(j) for j in range(max(first, i - NAMED), i))
    return any(len(word) > STEM and named.get(word[:STEM], first) != first for word in words)
