"""Learns the weights of lexicons/ru/weights.toml from the packaged gold, and cross-validates them.

usage: train_facts.py [--write] [--folds N]

Logistic regression over named marks, one a row of the gold, by Newton's steps with a fixed ridge: the same numbers on
every machine after rounding to two signs. Figures printed are those of texts held out, fold by fold.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from re import fullmatch
from typing import Any

import numpy as np
from claims import rows_of
from svc.analyzers.assess import effort, expectation
from svc.analyzers.assess.amounts import sums
from svc.analyzers.assess.evidence import Case, marks
from svc.analyzers.assess.facts import FactReader
from svc.analyzers.assess.page import Page
from svc.analyzers.assess.stake import DISPUTE, stood
from svc.analyzers.assess.waits import wait_marks
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
FILE = Path(__file__).resolve().parent.parent / "lexicons" / "ru" / "weights.toml"
CORPUS = FILE.parent / "corpus"
OWN = Path(__file__).resolve().parent / "texts"  # written to teach, not to measure
RIDGE, SHIFT = 3.0, 0.8  # ridge; what is added to the log odds
LIGHT, GENERAL = 0.05, 0.7  # what a case of the corpus counts, and one of the gold that was not written for promises
# too rare in the gold to be learned, and plain: «…, хотя обещали»; sooner than promised; directions how to do a thing
PRIORS = {"though": 2.0, "o_better": -0.8, "instructs": -1.5, "c_refusal": -0.5}
SUM_RIDGE = 3.0
CLOSE = 1e-7  # a step that no longer moves the second sign
Example = tuple[set[str], float, float]
Row = dict[str, Any]


def gold(name: str, folder: Path = GOLD) -> list[Row]:
    """Every file of a set, in the order of the ids."""
    rows = [
        json.loads(line)
        for path in sorted([*folder.glob("*.jsonl"), *OWN.glob("*.jsonl")])
        if fullmatch(rf"{name}\d*(_open|_sealed)?", path.stem)
        for line in path.read_text("utf-8").splitlines()
    ]
    return sorted(rows, key=lambda row: row["id"])


def pages(texts: Sequence[str]) -> list[Page]:
    """Texts as the readers of facts see them."""
    forms = Forms()
    tokens = tokenize(list(texts))
    places = FactReader(forms).places(tokens, forms.ids(tokens))
    return [places.page(doc, text) for doc, text in enumerate(texts)]


def learned(rows: Sequence[Example], ridge: float = RIDGE) -> dict[str, float]:
    """Weights by mark, of rows of marks, 1 or 0, and how much a row counts."""
    names = ["bias", *sorted({name for told, *_ in rows for name in told})]
    at = {name: k for k, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    y, count = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    for k, (told, *_) in enumerate(rows):
        x[k, [0, *(at[name] for name in told)]] = 1
    w, penalty = np.zeros(len(names)), np.diag([0.01, *[ridge] * (len(names) - 1)])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (x * (count * p * (1 - p))[:, None]) + penalty
        step = np.linalg.solve(slope, x.T @ (count * (p - y)) + penalty @ w)
        w -= step
        if np.abs(step).max() < CLOSE:
            break
    return {name: round(float(value), 2) for name, value in zip(names, w, strict=True)}


class Waits:
    """Lengths of time of the gold's efforts: the one that makes the days waited is one."""

    def __init__(self) -> None:
        self.rows = gold("effort") + [row for row in gold("claims") if "days_waited" in row]
        self.found = [effort_cases(page) for page in pages([row["text"] for row in self.rows])]

    def learned(self, texts: Iterable[int]) -> dict[str, float]:
        """Weights from some texts of the gold."""
        return learned(
            [(told, float(value == self.rows[k]["days_waited"]), 1.0) for k in texts for told, value in self.found[k]],
            1.0,
        )

    def validated(self, folds: int, show: bool) -> str:
        """The share of texts held out whose days are right, by single lengths of time alone."""
        right = 0
        for fold in range(folds):
            known = self.learned(k for k in range(len(self.rows)) if k % folds != fold)
            for k in range(fold, len(self.rows), folds):
                given = max((value for told, value in self.found[k] if score(known, told) > 0), default=None)
                right += given == self.rows[k]["days_waited"]
                if show and given != self.rows[k]["days_waited"]:
                    print(self.rows[k]["id"], self.rows[k]["days_waited"], given, self.rows[k]["text"])
        return f"{right / len(self.rows):.3f}"


