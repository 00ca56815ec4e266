"""Themes over the weeks: words are counted by period, and what of a theme grew is told by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from svc.analyzers.signatures import Remembered
from svc.analyzers.store import Store, open_store
from svc.analyzers.theme_trends import KEPT, Heard, forget_words, keep_words, mark, theme_history
from svc.analyzers.trend import judge

MONDAY = 739866  # 2026-09-07
KEY = b"k"
THEME = Remembered("t-flood", {"залив": 3.0, "потолок": 2.0, "сосед": 1.0, "жалоба": 0.1}, "2026-W37", "2026-W40")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty memory."""
    found = open_store(str(tmp_path / "weekly.sqlite"), timeout=0)
    yield found
    found.close()


def week(flood: int, ceiling: int, neighbour: int, complaints: int = 100) -> Heard:
    """A week with so many complaints that say each of the theme's three words."""
    words = {mark(word, KEY): n for word, n in (("залив", flood), ("потолок", ceiling), ("сосед", neighbour)) if n}
    return Heard(40, complaints, {**words, mark("жалоба", KEY): 40})


def weeks(*found: Heard) -> dict[int, Heard]:
    """Week after week."""
    return {MONDAY + 7 * i: entry for i, entry in enumerate(found)}


def test_a_theme_counts_as_its_three_weightiest_words_do(store: Store) -> None:
    """Their mean; the common word that every theme has is not asked."""
    kept = keep_words(store, weeks(week(9, 6, 3), week(0, 0, 2)), "week", "v1")
    history = theme_history(kept, "week", [THEME], KEY)
    assert history.counts[:, 0].tolist() == [6, 1]
    assert history.complaints.tolist() == [100, 100]


def test_a_week_without_an_export_is_no_week_without_the_theme(store: Store) -> None:
    """It is a gap, and not compared."""
    found = weeks(week(9, 9, 9), week(9, 9, 9), week(9, 9, 9))
    del found[MONDAY + 7]
    history = theme_history(keep_words(store, found, "week", "v1"), "week", [THEME], KEY)
    assert history.usable().tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("last", "status"),
    [((45, 40, 42), "growing"), ((11, 9, 10), "stable"), ((60, 0, 0), "stable")],
)
def test_words_that_grow_together_are_a_growing_theme(store: Store, last: tuple[int, int, int], status: str) -> None:
    """One word of three that grows is not: it may be another matter's."""
    usual = [week(9 + i % 3, 10, 8 + i % 2) for i in range(10)]
    kept = keep_words(store, weeks(*usual, week(*last)), "week", "v1")
    history = theme_history(kept, "week", [THEME], KEY)
    assert judge(history, 10, 0.002).changes["t-flood"].status == status


def test_words_never_heard_before_are_a_new_theme(store: Store) -> None:
    """The weeks before the theme was found are known too."""
    kept = keep_words(store, weeks(*[week(0, 0, 0)] * 10, week(20, 18, 19)), "week", "v1")
    assert judge(theme_history(kept, "week", [THEME], KEY), 10, 0.002).changes["t-flood"].status == "new"


def test_of_two_exports_the_fuller_one_counts_and_a_rebuild_replaces(store: Store) -> None:
    """An export that holds one day of last week does not wipe out last week."""
    keep_words(store, weeks(week(9, 9, 9, 100)), "week", "v1")
    assert keep_words(store, weeks(week(1, 1, 1, 12)), "week", "v1")[MONDAY]["complaints"] == 100
    assert keep_words(store, weeks(week(1, 1, 1, 12)), "week", "v1", replace=True)[MONDAY]["complaints"] == 12
    assert keep_words(store, {}, "week", "v2") == {}  # labels of another version are not compared


def test_old_weeks_are_dropped(store: Store) -> None:
    """By number, and by `--forget`."""
    keep_words(store, weeks(*[week(1, 1, 1)] * KEPT), "week", "v1")
    keep_words(store, {MONDAY + 7 * KEPT: week(1, 1, 1)}, "week", "v1")
    assert len(keep_words(store, {}, "week", "v1")) == KEPT
    forget_words(store, MONDAY + 7 * (KEPT - 2) + 1)
    assert sorted(keep_words(store, {}, "week", "v1")) == [MONDAY + 7 * (KEPT - 2 + i) for i in range(3)]


def test_no_word_stands_in_the_memory_as_it_is_written(store: Store) -> None:
    """Hashes under the memory's key only."""
    keep_words(store, weeks(week(9, 9, 9)), "week", "v1")
    assert "залив" not in str(store.setting("theme_words:week"))
