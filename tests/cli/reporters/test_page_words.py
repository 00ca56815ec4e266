"""The words of the page: typeset, declined, none left as a code, none that a newcomer would misread."""

from __future__ import annotations

import re

import pytest
from svc.analyzers.assess.effort import PARTS as EFFORTS
from svc.analyzers.assess.expectation import SOURCES
from svc.analyzers.label import FACT_NAMES
from svc.analyzers.records import MAX_URGENT, Kpi, Kpis, Period, Report, Segment, Theme, Urgent
from svc.analyzers.vocabulary import DEMANDS
from svc.cli.messages import LANGUAGES, say
from svc.cli.reporters import render

from ...full import full_report
from ...made import finding, report, shown


def plain(made: Report, language: str = "ru") -> str:
    """What a person reads: no markup, no scripts, blanks alike."""
    page = re.sub(r"<(script|style)>.*?</\1>", " ", str(render("html", made, language, top=0)), flags=re.DOTALL)
    page = re.sub(r"</(?:span|b|i|a|mark|small)>", "", page)
    page = re.sub(r"<(?:span|b|i|a|mark|small)\b[^>]*>", "", page)
    return " ".join(re.sub(r"<[^>]+>", " ", page).replace("\u00a0", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_report_may_hold_has_words(language: str) -> None:
    """A code shown to a director is a defect: «html.promised_by.other» stood on the page of the shop sample."""
    codes = [
        *(f"html.promised_by.{name}" for name in SOURCES),
        *(f"html.demand.{name}" for name in DEMANDS),
        *(f"html.effort_name.{name}" for name in EFFORTS),
        *(f"fact.{name}" for name in FACT_NAMES),
        *(f"html.status.{name}" for name in ("new", "growing", "stable", "falling", "returned", "gone")),
    ]
    assert [code for code in codes if say(code, language) == code] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_left_on_a_full_page(language: str) -> None:
    """Ids of findings stand in their own element; nothing else looks like a code."""
    page = re.sub(r"<code>.*?</code>", "", str(render("html", full_report(), language, top=0)))
    made = re.sub(r"<(script|style)>.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert (
        re.findall(r"\b(?:html|report|kpi|owner|system|stage|dimension|fact|foreseen)\.[a-z_]+\b(?!\.html)", made) == []
    )
    assert "{" not in made


def test_a_first_place_of_few_complaints_says_so() -> None:
    """In every format that has a verdict: two complaints are no ground for a reorganisation."""
    made = report(finding(n=2))
    assert "Жалоб пока мало" in plain(made)
    for kind in ("text", "xlsx"):
        assert "Жалоб пока мало" in shown(kind, made, "ru")
    assert "Жалоб пока мало" not in plain(report(finding(n=20)))


def test_a_mild_name_with_class_a_is_explained() -> None:
    """«Медленно обслуживают» of class A looks like a mistake unless the page says whose complaints made it so."""
    made = report(finding(severity_class="A", classes={"A": 2, "B": 3, "C": 15, "D": 0}))
    words = "Класс A, потому что у 2 из 20 жалоб — здоровье"
    assert words in plain(made)
    assert words in str(render("text", made, "ru", top=0))
    made = report(finding(severity_class="B", classes={"A": 1, "B": 3, "C": 16, "D": 0}))
    assert "у 4 из 20 жалоб — потеря денег" in plain(made)


def test_what_moved_is_told_and_silence_where_no_periods_tell() -> None:
    """Not asked for is not «nothing grew»."""
    assert "Ни одна боль" not in plain(report(finding(status=None)))
    assert "Ни одна боль не выросла" in plain(report(finding(status="stable")))
    moved = report(finding(status="growing"), finding("staff.rude", status="stable"))
    assert "Меняется: Боль fulfilment.late — растёт" in plain(moved)
    assert "Меняется: Боль fulfilment.late — растёт" in str(render("text", moved, "ru", top=0))


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "1 жалоба из 11 строк"),
        (21, "21 жалоба из 31 строки"),
        (3, "3 жалобы из 13 строк"),
        (111, "111 жалоб из 121 строки"),
    ],
)
def test_nouns_are_declined(n: int, words: str) -> None:
    """«21 жалоб» is what a machine writes."""
    assert words in plain(report(finding(n=1, total=n), total=n))


