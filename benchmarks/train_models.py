"""Make the packaged models from the invented texts of lexicons/ru/corpus (`make models`). Needs scikit-learn; run time does not.

usage: train_models.py [--check]     --check: 5-fold scores only, nothing written
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from svc.analyzers.classify import Classifier, Labels
from svc.analyzers.forms import Forms
from svc.analyzers.kind import NEGATED, sign_names, signs
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.vocabulary import KINDS

ROOT = Path(__file__).resolve().parent.parent
MIN_TEXTS = 3
STRENGTH = 0.6


def corpus() -> list[dict]:
    """The invented texts, each once."""
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
    for doc, number, negated in zip(labels.tokens.doc.tolist(), lemma.tolist(), labels.scope.negated.tolist(), strict=True):
        names[doc].add((NEGATED if negated else "") + classifier.forms.lemmas[number])
    return names


def features(classifier: Classifier, texts: list[str], vocabulary: list[str] | None = None):
    """Dense signs, sparse lemmas and the vocabulary."""
    labels = classifier.classify(texts)
    names = lemma_names(classifier, labels)
    if vocabulary is None:
        df = Counter(name for text in names for name in text)
        vocabulary = sorted(name for name, n in df.items() if n >= MIN_TEXTS)
    index = {name: i for i, name in enumerate(vocabulary)}
    rows, columns = [], []
    for row, text in enumerate(names):
        known = [index[name] for name in text if name in index]
        rows += [row] * len(known)
        columns += known
    counts = np.bincount(rows, minlength=len(texts)).clip(1)
    values = 1 / np.sqrt(counts[rows])
    return signs(classifier, labels), sparse.csr_matrix((values, (rows, columns)), (len(texts), len(vocabulary))), vocabulary


def fit(dense: np.ndarray, lemmas: sparse.csr_matrix, y: np.ndarray):
    """Weights on raw features; the dense ones are scaled for the fit only."""
    scale = dense.std(axis=0)
    scale[scale < 1e-9] = 1
    x = sparse.hstack([sparse.csr_matrix(dense / scale), lemmas * 4]).tocsr()
    model = LogisticRegression(C=STRENGTH, max_iter=3000, tol=1e-6)
    model.fit(x, y)
    n = dense.shape[1]
    return model.intercept_, (model.coef_[:, :n] / scale).T, (model.coef_[:, n:] * 4).T, model.classes_


def write_frequencies(classifier: Classifier, labels: Labels) -> None:
    """How often lemmas and forms (`=form`) stand in the invented texts, per 100,000 words: the matcher anchors at rare words."""
    lemma = classifier.forms.lemma[labels.form_ids]
    count = Counter(classifier.forms.lemmas[number] for number in lemma.tolist())
    count.update("=" + labels.tokens.form(i) for i in range(len(labels.tokens.key)))
    scale = 100_000 / len(labels.tokens.key)
    lines = [f"{name} {round(n * scale)}" for name, n in sorted(count.items()) if n >= MIN_TEXTS]
    (ROOT / "lexicons/ru/frequency.txt").write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    rows = corpus()
    classifier = Classifier(load_lexicon(), Forms())
    if "--check" not in sys.argv:
        write_frequencies(classifier, classifier.classify([row["text"] for row in rows]))
    y = np.array([KINDS.index(row["kind"]) for row in rows])
    dense, lemmas, vocabulary = features(classifier, [row["text"] for row in rows])
    right = 0
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(dense, y):
        bias, a, b, classes = fit(dense[train], lemmas[train], y[train])
        guess = classes[(bias + dense[test] @ a + lemmas[test] @ b).argmax(axis=1)]
        right += (guess == y[test]).sum()
    print(f"kind: {len(rows)} texts, {len(vocabulary)} lemmas, accuracy in 5 folds {right / len(rows):.3f}")
    if "--check" in sys.argv:
        return
    bias, a, b, classes = fit(dense, lemmas, y)
    assert list(classes) == list(range(len(KINDS)))
    keep = np.abs(b).max(axis=1) > 0.02
    data = {
        "bias": np.round(bias, 4).tolist(),
        "signs": {name: np.round(w, 4).tolist() for name, w in zip(sign_names(classifier), a, strict=True)},
        "lemmas": {name: np.round(w, 3).tolist() for name, w, k in zip(vocabulary, b, keep, strict=True) if k},
    }
    text = "{\n" + ",\n".join(
        f'"{key}": ' + (json.dumps(value) if key == "bias" else "{\n" + ",\n".join(f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in value.items()) + "\n}")
        for key, value in data.items()
    ) + "\n}\n"
    (ROOT / "lexicons/ru/kind.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
