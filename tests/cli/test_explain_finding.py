"""`svc explain --finding` and `--denominator`: the printed sum gives the index of the report."""

from __future__ import annotations

import re

import pytest
from svc.cli.boundary import DONE, USAGE

from .conftest import Svc

SHOP = "samples/shop.csv"


@pytest.mark.parametrize("place", [0, 1, 5])
def test_the_printed_rows_sum_to_the_index_of_the_report(svc: Svc, place: int) -> None:
    """A reader who adds up the page finds the figure of the report."""
    finding = svc("analyze", SHOP, "--quiet", "--format", "json").json()["findings"][place]
    page = svc("explain", "--finding", finding["id"], SHOP)
    assert page.code == DONE
    parts = re.findall(r"^ +(\d+\.\d+) = (\d\.\d+) / (\d+)", page.out, re.MULTILINE)
    rest = re.search(r"^ +(\d+\.\d+)  остальные строки: (\d+)", page.out, re.MULTILINE)
    assert len(parts) + (int(rest[2]) if rest else 0) == finding["n"]
    assert all(abs(float(severity) / int(n) - float(part)) < 1e-4 for part, severity, n in parts)
    pain = sum(float(part) for part, *_ in parts) + (float(rest[1]) if rest else 0)
    factors = finding["factors"]
    assert pain == pytest.approx(factors["pain"], abs=0.002)
    assert 100 * pain * factors["growth"] / factors["total"] == pytest.approx(finding["index"], abs=0.11)
    assert f"Место {place + 1} из" in page.out
    counts = re.search(r"g = \((\d+) \+ 5\) / \((\S+) \+ 5\) = (\S+)", page.out)
    assert counts is not None
    assert (int(counts[1]) + 5) / (float(counts[2]) + 5) == pytest.approx(finding["growth"], abs=0.001)


def test_more_than_twenty_rows_are_summed(svc: Svc) -> None:
    """The page stays short and the sum whole."""
    report = svc("analyze", SHOP, "--quiet", "--format", "json").json()
    wide = max(report["findings"], key=lambda f: f["n"])
    out = svc("explain", "--finding", wide["id"], SHOP).out
    assert len(re.findall(r" = \d\.\d+ / ", out)) == min(20, wide["n"])
    assert ("остальные строки" in out) == (wide["n"] > 20)


def test_without_dates_there_is_no_growth(svc: Svc) -> None:
    out = svc("explain", "--finding", "returns.refund_refused", "--date", "none", SHOP).out
    assert "g = 1" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--finding", "returns.refund_refused"), "--finding ID"),
        (("--finding", "returns.refund_refusd", SHOP), "returns.refund_refused"),
        (("--finding", "facility.cold", SHOP), "Ни у одной жалобы"),
        (("--finding", "returns.refund_refused", "нет.csv"), "нет.csv"),
    ],
)
def test_what_cannot_be_explained_is_said(svc: Svc, arguments: tuple[str, ...], told: str) -> None:
    done = svc("explain", *arguments)
    assert (done.code, done.out) == (USAGE, "")
    assert told in done.err


def test_a_denominator_gives_rates_and_changes_no_rank(svc: Svc) -> None:
    plain = svc("analyze", SHOP, "--quiet", "--format", "json").json()
    done = svc("analyze", SHOP, "--quiet", "--format", "json", "--denominator", "12000").json()
    assert done["statistics"]["per_1000"] == pytest.approx(plain["statistics"]["complaints"] / 12, abs=0.001)
    assert [f["per_1000"] for f in done["findings"]] == [round(f["n"] / 12, 3) for f in plain["findings"]]
    assert [(f["id"], f["index"]) for f in done["findings"]] == [(f["id"], f["index"]) for f in plain["findings"]]
    assert {f["per_1000"] for f in plain["findings"]} == {None}
    assert "на 1000" in svc("analyze", SHOP, "--quiet", "--denominator", "12000").out


def test_a_denominator_of_nothing_is_refused(svc: Svc) -> None:
    assert svc("analyze", SHOP, "--denominator", "0").code == USAGE
