"""Names of people: dictionary tags weighed by what stands around them.

A word that may be a name is masked only with a reason: a patronymic or a surname beside it, initials, a role or «зовут» before
it, or being nothing but a first name. Streets, brands, writers and dishes stay.
"""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

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
    SURNAME,
    THING,
    Kind,
    kind,
    lists,
)
from .mask_initials import initials
from .mask_lone import lone
from .mask_rules import Span, has
from .mask_words import WORD, Words, after_thing, titled

_INITIAL_AFTER = re.compile(r"(?: [А-ЯЁ]\.(?![А-ЯЁа-яё])){1,2}")  # «Наталья К.»
_HINTS = (
    "зовут", "ович", "евич", "ьич", "овн", "евн", "ичн", "соба", "официант", "продав", "охран", "юрист", "диспетч", "инженер", "начальни", "управляющ", "техник", "монтаж", "сантех", "электрик", "медсест", "фельдш", "учител", "воспит", "тренер", "сосед", " муж", " жен", "сын", "дочь", "дочк", "кличут", "логин", " ник ", "ник:", "login", "t.me", ".com/", ".ru/", "at)", "at]", "sobaka",
    "девят", "восем", "менеджер", "оператор", "сотрудни", "консультант", "специалист", "администратор", "кассир", "курьер", "водител", "мастер",
    "врач", "доктор", "директор", "имени", "на имя", "представил", "фамили", "уважаем", "уважением", "г-н", "г-ж", "господин", "госпож", "девушк", "::",
    "skype", "скайп", "аккаунт", "user",
)  # fmt: skip
_OGLY = {"оглы", "кызы", "огли", "кизи", "улы", "гызы"}


def hinted(low: str) -> bool:
    """Whether a text without digits and capitals may still hold something personal."""
    return has(low, _HINTS)


def names(text: str, low: str) -> Iterator[Span]:
    """Names of people, the longest reading at each place."""
    if "." in text and _has_initial(text):
        yield from initials(text)
    raw = WORD.findall(text)
    form = WORD.findall(low.replace("ё", "е"))
    kinds = [kind(one) for one in form]
    places = _candidates(raw, kinds)
    if not places:
        return
    words = Words(text, raw, kinds, form)
    kept, done = _kept(words, low), 0
    for at in places:
        if at < done or at in kept:
            continue
        size = _full(words, at) or lone(words, at)
        if size and _goes_on(words, at, size):
            size += 1
        if size:
            stop = words.stop[at + size - 1]
            initial = _INITIAL_AFTER.match(text, stop)
            value = " ".join(sorted(one.lemma for one in kinds[at : at + size]))
            value += f" {initial[0][1].lower()}" if initial else ""
            yield words.start[at], initial.end() if initial else stop, "NAME", value
            done = at + size


def _goes_on(words: Words, at: int, size: int) -> bool:
    """«Мусину Филюзу», «Виктория К-ва»: a capitalised word that no dictionary knows, right after a name."""
    after = at + size
    if (
        size > 2
        or after >= len(words.raw)
        or words.text[words.stop[after - 1] : words.start[after]] != " "
        or not words.capital(after)
    ):
        return False
    return words.capital(at) and not words.bits[after] & (KNOWN | KEEP) and not words.raw[after].isupper()


def _candidates(raw: list[str], kinds: list[Kind]) -> list[int]:
    """Where a name may begin: a capital that is no ordinary word; in lower case a sure name, or any where a cue or a patronymic stands."""
    loose = any(one.bits & (CUE | PATRONYMIC) for one in kinds)
    return [
        at
        for at, one in enumerate(kinds)
        if (one.bits & NAMEY and (loose or not one.bits & COMMON or raw[at][0] < "а"))
        or (raw[at][0] < "а" and (not one.bits & KNOWN or (one.bits & NOMINAL and _before_name(raw, kinds, at))))
    ]


def _before_name(raw: list[str], kinds: list[Kind], at: int) -> bool:
    """Whether a name or a role stands on either side: «Голубь Роман», «директора Крутых»."""
    after = at + 1 < len(raw) and raw[at + 1][0] < "а" and bool(kinds[at + 1].bits & (NAME | PATRONYMIC))
    return after or (at > 0 and bool(kinds[at - 1].bits & (ROLE | CUE)))


