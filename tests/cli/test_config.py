"""Settings outside the command line: which one wins, what is refused, and what weights change."""

from __future__ import annotations

from pathlib import Path

import pytest
from svc.cli.boundary import DONE, USAGE

from .conftest import ROOT, Done, Svc

SHOP = str(ROOT / "samples/shop.csv")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder and a user folder beside it."""
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "home" / "svc").mkdir(parents=True)
    monkeypatch.setattr("svc.cli.configured.user_file", lambda: tmp_path / "home" / "svc" / "svc.toml")
    monkeypatch.setattr("svc.cli.commands.config.user_file", lambda: tmp_path / "home" / "svc" / "svc.toml")
    monkeypatch.chdir(work)
    return work


def report(svc: Svc, *arguments: str) -> dict[str, object]:
    return svc("analyze", SHOP, "-q", "--workers", "0", "--format", "json", *arguments).json()


def findings(svc: Svc, *arguments: str) -> list[dict[str, object]]:
    found = report(svc, *arguments)["findings"]
    assert isinstance(found, list)
    return found


def days(svc: Svc, *arguments: str) -> object:
    kpis = report(svc, *arguments)["kpis"]
    assert isinstance(kpis, dict)
    return kpis["overdue_days"]


def told(done: Done, key: str) -> tuple[str, str]:
    """The line of a key and its source, as `svc config` prints them."""
    line = next(line for line in done.out.splitlines() if line.startswith(key + " ="))
    value, _, source = line.partition("#")
    return value.strip(), source.strip()


def test_each_place_wins_over_the_next(svc: Svc, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flag, then SVC_*, then svc.toml, then the user's file, then built in."""
    assert days(svc) == 10
    user = tmp_path / "home" / "svc" / "svc.toml"
    user.write_text("overdue_days = 1\nquotes = 1\n")
    assert days(svc) == 1
    (folder / "svc.toml").write_text("overdue-days = 2\n")
    assert days(svc) == 2
    monkeypatch.setenv("SVC_OVERDUE_DAYS", "3")
    assert days(svc) == 3
    assert days(svc, "--overdue-days", "4") == 4
    done = svc("config")
    assert done.code == DONE
    assert told(done, "overdue_days") == ("overdue_days = 3", "SVC_OVERDUE_DAYS")
    assert told(done, "quotes") == ("quotes = 1", str(user))
    assert told(done, "top") == ("top = 20", "встроено")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("tpo = 3", ("svc.toml", "tpo", "top")),
        ("[severity.cuort]\nfloor = 0.8", ("severity.cuort.floor", "severity.court.floor")),
        ("[rank]\ngrowth_hihg = 3", ("rank.growth_high",)),
        ("top = 'x'", ("top", "0, 1, 2")),
        ("quiet = 1", ("quiet", "true")),
        ("[severity.court]\nfloor = 8", ("severity.court.floor", "0 … 1")),
        ("by = [1]", ("by",)),
        ("top = ", ("svc.toml", "TOML")),
        ("report = ['json=x.json']", ("report",)),
        ("rank-by = 'pain'", ("--rank-by pain", "index")),
    ],
)
def test_what_cannot_be_obeyed_is_named(svc: Svc, folder: Path, content: str, words: tuple[str, ...]) -> None:
    (folder / "svc.toml").write_text(content)
    done = svc("analyze", SHOP)
    assert (done.code, done.out) == (USAGE, "")
    assert [word for word in words if word not in done.err] == []


def test_variables_misspelt_are_named_and_foreign_ones_left_alone(svc: Svc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SVC_SERVICE_HOST", "10.0.0.1")
    assert svc("config").code == DONE
    monkeypatch.setenv("SVC_DENOMINATR", "5")
    done = svc("config")
    assert done.code == USAGE
    assert "SVC_DENOMINATOR" in done.err


def test_a_fact_weighs_what_the_settings_say_and_only_there(svc: Svc, folder: Path) -> None:
    """Another floor moves the severity; without the file all is as before."""
    before = findings(svc)
    (folder / "svc.toml").write_text("[severity.not_received]\nfloor = 0.99\n")
    after = findings(svc)
    worst = {str(f["id"]): f["severity"] for f in before}
    assert any(float(str(f["severity"])) > float(str(worst[str(f["id"])])) + 0.1 for f in after)
    text = svc("explain", "Заказ так и не привезли, деньги не вернули").out
    assert "0.99" in text
    (folder / "svc.toml").unlink()
    assert findings(svc) == before


def test_a_relief_takes_off_what_the_settings_say(svc: Svc, folder: Path) -> None:
    told = "Шрифт в приложении мелкий, приходится щуриться"
    before = svc("explain", told).out
    (folder / "svc.toml").write_text("[severity.trifle]\noff = 0.9\n")
    after = svc("explain", told).out
    assert "0.9" in after
    assert before != after
    (folder / "svc.toml").write_text("[severity.trifle]\nfloor = 0.9\n")  # a relief has no floor
    assert svc("explain", told).code == USAGE


def test_limits_of_growth_hold_the_index(svc: Svc, folder: Path) -> None:
    (folder / "svc.toml").write_text("[rank]\ngrowth_low = 1.0\ngrowth_high = 1.0\n")
    assert {f["factors"]["growth"] for f in findings(svc)} == {1.0}  # type: ignore[index]


def test_money_needs_figures_and_orders_by_them(svc: Svc, folder: Path) -> None:
    refused = svc("analyze", SHOP, "--rank-by", "money")
    assert (refused.code, refused.out) == (USAGE, "")
    assert "[figures]" in refused.err
    assert {f["money"] for f in findings(svc)} == {None}
    (folder / "svc.toml").write_text(
        "[figures]\ncac = 1000\nhandling_hours = 0.5\nhour_cost = 600\nreach_online = 180\n"
    )
    found = findings(svc, "--rank-by", "money")
    money = [float(str(f["money"])) for f in found]
    assert money == sorted(money, reverse=True)
    first = found[0]
    assert money[0] == int(str(first["n"])) * 300 + int(str(first["customers"])) * 1000
    assert first["gains"]["reach"] == int(str(first["customers"])) * 180  # type: ignore[index]
    assert first["gains"]["won_low"] is None  # type: ignore[index]


def test_impact_orders_from_the_worst_and_needs_ratings(svc: Svc) -> None:
    impacts = [f["impact"] for f in findings(svc, "--rank-by", "impact")]
    known = [float(str(value)) for value in impacts if value is not None]
    assert known == sorted(known)
    assert impacts[: len(known)] == known
    refused = svc("analyze", SHOP, "--rank-by", "impact", "--rating", "none")
    assert (refused.code, refused.out) == (USAGE, "")
