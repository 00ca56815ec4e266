"""Numbers as they are dictated: words between the digits («пробел», «следом»), numerals, «три пятёрки», «точка», «слэш».

Digits in a row are read by `mask_rules` and `mask_documents`; here a run is digits, numerals and what people say between them.
Each repetition is possessive or bounded, and nothing is looked for where no word of the table stands in the text.
"""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .mask_contacts import NUMERAL, TLD, say
from .mask_rules import Span, context, has

_REPEATED = (
    "нол", "единиц", "дво", "тро", "четв", "пят", "шест", "сем", "вос", "дев",
)  # fmt: skip
_TIMES = {"два": 2, "две": 2, "пара": 2, "три": 3, "четыре": 4, "пять": 5}
_SAME = (
    rf"(?:{'|'.join(_TIMES)})\s(?:нол(?:я|ей|ика|иков)|нул(?:я|ей|ика|иков)|единицы|единиц|двойки|двоек|тройки|троек|"
    r"четв[её]рки|четв[её]рок|пят[её]рки|пят[её]рок|шест[её]рки|шест[её]рок|сем[её]рки|сем[её]рок|восьм[её]рки|восьм[её]рок|девятки|девяток)"
)
_ATOM = rf"(?:{_SAME}|(?:{NUMERAL})(?![А-Яа-яё])|\d[\dОоOoIl]*+\*{{0,4}}|\*{{4}})"
_SAID = r"(?:пробел[а-я]{0,2}|тире|дефис|черт[аоы][йчк]?[а-я]{0,2}|дальше|далее|потом|затем|следом|ид[её]т|опять|снова|ещ[её]|и в конце|в конце|последние|и|номер|контрольн[а-я]{2,3})"
_GAP = rf"(?:[ \u00a0,.(—–-]{{0,3}}(?:{_SAID}[ \u00a0,.)—–:-]{{1,3}}){{1,2}}|[ \u00a0,.()—–-]{{0,3}})"
_RUN = re.compile(rf"(?<![\w*.,/№])(?:\+|плюс\s)?{_ATOM}(?:{_GAP}{_ATOM})*+(?!\w)", re.IGNORECASE)
_PART = re.compile(rf"{_SAME}|{NUMERAL}|\d[\dОоOoIl]*\*{{0,4}}|\*{{4}}", re.IGNORECASE)
# a word, a numeral, a letter for a digit or a star right behind a digit: without one, digits are read elsewhere
_BETWEEN = re.compile(
    r"\d(?:[ОоOoIl]\d|[ \u00a0,.)(—–-]{0,4}(?:\*|[Пп]робел|тире|дефис|черт|дальше|далее|потом|затем|следом|ид[её]т|опять|снова|ещ[её]|и \d|в конце|последн|номер|контрольн|нол|нул|один|одна|два |две |двен|двад|двес|три|тро|четыр|пят|шест|сем|восем|девя|деся|сорок|сто ))"
)
_WORDED = re.compile(r"[а-яё]{2}|[Ооil*]", re.IGNORECASE)
_SEPARATOR = re.compile(r"пробел|тире|дефис", re.IGNORECASE)
_ALIKE = str.maketrans("ОоOoIil", "0000111")

_CUE = re.compile(
    r"(?P<SNILS>снилс|страхов[а-я]{2,3} (?:номер|свидетельств))|(?P<INN>(?<![а-я])инн(?![а-я]))|(?P<PASSPORT>паспорт|удостоверени|загран|(?<![а-я])сери[яи])|"
    r"(?P<CARD>(?<![а-я])карт(?:[ауыеу]|ой|очк[а-я]{1,2})?(?![а-я]))|"
    r"(?P<TEL>звон|телефон|(?<![а-я])тел(?![а-я])|номер(?! (?:заказ|договор|обращ|заяв|трек|чек|накладн|брон|рейс|полис))|ват?[сц]ап|вайбер|набер|набир|связ)|"
    r"(?P<other>заказ|договор|трек|чек[аеу]?(?![а-я])|обращени|заявк|накладн|артикул|полис|брон|рейс|счетчик|счётчик|показани|сумм|кредит)"
)
_TRIGGERS = (
    "пробел", "тире", "дефис", "дальше", "далее", "следом", "снилс", "инн", "паспорт", "карт", "плюс ", "звон", "тел", "вайб",
    "ватсап", "вацап", "набер", "набир", "номер", "**", "потом",
)  # fmt: skip
_SPACED = re.compile(r"лицев[а-яё]{2,3}[^.!?\n\d]{0,30}(?<!\d)(\d{1,2}(?: \d{1,2}){3,19})(?![\d.,-]*\d)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![\w.])\d{1,3}(?:[ ,]{1,2}(?:точка|тчк)[ ,]{1,2}\d{1,3}){3}(?!\w)", re.IGNORECASE)
_SPACED_IP = re.compile(r"(?<![\w.])(?:ip|айпи)(?![а-я])[^.!?\n\d]{0,40}(?<!\d)(\d{1,3}(?:[ -]\d{1,3}){3})(?![\d.,-]*\d)", re.IGNORECASE)  # fmt: skip
_LINK = re.compile(
    rf"(?<!\w)(?:[\w-]{{1,30}}(?:\s(?:точка|тчк|dot)\s|\.)){{1,3}}(?:{TLD}|ме|ми)(?:\s?(?:сл[эе]ш|slash|дробь)\s?[\w.@-]{{2,60}}){{1,3}}",
    re.IGNORECASE,
)
_VIN = re.compile(r"(?<![\w-])[A-HJ-NPR-ZАВЕКМНРСТУХ0-9]{2,8}(?:[ -][A-HJ-NPR-ZАВЕКМНРСТУХ0-9]{1,8}){1,8}(?![\w-])")
_VIN_CUE = re.compile(r"(?<![а-яa-z])(?:vin|вин)(?![а-яa-z])[^.!?\n]{0,30}$", re.IGNORECASE)


