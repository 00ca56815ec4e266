"""Make the packaged models from the invented texts of lexicons/ru/corpus (`make models`).

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
from sklearn.linear_model import LogisticRegression
from svc.analyzers import models as m
from svc.analyzers.classify import Classifier, Labels
from svc.analyzers.features import sign_names, signs, system_sign_names, system_signs, windows
from svc.analyzers.forms import Forms
from svc.analyzers.lemmas import is_known
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.tokens import tokenize
from svc.analyzers.vocabulary import KINDS, SYSTEMS

ROOT = Path(__file__).resolve().parent.parent
MIN_TEXTS = 3
KIND_C, SYSTEM_C = 0.6, 0.5
LEMMA, SIGN, OWN, CROSS = 4.0, 1.0, 1.5, 0.5  # scales: how freely each block may weigh in
INNER = 3
PRIOR = 6.0  # texts of the overall precision that a category's own is shrunk by


def corpus() -> list[dict]:
    """The invented texts, each once, in an order that files don't decide."""
    found = {}
    for file in sorted((ROOT / "lexicons/ru/corpus").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                found.setdefault(row["text"], row)
    return list(found.values())


def lemma_names(classifier: Classifier, labels: Labels) -> list[set[str]]:
    """Lemmas of each text, «не_» before the denied ones."""
    names: list[set[str]] = [set() for _ in labels.n_tokens]
    lemma = classifier.forms.lemma[labels.form_ids]
    for doc, number, negated in zip(
        labels.tokens.doc.tolist(), lemma.tolist(), labels.scope.negated.tolist(), strict=True
    ):
        names[doc].add((m.NEGATED if negated else "") + classifier.forms.lemmas[number])
    return names


class View:
    """Texts, or their windows, as features."""

    def __init__(self, classifier: Classifier, labels: Labels, vocabulary: list[str]) -> None:
        self.dense, self.own = signs(classifier, labels), system_signs(classifier, labels)
        index = {name: i for i, name in enumerate(vocabulary)}
        rows, columns = [], []
        names = lemma_names(classifier, labels)
        for row, text in enumerate(names):
            known = [index[name] for name in text if name in index]
            rows += [row] * len(known)
            columns += known
        values = 1 / np.sqrt(np.bincount(rows, minlength=len(names)).clip(1)[rows])
        self.lemmas = sparse.csr_matrix((values, (rows, columns)), (len(names), len(vocabulary)))


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
        self.whole = View(classifier, self.labels, vocabulary)
        self.parts = View(classifier, parts, vocabulary)
        self.given = m.top_by_system(classifier, self.labels)


class Fit:
    """Weights of both stages."""

    def __init__(self, data: Data, kinds: np.ndarray, systems: np.ndarray) -> None:
        self.scale = data.whole.dense.std(axis=0)
        self.scale[self.scale < 1e-9] = 1
        # the second stage learns from what the first says of texts it never saw
        fold, s = np.arange(data.n) % INNER, np.zeros((len(data.owner), len(SYSTEMS)))
        for f in range(INNER):
            self._first(data, kinds, systems, np.flatnonzero(fold != f))
            unseen = fold[data.owner] == f
            s[unseen] = self.window_probabilities(data)[1][unseen]
        self._first(data, kinds, systems, np.arange(data.n))
        self._texts(data, s, systems)
        self._categories(data, s, kinds, systems)

    def _x(self, view: View, system: int | None) -> sparse.csr_matrix:
        blocks = [sparse.csr_matrix(view.dense / self.scale * SIGN), view.lemmas * LEMMA]
        if system is not None:
            blocks += [sparse.csr_matrix(view.own[:, system] * OWN), sparse.csr_matrix(view.own[:, :, 1] * CROSS)]
        return sparse.hstack(blocks).tocsr()

    def _first(self, data: Data, kinds: np.ndarray, systems: np.ndarray, chosen: np.ndarray) -> None:
        """Learned on whole texts: the windows of a long one show only in part what its label says."""
        view = data.whole
        n_dense, n_lemma, n_own = view.dense.shape[1], view.lemmas.shape[1], view.own.shape[2]
        model = LogisticRegression(C=KIND_C, max_iter=3000, tol=1e-4).fit(self._x(view, None)[chosen], kinds[chosen])
        width, k = len(KINDS) + len(SYSTEMS), len(KINDS)
        self.bias = np.zeros(width)
        self.signs, self.lemmas = np.zeros((n_dense, width)), np.zeros((n_lemma, width))
        self.own, self.cross = np.zeros((n_own, len(SYSTEMS))), np.zeros((len(SYSTEMS), len(SYSTEMS)))
        self.bias[:k] = model.intercept_
        self.signs[:, :k] = (model.coef_[:, :n_dense] / self.scale * SIGN).T
        self.lemmas[:, :k] = (model.coef_[:, n_dense:] * LEMMA).T
        for s in range(len(SYSTEMS)):
            model = LogisticRegression(C=SYSTEM_C, solver="liblinear", random_state=0)
            model.fit(self._x(view, s)[chosen], systems[chosen, s].astype(int))
            w = model.coef_[0]
            self.bias[k + s] = model.intercept_[0]
            self.signs[:, k + s] = w[:n_dense] / self.scale * SIGN
            self.lemmas[:, k + s] = w[n_dense : n_dense + n_lemma] * LEMMA
            self.own[:, s] = w[n_dense + n_lemma : n_dense + n_lemma + n_own] * OWN
            self.cross[:, s] = w[n_dense + n_lemma + n_own :] * CROSS

    def window_probabilities(self, data: Data) -> tuple[np.ndarray, np.ndarray]:
        view, k = data.parts, len(KINDS)
        z = self.bias + view.dense @ self.signs + view.lemmas @ self.lemmas
        z[:, k:] += np.einsum("nsk,ks->ns", view.own, self.own) + view.own[:, :, 1] @ self.cross
        return m.softmax(z[:, :k]), m.sigmoid(z[:, k:])

    def _texts(self, data: Data, s: np.ndarray, systems: np.ndarray) -> None:
        parts = m.system_parts(s, data.owner, data.n, data.given)
        n, width = data.n * len(SYSTEMS), parts.shape[2]
        x = np.concatenate((parts.reshape(n, width), np.tile(np.eye(len(SYSTEMS)), (data.n, 1)) * 0.5), axis=1)
        model = LogisticRegression(C=0.5, max_iter=3000).fit(x, systems.reshape(-1).astype(int))
        self.system = model.coef_[0][:width]
        self.system_bias = model.intercept_[0] + model.coef_[0][width:] * 0.5

    def _categories(self, data: Data, s: np.ndarray, kinds: np.ndarray, systems: np.ndarray) -> None:
        """Which of the categories that the rules found a text is about: right where its system is blamed."""
        blamed = m.sigmoid(m.system_parts(s, data.owner, data.n, data.given) @ self.system + self.system_bias)
        doc, category, x = m.category_parts(data.classifier, data.labels, blamed)
        complaint = np.isin(kinds[doc], [KINDS.index("complaint"), KINDS.index("claim")])
        doc, category, x = doc[complaint], category[complaint], x[complaint]
        y = systems[doc, data.classifier.system_of[category]].astype(int)
        n = len(data.classifier.categories)
        right, seen = np.bincount(category, y, minlength=n), np.bincount(category, minlength=n)
        mean = y.mean()
        prior = (right + PRIOR * mean) / (seen + PRIOR)
        self.prior = np.log(prior / (1 - prior))
        # the prior without the text itself, so that a rare category does not know its own answer
        own = (right[category] - y + PRIOR * mean) / (seen[category] - 1 + PRIOR)
        x = np.concatenate((x, np.log(own / (1 - own))[:, None]), axis=1)
        model = LogisticRegression(C=1.0, max_iter=2000).fit(x, y)
        self.category = np.concatenate((model.intercept_, model.coef_[0]))
        p = model.predict_proba(x)[:, 1]
        for t in (0.35, 0.45, 0.5, 0.55, 0.6):
            kept = y[p >= t]
            print(
                f"  categories kept at {t}: {(p >= t).mean():.2f}, right {kept.mean():.3f}, "
                f"of the right {kept.sum() / y.sum():.2f}"
            )

    def text_probabilities(self, data: Data) -> tuple[np.ndarray, np.ndarray]:
        k, s = self.window_probabilities(data)
        systems = m.system_parts(s, data.owner, data.n, data.given) @ self.system + self.system_bias
        return m.mean_of_windows(k, data.owner, data.n), m.sigmoid(systems)


def out_of_fold(classifier: Classifier, rows: list[dict], folds: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of each text by models that never saw it."""
    kinds = np.array([KINDS.index(row["kind"]) for row in rows])
    systems = np.array([[s in row["systems"] for s in SYSTEMS] for row in rows])
    fold = np.arange(len(rows)) % folds
    pk, ps = np.zeros((len(rows), len(KINDS))), np.zeros((len(rows), len(SYSTEMS)))
    for f in range(folds):
        train, test = np.flatnonzero(fold != f), np.flatnonzero(fold == f)
        data = Data(classifier, [rows[i]["text"] for i in train])
        fit = Fit(data, kinds[train], systems[train])
        pk[test], ps[test] = fit.text_probabilities(Data(classifier, [rows[i]["text"] for i in test], data.vocabulary))
    return pk, ps


def micro_f1(gold: np.ndarray, given: np.ndarray) -> float:
    """2 tp / (2 tp + fp + fn)."""
    tp, fp, fn = (gold & given).sum(), (~gold & given).sum(), (gold & ~given).sum()
    return float(2 * tp / max(1, 2 * tp + fp + fn))


def write_frequencies(classifier: Classifier, labels: Labels) -> None:
    """How often lemmas and forms (`=form`) stand in the invented texts, per 100,000 words: rare ones are anchors."""
    lemma = classifier.forms.lemma[labels.form_ids]
    count = Counter(classifier.forms.lemmas[number] for number in lemma.tolist())
    count.update("=" + labels.tokens.form(i) for i in range(len(labels.tokens.key)))
    scale = 100_000 / len(labels.tokens.key)
    lines = [f"{name} {round(n * scale)}" for name, n in sorted(count.items()) if n >= MIN_TEXTS]
    (ROOT / "lexicons/ru/frequency.txt").write_text("\n".join(lines) + "\n", "utf-8")


def write_words(rows: list[dict]) -> None:
    """The packaged words that typos are mended to: forms of the invented texts that the dictionary knows."""
    tokens = tokenize([row["text"] for row in rows])
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
    kinds = np.array([KINDS.index(row["kind"]) for row in rows])
    systems = np.array([[s in row["systems"] for s in SYSTEMS] for row in rows])
    if "--check" in sys.argv:
        pk, ps = out_of_fold(classifier, rows)
        print(f"{len(rows)} texts, 4 folds: kind {(pk.argmax(1) == kinds).mean():.3f}")
        for t in (0.25, 0.3, 0.35, 0.4, 0.5):
            print(f"  systems at {t}: F1 {micro_f1(systems, ps >= t):.3f}")
        return
    data = Data(classifier, [row["text"] for row in rows])
    write_frequencies(classifier, data.labels)
    fit = Fit(data, kinds, systems)
    keep = np.abs(fit.lemmas).max(axis=1) > 0.05
    r = lambda a, d=3: np.round(a, d).tolist()  # noqa: E731
    tables = {
        "bias": r(fit.bias, 4), "system": r(fit.system, 4),
        "system_bias": r(fit.system_bias, 4), "category": r(fit.category, 4),
        "prior": dict(zip(classifier.categories, r(fit.prior), strict=True)),
        "cross": r(fit.cross), "own": dict(zip(system_sign_names(), r(fit.own), strict=True)),
        "signs": dict(zip(sign_names(classifier), r(fit.signs), strict=True)),
        "lemmas": {name: w for name, w, k in zip(data.vocabulary, r(fit.lemmas, 2), keep, strict=True) if k},
    }  # fmt: skip
    lines = [f'"{key}": ' + _lines(value) for key, value in tables.items()]
    (ROOT / "lexicons/ru/models.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(f"{len(rows)} texts, {int(keep.sum())} lemmas")


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
