"""`svc discover` from the command line to the screen."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from .conftest import Svc

PLANTS = ("рассада завяла", "саженцы рассады засохли", "завяла рассада томатов", "томаты и рассада без корней")
STRINGS = ("струна лопнула", "лопнула струна скрипки", "скрипка и струна", "струна скрипки не строит")
ENDS = (" у меня", " опять", " совсем", " дома", " вчера", " в саду", " сразу", " и всё")


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """Two subjects that no category names."""
    lines = [told + end for ways in (PLANTS, STRINGS) for told in ways for end in ENDS]
    path = tmp_path / "garden.csv"
    path.write_text("id,text\n" + "\n".join(f"{i},{line}" for i, line in enumerate(lines)) + "\n", "utf-8")
    return path


def test_the_page_names_the_themes_and_says_how_many_texts_have_none(svc: Svc, garden: Path) -> None:
    done = svc("discover", "--all", garden, "--quiet")
    assert done.code == 0
    assert "Все обращения: 64 текста" in done.out
    assert "без темы 0 (0 %)" in done.out
    assert "рассад" in done.out
    assert "струн" in done.out
    assert "\x1b" not in done.out


def test_rows_carry_the_themes_of_the_report(svc: Svc, garden: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    report = svc("discover", "--all", garden, "--quiet", "--rows", rows, "--format", "json").json()
    themes = [json.loads(line)["theme"] for line in rows.read_text("utf-8").splitlines()]
    assert {theme["id"]: theme["n"] for theme in report["themes"]} == {t: themes.count(t) for t in set(themes)}


@pytest.mark.parametrize("kind", ["text", "md", "json"])
def test_a_saved_report_renders_to_the_same_bytes(svc: Svc, garden: Path, tmp_path: Path, kind: str) -> None:
    saved = tmp_path / "saved.json"
    first = svc("discover", "--all", garden, "--quiet", "--format", kind, "--report", f"json={saved}")
    assert svc("render", saved, "--format", kind, "--top", "25").out == first.out


def test_an_earlier_report_keeps_the_ids(svc: Svc, garden: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    saved.write_text(svc("discover", "--all", garden, "--quiet", "--format", "json").out, "utf-8")
    lines = garden.read_text("utf-8").splitlines()
    garden.write_text("\n".join(lines[:60]) + "\n", "utf-8")
    old = {theme["id"] for theme in json.loads(saved.read_text("utf-8"))["themes"]}
    new = svc("discover", "--all", garden, "--quiet", "--previous", saved, "--format", "json").json()["themes"]
    assert {theme["id"] for theme in new if theme["kept"]} & old
    assert "Узнана по прежнему отчёту" in svc("discover", "--all", garden, "--quiet", "--previous", saved).out


def test_an_accepted_theme_becomes_a_category_that_finds_it(svc: Svc, garden: Path, tmp_path: Path) -> None:
    themes = svc("discover", "--all", garden, "--quiet", "--format", "json").json()["themes"]
    target = tmp_path / "own.toml"
    # the largest: one whose every word is common to its neighbours too has no terms, and that is said
    theme = max(themes, key=lambda found: found["n"])["id"]
    done = svc("discover", "--all", garden, "--quiet", "--accept", theme, "--as", "product.own", "-o", target)
    assert done.code == 0
    assert "точность" in done.out
    entry = tomllib.loads(target.read_text("utf-8"))["category"][0]
    assert entry["id"] == "product.own"
    assert entry["terms"]
    assert svc("lexicon", "lint", "--lexicon", target).code == 0


def test_what_cannot_be_obeyed_is_said(svc: Svc, garden: Path) -> None:
    assert svc("discover", garden, "--quiet", "--accept", "t-aaaaaaaa").code == 2
    unknown = svc("discover", "--all", garden, "--quiet", "--accept", "t-aaaaaaaa", "--as", "product.own")
    assert unknown.code == 2
    assert "t-aaaaaaaa" in unknown.err
    assert svc("discover", garden, "--all", "--inside", "product.defect").code == 2
    assert svc("discover", garden, "--quiet", "--inside", "product.nothing").code == 2


def test_analyze_shows_themes_beside_the_findings(svc: Svc, garden: Path) -> None:
    report = svc("analyze", garden, "--quiet", "--format", "json").json()
    assert report["discovery"]["scope"] == "uncovered"
    assert report["discovery"]["n"] == sum(theme["n"] for theme in report["themes"]) + report["discovery"]["without"]
