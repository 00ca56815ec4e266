"""Formats with a standard of their own against it.

The standards' schema files are not kept here: structural checks, written from the specifications, stand in for them
(SARIF 2.1.0; the JUnit dialect that Jenkins reads; GitLab's code quality report). A folder named by ``SVC_SCHEMAS``
with `sarif.json` and `junit.xsd` (and the xmlschema package for the latter) makes the real ones run too.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Accepted, Report
from svc.analyzers.verdicts import judge
from svc.cli.reporters import render

from ...made import finding, report

SCHEMAS = Path(os.environ.get("SVC_SCHEMAS", "no schemas"))
# element -> (attributes it must have, further ones it may have, elements inside)
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": (set(), {"name", "tests", "failures", "errors", "time"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"}, {"skipped"}, {"properties", "testcase", "system-out", "system-err"},
    ),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"name"}, {"classname", "time"}, {"failure", "error", "skipped", "system-out", "system-err"}),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}  # fmt: skip


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


@pytest.fixture(params=[empty, full], ids=["empty", "full"])
def made(request: pytest.FixtureRequest) -> Report:
    """The least and the most that a report holds."""
    return request.param()


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


def test_junit_holds_the_elements_and_attributes_of_its_schema(made: Report) -> None:
    """And counts that agree with its cases."""
    root = ElementTree.fromstring(render("junit", made, "ru", top=0))
    assert root.tag == "testsuites"
    for element in root.iter():
        must, may, inside = JUNIT[element.tag]
        assert must <= set(element.attrib) <= must | may, element.tag
        assert {child.tag for child in element} <= inside
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


@pytest.mark.skipif(not (SCHEMAS / "sarif.json").is_file(), reason="SVC_SCHEMAS names no folder with sarif.json")
def test_sarif_keeps_the_real_schema(made: Report) -> None:
    """Of OASIS."""
    schema = json.loads((SCHEMAS / "sarif.json").read_text("utf-8"))
    log = json.loads(render("sarif", made, "ru", top=0))
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(log)] == []


@pytest.mark.skipif(not (SCHEMAS / "junit.xsd").is_file(), reason="SVC_SCHEMAS names no folder with junit.xsd")
def test_junit_keeps_the_real_schema(made: Report) -> None:
    """Of Jenkins."""
    xmlschema = pytest.importorskip("xmlschema")
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit.xsd"))
    assert [error.reason for error in schema.iter_errors(render("junit", made, "ru", top=0))] == []
