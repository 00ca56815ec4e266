"""What a complaint cost its author: contacts made, days waited, visits, documents demanded.

Only what the author did counts: terms of law, guarantees and promises are no waiting. «второй раз» is two contacts,
«третью неделю» three weeks; numbers told beside each other add up; what has no number stays unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..lemmas import BIT
from ..patterns import Lazy
from . import cues as c
from .dates_in_text import TextDate, resolved
from .numerals import TIMES
from .page import Page
from .waits import Length

PARTS = ("contacts", "days_waited", "visits", "documents")
MOST = {"contacts": 99, "days_waited": 3650, "visits": 99, "documents": 99}  # «сто раз» is a figure of speech
NEAR = 45  # characters between a count and what was done so many times
_DAYS = (("недел", 7.0), ("мес", 30.0), ("год", 365.0), ("лет", 365.0), ("дн", 1.0), ("ден", 1.0), ("сут", 1.0))
_WHOLE = {"полгода": 180.0, "полмесяца": 15.0, "полнедели": 3.0}
_ALONE = ("неделю", "месяц", "год", "сутки", "день")  # units that mean one without a number
_FILLERS = {
    "с", "половиной", "лишним", "полных", "рабочих", "календарных", "долгих", "целых", "лишних", "полные", "полный",
    "целый", "целую", "полную", "тому",
}  # fmt: skip
_BEFORE_ONE = {
    "уже", "почти", "целый", "целую", "целые", "больше", "около", "жду", "ждем", "ждал", "ждала", "за", "весь",
    "прошел", "прошла", "на", "тянут", "тянется", "делали", "чинили", "через", "всего", "молчат", "везли", "искали",
}  # fmt: skip
_NOUNS = {
    "contacts": (
        "звон", "писем", "письм", "обращен", "заявлен", "заявк", "заявок", "жалоб", "претенз", "сообщен", "запрос",
        "тикет",
    ),
    "visits": ("визит", "поездк", "поездок", "поход", "посещен"),
    "documents": ("документ", "справ", "бумаг", "бумаж", "копи", "выпис", "анкет", "бланк", "согласи", "заявлен"),
}  # fmt: skip
_NO_WAIT = Lazy(r"гаранти|обеща|договор|акци|абонемент|тариф|бесплатн")
PAST = BIT["past"]
_CITED = (
    "ст", "статья", "статье", "статьи", "статьей", "п", "пп", "пункт", "пункта", "пункту", "ч", "часть", "части",
    "номер",
)  # fmt: skip
_ONE = ("один", "одно", "одного", "одну", "одна", "одним", "единственный", "единственного")
_RATE = Lazy(r"\s*(?:в|за) (?:день|неделю|месяц|год|сутки|час)\b|\s*ежедневно")
_INTERVAL = Lazy(r"\bс\s+(\d{1,2})(?:-?го)?\s+(?:по|до)\s+(\d{1,2})(?:-?е|-?го)?\s+$")
_FROM = Lazy(r"\bс\s+$")
_UNTIL = Lazy(r"\s*(?:г\.?|года)?\s*(?:по|до)\s+$")
_ASKED_FOR = Lazy(
    r"потребов|требуют|запрос|прос(?:ят|или|ил)|принес|предостав|предъяв|собра|собира|нужн|надо|донес|подписа|"
    r"заполн|дослать|привез|прислать|отправи|подгото|заставил|вынь|не хвата"
)
_DOCUMENT = Lazy(
    r"копи[юи] паспорта|\bпаспорт(?!а\b)|справк[уи]|выписк[уи]|снилс|\bинн\b|доверенност|свидетельств|"
    r"чек(?!и\w)|согласие|2-?ндфл|полис|акт\b|фото(?:графи\w+)?|анкет|удостоверени|квитанци"
)
_OTHERS = Lazy(
    r"\bбот\b|курьер|мастер|\bони\b|сотрудник|менеджер|водител|инженер|техник|говорила вам|\bмне (?:звон|пис|пере)"
)
_LATER = Lazy(r"еще\s+$")


class Effort(NamedTuple):
    """Numbers told; None where nothing is. `spans` are the places they were read from."""

    contacts: int | None
    days_waited: int | None
    visits: int | None
    documents: int | None
    spans: tuple[tuple[str, int, int], ...] = ()


class _Best:
    """The largest number of each part, and those that add up."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[int, int, int]] = {}
        self.parts: dict[str, list[tuple[float, int, int]]] = {}

    def take(self, name: str, value: float, start: int, stop: int) -> None:
        number = round(value) if name == "days_waited" or float(value).is_integer() else 0
        if 0 < number <= MOST[name] and number > self.found.get(name, (0,))[0]:
            self.found[name] = (number, start, stop)

    def add(self, name: str, value: float, start: int, stop: int) -> None:
        if name != "days_waited" and not float(value).is_integer():
            return  # «14.04 отправила заявление» is a date
        mine = self.parts.setdefault(name, [])
        if not any(begin < stop and start < end for _, begin, end in mine):
            mine.append((value, start, stop))

    def effort(self) -> Effort | None:
        for name, parts in self.parts.items():
            self.take(name, sum(value for value, _, _ in parts), parts[0][1], parts[-1][2])
        if not self.found:
            return None
        numbers = {name: self.found[name][0] if name in self.found else None for name in PARTS}
        spans = tuple((name, *self.found[name][1:]) for name in PARTS if name in self.found)
        return Effort(**numbers, spans=spans)


