"""Word pairs that complaints without a category have more often than the others: where the lexicon has a blind spot."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from .forms import Forms
from .lemmas import BIT
from .mask import mask, mask_value
from .records import Uncovered
from .tokens import Tokens, tokenize

Int = NDArray[np.int64]
SAMPLE = 2000  # texts counted, those of the least content hash; above it the counts are scaled up
SHOWN = 15
AT_LEAST, AT_LEAST_SHARE = 2, 0.01  # texts of the sample that share a phrase
LOOKED_AT = 3  # texts of a phrase that are looked through for personal data it would be a part of
OFTENER = 1.5  # times as often as in complaints with a category: what all of them say tells nothing of these
_NAMES = ("light", "preposition", "conjunction", "particle", "pronoun", "name", "surname", "patronymic")
_SKIPPED = np.uint64(sum({BIT[name] for name in _NAMES}))


@dataclass
class Sample:
    """The `SAMPLE` texts of the least content hash, whatever order they come in."""

    n: int = 0
    _kept: dict[int, str] = field(default_factory=dict[int, str])
    _most: int | None = None  # the highest hash of a full sample

    def add(self, content: int, text: str) -> None:
        """Offer a text."""
        self.n += 1
        if self._most is not None and content > self._most:
            return
        self._kept[content] = text
        if len(self._kept) > 2 * SAMPLE:
            self._prune()

    def texts(self) -> list[str]:
        """Those kept, each once, by hash."""
        self._prune()
        return list(self._kept.values())

    def _prune(self) -> None:
        kept = sorted(self._kept)[:SAMPLE]
        self._kept = {content: self._kept[content] for content in kept}
        self._most = kept[-1] if len(kept) == SAMPLE else None


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs of neighbouring content words, each once a text, sorted by pair."""

    tokens: Tokens
    pair: Int
    left: Int
    right: Int
    first: Int  # which of them are the first of their text
    texts: list[str]

    def counts(self) -> tuple[Int, Int]:
        """Different pairs, and how many texts have each."""
        return np.unique(self.pair[self.first], return_counts=True)

    def spelling(self, pair: int) -> str:
        """The commonest one."""
        at = self._places(pair)
        spelled = Counter(
            f"{self.tokens.form(i)} {self.tokens.form(k)}"
            for i, k in zip(self.left[at].tolist(), self.right[at].tolist(), strict=True)
        )
        return min(spelled.items(), key=lambda item: (-item[1], item[0]))[0]

    def personal(self, pair: int) -> bool:
        """Whether it is a piece of what is masked in its texts: half an address tells nobody what it was."""
        tokens, at = self.tokens, self._places(pair)
        for i, k in zip(self.left[at][:LOOKED_AT].tolist(), self.right[at][:LOOKED_AT].tolist(), strict=True):
            doc = int(tokens.doc[i])
            start, stop = (int(place - tokens.offset[doc]) for place in (tokens.start[i], tokens.stop[k]))
            if any(left < stop and start < right for left, right, _ in mask(self.texts[doc]).spans):
                return True
        return False

    def _places(self, pair: int) -> slice:
        return slice(int(np.searchsorted(self.pair, pair)), int(np.searchsorted(self.pair, pair, "right")))


class UncoveredTexts:
    """Samples of the complaints without a category and of the others, that no order of rows changes."""

    def __init__(self) -> None:
        self._bare, self._covered = Sample(), Sample()

    def add(self, content: int, text: str, *, covered: bool) -> None:
        """Offer a complaint."""
        (self._covered if covered else self._bare).add(content, text)

    def phrases(self, forms: Forms, masked: bool) -> list[Uncovered]:
        """The pairs of words that tell complaints without a category from the others, in their commonest spelling.

        Returns
        -------
        list of Uncovered
            The `SHOWN` of highest p ln(p / q), the commonest first, where p and q are the shares of both kinds of
            complaints that have the pair (its part of the Kullback-Leibler divergence); those not `OFTENER` in the
            first are left out.
        """
        texts, others = self._bare.texts(), self._covered.texts()
        if not texts:
            return []
        mine = _pairs(forms, texts)
        elsewhere = dict(zip(*(column.tolist() for column in _pairs(forms, others).counts()), strict=True))
        least = max(AT_LEAST, math.ceil(AT_LEAST_SHARE * len(texts)))
        found: list[tuple[float, int, int]] = []
        for pair, n in zip(*(column.tolist() for column in mine.counts()), strict=True):
            p, q = n / len(texts), (elsewhere.get(pair, 0) + 0.5) / (len(others) + 1)
            if n >= least and p >= OFTENER * q:
                found.append((round(p * math.log(p / q), 9), n, pair))
        scale = self._bare.n / len(texts)
        ranked = sorted((-score, -n, mine.spelling(pair), pair) for score, n, pair in found)
        told = ((-n, phrase) for _, n, phrase, pair in ranked if not (masked and mine.personal(pair)))
        shown = sorted((-round(n * scale), phrase) for n, phrase in islice(told, SHOWN))
        return [Uncovered(mask_value(phrase) if masked else phrase, -n) for n, phrase in shown]


def _pairs(forms: Forms, texts: list[str]) -> _Pairs:
    tokens = tokenize(texts)
    ids = forms.ids(tokens)
    telling = ((forms.flags[ids] & _SKIPPED) == 0) & (forms.lemma[ids] != forms.lemma_id("0"))
    content = np.flatnonzero(telling & (tokens.stop - tokens.start > 1))
    left, right = content[:-1], content[1:]
    beside = (tokens.sentence[left] == tokens.sentence[right]) & (right - left <= 2)
    left, right = left[beside], right[beside]
    pair = forms.lemma[ids[left]].astype(np.int64) << 32 | forms.lemma[ids[right]].astype(np.int64)
    order = np.lexsort((left, tokens.doc[left], pair))
    pair, left, right = pair[order], left[order], right[order]
    first = np.ones(len(pair), bool)
    first[1:] = (pair[1:] != pair[:-1]) | (tokens.doc[left][1:] != tokens.doc[left][:-1])
    return _Pairs(tokens, pair, left, right, np.flatnonzero(first), texts)
