"""The last look: every string of a report, each once, and nothing changed where nothing is found."""

from __future__ import annotations

from collections import Counter

import pytest
from svc.analyzers import mask_scan
from svc.analyzers.config import Settings
from svc.analyzers.mask_scan import scan_report, scan_value
from svc.analyzers.pipeline import empty_result
from svc.analyzers.records import Report, Uncovered

PHONE = "8 912 345-67-89"


@pytest.fixture
def report(tmp_path, monkeypatch) -> Report:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("text\nнет\n", "utf-8")
    return empty_result(["a.csv"], Settings(), "0", {}).report


def test_a_clean_report_is_given_back_itself(report):
    found, caught = scan_report(report)
    assert found is report
    assert caught == {}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (PHONE, "345"),
        ("ivan@mail.ru", "ivan"),
        ("vk.com/ivan_zuev", "zuev"),
        ("А123ВС77", "А123"),
        ("4276 0070 1815 9008", "4276"),
    ],
)
def test_whatever_part_holds_it(report, text, left):
    report.uncovered = [Uncovered("текст " + text, 3)]
    report.meta.notes = [{"source": "a.csv", "code": "x", "columns": ["R-1", text]}]
    found, caught = scan_report(report)
    assert left not in str(found.to_json())
    assert caught.total() == 2


def test_names_of_files_are_masked_with_the_names_in_them():
    caught: Counter[str] = Counter()
    row = scan_value({"source": "жалоба Иванова Петра Ильича.docx", "row": 5, "id": "R-0000123"}, caught)
    assert row["source"].startswith("жалоба [ИМЯ-")
    assert row["id"] == "R-0000123"
    assert caught == {"ИМЯ": 1}


def test_ids_days_and_weeks_are_not_taken_apart(monkeypatch):
    seen: list[str] = []
    monkeypatch.setattr(mask_scan, "replace_structured", lambda text: (seen.append(text), (text, []))[1])
    rows = [{"id": f"R-{n:07}", "day": "2026-11-22", "week": "2026-W47", "text": "без цифр"} for n in range(50)]
    scan_value(rows, Counter())
    assert seen == []


def test_a_string_told_many_times_is_looked_at_once(report, monkeypatch):
    report.uncovered = [Uncovered(f"R-{n % 3000:07}", n) for n in range(30_000)]
    looked: list[str] = []
    monkeypatch.setattr(mask_scan, "_look", lambda text, key: (looked.append(text), (text, []))[1])
    scan_report(report)
    assert 3_000 <= len(looked) < 3_500
