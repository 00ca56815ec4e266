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
