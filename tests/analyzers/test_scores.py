"""Sparse sums agree with the dense ones they stand for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.scores import rule_sums

SHAPE = (4, 6)
MENTIONS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 8), st.sampled_from((0.5, 1.0, 2.0))), max_size=40
)


def dense(mentions: list[tuple[int, int, int, float]]) -> np.ndarray:
    """Each rule once a text and category, with the weight it has."""
    table = np.zeros(SHAPE)
    for doc, category, rule in {(d, c, r) for d, c, r, _ in mentions}:
        table[doc, category] += weight_of(rule)
    return table


def weight_of(rule: int) -> float:
    return (0.5, 1.0, 2.0)[rule % 3]


@given(MENTIONS)
def test_sums_agree_with_a_dense_table(mentions: list[tuple[int, int, int, float]]):
    columns = np.array([[d, c, r] for d, c, r, _ in mentions], np.int64).reshape(-1, 3)
    weight = np.array([weight_of(r) for r in columns[:, 2].tolist()], np.float64)
    found, table = rule_sums(columns[:, 0], columns[:, 1], columns[:, 2], weight, SHAPE), dense(mentions)
    assert np.array_equal(found.table(), table)
    assert np.array_equal(found.totals(), table.sum(axis=1))
    group = np.array([0, 0, 1, 2, 2, 1])
    assert np.array_equal(found.sum_by(group, 3), np.stack([table[:, group == g].sum(axis=1) for g in range(3)], 1))
    assert np.array_equal(found.top_by(group, 3), np.stack([table[:, group == g].max(axis=1) for g in range(3)], 1))
    assert np.array_equal(found.least(1.0).table(), np.where(table >= 1, table, 0))
    doc, category = np.nonzero(np.ones(SHAPE))
    assert np.array_equal(found.at(doc, category), table.reshape(-1))
    assert (np.diff(found.doc * SHAPE[1] + found.category) > 0).all()
