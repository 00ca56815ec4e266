"""Sums of money named in texts: «412 тысяч», «12 500 руб.», «1,5 млн», «три миллиона».

Only what stands before a word of money is read, so that years, flats and order numbers are no sums.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..patterns import Lazy
from ..tokens import Tokens, form_key

Float = NDArray[np.float64]

UNITS: dict[float, str] = {
    1.0: "руб рубль рубля рублей рублик рублики рубликов рублями рублях р ₽ деревянных",
    1e3: "тысяча тысячи тысяч тысячу тысячами тысячам тыс тыщ тыщи тыща т тр к косарь косаря косарей штук",
    1e6: "миллион миллиона миллионов миллионами млн лям ляма лямов лимон лимона лимонов",
}
_WORDS = {
    "один": 1, "одну": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8,
    "девять": 9, "десять": 10, "пятнадцать": 15, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50,
    "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "полтораста": 150, "двести": 200,
    "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800,
    "девятьсот": 900, "полтора": 1.5, "полторы": 1.5,
}  # fmt: skip
_DIGITS = Lazy(r"(?<![\d.,])(\d{1,3}(?:[ \u00a0.]\d{3})+|\d{1,9})(?:[.,](\d{1,2}))?[ \u00a0]?$")
_LETTERS = Lazy(r"([а-яё]+)[ \u00a0]$")
_ONE = Lazy(r"[ \u00a0](?:двести|триста|четыреста|пятьсот|шестьсот|семьсот|восемьсот|девятьсот|руб)")
REACH = 24  # characters before a unit in which its number stands
SHORT = {"р", "т", "к", "тр", "штук"}  # also other words: only right after digits
MOST = 1e12
UNIT_OF_SLIPS, SLIP = 1e3, 10_000.0
_UNIT_OF = {form_key(word): value for value, words in UNITS.items() for word in words.split()}
_SHORT_KEYS = np.array([form_key(word) for word in sorted(SHORT)], np.uint64)


def largest_sums(tokens: Tokens, texts: Sequence[str], asked: NDArray[np.bool_] | None = None) -> Float:
    """The largest sum in roubles that each text names, 0 where none.

    Parameters
    ----------
    tokens : Tokens
        Of the texts.
    texts : sequence of str
    asked : ndarray of bool of shape (n_texts,), optional
        The texts to look at; the others get 0.

    Examples
    --------
    >>> from svc.analyzers.tokens import tokenize
    >>> texts = ["Сняли 12 500 руб. и ещё 1,5 млн", "Ушло 412 тысяч", "в 2024 г. дом 5", "внесли по четыре миллиона"]
    >>> largest_sums(tokenize(texts), texts).tolist()
    [1500000.0, 412000.0, 0.0, 4000000.0]
    """
    found = np.zeros(len(texts))
    keys = np.array(list(_UNIT_OF), np.uint64)
    places = np.arange(len(tokens.key)) if asked is None else np.flatnonzero(asked[tokens.doc])
    for at in places[np.isin(tokens.key[places].astype(np.uint64), keys)].tolist():
        doc = int(tokens.doc[at])
        start = int(tokens.start[at] - tokens.offset[doc])
        before = texts[doc][max(0, start - REACH) : start].lower()
        key = int(tokens.key[at])
        number = _number(before, words=key not in _SHORT_KEYS)
        if not number and _UNIT_OF[key] > 1 and key not in _SHORT_KEYS:
            after = texts[doc][int(tokens.stop[at] - tokens.offset[doc]) :][:REACH].lower()
            number = float(bool(_ONE.match(after)))  # «миллион двести», «тысячу рублей»
        # «10000 тысяч рублей» is ten thousand: nobody counts millions in thousands
        value = number * (1.0 if _UNIT_OF[key] == UNIT_OF_SLIPS and number >= SLIP else _UNIT_OF[key])
        if value <= MOST:
            found[doc] = max(found[doc], value)
    return found


def _number(before: str, *, words: bool) -> float:
    """The number that ends a piece of text, 0 where there is none."""
    digits = _DIGITS.search(before)
    if digits:
        return float(re.sub(r"\D", "", digits[1]) + "." + (digits[2] or "0"))
    letters = _LETTERS.search(before) if words else None
    return float(_WORDS.get(letters[1], 0)) if letters else 0.0
