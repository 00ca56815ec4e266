"""A chunk of texts -> its labels as compact columns: the one function that every engine maps over the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .assess.severity import FACTS, severity
from .classify import ENOUGH, FIRED, Classifier, Mentions
from .forms import Forms
from .kind import KindModel, packaged_weights
from .lexicon import Lexicon
from .vocabulary import COUNTED, DEMANDS, ESCALATIONS, KINDS

Int = NDArray[np.int64]
Float = NDArray[np.float64]

FACT_NAMES = tuple(fact.marker for fact in FACTS)
SIGNS = (*FACT_NAMES, *(name for name in ESCALATIONS if name not in FACT_NAMES), *DEMANDS)
_BIT = {name: np.int64(1) << np.int64(i) for i, name in enumerate(SIGNS)}


@dataclass(frozen=True, slots=True)
class ChunkLabels:
    """Labels of a chunk of texts, in order.

    Attributes
    ----------
    content : ndarray of uint64
        Hash of each text.
    kind : ndarray of int8
        Index into `vocabulary.KINDS`.
    confidence, complaint, severity : ndarray of float64
    signs : ndarray of int64
        Bits of `SIGNS`: facts, escalations, demands.
    doc, category, score : ndarray
        The categories given, as parallel arrays sorted by text.
    praised_doc, praised : ndarray of int64
        The strengths given.
    mentions : Mentions
        Those that fired, of given categories and strengths.
    n_tokens : ndarray of int64
    """

    content: NDArray[np.uint64]
    kind: NDArray[np.int8]
    confidence: Float
    complaint: Float
    severity: Float
    signs: Int
    doc: Int
    category: Int
    score: Float
    praised_doc: Int
    praised: Int
    mentions: Mentions
    n_tokens: Int


class Labeller:
    """The whole reading of a text, chunk by chunk; a text's labels never depend on the other texts."""

    def __init__(self, lexicon: Lexicon, forms: Forms, sectors: Sequence[str] = ()) -> None:
        self.classifier = Classifier(lexicon, forms, sectors)
        self.kinds = KindModel(self.classifier, packaged_weights())
        self._severity = np.array([category.severity for category in lexicon.categories.values()])
        markers = self.classifier.markers
        self._sign_columns = [(_BIT[name], markers.index(name)) for name in SIGNS if name in markers]
        self._fact_columns = [(i, markers.index(name)) for i, name in enumerate(FACT_NAMES) if name in markers]
        self._counted = np.array([name in COUNTED for name in KINDS])
        self._keeps = np.array([name in (*COUNTED, "suggestion") for name in KINDS])

    def label(self, texts: Sequence[str]) -> ChunkLabels:
        """Labels of a chunk.

        Parameters
        ----------
        texts : sequence of str

        Returns
        -------
        ChunkLabels
        """
        labels = self.classifier.classify(texts)
        kinds = self.kinds.predict(labels)
        given = (np.round(labels.score, 6) >= ENOUGH) & self._keeps[kinds.kind][:, None]
        praised = (np.round(labels.strength, 6) >= ENOUGH) & ~given
        base = (given * self._severity).max(axis=1, initial=0.0)
        facts = np.zeros((len(texts), len(FACTS)), bool)
        for i, column in self._fact_columns:
            facts[:, i] = labels.marker[:, column] >= ENOUGH
        bits = np.zeros(len(texts), np.int64)
        for bit, column in self._sign_columns:
            bits |= np.where(labels.marker[:, column] >= ENOUGH, bit, 0)
        doc, category = np.nonzero(given)
        praised_doc, praised_category = np.nonzero(praised)
        mentions = labels.mentions
        kept = (mentions.state == FIRED) & np.where(
            mentions.strength, praised[mentions.doc, mentions.category], given[mentions.doc, mentions.category]
        )
        return ChunkLabels(
            np.array([content_hash(text) for text in texts], np.uint64),
            kinds.kind.astype(np.int8),
            kinds.confidence,
            kinds.complaint,
            np.where(self._counted[kinds.kind], severity(base, facts), 0.0),
            bits,
            doc,
            category,
            labels.score[doc, category],
            praised_doc,
            praised_category,
            Mentions(*(getattr(mentions, name)[kept] for name in Mentions.__slots__)),
            labels.n_tokens,
        )


def content_hash(text: str) -> int:
    """64-bit hash of a text, blind to case and white space: equal on every machine."""
    plain = " ".join(text.lower().split())
    return int.from_bytes(hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def sign_names(bits: int) -> list[str]:
    """Names of the set bits of `ChunkLabels.signs`, in the order of `SIGNS`."""
    return [name for name in SIGNS if bits & int(_BIT[name])]
