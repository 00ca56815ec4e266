"""Categories, strengths and markers of each text: the lexicon's rules, and the polarity of the places they fired at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .forms import Forms
from .lemmas import BIT
from .lexicon import Lexicon
from .match import Hits, Matcher
from .scope import Scope, scope
from .scores import Scores, rule_sums
from .tokens import Tokens, tokenize
from .vocabulary import CLASSES, SYSTEMS

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
Float = NDArray[np.float64]

# Why a mention counts or not; `svc explain` words these.
FIRED, SUPPOSED, EXCEPTED, OTHER_COMPANY, SOLVED, COMPANY_REPLY, PRAISED, NO_CUE, NEUTRAL, ASKED, FORMER = range(11)
STATES = (
    "fired", "supposed", "excepted", "other_company", "solved", "company_reply", "praised", "no_cue", "neutral",
    "asked", "former",
)  # fmt: skip
USES = ("terms", "aspects", "praise", "not", "cue", "marker", "marker_not")
TERM, ASPECT, PRAISE, NOT, CUE, MARKER, MARKER_NOT = range(7)
AWAY = "elsewhere"  # marker of words told of another company, and ...
HERE = "here"  # ... of words that bring the tale back to the company itself
# Markers that void the mentions of their sentence or clause, and the state they give. What is told of elsewhere reaches
# onward, to the end of the sentence or to the clause that comes back: «в другом банке ждал час, и нахамили, а у вас…»
VOIDS = (
    ("figurative", SUPPOSED, "sentence"),
    ("other_company", OTHER_COMPANY, "clause"),
    (AWAY, OTHER_COMPANY, "onward"),
    ("past_solved", SOLVED, "sentence"),
    ("unfounded", SUPPOSED, "clause"),
    ("company_reply", COMPANY_REPLY, "clause"),
    ("no_problem", PRAISED, "clause"),
    ("neutral_question", ASKED, "sentence"),
)
# Of what was before «раньше … , теперь …» nothing praises: these markers, and mentions that are strengths
FORMERLY, NOW = "formerly", "now"
GOOD = ("positive", "praise", "no_problem", "settled", "solved")
# ... but that something was better before, or is worse elsewhere, is told: markers without terms of their own
MOVED = (
    ("positive", FORMERLY, "former_good"), ("positive", AWAY, "others_good"), ("negative", AWAY, "others_bad"),
)  # fmt: skip
# Facts that hyperbole and hearsay borrow («чуть не умер от скуки», «в соседнем городе взорвался газ») ...
DANGERS = ("harm", "life_threat", "data_leak", "discrimination", "fraud_loss")
LOSSES = ("time_lost", "not_received", "long_wait", "money_lost")  # no facts under «если», «боялась, что»
SURMISED = ("life_threat",)  # ... of which this one may be supposed and true: «если бы не отскочил, погиб бы»
FANCY = "figurative"  # the marker that voids them, and categories of class A, in its sentence
NOT_REACH = 5  # words between a mention and the exception that voids it
ASPECT_REACH = 6  # words between an aspect and the evaluation that colours it
DENIAL_REACH = 3  # words back to the «не» of a mention that opens with a denied word
_DENIERS = BIT["not"] | BIT["no"] | BIT["without"] | BIT["nor"] | BIT["no_such"] | BIT["absent"]
ENOUGH = 1.0  # weights of a category's different terms that give it to a text


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where categories were mentioned, as parallel arrays.

    Attributes
    ----------
    doc, category, rule : ndarray of int64
        Text, category and rule numbers.
    start, stop : ndarray of int64
        Offsets in the text, in characters, half-open.
    weight : ndarray of float64
    state : ndarray of int8
        `FIRED`, or why it does not count.
    strength : ndarray of bool
        True where the mention praises.
    """

    doc: Int
    category: Int
    rule: Int
    start: Int
    stop: Int
    weight: Float
    state: NDArray[np.int8]
    strength: Bool