def test_the_worst_urgent_are_not_all_of_them() -> None:
    """The report keeps twenty: «20 срочных» would be a figure that nobody counted."""
    made = report(finding())
    made.urgent = [Urgent(f"u{i}", "жалобы.csv", i + 2, 0.8, ["court"], [], "Подам в суд") for i in range(MAX_URGENT)]
    page = plain(made)
    assert "20 и больше срочных обращений" in page
    assert "Здесь 20 самых тяжёлых" in page
    made.urgent.pop()
    assert "19 срочных обращений" in plain(made)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        ((2.0, 1.2, 3.4), "в 2 раза (1,2–3,4)"),
        ((5.0, 2.5, 10.0), "в 5 раз (2,5–10)"),
        ((3.1, 2.4, 4.0), "в 3,1 раза (2,4–4)"),
        ((108.4, 6.3, 1857.3), "не меньше чем в 6,3 раза"),
    ],
)
def test_a_ratio_is_told_in_words(ratio: tuple[float, float, float], words: str) -> None:
    """«×108,4 [6,3–1857,3]» tells a director nothing; the lower bound does."""
    made = report(finding())
    value, low, high = ratio
    top = [{"id": "fulfilment.late", "share": 0.4, "ratio": value, "ratio_low": low, "ratio_high": high}]
    made.segments = [Segment("Город", "Тула", 30, 0.3, False, top)]
    page = plain(made)
    assert "Больше, чем у остальных:" in page
    assert words in page


def test_figures_of_a_column_have_as_many_digits() -> None:
    """«41» under «39,1» is read as four point one."""
    made = report(finding(index=41.0, share=0.41), finding("staff.rude", 12, index=39.1))
    page = str(render("html", made, "ru", top=0))
    indexes = re.findall(r'class="col-index"[^>]*><b>([^<]+)</b>', page)
    assert indexes == ["41,0", "39,1"]
    assert "41,0\u00a0%" in page


def test_a_forwarded_page_tells_no_folders() -> None:
    """Neither in its head, nor in the remarks, nor in the commands."""
    made = report(finding())
    made.meta.inputs = [{"source": "/home/ivanova/секретно/жалобы.csv"}]
    made.meta.notes = [
        {"source": "/home/ivanova/секретно/жалобы.csv", "code": "sheets", "chosen": "Отзывы", "others": "Другой"}
    ]
    page = str(render("html", made, "ru", top=0))
    assert "ivanova" not in page
    assert "жалобы.csv: взят лист Отзывы" in page


def test_rows_of_one_file_are_told_as_numbers() -> None:
    """Of several files, and of exports with ids, the whole name is needed."""
    made = report(finding(n=2, rows=["жалобы.csv:8", "жалобы.csv:9"]))
    assert "Номера строк: 2 8, 9" in plain(made)
    made.meta.inputs = [{"source": "жалобы.csv"}, {"source": "ещё.csv"}]
    assert "Номера обращений: 2 жалобы.csv:8, жалобы.csv:9" in plain(made)
    assert "Номера обращений: 2 60440, 60441" in plain(report(finding(n=2, rows=["60440", "60441"])))


@pytest.mark.parametrize(
    ("growth", "status", "told"),
    [(1.4, "stable", True), (1.4, None, True), (0.7, "stable", True), (1.4, "growing", False), (1.04, "stable", False)],
)
def test_growth_that_may_be_chance_says_so(growth: float, status: str | None, told: bool) -> None:
    """«×1,4» alone is read as growth; every format for people says where it may be none."""
    made = report(finding(growth=growth, status=status))
    value = f"×{growth:.1f}".replace(".", ",")
    assert (f"{value} может быть случаем" in plain(made)) == told
    for kind in ("text", "md"):
        assert (f"({value})" in shown(kind, made, "ru")) == told
        assert value in shown(kind, made, "ru")


