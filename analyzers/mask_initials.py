"""Names with initials: «И. И. Петров», «Петров И.И.», «Петрову И И», «Наргиза Т.», «пристав Ю. Барсукова»."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .lemmas import flatten
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
    NOMINAL,
    PATRONYMIC,
    PLACE,
    ROLE,
    SURNAME,
    THING,
    VERB,
    kind,
    words_of,
)
from .mask_rules import Span

_ABBREVIATIONS = {"тк", "те", "тд", "тп", "ио", "нэ", "гр", "рф", "мб", "км", "др", "пр", "тч", "св", "см", "ие"}
_SHORT_WORDS = {"те", "тк", "то", "тд", "тп", "тч", "ип"}  # also in capitals: «Т. Е. Акция»
_PREPOSITIONS = set("вксуоиая")
_ONE_DOT_PLACE = set("гдпсмулхшб")  # «Г. Иваново» at the beginning of a sentence

_L = r"[А-ЯЁ]"
_S = r"[ \u00a0]"
_NAME = r"[А-ЯЁа-яё][А-ЯЁа-яё-]{1,24}"
_TWO = rf"(?P<a>[А-ЯЁа-яё])\.{_S}?(?P<b>[А-ЯЁа-яё])(?:\.|(?!\w))"
_BEFORE = re.compile(rf"(?<![\w.])(?P<a>[А-ЯЁа-яё])\.{_S}?(?:(?P<b>[А-ЯЁа-яё])\.{_S}?)?(?P<name>{_NAME})(?!\w)")
_AFTER = re.compile(rf"(?<![\w.-])(?P<name>{_NAME}),?{_S}{{0,2}}{_TWO}")
# «Морозову А А», «Козлова МН»; only capitals
_BARE = re.compile(
    rf"(?<![\w.-])(?P<name>[А-ЯЁ][А-ЯЁа-яё-]{{1,24}}){_S}(?:(?P<a>{_L})[,.]?{_S}(?P<b>{_L})|(?P<c>{_L}){{2}})(?![\w-])\.?"
)
# «Рзаев Н.», «Наргиза Т.», with a surname behind it: «Фарида Ш. Бикмурзина»
_ONE_AFTER = re.compile(
    rf"(?<![\w.-])(?P<name>[А-ЯЁ][А-ЯЁа-яё-]{{1,24}}){_S}(?P<a>{_L})(?:\.(?!{_L}\.)(?:{_S}(?P<last>[А-ЯЁ][А-ЯЁа-яё-]{{2,24}}))?|(?=[,;!?»)\n]|$))"
)
_STREET_BEFORE = re.compile(
    r"(?:ул|улиц\w{1,2}|просп\w{0,6}|пр|пер|переул\w{1,3}|площад\w{1,2}|пл|им|имени|наб|школ\w{1,2}|больниц\w{1,2}|бульвар\w?|театр\w?|музе\w{1,2})\.?\s?$",
    re.IGNORECASE,
)
_LOOKS = re.compile(r"[а-я]{3}(?:[оеё]в|[иы]н)(?:|а|у|ым|ой|е)$")
_LEFT = re.compile(r"([А-ЯЁа-яё]{3,24}) $")
_OWNED = re.compile(r"[а-яё]{4}[оеё]ва?$")
_ORDINARY = ROLE | FAMILY | THING | KEEP


def initials(text: str) -> Iterator[Span]:
    """Surnames with one or two initials before or after them; what is written together first."""
    for found in _BEFORE.finditer(text):
        if _is_before(text, found):
            yield _span(found, found.start(), found.end())
    for found in _AFTER.finditer(text):
        if _is_after(found) and (found["name"].endswith(("у", "ю")) or not _is_street(text, found.start())):
            yield _span(found, found.start(), found.end())
    yield from _bare(text)
    for found in _ONE_AFTER.finditer(text):
        stop = _one_after(text, found)
        if stop:
            yield _span(found, found.start(), stop)


def _bare(text: str) -> Iterator[Span]:
    for found in _BARE.finditer(text):
        if not found["a"]:
            pair = found[0].rstrip(".")[-2:].lower()
            bits = _bits(found["name"])
            person = bits & SURNAME or (bits & ANIMATE and bits & NOMINAL)
            if pair in words_of("not_initials") or not person or bits & _ORDINARY or (bits & PLACE and bits & COMMON):
                continue
        elif _grade(found["name"]) < 2 or (
            _grade(found["name"]) < 3
            and not _OWNED.search(found["name"])
            and found["b"].lower() in _PREPOSITIONS
            and found["a"].lower() in _PREPOSITIONS
            and text[found.end() : found.end() + 1] == " "
        ):
            continue
        if not _is_street(text, found.start()):
            yield _span(found, found.start(), found.end())


def _span(found: re.Match[str], start: int, stop: int) -> Span:
    letters = "".join(found.groupdict().get(one) or "" for one in "ab")
    return start, stop, "NAME", f"{kind(flatten(found['name'])).lemma} {flatten(letters)}".rstrip()


def _is_street(text: str, start: int) -> bool:
    return bool(_STREET_BEFORE.search(text[max(0, start - 14) : start]))


def _bits(word: str) -> int:
    return kind(flatten(word)).bits


def _grade(word: str) -> int:
    """How likely a word is a surname: 3 known as one, 2 unknown or of several readings, 1 a capitalised noun, 0 not."""
    bits = _bits(word)
    if bits & (ROLE | CUE | THING) or (bits & KEEP and not bits & (SURNAME | MAYBE)) or not word[0].isupper():
        return 0
    if bits & MAYBE and not bits & SURNAME:
        return 2
    if bits & SURNAME:
        return 2 if bits & COMMON else 3
    if not bits & KNOWN:
        return 2
    return 1 if bits & NOMINAL and not (bits & VERB and not bits & ANIMATE) else 0


_LETTERED = re.compile(
    r"(?:корпус|блок|секци|литер|групп|зал|сектор|план|этап|класс|категори|вариант|подъезд|витамин|гепатит|тип|серии|пункт|строени|лини|зон)[а-яё]{0,3} $",
    re.IGNORECASE,
)


def lettered(text: str, start: int) -> bool:
    """Whether a letter names a thing: «корпуса Б. Прасковья …»."""
    return bool(_LETTERED.search(text[max(0, start - 16) : start]))


def _is_before(text: str, found: re.Match[str]) -> bool:
    """«И. И. Петров», «И.Петров», «и. и. петров»."""
    if not found["b"] and lettered(text, found.start()):
        return False  # «корпуса Б. Прасковья …»
    family, letters = found["name"], found["a"] + (found["b"] or "")
    bits = _bits(family)
    if family[0].isupper() and letters.isupper() and _LOOKS.search(flatten(family)):
        left = _LEFT.search(text[max(0, found.start() - 26) : found.start()])
        if left and _bits(left[1]) & ROLE:
            return True  # «Кассир Л. Хорошева»: a town by the dictionary
    if letters.lower() in _SHORT_WORDS or (letters.lower() in _ABBREVIATIONS and not letters.isupper()):
        return False
    if _is_street(text, found.start()) or len(family) < 2:
        return False
    if not family[0].isupper() or not letters.isupper():
        return len(letters) == 2 and bool(bits & SURNAME) and not bits & COMMON
    if len(letters) == 2:
        if _grade(family) > 1 or (_grade(family) and not bits & KEEP):
            return not _belongs_before(text, found)
        return False
    if bits & MAYBE and not bits & (ROLE | THING):
        return True
    if bits & (KEEP | ROLE | THING) or (bits & PLACE and not bits & LIKELY and letters.lower() in _ONE_DOT_PLACE):
        return False
    if found.start() > 1 and text[found.start() - 2].isdigit() and letters == "Г":
        return False  # «2025 Г. Представитель»
    mid = found.start() > 1 and text[found.start() - 1] in " («" and text[found.start() - 2] not in ".!?"
    if bits & SURNAME or not bits & KNOWN or _LOOKS.search(flatten(family)):
        return True
    return bool(mid and bits & ANIMATE and bits & NOMINAL)


def _belongs_before(text: str, found: re.Match[str]) -> bool:
    """«на Петрова И. И. Прошу»: the initials are of the surname before them."""
    left = re.search(rf"({_NAME}){_S}?$", text[max(0, found.start() - 30) : found.start()])
    glued = text[found.start("name") - 1] == "."
    return (
        bool(left)
        and not glued
        and _grade(left[1])
        >= max(2, _grade(found["name"]) + (found["name"][1:].islower() and _grade(found["name"]) > 1))
    )


def _parted(found: re.Match[str]) -> bool:
    """Whether a space parts the two initials."""
    return found.start("b") - found.end("a") > 1


def _is_after(found: re.Match[str]) -> bool:
    """«Петров И. И.», «Петров И.И», «ПетровИ.И.»."""
    family, letters = found["name"], found["a"] + found["b"]
    bits = _bits(family)
    glued = found.end("name") == found.start("a")
    if letters.lower() in _ABBREVIATIONS and not letters.isupper() and not bits & MAYBE:
        return False
    if "," in found[0] and not bits & SURNAME:
        return False
    if not family[0].isupper() or not letters.isupper():
        if not found[0].endswith(".") and _parted(found):
            return False  # «ахмедову р. а я …»
        dotted = found[0].endswith(".") and bits & (MAYBE | SURNAME)  # «пак о. в.», «зуев а.п.», «лебедь с.в.»
        tight = dotted and found.end("b") - found.start("a") == 3
        return len(letters) == 2 and bool(tight or ((bits & SURNAME or dotted) and not bits & COMMON)) and not glued
    if glued:
        return bool(bits & SURNAME or not bits & KNOWN) and family[1:].islower()  # not «ПОЛНОСТЬЮ. В результате»
    return _grade(family) > 0


def _one_after(text: str, found: re.Match[str]) -> int:
    """Where «Рзаев Н.», «Наргиза Т.» or «Фарида Ш. Бикмурзина» ends; 0 where it is none."""
    name, letter = found["name"], found["a"].lower()
    bits, dot = _bits(name), text[found.end("a") : found.end("a") + 1] == "."
    if (
        (bits & (ROLE | FAMILY | THING | KEEP | CUE) and not bits & (NAME | MAYBE | SURNAME))
        or len(name) < 2
        or _is_street(text, found.start())
    ):
        return 0
    if (
        not bits & (NAME | SURNAME | MAYBE)
        and not _told(text, found)
        and (not dot or name.isupper() or not _is_stranger(text, found.start(), bits))
    ):
        return 0
    if (
        not dot
        and ((letter in _PREPOSITIONS and found.end("a") == len(text)) or bits & COMMON)
        and not _told(text, found)
    ):
        return 0
    if bits & PLACE and not bits & (NAME | LIKELY) and letter in _ONE_DOT_PLACE:
        return 0
    tail = _bits(found["last"]) if found["last"] else KNOWN
    if not tail & (_ORDINARY | PATRONYMIC) and (tail & (SURNAME | COMMON) == SURNAME or not tail & KNOWN):
        return found.end("last")
    return found.end("a") + dot


_TOLD = re.compile(r"(?:^|[^А-ЯЁа-яё])(?:к|ко|у|от|с|со) $")


def _told(text: str, found: re.Match[str]) -> bool:
    """«к Кудряшу В,»: whom one turns to."""
    start, after = found.start(), text[found.end("a") : found.end("a") + 1]
    bits = _bits(found["name"])
    return after == "," and bool(bits & ANIMATE) and bool(_TOLD.search(text[max(0, start - 4) : start]))


def _is_stranger(text: str, start: int, bits: int) -> bool:
    """A word that no dictionary knows, or a noun with a capital where none is due."""
    middle = start > 1 and text[start - 1] in " («" and text[start - 2] not in ".!?…\n"
    if bits & ANIMATE and bits & NOMINAL and not bits & PLACE:
        return True  # «Соловей О. принимала заказ»
    return not bits & KNOWN or (middle and bool(bits & NOMINAL) and not bits & (PLACE | VERB))
