"""What speaks for and against a broken promise, as named marks of its words and of the words behind it.

All cases of a chunk are weighed at once, by operations on its columns: a promise stands in every third complaint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..lemmas import BIT
from . import cues as c
from .figures import CLOCK, DATE, TIME, Figure, figures
from .page import Page
from .weights import names, summed
from .words import Words, expanded

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
Marks = dict[str, Bool]

NOUN, VERB, PAST, FUTURE, FIRST = (
    BIT["noun"] | BIT["name"], BIT["verb"], BIT["past"], BIT["future"], BIT["first_person"],
)  # fmt: skip
IMPERATIVE, INFINITIVE, MODAL, NOT = BIT["imperative"], BIT["infinitive"], BIT["modal"], BIT["not"] | BIT["glued_not"]
LACK = BIT["no"] | BIT["nor"] | BIT["without"] | BIT["absent"] | BIT["no_such"]
OPEN = c.OPEN
KINDS = ("promise", "agreed", "said", "source", "instead", "speech", "fact", "quote")
# what a word behind a promise tells by its opening; what its flags and cues tell; what is found by comparing
_BY_OPENING = ("contrast", "none", "still", "elapsed", "kept", "pending", "recent", "moment", "person")
_BY_FLAGS = ("past", "plans", "not_verb", "lack", "ask", "fail", "figure", "but")
_BY_ECHO = ("echo", "echo_not", "echo_noun")
_BY_FIGURES = ("same", "better", "worse", "other_figure", "same_day", "other_day")
TOLD = {name: 1 << i for i, name in enumerate((*_BY_OPENING, *_BY_FLAGS, *_BY_ECHO, *_BY_FIGURES))}
_FOR = sum(
    TOLD[name]
    for name in (
        "not_verb", "lack", "none", "fail", "still", "elapsed", "contrast", "worse", "other_figure", "echo_not", "but",
    )
)  # fmt: skip
# these mean the same wherever they stand; the others another thing in the promise's own sentence than in the next one
_SHARED = frozenset((*_BY_FIGURES, "kept", "pending", "echo", "echo_not", "ask"))
_GROUPS = {"said": ("said", "speech"), "written": ("source", "instead"), "quoted": ("quote",)}
_PROMISING = ("c_future", "c_number", "c_time", "c_free", "c_not", "c_refusal", "c_order", "says")
_UNMADE = ("own", "asked", "denied", "unsure", "others", "present", "as")


@dataclass(slots=True)
class Case:
    """A promise that may have been broken.

    Attributes
    ----------
    page : Page
    kind : str
        Of `KINDS`.
    word, first, last : int
        The word that tells of it, the first word of its span, and the first word behind it.
    start, end : int
        Span of the promise.
    after : list of (int, int)
        Words of each stretch in which its outcome may stand, at most `STRETCHES`.
    content : (int, int)
        Words of what is promised.
    quoted : bool
        Whether the promise is quoted.
    ended : bool
        Whether the word of promise stands behind what is promised.
    """

    page: Page
    kind: str
    word: int
    first: int
    last: int
    start: int
    end: int
    after: list[tuple[int, int]]
    content: tuple[int, int]
    quoted: bool = False
    ended: bool = False


STRETCHES = 3  # the rest of the promise's sentence and two more


class Weighed(NamedTuple):
    """What the cases of a chunk are worth.

    Attributes
    ----------
    weight : ndarray of int64 of shape (n_cases,)
        Log odds of a broken promise, in hundredths.
    told : ndarray of int64 of shape (n_cases, 2)
        Words in which the outcome is told: the first stretch that speaks of a breach, else the first one.
    before : ndarray of bool of shape (n_cases,)
        Whether the outcome stands before the promise: «…, хотя обещали завтра».
    """

    weight: Int
    told: Int
    before: Bool


def weigh(cases: Sequence[Case]) -> Weighed:
    """Weigh cases of texts of one chunk; at least one."""
    columns = _Columns(cases)
    weight = summed("promise", columns.marks(), len(cases))
    return Weighed(weight, columns.outcome(), columns.before)


def marks(cases: Sequence[Case]) -> list[set[str]]:
    """Names of the marks of each case; the cases are of texts of one chunk."""
    return names(_Columns(cases).marks(), len(cases)) if cases else []


class _Columns:
    """Cases as columns."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases, self.words = cases, cases[0].page.words
        words, n = self.words, len(cases)
        self.kind = np.array([KINDS.index(case.kind) for case in cases])
        places = [(case.page.base, case.word, case.first, case.last, *case.content) for case in cases]
        self.base, word, first, last, begin, end = np.array(places, np.int64).T
        self.content = self.base + begin, self.base + end
        self.word, self.first = self.base + word, self.base + first
        self.last = np.maximum(self.base + last, self.word + 1)
        sentence = words.sentence[self.word]
        self.begin, self.stop = words.begins[sentence], words.begins[sentence + 1]
        after = np.zeros((n, STRETCHES, 2), np.int64)
        for k, case in enumerate(cases):
            for m, (first, last) in enumerate(case.after):
                after[k, m] = first + case.page.base, last + case.page.base
        self.after = after
        self.before = np.zeros(n, bool)
        self.stretches = np.zeros((n, STRETCHES), np.int64)

    def marks(self) -> Marks:
        """All marks of the cases, one column each; also finds where their outcomes are told."""
        found = {f"k_{name}": self.kind == k for k, name in enumerate(KINDS)}
        self._maker(found)
        self._earlier(found)
        self._content(found)
        late = (self.after[:, 0, 1] == 0) & (self.first > self.begin)
        self.before = found["before"] = (found["though"] & (self.first - self.begin > 2)) | late
        self.after[self.before] = 0
        self.after[self.before, 0] = np.stack((self.begin, self.first), axis=1)[self.before]
        self._stretches(found)
        return found

    def outcome(self) -> Int:
        """Where each outcome is told, once the marks are found."""
        speaks = self.stretches & _FOR != 0
        chosen = np.where(_any(speaks), speaks.argmax(axis=1), 0)
        told = self.after[np.arange(len(chosen)), chosen]
        return np.where((told[:, 1] > 0)[:, None], told - self.base[:, None], 0)

    def _is(self, *kinds: str) -> Bool:
        bits = sum(1 << KINDS.index(name) for name in kinds)
        return (1 << self.kind) & bits != 0

    # -- who promises ------------------------------------------------------------------------------------------------

    def _maker(self, found: Marks) -> None:
        """Who promises, when, and whether anybody does."""
        words, i = self.words, self.word
        mine, opens = words.flags[i], words.opens[i]
        past = mine & PAST != 0
        found["asked"] = mine & (IMPERATIVE | INFINITIVE) != 0
        found["present"] = ~past & (mine & VERB != 0)
        told = past & self._is("promise", "said")
        found["they"] = told & (words.ends(i, "ли") | words.ends(i, "лись"))
        named = (i > self.begin) & (words.flags[i - 1] & NOUN != 0)
        found["somebody"] = told & named & ~found["they"]
        found["whose"] = told & ~named & ~found["they"]
        agreed = self._is("agreed") & (i + 1 < len(words.flags)) & (words.flags[words.within(i + 1)] & PAST != 0)
        # the first word of a quotation is no word of promise
        found["past"] = (past & ~self._is("quote")) | agreed
        written = self._is("source", "instead")
        found["answered"] = self._is("said") & (opens & OPEN["answered"] != 0)  # rather a fact than a promise
        found["placed"] = written & (self.first < i)
        for name in ("site", "advert", "contracted"):
            found[name] = written & (opens & OPEN[name] != 0)
        around = words.any_of(words.opens, np.maximum(self.begin, i - 3), i)
        quoted = self._is("quote")
        behind = i + 1
        behind[quoted] = self.last[quoted]
        stop = np.minimum(words.begins[words.sentence[words.within(behind)] + 1], behind + 4)
        around |= words.any_of(words.opens, behind, stop)
        found["says"] = around & OPEN["says"] != 0
        self._speaker(found, quoted, behind, stop)
        found["own"] = (mine & FIRST != 0) | (
            words.any_of(words.opens, np.maximum(self.begin, i - 3), i) & OPEN["me"] != 0
        )

    def _speaker(self, found: Marks, quoted: Bool, behind: Int, stop: Int) -> None:
        """Who is quoted: the words before a quotation, or behind it."""
        words, i = self.words, self.word
        first = np.maximum(self.base, i - 5)
        bits = words.any_of(words.bits, first, i) | words.any_of(words.bits, behind, stop)
        opens = words.any_of(words.opens, first, i) | words.any_of(words.opens, behind, stop)
        for name, bit in (("source", c.SOURCE), ("said", c.SAID), ("promise", c.PROMISE)):
            found["quote_" + name] = quoted & (bits & bit != 0)
        found["quote_person"] = quoted & (opens & OPEN["person"] != 0)

    def _earlier(self, found: Marks) -> None:
        """What the words before a promise tell of it."""
        words, i = self.words, self.word
        near = words.any_of(words.opens, np.maximum(self.begin, i - 4), i)
        earlier = words.any_of(words.opens, self.begin, i)
        no = words.any_of(words.flags, np.maximum(self.begin, i - 2), i) & NOT != 0
        found["denied"] = no | (near & OPEN["none"] != 0)
        found["person"] = near & OPEN["person"] != 0
        found["earlier_kept"] = earlier & OPEN["kept"] != 0  # «раньше обещанного»
        behind = words.any_of(words.opens, i + 1, np.minimum(self.stop, i + 4))  # «слышали от соседей»
        found["others"] = (earlier | behind) & OPEN["others"] != 0
        found["unsure"] = earlier & OPEN["unsure"] != 0
        though = words.any_of(words.opens, np.maximum(self.begin, i - 2), i) & OPEN["though"] != 0
        found["as"] = np.zeros(len(i), bool)
        for k in np.flatnonzero(though).tolist():
            found["as"][k] = _as_promised(self.cases[k])
        found["though"] = though & ~found["as"]

    def _content(self, found: Marks) -> None:
        """What is promised."""
        words, (first, last) = self.words, self.content
        flags, bits, opens = (words.any_of(column, first, last) for column in (words.flags, words.bits, words.opens))
        for name, flag in (
            ("c_future", FUTURE), ("c_infinitive", INFINITIVE), ("c_not", NOT | LACK), ("c_past", PAST),
            ("c_modal", MODAL), ("c_lack", LACK), ("c_order", IMPERATIVE),
        ):  # fmt: skip
            found[name] = flags & flag != 0
        found["c_number"] = bits & c.NUMBER != 0
        found["c_time"] = (bits & (c.TIME | c.MONTH) != 0) | (opens & OPEN["moment"] != 0)
        found["c_free"] = opens & OPEN["free"] != 0
        found["c_short"] = last - first < 2
        found["c_quoted"] = np.array([case.quoted for case in self.cases])
        found["c_refusal"] = opens & OPEN["refusal"] != 0
        found["c_menace"] = opens & OPEN["menace"] != 0
        found["c_ended"] = np.array([case.ended for case in self.cases])
        for group, kinds in _GROUPS.items():  # what is told, and what is written, promises by what it says
            mine = self._is(*kinds)
            plain = mine.copy()
            for name in _PROMISING:
                found[f"{group}_{name}"] = mine & found[name]
                plain &= ~found[name]
            found[f"{group}_plain"] = plain
        found["c_asks"] = (bits & c.ASK != 0) | (opens & OPEN["pleads"] != 0)
        opened, has = np.array([(case.page.opened, case.page.has) for case in self.cases], np.int64).T
        for name in ("kept", "pleads"):
            found["t_" + name] = opened & OPEN[name] != 0
        for name in ("demand", "ask", "place", "advice"):
            found["t_" + name] = has & c.BIT[name] != 0

    # -- what came of it -----------------------------------------------------------------------------------------------

    def _stretches(self, found: Marks) -> None:
        """What the stretches behind each promise tell of its outcome."""
        words, (first, last) = self.words, (self.after[:, :, 0], self.after[:, :, 1])
        full = last > first
        asks = full & words.question[words.sentence[words.within(last - 1)]]
        valid = full & ~asks
        found["question"], found["nothing"] = _any(asks), ~_any(valid)
        opens, bits, told = (
            words.any_of(column, first.ravel(), last.ravel()).reshape(first.shape)
            for column in (words.opens, words.bits, _outcomes(words))
        )
        told |= _opened(opens, bits)
        opening = words.opens[words.within(first)] | np.where(last - first > 1, words.opens[words.within(first + 1)], 0)
        told |= np.where(opening & OPEN["but"] != 0, TOLD["but"], 0)
        told[~valid] = 0
        self._echo(told, valid)
        self._compare(told, found["c_number"] | found["c_time"])
        self.stretches = told
        # «перейдите в раздел…»: nobody tells what happened
        end = np.maximum(self.stop, last.max(axis=1))
        flags = words.any_of(words.flags, self.begin, end)
        found["untold"] = flags & (PAST | FIRST) == 0
        found["instructs"] = found["untold"] & (flags & IMPERATIVE != 0)
        own = np.zeros_like(valid)
        own[:, 0] = first[:, 0] < self.stop
        here, next_ = _joined(np.where(own, told, 0)), _joined(np.where(own, 0, told))
        for name, bit in TOLD.items():
            shared = name in _SHARED
            found[f"o_{name}"] = ((here | next_) & bit != 0) if shared else here & bit != 0
            if name == "kept":
                found["o_kept"] |= found.pop("earlier_kept")
            if not shared:
                found[f"n_{name}"] = next_ & bit != 0
        self._sums_up(found, here | next_)

    def _sums_up(self, found: Marks, told: Int) -> None:
        """Whether anything speaks of a breach, and whether there was a promise at all."""
        count = np.bitwise_count(told & _FOR)
        made = found["past"].copy()
        for name in _UNMADE:
            made &= ~found[name]
        found["evidence"], found["evidence_2"] = count > 0, count > 1
        found["made"], found["made_evidence"] = made, made & (count > 0)
        for group, kinds in _GROUPS.items():
            mine = self._is(*kinds)
            found[f"{group}_evidence"] = mine & (count > 0)
            found[f"{group}_well"] = mine & (count > 0) & ~found[f"{group}_plain"]
            found[f"{group}_quoted"] = mine & found["c_quoted"]
            found[f"{group}_quoted_plain"] = mine & found["c_quoted"] & found[f"{group}_plain"]

    def _echo(self, told: Int, valid: Bool) -> None:
        """Words of the promise that come again: with «не» it was not kept, without it was."""
        words, n = self.words, len(self.cases)
        case, word = expanded(*self.content)
        promised = words.stem(word)
        first, last = (np.where(valid, self.after[:, :, side], 0).ravel() for side in (0, 1))
        cell, later = expanded(first, last)
        came = words.stem(later)
        _, ids = np.unique(np.append(promised, came), return_inverse=True)
        ids = np.where(np.append(promised, came) == 0, -1, ids * n)
        mine = ids[: len(case)] + case
        theirs = ids[len(case) :] + cell // STRETCHES
        hit = np.isin(theirs, mine[promised != 0]) & (came != 0)
        cell, word = cell[hit], later[hit]
        near = words.any_of(words.flags, np.maximum(first[cell], word - 2), np.minimum(last[cell], word + 3))
        verb = words.flags[word] & VERB != 0
        bits = np.where(near & (NOT | LACK) != 0, TOLD["echo_not"], np.where(verb, TOLD["echo"], TOLD["echo_noun"]))
        np.bitwise_or.at(told.reshape(-1), cell, bits)

    def _compare(self, told: Int, measured: Bool) -> None:
        """Whether the figures that came are those promised."""
        any_told = _joined(told) & (TOLD["figure"] | TOLD["moment"]) != 0
        for k in np.flatnonzero(measured & any_told).tolist():
            case, base = self.cases[k], int(self.base[k])
            promised = figures(case.page, *case.content)
            if not (promised[0] or promised[1]):
                continue
            for m, (first, last) in enumerate(self.after[k].tolist()):
                if told[k, m] & (TOLD["figure"] | TOLD["moment"]):
                    bits = compared(promised, figures(case.page, first - base, last - base))
                    told[k, m] |= bits
                    if bits & (TOLD["same"] | TOLD["better"]) and not bits & TOLD["worse"]:
                        told[k, m] &= ~TOLD["figure"]


