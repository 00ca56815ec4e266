"""`svc plan`: measures as a page and as a workbook, one file a department, the day of the check."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pytest
from svc.cli.boundary import DONE, USAGE

from ..full import full_report
from ..made import finding, report
from .conftest import Svc


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A full report on the disk, its free records as this version keeps them."""
    made = full_report()
    made.claims, made.themes, made.expectations, made.effort = [], [], [], None
    path = tmp_path / "report.json"
    path.write_text(json.dumps(made.to_json(), ensure_ascii=False), "utf-8")
    return path


def test_the_plan_says_who_what_why_by_what_and_when(svc: Svc, saved: Path) -> None:
    """On stdout as Markdown."""
    done = svc("plan", saved, "--lang", "ru")
    assert (done.code, done.err) == (DONE, "")
    table = [line for line in done.out.splitlines() if line.startswith("|")]
    assert len(table) == 2 + 10
    assert table[2].startswith("| 1 | Боль номер 0 | A | Логистика | Менять | Мерить | 30 из 100 жалоб: 30 %")
    assert table[2].endswith("| 15.01.2026 |")  # class A: two weeks after the report
    assert "Почему: индекс 15,4 из 100, класс A, рост ×1,1\n" in done.out  # it grows by more than chance
    assert re.search(r"Почему: индекс \S+ из 100, класс C\n", done.out)  # this one does not
    assert "> «Курьер не приехал" in done.out
    assert "просрочено 4" in done.out


@pytest.mark.parametrize(
    ("options", "day"), [(("--today", "2026-11-20"), "04.12.2026"), (("--check-days", "7"), "08.01.2026")]
)
def test_the_day_of_the_check_can_be_set(svc: Svc, saved: Path, options: tuple[str, ...], day: str) -> None:
    """Counted from the report unless told otherwise."""
    assert f"| {day} |" in svc("plan", saved, "--top", "1", "--lang", "ru", *options).out


def test_each_department_gets_its_own_file(svc: Svc, saved: Path, tmp_path: Path) -> None:
    """All measures, each in one file, by the ending of the name."""
    done = svc("plan", saved, "-o", tmp_path / "plan.md", "--split-by", "owner", "--top", "0", "--quiet")
    assert (done.code, done.out, done.err) == (DONE, "", "")
    names = sorted(path.name for path in tmp_path.glob("plan.*.md"))
    assert names == [f"plan.{owner}.md" for owner in ("contact_centre", "finance", "frontline", "it", "logistics")]
    text = (tmp_path / "plan.finance.md").read_text("utf-8")
    assert "# План мер: Финансы" in text
    assert "returns.pain1" in text.replace("\\", "")
    assert "fulfilment" not in text.replace("жалобы", "")


def test_a_workbook_by_its_ending(svc: Svc, saved: Path, tmp_path: Path) -> None:
    """The same measures."""
    done = svc("plan", saved, "-o", tmp_path / "plan.xlsx", "--top", "3")
    assert (done.code, done.out) == (DONE, "")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["План"]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [f"Боль номер {i}" for i in range(3)]


def test_few_data_make_no_measure_but_danger_does(svc: Svc, tmp_path: Path) -> None:
    """Two complaints about a queue are no plan; two about a fire are."""
    made = report(finding(n=30), finding("access.queue", n=2), finding("safety.fire", n=2, severity_class="A"))
    path = tmp_path / "r.json"
    path.write_text(json.dumps(made.to_json(), ensure_ascii=False), "utf-8")
    out = svc("plan", path).out
    assert "safety.fire" in out
    assert "access.queue" not in out


def test_no_findings_is_said(svc: Svc, tmp_path: Path) -> None:
    """Not an empty page."""
    made = report(total=0)
    made.statistics.customers = 0
    path = tmp_path / "r.json"
    path.write_text(json.dumps(made.to_json(), ensure_ascii=False), "utf-8")
    done = svc("plan", path)
    assert (done.code, "Мер нет" in done.out) == (DONE, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "plan.docx"), ".md, .xlsx"),
        (("--split-by", "owner"), "-o plan.md"),
        (("--split-by", "city"), "owner"),
        (("--format", "pdf"), "md, xlsx"),
    ],
)
def test_what_cannot_be_obeyed_is_refused(svc: Svc, saved: Path, options: tuple[str, ...], said: str) -> None:
    """With what is allowed."""
    done = svc("plan", saved, *options)
    assert done.code == USAGE
    assert said in done.err
    assert done.out == ""
