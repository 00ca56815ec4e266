"""`svc inspect`: what was chosen in a file, why, what came second, and how to fix the choice."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from svc.cli.boundary import DONE, NO_ROWS, USAGE

from .conftest import Svc

SHOP = "samples/shop.csv"


def test_it_names_encoding_delimiter_header_and_columns(svc: Svc) -> None:
    """All a reader needs to see at a glance that the file is read right."""
    done = svc("inspect", SHOP)
    assert (done.code, done.err) == (DONE, "")
    for part in ("cp1251", "';'", "заголовок в строке 1", "Текст обращения", "Не использованы: Тема"):
        assert part in done.out
    assert "Пригодно 198, пропущено 2" in done.out
    assert "2026-08-03" in done.out


def test_json_says_the_same_for_programs(svc: Svc) -> None:
    """One object an input, with the reason, score and runner-up of each choice."""
    (entry,) = svc("inspect", SHOP, "--format", "json").json()
    assert (entry["encoding"], entry["delimiter"], entry["header_row"]) == ("cp1251", ";", 1)
    assert (entry["used"], entry["skipped_by_reason"]) == (198, {"empty_text": 2})
    assert entry["choices"]["text"]["columns"] == ["Текст обращения"]
    assert {"reason", "score", "runner_up", "runner_up_score"} <= set(entry["choices"]["text"])
    assert [row["row"] for row in entry["first"]] == [2, 3, 4]


def test_it_shows_the_runner_up_of_a_doubtful_choice(svc: Svc, tmp_path: Path) -> None:
    """Two columns of long text: the other one is named, so that the reader can overrule."""
    path = tmp_path / "two.csv"
    late = "Курьер опоздал на три часа и нахамил, заказ так и не привезли вовремя, случай"
    torn = "Упаковка порвана, внутри не хватает половины деталей, инструкции нет вовсе, пример"
    rows = "".join(f"{i};{late} {i};{torn} {i}\n" for i in range(20))
    path.write_text("n;Поле 1;Поле 2\n" + rows, "utf-8")
    (entry,) = svc("inspect", path, "--format", "json").json()
    chosen = entry["choices"]["text"]
    assert {chosen["runner_up"], *chosen["columns"]} == {"Поле 1", "Поле 2"}
    line = next(line for line in svc("inspect", path).out.splitlines() if line.startswith("  text "))
    assert line.index(chosen["columns"][0]) < line.index(chosen["runner_up"])


def test_the_command_it_prints_reads_the_file_the_same_way(svc: Svc) -> None:
    """Copied to a script, it fixes the choice."""
    line = svc("inspect", SHOP).out.splitlines()[-1]
    words = shlex.split(line[line.index("svc analyze") :])
    assert words[:3] == ["svc", "analyze", SHOP]
    fixed = svc(*words[1:], "--format", "json", "-q").json()
    assert fixed["statistics"] == svc("analyze", SHOP, "--format", "json", "-q").json()["statistics"]
    assert fixed["meta"]["inputs"][0]["encoding"] == "cp1251"


@pytest.mark.parametrize(
    ("options", "role", "column"),
    [(["--text", "Тема"], "text", "Тема"), (["--date", "2"], "date", "Дата"), (["--title", "Тема"], "title", "Тема")],
)
def test_a_given_column_is_marked_as_given(svc: Svc, options: list[str], role: str, column: str) -> None:
    """Not found, told."""
    (entry,) = svc("inspect", SHOP, *options, "--format", "json").json()
    assert entry["choices"][role]["columns"] == [column]
    assert entry["choices"][role]["reason"] == "option"


def test_encoding_delimiter_sheet_and_split_are_obeyed(svc: Svc, tmp_path: Path) -> None:
    """The same options as `analyze` has."""
    (entry,) = svc("inspect", "samples/clinic.xlsx", "--sheet", "2", "--format", "json").json()
    assert (entry["sheet"], entry["header_row"]) == ("Отзывы", 2)
    path = tmp_path / "koi.csv"
    path.write_bytes("id|Текст\n1|Курьер опоздал на три часа\n".encode("koi8-r"))
    (entry,) = svc("inspect", path, "--encoding", "koi8-r", "--delimiter", "|", "--format", "json").json()
    assert (entry["encoding"], entry["delimiter"]) == ("koi8-r", "|")
    (entry,) = svc("inspect", "samples/claims.txt", "--split", "whole", "--format", "json").json()
    assert entry["used"] == 1


def test_several_inputs_come_one_after_another(svc: Svc) -> None:
    """Each under its own name."""
    done = svc("inspect", SHOP, "samples/provider.jsonl", "--format", "json").json()
    assert [entry["source"] for entry in done] == [SHOP, "samples/provider.jsonl"]


def test_first_rows_are_masked_unless_told_otherwise(svc: Svc, export: Callable[..., Path]) -> None:
    """A look into a file is often shared on a screen."""
    path = export("1;02.11.2026;Анна;Тула;Курьер опоздал, звоните +7 912 345-67-89, жду весь день.")
    assert "345-67-89" not in svc("inspect", path).out
    assert "345-67-89" in svc("inspect", path, "--no-mask").out


def test_long_first_rows_are_shortened_in_text_only(svc: Svc, export: Callable[..., Path]) -> None:
    """A glance stays a glance; a program gets all."""
    long = "Курьер опоздал. " * 40
    path = export(f"1;02.11.2026;Анна;Тула;{long}")
    assert max(map(len, svc("inspect", path).out.splitlines())) < 250
    (entry,) = svc("inspect", path, "--format", "json").json()
    assert entry["first"][0]["text"].count("опоздал") == 40


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["nope.csv"], USAGE, "nope.csv"),
        ([SHOP, "--text", "Текс обращения"], USAGE, "Текст обращения"),
        ([SHOP, "--format", "yaml"], USAGE, "text, json"),
        (["samples/clinic.xlsx", "--sheet", "Лист9"], USAGE, "Отзывы"),
    ],
)
def test_what_cannot_be_read_ends_with_one_line(svc: Svc, arguments: list[str], code: int, named: str) -> None:
    """The same words and codes as `analyze`."""
    done = svc("inspect", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
    assert named in done.err


def test_an_empty_file_ends_with_5(svc: Svc, tmp_path: Path) -> None:
    """Nothing to look at."""
    (tmp_path / "empty.csv").write_text("")
    assert svc("inspect", tmp_path / "empty.csv").code == NO_ROWS


def test_cells_and_headers_never_steer_the_terminal(svc: Svc, tmp_path: Path) -> None:
    """Columns, unused ones too, file names and texts are printed without controls, in both formats."""
    path = tmp_path / "bad.jsonl"
    row = {"Текст\x1b[31m": "Курьер\u202e опоздал\x9b2J на три часа [red]тут[/red]", "Прочее\x1b[5m": "\x07"}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    for form in ("text", "json"):
        done = svc("inspect", path, "--format", form, "--no-mask")
        assert done.code == DONE
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out + done.err)
        assert "[red]тут[/red]" in done.out