def effort_cases(page: Page) -> list[tuple[set[str], int]]:
    """Marks and days of each length of time of a text."""
    found = effort.lengths(page)
    return [(told, round(length.days)) for told, length in zip(wait_marks(found), found, strict=True)]


def chosen(texts: Sequence[tuple[list[tuple[set[str], float]], float | None]], ridge: float) -> dict[str, float]:
    """Weights by mark where of several things told in a text, or none of them (log odds 0), one is right."""
    names = ["bias", *sorted({name for items, _ in texts for told, _ in items for name in told})]
    at = {name: k for k, name in enumerate(names)}
    blocks: list[tuple[np.ndarray, np.ndarray]] = []
    for items, true in texts:
        x = np.zeros((len(items) + 1, len(names)))
        for k, (told, _) in enumerate(items):
            x[k, [0, *(at[name] for name in told)]] = 1
        right = np.array(
            [value == true for _, value in items] + [true is None or all(value != true for _, value in items)], float
        )
        blocks.append((x, right))
    w, penalty = np.zeros(len(names)), np.diag([0.01, *[ridge] * (len(names) - 1)])
    for _ in range(30):
        slope, hill = penalty @ w, penalty.copy()
        for x, right in blocks:
            p = np.exp(x @ w - (x @ w).max())
            p /= p.sum()
            q = p * right / (p @ right)  # a sum told twice may be meant in either place
            slope += x.T @ (p - q)
            hill += (x.T * p) @ x - np.outer(x.T @ p, x.T @ p)
        step = np.linalg.solve(hill, slope)
        w -= step
        if np.abs(step).max() < CLOSE:
            break
    return {name: round(float(value), 2) for name, value in zip(names, w, strict=True)}


