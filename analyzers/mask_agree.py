"""Whether two words of a name stand in one case: «Сороке Ирине», «с Романом Голубем», «Пак Нино»; not «Вере банк»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .lemmas import _morph  # pyright: ignore[reportPrivateUsage]  # one dictionary in memory for both

if TYPE_CHECKING:
    from pymorphy3.tagset import OpencorporaTag  # pyright: ignore[reportMissingTypeStubs]

# what a reading's case is called once; the rest are written as they are
_SAME = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
# surnames of one form for all cases, and what a woman's surname may end in without being declined
_FIXED = ("ых", "их", "ко", "дзе", "о", "и", "у", "ю", "э")
_CONSONANTS = "бвгджзйклмнпрстфхцчшщь"

_SHAPE = re.compile(r"[а-я]{3}(?:[оеё]в|[иы]н)(|а|у|ым|ой|е)$")
_OBLIQUE = ("gent", "datv", "ablt", "loct")
_ENDINGS = {
    "": {("nomn", "masc")},
    "а": {("gent", "masc"), ("accs", "masc"), ("nomn", "femn")},
    "у": {("datv", "masc"), ("accs", "femn")},
    "ым": {("ablt", "masc")},
    "е": {("loct", "masc")},
    "ой": {(case, "femn") for case in _OBLIQUE},
}

Traits = frozenset[tuple[str, str]]


def _case(tag: OpencorporaTag) -> str:
    case = str(tag.case)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    return _SAME.get(case, case)


def _gender(tag: OpencorporaTag) -> str:
    gender: object = tag.gender  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return "" if gender is None else str(gender)  # pyright: ignore[reportUnknownArgumentType]


@lru_cache(maxsize=20_000)
def _given(form: str) -> Traits:
    """Case and gender of a given name's readings in the singular."""
    found: set[tuple[str, str]] = set()
    for parse in _morph().parse(form):
        tag = parse.tag
        if "Name" in tag and "sing" in tag:
            found.add((_case(tag), "" if "ms-f" in tag else _gender(tag)))
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _family(form: str) -> Traits:
    """The same of a word that may be a surname: a noun, an adjective; ``""`` for a gender that is not told."""
    found: set[tuple[str, str]] = set()
    for parse in _morph().parse(form):
        tag = parse.tag
        if "ADJF" in tag and "sing" in tag and "Apro" not in tag:
            found.add((_case(tag), _gender(tag)))
        elif "NOUN" in tag and ("sing" in tag or "Fixd" in tag):
            found.add((_case(tag), _gender(tag) if "Surn" in tag and "ms-f" not in tag else ""))
    shaped = _SHAPE.search(form)
    if shaped:  # «Мингазов» is known as many of something, «Лапина» as an animal's foot
        found |= _ENDINGS[shaped[1]]
    return frozenset(found)


def agree(name: str, family: str) -> bool:
    """Whether a given name and a surname, both in lower case, may stand side by side as one person's.

    Examples
    --------
    >>> agree("ирине", "сороке"), agree("снежаны", "горобец"), agree("романом", "голубь")
    (True, True, False)
    """
    given, own = _given(name), _family(family)
    if not given:  # a name of our own list: its case is not known
        return True
    if family.endswith(_FIXED) and (family.endswith(_FIXED[:2]) or not _morph().word_is_known(family)):
        return True
    women = any(gender in ("femn", "") for _, gender in given)
    if women and family[-1] in _CONSONANTS and any(case == "nomn" for case, _ in own):
        return True
    return any(
        case == other and (not gender or not whose or gender == whose) for case, gender in given for other, whose in own
    )
