"""Reducing by runs gives what reducing row by row gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.runs import STEPS, or_by_run, sum_by_run

LENGTHS = st.lists(st.one_of(st.integers(0, 9), st.integers(STEPS - 2, 2 * STEPS)), max_size=12)


@given(LENGTHS, st.integers(0, 2**32 - 1))
def test_bits_of_a_run_are_those_of_its_rows(lengths: list[int], seed: int):
    lengths = [length for length in lengths if length]
    random = np.random.default_rng(seed)
    table = random.integers(0, 2**63, (20, 3)).astype(np.uint64)
    rows = random.integers(0, 20, sum(lengths)).astype(np.int32)
    begins = np.cumsum([0, *lengths])[:-1].astype(np.int64)
    found = or_by_run(table, rows, begins)
    assert found.shape == (len(lengths), 3)
    for i, length in enumerate(lengths):
        mine = table[rows[begins[i] : begins[i] + length]]
        assert (found[i] == np.bitwise_or.reduce(mine, axis=0)).all()


@given(LENGTHS, st.integers(0, 2**32 - 1))
def test_a_run_is_summed_in_the_order_of_its_rows(lengths: list[int], seed: int):
    random = np.random.default_rng(seed)
    table = random.standard_normal((20, 3))
    first = np.cumsum([0, *lengths]).astype(np.int64)
    rows = random.integers(0, 20, int(first[-1]))
    weights = random.standard_normal(int(first[-1]))
    found = sum_by_run(table, rows, first, weights)
    assert found.shape == (len(lengths), 3)
    for i in range(len(lengths)):
        total = np.zeros(3)
        for at in range(int(first[i]), int(first[i + 1])):
            total += table[rows[at]] * weights[at]
        assert (found[i] == total).all()
    assert (sum_by_run(table, rows, first) == sum_by_run(table, rows, first, np.ones(len(rows)))).all()
