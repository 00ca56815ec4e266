"""Whether a length of time is one that somebody waited, as named marks of the words around it.

All lengths of time of a chunk are weighed at once, by operations on its columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..lemmas import BIT
from . import cues as c
from .page import Page
from .weights import names, summed
from .words import Words

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
Marks = dict[str, Bool]
REACH = 9  # words of its clause on either side of a length of time
NOT, LACK = BIT["not"] | BIT["glued_not"], BIT["no"] | BIT["nor"] | BIT["without"] | BIT["absent"]
VERB, PAST, FUTURE, IMPERATIVE, FIRST_PERSON = (
    BIT[name] for name in ("verb", "past", "future", "imperative", "first_person")
)
WAIT, TERMS = c.OPEN["wait"] | c.OPEN["wait_not"], c.OPEN["terms"]
_BEFORE = (
    "за", "через", "на", "до", "с", "по", "каждые", "уже", "почти", "больше",
    "около", "спустя", "целый", "целую", "еще", "всего",
)  # fmt: skip
_BEHIND = ("назад", "ожидания", "подряд", "без", "работы", "со", "с")
_RATE = ("в", "гарантии", "отпуска", "бесплатно")
_SIDED = ("past", "present_mine", "present")
_ANYWHERE = ("not_verb", "future", "lack", "wait", "terms", "said", "money")
TOLD = {name: 1 << i for i, name in enumerate((*_SIDED, *_ANYWHERE))}


class Length(NamedTuple):
    """A length of time told: its days, its first and last word, and whether they are counted by an ordinal."""

    page: Page
    days: float
    first: int
    last: int
    ordinal: bool


def waited(lengths: Sequence[Length]) -> list[bool]:
    """Whether somebody waited so long, for more than speaks against it; the lengths are of texts of one chunk."""
    return (summed("waited", _marks(lengths), len(lengths)) > 0).tolist() if lengths else []


def wait_marks(lengths: Sequence[Length]) -> list[set[str]]:
    """Names of the marks of each length of time; the lengths are of texts of one chunk."""
    return names(_marks(lengths), len(lengths)) if lengths else []


def _marks(lengths: Sequence[Length]) -> Marks:
    """What the words around each length of time tell of waiting, one column a mark."""
    words = lengths[0].page.words
    base = np.array([length.page.base for length in lengths])
    first, last = (base + [length[k] for length in lengths] for k in (2, 3))
    ordinal = np.array([length.ordinal for length in lengths])
    begin, end = words.begins[words.sentence[last]], words.begins[words.sentence[last] + 1]
    clause = words.tokens.clause
    left = np.maximum(np.maximum(begin, first - REACH), np.searchsorted(clause, clause[first]))
    right = np.minimum(np.minimum(end, last + REACH), np.searchsorted(clause, clause[last], "right"))
    found = {"ordinal": ordinal, "bare": ~ordinal & (first == last), "counted": ~ordinal & (first < last)}
    column = _told(words)
    before, behind = words.any_of(column, left, first), words.any_of(column, last + 1, right)
    for name in _SIDED:
        found["l_" + name], found["r_" + name] = before & TOLD[name] != 0, behind & TOLD[name] != 0
    for name in _ANYWHERE:
        found[name] = (before | behind) & TOLD[name] != 0
    found["promised"] = words.any_of(words.bits, begin, left) & c.PROMISE != 0
    found["wait_before"] = words.any_of(words.opens, begin, left) & WAIT != 0
    found["order_before"] = words.any_of(words.flags, begin, left) & IMPERATIVE != 0
    return found | _letters(lengths, (first > begin).tolist(), (last + 1 < end).tolist())


def _letters(lengths: Sequence[Length], has_before: Sequence[bool], has_behind: Sequence[bool]) -> Marks:
    """What the unit and the words right beside a length of time tell by their letters."""
    told: list[tuple[str, ...]] = []
    for length, before, behind in zip(lengths, has_before, has_behind, strict=True):
        page = length.page
        old, new = page.word(length.first - 1) if before else "", page.word(length.last + 1) if behind else ""
        beside = "b_" + new if new in _BEHIND else "b_rate" if new in _RATE else ""
        told.append(("p_" + old if old in _BEFORE else "", beside, _unit(page.word(length.last))))
    every = {name for item in told for name in item if name}
    return {name: np.array([name in item for item in told]) for name in every}


def _unit(word: str) -> str:
    if word.startswith(("год", "лет")):
        return "years"
    return "months" if word.startswith(("мес", "полг", "полм")) else "days"


def _told(words: Words) -> Int:
    """What each word of a chunk tells of waiting, as bits of `TOLD`."""
    flags, bits, opens = words.flags, words.bits, words.opens
    told = np.zeros(len(flags), np.int64)
    denied = words.denials(NOT, VERB)
    told[denied] = TOLD["not_verb"]
    to_come = ~denied & (flags & (FUTURE | IMPERATIVE) != 0)
    past = ~denied & ~to_come & (flags & PAST != 0)
    verb = ~denied & ~to_come & ~past & (flags & VERB != 0)
    mine = flags & FIRST_PERSON != 0
    for name, has in (
        ("future", to_come), ("past", past), ("present_mine", verb & mine), ("present", verb & ~mine),
        ("lack", flags & LACK != 0), ("wait", opens & WAIT != 0), ("terms", opens & TERMS != 0),
        ("said", bits & (c.PROMISE | c.SAID) != 0), ("money", bits & c.MONEY != 0),
    ):  # fmt: skip
        told |= np.where(has, TOLD[name], 0)
    return told
