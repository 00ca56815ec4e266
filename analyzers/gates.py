"""Gates, parsed by hand so that an error knows its place; docs/gates.md has the grammar.

A gate is one or more conditions joined by ``and``. Conditions without an id that speak of findings are about one and
the same finding: ``class:B and growth:50%`` is a finding of class B or worse that grew by half.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .errors import UsageError
from .vocabulary import CLASSES, SYSTEMS

LETTERS = tuple(name for name, _ in CLASSES)[::-1]  # D to A: the worse, the greater
CYRILLIC = str.maketrans("АВСавс", "ABCABC")  # the same keys to the eye
OPERATORS = (">=", "<=", ":", ">", "<")
PER_FINDING = ("class", "severity", "n", "share", "index", "growth")
BARE = ("new", "returned", "overdue")  # may stand without a limit: at least one
SCOPED = (*PER_FINDING, "new", "returned", "overdue")
METRICS = (*PER_FINDING, "overdue", "coverage", "new", "returned", "total")
SHARES = ("share", "growth", "coverage")  # fractions, written as such or in percent
THEME = re.compile(r"t-[a-z2-7]{8}\Z")
_WORD = re.compile(r"[^\W\d][\w.-]*")
_ID = re.compile(r"[\w.-]+")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")

Resolve = Callable[[str], str | None]


class GateError(UsageError):
    """A gate that cannot be read; `params` hold the expression, the position in it and the nearest name."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison.

    Attributes
    ----------
    op : {">=", ">", "<=", "<"}
        ``:`` is read as "at or beyond the limit": at most for `coverage`, at least for all others.
    limit : float
        Shares and growth as fractions; a class as its place in `LETTERS`.
    """

    metric: str
    scope: str | None
    op: str
    limit: float

    @property
    def per_finding(self) -> bool:
        """Whether it asks for any finding, rather than for one that is named or for the whole."""
        return self.scope is None and self.metric in PER_FINDING

    @property
    def shown_limit(self) -> float | str:
        """The limit as the report has it."""
        return LETTERS[int(self.limit)] if self.metric == "class" else self.limit

    def holds(self, value: float) -> bool:
        """Whether a value crosses the limit."""
        if self.op == ">=":
            return value >= self.limit
        if self.op == "<=":
            return value <= self.limit
        return value > self.limit if self.op == ">" else value < self.limit

    def text(self) -> str:
        """The condition in its plainest spelling, which reads back as the same condition.

        >>> parse_gate("Share (returns) : 12,5 %").conditions[0].text()
        'share(returns)>=12.5%'
        """
        scope = f"({self.scope})" if self.scope else ""
        if self.metric == "class":
            limit = str(self.shown_limit)
        elif self.metric in SHARES:
            limit = f"{_plain(round(self.limit * 100, 8))}%"
        else:
            limit = _plain(self.limit)
        return f"{self.metric}{scope}{self.op}{limit}"


@dataclass(frozen=True, slots=True)
class Gate:
    """Conditions that must all hold; `expr` is what the user wrote."""

    expr: str
    conditions: tuple[Condition, ...]

    def text(self) -> str:
        """The gate in its plainest spelling."""
        return " and ".join(condition.text() for condition in self.conditions)


def parse_gate(expr: str, resolve: Resolve | None = None, names: Iterable[str] = ()) -> Gate:
    """Read one gate.

    Parameters
    ----------
    expr : str
        Such as ``share(returns):10% and growth(returns.refund_refused):50%``.
    resolve : callable, optional
        Id as written -> the known id it stands for (an alias leads to the present one), None where there is none.
        Without it any id is taken.
    names : iterable of str
        Known ids, for the nearest one of a misspelling.

    Raises
    ------
    GateError
        ``gate.*`` with `expr`, `position`, what is `allowed` there and the `nearest` name.

    Examples
    --------
    >>> parse_gate("class:B").conditions[0]
    Condition(metric='class', scope=None, op='>=', limit=2)
    """
    return _Parser(expr, resolve, list(names)).gate()


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The known name most like a wrong one."""
    found = difflib.get_close_matches(name.lower(), list(names), n=1, cutoff=0.5)
    return found[0] if found else None


