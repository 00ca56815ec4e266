"""Texts to be grouped -> sparse features: lemmas, parts of words in short texts, pairs of words in long ones.

Short questions share few words, but «авторизация» and «авторизоваться» share letters; long reviews share too many
words, and only «накопительный счёт» tells a deposit from a card.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..content_words import Words
from ..forms import Forms
from .sparse import Sparse

Int = NDArray[np.int64]
Float = NDArray[np.float64]

SHORT = 14  # median of different lemmas a text below which texts count as short
GRAM = 4  # letters, the word's bounds included
GRAM_WEIGHT = 0.7
STEM, STEM_WEIGHT = 5, 0.7
PAIR_WEIGHT = 1.5
AT_LEAST, AT_MOST = 2, 0.4  # texts that share a feature: number, part
BEGINNING, BEGINNING_WEIGHT = 25, 2.0  # words that a long text begins with, and how often each of them counts
TOPICAL, FEW_TEXTS = 3.0, 5  # weight that coming in heaps adds to a word of long texts; texts it is shrunk by
RARE_SHORT, RARE_LONG = 1.5, 1.0  # power of the inverse document frequency


class Vocabulary:
    """Which features count and how much, learned from a sample of the texts.

    Parameters
    ----------
    words : Words
        Of the sample.
    forms : Forms

    Attributes
    ----------
    short : bool
        Whether the texts count as short.
    matrix : Sparse of shape (n_texts, n_features)
        The sample, rows of length 1: lemmas, parts of lemmas, pairs.
    """

    def __init__(self, words: Words, forms: Forms) -> None:
        self._forms = forms
        met = np.unique(words.lemma)
        # columns in the order of the spelling: a lemma's number depends on what was read before
        numbers: list[int] = met.tolist()
        self.lemmas = np.array(sorted(numbers, key=forms.lemmas.__getitem__), np.int64)
        self._column = np.full(len(forms.lemmas), -1, np.int64)
        self._column[self.lemmas] = np.arange(len(self.lemmas))
        self.short = True
        once = self._counts(words)
        sizes = np.diff(once.first)
        self.short = float(np.median(sizes)) < SHORT if len(sizes) else True
        counts = self._counts(words)
        self._parts = _parts(
            [forms.lemmas[i] for i in sorted(numbers, key=forms.lemmas.__getitem__)], GRAM if self.short else 0
        )
        rare = RARE_SHORT if self.short else RARE_LONG
        topical = _topical(once) if not self.short else np.ones(counts.width)
        plain, self._idf = _weighted(_damped(counts), rare, topical)
        inner, self._part_idf = _weighted(_product(counts, self._parts), rare, _of_parts(topical, once, self._parts))
        blocks = [plain, inner.with_values(inner.value * (GRAM_WEIGHT if self.short else STEM_WEIGHT))]
        self._pairs = np.zeros(0, np.int64)
        if not self.short:
            pairs = self._pair_keys(words)[1]
            names, df = np.unique(pairs, return_counts=True)
            self._pairs = names[df >= AT_LEAST]
            both = np.sqrt(topical[self._pairs // len(self.lemmas)] * topical[self._pairs % len(self.lemmas)])
            joined, self._pair_idf = _weighted(_damped(self._pair_counts(words)), rare, both)
            blocks.append(joined.with_values(joined.value * PAIR_WEIGHT))
        self._widths = [block.width for block in blocks]
        self.matrix = _beside(blocks).scaled()

    def scores(self, words: Words, weights: Float) -> Float:
        """Sums of the features' weights by text, for texts inside the sample or not: shape (n_texts, k).

        Parameters
        ----------
        weights : ndarray of float64 of shape (n_features, k)
        """
        n_lemmas, n_parts = self._widths[:2]
        part_weight = GRAM_WEIGHT if self.short else STEM_WEIGHT
        of_parts = weights[n_lemmas : n_lemmas + n_parts] * self._part_idf[:, None] * part_weight
        # a text's parts are those of its lemmas: their weights are added to the lemmas' once
        table = weights[:n_lemmas] * self._idf[:, None] + self._parts.times(of_parts)
        found = _damped(self._counts(words)).times(table)
        if len(self._pairs):
            of_pairs = weights[n_lemmas + n_parts :] * self._pair_idf[:, None] * PAIR_WEIGHT
            found += _damped(self._pair_counts(words)).times(of_pairs)
        return found

    def known(self, words: Words) -> NDArray[np.bool_]:
        """Which texts have a word that counts."""
        return np.bincount(words.doc[self._columns(words) >= 0], minlength=words.n) > 0

    def _columns(self, words: Words) -> Int:
        inside = words.lemma < len(self._column)
        return np.where(inside, self._column[np.where(inside, words.lemma, 0)], -1)

    def _counts(self, words: Words) -> Sparse:
        column = self._columns(words)
        keep = column >= 0
        weight = self._said(words)
        return Sparse.of(words.doc[keep], column[keep], weight[keep], (words.n, len(self.lemmas)))

    def _said(self, words: Words) -> Float:
        """How often each word counts: those that a long text begins with twice."""
        place = np.arange(len(words.lemma)) - np.repeat(words.first[:-1], np.diff(words.first))
        return np.where((place < BEGINNING) & (not self.short), BEGINNING_WEIGHT, 1.0)

    def _pair_keys(self, words: Words) -> tuple[Int, Int, Float]:
        """Text and key of each pair of neighbours, and how often it counts."""
        column = self._columns(words)
        at = np.flatnonzero(words.beside[1:]) + 1
        at = at[(column[at] >= 0) & (column[at - 1] >= 0)]
        return words.doc[at], column[at - 1] * len(self.lemmas) + column[at], self._said(words)[at]

    def _pair_counts(self, words: Words) -> Sparse:
        doc, key, said = self._pair_keys(words)
        at = np.minimum(np.searchsorted(self._pairs, key), max(len(self._pairs) - 1, 0))
        keep = self._pairs[at] == key if len(self._pairs) else np.zeros(len(key), bool)
        return Sparse.of(doc[keep], at[keep], said[keep], (words.n, len(self._pairs)))


def _parts(lemmas: Sequence[str], letters: int) -> Sparse:
    """Which parts each lemma has: its runs of `letters` letters, or its beginning where that is 0."""
    names: dict[str, list[int]] = {}
    for row, lemma in enumerate(lemmas):
        whole = f" {lemma} "
        parts = {whole[i : i + letters] for i in range(max(1, len(whole) - letters + 1))} if letters else {lemma[:STEM]}
        for part in parts:
            names.setdefault(part, []).append(row)
    order = sorted(names)
    row = np.array([row for name in order for row in names[name]], np.int64)
    column = np.repeat(np.arange(len(order)), [len(names[name]) for name in order])
    return Sparse.of(row, column, np.ones(len(row)), (len(lemmas), len(order)))


def _product(counts: Sparse, parts: Sparse) -> Sparse:
    """Damped counts of the parts by text."""
    damped = _damped(counts)
    sizes = np.diff(parts.first)[damped.column]
    at = np.arange(int(sizes.sum())) + np.repeat(parts.first[:-1][damped.column] - (np.cumsum(sizes) - sizes), sizes)
    return Sparse.of(
        np.repeat(damped.row, sizes), parts.column[at], np.repeat(damped.value, sizes), (counts.n, parts.width)
    )


def _damped(counts: Sparse) -> Sparse:
    return counts.with_values(1 + np.log(counts.value))


def _topical(counts: Sparse) -> Float:
    """Weight of each lemma by how much it comes in heaps: shape (n_lemmas,).

    What a text is about is said again and again («вклад», «кешбэк»), what happened on the way is said here and there in
    all («прийти», «звонок»). The measure is the residual inverse document frequency (Church and Gale 1995): how many
    more texts would have the word if its uses fell at random, in nats, shrunk where few texts have it.
    """
    n = max(counts.n, 1)
    df = np.bincount(counts.column, minlength=counts.width)
    used = np.bincount(counts.column, counts.value, minlength=counts.width)
    residual = np.log(np.maximum(-n * np.expm1(-used / n), 1e-9) / np.maximum(df, 1))
    return 1 + TOPICAL * np.clip(residual, 0.0, 1.0) * df / (df + FEW_TEXTS)


def _of_parts(topical: Float, counts: Sparse, parts: Sparse) -> Float:
    """The same of the parts: the mean over the lemmas that have them, by their texts."""
    df = np.bincount(counts.column, minlength=counts.width).astype(np.float64)
    lemmas = parts.transposed()
    sums = lemmas.times(np.stack([topical * df, df], axis=1))
    return sums[:, 0] / np.maximum(sums[:, 1], 1e-9)


def _weighted(damped: Sparse, rare: float, topical: Float) -> tuple[Sparse, Float]:
    """Damped counts times the power of the inverse document frequency; features too rare or too common weigh 0."""
    n = max(damped.n, 1)
    df = np.bincount(damped.column, minlength=damped.width)
    idf = (np.log((1 + n) / (1 + df)) + 1) ** rare
    idf *= topical
    idf[(df < AT_LEAST) | (df > max(AT_MOST * n, AT_LEAST))] = 0.0
    keep = idf[damped.column] > 0
    first = np.concatenate((np.zeros(1, np.int64), np.cumsum(np.bincount(damped.row[keep], minlength=damped.n))))
    column = damped.column[keep]
    return Sparse(first, column, damped.value[keep] * idf[column], damped.width), idf


def _beside(blocks: Sequence[Sparse]) -> Sparse:
    """Blocks of columns side by side."""
    shift = np.cumsum([0, *(block.width for block in blocks)])
    row = np.concatenate([block.row for block in blocks])
    column = np.concatenate([block.column + shift[i] for i, block in enumerate(blocks)])
    value = np.concatenate([block.value for block in blocks])
    return Sparse.of(row, column, value, (blocks[0].n, int(shift[-1])))
