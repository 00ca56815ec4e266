"""The page in a real browser: what a click does, what hostile words don't, how it prints, whether all can use it.

Skipped where there is no Chromium (``SVC_CHROMIUM`` names one). axe-core comes with the development extra.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from svc.cli.reporters import render

from ...browser import Tab, chromium, executable
from ...full import full_report
from ...hostile import CORPUS, SHORT, hostile

FOUND = executable()
pytestmark = pytest.mark.skipif(FOUND is None, reason="no Chromium on this machine")
SETTLED = "new Promise(done => setTimeout(done, 50))"  # an address changes a moment behind the click
SCREENS = [(1440, False), (1440, True), (390, False), (390, True)]


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """One page of one browser for all tests of this file."""
    with chromium(str(FOUND)) as browser:
        yield browser.tab()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with every part, of which ten findings are seen first."""
    path = tmp_path_factory.mktemp("page") / "отчёт.html"
    path.write_text(render("html", full_report(15), "ru", top=10), "utf-8")
    return path


@pytest.fixture(autouse=True)
def _screen(tab: Tab) -> None:
    tab.size(1440)
    tab.media()
    tab.dialogs.clear()
    tab.console.clear()
    tab.requests.clear()


def shown(tab: Tab) -> list[str]:
    """Ids of the findings that are seen, in their order."""
    return tab.run("[...document.querySelectorAll('tbody.finding')].filter(b => b.offsetHeight > 0).map(b => b.id)")


def test_a_finding_opens_to_its_quotes_and_rows(tab: Tab, page: Path) -> None:
    """And closes; the address follows, so that it can be sent."""
    tab.open(page)
    detail = "document.querySelector('#fulfilment\\\\.pain0 .detail').offsetHeight"
    assert tab.run(detail) == 0
    tab.click("#fulfilment\\.pain0 button.open")
    assert tab.run(detail) > 0
    assert tab.run("location.hash") == "#fulfilment.pain0"
    words = tab.run("document.querySelector('#fulfilment\\\\.pain0 .detail').innerText")
    assert "Курьер не приехал" in words
    assert "строка 12" in words.replace("\u00a0", " ")
    tab.click("#fulfilment\\.pain0 button.open")
    assert tab.run(detail) == 0


def test_the_keyboard_alone_opens_it(tab: Tab, page: Path) -> None:
    """Tab and Enter, with a focus that is seen."""
    tab.open(page)
    tab.run("document.querySelector('#returns\\\\.pain1 button.open').focus()")
    tab.key("Enter", 13, "\r")
    assert tab.run("document.querySelector('#returns\\\\.pain1 .detail').offsetHeight") > 0
    tab.key("Tab", 9)
    assert tab.run("document.activeElement.closest('#returns\\\\.pain1') !== null")
    assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("name", ["fulfilment.pain0", "support.pain14", "urgent", "limits"])
def test_a_deep_link_opens_what_it_names(tab: Tab, page: Path, name: str) -> None:
    """A finding beyond the first ten too."""
    tab.open(page, "#" + name)
    place = tab.run(
        f"(() => {{ const r = document.getElementById('{name}').getBoundingClientRect(); return r.top; }})()"
    )
    assert -5 <= place < 900
    if "pain" in name:
        assert tab.run(f"document.getElementById('{name}').querySelector('.detail').offsetHeight") > 0
        assert name in shown(tab)


def test_columns_sort_both_ways(tab: Tab, page: Path) -> None:
    """Numbers as numbers, words as words, and the reader of the screen is told."""
    tab.open(page)
    report = full_report(15)
    tab.click("#all")
    tab.click("button[data-sort=n]")
    assert shown(tab) == [f.id for f in sorted(report.findings, key=lambda f: -f.n)]
    assert tab.run("document.querySelector('th.col-n').getAttribute('aria-sort')") == "descending"
    tab.click("button[data-sort=n]")
    assert [f.n for name in shown(tab) for f in report.findings if f.id == name] == sorted(f.n for f in report.findings)
    tab.click("button[data-sort=class]")
    letters = [f.severity_class for name in shown(tab) for f in report.findings if f.id == name]
    assert letters == sorted(letters)
    assert tab.run("document.querySelectorAll('[aria-sort]').length") == 1


def test_filters_and_search_narrow_and_the_count_is_told(tab: Tab, page: Path) -> None:
    """All findings are searched, those not yet shown too."""
    tab.open(page)
    assert len(shown(tab)) == 10
    choose = (
        "(() => {{ const s = document.querySelector('select[data-filter={0}]'); s.value = '{1}';"
        " s.dispatchEvent(new Event('change')); }})()"
    )
    tab.run(choose.format("owner", "finance"))
    assert shown(tab) == ["returns.pain1", "returns.pain6", "returns.pain11"]
    tab.run(choose.format("class", "D"))
    assert shown(tab) == ["returns.pain11"]
    assert tab.run("document.querySelector('#shown').textContent").replace("\u00a0", " ") == "Показано 1 из 15"
    tab.run(choose.format("owner", ""))
    tab.run(choose.format("class", ""))
    tab.click("#search")
    for letter in "PAIN13 номер":
        tab.call("Input.insertText", text=letter)
    assert shown(tab) == ["digital.pain13"]
    tab.run(
        "(() => { const s = document.querySelector('#search'); s.value = 'такого нет';"
        " s.dispatchEvent(new Event('input')); })()"
    )
    assert shown(tab) == []
    assert tab.run("document.querySelector('#shown').textContent").startswith("Такого нет")
    tab.click("#reset")
    assert len(shown(tab)) == 10
    assert tab.run("document.activeElement.id") == "search"


