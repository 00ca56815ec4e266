"""Make the packaged models from the invented texts of lexicons/ru/corpus (`make models`; `training` reads them).

Complaints have a `second` reading: the systems, by text and by window, and which categories are right, the main one
first, told by readers who saw neither the writer's labels nor the program. What it tells is learned instead of those.

Needs scikit-learn; run time does not.

usage: train_models.py [--words | --check]     --words: the list only; --check: held-out scores, nothing written
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression, Ridge
from svc.analyzers import models as m
from svc.analyzers.assess.severity import RELIEFS, severity, stretched
from svc.analyzers.classify import Classifier, Labels
from svc.analyzers.features import sign_names, system_sign_names
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller, told_by
from svc.analyzers.lemmas import is_known
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.tokens import tokenize
from svc.analyzers.vocabulary import KINDS, SYSTEMS, severity_class
from training import MIN_TEXTS, Data, Examples, Target, View, corpus, of_class

ROOT = Path(__file__).resolve().parent.parent
KIND_C, SYSTEM_C = 0.2, 0.3
LEMMA, SIGN, OWN, CROSS = 4.0, 1.0, 1.5, 0.5  # scales: how freely each block may weigh in
FARTHEST = 4.0  # deviations that a sign of the systems may be from none
INNER = 3
WORDS_C, WORDS_LEMMA = 1.0, 4.0
MIN_CATEGORY = 5  # texts of a category that its words can be learned from
WORDS_KEPT = 40  # lemmas a category keeps, the weightiest
SEVERITY_ALPHA, SEVERITY_SIGN = 30.0, 0.5
GRADED = 3.0  # what a text written for its severity weighs in learning it
AS_IT_IS = (0.0, 1.0, 0.0)  # gravity as the model gives it
UNSEEN = ("open.jsonl", "*sealed.jsonl")  # golds with classes that the gravity is not learned from
SPREADS, CENTRES = (1.4, 1.6, 1.8), [round(0.3 + 0.01 * i, 2) for i in range(21)]
LESSER = 0.5  # how right a category is that is right beside the main one
PRIOR = 6.0  # texts of the overall precision that a category's own is shrunk by


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
        weight = np.where(target.graded[counted], GRADED, 1.0)
        model = Ridge(alpha=SEVERITY_ALPHA, solver="sparse_cg", tol=1e-8)
        model.fit(x[counted], target.severity[counted], sample_weight=weight)
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

    A ridge regression answers near its mean: its answers are spread and moved to where most of the gold's classes come
    right.
    """
    gold = of_class(UNSEEN)
    judge, letters = Judge(load_lexicon(), Forms()), [letter for _, letter in gold]
    labels = judge.label([text for text, _ in gold])
    mean = round(float(labels.gravity.mean()), 3)

    def right(scale: tuple[float, float]) -> int:
        given = judge.classes(stretched(labels.gravity, (mean, *scale)))
        return sum(a == b for a, b in zip(given, letters, strict=True))

    return [mean, *max(((spread, centre) for spread in SPREADS for centre in CENTRES), key=right)]


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
