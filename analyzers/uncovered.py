"""Frequent word pairs of complaints that no category covers: where the lexicon, or the service, has a blind spot."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .forms import Forms
from .lemmas import BIT
from .mask import mask_value
from .records import Uncovered
from .tokens import tokenize

SAMPLE = 2000  # texts counted, those of the least content hash; above it the counts are scaled up
SHOWN = 15
AT_LEAST = 2
_NAMES = ("light", "preposition", "conjunction", "particle", "pronoun", "name", "surname", "patronymic")
_SKIPPED = np.uint64(sum({BIT[name] for name in _NAMES}))


class UncoveredTexts:
    """A bounded sample of uncovered complaints that no order of rows changes."""

    def __init__(self) -> None:
        self.n = 0
        self._kept: dict[int, str] = {}

    def add(self, content: int, text: str) -> None:
        """Offer a text."""
        self.n += 1
        self._kept[content] = text
        if len(self._kept) > 2 * SAMPLE:
            self._prune()

    def _prune(self) -> None:
        self._kept = {content: self._kept[content] for content in sorted(self._kept)[:SAMPLE]}

    def phrases(self, forms: Forms, masked: bool) -> list[Uncovered]:
        """The commonest pairs of neighbouring content words, once a text, in their commonest spelling."""
        self._prune()
        texts = [self._kept[content] for content in sorted(self._kept)]
        if not texts:
            return []
        tokens = tokenize(texts)
        ids = forms.ids(tokens)
        content = np.flatnonzero(((forms.flags[ids] & _SKIPPED) == 0) & (forms.lemma[ids] != forms.lemma_id("0")))
        left, right = content[:-1], content[1:]
        beside = (tokens.sentence[left] == tokens.sentence[right]) & (right - left <= 2)
        left, right = left[beside], right[beside]
        pair = forms.lemma[ids[left]].astype(np.int64) << 32 | forms.lemma[ids[right]].astype(np.int64)
        order = np.lexsort((left, tokens.doc[left], pair))
        pair, left, right = pair[order], left[order], right[order]
        fresh = np.ones(len(pair), bool)
        fresh[1:] = (pair[1:] != pair[:-1]) | (tokens.doc[left][1:] != tokens.doc[left][:-1])
        names, counts = np.unique(pair[fresh], return_counts=True)
        scale = self.n / len(texts)
        found: list[tuple[int, str]] = []
        for at in np.argsort(-counts, kind="stable")[: 4 * SHOWN].tolist():
            if counts[at] < AT_LEAST:
                break
            places = np.flatnonzero(pair == names[at])[:1000]
            spelled = Counter(f"{tokens.form(int(left[i]))} {tokens.form(int(right[i]))}" for i in places.tolist())
            found.append(
                (round(int(counts[at]) * scale), min(spelled.items(), key=lambda item: (-item[1], item[0]))[0])
            )
        found.sort(key=lambda item: (-item[0], item[1]))
        return [Uncovered(mask_value(phrase) if masked else phrase, n) for n, phrase in found[:SHOWN]]
