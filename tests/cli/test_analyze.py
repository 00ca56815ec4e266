"""`svc analyze`: what every option does, what is printed where, how it ends."""

from __future__ import annotations

import csv
import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from svc.analyzers.records import Report
from svc.cli.app import app
from svc.cli.boundary import DONE, INTERNAL, INTERRUPTED, NO_ROWS, USAGE
from svc.cli.reporters import render

from .conftest import COMPLAINTS, ROOT, Done, Svc

SHOP = "samples/shop.csv"
LATE = "Курьер опоздал на три часа, заказ так и не привезли, безобразие, требую вернуть деньги."


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every result of one run over a sample: `text`, `json` and `rows`."""
    folder = tmp_path_factory.mktemp("shop")
    base = [sys.executable, "-m", "svc.cli", "analyze", SHOP, "--top", "0"]
    env = {**os.environ, "PYTHONUTF8": "1"}
    subprocess.run(
        [*base, "--rows", f"{folder}/rows.jsonl", "--report", f"json={folder}/r.json",
         "--report", f"text={folder}/r.txt"],
        cwd=ROOT, capture_output=True, check=True, env=env,
    )  # fmt: skip
    return {
        "text": (folder / "r.txt").read_text("utf-8"),
        "json": json.loads((folder / "r.json").read_text("utf-8")),
        "rows": [json.loads(line) for line in (folder / "rows.jsonl").read_text("utf-8").splitlines()],
    }


# -- how it ends -----------------------------------------------------------------------------------------------------


def test_a_report_ends_with_0_and_stands_on_stdout_alone(svc: Svc, complaints: Path) -> None:
    """Nothing but results on stdout, nothing at all on stderr."""
    done = svc("analyze", complaints)
    assert (done.code, done.err) == (DONE, "")
    assert done.out.startswith("Чинить первым: ")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["nope.csv"], "nope.csv"),
        (["--bogus"], "--bogus"),
        (["--text", "Тест"], "Текст?"),
        (["--by", "Горд"], "Город"),
        (["--text", "99"], "'99'"),
        (["--encoding", "utf-77"], "cp1251"),
        (["--delimiter", ";;"], "';;'"),
        (["--tz", "Mars/Base"], "Europe/Moscow"),
        (["--since", "01.11.2026"], "ГГГГ-ММ-ДД"),
        (["--until", "2026-13-01"], "ГГГГ-ММ-ДД"),
        (["--today", "завтра"], "ГГГГ-ММ-ДД"),
        (["--period", "year"], "week, month"),
        (["--format", "pdf"], "text, json"),
        (["--rank-by", "luck"], "index, volume, severity, growth"),
        (["--lang", "de"], "ru, en"),
        (["--top", "-1"], "--top"),
        (["--quotes", "many"], "--quotes"),
        (["--workers", "-1"], "--workers"),
        (["--report", "report.json"], "text, json"),
        (["--report", "text="], "text, json"),
        (["--rows", "rows.xlsx"], ".jsonl"),
        (["--rows", "-"], "--report"),
        (["--rows", "/no/such/folder/rows.csv"], "/no/such/folder/rows.csv"),
        (["--report", "json=/no/such/folder/r.json"], "/no/such/folder/r.json"),
        (["--lexicon", "nope.toml"], "nope.toml"),
        (["--sector", "banc"], "banc"),
    ],
)
def test_a_bad_request_ends_with_2_and_one_line_that_helps(
    svc: Svc, complaints: Path, arguments: list[str], named: str
) -> None:
    """The line says what is wrong or what is allowed; stdout stays empty."""
    done = svc("analyze", complaints, *arguments)
    assert (done.code, done.out) == (USAGE, "")
    assert done.err.count("\n") == 1
    assert named in done.err


def test_no_input_at_all_is_a_bad_request(svc: Svc) -> None:
    """With the way to the help."""
    done = svc("analyze")
    assert done.code == USAGE
    assert "--help" in done.err


def test_no_command_shows_the_help(svc: Svc) -> None:
    """Whoever types `svc` alone asks what there is."""
    done = svc()
    assert "analyze" in done.err + done.out


@pytest.mark.parametrize(
    "content",
    ["", "\n \n", "id;Дата;Текст\n", "id;Дата;Текст\n1;01.11.2026;\n2;02.11.2026; \n"],
    ids=["empty", "blank", "header only", "no text"],
)
def test_an_export_without_complaints_ends_with_5(svc: Svc, tmp_path: Path, content: str) -> None:
    """An empty export must never look like "no complaints"; the message names the way out."""
    path = tmp_path / "empty.csv"
    path.write_text(content, "utf-8")
    done = svc("analyze", path, "--text", "Текст")
    assert (done.code, done.out) == (NO_ROWS, "")
    assert "--allow-empty" in done.err


def test_a_period_without_complaints_ends_with_5_and_says_why(svc: Svc, complaints: Path) -> None:
    """The reasons come with their counts."""
    done = svc("analyze", complaints, "--since", "2030-01-01")
    assert done.code == NO_ROWS
    assert "вне периода — 5" in done.err


def test_allow_empty_makes_it_a_report_of_none(svc: Svc, complaints: Path, tmp_path: Path) -> None:
    """Skipped rows still count: rows in = used + skipped + duplicates."""
    rows = tmp_path / "rows.jsonl"
    done = svc("analyze", complaints, "--since", "2030-01-01", "--allow-empty", "--format", "json", "--rows", rows)
    figures = done.json()["statistics"]
    assert done.code == DONE
    assert (figures["rows"], figures["used"], figures["skipped"]) == (5, 0, 5)
    assert done.json()["findings"] == []
    assert rows.read_text() == ""


def test_allow_empty_takes_a_file_with_a_header_only(svc: Svc, export: Callable[..., Path]) -> None:
    """The weekly export of a week with honestly none."""
    done = svc("analyze", export(), "--allow-empty", "--by", "Город")
    assert (done.code, done.err) == (DONE, "")
    assert done.out


def test_a_bug_ends_with_3_and_shows_no_data(svc: Svc, complaints: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback may quote a customer; it comes under SVC_DEBUG only, and masked."""

    def fail(*_: object) -> None:
        raise ValueError("телефон клиента 8 900 000-00-00")

    monkeypatch.setattr("svc.analyzers.pipeline.analyze", fail)
    done = svc("analyze", complaints)
    assert (done.code, done.out, done.err.count("\n")) == (INTERNAL, "", 1)
    assert "ValueError" in done.err
    assert "телефон" not in done.err
    monkeypatch.setenv("SVC_DEBUG", "1")
    done = svc("analyze", complaints)
    assert (done.code, done.out) == (INTERNAL, "")
    assert "Traceback" in done.err or "test_analyze.py" in done.err
    assert "телефон клиента [ТЕЛ-" in done.err
    assert "000-00" not in done.err


