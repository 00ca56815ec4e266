"""Make the packaged models from the invented texts of lexicons/ru/corpus (`make models`).

Complaints have a `second` reading: the systems, by text and by window, and which categories are right, the main one
first, told by readers who saw neither the writer's labels nor the program. What it tells is learned instead of those.

Needs scikit-learn; run time does not.

usage: train_models.py [--words | --check]     --words: the list only; --check: held-out scores, nothing written
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression, Ridge
from svc.analyzers import models as m
from svc.analyzers.assess.severity import RELIEFS, severity, stretched
from svc.analyzers.classify import Classifier, Labels
from svc.analyzers.features import sign_names, signs, system_sign_names, system_signs, windows
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller, told_by
from svc.analyzers.lemma_weights import NEGATED
from svc.analyzers.lemmas import BIT, is_known
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.signs import FACT_NAMES
from svc.analyzers.signs import sign_names as sign_names_of
from svc.analyzers.tokens import tokenize
from svc.analyzers.vocabulary import COUNTED, KINDS, SYSTEMS, severity_class

ROOT = Path(__file__).resolve().parent.parent
MIN_TEXTS = 3
KIND_C, SYSTEM_C = 0.2, 0.3
CONTRASTS = "contrasts.jsonl"  # short texts that differ in what turns a complaint around; they weigh half for the kinds
CONTRAST_WEIGHT = 0.75
PIECES = "pieces_"  # sentences of complaints, each with what fails by it: nothing but that is learned from them
GRADED = "graded.jsonl"  # texts of all four steps, written for the severity alone
LEMMA, SIGN, OWN, CROSS = 4.0, 1.0, 1.5, 0.5  # scales: how freely each block may weigh in
FARTHEST = 4.0  # deviations that a sign of the systems may be from none
INNER = 3
WORDS_C, WORDS_LEMMA = 1.0, 4.0
MIN_CATEGORY = 5  # texts of a category that its words can be learned from
WORDS_KEPT = 40  # lemmas a category keeps, the weightiest
EMPTY_KINDS = ("light", "pronoun", "preposition", "conjunction", "particle")
SEVERITY_ALPHA, SEVERITY_SIGN = 30.0, 0.5
STEPS = (0.1, 0.17, 0.4, 0.62, 0.85)  # middle of the class that each step of the invented texts' severity means
# «works dragging on» is fulfilment by the guide to annotation, whatever office drags: these categories blame both
DRAGS = {"process.long_approval": "fulfilment", "process.mortgage_release": "fulfilment"}
AS_IT_IS = (0.0, 1.0, 0.0)  # gravity as the model gives it
CENTRES = [round(0.16 + 0.01 * i, 2) for i in range(19)]
LESSER = 0.5  # how right a category is that is right beside the main one
PRIOR = 6.0  # texts of the overall precision that a category's own is shrunk by


def corpus() -> list[dict]:
    """The invented texts, each once, in an order that files don't decide."""
    found = {}
    for file in sorted((ROOT / "lexicons/ru/corpus").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line) | {
                    "sector": file.name.startswith(("s_", PIECES)), "contrast": file.name == CONTRASTS,
                    "graded": file.name == GRADED, "piece": file.name.startswith(PIECES),
                }  # fmt: skip
                found.setdefault(row["text"], row)
    return list(found.values())


def lemma_names(classifier: Classifier, labels: Labels) -> list[set[str]]:
    """Lemmas of each text, «не_» before the denied ones."""
    names: list[set[str]] = [set() for _ in labels.n_tokens]
    lemma = classifier.forms.lemma[labels.form_ids]
    for doc, number, negated in zip(
        labels.tokens.doc.tolist(), lemma.tolist(), labels.scope.negated.tolist(), strict=True
    ):
        names[doc].add((NEGATED if negated else "") + classifier.forms.lemmas[number])
    return names


