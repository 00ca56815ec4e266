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
from .mask_marks import OWNERS, TELLS, lexical, placed, sides, tells_before, told_before
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


def _gate(form: str) -> int:
    """What a form lets be weighed: 1 in lower case, 2 with a capital, 4 with one that no sentence asks for; 8: tells a name; 16: a thing may be called after it."""
    bits, found, tells = kind(form).bits, 0, 8 * bool(TELLS.match(form))
    tells |= 16 * bool(bits & THING and not tells)
    if len(form) < 2:
        return tells
    firm = (
        (_FIRM.search(form) and not bits & LIKELY)
        or kind(form).lemma in words_of("employers")
        or form[:-1] in words_of("employers")
    )
    if firm or bits & (NAME | LIKELY | COMMON | SURNAME | MAYBE) == NAME | COMMON:
        return tells
    if not (bits & (ROLE | CUE) and not bits & NAMEY):
        if not bits & KNOWN or bits & (NAMEY | MAYBE | ANIMATE):
            found |= 6
        elif (bits & NOMINAL and not bits & PLACE and not _ADJECTIVE.search(form)) or _LOOKS.search(form):
            found |= 4
    if (
        len(form) > 2
        and not bits & (ROLE | FAMILY | THING | CUE)
        and (bits & (NAME | SURNAME) or (not bits & KNOWN and not bits & VERB and bits & NOMINAL))
    ):
        found |= 1
    lower, capital = _weights()
    if found & 1 and _alone(lower, form) < lower.get("gate", _OPEN):
        found &= 6
    if found & 6 and _alone(capital, form) < capital.get("gate", _OPEN):
        found &= 1
    return found | tells


_OPEN = -10_000
_GATES = ToldOnce(_gate)


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
    own, raw = _GATES[words.form[at]], words.raw[at]
    if raw[0] < "а" and not (words.shouted and raw.isupper()):
        if not raw.istitle() and (not raw.isupper() or len(raw) < 5):
            return 0  # «ЗоЗПП», «ДомРФ», «УКЭП»
        return 2 * ((own & 2 > 0 or (own & 4 > 0 and not words.opens(at))) and not _ruled_out(words, at))
    return own & 1


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
    if words.after(at) and words.raw[at + 1].isupper() and len(words.raw[at + 1]) > 1 and not words.raw[at].isupper():
        if _ADJECTIVE.search(words.form[at]):
            return True  # «пристав Советского РОСП»
    if words.bits[at] & COMMON and words.bits[at] & KNOWN and (gap in ".^" or gap == "/n"):
        return not (gap == "." and words.raw[at - 1].islower() and len(words.raw[at - 1]) < 5)  # «зам. Скрипка»
    if "«" not in words.text or not titled(words, at, 1):
        return False
    near = words.bits[at - 1] & (ROLE | VERB | CUE) or words.form[at - 1] in OWNERS if at else 0
    return not near and not tells_before(words, at)


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
    return [
        at
        for at, (own, word) in enumerate(zip(map(_GATES.__getitem__, form), raw, strict=True))
        if (
            own & 2 or (own & 4 and at and word.partition("-")[0] in inside and _unplaced(form, at))
            if word < "а"
            else own & 1
        )
    ]


def _unplaced(form: list[str], at: int) -> bool:
    """Not «улице Мира», «на Садовой»: common words with a capital that no person is called by."""
    before = form[at - 1]
    if before in ("на", "по") and form[at].endswith(("ской", "цкой", "евой", "овой")):
        return False
    return not _GATES[before] & 16


def spoken_of(form: list[str]) -> bool:
    """Whether a word in lower case is worth weighing."""
    return any(own & 1 for own in map(_GATES.__getitem__, form))


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
