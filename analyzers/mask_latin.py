"""Russian names in Latin letters: «Pavel Sidorov», «IVANOVA ANNA»; brands of two words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .mask_forms import LIKELY, NAME, kind
from .mask_rules import Span

_PAIR = re.compile(r"(?<![\w@.-])(?:[A-Z][a-z]{2,15}[ ][A-Z][a-z]{2,20}|[A-Z]{3,15}[ ][A-Z]{3,20})(?![\w@-])")
_SURNAME = re.compile(
    r"(?:[oey]v|in|yn|s?ky|skiy|skij|skii|[oey]va|ina|yna|aya|aia|enko|chuk|yuk|iuk|ian|yan|dze|shvili|ich|ykh|ikh)$"
)
_LETTERS = (
    ("shch", "щ"), ("sch", "щ"), ("yo", "е"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"),
    ("yu", "ю"), ("iu", "ю"), ("ju", "ю"), ("ya", "я"), ("ia", "я"), ("ja", "я"), ("ye", "е"), ("ph", "ф"),
    ("x", "кс"), ("w", "в"),
)  # fmt: skip
_SINGLE = str.maketrans("abvgdezijklmnoprstufhcyq", "абвгдезийклмнопрстуфхкик")


def _cyrillic(word: str) -> list[str]:
    """Spellings that a word in Latin letters may stand for.

    >>> _cyrillic("yuliia")[0], "дмитрий" in _cyrillic("dmitriy"), "дмитрий" in _cyrillic("dmitry")
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
        first, second = found[0].lower().split(" ")
        for name, surname in ((first, second), (second, first)):
            if _SURNAME.search(surname) and any(_is_name(form) for form in _cyrillic(name)):
                yield found.start(), found.end(), "NAME", " ".join(sorted((first, second)))
                break
    for found in _GREETED.finditer(text):
        if found[1][0].isupper() and any(_is_name(form) for form in _cyrillic(found[1].lower())):
            yield found.start(1), found.end(1), "NAME", found[1].lower()


def _is_name(form: str) -> bool:
    return kind(form).bits & (NAME | LIKELY) == NAME | LIKELY
