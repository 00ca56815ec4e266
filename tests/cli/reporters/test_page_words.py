"""The words of the page: typeset, declined, none left as a code, none that a newcomer would misread."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from svc.analyzers.assess.effort import PARTS as EFFORTS
from svc.analyzers.assess.expectation import SOURCES
from svc.analyzers.records import MAX_URGENT, Factors, Kpi, Kpis, Period, Report, Segment, Theme, Urgent
from svc.analyzers.signs import FACT_NAMES
from svc.analyzers.vocabulary import DEMANDS
from svc.cli.messages import LANGUAGES, say
from svc.cli.reporters import render
from svc.cli.reporters.wording import Wording

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
    assert "Здесь первые 20 в этом порядке" in page
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
    [
        (1.4, "stable", False), (1.4, None, False), (0.7, "stable", False), (1.4, "growing", True), (3.0, "new", True),
        (0.6, "falling", True), (0.6, "gone", False),
    ],
)  # fmt: skip
def test_growth_that_may_be_chance_is_not_shown(growth: float, status: str | None, told: bool) -> None:
    """«×1,4» is read as growth whatever stands beside it; the sum behind the index names what it multiplied by."""
    made = report(finding(growth=growth, status=status, factors=Factors(5.0, 1.2, 60.0)))
    value = f"×{growth:.1f}".replace(".", ",")
    page = plain(made)
    assert (value in page) == ("Рост —" in page) == told
    assert ("поправка на рост 1,2 (может быть случаем)" in page) == (status in ("stable", None))
    for kind in ("text", "md"):
        assert (value in shown(kind, made, "ru")) == told


@pytest.mark.parametrize(("high", "told"), [(1, False), (3, True), (24, True)])
@pytest.mark.parametrize("kind", ["text", "xlsx", "html"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "Первенство не доказано: место по индексу от 1 до {}"), ("en", "not certain: place 1 to {} by index")],
)
def test_a_first_place_that_is_not_proven_says_so(kind: str, language: str, words: str, high: int, told: bool) -> None:
    """In the verdict itself: nobody opens the fold where the interval stands before he acts."""
    made = report(finding(rank_low=1, rank_high=high))
    found = plain(made, language) if kind == "html" else shown(kind, made, language)
    assert (words.format(high) in found) == told


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"today": None}, "Сроки посчитаны на 15.11.2026 — последний день в данных."),
        ({"today": "2026-11-15"}, "Сроки посчитаны на 15.11.2026 — день, заданный при запуске."),
        ({}, "Сроки посчитаны на 15.11.2026."),
    ],
)
def test_terms_say_the_day_they_are_counted_to(settings: dict[str, str | None], words: str) -> None:
    """A report of an earlier version does not know whose day it is, and claims nothing."""
    made = full_report()
    made.meta.settings = settings
    assert made.claim_totals
    made.claim_totals.until = "2026-11-15"
    assert words in plain(made)
    assert words in shown("text", made, "ru")


def test_commands_stand_apart_from_what_a_director_reads() -> None:
    """One frame at the end holds them all; a remark on what is left out leads there."""
    made = full_report(15)
    made.urgent *= MAX_URGENT
    page = str(render("html", made, "ru", top=0))
    before, frame, after = page.partition('<div id="commands"')
    assert frame
    assert "svc analyze" not in re.sub(r"<(script|style)>.*?</\1>", "", before, flags=re.DOTALL)
    assert "--report" not in before.partition("</style>")[2]
    assert "svc analyze" in after
    assert '<a href="#commands">' in before


def test_a_formula_is_written_as_people_write() -> None:
    """«24000 + min(0.03 * 24000 * 12, 1 * 24000)» is a line of a program."""
    formula = "24000 + min(0.03 * 24000 * 12, 1 * 24000) + 0.5 * (24000 + 8640)"
    assert Wording("ru").formula(formula) == (
        "24 000 + меньшее из (0,03 × 24 000 × 12; 1 × 24 000) + 0,5 × (24 000 + 8640)"
    )
    assert Wording("en").formula(formula) == (
        "24,000 + the least of (0.03 × 24,000 × 12; 1 × 24,000) + 0.5 × (24,000 + 8640)"
    )


@pytest.mark.parametrize(
    ("title", "words"), [("Вести журнал", "вести журнал"), ("СМС до начала", "СМС до начала"), ("", "")]
)
def test_advice_goes_on_behind_a_colon(title: str, words: str) -> None:
    """No capital letter in the middle of a sentence, but for an abbreviation."""
    assert Wording("ru").advice({"ru": title}) == words


def test_a_text_is_praised_once() -> None:
    """Two strengths of one system may quote one text."""
    made = full_report()
    quote = replace(made.strengths[0].quotes[0], text="Тихо и чисто")
    made.strengths = [replace(made.strengths[0], system="staff", quotes=[quote]) for _ in range(2)]
    assert plain(made).count("Тихо и чисто") == 1


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
    assert ("многие из них не жалобы" in page) == told
    assert ("класс A: 2 из 9" in page) != told
    terminal = str(render("text", made, "ru", top=5))
    assert ("многие из них не жалобы" in terminal) == told
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
