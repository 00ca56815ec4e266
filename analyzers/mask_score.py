"""A learned second look: words that the rules left, weighed by what they are and what stands around them.

Marks are named and their weights are a readable file (`lexicons/ru/mask_weights.toml`), learned by
`benchmarks/train_names.py` from the open golds: logistic regression, one table for words with a capital, one for the rest.
"""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache, partial

from ..lexicons import path
from .mask_forms import (
    ANIMATE,
    COMMON,
    CUE,
    FAMILY,
    KEEP,
    KNOWN,
    LIKELY,
    MAYBE,
    NAME,
    NAMEY,
    NOMINAL,
    PLACE,
    ROLE,
    SURNAME,
    THING,
    VERB,
    kind,
    words_of,
)
from .mask_marks import OWNERS, TELLS, is_misspelt, lexical, placed, sides, tells_before, told_before
from .mask_reasons import before_street
from .mask_words import Words, titled
from .told_once import ToldOnce

_LOOKS = re.compile(r"[а-я]{3}(?:ов|ев|ин|ын|ск|цк)(?:а|у|ым|ой|ого|ому|ая|ую|ий|им|е)?$")
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ые|ие|ыми|ими)$")
# «сотрудники Газпромбанка», «из Росреестра»: of firms and offices, in any misspelling
_FIRM = re.compile(
    r"банк|бнка|сбер|газпром|промба|маркет|сервис|телеком|реестр|надзор|центр|фонд|^мф[оц]|лайн|кэшб|кешб|строй|магаз|сайт|интернет|онлайн|"
    r"страх|инвест|финанс|капитал|тиньк|форма|фарм|вообщ|тирамис|газнефт|авиа|медиа|холдинг|ипотек|карт[аыу]$"
)
_PLACEY = NAMEY | MAYBE | ANIMATE


def _unweighed(form: str, bits: int) -> bool:
    """Firms, employers, and common nouns that are names in a rare reading."""
    if len(form) < 2 or bits & (NAME | LIKELY | COMMON | SURNAME | MAYBE) == NAME | COMMON:
        return True
    employer = kind(form).lemma in words_of("employers") or form[:-1] in words_of("employers")
    return employer or bool(not bits & LIKELY and _FIRM.search(form))


def _low(form: str) -> bool:
    """Whether a form in lower case is worth weighing."""
    bits = kind(form).bits
    if len(form) < 3 or bits & (ROLE | FAMILY | THING | CUE) or bits & (KEEP | NAMEY) == KEEP:
        return False
    if not (bits & (NAME | SURNAME) or bits & (KNOWN | VERB | NOMINAL) == NOMINAL) or _unweighed(form, bits):
        return False
    lower = _weights()[0]
    return _alone(lower, form) >= lower.get("gate", _OPEN)


def _tall(form: str) -> int:
    """Whether a form with a capital is: 6 wherever it stands, 4 where no sentence asks for a capital."""
    bits, found = kind(form).bits, 0
    if bits & (ROLE | CUE | KEEP) and not bits & NAMEY:
        return 0
    if not bits & KNOWN or bits & (NAMEY | MAYBE | ANIMATE):
        found = 6
    elif (bits & NOMINAL and not bits & PLACE and not _ADJECTIVE.search(form)) or _LOOKS.search(form):
        found = 4
    capital = _weights()[1]
    if not found or _unweighed(form, bits) or _alone(capital, form) < capital.get("gate", _OPEN):
        return 0
    return found


def _naming(form: str) -> bool:
    """Whether a thing may be called after a form, and no name is told by it."""
    return bool(kind(form).bits & THING) and not TELLS.match(form)


_OPEN = -10_000
_SLIPS = ToldOnce(is_misspelt)
_LOW, _TALL, _NAMING = ToldOnce(_low), ToldOnce(_tall), ToldOnce(_naming)


def _weight(table: int, form: str) -> int:
    """What the marks of a word itself weigh, the bias with them."""
    known = _weights()[table]
    return known["bias"] + _alone(known, form)


_WEIGHED = (ToldOnce(partial(_weight, 0)), ToldOnce(partial(_weight, 1)))


def _alone(known: dict[str, int], form: str) -> int:
    """What the marks of a word itself weigh, in hundredths."""
    return sum(known.get(mark, 0) for mark in lexical(form))


def _is_official(form: str) -> bool:
    """«губернатор», «певица», «коту»: whom all know, or no person."""
    return kind(form).lemma in words_of("officials") or kind(form).lemma in words_of("animals")


_OFFICIALS = ToldOnce(_is_official)


def possible(words: Words, at: int) -> int:
    """Which table weighs a word: 2 with a capital, 1 in lower case, 0 none (most words)."""
    form, raw = words.form[at], words.raw[at]
    if raw[0] < "а" and not (words.shouted and raw.isupper()):
        if not raw.istitle() and (not raw.isupper() or len(raw) < 5):
            return 0  # «ЗоЗПП», «ДомРФ», «УКЭП»
        own = _TALL[form]
        return 2 * ((own & 2 > 0 or (own & 4 > 0 and not words.opens(at))) and not _ruled_out(words, at))
    return int(_LOW[form] and not _is_slip(words, at))


