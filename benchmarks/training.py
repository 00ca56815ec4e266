"""The invented texts of lexicons/ru/corpus as what the models see, and as what they must answer."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from svc.analyzers.classify import Classifier, Labels
from svc.analyzers.features import signs, system_signs, windows
from svc.analyzers.lemma_weights import NEGATED
from svc.analyzers.lemmas import BIT
from svc.analyzers.vocabulary import COUNTED, KINDS, SYSTEMS

ROOT = Path(__file__).resolve().parent.parent
MIN_TEXTS = 3
# Short texts that differ in what turns a complaint around, and what they weigh for the kinds: more of them than that
# make complaints of long praise that has a flaw
CONTRASTS = {"contrasts.jsonl": 0.75, "turns.jsonl": 0.25}
PIECES = "pieces_"  # sentences of complaints, each with what fails by it: nothing but that is learned from them
GRADED = "graded"  # texts of all four steps, written for the severity alone
EMPTY_KINDS = ("light", "pronoun", "preposition", "conjunction", "particle")
OPEN = ("severity*_open.jsonl", "classes*_open.jsonl")  # golds that the severity is learned from, beside those texts
CLASS_STEPS = "-DCBA"  # class by the step of severity
STEPS = (0.1, 0.17, 0.4, 0.62, 0.85)  # middle of the class that each step of the invented texts' severity means
# «works dragging on» is fulfilment by the guide to annotation, whatever office drags: these categories blame both
DRAGS = {"process.long_approval": "fulfilment", "process.mortgage_release": "fulfilment"}


def corpus() -> list[dict]:
    """The invented texts, each once, in an order that files don't decide; last the open golds' of told severity."""
    found: dict[str, dict] = {}
    for file in sorted((ROOT / "lexicons/ru/corpus").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                row = json.loads(line) | {
                    "sector": file.name.startswith(("s_", PIECES)), "weight": CONTRASTS.get(file.name, 1.0),
                    "graded": file.name.startswith(GRADED), "piece": file.name.startswith(PIECES),
                }  # fmt: skip
                found.setdefault(row["text"], row)
    for text, letter in of_class(OPEN):
        row = {"text": text, "kind": "complaint", "severity": CLASS_STEPS.index(letter)}
        found.setdefault(text, row | {"sector": False, "weight": 1.0, "graded": True, "piece": False})
    return list(found.values())


def of_class(names: tuple[str, ...] = ("*.jsonl",), folder: Path = ROOT / "tests" / "gold") -> list[tuple[str, str]]:
    """Complaints of the own gold with the class that their writers gave them."""
    found: list[tuple[str, str]] = []
    for path in sorted({path for name in names for path in folder.glob(name)}):
        for row in (json.loads(line) for line in path.read_text("utf-8").splitlines()):
            if "graver" in row:
                named = re.match(r"([A-D])\s*/\s*([A-D])", row.get("classes") or row["why"])
                found += zip((row["graver"], row["milder"]), named.groups(), strict=True) if named else []
            elif path.name.startswith("classes"):
                found.append((row["text"], row["class"]))
            elif path.name in {"open.jsonl", "sealed.jsonl"} and row["severity"]:
                found.append((row["text"], CLASS_STEPS[row["severity"]]))
    return found


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
        self.weight = np.array([row["weight"] for row in rows])
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
