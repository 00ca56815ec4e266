"""Claims of a run: those that expire first are kept with their texts, all are counted. Formulas: docs/claims.md."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assess.claim import Clock, asked_day, base_day, clock, term_days
from .assess.facts import NOTHING, Facts, Told
from .assess.kpis import overdue_rows
from .assess.law import FINE, Rule, exposure, rules
from .assess.status import CLOSED, UNKNOWN, state_of
from .columns import NO_DATE, Columns
from .engine.local import Batch
from .evidence import MAX_QUOTE, excerpt
from .label import ChunkLabels
from .mask import mask, mask_value
from .read import Record
from .records import Claim, ClaimTotals, Exposed, LegalRule
from .told import CLAIM, written_day

Int = NDArray[np.int64]
MAX_CLAIMS = 200  # claims told one by one; all are counted
SPARE = 2  # kept for each claim told: some are duplicates
SOON = 7  # days
NEVER = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A claim that may be told."""

    order: tuple[int, int, int]  # last day, text, row's key: whatever the order of rows
    number: int
    record: Record
    facts: Facts
    clock: Clock
    demands: list[str]
    escalation: list[str]
    text: str


class ClaimShelf:
    """Open claims, those that expire first."""

    def __init__(self, today: dt.date | None) -> None:
        self._today = today
        self._kept: list[_Kept] = []

    def add(self, batch: Batch, labels: ChunkLabels, key: NDArray[np.uint64], rows: NDArray[np.int64]) -> None:
        """Take in a chunk.

        Parameters
        ----------
        key : ndarray of uint64
            As `Columns.key`.
        rows : ndarray of int64
            Their row numbers in the run's columns.
        """
        for doc in np.flatnonzero(labels.kind == CLAIM).tolist():
            record = batch[doc]
            if is_answered(record):
                continue
            facts = labels.told[doc] or NOTHING
            running = clock(facts, facts.demands, written_day(record), self._today)
            due = running.due.toordinal() if running.due else NEVER
            start = facts.amount.start if facts.amount else 0
            self._kept.append(
                _Kept(
                    (due, int(labels.content[doc]), int(key[doc])), int(rows[doc]), record, facts, running,
                    list(facts.demands), list(facts.escalation),
                    excerpt(record.text, start, start, MAX_QUOTE)[0],
                )
            )  # fmt: skip
        if len(self._kept) > 2 * SPARE * MAX_CLAIMS:
            self._kept.sort(key=lambda kept: kept.order)
            del self._kept[SPARE * MAX_CLAIMS :]

    def claims(
        self, used: NDArray[np.bool_], categories: dict[int, list[str]], until: dt.date | None, *, masked: bool
    ) -> list[Claim]:
        """The claims to tell, what expires first on top."""
        kept = sorted((kept for kept in self._kept if used[kept.number]), key=lambda kept: kept.order)[:MAX_CLAIMS]
        return [_claim(one, categories.get(one.number, []), until, self._today, masked=masked) for one in kept]


def is_answered(record: Record) -> bool:
    """Whether a claim's clock has stopped: the status decides, else a closing date or a reply."""
    state = state_of(record.status)
    return state == CLOSED or (state == UNKNOWN and (record.closed is not None or record.reply is not None))


def _claim(kept: _Kept, categories: list[str], until: dt.date | None, today: dt.date | None, *, masked: bool) -> Claim:
    record, facts, running = kept.record, kept.facts, kept.clock
    name = record.id or f"{record.source}:{record.row}"
    left = (running.due - until).days if running.due and until else None
    asked = asked_day(facts, base_day(facts, written_day(record), today))
    return Claim(
        id=mask_value(name) if masked and record.id else name,
        source=record.source,
        row=record.row,
        received=running.received.isoformat() if running.received else None,
        subject=running.subject,
        demands=kept.demands,
        amount=_value(facts.amount),
        penalty=_value(facts.penalty),
        moral_damage=_value(facts.moral_damage),
        law=[item.name for item in facts.law],
        escalation=kept.escalation,
        deadline=asked.isoformat() if asked else None,
        deadline_days=term_days(facts),
        due=running.due.isoformat() if running.due else None,
        basis=running.basis,
        days_left=left,
        provisional=running.provisional,
        rule=legal_rule(running.rule) if running.rule else None,
        unverified=[legal_rule(rule) for rule in running.shown],
        exposure=exposed(running.rule, _value(facts.amount), left),
        categories=categories,
        text=mask(kept.text).text if masked else kept.text,
    )