@dataclass(frozen=True, slots=True)
class Labels:
    """What the lexicon says of a chunk of texts.

    Attributes
    ----------
    mentions : Mentions
    score : Scores
        Summed weight of the different terms that fired.
    strength : Scores
        The same for praise.
    marker : ndarray of float64 of shape (n_texts, n_markers)
        Summed weight of each marker.
    marker_hits : tuple of ndarray
        ``(doc, marker, start, stop)`` of each marker that fired, offsets in characters.
    n_tokens, n_sentences, n_questions : ndarray of int64 of shape (n_texts,)
    """

    mentions: Mentions
    score: Scores
    strength: Scores
    marker: Float
    marker_hits: tuple[Int, Int, Int, Int, Int]
    n_tokens: Int
    n_sentences: Int
    n_questions: Int
    tokens: Tokens
    form_ids: NDArray[np.int32]
    scope: Scope
    rule_weight: Float


class Classifier:
    """The lexicon ready for chunks.

    Parameters
    ----------
    lexicon : Lexicon
    forms : Forms
        The form table of the run.
    sectors : sequence of str
        Packs that count without a cue in the text.
    all_packs : bool, default False
        Look for the terms of every pack everywhere, so that those blocked for want of a cue can be shown.
    """

    def __init__(self, lexicon: Lexicon, forms: Forms, sectors: Sequence[str] = (), *, all_packs: bool = False) -> None:
        self._all = all_packs
        self.lexicon = lexicon
        self.forms = forms
        self.matcher = Matcher(lexicon, forms)
        self.categories = list(lexicon.categories)
        self.markers = list(lexicon.markers)
        self._packs = list(lexicon.packs)
        self._given = np.array([name in sectors for name in self._packs], bool)
        numbers = {
            **{("c", name): i for i, name in enumerate(self.categories)},
            **{("m", name): i for i, name in enumerate(self.markers)},
            **{("p", name): i for i, name in enumerate(self._packs)},
        }
        of = {"cue": "p", "marker": "m", "marker_not": "m"}
        rules = lexicon.rules
        self._use = np.array([USES.index(rule.use) for rule in rules], np.int8)
        self._target = np.array([numbers[of.get(rule.use, "c"), rule.target] for rule in rules], np.int64)
        self._pack = np.array([-1 if rule.pack is None else numbers["p", rule.pack] for rule in rules], np.int64)
        self._weight = np.array([rule.term.weight for rule in rules], np.float64)
        self._own = np.array([rule.own for rule in rules], bool)
        self.system_of = np.array([SYSTEMS.index(c.system) for c in lexicon.categories.values()], np.int64)
        self.of_pack = np.array([category.pack is not None for category in lexicon.categories.values()], bool)
        self._by_system = np.argsort(self.system_of, kind="stable")
        self._systems, self._system_starts = np.unique(self.system_of[self._by_system], return_index=True)
        self._scoped = np.array(
            [name in {"negative", "positive", *LOSSES, *DANGERS} - {*SURMISED} for name in self.markers], bool
        )
        self._good = np.array([name in GOOD for name in self.markers], bool)
        self._danger = np.array([name in DANGERS for name in self.markers], bool)
        grave = CLASSES[0][1]
        self._grave = np.array([category.severity >= grave for category in lexicon.categories.values()], bool)

    def marker_id(self, name: str) -> int:
        """Column of a marker in `Labels.marker`."""
        return self.markers.index(name)

    def top_by_system(self, values: Float, least: float) -> Float:
        """Highest value of each system's categories, `least` where it has none: (n_texts, n_systems)."""
        top = np.full((len(values), len(SYSTEMS)), least)
        if len(self._systems) and len(values):
            top[:, self._systems] = np.maximum.reduceat(values[:, self._by_system], self._system_starts, axis=1)
        return np.maximum(top, least)

    def own_score(self, labels: Labels) -> Scores:
        """The part of `Labels.score` that the user's own terms made."""
        mentions = labels.mentions
        keep = (mentions.state == FIRED) & ~mentions.strength
        return _sums(mentions, keep & self._own[mentions.rule], *labels.score.shape)

    def classify(self, texts: Sequence[str]) -> Labels:
        """Labels of a chunk; a text's labels do not depend on the other texts."""
        tokens = tokenize(list(texts))
        ids = self.forms.ids(tokens)
        flags = self.forms.flags[ids]
        marks = scope(tokens, flags)
        hits = self.matcher.match(tokens, ids, marks, None if self._all else self._given)
        use, target = self._use[hits.rule], self._target[hits.rule]
        supposed = marks.supposed[hits.anchor]
        marker = self._marker_hits(tokens, hits, use, target, supposed)
        past, away = self._past(tokens, marker), self._away(tokens, marker)
        told = self._told(marker, past, away)
        marker, told = marker.take(told >= 0), told[told >= 0]
        tone = self._tone(tokens, marker, told)
        state = self._states(tokens, hits, use, target, supposed, marker, told, away)
        state[past[hits.anchor] & (use == PRAISE) & (state == FIRED)] = FORMER
        mentions = self._mentions(tokens, hits, use, target, state, tone, _with_denial(tokens, hits, marks, flags))
        n, n_categories = len(texts), len(self.categories)
        questions = np.zeros(len(tokens.question), bool)
        questions[: len(tokens.question)] = tokens.question
        sentence_doc = np.full(len(tokens.question), -1, np.int64)
        sentence_doc[tokens.sentence] = tokens.doc
        return Labels(
            mentions,
            _sums(mentions, ~mentions.strength & (mentions.state == FIRED), n, n_categories),
            _sums(mentions, mentions.strength & (mentions.state == FIRED), n, n_categories),
            _marker_sums(tokens, marker, told, self._weight, n, len(self.markers)),
            (
                tokens.doc[marker.start],
                told,
                tokens.start[marker.start] - tokens.offset[tokens.doc[marker.start]],
                tokens.stop[marker.stop - 1] - tokens.offset[tokens.doc[marker.start]],
                marker.rule,
            ),
            np.diff(tokens.first),
            np.bincount(sentence_doc[sentence_doc >= 0], minlength=n),
            np.bincount(sentence_doc[(sentence_doc >= 0) & questions], minlength=n),
            tokens,
            ids,
            marks,
            self._weight,
        )

    def _marker_hits(self, tokens: Tokens, hits: Hits, use: NDArray[np.int8], target: Int, supposed: Bool) -> Hits:
        """Markers that fired: not excepted in their sentence, and for evaluations not under «если» or «бы»."""
        keep = use == MARKER
        denied = _pairs(tokens, hits, target, use == MARKER_NOT)
        if len(denied):
            keep &= ~np.isin(tokens.sentence[hits.start] * 100_000 + target, denied)
        if len(self.markers):
            marked = np.where(use == MARKER, target, 0)
            keep &= ~(supposed & self._scoped[marked])
            if FANCY in self.lexicon.markers:
                fancies = np.flatnonzero(keep & (marked == self.marker_id(FANCY)) & (use == MARKER))
                keep &= ~(self._danger[marked] & _shared(tokens.sentence, hits.start, hits.start[fancies]))
        return hits.take(keep)

    def _away(self, tokens: Tokens, marker: Hits) -> Bool:
        """Words told of another company, which praise as little as they blame."""
        told = [
            marker.take(self._target[marker.rule] == self.markers.index(name))
            for name in (AWAY, HERE)
            if name in self.markers
        ]
        return _onward(tokens, *told) if len(told) == 2 else np.zeros(len(tokens.key), bool)

    def _past(self, tokens: Tokens, marker: Hits) -> Bool:
        """Words told of former times: from the clause of `FORMERLY` to the next `NOW` after it, in its sentence."""
        n = len(tokens.key)
        if FORMERLY not in self.lexicon.markers or NOW not in self.lexicon.markers:
            return np.zeros(n, bool)
        target = self._target[marker.rule]
        told = marker.start[target == self.marker_id(FORMERLY)]
        place, last, turn = np.arange(n), np.full(n, -1), np.full(n, -1)
        opens = np.maximum.accumulate(np.where(np.diff(tokens.clause, prepend=-1) != 0, place, 0))
        np.maximum.at(last, opens[told], told)
        back = marker.start[target == self.marker_id(NOW)]
        turn[back] = back
        last, turn = np.maximum.accumulate(last), np.maximum.accumulate(turn)
        return (last >= turn) & (last >= 0) & (tokens.sentence[np.maximum(last, 0)] == tokens.sentence)

    def _told(self, marker: Hits, past: Bool, away: Bool) -> Int:
        """Which marker each hit counts for, -1: none; what was good before, or is elsewhere, is not so here."""
        told, of = self._target[marker.rule], {name: i for i, name in enumerate(self.markers)}
        before, others = past[marker.anchor], away[marker.anchor]
        found = np.where((before | others) & self._good[told], -1, told)
        for name, where, instead in MOVED:
            mine = (told == of.get(name, -1)) & (before if where == FORMERLY else others & ~before)
            found[mine] = of.get(instead, -1)
        return found

    def _tone(self, tokens: Tokens, marker: Hits, told: Int) -> tuple[Float, Float]:
        """Cumulative negative and positive weight by token, of length n_tokens + 1."""
        sums: list[Float] = []
        for name in ("negative", "positive"):
            at = np.zeros(len(tokens.key) + 1, np.float64)
            if name in self.lexicon.markers:
                mine = told == self.marker_id(name)
                np.add.at(at, marker.anchor[mine] + 1, self._weight[marker.rule[mine]])
            sums.append(np.cumsum(at))
        return sums[0], sums[1]

    def _states(
        self, tokens: Tokens, hits: Hits, use: NDArray[np.int8], target: Int, supposed: Bool, marker: Hits, told: Int,
        away: Bool,
    ) -> NDArray[np.int8]:  # fmt: skip
        state = np.zeros(len(hits), np.int8)
        for name, code, reach in reversed(VOIDS):
            if name not in self.lexicon.markers:
                continue
            mine = marker.take(told == self.marker_id(name))
            column = tokens.sentence if reach == "sentence" else tokens.clause
            voided = _shared(column, hits.start, mine.start)
            if reach == "onward":
                voided |= away[hits.start]
            if code == PRAISED:  # «ждать по записи, не пришлось»: the praise may stand where the mention ends
                voided |= _shared(column, hits.stop - 1, mine.start)
            if name == FANCY:  # only what is grave is said in jest or of others: «чуть не умерла, так холодно»
                voided &= (use == TERM) & self._grave[np.where(use == TERM, target, 0)]
            state[voided] = code
        state[_excepted(tokens, hits, target, use == NOT)] = EXCEPTED
        state[supposed] = SUPPOSED
        pack = self._pack[hits.rule]
        packed = pack >= 0
        if packed.any():
            cued = np.zeros((len(tokens.offset), len(self._packs)), bool)
            cues = use == CUE
            cued[tokens.doc[hits.start[cues]], target[cues]] = True
            cued |= self._given
            state[packed] = np.where(cued[tokens.doc[hits.start[packed]], pack[packed]], state[packed], NO_CUE)
        return state

    def _mentions(
        self,
        tokens: Tokens,
        hits: Hits,
        use: NDArray[np.int8],
        target: Int,
        state: NDArray[np.int8],
        tone: tuple[Float, Float],
        begins: Int,
    ) -> Mentions:
        keep = (use == TERM) | (use == ASPECT) | (use == PRAISE)
        mine, use, target, state, begins = hits.take(keep), use[keep], target[keep], state[keep], begins[keep]
        bad, good = _around(tokens, mine, tone)
        aspect = use == ASPECT
        neutral = aspect & (np.maximum(bad, good) < 0.5)
        # a void that a praise carries is none: «раньше было плохо, теперь отлично» is a strength
        strength = (use == PRAISE) | (aspect & (good > bad))
        state = np.where(neutral & (state == FIRED), NEUTRAL, state).astype(np.int8)
        doc = tokens.doc[mine.start]
        begin = tokens.start[begins] - tokens.offset[doc]
        end = tokens.stop[mine.stop - 1] - tokens.offset[doc]
        return Mentions(doc, target, mine.rule, begin, end, self._weight[mine.rule], state, strength)