def test_a_number_leads_to_the_pains_behind_it(tab: Tab, page: Path) -> None:
    """Of a department, of a cell of the heat map; the address can be sent; one button undoes it."""
    report = full_report(15)
    tab.open(page)
    tab.click("#owners a.only[href='#owner=finance']")
    tab.run(SETTLED)
    assert tab.run("location.hash") == "#owner=finance"
    assert shown(tab) == [f.id for f in report.findings if f.owner == "finance"]
    assert -5 <= tab.run("document.querySelector('#findings').getBoundingClientRect().top") < 900
    tab.click("#heat a.only[href='#system=fulfilment&stage=during']")
    tab.run(SETTLED)
    assert shown(tab) == [f.id for f in report.findings if f.system == "fulfilment"]
    assert tab.run("document.querySelector('select[data-filter=owner]').value") == ""
    tab.click("#reset")
    assert len(shown(tab)) == 10
    assert tab.run("document.querySelector('#reset').hidden")
    tab.open(page, "#owner=finance")
    assert shown(tab) == [f.id for f in report.findings if f.owner == "finance"]
    for nonsense in ("#owner=nobody", "#colour=red", "#owner", "#=", "#owner=%E0%A4%A"):
        tab.open(page, nonsense)
        assert len(shown(tab)) == 10
    assert tab.console == []


def test_a_figure_of_a_period_leads_to_numbers_and_a_quote(tab: Tab, page: Path) -> None:
    """A click opens the numbers of its complaints; one that is quoted opens its finding and stands there."""
    tab.open(page)
    seen = "document.querySelector('#periods .of p.rows').checkVisibility()"
    assert not tab.run(seen)
    tab.click("#periods .of summary")
    assert tab.run(seen)
    quoted = tab.run("document.querySelector('#periods .of a').getAttribute('href')")
    tab.click("#periods .of a")
    tab.run(SETTLED)
    assert tab.run(f"document.querySelector('{quoted}').closest('tbody').id") == "fulfilment.pain0"
    assert tab.run(f"document.activeElement === document.querySelector('{quoted}')")
    top = tab.run(f"document.querySelector('{quoted}').getBoundingClientRect().top")
    assert 0 <= top < 900
    assert tab.run("document.querySelector('#segments .of summary').textContent").startswith("30")
    assert tab.run("document.querySelector('#work .of summary').textContent").startswith("4")


