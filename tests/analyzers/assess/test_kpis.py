"""Overdue, time to answer, reopened and repeat contacts: from the columns of a file to the figures."""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
from svc.analyzers.assess.status import CLOSED, OPEN, REOPENED, UNKNOWN, state_of
from svc.analyzers.config import Settings
from svc.analyzers.gates import parse_gate
from svc.analyzers.pipeline import analyze
from svc.analyzers.read import ReadOptions
from svc.analyzers.records import Report
from svc.analyzers.verdicts import judge

LATE = "Курьер опоздал на три часа, заказ так и не привезли"
HEAD = ("id", "Клиент", "Дата", "Текст обращения", "Статус", "Дата закрытия", "Ответ")
ROWS = [
    ("1", "Иванов", "2026-03-01", LATE + " вчера.", "Закрыто", "2026-03-05", "Да"),
    ("2", "Иванов", "2026-03-10", LATE + " снова.", "Закрыто", "2026-03-30", "Да"),
    ("3", "Петров", "2026-03-02", LATE + " утром.", "В работе", "", ""),
    ("4", "Сидоров", "2026-03-25", LATE + " днём.", "Новое", "", ""),
    ("5", "Орлов", "2026-03-12", LATE + " вечером.", "Повторно открыто", "2026-03-14", ""),
    ("6", "Зайцев", "2026-03-12", LATE + " ночью.", "Закрыто", "2026-03-11", "Да"),
]


def run(folder: Path, rows: list[tuple[str, ...]], head: tuple[str, ...] = HEAD, **settings: Any) -> Report:
    path = folder / "жалобы.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    roles = dict(zip(("id", "customer", "date", "text", "status", "closed", "reply"), HEAD, strict=True))
    read = ReadOptions(columns={role: name for role, name in roles.items() if name in head})
    return analyze([str(path)], Settings(read=read, workers=0, **settings), "test").report


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Решено", CLOSED), ("Отказано", CLOSED), ("RESOLVED", CLOSED), ("Дан ответ", CLOSED),
        ("Closed - fixed", CLOSED),
        ("Не решено", OPEN), ("открыто", OPEN), ("В работе", OPEN), ("In progress", OPEN), ("unresolved", OPEN),
        ("Ожидает ответа клиента", OPEN), ("Переоткрыто", REOPENED), ("Re-opened", REOPENED),
        ("На доработке", REOPENED),
        ("VIP", UNKNOWN), ("", UNKNOWN), (None, UNKNOWN),
    ],
)  # fmt: skip
def test_a_status_names_a_state(status: str | None, state: int):
    assert state_of(status) == state


def test_figures_of_a_file_with_all_columns(tmp_path: Path):
    kpis = run(tmp_path, ROWS).kpis
    assert kpis is not None
    total = kpis.total
    assert (total.n, total.open, kpis.until, kpis.misdated) == (6, 3, "2026-03-30", 1)
    assert (total.overdue, total.late) == (2, 1)  # rows 3 and 5; row 2 took 20 days
    assert (total.answered, total.days_median, total.days_p90) == (2, 12.0, 18.4)
    assert (total.reopened, total.repeats, total.unknown) == (1, 1, 0)
    late = next(entry for entry in kpis.categories if entry.id == "fulfilment.late")
    assert (late.overdue, late.late, late.repeats) == (2, 1, 1)


def test_days_allowed_and_today_are_the_users(tmp_path: Path):
    kpis = run(tmp_path, ROWS, overdue_days=30, today=dt.date(2026, 4, 12)).kpis
    assert kpis is not None
    assert (kpis.total.overdue, kpis.total.late) == (2, 0)  # 41 and 31 days open; row 4 for 18 only


def test_the_order_of_rows_changes_nothing(tmp_path: Path):
    mixed = ROWS[:]
    random.Random(1).shuffle(mixed)
    assert run(tmp_path, mixed).kpis == run(tmp_path, ROWS).kpis


def test_without_such_columns_there_are_no_figures(tmp_path: Path):
    assert run(tmp_path, [row[:4] for row in ROWS], HEAD[:4]).kpis is None


def test_with_a_reply_only_open_is_what_has_none(tmp_path: Path):
    head = (*HEAD[:4], "Ответ")
    kpis = run(tmp_path, [(*row[:4], row[6]) for row in ROWS], head).kpis
    assert kpis is not None
    assert (kpis.total.open, kpis.total.overdue) == (3, 2)  # until 25 March: rows 3 and 5
    assert (kpis.total.late, kpis.total.days_median, kpis.total.reopened) == (None, None, None)


def test_an_unread_status_is_counted_as_unknown(tmp_path: Path):
    rows = [(*row[:4], "VIP") for row in ROWS]
    kpis = run(tmp_path, rows, HEAD[:5]).kpis
    assert kpis is not None
    assert (kpis.total.unknown, kpis.total.open) == (6, 0)


def test_the_gate_overdue_is_held_against_them(tmp_path: Path):
    report = run(tmp_path, ROWS)
    judge(report, [parse_gate("overdue:2"), parse_gate("overdue:3")], [])
    assert [(gate.verdict, gate.value) for gate in report.gates] == [("fail", 2), ("pass", 2)]
    assert Report.from_json(report.to_json()) == report


def test_what_is_not_known_is_not_nought(tmp_path: Path) -> None:
    """A column of states that say nothing: «0 просрочено» would be praise for a desk that nobody has looked at."""
    rows = [(*row[:4], "—") for row in ROWS]
    kpis = run(tmp_path, rows, HEAD[:5]).kpis
    assert kpis is not None
    assert (kpis.total.unknown, kpis.total.overdue, kpis.total.overdue_rows) == (6, None, [])
    closed = [(*rows[0][:4], "Закрыто"), *rows[1:]]  # only what is answered is told: the others may all be open
    half = run(tmp_path, closed, HEAD[:5]).kpis
    assert half is not None
    assert (half.total.unknown, half.total.overdue) == (5, None)


def test_the_overdue_are_named(tmp_path: Path) -> None:
    """In total and of each category; as many as are counted."""
    kpis = run(tmp_path, ROWS, today=dt.date(2026, 4, 30)).kpis
    assert kpis is not None
    assert kpis.total.overdue == len(kpis.total.overdue_rows) > 0
    for entry in kpis.categories:
        assert entry.overdue == len(entry.overdue_rows)
        assert set(entry.overdue_rows) <= set(kpis.total.overdue_rows) <= {"3", "4", "5"}
