"""`svc lexicon coverage | suggest | diff | new`, and `svc explain --category ID FILE`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from svc.cli.boundary import DONE, USAGE

from .conftest import Svc

LATE = ["Курьер опоздал на три часа", "Заказ так и не привезли, ужас", "Доставка опоздала на неделю, безобразие"]
MUSHROOMS = [f"Ужасно: грибной сироп испорчен, {word}, верните деньги" for word in ("кошмар", "жуть", "позор", "стыд")]


@pytest.fixture
def export(tmp_path: Path) -> str:
    """Complaints of which four speak of what no category knows."""
    path = tmp_path / "жалобы.csv"
    path.write_text("\n".join(["id;текст", *(f"{i};{text}" for i, text in enumerate(LATE + MUSHROOMS))]), "utf-8")
    return str(path)


@pytest.fixture
def own(tmp_path: Path) -> str:
    """A word list of a user, as a spreadsheet saves it."""
    path = tmp_path / "свои.csv"
    path.write_text("термин;категория\nгрибной сироп;product.syrup\n", "cp1251")
    return str(path)


def test_coverage_counts_complaints_with_and_without_a_category(svc: Svc, export: str) -> None:
    """Shares, the commonest terms and what nobody complained of."""
    found = svc("lexicon", "coverage", export, "--format", "json").json()
    assert 0 < found["covered"] <= found["complaints"] <= 7
    assert found["by_rule"] <= found["covered"]
    assert "fulfilment.late" not in found["unused"]
    assert "facility.elevator" in found["unused"]
    assert all(n <= found["complaints"] for _, _, n in found["terms"])
    page = svc("lexicon", "coverage", export)
    assert page.code == DONE
    assert f"Жалоб: {found['complaints']}" in page.out
    assert "svc lexicon suggest" in page.out


def test_a_word_list_raises_the_coverage(svc: Svc, export: str, own: str) -> None:
    """A user's terms are obeyed."""
    rows = svc("lexicon", "diff", "-", own, export, "--format", "json").json()
    assert [row["gained"] for row in rows if "сироп" in row["text"]] == [["product.syrup"]] * 4
    assert all("сироп" in row["text"] for row in rows)
    page = svc("lexicon", "diff", "-", own, export).out
    assert "product.syrup" in page
    assert "+4" in page
    assert svc("lexicon", "diff", own, own, export).out.startswith("Строк, которые меняются: 0")


def test_suggest_proposes_what_uncovered_complaints_share(svc: Svc, export: str, own: str) -> None:
    """A phrase with its counts and quotes; nothing once the lexicon has it."""
    found = svc("lexicon", "suggest", export, "--format", "json").json()
    terms = {item["term"]: item for item in found}
    if not terms:  # the model may have covered them all: then there is nothing to propose
        assert svc("lexicon", "coverage", export, "--format", "json").json()["covered"] == 7
        return
    best = found[0]
    assert best["n"] >= 3
    assert all(term for term in terms)
    assert any("сироп" in quote for _, quote in best["quotes"])
    assert "грибной сироп" in svc("lexicon", "suggest", export).out


def test_suggestions_as_toml_are_a_lexicon(svc: Svc, export: str) -> None:
    """What is printed can be saved, edited and linted."""
    table = tomllib.loads(svc("lexicon", "suggest", export, "--toml").out)
    assert table.keys() <= {"extend"}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_new_category_is_a_template_that_parses(svc: Svc, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All fields of the format, the department of its system filled in."""
    monkeypatch.setenv("SVC_LANG", language)
    done = svc("lexicon", "new", "access.locker")
    (entry,) = tomllib.loads(done.out)["category"]
    assert (entry["id"], entry["owner"], entry["terms"]) == ("access.locker", "branches", [])


def test_a_known_category_is_extended_not_defined_again(svc: Svc) -> None:
    """The template of an id that is there."""
    done = svc("lexicon", "new", "fulfilment.late")
    assert tomllib.loads(done.out)["extend"][0]["id"] == "fulfilment.late"
    assert "fulfilment.late" in done.err


@pytest.mark.parametrize("name", ["locker", "acess.locker", "access.", "access.a.b"])
def test_a_wrong_id_is_refused_with_the_systems(svc: Svc, name: str) -> None:
    """What is allowed is said."""
    done = svc("lexicon", "new", name)
    assert (done.code, done.out) == (USAGE, "")
    assert "fulfilment" in done.err


def test_explaining_a_category_in_a_file_shows_its_rows_and_terms(svc: Svc, export: str) -> None:
    """Counts add up to the rows shown."""
    done = svc("explain", "--category", "fulfilment.late", export)
    assert done.code == DONE
    assert "Жалоб с этой категорией: " in done.out
    assert "жалобы.csv:2" in done.out
