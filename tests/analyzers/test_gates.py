"""The grammar of gates: what is read, what is refused and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from svc.analyzers.gates import (
    LETTERS,
    METRICS,
    PER_FINDING,
    SCOPED,
    SHARES,
    Condition,
    Gate,
    GateError,
    parse_gate,
)  # fmt: skip
from svc.analyzers.verdicts import read_gates
from svc.analyzers.vocabulary import SYSTEMS

COUNTS = ("new", "returned", "overdue", "total")
IDS = ("fulfilment.late", "returns.refund_refused", "t-abcdefgh")


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """Every condition that can be written."""
    metric = draw(st.sampled_from(METRICS))
    scope = draw(st.none() | st.sampled_from((*SYSTEMS, *IDS))) if metric in SCOPED else None
    op = draw(st.sampled_from((">=", ">", "<=", "<")))
    if metric == "class":
        limit = draw(st.integers(0, len(LETTERS) - 1))
    elif metric in SHARES:
        limit = draw(st.integers(0, 1000)) / 1000
    elif metric in COUNTS or metric == "n":
        limit = draw(st.integers(0, 10**6))
    else:
        limit = draw(st.integers(0, 100)) / (1 if metric == "index" else 100)
    return Condition(metric, scope, op, float(limit))


@given(st.lists(conditions(), min_size=1, max_size=4))
def test_what_is_written_plainly_reads_back_the_same(found: list[Condition]) -> None:
    """For every gate there is."""
    gate = Gate("", tuple(found))
    assert parse_gate(gate.text()).conditions == gate.conditions


@given(st.lists(conditions(), min_size=1, max_size=3), st.sampled_from(("", " ", "  ", "\t")))
def test_spaces_and_case_mean_nothing(found: list[Condition], space: str) -> None:
    """Between any two signs."""
    plain = Gate("", tuple(found))
    loose = f" {space}AND{space} ".join(
        c.text().replace("(", f"{space}({space}").replace(")", f"{space}){space}").replace(c.op, space + c.op + space)
        for c in found
    )
    assert parse_gate(loose.replace("class", "Class")).conditions == plain.conditions


@given(st.text(max_size=40) | st.text("clas:ABshren()<>=%10., and", max_size=30))
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    """No text breaks the parser."""
    fault: GateError | None = None
    try:
        assert parse_gate(text).conditions
    except GateError as error:
        fault = error
    assert fault is None or 0 <= fault.params["position"] <= len(text)  # type: ignore[operator]


# -- the grammar of docs/gates.md ------------------------------------------------------------------------------------

TERMINALS = {"letter": r"[^\W\d_]", "digit": r"\d"}
LEXICAL = {"number", "id", "class", "metric", "operator"}  # no blanks inside
SIGNS = re.compile(r'"[^"]*"|\w+|[{}\[\]()|,]')


def documented() -> re.Pattern[str]:
    """The EBNF block as one pattern: it has no recursion."""
    page = (Path(__file__).parents[2] / "docs" / "gates.md").read_text("utf-8")
    block = re.search(r"```ebnf\n(.*?)```", page, re.DOTALL)
    assert block
    rules = dict(re.findall(r"(\w+)\s*=\s*(.*?)\s;\s*\n", block[1], re.DOTALL))

    def pattern(name: str) -> str:
        blank = "" if name in LEXICAL else r"\s*"
        parts: list[str] = []
        for sign in SIGNS.findall(rules[name]):
            if sign[0] == '"':
                parts.append(r"\s+and\s+" if sign == '"and"' else re.escape(sign[1:-1]))
            elif sign in TERMINALS:
                parts.append(TERMINALS[sign])
            elif sign in rules:
                parts.append(f"(?:{pattern(sign)})")
            else:
                parts.append({"(": "(?:", "{": "(?:", "}": ")*", "[": "(?:", "]": ")?", ",": blank}.get(sign, sign))
        return "".join(parts)

    return re.compile(pattern("gate"), re.IGNORECASE)


DOCUMENTED = documented()
# what the table beside the grammar says: which metric takes which limit, and where
SENSE = {"bad_class", "bad_share", "bad_index", "bad_severity", "bad_count", "no_percent", "no_scope",
         "expected_number", "expected_operator"}  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.from_regex(DOCUMENTED, fullmatch=True))
def test_what_the_grammar_derives_is_read_or_refused_for_its_sense(text: str) -> None:
    """Never for its form."""
    fault: GateError | None = None
    try:
        assert parse_gate(text).conditions
    except GateError as error:
        fault = error
    assert fault is None or fault.code.removeprefix("gate.") in SENSE, fault


@given(st.lists(conditions(), min_size=1, max_size=4))
def test_what_is_read_is_derived_by_the_grammar(found: list[Condition]) -> None:
    """So the page hides nothing."""
    assert DOCUMENTED.fullmatch(Gate("", tuple(found)).text())


@pytest.mark.parametrize(
    ("expr", "metric", "scope", "op", "limit"),
    [
        ("share(returns):10%", "share", "returns", ">=", 0.1),
        ("class:B", "class", None, ">=", 2),
        ("class:В", "class", None, ">=", 2),  # the Cyrillic letter of the same key
        ("growth(fulfilment.late):50%", "growth", "fulfilment.late", ">=", 0.5),
        ("growth:-20%", "growth", None, ">=", -0.2),
        ("overdue:1", "overdue", None, ">=", 1),
        ("coverage<90%", "coverage", None, "<", 0.9),
        ("coverage:90%", "coverage", None, "<=", 0.9),
        ("new", "new", None, ">=", 1),
        ("returned(returns)", "returned", "returns", ">=", 1),
        ("share>12,5%", "share", None, ">", 0.125),
        ("index>=10%", "index", None, ">=", 10),
        ("severity:0.7", "severity", None, ">=", 0.7),
    ],
)
def test_documented_spellings(expr: str, metric: str, scope: str | None, op: str, limit: float) -> None:
    """Those of DESIGN and of docs/gates.md."""
    assert parse_gate(expr).conditions == (Condition(metric, scope, op, limit),)


@pytest.mark.parametrize(
    ("expr", "code", "position", "nearest"),
    [
        ("", "expected_metric", 0, None),
        ("shar:1", "unknown_metric", 0, "share"),
        ("класс:A", "unknown_metric", 0, None),
        ("class:E", "bad_class", 6, None),
        ("share 10%", "expected_operator", 6, None),
        ("share:", "expected_number", 6, None),
        ("share:10", "bad_share", 6, None),
        ("share:110%", "bad_share", 6, None),
        ("index:101", "bad_index", 6, None),
        ("severity:2", "bad_severity", 9, None),
        ("n:1.5", "bad_count", 2, None),
        ("n:5%", "no_percent", 3, None),
        ("total(returns):5", "no_scope", 5, None),
        ("share():5%", "expected_id", 6, None),
        ("share(returns:5%", "expected_bracket", 13, None),
        ("share(retuns):5%", "unknown_id", 6, "returns"),
        ("growth(fulfilment.lat):5%", "unknown_id", 7, "fulfilment.late"),
        ("class:A or class:B", "expected_and", 8, None),
        ("class:A adn class:B", "expected_and", 8, "and"),
        ("class:A and", "expected_metric", 11, None),
    ],
)
def test_a_mistake_is_pointed_at(expr: str, code: str, position: int, nearest: str | None) -> None:
    """With the nearest name where one is near."""
    with pytest.raises(GateError) as caught:
        read_gates([expr], lambda name: name, IDS)
    assert (caught.value.code, caught.value.params["position"]) == ("gate." + code, position)
    assert caught.value.params["nearest"] == nearest


def test_an_old_id_leads_to_the_present_one() -> None:
    """A renamed category keeps its gates."""
    gates = read_gates(["n(fulfilment.delay):5"], {"fulfilment.delay": "fulfilment.late"}.get, IDS)  # type: ignore[arg-type]
    assert gates[0].conditions[0].scope == "fulfilment.late"


def test_the_vocabularies_hang_together() -> None:
    """Every metric is of one sort."""
    assert {*PER_FINDING, *COUNTS, "coverage"} == set(METRICS)
