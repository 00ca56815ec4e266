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
from .lemma_weights import LemmaWeights
from .vocabulary import KINDS, SYSTEMS

if TYPE_CHECKING:
    from .classify import Classifier

Float = NDArray[np.float64]
Int = NDArray[np.int64]
UNKNOWN = -6.0  # bias of a category that no invented text has
IN_QUESTION = -3.5  # log odds from which words alone bring a category into question
UNKNOWN_REACH = 8.0  # log odds beyond which nothing is told apart
N_KINDS, N_SYSTEMS = len(KINDS), len(SYSTEMS)
SMALL = 1e-4
TOP = system_sign_names().index("top")
RULED = 1  # column of `category_parts`
# Signs that are facts of the whole text for its kind, not of each window: how it ends, and what is said once for all.
ENDS = ("bad_end", "good_end")  # of the last window
ONCE = ("question", "has:no_problem")  # of any window
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
    gravity : ndarray of float64
        How grave the words are, in [0, 1].
    systems : ndarray of float64 of shape (n_texts, n_systems)
        Probability that the text blames each system.
    doc, category : ndarray of int64
        Categories that the rules or the words bring into question, sorted by text, then category.
    ruled : ndarray of bool
        Whether the rules found it.
    sure, fits : ndarray of float64
        For each of them the probability that the text blames its system, and that of the system's categories it is
        the one that the text is about.
    """

    kind: Int
    confidence: Float
    complaint: Float
    gravity: Float
    systems: Float
    doc: Int
    category: Int
    ruled: NDArray[np.bool_]
    sure: Float
    fits: Float


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
        width = N_KINDS + N_SYSTEMS + 1  # the last is severity
        none = [0.0] * width
        # (mean, spread, centre) of `assess.severity.stretched`, learned from the own gold
        self.stretch: tuple[float, float, float] = tuple(data["gravity"])
        self._bias = np.array(data["bias"], np.float64)
        self._signs = np.array([data["signs"].get(name, none) for name in sign_names(classifier)], np.float64)
        names = sign_names(classifier)
        self._ends, self._once = ([names.index(name) for name in group if name in names] for group in (ENDS, ONCE))
        self._own = np.array([data["own"][name] for name in system_sign_names()], np.float64)  # (n_signs, n_systems)
        self._cross = np.array(data["cross"], np.float64)  # (n_systems, n_systems)
        self._system = np.array(data["system"], np.float64)  # (parts,)
        self._system_bias = np.array(data["system_bias"], np.float64)
        self._sure, self._fits = np.array(data["sure"], np.float64), np.array(data["fits"], np.float64)
        prior = data["prior"]
        known = float(np.median(list(prior.values()))) if prior else 0.0
        self._prior = np.array([prior.get(name, known) for name in classifier.categories], np.float64)
        self._lemmas = LemmaWeights(
            classifier.forms, width, {name: (range(width), w) for name, w in data["lemmas"].items()}
        )
        numbers = {name: i for i, name in enumerate(classifier.categories)}
        self._category_bias = np.array(
            [data["category_bias"].get(name, UNKNOWN) for name in classifier.categories], np.float64
        )
        self._category_lemmas = LemmaWeights(
            classifier.forms, len(numbers), {
                name: ([numbers[c] for c in weights if c in numbers], [w for c, w in weights.items() if c in numbers])
                for name, weights in data["category_lemmas"].items()
            }
        )  # fmt: skip
        self._rule = np.array(
            [data["rules"].get(f"{r.target}|{r.term.text}", data["rules"][""]) for r in classifier.lexicon.rules],
            np.float64,
        )

    def read(self, labels: Labels, void: NDArray[np.bool_] | None = None) -> Reading:
        """Kinds and systems of a chunk; a text without words, or a `void` one that is no language, is `other`."""
        parts, owner = windows(labels)
        seen = signs(self._classifier, parts)
        logits, gravity = self.window_logits(parts, seen)
        n = len(labels.n_tokens)
        # the mean of logits, the geometric one of odds, tells mixed texts apart better than that of probabilities
        kinds = softmax(mean_of_windows(logits[:, :N_KINDS], owner, n) + self._whole(seen, owner, n))
        told = system_signs(self._classifier, labels)
        system = system_parts(sigmoid(logits[:, N_KINDS:]), owner, n, told) @ self._system + self._system_bias
        kinds = np.round(kinds, DECIDING)
        kind = kinds.argmax(axis=1)
        empty = labels.n_tokens == 0
        if void is not None:
            empty |= void
        kind[empty] = KINDS.index("other")
        complaint: Float = np.where(empty, 0.0, kinds[:, KINDS.index("complaint")] + kinds[:, KINDS.index("claim")])
        blamed = np.round(sigmoid(system), DECIDING)
        likely = self.category_logits(labels)
        doc, category, x = category_parts(self._classifier, labels, blamed, likely, self._rule)
        x = np.concatenate((x, self._prior[category][:, None]), axis=1)
        return Reading(
            kind,
            np.where(empty, 1.0, np.round(kinds[np.arange(n), kind], 3)),
            np.round(complaint, 4),
            np.round(np.clip(gravity_of_windows(*gravity, owner, n), 0, 1), 3),
            blamed,
            doc,
            category,
            x[:, RULED] > 0,
            np.round(sigmoid(x @ self._sure[1:] + self._sure[0]), DECIDING),
            np.round(sigmoid(x @ self._fits[1:] + self._fits[0]), DECIDING),
        )

    def kind_weights(self, labels: Labels, kind: int, other: int) -> dict[str, float]:
        """What spoke for one kind against another in a single text: by sign or lemma, averaged over its windows."""
        parts, owner = windows(labels)
        direction = np.zeros(N_KINDS + N_SYSTEMS + 1)
        direction[kind], direction[other] = 1.0, -1.0
        weights: dict[str, float] = {}
        seen = signs(self._classifier, parts)
        mean = seen.mean(axis=0)
        columns = self._ends + self._once
        mean[columns] += told_of_whole(seen, owner, 1, self._ends, self._once)[0]
        table = mean * (self._signs @ direction)
        for name, amount in zip(sign_names(self._classifier), table.tolist(), strict=True):
            weights[name] = amount
        for _, lemma, amount in self._lemmas.shares(parts, direction):
            weights[lemma] = weights.get(lemma, 0.0) + amount / len(owner)
        return weights

    def category_words(self, labels: Labels, category: int) -> dict[str, float]:
        """The lemmas of a single text that speak for a category, in the window that speaks loudest."""
        parts, _ = windows(labels)
        direction = np.zeros(len(self._category_bias))
        direction[category] = 1.0
        best = int(self.category_logits(parts)[:, category].argmax())
        return {
            lemma: amount
            for window, lemma, amount in self._category_lemmas.shares(parts, direction)
            if window == best and amount > 0
        }

    def category_logits(self, labels: Labels) -> Float:
        """How the words of each window speak for each category, whatever the rules found."""
        return self._category_lemmas.sums(labels) + self._category_bias

    def window_logits(self, labels: Labels, seen: Float) -> tuple[Float, tuple[Float, Float, Int]]:
        """Kinds, then systems, of each window; of its severity what the signs say, what the lemmas, and how many.

        `seen` are the `features.signs` of the windows.
        """
        own = system_signs(self._classifier, labels)
        told = self._bias + seen @ self._signs
        total, known = self._lemmas.totals(labels)
        logits = told[:, :-1] + total[:, :-1] / np.sqrt(np.maximum(known, 1))[:, None]
        logits[:, N_KINDS:] += np.einsum("nsk,ks->ns", own, self._own) + own[:, :, 1] @ self._cross
        return logits, (told[:, -1], total[:, -1], known)

    def _whole(self, seen: Float, owner: Int, n: int) -> Float:
        """What `ENDS` and `ONCE` add to the kinds of a text beyond their mean over its windows: (n_texts, n_kinds)."""
        columns = self._ends + self._once
        return told_of_whole(seen, owner, n, self._ends, self._once) @ self._signs[columns, :N_KINDS]


def told_of_whole(seen: Float, owner: Int, n: int, ends: list[int], once: list[int]) -> Float:
    """How much more the columns are in a whole text than in the mean of its windows.

    The models learn from whole texts and are applied to windows. «Ends badly» of each window is not what was learned,
    and «никаких проблем» or a question said once would count for a part where the text has many windows.

    Parameters
    ----------
    seen : ndarray of float64 of shape (n_windows, n_signs)
        `features.signs` of the windows.
    owner : ndarray of int64
        Text of each window, sorted; every text has one.
    n : int
        How many texts.
    ends, once : list of int
        Columns read from the last window, and from the window that has most of them.

    Returns
    -------
    ndarray of float64 of shape (n_texts, len(ends) + len(once))
    """
    first = _first_windows(owner, n)
    last = np.append(first[1:], len(owner)) - 1 if n else first
    most = np.maximum.reduceat(seen[:, once], first, axis=0) if n else np.zeros((0, len(once)))
    return np.concatenate((seen[last][:, ends], most), axis=1) - mean_of_windows(seen[:, ends + once], owner, n)


def tells_of_facts(sign: str) -> bool:
    """Whether a sign may speak of severity: not those of loudness or bad mood; what was good makes it milder."""
    group, _, name = sign.partition(":")
    if sign == "rate:positive":
        return True
    if group == "rate" or name in {"negative", "intensity", "irony"}:
        return False
    return not sign.startswith(("tone", "bad_", "hurt_", "mixed", "capitals"))


def system_parts(windows_: Float, owner: Int, n: int, told: Float) -> Float:
    """What the windows and the rules say of each system together: shape (n_texts, n_systems, parts).

    Parameters
    ----------
    windows_ : ndarray of float64 of shape (n_windows, n_systems)
        Probabilities by window.
    told : ndarray of float64 of shape (n_texts, n_systems, n_signs)
        `features.system_signs` of the whole texts.
    """
    top, mean = top_of_windows(windows_, owner, n), mean_of_windows(windows_, owner, n)
    size = np.bincount(owner, minlength=n)[:, None]
    none = mean_of_windows(np.log1p(-np.minimum(windows_, 1 - SMALL)), owner, n) * size
    count = np.log1p(size) * np.ones_like(top)
    first = top >= top.max(axis=1, keepdims=True) - 1e-9
    given = told[:, :, TOP]
    parts = np.stack(
        [
            _logit(top), _logit(mean), _logit(1 - np.exp(none)),
            top / np.maximum(top.sum(axis=1, keepdims=True), SMALL), count, given >= ENOUGH, first,
        ],
        axis=2, dtype=np.float64,
    )  # fmt: skip
    return np.concatenate((parts, told), axis=2)


def category_parts(
    classifier: Classifier, labels: Labels, blamed: Float, likely: Float, reliable: Float
) -> tuple[Int, Int, Float]:
    """What speaks for each category that the rules or the words of a text bring into question.

    Parameters
    ----------
    blamed : ndarray of float64 of shape (n_texts, n_systems)
    likely : ndarray of float64 of shape (n_texts, n_categories)
        `Reading.likely`.
    reliable : ndarray of float64 of shape (n_rules,)
        Log odds that a rule's category is right where it fired.

    Returns
    -------
    tuple of (ndarray of int64, ndarray of int64, ndarray of float64)
        Text, category, and features: logit of its system's blame; whether a rule found it, its score, heaviest rule,
        whether it leads its system, its part of all the text's scores, whether it stands early; how likely the words
        alone make it, whether they make it the likeliest of its system, and of all; how far its system's blame and its
        words are from the text's top ones; how often rules found it, whether before all others; whether it is a
        sector's; its most reliable rule.
    """
    scores = labels.score.least(ENOUGH)
    asked = likely >= IN_QUESTION - 0.5 * 10.0**-DECIDING
    asked[scores.doc, scores.category] = True
    doc, category = np.nonzero(asked)
    own = scores.at(doc, category)
    ruled = own > 0
    system = classifier.system_of[category]
    mentions = labels.mentions
    fired = (mentions.state == FIRED) & ~mentions.strength
    heaviest, first = np.zeros(len(doc)), np.full(len(doc), 2.0)
    best_rule = np.full(len(doc), -UNKNOWN_REACH)
    # which of the asked pairs each mention belongs to: every fired one of a ruled pair has one
    number = np.full(asked.shape, -1, np.int64)
    number[doc, category] = np.arange(len(doc))
    fired[fired] = number[mentions.doc[fired], mentions.category[fired]] >= 0
    at = number[mentions.doc[fired], mentions.category[fired]]
    np.maximum.at(heaviest, at, mentions.weight[fired])
    np.maximum.at(best_rule, at, reliable[mentions.rule[fired]])
    length = np.maximum(np.diff(labels.tokens.offset), 1)
    np.minimum.at(first, at, (mentions.start / length[mentions.doc])[fired])
    often = np.log1p(np.bincount(at, minlength=len(doc)))
    leads = ruled & (own >= top_by_system(classifier, labels)[doc, system] - 1e-9)
    total = np.maximum(scores.totals(), 1)[doc]
    words = np.clip(likely[doc, category], IN_QUESTION, UNKNOWN_REACH)
    rivals = classifier.top_by_system(likely, -99.0)
    blame = _logit(blamed[doc, system])
    begins = _best_of_texts(np.where(ruled, -first, -2.0), doc, len(likely))
    return doc, category, np.stack(
        [
            blame, ruled, np.log1p(own), np.minimum(heaviest, 1) * ruled, leads,
            own / total, ruled & (first < 0.34), words,
            likely[doc, category] >= rivals[doc, system] - 1e-9,
            likely[doc, category] >= rivals.max(axis=1)[doc] - 1e-9,
            blame - _best_of_texts(blame, doc, len(likely))[doc], words - _best_of_texts(words, doc, len(likely))[doc],
            often, ruled & (first <= 1e-9 - begins[doc]), classifier.of_pack[category],
            np.where(ruled, best_rule, 0.0),
        ],
        axis=1, dtype=np.float64,
    )  # fmt: skip


def _best_of_texts(values: Float, doc: Int, n: int) -> Float:
    """Highest value of each text's pairs, of shape (n,); a text without pairs has none to ask it."""
    best = np.full(n, -np.inf)
    np.maximum.at(best, doc, values)
    return best


