"""Lengths of time that somebody waited, told from those of law, guarantee and promise."""

from __future__ import annotations

import pytest
from svc.analyzers.assess.effort import lengths
from svc.analyzers.assess.facts import FactReader
from svc.analyzers.assess.waits import Length, wait_marks, waited
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize


def lengths_of(texts: list[str]) -> list[list[Length]]:
    forms, tokens = Forms(), tokenize(texts)
    places = FactReader(forms).places(tokens, forms.ids(tokens))
    return [lengths(places.page(doc, text)) for doc, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Жду посылку две недели", [14]),
        ("Третий месяц не могу дождаться ответа", [90]),
        ("Полгода добиваюсь ремонта", [180]),
        ("Ждём уже полтора месяца, ответа нет", [45]),
        ("Гарантия два года", []),
    ],
)
def test_what_was_waited(text: str, days: list[int]):
    found = lengths_of([text])[0]
    assert [round(length.days) for length, long in zip(found, waited(found), strict=True) if long] == days


def test_marks_stay_within_the_clause():
    told = wait_marks(lengths_of(["Жду посылку две недели, мастер придёт"])[0])[0]
    assert {"wait", "counted", "days"} <= told
    assert "future" not in told


def test_lengths_are_weighed_alike_alone_and_together():
    texts = ["Жду посылку две недели", "Гарантия два года, ремонт ждали месяц", "Полгода добиваюсь ремонта"]
    together = [length for own in lengths_of(texts) for length in own]
    alone = [long for text in texts for long in waited(lengths_of([text])[0])]
    assert waited(together) == alone
    assert waited([]) == []
    assert wait_marks([]) == []