_CARD = re.compile(
    r"(?<![\w/.-])([2456]\d{3}[^\w\n]{1,3}\d{4}[^\w\n]{1,3}\d{4}[^\w\n]{1,3}\d{4})(?![\w/]|[ .-]{1,3}\d)"
)
_LETTERS = "авекмнорстух"
_ANY_NUMERAL = rf"(?:(?:{NUMERAL})(?!\w)|\d{{1,3}})"
_PLATE = re.compile(
    rf"(?<!\w)[{_LETTERS}] {_ANY_NUMERAL}(?: {_ANY_NUMERAL}){{0,3}}+ [{_LETTERS}] ?[{_LETTERS}](?: {_ANY_NUMERAL}){{1,3}}(?!\w)"
)


def dictated(text: str, low: str, *, spoken: bool) -> Iterator[Span]:
    """Documents, cards, phones and accounts whose digits have words between them or are words."""
    if (spoken or _BETWEEN.search(text)) and has(low, _TRIGGERS):
        for found in _RUN.finditer(text):
            if found.end() - found.start() > 9:
                yield from _told(text, low, found)
    if "карт" in low:
        for found in _CARD.finditer(text):
            if _cue(low, found.start()) != "other":
                yield found.start(), found.end(), "CARD", re.sub(r"\D", "", found[0])
    if spoken:
        for found in _PLATE.finditer(low):
            yield found.start(), found.end(), "PLATE", found[0].replace(" ", "")
    if "лицев" in low:
        for found in _SPACED.finditer(text):
            digits = found[1].replace(" ", "")
            if len(digits) > 7:
                yield found.start(1), found.end(1), "ACCOUNT", digits
    if "точка" in low or "тчк" in low:
        for found in _DOTTED.finditer(text):
            if all(int(one) < 256 for one in re.findall(r"\d+", found[0])):
                yield found.start(), found.end(), "IP", ".".join(re.findall(r"\d+", found[0]))
    if "айпи" in low or "ip" in low:
        for found in _SPACED_IP.finditer(text):
            octets = re.findall(r"\d+", found[1])
            if all(int(one) < 256 for one in octets) and int(octets[0]):
                yield found.start(1), found.end(1), "IP", ".".join(octets)
    if "слэш" in low or "слеш" in low or "slash" in low or "дробь" in low:
        for found in _LINK.finditer(text):
            yield found.start(), found.end(), "LINK", re.sub(r"\s", "", found[0]).lower()
    if "vin" in low or "вин" in low:
        for found in _VIN.finditer(text):
            vin = re.sub(r"[ -]", "", found[0])
            if len(vin) == 17 and _VIN_CUE.search(low[max(0, found.start() - 36) : found.start()]):
                yield found.start(), found.end(), "VIN", vin


def _told(text: str, low: str, found: re.Match[str]) -> Iterator[Span]:
    run = found[0].lower()
    if not _WORDED.search(run):
        return  # digits alone were read before
    parts = [_digits(one) for one in _PART.findall(run)]
    said = say([part for part in parts if part])
    kind = _kind(said, run, _cue(low, found.start()), [len(part) for part in parts if part.isdigit()])
    if kind and not (kind == "TEL" and context(text, found.start()) == ("other", True)):
        yield found.start(), found.end(), kind, said[-10:] if kind == "TEL" else said


def _digits(part: str) -> str:
    """«три пятёрки» as 555, letters for zeros as zeros, any other part as it is."""
    many, _, which = part.partition(" ")
    if which and many in _TIMES:
        place = next((n for n, stem in enumerate(_REPEATED) if which.replace("нул", "нол").startswith(stem)), None)
        return str(place) * _TIMES[many] if place is not None else ""
    return part.translate(_ALIKE).replace("*", "0") if part[0] in "0123456789*" else part


def _cue(low: str, start: int) -> str:
    """What the nearest word of the sentence before a number says it is; a word of card counts from further off."""
    before = low[max(0, start - 60) : start]
    last = None
    for last in _CUE.finditer(before):  # noqa: B007  # the last one is wanted
        pass
    return (last.lastgroup or "") if last else ""


def _kind(digits: str, run: str, cue: str, shape: list[int]) -> str:
    """The kind of a number that was told, by its length and by the word before."""
    n = len(digits)
    if n == 20:
        return "ACCOUNT" if digits.startswith(("40", "42", "30")) and cue != "other" else ""
    separated = bool(_SEPARATOR.search(run)) and cue != "other"
    if n == 16 and (cue == "CARD" or (cue != "other" and digits[0] in "245" and shape[:1] == [4])):
        return "CARD"
    if n == 16 and cue != "other" and digits[:2] in {"22", "51", "52", "53", "54", "55"} and "*" not in run:
        return "CARD"
    if n == 11:
        mobile = digits[0] in "78" and digits[1] in "3489"
        if cue == "SNILS" or (separated and not mobile):
            return "SNILS"
        return "TEL" if mobile and (cue == "TEL" or run.startswith(("+", "плюс")) or separated) else ""
    if n == 10:
        if cue in {"PASSPORT", "INN"}:
            return cue
        if cue == "TEL" and digits[0] == "9":
            return "TEL"
        return "PASSPORT" if separated else ""
    return "INN" if n == 12 and cue == "INN" else ""
