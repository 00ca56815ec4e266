"""Names of people from abroad in Latin letters: «Zhang Wei», «Svetlana K.», «Mr. O'Sullivan», «J. Kowalska», «alinochka» on a badge."""

# ruff: noqa: E501, SIM905  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .mask_forms import CUE, FAMILY, LIKELY, NAME, ROLE, kind, lists
from .mask_latin import NO_NAMES, SURNAME_ENDING, cyrillic
from .mask_rules import Span

_CAPITALISED = r"[A-Z][a-z]{1,15}"
_TITLED = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mister|Herr|Frau|Madame|Monsieur|Señora?)\.? (?!Proper|Muscle|Doors?|Bean|Robot|Big|Right|Sandman|Jones|Wash|Fix|Green|Price|Cook|Sport|Credo)((?:[A-Z]\. ){0,2}(?:(?:van|von|de|der|la|el|al|bin|ibn) ){0,2}(?:[A-Z]['’]|Ma?c)?[A-Z][a-z]{1,15}(?:-[A-Z][a-z]{1,15})?(?: [A-Z][a-z]{1,15}(?![\w.]))?)(?![\w@])"
)
_IRISH = re.compile(
    r"(?<![\w@.'’-])(?:(?!Alexander )[A-Z][a-z]{2,12} (?:O['’][A-Z]|Mc[A-Z]|Mac[A-Z])[a-z]{3,12}|(?:(?<=имя )|(?<=имени )|(?<=гость )|(?<=гостя )|(?<=пассажир )|(?<=пассажира ))(?:O['’]|Mc)[A-Z][a-z]{3,12})(?![\w@-])"
)
_INITIAL_BEFORE = re.compile(rf"(?<![\w@.'’&-])[A-Z]\. ?({_CAPITALISED}(?:-{_CAPITALISED})?)(?![\w@.-])")
_INITIAL_AFTER = re.compile(r"(?<![\w@.'’&-])([A-Z][a-z]{2,15}) [A-Z](?:\.|(?=[,;)!?\n]))(?!\w)")
# surnames of China, Korea and Vietnam that are no words of brands; those below only before a given name with a hyphen
_EASTERN = (
    "Zhang|Wang|Liu|Chen|Huang|Zhao|Zhou|Xu|Zhu|Guo|Luo|Zheng|Xie|Tang|Deng|Feng|Peng|Zeng|Xiao|Jiang|Cai|Wei|Pan|Yuan|Du|Ye|Cheng|"
    "Su|Lu|Shen|Ren|Yao|Zhong|Tan|Jin|Shi|Qin|Qiu|Hou|Zou|Xiong|Bai|Meng|Yan|Duan|Lei|Hao|Gong|Kong|Ding|Yang|Nguyen|Tran|Pham|Hoang|Phan|Dang|Bui|Ngo|Duong|"
    "Choi|Jung|Yoon|Jang|Hwang|Ahn|Kwon|Shin|Seo|Bae|Noh|Heo"
)
_SYLLABLE = r"(?:[BCDFGHJKLMNPQRSTVWXYZ]|[ZSC]h|Ng|Th|Tr|Kh|Ph)?(?:[AaEeIiOoUuYy][aeiouy]{0,3})(?:ng|n|nh|r|k|m|p|t|c)?"
_ASIAN = re.compile(
    rf"(?<![\w@.'’-])(?:(?:{_EASTERN}) {_SYLLABLE}(?:[ -]?(?:[A-Z]?[a-z]{{1,5}}))?|(?:{_EASTERN}|Li|Lee|Kim|Park|Sun|Ma|Lin|Hu|He|Gao|Wu|Kang|Cho|Han|Lim|Oh|Song|Yu|Le|Vu|Vo|Do|Hong|Moon|Ko|Ha|Son|Min|Ryu) [A-Z][a-z]{{1,5}}-[a-zA-Z][a-z]{{1,5}})(?![\w@'’-])"
)
_PLACES = frozenset(
    "du cheng|shi yan|su zhou|hang zhou|jin jiang|xiao mi|hua wei|yu tong|da tong|dong feng|wang fu|bai du|li ning|ren ault|peng hu|jin mao|chen du|lei bao|shi mano|jin air|meng niu|yan mar|su shi|lu xe".split(
        "|"
    )
)
# «некая alinochka», «официант maksimka»: a word in lower case after who it is
_PET = re.compile(r"(?<![\w@./-])([a-z]{4,14})(?![\w@./-])")
_LEFT = re.compile(r"([А-ЯЁа-яё-]{3,24})[ «\"]{1,2}$")
_BADGED = re.compile(r" ?\((?:так|было|на бейдж|это|подпис|пред)", re.IGNORECASE)


def foreign_names(text: str) -> Iterator[Span]:
    """Names that no Russian dictionary holds; each needs a title, an initial, a known family or somebody's role beside it."""
    for found in _TITLED.finditer(text):
        yield found.start(1), found.end(1), "NAME", found[1].lower()
    for found in _IRISH.finditer(text):
        if found[0].split()[-1] not in _SHOPS:
            yield found.start(), found.end(), "NAME", found[0].lower()
    for found in _ASIAN.finditer(text):
        if found[0].lower().replace("-", " ") not in _PLACES and _separate(text, found):
            yield found.start(), found.end(), "NAME", found[0].lower()
    for found in _INITIAL_BEFORE.finditer(text):
        name = found[1].lower()
        if len(name) > 4 and (SURNAME_ENDING.search(name) or name.endswith(("ski", "ska", "cki", "cka", "wicz"))):
            yield found.start(), found.end(), "NAME", name
    for found in _INITIAL_AFTER.finditer(text):
        if found[1].lower() not in NO_NAMES and _is_name(found[1].lower()):
            yield found.start(), found.end(), "NAME", found[1].lower()


def pet_names(text: str) -> Iterator[Span]:
    """A first name in Latin letters of lower case right after a role or «некая»."""
    for found in _PET.finditer(text):
        left = _LEFT.search(text, max(0, found.start() - 28), found.start())
        if left is None or found[1] in lists().logins:
            continue
        if kind(left[1].lower().replace("ё", "е")).bits & (ROLE | CUE | FAMILY) and _is_name(found[1]):
            yield found.start(), found.end(), "NAME", found[1]


_SHOPS = frozenset("McDonald McDonalds McCain McAfee O'Stin O'Hara MacBook MacOs McLaren McCafe O'KEY".split())


def _separate(text: str, found: re.Match[str]) -> bool:
    """Whether a pair of syllables stands alone: no further Latin word makes it a firm («Wang Lei Trading»)."""
    after = text[found.end() : found.end() + 2]
    before = text[max(0, found.start() - 2) : found.start()]
    return not (after[:1] == " " and after[1:].isascii() and after[1:].isalpha()) and not (
        before[1:] == " " and before[:1].isascii() and before[:1].isalnum()
    )


def _is_name(word: str) -> bool:
    return any(kind(form).bits & (NAME | LIKELY) == NAME | LIKELY for form in cyrillic(word))
