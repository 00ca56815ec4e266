"""Structured identifiers: contacts, documents, cards, addresses. Numbers are read as groups of digits, not by one pattern.

Every repetition is bounded or possessive, so no text can make a pattern backtrack (fuzzed in `tests/analyzers/test_mask.py`).
"""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Span = tuple[int, int, str, str]
"""start, stop, kind, normalised value"""

# kind -> the word in the token; True: numbered by the value's hash
TOKENS = {
    "NAME": ("ИМЯ", True), "TEL": ("ТЕЛ", True), "MAIL": ("ПОЧТА", True), "CARD": ("КАРТА", False),
    "ACCOUNT": ("СЧЁТ", False), "PASSPORT": ("ПАСПОРТ", False), "SNILS": ("СНИЛС", False), "INN": ("ИНН", False),
    "VIN": ("VIN", False), "PLATE": ("НОМЕР_ТС", False), "ADDRESS": ("АДРЕС", False), "BIRTH": ("ДАТА_РОЖД", False),
    "LOGIN": ("ЛОГИН", False), "LINK": ("ССЫЛКА", False), "IP": ("IP", False),
}  # fmt: skip

_WINDOW = 60  # characters before a number in which its word is looked for
_SPACE = r"[ \t\u00a0\u202f\u2009]"

# --- numbers -------------------------------------------------------------------------------------------------------

_GROUP = r"[ЗзбОоOIl]?\d[\dЗзбОоOoIl]*+(?!\w)"
_BODY = rf"[+(]{{0,2}}{_GROUP}(?:{_SPACE}{{0,2}}[-–—.()№]{{0,2}}{_SPACE}{{0,2}}{_GROUP})*+"
_CLUSTER = re.compile(rf"(?<![\w])(?<!\d[.,:/-])(?<![A-Z]-){_BODY}")
_GLUED = re.compile(rf"(?:инн|снилс|тел|паспорт|карта)({_BODY})", re.IGNORECASE)
_ONE_GROUP = re.compile(_GROUP)
_LOOKALIKE = str.maketrans("ЗзбОоOoIl", "336000011")

# the nearest of these words before a number says what it is; «other» protects orders, contracts and the like
_WORDS = re.compile(
    r"(?P<other>\b(?:заказ|договор|контракт|трек|отправлени|посылк|накладн|претензи|обращени|заявк|заявлени|тикет|ticket|order|"
    r"чек|артикул|арт\b|sku|штрих|серийн|s/n|sn\b|imei|имей|полис|омс\b|осаго|каско|лицев|л/с|сч[её]тчик|уин\b|постановлени|дел[оау]\b|исполнит|"
    r"лояльн|бонусн|скидочн|дисконт|терминал|фн\b|фд\b|фп\b|билет|брон|рейс|кадастр|участ|модел|инвойс|квитанци|огрн|кпп|бик\b|"
    r"корр|код|верси|прошив|сертификат|штраф|id\b|ид\b|лот\b|шпи\b|рпо\b|кассов|товар|сумм|дата|входящ|исходящ|акт\b|"
    r"тариф|баркод|barcode|гост|приказ|закон|стать|платеж|платёж|транзакц|операци|вагон|позици|показани|наряд|талон|"
    r"запис|рег\b|регистрац|инвентар|лицензи|партии|парти[яю]|кбк\b|октмо|окпо|оквэд|уип\b|бронир)[а-яё]*)"
    r"|(?P<TEL>\b(?:тел\b|телефон|тлф|моб\b|мобильн|сот\b|сотов|звон|позвон|перезв|набер|набир|whatsapp|ватсап|вацап|вайбер|viber|"
    r"телеграм|смс|sms|связ|контакт|факс|дозвон|трубк|дом\.|раб\.|гор\.|городск|домашн|рабоч)[а-яё]*)"
    r"|(?P<PASSPORT>\b(?:паспорт|загран|водительск|удостоверени)[а-яё]*)"
    r"|(?P<SNILS>\bснилс[а-яё]*|\bпенсионн[а-яё]*)"
    r"|(?P<INN>\bинн\b)"
    r"|(?P<CARD>\bкарт[аыуеой][а-яё]*|\bкарт\b)"
    r"|(?P<ACCOUNT>\bсч[её]т(?:а|у|ом|е|ов)?\b|\bр/с\b|\bр\.с\b|\bреквизит[а-яё]*)"
    r"|(?P<IP>\bip\b|\bайпи\b|\bip-|\bвход[а-яё]*)"
    r"|(?P<VIN>\bvin\b|\bвин-?код[а-яё]*|\bвин\b)"
    r"|(?P<PLATE>\b(?:госномер|гос\.? ?номер|гос\.? ?знак|г/н|номер|машин|авто|такси|водител|грз|мотоцикл|прицеп|мопед|скутер|трактор|тачк|маршрутк|автобус|троллейбус|газел|тягач|самосвал|фур[ауыео]\b|джип|иномарк|рег\. ?знак|знак)[а-яё]*)",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"(?<!\w)\w")
