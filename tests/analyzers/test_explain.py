"""What `explain` says a severity is made of is what it was made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from svc.analyzers.explain import explain_text
from svc.analyzers.forms import Forms
from svc.analyzers.label import UNSURE, Labeller
from svc.analyzers.lexicon import load_lexicon

GOLD = Path(__file__).parents[1] / "gold" / "open.jsonl"


def test_a_grave_category_that_only_the_model_gave_is_shown_with_the_weight_it_had():
    texts = [json.loads(line)["text"] for line in GOLD.read_text("utf-8").splitlines()]
    lexicon = load_lexicon()
    labels = Labeller(lexicon, Forms()).label(texts)
    categories = list(lexicon.categories.values())
    grave = [
        (doc, categories[number].id)
        for doc, number, model in zip(
            labels.doc.tolist(), labels.category.tolist(), labels.by_model.tolist(), strict=True
        )
        if model and categories[number].severity > UNSURE
    ]
    if not grave:
        pytest.skip("the model alone gives no grave category here")
    doc, name = grave[0]
    told = explain_text(texts[doc], lexicon)
    assert [part.floor for part in told.parts if part.name == name] == [UNSURE]
    assert told.severity == round(float(labels.severity[doc]), 3) or told.severity == float(labels.severity[doc])


@pytest.mark.parametrize(
    "text",
    [
        "Пахнет газом в подъезде, аварийка не едет",
        "Фонари не горят, а так всё неплохо, мелочь",
        "Деньги не вернули, третий раз пишу, обманули всю семью, весь дом страдает, два месяца",
        "Суп холодный, ждали час",
    ],
)
def test_the_severity_is_the_sum_of_its_last_parts(text: str) -> None:
    found = explain_text(text, load_lexicon())
    parts = {part.name: part.floor for part in found.parts}
    whole = 0.05 + (parts["told"] + parts["gravity"]) / 2
    assert found.severity == pytest.approx(parts.get("least", min(whole, parts.get("most", 1.0))), abs=0.001)