def _ruled_out(words: Words, at: int) -> bool:
    """What no weight may overrule: streets, a common noun that begins a sentence, a title in quotation marks."""
    if (
        before_street(words, at)
        or words.form[at] in words_of("honoured")
        or (at and words.beside(at) and _OFFICIALS[words.form[at - 1]])
    ):
        return True
    left, gap = sides(words, at)
    if left.strip()[-1:].isdigit() and not words.bits[at] & NAMEY:
        return True  # «статья 16 Закона», «500 Мбит»
    after = words.raw[at + 1] if words.after(at) else ""
    if len(after) > 1 and after.isupper() and not words.raw[at].isupper() and _ADJECTIVE.search(words.form[at]):
        return True  # «пристав Советского РОСП»
    if words.bits[at] & COMMON and words.bits[at] & KNOWN and (gap in ".^" or gap == "/n"):
        return not (gap == "." and words.raw[at - 1].islower() and len(words.raw[at - 1]) < 5)  # «зам. Скрипка»
    if _is_plain(words, at) or _is_slip(words, at):
        return True
    if at > 1 and words.raw[at - 1] == "У" and words.bits[at - 2] & THING:
        return True  # «кафе У Ашота»
    if "«" not in words.text or not titled(words, at, 1):
        return False
    near = words.bits[at - 1] & (ROLE | VERB | CUE) or words.form[at - 1] in OWNERS if at else 0
    return not near and not tells_before(words, at)


def _is_plain(words: Words, at: int) -> bool:
    """«1,2% Комиссия», «сменил Номер»: a common word for a thing with a capital, and nobody's role before it."""
    if words.bits[at] & (KNOWN | COMMON | NAMEY | MAYBE | ANIMATE) != KNOWN | COMMON:
        return False
    return not _is_led(words, at)


def _is_slip(words: Words, at: int) -> bool:
    """«Начилось», «впринципе»: a common word misspelt, and neither a role nor a name beside it."""
    if not _SLIPS[words.form[at]]:
        return False
    return not _is_led(words, at) and not (words.after(at) and words.bits[at + 1] & NAMEY)


def _is_led(words: Words, at: int) -> bool:
    """Whether a role, a relative, «зовут» or a name stands right before a word."""
    return at > 0 and words.joined(at) and bool(words.bits[at - 1] & (ROLE | FAMILY | CUE | NAMEY))


def stems_of(words: Words, named: set[int]) -> set[str]:
    """Beginnings of the names found: what comes again in another case."""
    return {
        words.form[at][:size]
        for at in named
        for size in range(max(3, len(words.form[at]) - 2), len(words.form[at]) + 1)
        if len(words.form[at]) > 3 and words.raw[at][0].isupper()
    }


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, int], ...]:
    raw = tomllib.loads(path("ru/mask_weights.toml").read_text("utf-8"))
    return tuple({mark: round(100 * weight) for mark, weight in raw[table].items()} for table in ("lower", "capital"))


# a capital that no sentence asks for
_INSIDE = re.compile(
    r"(?:[а-яё0-9,;»)%A-Za-z—–-]\s[«\"(]?|[а-яё][/«(\"]|[:|/][ \n]?|(?:зам|исп|инж|нач|тов|зав|гр|пом|уваж|адм|спец)\. )([А-ЯЁ][А-ЯЁа-яё]*)"
)


def worthy(text: str, raw: list[str], form: list[str]) -> list[int]:
    """Places of words worth weighing."""
    inside: set[str] = set(_INSIDE.findall(text))
    low, tall = _LOW, _TALL
    return [
        at
        for at, (one, word) in enumerate(zip(form, raw, strict=True))
        if (
            low[one]
            if word >= "а"
            else (own := tall[one]) and (own & 2 or (at and word.partition("-")[0] in inside and _unplaced(form, at)))
        )
    ]


def _unplaced(form: list[str], at: int) -> bool:
    """Not «улице Мира», «на Садовой»: common words with a capital that no person is called by."""
    before = form[at - 1]
    if before in ("на", "по") and form[at].endswith(("ской", "цкой", "евой", "овой")):
        return False
    return not _NAMING[before]


def spoken_of(form: list[str]) -> bool:
    """Whether a word in lower case is worth weighing."""
    return any(map(_LOW.__getitem__, form))


def scored(words: Words, places: list[int], named: set[int], kept: set[int]) -> Iterator[int]:
    """Places of further names, from left to right; each found one tells of the next."""
    stems: set[str] | None = None
    for at in places:
        if at in named or at in kept:
            continue
        table = possible(words, at)
        if table:
            known, form = _weights()[table - 1], words.form[at]
            odds = _WEIGHED[table - 1][form]
            before = told_before(words, at, named, lexical(form)[-1], sides(words, at)[1])
            odds += sum([known.get(mark, 0) for mark in before])
            if odds < known.get("early", _OPEN):
                continue
            if stems is None:
                stems = stems_of(words, named)
            if odds + sum([known.get(mark, 0) for mark in placed(words, at, named, stems)]) > known["least"]:
                named.add(at)
                yield at
