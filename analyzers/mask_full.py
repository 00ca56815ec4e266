"""Full names: a given name or a patronymic, and the surname beside it, in any order, case and letter case."""

from __future__ import annotations

import re

from .mask_agree import agree
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
    PATRONYMIC,
    PERSON,
    PLACE,
    ROLE,
    SURE,
    SURNAME,
    THING,
    VERB,
    kind,
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
    if first and words.form[first - 1] in _LINKS and words.beside(first) and words.capital(first - 1):
        first -= 1  # «Фон Дервиз Мария»
    if first > 1 and words.form[first - 1] in _OGLY and words.beside(first) and words.beside(first - 1):
        first -= 2  # «Токтогул уулу Бакыт»
    if not any(words.bits[i] & PATRONYMIC for i in range(first, last + 1)):
        if kind(words.form[first]).lemma in words_of("animals") and words.opens(first):
            return None  # «Кошка Муся»
        if titled(words, first, last - first + 1) and not on_badge(words, first) and not _official(words, first, last):
            return None
        if after_thing(words, first) and words.form[first - 1] not in _PAPERS:
            return None
    return first, last


def _official(words: Words, first: int, last: int) -> bool:
    """«Иванов Пётр» in quotation marks is how papers call a person; brands put the name first."""
    own = words.bits[first]
    return last == first + 1 and bool(own & SURNAME and own & LIKELY and not own & (NAME | KEEP | COMMON))


# «номер карты Ольги Кох»: whose it is, while a picture or a shop is called so
_PAPERS = {
    "карты",
    "карта",
    "карту",
    "карте",
    "картой",
    "вклад",
    "вклада",
    "кредит",
    "кредита",
    "подписка",
    "подписки",
    "полис",
    "голос",
    "дом",
    "дома",
    "машина",
    "машины",
    "машину",
    "автомобиль",
}


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
    if before and i and words.form[i - 1] in ("имени", "им") and bits & PERSON:
        return False  # «школы имени Рахманинова Мирослава Зиновьевна»
    if (
        bits & MAYBE
        and not bits & (_ROLES | CUE)
        and form not in words_of("epithets")
        and _near_name(words, i, before=before)
    ):
        return True
    if len(form) < 2 or bits & (_ROLES | KEEP | CUE) or (bits & PATRONYMIC and not bits & SURNAME):
        return False
    if bits & SURNAME:
        return words.capital(i) or not (bits & VERB and bits & COMMON)
    if words.capital(i) != words.capital(i + 1 if before else i - 1):
        return False
    big = words.capital(i) and not (before and words.opens(i) and not words.listed(i))
    if not bits & KNOWN:
        return (
            big
            or (before and words.capital(i))
            or bool(_LOOKS.search(form))
            or (len(form) > 3 and bool(bits & NOMINAL) and _near_name(words, i, before=before))
        )
    return bool(
        bits & NOMINAL and not (bits & NAME and bits & LIKELY) and (big or bits & ANIMATE or _LOOKS.search(form))
    )


def _near_name(words: Words, i: int, *, before: bool) -> bool:
    """Whether a word is written as the name beside it and stands in its case."""
    name = next(
        (at for at in ((i + 1,) if before else (i - 2, i - 1)) if 0 <= at < len(words.raw) and words.bits[at] & NAME),
        None,
    )
    if name is None or words.capital(i) != words.capital(name):
        return False
    return agree(words.form[name], words.form[i])


def _with_surname(words: Words, at: int) -> tuple[int, int] | None:
    """A given name and the surname right after or right before it."""
    if not words.bits[at] & NAME or words.form[at] in _NEVER:
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
    if len(words.raw[family]) < 2 or (last & (_ROLES | KEEP | PATRONYMIC) and not last & (SURNAME | MAYBE)):
        return False
    if last & (ROLE | CUE) or _is_famous(words, name, family):
        return False
    if _agrees(words, name, family):
        return True
    if last & KEEP or (last & PLACE and not last & SURNAME):
        return False
    if first & KEEP and not (last & SURNAME and last & KNOWN and not last & (COMMON | PLACE)):
        return False  # «Алиса Дёмина» is a person, «Виктория Банк» is not
    if words.form[family] in _NEVER or (first & THING and not words.capital(name)):
        return False
    caps = words.capital(name), words.capital(family)
    if not any(caps):
        return _is_low_pair(words, name, family)
    if not all(caps):
        return bool(last & SURNAME and not last & COMMON and first & LIKELY) or (
            bool(first & LIKELY and last & SURNAME and not last & PERSON and not first & (ROLE | THING))
            and caps[1]
            and not words.opens(family)
        )
    return _is_tall_pair(words, name, family)


def _agrees(words: Words, name: int, family: int) -> bool:
    """A name and what may be a surname in the same case: both with a capital, or surely a name and surely a surname.

    «Сорока Ирина», «с Романом Голубем», «Горобец Снежане», «МУДРАЯ АЛЛА», «вера гуляева»; not «Милая Анна».
    """
    first, last = words.bits[name], words.bits[family]
    form, raw = words.form[family], words.raw[family]
    if (form in _NEVER and not (form == "ли" and raw == "Ли")) or (
        not first & (LIKELY | MAYBE) and words.form[name] not in words_of("homely")
    ):
        return False
    looks = bool(_LOOKS.search(form)) and not last & VERB
    maybe = (
        last & (SURNAME | MAYBE)
        or not last & KNOWN
        or looks
        or (last & NOMINAL and (last & ANIMATE or _ADJECTIVE.search(form)))
    )
    if not maybe or (last & NAME and last & LIKELY and not last & (SURNAME | MAYBE)) or form in words_of("epithets"):
        return False
    if not agree(words.form[name], form):
        return False
    low = not raw[0].isupper() or (words.shouted and raw.isupper())
    if low != (not words.capital(name)):
        return False
    if low:
        sure = first & SURE or words.form[name] in words_of("homely") or not first & (COMMON | PLACE)
        if last & SURNAME:
            return not last & COMMON or bool(sure and first & LIKELY)
        if not last & KNOWN:
            return bool(first & SURE and last & NOMINAL and len(form) > 3)
        return bool(
            sure
            and first & LIKELY
            and (last & MAYBE or (looks and _MANY.search(form)))
            and (family > name or form.endswith(("ых", "их")) or not _ADJECTIVE.search(form))
        )
    if raw.isupper() != words.raw[name].isupper():
        return False
    if raw.isupper() and not last & (SURNAME | MAYBE) and not first & SURE:
        return False
    if first & KEEP and not last & (SURNAME | MAYBE) and not looks:
        return False
    if last & (SURNAME | MAYBE):
        return not last & KEEP or bool(last & MAYBE)
    if not last & KNOWN or _MANY.search(form):
        return not last & (KEEP | VERB)
    return (words.listed(family) or not words.opens(family)) and not last & (KEEP | PLACE | VERB)


_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ого|его|ому|ему|ым|им|ую|юю|ых|их)$")
_MANY = re.compile(r"[а-я]{3}[оеё]в(?:а|у|ым|ой|е)?$")  # «Мингазов»: known as many of what nobody writes of
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
    return f"{kind(words.form[name]).lemma}-{kind(words.form[family]).lemma}" in lists().famous