def empty_words(classifier: Classifier, labels: Labels) -> set[str]:
    """Lemmas that name nothing: pronouns, prepositions, conjunctions; what a text is about they do not tell."""
    flags = classifier.forms.flags[labels.form_ids]
    empty = (flags & np.uint64(sum(BIT[name] for name in EMPTY_KINDS))) != 0
    names = {classifier.forms.lemmas[i] for i in np.unique(classifier.forms.lemma[labels.form_ids[empty]]).tolist()}
    return names | {NEGATED + name for name in names} | {"0"}


class Examples:
    """The lexicon's examples that a category must match: short texts of one category each."""

    def __init__(self, classifier: Classifier) -> None:
        shown = [(text, i) for i, entry in enumerate(classifier.lexicon.categories.values()) for text in entry.yes]
        self._classifier = classifier
        self._labels = classifier.classify([text for text, _ in shown])
        self.category = np.array([i for _, i in shown], np.int64)

    def lemmas(self, vocabulary: list[str]) -> sparse.csr_matrix:
        """As those of a `View`."""
        return lemma_matrix(lemma_names(self._classifier, self._labels), vocabulary)


def lemma_matrix(texts: list[set[str]], vocabulary: list[str]) -> sparse.csr_matrix:
    """Lemmas of each text over the root of their number: shape (n_texts, n_vocabulary)."""
    index = {name: i for i, name in enumerate(vocabulary)}
    rows, columns = [], []
    for row, text in enumerate(texts):
        known = [index[name] for name in text if name in index]
        rows += [row] * len(known)
        columns += known
    values = 1 / np.sqrt(np.bincount(rows, minlength=len(texts)).clip(1)[rows])
    return sparse.csr_matrix((values, (rows, columns)), (len(texts), len(vocabulary)))


class View:
    """Texts, or their windows, as features."""

    def __init__(self, classifier: Classifier, labels: Labels, vocabulary: list[str]) -> None:
        self.dense, self.own = signs(classifier, labels), system_signs(classifier, labels)
        self.lemmas = lemma_matrix(lemma_names(classifier, labels), vocabulary)


class Data:
    """Texts whole, which the models learn from, and by window, which they are applied to."""

    def __init__(self, classifier: Classifier, texts: list[str], vocabulary: list[str] | None = None) -> None:
        self.classifier = classifier
        self.labels = classifier.classify(texts)
        self.n = len(texts)
        parts, self.owner = windows(self.labels)
        if vocabulary is None:
            df = Counter(name for text in lemma_names(classifier, self.labels) for name in text)
            vocabulary = sorted(name for name, n in df.items() if n >= MIN_TEXTS)
        self.vocabulary = vocabulary
        empty = empty_words(classifier, self.labels)
        self.telling = np.array([name not in empty for name in vocabulary], np.float64)
        self.whole = View(classifier, self.labels, vocabulary)
        self.parts = View(classifier, parts, vocabulary)
        self.told = self.whole.own

    def gathered(self) -> tuple[np.ndarray, sparse.csr_matrix]:
        """Signs of each text as the mean of its windows', its lemmas over the root of their number in all windows."""
        windows = len(self.owner)
        by_text = sparse.csr_matrix((np.ones(windows), (self.owner, np.arange(windows))), (self.n, windows))
        count = (by_text @ (self.parts.lemmas > 0).astype(np.float64)).tocsr()
        known = np.asarray(count.sum(axis=1)).ravel().clip(1)
        return by_text @ self.parts.dense / by_text.sum(axis=1).A1[:, None], sparse.diags(1 / np.sqrt(known)) @ count


