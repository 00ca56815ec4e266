"""The words of the page: typeset, declined, none left as a code, none that a newcomer would misread."""

from __future__ import annotations

import re

import pytest
from svc.analyzers.assess.effort import PARTS as EFFORTS
from svc.analyzers.assess.expectation import SOURCES
from svc.analyzers.label import FACT_NAMES
from svc.analyzers.records import MAX_URGENT, Report, Segment, Urgent
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
