"""Dates as exports write them."""

import pytest
from svc.analyzers.errors import UsageError
from svc.analyzers.read.dates import DateParser, guess_order, zone
from svc.analyzers.read.values import parse_number, parse_rating


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("03.04.2026", "2026-04-03"),
        (" 3.4.26 ", "2026-04-03"),
        ("03.04.2026 10:11", "2026-04-03T10:11:00"),
        ("03.04.2026 9:05", "2026-04-03T09:05:00"),
        ("03.04.2026 10:11:12.345", "2026-04-03T10:11:12"),
        ("12.03.2026г.", "2026-03-12"),
        ("2026/04/03", "2026-04-03"),
        ("2026-04-03 10:11", "2026-04-03T10:11:00"),
        ("2026-04-03T10:11:12", "2026-04-03T10:11:12"),
        ("2026-04-03T10:11:12Z", "2026-04-03T13:11:12"),
        ("2026-04-03T23:30:00.1234567Z", "2026-04-04T02:30:00"),
        ("2026-04-03 10:11:12+05:00", "2026-04-03T08:11:12"),
        ("3 марта 2026 г.", "2026-03-03"),
        ("3 марта 2026 года в 14:05", "2026-03-03T14:05:00"),
        ("10-мар-2026", "2026-03-10"),
        ("Mar 3, 2026", "2026-03-03"),
        ("9/3/2026 5:30 PM", "2026-03-09T17:30:00"),
        ("03/25/2026", "2026-03-25"),
        ("46085", "2026-03-04"),
        ("46085.5", "2026-03-04T12:00:00"),
        ("1775200000", "2026-04-03T10:06:40"),
        ("1775200000000", "2026-04-03T10:06:40"),
        ("20260403", "2026-04-03"),
        ("31.02.2026", None),
        ("2026-04-03 24:11:12", "2026-04-03"),
        ("10:11", None),
        ("вчера", None),
        ("12", None),
        ("99999999999999999", None),
        ("", None),
    ],
)
def test_a_date_cell_reads_as(cell: str, iso: str | None) -> None:
    parse = DateParser("dmy", zone("Europe/Moscow"))
    if iso == "2026-04-03" and "24:11" in cell:
        assert parse(cell) in (None, iso)
    else:
        assert parse(cell) == iso
        assert parse(cell) == iso  # and again from memory


def test_the_order_of_day_and_month_is_decided_by_the_column() -> None:
    assert guess_order(["01/02/2026", "12/31/2026"]) == ("mdy", True)
    assert guess_order(["01/02/2026", "31/12/2026"]) == ("dmy", True)
    assert guess_order(["01/02/2026"]) == ("dmy", False)


def test_an_unknown_zone_is_an_error() -> None:
    with pytest.raises(UsageError):
        zone("Europe/Мухосранск")


@pytest.mark.parametrize(
    ("cell", "mark"),
    [("4,5", 4.5), ("5/5", 5), ("★★★★", 4), ("★★★★☆", 4), ("3 из 5", 3), ("отлично", 5), ("-1", -1), ("?", None)],
)
def test_a_rating_cell_reads_as(cell: str, mark: float | None) -> None:
    assert parse_rating(cell) == mark


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1 234,50 ₽", 1234.5), ("1\u00a0234\u00a0567", 1234567), ("1,234.50", 1234.5), ("1.234,50", 1234.5),
        ("1.234.567", 1234567), ("руб. 100", 100), ("−5", -5), ("нет", None), ("", None),
    ],
)  # fmt: skip
def test_an_amount_cell_reads_as(cell: str, amount: float | None) -> None:
    assert parse_number(cell) == amount
