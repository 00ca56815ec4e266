"""Customers' words that try to be markup, a formula, a command: they pass through every format as words."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from svc.analyzers.records import Report
from svc.cli.boundary import clean
from svc.cli.reporters import BINARY, KINDS, render

from ...full import full_report
from ...hostile import CORPUS, SHORT, hostile, hostile_everywhere
from ...made import shown

RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


NOT_XML = dict.fromkeys((0xFFFE, 0xFFFF))
BUILDERS = {"in the parts of every format": hostile, "in every string": hostile_everywhere}


@pytest.fixture(params=SHORT, scope="module")
def made(request: pytest.FixtureRequest) -> Report:
    """One text of the corpus in the parts that every format has."""
    return hostile(CORPUS[request.param])


@pytest.fixture(params=[(name, how) for name in SHORT for how in BUILDERS], ids="-".join, scope="module")
def either(request: pytest.FixtureRequest) -> Report:
    """The same, and the text wherever a saved report may hold one: claims, themes, promises, segments, settings."""
    name, how = request.param
    return BUILDERS[how](CORPUS[name])


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_holds_a_control_a_turn_of_writing_or_a_command(either: Report, kind: str) -> None:
    """Whatever shows the page: a terminal, the log of a runner."""
    for language in ("ru", "en"):
        assert_harmless(kind, shown(kind, either, language))


def assert_harmless(kind: str, page: str) -> None:
    """Nothing in it steers a terminal or a runner."""
    assert RAW.findall(page) == []
    if kind in BINARY:
        return  # no log ever shows it as it is
    assert "##[" not in page
    assert "##vso[" not in page
    commands = [line for line in page.splitlines() if line.lstrip().startswith("::")]
    if kind == "github-annotations":
        assert len(commands) == len(page.splitlines()) <= 10
        pattern = r"::(error|warning|notice) file=[^,:]*,line=\d+,title=[^,:]*::[^\n]*"
        assert all(re.fullmatch(pattern, line) for line in commands)
        assert all(len(line) < 10_000 for line in commands)
    else:
        assert commands == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_of_a_megabyte_stops_nothing(kind: str) -> None:
    """Wherever a customer's words stand. Pages for a person or a runner cut it, data keep it."""
    plain = len(shown(kind, full_report(1, 1), "ru"))
    page = shown(kind, full_report(1, 1, CORPUS["a word of a megabyte"]), "ru")
    assert page
    if kind not in {"text", "json", "csv"}:
        assert len(page) < plain + 40_000


def test_xml_is_well_formed_and_has_every_case(either: Report) -> None:
    """`]]>`, control characters and half a surrogate pair do not break it."""
    root = ElementTree.fromstring(render("junit", either, "ru", top=0))
    assert [case.get("name") or "" for case in root.iter("testcase")] == [
        " ".join(clean(gate.expr).translate(NOT_XML).split()) for gate in either.gates
    ]


@pytest.mark.parametrize("kind", ["json", "gitlab-quality", "sarif"])
def test_json_is_whole(either: Report, kind: str) -> None:
    """And reads back."""
    assert json.loads(render(kind, either, "ru", top=0))


def test_json_keeps_every_character(either: Report) -> None:
    """Escaped, not dropped."""
    assert Report.from_json(json.loads(render("json", either, "ru", top=0))) == either


def test_no_cell_is_a_formula_and_every_record_has_its_place(made: Report) -> None:
    """CWE-1236; a line break in a text begins no record."""
    rows = list(csv.reader(io.StringIO(render("csv", made, "ru", top=0))))
    assert [row[0] for row in rows[1:]] == ["total"] * 7 + ["finding"] * 3 + ["gate"] * 3 + ["accepted"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert formulas(rows) == []


def test_no_cell_of_a_full_report_is_a_formula(either: Report) -> None:
    """Full-width signs are signs to a spreadsheet too."""
    assert formulas(csv.reader(io.StringIO(render("csv", either, "ru", top=0)))) == []


def formulas(rows: Iterable[list[str]]) -> list[str]:
    """Cells that a spreadsheet would run."""
    return [cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and not _number(cell)]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize("kind", ["md", "github-summary"])
def test_markdown_has_no_tag_link_mention_or_broken_table(either: Report, kind: str) -> None:
    """What the words hold is shown as it stands."""
    page = render(kind, either, "ru", top=0)
    assert isinstance(page, str)
    parser = _Tags()
    parser.feed(page)
    assert parser.tags == []
    bare = re.sub(r"\\.", "", page.replace("<!-- -->", "\0"))
    assert re.search(r"\]\(|`|~~|@\w|(?<![#&])#\w|://|www\.", bare) is None
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert len(heads) == len(set(heads)) <= 8
    tables = [line for line in page.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {5, 8, 11}
    assert len(page.encode()) < 1_048_576
    assert html.unescape(page)


def test_metrics_are_one_sample_a_line(either: Report) -> None:
    """A label ends where it should."""
    samples = [line for line in render("gitlab-metrics", either, "ru", top=0).splitlines() if line[0] != "#"]
    pattern = r'svc_\w+(\{\w+="(?:[^"\\]|\\.)*"(,\w+="(?:[^"\\]|\\.)*")*\})? -?[\d.e-]+'
    assert [line for line in samples if not re.fullmatch(pattern, line)] == []
    assert "svc_fake" not in {line.split()[0] for line in samples}


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None
