"""Gates held against a report: pass, warn, fail or unknown. No figure is made here, only compared.

Logic is Kleene's: what cannot be known makes a gate unknown only where it would decide.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .gates import LETTERS, Condition, Gate, parse_gate
from .records import Finding, Report, Verdict
from .vocabulary import SYSTEMS

FEW_COUNTS = ("class", "overdue")  # «мало данных» findings count for these only
NO_GROWTH, NO_STATUS, NO_OVERDUE, FEW, ACCEPTED, NONE = (
    "no_growth", "no_status", "no_overdue", "few", "accepted", "no_complaints",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a condition came to: whether it holds (None: unknown), on which value, by which findings."""

    holds: bool | None
    value: float | str | None
    why: str | None = None
    findings: tuple[str, ...] = ()


def judge(
    report: Report, fail_on: Sequence[Gate], warn_on: Sequence[Gate], accepted: Container[str] = frozenset()
) -> None:
    """Fill in `Report.gates` and `Report.success`.

    Parameters
    ----------
    report : Report
    fail_on, warn_on : sequence of Gate
    accepted : container of str
        Ids of findings and systems whose pain is accepted: they cross no gate.
    """
    judged = _Judge(report, accepted)
    report.gates = [
        *(judged.verdict(gate, "fail") for gate in fail_on),
        *(judged.verdict(gate, "warn") for gate in warn_on),
    ]
    report.success = all(verdict.verdict != "fail" for verdict in report.gates)


def read_gates(expressions: Iterable[str], aliases: Callable[[str], str], known: Iterable[str]) -> list[Gate]:
    """Gates as written, with their ids resolved.

    Parameters
    ----------
    expressions : iterable of str
    aliases : callable
        Old id -> present id.
    known : iterable of str
        Ids of categories and themes.

    Raises
    ------
    GateError
        With the place and the nearest name.
    """
    names = list(known)
    allowed = {*names, *SYSTEMS}

    def resolve(name: str) -> str | None:
        present = name if name in allowed else aliases(name)
        return present if present in allowed else None

    return [parse_gate(expr, resolve, names) for expr in expressions]


