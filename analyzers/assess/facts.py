"""The facts of claims, promises and effort in a chunk of texts: readers asked only where a word of theirs stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..forms import Forms
from ..tokens import Tokens
from . import cues as c
from .amounts import MORAL, PENALTY, chosen, sums
from .churn import leaves
from .cited import Named, contract, laws, order
from .dates_in_text import Term, TextDate, dates, deadline, roles
from .demand import UNPAID, demands, escalation
from .effort import Effort, effort, lengths
from .expectation import Gap, gaps
from .page import READERS, Page
from .places import Places
from .stake import Sum, disputed
from .waits import Length, waited

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
SUBJECTS = (
    ("finance", c.FINANCE), ("telecom", c.TELECOM), ("state", c.STATE), ("goods", c.GOODS), ("service", c.SERVICE),
    ("distance", c.DISTANCE), ("prepaid", c.PREPAID),
)  # fmt: skip
ALL_SUBJECTS = sum(bit for _, bit in SUBJECTS)
NUMBER, MONTH, DEMAND, PLACE, LEAVE = (READERS[name] for name in ("number", "month", "demand", "place", "leave"))
EFFORTS = sum(READERS[name] for name in ("counted", "noun", "waited", "month"))
WAITED = READERS["waited"]
SUMS = READERS["money"] | READERS["paid"]


class Told(NamedTuple):
    """A number told, with its place in the text."""

    value: float
    start: int
    stop: int


class Facts(NamedTuple):
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
        self._forms = forms
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
        places = self.places(tokens, form_ids)
        found: list[Facts | None] = [None] * len(texts)
        signs = np.array(["₽" in text for text in texts], bool)
        docs = np.flatnonzero(troubled & (places.busy | claims | signs)).tolist()
        pages = [places.page(doc, texts[doc]) for doc in docs]
        promises, waits = gaps(pages), _waits(pages)
        for n, (doc, page) in enumerate(zip(docs, pages, strict=True)):
            found[doc] = facts_of(page, promises.get(n), waits.get(doc, ()), claim=bool(claims[doc]))
        return found

    def places(self, tokens: Tokens, form_ids: NDArray[np.int32]) -> Places:
        """Where each reader has something to read."""
        bits, opens = self._cues(tokens, form_ids)
        return Places(tokens, bits, opens, self._forms.flags[form_ids])


def facts_of(page: Page, promise: Gap | None, waits: Sequence[Length], *, claim: bool) -> Facts | None:
    """All that one text tells, None where it tells nothing.

    Parameters
    ----------
    page : Page
    promise : Gap or None
        Its broken promise.
    waits : sequence of Length
        Lengths of time that somebody waited.
    claim : bool
        Whether it surely demands something.
    """
    has, work = page.has, page.work
    asked = demands(page) if work & DEMAND or (work & SUMS and ("?" in page.low or "если" in page.low)) else ()
    claim = claim or bool(asked)
    days = dates(page) if work & NUMBER and (claim or work & MONTH) else []
    cost = effort(page, days, waits) if work & EFFORTS else None
    places = escalation(page) if work & PLACE else ()
    left = leaves(page) if work & LEAVE else False
    if not claim:
        paid = work & SUMS or "₽" in page.text
        amount, penalty, moral = _money(page, (), claim=False) if paid else (None, None, None)
        if not (amount or penalty or moral or promise or cost or places or left):
            return None
        return Facts(amount, penalty, moral, promise=promise, effort=cost, escalation=places, churn=left)
    limit = deadline(page, days) if has & (c.TIME | c.MONTH) or days else None
    if limit is not None and not asked and UNPAID.search(page.low):
        asked = ("refund",)  # «деньги не пришли, жду до пятницы»
    amount, penalty, moral = _money(page, asked, claim)
    purchase, claimed = roles(page, days, limit)
    facts = Facts(
        amount, penalty, moral,
        tuple(laws(page.low)) if has & c.LAW else (),
        limit, purchase, claimed,
        order(page.low, page.text) if has & c.ORDER else None,
        contract(page.low, page.text) if has & c.CONTRACT else None,
        promise, cost, _subjects(page), asked, places, left,
    )  # fmt: skip
    return None if facts == NOTHING else facts


def _waits(pages: Sequence[Page]) -> dict[int, list[Length]]:
    """Lengths of time that somebody waited, by number of the text in the chunk."""
    every = [length for page in pages if page.work & WAITED for length in lengths(page)]
    found: dict[int, list[Length]] = {}
    for length, long in zip(every, waited(every), strict=True):
        if long:
            found.setdefault(length.page.doc, []).append(length)
    return found


def _money(page: Page, asked: Collection[str], claim: bool) -> tuple[Told | None, Told | None, Told | None]:
    """The sum in dispute, the penalty and the moral damage."""
    found = sums(page, asked=asked)
    best = disputed(found, asked, page, claim=claim)
    return _told(best), _told(chosen(found, PENALTY)), _told(chosen(found, MORAL))


def _subjects(page: Page) -> tuple[tuple[str, int], ...]:
    """Subjects of law by the words told, commonest first."""
    told = [bits for bits in page.bits if bits & ALL_SUBJECTS]
    counts = [(name, sum(1 for bits in told if bits & bit)) for name, bit in SUBJECTS if page.has & bit]
    return tuple(sorted(counts, key=lambda item: -item[1]))


def _told(found: Sum | None) -> Told | None:
    return None if found is None else Told(found.value, found.start, found.stop)