@pytest.mark.parametrize("width", [1440, 390])
def test_opened_numbers_stay_in_sight(tab: Tab, page: Path, width: int) -> None:
    """A hundred numbers in a cell push nothing over the edge."""
    tab.size(width)
    tab.open(page)
    tab.run("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    assert tab.run("[...document.querySelectorAll('.of p')].every(p => p.getBoundingClientRect().right <= innerWidth)")


def test_a_phone_sorts_without_heads(tab: Tab, page: Path) -> None:
    """Where the head of the table is not seen, a choice of the order is."""
    seen = "document.querySelector('#order').offsetHeight > 0"
    tab.open(page)
    assert not tab.run(seen)
    tab.size(390)
    tab.open(page)
    assert tab.run(seen)
    tab.run(
        "(() => { const s = document.querySelector('#order'); s.value = 'class';"
        " s.dispatchEvent(new Event('change')); document.querySelector('#all').click(); })()"
    )
    letters = {f.id: f.severity_class for f in full_report(15).findings}
    assert [letters[name] for name in shown(tab)] == sorted(letters.values())
    assert tab.run("document.querySelector('[aria-sort]').className") == "col-class"


def test_the_table_is_copied_as_a_table_without_formulas(tab: Tab, tmp_path: Path) -> None:
    """Tabs and lines, as a spreadsheet takes them."""
    made = full_report(4)
    made.findings[0].title = {"ru": "=1+1", "en": "=1+1"}
    path = tmp_path / "copy.html"
    path.write_text(render("html", made, "ru", top=0), "utf-8")
    tab.open(path)
    tab.run(
        "(() => { window.kept = ''; navigator.clipboard.writeText = words => {"
        " window.kept = words; return Promise.resolve(); }; })()"
    )
    tab.click("#copy")
    lines = [line.split("\t") for line in str(tab.run("window.kept")).rstrip("\n").split("\n")]
    assert len(lines) == 5
    assert {len(line) for line in lines} == {9}
    assert lines[1][:3] == ["1", "'=1+1", tab.run("document.querySelector('.col-index b').textContent")]


def test_light_and_dark_are_switched_by_hand(tab: Tab, page: Path) -> None:
    """The system's wish first, the reader's then."""
    colour = "getComputedStyle(document.body).backgroundColor"
    tab.media(dark=True)
    tab.open(page)
    dark = tab.run(colour)
    tab.click("#theme")
    assert tab.run(colour) == "rgb(255, 255, 255)" != dark


@pytest.mark.parametrize(("width", "dark"), [*SCREENS, *((width, False) for width in (320, 768, 1024, 1200))])
def test_nothing_overflows(tab: Tab, page: Path, width: int, dark: bool) -> None:
    """On a desk and on a phone, with everything open."""
    tab.size(width)
    tab.media(dark=dark)
    tab.open(page)
    tab.click("#open-all")
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    script = """[...document.querySelectorAll('main *, header *')].filter(e => !e.closest('svg, .hidden, thead')
      && e.getBoundingClientRect().width > 0 && (e.getBoundingClientRect().right > innerWidth + 1
      || e.getBoundingClientRect().left < -1)).map(e => e.outerHTML.slice(0, 80))"""
    assert tab.run(script) == []
    assert (tab.console, tab.dialogs) == ([], [])


@pytest.mark.parametrize(("width", "dark"), SCREENS)
def test_axe_finds_nothing(tab: Tab, tmp_path: Path, width: int, dark: bool) -> None:
    """WCAG 2.1 A and AA and best practices, closed and open: contrast, names, landmarks, headings, tables."""
    found = importlib.util.find_spec("axe_core_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core-python is not installed")
    axe = Path(found.origin).with_name("axe.min.js").read_text("utf-8")
    tab.size(width)
    tab.media(dark=dark)
    path = tmp_path / "axe.html"
    path.write_text(render("html", full_report(4), "ru", top=0), "utf-8")
    tab.open(path)
    script = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))]))"
    tab.run(axe + ";0")  # the debugger's own script: no policy of the page is lifted for it
    for _ in range(2):
        done: Any = tab.run(script)
        assert done == [], json.dumps(done, ensure_ascii=False, indent=1)
        tab.click("#open-all")


@pytest.mark.parametrize("name", SHORT)
def test_hostile_words_do_nothing(tab: Tab, tmp_path: Path, name: str) -> None:
    """No dialogue, no request, no error, everywhere a report holds words."""
    path = tmp_path / "hostile.html"
    path.write_text(render("html", hostile(CORPUS[name]), "ru", top=0), "utf-8", "backslashreplace")
    tab.open(path)
    tab.click("#open-all")
    tab.click("#copy")
    tab.run("new Promise(done => setTimeout(done, 30))")
    assert (tab.dialogs, tab.console) == ([], [])
    assert [url for url in tab.requests if not url.startswith("file:")] == []
    assert len(tab.requests) == 1


def test_the_policy_stops_what_gets_through(tab: Tab, tmp_path: Path) -> None:
    """Were an element ever let in, it would still not run, nor ask the network; and the test hears it if it does."""
    source = render("html", full_report(3), "ru", top=0)
    evil = "<img src=x onerror='alert(1)'><script>alert(2)</script><script src='http://127.0.0.1:9/x.js'></script>"
    armed, bare = tmp_path / "armed.html", tmp_path / "bare.html"
    armed.write_text(source.replace("</main>", evil + "</main>"), "utf-8")
    bare.write_text(re.sub("<meta http-equiv[^>]*>", "", armed.read_text("utf-8")), "utf-8")
    tab.open(armed)
    tab.run("new Promise(done => setTimeout(done, 100))")
    assert tab.dialogs == []
    assert "Content Security Policy" in " ".join(tab.console)
    tab.open(bare)
    tab.run("new Promise(done => setTimeout(done, 100))")
    assert sorted(set(tab.dialogs)) == ["1", "2"]


def test_without_scripts_all_of_it_is_open(tab: Tab, page: Path) -> None:
    """A mail program's preview runs none."""
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(page)
        seen = tab.run("[...document.querySelectorAll('.detail')].every(row => row.offsetHeight > 0)")
        assert seen
        assert tab.run("document.querySelector('.tools').offsetHeight") == 0
    finally:
        tab.call("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads the PDF")
def test_it_prints_to_a_readable_pdf(tab: Tab, page: Path, tmp_path: Path) -> None:
    """Light whatever the screen, the first five open, no tools."""
    tab.media(dark=True)
    tab.open(page)
    path = tmp_path / "page.pdf"
    path.write_bytes(tab.pdf())
    words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    flat = " ".join(words.split())
    assert "Чинить первым" in flat
    assert flat.count("Что пишут клиенты") == 5
    assert "Скопировать таблицу" not in flat
    assert "Это жалобы, а не все клиенты" in flat
    assert 2 <= words.count("\f") <= 15
