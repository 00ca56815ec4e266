"""The workbook: typed cells, filters, links, a chart, no formula from a file, the same bytes twice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from svc.analyzers.plan import measures
from svc.analyzers.records import Report
from svc.cli.reporters import render
from svc.cli.reporters.plan_xlsx import render as render_plan
from svc.cli.reporters.xlsx import place_of

from ...full import full_report
from ...hostile import CORPUS, SHORT, hostile, hostile_everywhere
from ...made import finding, report

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported")  # of openpyxl, about data bars
SHEETS = ["Итог", "Боли", "Строки", "Претензии", "План"]


def book(made: Any, language: str = "ru") -> Any:
    """The workbook as another library reads it."""
    data = render("xlsx", made, language, top=0)
    assert isinstance(data, bytes)
    return openpyxl.load_workbook(io.BytesIO(data))


def table(sheet: Any) -> list[dict[str, Any]]:
    """Rows under the head, by column."""
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_sheets_have_heads_that_stay_and_filters() -> None:
    """And links that lead somewhere."""
    found = book(full_report())
    assert found.sheetnames == SHEETS
    for name in SHEETS[1:]:
        assert found[name].auto_filter.ref
        assert found[name].freeze_panes
    assert len(found["Итог"]._charts) == 1
    targets = [
        cell.hyperlink.location for sheet in found for row in sheet.iter_rows() for cell in row if cell.hyperlink
    ]
    assert len(targets) == 4 + 12 + 12
    for target in targets:
        sheet, _, cell = target.replace("'", "").partition("!")
        assert found[sheet][cell].value is not None


def test_figures_are_typed_and_those_of_the_report() -> None:
    """Shares as shares, dates as dates, all findings."""
    made = full_report(30)
    rows = table(book(made)["Боли"])
    assert [row["Код"] for row in rows] == [item.id for item in made.findings]
    for row, item in zip(rows, made.findings, strict=True):
        values = (
            row["Индекс"],
            row["Жалоб"],
            row["Доля"],
            row["Доля от"],
            row["Доля до"],
            row["Тяжесть"],
            row["Рост, раз"],
        )
        grown = None if item.status == "stable" else item.growth  # what chance may explain is no growth
        assert values == (item.index, item.n, item.share, item.share_low, item.share_high, item.severity, grown)
    claims = table(book(made)["Претензии"])
    assert [row["Осталось, дн."] for row in claims] == [-12, 3, None]
    assert claims[0]["Обращение"] == "c0"
    assert f"{claims[0]['Ответить до']:%Y-%m-%d}" == "2026-11-01"
    for claim in claims:  # words, no codes of the report and no parts of its records
        assert not [head for head in claim if head.isascii()]
        told = [claim.get(head) or "" for head in ("Требует", "Откуда срок", "Правило", "Обращается в", "Боли")]
        assert not re.search(r"[a-z_]{4,}|[{}]", " ".join(told)), told
    plan = table(book(made)["План"])
    assert f"{plan[0]['Когда проверить']:%Y-%m-%d}" == "2026-01-15"


def test_a_finding_leads_to_its_rows_and_back() -> None:
    """From any number to the quotes."""
    found = book(full_report())
    cell = found["Боли"]["B3"]
    target = cell.hyperlink.location.partition("!")[2]
    row = [item.value for item in found["Строки"][int(target[1:])]]
    assert row[1] == found["Боли"]["C3"].value
    assert "Курьер не приехал" in row[6]
    back = found["Строки"][target].hyperlink.location
    assert found["Боли"][back.partition("!")[2]].value == cell.value


@pytest.mark.parametrize("build", [hostile, hostile_everywhere])
@pytest.mark.parametrize("name", SHORT)
def test_nothing_of_a_file_is_a_formula_or_a_link(name: str, build: Callable[[str], Report]) -> None:
    """Strings are strings; what looks like a formula carries the quote prefix."""
    data = render("xlsx", build(CORPUS[name]), "ru", top=0)
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheets = [parts.read(item).decode() for item in parts.namelist() if item.startswith("xl/worksheets/sheet")]
        assert not any("externalLink" in item for item in parts.namelist())
    assert [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet] == []
    found = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in found:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert cell.data_type in ("s", "inlineStr")
                    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", cell.value)
                    assert cell.value[:1] not in tuple("=+-@") or cell.quotePrefix or cell.hyperlink
                assert cell.hyperlink is None or cell.hyperlink.target is None


def test_the_same_report_is_the_same_bytes() -> None:
    """Dates of making are those of the report."""
    made = full_report()
    assert render("xlsx", made, "ru", top=0) == render("xlsx", made, "ru", top=0)
    assert render_plan(measures(made), made, "ru") == render_plan(measures(made), made, "ru")
    properties = book(made).properties
    assert str(properties.created) == "2026-01-01 00:00:00"


def test_an_empty_report_opens_too() -> None:
    """Of a week with honestly none."""
    found = book(report(total=0))
    assert found.sheetnames == SHEETS
    assert "Жалоб, попавших в" in found["Итог"]["A1"].value
    assert found["Претензии"]["A1"].value == "Разобранных претензий в отчёте нет."


def test_a_word_of_a_megabyte_fits_a_cell() -> None:
    """A cell holds 32,767 characters."""
    made = report(finding())
    made.findings[0].quotes[0].text = "ы" * 1_000_000
    assert max(len(str(row["Цитата"])) for row in table(book(made)["Строки"])) <= 2000


def test_a_row_is_known_by_its_id_where_that_was_made_of_it() -> None:
    """Sources may hold colons."""
    assert place_of("a:b.csv:12") == ("a:b.csv", 12)
    assert place_of("60211") == (None, None)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """And shows the same figures."""
    path = tmp_path / "report.xlsx"
    data = render("xlsx", full_report(), "ru", top=0)
    assert isinstance(data, bytes)
    path.write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,2", "--outdir", tmp_path, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = next(tmp_path.glob("report*.csv")).read_text("utf-8")
    assert text.splitlines()[0].startswith("№;Что чинить;Код;Класс")
    assert "fulfilment.pain0" in text
