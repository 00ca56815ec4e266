"""`svc explain`: one text, or one category, down to the rule and its line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from svc.cli.boundary import DONE, USAGE

from .conftest import ROOT, Svc

LATE = "Курьер опоздал на три часа и нахамил"


def test_a_text_comes_with_kind_severity_categories_mentions_and_words(svc: Svc) -> None:
    """Everything that decided, in the order of deciding."""
    done = svc("explain", LATE)
    assert (done.code, done.err) == (DONE, "")
    heads = ["Тип: жалоба", "Тяжесть: ", "Слагаемые тяжести:", "Категории:", "Упоминания:", "Слова:"]
    places = [done.out.find(head) for head in heads]
    assert -1 not in places
    assert places == sorted(places)
    assert "fulfilment.late" in done.out
    assert "опоздал→опоздать" in done.out


def test_each_mention_points_to_the_line_of_its_rule(svc: Svc) -> None:
    """File and line of the lexicon hold the term that is named."""
    found = re.findall(
        r"^  [+-] «(.+?)» (\S+) \[.+?\] (.+?)  \(×\S+, (\S+):(\d+)\)$", svc("explain", LATE).out, re.MULTILINE
    )
    assert {category for _, category, *_ in found} >= {"fulfilment.late", "staff.rude"}
    for shown, _, term, file, line in found:
        assert shown in LATE
        (path,) = (ROOT / "lexicons").rglob(file)
        assert term.split(" ")[0].lstrip("!?") in path.read_text("utf-8").splitlines()[int(line) - 1]


def test_a_negated_word_is_marked(svc: Svc) -> None:
    """The reader sees what «не» reached."""
    assert "привезли→привезти(не)" in svc("explain", "Заказ так и не привезли").out


def test_a_mention_that_does_not_count_says_why(svc: Svc) -> None:
    """A supposition is no complaint."""
    out = svc("explain", "Боялась, что курьер опоздает, но приехал раньше").out
    assert "fulfilment.late" not in out.partition("Упоминания")[0]


def test_a_text_about_nothing_says_that_no_rule_fired(svc: Svc) -> None:
    """And is no error."""
    done = svc("explain", "абвгд")
    assert done.code == DONE
    assert "Ни одно правило не сработало" in done.out


def test_a_text_whose_rules_give_no_category_says_so(svc: Svc) -> None:
    """«No rule fired» above a list of rules that fired would be a lie."""
    out = svc("explain", "Требую вернуть 15 000 за некачественный телефон").out
    assert "product.poor_quality [сработало]" in out
    assert "Ни одно правило не сработало" not in out
    assert "ни одна категория не вышла достаточно вероятной" in out


def test_an_empty_text_is_read_like_any_other(svc: Svc) -> None:
    """No crash on nothing."""
    assert svc("explain", "").code == DONE


def test_a_category_is_shown_in_full(svc: Svc) -> None:
    """What it means, whose it is, what to change, how it is found, examples."""
    done = svc("explain", "--category", "fulfilment.late")
    assert done.code == DONE
    for part in ("fulfilment.late  ", "Изменить: ", "По чему проверить: ", "terms:", "fulfilment.toml:", "yes:", "no:"):
        assert part in done.out
    assert done.out == svc("lexicon", "show", "fulfilment.late").out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "--category"),
        (["nope.csv", "--category", "fulfilment.late"], "nope.csv"),
        (["--category", "fulfilment.lat"], "fulfilment.late"),
        ([LATE, "--lexicon", "nope.toml"], "nope.toml"),
        ([LATE, "--sector", "banc"], "banc"),
    ],
)
def test_a_bad_request_ends_with_2_and_one_line(svc: Svc, arguments: list[str], named: str) -> None:
    """Either a text or a category; a misspelt id names the nearest."""
    done = svc("explain", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (USAGE, "", 1)
    assert named in done.err


def test_the_users_lexicon_takes_part(svc: Svc, tmp_path: Path) -> None:
    """Its file and line are shown like those of ours."""
    mine = tmp_path / "mine.toml"
    mine.write_text('[[extend]]\nid = "fulfilment.late"\nterms = ["прибрести ~3 полночь"]\n', "utf-8")
    out = svc("explain", "Курьер прибрёл только в полночь", "--lexicon", mine).out
    assert "mine.toml:3" in out
    assert "fulfilment.late" in out.partition("Упоминания")[0]


def test_the_text_never_steers_the_terminal(svc: Svc) -> None:
    """Pasted from anywhere."""
    done = svc("explain", "Курьер \x1b[31mопоздал\x1b[0m на\u202e три часа \x9b2J [red]и нахамил[/red]")
    assert done.code == DONE
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.out)


def test_one_text_reads_the_same_as_in_a_file(svc: Svc, tmp_path: Path) -> None:
    """What is explained is what was counted."""
    path, rows = tmp_path / "one.jsonl", tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": LATE}), "utf-8")
    svc("analyze", path, "--rows", rows)
    shown = set(re.findall(r"^  ([a-z]+\.[a-z_]+) .*: сумма", svc("explain", LATE).out, re.MULTILINE))
    assert {item["id"] for item in json.loads(rows.read_text("utf-8"))["categories"]} == shown
