"""Claims with their clock and price, promises not kept, and what it cost people."""

from __future__ import annotations

from dataclasses import dataclass

from .findings import Title


@dataclass(slots=True)
class LegalRule:
    """A dated rule of `lexicons/law` that fits a claim; one that is not verified computes nothing."""

    id: str
    title: Title
    article: str
    days: int | None
    unit: str
    penalty: float | None
    cap: float | None
    source: str
    verified: bool


@dataclass(slots=True)
class Exposed:
    """What a claim may cost on the day of the report, in roubles.

    Attributes
    ----------
    formula : str
        ``total = amount + min(rate * amount * days, cap * amount) + fine`` with its figures.
    capped : bool
        The penalty has reached its cap.
    """

    amount: float
    penalty: float
    fine: float
    total: float
    capped: bool
    formula: str


@dataclass(slots=True)
class Claim:
    """An open claim with its clock; what is not told stays null.

    Attributes
    ----------
    penalty, moral_damage : float or None
        As demanded, in roubles.
    deadline, deadline_days
        As the customer set them; `due` is the last day by law, else the customer's (`basis`).
    days_left : int or None
        Negative: overdue by so many days.
    provisional : bool
        The term runs through a year whose production calendar is not verified.
    unverified : list of LegalRule
        Rules that may fit, and compute nothing.
    """

    id: str
    source: str
    row: int
    received: str | None
    subject: str | None
    demands: list[str]
    amount: float | None
    penalty: float | None
    moral_damage: float | None
    law: list[str]
    escalation: list[str]
    deadline: str | None
    deadline_days: int | None
    due: str | None
    basis: str | None
    days_left: int | None
    provisional: bool
    rule: LegalRule | None
    unverified: list[LegalRule]
    exposure: Exposed | None
    categories: list[str]
    text: str


@dataclass(slots=True)
class ClaimTotals:
    """All counted claims.

    Attributes
    ----------
    until : str or None
        The day against which terms are counted: `--today`, else the last day of the file.
    answered : int
        No clock runs for these.
    dated : int
        Open ones whose last day is known; `overdue` and `soon` (`SOON` days) are of these.
    amount, exposure : float
        Roubles, where known, of the open ones.
    late : dict of category to int
        Overdue claims that `kpis.overdue` does not count, by category; `late_only` in all.
    """

    n: int
    answered: int
    dated: int
    overdue: int
    soon: int
    amount: float
    exposure: float
    late_only: int
    late: dict[str, int]
    until: str | None


@dataclass(slots=True)
class Gap:
    """A broken promise: both halves as spans of the masked `text`."""

    id: str
    source: str
    row: int
    text: str
    promised: list[int]
    got: list[int]


@dataclass(slots=True)
class Expectation:
    """Broken promises of one maker.

    Attributes
    ----------
    by : {"operator", "site", "contract", "advertisement", "other"}
    categories : dict of category to int
        Commonest first.
    """

    by: str
    n: int
    share: float
    categories: dict[str, int]
    quotes: list[Gap]


@dataclass(slots=True)
class EffortOf:
    """What complaints cost their authors: how many told each figure, and its median."""

    id: str | None
    n: int
    contacts_n: int
    contacts: float | None
    days_waited_n: int
    days_waited: float | None
    visits_n: int
    visits: float | None
    documents_n: int
    documents: float | None


@dataclass(slots=True)
class Efforts:
    """Effort in all, and by category where three or more told a figure."""

    total: EffortOf
    categories: list[EffortOf]
