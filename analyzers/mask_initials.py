"""Names with initials: «И. И. Петров», «Петров И.И.», «пристав Ю. Барсукова»."""

# patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .lemmas import flatten
from .mask_forms import COMMON, KEEP, KNOWN, NOMINAL, PLACE, ROLE, SURNAME, kind
from .mask_rules import Span

_ABBREVIATIONS = {"тк", "те", "тд", "тп", "ио", "нэ", "гр", "рф", "мб", "км", "др", "пр", "тч", "св", "см"}
_SHORT_WORDS = {"те", "тк", "то", "тд", "тп", "тч", "ип"}  # also in capitals: «Т. Е. Акция»
_ONE_DOT_PLACE = set("гдпсмул")  # «Г. Иваново» at the beginning of a sentence

_INITIALS_FIRST = re.compile(
    r"(?<![\w.])([А-ЯЁа-яё])\.[ \u00a0]?(?:([А-ЯЁа-яё])\.[ \u00a0]?)?([А-ЯЁа-яё][А-ЯЁа-яё-]{2,24})(?![\w])"
)
_INITIALS_LAST = re.compile(
    r"(?<![\w.-])([А-ЯЁа-яё][А-ЯЁа-яё-]{2,24})[ \u00a0]{1,2}([А-ЯЁа-яё])\.[ \u00a0]?([А-ЯЁа-яё])(?:\.|(?!\w))"
)
_STREET_BEFORE = re.compile(
    r"(?:ул|улиц\w{1,2}|просп\w{0,6}|пр|пер|переул\w{1,3}|площад\w{1,2}|пл|им|имени|наб|школ\w{1,2}|больниц\w{1,2}|бульвар\w?)\.?\s?$",
    re.IGNORECASE,
)


def initials(text: str) -> Iterator[Span]:
    """Surnames with one or two initials before, or two after."""
    for pattern, surname in ((_INITIALS_LAST, 1), (_INITIALS_FIRST, 3)):
        for found in pattern.finditer(text):
            groups = found.groups("")
            family = groups[surname - 1]
            letters = "".join(group for i, group in enumerate(groups) if i != surname - 1)
            short = surname == 3 and letters.lower() in _SHORT_WORDS and "." in found[0][:2]
            if (
                short
                or not _is_initialled(family, letters)
                or _STREET_BEFORE.search(text[max(0, found.start() - 14) : found.start()])
            ):
                continue
            one = kind(flatten(family))
            yield found.start(), found.end(), "NAME", f"{one.lemma} {flatten(letters)}"


def _is_initialled(family: str, letters: str) -> bool:
    bits = kind(flatten(family)).bits
    if letters.lower() in _ABBREVIATIONS and not letters.isupper():
        return False
    if not family[0].isupper() or not letters.isupper():
        return len(letters) == 2 and bool(bits & SURNAME) and not bits & COMMON
    if (
        len(letters) == 2
    ):  # two capitals with dots beside a capitalised noun: «Голубь Р.С.» is a person whatever a dictionary says
        return bool(bits & (SURNAME | NOMINAL) or not bits & KNOWN) and not bits & (KEEP | ROLE)
    return bool(bits & SURNAME) and not (bits & PLACE and letters.lower() in _ONE_DOT_PLACE)
