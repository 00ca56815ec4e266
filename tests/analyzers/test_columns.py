"""Rows as columns: which rows are one and the same, and ids."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.classify import Mentions
from svc.analyzers.columns import NO_DATE, Columns, counted_once
from svc.analyzers.label import ChunkLabels, content_hash
from svc.analyzers.read import Record


def record(text: str, row: int = 2, source: str = "a.csv", **values: Any) -> Record:
    return Record(source, row, text, (("Текст", 0, len(text), 0),), **values)


def labels(texts: list[str]) -> ChunkLabels:
    """Labels of a chunk in which no category was found."""
    n = len(texts)
    columns: dict[str, Any] = {item.name: np.zeros(0, np.int64) for item in fields(ChunkLabels)}
    for name in ("kind", "confidence", "complaint", "severity", "signs", "n_tokens"):
        columns[name] = np.zeros(n)
    columns["content"] = np.array([content_hash(text) for text in texts], np.uint64)
    columns["mentions"] = Mentions(*(np.zeros(0) for _ in fields(Mentions)))
    return ChunkLabels(**columns)


def columns_of(records: list[Record], chunk: int = 100, by: tuple[str, ...] = ()) -> Columns:
    columns = Columns(by)
    for at in range(0, len(records), chunk):
        part = records[at : at + chunk]
        columns.add(part, labels([item.text for item in part]))
    columns.finish()
    return columns


def counted(records: list[Record], chunk: int = 100) -> list[bool]:
    """Which rows are used; the others are duplicates."""
    columns = columns_of(records, chunk)
    return counted_once(columns).tolist()


def test_the_same_id_is_the_same_complaint_whatever_its_text():
    used = counted([record("Опоздали", id="7"), record("Опоздали на час", 3, id="7"), record("Опоздали", 4, id="8")])
    assert sorted(used[:2]) == [False, True]
    assert used[2]


def test_an_id_is_the_same_in_another_file_and_another_case():
    assert sum(counted([record("Да", id="A-7 "), record("Да", 9, "b.csv", id="a-7")])) == 1


def test_a_customer_who_repeats_a_text_is_counted_once():
    rows = [
        record("Опоздали", customer="Иванов"),
        record("опоздали ", 3, customer="иванов"),
        record("Нет", 4, customer="Иванов"),
    ]
    used = counted(rows)
    assert sum(used[:2]) == 1
    assert used[2]


def test_like_texts_of_different_or_unknown_customers_all_count():
    rows = [
        record("Опоздали", 2, customer="Иванов"),
        record("Опоздали", 3, customer="Петров"),
        record("Опоздали", 4),
        record("Опоздали", 5),
    ]
    assert counted(rows) == [True] * 4


def test_the_same_row_number_of_two_files_is_two_rows():
    assert counted([record("Да", 2, "a.csv"), record("Да", 2, "b.csv")]) == [True, True]


def test_of_one_id_the_same_text_is_kept_whatever_the_order():
    rows = [record(text, row, id="7") for row, text in enumerate(["Опоздали", "Нахамили", "Обманули", "Не привезли"])]
    kept = [row.text for row, used in zip(rows, counted(rows), strict=True) if used]
    back = [row.text for row, used in zip(rows[::-1], counted(rows[::-1]), strict=True) if used]
    assert kept == back
    assert len(kept) == 1


def test_of_one_text_of_a_customer_the_earliest_is_kept_whatever_the_order():
    dates = ["2026-03-09", "2026-03-01", "2026-03-05"]
    rows = [record("Опоздали", row, customer="Иванов", date=date) for row, date in enumerate(dates, 2)]
    for some in (rows, rows[::-1]):
        assert [row.date for row, used in zip(some, counted(some), strict=True) if used] == ["2026-03-01"]


def names(text: str, customer: str | None, id_: str | None) -> set[tuple[str, ...]]:
    """What a row may be the same as another by."""
    by_id = {("id", id_)} if id_ else set()
    by_text = {(customer, text.lower())} if customer else set()
    return by_id | by_text


people = st.sampled_from([None, "Иванов", "Петров"])
ids = st.sampled_from([None, None, "1", "2"])
texts = st.sampled_from(["Опоздали", "опоздали", "Нахамили"])
cases = st.lists(st.tuples(texts, people, ids), min_size=1, max_size=20)


@given(cases, st.integers(1, 7), st.randoms())
def test_neither_chunks_nor_order_change_what_is_counted(some: list[tuple], chunk: int, random):
    rows = [record(text, row, customer=customer, id=id_) for row, (text, customer, id_) in enumerate(some, 2)]
    used = counted(rows)
    assert counted(rows, chunk) == used
    shuffled = list(rows)
    random.shuffle(shuffled)

    def contents(rows: list[Record], used: list[bool]) -> list[tuple]:
        kept = [(content_hash(row.text), row.customer, row.id) for row, use in zip(rows, used, strict=True) if use]
        return sorted((content, id_ or customer or "") for content, customer, id_ in kept)

    assert contents(shuffled, counted(shuffled)) == contents(rows, used)
    kept = [row for row, use in zip(some, used, strict=True) if use]
    ids = [id_ for _, _, id_ in kept if id_]
    people = [(customer, text.lower()) for text, customer, _ in kept if customer]
    assert len(set(ids)) == len(ids)
    assert len(set(people)) == len(people)
    # a row that is not counted leads to one that is, by its id or by its customer's text, maybe over others
    reached = {name for text, customer, id_ in kept for name in names(text, customer, id_)}
    for _ in some:
        reached |= {name for row in some if reached & names(*row) for name in names(*row)}
    for row, use in zip(some, used, strict=True):
        assert use or reached & names(*row)


def test_ids_dates_and_segments_are_kept_by_row():
    rows = [
        record("Да", 2, id="7", date="2026-11-16", extra={"Город": "Тула"}),
        record("Нет", 3, "b.csv", extra={"Город": "Уфа"}),
        record("Ну", 4, date="2026-11-16T10:20:00", rating=2.5, extra={"Город": "Тула"}),
    ]
    columns = columns_of(rows, 2, ("Город",))
    assert [columns.id_of(row) for row in range(3)] == ["7", "b.csv:3", "a.csv:4"]
    assert columns["date"][0] == columns["date"][2] != NO_DATE
    assert columns["date"][1] == NO_DATE
    assert np.isnan(columns["rating"]).tolist() == [True, True, False]
    assert [columns.values["Город"][code] for code in columns["by:Город"]] == ["Тула", "Уфа", "Тула"]


def test_the_content_of_a_text_is_blind_to_case_and_blanks_only():
    assert content_hash("Опоздали  на час\n") == content_hash("опоздали на ЧАС")
    assert content_hash("Опоздали на час") != content_hash("Опоздали на час!")
    assert content_hash("\ud800") != content_hash("")
