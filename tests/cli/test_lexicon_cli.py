"""`svc lexicon list | show | lint | test`: what the categories are, and whether their files are sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from svc.cli.boundary import DONE, GATE, USAGE

from .conftest import Svc

SYSTEMS = (
    "product", "fulfilment", "returns", "billing", "price", "staff", "communication", "support", "digital", "process",
    "access", "trust", "safety", "privacy", "facility",
)  # fmt: skip
MINE = """[[category]]
id = "product.bees"
title = { ru = "Злые пчёлы", en = "Angry bees" }
owner = "quality"
dimension = "reliability"
stage = "after"
severity = 0.4
upgrade = { ru = "Сменить породу", en = "Change the breed" }
metric = { ru = "Укусов на улей", en = "Stings per hive" }
terms = ["пчела ~3 кусать|покусать|искусать"]
yes = ["Ваши пчёлы покусали соседа", "пчёлы кусают всех"]
no = ["Пчёлы спокойные"]
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A user's lexicon of one category."""
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    return path


def ids(out: str) -> list[str]:
    """Category ids of a listing."""
    return re.findall(r"^([a-z]+\.[a-z_]+) ", out, re.MULTILINE)


def test_list_shows_every_system_and_at_least_sixty_categories(svc: Svc) -> None:
    """One line a category, a total below."""
    done = svc("lexicon", "list")
    assert (done.code, done.err) == (DONE, "")
    found = ids(done.out)
    assert {name.partition(".")[0] for name in found} == set(SYSTEMS)
    assert len(found) == len(set(found)) >= 60
    assert str(len(found)) in done.out.splitlines()[-1]


@pytest.mark.parametrize("system", ["fulfilment", "safety"])
def test_list_of_one_system_shows_it_alone(svc: Svc, system: str) -> None:
    """`--system` takes an id of the fixed list."""
    found = ids(svc("lexicon", "list", "--system", system).out)
    assert found
    assert {name.partition(".")[0] for name in found} == {system}


def test_list_of_an_unknown_system_is_a_bad_request(svc: Svc) -> None:
    """An empty list would look like a system without categories."""
    done = svc("lexicon", "list", "--system", "delivery")
    assert (done.code, done.out) == (USAGE, "")
    assert "fulfilment" in done.err


def test_list_includes_the_users_categories(svc: Svc, mine: Path) -> None:
    """Where `--lexicon` names them."""
    assert "product.bees" not in ids(svc("lexicon", "list").out)
    assert "product.bees" in ids(svc("lexicon", "list", "--lexicon", mine).out)


def test_show_prints_a_category_as_its_file_has_it(svc: Svc, mine: Path) -> None:
    """Every field and example, with the line of each term."""
    out = svc("lexicon", "show", "product.bees", "--lexicon", mine).out
    for part in (
        "product.bees  Злые пчёлы",
        "0.4",
        "Сменить породу",
        "Укусов на улей",
        "mine.toml:10",
        "Пчёлы спокойные",
    ):
        assert part in out


def test_show_of_a_misspelt_category_names_the_nearest(svc: Svc) -> None:
    """One line, 2."""
    done = svc("lexicon", "show", "staff.rud")
    assert (done.code, done.out) == (USAGE, "")
    assert "staff.rude" in done.err


def test_lint_passes_the_packaged_lexicons(svc: Svc) -> None:
    """The figures are those of `list`."""
    done = svc("lexicon", "lint")
    assert (done.code, done.err) == (DONE, "")
    assert str(len(ids(svc("lexicon", "list").out))) in done.out


@pytest.mark.parametrize(
    ("wrong", "right", "line", "named"),
    [
        ('owner = "qualty"', 'owner = "quality"', 4, "quality"),
        ("severity = 7", "severity = 0.4", 7, "severity"),
        ('id = "delivery.bees"', 'id = "product.bees"', 2, "fulfilment"),
        ('terms = ["пчела ~~ кусать"]', 'terms = ["пчела ~3 кусать|покусать|искусать"]', 10, "~~"),
        ('stage = "after"\ncolour = "red"', 'stage = "after"', 7, "colour"),
        ("id = ", 'id = "product.bees"', 2, "TOML"),
    ],
)
def test_lint_names_file_and_line_of_a_fault(
    svc: Svc, mine: Path, wrong: str, right: str, line: int, named: str
) -> None:
    """Exit code 1, as linters do."""
    mine.write_text(MINE.replace(right, wrong), "utf-8")
    done = svc("lexicon", "lint", "--lexicon", mine)
    assert (done.code, done.out) == (GATE, "")
    assert re.search(rf"^mine\.toml:{line}: .*{re.escape(named)}", done.err, re.MULTILINE), done.err


