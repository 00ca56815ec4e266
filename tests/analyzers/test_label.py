"""Kinds as the whole reading of a text leaves them."""

from __future__ import annotations

import pytest
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.vocabulary import KINDS


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller(load_lexicon(()), Forms())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Согласно ст. 1102 ГК РФ прошу возвратить 37 200 рублей, договора между нами нет.", "claim"),
        ("Рыба тухлая, верните хоть половину денег!", "complaint"),
    ],
)
def test_money_asked_for_by_the_law_is_a_claim(labeller: Labeller, text: str, kind: str):
    assert KINDS[int(labeller.label([text]).kind[0])] == kind