def _any(cells: Bool) -> Bool:
    """Which rows have a true cell."""
    return np.logical_or.reduce(cells, axis=1, dtype=bool)


def _joined(cells: Int) -> Int:
    """All bits of each row."""
    return np.bitwise_or.reduce(cells, axis=1, dtype=np.int64)


def _as_promised(case: Case) -> bool:
    """«как обещали», «чем обещали», «как и обещали»."""
    page, i = case.page, case.word
    before = page.word(i - 1)
    return before in ("как", "чем") or (before == "и" and page.word(i - 2) == "как")


def _opened(opens: Int, bits: Int) -> Int:
    """What openings and cues tell of an outcome, as bits of `TOLD`."""
    told = np.where(bits & c.FAIL != 0, TOLD["fail"], 0)
    told |= np.where(bits & (c.NUMBER | c.TIME | c.MONTH) != 0, TOLD["figure"], 0)
    for name in _BY_OPENING:
        told |= np.where(opens & OPEN[name] != 0, TOLD[name], 0)
    return told


def _outcomes(words: Words) -> Int:
    """What each word of a chunk tells of an outcome by its flags, as bits of `TOLD`."""
    flags, opens = words.flags, words.opens
    told = np.zeros(len(flags), np.int64)
    told |= np.where((flags & (PAST | VERB) == PAST | VERB) & (flags & NOT == 0), TOLD["past"], 0)
    told |= np.where(flags & (FIRST | FUTURE) == FIRST | FUTURE, TOLD["plans"], 0)
    told |= np.where(words.denials(NOT, VERB), TOLD["not_verb"], 0)
    at = np.flatnonzero((flags & LACK != 0) & (flags & NOT == 0))
    begin, end = words.begins[words.sentence[at]], words.begins[words.sentence[at] + 1]
    blame = words.any_of(opens, np.maximum(begin, at - 2), np.minimum(end, at + 3)) & OPEN["blame"] != 0
    told[at] |= np.where(blame, TOLD["kept"], TOLD["lack"])  # «вопросов нет», «без проблем»
    at = np.flatnonzero(flags & (IMPERATIVE | PAST | NOT | LACK) == IMPERATIVE)
    told[at] |= np.where(words.ends(at, "те"), TOLD["ask"], 0)
    return told


def compared(promised: tuple[list[Figure], set[str]], came: tuple[list[Figure], set[str]]) -> int:
    """Whether the figures that came are those promised, better or worse, as bits of `TOLD`."""
    told = 0
    for one in promised[0]:
        for other in came[0]:
            if one.unit != other.unit:
                continue
            if one.value == other.value:
                told |= TOLD["same"]
            elif one.unit in (TIME, CLOCK, DATE):
                told |= TOLD["worse" if other.value > one.value else "better"]
            else:
                told |= TOLD["other_figure"]
    if promised[1] and came[1]:
        told |= TOLD["same_day" if promised[1] & came[1] else "other_day"]
    return told
