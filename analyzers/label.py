"""A chunk of texts -> its labels as compact columns: the one function that every engine maps over the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .assess.facts import FactReader, Facts
from .assess.money import largest_sums
from .assess.severity import FACTS, RELIEFS, Fact, Relief, severity, stretched
from .classify import DANGERS, ENOUGH, FIRED, Classifier, Labels, Mentions
from .coherence import incoherent
from .content_words import Words, content_words
from .forms import Forms
from .lexicon import Lexicon
from .models import DECIDING, Models, Reading, packaged_weights
from .signs import BIT, FACT_NAMES, RELIEF_NAMES, SIGNS
from .sketch import sketches
from .vocabulary import CLASSES, COUNTED, KINDS, SYSTEMS

Int = NDArray[np.int64]
Float = NDArray[np.float64]

# the threshold of most expected F1 lies at half of the F1 reached (.57 to .75 on four sets): about 0.3
KEEP = 0.25  # probability from which a category that the rules found is given
KEEP_BEST = 0.2  # for the surest one of a complaint that has none above
SURE_AT_LEAST = 0.01
OWN = 0.95  # of a category that the user's own terms found
ADD = 0.3  # probability from which the model alone gives a system's category
ALSO_FITS = 0.45  # from which a second category of a system is given beside the fittest
# from which the words alone name a category of a system: of those named below it, and of a system's general category
# in their place, two blind readers found 6 of 51 right
FITS = 0.15
FITS_BESIDE = 0.1  # the same beside other categories, which are mostly surer and stand before it
BIG_MONEY, HUGE_MONEY, FRAUD, LOST, WEAK = map(
    FACT_NAMES.index, ("big_money", "huge_money", "fraud_loss", "money_lost", "vulnerable")
)
LOSSES = [FACT_NAMES.index(name) for name in ("money_lost", "fraud_loss", "not_received")]
HURT = [FACT_NAMES.index(name) for name in DANGERS if name != "fraud_loss"]
BIG_SUM = 100_000.0  # roubles that make a loss a big one
HUGE_SUM = 500_000.0  # roubles that make it one of class A
PETTY_SUM = 30_000.0  # roubles up to which a deceit is money lost, no grave one, unless the weak are deceived
SOME_SUM = 1_000.0  # roubles in dispute from which money is lost, whatever the words
MANY_TIMES, LONG_DAYS = 3, 14  # contacts or visits, and days waited, that the words of a marker need not tell
MONEY_CATEGORIES = ("returns.refund", "trust.fraud", "privacy.third_party_fraud", "privacy.account_hacked", "billing.")
UNSURE = CLASSES[1][1]  # the most that a category weighs which the model alone gave
PETTY = 0.6  # the most that a category of deceit weighs where the sum is petty
DECEIT = ("trust.fraud", "privacy.third_party_fraud")
GRAVE = 0.1  # probability of a complaint from which a grave fact makes it one
UNPRAISED = 0.3  # the same for a text that is taken for praise and has no word of praise
HURTING = 0.2  # and for one that tells of people hurt
EVEN = 0.45  # from which a text taken for praise is as likely a complaint
PLEASED = 0.6  # up to which a complaint of nothing nameable is praise, where its words praise more than they blame
KIND_WORDS = ("positive", "praise")  # markers of words that praise
TONES = ("positive", "negative")
DOUBTED, SHORT = 0.03, 40  # of so short a text that is taken for praise the facts are read all the same
PRAISE = KINDS.index("praise")
CLAIM = KINDS.index("claim")
MONEY_DEMANDS = frozenset(("refund", "replacement", "repair", "price_cut", "compensation", "penalty", "contract_end"))


@dataclass(frozen=True, slots=True)
class ChunkLabels:
    """Labels of a chunk of texts, in order.

    Attributes
    ----------
    content : ndarray of uint64
        Hash of each text.
    kind : ndarray of int8
        Index into `vocabulary.KINDS`.
    confidence, complaint, severity, gravity : ndarray of float64
    signs : ndarray of int64
        Bits of `signs.SIGNS`: facts, escalations, demands.
    doc, category, sure, fits, by_model : ndarray
        The categories given, as parallel arrays sorted by text; how sure its system is in (0, 1], how well the category
        fits, and whether the model gave it where the rules were silent.
    praised_doc, praised : ndarray of int64
        The strengths given.
    mentions : Mentions
        Those that fired, of given categories and strengths.
    n_tokens : ndarray of int64
    sketch : ndarray of uint32 of shape (n_texts, sketch.WIDTH)
    told : list of Facts or None
        What each text tells of its claim, promises and effort.
    words : Words
        What each text is about.
    petty : ndarray of bool
        Whether the sums it names are too small for a deceit to be a grave one.
    """

    content: NDArray[np.uint64]
    kind: NDArray[np.int8]
    confidence: Float
    complaint: Float
    severity: Float
    gravity: Float
    signs: Int
    doc: Int
    category: Int
    sure: Float
    fits: Float
    by_model: NDArray[np.bool_]
    praised_doc: Int
    praised: Int
    mentions: Mentions
    n_tokens: Int
    sketch: NDArray[np.uint32]
    told: list[Facts | None]
    words: Words
    petty: NDArray[np.bool_]

    def sureness(self) -> Float:
        """How sure each category given is the right one, in [0, 1]: its system's probability and its own, as one."""
        joined: Float = np.sqrt(self.sure * self.fits)
        return joined.round(3)


