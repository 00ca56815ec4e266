"""What weighs in long texts, how many themes there are, and which words become terms."""

from __future__ import annotations

import numpy as np
import pytest
from svc.analyzers.discover.accept import _in_full  # pyright: ignore[reportPrivateUsage]
from svc.analyzers.discover.clusters import EXACT, ROUNDED, UNIT, groupings, vote
from svc.analyzers.discover.features import _topical  # pyright: ignore[reportPrivateUsage]
from svc.analyzers.discover.group import _kept, n_themes  # pyright: ignore[reportPrivateUsage]
from svc.analyzers.discover.sparse import Sparse


def test_a_word_said_again_and_again_weighs_more_than_one_said_here_and_there() -> None:
    """Both are used 60 times in 100 texts: one five times in each of twelve, the other once in each of sixty."""
    row = np.concatenate((np.repeat(np.arange(12), 5), np.arange(40, 100)))
    column = np.repeat(np.array([0, 1]), 60)
    heaps, scattered = _topical(Sparse.of(row, column, np.ones(120), (100, 2))).tolist()
    assert scattered == pytest.approx(1.0)
    assert heaps > 2.0


@pytest.mark.parametrize(
    ("n", "short", "expected"), [(50, False, 4), (2000, False, 11), (50, True, 7), (800, True, 25)]
)
def test_fifty_texts_have_a_handful_of_themes(n: int, expected: int, *, short: bool) -> None:
    assert n_themes(n, short) == expected


@pytest.mark.parametrize(("rare", "expected"), [(6.0, "лицо ~2 физический"), (3.0, "лицо")])
def test_a_rare_bare_word_gives_way_to_its_phrase(rare: float, expected: str) -> None:
    lone, phrase = np.array([1, 1, 1, 1, 0], bool), np.array([1, 1, 1, 0, 0], bool)
    caught = {"лицо": lone, "лицо ~2 физический": phrase, "личный": lone}
    assert _in_full("лицо", list(caught), caught, np.ones(5, bool), rare) == expected


def test_seeds_agree_on_groups_that_are_there() -> None:
    """Six clouds of places: the vote of every seed finds the same ones."""
    random = np.random.default_rng(5)
    places = np.eye(12)[np.repeat(np.arange(6), 30)] + random.normal(scale=0.15, size=(180, 12))
    places /= np.sqrt((places**2).sum(axis=1, keepdims=True))
    for seed in (1, 2):
        groups = vote(places, 6, seed).reshape(6, 30)
        assert (groups == groups[:, :1]).all()
        assert len(set(groups[:, 0].tolist())) == 6


def test_the_order_of_additions_changes_no_grouping() -> None:
    """Whole numbers are exact in single precision: sums taken the other way round give the same groups to the bit."""
    random = np.random.default_rng(11)
    places = random.normal(size=(300, 100))
    places /= np.sqrt((places**2).sum(axis=1, keepdims=True))
    here, near = groupings(places, 9, 20, 6)
    for order in (np.arange(100)[::-1], random.permutation(100)):
        there, other = groupings(np.ascontiguousarray(places[:, order]), 9, 20, 6)
        assert (here == there).all()
        assert (near == other).all()


def test_whole_numbers_stay_below_what_single_precision_holds() -> None:
    longest = UNIT + np.sqrt(100) / 2  # every one of 100 coordinates rounded up by a half
    assert longest <= UNIT * ROUNDED
    assert longest**2 < EXACT


@pytest.mark.parametrize(("grave", "kept"), [((), [0, 1]), ((7,), [0, 1]), ((7, 8), [0, 1, 2])])
def test_two_grave_texts_are_a_theme_where_two_others_are_none(grave: tuple[int, ...], kept: list[int]) -> None:
    group = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    assert _kept(group, np.isin(np.arange(9), grave), 3).tolist() == kept
