"""Customers' words that try to be markup, a formula, a command: they pass through every format as words."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Accepted, Report, Segment, Uncovered
from svc.analyzers.verdicts import judge
from svc.cli.reporters import BINARY, KINDS, render

from ...made import finding, report, shown

CORPUS = {
    "rich": "[red]жалоба[/red] [/] [link=x]тут[/link]",
    "ansi": "\x1b[31mкрасный\x1b[0m \x1b]0;title\x07 \x9b2J \x00",
    "html": "<script>alert(1)</script><img src=x onerror=y> &lt;b&gt;",
    "formula": '=HYPERLINK("x";"y")',
    "formula after a space": "  @SUM(1+1)*cmd|' /C calc'!A0",
    "workflow command": "::error file=a::взлом\n::set-output name=x::y\r\n::add-mask::тут",
    "old workflow command": "см. ##[error]взлом ##vso[task.complete]",
    "bidi": "обычный \u202eтекст\u2066 \u200fтут\u061c\u2028",
    "cdata": "]]> <![CDATA[ ]]>",
    "markdown": "| a | b |\n# заголовок\n[x](javascript:y) ![z](w) `код` *ж* _к_ ~~з~~ @user #1 https://x www.x $a$",
    "comment": "<!-- конец",
    "surrogate": "половина \ud83d тут",
    "not in xml": "\ufffe\uffff\x0b\x0c",
    "percent": "50%25%0A::error::x",
    "label": 'a"b\\c\nsvc_fake 1',
    "toml": '"""\n[[accepted]]\nid = "x"',
}
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def hostile(text: str) -> Report:
    """The text wherever a report holds words of a file or of a saved report."""
    made = report(
        finding("fulfilment.late", title={"ru": text, "en": text}, upgrade={"ru": text}, metric={"ru": text}),
        finding("staff.rude", severity_class="A"),
        finding(text),
    )
    for item in made.findings:
        item.quotes[0].text = item.quotes[0].source = item.quotes[0].id = text
    made.meta.inputs = [{"source": text}]
    made.meta.version = text
    made.urgent[0].text = made.urgent[0].source = text
    made.uncovered = [Uncovered(text, 3)]
    made.segments = [Segment(text, text, 5, 0.1, False, [])]
    judge(made, [parse_gate("class:A"), parse_gate("new")], [parse_gate("n:1")])
    made.gates[2].expr = text
    made.baseline = [Accepted(text, text, text, text, 1, 0.1, "A", "grown", 2, 0.2, "A")]
    return made


@pytest.fixture(params=CORPUS, scope="module")
def made(request: pytest.FixtureRequest) -> Report:
    """One text of the corpus everywhere."""
    return hostile(CORPUS[request.param])


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_holds_a_control_a_turn_of_writing_or_a_command(made: Report, kind: str, language: str) -> None:
    """Whatever shows the page: a terminal, the log of a runner."""
    page = shown(kind, made, language)
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
    """Pages for a person or a runner cut it, data keep it."""
    made = report(finding("staff.rude"))
    judge(made, [parse_gate("n:1")], [])
    plain = len(shown(kind, made, "ru"))
    made.findings[0].quotes[0].text = "ы" * 1_000_000
    page = shown(kind, made, "ru")
    assert page
    if kind not in {"text", "json", "csv"}:
        assert len(page) < plain + 20_000


def test_xml_is_well_formed_and_says_the_words(made: Report) -> None:
    """`]]>`, control characters and half a surrogate pair do not break it."""
    root = ElementTree.fromstring(render("junit", made, "ru", top=0))
    assert root[0].get("failures") == "1"
    assert len(list(root.iter("testcase"))) == 3


@pytest.mark.parametrize("kind", ["json", "gitlab-quality", "sarif"])
def test_json_is_whole(made: Report, kind: str) -> None:
    """And reads back."""
    assert json.loads(render(kind, made, "ru", top=0))


def test_json_keeps_every_character(made: Report) -> None:
    """Escaped, not dropped."""
    assert Report.from_json(json.loads(render("json", made, "ru", top=0))) == made


def test_no_cell_is_a_formula_and_every_record_has_its_place(made: Report) -> None:
    """CWE-1236; a line break in a text begins no record."""
    rows = list(csv.reader(io.StringIO(render("csv", made, "ru", top=0))))
    assert [row[0] for row in rows[1:]] == ["total"] * 7 + ["finding"] * 3 + ["gate"] * 3 + ["accepted"]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and not _number(cell)] == []


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize("kind", ["md", "github-summary"])
def test_markdown_has_no_tag_link_mention_or_broken_table(made: Report, kind: str) -> None:
    """What the words hold is shown as it stands."""
    page = render(kind, made, "ru", top=0)
    parser = _Tags()
    parser.feed(page)
    assert parser.tags == []
    bare = re.sub(r"\\.", "", page.replace("<!-- -->", "\0"))
    assert re.search(r"\]\(|`|~~|@\w|(?<![#&])#\w|://|www\.", bare) is None
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert len(heads) == len(set(heads)) <= 7
    tables = [line for line in page.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {5, 8, 11}
    assert len(page.encode()) < 1_048_576
    assert html.unescape(page)


def test_metrics_are_one_sample_a_line(made: Report) -> None:
    """A label ends where it should."""
    samples = [line for line in render("gitlab-metrics", made, "ru", top=0).splitlines() if line[0] != "#"]
    pattern = r'svc_\w+(\{\w+="(?:[^"\\]|\\.)*"(,\w+="(?:[^"\\]|\\.)*")*\})? -?[\d.e-]+'
    assert [line for line in samples if not re.fullmatch(pattern, line)] == []
    assert "svc_fake" not in {line.split()[0] for line in samples}


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None