def effort(page: Page, days: Sequence[TextDate], waits: Sequence[Length]) -> Effort | None:
    """The effort that a text tells; None where it tells none.

    Parameters
    ----------
    page : Page
    days : sequence of TextDate
        Dates of the text.
    waits : sequence of Length
        Lengths of time that somebody waited.
    """
    best = _Best()
    for i in page.found("counted"):
        _counted(page, i, best)
    for i in page.found("noun"):
        _noun(page, i, best)
    for wait in waits:
        value = wait.days
        if best.found.get("days_waited") and page.word(wait.first - 1) == "еще":
            value += best.found["days_waited"][0]  # «неделю ждал мастера, потом ещё десять дней плату»
        best.take("days_waited", value, page.start[wait.first], page.stop[wait.last])
    for i in page.found("month"):
        _between(page, i, best)
    if len(days) > 1:
        _spans(page, days, best)
    if len(page.found("paper")) > 1:
        _named(page, best)
    return best.effort()


def _counted(page: Page, i: int, best: _Best) -> None:
    """«третий раз», «раз пять», «дважды»: with the nearest deed."""
    word = page.word(i)
    first, stop, ordinal = i, page.stop[i], False
    if word in TIMES:
        value: float | None = TIMES[word]
    elif word.startswith("раз"):
        before = page.number_before(i)
        value = page.ordinal_before(i) or None
        ordinal = value is not None
        if page.word(i - 1) in ("оба", "обе") or _RATE.match(page.low, stop):
            return
        if before is not None:
            value, first = before
        elif ordinal:
            first = i - 1
        elif page.word(i - 1) in _ONE:
            value, first = 1.0, i - 1
        else:
            value = page.number_after(i)
            if value is None and i and page.bits[i - 1] & (c.CONTACT | c.VISIT) and page.low[stop : stop + 1] in ",.!":
                value = 1.0  # «позвонил раз, разблокировали»
    else:
        return
    if value is None or page.word(first - 1) == "них":
        return
    deed = _deed(page, first, i, best)
    if deed is None or _OTHERS.search(page.low, max(page.span_of(i)[0], page.start[first] - 25), page.start[first]):
        return
    name, at = deed
    start = min(page.start[first], page.start[at])
    if ordinal:
        best.take(name, value, start, stop)
    else:
        best.add(name, value, page.start[first], stop)


def _deed(page: Page, first: int, last: int, best: _Best) -> tuple[str, int] | None:
    """What was done so many times: the nearest word of contact or visit in the sentence."""
    begin, end = page.words_of(first)
    near: list[tuple[int, int]] = []
    for j in (*range(max(begin, first - 7), first), *range(last + 1, min(end, last + 7))):
        if page.bits[j] & (c.CONTACT | c.VISIT):
            gap = page.start[first] - page.stop[j] if j < first else page.start[j] - page.stop[last]
            if gap <= NEAR and not (page.word(j) in ("быть", "было", "был", "была", "были") and not _place(page, j)):
                near.append((gap, j))
    if near:
        _, j = min(near)
        return ("visits" if page.bits[j] & c.VISIT else "contacts"), j
    if best.parts and _LATER.search(page.low, max(0, page.start[first] - 8), page.start[first]):
        return next(reversed(best.parts)), first  # «…3 раза, сегодня ещё два раза»
    return None


def _place(page: Page, i: int) -> bool:
    """Whether «был» tells of a place: «была в отделении»."""
    return page.word(i + 1) in ("в", "у", "на")


