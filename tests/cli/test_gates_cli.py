"""Gates, the baseline, saved reports and comparison from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svc.analyzers.compare import compare
from svc.analyzers.rows import KEYS as ROW_KEYS
from svc.analyzers.saved import first_fault
from svc.analyzers.schema import report_schema
from svc.cli.boundary import DONE, GATE, NO_ROWS, USAGE
from svc.cli.reporters import BINARY, KINDS

from ..made import finding, report
from .conftest import ROOT, Svc

SHOP = "samples/shop.csv"
LATE, RUDE = "fulfilment.late", "staff.rude"
FIRST = ROOT / "tests" / "cli" / "older" / "first_report.json"  # of the day the first report was made, cut short


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal runs give equal bytes, and no test grows old."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # 22 November 2026


def saved(path: Path, *findings: Any, total: int = 100) -> Path:
    """A report made by hand, as `svc analyze --format json` writes it."""
    path.write_text(json.dumps(report(*findings, total=total).to_json(), ensure_ascii=False), "utf-8")
    return path


# -- gates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], DONE),
        (["--fail-on", "class:A"], GATE),
        (["--fail-on", "total>1000"], DONE),
        (["--warn-on", "class:A"], DONE),
        (["--fail-on", "total>1000", "--fail-on", "total:1"], GATE),
        (["--fail-on", "overdue:1"], GATE),
        (["--warn-on", "new"], DONE),  # the dates of the file tell what is new
        (["--fail-on", "overdue:1", "--fail-on", "new"], GATE),
    ],
)
def test_the_exit_code_is_the_verdict(svc: Svc, options: list[str], code: int) -> None:
    """1 for a crossed gate, 2 for one that cannot be told, and the report is there all the same."""
    done = svc("analyze", SHOP, "--quiet", "--format", "json", *options)
    assert done.code == code
    assert done.json()["success"] is (code != GATE)
    assert len(done.json()["gates"]) == len(options) // 2
    assert done.err.count("\n") == sum(gate["verdict"] != "pass" for gate in done.json()["gates"])


def test_a_misspelt_gate_is_pointed_at_before_anything_is_read(svc: Svc) -> None:
    """The caret stands under the place."""
    done = svc("analyze", "no_such_file.csv", "--fail-on", "class:A and share(retuns):10%")
    assert (done.code, done.out) == (USAGE, "")
    first, expr, caret = done.err.splitlines()
    assert first.startswith("svc: --fail-on: ")
    assert "(returns?)" in first
    assert expr[caret.index("^") :].startswith("retuns")


def test_hostile_gates_are_shown_without_their_controls(svc: Svc) -> None:
    """An expression may come from a file of someone else."""
    done = svc("analyze", SHOP, "--fail-on", "\x1b[31m\u202eкласс:A")
    assert (done.code, "\x1b" in done.err, "\u202e" in done.err) == (USAGE, False, False)


# -- several formats, saved reports ------------------------------------------------------------------------------------


def test_render_gives_the_bytes_of_the_first_run(svc: Svc, tmp_path: Path) -> None:
    """All formats from one run, and all again from its JSON."""
    gates = ("--fail-on", "class:A", "--warn-on", "growth:30%")
    files = [item for kind in KINDS for item in ("--report", f"{kind}={tmp_path / kind}")]
    assert svc("analyze", SHOP, "-q", "--rank-by", "volume", "--bom", *gates, *files).code == GATE
    for kind in set(KINDS) - set(BINARY):  # those go to a file: tests/cli/test_page_cli.py
        done = svc("render", tmp_path / "json", "--format", kind, *(["--bom"] if kind == "csv" else []))
        assert (done.code, done.err) == (DONE, "")
        assert done.out == (tmp_path / kind).read_text("utf-8"), kind


def test_a_summary_is_added_to_the_file_of_its_step(svc: Svc, tmp_path: Path) -> None:
    """Other formats replace theirs."""
    path, made = tmp_path / "summary.md", saved(tmp_path / "r.json", finding())
    path.write_text("# Шаг\n", "utf-8")
    for _ in range(2):
        assert svc("render", made, "--report", f"github-summary={path}", "--report", f"md={tmp_path / 'md'}").code == 0
    page = (tmp_path / "md").read_text("utf-8")
    assert path.read_text("utf-8") == "# Шаг\n" + page + page


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("{", "JSON"),
        ("[]", "svc schema"),
        ('{"findings": [], "schema_version": "0.9"}', "0.9"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_report_is_refused(svc: Svc, tmp_path: Path, content: str, named: str) -> None:
    """With the way out."""
    path = tmp_path / "r.json"
    path.write_text(content, "utf-8")
    done = svc("render", path)
    assert (done.code, done.out) == (USAGE, "")
    assert named in done.err


def test_a_report_of_the_first_day_reads_in_every_format(svc: Svc, tmp_path: Path) -> None:
    """Saved before many keys were there: these get their defaults, and the whole is of today's schema."""
    first = json.loads(FIRST.read_text("utf-8"))
    made = svc("render", FIRST, "--format", "json")
    assert (made.code, made.err) == (0, "")
    whole = json.loads(made.out)
    jsonschema.validate(whole, report_schema())
    assert whole["findings"][0]["n"] == first["findings"][0]["n"]
    assert "uncovered" not in first["statistics"]
    assert whole["statistics"]["uncovered"] == 11  # of 147 complaints 92.52 % have a category
    for kind in sorted(set(KINDS) - {"json"}):
        path = tmp_path / f"report.{kind}"
        assert svc("render", FIRST, "--report", f"{kind}={path}", "--quiet").code == 0, kind
        assert path.stat().st_size, kind
    plan = svc("plan", FIRST)
    assert plan.code == 0
    assert first["findings"][0]["title"]["ru"] in plan.out


