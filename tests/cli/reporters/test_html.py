"""The page without a browser: its figures, its size, its policy, what it leaves out and says so."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.cli.reporters import render
from svc.cli.reporters.html import LIMIT
from svc.cli.reporters.page import charts
from svc.cli.reporters.page.markup import Safe, tag, typeset

from ...full import full_report
from ...hostile import CORPUS, SHORT, hostile, hostile_everywhere
from ...made import finding, report

PARTS = (
    "gates", "findings", "urgent", "claims", "pareto", "owners", "heat", "predictability", "periods", "work", "themes",
    "segments", "expectations", "effort", "strengths", "repeats", "uncovered", "limits", "next",
)  # fmt: skip


class Page(HTMLParser):
    """What stands on a page: elements with attributes, words by section, anchors."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, str] = {}
        self._section = ""
        self._silent = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        if tag == "section":
            self._section = str(values["id"])
        if tag in ("script", "style"):
            self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words[self._section] = self.words.get(self._section, "") + data + " "

    def ids(self) -> list[str]:
        return [str(values["id"]) for _, values in self.elements if values.get("id")]


def test_every_part_stands_on_the_page_and_the_contents_lead_to_it() -> None:
    """In the order of questions."""
    page = Page(render("html", full_report(), "ru", top=0))
    assert tuple(values["id"] for tag, values in page.elements if tag == "section") == PARTS
    anchors = {values["href"] for tag, values in page.elements if tag == "a"}
    assert {f"#{part}" for part in PARTS} <= anchors
    axes = {str(anchor)[1:] for anchor in anchors if "=" in str(anchor)}  # narrowings of the table
    assert {str(anchor)[1:] for anchor in anchors} - axes <= set(page.ids())
    bodies = [values for tag, values in page.elements if tag == "tbody" and "data-owner" in values]
    assert "owner=finance" in axes
    assert "system=fulfilment&stage=during" in axes
    for axis in axes:
        wanted = [part.split("=") for part in axis.split("&")]
        assert any(all(values["data-" + name] == value for name, value in wanted) for values in bodies), axis
    assert len(page.ids()) == len(set(page.ids()))


def test_a_part_without_data_is_left_out() -> None:
    """No empty headings."""
    page = Page(render("html", report(finding()), "ru", top=0))
    assert {values["id"] for tag, values in page.elements if tag == "section"} == {
        "findings",
        "urgent",
        "owners",
        "limits",
        "next",
    }


@pytest.mark.parametrize("language", ["ru", "en"])
def test_figures_are_those_of_the_report(language: str) -> None:
    """Parsed back from the cells; a changed report changes the page."""
    made = full_report()
    page = Page(render("html", made, language, top=0))
    cells = [values for tag, values in page.elements if tag in ("td", "th") and values.get("data-value") is not None]
    per = 8 + 1  # columns, with the trend
    assert len(cells) == per * len(made.findings)
    for place, item in enumerate(made.findings):
        rank, title, index, letter, _, n, share, growth, _ = cells[place * per : (place + 1) * per]
        assert (int(rank["data-value"] or 0), letter["data-value"]) == (place + 1, item.severity_class)
        assert title["data-value"] == item.title[language]
        figures = [float(value["data-value"] or "nan") for value in (index, n, share, growth)]
        assert figures == [item.index, item.n, item.share, -1 if item.status == "stable" else item.growth]
    made.findings[0].n = 4321
    words = Page(render("html", made, language, top=0)).words["findings"]
    assert "4321" in words


def test_words_and_numbers_are_set_as_russian_wants() -> None:
    """A comma, thousands apart, a true minus, no short word at the end of a line."""
    made = full_report()
    made.statistics.complaints = 1234567
    page = Page(render("html", made, "ru", top=0))
    said = " ".join(page.words.values())
    assert "1\u00a0234\u00a0567" in said
    assert "\u22120,12" in said
    assert "−0.12" not in said
    assert "не\u00a0все" in said
    assert "95\u00a0%" in said
    assert "1,234,567" in " ".join(Page(render("html", made, "en", top=0)).words.values())


