"""Full names: a given name or a patronymic, and the surname beside it, in any order, case and letter case."""

from __future__ import annotations

import re

from .mask_forms import (
    ANIMATE,
    COMMON,
    CUE,
    FAMILY,
    KEEP,
    KNOWN,
    LIKELY,
    NAME,
    NAMEY,
    NOMINAL,
    PATRONYMIC,
    PERSON,
    PLACE,
    ROLE,
    SURE,
    SURNAME,
    THING,
    VERB,
    lists,
    words_of,
)
from .mask_reasons import on_badge
from .mask_words import Words, after_thing, titled

_OGLY = {"оглы", "кызы", "огли", "кизи", "улы", "гызы", "углы", "уулу", "заде", "кизы"}
_LINKS = {"ибн", "бин", "бен", "бинт", "аль", "эль", "фон", "де", "ван", "дер", "ди", "да"}
_LOOKS = re.compile(
    r"[а-я]{3}(?:ов|ев|ин|ын|ск|цк)(?:а|у|ым|ой|ого|ому|ая|ую|ий|им|е|ы)?$|[а-я]{2}(?:енко|чук|швили|дзе)$"
)
_ROLES = ROLE | FAMILY | THING


def around(words: Words, at: int) -> tuple[int, int] | None:
    """First and last word of a full name about a given name or a patronymic; None where it stands alone."""
    found = _with_patronymic(words, at) if words.bits[at] & PATRONYMIC else None
    found = found or _with_surname(words, at)
    if found is None:
        return None
    first, last = found
    last += _ogly(words, last + 1)
    if first > 1 and words.form[first - 1] in _OGLY and words.beside(first) and words.beside(first - 1):
        first -= 2  # «Токтогул уулу Бакыт»
    if not any(words.bits[i] & PATRONYMIC for i in range(first, last + 1)):
        if titled(words, first, last - first + 1) and not on_badge(words, first):
            return None
        if after_thing(words, first):
            return None
    return first, last


def _with_patronymic(words: Words, at: int) -> tuple[int, int] | None:
    bits = words.bits[at]
    if bits & COMMON and not words.capital(at) and not (at and words.bits[at - 1] & NAME):
        return None
    if bits & KEEP and not (at and words.bits[at - 1] & NAME):
        return None
    first = last = at
    if at and words.beside(at) and _is_given(words, at - 1, at):
        first = at - 1
        if first and words.beside(first) and _is_family(words, first - 1, before=True):
            first -= 1
    elif at and words.beside(at) and _is_family(words, at - 1, before=True):
        first = at - 1
    if (
        (first > at - 2 or not words.bits[first] & SURNAME)
        and words.after(last)
        and _is_family(words, last + 1, before=False)
    ):
        last += 1
    return (first, last) if first < last else None


def _is_given(words: Words, i: int, patronymic: int) -> bool:
    """Whether a word before a patronymic is the name: known as one, unknown, or a noun with a capital."""
    bits = words.bits[i]
    if len(words.raw[i]) < 2 or (bits & (_ROLES | PATRONYMIC) and not bits & NAME):
        return False
    if bits & NAME:
        return words.capital(i) or not bits & COMMON or not words.bits[patronymic] & COMMON
    if not bits & KNOWN:
        return not bits & SURNAME or words.capital(i)
    return bool(bits & NOMINAL and not bits & VERB and (words.capital(i) and not words.opens(i)))


def _is_family(words: Words, i: int, *, before: bool) -> bool:
    """Whether a word beside a name and patronymic is the surname."""
    bits, form = words.bits[i], words.form[i]
    if len(form) < 2 or bits & (_ROLES | KEEP | CUE) or (bits & PATRONYMIC and not bits & SURNAME):
        return False
    if bits & SURNAME:
        return words.capital(i) or not (bits & VERB and bits & COMMON)
    if words.capital(i) != words.capital(i + 1 if before else i - 1):
        return False
    big = words.capital(i) and not (before and words.opens(i))
    if not bits & KNOWN:
        return big or (before and words.capital(i)) or bool(_LOOKS.search(form))
    return bool(
        bits & NOMINAL and not (bits & NAME and bits & LIKELY) and (big or bits & ANIMATE or _LOOKS.search(form))
    )