@pytest.mark.parametrize(
    "path", [("findings", 0, "n"), ("statistics", "rows"), ("findings", 0, "quotes", 0, "text"), ("kinds",)]
)
def test_a_key_that_was_always_there_must_be_there(svc: Svc, tmp_path: Path, path: tuple[str | int, ...]) -> None:
    """A default for it would be a lie."""
    data: Any = json.loads(FIRST.read_text("utf-8"))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    (tmp_path / "r.json").write_text(json.dumps(data), "utf-8")
    done = svc("render", tmp_path / "r.json")
    assert (done.code, done.out) == (USAGE, "")
    assert "/" + "/".join(map(str, path)) in done.err


def test_a_fault_inside_a_report_is_named_by_its_place(svc: Svc, tmp_path: Path) -> None:
    """As a JSON pointer."""
    data = report(finding()).to_json()
    data["findings"][0]["n"] = "много"
    (tmp_path / "r.json").write_text(json.dumps(data), "utf-8")
    assert "/findings/0/n" in svc("render", tmp_path / "r.json").err


def test_bom_without_csv_is_refused(svc: Svc) -> None:
    """It would do nothing."""
    assert svc("analyze", SHOP, "--bom").code == USAGE


# -- the schema --------------------------------------------------------------------------------------------------------

VALIDATOR = jsonschema.Draft202012Validator(report_schema())
WHOLE = report(finding(), finding(RUDE, 3, growth=None)).to_json()


def test_the_published_schema_is_the_one_of_the_records(svc: Svc) -> None:
    """docs/report.schema.json is written by `make docs`."""
    jsonschema.Draft202012Validator.check_schema(report_schema())
    page = svc("schema").out
    assert json.loads(page) == report_schema()
    assert (ROOT / "docs" / "report.schema.json").read_text("utf-8") == page


@pytest.mark.parametrize("options", [[SHOP, "--by", "Город", "--fail-on", "class:A and n:5"], ["samples/clinic.xlsx"]])
def test_reports_keep_their_schema(svc: Svc, options: list[str]) -> None:
    """Of real runs, with gates and segments."""
    data = svc("analyze", *options, "-q", "--format", "json").json()
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


