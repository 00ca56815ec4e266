"""Russian numbers in words: «пятнадцать тысяч», «десяти», «третий», «дважды»."""

from __future__ import annotations

import re

_CARDINALS = {
    0: "ноль нуля", 1: "один одного одну одна одной одним", 2: "два две двух двумя двум пара пару",
    3: "три трех тремя трем", 4: "четыре четырех четырьмя четырем", 5: "пять пяти пятью", 6: "шесть шести шестью",
    7: "семь семи семью", 8: "восемь восьми восемью", 9: "девять девяти девятью", 10: "десять десяти десятью десяток",
    11: "одиннадцать одиннадцати", 12: "двенадцать двенадцати", 13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати", 15: "пятнадцать пятнадцати", 16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати", 18: "восемнадцать восемнадцати", 19: "девятнадцать девятнадцати",
    20: "двадцать двадцати", 30: "тридцать тридцати", 40: "сорок сорока", 50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти", 70: "семьдесят семидесяти", 80: "восемьдесят восьмидесяти", 90: "девяносто девяноста",
    100: "сто ста", 200: "двести двухсот", 300: "триста трехсот", 400: "четыреста четырехсот", 500: "пятьсот пятисот",
    600: "шестьсот шестисот", 700: "семьсот семисот", 800: "восемьсот восьмисот", 900: "девятьсот девятисот",
}  # fmt: skip
CARDINALS: dict[str, float] = {word: float(value) for value, words in _CARDINALS.items() for word in words.split()}
CARDINALS |= {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5, "полтораста": 150.0}
COLLECTIVE = {"двое": 2, "двоих": 2, "трое": 3, "троих": 3, "четверо": 4, "четверых": 4, "пятеро": 5, "оба": 2, "обе": 2}
TIMES = {"дважды": 2, "трижды": 3, "четырежды": 4, "единожды": 1}
_ORDINAL_STEMS = {
    "втор": 2, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9, "десят": 10, "одиннадцат": 11,
    "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14, "пятнадцат": 15, "двадцат": 20, "тридцат": 30, "сот": 100,
}  # fmt: skip
_ENDINGS = "ый ой ая ое ую ого ому ом ым ые ых ою"
ORDINALS: dict[str, int] = {stem + end: value for stem, value in _ORDINAL_STEMS.items() for end in _ENDINGS.split()}
ORDINALS |= dict.fromkeys("третий третья третье третью третьего третьей третьему третьем третьим".split(), 3)
ORDINALS |= dict.fromkeys("первый первая первое первую первого первой".split(), 1)
_WORD = re.compile(r"[а-я]+")


def _alternatives(words: dict[str, float] | dict[str, int]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


CARDINAL_RE = rf"(?:{_alternatives(CARDINALS)})"
ORDINAL_RE = rf"(?:{_alternatives(ORDINALS)})"
WORDS_RE = rf"{CARDINAL_RE}(?:\s+{CARDINAL_RE})*"


def words_value(text: str) -> float:
    """The value of number words below a thousand.

    >>> words_value("двести тридцать пять")
    235.0
    """
    return sum(CARDINALS.get(word, 0.0) for word in _WORD.findall(text))


def number_value(text: str) -> float:
    """The value of digits or of number words.

    >>> number_value("12 500"), number_value("двух"), number_value("2,5")
    (12500.0, 2.0, 2.5)
    """
    text = text.strip()
    if text[:1].isdigit():
        return float(re.sub(r"[^\d.]", "", text.replace(",", ".")))
    return words_value(text)
