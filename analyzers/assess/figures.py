"""Numbers told with their units, so that what was promised can be held against what came."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from . import cues as c
from .dates_in_text import MONTHS
from .numerals import CARDINALS, COLLECTIVE, ORDINALS
from .page import Page

_HOURS = (
    ("минут", 1 / 60), ("мин", 1 / 60), ("полчаса", 0.5), ("час", 1.0), ("полгод", 4380.0), ("год", 8760.0),
    ("лет", 8760.0), ("недел", 168.0), ("месяц", 720.0), ("мес", 720.0), ("дн", 24.0), ("ден", 24.0), ("сут", 24.0),
)  # fmt: skip
_DAYS = (
    "понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень", "янв", "фев", "март", "апр",
    "май", "мая", "июн", "июл", "авг", "сент", "октя", "нояб", "дека", "зим", "весн", "лет", "осен",
)  # fmt: skip
_BETWEEN = (
    "с",
    "половиной",
    "рабочих",
    "календарных",
    "полных",
    "целых",
    "долгих",
    "лишним",
    "рабочий",
    "то",
    "тысяч",
    "тыс",
)
_PARTS_OF_DAY = ("утра", "вечера", "ночи")
_AT = ("в", "к", "до", "с", "после")
_MAY_TELL, _MAY_OPEN = c.NUMBER | c.TIMES | c.ONE | c.TIME | c.MONTH, c.OPEN["moment"] | c.OPEN["first"]
TIME, CLOCK, MONEY, PERCENT, DATE = "time", "clock", "money", "%", "date"


class Figure(NamedTuple):
    """A number with its unit; a length of time is in hours, the time of a day too."""

    value: float
    unit: str


def figures(page: Page, first: int, last: int) -> tuple[list[Figure], set[str]]:
    """Numbers with units, and days and months by name, of the words from `first` to before `last`."""
    found: list[Figure] = []
    named: set[str] = set()
    j = first
    while j < last:
        bits = page.bits[j]
        if not bits & _MAY_TELL and not page.opens[j] & _MAY_OPEN:
            j += 1
            continue
        word = page.word(j)
        if bits & c.NUMBER or word in ORDINALS or word in CARDINALS:
            figure, j = _figure(page, j, last)
            if figure is not None:
                found.append(figure)
            continue
        if bits & (c.TIME | c.MONTH) or page.opens[j] & c.OPEN["moment"]:
            length = _hours(word)
            if length:
                found.append(Figure(length, TIME))  # «через месяц»
            else:
                named.update(stem for stem in _DAYS if word.startswith(stem))
        j += 1
    return found, named


def _figure(page: Page, j: int, last: int) -> tuple[Figure | None, int]:
    """The number that begins at a word, and the word behind it with its unit."""
    low, at = page.low, j
    value, k = _value(page, j, last)
    if k < last and low[page.stop[k - 1] : page.start[k]] == ":" and page.word(k).isdigit():
        return Figure(value + float(page.word(k)) / 60, CLOCK), k + 1
    month = _month(page.word(k)) if k < last else 0
    if month and 1 <= value <= 31:
        return Figure(31 * month + value, DATE), k + 1
    behind = low[page.stop[k - 1] : page.stop[k - 1] + 2].strip()
    if behind[:1] == "%":
        return Figure(value, PERCENT), k
    if behind[:1] in ("₽", "р"):
        return Figure(value, MONEY), k
    stop = min(last, k + 3)
    while k < stop and page.word(k) in _BETWEEN:
        k += 1
    word = page.word(k) if k < last else ""
    timed = page.word(at - 1) in _AT if at else False
    if word in _PARTS_OF_DAY or (timed and word.startswith("час")):
        return Figure(value + 12 * (word in ("вечера", "дня") and value < 12), CLOCK), k + 1
    if hours := _hours(word):
        return Figure(value * hours, TIME), k + 1
    if timed and value <= 24 and not (word and page.start[k] - page.stop[k - 1] == 1):
        return Figure(value, CLOCK), k  # «приедут в 9, …»
    if word.startswith("процент"):
        return Figure(value, PERCENT), k + 1
    if word and page.bits[k] & c.MONEY:
        return Figure(value, MONEY), k + 1
    return (Figure(value, word[:4]) if value else None), k


@lru_cache(maxsize=4096)
def _month(word: str) -> int:
    """1 to 12, 0 for any other word."""
    return next(
        (
            n
            for n, stem in enumerate(MONTHS, 1)
            if word.startswith(stem) and len(word) >= 3 and (stem != "ма" or word in ("май", "мая", "маю", "мае"))
        ),
        0,
    )


def _value(page: Page, j: int, last: int) -> tuple[float, int]:
    """The value of the number that begins at a word, and the first word behind it."""
    word = page.word(j)
    if word[:1].isdigit():
        digits = word
        k = j + 1
        while (
            k < last
            and page.word(k).isdigit()
            and len(page.word(k)) == 3
            and page.start[k] - page.stop[k - 1] == 1
            and page.low[page.stop[k - 1]] in " \u00a0"
        ):
            digits += page.word(k)
            k += 1
        if k < last and page.word(k).isdigit() and page.low[page.stop[k - 1] : page.start[k]] in (",", "."):
            return float(f"{digits}.{page.word(k)}") if digits.isdigit() else 0.0, k + 1
        parts = [part for part in digits.split("-") if part.isdigit()]
        return (float(parts[-1]) if parts and len(parts[-1]) < 12 else 0.0), k  # of «3-5 дней» the longer one
    value, k = 0.0, j
    while k < last:
        word = page.word(k)
        more = CARDINALS.get(word) or COLLECTIVE.get(word) or ORDINALS.get(word)
        if not more or (k > j and page.start[k] - page.stop[k - 1] > 2):
            break
        value += more
        k += 1
    return value, max(k, j + 1)


@lru_cache(maxsize=4096)
def _hours(word: str) -> float:
    """Hours of a unit of time, 0 for any other word."""
    if not word:
        return 0.0
    for stem, hours in _HOURS:
        if word.startswith(stem) and len(word) <= len(stem) + 3 and word != "летом":
            return hours
    return 0.0