def test_an_interruption_ends_as_shells_expect(svc: Svc, complaints: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """130, one word, no traceback."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("svc.analyzers.pipeline.analyze", interrupt)
    done = svc("analyze", complaints)
    assert (done.code, done.err) == (INTERRUPTED, "Прервано.\n")


# -- options: what to read -------------------------------------------------------------------------------------------

ROLES = (
    "text", "title", "date", "id", "customer", "channel", "product", "region", "rating", "amount", "status", "closed",
    "reply", "operator",
)  # fmt: skip
TESTED = {
    *ROLES, "encoding", "delimiter", "sheet", "split", "since", "until", "period", "today", "tz", "lexicon", "sector",
    "by", "top", "quotes", "rank-by", "format", "report", "rows", "lang", "no-mask", "no-model", "quiet", "workers",
    "allow-empty", "query", "denominator", "overdue-days",
    "fail-on", "warn-on", "baseline", "bom",  # test_gates_cli.py
    "mask-rules", "strict-pii",  # test_mask_cli.py
    "open",  # test_page_cli.py
}  # fmt: skip


def analyze_options() -> dict[str, Any]:
    """Long option name -> parameter of the command."""
    command = typer.main.get_command(app).commands["analyze"]  # type: ignore[attr-defined]
    names = ((name.removeprefix("--"), item) for item in command.params for name in item.opts)
    return {name: item for name, item in names if not name.startswith("-") and name not in {"help", "inputs"}}


def test_this_file_tests_every_option() -> None:
    """A new option brings its test."""
    assert set(analyze_options()) == TESTED


def test_without_the_model_every_category_comes_from_a_rule(svc: Svc, tmp_path: Path) -> None:
    """`--no-model` leaves alone what the lexicon does not know."""
    path = tmp_path / "rows.jsonl"
    for arguments, by in ((["--no-model"], {"rule"}), ([], {"rule", "model"})):
        svc("analyze", ROOT / "samples" / "shop.csv", "--rows", path, *arguments)
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert {given["by"] for row in rows for given in row["categories"]} == by


def test_every_option_has_its_help() -> None:
    """Worded, not a code of the catalogue."""
    assert [name for name, item in analyze_options().items() if not item.help or item.help.startswith("help.")] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_column_given_by_name_or_number_takes_its_role(svc: Svc, export: Callable[..., Path], role: str) -> None:
    """Whatever its header says; the report's meta names it."""
    said = "Курьер опоздал на три часа и заказ так и не привезли"
    path = export(*(f"{said} {i};{said} {i};{i};2026-11-0{i}" for i in range(1, 5)), header="А;Б;В;Г")
    for column in ("Г", "4") if role in {"date", "closed"} else ("В", "3"):
        if role == "text":
            column = "Б" if column == "В" else "2"
        given = ["--text", "А"] if role != "text" else []
        report = svc("analyze", path, *given, f"--{role}", column, "--format", "json").json()
        assert report["meta"]["inputs"][0]["columns"][role] == [
            "Б" if role == "text" else "Г" if column in "Г4" else "В"
        ]


def test_encoding_and_delimiter_overrule_detection(svc: Svc, tmp_path: Path) -> None:
    """A KOI8-R export with `|` between cells."""
    path = tmp_path / "export.csv"
    path.write_bytes(f"id|Текст\n1|{LATE}\n".encode("koi8-r"))
    report = svc("analyze", path, "--encoding", "koi8-r", "--delimiter", "|", "--format", "json").json()
    assert report["meta"]["inputs"][0]["encoding"] == "koi8-r"
    assert "опоздал" in report["findings"][0]["quotes"][0]["text"]


def test_sheet_picks_a_sheet_by_name_or_number(svc: Svc) -> None:
    """The sample's complaints are on its second sheet."""
    by_name = svc("analyze", "samples/clinic.xlsx", "--sheet", "Отзывы", "--format", "json", "-q").json()
    by_number = svc("analyze", "samples/clinic.xlsx", "--sheet", "2", "--format", "json", "-q").json()
    assert by_name["statistics"]["rows"] == by_number["statistics"]["rows"] == 60
    assert by_name["findings"] == by_number["findings"]
    assert svc("analyze", "samples/clinic.xlsx", "--sheet", "Жалобы").code == USAGE


@pytest.mark.parametrize(("how", "n"), [("blank", 2), ("line", 4), ("whole", 1), ("^---$", 2)])
def test_split_cuts_a_text_file(svc: Svc, tmp_path: Path, how: str, n: int) -> None:
    """By line, blank line, not at all, or a pattern."""
    path = tmp_path / "letters.txt"
    between = "\n---\n" if how.startswith("^") else "\n\n"
    path.write_text(f"{LATE}\nВерните деньги за заказ.{between}Кассир нахамил.\nЖду ответа на претензию.\n", "utf-8")
    assert svc("analyze", path, "--split", how, "--format", "json", "-q").json()["statistics"]["used"] == n


def test_since_and_until_take_whole_days_and_count_what_they_leave_out(svc: Svc, complaints: Path) -> None:
    """Both days belong to the period."""
    report = svc("analyze", complaints, "--since", "2026-11-03", "--until", "2026-11-05", "--format", "json").json()
    assert report["statistics"]["used"] == 3
    assert report["statistics"]["skipped_by_reason"] == {"out_of_period": 2}
    assert report["meta"]["settings"]["since"] == "2026-11-03"


def test_period_sets_the_calendar_unit(svc: Svc) -> None:
    """ISO weeks or months."""
    weeks = svc("analyze", SHOP, "--period", "week", "--format", "json").json()["periods"]
    months = svc("analyze", SHOP, "--period", "month", "--format", "json").json()["periods"]
    assert re.fullmatch(r"2026-W\d\d", weeks[0]["period"])
    assert [item["period"] for item in months] == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert sum(item["n"] for item in weeks) == sum(item["n"] for item in months) == 197


def test_today_says_whether_the_last_period_is_complete(svc: Svc) -> None:
    """Without it the data's last day stands for today."""
    asked = ["analyze", SHOP, "--period", "month", "--format", "json"]
    assert svc(*asked).json()["periods"][-1]["complete"] is False
    assert svc(*asked, "--today", "2026-12-05").json()["periods"][-1]["complete"] is True


def test_tz_moves_dates_that_carry_a_zone(svc: Svc, export: Callable[..., Path], tmp_path: Path) -> None:
    """Half past nine in the evening of the first, UTC, is the second in Moscow and still the first in London."""
    path = export(f"1;2026-11-01T21:30:00Z;{LATE}", header="id;Дата;Текст")
    days = []
    for zone in ("Europe/Moscow", "Europe/London"):
        svc("analyze", path, "--tz", zone, "--rows", tmp_path / "rows.jsonl", "-q")
        days.append(json.loads((tmp_path / "rows.jsonl").read_text("utf-8"))["date"][:10])
    assert days == ["2026-11-02", "2026-11-01"]


PACK = """
[pack]
id = "beekeeping"
title = { ru = "Пасека", en = "Beekeeping" }
cue = ["пасека"]
"""
CATEGORY = """
[[category]]
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


def test_lexicon_adds_the_users_own_category(svc: Svc, export: Callable[..., Path], tmp_path: Path) -> None:
    """A TOML file of the documented form; its title is what the report prints."""
    mine = tmp_path / "mine.toml"
    mine.write_text(CATEGORY, "utf-8")
    path = export("1;02.11.2026;Анна;Тула;Ваши пчёлы покусали соседа, это ужасно.")
    without = svc("analyze", path, "--format", "json").json()
    found = svc("analyze", path, "--lexicon", mine, "--format", "json").json()
    assert "product.bees" not in {item["id"] for item in without["findings"]}
    assert "product.bees" in {item["id"] for item in found["findings"]}
    assert without["meta"]["lexicon"] != found["meta"]["lexicon"]
    assert "Злые пчёлы" in svc("analyze", path, "--lexicon", mine).out


def test_sector_makes_a_pack_count_without_its_cue(svc: Svc, export: Callable[..., Path], tmp_path: Path) -> None:
    """Without the option the text must name the sector."""
    pack = tmp_path / "pack.toml"
    pack.write_text(PACK + CATEGORY, "utf-8")
    path = export("1;02.11.2026;Анна;Тула;Ваши пчёлы покусали соседа, это ужасно.")

    def found(*more: str) -> set[str]:
        return {f["id"] for f in svc("analyze", path, "--lexicon", pack, *more, "--format", "json").json()["findings"]}

    assert "product.bees" not in found()
    assert "product.bees" in found("--sector", "beekeeping")


def test_inputs_may_be_files_folders_globs_and_stdin(svc: Svc, complaints: Path) -> None:
    """The same rows, however they come."""
    other = complaints.with_name("second.csv")
    other.write_bytes(complaints.read_bytes())
    asked = ("--format", "json", "-q")
    two = svc("analyze", complaints, other, *asked).json()
    assert svc("analyze", complaints.parent, *asked).json()["statistics"] == two["statistics"]
    assert svc("analyze", complaints.parent / "*.csv", *asked).json()["statistics"] == two["statistics"]
    assert two["statistics"]["duplicates"] == 5
    piped = svc("analyze", "-", *asked, stdin=complaints.read_bytes()).json()
    assert piped["statistics"] == svc("analyze", complaints, *asked).json()["statistics"]
    assert piped["meta"]["inputs"][0]["source"] == "stdin"


# -- options: what to show -------------------------------------------------------------------------------------------


def test_by_breaks_down_by_a_column(svc: Svc, complaints: Path) -> None:
    """Each value with its number and share of complaints."""
    done = svc("analyze", complaints, "--by", "Город", "--format", "json").json()["segments"]
    assert {(item["column"], item["value"]) for item in done} == {("Город", "Тула"), ("Город", "Тверь")}
    assert sum(item["share"] for item in done) == pytest.approx(1)
    assert "Город = Тула" in svc("analyze", complaints, "--by", "Город").out


def table(text: str) -> list[list[str]]:
    """Cells of the findings' table of a piped text report."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line.lstrip().startswith(("№", "#")))
    rows = []
    for line in lines[start + 1 :]:
        if not re.match(r" *\d+  ", line):
            break
        rows.append(re.split(r"  +", line.strip()))
    return rows


def test_top_limits_what_is_shown_and_says_what_is_hidden(svc: Svc, shop: dict[str, Any]) -> None:
    """0 shows all; the JSON report has all anyway."""
    n = len(shop["json"]["findings"])
    three = svc("analyze", SHOP, "--top", "3", "-q").out
    assert len(table(three)) == 3
    assert f"… и ещё {n - 3}; показать все: --top 0" in three
    assert len(table(shop["text"])) == n


@pytest.mark.parametrize("n", [0, 1])
def test_quotes_limits_the_quotes_of_a_finding(svc: Svc, n: int) -> None:
    """Zero quotes is a wish too."""
    report = svc("analyze", SHOP, "--quotes", n, "--format", "json", "-q").json()
    assert max(len(finding["quotes"]) for finding in report["findings"]) == n


def test_rank_by_changes_the_order_and_no_figure(svc: Svc, shop: dict[str, Any]) -> None:
    """Each order is what its name says."""
    key = {
        "index": lambda f: -f["index"],
        "volume": lambda f: -f["n"],
        "severity": lambda f: (f["class"], -f["severity"]),
        "growth": lambda f: -(f["growth"] or 0),
    }
    for by, order in key.items():
        found = svc("analyze", SHOP, "--rank-by", by, "--format", "json", "-q").json()["findings"]
        assert [order(f) for f in found] == sorted(order(f) for f in found), by  # type: ignore[no-untyped-call]
        assert {f["id"]: f["index"] for f in found} == {f["id"]: f["index"] for f in shop["json"]["findings"]}


def test_lang_words_the_report_in_english(svc: Svc, complaints: Path) -> None:
    """All of our words; the customers' stay as they are."""
    text = svc("analyze", complaints, "--lang", "en").out
    ours = re.sub("«.*?»", "", text)
    assert ours.startswith("Fix first: ")
    assert not re.search("[а-яё]", ours, re.IGNORECASE)


def test_report_writes_further_reports_equal_to_stdout(svc: Svc, complaints: Path, tmp_path: Path) -> None:
    """As many as asked for; stderr says what was written."""
    text, data = tmp_path / "r.txt", tmp_path / "r.json"
    done = svc("analyze", complaints, "--report", f"text={text}", "--report", f"json={data}")
    assert text.read_bytes().decode() == done.out
    assert json.loads(data.read_text("utf-8"))["statistics"]["used"] == 5
    assert done.err.splitlines() == [f"Записано: {text}", f"Записано: {data}"]


def test_quiet_says_nothing_on_stderr(svc: Svc, complaints: Path, tmp_path: Path) -> None:
    """Neither notes on the input nor what was written."""
    noisy = svc("analyze", "samples/clinic.xlsx", "--report", f"text={tmp_path / 'r.txt'}")
    quiet = svc("analyze", "samples/clinic.xlsx", "--report", f"text={tmp_path / 'r.txt'}", "--quiet")
    assert noisy.err.count("\n") > 1
    assert (quiet.err, quiet.out) == ("", noisy.out)


@pytest.mark.parametrize(("options", "n"), [([], None), (["--workers", "0"], 0), (["--workers", "3"], 3)])
def test_workers_sets_the_number_of_processes(
    svc: Svc, complaints: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], n: int | None
) -> None:
    """What the engine is asked for; that the result does not depend on it is tests/analyzers/test_pipeline.py's."""
    from svc.analyzers import pipeline

    asked: list[int | None] = []
    chunks = pipeline.label_chunks

    def spy(batches: Any, build: Any, workers: int | None) -> Any:
        asked.append(workers)
        return chunks(batches, build, 0)

    monkeypatch.setattr(pipeline, "label_chunks", spy)
    assert svc("analyze", complaints, *options).code == DONE
    assert asked == [n]