def test_a_figure_opens_to_the_numbers_of_its_complaints() -> None:
    """Of a period, of a segment, of the overdue; a number that is quoted on the page leads to the quote."""
    made = report(finding(rows=["7", "8"], n=2))
    made.periods = [Period("2026-W30", 9, 3, True, ["7", "8", "9"]), Period("2026-W31", 9, 130, True, ["8"] * 100)]
    made.segments = [Segment("Город", "Тула", 2, 0.3, False, [], ["7", "8"])]
    work = Kpi(None, 20, 5, 0, 2, None, None, None, None, None, None, ["9", "7"])
    made.kpis = Kpis(10, None, 0, work, [])
    page = str(render("html", made, "ru", top=0))
    for part, figure, rows in (
        ("periods", "3", '<a href="#quote-1">7</a>, 8, 9'),
        ("segments", "2", '<a href="#quote-1">7</a>, 8'),
        ("work", "2", '9, <a href="#quote-1">7</a>'),
    ):
        body = page[page.index(f'<section id="{part}"') :]
        opened = re.search(rf'<summary>{figure}<span class="hidden">.*?</summary><p class="rows">(.*?)</p>', body)
        assert opened, part
        assert opened[1].endswith(rows)
    assert page.count('id="quote-1"') == 1
    assert "Номера обращений, 100 самых тяжёлых из 130" in plain(made)
    assert "Остальные 30 — в файле строк" in plain(made)


def test_the_head_tells_the_days_of_the_rows() -> None:
    """Not those of the calendar: a month that has begun is not over."""
    made = report(finding())
    made.periods = [Period("2026-02", 9, 3, True), Period("2026-03", 9, 3, False)]
    assert "01.02.2026–31.03.2026" in plain(made)
    made.statistics.first, made.statistics.last = "2026-02-10", "2026-03-04"
    assert "10.02.2026–04.03.2026" in plain(made)


def test_equal_indexes_stand_in_one_order() -> None:
    """The chart of sums and the table above it."""
    names = ["staff.rude", "fulfilment.late", "digital.error"]
    page = str(render("html", report(*(finding(name, index=10.0) for name in names)), "ru", top=0))
    chart = page[page.index('<section id="pareto"') :]
    assert re.findall(r'<th scope="row"><a href="#([\w.]+)">', chart)[:3] == names


def test_a_class_says_how_many_hold_it() -> None:
    """Class A of ninety mild complaints and five grave ones is no class A of ninety."""
    page = plain(report(finding(severity_class="A", classes={"A": 5, "B": 3, "C": 12, "D": 0}, n=20)))
    assert "A 5 из 20" in page


def test_customers_are_told_where_they_are_known() -> None:
    """Without a column of customers each complaint would count as one."""
    made = report(finding())
    made.meta.inputs = [{"source": "жалобы.csv", "columns": {"text": ["Текст"]}}]
    assert "Клиентов" not in plain(made)
    made.meta.inputs = [{"source": "жалобы.csv", "columns": {"text": ["Текст"], "customer": ["Клиент"]}}]
    assert "Клиентов" in plain(made)


@pytest.mark.parametrize(("sure", "told"), [(0.9, False), (0.55, True), (None, False)])
def test_a_theme_of_praise_has_no_class(sure: float | None, told: bool) -> None:
    """It is said that these may be no complaints."""
    made = report(finding())
    name = {"ru": "вежливый менеджер", "en": "вежливый менеджер"}
    made.themes = [
        Theme("t-aaaaaaaa", name, 9, 9, 0.1, 0.05, 0.2, 0.4, "A", {"A": 2, "B": 0, "C": 7, "D": 0}, None, None, None,
              False, ["менеджер"], None, [], None, {}, sure=sure)
    ]  # fmt: skip
    page = plain(made)
    assert ("среди них немало похвал" in page) == told
    assert ("класс A: 2 из 9" in page) != told
    terminal = str(render("text", made, "ru", top=5))
    assert ("среди них немало похвал" in terminal) == told
    assert ("[5–20], класс A" in terminal) != told


@pytest.mark.parametrize(("width", "drawn"), [(80, "▁▃█▂▅▁▂▁"), (120, "▃▁▃█▂▅▁▂▁"), (None, "")])
def test_a_terminal_draws_the_periods(width: int | None, drawn: str) -> None:
    """At 80 columns the last eight of them, and from when to when; a pipe gets no drawing."""
    made = full_report(4)
    made.findings = [
        finding(trend=[2, 0, 2, 5, 1, 3, 0, 1, 0], title={"ru": "Срыв сроков", "en": "Late"}, status="new")
    ]
    made.periods = [Period(f"2026-W{30 + i}", 9, 3, True) for i in range(9)]
    page = str(render("text", made, "ru", top=0, width=width))
    assert (f" {drawn} " in page) if drawn else ("▁" not in page)
    assert ("Периоды: жалобы с" in page) == bool(drawn)
    if width:
        assert all(len(line) <= width for line in page.splitlines())
