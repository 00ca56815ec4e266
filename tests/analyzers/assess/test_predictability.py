"""The predictability scorecard: questions, complaints counted once in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from svc.analyzers.assess.predictability import DIMENSION, QUESTIONS
from svc.analyzers.config import Settings
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.pipeline import analyze
from svc.analyzers.records import Report

SHOP = str(Path(__file__).parents[3] / "samples" / "shop.csv")


@pytest.fixture(scope="module")
def report() -> Report:
    return analyze([SHOP], Settings(workers=0), "test").report


def test_every_category_of_a_question_is_in_the_lexicon_and_of_the_dimension():
    categories = load_lexicon().categories
    names = [name for members in QUESTIONS.values() for name in members]
    assert len(names) == len(set(names))
    assert {categories[name].dimension for name in names} == {DIMENSION}


def test_the_scorecard_agrees_with_the_findings(report: Report):
    found = {entry.id: entry for entry in report.predictability}
    assert list(found) == [*QUESTIONS, "other", "all"]
    (group,) = (group for group in report.dimensions if group.id == DIMENSION)
    assert (found["all"].n, found["all"].share) == (group.n, group.share)
    assert sorted(found["all"].findings) == sorted(group.findings)
    counts = {finding.id: finding.n for finding in report.findings}
    for name in (*QUESTIONS, "other"):
        members = [counts[item] for item in found[name].findings]
        assert max(members, default=0) <= found[name].n <= sum(members)
        assert found[name].share_low <= found[name].share <= found[name].share_high
    assert found["when"].n > 0


def test_it_survives_saving(report: Report):
    assert Report.from_json(report.to_json()) == report
