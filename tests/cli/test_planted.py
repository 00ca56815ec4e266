"""A corpus with planted personal data: no command, format or file that leaves may hold any of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from svc.cli import boundary
from svc.cli.reporters import KINDS

SECRETS = (
    "Зуев", "зуев", "Пётр", "Ольг", "ольг", "345-67", "8912345", "ivan@mail", "4276 0", "40817810", "4509 1", "А123ВС",
    "Мира, 5", "01.02.1980", "77.88.55.66", "ivan_zuev", "Д-77", "Бобров", "JN1WETT30Z0000123", "11223344595",
)  # fmt: skip
HEAD = "номер;дата;ФИО клиента;отдел;Ответ;текст\n"
TEXTS = (
    "Заказ не привезли, менеджер Ольга хамит, звоните 8 912 345-67-{n}, договор Д-77{n}",
    "Деньги не вернули на карту 4276 0070 1815 9008, счёт 40817810500001234567, пишите ivan@mail.ru",
    "Курьер опоздал на ул. Мира, 5, кв. {n}. Мой паспорт 4509 123456, родился 01.02.1980. Зуев Пётр Ильич",
    "Таксист на А123ВС77 нахамил, СНИЛС 112-233-445 95, вход с 77.88.55.66, профиль vk.com/ivan_zuev",
    "Сломался мотор, VIN JN1WETT30Z0000123, ремонт не сделали, верните деньги. С уважением, Зуев П. И.",
)


def _text() -> str:
    rows = [
        f"{'8912345' + str(6700 + n) if n % 3 else 'Зуев Пётр ' + str(n)};2024-0{1 + n % 6}-11;Зуев Пётр Ильич;"
        f"{'отдел Ольги Бобровой' if n % 2 else 'тел. 8 912 345-67-89'};Зуев, здравствуйте! Ваша Ольга;"
        f"{TEXTS[n % len(TEXTS)].format(n=n + 10)}"
        for n in range(60)
    ]
    return HEAD + "\n".join(rows) + "\n"


@pytest.fixture
def planted(tmp_path, monkeypatch) -> str:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    name = "in/жалобы Зуев Пётр Ильич 89123456710.csv"
    Path(name).write_text(_text(), "utf-8")
    Path("rules.toml").write_text("[[pattern]]\ntoken = \"ДОГОВОР\"\nregex = 'Д-\\d+'\n", "utf-8")
    Path("svc.toml").write_text('mask_rules = "rules.toml"\n', "utf-8")
    monkeypatch.setenv("SVC_LANG", "ru")
    return name


def _left(page: str) -> list[str]:
    return [secret for secret in SECRETS if secret in page]


def _pages(folder: str) -> dict[str, str]:
    """Everything that was written, workbooks and the store opened."""
    pages: dict[str, str] = {}
    for path in Path(folder).rglob("*"):
        if path.is_dir():
            continue
        pages[str(path)] = path.read_bytes().decode("utf-8", "replace")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as book:
                pages |= {f"{path}/{name}": book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    return pages


def _run(svc, *arguments: str) -> dict[str, str]:
    Path("out").mkdir(exist_ok=True)
    done = svc(*arguments)
    assert done.code in (0, 1), done.err
    return {"stdout": done.out, "stderr": done.err, **_pages("out")}


def _check(pages: dict[str, str]) -> None:
    assert {name: found for name, page in pages.items() if (found := _left(page))} == {}


COLUMNS = ("--id", "номер", "--customer", "ФИО клиента", "--text", "текст", "--date", "дата")


def test_the_planted_file_holds_what_is_looked_for(planted):
    text = planted + Path(planted).read_text("utf-8")
    missing = {secret for secret in SECRETS if secret not in text and secret not in text.replace(" ", "")}
    assert missing <= {"зуев", "ольг", "11223344595"}


def test_analyze_in_every_format_with_rows_and_segments(svc, planted):
    reports = [f"--report={kind}=out/report.{kind}" for kind in KINDS]
    more = (*COLUMNS, "--reply", "Ответ", "--by", "отдел", "--quotes", "5", "--top", "0")
    pages = _run(svc, "analyze", planted, *more, *reports, "--rows", "out/rows.jsonl")
    assert len(pages) > len(KINDS)
    assert "[ТЕЛ-" in pages["stdout"]
    _check(pages)
    _check(_run(svc, "analyze", planted, *more, "--rows", "out/rows.csv", "--format", "csv"))


def test_the_digest_its_reports_and_the_memory(svc, planted):
    for kind in ("text", "html", "md", "json"):
        more = ("--text", "текст", "--date", "дата", "--id", "номер", "--customer", "ФИО клиента")
        pages = _run(
            svc, "weekly", planted, *more, "--store", f"out/{kind}.db", "--today", "2024-06-20", "--period", "month",
            "--format", kind, "--report", "json=out/week.json", "--report", "html=out/week.html", "--keep-quotes",
        )  # fmt: skip
        assert "out/text.db" in pages
        _check(pages)


def test_discovered_themes(svc, planted):
    pages = _run(svc, "discover", planted, *COLUMNS, "--all", "--report", "html=out/themes.html", "--format", "json")
    assert "out/themes.html" in pages
    _check(pages)


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_an_input_looks_like(svc, planted, form):
    done = svc("inspect", planted, *COLUMNS[4:], "--format", form)
    told = done.out.replace(planted, "").replace(str(Path(planted).resolve()), "")  # the file the user named
    assert "[ТЕЛ-" in told
    assert _left(told) == []


def test_one_text_a_category_and_a_finding_explained(svc, planted):
    for text in TEXTS:
        done = svc("explain", text.format(n=11))
        assert _left(done.out) == [], done.out
    for arguments in (("--category", "staff.rude"), ("--finding", "staff.rude")):
        done = svc("explain", planted, *arguments, "--text", "текст")
        assert done.code == 0
        assert "staff.rude" in done.out
        assert _left(done.out.replace(planted, "")) == []


@pytest.mark.parametrize("arguments", [("coverage",), ("suggest",), ("suggest", "--toml"), ("diff", "-", "-")])
def test_what_a_file_says_of_a_lexicon(svc, planted, arguments):
    pages = _run(svc, "lexicon", *arguments, planted, "--text", "текст")
    _check({name: page.replace(planted, "") for name, page in pages.items()})


def test_an_error_and_a_bug_tell_no_text(svc, planted, capsys, monkeypatch):
    Path("in/broken.csv").write_text("date;text\n" + "Зуев Пётр Ильич, тел 8 912 345-67-89;x\n" * 3, "utf-8")
    done = svc("analyze", "in/broken.csv", "--date", "date", "--text", "text", "--since", "2024-01-01")
    assert _left(done.out + done.err) == []
    done = svc("analyze", planted, "--text", "нет такой")
    assert done.code == 2
    assert _left((done.out + done.err).replace(planted, "")) == []
    monkeypatch.setenv("SVC_DEBUG", "1")

    def fail() -> None:
        raise ValueError(TEXTS[2].format(n=1))

    assert boundary.run(fail) == boundary.INTERNAL
    assert _left(capsys.readouterr().err) == []