_UNIT_AFTER = re.compile(
    r"[ \u00a0]{0,2}(?:руб|р\b|₽|тыс|млн|коп|%|шт|балл|бонус|дн[яе]|день|час|мин|раз|кг|км|мм|см\b|м\b|лет\b|год|мес|недел|человек|чел\b|"
    r"тенге|долл|евро|квт|мб|гб)",
    re.IGNORECASE,
)
_ACCOUNTS = (
    "405",
    "406",
    "407",
    "408",
    "423",
    "426",
    "301",
    "303",
    "474",
    "452",
    "454",
    "455",
    "457",
    "421",
    "420",
    "425",
)
_NEIGHBOURS = ("375", "380", "374", "992", "993", "994", "995", "996", "998")  # codes of neighbouring countries
_PHONE_SHAPES = {
    (3, 3, 2, 2),
    (3, 3, 4),
    (3, 7),
    (4, 6),
    (4, 2, 2, 2),
    (4, 3, 3),
    (5, 1, 2, 2),
    (3, 2, 2, 3),
    (3, 4, 3),
    (3, 2, 3, 2),
    (5, 5),
}


class Group(NamedTuple):
    """Digits in a row, with the offsets in the text."""

    start: int
    stop: int
    digits: str


def luhn(digits: str) -> bool:
    """The check sum of payment cards.

    Examples
    --------
    >>> luhn("4276007018159008"), luhn("4276007018159009")
    (True, False)
    """
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char)
        if place % 2:
            value = value * 2 - 9 * (value > 4)
        total += value
    return total % 10 == 0


def snils_ok(digits: str) -> bool:
    """The two check digits of an insurance number (9 digits and a sum by place mod 101)."""
    rest = sum(int(char) * (9 - place) for place, char in enumerate(digits[:9])) % 101 % 100
    return len(digits) == 11 and rest == int(digits[9:])


_INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def inn_ok(digits: str) -> bool:
    """The check digits of a tax number: one of 10, two of 12."""

    def check(stop: int) -> bool:
        weights = _INN_WEIGHTS[11 - stop :]
        return sum(w * int(char) for w, char in zip(weights, digits[:stop], strict=False)) % 11 % 10 == int(
            digits[stop]
        )

    return check(9) if len(digits) == 10 else len(digits) == 12 and check(10) and check(11)


def context(text: str, start: int) -> tuple[str, bool]:
    """What the nearest word before says a number is, and whether it stands right before it."""
    before = text[max(0, start - _WINDOW) : start]
    last = None
    for begin in reversed(
        [one.start() for one in _BEGIN.finditer(before)]
    ):  # the nearest word tells: no need of the rest
        last = _WORDS.match(before, begin)
        if last is not None:
            break
    if last is None or last.lastgroup is None:
        return "", False
    gap = before[last.end() :]
    near = len(gap) <= 26 and not any(char in ",.;!?\n" for char in gap.strip(" .№"))
    return last.lastgroup, near