class Target:
    """What the texts must get.

    Attributes
    ----------
    kinds : ndarray of int of shape (n_texts,)
    systems : ndarray of bool of shape (n_texts, n_systems)
    blaming : ndarray of bool of shape (n_texts,)
        Complaints, claims and suggestions: of a text of another kind no system is asked.
    categories : ndarray of bool of shape (n_texts, n_categories)
    lesser : ndarray of bool of shape (n_texts, n_categories)
        Those of them that are right beside the main one.
    windows : list of list of set of str, or None
        Systems of each text by window, where somebody told.
    named : ndarray of bool of shape (n_texts,)
        Whether somebody named the categories: of the other texts only the systems are known.
    general : ndarray of bool of shape (n_texts,)
        Texts of all sectors, written to tell kinds apart. Those of single sectors, written for their categories, lean
        to mixed tones and made real kinds worse (0.87 with them left out, 0.83 with them in).
    weight : ndarray of float64 of shape (n_texts,)
        How much a text counts for the kinds.
    graded : ndarray of bool of shape (n_texts,)
        Texts written to tell grave from mild: of those nothing else is learned.
    piece : ndarray of bool
        Sentences of complaints: their kind and severity are nobody's reading.
    """

    def __init__(self, classifier: Classifier, rows: list[dict]) -> None:
        names = {name: i for i, name in enumerate(classifier.categories)}
        self.kinds = np.array([KINDS.index(row["kind"]) for row in rows])
        self.systems = np.array([[s in systems_of(row) for s in SYSTEMS] for row in rows])
        self.graded = np.array([row["graded"] for row in rows])
        self.blaming = np.array([row["kind"] in (*COUNTED, "suggestion") for row in rows]) & ~self.graded
        self.categories = np.zeros((len(rows), len(names)), bool)
        self.severity = np.array([STEPS[int(row.get("severity") or 0)] for row in rows])
        self.piece = np.array([row["piece"] for row in rows])
        self.general = np.array([not row["sector"] for row in rows]) & ~self.graded
        self.lesser = np.zeros_like(self.categories)
        self.windows = [windows_of(row) for row in rows]
        self.named = np.array([categories_of(row) is not None for row in rows])
        self.weight = np.array([CONTRAST_WEIGHT if row["contrast"] else 1.0 for row in rows])
        for i, row in enumerate(rows):
            for name in categories_of(row) or ():
                self.categories[i, names[name]] = True
            by_weight = row if row["piece"] else row.get("second", {})
            for name in by_weight.get("categories", ())[1:]:
                self.lesser[i, names[name]] = True

    def take(self, chosen: np.ndarray) -> Target:
        part = object.__new__(Target)
        for name in (
            "kinds", "systems", "blaming", "categories", "lesser", "named", "general", "severity", "weight", "graded",
            "piece",
        ):  # fmt: skip
            setattr(part, name, getattr(self, name)[chosen])
        part.windows = [self.windows[i] for i in chosen.tolist()]
        return part

    def by_window(self, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Systems of each window, and which windows somebody read: shapes (n_windows, n_systems), (n_windows,)."""
        systems, read = np.zeros((len(owner), len(SYSTEMS)), bool), np.zeros(len(owner), bool)
        first = np.searchsorted(owner, np.arange(len(self.kinds) + 1))
        for text, told in enumerate(self.windows):
            n = first[text + 1] - first[text]
            if n == 1:
                systems[first[text]], read[first[text]] = self.systems[text], True
            elif told is not None and len(told) == n:  # texts are cut anew when `features.windows` is changed
                systems[first[text] : first[text + 1]] = [[s in names for s in SYSTEMS] for names in told]
                read[first[text] : first[text + 1]] = True
        return systems, read


def categories_of(row: dict) -> list[str] | None:
    """Categories of a text, those of the second reading if there is one; None where nobody named them."""
    return row.get("second", {}).get("categories", row.get("categories"))


def windows_of(row: dict) -> list[set[str]] | None:
    """Systems of a text by window, None where nobody read them."""
    told = row.get("second", {}).get("windows")
    return told and [set(names) for names in told]


def systems_of(row: dict) -> set[str]:
    """Systems of a text: of the second reading; without one of its categories, and those named beside them."""
    if "second" in row:
        return set(row["second"]["systems"])
    categories = row.get("categories", ())
    of_them = {name.partition(".")[0] for name in categories} | {DRAGS[name] for name in categories if name in DRAGS}
    return {*row.get("systems", ()), *of_them}


class Fit:
    """Weights of both stages."""

    def __init__(self, data: Data, target: Target, examples: Examples) -> None:
        self._examples = examples
        self.scale = data.whole.dense.std(axis=0)
        self.scale[self.scale < 1e-9] = 1
        # a sign of few texts deviates little on the whole, and would outweigh all others where it does stand
        self.system_scale = np.maximum(self.scale, data.whole.dense.max(axis=0) / FARTHEST)
        # the second stage learns from what the first says of texts it never saw
        fold, s = np.arange(data.n) % INNER, np.zeros((len(data.owner), len(SYSTEMS)))
        words = np.zeros((data.n, target.categories.shape[1]))
        for f in range(INNER):
            seen = np.flatnonzero(fold != f)
            self._first(data, target, seen)
            self._words(data, target, seen)
            unseen = fold[data.owner] == f
            s[unseen] = self.window_probabilities(data)[1][unseen]
            words[fold == f] = (data.whole.lemmas @ self.category_lemmas + self.category_bias)[fold == f]
        self._first(data, target, np.arange(data.n))
        self._words(data, target, np.arange(data.n))
        self._texts(data, s, target)
        self._severity(data, target)
        self._categories(data, s, words, target)

    def _severity(self, data: Data, target: Target) -> None:
        """How grave a complaint's words are, without those that only tell how loud it is.

        Learned on what `models.gravity_of_windows` will read.
        """
        told = np.array([m.tells_of_facts(name) for name in sign_names(data.classifier)])
        signs, lemmas = data.gathered()
        n = int(told.sum())
        dense = sparse.csr_matrix(signs[:, told] / self.scale[told] * SEVERITY_SIGN)
        x = sparse.hstack([dense, lemmas * LEMMA]).tocsr()
        counted = np.isin(target.kinds, [KINDS.index("complaint"), KINDS.index("claim")]) & ~target.piece
        counted = np.flatnonzero(counted)
        model = Ridge(alpha=SEVERITY_ALPHA, solver="sparse_cg", tol=1e-8).fit(x[counted], target.severity[counted])
        column = np.zeros(len(told))
        column[told] = model.coef_[:n] / self.scale[told] * SEVERITY_SIGN
        self.bias = np.append(self.bias, model.intercept_)
        self.signs = np.column_stack((self.signs, column))
        self.lemmas = np.column_stack((self.lemmas, model.coef_[n:] * LEMMA))

    def _words(self, data: Data, target: Target, chosen: np.ndarray) -> None:
        """Words of each category, from whole texts and the lexicon's examples: what they say beside its rules."""
        chosen, shown = chosen[target.named[chosen]], self._examples
        every, categories = data.whole.lemmas * WORDS_LEMMA, target.categories
        x = sparse.vstack((every[chosen], shown.lemmas(data.vocabulary) * WORDS_LEMMA)).multiply(data.telling).tocsr()
        self.category_lemmas = np.zeros((every.shape[1], categories.shape[1]))
        self.category_bias = np.full(categories.shape[1], m.UNKNOWN)
        for c in range(categories.shape[1]):
            y = np.append(categories[chosen, c], shown.category == c)
            if y.sum() < MIN_CATEGORY:
                continue
            model = LogisticRegression(C=WORDS_C, solver="liblinear", random_state=0).fit(x, y)
            weights = model.coef_[0] * WORDS_LEMMA * data.telling
            weights[np.argsort(-np.abs(weights), kind="stable")[WORDS_KEPT:]] = 0
            self.category_lemmas[:, c] = weights
            self.category_bias[c] = model.intercept_[0]

    def _x(self, view: View, system: int | None) -> sparse.csr_matrix:
        scale = self.scale if system is None else self.system_scale
        blocks = [sparse.csr_matrix(view.dense / scale * SIGN), view.lemmas * LEMMA]
        if system is not None:
            blocks += [sparse.csr_matrix(view.own[:, system] * OWN), sparse.csr_matrix(view.own[:, :, 1] * CROSS)]
        return sparse.hstack(blocks).tocsr()

    def _first(self, data: Data, target: Target, chosen: np.ndarray) -> None:
        """Learned on whole texts; systems on windows too, where somebody told which part of a text blames which.

        What windows tell of a whole text's label they tell only in part.
        """
        view = data.whole
        n_dense, n_lemma, n_own = view.dense.shape[1], view.lemmas.shape[1], view.own.shape[2]
        systems, general = target.systems, chosen[target.general[chosen]]
        blaming = chosen[target.blaming[chosen]]
        by_window, read = target.by_window(data.owner)
        read &= np.isin(data.owner, blaming)
        model = LogisticRegression(C=KIND_C, max_iter=3000, tol=1e-4)
        model.fit(self._x(view, None)[general], target.kinds[general], sample_weight=target.weight[general])
        width, k = len(KINDS) + len(SYSTEMS), len(KINDS)
        self.bias = np.zeros(width)
        self.signs, self.lemmas = np.zeros((n_dense, width)), np.zeros((n_lemma, width))
        self.own, self.cross = np.zeros((n_own, len(SYSTEMS))), np.zeros((len(SYSTEMS), len(SYSTEMS)))
        self.bias[:k] = model.intercept_
        self.signs[:, :k] = (model.coef_[:, :n_dense] / self.scale * SIGN).T
        self.lemmas[:, :k] = (model.coef_[:, n_dense:] * LEMMA).T
        for s in range(len(SYSTEMS)):
            model = LogisticRegression(C=SYSTEM_C, solver="liblinear", random_state=0)
            x = sparse.vstack((self._x(data.parts, s)[read], self._x(view, s)[blaming]))
            model.fit(x, np.append(by_window[read, s], systems[blaming, s]).astype(int))
            w = model.coef_[0]
            self.bias[k + s] = model.intercept_[0]
            self.signs[:, k + s] = w[:n_dense] / self.system_scale * SIGN
            self.lemmas[:, k + s] = w[n_dense : n_dense + n_lemma] * LEMMA
            self.own[:, s] = w[n_dense + n_lemma : n_dense + n_lemma + n_own] * OWN
            self.cross[:, s] = w[n_dense + n_lemma + n_own :] * CROSS

    def window_probabilities(self, data: Data) -> tuple[np.ndarray, np.ndarray]:
        view, k = data.parts, len(KINDS)
        width = k + len(SYSTEMS)
        z = self.bias[:width] + view.dense @ self.signs[:, :width] + view.lemmas @ self.lemmas[:, :width]
        z[:, k:] += np.einsum("nsk,ks->ns", view.own, self.own) + view.own[:, :, 1] @ self.cross
        return m.softmax(z[:, :k]), m.sigmoid(z[:, k:])

    def _texts(self, data: Data, s: np.ndarray, target: Target) -> None:
        parts = m.system_parts(s, data.owner, data.n, data.told)[target.blaming]
        n, width = len(parts) * len(SYSTEMS), parts.shape[2]
        x = np.concatenate((parts.reshape(n, width), np.tile(np.eye(len(SYSTEMS)), (len(parts), 1)) * 0.5), axis=1)
        model = LogisticRegression(C=0.5, max_iter=3000).fit(x, target.systems[target.blaming].reshape(-1).astype(int))
        self.system = model.coef_[0][:width]
        self.system_bias = model.intercept_[0] + model.coef_[0][width:] * 0.5

    def _categories(self, data: Data, s: np.ndarray, words: np.ndarray, target: Target) -> None:
        """Which of the categories that the rules found a text is about."""
        classifier = data.classifier
        blamed = m.sigmoid(m.system_parts(s, data.owner, data.n, data.told) @ self.system + self.system_bias)
        self.rule = self._reliable(data, target)
        doc, category, x = m.category_parts(classifier, data.labels, blamed, words, self.rule)
        x[:, -1] = np.where(x[:, 1] > 0, self._reliable_unseen(data, target, doc, category), 0)
        complaint = np.isin(target.kinds[doc], [KINDS.index("complaint"), KINDS.index("claim")])
        complaint &= ~target.graded[doc]
        doc, category, x = doc[complaint], category[complaint], x[complaint]
        blames = target.systems[doc, classifier.system_of[category]].astype(int)
        is_it = target.categories[doc, category].astype(int)
        named, ruled = target.named[doc], x[:, 1] > 0
        n = len(classifier.categories)
        right, seen = np.bincount(category, blames, minlength=n), np.bincount(category, minlength=n)
        mean = blames.mean()
        self.prior = _logit((right + PRIOR * mean) / (seen + PRIOR))
        # the prior without the text itself, so that a rare category does not know its own answer
        own = (right[category] - blames + PRIOR * mean) / (seen[category] - 1 + PRIOR)
        x = np.concatenate((x, _logit(own)[:, None]), axis=1)
        self.report = []
        self.sure = self._stage("system of a rule's category", x, blames, ruled)
        lesser = target.lesser[doc, category]
        self.fits = self._stage("category", x, is_it, named, lesser)

    def _stage(
        self, name: str, x: np.ndarray, y: np.ndarray, chosen: np.ndarray, lesser: np.ndarray | None = None
    ) -> np.ndarray:
        x, y = x[chosen], y[chosen]
        half = np.zeros(len(y), bool) if lesser is None else lesser[chosen]
        # what is half right stands there twice: as right, and as wrong
        weight = np.append(np.where(half, LESSER, 1.0), np.full(int(half.sum()), 1 - LESSER))
        model = LogisticRegression(C=1.0, max_iter=3000)
        model.fit(np.concatenate((x, x[half])), np.append(y, np.zeros(int(half.sum()), int)), sample_weight=weight)
        p = model.predict_proba(x)[:, 1]
        for t in (0.2, 0.3, 0.4, 0.5, 0.6):
            hit = p >= t
            self.report.append(
                f"  {name} at {t}: {hit.mean():.2f}, right {y[hit].mean():.3f} of {y[hit].sum()}/{y.sum()}"
            )
        return np.concatenate((model.intercept_, model.coef_[0]))

    def _fires(self, data: Data, target: Target) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Different (text, rule) pairs that fired, with the category and whether the text has it."""
        mentions = data.labels.mentions
        fired = (mentions.state == m.FIRED) & ~mentions.strength & target.named[mentions.doc]
        pairs = np.unique(np.stack((mentions.doc[fired], mentions.rule[fired], mentions.category[fired])), axis=1)
        return pairs[0], pairs[1], pairs[2], target.categories[pairs[0], pairs[2]]

    def _reliable(self, data: Data, target: Target) -> np.ndarray:
        """Log odds, by rule, that its category is right where it fired."""
        _, rule, _, y = self._fires(data, target)
        n = len(data.classifier.lexicon.rules)
        right, seen = np.bincount(rule, y, minlength=n), np.bincount(rule, minlength=n)
        return _logit((right + PRIOR / 2 * y.mean()) / (seen + PRIOR / 2))

    def _reliable_unseen(self, data: Data, target: Target, doc: np.ndarray, category: np.ndarray) -> np.ndarray:
        """The best rule of each (text, category), judged by the other texts."""
        docs, rule, cats, y = self._fires(data, target)
        n = len(data.classifier.lexicon.rules)
        right, seen = np.bincount(rule, y, minlength=n), np.bincount(rule, minlength=n)
        mine = _logit((right[rule] - y + PRIOR / 2 * y.mean()) / (seen[rule] - 1 + PRIOR / 2))
        table = np.full(target.categories.shape, -m.UNKNOWN_REACH)
        np.maximum.at(table, (docs, cats), mine)
        return table[doc, category]

    def text_probabilities(self, data: Data) -> tuple[np.ndarray, np.ndarray]:
        k, s = self.window_probabilities(data)
        systems = m.system_parts(s, data.owner, data.n, data.told) @ self.system + self.system_bias
        names = sign_names(data.classifier)
        ends, once = ([names.index(name) for name in group] for group in (m.ENDS, m.ONCE))
        whole = m.told_of_whole(data.parts.dense, data.owner, data.n, ends, once)
        whole = whole @ self.signs[ends + once, : len(KINDS)]
        return m.softmax(m.mean_of_windows(np.log(k), data.owner, data.n) + whole), m.sigmoid(systems)


def _logit(p: np.ndarray) -> np.ndarray:
    return np.log(p / (1 - p))


def out_of_fold(classifier: Classifier, rows: list[dict], folds: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of each text by models that never saw it."""
    target, examples = Target(classifier, rows), Examples(classifier)
    fold = np.arange(len(rows)) % folds
    pk, ps = np.zeros((len(rows), len(KINDS))), np.zeros((len(rows), len(SYSTEMS)))
    for f in range(folds):
        train, test = np.flatnonzero(fold != f), np.flatnonzero(fold == f)
        data = Data(classifier, [rows[i]["text"] for i in train])
        fit = Fit(data, target.take(train), examples)
        pk[test], ps[test] = fit.text_probabilities(Data(classifier, [rows[i]["text"] for i in test], data.vocabulary))
    return pk, ps


def micro_f1(gold: np.ndarray, given: np.ndarray) -> float:
    """2 tp / (2 tp + fp + fn)."""
    tp, fp, fn = (gold & given).sum(), (~gold & given).sum(), (gold & ~given).sum()
    return float(2 * tp / max(1, 2 * tp + fp + fn))


def write_frequencies(classifier: Classifier, labels: Labels, ordinary: np.ndarray) -> None:
    """How often lemmas and forms (`=form`) stand in ordinary texts, per 100,000 words: rare ones are anchors."""
    mine = np.flatnonzero(ordinary[labels.tokens.doc])
    lemma = classifier.forms.lemma[labels.form_ids[mine]]
    count = Counter(classifier.forms.lemmas[number] for number in lemma.tolist())
    count.update("=" + labels.tokens.form(i) for i in mine.tolist())
    scale = 100_000 / len(mine)
    lines = [f"{name} {round(n * scale)}" for name, n in sorted(count.items()) if n >= MIN_TEXTS]
    (ROOT / "lexicons/ru/frequency.txt").write_text("\n".join(lines) + "\n", "utf-8")


def write_words(rows: list[dict]) -> None:
    """The packaged words that typos are mended to: forms of the invented texts that the dictionary knows.

    Not of the pieces, written for their rare words: slang would be mended to those («солдаут» to «солдат»).
    """
    tokens = tokenize([row["text"] for row in rows if not row["piece"]])
    count = Counter(tokens.form(i) for i in range(len(tokens.key)))
    words = [
        form
        for form, n in sorted(count.items())
        if n >= MIN_TEXTS and len(form) >= 6 and form.isalpha() and is_known(form)
    ]
    (ROOT / "lexicons/ru/words.txt").write_text("\n".join(words) + "\n", "utf-8")


def main() -> None:
    rows = corpus()
    if "--words" in sys.argv:  # first, in a run of its own: readings of forms depend on the list
        write_words(rows)
        return
    classifier = Classifier(load_lexicon(), Forms())
    target = Target(classifier, rows)
    if "--check" in sys.argv:
        pk, ps = out_of_fold(classifier, rows)
        print(f"{len(rows)} texts, 4 folds: kind {(pk.argmax(1) == target.kinds).mean():.3f}")
        for t in (0.25, 0.3, 0.35, 0.4, 0.5):
            print(f"  systems at {t}: F1 {micro_f1(target.systems, ps >= t):.3f}")
        return
    data = Data(classifier, [row["text"] for row in rows])
    write_frequencies(classifier, data.labels, ~target.piece)
    fit = Fit(data, target, Examples(classifier))
    print(*fit.report, sep="\n")
    keep = np.abs(fit.lemmas).max(axis=1) > 0.05
    r = lambda a, d=3: np.round(a, d).tolist()  # noqa: E731
    tables = {
        "bias": r(fit.bias, 4), "gravity": list(AS_IT_IS), "system": r(fit.system, 4),
        "system_bias": r(fit.system_bias, 4), "sure": r(fit.sure, 4), "fits": r(fit.fits, 4),
        "prior": dict(zip(classifier.categories, r(fit.prior), strict=True)),
        "category_bias": dict(zip(classifier.categories, r(fit.category_bias, 2), strict=True)),
        "category_lemmas": _sparse(data.vocabulary, classifier.categories, fit.category_lemmas),
        "rules": _rule_table(classifier, fit.rule),
        "cross": r(fit.cross), "own": dict(zip(system_sign_names(), r(fit.own), strict=True)),
        "signs": dict(zip(sign_names(classifier), r(fit.signs), strict=True)),
        "lemmas": {name: w for name, w, k in zip(data.vocabulary, r(fit.lemmas, 3), keep, strict=True) if k},
    }  # fmt: skip
    _write(tables)
    tables["gravity"] = gravity_scale()  # reads the file just written
    _write(tables)
    print(f"{len(rows)} texts, {int(keep.sum())} lemmas; gravity {tables['gravity']}")


def _write(tables: dict[str, object]) -> None:
    lines = [f'"{key}": ' + _lines(value) for key, value in tables.items()]
    (ROOT / "lexicons/ru/models.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def of_class(folder: Path = ROOT / "tests" / "gold") -> list[tuple[str, str]]:
    """Complaints of the own gold with the class that their writers gave them."""
    found: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in (json.loads(line) for line in path.read_text("utf-8").splitlines()):
            if "graver" in row:
                named = re.match(r"([A-D])\s*/\s*([A-D])", row.get("classes") or row["why"])
                found += zip((row["graver"], row["milder"]), named.groups(), strict=True) if named else []
            elif path.name.startswith("classes"):
                found.append((row["text"], row["class"]))
            elif path.name in {"open.jsonl", "sealed.jsonl"} and row["severity"]:
                found.append((row["text"], "DCBA"[row["severity"] - 1]))
    return found


class Judge(Labeller):
    """A labeller that remembers what the severities of its last chunk were made of."""

    def _severities(self, base: np.ndarray, facts: np.ndarray, gravity: np.ndarray, labels: Labels) -> np.ndarray:
        self.parts = base, facts, told_by(labels, self._relief_columns, len(RELIEFS))
        return super()._severities(base, facts, gravity, labels)

    def classes(self, gravity: np.ndarray) -> list[str]:
        """Classes of the last chunk's texts, were their gravity another."""
        base, facts, relief = self.parts
        return [severity_class(x) for x in severity(base, facts, gravity, relief=relief).tolist()]


def gravity_scale() -> list[float]:
    """How far the model's gravity is spread and whereto: [mean, spread, centre] of `assess.severity.stretched`.

    A ridge regression answers near its mean. Of the gold's complaints of D to B that tell no fact, so that words alone
    decide, the answers get the spread of the classes; they are moved to where most of the gold's classes come right.
    """
    gold = of_class()
    judge, letters = Judge(load_lexicon(), Forms()), [letter for _, letter in gold]
    labels = judge.label([text for text, _ in gold])
    alone = np.array([not {*FACT_NAMES}.intersection(sign_names_of(int(bits))) for bits in labels.signs])
    alone &= np.array([letter != "A" for letter in letters])
    said = labels.gravity[alone]
    meant = np.array([STEPS["-DCBA".index(letter)] for letter in letters])[alone]
    mean, spread = round(float(said.mean()), 3), round(float(meant.std() / said.std()), 3)

    def right(centre: float) -> int:
        given = judge.classes(stretched(labels.gravity, (mean, spread, centre)))
        return sum(a == b for a, b in zip(given, letters, strict=True))

    return [mean, spread, max(CENTRES, key=right)]


def _sparse(lemmas: list[str], categories: list[str], weights: np.ndarray) -> dict[str, dict[str, float]]:
    """Weights by lemma, then by category, without the zeros."""
    table: dict[str, dict[str, float]] = {}
    for i, c in zip(*np.nonzero(np.round(weights, 1)), strict=True):
        table.setdefault(lemmas[i], {})[categories[c]] = round(float(weights[i, c]), 1)
    return table


def _rule_table(classifier: Classifier, rule: np.ndarray) -> dict[str, float]:
    """Log odds of the rules that the invented texts say anything of, by category and term."""
    usual = float(np.median(rule))
    return {"": round(usual, 2)} | {
        f"{r.target}|{r.term.text}": round(float(value), 2)
        for r, value in zip(classifier.lexicon.rules, rule, strict=True)
        if abs(value - usual) > 0.05
    }


def _lines(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{\n"
            + ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in value.items())
            + "\n}"
        )
    return json.dumps(value)


if __name__ == "__main__":
    main()