def test_lint_names_words_that_no_text_can_hold(svc: Svc, mine: Path) -> None:
    """«паленка» is read as «плёнка» in a term's text too: written as a form it is found."""
    mine.write_text(MINE.replace("пчела ~3", "пчела|паленка ~3"), "utf-8")
    done = svc("lexicon", "lint", "--lexicon", mine)
    assert (done.code, done.out) == (GATE, "")
    assert re.search(r"^mine\.toml:10: product\.bees: .*паленка.*=паленка", done.err, re.MULTILINE), done.err
    assert len(done.err.splitlines()) == 2
    mine.write_text(MINE.replace("пчела ~3", "пчела|=паленка ~3").replace("Ваши пчёлы", "Ваша паленка"), "utf-8")
    assert svc("lexicon", "lint", "--lexicon", mine).code == DONE
    assert svc("lexicon", "test", "--lexicon", mine, "--files", "mine.toml").code == DONE


def test_a_faulty_lexicon_is_refused_with_its_first_fault(svc: Svc, mine: Path) -> None:
    """Nothing is listed or counted with half a lexicon."""
    mine.write_text(MINE.replace("quality", "nobody"), "utf-8")
    for command in (["list"], ["show", "product.bees"], ["test"]):
        refused = svc("lexicon", *command, "--lexicon", mine)
        assert (refused.code, refused.out) == (USAGE, "")
        assert "mine.toml:4: " in refused.err


def test_lint_names_a_term_told_twice(svc: Svc, mine: Path) -> None:
    """Both would count: what is written with ё and again with е weighed double."""
    mine.write_text(MINE.replace('"пчела ~3', '"жёлтая ~1 пчела", "желтая ~1 пчела", "пчела ~3'), "utf-8")
    done = svc("lexicon", "lint", "--lexicon", mine)
    assert done.code == GATE
    assert "mine.toml:10: product.bees: «желтая ~1 пчела» говорит то же, что «жёлтая ~1 пчела»" in done.err


def test_lint_shows_all_faults_at_once(svc: Svc, mine: Path) -> None:
    """With their number."""
    mine.write_text(MINE.replace('"quality"', '"nobody"').replace("0.4", "4").replace('"after"', '"never"'), "utf-8")
    done = svc("lexicon", "lint", "--lexicon", mine)
    assert [line.split(":")[1] for line in done.err.splitlines() if line.startswith("mine.toml:")] == ["4", "6", "7"]
    assert "3" in done.err.splitlines()[-1]


def test_test_runs_the_examples_of_a_file(svc: Svc, mine: Path) -> None:
    """Only that file's, where it is named."""
    done = svc("lexicon", "test", "--lexicon", mine, "--files", "mine.toml")
    assert (done.code, done.err) == (DONE, "")
    assert "3" in done.out


def test_test_names_an_example_that_fails_either_way(svc: Svc, mine: Path) -> None:
    """A yes that does not match, a no that does; the terms that fired stand with it."""
    yes, no = "Пчёлы улетели", "Пчёлы покусали кота"
    mine.write_text(MINE.replace("пчёлы кусают всех", yes).replace("Пчёлы спокойные", no), "utf-8")
    done = svc("lexicon", "test", "--lexicon", mine, "--files", "mine.toml")
    assert done.code == GATE
    assert re.search(rf"^mine\.toml:\d+: product\.bees: .*{yes}", done.err, re.MULTILINE)
    assert re.search(rf"^mine\.toml:\d+: product\.bees: .*{no}.*пчела", done.err, re.MULTILINE)


@pytest.mark.parametrize("command", [["list"], ["show", "staff.rude"], ["lint"], ["test"]])
def test_a_missing_lexicon_is_a_bad_request(svc: Svc, command: list[str]) -> None:
    """Whatever is asked of it."""
    done = svc("lexicon", *command, "--lexicon", "nope.toml")
    assert (done.code, done.out, done.err.count("\n")) == (USAGE, "", 1)
    assert "nope.toml" in done.err


def test_a_users_title_never_steers_the_terminal(svc: Svc, mine: Path) -> None:
    """A lexicon may come from a stranger."""
    mine.write_text(MINE.replace("Злые пчёлы", "Злые\\u001b[31m пчёлы"), "utf-8")
    for command in (["list"], ["show", "product.bees"]):
        done = svc("lexicon", *command, "--lexicon", mine)
        assert done.code == DONE
        assert "\x1b" not in done.out
        assert "пчёлы" in done.out


@pytest.mark.parametrize("command", [("lexicon", "lint"), ("analyze", "samples/shop.csv")])
def test_a_set_is_named_and_no_login_while_what_is_personal_stays_masked(
    svc: Svc, tmp_path: Path, command: tuple[str, ...]
) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[extend]]\nid = "staff.rude"\nterms = ["@chargee ~2 ivan.petrov@mail.ru"]\n', "utf-8")
    done = svc(*command, "--lexicon", own)
    assert done.code != DONE
    assert "@chargee" in done.err
    assert "@money" in done.err
    assert "ivan.petrov" not in done.err