def _with_surname(words: Words, at: int) -> tuple[int, int] | None:
    """A given name and the surname right after or right before it."""
    if not words.bits[at] & NAME:
        return None
    if words.after(at) and words.form[at + 1] in _OGLY:
        return at, at + 1 + (words.after(at + 1) and words.capital(at + 2))
    if words.after(at) and _is_pair(words, at, at + 1):
        more = not words.bits[at + 1] & SURNAME and at and words.beside(at) and words.bits[at - 1] & SURNAME
        return (at - 1 if more and _is_pair(words, at, at - 1) else at), at + 1  # «Али-заде Фарид Рауф»
    if at and words.beside(at) and _is_pair(words, at, at - 1):
        return at - 1, at
    return None


def _is_pair(words: Words, name: int, family: int) -> bool:
    first, last = words.bits[name], words.bits[family]
    if len(words.raw[family]) < 2 or (last & (_ROLES | KEEP | PATRONYMIC) and not last & SURNAME):
        return False
    if last & (KEEP | ROLE | CUE) or (last & PLACE and not last & SURNAME) or _is_famous(words, name, family):
        return False
    if first & KEEP and not (last & SURNAME and last & KNOWN and not last & (COMMON | PLACE)):
        return False  # «Алиса Дёмина» is a person, «Виктория Банк» is not
    if words.form[family] in _NEVER:
        return False
    caps = words.capital(name), words.capital(family)
    if not any(caps):
        return _is_low_pair(words, name, family)
    if not all(caps):
        return bool(last & SURNAME and not last & COMMON and first & LIKELY) or (
            bool(first & LIKELY and last & SURNAME) and caps[1] and not words.opens(family)
        )
    return _is_tall_pair(words, name, family)


_NEVER = {"и", "я", "на", "по", "не", "но", "за", "из", "от", "до", "со", "да", "мы", "вы", "он", "ты", "то", "ли"}


def _is_tall_pair(words: Words, name: int, family: int) -> bool:
    """Both with a capital: one in the middle of a sentence tells more than one at its beginning."""
    first, last = words.bits[name], words.bits[family]
    raw = words.raw[family]
    if raw.isupper() != words.raw[name].isupper() and not last & SURNAME:
        return False
    if len(raw) < 4 and raw.isupper() and not last & SURNAME:
        return False
    if first & SURE and last & SURE:
        return True  # «Мухаммад Юсуф»
    doubtful = bool(first & (COMMON | PLACE)) and words.opens(min(name, family))
    if family > name:
        if last & SURNAME or not last & KNOWN:
            return not (doubtful and last & COMMON and first & PLACE)
        return bool(last & NOMINAL and first & LIKELY) and not doubtful and not (last & NAME and last & LIKELY)
    if last & SURNAME:
        return not (doubtful and last & COMMON and words.opens(family))
    if not words.opens(family):
        return (not last & KNOWN or bool(last & NOMINAL and last & ANIMATE)) and not last & NAME
    if not last & KNOWN:
        return bool(first & LIKELY) and not last & VERB and words.raw[family][1:].islower()
    return bool(last & ANIMATE and last & NOMINAL) and not doubtful and not last & NAME


def _is_low_pair(words: Words, name: int, family: int) -> bool:
    """Without capitals (or all in capitals): one of the two must be sure."""
    first, last = words.bits[name], words.bits[family]
    sure = bool(first & LIKELY) and not first & (COMMON | PLACE)
    if last & SURNAME:
        if sure:
            return not (last & COMMON and last & VERB and not last & LIKELY)
        return bool(first & LIKELY or words.form[name] in words_of("homely")) and not last & (COMMON | PLACE)
    if not sure or first & PERSON:
        return False
    if not last & KNOWN:
        return bool(_LOOKS.search(words.form[family]))
    return bool(last & ANIMATE and last & NOMINAL and not last & (VERB | NAMEY)) and family > name


def _ogly(words: Words, at: int) -> int:
    """«Рашид оглы», «Токтогул уулу Бакыт» after a name: one or two words more."""
    if at < len(words.raw) and words.joined(at) and words.form[at] in _OGLY:
        return 1
    if at + 1 < len(words.raw) and words.form[at] in _LINKS and words.beside(at) and words.beside(at + 1):
        return 2 if words.capital(at + 1) else 0  # «Юсуф ибн Али»
    if at + 1 < len(words.raw) and words.joined(at) and words.joined(at + 1) and words.form[at + 1] in _OGLY:
        return 2
    return 0


def _is_famous(words: Words, name: int, family: int) -> bool:
    """«Анна Ахматова» stays."""
    return f"{words.kinds[name].lemma}-{words.kinds[family].lemma}" in lists().famous