def test_names_and_phones_are_masked_unless_told_otherwise(
    svc: Svc, export: Callable[..., Path], tmp_path: Path
) -> None:
    """In quotes and rows alike."""
    said = "Курьер опоздал на три часа, звоните +7 912 345-67-89 или ivan.petrov@mail.ru."
    path, rows = export(f"1;02.11.2026;Анна;Тула;{said}"), tmp_path / "rows.jsonl"
    for option, shown in (((), False), (("--no-mask",), True)):
        report = svc("analyze", path, "--rows", rows, "--format", "json", *option)
        for output in (report.out, rows.read_text("utf-8")):
            assert ("345-67-89" in output, "ivan.petrov" in output) == (shown, shown)
        assert report.json()["meta"]["masked"] is not shown


# -- the report's JSON: a contract -----------------------------------------------------------------------------------

REPORT = {
    "schema_version", "success", "meta", "statistics", "findings", "themes", "strengths", "systems", "owners", "stages",
    "dimensions", "kinds", "matrix", "urgent", "claims", "segments", "effort", "expectations", "periods", "uncovered",
    "duplicates", "gates", "baseline", "events", "skipped",
}  # fmt: skip
STATISTICS = {"rows", "used", "skipped", "duplicates", "coverage", "skipped_by_reason"}
FINDING = {
    "id", "title", "system", "owner", "dimension", "stage", "n", "customers", "share", "share_low", "share_high",
    "severity", "class", "growth", "status", "index", "index_low", "index_high", "rank_low", "rank_high", "money",
    "impact", "quotes", "rows",
}  # fmt: skip
ROW = {
    "id", "source", "row", "date", "kind", "kind_confidence", "complaint", "categories", "mentions", "theme",
    "severity", "class", "demands", "amount", "penalty", "moral_damage", "law", "deadline", "deadline_days",
    "escalation", "churn", "promise_gap", "effort", "repeat_of", "duplicate", "text", "span_source",
}  # fmt: skip


