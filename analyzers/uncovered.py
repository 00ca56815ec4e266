"""Frequent word pairs of complaints that no category covers: where the lexicon, or the service, has a blind spot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .lemmas import BIT, analyse
from .mask import mask_value
from .records import Uncovered
from .tokens import tokenize

MAX_PHRASES = 200_000  # then the rare ones are dropped; the top of a long list does not depend on them
SHOWN = 15
AT_LEAST = 2
_SKIPPED = BIT["light"] | BIT["preposition"] | BIT["conjunction"] | BIT["particle"] | BIT["pronoun"] | BIT["name"] | BIT["surname"]


class PhraseCounter:
    """Counts pairs of neighbouring content words, once a text."""

    def __init__(self) -> None:
        self._count: Counter[tuple[str, str]] = Counter()
        self._forms: dict[tuple[str, str], Counter[str]] = {}

    def add(self, texts: Sequence[str]) -> None:
        """Count the pairs of a chunk's uncovered texts."""
        if not texts:
            return
        tokens = tokenize(list(texts))
        forms = [tokens.form(i) for i in range(len(tokens.key))]
        seen: set[tuple[int, str, str]] = set()
        doc, sentence = tokens.doc.tolist(), tokens.sentence.tolist()
        last: tuple[int, str, str] | None = None
        for i, form in enumerate(forms):
            known = analyse(form)
            if known.flags & _SKIPPED or form.isdigit():
                continue
            if last is not None and last[0] == sentence[i]:
                pair = (last[2], known.lemma)
                if (doc[i], *pair) not in seen:
                    seen.add((doc[i], *pair))
                    self._count[pair] += 1
                    self._forms.setdefault(pair, Counter())[f"{last[1]} {form}"] += 1
            last = (sentence[i], form, known.lemma)
        if len(self._count) > MAX_PHRASES:
            for pair in [pair for pair, n in self._count.items() if n == 1]:
                del self._count[pair], self._forms[pair]

    def top(self, masked: bool) -> list[Uncovered]:
        """The commonest pairs, in their commonest spelling."""
        best = sorted(((n, pair) for pair, n in self._count.items() if n >= AT_LEAST), key=lambda item: (-item[0], item[1]))
        shown: list[Uncovered] = []
        for n, pair in best[:SHOWN]:
            phrase = min(self._forms[pair].items(), key=lambda item: (-item[1], item[0]))[0]
            shown.append(Uncovered(mask_value(phrase) if masked else phrase, n))
        return shown
