"""Where each reader has something to read: words of a chunk by cue, by their neighbours and by their sentence.

A reader's words are those with which one of its patterns can begin, in a sentence that can say what the reader asks
for. All of it is a few operations on the columns of the chunk; texts without such a word are never opened.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ..lemmas import BIT
from ..tokens import COLON, NUMBER_KEY, QUOTES, Tokens, form_key
from . import cues as c
from .cues import OPEN
from .page import READERS, Chunk, Page
from .words import Words

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
_THOUSAND = np.uint64(form_key("т"))
_LONG = np.uint64(NUMBER_KEY)
_NO = BIT["not"] | BIT["nor"]
_ORDERS = BIT["imperative"] | BIT["future"]
_MANY = c.NUMBER | c.TIMES
_DEEDS = c.CONTACT | c.VISIT
_FUTURE, _TELLS, _MADE = BIT["future"], BIT["past"] | BIT["verb"], BIT["past"] | BIT["participle"]
_NOUN = BIT["noun"] | BIT["name"]
_IMPERATIVE, _INFINITIVE, _NAMED = BIT["imperative"], BIT["infinitive"], BIT["noun"] | BIT["name"] | BIT["past"]
_DENIED = BIT["not"] | BIT["nor"]
_PAD = 16  # empty words around a chunk, so that every word has neighbours
_AROUND = tuple(i for i in range(-10, 8) if i)
# readers whose words alone make a text worth a look; the others only help these
WORTH = ("money", "paid", "counted", "noun", "waited", "month", "promise", "quoted", "fact", "demand", "place", "leave")


class Places:
    """The words of a chunk that readers ask about.

    Parameters
    ----------
    tokens : Tokens
    bits, opens : ndarray of int64 of shape (n_tokens,)
        Cues and openings.
    flags : ndarray of uint64 of shape (n_tokens,)
        Bits of `lemmas.FLAGS`.
    """

    def __init__(self, tokens: Tokens, bits: Int, opens: Int, flags: NDArray[np.uint64]) -> None:
        bits = np.where(tokens.key == _THOUSAND, bits | c.MONEY, bits)  # «т» of «5 т.р.» has another lemma
        n_docs = len(tokens.first) - 1
        self._tokens = tokens
        self._work = np.zeros(n_docs, np.int64)
        self._lists: dict[str, tuple[list[int], list[int]]] = {}
        has, opened = np.zeros(n_docs, np.int64), np.zeros(n_docs, np.int64)
        words = Words.of(tokens, bits, opens, flags.view(np.int64))
        if len(bits):
            filled = np.flatnonzero(tokens.first[1:] > tokens.first[:-1])
            has[filled] = np.bitwise_or.reduceat(bits, tokens.first[filled])
            opened[filled] = np.bitwise_or.reduceat(opens, tokens.first[filled])
            for name, found in _Readers(words, n_docs).by_reader().items():
                self._keep(name, found)
        self.busy = (self._work & sum(READERS[name] for name in WORTH)) != 0
        offset = np.repeat(tokens.offset[:-1], np.diff(tokens.first))
        self._chunk = Chunk(
            tokens.first.tolist(), words.begins.tolist(),
            (tokens.start - offset).tolist(), (tokens.stop - offset).tolist(), bits.tolist(), words,
            has.tolist(), opened.tolist(), self._work.tolist(), self._lists,
        )  # fmt: skip

    def _keep(self, name: str, words: Int) -> None:
        doc = self._tokens.doc[words]
        own = (words - self._tokens.first[doc]).tolist()
        self._lists[name] = own, np.searchsorted(words, self._tokens.first).tolist()
        self._work[doc] |= READERS[name]

    def page(self, doc: int, text: str) -> Page:
        """One text with its places."""
        return Page(text, self._chunk, doc)


class _Readers:
    """The words of each reader, by the columns of a chunk, padded, and what stands around a word."""

    def __init__(self, words: Words, n_docs: int) -> None:
        tokens, bits, opens, flags = words.tokens, words.bits, words.opens, words.flags
        no = (flags & _NO) != 0
        large = (bits & c.NUMBER != 0) & (tokens.stop - tokens.start >= 3)
        bits = bits | (no * _DENIES) | (large * _LARGE)
        self._bits, self._opens = _padded(bits, 0), _padded(opens, 0)
        self._quotes, leads = _leads(tokens)
        self._lead = _padded(leads, 0)
        self._doc, self._clause = _padded(tokens.doc, -1), _padded(tokens.clause, -1)
        self._key = tokens.key
        self._cued, self._opening = np.flatnonzero(bits), np.flatnonzero(opens)
        self._cues_there, self._opens_there = bits[self._cued], opens[self._opening]
        self._sentence, begins = words.sentence, words.begins[:-1]
        self._told = np.bitwise_or.reduceat(bits, begins)
        self._flags = _padded(flags, 0)
        self._said = np.bitwise_or.reduceat(opens, begins)
        self._n_docs = n_docs
        self._doc_of = tokens.doc
        self._orders = (flags & _ORDERS) != 0
        self._asks = words.question[words.sentence]
        self._imperatives = np.flatnonzero((flags & (_IMPERATIVE | _NAMED)) == _IMPERATIVE)
        self._infinitives = np.flatnonzero(flags & _INFINITIVE)

    def by_reader(self) -> dict[str, Int]:
        """Words by reader."""
        return {**self._sums(), **self._efforts(), **self._demands()} | {
            "promise": self._promises(), "quoted": self._quoted(),
            "fact": self._where(c.FACT, "fact"), "place": self._taken(), "leave": self._leaving()
        }  # fmt: skip

    # -- what stands where ---------------------------------------------------------------------------------------------

    def _where(self, cues: int, *opens: str) -> Int:
        """Words with one of some cues and, if any are named, one of some openings."""
        found = self._cued[self._cues_there & cues != 0]
        return found[self._opens[found + _PAD] & _any(opens) != 0] if opens else found

    def _opened(self, name: str) -> Int:
        """Words with an opening, whatever their cues."""
        return self._opening[self._opens_there & OPEN[name] != 0]

    def _near(self, words: Int, bits: int, steps: Iterable[int]) -> Bool:
        """Which words have one of some cues at one of some steps, in the same text."""
        return self._beside(self._bits, words, bits, steps)

    def _opens_near(self, words: Int, names: Iterable[str], steps: Iterable[int]) -> Bool:
        """Which words have one of some openings at one of some steps, in the same text."""
        return self._beside(self._opens, words, _any(names), steps)

    def _flags_near(self, words: Int, flags: int, steps: Iterable[int]) -> Bool:
        """Which words have one of some flags at one of some steps, in the same text."""
        return self._beside(self._flags, words, flags, steps)

    def _beside(self, column: Int, words: Int, bits: int, steps: Iterable[int]) -> Bool:
        at, found = words + _PAD, np.zeros(len(words), bool)
        doc = self._doc[at]
        for step in steps:
            found |= (column[at + step] & bits != 0) & (self._doc[at + step] == doc)
        return found

    def _in_sentence(self, words: Int, cues: int) -> Bool:
        return self._told[self._sentence[words]] & cues != 0

    def _sentences(self, words: Int) -> Bool:
        """Sentences in which one of some words stands."""
        found = np.zeros(len(self._told), bool)
        found[self._sentence[words]] = True
        return found

    # -- the readers ---------------------------------------------------------------------------------------------------

    def _sums(self) -> dict[str, Int]:
        money, paid = self._where(c.MONEY), self._where(c.PAY)
        return {
            "number": self._where(c.NUMBER),
            "money": money[self._near(money, c.NUMBER | c.MONEY | c.ONE, (-1,))],
            "paid": paid[self._near(paid, _LARGE, (1, 2, 3, 4))],
        }

    def _efforts(self) -> dict[str, Int]:
        times = self._where(c.TIMES, "times")
        times = times[self._near(times, _DEEDS, _AROUND)]
        noun = self._where(_DEEDS | c.PAPER, "noun")
        days = self._where(c.TIME, "days")
        days = days[self._in_sentence(days, c.WAIT) & (self._key[days - 1] != _LONG)]  # «2024 года»
        month = self._where(c.MONTH)
        month = month[self._opens_near(month, ("range",), (-2,)) & self._in_sentence(month, c.WAIT)]
        some = _MANY | c.ONE
        many = self._near(days, _MANY, (-1, -2, -3)) | self._near(days, c.WHOLE, (0,)) | self._near(days, c.BARE, (-1,))
        many |= self._clause[days + _PAD] != self._clause[days + _PAD - 1]  # «Год добиваюсь»
        return {
            "counted": times,
            "noun": noun[self._near(noun, some, (-1, -2)) | self._near(noun, some, (1, 2))],
            "waited": days[many],
            "month": month[self._near(month, _MANY, (-1,))],
            "paper": self._where(c.PAPER),
        }

    def _demands(self) -> dict[str, Int]:
        asks, pleads = self._where(c.ASK, "asks", "pleads"), self._where(c.ASK, "pleads")
        demand = _joined(self._where(c.DEMAND, "zoned", "orders"), self._plain_orders())
        # «объясните», «замените» are read as future forms
        listed = (self._opens[demand + _PAD] & OPEN["orders"] != 0) & self._orders[demand]
        orders = demand[listed | (self._flags[demand + _PAD] & _IMPERATIVE != 0)]
        asked = np.zeros(self._n_docs, bool)
        last = np.full(len(self._told), -1)
        last[self._sentence[demand]] = demand  # of several words of a sentence the last is kept
        asked[self._doc_of[asks[last[self._sentence[asks]] >= asks]]] = True
        asked[self._doc_of[orders]] = True
        asked[self._doc_of[demand[self._asks[demand]]]] = True  # «когда вернёте?»
        latest = np.full(self._n_docs, -1)
        latest[self._doc_of[demand]] = demand
        asked[self._doc_of[pleads[latest[self._doc_of[pleads]] > pleads]]] = True  # «требую: 1. …»
        found = {"demand": demand, "ask": asks, "threat": self._where(c.THREAT)}
        return {name: words[asked[self._doc_of[words]]] for name, words in found.items()}

    def _plain_orders(self) -> Int:
        """Imperatives to a company, and infinitives in a sentence that pleads, whatever their verb."""
        orders = self._imperatives
        pleads = self._opened("pleads")
        pleading = self._sentences(pleads[self._flags[pleads + _PAD] & BIT["past"] == 0])
        asked = self._infinitives
        words = _joined(orders, asked[pleading[self._sentence[asked]]])
        words = words[self._opens[words + _PAD] & OPEN["no_order"] == 0]
        return words[~self._flags_near(words, _DENIED, (-1,))]

    def _promises(self) -> Int:
        """Words of promise, of telling what will be, and of places where something is written."""
        told = self._where(c.SAID)
        named = self._flags_near(told, _NOUN, (-1,)) | self._opens_near(told, ("person",), (-2, -3, 1))
        flags, opens = self._flags[told + _PAD], self._opens[told + _PAD]
        # «менеджер сказал», «парень говорит»; whose «сказал» is, none can tell
        named |= self._said[self._sentence[told]] & OPEN["person"] != 0  # «представитель привез карту и сказал, что»
        named &= (flags & _TELLS == _TELLS) | (opens & OPEN["says"] != 0)
        told = told[named | (opens & OPEN["they"] != 0) | self._led(told, 1)]
        at = told + _PAD
        closing = (self._clause[at] != self._clause[at - 1]) & self._breaks(told, 4)  # «носитель, говорила менеджер»
        told = told[self._ahead(told) | self._led(told, 2) | closing]
        sure = self._where(c.PROMISE)
        set_ = self._opens[sure + _PAD] & OPEN["set"] != 0  # «назначили на среду», not «назначили роли»
        dated = self._near(sure, c.NUMBER | c.TIME | c.MONTH, range(1, 7)) | self._opens_near(
            sure, ("moment",), range(1, 7)
        )
        sure = sure[~set_ | dated]
        opened = self._opens[sure + _PAD] & OPEN["paired"] != 0
        pair = self._flags_near(sure, _MADE, (1, 2)) | self._near(sure, c.NUMBER | c.PROMISE, (1,))
        people = self._opened("person")
        people = people[self._led(people, 6)]
        return _joined(told, sure[pair | ~opened], self._sources(), people)

    def _quoted(self) -> Int:
        """First words of quotations that speak of what is to come, or that some place or person is said to say."""
        words = self._quotes
        told = self._near(words, c.SOURCE | c.SAID | c.PROMISE, range(-5, 0)) | self._opens_near(
            words, ("says", "person", "headed"), range(-5, 0)
        )
        return words[told | self._ahead(words, 0)]

    def _ahead(self, words: Int, first: int = 1) -> Bool:
        """Which words have something that is to come, or a figure, among the next ones."""
        found = self._near(words, c.NUMBER | c.TIME, range(first, 7)) | self._opens_near(
            words, ("moment", "free"), range(first, 7)
        )
        return found | self._flags_near(words, _FUTURE, range(first, 9))

    def _sources(self) -> Int:
        """Words for a place where a promise is written, with what is written there."""
        words = self._where(c.SOURCE)
        opens = self._opens[words + _PAD]
        says = self._opens_near(words, ("says",), (1, 2, 3))
        inside = self._opens_near(words, ("preposition",), (-1, -2)) | (opens & OPEN["advert"] != 0)
        inside |= (opens & OPEN["contracted"] != 0) & self._opens_near(words, ("preposition",), (1,))  # «договор на …»
        inside &= (
            self._near(words, c.NUMBER, range(1, 7))
            | self._breaks(words, 1)
            | self._opens_near(words, ("arrived",), range(2, 7))
            | self._opens_near(words, ("free", "moment"), range(1, 7))
        )
        inside &= opens & OPEN["headed"] == 0
        return words[inside | says | self._led(words, 4)]

    def _led(self, words: Int, reach: int) -> Bool:
        """Which words have a colon behind them, or a quotation, before so many more words of their text."""
        return self._beside(self._lead, words, 1, range(reach))

    def _breaks(self, words: Int, reach: int) -> Bool:
        """Which words have a mark of punctuation among the next few words."""
        at = words + _PAD
        return (self._clause[at] != self._clause[at + reach]) | (self._doc[at] != self._doc[at + reach])

    def _taken(self) -> Int:
        chief = self._where(c.CHIEF)
        chief = chief[self._said[self._sentence[chief]] & OPEN["complains"] != 0]
        return _joined(self._where(c.PLACE), self._where(c.PUBLIC, "public"), chief)

    def _leaving(self) -> Int:
        no = self._where(_DENIES)
        refused = self._sentences(no[self._opens_near(no, ("refused",), (1, 2, 3))])
        never = self._where(c.NEVER, "never")
        never = never[refused[self._sentence[never]]]
        leave = self._where(c.LEAVE, "leaving", "leaving_next")
        later = self._beside(self._opens, leave, OPEN["leaving"], (0,)) | self._opens_near(leave, ("opener",), (-1,))
        do_not = self._where(c.DO_NOT, "do_not", "leaving")
        do_not = do_not[self._near(do_not, _DENIES, (-1,))]
        return _joined(self._where(c.ADVICE), never, leave[later], do_not)


_DENIES, _LARGE = 1 << 61, 1 << 62  # beside the cues: «не» and «ни», and numbers of three signs or more


def _leads(tokens: Tokens) -> tuple[Int, Int]:
    """First words of quotations, and by word 1 where a colon or a quotation follows."""
    start, stop, normal = tokens.start, tokens.stop, tokens.normal
    quoted = np.isin(normal[np.maximum(start - 1, 0)], [ord(mark) for mark in QUOTES]) & (start > 0)
    colon = (normal[stop] == ord(COLON)) & (normal[np.minimum(stop + 1, len(normal) - 1)] == 0)
    leads = colon.astype(np.int64)
    leads[:-1] |= quoted[1:]
    return np.flatnonzero(quoted), leads


def _any(names: Iterable[str]) -> int:
    found = 0
    for name in names:
        found |= OPEN[name]
    return found


def _padded(column: Int, fill: int) -> Int:
    """A column with empty words around it."""
    found = np.full(len(column) + 2 * _PAD, fill, np.int64)
    found[_PAD:-_PAD] = column
    return found


def _joined(*parts: Int) -> Int:
    """Words of some lists, in order, each once."""
    words = np.sort(np.concatenate(parts))
    return words[np.append(True, words[1:] > words[:-1])] if len(words) else words