def has(low: str, hints: tuple[str, ...]) -> bool:
    """Whether one of the hints stands in a text: what lets a costlier pattern be skipped."""
    for hint in hints:  # noqa: SIM110  # any() with a generator takes twice the time, and this runs for each text
        if hint in low:
            return True
    return False


# nine digits with little between them, look-alike letters counted
_NINE = re.compile(r"\d(?:[^\w\n]{0,6}[\dЗзбОоOoIl]){8}")


def numbers(text: str, low: str, *, called: bool = True) -> Iterator[Span]:
    """Phones, cards, accounts and documents among the groups of digits."""
    if not called and not _NINE.search(text):
        return  # no nine digits anywhere, and nothing that a shorter number could be a phone for
    for found in _CLUSTER.finditer(text):
        if found.end() - found.start() >= 5:
            yield from _cluster(text, found.start(), found.end())
    if has(low, ("инн", "снилс", "тел", "паспорт", "карта")):
        for found in _GLUED.finditer(text):
            yield from _cluster(text, *found.span(1))


def _cluster(text: str, start: int, stop: int) -> Iterator[Span]:
    groups = [Group(g.start(), g.end(), g[0].translate(_LOOKALIKE)) for g in _ONE_GROUP.finditer(text, start, stop)]
    if sum(len(group.digits) for group in groups) < 9 and not _LOCAL.search(text[max(0, start - 16) : start]):
        return
    at, said = 0, context(text, start)
    while at < len(groups):
        span, used = _read(text, groups, at, said)
        if span is not None:
            yield span
        at += used


def _read(text: str, groups: list[Group], at: int, said: tuple[str, bool]) -> tuple[Span | None, int]:
    """The longest identifier that begins with a group, and how many groups it takes."""
    if at and text[groups[at - 1].stop] in ".-–" and text[groups[at].start - 1] != " ":
        return None, 1
    kind, near = said[0], said[1] and groups[at].start - groups[0].start < 9
    digits = ""
    candidates: list[tuple[int, str]] = []
    for stop in range(at, min(at + 11, len(groups))):
        digits += groups[stop].digits
        if len(digits) > 20:
            break
        if len(digits) >= 5:
            candidates.append((stop, digits))
    for stop, digits in reversed(candidates):
        if stop + 1 < len(groups) and text[groups[stop].stop] in ".-–" and text[groups[stop + 1].start - 1] != " ":
            continue
        if len(digits) < 8 and not _LOCAL.search(text[max(0, groups[at].start - 16) : groups[at].start]):
            break
        shape = tuple(len(g.digits) for g in groups[at : stop + 1])
        what = _classify(text, digits, shape, kind, near, groups[at].start, groups[stop].stop)
        if what:
            start = groups[at].start
            if start and text[start - 1] == "(" and text[groups[at].stop : groups[at].stop + 1] == ")":
                start -= 1
            if start and text[start - 1] == "+":
                start -= 1
            return (start, groups[stop].stop, what, _normal(what, digits)), stop - at + 1
    return None, 1


def _normal(kind: str, digits: str) -> str:
    return digits[-10:] if kind == "TEL" else digits