def _with_denial(tokens: Tokens, hits: Hits, marks: Scope, flags: NDArray[np.uint64]) -> Int:
    """First token of each hit, moved back to the «не», «нет», «без» that denies it: what a reader must see marked."""
    denier = (flags & np.uint64(_DENIERS)) != 0
    begins = hits.start.copy()
    for step in range(1, DENIAL_REACH + 1):
        near = np.maximum(hits.start - step, 0)
        found = (begins == hits.start) & marks.negated[hits.start] & denier[near]
        found &= (hits.start >= step) & (tokens.sentence[near] == tokens.sentence[hits.start])
        begins[found] = near[found]
    return begins


def _shared(column: Int, places: Int, others: Int) -> Bool:
    """Which places stand in a sentence, or a clause, of some other place; `column` never goes down."""
    found = np.zeros(int(column[-1]) + 1 if len(column) else 0, bool)
    found[column[others]] = True
    return found[column[places]]


def _onward(tokens: Tokens, told: Hits, back: Hits) -> Bool:
    """Tokens from a marker's clause on, to its sentence's end or to the clause of a marker that comes back."""
    n = len(tokens.key)
    place = np.arange(n)
    opens = np.maximum.accumulate(np.where(np.diff(tokens.clause, prepend=-1) != 0, place, 0))
    left, right = np.full(n, -1), np.full(n, -1)
    left[opens[told.start]] = opens[told.start]
    right[opens[back.start]] = opens[back.start]
    left, right = np.maximum.accumulate(left), np.maximum.accumulate(right)
    return (left > right) & (tokens.sentence[np.maximum(left, 0)] == tokens.sentence)