def test_the_json_report_has_every_key_of_the_contract(shop: dict[str, Any]) -> None:
    """From the first release, null where not yet known."""
    report = shop["json"]
    assert set(report) >= REPORT
    assert set(report["statistics"]) >= STATISTICS
    assert report["findings"]
    assert all(set(finding) >= FINDING for finding in report["findings"])
    assert report["success"] is True


def test_the_figures_of_the_report_agree_with_each_other(shop: dict[str, Any]) -> None:
    """Rows add up, indexes sum to 100, shares lie in their intervals, ids are known rows."""
    report, figures = shop["json"], shop["json"]["statistics"]
    assert figures["rows"] == figures["used"] + figures["skipped"] + figures["duplicates"] == 200
    assert sum(figures["skipped_by_reason"].values()) == figures["skipped"] == len(report["skipped"])
    assert sum(report["kinds"].values()) == figures["used"]
    assert sum(finding["index"] for finding in report["findings"]) == pytest.approx(100)
    ids = {row["id"] for row in shop["rows"]}
    for finding in report["findings"]:
        assert finding["share_low"] <= finding["share"] <= finding["share_high"]
        assert finding["share"] == pytest.approx(finding["n"] / figures["complaints"], abs=0.001)
        assert len(finding["rows"]) == min(finding["n"], 100)
        assert set(finding["rows"]) <= ids
        for quote in finding["quotes"]:
            assert 0 <= quote["start"] <= quote["stop"] <= len(quote["text"])
    for axis in ("systems", "owners", "stages", "dimensions"):
        assert sum(group["index"] for group in report[axis]) == pytest.approx(100), axis