class _Parser:
    def __init__(self, expr: str, resolve: Resolve | None, names: list[str]) -> None:
        self.expr, self.resolve, self.names = expr, resolve, names
        self.at = 0

    def fail(self, code: str, position: int, near: str | None = None, **params: object) -> GateError:
        return GateError("gate." + code, expr=self.expr, position=position, nearest=near, **params)

    def space(self) -> None:
        while self.at < len(self.expr) and self.expr[self.at].isspace():
            self.at += 1

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.expr, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def gate(self) -> Gate:
        found = [self.condition()]
        while True:
            self.space()
            if self.at == len(self.expr):
                return Gate(self.expr, tuple(found))
            start = self.at
            word = self.take(_WORD)
            if word.lower() != "and":
                raise self.fail("expected_and", start, nearest(word, ("and",)) if word else None)
            found.append(self.condition())

    def condition(self) -> Condition:
        self.space()
        start = self.at
        metric = self.take(_WORD).lower()
        if metric not in METRICS:
            code = "unknown_metric" if metric else "expected_metric"
            raise self.fail(
                code, start, nearest(metric, METRICS), name=self.expr[start : self.at], allowed=", ".join(METRICS)
            )
        scope = self.scope(metric)
        op = self.operator(metric)
        if op is None:
            return Condition(metric, scope, ">=", 1.0)
        if op == ":":
            op = "<=" if metric == "coverage" else ">="
        return Condition(metric, scope, op, self.limit(metric))

    def scope(self, metric: str) -> str | None:
        self.space()
        if self.at == len(self.expr) or self.expr[self.at] != "(":
            return None
        if metric not in SCOPED:
            raise self.fail("no_scope", self.at, metric=metric, allowed=", ".join(SCOPED))
        self.at += 1
        self.space()
        start = self.at
        name = self.take(_ID)
        if not name:
            raise self.fail("expected_id", start)
        known = name if self.resolve is None or THEME.match(name) else self.resolve(name)
        if known is None:
            raise self.fail("unknown_id", start, nearest(name, [*SYSTEMS, *self.names]), name=name)
        self.space()
        if self.at == len(self.expr) or self.expr[self.at] != ")":
            raise self.fail("expected_bracket", self.at)
        self.at += 1
        return known

    def operator(self, metric: str) -> str | None:
        self.space()
        for op in OPERATORS:
            if self.expr.startswith(op, self.at):
                self.at += len(op)
                return op
        ends = self.at == len(self.expr) or self.expr[self.at].isalpha()
        if metric in BARE and ends:
            return None
        raise self.fail("expected_operator", self.at, metric=metric, allowed=" ".join(OPERATORS))

    def limit(self, metric: str) -> float:
        self.space()
        start = self.at
        if metric == "class":
            letter = self.take(_WORD).translate(CYRILLIC).upper()
            if letter not in LETTERS:
                raise self.fail("bad_class", start, allowed=", ".join(LETTERS[::-1]))
            return LETTERS.index(letter)
        written = self.take(_NUMBER)
        if not written:
            raise self.fail("expected_number", start, metric=metric)
        value = float(written.replace(",", "."))
        self.space()
        percent = self.expr.startswith("%", self.at)
        self.at += percent
        return self.checked(metric, value, percent, start)

    def checked(self, metric: str, value: float, percent: bool, start: int) -> float:
        """The limit in the metric's own unit; what could never be meant is refused."""
        if metric in SHARES:
            value = round(value / 100, 10) if percent else value
            low, high = (-1.0, float("inf")) if metric == "growth" else (0.0, 1.0)
            if not low <= value <= high or (not percent and abs(value) > 1):
                raise self.fail("bad_share", start, metric=metric)
        elif metric == "index":
            if not 0 <= value <= 100:
                raise self.fail("bad_index", start, metric=metric)
        elif percent:
            raise self.fail("no_percent", self.at - 1, metric=metric)
        elif metric == "severity":
            if not 0 <= value <= 1:
                raise self.fail("bad_severity", start, metric=metric)
        elif value < 0 or value != int(value):
            raise self.fail("bad_count", start, metric=metric)
        return value


def _plain(value: float) -> str:
    """A number without exponent or needless zeros.

    >>> _plain(10.0), _plain(0.00001), _plain(12.5)
    ('10', '0.00001', '12.5')
    """
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text or "0"
