"""What a theme is called: the phrase that tells it best from all other texts, and the words beside it.

The worth of words in a theme is p ln(p / q): p the share of the theme's texts that have them, q the share of the others
(the pointwise part of the Kullback-Leibler divergence). A phrase is worth the mean of that of its words standing
together and of their standing in one text at all, so that «не приходит код» is found though most wrote «код всё ещё
не пришёл».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..forms import Forms
from ..lemmas import BIT
from .inflect import heading, sounds_right, spoken
from .phrases import EMPTY, Runs, distinct, numbered, spelled

Int = NDArray[np.int64]
Float = NDArray[np.float64]

WORDS = 5
APART = 3  # words that tell a theme from its neighbour
ROOT = 5  # letters by which «загрузка» and «загрузить» are one
SINGLE = 0.4  # a bare word says less than a phrase
# a statement says more than a thing, a thing with its kind more than a bare word; the longest beginning counts
PATTERN_WORTH = {
    "-VN": 1.35, "N-V": 1.4, "-VP": 1.3, "-VI": 1.3, "-V": 1.0, "VN": 1.1, "V": 0.5, "IN": 1.25, "IP": 1.2, "I": 0.5,
    "NG": 1.4, "AN": 1.3, "NP": 1.15, "N": 1.0, "NV": 1.0,
}  # fmt: skip
SEEN = 2  # texts of the theme that have the phrase as a phrase
LIKELY = 50  # phrases of a group that are looked at closely
FLOOR = 0.02  # of the best one's worth
SHARED = 0.95  # of the worth of a phrase with a word that another name has
FULLER = 0.6  # of the worth of a phrase, at which a longer one with the same head stands for it
SURELY = 0.6  # of its uses: a word is written with the capitals that it has in so many
COMMON, COMMON_WORTH = 0.1, 0.3  # texts of other groups that have a phrase, beyond which it tells less: «банк»
UNKNOWN = 0.5  # of a spelling with a word that no dictionary has
HEARD = 5  # texts of a theme that must have such a word, lest a slip of the pen names it
KNOWN = np.uint64(BIT["known"] | BIT["latin"])
SMALL, RARE = 30, 0.02  # texts of a theme that is small; the least part of the texts of others that have its name
EMPTY_WORTH = 0.3  # of a phrase, for each word in it that says nothing


def root_of(word: str) -> str:
    """The beginning of a word, its «не» left out."""
    return word.removeprefix("не ")[:ROOT]


EMPTY_ROOTS = frozenset(root_of(word) for word in EMPTY)


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's name and the words that stand for it."""

    title: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class Idea:
    """A phrase of a group: what runs with the same beginnings of their words say.

    Attributes
    ----------
    roots : tuple of str
    spelling, pattern : str
        The best way to say it.
    head : str
        Its verb, or its first noun.
    worth : float
    """

    roots: tuple[str, ...]
    spelling: str
    pattern: str
    head: str
    worth: float


