"""Phrases of complaints without a category: what tells them from the others, whatever order they come in."""

from __future__ import annotations

import random

import pytest
from svc.analyzers.forms import Forms
from svc.analyzers.uncovered import SAMPLE, Sample, UncoveredTexts


@pytest.fixture(scope="module")
def forms() -> Forms:
    return Forms()


def told(forms: Forms, bare: list[str], covered: list[str], *, masked: bool = True) -> list[tuple[str, int]]:
    texts = UncoveredTexts()
    for n, text in enumerate(bare):
        texts.add(n, text, covered=False)
    for n, text in enumerate(covered):
        texts.add(n, text, covered=True)
    return [(one.phrase, one.n) for one in texts.phrases(forms, masked)]


def test_what_all_complaints_say_is_no_blind_spot(forms: Forms) -> None:
    bare = ["Добрый день, звуковая дорожка отстаёт", "Добрый день! Звуковой дорожки нет", "Звуковую дорожку верните"]
    covered = ["Добрый день, курьер не приехал", "Добрый день, деньги не вернули"]
    assert told(forms, bare, covered) == [("звуковая дорожка", 3)]


def test_a_phrase_counts_once_a_text_and_stands_in_its_commonest_spelling(forms: Forms) -> None:
    bare = ["Звуковой дорожки нет, опять звуковой дорожки нет", "Нет звуковой дорожки", "Где звуковая дорожка?"]
    assert told(forms, bare, []) == [("звуковой дорожки", 3)]


def test_the_commonest_phrase_stands_first(forms: Forms) -> None:
    bare = [
        "Мигает экран телевизора",
        "Погас экран телевизора",
        "Экран телевизора треснул",
        "Треснул корпус",
        "Корпус треснул и отстал",
    ]
    phrases = told(forms, bare, ["Курьер опоздал"])
    assert phrases[0] == ("экран телевизора", 3)
    assert [n for _, n in phrases] == sorted((n for _, n in phrases), reverse=True)


def test_nothing_is_told_of_no_texts(forms: Forms) -> None:
    assert told(forms, [], ["Курьер не приехал"]) == []


def test_a_piece_of_personal_data_is_no_phrase(forms: Forms) -> None:
    bare = ["Письмо на client77@example.com отправлено", "Ответ на client77@example.com не пришёл"]
    assert "client77" not in str(told(forms, bare, []))
    assert "client77" in str(told(forms, bare, [], masked=False))


def test_a_sample_is_the_same_in_any_order() -> None:
    texts = [(n * 7919 % 100_003, f"текст {n}") for n in range(5 * SAMPLE)]
    first, second = Sample(), Sample()
    for content, text in texts:
        first.add(content, text)
    random.Random(3).shuffle(texts)
    for content, text in texts:
        second.add(content, text)
    assert first.texts() == second.texts() == [text for _, text in sorted(texts)[:SAMPLE]]
    assert first.n == second.n == len(texts)
