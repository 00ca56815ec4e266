"""What a text is (complaint, claim, question, suggestion, praise, other) and how surely it reports a problem.

A linear model over signs that the lexicon found (markers, tone, mentions) and over lemmas, «не_» before the denied ones. Its
weights are data, `lexicons/ru/kind.json`, made from invented texts by `make models`; here it is a table and a sum.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..lexicons import path
from .classify import STATES, Labels
from .lemmas import BIT
from .vocabulary import KINDS

if TYPE_CHECKING:
    from .classify import Classifier

Float = NDArray[np.float64]
NEGATED = "не_"
_COUNTED_FLAGS = ("imperative", "past", "future", "first_person", "infinitive", "glued_not")


def sign_names(classifier: Classifier) -> list[str]:
    """Names of the columns of `signs`."""
    return [
        *("marker:" + name for name in classifier.markers),
        *("state:" + name for name in STATES),
        "pain", "categories", "strength", "tone", "tone_last", "tone_first", "question", "questions", "asks_last",
        "length", "sentences", "negations", "supposed", "numbers", "capitals",
        *("flag:" + name for name in _COUNTED_FLAGS),
    ]  # fmt: skip


def signs(classifier: Classifier, labels: Labels) -> Float:
    """The dense features of each text.

    Returns
    -------
    ndarray of float64 of shape (n_texts, n_signs)
        Columns as `sign_names`, counts as log(1 + x).
    """
    n = len(labels.n_tokens)
    tokens = labels.tokens
    doc = tokens.doc
    columns: list[Float] = [*np.log1p(labels.marker).T]
    for state in range(len(STATES)):
        columns.append(np.log1p(np.bincount(labels.mentions.doc[labels.mentions.state == state], minlength=n)))
    columns += [
        np.log1p(labels.score.sum(axis=1)),
        (labels.score >= 1).sum(axis=1) / 4,
        np.log1p(labels.strength.sum(axis=1)),
    ]
    columns += _tones(classifier, labels, n)
    length = np.maximum(labels.n_tokens, 1)
    sentences = np.maximum(labels.n_sentences, 1)
    last = np.zeros(n)
    filled = labels.n_tokens > 0
    last[filled] = tokens.question[tokens.sentence[tokens.first[1:][filled] - 1]]
    flags = classifier.forms.flags[labels.form_ids]

    def rate(mask: NDArray[np.bool_]) -> Float:
        return np.bincount(doc[mask], minlength=n) / np.sqrt(length)

    columns += [
        (labels.n_questions > 0).astype(np.float64),
        labels.n_questions / sentences,
        last,
        np.log1p(labels.n_tokens) / 4,
        np.log1p(labels.n_sentences) / 2,
        rate(labels.scope.negated),
        rate(labels.scope.supposed),
        rate(classifier.forms.lemma[labels.form_ids] == classifier.forms.lemma_id("0")),
        rate(tokens.capital),
    ]
    columns += [rate((flags & np.uint64(BIT[name])) != 0) for name in _COUNTED_FLAGS]
    return np.stack(columns, axis=1)


def _tones(classifier: Classifier, labels: Labels, n: int) -> list[Float]:
    """Balance of good and bad words in [-1, 1]: of the whole text, of its last third, of its first third."""
    docs, markers, start, _, rules = labels.marker_hits
    weight = np.array([rule.term.weight for rule in classifier.lexicon.rules])[rules] if len(rules) else np.zeros(0)
    sizes = np.diff(labels.tokens.offset)[docs]
    part = start / np.maximum(sizes, 1)
    found: list[Float] = []
    for low, high in ((0.0, 1.1), (2 / 3, 1.1), (0.0, 1 / 3)):
        sums: list[Float] = []
        for name in ("negative", "positive"):
            mine = (markers == classifier.marker_id(name)) & (part >= low) & (part < high)
            sums.append(np.bincount(docs[mine], weight[mine], minlength=n))
        found.append((sums[0] - sums[1]) / (sums[0] + sums[1] + 1))
    return found


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kind of each text.

    Attributes
    ----------
    kind : ndarray of int64 of shape (n_texts,)
        Index into `vocabulary.KINDS`.
    confidence : ndarray of float64
        Probability of that kind.
    complaint : ndarray of float64
        Probability in [0, 1] that the text reports a problem.
    """

    kind: NDArray[np.int64]
    confidence: Float
    complaint: Float


class KindModel:
    """The packaged weights, laid out for a form table.

    Parameters
    ----------
    classifier : Classifier
    data : dict
        ``signs`` (name -> weights by kind), ``lemmas`` (lemma -> weights by kind), ``bias``.
    """

    def __init__(self, classifier: Classifier, data: dict[str, Any]) -> None:
        self._classifier = classifier
        width = len(KINDS)
        self._bias = np.array(data["bias"], np.float64)
        none = [0.0] * width
        self._signs = np.array([data["signs"].get(name, none) for name in sign_names(classifier)], np.float64)
        names = list(data["lemmas"])
        self._weights = np.concatenate((np.zeros((1, width)), np.array([data["lemmas"][name] for name in names]).reshape(-1, width)))
        self._row = {name: i + 1 for i, name in enumerate(names)}
        self._rows = np.zeros((0, 2), np.int64)  # by lemma id: plain, negated

    def predict(self, labels: Labels, dense: Float | None = None) -> Kinds:
        """Kinds of a chunk."""
        dense = signs(self._classifier, labels) if dense is None else dense
        logits = self._bias + dense @ self._signs + self._lemma_part(labels)
        # rounded before it decides, so that another order of addition on another machine decides the same
        logits = np.round(logits, 6)
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        share = odds / odds.sum(axis=1, keepdims=True)
        kind = logits.argmax(axis=1)
        empty = labels.n_tokens == 0
        kind[empty] = KINDS.index("other")
        complaint = share[:, KINDS.index("complaint")] + share[:, KINDS.index("claim")]
        return Kinds(kind, np.round(share[np.arange(len(kind)), kind], 3), np.round(np.where(empty, 0, complaint), 4))

    def _lemma_part(self, labels: Labels) -> Float:
        """Sum of the lemma weights of each text, over the root of the number of different lemmas."""
        forms = self._classifier.forms
        if len(self._rows) < len(forms.lemmas):
            known = len(self._rows)
            fresh = [(self._row.get(name, 0), self._row.get(NEGATED + name, 0)) for name in forms.lemmas[known:]]
            self._rows = np.concatenate((self._rows, np.array(fresh, np.int64).reshape(-1, 2)))
        rows = self._rows[forms.lemma[labels.form_ids], labels.scope.negated.astype(np.int64)]
        n, size = len(labels.n_tokens), np.int64(len(self._weights))
        pairs = np.sort(labels.tokens.doc[rows > 0] * size + rows[rows > 0])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        doc, row = np.divmod(pairs, size)
        count = np.maximum(np.bincount(doc, minlength=n), 1)
        total = np.stack([np.bincount(doc, self._weights[row, k], minlength=n) for k in range(len(KINDS))], axis=1)
        return total / np.sqrt(count)[:, None]


@lru_cache(maxsize=1)
def packaged_weights() -> dict[str, Any]:
    """The weights that ship with the package."""
    return json.loads(path("ru/kind.json").read_text("utf-8"))



