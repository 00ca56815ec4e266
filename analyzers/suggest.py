"""Terms and categories that a lexicon lacks, proposed from complaints it leaves without a category.

A phrase is two neighbouring content words as lemmas. It is proposed where it is commoner among complaints without a
category than among those with one: the ratio of the two shares, each with half a text added (a weight-of-evidence
ratio with the Haldane-Anscombe correction), times its count. Where complaints that do have a category
share the phrase, the category that is most over-represented among them is named.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .config import Settings
from .forms import Forms
from .lemmas import BIT
from .lexstudy import MAX_QUOTES, labelled
from .mask import mask, mask_value
from .scope import scope
from .tokens import tokenize

AT_LEAST = 3  # complaints without a category that share a phrase
SHOWN = 30
PART = 0.25  # of the complaints beside the phrase that must have a category for it to be named
LIFT = 2.0  # times a category must be over-represented beside the phrase to be named
_LIGHT = sum(BIT[name] for name in ("light", "preposition", "conjunction", "particle", "pronoun"))
_NAMES = sum(BIT[name] for name in ("name", "surname", "patronymic"))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term to add.

    Attributes
    ----------
    term : str
        In the lexicon's notation.
    n : int
        Complaints without a category that have it.
    elsewhere : int
        Complaints with a category that have it.
    category : str or None
        The category to extend; None where it would be a new one.
    support : int
        Of `elsewhere`, how many have that category.
    quotes : list of (id, text)
    """

    term: str
    n: int
    elsewhere: int
    category: str | None
    support: int
    quotes: list[tuple[str, str]]


def suggest(inputs: Sequence[str], settings: Settings) -> list[Suggestion]:
    """Propose terms for what a lexicon leaves uncovered.

    Parameters
    ----------
    inputs : sequence of str
    settings : Settings

    Returns
    -------
    list of Suggestion
        Most telling first.
    """
    rows, _ = labelled(inputs, replace(settings, masked=False))
    if not rows:
        return []
    pairs = _pairs([row["text"] for row in rows])
    bare: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    overall: Counter[str] = Counter()
    quotes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row, found in zip(rows, pairs, strict=True):
        names = [given["id"] for given in row["categories"]]
        overall.update(names)
        for phrase in found:
            if names:
                covered[phrase] += 1
                beside[phrase].update(names)
            else:
                bare[phrase] += 1
                quotes[phrase].append((row["id"], row["text"]))
    n_bare = sum(not row["categories"] for row in rows)
    n_covered = len(rows) - n_bare
    scored: list[tuple[float, str]] = []
    for phrase, n in bare.items():
        if n < AT_LEAST:
            continue
        ratio = ((n + 0.5) / (n_bare + 1)) / ((covered[phrase] + 0.5) / (n_covered + 1))
        if ratio > 1:
            scored.append((round(math.log(ratio) * n, 6), phrase))
    scored.sort(key=lambda item: (-item[0], item[1]))
    found = [
        _suggestion(phrase, bare[phrase], covered[phrase], beside[phrase], overall, len(rows), quotes[phrase])
        for _, phrase in _apart(scored)
    ]
    return [_masked(suggestion) for suggestion in found] if settings.masked else found


def _masked(found: Suggestion) -> Suggestion:
    return replace(
        found,
        term=mask_value(found.term),
        quotes=[(mask_value(name), mask(text).text) for name, text in found.quotes],
    )


def _apart(scored: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """The best ones, none sharing both words' beginnings with a better one."""
    kept: list[tuple[float, str]] = []
    seen: set[frozenset[str]] = set()
    for score, phrase in scored:
        key = frozenset(word.lstrip("!")[:6] for word in phrase.split() if not word.startswith("~"))
        if key not in seen:
            seen.add(key)
            kept.append((score, phrase))
        if len(kept) == SHOWN:
            break
    return kept


def _suggestion(
    phrase: str, n: int, elsewhere: int, beside: Counter[str], overall: Counter[str], rows: int,
    quotes: list[tuple[str, str]],
) -> Suggestion:  # fmt: skip
    best: tuple[float, str] | None = None
    for name, count in sorted(beside.items()):
        lift = (count / elsewhere) / (overall[name] / rows)
        if count >= 2 and count >= PART * elsewhere and lift >= LIFT and (best is None or count * lift > best[0]):
            best = count * lift, name
    category = best[1] if best else None
    chosen = sorted(quotes, key=lambda quote: (len(quote[1]), quote))[:MAX_QUOTES]
    return Suggestion(phrase, n, elsewhere, category, beside[category] if category else 0, chosen)


def _pairs(texts: Sequence[str]) -> list[list[str]]:
    """Different pairs of neighbouring content words of each text, as terms."""
    forms = Forms()
    tokens = tokenize(list(texts))
    ids = forms.ids(tokens)
    negated = scope(tokens, forms.flags[ids]).negated
    flags = forms.flags[ids]
    lemma = forms.lemma[ids]
    names: list[list[str]] = [[] for _ in texts]
    seen: list[set[str]] = [set() for _ in texts]
    last = -1
    zero = forms.lemma_id("0")
    for at in range(len(ids)):
        if int(flags[at]) & (_LIGHT | _NAMES) or int(lemma[at]) == zero:
            continue
        if last >= 0 and at - last <= 3 and tokens.sentence[last] == tokens.sentence[at]:
            words = [("!" if negated[i] else "") + forms.lemmas[int(lemma[i])] for i in (last, at)]
            if all(word.lstrip("!").isalpha() and len(word.lstrip("!")) > 2 for word in words):
                gap = " ~1 " if at - last > 1 else " "
                phrase = gap.join(words) if gap.strip() else " ".join(words)
                doc = int(tokens.doc[at])
                if phrase not in seen[doc]:
                    seen[doc].add(phrase)
                    names[doc].append(phrase)
        last = at
    return names
