"""What a theme is called: the phrase that tells it best from all other texts, and the words beside it.

The worth of words in a theme is p ln(p / q): p the share of the theme's texts that have them, q the share of the others
(the pointwise part of the Kullback-Leibler divergence). A phrase is worth the mean of that of its words standing
together and of their standing in one text at all, so that «не приходит код» is found though most wrote «код всё ещё
не пришёл».
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from .inflect import heading, spoken
from .phrases import EMPTY, Phrase

WORDS = 5
APART = 3  # words that tell a theme from its neighbour
ROOT = 5  # letters by which «загрузка» and «загрузить» are one
SINGLE = 0.4  # a bare word says less than a phrase
# a statement says more than a thing, a thing with its kind more than a bare word; the longest beginning counts
PATTERN_WORTH = {
    "-VN": 1.5, "N-V": 1.4, "-VP": 1.3, "-VI": 1.3, "-V": 1.0, "VN": 1.1, "V": 0.5, "IN": 1.25, "IP": 1.2, "I": 0.5,
    "NG": 1.4, "AN": 1.3, "NP": 1.15, "N": 1.0, "NV": 1.0,
}  # fmt: skip
SEEN = 2  # texts of the theme that have the phrase as a phrase
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


@dataclass(slots=True)
class Idea:
    """Phrases that share the beginnings of their words.

    Attributes
    ----------
    roots : tuple of str
    docs : set of int
        Texts where the words stand together.
    phrases : list of Phrase
    """

    roots: tuple[str, ...]
    docs: set[int] = field(default_factory=set[int])
    phrases: list[Phrase] = field(default_factory=list[Phrase])


class Namer:
    """Names for the groups of some texts.

    Parameters
    ----------
    found : iterable of Phrase
    group : sequence of int
        The group of each text, -1 for none.
    k : int
    """

    def __init__(self, found: Iterable[Phrase], group: Sequence[int], k: int) -> None:
        self._group, self._k = group, k
        self._sizes = Counter(g for g in group if g >= 0)
        self._n = sum(self._sizes.values())
        self._ideas: dict[tuple[str, ...], Idea] = {}
        self._words: dict[str, set[int]] = {}
        for phrase in found:
            roots = tuple(sorted({root_of(word) for word in phrase.words}))
            idea = self._ideas.setdefault(roots, Idea(roots))
            idea.docs |= phrase.docs
            idea.phrases.append(phrase)
            if len(phrase.words) == 1:
                self._words.setdefault(phrase.words[0], set()).update(phrase.docs)
        self._counts = {word: self._count(docs) for word, docs in self._words.items()}
        self._roots = {idea.roots[0]: idea.docs for idea in self._ideas.values() if len(idea.roots) == 1}
        self._ranked = self._rank()
        self._terms = self._told_by_words()

    def names(self) -> list[Name]:
        """Names of all groups; the largest chooses first, and no two share a word."""
        taken: set[str] = set()
        names: dict[int, Name] = {}
        for number in sorted(range(self._k), key=lambda g: (-self._sizes[g], g)):
            mine = self._ranked.get(number, [])
            free = [idea for _, idea in mine if not taken & set(idea.roots)]
            best = mine[0][0] if mine else 0.0
            # a free phrase far worse than the best one would not be true of the theme: then only its head must be free
            chosen = next((idea for worth, idea in mine if idea in free[:1] and worth >= best / 4), None)
            chosen = chosen or next(
                (idea for _, idea in mine if root_of(self._spelling(idea, number)[2]) not in taken), None
            )
            own = set(chosen.roots) if chosen else set[str]()
            title = self._title(chosen, number) if chosen else ""
            taken |= own
            names[number] = Name(title, self._telling(number, own))
        return _unique([names[number] for number in range(self._k)])

    def terms(self, number: int) -> list[tuple[str, float]]:
        """Lemmas that tell the group, with their worth, best first."""
        return [(word, round(worth, 4)) for worth, word in self._terms.get(number, [])]

    def _told_by_words(self) -> dict[int, list[tuple[float, str]]]:
        """Worth and lemma by group, best first."""
        scored: dict[int, list[tuple[float, str]]] = {}
        for word in self._words:
            if word.removeprefix("не ") not in EMPTY:
                for number, worth in self._worths(self._counts[word]).items():
                    scored.setdefault(number, []).append((worth, word))
        for entries in scored.values():
            entries.sort(key=lambda item: (-item[0], item[1]))
        return scored

    def apart(self, one: int, other: int) -> list[str]:
        """Words that one group has more often than another."""
        mine, others = max(1, self._sizes[one]), max(1, self._sizes[other])
        scored: list[tuple[float, str]] = []
        for word, counts in self._counts.items():
            if counts[one] < SEEN or word in EMPTY or word.startswith("не "):
                continue
            gain = counts[one] / mine - counts[other] / others
            if gain > 0:
                scored.append((round(gain, 6), word))
        scored.sort(key=lambda item: (-item[0], item[1]))
        return [spoken(word) for _, word in scored[:APART]]

    def _count(self, docs: Iterable[int]) -> list[int]:
        """Texts by group."""
        counts = [0] * (self._k + 1)
        group = self._group
        for doc in docs:
            counts[group[doc]] += 1  # texts of no group go to the last place
        return counts[: self._k]

    def _worths(self, counts: Sequence[int], least: int = SEEN) -> dict[int, float]:
        """p ln(p / q) by group, where it is positive."""
        total = sum(counts)
        found: dict[int, float] = {}
        for number, count in enumerate(counts):
            if count < least:
                continue
            size = self._sizes[number]
            p, q = count / size, (total - count + 0.5) / (self._n - size + 1)
            if p > q:
                found[number] = round(p * math.log(p / q), 6)
        return found

    def _rank(self) -> dict[int, list[tuple[float, Idea]]]:
        """Ideas of each group, best first."""
        ranked: dict[int, list[tuple[float, Idea]]] = {}
        for idea in self._ideas.values():
            if len(idea.docs) < SEEN:
                continue
            together = self._worths(self._count(idea.docs))
            if not together:
                continue
            apart = together
            if len(idea.roots) > 1:
                sets = [self._roots.get(root) for root in idea.roots]
                known = [docs for docs in sets if docs is not None]
                apart = self._worths(self._count(known[0].intersection(*known[1:]))) if known else together
            for number, worth in together.items():
                value = (worth + apart.get(number, 0.0)) / 2
                value *= SINGLE if len(idea.roots) == 1 else 1.0
                value *= self._spelling(idea, number)[3]
                value *= EMPTY_WORTH ** sum(root in EMPTY_ROOTS for root in idea.roots)
                ranked.setdefault(number, []).append((round(value, 6), idea))
        for entries in ranked.values():
            entries.sort(key=lambda item: (-item[0], item[1].roots))
        return ranked

    def _spelling(self, idea: Idea, number: int) -> tuple[str, str, str, float]:
        """Spelling, pattern, head and worth of the best way to say an idea in a group."""
        group = self._group
        count: dict[tuple[str, str], int] = {}
        for phrase in idea.phrases:
            for spelled, docs in phrase.spelled.items():
                n = sum([group[doc] == number for doc in docs])
                if n:
                    count[spelled] = count.get(spelled, 0) + n
        best = min(count, key=lambda s: (-round(count[s] * pattern_worth(s[1]), 6), s))
        at = best[1].find("N")
        return best[0], best[1], best[0].split()[max(at, 0)], pattern_worth(best[1])

    def _title(self, idea: Idea, number: int) -> str:
        spelling, pattern, _, _ = self._spelling(idea, number)
        return heading(spelling, pattern)

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