class Namer:
    """Names for the groups of some texts.

    Parameters
    ----------
    runs : Runs
    forms : Forms
    group : sequence of int
        The group of each text, -1 for none.
    k : int
    """

    def __init__(self, runs: Runs, forms: Forms, group: Sequence[int], k: int) -> None:
        self._runs, self._forms, self._k = runs, forms, k
        self._group = np.array(group, np.int64)
        self._sizes = np.bincount(self._group[self._group >= 0], minlength=k).astype(np.int64)
        self._codes = np.unique(runs.words[runs.words >= 0])
        self._words = [spelled(code, forms) for code in self._codes.tolist()]
        self._roots = sorted({root_of(word) for word in self._words})
        number = {root: at for at, root in enumerate(self._roots)}
        self._root_of_code = np.array([number[root_of(word)] for word in self._words], np.int64)
        self._told = self._sentences(number)
        self._counts = self._count_words()
        self._worth = self._worths(self._counts)
        self._terms = [self._told_by_words(g) for g in range(k)]
        self._ranked = self._rank()

    def names(self, spoken_for: str = "") -> list[Name]:
        """Names of all groups: what fits best is given first, and no two names share a head.

        Parameters
        ----------
        spoken_for : str
            Words that no name may have as its head: those of the theme that the groups are parts of.
        """
        heads = {root_of(word.lower().replace("ё", "е")) for word in spoken_for.split()}
        taken: set[str] = set()
        chosen: dict[int, Idea] = {}
        left = set(range(self._k))
        while left:
            found = {number: self._best(self._ranked[number], heads, taken) for number in left}
            offers = [(-worth, -int(self._sizes[number]), number) for number, (worth, _) in found.items()]
            number = min(offers)[2]
            left.remove(number)
            idea = found[number][1]
            if idea is not None:
                idea = _fuller(idea, self._ranked[number])
                chosen[number] = idea
                heads.add(root_of(idea.head))
                taken |= set(idea.roots)
        return _unique([self._name(number, chosen.get(number)) for number in range(self._k)])

    @staticmethod
    def _best(ideas: Sequence[Idea], heads: set[str], taken: set[str]) -> tuple[float, Idea | None]:
        """The best phrase whose head no other name has; a word that another name has lowers its worth."""
        fit = [
            (-round(idea.worth * (SHARED if taken & set(idea.roots) else 1.0), 6), idea.roots, idea)
            for idea in ideas
            if root_of(idea.head) not in heads
        ]
        fit.sort(key=lambda item: item[:2])
        sound = ((-worth, idea) for worth, _, idea in fit if sounds_right(idea.spelling, idea.pattern))
        return next(sound, (0.0, None))

    def _name(self, number: int, idea: Idea | None) -> Name:
        if idea is None:
            return Name("", self._telling(number, set()))
        turned = heading(idea.spelling, idea.pattern).split()
        words = [self._written(new, old) for new, old in zip(turned, idea.spelling.split(), strict=True)]
        return Name(" ".join(words), self._telling(number, set(idea.roots)))

    def _written(self, word: str, form: str) -> str:
        """A word with the capitals that most write it with inside a sentence: «Union», «РФ»."""
        runs, tokens = self._runs, self._runs.tokens
        at = np.flatnonzero(runs.forms == self._forms.form_id(form))
        at = at[(at > 0) & (tokens.sentence[at] == tokens.sentence[at - 1])]
        ways: Counter[str] = Counter(
            runs.raw[a:b] for a, b in zip(tokens.start[at].tolist(), tokens.stop[at].tolist(), strict=True)
        )
        way = min(ways, key=lambda spelled: (-ways[spelled], spelled), default=word)
        if ways[way] < SURELY * ways.total():
            return word
        if word == form:
            return way if way.lower().replace("ё", "е") == form else word
        return word.capitalize() if way[:1].isupper() else word

    def terms(self, number: int) -> list[tuple[str, float]]:
        """Lemmas that tell the group, with their worth, best first."""
        return self._terms[number]

    def apart(self, one: int, other: int) -> list[str]:
        """Words that one group has more often than another."""
        mine, others = max(1, int(self._sizes[one])), max(1, int(self._sizes[other]))
        gain = (self._counts[:, one] / mine - self._counts[:, other] / others).round(6)
        scored: list[tuple[float, str]] = []
        for at in np.flatnonzero((self._counts[:, one] >= SEEN) & (gain > 0)).tolist():
            word = self._words[at]
            if word not in EMPTY and not word.startswith("не "):
                scored.append((float(gain[at]), word))
        scored.sort(key=lambda item: (-item[0], item[1]))
        return [spoken(word) for _, word in scored[:APART]]

    def _sentences(self, number: dict[str, int]) -> dict[int, tuple[Int, Int]]:
        """Sentences, and their texts, where a word with each root stands, denied or not."""
        lemmas, sentence = self._runs.told
        met, back = np.unique(lemmas, return_inverse=True)
        numbers: list[int] = met.tolist()
        own = np.array([number.get(root_of(self._forms.lemmas[lemma]), -1) for lemma in numbers], np.int64)[back]
        pairs = np.unique(np.stack([own, sentence])[:, own >= 0], axis=1)
        opens = np.searchsorted(pairs[0], np.arange(len(self._roots) + 1))
        doc_of = np.zeros(int(self._runs.tokens.sentence.max(initial=-1)) + 1, np.int64)
        doc_of[self._runs.tokens.sentence] = self._runs.tokens.doc
        return {
            root: (pairs[1, a:b], doc_of[pairs[1, a:b]]) for root, (a, b) in enumerate(pairwise(opens.tolist()))
        }  # fmt: skip

    def _count(self, key: Int, doc: Int, width: int) -> Int:
        """Different texts of each group by key: shape (width, k)."""
        pairs = np.unique(key * (len(self._group) + 1) + doc)
        key, group = pairs // (len(self._group) + 1), self._group[pairs % (len(self._group) + 1)]
        inside = group >= 0
        cells = np.bincount(key[inside] * self._k + group[inside], minlength=width * self._k)
        return cells.reshape(width, self._k)

    def _count_words(self) -> Int:
        """Texts by group that have each word as a phrase of its own."""
        single = (self._runs.words[:, :-1] < 0).all(axis=1) & (self._runs.words[:, -1] >= 0)
        place = np.searchsorted(self._codes, self._runs.words[single, -1])
        return self._count(place, self._runs.doc[single], len(self._codes))

    def _worths(self, counts: Int) -> Float:
        """p ln(p / q) by row and group, 0 where it is not positive or too few have it."""
        total = counts.sum(axis=1, keepdims=True)
        n = int(self._sizes.sum())
        p = counts / np.maximum(self._sizes, 1)
        q = (total - counts + 0.5) / (n - self._sizes + 1)
        worth = p * np.log(np.maximum(p, 1e-12) / q) * np.where(q > COMMON, COMMON_WORTH, 1.0)
        return np.where((counts >= SEEN) & (p > q), worth, 0.0).round(6)

    def _told_by_words(self, number: int) -> list[tuple[str, float]]:
        at = np.flatnonzero(self._worth[:, number] > 0).tolist()
        found = [(self._words[i], round(float(self._worth[i, number]), 4)) for i in at]
        found = [(word, worth) for word, worth in found if word.removeprefix("не ") not in EMPTY]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def _rank(self) -> list[list[Idea]]:
        """Ideas of each group, best first."""
        runs = self._runs
        empty = np.array([word.removeprefix("не ") in EMPTY for word in self._words], bool)
        code = np.searchsorted(self._codes, np.maximum(runs.words, 0))
        has = runs.words >= 0
        told = has & ~empty[code] if len(empty) else has
        says: Int = np.flatnonzero(told.any(axis=1))
        if not len(says):
            return [[] for _ in range(self._k)]
        roots = distinct(np.where(has[says], self._root_of_code[code[says]], -1))
        key = numbered(roots)
        order = np.argsort(key, kind="stable")
        opens = np.searchsorted(key[order], np.arange(int(key.max()) + 2))
        counts = self._count(key, runs.doc[says], len(opens) - 1)
        rare = np.where(self._sizes < SMALL, SEEN, np.maximum(SEEN + 1, self._sizes * RARE))
        together = np.where(counts >= rare, self._worths(counts), 0.0)
        ranked: list[list[Idea]] = []
        for number in range(self._k):
            least = FLOOR * together[:, number].max(initial=0.0)
            likely = np.flatnonzero(together[:, number] > least)
            likely = likely[np.argsort(-together[likely, number], kind="stable")][:LIKELY]
            ideas: list[Idea] = []
            for at in likely.tolist():
                mine = order[opens[at] : opens[at + 1]]
                row = roots[mine[0]]
                ideas.append(self._idea(says[mine], row[row >= 0].tolist(), number, float(together[at, number])))
            ranked.append(sorted(ideas, key=lambda idea: (-idea.worth, idea.roots)))
        return ranked

    def _idea(self, mine: Int, roots: Sequence[int], number: int, together: float) -> Idea:
        """The best way to say some words in a group, and what it is worth."""
        runs, apart = self._runs, together
        if len(roots) > 1:
            sentences, docs = self._told[roots[0]]
            for root in roots[1:]:
                inside = np.isin(sentences, self._told[root][0], assume_unique=True)
                sentences, docs = sentences[inside], docs[inside]
            counts = self._count(np.zeros(len(docs), np.int64), docs, 1)
            apart = float(self._worths(counts)[0, number])
        names = tuple(self._roots[root] for root in roots)
        inside = mine[self._group[runs.doc[mine]] == number]
        spelling, pattern = self._spelling(inside)
        worth = (together + apart) / 2 * pattern_worth(pattern) * (SINGLE if len(roots) == 1 else 1.0)
        worth *= EMPTY_WORTH ** sum(root in EMPTY_ROOTS for root in names)
        if len(np.unique(runs.doc[inside])) < HEARD and not self._is_known(spelling):  # the dearer question last
            worth *= UNKNOWN
        return Idea(names, spelling, pattern, head_of(spelling, pattern), round(worth, 6))

    def _is_known(self, spelling: str) -> bool:
        """Whether a dictionary has every word."""
        ids = [self._forms.form_id(word) for word in spelling.split()]
        return bool((self._forms.flags[ids] & KNOWN > 0).all())

    def _spelling(self, mine: Int) -> tuple[str, str]:
        """The commonest way that some runs are spelled, words of the dictionary first."""
        runs = self._runs
        ways: dict[tuple[int, ...], list[int]] = {}
        for run, pattern, begin in zip(
            mine.tolist(), runs.pattern[mine].tolist(), runs.begin[mine].tolist(), strict=True
        ):
            size = len(runs.name(pattern))
            ways.setdefault((pattern, *runs.forms[begin : begin + size].tolist()), []).append(run)
        worth: dict[tuple[int, ...], float] = {}
        for way, own in ways.items():
            known = (self._forms.flags[list(way[1:])] & KNOWN > 0).all()
            worth[way] = round(len(own) * pattern_worth(runs.name(way[0])) * (1.0 if known else UNKNOWN), 6)
        best = max(worth.values())
        spellings = sorted((runs.spelling(ways[way][0]), runs.name(way[0])) for way in ways if worth[way] == best)
        return spellings[0]

    def _telling(self, number: int, own: set[str]) -> list[str]:
        """The telling words beside the name."""
        words: list[str] = []
        roots = set(own)
        for word, _ in self.terms(number):
            if root_of(word) in roots:
                continue
            roots.add(root_of(word))
            words.append(spoken(word))
            if len(words) == WORDS:
                break
        return words


