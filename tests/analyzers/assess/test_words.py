"""Columns of a chunk: bits of stretches, endings, first letters."""

from __future__ import annotations

from functools import reduce
from operator import or_

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.assess.words import Words, expanded
from svc.analyzers.tokens import tokenize


def words_of(texts: list[str], bits: list[int] | None = None) -> Words:
    tokens = tokenize(texts)
    zeros = np.zeros(len(tokens.key), np.int64)
    return Words.of(tokens, zeros if bits is None else np.array(bits, np.int64), zeros, zeros)


@given(st.data())
def test_bits_of_stretches_are_those_of_their_words(data: st.DataObject):
    bits = data.draw(st.lists(st.integers(0, 255), min_size=1, max_size=20))
    place = st.integers(0, len(bits))
    stretches = data.draw(st.lists(st.tuples(place, place), max_size=8))
    words = words_of([" ".join("а" * len(bits))], bits)
    first, last = np.array(stretches, np.int64).reshape(-1, 2).T
    wanted = [reduce(or_, bits[start:stop], 0) for start, stop in stretches]
    assert words.any_of(words.bits, first, last).tolist() == wanted
    cells = [(k, word) for k, (start, stop) in enumerate(stretches) for word in range(start, stop)]
    assert list(zip(*(column.tolist() for column in expanded(first, last)), strict=True)) == cells


def test_sentences_are_numbered_without_holes_and_know_their_questions():
    words = words_of(["Где заказ? Жду. ", "", "Когда?"])
    assert words.sentence.tolist() == [0, 0, 1, 2]
    assert words.begins.tolist() == [0, 2, 3, 4]
    assert words.question.tolist() == [True, False, True]


def test_an_empty_chunk_has_no_words():
    words = words_of(["", "!"])
    assert words.begins.tolist() == [0]
    assert words.any_of(words.bits, np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("доставка", "доставлю", True),  # four letters
        ("Звонок", "звонят", True),
        ("подключение", "подкат", False),  # of long words five: they differ in length and are told apart
        ("подключение", "подключили", True),
        ("ёлками", "елками", True),
        ("мама", "мама", False),  # too short to tell anything
        ("12345", "12345", False),
    ],
)
def test_words_are_alike_by_their_first_letters(one: str, other: str, *, same: bool):
    words = words_of([f"{one} {other}"])
    left, right = words.stem(np.arange(2)).tolist()
    assert (left == right != 0) is same


def test_endings_are_those_of_the_normal_letters():
    words = words_of(["Ждали ЛИ ли или ждал и"])
    assert words.ends(np.arange(6), "ли").tolist() == [True, True, True, True, False, False]