def _pairs(tokens: Tokens, hits: Hits, target: Int, chosen: Bool) -> Int:
    """(sentence, target) pairs of the chosen hits, as one number each."""
    return np.unique(tokens.sentence[hits.start[chosen]] * 100_000 + target[chosen])


def _excepted(tokens: Tokens, hits: Hits, target: Int, denies: Bool) -> Bool:
    """Hits with a `not` of the same target at most `NOT_REACH` words away in the same sentence."""
    n = np.int64(len(tokens.key) + 1)
    at = np.flatnonzero(denies)
    if not len(at):
        return np.zeros(len(hits), bool)
    order = np.argsort(target[at] * n + hits.start[at], kind="stable")
    at = at[order]
    key = target[at] * n + hits.start[at]
    place = np.searchsorted(key, target * n + hits.start)
    found = np.zeros(len(hits), bool)
    for side in (place - 1, place):
        inside = (side >= 0) & (side < len(at))
        other = at[np.clip(side, 0, len(at) - 1)]
        gap = np.maximum(hits.start[other] - hits.stop, hits.start - hits.stop[other])
        inside &= target[other] == target
        inside &= tokens.sentence[hits.start[other]] == tokens.sentence[hits.start]
        found |= inside & (gap <= NOT_REACH)
    return found


