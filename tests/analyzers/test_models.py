"""What the models read of a whole text and what of its windows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.models import told_of_whole

WINDOWS = st.lists(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5), max_size=6)


def laid_out(texts: list[list[tuple[float, float]]]) -> tuple[np.ndarray, np.ndarray]:
    """Windows of the texts one under another, and the text of each."""
    rows = [window for text in texts for window in text]
    owner = [number for number, text in enumerate(texts) for _ in text]
    return np.array(rows, np.float64).reshape(len(rows), 2), np.array(owner, np.int64)


def test_a_text_ends_as_its_last_window_does_and_asks_where_any_does() -> None:
    seen, owner = laid_out([[(0, 0), (1, 1), (1, 0)], [(1, 0), (0, 0)]])

    more = told_of_whole(seen, owner, 2, ends=[0], once=[1])

    assert np.allclose(more, [[1 - 2 / 3, 1 - 1 / 3], [0 - 1 / 2, 0]])


@given(WINDOWS)
def test_no_text_depends_on_the_others_and_one_window_is_the_text(texts: list[list[tuple[float, float]]]) -> None:
    seen, owner = laid_out(texts)

    together = told_of_whole(seen, owner, len(texts), [0], [1])

    assert together.shape == (len(texts), 2)
    for number, text in enumerate(texts):
        alone = told_of_whole(*laid_out([text]), 1, [0], [1])
        assert np.allclose(together[number], alone[0], rtol=0, atol=1e-12)
        assert len(text) > 1 or not np.any(alone)