class Promises:
    """The gold with its spans, general gold that tells whether a text has a broken promise, and the packaged corpus."""

    def __init__(self) -> None:
        self.rows = gold("promises") + gold("open") + gold("sealed")
        read = pages([row["text"] for row in self.rows])
        cases = [expectation.cases(page) for page in read]
        self.every = [marks(found) for found in cases]
        self.mine = [self._examples(row, *found) for row, *found in zip(self.rows, cases, self.every, strict=True)]
        told = [
            json.loads(line) for path in sorted(CORPUS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
        ]
        told = [row for row in told if row.get("promise_gap") is not None]
        read = pages([row["text"] for row in told])
        found = [marks(expectation.cases(page)) for page in read]
        self.corpus = [(row["promise_gap"], cases) for row, cases in zip(told, found, strict=True) if cases]

    @staticmethod
    def _examples(row: Row, cases: list[Case], every: list[set[str]]) -> list[Example]:
        """Marks of each case, and whether it is the promise of the gold; the others of such a text are left out."""
        told = row["promise_gap"]
        if not told:
            return [(mine, 0.0, 1.0 if told is None else GENERAL) for mine in every]
        if told is True:
            return []
        at = row["text"].find(told["promised"])
        stop = at + len(told["promised"])
        return [
            (mine, 1.0, 1.0) for case, mine in zip(cases, every, strict=True) if case.start < stop and at < case.end
        ]

    def learned(self, texts: Iterable[int]) -> dict[str, float]:
        """Weights from some texts of the gold and all of the corpus; of a text without spans the likeliest case."""
        texts = list(texts)
        own = [item for k in texts for item in self.mine[k]]
        some = [(self.every[k], GENERAL) for k in texts if self.rows[k]["promise_gap"] is True and self.every[k]]
        some += [(cases, LIGHT) for true, cases in self.corpus if true]
        own += [(told, 0.0, LIGHT) for true, cases in self.corpus if not true for told in cases]
        known = learned([item for item in own if item[2] == 1.0])
        for _ in range(2):
            likeliest = [(max(cases, key=lambda told: score(known, told)), 1.0, count) for cases, count in some]
            known = learned([*own, *likeliest])
        known["bias"] = round(known["bias"] + SHIFT, 2)
        for name, more in PRIORS.items():
            known[name] = round(known.get(name, 0.0) + more, 2)
        return known

    def validated(self, folds: int, show: bool) -> str:
        """Precision, recall and F1 of texts held out: those written for promises, and the general ones."""
        counts = {"promises": [0, 0, 0], "general": [0, 0, 0]}
        for fold in range(folds):
            known = self.learned(k for k in range(len(self.rows)) if k % folds != fold)
            for k in range(fold, len(self.rows), folds):
                row = self.rows[k]
                given, true = any(score(known, told) > 0 for told in self.every[k]), bool(row["promise_gap"])
                count = counts["general" if "severity" in row else "promises"]
                for i, hit in enumerate((given and true, given and not true, true and not given)):
                    count[i] += hit
                if show and given != true:
                    print("missed" if true else "wrong", row["id"], row["text"])
        return ", ".join(
            f"{name} {tp / (tp + fp):.3f} {tp / (tp + fn):.3f} {2 * tp / (2 * tp + fp + fn):.3f}"
            for name, (tp, fp, fn) in counts.items()
        )


class Amounts:
    """The sums of the gold's claims; of the sum in dispute every place where it stands is one."""

    def __init__(self) -> None:
        self.rows = gold("claims")
        self.found: list[list[tuple[set[str], float]]] = []
        given = rows_of((row["id"], row["text"]) for row in self.rows)
        for row, page in zip(self.rows, pages([row["text"] for row in self.rows]), strict=True):
            asked = given[row["id"]]["demands"]
            mine = [item for item in sums(page, asked=asked) if item.role == DISPUTE]
            told = stood(mine, asked, page, claim=given[row["id"]]["kind"] == "claim" or bool(asked))
            self.found.append([(marks, item.value) for marks, item in zip(told, mine, strict=True)])

    def learned(self, texts: Iterable[int]) -> dict[str, float]:
        """Weights from some texts: of the sums of a text, and of none, one is right (conditional logit)."""
        return chosen([(self.found[k], self.rows[k]["amount"]) for k in texts if self.found[k]], SUM_RIDGE)

    def validated(self, folds: int, show: bool) -> str:
        """The share of texts held out whose sum, or none, is right; how many sums can be found at all."""
        right = 0
        for fold in range(folds):
            known = self.learned(k for k in range(len(self.rows)) if k % folds != fold)
            for k in range(fold, len(self.rows), folds):
                best = max(((score(known, told), value) for told, value in self.found[k]), default=(0.0, None))
                given = best[1] if best[0] > 0 else None
                right += given == self.rows[k]["amount"]
                if show and given != self.rows[k]["amount"]:
                    print(
                        self.rows[k]["id"],
                        self.rows[k]["amount"],
                        given,
                        [(value, round(score(known, told), 1), sorted(told)) for told, value in self.found[k]],
                        self.rows[k]["text"],
                    )
        told = [k for k, row in enumerate(self.rows) if row["amount"] is not None]
        reached = sum(any(value == self.rows[k]["amount"] for _, value in self.found[k]) for k in told)
        return f"{right / len(self.rows):.3f}, to be found {reached / len(told):.3f}"


def score(known: dict[str, float], told: Iterable[str]) -> float:
    """Log odds of some marks."""
    return known["bias"] + sum(known.get(name, 0.0) for name in told)


def main() -> int:
    """Validate, and write where asked."""
    parser = argparse.ArgumentParser(description="Weights of facts, learned from the packaged gold")
    parser.add_argument("--write", action="store_true", help="write lexicons/ru/weights.toml")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", choices=["short"], help="all but the promises")
    parser.add_argument("--show", action="store_true", help="every text held out that came out wrong")
    options = parser.parse_args()
    amounts = Amounts()
    if options.folds:
        print("amount, held out:", amounts.validated(options.folds, options.show))
    waits = Waits()
    if options.folds:
        print("days waited, held out:", waits.validated(options.folds, options.show))
    if options.only:
        return 0
    promises = Promises()
    if options.folds:
        print("promise, held out: P R F1", promises.validated(options.folds, options.show))
    if options.write:
        known = promises.learned(range(len(promises.rows)))
        tables = {
            "promise": known,
            "amount": amounts.learned(range(len(amounts.rows))),
            "waited": waits.learned(range(len(waits.rows))),
        }
        lines = [
            line
            for name, table in tables.items()
            for line in (f"[{name}]", *(f'"{k}" = {v}' for k, v in table.items()))
        ]
        FILE.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
