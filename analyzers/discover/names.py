"""What a theme is called: the phrase that tells it best from all other texts, and the words beside it.

A phrase's worth in a theme is p ln(p / q): p the share of the theme's texts that have it, q the share of the others (the
pointwise part of the Kullback-Leibler divergence), times a bonus for phrases that read as a statement.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .inflect import heading
from .phrases import EMPTY, Phrase

WORDS = 5
APART = 3  # words that tell a theme from its neighbour
LEAST_SHARE = 0.03  # of the theme's texts a name should be found in
# a statement says more than a thing, a thing with its kind more than a bare word
BONUS = (
    ("-V", 2.2),
    ("VN", 1.9),
    ("IN", 1.9),
    ("V", 1.0),
    ("I", 0.9),
    ("AN", 2.0),
    ("NG", 2.2),
    ("NPN", 1.7),
    ("N", 1.0),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A theme's name and the words that stand for it."""

    title: str
    words: list[str]


def name_all(found: Mapping[tuple[str, ...], Phrase], group: Sequence[int], k: int) -> list[Name]:
    """Names of all groups, largest group first so that it may choose first.

    Parameters
    ----------
    found : mapping of words to Phrase
    group : sequence of int
        The group of each text; negative for none.
    k : int
        Groups.
    """
    sizes = Counter(g for g in group if g >= 0)
    ranked = _ranked(found, group, sizes)
    taken: set[str] = set()
    names: dict[int, Name] = {}
    for number in sorted(range(k), key=lambda g: (-sizes[g], g)):
        mine = ranked.get(number, [])
        chosen = next((p for _, p in mine if not {_root(w) for w in p.words} & taken), None)
        chosen = chosen or next((p for _, p in mine if not {_root(_head(p))} & taken), None)
        title = _spelling(chosen) if chosen else ""
        if chosen:
            taken |= {_root(word) for word in chosen.words}
        own = {_root(word) for word in chosen.words} if chosen else set[str]()
        names[number] = Name(title, _words(mine, own))
    return _unique([names[number] for number in range(k)])


def apart(found: Mapping[tuple[str, ...], Phrase], group: Sequence[int], one: int, other: int) -> list[str]:
    """Words of one theme that its neighbour has least."""
    sizes = Counter(group)
    scored: list[tuple[float, Phrase]] = []
    for words, phrase in found.items():
        if len(words) > 1 or words[0] in EMPTY:
            continue
        counts = Counter(group[doc] for doc in phrase.docs)
        p, q = counts[one] / sizes[one], counts[other] / max(sizes[other], 1)
        scored.append((round(p - q, 6), phrase))
    scored.sort(key=lambda item: (-item[0], item[1].words))
    return [_single(phrase) for score, phrase in scored[:APART] if score > 0]


def _ranked(
    found: Mapping[tuple[str, ...], Phrase], group: Sequence[int], sizes: Mapping[int, int]
) -> dict[int, list[tuple[float, Phrase]]]:
    """Phrases of each group, best first."""
    n = sum(sizes.values())
    ranked: dict[int, list[tuple[float, Phrase]]] = {}
    for phrase in found.values():
        counts = Counter(group[doc] for doc in phrase.docs if group[doc] >= 0)
        total = sum(counts.values())
        for number, count in counts.items():
            size = sizes[number]
            if count < 2 and size > 3:
                continue
            p, q = count / size, (total - count + 0.5) / (n - size + 1)
            if p > q:
                worth = p * math.log(p / q) * _bonus(phrase)
                ranked.setdefault(number, []).append((round(worth, 6), phrase))
    for entries in ranked.values():
        entries.sort(key=lambda item: (-item[0], item[1].words))
    return ranked


def _bonus(phrase: Phrase) -> float:
    pattern = _commonest(phrase)[1]
    worth = next((value for start, value in BONUS if pattern.startswith(start)), 1.0)
    if len(phrase.words) == 1 and pattern != "-V":
        worth = 1.0
    empty = sum(word.removeprefix("не ") in EMPTY for word in phrase.words)
    return worth * (0.5**empty)


def _commonest(phrase: Phrase) -> tuple[str, str]:
    return min(phrase.spelled.items(), key=lambda item: (-item[1], item[0]))[0]


def _spelling(phrase: Phrase) -> str:
    return heading(*_commonest(phrase))


def _head(phrase: Phrase) -> str:
    """The word that a phrase is about: its first noun as spelled, by its beginning."""
    spelling, pattern = _commonest(phrase)
    at = pattern.find("N")
    return spelling.split()[max(at, 0)]


def _root(word: str) -> str:
    return word.removeprefix("не ")[:5]


def _single(phrase: Phrase) -> str:
    spelling, pattern = _commonest(phrase)
    word = phrase.words[0]
    return spelling if pattern in ("N", "-V") and not word.endswith("ый") and pattern == "-V" else word


def _words(ranked: Sequence[tuple[float, Phrase]], own: set[str]) -> list[str]:
    """The telling words beside the name."""
    words: list[str] = []
    roots = set(own)
    for _, phrase in ranked:
        word = phrase.words[0]
        if len(phrase.words) > 1 or word in EMPTY or _root(word) in roots:
            continue
        roots.add(_root(word))
        words.append(_single(phrase))
        if len(words) == WORDS:
            break
    return words


def _unique(names: list[Name]) -> list[Name]:
    """No two names alike, none empty."""
    seen: Counter[str] = Counter()
    found: list[Name] = []
    for name in names:
        title = name.title or ", ".join(name.words[:2]) or "…"
        seen[title] += 1
        if seen[title] > 1:
            title = f"{title} ({', '.join(name.words[:2])})"
        found.append(Name(title, name.words))
    return found