@dataclass(frozen=True, slots=True)
class _Given:
    """Categories given, as `ChunkLabels` has them."""

    doc: Int
    category: Int
    sure: Float
    fits: Float
    by_model: NDArray[np.bool_]

    def joined(self, other: _Given) -> _Given:
        """Both, sorted by text, then category."""
        order = np.lexsort((np.append(self.category, other.category), np.append(self.doc, other.doc)))
        return _Given(
            np.append(self.doc, other.doc)[order], np.append(self.category, other.category)[order],
            np.append(self.sure, other.sure)[order], np.append(self.fits, other.fits)[order],
            np.append(self.by_model, other.by_model)[order],
        )  # fmt: skip


class Labeller:
    """The whole reading of a text, chunk by chunk; a text's labels never depend on the other texts."""

    def __init__(
        self, lexicon: Lexicon, forms: Forms, sectors: Sequence[str] = (), *, model: bool = True,
        facts: Sequence[Fact] = FACTS, reliefs: Sequence[Relief] = RELIEFS,
    ) -> None:  # fmt: skip
        self._may_add = model
        self.facts, self.reliefs = tuple(facts), tuple(reliefs)
        self.classifier = Classifier(lexicon, forms, sectors)
        self.models = Models(self.classifier, packaged_weights())
        self._facts = FactReader(forms)
        self._severity = np.array([category.severity for category in lexicon.categories.values()])
        markers = self.classifier.markers
        others = [name for name in SIGNS if name in markers and name not in FACT_NAMES]
        self._sign_columns = [(BIT[name], markers.index(name)) for name in others]
        self._fact_columns = [(i, markers.index(name)) for i, name in enumerate(FACT_NAMES) if name in markers]
        self._relief_columns = [(i, markers.index(name)) for i, name in enumerate(RELIEF_NAMES) if name in markers]
        self._kind_columns = [markers.index(name) for name in KIND_WORDS if name in markers]
        self._tones = [markers.index(name) for name in TONES if name in markers]
        self._about_money = np.array([name.startswith(MONEY_CATEGORIES) for name in lexicon.categories])
        self._deceit = np.array([name.startswith(DECEIT) for name in lexicon.categories])
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
        kinds = self.models.read(labels, incoherent(labels.tokens, labels.form_ids, self.classifier.forms))
        told = told_by(labels, self._fact_columns, len(FACTS))
        self._mend_kinds(told, kinds, labels.marker[:, self._kind_columns].sum(axis=1) <= 0)
        found = self._categories(labels, kinds)
        self._mend_bare(told, kinds, found, labels)
        doc, category = found.doc, found.category
        given = np.zeros(labels.score.shape, bool)
        given[doc, category] = True
        praise = labels.strength.least(ENOUGH)
        praised = np.zeros_like(given)
        praised[praise.doc, praise.category] = True
        praised &= ~given
        read = self._facts.read(
            labels.tokens, labels.form_ids, texts, claims=kinds.kind == CLAIM,
            troubled=(kinds.kind != PRAISE) | ((kinds.complaint >= DOUBTED) & (labels.n_tokens <= SHORT)),
        )  # fmt: skip
        _add_numbers(told, read)
        _mend_claims(kinds, read)
        about_money = np.bincount(doc[self._about_money[category]], minlength=len(texts)) > 0
        gravity = stretched(kinds.gravity, self.models.stretch)
        facts, petty = self._with_big_sums(told, labels, texts, about_money, read)
        base = self._base(found, petty)
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
            np.where(self._counted[kinds.kind], self._severities(base, facts, gravity, labels), 0.0),
            gravity,
            self._signs(labels, facts),
            doc,
            category,
            np.round(found.sure, 4),
            np.round(found.fits, 4),
            found.by_model,
            praised_doc,
            praised_category,
            Mentions(*(getattr(mentions, name)[kept] for name in Mentions.__slots__)),
            labels.n_tokens,
            sketches(labels.tokens, labels.form_ids, self.classifier.forms),
            read,
            content_words(labels.tokens, labels.form_ids, self.classifier.forms),
            petty,
        )

    def _base(self, found: _Given, petty: NDArray[np.bool_]) -> Float:
        """What the gravest category of each text weighs."""
        doc, category = found.doc, found.category
        # a category of class A that no rule found is a guess of words: it does not stand for itself
        own = np.where(found.by_model, np.minimum(self._severity[category], UNSURE), self._severity[category])
        base = np.zeros(len(petty))
        np.maximum.at(base, doc, np.where(petty[doc] & self._deceit[category], np.minimum(own, PETTY), own))
        return base

    def _signs(self, labels: Labels, facts: NDArray[np.bool_]) -> Int:
        """Bits of `SIGNS` by text: what the markers tell, and the facts that numbers told beside them."""
        bits = np.zeros(len(facts), np.int64)
        for bit, column in self._sign_columns:
            bits |= np.where(labels.marker[:, column] >= ENOUGH, bit, 0)
        for i, name in enumerate(FACT_NAMES):
            bits |= np.where(facts[:, i], BIT[name], 0)
        return bits

    def _severities(self, base: Float, facts: NDArray[np.bool_], gravity: Float, labels: Labels) -> Float:
        """Severity of each text, by its facts and by what it says to its own relief."""
        relief = told_by(labels, self._relief_columns, len(RELIEFS))
        return severity(base, facts, gravity, self.facts, relief, self.reliefs)

    def _mend_kinds(self, told: NDArray[np.bool_], reading: Reading, unpraised: NDArray[np.bool_]) -> None:
        """Who tells of harm, danger or a big loss complains, whatever the form: a short cry is no «other».

        A calm tale of a misfortune is often taken for praise; where no word of it praises, it is a complaint.
        """
        grave = _grave(told)
        praise = reading.kind == PRAISE
        mended = grave & ~self._counted[reading.kind] & ~praise & (reading.complaint >= GRAVE)
        mended |= praise & unpraised & (grave | (reading.complaint >= UNPRAISED))
        mended |= praise & (reading.complaint >= np.where(told[:, HURT].any(axis=1), HURTING, EVEN))
        reading.kind[mended] = KINDS.index("complaint")
        reading.confidence[mended] = np.round(reading.complaint[mended], 3)

    def _mend_bare(self, told: NDArray[np.bool_], reading: Reading, found: _Given, labels: Labels) -> None:
        """An unsure complaint in pleased words in which neither rules nor words find anything that failed is praise."""
        if len(self._tones) < len(TONES):
            return
        good, bad = (np.round(labels.marker[:, column], DECIDING) for column in self._tones)
        bare = np.bincount(found.doc, minlength=len(told)) == 0
        mended = bare & self._counted[reading.kind] & (reading.complaint < PLEASED) & (good > bad) & ~_grave(told)
        reading.kind[mended] = PRAISE
        reading.confidence[mended] = np.round(1 - reading.complaint[mended], 3)

    def _with_big_sums(
        self, told: NDArray[np.bool_], labels: Labels, texts: Sequence[str], about_money: NDArray[np.bool_],
        read: Sequence[Facts | None],
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:  # fmt: skip
        """The facts, with a big loss where a text about money lost names a big sum, and which deceits are petty."""
        facts = told.copy()
        lost = about_money | told[:, LOSSES].any(axis=1)
        largest = largest_sums(labels.tokens, texts, lost)
        big = largest >= BIG_SUM
        # a big sum beside the one in dispute («100 000 пролежали месяц, кешбэк 3 000 не пришёл») is not lost
        small = [f is not None and f.amount is not None and f.amount.value < BIG_SUM for f in read]
        facts[:, BIG_MONEY] |= big & ~np.array(small, bool)
        facts[:, HUGE_MONEY] |= (largest >= HUGE_SUM) & ~np.array(small, bool)
        facts[:, BIG_MONEY] &= ~facts[:, HUGE_MONEY]
        disputed = np.array([0.0 if f is None or f.amount is None else f.amount.value for f in read], np.float64)
        named = np.maximum(largest, disputed)
        petty = (named > 0) & (named <= PETTY_SUM) & ~facts[:, WEAK] & ~facts[:, [BIG_MONEY, HUGE_MONEY]].any(axis=1)
        facts[:, LOST] |= facts[:, FRAUD] & petty
        facts[:, FRAUD] &= ~petty
        return facts, petty

    def _categories(self, labels: Labels, reading: Reading) -> _Given:
        """The categories given to each text."""
        n, mine = len(reading.kind), reading.ruled
        doc, category, fits = reading.doc[mine], reading.category[mine], reading.fits[mine].copy()
        keeps = self._keeps[reading.kind][doc]
        sure = np.where(keeps, np.maximum(reading.sure[mine], SURE_AT_LEAST), 0.0)
        # of the categories of a system that rules found the fittest stands for those that share its words
        cell = doc * len(SYSTEMS) + self.classifier.system_of[category]
        lead = np.zeros(n * len(SYSTEMS))
        np.maximum.at(lead, cell, np.where(keeps, fits, 0.0))
        sure[(fits < lead[cell]) & (fits < ALSO_FITS)] = 0
        # what the user wrote is obeyed
        own = np.round(self.classifier.own_score(labels).at(doc, category), 6) >= ENOUGH
        sure[own & keeps] = OWN
        fits[own] = OWN
        best = np.zeros(n)
        np.maximum.at(best, doc, sure)
        # a complaint keeps the surest of what the rules found, and all that is more likely than not
        counted = self._counted[reading.kind]
        kept = (sure >= KEEP) | ((sure == best[doc]) & (sure >= KEEP_BEST) & (best < KEEP)[doc])
        kept &= (counted | (best >= KEEP))[doc]
        ruled = _Given(doc[kept], category[kept], sure[kept], fits[kept], np.zeros(int(kept.sum()), bool))
        return ruled.joined(self._added(reading, ruled)) if self._may_add else ruled

    def _added(self, reading: Reading, ruled: _Given) -> _Given:
        """Categories of systems that the model blames where the rules gave none."""
        n, doc, category = len(reading.kind), ruled.doc, ruled.category
        counted = self._counted[reading.kind]
        # the systems are those of a complaint: words alone must also make it likely that the text is one
        likely_blamed = np.round(reading.systems * reading.complaint[:, None], DECIDING)
        adds = counted[:, None] & (likely_blamed >= ADD)
        alone = np.bincount(doc, minlength=n) == 0
        adds[doc, self.classifier.system_of[category]] = False
        first = np.searchsorted(reading.doc, np.arange(n + 1))
        found: list[tuple[int, int, float, float]] = []
        docs, systems = np.nonzero(adds)
        for text, system in zip(docs.tolist(), systems.tolist(), strict=True):
            # the category that the words fit best; where they fit none, nothing is given
            mine = slice(first[text], first[text + 1])
            likely = np.where(self.classifier.system_of[reading.category[mine]] == system, reading.fits[mine], -1.0)
            best = int(likely.argmax()) if len(likely) else -1
            if best >= 0 and likely[best] >= (FITS if alone[text] else FITS_BESIDE):
                sure = float(reading.systems[text, system])
                found.append((text, int(reading.category[mine][best]), sure, float(likely[best])))
        columns = list(zip(*found, strict=True)) or [(), (), (), ()]
        return _Given(
            np.array(columns[0], np.int64), np.array(columns[1], np.int64), np.array(columns[2], np.float64),
            np.array(columns[3], np.float64), np.ones(len(found), bool),
        )  # fmt: skip


def _grave(told: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Texts that tell of harm, danger or a big loss."""
    return np.any(told[:, [fact.floor >= FACTS[BIG_MONEY].floor for fact in FACTS]], axis=1)


def told_by(labels: Labels, columns: Sequence[tuple[int, int]], n: int) -> NDArray[np.bool_]:
    """What the markers of each text tell: shape (n_texts, n)."""
    told = np.zeros((len(labels.n_tokens), n), bool)
    told[:, [i for i, _ in columns]] = labels.marker[:, [column for _, column in columns]] >= ENOUGH
    return told


def _add_numbers(told: NDArray[np.bool_], read: Sequence[Facts | None]) -> None:
    """Facts that the numbers of a text tell: «писал восемь раз», «с 3 по 28 марта», «9 870 рублей»."""
    lost, repeated, waited = (FACT_NAMES.index(name) for name in ("money_lost", "repeated", "long_wait"))
    for doc, facts in enumerate(read):
        if facts is None:
            continue
        if facts.amount is not None and facts.amount.value >= SOME_SUM:
            told[doc, lost] = True
        if (effort := facts.effort) is not None:
            if max(effort.contacts or 0, effort.visits or 0) >= MANY_TIMES:
                told[doc, repeated] = True
            if (effort.days_waited or 0) >= LONG_DAYS:
                told[doc, waited] = True


def _mend_claims(reading: Reading, read: Sequence[Facts | None]) -> None:
    """Who cites the law and asks for money by it makes a claim, however it is written."""
    complaint = KINDS.index("complaint")
    for doc in np.flatnonzero(reading.kind == complaint).tolist():
        facts = read[doc]
        if facts is not None and facts.law and not MONEY_DEMANDS.isdisjoint(facts.demands):
            reading.kind[doc] = CLAIM


def content_hash(text: str) -> int:
    """64-bit hash of a text, blind to case and white space: equal on every machine."""
    low = text.lower()
    # no white space but single blanks is printable: most texts need no splitting
    plain = low.strip(" ") if "  " not in low and low.isprintable() else " ".join(low.split())
    return int.from_bytes(hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def some(labels: ChunkLabels, keep: NDArray[np.bool_]) -> ChunkLabels:
    """The labels of some texts of a chunk, as if the others had not been in it.

    Parameters
    ----------
    keep : ndarray of bool of shape (n_texts,)
    """
    place = np.cumsum(keep) - 1
    given, praised, told = keep[labels.doc], keep[labels.praised_doc], keep[labels.mentions.doc]
    mentions = {name: getattr(labels.mentions, name)[told] for name in Mentions.__slots__}
    mentions["doc"] = place[mentions["doc"]]
    by_text = ("content", "kind", "confidence", "complaint", "severity", "gravity", "signs", "n_tokens", "sketch",
               "petty")  # fmt: skip
    by_label = ("category", "sure", "fits", "by_model")
    return replace(
        labels,
        **{name: getattr(labels, name)[keep] for name in by_text},
        **{name: getattr(labels, name)[given] for name in by_label},
        doc=place[labels.doc[given]],
        praised_doc=place[labels.praised_doc[praised]],
        praised=labels.praised[praised],
        mentions=Mentions(**mentions),
        told=[labels.told[doc] for doc in np.flatnonzero(keep).tolist()],
        words=labels.words.rows(np.flatnonzero(keep)),
    )
