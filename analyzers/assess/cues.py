"""Which words of a chunk may tell a fact: bits by lemma, so that a reader looks only where there is something to read.

A lemma's bits are those of the stems it begins with: a pure function of the lemma, found once and looked up by token.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...lexicons import path
from ..forms import Forms
from .numerals import CARDINALS, COLLECTIVE, ORDINALS

Int = NDArray[np.int64]

NAMES = (
    "money", "pay", "time", "month", "law", "number", "times",
    "order", "contract", "within", "promise", "source", "fail", "bonus", "fact",
    "contact", "visit", "paper", "wait",
    "goods", "service", "finance", "telecom", "state", "distance", "prepaid",
    "ask", "demand", "threat", "place", "chief", "public", "advice", "never", "leave",
    "said", "bare", "whole", "do_not",
)  # fmt: skip
BIT = {name: 1 << i for i, name in enumerate(NAMES)}
MONEY, PAY, TIME, MONTH, LAW, NUMBER, TIMES = (BIT[name] for name in NAMES[:7])
ORDER, CONTRACT, WITHIN, PROMISE, SOURCE, FAIL, BONUS, FACT = (BIT[name] for name in NAMES[7:15])
CONTACT, VISIT, PAPER, WAIT = (BIT[name] for name in NAMES[15:19])
GOODS, SERVICE, FINANCE, TELECOM, STATE, DISTANCE, PREPAID = (BIT[name] for name in NAMES[19:26])
ASK, DEMAND, THREAT, PLACE, CHIEF, PUBLIC, ADVICE, NEVER, LEAVE = (BIT[name] for name in NAMES[26:35])
SAID, BARE, WHOLE, DO_NOT = (BIT[name] for name in NAMES[35:])
_LONGEST = 16


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Bits by whole lemma, by stem, and by stem that is none."""
    whole: dict[str, int] = {}
    stems: dict[str, int] = {}
    none: dict[str, int] = {}
    for name, words in tomllib.loads(path("ru/cues.toml").read_text("utf-8")).items():
        for word in words.split():
            table = whole if word[0] == "=" else none if word[0] == "!" else stems
            key = word.lstrip("=!")
            table[key] = table.get(key, 0) | BIT[name]
    return whole, stems, none


def bits_of(lemma: str) -> int:
    """The bits of one lemma.

    >>> bits_of("рубль") == MONEY, bits_of("рубленый"), bits_of("15") == NUMBER
    (True, 0, True)
    """
    if lemma[:1].isdigit():
        return NUMBER
    whole, stems, none = _tables()
    found, out = whole.get(lemma, 0), 0
    for length in range(2, min(len(lemma), _LONGEST) + 1):
        stem = lemma[:length]
        found |= stems.get(stem, 0)
        out |= none.get(stem, 0)
    found &= ~out
    if (lemma in CARDINALS and lemma != "один") or lemma in COLLECTIVE or lemma in ("полтора", "пара"):
        found |= NUMBER
    if lemma in ("раз", "дважды", "трижды", "четырежды") or (lemma in ORDINALS and lemma != "первый"):
        found |= TIMES
    return found


class Cues:
    """Bits by token for one form table."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._bits: Int = np.zeros(0, np.int64)

    def __call__(self, form_ids: NDArray[np.int32]) -> Int:
        """Bits of each token."""
        known, lemmas = len(self._bits), self._forms.lemmas
        if known < len(lemmas):
            new = np.fromiter(map(bits_of, lemmas[known:]), np.int64, len(lemmas) - known)
            self._bits = np.append(self._bits, new)
        return self._bits[self._forms.lemma[form_ids]]