def test_every_key_of_the_contract_is_documented() -> None:
    """In docs/json.md: the report, its findings, gates and accepted pains, the rows."""
    page = " ".join(re.findall(r"`([^`]*)`", (ROOT / "docs" / "json.md").read_text("utf-8")))
    schema = report_schema()
    records = [schema, *(schema["$defs"][name] for name in ("Meta", "Statistics", "Finding", "Verdict", "Accepted"))]
    keys = {key for record in records for key in record["properties"]} | set(ROW_KEYS)
    assert sorted(keys - set(re.findall(r"\w+", page))) == []


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value of a report."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(found for key, item in inner for found in places(item, (*at, key)))]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(places(WHOLE)[1:]), st.sampled_from([None, -1, 0, 2, 1.5, "", "A", True, [], {}, {"x": 1}, "drop"])
)
def test_the_own_check_agrees_with_jsonschema(place: tuple[Any, ...], value: Any) -> None:
    """`svc render` trusts it, and jsonschema is for development only."""
    data = json.loads(json.dumps(WHOLE))
    target = data
    for key in place[:-1]:
        target = target[key]
    if value == "drop":
        del target[place[-1]]
    else:
        target[place[-1]] = value
    assert (first_fault(data) is None) == VALIDATOR.is_valid(data)


# -- the baseline ------------------------------------------------------------------------------------------------------


def test_accepted_pains_fail_no_more_until_they_end_or_grow(svc: Svc, tmp_path: Path) -> None:
    """The whole life of an entry."""
    file, made = tmp_path / "b.toml", tmp_path / "r.json"
    gate = ("analyze", SHOP, "-q", "--fail-on", "class:B", "--baseline", file)
    svc("analyze", SHOP, "-q", "--report", f"json={made}")
    add = ("baseline", "add", "--from", made, "--reason", "начало", "--until", "2027-01-31", "--baseline", file)
    assert svc(*add, "--all").code == DONE
    assert svc("baseline", "check", made, "--baseline", file).code == DONE
    assert svc(*gate).code == DONE
    assert svc(*gate, "--today", "2027-02-01").code == GATE
    assert svc("baseline", "expire", LATE, "--baseline", file).code == DONE
    assert svc("baseline", "check", "--baseline", file).code == GATE
    done = svc(*gate, "--format", "json")
    assert done.code == GATE
    assert done.json()["gates"][0]["findings"] == [LATE]
    states = {item["id"]: item["state"] for item in done.json()["baseline"]}
    assert states.pop(LATE) == "expired"
    assert set(states.values()) == {"accepted"}
    assert svc("baseline", "expire", "--drop", "--baseline", file).code == DONE
    assert LATE not in svc("baseline", "list", "--baseline", file).out
    assert svc(*add, LATE, "--owner", "Иванова").code == DONE
    assert "Иванова: начало" in svc("baseline", "list", "--baseline", file).out
    assert svc(*gate).code == DONE


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["add", "--until", "2027-01-01", "--reason", "x"], "--all"),
        (["add", LATE, "--until", "2026-01-01", "--reason", "x"], "2026-01-01"),
        (["add", "fulfilment.lat", "--until", "2027-01-01", "--reason", "x"], "(fulfilment.late?)"),
        (["expire"], "--drop"),
        (["expire", LATE], "svc baseline add"),
        (["list"], "svc baseline add"),
    ],
)
def test_a_bad_request_says_what_to_do(svc: Svc, tmp_path: Path, arguments: list[str], named: str) -> None:
    """One line, code 2, no file made."""
    made, file = saved(tmp_path / "r.json", finding()), tmp_path / "b.toml"
    source = ["--from", made] if arguments[0] == "add" else []
    done = svc("baseline", *arguments, *source, "--baseline", file)
    assert (done.code, done.err.count("\n"), file.exists()) == (USAGE, 1, False)
    assert named in done.err


def test_check_names_unknown_ids_and_growth(svc: Svc, tmp_path: Path) -> None:
    """Each in its own line."""
    made, file = saved(tmp_path / "r.json", finding(LATE, 10), finding("staff.rud")), tmp_path / "b.toml"
    svc("baseline", "add", "--all", "--from", made, "--reason", "x", "--until", "2027-01-01", "--baseline", file)
    later = saved(tmp_path / "later.json", finding(LATE, 30), finding("staff.rud"))
    done = svc("baseline", "check", later, "--baseline", file)
    assert done.code == GATE
    assert [line.split(": ")[1] for line in done.err.splitlines()] == [
        "нет категории, темы или системы staff.rud (staff.rude?).", LATE,
    ]  # fmt: skip