def test_text_and_json_show_the_same_numbers(shop: dict[str, Any]) -> None:
    """The table parsed back: place, index, running sum, class, title, number."""
    for place, (cells, finding) in enumerate(zip(table(shop["text"]), shop["json"]["findings"], strict=True), 1):
        assert cells[0] == str(place)
        assert float(cells[1].replace(",", ".")) == finding["index"]
        assert float(cells[2].replace(",", ".")) == finding["cumulative"]
        assert cells[3] == finding["class"]
        assert cells[4].startswith(f"{finding['title']['ru']} ({finding['id']})")
        assert int(cells[5]) == finding["n"]
        assert cells[6].split(" [")[0] == f"{round(finding['share'] * 100, 1):g}".replace(".", ",")


def test_equal_runs_differ_in_meta_at_most(svc: Svc, complaints: Path) -> None:
    """All that may differ stands there alone."""
    first, second = (svc("analyze", complaints, "--format", "json").json() for _ in range(2))
    first.pop("meta")
    second.pop("meta")
    assert first == second


# -- the labelled rows -----------------------------------------------------------------------------------------------


def test_rows_stand_in_input_order_with_every_key(shop: dict[str, Any]) -> None:
    """One object a complaint, duplicates included, skipped rows not."""
    rows, figures = shop["rows"], shop["json"]["statistics"]
    assert len(rows) == figures["used"] + figures["duplicates"]
    assert sum(row["duplicate"] for row in rows) == figures["duplicates"]
    assert all(set(row) >= ROW for row in rows)
    assert [row["row"] for row in rows] == sorted(row["row"] for row in rows)


