"""Gates held against reports."""

from __future__ import annotations

import pytest
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Report
from svc.analyzers.verdicts import judge

from ..made import finding, report

LATE, RUDE, SAFE = "fulfilment.late", "staff.rude", "safety.dangerous_product"


def shop() -> Report:
    """A usual finding, a grown grave one, and a grave one of too few."""
    return report(
        finding(LATE, 20, growth=1.1),
        finding(RUDE, 12, growth=1.8, severity=0.6, severity_class="B"),
        finding(SAFE, 2, growth=3.0, severity=0.9, severity_class="A"),
    )


def verdict(found: Report, expr: str, accepted: set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """One `--fail-on`."""
    judge(found, [parse_gate(expr)], [], accepted)
    return found.gates[0].verdict


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("class:A", "fail"),  # «мало данных» counts for class
        ("class>A", "pass"),
        ("class(fulfilment):B", "pass"),
        ("class(staff):B", "fail"),
        ("severity:0.7", "pass"),  # but for nothing else
        ("growth:100%", "pass"),
        ("growth:80%", "fail"),
        ("growth>80%", "pass"),
        ("growth(staff):50%", "fail"),
        ("growth(fulfilment.late):50%", "pass"),
        ("n(safety):1", "pass"),
        ("n(safety.dangerous_product):1", "pass"),
        ("share(fulfilment.late):20%", "fail"),
        ("share(fulfilment.late)>20%", "pass"),
        ("share(fulfilment):20.01%", "pass"),
        ("index(staff):12", "fail"),
        ("n(price.expensive)<1", "fail"),
        ("n(price):1", "pass"),
        ("total:100", "fail"),
        ("total>100", "pass"),
        ("coverage<90%", "pass"),
        ("coverage:95%", "fail"),
        ("overdue:1", "unknown"),
        ("new", "unknown"),
        ("class:B and growth:50%", "fail"),  # one finding is both
        ("share:15% and growth:50%", "pass"),  # two findings are one each
        ("total:100 and new", "unknown"),
        ("total>100 and new", "pass"),  # false whatever the unknown is
    ],
)
def test_verdicts(expr: str, expected: str) -> None:
    """At the limit, beside it, and where a figure is missing."""
    found = shop()
    assert verdict(found, expr) == expected
    assert found.success == (expected != "fail")


def test_growth_without_dates_is_unknown_and_named() -> None:
    """A misplaced hope must not pass."""
    found = report(finding(LATE, growth=None))
    assert verdict(found, "growth:50%") == "unknown"
    assert found.gates[0].why == "no_growth"
    assert verdict(found, "growth(price.expensive):50%") == "unknown"


@pytest.mark.parametrize("expr", ["class:D", "share:0%", "coverage<90%", "growth:0%", "new", "total:1"])
def test_a_week_with_honestly_no_complaints_passes(expr: str) -> None:
    """Nothing is unknown about none."""
    assert verdict(report(total=0, coverage=None), expr) == "pass"


def test_status_counts_where_it_is_known() -> None:
    """New and returned findings, those of too few left out."""
    found = report(finding(LATE, status="new"), finding(RUDE, 12, status="returned"), finding(SAFE, 2, status="new"))
    assert verdict(found, "new:1") == "fail"
    assert found.gates[0].findings == [LATE]
    assert verdict(found, "new:2") == "pass"
    assert verdict(found, "returned(staff)") == "fail"
    assert verdict(found, "returned(fulfilment)") == "pass"


def test_a_gate_names_value_limit_and_who_crossed() -> None:
    """What a reader needs to act."""
    found = shop()
    judge(found, [parse_gate("class:B and growth:50%")], [parse_gate("share:15%")])
    both, warned = found.gates
    assert (both.verdict, both.findings, len(both.conditions)) == ("fail", [RUDE], 2)
    assert [(part["value"], part["limit"]) for part in both.conditions] == [("B", "B"), (0.8, 0.5)]
    assert (warned.level, warned.verdict, warned.value, warned.limit) == ("warn", "warn", 0.2, 0.15)
    assert found.success is False


@pytest.mark.parametrize(
    "expr", ["class:B", "growth:50%", "n(staff.rude):1", "growth(staff.rude):1%", "class(staff):B"]
)
def test_an_accepted_pain_crosses_nothing(expr: str) -> None:
    """Neither alone nor in its system's class and growth."""
    found = report(finding(RUDE, 12, growth=1.8, severity_class="B"))
    assert verdict(found, expr) == "fail"
    assert verdict(found, expr, {RUDE}) == "pass"


def test_sums_of_a_system_need_the_system_accepted() -> None:
    """A complaint may belong to several categories: sums cannot be taken apart."""
    found = shop()
    assert verdict(found, "n(staff):12", {RUDE}) == "fail"
    assert verdict(found, "n(staff):12", {"staff"}) == "pass"
