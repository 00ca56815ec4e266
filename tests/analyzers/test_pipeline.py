"""The whole way from files to a report: equal whatever the order, chunks and workers; every row accounted for."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from svc.analyzers import pipeline
from svc.analyzers.config import Settings
from svc.analyzers.errors import InputError, NoRowsError, UsageError
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller
from svc.analyzers.pipeline import analyze, empty_result
from svc.analyzers.read import ReadOptions
from svc.analyzers.records import MAX_URGENT, Report
from svc.analyzers.vocabulary import KINDS, STAGES, SYSTEMS

SAMPLES = Path(__file__).parents[2] / "samples"
SHOP = str(SAMPLES / "shop.csv")
BY = ReadOptions(by=("Город",))
# as imported: the tests of the command line replace them
build, load, load_forms = pipeline.build_labeller, pipeline.load_lexicon, Forms.__dict__["load"]


@pytest.fixture(scope="module", autouse=True)
def labeller() -> Iterator[Labeller]:
    """One compiled lexicon for all runs: compiling takes most of a second."""
    shared, kept = build(Settings(), Forms()), Forms.load

    def build_once(settings: Settings, forms: Forms | None = None) -> Labeller:
        return build(settings, forms) if settings.lexicons or settings.sectors else shared

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_lexicon", cache(load))
        patch.setattr(pipeline, "build_labeller", build_once)
        # the run and its labeller number lemmas alike
        patch.setattr(Forms, "load", lambda folder: shared.classifier.forms if folder is None else kept(folder))
        yield shared


def run(*inputs: str | Path, **settings: Any) -> Report:
    settings = {"workers": 0, "read": BY if SHOP in inputs else ReadOptions()} | settings
    return analyze([str(name) for name in inputs], Settings(**settings), "test").report


def figures(report: Report) -> dict[str, Any]:
    """The report without what may differ between equal runs."""
    data = report.to_json()
    del data["meta"]
    return data


def unplaced(value: Any) -> Any:
    """Without `source` and `row`, as another order of rows gives them."""
    if isinstance(value, dict):
        return {name: unplaced(item) for name, item in value.items() if name not in {"source", "row"}}
    return [unplaced(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def shop(labeller: Labeller) -> Report:
    return run(SHOP)


@pytest.fixture(scope="module")
def shop_rows() -> list[dict[str, str]]:
    with open(SHOP, encoding="cp1251", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows as a CSV export."""

    def file(rows: list[dict[str, str]], name: str = "in.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return file


def export(*texts: str, **columns: list[str]) -> list[dict[str, str]]:
    """Rows with an id, a text and further columns."""
    rows = [{"id": str(number), "Текст": text} for number, text in enumerate(texts, 100)]
    for name, values in columns.items():
        for row, value in zip(rows, values, strict=True):
            row[name] = value
    return rows


# -- equal bytes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chunk", [7, 100, 1000])
def test_the_chunk_size_changes_nothing(shop: Report, chunk: int):
    assert figures(run(SHOP, chunk=chunk)) == figures(shop)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_changes_nothing(shop: Report, workers: int):
    assert figures(run(SHOP, chunk=20, workers=workers)) == figures(shop)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_nothing_but_their_places(
    shop: Report, shop_rows: list[dict[str, str]], write: Write, seed: int
):
    shuffled = list(shop_rows)
    random.Random(seed).shuffle(shuffled)
    other = run(write(shuffled), read=BY)
    assert unplaced(figures(other)) == unplaced(figures(shop))


def test_a_run_from_nothing_says_the_same_as_one_with_warm_tables(
    shop: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(pipeline, "build_labeller", build)
    monkeypatch.setattr(pipeline, "load_lexicon", load)
    monkeypatch.setattr(Forms, "load", load_forms)
    cold = run(SHOP, cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 4, "the form table, the lexicon, its legs and its compiled rules are kept"
    warm = run(SHOP, cache=tmp_path)
    assert figures(cold) == figures(warm) == figures(shop)


def test_rows_to_write_are_the_same_whatever_the_chunks_and_workers():
    def rows(**settings: Any) -> list[dict[str, Any]]:
        spool = analyze([SHOP], Settings(rows=True, **settings), "test").rows
        assert spool is not None
        try:
            return list(spool)
        finally:
            spool.close()

    whole = rows(workers=0)
    assert rows(workers=2, chunk=30) == whole
    assert rows(workers=0, chunk=11) == whole


def test_a_copy_of_a_file_is_all_duplicates(shop: Report):
    twice = run(SHOP, SAMPLES / ".." / "samples" / "shop.csv")
    assert twice.statistics.used == shop.statistics.used
    assert [finding.n for finding in twice.findings] == [finding.n for finding in shop.findings]


# -- every row is accounted for ---------------------------------------------------------------------------------------


def assert_accounted(report: Report) -> None:
    """The figures of a report agree with one another."""
    statistics = report.statistics
    assert statistics.rows == statistics.used + statistics.skipped + statistics.duplicates
    assert sum(statistics.skipped_by_reason.values()) == statistics.skipped
    assert sum(report.kinds.values()) == statistics.used
    assert list(report.kinds) == list(KINDS)
    assert report.kinds["complaint"] + report.kinds["claim"] == statistics.complaints
    for finding in report.findings:
        assert finding.n == sum(finding.classes.values())
        assert 0 < finding.customers <= finding.n <= statistics.complaints
        assert finding.share_low <= finding.share <= finding.share_high
        assert len(finding.rows) == min(finding.n, 100)
        for quote in finding.quotes:
            assert 0 <= quote.start <= quote.stop <= len(quote.text)
    for groups in ([report.findings], [report.systems], [report.owners], [report.stages], [report.dimensions]):
        assert sum(round(10 * item.index) for item in groups[0]) == (1000 if report.findings else 0)
    named = sorted(finding.id for finding in report.findings)
    for groups in (report.systems, report.owners, report.stages, report.dimensions):
        assert sorted(name for group in groups for name in group.findings) == named
    assert [finding.index for finding in report.findings] == sorted((f.index for f in report.findings), reverse=True)
    assert report.matrix.keys() == set(STAGES)
    assert all(row.keys() == set(SYSTEMS) for row in report.matrix.values())


@pytest.mark.parametrize("name", ["shop.csv", "clinic.xlsx", "provider.jsonl", "claims.txt"])
def test_the_figures_of_each_sample_agree(name: str):
    report = run(SAMPLES / name)
    assert report.statistics.complaints > 0
    assert report.findings
    assert_accounted(report)


def test_no_finding_stands_without_a_quote(shop: Report):
    assert [finding.id for finding in shop.findings if not finding.quotes] == []


def test_skipped_rows_and_duplicates_are_named(write: Write):
    rows = export("Курьер опоздал на три часа", "", "Курьер опоздал на три часа", "Не вернули деньги")
    rows[2]["id"] = rows[0]["id"]
    report = run(write(rows))
    assert (report.statistics.rows, report.statistics.used) == (4, 2)
    assert (report.statistics.skipped, report.statistics.duplicates) == (1, 1)
    assert report.statistics.skipped_by_reason == {"empty_text": 1}
    assert [(Path(item.source).name, item.row, item.reason) for item in report.skipped] == [("in.csv", 3, "empty_text")]
    assert_accounted(report)


def test_several_files_are_one_report(write: Write):
    one = write(export("Курьер опоздал на три часа", "Не вернули деньги за заказ"), "a.csv")
    rows = export("Оператор нахамил мне по телефону", "Курьер опоздал на два дня")
    for row in rows:
        row["id"] = "b" + row["id"]
    other = write(rows, "b.csv")
    report = run(one, other)
    assert report.statistics.used == report.statistics.rows == 4
    assert {Path(item["source"]).name for item in report.meta.inputs} == {"a.csv", "b.csv"}
    assert unplaced(figures(run(other, one))) == unplaced(figures(report))
    assert_accounted(report)


def test_equal_rows_of_a_larger_input_keep_their_shares(shop: Report, shop_rows: list[dict[str, str]], write: Write):
    """Every complaint told by two customers more: three times the number, the same shares and ranking."""
    many = [
        row | {"№ обращения": f"{row['№ обращения']}-{copy}", "Клиент": f"{row['Клиент']} {copy}"}
        for copy in range(3)
        for row in shop_rows
    ]
    seen: set[str] = set()
    once = [row for row in shop_rows if not (row["№ обращения"] in seen or seen.add(row["№ обращения"]))]
    assert len(once) < len(shop_rows), "the sample has a duplicate to be found"
    report = run(write(many), read=BY)
    assert report.statistics.used == 3 * shop.statistics.used
    assert Counter({f.id: f.n for f in report.findings}) == Counter({f.id: 3 * f.n for f in shop.findings})


# -- since and until --------------------------------------------------------------------------------------------------

TEXTS = ["Курьер опоздал на три часа", "Не вернули деньги за заказ", "Оператор нахамил", "Товар пришёл сломанный"]


def dated(write: Write) -> Path:
    return write(export(*TEXTS, Дата=["01.03.2026", "15.03.2026", "31.03.2026 23:59", ""]))


@pytest.mark.parametrize(
    ("since", "until", "used", "reasons"),
    [
        (None, None, 4, {}),
        ("2026-03-15", None, 2, {"no_date": 1, "out_of_period": 1}),
        (None, "2026-03-15", 2, {"no_date": 1, "out_of_period": 1}),
        ("2026-03-01", "2026-03-31", 3, {"no_date": 1}),
        ("2026-03-31", "2026-03-31", 1, {"no_date": 1, "out_of_period": 2}),
    ],
)
def test_since_and_until_are_days_of_the_period(
    write: Write, since: str | None, until: str | None, used: int, reasons: dict[str, int]
):
    day = lambda text: text and dt.date.fromisoformat(text)  # noqa: E731
    report = run(dated(write), since=day(since), until=day(until))
    assert report.statistics.used == used
    assert report.statistics.skipped_by_reason == reasons
    assert report.statistics.rows == 4


def test_a_period_without_rows_is_an_error_that_counts_what_was_skipped(write: Write):
    with pytest.raises(NoRowsError) as error:
        run(dated(write), since=dt.date(2027, 1, 1))
    assert error.value.exit_code == 5
    assert error.value.params["reasons"] == {"no_date": 1, "out_of_period": 3}


# -- nothing, and what cannot be read ---------------------------------------------------------------------------------


def test_an_export_with_a_header_only_is_not_a_week_without_complaints(tmp_path: Path):
    path = tmp_path / "empty.csv"
    path.write_text("id;Текст\n", "utf-8")
    with pytest.raises((NoRowsError, InputError)):
        run(path)


def test_an_honestly_empty_result_is_a_whole_report():
    report = empty_result([], Settings(), "test", {"empty_text": 2}).report
    assert_accounted(report)
    assert (report.statistics.rows, report.statistics.skipped, report.findings) == (2, 2, [])
    assert report.statistics.coverage is None
    assert Report.from_json(json.loads(json.dumps(report.to_json()))) == report


def test_rows_without_a_complaint_rank_nothing(write: Write):
    report = run(write(export("Спасибо, всё отлично!", "Как оформить заказ?")))
    assert report.statistics.used == 2
    if report.statistics.complaints == 0:
        assert report.findings == []
        assert report.statistics.coverage is None
    assert_accounted(report)


def test_a_missing_file_and_an_unknown_sector_are_refused(tmp_path: Path):
    with pytest.raises(InputError):
        run(tmp_path / "нет.csv")
    with pytest.raises(UsageError):
        run(SHOP, sectors=("нет-такого",))


# -- the record -------------------------------------------------------------------------------------------------------


def test_the_json_report_reads_back_equal(shop: Report):
    data = json.loads(json.dumps(shop.to_json(), ensure_ascii=False))
    assert Report.from_json(data) == shop
    assert Report.from_json(data).to_json() == data


@pytest.mark.parametrize("damage", ["statistics", "findings", "meta", "schema_version"])
def test_what_is_no_report_is_refused(shop: Report, damage: str):
    data = shop.to_json()
    data[damage + "_"] = data.pop(damage)
    with pytest.raises((KeyError, TypeError)):
        Report.from_json(data)


def test_progress_counts_the_rows_up_to_all(shop: Report):
    seen: list[int] = []
    analyze([SHOP], Settings(chunk=50, workers=0), "test", seen.append)
    assert seen == sorted(set(seen))
    assert seen[-1] == shop.statistics.used + shop.statistics.duplicates


def test_quotes_and_rows_are_masked_unless_told_otherwise(write: Write):
    path = write(export("Курьер опоздал на три часа, мой телефон 8 912 345-67-89, перезвоните"))
    (quote, *_) = run(path).findings[0].quotes
    assert "345" not in quote.text
    assert "[ТЕЛ-" in quote.text
    (plain, *_) = run(path, masked=False).findings[0].quotes
    assert "345-67-89" in plain.text
    assert plain.text[plain.start : plain.stop] == quote.text[quote.start : quote.stop]


def test_a_class_a_row_is_urgent_whatever_its_volume(write: Write):
    calm = [f"Доставка задержалась на {n} дня" for n in range(2, 40)]
    report = run(write(export("После вашего мяса всей семьёй попали в больницу с отравлением", *calm)))
    assert [item.id for item in report.urgent][:1] == ["100"]
    assert "больницу" in report.urgent[0].text
    assert report.urgent[0].reasons


def test_danger_to_people_is_urgent_before_money_and_of_equals_the_newest(write: Write):
    """A stolen million may be graver by the scale; a burnt customer is called first."""
    texts = [
        "Ваш менеджер мошенник: обманом оформил на меня кредит и украл 2 миллиона рублей, подаю в суд и прокуратуру",
        "Мои паспортные данные выложили в открытый доступ",
        "Мои паспортные данные выложили в открытый доступ!",
        "После вашей процедуры получил ожог, вызывали скорую",
    ]
    days = ["2026-10-01", "2026-10-03", "2026-10-05", "2026-10-02"]
    found = run(write(export(*texts, Дата=days))).urgent
    assert [item.id for item in found] == ["103", "100", "102", "101"]
    assert found[0].severity < found[1].severity
    assert found[2].severity == found[3].severity


@pytest.mark.parametrize("chunk", [7, 60, 1000])
def test_every_urgent_row_has_its_text_in_chunks_of_any_size(write: Write, chunk: int):
    """The worst by the scale crowd a chunk; those in danger, and the newest, are shown before them."""
    graver = [
        f"Ваш менеджер мошенник: обманом оформил на меня кредит и украл {n} миллиона рублей, подаю в суд и прокуратуру"
        for n in range(2, 62)
    ]
    burnt = [f"После процедуры номер {n} получил ожог" for n in range(12)]
    leaked = [f"Мои паспортные данные выложили в открытый доступ, {n} раз прошу убрать" for n in range(60)]
    path = write(export(*graver, *burnt, *leaked, *graver[:30]))
    found = run(path, chunk=chunk).urgent
    assert len(found) == MAX_URGENT
    assert sum("ожог" in item.text for item in found) == len(burnt)
    assert all(item.text for item in found)
    assert found == run(path, chunk=50).urgent


def test_segments_count_the_values_of_a_column(shop: Report):
    assert {segment.column for segment in shop.segments} == {"Город"}
    assert sum(segment.n for segment in shop.segments) <= shop.statistics.complaints
    for segment in shop.segments:
        assert segment.top
        assert all(item["n"] <= segment.n for item in segment.top)
    assert [s.n for s in shop.segments] == sorted((s.n for s in shop.segments), reverse=True)


def test_a_users_lexicon_is_part_of_the_run(write: Write, tmp_path: Path):
    own = tmp_path / "own.toml"
    own.write_text('[[extend]]\nid = "fulfilment.late"\nterms = ["квазизадержка"]\n', "utf-8")
    path = write(export("Опять квазизадержка, ужасно"))
    assert "fulfilment.late" in [finding.id for finding in run(path, lexicons=(str(own),)).findings]
    assert "fulfilment.late" not in [finding.id for finding in run(path).findings]


def test_figures_name_their_rows(shop: Report, shop_rows: list[dict[str, str]]):
    """Each period and all without a category: as many ids as complaints, none twice, of that time."""
    days = {row["№ обращения"]: row["Дата"] for row in shop_rows}
    named = [name for period in shop.periods for name in period.rows]
    assert [len(period.rows) for period in shop.periods] == [period.complaints for period in shop.periods]
    assert len(named) == len(set(named)) == shop.statistics.complaints
    first = {name: days[name] for name in shop.periods[0].rows}
    assert first
    assert not {days[name] for name in shop.periods[-1].rows} & set(first.values())
    missed = shop.statistics.uncovered_rows
    assert len(missed) == shop.statistics.uncovered > 0
    assert not set(missed) & {name for finding in shop.findings for name in finding.rows}
    assert (shop.statistics.first, shop.statistics.last) == ("2026-08-03", "2026-11-15")


def test_strengths_are_of_texts_that_praise(write: Write):
    """A kind word in a complaint is irony, a hope, or what was once."""
    praise = "Спасибо курьеру! Привезли вовремя, курьер очень вежливый, всё отлично."
    complaint = "Курьер вежливый, но терминал не работает. Заказ увезли обратно, деньги не возвращают."
    report = run(write(export(praise, complaint, complaint + " Требую вернуть деньги.")))
    assert (report.kinds["praise"], report.statistics.complaints) == (1, 2)
    assert report.strengths
    assert {strength.n for strength in report.strengths} == {1}
    assert {quote.text for strength in report.strengths for quote in strength.quotes} == {praise}