def _classify(text: str, digits: str, shape: tuple[int, ...], kind: str, near: bool, start: int, stop: int) -> str:
    """The kind of a number by its length, check digits, grouping and the word before; empty for none."""
    n, other = len(digits), kind == "other" and near
    lead = text[max(0, start - 2) : start]
    if n == 20:
        return "ACCOUNT" if not other and (kind == "ACCOUNT" or digits.startswith(_ACCOUNTS)) else ""
    if 13 <= n <= 19:
        return _card(digits, shape, kind, other)
    if _UNIT_AFTER.match(text, stop) and "+" not in lead:
        return ""
    if n == 12:
        if kind == "INN" or (not other and kind != "TEL" and len(shape) == 1 and inn_ok(digits)):
            return "INN"
        return "TEL" if kind == "TEL" and digits.startswith(_NEIGHBOURS) else _foreign(lead, n)
    if n == 11:
        if kind == "SNILS" or (shape == (3, 3, 3, 2) and snils_ok(digits)):
            return "SNILS"
        dated = shape[-3:] == (2, 2, 2) and text[stop - 3] == text[stop - 6] == "."
        return _phone11(digits, shape, kind, other, lead, dated) or (
            "SNILS" if not other and len(shape) == 1 and snils_ok(digits) else ""
        )
    if n == 10:
        return _ten(digits, shape, kind, near, "(" in lead)
    if n == 9 and kind == "PASSPORT" and near and shape in {(2, 7), (9,)}:
        return "PASSPORT"
    if n <= 7 and kind == "TEL" and near and (len(shape) > 1 or n >= 5) and not text[start - 1 : start].isalpha():
        return _local(text, shape, start)
    return _foreign(lead, n)


def _foreign(lead: str, n: int) -> str:
    return "TEL" if "+" in lead and n >= 10 else ""


_ISSUERS = ("2200", "2201", "2202", "2203", "2204", "4", "51", "52", "53", "54", "55")


def _card(digits: str, shape: tuple[int, ...], kind: str, other: bool) -> str:
    if kind == "IP" or digits[0] not in "23456":
        return ""
    valid = luhn(digits)
    if len(digits) == 16 and valid and (not other or shape == (4, 4, 4, 4)):
        return "CARD"
    if len(digits) in (18, 19) and valid and digits[0] in "256" and not other:
        return "CARD"
    if len(digits) == 16 and shape == (4, 4, 4, 4) and digits.startswith(_ISSUERS) and not other:
        return "CARD"  # a digit misread or mistyped: four by four, and an issuer's number
    return "CARD" if kind == "CARD" and (len(digits) == 16 or valid) else ""


def _phone11(digits: str, shape: tuple[int, ...], kind: str, other: bool, lead: str, dated: bool) -> str:
    if "+" in lead:
        return "TEL"
    if digits[0] not in "78":
        return ""
    if len(shape) > 1:
        plausible = shape[0] in (1, 4, 5, 7) and digits[1] in "3456789" and not dated
        return "TEL" if plausible or (kind == "TEL" and not dated) else ""
    return "TEL" if kind == "TEL" or (not other and digits[1] in "34589") else ""


def _ten(digits: str, shape: tuple[int, ...], kind: str, near: bool, paren: bool) -> str:
    other = kind == "other" and near
    if kind in {"PASSPORT", "INN"}:
        return kind
    if kind == "TEL" and (near or digits[0] == "9"):
        return "TEL"
    if other:
        return ""
    if shape in {(4, 6), (2, 2, 6)} and not paren:
        return "PASSPORT"
    if len(shape) > 1:
        return "TEL" if shape in _PHONE_SHAPES and (paren or digits[0] == "9") else ""
    return "TEL" if digits[0] == "9" else ""


_LOCAL = re.compile(
    r"(?:(?:дом|раб|гор)\.|городской|домашний|рабочий|звоните|звонить|набирайте|тел|телефон[а-яё]{0,9}|тлф|факс|моб|номеру?|по|на|с|:|№)[.:]{0,2}\s{0,2}$",
    re.IGNORECASE,
)
_LOCAL_SHAPES = {(2, 2, 2), (3, 2, 2), (1, 2, 2), (3, 3), (3, 4), (2, 3), (6,), (7,), (5,)}


def _local(text: str, shape: tuple[int, ...], start: int) -> str:
    """A city number: only right after its word."""
    return "TEL" if shape in _LOCAL_SHAPES and _LOCAL.search(text[max(0, start - 16) : start]) else ""
