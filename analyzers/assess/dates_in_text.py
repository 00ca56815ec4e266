"""Dates and terms told in a text: when it was bought and claimed, until when or in how many days an answer is wanted.

Texts here are lowered, with «ё» as «е», of the same length as those given. A date without a year is resolved later,
against the day of the complaint: `resolved`.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from ..patterns import Lazy
from .cues import MONTH, TIME
from .numerals import COLLECTIVE, ORDINALS, WORDS_RE, number_value
from .page import Page

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = (
    r"(?:январ[яюеь]|феврал[яюеь]|март[аеу]?|апрел[яюеь]|ма[яюей]|июн[яюеь]|июл[яюеь]|август[аеу]?|"
    r"сентябр[яюеь]|октябр[яюеь]|ноябр[яюеь]|декабр[яюеь])(?![а-я])"
)
DATE = Lazy(
    r"(?<![\d.,/])(?:(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"
    r"|(?P<d2>[0-3]?\d)[./](?P<m2>[01]?\d)(?:[./](?P<y2>(?:19|20)?\d\d)(?!\d|[.,]\d))?(?!\d)"
    rf"|[«\"]?(?P<d3>[0-3]?\d)(?:-?го|-е)?[»\"]?\s+(?P<m3>{_MONTH})(?:\s+(?P<y3>(?:19|20)\d\d))?)"
)
_NUMBER = rf"(?:\d{{1,3}}|{WORDS_RE}|двое|трое|четверо|пятеро|двух|трех)"
_UNIT = r"(?P<unit>час|сут|дн|ден|недел|месяц|мес\b|год|лет\b)[а-я]*"
_QUALITY = r"(?P<quality>рабочих|раб\.?|календарных|кал\.?|банковских)?"
WITHIN = Lazy(
    rf"(?:в\s+течени[еи]|в\s+срок|максимум|сроку(?:\s+[а-я]+)??|"
    rf"на\s+(?:ответ|исполнени|решени|размышлени|все|выплат|возврат|замен|устранени)[а-я]*(?:\s+даю)?\s*[-–—:]?|"
    rf"не\s+(?:позднее|более)(?:\s+чем)?(?:\s+через)?|за|через|даю(?:\s+\w+){{0,2}}?|"
    rf"у\s+вас(?:\s+есть)?|жд(?:у|ем)(?:\s+\w+){{0,3}}?|(?<![а-я] )срок(?:\s+(?!до\b|"
    rf"рассмотрения,)[а-я]+){{0,2}}?\s*[-–—:]?|"
    rf"ожидаю(?:\s+\w+){{0,3}}?|установ\w+\s+срок\s*[-–—:]?|"
    rf"дается)\s+(?:(?!\d)[а-я]+\s+)??(?P<n>{_NUMBER})?\s*(?:-?(?:х|ти|"
    rf"и)\b)?\s*(?:\([а-я ]+\)\s*)?{_QUALITY}\s*(?:\([а-я ]+\)\s*)?{_UNIT}"
)
ALLOWED = Lazy(
    rf"(?P<n>{_NUMBER}|)\s*{_QUALITY}\s*{_UNIT}\s+на\s+(?:ответ|исполнени|решени|размышлени|все\b|выплат|возврат|"
    rf"замен|устранени|добровольн)"
)
ADJECTIVE = Lazy(
    rf"(?P<n>\d{{1,3}}[-–\s]?(?:ти|и|х|ми)?[-–\s]?|{WORDS_RE}|)(?P<unit>дневн|суточн|часов|недельн|"
    rf"месячн)(?:ый|ого|ом|ой)\s+(?:рабочий\s+)?срок"
)
_SIGNS = (".", "/", "-", "»", '"')  # what may stand behind the first number of a date, beside a month
TERM_REACH = 70  # characters before a word of time in which its term begins
UNTIL = Lazy(r"(?:\bдо|не\s+позднее|не\s+позже|крайний\s+срок[^\d]{0,6}|к)\s+$")

_DEMANDING = Lazy(
    r"прошу|просим|просьба|требу|верните|возврат|верну|выплат|устран|замен|отремонт|рассмотр|ответ|ожида|"
    r"жд[уе]|даю|даем|"
    r"исполн|удовлетвор|у вас|обяз|должны|решит|исправ|перечисл|возмес|произве|добровольн|предостав|в противном|"
    r"иначе|"
    r"обращусь|подам|срок|сделайте|решите|доставьте|привезите|сообщ|направ|пришлите|расторг|в суд"
)
_OWN = Lazy(r"жд|ожида|даю|дается|сроку|максимум|на |у вас|установ")  # such a term is the author's own
_TOLD = Lazy(
    r"ваш\w* ответ|обещ|сказал|заверил|сообщили|уверя|говорил|говорят|ответили|написали|поясн|объясн|"
    r"по закону|законом|обязан|должны были|должен был|должна был|гаранти|срок доставк|срок изготов|акци|"
    r"не отвеча|не ответил|не устран|не вернул|не дозвон|не получ|ожидал|ждал|прожда|звонил|звонила|пытал|"
    r"купил|приобрел|"
    r"пользов|работал|сломал|вышел из строя|не могу|не можем|решить вопрос не|без (?:света|воды|ответа)|"
    r"проработал|лежит|"
    r"изменя|возвращают|положено|предусмотр|следует|истек"
)
_SPENT = Lazy(r"за [а-я]{4,}(?:ые|ых|ие|их|ый|ий|ую) ")
# «если до пятого не увижу денег» sets a term; «взяла, через неделю увидела», «за 171 день просрочки» set none
_UNLESS = Lazy(r"\bесли\b")
_UNDONE = Lazy(r"\bне (?:буд|увиж|получ|верн|поступ|реш|ответ|исправ|устран|перезвон|приед|появ|придет|придут|позвон)")
_PASSED = Lazy(r"\s*(?:\w+\s)?\w+(?:л|ла|ли|ло|лся|лась|лись|лось)\b")
_LATE = Lazy(r"\s*(?:просроч|задерж|прост|ожидан|неисп|без\b|прожив|пользов)")
_THEN = Lazy(r"потом|дальше|далее|затем|после|иначе")
_AWAITED = Lazy(r"ответ|решен|возврат|деньг|реакц|переч")
_WAITER = ("", "я", "мы", "и", "но", "теперь", "еще", "только", "итак", "поэтому")
_NEW_YEAR = Lazy(r"\b(?:до|к)\s+(нового\s+года|конца\s+года)")
_ORDINAL_DAY = Lazy(rf"\b(?:до|не позднее|не позже|к)\s+((?:двадцать\s+|тридцать\s+)?[а-я]+(?:ого|его))\s+({_MONTH})")
_BY_CONTRACT = Lazy(r"(?:по договору|согласно договор\w+)(?: [а-я]+)?\s*[-–—:]?\s*$")
_STRONG = Lazy(
    r"в случае не|"
    r"ответ\w* (?:\w+ ){0,2}?(?:жд[уе]|ожида)|сроку вам|максимум|на (?:ответ|исполнени|решени|размышлени|замен|"
    r"возврат|выплат)|"
    r"если (?:вы )?не |уплатит|отзовите|освободите|прекратите|отвечайте|ответьте|оплаты нет|пришлите|прошу|требу|"
    r"даю|даем|верните|устраните|ожидаю|в противном|иначе|"
    r"рассмотр(?:еть|ите)|дать ответ|жду (?:ответ|возврат|решен|деньг|замен|реакц)|настаива|выплатите|"
    r"сделайте|решите|замените|перечислите|доставьте|привезите|исправьте|предоставьте|у вас (?:есть )?"
)

_PURCHASE = Lazy(
    r"купил|покупк|приобре|приобрет|заказ(?:ал|ана|ан\b|а\b|ы|е\b|у|[^ч]|$)|оформил|оформлен|оплатил|оплачен|оплат|"
    r"заключил|заключен|договор|чек|дата (?:покупки|заказа)|приобрел|внес|заключен|взял|подключил|куплен|"
    r"забронир|записал"
)
_CLAIM = Lazy(
    r"претензи|обращени|обратил|заявлени|жалоб|подал|подала|направил|вручил|написал|зарегистрир|отправил|дата обращ|"
    r"сегодня|составлен"
)
_EVENT = Lazy(
    r"сломал|перестал|вышел|вышла|обнаруж|достав|привез|пришел|получил|отказ|ответ|звонил|приезж|списал|снял|должны|"
    r"обещ|назнач|был[аио]?\b|рожд|вылет|рейс|приех|забра|сдал|заброн|отмен|проведен|установ|состоял|заезд|"
    r"заехал|выявлен"
)


class TextDate(NamedTuple):
    """A date as written; `year` is 0 where none is."""

    start: int
    stop: int
    year: int
    month: int
    day: int


class Term(NamedTuple):
    """A time allowed: `n` of days, working days, hours or months from the claim."""

    start: int
    stop: int
    n: int
    unit: str  # days | working | hours | months


def dates(page: Page) -> list[TextDate]:
    """Every date of a text, in order."""
    found: list[TextDate] = []
    low, after = page.low, 0
    for i in page.found("number"):
        sign = low[page.stop[i] : page.stop[i] + 1]
        if sign not in _SIGNS and not (i + 1 < len(page.bits) and page.bits[i + 1] & MONTH):
            continue
        match = DATE.match(low, page.start[i]) if page.start[i] >= after else None
        if match is None:
            continue
        after = match.end()
        day = int(match["d"] or match["d2"] or match["d3"])
        month = int(match["m"] or match["m2"]) if match["m"] or match["m2"] else _month(match["m3"])
        year = match["y"] or match["y2"] or match["y3"]
        if (
            match["m2"]
            and not year
            and (len(match["m2"]) < 2 or re.match(r"\s*(?:тыс|млн|%|руб|р\b|кг|м\b|балл|зв)", low[match.end() :]))
        ):
            continue  # «3.5» is a number
        full = 0 if not year else int(year) + (2000 if len(year) == 2 else 0)
        if _valid(full or 2024, month, day):
            found.append(TextDate(match.start(), match.end(), full, month, day))
    return found


def _month(word: str) -> int:
    return next(i for i, stem in enumerate(MONTHS, 1) if word.startswith(stem) and (stem != "ма" or word[:3] != "мар"))


def _valid(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return 1990 <= year <= 2100


def resolved(found: TextDate, base: dt.date | None, *, ahead: bool) -> dt.date | None:
    """The calendar day of a date: a missing year is that of the nearest such day before `base`, or after it.

    Examples
    --------
    >>> resolved(TextDate(0, 1, 0, 3, 15), dt.date(2026, 11, 22), ahead=False).isoformat()
    '2026-03-15'
    >>> resolved(TextDate(0, 1, 0, 3, 15), dt.date(2026, 11, 22), ahead=True).isoformat()
    '2027-03-15'
    """
    if found.year:
        return _day(found.year, found)
    if base is None:
        return None
    for step in range(5):  # 29 February needs a leap year
        day = _day(base.year + (step if ahead else -step), found)
        if day is not None and (day >= base if ahead else day <= base):
            return day
    return None


def _day(year: int, found: TextDate) -> dt.date | None:
    try:
        return dt.date(year, found.month, found.day)
    except ValueError:
        return None


def deadline(page: Page, found: Sequence[TextDate]) -> Term | TextDate | None:
    """What the customer allows: a term or a day; what others promised, and what has passed, is none.

    Parameters
    ----------
    page : Page
    found : sequence of TextDate
        As `dates` gives them.
    """
    low = page.low
    best: tuple[int, Term | TextDate] | None = None
    candidates: list[tuple[int, int, Term | TextDate, int]] = []
    for i in page.at(TIME):
        begin = max(page.span_of(i)[0], page.start[i] - TERM_REACH)
        patterns = [WITHIN]
        if low[page.stop[i] : page.stop[i] + 4] == " на ":
            patterns.append(ALLOWED)
        if "срок" in low[page.stop[i] : page.stop[i] + 10]:
            patterns.append(ADJECTIVE)
        for pattern in patterns:
            for match in pattern.finditer(low, begin, page.stop[i] + (25 if pattern is ALLOWED else 10)):
                term = _term(match) if match.end() >= page.start[i] else None
                if term is not None:
                    candidates.append((match.start(), match.end(), term, i))
    for day in [*found, *_worded(low)]:
        if UNTIL.search(low, max(0, day.start - 24), day.start):
            candidates.append((day.start, day.stop, day, bisect_left(page.start, day.start)))
    for start, stop, what, i in sorted(candidates, key=lambda item: item[:2]):
        weight = _wanted(low, start, stop, page.span_of(i))
        if weight > 0 and (best is None or weight > best[0]):
            best = weight, what
    return best[1] if best else None


def _worded(low: str) -> list[TextDate]:
    """Days told by words: «до пятого декабря», «до нового года»."""
    found: list[TextDate] = []
    if "ового г" in low or "онца г" in low:
        found += [TextDate(match.start(1), match.end(1), 0, 12, 31) for match in _NEW_YEAR.finditer(low)]
    for match in _ORDINAL_DAY.finditer(low) if "ого " in low or "его " in low else ():
        *tens, last = match[1].split()
        day = ORDINALS.get(last, 0) + (20 if tens == ["двадцать"] else 30 if tens else 0)
        month = _month(match[2])
        if day and _valid(2024, month, day):
            found.append(TextDate(match.start(1), match.end(), 0, month, day))
    return found


def _term(match: re.Match[str]) -> Term | None:
    text, unit = match["n"] or "", match["unit"]
    if not text.strip() and (unit.startswith(("дн", "ден", "год", "лет", "час")) or match[0].startswith("за")):
        return None
    value = (number_value(text) or COLLECTIVE.get(text.strip(), 0.0)) if text.strip() else 1.0
    if not value or value > 365:
        return None
    quality = match.groupdict().get("quality") or ""
    kind = "days"
    if unit.startswith(("недел",)):
        value *= 7
    elif unit.startswith(("месяч", "месяц", "мес")):
        kind = "months"
    elif unit.startswith("час"):
        kind = "hours"
    elif unit.startswith(("год", "лет")):
        return None
    elif quality.startswith(("раб", "банк")):
        kind = "working"
    return Term(match.start(), match.end(), max(1, round(value)), kind)


def _wanted(low: str, start: int, stop: int, sentence: tuple[int, int]) -> int:
    """How surely a term is what the customer demands."""
    begin, end = sentence
    left, right = low[max(begin, start - 160) : start], low[stop : min(end, stop + 120)]
    if (low.startswith("через", start) and _PASSED.match(right)) or _LATE.match(right):
        return 0
    answered = _THEN.search(right) or _AWAITED.search(left) or _AWAITED.search(low, start, stop)
    waits = low.startswith("жд", start) and not answered
    if waits and any(word not in _WAITER for word in re.split(r"[^а-я]+", left)):
        return 0
    if _UNLESS.search(left) and _UNDONE.search(left + right):
        return 3
    clause = re.split(r"[,;:—]| но | а ", left)[-1]
    if re.match(
        r"(?:[\d)\s]*)срок(?! доставк| изготов| службы| годн| поставк| гаранти)",
        low[start:stop] if not left.strip(" ,;") or left.rstrip()[-1:] in ".,;:)" else low[begin:start].strip(),
    ):
        return (
            3 if begin < start - 3 or _STRONG.search(low, 0, start) else 2
        )  # «Срок – 45 дней» before anything is asked
    strong = bool(_STRONG.search(left) or _STRONG.search(low[start:stop]))
    if _OWN.match(low, start, stop) and not _TOLD.search(clause):
        return 3
    if _SPENT.match(low, start):
        return 0  # «вернуть остаток за неиспользованные 8 месяцев»
    if _BY_CONTRACT.search(clause) or _TOLD.search(clause) or (not strong and _TOLD.search(left)):
        return 0
    if strong:
        return 3
    return 2 if _STRONG.search(right) else 1 if _DEMANDING.search(left + right) else 0


def roles(page: Page, found: Sequence[TextDate], limit: object) -> tuple[TextDate | None, TextDate | None]:
    """The day of purchase (or order, or contract) and that of the claim, by the words before each date."""
    purchase = claim = None
    after = 0
    low = page.low
    signed = _signed(page, found[-1]) if found and found[-1] is not limit else None
    for day in found:
        begin, end = page.span_of(bisect_left(page.start, day.start))
        left = low[max(after, begin, day.start - 90) : day.start]
        if end <= day.stop + 3:  # «5 марта 2026 г. куплен»
            behind = bisect_left(page.start, day.stop)
            end = page.span_of(behind)[1] if behind < len(page.start) and end == page.start[behind] else end
        right = low[day.stop : end]
        right = re.split(r"[,;]", re.sub(r"^\s*г(?:\.|ода?)", "", right))[0][:90]
        after = day.stop
        if day is limit or day is signed or UNTIL.search(left):
            continue
        role = _role(left, right)
        if role == "purchase" and purchase is None:
            purchase = day
        elif role == "claim" and claim is None:
            claim = day
    return purchase, signed or claim


def _signed(page: Page, last: TextDate) -> TextDate | None:
    """The date with which a letter ends: it stands alone, or beside a name."""
    low = page.low
    left = low[page.span_of(bisect_left(page.start, last.start))[0] : last.start]
    rest = low[last.stop :]
    alone = len(left.strip(" \t«")) <= 30 and not _role(left, "") and not UNTIL.search(left)
    return (
        last
        if alone and last.year and len(rest.strip()) <= 40 and (left.strip() == "" or len(rest.strip()) < 6)
        else None
    )


def _role(left: str, right: str) -> str | None:
    """The role whose word stands nearest before a date, else right behind it."""
    if re.search(r"(?:исх|вх)\W", left):
        return "claim"
    near: list[tuple[int, str]] = []
    for name, pattern in (("purchase", _PURCHASE), ("claim", _CLAIM), ("event", _EVENT)):
        near += [(match.start(), name) for match in pattern.finditer(left)]
    if near:
        return max(near)[1]
    tail: list[tuple[int, str]] = []
    for name, pattern in (("purchase", _PURCHASE), ("claim", _CLAIM), ("event", _EVENT)):
        match = pattern.search(right)
        if match:
            tail.append((match.start(), name))
    return min(tail)[1] if tail else None