def test_values_of_rows_keep_the_fixed_vocabularies(shop: dict[str, Any]) -> None:
    """Gates and other tools rely on them."""
    for row in shop["rows"]:
        assert row["kind"] in {"complaint", "claim", "question", "suggestion", "praise", "other"}
        assert 0 <= row["severity"] <= 1
        assert 0 <= row["complaint"] <= 1
        assert row["class"] in ({"A", "B", "C", "D"} if row["kind"] in {"complaint", "claim"} else {None})
        assert all(item["id"].partition(".")[0] == item["system"] for item in row["categories"])
        assert all(item["by"] in {"rule", "model", "theme"} for item in row["categories"])


def test_spans_slice_to_whole_words_of_the_text_beside_them(shop: dict[str, Any]) -> None:
    """Half-open, in code points of `text`, masked as it is."""
    seen = 0
    for row in shop["rows"]:
        for mention in row["mentions"]:
            start, stop, text = mention["start"], mention["stop"], row["text"]
            assert 0 <= start < stop <= len(text)
            assert text[start:stop] == text[start:stop].strip()
            assert not (start and text[start - 1].isalnum() and text[start].isalnum())
            assert not (stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum())
            seen += 1
    assert seen > 200


def test_spans_follow_the_masking(svc: Svc, export: Callable[..., Path], tmp_path: Path) -> None:
    """A token longer or shorter than what it hides moves what comes after."""
    path, rows = export(f"1;02.11.2026;Анна;Тула;Пишу с ivan.petrov@mail.ru. {LATE}"), tmp_path / "rows.jsonl"
    slices = []
    for option in ((), ("--no-mask",)):
        svc("analyze", path, "--rows", rows, *option)
        row = json.loads(rows.read_text("utf-8"))
        slices.append([(m["category"], row["text"][m["start"] : m["stop"]]) for m in row["mentions"]])
    assert slices[0] == slices[1]
    assert ("fulfilment.late", "опоздал") in slices[0]


def test_span_source_leads_back_to_the_cells(svc: Svc, export: Callable[..., Path], tmp_path: Path) -> None:
    """Column and place within the cell, for each part of the text."""
    rows = tmp_path / "rows.jsonl"
    svc("analyze", export(*COMPLAINTS), "--rows", rows)
    for line, source in zip(rows.read_text("utf-8").splitlines(), COMPLAINTS, strict=True):
        row = json.loads(line)
        column, start, stop = row["span_source"][0][:3]
        assert column == "Текст"
        assert source.split(";")[4][start:stop].strip() == row["text"]


def test_rows_to_stdout_are_json_lines_and_the_report_goes_to_a_file(
    svc: Svc, complaints: Path, tmp_path: Path
) -> None:
    """Not a line of the report among them."""
    done = svc("analyze", complaints, "--rows", "-", "--report", f"text={tmp_path / 'r.txt'}", "-q")
    assert [row["id"] for row in done.json_lines()] == ["1", "2", "3", "4", "5"]
    assert (tmp_path / "r.txt").read_text("utf-8").startswith("Чинить первым")