def test_only_its_own_style_and_script_may_run() -> None:
    """The policy names them by hash, and nothing else: no attribute that acts, no address."""
    source = render("html", full_report(), "ru", top=0)
    page = Page(source)
    policy = next(str(v["content"]) for t, v in page.elements if v.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind in ("style", "script"):
        found = re.findall(rf"<{kind}>(.*?)</{kind}>", source, re.DOTALL)
        assert len(found) == 1
        digest = base64.b64encode(hashlib.sha256(found[0].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    attributes = {name for _, values in page.elements for name in values}
    assert [name for name in attributes if name.startswith("on") or name in ("style", "src", "action", "srcset")] == []
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", source) == []


@pytest.mark.parametrize("name", [name for name in SHORT if name != "empty"])  # no words: no quote, no heading
def test_a_customers_words_make_no_element(name: str) -> None:
    """The same elements as with harmless words; attributes hold what they should."""

    def shape(text: str) -> list[str]:
        made = hostile(text)
        made.findings[2].id = "harmless.id"
        page = Page(render("html", made, "ru", top=0))
        # a head without words is no head; what is no id is linked to by nothing
        return [
            "cell" if tag in ("td", "th") else tag
            for tag, values in page.elements
            if tag not in ("mark", "a") and values.get("class") != "hidden"
        ]

    assert shape(CORPUS[name]) == shape("слова")


@pytest.mark.parametrize("name", SHORT)
def test_no_string_of_a_saved_report_makes_an_element_or_an_attribute(name: str) -> None:
    """Whatever field it stands in: the elements and attributes are those of a harmless page, links stay inside."""
    known = Page(render("html", full_report(), "ru", top=0)).elements
    page = Page(render("html", hostile_everywhere(CORPUS[name]), "ru", top=0))
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in known}
    assert {key for _, values in page.elements for key in values} <= {key for _, values in known for key in values}
    assert {str(values["href"])[:1] for _, values in page.elements if "href" in values} <= {"#"}


def test_an_id_that_is_none_is_no_anchor() -> None:
    """A saved report may hold anything."""
    made = report(finding('x" onclick="y'))
    page = Page(render("html", made, "ru", top=0))
    assert all(" " not in name and '"' not in name for name in page.ids())


@pytest.mark.parametrize(("findings", "quotes", "letters"), [(400, 5, 3000), (3000, 3, 600)])
def test_the_page_stays_small_and_says_what_it_left_out(findings: int, quotes: int, letters: int) -> None:
    """Whatever the input."""
    made = full_report(findings, quotes, "Длинные слова жалобы " * (letters // 20))
    source = render("html", made, "ru", top=0)
    assert len(source.encode()) <= LIMIT < 1_500_000
    words = Page(source).words["findings"].replace("\u00a0", " ")
    assert "цитат у боли не больше" in words
    if findings > 1000:
        assert re.search(r"В\W+страницу не\W+вошли ещё \d", words)


def test_top_says_what_is_seen_first_and_the_rest_is_there() -> None:
    """The button shows it; search finds it."""
    page = Page(render("html", full_report(12), "ru", top=5))
    bodies = [
        str(values["class"])
        for tag, values in page.elements
        if tag == "tbody" and "finding" in str(values.get("class"))
    ]
    assert [kind == "finding beyond" for kind in bodies] == [False] * 5 + [True] * 7


def test_no_complaints_is_a_page_too() -> None:
    """Of a week with honestly none."""
    made = report(total=0)
    made.urgent = []
    page = Page(render("html", made, "ru", top=0))
    assert "Жалоб, попавших в" in page.words[""]


def test_unmasked_data_are_warned_of() -> None:
    """The page will be forwarded."""
    made = full_report()
    made.meta.masked = False
    assert "не пересылайте" in Page(render("html", made, "ru", top=0)).words["limits"].replace("\u00a0", " ")


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_words_come_back_as_they_went_in(words: str, name: str) -> None:
    """Escaping loses nothing that may be shown."""
    from svc.cli.boundary import clean

    page = Page(tag("p", words, title=name))
    assert [element for element, _ in page.elements] == ["p"]
    assert page.words.get("", "").removesuffix(" ").split() == clean(words).split()
    assert str(page.elements[0][1]["title"]).split() == clean(name).split()


@given(st.text(alphabet="абвё неи-—5%«» ", max_size=40))
def test_typesetting_changes_blanks_alone(words: str) -> None:
    """And twice is once."""
    done = typeset(words, "ru")
    assert done.replace("\u00a0", " ") == words.replace("\u00a0", " ")
    assert typeset(done, "ru") == done


@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=30))
def test_drawings_stay_inside_their_frame(counts: list[int]) -> None:
    """Whatever the counts."""
    for drawing, width, height in ((charts.sparkline(counts), 100, 24), (charts.bar(counts[0] / 100), 100, 10)):
        assert isinstance(drawing, Safe)
        for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", drawing):
            assert 0 <= float(x) <= width
            assert 0 <= float(y) <= height
        assert all(0 <= float(value) <= width for value in re.findall(r'(?<=\s)width="(-?[\d.]+)"', drawing))