def _around(tokens: Tokens, hits: Hits, tone: tuple[Float, Float]) -> tuple[Float, Float]:
    """Negative and positive weight within reach of each hit, inside its sentence."""
    if not len(hits):
        return np.zeros(0), np.zeros(0)
    first = np.searchsorted(tokens.sentence, tokens.sentence[hits.start], "left")
    last = np.searchsorted(tokens.sentence, tokens.sentence[hits.start], "right")
    low = np.maximum(hits.start - ASPECT_REACH, first)
    high = np.minimum(hits.stop + ASPECT_REACH, last)
    # differences of running sums: rounded, or the texts before would decide a tie
    return np.round(tone[0][high] - tone[0][low], 6), np.round(tone[1][high] - tone[1][low], 6)


def _sums(mentions: Mentions, keep: Bool, n: int, n_categories: int) -> Scores:
    """Weight of the different rules of each (text, category)."""
    return rule_sums(
        mentions.doc[keep], mentions.category[keep], mentions.rule[keep], mentions.weight[keep], (n, n_categories)
    )


def _marker_sums(tokens: Tokens, marker: Hits, told: Int, weight: Float, n: int, n_markers: int) -> Float:
    total = np.zeros((n, n_markers), np.float64)
    np.add.at(total, (tokens.doc[marker.start], told), weight[marker.rule])
    return total
