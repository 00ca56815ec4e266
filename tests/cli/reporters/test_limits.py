"""Limits and promises of single formats: sizes, counts, fingerprints, the evidence of a failed gate."""

from __future__ import annotations

import copy
import re
from xml.etree import ElementTree

import pytest
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Report
from svc.analyzers.verdicts import judge
from svc.cli.reporters import BOM, render
from svc.cli.reporters.github_annotations import LIMIT as ANNOTATIONS
from svc.cli.reporters.github_summary import LIMIT as SUMMARY

from ...made import finding, report
from .test_formats import sample


def many(n: int = 300, words: int = 400) -> Report:
    """A report with more quotes than a summary holds."""
    made = report(*(finding(f"fulfilment.p{i}", 20) for i in range(n)))
    for item in made.findings:
        item.quotes = [copy.copy(item.quotes[0]) for _ in range(words)]
        for quote in item.quotes:
            quote.text = "слово " * 100
    return made


def test_a_summary_stays_under_its_limit_and_cuts_quotes_first() -> None:
    """GitHub drops a summary that is too long, as a whole."""
    made = many()
    page = render("github-summary", made, "ru", top=0)
    assert len(page.encode()) <= SUMMARY
    assert page.count("| C | Боль") == 300
    assert "слово" not in page.split("## Срочно")[0].split("## Цитаты")[-1] or page.count("«слово") < 5 * 400
    assert "не больше" in page


@pytest.mark.parametrize("taken", [SUMMARY - 60_000, SUMMARY - 5_000, SUMMARY - 500, SUMMARY, 2 * SUMMARY])
def test_a_summary_leaves_room_for_what_is_there(taken: int) -> None:
    """The limit is of the step, not of the command."""
    page = render("github-summary", many(), "ru", top=0, taken=taken)
    assert len(page.encode()) <= max(0, SUMMARY - taken)


def test_annotations_are_ten_with_the_crossed_gates_first() -> None:
    """GitHub would drop the rest, in its own order."""
    made = many(30, 1)
    judge(made, [parse_gate("n:99"), *(parse_gate(f"n:{i + 1}") for i in range(12))], [])
    lines_ = render("github-annotations", made, "ru", top=0).splitlines()
    assert len(lines_) == ANNOTATIONS
    assert all(line.startswith("::error ") for line in lines_)


def test_csv_has_a_mark_on_request_only() -> None:
    """Excel needs it, scripts stumble over it."""
    assert render("csv", sample(), "ru", top=0, bom=True) == BOM + render("csv", sample(), "ru", top=0)


def test_fingerprints_are_unique_and_hang_on_ids_alone() -> None:
    """Else GitLab would show each pain as new every week."""
    made, later = sample(), sample()
    later.findings[0].n = 99
    later.findings[0].quotes[0].row = 1000
    for kind, key in (("gitlab-quality", "fingerprint"), ("sarif", "svc/v1")):
        found = re.findall(rf'"{key}": "(\w+)"', render(kind, made, "ru", top=0))
        assert len(set(found)) == len(found) == 6
        assert found == re.findall(rf'"{key}": "(\w+)"', render(kind, later, "en", top=0))


def test_junit_of_no_gates_is_one_passed_case() -> None:
    """An empty suite would read as a broken build."""
    root = ElementTree.fromstring(render("junit", report(finding()), "ru", top=0))
    assert [case.get("name") for case in root.iter("testcase")] == ["svc analyze"]


def test_a_failed_case_holds_the_quotes_of_what_crossed() -> None:
    """The evidence stands in the pipeline's own report."""
    root = ElementTree.fromstring(render("junit", sample(), "ru", top=0))
    failure = root.find(".//failure")
    assert failure is not None
    assert "Цитата о staff.rude" in (failure.text or "")
    assert "Цитата о fulfilment.late" not in (failure.text or "")