def _noun(page: Page, i: int, best: _Best) -> None:
    """«три письма», «звонков было четыре», «пятое обращение», «шесть документов»."""
    word = page.word(i)
    for name, stems in _NOUNS.items():
        if not word.startswith(stems) or (name == "documents" and not page.bits[i] & c.PAPER):
            continue
        before = page.number_before(i) or (
            page.number_before(i - 1) if i and page.touches(i - 1, i, 1) and not page.bits[i - 1] & c.NUMBER else None
        )
        if before is not None and page.word(before[1] - 1) in _CITED:
            before = None  # «по ст. 29 ЗоЗПП, заявление»
        ordinal = page.ordinal_before(i)
        if before is not None:
            value, first = before
            if name == "documents":
                value += _one_more(page, i, value)
                best.take(name, value, page.start[first], page.stop[i])
            else:
                best.add(name, value, page.start[first], page.stop[i])
        elif page.word(i - 1) in _ONE and page.touches(i - 1, i):
            best.add(name, 1.0, page.start[i - 1], page.stop[i])
        elif ordinal > 1 and (name != "documents" or page.word(i - 2) in ("уже", "теперь", "еще")):
            best.take(name, ordinal, page.start[i - 1], page.stop[i])
        else:
            after_verb = i + 1 < len(page.bits) and page.flags[i + 1] & PAST and page.touches(i, i + 1)
            j = i + 1 if after_verb or page.word(i + 1) == "уже" else i
            after = page.number_after(j) or (
                1.0 if page.word(i + 1) == "один" and word in ("визит", "документ", "звонок") else None
            )
            if after:
                best.add(name, after, page.start[i], page.stop[min(j + 1, len(page.stop) - 1)])
        return


def _one_more(page: Page, i: int, value: float) -> int:
    """«пять справок, теперь хотят шестую»: one more."""
    from .numerals import ORDINALS

    return int(any(ORDINALS.get(page.word(j)) == value + 1 for j in range(i + 1, min(i + 5, len(page.start)))))


def lengths(page: Page) -> list[Length]:
    """Every length of time of a text that may have been waited."""
    return [Length(page, *found) for i in page.found("waited") if (found := length(page, i)) is not None]


def length(page: Page, i: int) -> tuple[float, int, int, bool] | None:
    """The days that end with a unit of time, their first and last word, and whether they are counted by an ordinal."""
    word = page.word(i)
    if word in _WHOLE:
        return None if page.word(i - 1).startswith("полтор") else (_WHOLE[word], i, i, False)
    factor = next((days for stem, days in _DAYS if word.startswith(stem)), 0.0)
    if not factor or word.endswith(("ный", "ного", "ной", "ном")):
        return None
    j, half = i, 0.0
    while j and page.word(j - 1) in _FILLERS and page.touches(j - 1, j):
        j -= 1
        half = 0.5 if page.word(j) == "половиной" else half
    before, ordinal = page.number_before(j), page.ordinal_before(j)
    if before is not None:
        return (before[0] + half) * factor, before[1], i, False
    if ordinal:
        return ordinal * factor, j - 1, i, True
    opens = i == page.words_of(i)[0] or page.start[i] - page.stop[i - 1] > 1
    if word in _ALONE and (opens or page.word(i - 1) in _BEFORE_ONE or j < i or word == "сутки"):
        return factor, i, i, False
    return None


def _between(page: Page, i: int, best: _Best) -> None:
    """«с 3 по 17 марта»."""
    at = page.start[i]
    match = _INTERVAL.search(page.low, max(0, at - 24), at)
    if (
        match
        and int(match[2]) > int(match[1])
        and not _NO_WAIT.search(page.low, max(0, match.start() - 30), match.start())
    ):
        best.take("days_waited", int(match[2]) - int(match[1]), match.start(), page.stop[i])


def _spans(page: Page, days: Sequence[TextDate], best: _Best) -> None:
    """«с 15 января по 14 февраля»."""
    low = page.low
    for first, last in pairwise(days):
        if not (
            _FROM.search(low, max(0, first.start - 4), first.start) and _UNTIL.fullmatch(low, first.stop, last.start)
        ):
            continue
        if not _NO_WAIT.search(low, max(0, first.start - 30), first.start):
            best.take("days_waited", days_between(first, last), first.start, last.stop)


def _named(page: Page, best: _Best) -> None:
    """Papers demanded one by one: «потребовали копию паспорта и фото»."""
    if "documents" in best.found:
        return
    papers = page.found("paper")
    for i in {page.words_of(i)[0] for i in papers}:
        start, stop = page.span_of(i)
        asked = _ASKED_FOR.search(page.low, start, stop)
        named = list(_DOCUMENT.finditer(page.low, asked.end(), stop)) if asked else []
        if len(named) >= 2 and named[-1].start() - named[0].start() < 120:
            best.take("documents", len(named), named[0].start(), named[-1].end())


def days_between(first: TextDate, last: TextDate) -> int:
    """Days from one date to a later one; without years the next such day.

    >>> days_between(TextDate(0, 1, 0, 12, 30), TextDate(2, 3, 0, 1, 2))
    3
    """
    year = first.year or last.year or 2026
    start = dt.date(year, first.month, min(first.day, 28) if first.month == 2 else first.day)
    end = resolved(TextDate(0, 0, last.year, last.month, last.day), start, ahead=True)
    return (end - start).days if end is not None else 0