# -- comparison --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [
        ([], [finding(LATE, 20)], "new"),
        ([finding(LATE, 20)], [], "gone"),
        ([finding(LATE, 20)], [finding(LATE, 20)], "stable"),
        ([finding(LATE, 20)], [finding(LATE, 22)], "stable"),
        ([finding(LATE, 20)], [finding(LATE, 40)], "growing"),
        ([finding(LATE, 40)], [finding(LATE, 20)], "falling"),
        ([finding("fulfilment.delay", 20)], [finding(LATE, 20)], "stable"),  # renamed
    ],
)
def test_statuses(before: list[Any], after: list[Any], status: str) -> None:
    """Growing and falling only where chance does not explain it."""
    alias = {"fulfilment.delay": LATE}
    found, judged = compare(report(*before), report(*after), ("a", "b"), lambda name: alias.get(name, name))
    assert [change.status for change in found.changes] == [status]
    assert [item.status for item in judged.findings] == ([status] if after else [])
    change = found.changes[0]
    assert change.low <= change.difference <= change.high


def test_compare_has_its_own_gates(svc: Svc, tmp_path: Path) -> None:
    """`new` and `growth` are known there."""
    old = saved(tmp_path / "a.json", finding(LATE, 20, growth=None))
    new = saved(tmp_path / "b.json", finding(LATE, 60, growth=None), finding(RUDE, 10), finding("trust.imposed", 2))
    done = svc("compare", old, new, "--format", "json", "--fail-on", "new", "--warn-on", "growth(fulfilment.late):50%")
    data = done.json()
    assert done.code == GATE
    assert [gate["verdict"] for gate in data["gates"]] == ["fail", "warn"]
    assert data["gates"][0]["findings"] == [RUDE]  # of two complaints no gate speaks
    assert {change["id"]: change["status"] for change in data["changes"]} == {
        RUDE: "new", "trust.imposed": "new", LATE: "growing",
    }  # fmt: skip
    assert svc("compare", old, new, "--fail-on", "new:2").code == DONE


@pytest.mark.parametrize(("language", "word"), [("ru", "Появилось: 1"), ("en", "New: 1")])
def test_compare_in_words(svc: Svc, tmp_path: Path, language: str, word: str) -> None:
    """Figures of both sides in one line."""
    old, new = saved(tmp_path / "a.json", finding(LATE, 20)), saved(tmp_path / "b.json", finding(RUDE, 10))
    done = svc("compare", old, new, "--lang", language)
    assert (done.code, done.err) == (DONE, "")
    assert word in done.out
    assert f"({RUDE})" in done.out


def dated(path: Path) -> str:
    """Late deliveries of October, rude couriers of November."""
    late, rude = "Заказ опоздал на три дня и доставка сорвана", "Курьер нахамил и оскорбил меня"
    lines = [f"2026-10-{day:02d},{late} {day}" for day in range(1, 13)]
    lines += [f"2026-11-{day:02d},{rude} {day}" for day in range(1, 13)]
    path.write_text("date,text\n" + "\n".join(lines) + "\n", "utf-8")
    return str(path)


def test_compare_of_two_periods_of_a_file(svc: Svc, tmp_path: Path) -> None:
    file = dated(tmp_path / "c.csv")
    done = svc("compare", f"{file}:2026-10", f"{file}:2026-W45..2026-11", "--format", "json", "--fail-on", "new")
    assert done.code == GATE, done.err
    data = json.loads(done.out)
    status = {change["id"]: change["status"] for change in data["changes"]}
    assert (status[LATE], status[RUDE]) == ("gone", "new")
    assert (data["before"]["complaints"], data["after"]["complaints"]) == (12, 11)


def test_a_period_without_rows_and_a_period_that_is_none_are_said(svc: Svc, tmp_path: Path) -> None:
    file = dated(tmp_path / "c.csv")
    assert svc("compare", f"{file}:2025", f"{file}:2026").code == NO_ROWS
    done = svc("compare", f"{file}:2026-13", f"{file}:2026")
    assert done.code == USAGE
    assert "2026-13" in done.err
