"""Look-alike complaints: which rows are told to be one text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.assess import duplicates as module
from svc.analyzers.assess.duplicates import groups
from svc.analyzers.columns import NO_DATE
from svc.analyzers.forms import Forms
from svc.analyzers.sketch import sketches
from svc.analyzers.tokens import tokenize

LETTER = "Прошу провести проверку работы управляющей компании: во дворе третий месяц не вывозят мусор и не горят фонари"
OTHER = "Курьер оставил заказ у соседей без моего согласия, они уехали в отпуск, и посылку мне никто отдать не может"
TEXTS = [LETTER, LETTER + ", дом 5", LETTER + ", дом 18", OTHER, OTHER, "Верните деньги", "Верните деньги за билет"]


def found(texts: list[str], customer: list[int] | None = None, day: list[int] | None = None) -> list[module.Group]:
    forms, tokens = Forms(), tokenize(texts)
    content = np.array([TEXTS.index(text) + 1 for text in texts], np.uint64)
    return groups(
        sketches(tokens, forms.ids(tokens), forms), content, np.array(customer or [0] * len(texts), np.uint64),
        np.array(day or [NO_DATE] * len(texts), np.int64),
    )  # fmt: skip


def test_a_template_with_another_house_is_one_and_short_texts_are_their_own():
    assert [group.rows.tolist() for group in found(TEXTS)] == [[0, 1, 2], [3, 4]]


def test_customers_are_counted_once_and_unknown_ones_each():
    assert [group.customers for group in found([LETTER] * 4, customer=[7, 7, 0, 0])] == [3]


@pytest.mark.parametrize(("days", "wave"), [([100, 101, 102, 103, 106], True), ([100, 101, 102, 103, 107], False)])
def test_five_within_a_week_are_a_wave(days: list[int], wave: bool):
    assert [group.wave for group in found([LETTER] * 5, day=days)] == [wave]


@given(st.permutations(range(len(TEXTS))))
def test_the_order_of_rows_decides_nothing(order: list[int]):
    texts = [TEXTS[i] for i in order]
    assert {frozenset(texts[row] for row in group.rows.tolist()) for group in found(texts)} == {
        frozenset(TEXTS[:3]), frozenset([OTHER])
    }  # fmt: skip


@pytest.mark.parametrize("block", [1, 2, 3])
def test_rows_compared_a_few_at_a_time_give_the_same(block: int, monkeypatch: pytest.MonkeyPatch):
    whole = [group.rows.tolist() for group in found(TEXTS)]
    monkeypatch.setattr(module, "BLOCK", block)
    assert [group.rows.tolist() for group in found(TEXTS)] == whole