class _Judge:
    def __init__(self, report: Report, accepted: Container[str]) -> None:
        self.report, self.accepted = report, accepted
        self.findings = {finding.id: finding for finding in report.findings}
        self.systems = {group.id: group for group in report.systems}
        self.grows = any(finding.growth is not None for finding in report.findings)
        self.known_status = any(finding.status is not None for finding in report.findings)

    def verdict(self, gate: Gate, level: str) -> Verdict:
        loose = [condition for condition in gate.conditions if condition.per_finding]
        outcomes = [self.outcome(c) for c in gate.conditions if not c.per_finding]
        shared = self.any_finding(loose) if loose else None
        holds = _all([o.holds for o in outcomes] + ([shared.holds] if shared else []))
        parts: list[dict[str, Any]] = []
        rest = iter(outcomes)
        for condition in gate.conditions:
            outcome = self.alone(condition, shared) if condition.per_finding and shared else next(rest)
            parts.append(
                {"expr": condition.text(), "scope": condition.scope, "value": outcome.value,
                 "limit": condition.shown_limit, "why": outcome.why}
            )  # fmt: skip
        crossed = level if holds else "unknown" if holds is None else "pass"
        found = [name for o in (*outcomes, *([shared] if shared else [])) for name in o.findings] if holds else []
        first = parts[0]
        return Verdict(
            expr=gate.expr, level=level, scope=first["scope"], value=first["value"], limit=first["limit"],
            verdict=crossed, why=next((part["why"] for part in parts if part["why"]), None),
            findings=list(dict.fromkeys(found)), conditions=parts if len(parts) > 1 else [],
        )  # fmt: skip

    # -- conditions about any finding --------------------------------------------------------------------------------

    def any_finding(self, conditions: Sequence[Condition]) -> _Outcome:
        """Whether one finding keeps all the conditions."""
        found: list[bool | None] = []
        crossing: list[str] = []
        for finding in self.report.findings:
            if finding.id in self.accepted:
                continue
            holds = _all([self.on_finding(condition, finding).holds for condition in conditions])
            found.append(holds)
            if holds:
                crossing.append(finding.id)
        return _Outcome(_any(found), None, findings=tuple(crossing))

    def alone(self, condition: Condition, shared: _Outcome) -> _Outcome:
        """The value to show for a condition: the most extreme of the findings that crossed, else of all that count."""
        counted = [
            self.on_finding(condition, finding)
            for finding in self.report.findings
            if (finding.id in shared.findings if shared.holds else finding.id not in self.accepted)
        ]
        values = [outcome.value for outcome in counted if outcome.value is not None and outcome.why is None]
        if not values:
            why = next((outcome.why for outcome in counted if outcome.why), None)
            return _Outcome(False, None, why or (ACCEPTED if self.report.findings else NONE))
        if condition.metric == "class":
            return _Outcome(None, _extreme(condition, values, key=lambda v: LETTERS.index(str(v))))
        return _Outcome(None, _extreme(condition, values, key=lambda v: float(v)))

    def on_finding(self, condition: Condition, finding: Finding) -> _Outcome:
        """A condition held against one finding."""
        metric = condition.metric
        value: float | str | None = {
            "class": finding.severity_class,
            "severity": finding.severity,
            "n": finding.n,
            "share": finding.share,
            "index": finding.index,
            "growth": None if finding.growth is None else round(finding.growth - 1, 6),
        }[metric]
        if finding.few and metric not in FEW_COUNTS:
            return _Outcome(False, value, FEW)
        if value is None:
            return _Outcome(None, None, NO_GROWTH)
        number = LETTERS.index(str(value)) if metric == "class" else float(value)
        holds = condition.holds(number)
        return _Outcome(holds, value, findings=(finding.id,) if holds else ())

    # -- conditions about a named thing or the whole -------------------------------------------------------------------

    def outcome(self, condition: Condition) -> _Outcome:
        """A condition that names its scope, or speaks of the whole report."""
        metric, scope = condition.metric, condition.scope
        if metric in ("new", "returned"):
            return self.counted_status(condition)
        if metric == "overdue":
            return self.on_overdue(condition)
        if metric == "total":
            return _compare(condition, self.report.statistics.complaints)
        if metric == "coverage":
            value = self.report.statistics.coverage
            return _Outcome(False, None, NONE) if value is None else _compare(condition, value)
        if scope in SYSTEMS:
            return self.on_system(condition, str(scope))
        finding = self.findings.get(str(scope))
        if finding is None:
            return self.absent(condition)
        outcome = self.on_finding(condition, finding)
        if finding.id in self.accepted and outcome.holds is not False:
            return replace(outcome, holds=False, why=ACCEPTED, findings=())
        return outcome

    def absent(self, condition: Condition) -> _Outcome:
        """A category nobody complained of: counts are 0, it has no severity and no class, and it did not grow."""
        if condition.metric in ("n", "share", "index"):
            return _compare(condition, 0)
        if condition.metric == "growth" and not self.grows and self.report.findings:
            return _Outcome(None, None, NO_GROWTH)
        return _Outcome(False, None)

    def on_system(self, condition: Condition, name: str) -> _Outcome:
        """Sums of a system; its class and its growth are those of its findings."""
        group = self.systems.get(name)
        if group is None:
            return self.absent(condition)
        members = [finding for finding in self.report.findings if finding.id in group.findings]
        ids = tuple(finding.id for finding in members)
        if condition.metric in ("class", "growth"):
            kept = [finding for finding in members if finding.id not in self.accepted]
            outcomes = [self.on_finding(condition, finding) for finding in kept]
            values = [o.value for o in outcomes if o.value is not None and o.why is None]
            key: Callable[[Any], float] = (lambda v: LETTERS.index(v)) if condition.metric == "class" else float
            crossing = tuple(name for o in outcomes for name in o.findings)
            why = None if values else next((o.why for o in outcomes if o.why), None)
            value = _extreme(condition, values, key) if values else None
            return _Outcome(_any([o.holds for o in outcomes]), value, why, crossing)
        value = {"n": group.n, "share": group.share, "index": group.index, "severity": group.severity}[condition.metric]
        if members and all(finding.few for finding in members):
            return _Outcome(False, value, FEW)
        outcome = _compare(condition, value)
        if name in self.accepted and outcome.holds:
            return replace(outcome, holds=False, why=ACCEPTED)
        return replace(outcome, findings=ids) if outcome.holds else outcome

    def on_overdue(self, condition: Condition) -> _Outcome:
        """How many are overdue: complaints open for too long, and claims past their last day; each row once.

        Of all, of a finding or of a system (a complaint once for each finding).
        """
        kpis, claims = self.report.kpis, self.report.claim_totals
        timed = kpis is not None and kpis.total.overdue is not None
        if not timed and not (claims is not None and claims.dated and claims.until):
            return _Outcome(None, None, NO_OVERDUE)
        total = (kpis.total.overdue or 0) if kpis is not None else 0
        if condition.scope is None:
            return _compare(condition, total + (claims.late_only if claims else 0))
        counts: dict[str, int] = dict(claims.late) if claims else {}
        for entry in kpis.categories if kpis is not None else []:
            counts[str(entry.id)] = counts.get(str(entry.id), 0) + (entry.overdue or 0)
        counts = {name: n for name, n in counts.items() if name not in self.accepted}
        group = self.systems.get(condition.scope)
        members = group.findings if group else [condition.scope]
        crossing = tuple(name for name in members if counts.get(name))
        outcome = _compare(condition, sum(counts.get(name, 0) for name in members))
        return replace(outcome, findings=crossing) if outcome.holds else outcome

    def counted_status(self, condition: Condition) -> _Outcome:
        """How many findings are new, or came back."""
        if not self.known_status and self.report.findings:
            return _Outcome(None, None, NO_STATUS)
        found = [
            finding.id
            for finding in self.report.findings
            if finding.status == condition.metric
            and not finding.few
            and finding.id not in self.accepted
            and condition.scope in (None, finding.id, finding.system)
        ]
        return replace(_compare(condition, len(found)), findings=tuple(found))


def _compare(condition: Condition, value: float) -> _Outcome:
    return _Outcome(condition.holds(value), value)


def _extreme(condition: Condition, values: Sequence[Any], key: Callable[[Any], float]) -> Any:
    return min(values, key=key) if condition.op in ("<", "<=") else max(values, key=key)


def _all(values: Sequence[bool | None]) -> bool | None:
    return False if False in values else None if None in values else True


def _any(values: Sequence[bool | None]) -> bool | None:
    return True if True in values else None if None in values else False