def test_the_csv_of_rows_says_the_same_as_the_json_lines(svc: Svc, shop: dict[str, Any], tmp_path: Path) -> None:
    """Nested values are JSON in the cell, null is an empty cell."""
    svc("analyze", SHOP, "-q", "--rows", tmp_path / "rows.csv")
    rows = list(csv.DictReader((tmp_path / "rows.csv").open(encoding="utf-8", newline="")))
    assert list(rows[0]) == list(shop["rows"][0])
    for flat, full in zip(rows, shop["rows"], strict=True):
        assert json.loads(flat["categories"]) == full["categories"]
        assert json.loads(flat["mentions"]) == full["mentions"]
        assert float(flat["severity"]) == full["severity"]
        assert flat["theme"] == ""
        assert flat["text"].removeprefix("'") == full["text"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_of_the_csv_is_a_formula(svc: Svc, export: Callable[..., Path], tmp_path: Path, sign: str) -> None:
    """A complaint that begins like one is shown, not run, by the spreadsheet (CWE-1236)."""
    path = export(f'{sign}A1;02.11.2026;Анна;Тула;"{sign}cmd|calc!A0 курьер опоздал на три часа"')
    svc("analyze", path, "--id", "id", "--no-mask", "--rows", tmp_path / "rows.csv")
    row = next(csv.DictReader((tmp_path / "rows.csv").open(encoding="utf-8", newline="")))
    assert row["text"].startswith("'" + sign)
    assert row["id"] == f"'{sign}A1"
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


# -- writing files ---------------------------------------------------------------------------------------------------


def test_a_failed_write_leaves_the_old_file_whole(
    svc: Svc, complaints: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills up in the middle: the last report stays, nothing half-written lies beside it."""
    target = tmp_path / "out" / "rows.jsonl"
    target.parent.mkdir()
    target.write_text("старое", "utf-8")

    def half(_rows: object, path: Path) -> None:
        path.write_text("полстро", "utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("svc.cli.commands.analyze._rows_jsonl", half)
    done = svc("analyze", complaints, "--rows", target)
    assert (done.code, done.out) == (USAGE, "")
    assert "No space left on device" in done.err
    assert [item.read_text("utf-8") for item in target.parent.iterdir()] == ["старое"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_a_written_file_has_the_usual_permissions(svc: Svc, complaints: Path, tmp_path: Path) -> None:
    """Not those of a private temporary file: a colleague must be able to read it."""
    old = os.umask(0o022)
    try:
        svc("analyze", complaints, "--report", f"text={tmp_path / 'r.txt'}")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "r.txt").stat().st_mode) == 0o644


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_report_may_go_to_a_named_pipe(svc: Svc, complaints: Path, tmp_path: Path) -> None:
    """It is written to, not replaced by a file."""
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)  # type: ignore[attr-defined]
    reader = threading.Thread(target=lambda: got.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()
    done = svc("analyze", complaints, "--report", f"text={pipe}", "-q")
    reader.join(10)
    assert got == [done.out]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# -- streams and terminals -------------------------------------------------------------------------------------------


def as_terminal(monkeypatch: pytest.MonkeyPatch, svc: Svc, *arguments: object, **environment: str) -> Done:
    """A command whose stdout says it is a terminal."""
    with monkeypatch.context() as patch:
        for name, value in {"TERM": "xterm-256color", **environment}.items():
            patch.setenv(name, value)
        patch.setattr(sys.stdout, "isatty", lambda: True)
        return svc(*arguments)


@pytest.mark.skipif(os.name == "nt", reason="closing a pipe is told otherwise there")
def test_a_reader_that_goes_away_is_no_error(complaints: Path) -> None:
    """`svc analyze … | head -1`: quiet, and 0."""
    running = subprocess.Popen(
        [sys.executable, "-m", "svc.cli", "analyze", str(complaints)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert running.stdout is not None
    running.stdout.close()
    assert running.stderr is not None
    said = running.stderr.read()
    running.stderr.close()
    assert (running.wait(60), said) == (DONE, b"")


def test_an_ascii_stream_gets_escapes_and_no_crash(complaints: Path) -> None:
    """PYTHONIOENCODING=ascii, as on a bare server; errors too."""
    env = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    base = [sys.executable, "-m", "svc.cli", "analyze"]
    good = subprocess.run([*base, str(complaints)], cwd=ROOT, capture_output=True, check=False, env=env)
    bad = subprocess.run([*base, "нет.csv"], cwd=ROOT, capture_output=True, check=False, env=env)
    assert (good.returncode, good.stderr, bad.returncode, bad.stdout) == (DONE, b"", USAGE, b"")
    assert rb"\u0427\u0438\u043d\u0438\u0442\u044c" in good.stdout
    assert (good.stdout + bad.stderr).isascii()


def test_a_pipe_gets_plain_uncut_text(svc: Svc, export: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """No colour, no box, a quote on one line whatever COLUMNS says."""
    long = "Безобразие: " + "курьер опоздал на три часа, заказ так и не привезли, требую вернуть деньги, " * 3
    path = export(f"1;02.11.2026;Анна;Тула;{long}")
    monkeypatch.setenv("COLUMNS", "40")
    out = svc("analyze", path).out
    assert "\x1b" not in out
    assert not re.search("[\u2500-\u257f]", out)
    assert f"«{long.strip()}»" in out


def test_a_terminal_gets_colour_unless_it_refuses(svc: Svc, complaints: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR and TERM=dumb are respected; the words stay the same."""
    colour = as_terminal(monkeypatch, svc, "analyze", complaints).out
    refused = as_terminal(monkeypatch, svc, "analyze", complaints, NO_COLOR="1").out
    dumb = as_terminal(monkeypatch, svc, "analyze", complaints, TERM="dumb").out
    assert "\x1b[1m" in colour
    assert re.sub(r"\x1b\[\d+m", "", colour) == refused
    assert dumb == svc("analyze", complaints).out


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("columns", [40, 57, 60, 80, 100, 120, 200])
def test_lines_fit_a_terminal_of_any_width(shop: dict[str, Any], columns: int, language: str) -> None:
    """Nothing is cut: each quote is there in full. Commands to copy stay on one line."""
    report = Report.from_json(shop["json"])
    out = render("text", report, language, top=0, width=columns)
    assert [line for line in out.splitlines() if len(line) > columns and not line.startswith("   svc ")] == []
    joined = " ".join(out.split())
    for finding in report.findings[:5]:
        assert all(" ".join(quote.text.split()) in joined for quote in finding.quotes)


def test_the_terminal_tells_its_width(svc: Svc, complaints: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS, as everywhere."""
    narrow = as_terminal(monkeypatch, svc, "analyze", complaints, COLUMNS="50", NO_COLOR="1").out.splitlines()
    wide = as_terminal(monkeypatch, svc, "analyze", complaints, COLUMNS="150", NO_COLOR="1").out.splitlines()
    assert 40 < max(len(line) for line in narrow if not line.startswith("   svc ")) <= 50
    assert 100 < max(len(line) for line in wide) <= 150


HOSTILE = (
    "[red]Курьер[/red] \x1b[31mопоздал\x1b[0m на три\u202e часа\u2066, \x9b2Jзаказ так и\x07 не привезли\x00 "
    "вовремя\x1b]0;взлом\x07 [link=http://x.ru]деньги[/link] \ud83d\ude00"
)
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """An export whose every cell tries to steer the terminal."""
    path = tmp_path / "bad\x1b[31m\u202e.jsonl"
    row = {"id": "7\x1b[2J", "Город[bold]\x9b": "Ту\x1b[5mла\u202e", "Текст": HOSTILE}
    path.write_text(json.dumps(row) + "\n", "utf-8")
    return path


@pytest.mark.skipif(os.name == "nt", reason="no such file names there")
@pytest.mark.parametrize(
    "options",
    [
        [], ["--no-mask"], ["--lang", "en"], ["--format", "json"], ["--no-mask", "--format", "json"],
        ["--rows", "-", "--report", "text=/dev/null", "--no-mask"], ["--text", "\x1b[31mнет"], ["--by", "\u202eнет"],
    ],
)  # fmt: skip
def test_customers_text_never_steers_the_terminal(
    svc: Svc, hostile: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    """ANSI, C1 controls, bidi marks, BEL and NUL of texts, ids, columns and file names reach no stream raw."""
    by = [] if "--by" in options else ["--by", "Город[bold]\x9b"]
    done = as_terminal(monkeypatch, svc, "analyze", hostile, *by, *options, NO_COLOR="1")
    assert RAW.findall(done.out + done.err) == []
    assert done.code == (USAGE if "нет" in options[-1:][0] else DONE) if options else done.code == DONE


def test_square_brackets_are_text_and_no_markup(
    svc: Svc, export: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Rich would take for a style is printed as it was written."""
    path = export(f"1;02.11.2026;Анна;Тула;{LATE} [red]Кассир нахамил[/red] и [/] [link=x]тут[/link]")
    out = as_terminal(monkeypatch, svc, "analyze", path, COLUMNS="200", NO_COLOR="1").out
    assert "[red]Кассир нахамил[/red] и [/] [link=x]тут[/link]" in out


def test_json_of_hostile_text_keeps_every_character(svc: Svc, hostile: Path, tmp_path: Path) -> None:
    """Escaped, not dropped: the rows are data."""
    rows = tmp_path / "rows.jsonl"
    svc("analyze", hostile, "--rows", rows, "--no-mask", "-q")
    text = json.loads(rows.read_text("utf-8"))["text"]
    assert "\x1b[31mопоздал\x1b[0m" in text
    assert "\x9b2J" in text
