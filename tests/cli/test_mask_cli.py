"""`svc mask`, `--mask-rules`, `--strict-pii`, and that no output of a run holds personal data."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from svc.cli import boundary
from svc.cli.reporters import BINARY, KINDS

TEXT = "id;ФИО;text\n" + "".join(
    f"{n};Зуев Пётр;Заказ не привезли, менеджер Ольга хамит, звоните 8 912 345-67-{n}, договор Д-77{n}\n"
    for n in range(10, 40)
)
SECRETS = ("Зуев", "345-67", "Ольга")


@pytest.fixture
def export(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "export.csv"
    path.write_text(TEXT, "utf-8")
    return path


def test_mask_writes_the_file_and_tells_the_counts(svc, export):
    result = svc("mask", "export.csv", "-o", "out.csv", "--report")
    assert result.code == 0
    lines = dict(line.split() for line in result.out.splitlines())
    assert lines == {"ИМЯ": "60", "ТЕЛ": "30", "всего": "90"}
    out = Path("out.csv").read_text("utf-8")
    assert not any(secret in out for secret in SECRETS)
    assert out.count("\n") == TEXT.count("\n")
    assert export.read_text("utf-8") == TEXT


def test_mask_to_stdout_with_the_counts_on_stderr(svc, export):
    result = svc("mask", "export.csv", "-o", "-", "--report", "-q")
    assert result.out.startswith("id;ФИО;text\n10;[ИМЯ-")
    assert "60" in result.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("export.csv", "-o", "export.csv"), "входной файл"),
        (("absent.csv", "-o", "out.csv"), "absent.csv"),
        (("page.html", "-o", "out.html"), "XLSX"),
        (("export.csv", "-o", "out.csv", "--mask-rules", "absent.toml"), "absent.toml"),
    ],
)
def test_what_cannot_be_masked_is_refused_and_nothing_is_written(svc, export, arguments, words):
    Path("page.html").write_text("<html><table><tr><td>x</td></tr></table></html>", "utf-8")
    before = sorted(path.name for path in Path().iterdir())
    result = svc("mask", *arguments)
    assert result.code == 2
    assert words in result.err
    assert sorted(path.name for path in Path().iterdir()) == before
    assert export.read_text("utf-8") == TEXT


def test_own_rules_for_both_commands_and_from_svc_toml(svc, export):
    Path("rules.toml").write_text('keep = ["Ольга"]\n[[pattern]]\ntoken = "ДОГОВОР"\nregex = \'Д-\\d+\'\n', "utf-8")
    svc("mask", "export.csv", "-o", "out.csv", "--mask-rules", "rules.toml")
    assert "менеджер Ольга хамит" in Path("out.csv").read_text("utf-8")
    assert "[ДОГОВОР]" in Path("out.csv").read_text("utf-8")
    Path("svc.toml").write_text('mask_rules = "rules.toml"\n', "utf-8")
    svc("mask", "export.csv", "-o", "again.csv")
    assert Path("again.csv").read_bytes() == Path("out.csv").read_bytes()
    result = svc("analyze", "export.csv", "--rows", "rows.jsonl", "--format", "json")
    assert "[ДОГОВОР]" in json.loads(Path("rows.jsonl").read_text("utf-8").splitlines()[0])["text"]
    assert "Д-77" not in result.out


def test_no_format_holds_what_a_file_name_or_a_text_says(svc, export):
    source = "жалобы 89123456710.csv"
    export.rename(source)
    reports = [f"--report={kind}=report.{kind}" for kind in KINDS]
    result = svc("analyze", source, "--rows", "rows.jsonl", *reports)
    assert result.code == 0
    files = [Path(f"report.{kind}").read_text("utf-8") for kind in KINDS if kind not in BINARY]
    with zipfile.ZipFile("report.xlsx") as book:
        files += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    for page in (result.out, Path("rows.jsonl").read_text("utf-8"), *files):
        assert not any(secret in page for secret in (*SECRETS, "89123456710"))
    assert json.loads(Path("report.json").read_text("utf-8"))["meta"]["caught"]["ТЕЛ"] > 1
    assert "ТЕЛ" in result.err


def test_strict_pii_is_a_gate_on_the_last_look(svc, export):
    assert svc("analyze", "export.csv", "--strict-pii").code == 0
    export.rename("жалобы 89123456710.csv")
    result = svc("analyze", "жалобы 89123456710.csv", "--strict-pii", "--format", "json", "-q")
    assert result.code == 1
    assert "89123456710" not in result.out + result.err
    assert svc("analyze", "жалобы 89123456710.csv", "--no-mask").code == 0


def test_strict_pii_and_no_mask_exclude_each_other(svc, export):
    result = svc("analyze", "export.csv", "--strict-pii", "--no-mask")
    assert result.code == 2
    assert "--no-mask" in result.err


def test_a_saved_report_renders_to_the_same_bytes(svc, export):
    export.rename("89123456710.csv")
    first = svc("analyze", "89123456710.csv", "--report", "json=r.json").out
    assert svc("render", "r.json").out == first


def test_messages_and_tracebacks_are_masked(capsys, monkeypatch):
    inner, outer = "Зуев Пётр Ильич, 8 912 345-67-89", "писал ivan@mail.ru"

    def fail() -> None:
        try:
            raise ValueError(inner)
        except ValueError as error:
            raise RuntimeError(outer) from error

    assert boundary.run(fail) == boundary.INTERNAL
    assert "RuntimeError" in capsys.readouterr().err
    monkeypatch.setenv("SVC_DEBUG", "1")
    assert boundary.run(fail) == boundary.INTERNAL
    page = capsys.readouterr().err
    assert "ValueError" in page
    assert "test_mask_cli.py" in page
    assert not any(secret in page for secret in ("Зуев", "345", "ivan@"))
    boundary.warn("строка 5: звонок с 8 912 345-67-89")
    assert "345" not in capsys.readouterr().err