def _value(told: Told | None) -> float | None:
    return None if told is None else told.value


def legal_rule(rule: Rule) -> LegalRule:
    """A rule as the report has it."""
    data = asdict(rule)
    return LegalRule(**{name: data[name] for name in LegalRule.__slots__})


def exposed(rule: Rule | None, amount: float | None, left: int | None) -> Exposed | None:
    """The sum at risk with its formula; None where a part is unknown.

    >>> rule = next(rule for rule in rules() if rule.id == "service.money")
    >>> exposed(rule, 1000.0, -2).formula
    '1000 + min(0.03 * 1000 * 2, 1 * 1000) + 0.5 * (1000 + 60)'
    """
    if rule is None or amount is None or left is None:
        return None
    found = exposure(rule, amount, -left)
    text = f"{amount:.10g}"
    if left < 0 and rule.penalty:
        run_up = f"{rule.penalty:g} * {amount:.10g} * {-left}"
        part = f"min({run_up}, {rule.cap:g} * {amount:.10g})" if rule.cap is not None else run_up
        text = f"{amount:.10g} + {part} + {FINE:g} * ({amount:.10g} + {found.penalty:.10g})"
    return Exposed(**asdict(found), formula=text)


def totals(
    columns: Columns, rows: Int, doc: Int, category: Int, names: list[str], until: dt.date | None,
    late: NDArray[np.bool_],
) -> ClaimTotals | None:  # fmt: skip
    """Figures of all counted claims; None where there are none.

    Parameters
    ----------
    rows : ndarray of int64
        The counted complaints; `doc` and `category` are their labels.
    late : ndarray of bool of shape (len(rows),)
        Complaints that `kpis` counts as overdue.
    """
    claims = columns["kind"][rows] == CLAIM
    if not claims.any():
        return None
    status, closed = columns["status"][rows], columns["closed"][rows]
    answered = (status == CLOSED) | ((status == UNKNOWN) & ((closed > NO_DATE) | columns["replied"][rows]))
    running = claims & ~answered
    due = columns["due"][rows].astype(np.int64)
    day = until.toordinal() if until else 0
    dated = running & (due > NO_DATE)
    overdue = dated & (due < day) if day else np.zeros(len(rows), bool)
    soon = dated & ~overdue & (due - day <= SOON) if day else np.zeros(len(rows), bool)
    only = overdue & ~late
    count = np.bincount(category[only[doc]], minlength=len(names))
    amount = columns["sum"][rows]
    sums: list[float] = []
    for at in np.flatnonzero(running & ~np.isnan(amount)).tolist():
        number = int(columns["rule"][rows[at]])
        left = int(due[at]) - day if due[at] and day else None
        found = exposed(rules()[number - 1] if number else None, float(amount[at]), left)
        sums.append(found.total if found else 0.0)
    return ClaimTotals(
        n=int(claims.sum()), answered=int((claims & answered).sum()), dated=int(dated.sum()),
        overdue=int(overdue.sum()), soon=int(soon.sum()),
        amount=_total(amount[running & ~np.isnan(amount)].tolist()), exposure=_total(sums),
        late_only=int(only.sum()), late={names[c]: int(count[c]) for c in np.flatnonzero(count).tolist()},
        until=until.isoformat() if until else None,
    )  # fmt: skip


def _total(values: list[Any]) -> float:
    import math

    return round(math.fsum(values), 2)


__all__ = ["ClaimShelf", "exposed", "is_answered", "legal_rule", "overdue_rows", "totals"]