def top_by_system(classifier: Classifier, labels: Labels) -> Float:
    """Highest rule score within each system: shape (n_texts, n_systems)."""
    return labels.score.top_by(classifier.system_of, len(SYSTEMS))


def gravity_of_windows(told: Float, said: Float, known: Int, owner: Int, n: int) -> Float:
    """How grave a text is: the mean of what its windows' signs tell, and the lemmas of all of them weighed together.

    A grave word in one window of a calm page must not be divided twice, by its window's words and by the windows:
    together the lemmas count as in one text.

    Parameters
    ----------
    told, said : ndarray of float64 of shape (n_windows,)
        What the signs and the lemmas of each window say.
    known : ndarray of int64 of shape (n_windows,)
        Number of its lemmas.
    owner : ndarray of int64 of shape (n_windows,)
        Text of each window.

    Examples
    --------
    >>> one, two = np.array([0]), np.array([0, 0])
    >>> gravity_of_windows(np.array([0.2]), np.array([0.8]), np.array([16]), one, 1).tolist()
    [0.4]
    >>> gravity_of_windows(np.array([0.2, 0.2]), np.array([0.8, 0.0]), np.array([8, 8]), two, 1).tolist()
    [0.4]
    """
    sums = np.bincount(owner, said, minlength=n), np.bincount(owner, known, minlength=n)
    return mean_of_windows(told[:, None], owner, n)[:, 0] + sums[0] / np.sqrt(np.maximum(sums[1], 1))


def mean_of_windows(values: Float, owner: Int, n: int) -> Float:
    """Mean of each text's windows; `owner` is sorted, and every text has a window."""
    total = np.add.reduceat(values, _first_windows(owner, n), axis=0) if n else np.zeros((0, values.shape[1]))
    return total / np.maximum(np.bincount(owner, minlength=n), 1)[:, None]


def top_of_windows(values: Float, owner: Int, n: int) -> Float:
    """Highest of each text's windows."""
    return np.maximum.reduceat(values, _first_windows(owner, n), axis=0) if n else np.zeros((0, values.shape[1]))


def _first_windows(owner: Int, n: int) -> Int:
    return np.searchsorted(owner, np.arange(n))


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
