"""The facts of claims, promises and effort in a chunk of texts: readers asked only where a word of theirs stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..forms import Forms
from ..tokens import Tokens
from . import cues as c
from .amounts import DISPUTE, MORAL, PENALTY, chosen, sums
from .churn import leaves
from .cited import Named, contract, laws, order
from .dates_in_text import Term, TextDate, dates, deadline, roles
from .demand import UNPAID, demands, escalation
from .effort import Effort, effort
from .expectation import Gap, gap

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
SUBJECTS = (
    ("finance", c.FINANCE), ("telecom", c.TELECOM), ("state", c.STATE), ("goods", c.GOODS), ("service", c.SERVICE),
    ("distance", c.DISTANCE), ("prepaid", c.PREPAID),
)  # fmt: skip
_READ = c.ASK | c.LEAVE | c.ESCALATE | c.MONEY | c.PAY | c.TIME | c.MONTH | c.LAW | c.PROMISE | c.TIMES | c.ORDER | c.CONTRACT | c.NUMBER | c.PAPER
LOOSE, FIRM, LOST = 1, 2, 5  # weights of `amounts.Sum` from which a sum is in dispute
IDLE = {"explanation", "action", "apology", "punishment"}
EXTRAS = {"penalty", "compensation"}
_COUNTED = c.TIMES | c.NUMBER


@dataclass(frozen=True, slots=True)
class Told:
    """A number told, with its place in the text."""

    value: float
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text tells of its claim; None where nothing is told.

    Attributes
    ----------
    amount, penalty, moral_damage : Told or None
        In roubles.
    law : tuple of Named
    limit : Term or TextDate or None
        The deadline that the customer sets.
    purchase, claim : TextDate or None
    order, contract : Named or None
    promise : Gap or None
    effort : Effort or None
    demands, escalation : tuple of str
        Of the vocabularies.
    churn : bool
        Whether the author leaves or warns others off.
    subjects : tuple of (str, int)
        Words of each subject of law, commonest first.
    """

    amount: Told | None = None
    penalty: Told | None = None
    moral_damage: Told | None = None
    law: tuple[Named, ...] = ()
    limit: Term | TextDate | None = None
    purchase: TextDate | None = None
    claim: TextDate | None = None
    order: Named | None = None
    contract: Named | None = None
    promise: Gap | None = None
    effort: Effort | None = None
    subjects: tuple[tuple[str, int], ...] = ()
    demands: tuple[str, ...] = ()
    escalation: tuple[str, ...] = ()
    churn: bool = False


NOTHING = Facts()


class FactReader:
    """Reads the facts of a chunk."""

    def __init__(self, forms: Forms) -> None:
        self._cues = c.Cues(forms)

    def read(
        self, tokens: Tokens, form_ids: NDArray[np.int32], texts: Sequence[str], claims: Bool, troubled: Bool
    ) -> list[Facts | None]:
        """Facts of each text, None where there is none.

        Parameters
        ----------
        tokens : Tokens
        form_ids : ndarray of int32 of shape (n_tokens,)
        texts : sequence of str
        claims : ndarray of bool of shape (n_texts,)
            Texts that demand something: of these the deadline, dates and numbers are read too.
        troubled : ndarray of bool of shape (n_texts,)
            Texts that may report a problem; the others are passed over.
        """
        bits = self._cues(form_ids)
        n = len(texts)
        has = np.zeros(n, np.int64)
        np.bitwise_or.at(has, tokens.doc, bits)
        found: list[Facts | None] = [None] * n
        for doc in np.flatnonzero(troubled & ((has & _READ) != 0)).tolist():
            first, last = int(tokens.first[doc]), int(tokens.first[doc + 1])
            page = _Page(texts[doc], tokens, doc, bits[first:last], int(has[doc]))
            facts = page.facts(bool(claims[doc]))
            if facts != NOTHING:
                found[doc] = facts
        return found


