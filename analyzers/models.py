"""What a text is, how surely it reports a problem, and which systems it blames: linear models over signs and lemmas.

The weights are data, `lexicons/ru/models.json`, made from invented texts by `make models`; here they are tables and
sums. A text is read window by window (`features.windows`); a second, small model weighs the windows together.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..lexicons import path
from .classify import ENOUGH, FIRED, Labels
from .features import sign_names, signs, system_sign_names, system_signs, windows
from .vocabulary import KINDS, SYSTEMS

if TYPE_CHECKING:
    from .classify import Classifier

Float = NDArray[np.float64]
Int = NDArray[np.int64]
NEGATED = "не_"
N_KINDS, N_SYSTEMS = len(KINDS), len(SYSTEMS)
SMALL = 1e-4
DECIDING = 6  # decimals kept before a figure decides, so that another order of addition decides the same


@dataclass(frozen=True, slots=True)
class Reading:
    """What the models say of each text.

    Attributes
    ----------
    kind : ndarray of int64 of shape (n_texts,)
        Index into `vocabulary.KINDS`.
    confidence : ndarray of float64
        Probability of that kind.
    complaint : ndarray of float64
        Probability in [0, 1] that the text reports a problem.
    systems : ndarray of float64 of shape (n_texts, n_systems)
        Probability that the text blames each system.
    doc, category, sure : ndarray
        Categories that the rules found, and the probability that the text is about them.
    """

    kind: Int
    confidence: Float
    complaint: Float
    systems: Float
    doc: Int
    category: Int
    sure: Float


class Models:
    """The packaged weights, laid out for a form table.

    Parameters
    ----------
    classifier : Classifier
    data : dict
        As `lexicons/ru/models.json`.
    """

    def __init__(self, classifier: Classifier, data: dict[str, Any]) -> None:
        self._classifier = classifier
        width = N_KINDS + N_SYSTEMS
        none = [0.0] * width
        self._bias = np.array(data["bias"], np.float64)
        self._signs = np.array([data["signs"].get(name, none) for name in sign_names(classifier)], np.float64)
        self._own = np.array([data["own"][name] for name in system_sign_names()], np.float64)  # (n_signs, n_systems)
        self._cross = np.array(data["cross"], np.float64)  # (n_systems, n_systems)
        self._system = np.array(data["system"], np.float64)  # (parts,)
        self._system_bias = np.array(data["system_bias"], np.float64)
        self._category = np.array(data["category"], np.float64)
        prior = data["prior"]
        known = float(np.median(list(prior.values()))) if prior else 0.0
        self._prior = np.array([prior.get(name, known) for name in classifier.categories], np.float64)
        names = list(data["lemmas"])
        table = np.array([data["lemmas"][name] for name in names], np.float64).reshape(-1, width)
        self._lemmas = np.concatenate((np.zeros((1, width)), table))
        self._row = {name: i + 1 for i, name in enumerate(names)}
        self._rows = np.zeros((0, 2), np.int64)  # by lemma id: plain, negated

    def read(self, labels: Labels, void: NDArray[np.bool_] | None = None) -> Reading:
        """Kinds and systems of a chunk; a text without words, or a `void` one that is no language, is `other`."""
        parts, owner = windows(labels)
        logits = self.window_logits(parts)
        n = len(labels.n_tokens)
        kinds = mean_of_windows(softmax(logits[:, :N_KINDS]), owner, n)
        given = top_by_system(self._classifier, labels)
        system = system_parts(sigmoid(logits[:, N_KINDS:]), owner, n, given) @ self._system + self._system_bias
        kinds = np.round(kinds, DECIDING)
        kind = kinds.argmax(axis=1)
        empty = labels.n_tokens == 0
        if void is not None:
            empty |= void
        kind[empty] = KINDS.index("other")
        complaint: Float = np.where(empty, 0.0, kinds[:, KINDS.index("complaint")] + kinds[:, KINDS.index("claim")])
        blamed = np.round(sigmoid(system), DECIDING)
        doc, category, parts = category_parts(self._classifier, labels, blamed)
        parts = np.concatenate((parts, self._prior[category][:, None]), axis=1)
        return Reading(
            kind,
            np.where(empty, 1.0, np.round(kinds[np.arange(n), kind], 3)),
            np.round(complaint, 4),
            blamed,
            doc,
            category,
            np.round(sigmoid(parts @ self._category[1:] + self._category[0]), DECIDING),
        )

    def window_logits(self, labels: Labels) -> Float:
        """Kinds, then systems, of each window."""
        own = system_signs(self._classifier, labels)
        logits = self._bias + signs(self._classifier, labels) @ self._signs + self._lemma_part(labels)
        logits[:, N_KINDS:] += np.einsum("nsk,ks->ns", own, self._own) + own[:, :, 1] @ self._cross
        return logits

    def _lemma_part(self, labels: Labels) -> Float:
        """Sum of the lemma weights of each window, over the root of the number of different lemmas."""
        forms = self._classifier.forms
        if len(self._rows) < len(forms.lemmas):
            known = len(self._rows)
            fresh = [(self._row.get(name, 0), self._row.get(NEGATED + name, 0)) for name in forms.lemmas[known:]]
            self._rows = np.concatenate((self._rows, np.array(fresh, np.int64).reshape(-1, 2)))
        rows = self._rows[forms.lemma[labels.form_ids], labels.scope.negated.astype(np.int64)]
        n, size = len(labels.n_tokens), np.int64(len(self._lemmas))
        pairs = np.sort(labels.tokens.doc[rows > 0] * size + rows[rows > 0])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        doc, row = np.divmod(pairs, size)
        total = np.zeros((n, self._lemmas.shape[1]))
        if len(doc):
            opens = np.flatnonzero(np.diff(doc, prepend=-1) > 0)
            total[doc[opens]] = np.add.reduceat(self._lemmas[row], opens, axis=0)
        return total / np.sqrt(np.maximum(np.bincount(doc, minlength=n), 1))[:, None]


def system_parts(windows_: Float, owner: Int, n: int, given: Float) -> Float:
    """What the windows say of each system together: shape (n_texts, n_systems, parts)."""
    top, mean = _max(windows_, owner, n), mean_of_windows(windows_, owner, n)
    none = np.zeros((n, windows_.shape[1]))
    np.add.at(none, owner, np.log1p(-np.minimum(windows_, 1 - SMALL)))
    count = np.log1p(np.bincount(owner, minlength=n))[:, None] * np.ones_like(top)
    first = top >= top.max(axis=1, keepdims=True) - 1e-9
    return np.stack(
        [
            _logit(top), _logit(mean), _logit(1 - np.exp(none)),
            top / np.maximum(top.sum(axis=1, keepdims=True), SMALL), count,
            given >= ENOUGH, np.minimum(given, 3), first,
        ],
        axis=2, dtype=np.float64,
    )  # fmt: skip


def category_parts(classifier: Classifier, labels: Labels, blamed: Float) -> tuple[Int, Int, Float]:
    """What speaks for each category that the rules found in a text.

    Returns
    -------
    tuple of (ndarray of int64, ndarray of int64, ndarray of float64)
        Text, category, and features: logit of its system's blame, score, heaviest rule, whether it leads its system,
        its part of all the text's scores, whether it stands early.
    """
    score = np.where(np.round(labels.score, 6) >= ENOUGH, labels.score, 0.0)
    doc, category = np.nonzero(score)
    own = score[doc, category]
    system = classifier.system_of[category]
    mentions = labels.mentions
    fired = (mentions.state == FIRED) & ~mentions.strength
    heaviest, first = np.zeros(score.shape), np.full(score.shape, 2.0)
    at = mentions.doc[fired], mentions.category[fired]
    np.maximum.at(heaviest, at, mentions.weight[fired])
    length = np.maximum(np.diff(labels.tokens.offset), 1)
    np.minimum.at(first, at, (mentions.start / length[mentions.doc])[fired])
    leads = own >= top_by_system(classifier, labels)[doc, system] - 1e-9
    total = np.maximum(score.sum(axis=1), 1)[doc]
    return doc, category, np.stack(
        [
            _logit(blamed[doc, system]), np.log(own), np.minimum(heaviest[doc, category], 1), leads, own / total,
            first[doc, category] < 0.34,
        ],
        axis=1, dtype=np.float64,
    )  # fmt: skip


def top_by_system(classifier: Classifier, labels: Labels) -> Float:
    """Highest rule score within each system: shape (n_texts, n_systems)."""
    return np.stack(
        [labels.score[:, classifier.system_of == s].max(axis=1, initial=0) for s in range(N_SYSTEMS)], axis=1
    )


def mean_of_windows(values: Float, owner: Int, n: int) -> Float:
    """Mean of each text's windows."""
    total = np.zeros((n, values.shape[1]))
    np.add.at(total, owner, values)
    return total / np.maximum(np.bincount(owner, minlength=n), 1)[:, None]


def _max(values: Float, owner: Int, n: int) -> Float:
    top = np.zeros((n, values.shape[1]))
    np.maximum.at(top, owner, values)
    return top


def _logit(p: Float) -> Float:
    p = np.clip(p, SMALL, 1 - SMALL)
    return np.log(p / (1 - p))


def sigmoid(z: Float) -> Float:
    """1 / (1 + e^-z), without overflow."""
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def softmax(z: Float) -> Float:
    """Probabilities of a row's logits."""
    odds = np.exp(z - z.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


@lru_cache(maxsize=1)
def packaged_weights() -> dict[str, Any]:
    """The weights that ship with the package."""
    return json.loads(path("ru/models.json").read_text("utf-8"))
