"""Where each reader has something to read: words of a chunk by cue, by their neighbours and by their sentence."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..lemmas import BIT
from ..tokens import Tokens, form_key
from . import cues as c
from .page import Page

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
_THOUSAND = np.uint64(form_key("т"))
_MANY = c.NUMBER | c.TIMES


class Places:
    """The words of a chunk that readers ask about.

    Parameters
    ----------
    tokens : Tokens
    bits : ndarray of int64 of shape (n_tokens,)
        Cues.
    flags : ndarray of uint64 of shape (n_tokens,)
        Bits of `lemmas.FLAGS`.
    """

    def __init__(self, tokens: Tokens, bits: Int, flags: NDArray[np.uint64]) -> None:
        first = tokens.first
        bits = np.where(tokens.key == _THOUSAND, bits | c.MONEY, bits)  # «т» of «5 т.р.» has another lemma
        self._first = first.tolist()
        self.has = np.zeros(len(first) - 1, np.int64)
        filled = np.flatnonzero(np.diff(first))
        if len(filled):
            self.has[filled] = np.bitwise_or.reduceat(bits, first[filled])
        masks = _masks(tokens, bits, flags)
        self._lists: dict[str, tuple[list[int], list[int]]] = {}
        busy = np.zeros(len(bits), bool)
        for name, mask in masks.items():
            places = np.flatnonzero(mask)
            own = (places - first[tokens.doc[places]]).tolist()
            self._lists[name] = own, np.searchsorted(places, first).tolist()
            if name in WORTH:
                busy |= mask
        self.busy = np.zeros(len(first) - 1, bool)
        self.busy[tokens.doc[busy]] = True
        offset = tokens.offset[tokens.doc]
        self._start, self._stop = (tokens.start - offset).tolist(), (tokens.stop - offset).tolist()
        self._bits, self._sentence = bits.tolist(), tokens.sentence.tolist()

    def page(self, doc: int, text: str) -> Page:
        """One text with its places."""
        mine = slice(self._first[doc], self._first[doc + 1])
        found = {name: own[at[doc] : at[doc + 1]] for name, (own, at) in self._lists.items()}
        return Page(
            text, self._start[mine], self._stop[mine], self._bits[mine], self._sentence[mine], int(self.has[doc]), found
        )


# places that alone are worth a look; the others only help these
WORTH = ("money", "paid", "counted", "noun", "waited", "month", "promise", "fact", "demand", "place", "leave")


def _masks(tokens: Tokens, bits: Int, flags: NDArray[np.uint64]) -> dict[str, Bool]:
    """Which words each reader looks at."""
    number, many = (bits & c.NUMBER) != 0, (bits & _MANY) != 0
    same = tokens.doc[1:] == tokens.doc[:-1] if len(bits) else np.zeros(0, bool)
    before = _before(many, same)
    near = before | _before(before, same)
    close = near | _before(near, same)
    behind = _behind(number, same)
    begins = np.concatenate(([0], np.flatnonzero(np.diff(tokens.sentence)) + 1))[: len(bits)]
    length = np.diff(np.append(begins, len(bits)))
    told = np.repeat(np.bitwise_or.reduceat(bits, begins), length) if len(bits) else bits
    deeds = c.CONTACT | c.VISIT
    ask = (bits & c.ASK) != 0
    # «объясните», «замените» are read as future forms
    orders = (flags & np.uint64(BIT["imperative"] | BIT["future"])) != 0
    demand = (bits & c.DEMAND) != 0
    asks = np.zeros(len(tokens.first) - 1, bool)
    asks[tokens.doc[ask & ((told & c.DEMAND) != 0)]] = True
    asks[tokens.doc[demand & orders]] = True
    asked = asks[tokens.doc]
    no = (flags & np.uint64(BIT["not"] | BIT["nor"])) != 0
    denied = np.repeat(np.logical_or.reduceat(no, begins), length) if len(bits) else no
    lone = ((bits & c.WHOLE) != 0) | _before((bits & c.BARE) != 0, same)
    return {
        "money": (bits & c.MONEY != 0) & _before((bits & (c.NUMBER | c.MONEY)) != 0, same),
        "paid": (bits & c.PAY != 0) & (behind | _behind(behind, same) | _behind(_behind(behind, same), same)),
        "number": number,
        "counted": (bits & c.TIMES != 0) & ((told & deeds) != 0),
        "noun": (bits & (deeds | c.PAPER) != 0) & (near | behind | _behind(behind, same)),
        "waited": (bits & c.TIME != 0) & (close | lone) & ((told & c.WAIT) != 0),
        "month": (bits & c.MONTH != 0) & near & ((told & c.WAIT) != 0),
        "paper": bits & c.PAPER != 0,
        "promise": bits & (c.PROMISE | c.SAID | c.SOURCE) != 0,
        "fact": bits & c.FACT != 0,
        "demand": demand & asked,
        "ask": ask & asked,
        "threat": (bits & c.THREAT != 0) & asked,
        "place": bits & (c.PLACE | c.PUBLIC | c.CHIEF) != 0,
        "leave": (bits & (c.ADVICE | c.LEAVE) != 0)
        | ((bits & c.NEVER != 0) & denied)
        | ((bits & c.DO_NOT != 0) & _before(no, same)),
    }


def _before(mask: Bool, same: Bool) -> Bool:
    """Words whose neighbour before them, in the same text, is marked."""
    found = np.zeros(len(mask), bool)
    found[1:] = mask[:-1] & same
    return found


def _behind(mask: Bool, same: Bool) -> Bool:
    """Words whose neighbour behind them, in the same text, is marked."""
    found = np.zeros(len(mask), bool)
    found[:-1] = mask[1:] & same
    return found
