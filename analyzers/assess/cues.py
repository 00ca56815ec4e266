"""Which words of a chunk may tell a fact, as bits, so that a reader looks only where there is something to read.

A word has the cues of its lemma and the openings of its form. Both are those of the stems it begins with: pure
functions of a word, found once for each distinct one and looked up by token.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...lexicons import path
from ..forms import Forms
from ..tokens import Tokens
from .numerals import CARDINALS, COLLECTIVE, ORDINALS

Int = NDArray[np.int64]

NAMES = (
    "money", "pay", "time", "month", "law", "number", "times",
    "order", "contract", "within", "promise", "source", "fail", "fact",
    "contact", "visit", "paper", "wait",
    "goods", "service", "finance", "telecom", "state", "distance", "prepaid",
    "ask", "demand", "threat", "place", "chief", "public", "advice", "never", "leave",
    "said", "bare", "whole", "do_not", "one",
)  # fmt: skip
BIT = {name: 1 << i for i, name in enumerate(NAMES)}
MONEY, PAY, TIME, MONTH, LAW, NUMBER, TIMES = (BIT[name] for name in NAMES[:7])
ORDER, CONTRACT, WITHIN, PROMISE, SOURCE, FAIL, FACT = (BIT[name] for name in NAMES[7:14])
CONTACT, VISIT, PAPER, WAIT = (BIT[name] for name in NAMES[14:18])
GOODS, SERVICE, FINANCE, TELECOM, STATE, DISTANCE, PREPAID = (BIT[name] for name in NAMES[18:25])
ASK, DEMAND, THREAT, PLACE, CHIEF, PUBLIC, ADVICE, NEVER, LEAVE = (BIT[name] for name in NAMES[25:34])
SAID, BARE, WHOLE, DO_NOT, ONE = (BIT[name] for name in NAMES[34:])

OPENS = (
    "they", "says", "contrast", "none", "still", "elapsed", "kept", "pending", "recent", "free",
    "others", "unsure", "though", "paired", "preposition", "moment", "fact", "person", "site", "advert", "contracted",
    "refusal", "menace", "answered", "set",
    "no_order", "leaving", "leaving_next", "opener", "do_not", "refused", "never", "again", "public",
    "complains", "pleads", "asks", "zoned", "orders", "days", "noun", "times", "wait", "wait_not", "terms", "first",
    "range", "extra", "but", "me", "blame", "headed",
    "sum_gave", "sum_price", "sum_lost", "sum_asked", "sum_over", "sum_side", "sum_idle", "sum_theirs", "sum_total",
    "arrived",
)  # fmt: skip
OPEN = {name: 1 << i for i, name in enumerate(OPENS)}


class Stems:
    """Bits of the stems and of the whole words that a word begins with, by its first letters.

    Parameters
    ----------
    words : mapping of str to str
        Stems by name; "=" before a whole word, "!" before a stem that is none.
    bits : mapping of str to int
    """

    def __init__(self, words: Mapping[str, str], bits: Mapping[str, int]) -> None:
        self._whole: dict[str, int] = {}
        self._stems: dict[str, list[tuple[str, int, int]]] = {}
        for name, listed in words.items():
            for word in listed.split():
                stem = word.lstrip("=!")
                if word[0] == "=":
                    self._whole[stem] = self._whole.get(stem, 0) | bits[name]
                else:
                    is_none = word[0] == "!"
                    entry = stem, 0 if is_none else bits[name], bits[name] if is_none else 0
                    self._stems.setdefault(stem[:HEAD], []).append(entry)

    def __call__(self, word: str) -> int:
        """The bits of one word."""
        found, out = self._whole.get(word, 0), 0
        for stem, bits, none in self._stems.get(word[:HEAD], ()):
            if word.startswith(stem):
                found |= bits
                out |= none
        return found & ~out


DEMAND_TABLES = ("zoned", "orders")
HEAD = 3  # letters, as many as the shortest stem has


@lru_cache(maxsize=1)
def _listed() -> dict[str, Any]:
    return tomllib.loads(path("ru/cues.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _tables() -> tuple[Stems, Stems]:
    """Cues by lemma, openings by form."""
    listed = _listed()
    demands = {table: " ".join(listed[table].values()) for table in DEMAND_TABLES}
    return Stems({name: listed[name] for name in NAMES if name in listed}, BIT), Stems(listed["opens"] | demands, OPEN)


@lru_cache(maxsize=2)
def demand_stems(table: str) -> dict[str, tuple[str, ...]]:
    """Stems that open the patterns of each demand: `table` is one of `DEMAND_TABLES`."""
    return {name: tuple(words.split()) for name, words in _listed()[table].items()}


def bits_of(lemma: str) -> int:
    """The cues of one lemma.

    >>> bits_of("рубль") == MONEY, bits_of("рубленый"), bits_of("15") == NUMBER
    (True, 0, True)
    """
    if lemma[:1].isdigit():
        return NUMBER | (_tables()[0](lemma.split("-")[-1]) & TIME if "дневн" in lemma else 0)  # «в 10-дневный срок»
    found = _tables()[0](lemma)
    if (lemma in CARDINALS and lemma != "один") or lemma in COLLECTIVE or lemma in ("полтора", "пара"):
        found |= NUMBER
    if lemma in ("раз", "дважды", "трижды", "четырежды") or (lemma in ORDINALS and lemma != "первый"):
        found |= TIMES
    return found


def opens_of(form: str) -> int:
    """The openings of one form: what a pattern can begin with here.

    >>> opens_of("ногой") == OPEN["leaving"], opens_of("окно")
    (True, 0)
    """
    return _tables()[1](form)


class Cues:
    """Bits by token for one form table."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._of_lemma: dict[int, int] = {}
        self._bits: Int = np.zeros(0, np.int64)
        self._opens: Int = np.zeros(0, np.int64)

    def __call__(self, tokens: Tokens, form_ids: NDArray[np.int32]) -> tuple[Int, Int]:
        """Cues and openings of each token."""
        more = self._forms.size - len(self._bits)
        if more > 0:
            self._bits = np.append(self._bits, np.full(more, -1, np.int64))
            self._opens = np.append(self._opens, np.zeros(more, np.int64))
        new = np.flatnonzero(self._bits[form_ids] < 0)
        if len(new):
            ids, at = np.unique(form_ids[new], return_index=True)
            self._learn(ids.tolist(), [tokens.form(token) for token in new[at].tolist()])
        return self._bits[form_ids], self._opens[form_ids]

    def _learn(self, ids: Sequence[int], forms: Sequence[str]) -> None:
        """Fill the bits of forms met for the first time."""
        lemmas: list[int] = self._forms.lemma[ids].tolist()
        for lemma in set(lemmas).difference(self._of_lemma):
            self._of_lemma[lemma] = bits_of(self._forms.lemmas[lemma])
        self._bits[ids] = [self._of_lemma[lemma] for lemma in lemmas]
        self._opens[ids] = [opens_of(form) for form in forms]
