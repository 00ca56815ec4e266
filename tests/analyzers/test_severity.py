"""Severity from what is told: by hand, and its laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.assess.severity import FACTS, UNCATEGORISED, severity
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.vocabulary import severity_class

NAMES = [fact.marker for fact in FACTS]


def of(base: float, *facts: str) -> float:
    told = np.array([[name in facts for name in NAMES]])
    assert told.sum() == len(facts)
    return float(severity(np.array([base]), told, np.array([base or UNCATEGORISED]))[0])


@pytest.mark.parametrize(
    ("base", "facts", "expected"),
    [
        (0.4, [], 0.4),
        (0.0, [], UNCATEGORISED),
        (0.4, ["repeated"], 0.46),  # 1 - 0.6 * 0.9: the floor 0.4 is not above the base, so the fact adds
        (0.3, ["repeated"], 0.4),  # the floor is above the base and the fact is spent on it
        (0.4, ["money_lost"], 0.5),
        (0.6, ["money_lost"], 0.62),  # 1 - 0.4 * 0.95
        (0.4, ["money_lost", "repeated"], 0.55),  # floor 0.5 by the money, then 1 - 0.5 * 0.9
        (0.6, ["money_lost", "repeated"], 0.658),  # 1 - 0.4 * 0.95 * 0.9
        (0.0, ["life_threat"], 0.85),
        (0.85, ["life_threat"], 0.865),
        (0.2, ["court", "money_lost"], 0.772),  # floor 0.76, then 1 - 0.24 * 0.95
    ],
)
def test_severity_by_hand(base: float, facts: list[str], expected: float):
    assert of(base, *facts) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        (["life_threat"], "A"), (["harm"], "A"), (["data_leak"], "A"), (["discrimination"], "A"), (["court"], "A"),
        (["regulator"], "A"), (["money_lost"], "B"), (["not_received"], "B"), (["leaving"], "B"),
        (["many_people"], "B"), (["repeated"], "C"), (["time_lost"], "C"), ([], "C"),
    ],
)  # fmt: skip
def test_facts_give_at_least_the_class_that_the_design_names(facts: list[str], letter: str):
    assert severity_class(of(0.0, *facts)) == letter


@given(st.floats(0, 1), st.sets(st.sampled_from(NAMES)))
def test_severity_is_a_share_no_less_than_any_part_of_it(base: float, facts: set[str]):
    value = of(base, *facts)
    assert 0 <= value <= 1
    assert value >= round(base, 3) - 1e-9
    for fact in FACTS:
        if fact.marker in facts:
            assert value >= fact.floor


@given(st.integers(0, 1000), st.sets(st.sampled_from(NAMES), max_size=len(NAMES) - 1), st.data())
def test_a_further_fact_never_makes_it_milder(base: int, facts: set[str], data: st.DataObject):
    more = data.draw(st.sampled_from(sorted(set(NAMES) - facts)))
    assert of(base / 1000, *facts, more) >= of(base / 1000, *facts)


@given(st.lists(st.tuples(st.floats(0, 1), st.sets(st.sampled_from(NAMES), max_size=4)), max_size=8))
def test_texts_are_judged_one_by_one(cases: list[tuple[float, set[str]]]):
    told = np.array([[name in facts for name in NAMES] for _, facts in cases], bool).reshape(len(cases), len(NAMES))
    bases = np.array([base for base, _ in cases])
    together = severity(bases, told, np.where(bases > 0, bases, UNCATEGORISED))
    assert together.tolist() == [of(base, *facts) for base, facts in cases]


@pytest.mark.parametrize(
    ("base", "gravity", "expected"),
    [
        (0.4, 0.6, 0.5), (0.4, 0.2, 0.3), (0.8, 0.2, 0.8),  # a category of class A stands for itself
        (0.0, 0.7, 0.5),  # without a category the middle of the usual problem and the words
    ],
)  # fmt: skip
def test_the_words_move_a_category_half_way(base: float, gravity: float, expected: float):
    none = np.zeros((1, len(NAMES)), bool)
    assert severity(np.array([base]), none, np.array([gravity]))[0] == pytest.approx(expected)


def test_every_fact_is_a_marker_of_the_lexicon():
    assert set(NAMES) <= set(load_lexicon().markers)
