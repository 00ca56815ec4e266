"""Articles of law, orders and contracts named in a text (lowered, «ё» as «е»)."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..patterns import Lazy

_CODES = (
    (r"зозпп|ззпп|озпп|\bзпп\b|о защите (?:прав )?потребител|2300-?\s?[1i]|закона? рф о защите", "ЗоЗПП"),
    (r"\bгк\b|гражданск\w+ кодекс", "ГК"), (r"коап|об административных", "КоАП"), (r"\bук рф|уголовн\w+ кодекс", "УК"),
    (r"\bжк\b|жилищн\w+ кодекс", "ЖК"), (r"\bтк\b|трудов\w+ кодекс", "ТК"), (r"воздушн\w+ кодекс", "ВзК"),
    (r"\bгпк\b", "ГПК"), (r"о связи\b", "126-ФЗ"), (r"об осаго", "40-ФЗ"),
)  # fmt: skip
_CODE = Lazy("|".join(f"(?P<c{i}>{pattern})" for i, (pattern, _) in enumerate(_CODES)))
# one of these stands in every text that names a code
_SIGNS = (
    "зпп", "потребител", "2300", "о защите", "гк", "жк", "тк", "кодекс", "коап", "административных", "ук рф", "о связи",
    "осаго",
)  # fmt: skip
_NUMBERED = Lazy(r"№?\s?(\d{2,3})\s?-?\s?фз\b|\bфз\s?[-№]*\s?(\d{2,3})\b")
_ARTICLE = Lazy(
    r"(?:\bст\.?|\bстат[а-я]+|\bстст\.?)\s*((?:\d{1,4}(?:\.\d{1,2})?(?:\s*(?:,|и|-|–)\s*(?=\d))?(?:\s?ч\.\s?\d)?)+)"
)
_DECREE = Lazy(r"(?:постановлени\w+|\bпп)[^.\d]{0,40}№?\s?(354|491|2463|1236|1441|1853|290|416)\b")
_CODE_NUMBER = r"((?=[\w/-]*\d)[a-zа-я0-9]+(?:[-/][\w]+)*)"
_ORDER = Lazy(
    rf"(?:\b(?:заказ|накладн|трек(?:-номер)?|брон[ьи]|отправлени|рпо)[а-я]*|order)(?:\s+(?:номер|был|"
    rf"рпо))?\s*(?:№|n\b|#|:|номер)*\s*{_CODE_NUMBER}(?![.,]\d|\s*(?:дн|руб|р\b|₽|тыс|шт|раз|\w+бря|\w+вар|мар|"
    rf"апр|ма[яй]|ию))"
    rf"|номер[а-я]*\s+(?:\w+\s+)?(?:заказа|накладной|отправления)\s*[:№—–-]*\s*{_CODE_NUMBER}"
)
_CONTRACT = Lazy(
    r"(?:договор|контракт)[а-я-]*\s+(?:(?!от\b|за\b|на\b|с\b|до\b|в\b)[а-я-]+\s+){0,3}?(?:№|n\b|#|номер|:)*\s*"
    r"((?=[\w/-]*\d)(?:[a-zа-я0-9]+(?:[-/][\w]+)+|\d{4,}))(?![.,]\d)"
    r"|(?:договор|контракт|полис)[а-я-]*(?:\s+(?!от\b|за\b|на\b)[а-я-]+){0,4}?\s*(?:№|#)\s*" + _CODE_NUMBER
)


class Named(NamedTuple):
    """Something named in a text: its normal name and its place."""

    name: str
    start: int
    stop: int


def laws(low: str) -> list[Named]:
    """Articles cited, each once, as «ЗоЗПП 18», «ГК 395», «161-ФЗ».

    >>> [item.name for item in laws("на основании ст. 18, 22 закона о защите прав потребителей и ст. 395 гк рф")]
    ['ЗоЗПП 18', 'ЗоЗПП 22', 'ГК 395']
    """
    codes: list[tuple[int, int, str]] = []
    if any(sign in low for sign in _SIGNS):
        codes += [(m.start(), m.end(), _CODES[int(str(m.lastgroup)[1:])][1]) for m in _CODE.finditer(low)]
    if "фз" in low:
        codes += [(m.start(), m.end(), f"{m[1] or m[2]}-ФЗ") for m in _NUMBERED.finditer(low)]
    if "постановл" in low or "пп" in low:
        codes += [(m.start(), m.end(), f"ПП {m[1]}") for m in _DECREE.finditer(low)]
    codes.sort()
    found: list[Named] = []
    told: set[int] = set()
    for match in _ARTICLE.finditer(low):
        following = [i for i, code in enumerate(codes) if -3 <= code[0] - match.end() <= 60]
        before = [i for i, code in enumerate(codes) if 0 <= match.start() - code[1] <= 12]
        at = following[0] if following else before[-1] if before else None
        earlier = [i for i, code in enumerate(codes) if code[1] <= match.start()]
        if at is None and earlier and not re.match(r"\s*(?:закон|правил|договор|устав)", low[match.end() :]):
            at = earlier[-1]
        name = "ЗоЗПП" if at is None and re.search(r"закон", low[match.end() : match.end() + 20]) else None
        if at is not None and codes[at][2].startswith("ПП"):
            at = None
        if at is not None:
            told.add(at)
            name = codes[at][2]
        for number in re.findall(r"\d{1,4}(?:\.\d{1,2})?", re.sub(r"ч\.\s?\d", "", match[1])):
            found.append(Named(f"{name} {number}" if name else f"ст. {number}", match.start(), match.end()))
    found += [
        Named(name, start, stop)
        for i, (start, stop, name) in enumerate(codes)
        if i not in told and not any(item.name.startswith(name + " ") for item in found)
    ]
    seen: dict[str, Named] = {}
    for item in sorted(found, key=lambda item: (item.start, item.stop)):
        seen.setdefault(item.name, item)
    return list(seen.values())


def order(low: str, text: str) -> Named | None:
    """The number of an order."""
    return _first(_ORDER, low, text)


def contract(low: str, text: str) -> Named | None:
    """The number of a contract or policy."""
    return _first(_CONTRACT, low, text)


def _first(pattern: Lazy, low: str, text: str) -> Named | None:
    for match in pattern.finditer(low):
        group = 1 if match[1] else 2
        start, stop = match.span(group)
        name = text[start:stop].rstrip("-/.")
        if any(char.isdigit() for char in name) and len(name) >= 2:
            return Named(name, start, start + len(name))
    return None
