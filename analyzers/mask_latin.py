"""Russian names in Latin letters: «Pavel Sidorov», «IVANOVA ANNA»; brands of two words stay."""

# ruff: noqa: E501, SIM905  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .mask_forms import LIKELY, NAME, kind
from .mask_rules import Span

_CAPITALISED = r"[A-Z][a-z]{2,15}(?:-[A-Z][a-z]{2,15})?"
_CAPITALS = r"[A-Z]{3,15}(?:-[A-Z]{3,15})?"
_PAIR = re.compile(
    rf"(?<![\w@.-])(?:{_CAPITALISED}[ ]{_CAPITALISED}|{_CAPITALS}[ ]{_CAPITALS}|{_CAPITALS}/[A-Z]{{3,15}}(?: (?:MR|MRS|MS|MISS|MSTR|CHD|INF)(?!\w))?)(?![\w@-])"
)
_THIRD = re.compile(r" (?:[A-Z]{2,15}|[A-Z][a-z]{1,15})(?![\w@-])")
_SINGLE_NAME = re.compile(rf"(?<![\w@./-])(?:{_CAPITALS}|{_CAPITALISED})(?![\w@/-]|\.\w)")
# in a ticket or a passport what is written in Latin letters is whose it is
_TICKET = re.compile(
    r"(?:билет[а-я]{0,2}|паспорт[а-я]{0,2}|фамили[а-я]{1,2}|им[яе][а-я]{0,3}|пассажир[а-я]{0,2}|держател[а-я]|росчерк[а-я]{0,2}|подпис[а-яь]{1,3}|брон[иь]|визе|виза|талоне|гост(?:ь|я|ем)|клиент[а-я]{0,2}|постоял[а-я]{2,4}|получател[а-я]|отправител[а-я])"
    r"[ :,—–«-]{1,3}(?:(?:указан[оа]?|написан[оа]?|стоит|значится|напечатан[оа]|у меня|моя|мой|как|на|уже|вместо|имя|фамилия)[ :,—–«-]{1,3}){0,3}[«\"]?$",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    "visa mastercard gold premium platinum classic infinite world maestro mir apple google samsung xiaomi business economy comfort standard smart rus russia moscow russian federation passport ticket eticket aeroflot pobeda utair nordwind azur premier booking airbnb".split()
)
SURNAME_ENDING = re.compile(
    r"(?:[oey]v|in|yn|s?ky|skiy|skij|skii|[oey]va|ina|yna|aya|aia|enko|chuk|yuk|iuk|ian|yan|dze|shvili|ich|ykh|ikh)$"
)
_LETTERS = (
    ("shch", "щ"), ("sch", "щ"), ("yo", "е"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"),
    ("yu", "ю"), ("iu", "ю"), ("ju", "ю"), ("ya", "я"), ("ia", "я"), ("ja", "я"), ("ye", "е"), ("ph", "ф"),
    ("x", "кс"), ("w", "в"),
)  # fmt: skip
_SINGLE = str.maketrans("abvgdezijklmnoprstufhcyq", "абвгдезийклмнопрстуфхкик")


def cyrillic(word: str) -> list[str]:
    """Spellings that a word in Latin letters may stand for.

    >>> cyrillic("yuliia")[0], "дмитрий" in cyrillic("dmitriy"), "дмитрий" in cyrillic("dmitry")
    ('юлия', True, True)
    """
    ends = {
        "iia": "ия",
        "iya": "ия",
        "iy": "ий",
        "ii": "ий",
        "ij": "ий",
        "ey": "ей",
        "ei": "ей",
        "ay": "ай",
        "ai": "ай",
    }
    head, tail = word, ""
    for end, spelt in ends.items():
        if word.endswith(end):
            head, tail = word[: -len(end)], spelt
            break
    for latin, letter in _LETTERS:
        head = head.replace(latin, letter)
    plain = head.translate(_SINGLE) + tail
    soft = plain.replace("лг", "льг").replace("тя", "тья").replace("ля", "лья")
    return [plain, soft, plain + "й", plain[:-1] + "ий", plain + "ь", plain.replace("е", "э", 1), plain[:-1] + "ь"]


_GREETED = re.compile(
    r"\b(?:regards|sincerely|dear|hello|hi|thanks|mr|mrs|ms)[,.!]?\s{1,2}([A-Z][a-z]{2,15})(?!\w)", re.IGNORECASE
)


def latin_names(text: str) -> Iterator[Span]:
    """«Dear Ivan»; two capitalised words, one a Russian first name, the other ending like a Russian surname."""
    for found in _PAIR.finditer(text):
        if "/" in found[0]:  # «GALSTYAN/ARMEN MR»: how tickets write it
            names = found[0].partition(" ")[0].lower().split("/")
            if " " in found[0] or _TICKET.search(text[max(0, found.start() - 48) : found.start()]) or _is_pair(*names):
                yield found.start(), found.end(), "NAME", " ".join(sorted(names))
            continue
        first, second = found[0].lower().split(" ")
        if _told(text, found.start(), first, second):
            more = _THIRD.match(text, found.end())
            yield found.start(), more.end() if more else found.end(), "NAME", " ".join(sorted((first, second)))
            continue
        if _is_pair(first, second):
            yield found.start(), found.end(), "NAME", " ".join(sorted((first, second)))
    for found in _SINGLE_NAME.finditer(text):
        if (
            SURNAME_ENDING.search(found[0].lower())
            and len(found[0]) > 4
            and _told(text, found.start(), found[0].lower())
        ):
            yield found.start(), found.end(), "NAME", found[0].lower()
    for found in _GREETED.finditer(text):
        if found[1][0].isupper() and any(_is_name(form) for form in cyrillic(found[1].lower())):
            yield found.start(1), found.end(1), "NAME", found[1].lower()


def _told(text: str, start: int, *words: str) -> bool:
    """Whether a ticket, a passport or a signature stands before what is no brand."""
    return NO_NAMES.isdisjoint(words) and bool(_TICKET.search(text[max(0, start - 48) : start]))


def _is_pair(first: str, second: str) -> bool:
    return any(
        SURNAME_ENDING.search(surname) and any(_is_name(form) for form in cyrillic(name))
        for name, surname in ((first, second), (second, first))
    )


def _is_name(form: str) -> bool:
    return kind(form).bits & (NAME | LIKELY) == NAME | LIKELY
