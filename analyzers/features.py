"""What the models see: windows of a few sentences, and their signs: markers, tone, mentions, shape.

A long text is read as several short ones. A model that learned what a complaint of twenty-five words looks like then
serves for a page, and one bad paragraph is not drowned by five that tell how the evening began.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .classify import ENOUGH, FIRED, STATES, Labels
from .lemmas import BIT
from .scores import rule_sums
from .vocabulary import SYSTEMS

if TYPE_CHECKING:
    from .classify import Classifier

Int = NDArray[np.int64]
Float = NDArray[np.float64]
TYPICAL = 25  # words of an ordinary complaint
_COUNTED_FLAGS = ("imperative", "past", "future", "first_person", "infinitive", "glued_not")


WINDOW = 22  # words after which the next sentence opens a new window


def windows(labels: Labels) -> tuple[Labels, Int]:
    """The same labels by window instead of by text.

    Returns
    -------
    tuple of (Labels, ndarray of int64)
        Labels whose texts are windows, and the text of each window. A text without words is one window.
    """
    tokens = labels.tokens
    n_texts = len(labels.n_tokens)
    opens = np.flatnonzero(np.diff(tokens.sentence, prepend=-1) != 0)
    within = opens - tokens.first[tokens.doc[opens]]
    # a sentence belongs to the window that its first word falls into; a short tail stays with the window before
    part = within // WINDOW
    left = tokens.first[tokens.doc[opens] + 1] - opens
    part = np.where((left < WINDOW // 3) & (part > 0), np.maximum((within - WINDOW // 3) // WINDOW, 0), part)
    key = tokens.doc[opens] * (1 << 20) + np.minimum(part, (1 << 20) - 1)
    fresh = np.diff(key, prepend=-1) != 0
    of_sentence = np.cumsum(fresh) - 1
    sentence_sizes = np.diff(opens, append=len(tokens.key))
    of_token = np.repeat(of_sentence, sentence_sizes)
    owner = tokens.doc[opens[fresh]]
    empty = np.setdiff1d(np.arange(n_texts), owner)
    order = np.argsort(np.concatenate((owner, empty)), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    of_token = rank[of_token] if len(of_token) else of_token
    return _relabel(labels, of_token, len(order)), np.concatenate((owner, empty))[order]


def _relabel(labels: Labels, of_token: Int, n: int) -> Labels:
    tokens, mentions = labels.tokens, labels.mentions
    first = np.searchsorted(of_token, np.arange(n + 1))
    place = np.searchsorted(tokens.start, mentions.start + tokens.offset[mentions.doc])
    docs, marker, start, stop, rules = labels.marker_hits
    marker_place = np.searchsorted(tokens.start, start + tokens.offset[docs])
    # offsets of a window: where its first word begins
    begins = np.append(tokens.start, tokens.offset[-1])[first]
    window = of_token[place] if len(place) else place
    marker_window = of_token[marker_place] if len(marker_place) else marker_place
    shift = tokens.offset[mentions.doc] - begins[window]
    moved = replace(mentions, doc=window, start=mentions.start + shift, stop=mentions.stop + shift)
    shift = tokens.offset[docs] - begins[marker_window]
    shape = n, labels.score.shape[1]
    score, strength = (
        rule_sums(moved.doc[keep], moved.category[keep], moved.rule[keep], moved.weight[keep], shape)
        for keep in ((moved.state == FIRED) & ~moved.strength, (moved.state == FIRED) & moved.strength)
    )
    marks = np.zeros((n, labels.marker.shape[1]))
    np.add.at(marks, (marker_window, marker), labels.rule_weight[rules])
    opens = np.flatnonzero(np.diff(tokens.sentence, prepend=-1) != 0)
    owner = of_token[opens] if len(opens) else opens
    asks = tokens.question[tokens.sentence[opens]] if len(opens) else np.zeros(0, bool)
    return replace(
        labels,
        tokens=replace(tokens, doc=of_token, first=first, offset=begins),
        mentions=moved, score=score, strength=strength, marker=marks,
        marker_hits=(marker_window, marker, start + shift, stop + shift, rules), n_tokens=np.diff(first),
        n_sentences=np.bincount(owner, minlength=n), n_questions=np.bincount(owner[asks], minlength=n),
    )  # fmt: skip


def sign_names(classifier: Classifier) -> list[str]:
    """Names of the columns of `signs`."""
    return [
        *("has:" + name for name in classifier.markers),
        *("rate:" + name for name in classifier.markers),
        *("state:" + name for name in STATES),
        "pain", "categories", "strength", "tone", "tone_last", "tone_first",
        "bad_sentences", "good_sentences", "mixed", "hurt_sentences", "bad_any", "bad_many", "hurt_any", "hurt_many",
        "bad_end", "good_end", "contrast",
        "question", "questions", "asks_last",
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
    # a long text names more of everything: counts are taken by length, so that a short and a long one can be compared
    size = 1 + labels.n_tokens / TYPICAL
    columns: list[Float] = [*np.minimum(labels.marker, 1).T, *np.log1p(labels.marker / size[:, None]).T]
    columns += [
        np.log1p(np.bincount(labels.mentions.doc[labels.mentions.state == state], minlength=n) / size)
        for state in range(len(STATES))
    ]
    columns += [
        np.log1p(labels.score.totals() / size),
        np.log1p(np.bincount(labels.score.least(ENOUGH).doc, minlength=n) / size),
        np.log1p(labels.strength.totals() / size),
    ]
    columns += _tones(classifier, labels, n)
    columns += _sentence_tones(classifier, labels, n)
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
    weight = labels.rule_weight[rules]
    sizes = np.diff(labels.tokens.offset)[docs]
    part = start / np.maximum(sizes, 1)
    found: list[Float] = []
    for low, high in ((0.0, 1.1), (2 / 3, 1.1), (0.0, 1 / 3)):
        sums: list[Float] = []
        for name in ("negative", "positive"):
            mine = (markers == classifier.marker_id(name)) & (part >= low) & (part < high)
            sums.append(np.bincount(docs[mine], weight[mine], minlength=n).astype(np.float64))
        found.append((sums[0] - sums[1]) / (sums[0] + sums[1] + 1))
    return found


def _sentence_tones(classifier: Classifier, labels: Labels, n: int) -> list[Float]:
    """Which share of the sentences is bad, good, or names a pain, and how the text ends: a mixed review in figures."""
    tokens = labels.tokens
    n_sentences = len(tokens.question)
    owner = np.zeros(n_sentences, np.int64)
    owner[tokens.sentence] = tokens.doc
    docs, markers, start, _, rules = labels.marker_hits
    weight = labels.rule_weight[rules]
    tone = np.zeros(n_sentences)
    for name, sign in (("negative", 1.0), ("positive", -1.0)):
        mine = markers == classifier.marker_id(name)
        sentence = tokens.sentence[np.searchsorted(tokens.start, start[mine] + tokens.offset[docs[mine]])]
        np.add.at(tone, sentence, sign * weight[mine])
    mentions = labels.mentions
    fired = (mentions.state == FIRED) & ~mentions.strength
    hurt = np.zeros(n_sentences, bool)
    hurt[tokens.sentence[np.searchsorted(tokens.start, mentions.start[fired] + tokens.offset[mentions.doc[fired]])]] = (
        True
    )
    spoken = np.maximum(labels.n_sentences, 1)
    bad = np.bincount(owner, (tone > 0.4) & (n_sentences > 0), minlength=n)
    good = np.bincount(owner, tone < -0.4, minlength=n)
    hurts = np.bincount(owner, hurt, minlength=n)
    last = np.maximum(np.searchsorted(owner, np.arange(n), "right") - 1, 0)
    contrast = classifier.forms.flags[labels.form_ids] & np.uint64(BIT["contrast"])
    return [
        bad / spoken, good / spoken, np.minimum(bad, good) / spoken, hurts / spoken,
        np.minimum(bad, 1), np.minimum(bad, 3) / 3, np.minimum(hurts, 1), np.minimum(hurts, 3) / 3,
        (tone[last] > 0.4).astype(np.float64), (tone[last] < -0.4).astype(np.float64),
        np.bincount(tokens.doc[contrast != 0], minlength=n) / spoken,
    ]  # fmt: skip


def system_sign_names() -> list[str]:
    """Names of the last axis of `system_signs`."""
    return ["sum", "top", "many", "part", "early", "any", "praised", "blocked"]


def system_signs(classifier: Classifier, labels: Labels) -> Float:
    """What the rules say of each system.

    Returns
    -------
    ndarray of float64 of shape (n_texts, n_systems, n_signs)
    """
    n = len(labels.n_tokens)
    system_of = classifier.system_of
    size = (1 + labels.n_tokens / TYPICAL)[:, None]
    total = labels.score.sum_by(system_of, len(SYSTEMS))
    top = labels.score.top_by(system_of, len(SYSTEMS))
    clear = labels.score.least(ENOUGH)
    many = np.zeros((n, len(SYSTEMS)))
    np.add.at(many, (clear.doc, system_of[clear.category]), 1.0)
    mentions = labels.mentions
    fired = (mentions.state == FIRED) & ~mentions.strength
    first = np.full((n, len(SYSTEMS)), 2.0)
    length = np.maximum(np.diff(labels.tokens.offset), 1)
    np.minimum.at(
        first,
        (mentions.doc[fired], system_of[mentions.category[fired]]),
        (mentions.start / length[mentions.doc])[fired],
    )
    blocked = np.zeros((n, len(SYSTEMS)))
    void = (mentions.state != FIRED) & ~mentions.strength
    np.add.at(blocked, (mentions.doc[void], system_of[mentions.category[void]]), 1.0)
    return np.stack(
        [
            np.log1p(total / size), np.minimum(top, 3), np.log1p(many / size),
            total / np.maximum(labels.score.totals(), 1)[:, None], first < 0.34, first <= 1,
            np.log1p(labels.strength.sum_by(system_of, len(SYSTEMS)) / size), np.log1p(blocked / size),
        ],
        axis=2, dtype=np.float64,
    )  # fmt: skip