def _has_initial(text: str) -> bool:
    """Whether a letter stands alone before a full stop."""
    at = text.find(".")
    while at >= 0:
        if at and text[at - 1].isalpha() and (at < 2 or not text[at - 2].isalpha()):
            return True
        at = text.find(".", at + 1)
    return False


def _kept(words: Words, low: str) -> set[int]:
    """Places of phrases that stay («Слава богу»)."""
    kept: set[int] = set()
    forms = words.form
    for phrase in lists().phrases:
        if phrase[-1] in low:
            for at in range(len(forms) - len(phrase) + 1):
                if tuple(forms[at : at + len(phrase)]) == phrase:
                    kept.update(range(at, at + len(phrase)))
    return kept


def _full(words: Words, at: int) -> int:
    """How many words a full name takes: name and patronymic, name and surname, with what joins them."""
    run = 1
    while run < 3 and at + run < len(words.raw) and words.joined(at + run):
        run += 1
    if after_thing(words, at):
        return 0
    for size in range(run, 1, -1):
        if _is_full(words, at, size):
            if not any(words.bits[at + i] & PATRONYMIC for i in range(size)) and titled(words, at, size):
                return 0
            return size + _ogly(words, at + size)
    return 0


def _ogly(words: Words, at: int) -> int:
    """«Рашид оглы» after a name: one or two words more."""
    for size in (1, 2):
        if at + size > len(words.raw) or not words.joined(at + size - 1):
            break
        if words.form[at + size - 1] in _OGLY:
            return size
    return 0


def _is_full(words: Words, at: int, size: int) -> bool:
    bits = words.bits[at : at + size]
    caps = [words.capital(at + i) for i in range(size)]
    if any(caps) and not all(caps):
        return False
    big = all(caps)

    def odd(i: int) -> bool:
        return words.raw[at + i][1:] != words.raw[at + i][1:].lower() or (
            words.opens(at + i) and words.form[at + i].endswith(("ю", "е", "ь"))
        )

    def name(i: int) -> bool:
        return bool(bits[i] & NAME) or (big and not bits[i] & (KNOWN | KEEP))

    def family(i: int) -> bool:
        """«Ткач» and «Крутых» are surnames beside a name, if a capital stands where none is due."""
        return (
            big
            and words.one_line(at, size)
            and bool(bits[i] & NOMINAL)
            and not bits[i] & (KEEP | PERSON | ROLE | FAMILY | THING)
        )

    def surname(i: int) -> bool:
        return bool(bits[i] & SURNAME) or (big and not odd(i) and not bits[i] & (KNOWN | KEEP))

    def patronymic(i: int) -> bool:
        return bool(bits[i] & PATRONYMIC) and (big or not bits[i] & COMMON)

    if size == 3:
        short = bool(bits[0] & ANIMATE) or len(words.raw[at]) < 4  # «Пак Ирина Сергеевна»
        first = surname(0) or (family(0) and (short or not words.opens(at)))
        return (first and name(1) and patronymic(2)) or (
            name(0) and patronymic(1) and (bool(bits[2] & SURNAME) or family(2))
        )
    if patronymic(1) and name(0):
        return True
    for first, last in ((0, 1), (1, 0)):
        if last == 0 and family(0) and bits[0] & ANIMATE and bits[1] & NAME and not words.opens(at):
            return True
        assistant = bits[first] & KEEP and bits[last] & SURNAME and bits[last] & KNOWN and not bits[last] & COMMON
        if (
            _is_famous(words, at, first, last)
            or bits[last] & KEEP
            or (bits[first] & KEEP and not assistant)
            or not bits[first] & NAME
        ):
            continue
        if first == 0 and family(1) and not bits[0] & (COMMON | PLACE | PERSON) and not bits[1] & PLACE:
            return True
        sure = not bits[first] & COMMON or not bits[last] & COMMON or (first == 0 and not words.opens(at))
        if big and sure and surname(last) and not (bits[last] & PLACE and bits[first] & PLACE):
            return True
        if (
            not big
            and bits[last] & SURNAME
            and (not bits[last] & (COMMON | PLACE) or (bits[last] & LIKELY and not bits[first] & (COMMON | PLACE)))
            and (first == 0 or not bits[first] & COMMON)
        ):
            return True
    return False


def _is_famous(words: Words, at: int, first: int, last: int) -> bool:
    """«Анна Ахматова» stays; «менеджер Анна Пушкина» is a person."""
    return f"{words.kinds[at + first].lemma}-{words.kinds[at + last].lemma}" in lists().famous