def _fuller(idea: Idea, ideas: Sequence[Idea]) -> Idea:
    """The same said in full, where that is hardly rarer: «карта Union Pay» for «карта Union»."""
    own = set(idea.roots)
    longer = (
        other
        for other in ideas
        if len(own) > 1 and own < set(other.roots) and other.head == idea.head and other.worth >= FULLER * idea.worth
    )
    return next((other for other in longer if sounds_right(other.spelling, other.pattern)), idea)


def head_of(spelling: str, pattern: str) -> str:
    """The word that the others belong to: the verb, else the infinitive, else the first noun.

    >>> head_of("не приходит код", "-VN"), head_of("горячая вода", "AN")
    ('приходит', 'вода')
    """
    return spelling.split()[next(at for at in map(pattern.find, "VIN") if at >= 0)]


@cache
def pattern_worth(pattern: str) -> float:
    """Worth of a pattern: of its longest known beginning."""
    return next((PATTERN_WORTH[pattern[:i]] for i in range(len(pattern), 0, -1) if pattern[:i] in PATTERN_WORTH), 1.0)


def _unique(names: list[Name]) -> list[Name]:
    """No two names alike; empty ones stay: texts that share no word are no theme."""
    seen: Counter[str] = Counter()
    found: list[Name] = []
    for name in names:
        title = name.title or ", ".join(name.words[:2])
        seen[title] += 1
        if title and seen[title] > 1:
            title = f"{title} ({', '.join(name.words[:2])})"
        found.append(Name(title, name.words))
    return found