class _Page:
    """One text with its cues."""

    def __init__(self, text: str, tokens: Tokens, doc: int, bits: Int, has: int) -> None:
        first, last = int(tokens.first[doc]), int(tokens.first[doc + 1])
        offset = int(tokens.offset[doc])
        self.text, self.has, self.bits = text, has, bits
        self.low = lowered(text)
        self.start = (tokens.start[first:last] - offset).tolist()
        self.stop = (tokens.stop[first:last] - offset).tolist()
        number = tokens.sentence[first:last]
        self.number = (number - number[0]).tolist() if len(number) else []
        begins = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist()] if len(number) else []
        starts = [self.start[i] for i in begins]
        self.sentences = list(zip(starts, [*starts[1:], len(text)], strict=True))
        # numbers of sentences may jump over empty ones
        self.place = {self.number[at]: i for i, at in enumerate(begins)}

    def at(self, bit: int) -> list[int]:
        """Tokens with a cue."""
        return np.flatnonzero(self.bits & bit).tolist()

    def facts(self, claim: bool) -> Facts:
        """All that is told."""
        ends = [start for start, _ in self.sentences[1:]] + [len(self.text)]
        amount = penalty = moral = None
        asked = self.demands()
        claim = claim or bool(asked)
        units = self.units()
        pays = [self.stop[i] for i in self.at(c.PAY)] if self.has & c.PAY and self.has & c.NUMBER else []
        if units or pays or (claim and self.has & c.NUMBER):
            found = sums(self.low, units, pays, ends, asked=asked, claim=claim)
            best = chosen(found, DISPUTE)
            if best is not None and best.weight < (LOOSE if asked else FIRM):
                best = None
            if best is not None and best.weight < LOST and asked and (set(asked) <= EXTRAS or set(asked) <= IDLE):
                best = None  # a penalty alone is demanded, or words: the price is not in dispute
            amount, penalty, moral = (_told(item) for item in (best, chosen(found, PENALTY), chosen(found, MORAL)))
        told = laws(self.low) if self.has & c.LAW else []
        limit = purchase = claimed = ordered = contracted = None
        if claim:
            days = dates(self.low) if self.has & (c.NUMBER | c.MONTH) else []
            if self.has & c.TIME or days:
                limit = deadline(self.low, days, ends)
            if limit is not None and not asked and UNPAID.search(self.low):
                asked = ("refund",)  # «деньги не пришли, жду до пятницы»
            purchase, claimed = roles(self.low, days, limit, ends)
            ordered = order(self.low, self.text) if self.has & c.ORDER else None
            contracted = contract(self.low, self.text) if self.has & c.CONTRACT else None
        return Facts(
            amount, penalty, moral, tuple(told), limit, purchase, claimed, ordered, contracted, self.promise(),
            self.effort(), self.subjects() if claim else (), asked, self.escalation(),
            bool(self.has & c.LEAVE) and leaves(self.low),
        )  # fmt: skip

    def units(self) -> list[int]:
        """Where words and signs of money begin."""
        places = [self.start[i] for i in self.at(c.MONEY)] if self.has & c.MONEY else []
        at = self.low.find("₽")
        if at < 0:
            return places
        while at >= 0:
            places.append(at)
            at = self.low.find("₽", at + 1)
        return sorted(places)

    def demands(self) -> tuple[str, ...]:
        """What is demanded."""
        if not self.has & c.ASK:
            return ()
        hot = sorted({self.place[self.number[i]] for i in self.at(c.ASK)})
        return tuple(demands(self.low, self.sentences, hot))

    def escalation(self) -> tuple[str, ...]:
        """Where the matter goes."""
        if not self.has & c.ESCALATE:
            return ()
        hot = sorted({self.place[self.number[i]] for i in self.at(c.ESCALATE)})
        return tuple(escalation(self.low, [self.sentences[i] for i in hot]))

    def promise(self) -> Gap | None:
        """A broken promise."""
        if not self.has & c.PROMISE:
            return None
        hot = sorted({self.place[self.number[i]] for i in self.at(c.PROMISE)})
        return gap(self.low, self.sentences, hot)

    def effort(self) -> Effort | None:
        """Contacts, days, visits and papers."""
        wants, counted = "", self.has & _COUNTED
        wants += "c" if counted and self.has & c.CONTACT else ""
        wants += "v" if counted and self.has & c.VISIT else ""
        wants += "d" if self.has & c.TIME or (self.has & c.MONTH and self.has & c.NUMBER) else ""
        wants += "p" if self.has & c.PAPER else ""
        if not wants:
            return None
        hot = sorted({self.place[self.number[i]] for i in self.at(c.TIME | _COUNTED | c.MONTH | c.PAPER)})
        days = dates(self.low) if self.has & c.MONTH and "d" in wants else []
        found = effort(self.low, [self.sentences[i] for i in hot], days, wants)
        return found if found.told() else None

    def subjects(self) -> tuple[tuple[str, int], ...]:
        """Subjects of law by the words told."""
        counts = [(name, int(np.count_nonzero(self.bits & bit))) for name, bit in SUBJECTS if self.has & bit]
        return tuple(sorted(counts, key=lambda item: -item[1]))


def _told(found: object) -> Told | None:
    return None if found is None else Told(found.value, found.start, found.stop)  # type: ignore[attr-defined]


def lowered(text: str) -> str:
    """Lower case with «ё» as «е», every character in its place.

    >>> lowered("Ещё İ")
    'еще i'
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lowered
        low = "".join(char.lower()[:1] for char in text)
    return low.replace("ё", "е")
