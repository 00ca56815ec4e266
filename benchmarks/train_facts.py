"""Learns the weights of lexicons/ru/weights.toml from the packaged gold, and cross-validates them.

usage: train_facts.py [--write] [--folds N]

Logistic regression over named marks, one a row of the gold, by Newton's steps with a fixed ridge: the same numbers on
every machine after rounding to two signs. Figures printed are those of texts held out, fold by fold.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from svc.analyzers.assess import expectation, weights
from svc.analyzers.assess.evidence import marks
from svc.analyzers.assess.facts import FactReader
from svc.analyzers.assess.page import Page
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
FILE = Path(__file__).resolve().parent.parent / "lexicons" / "ru" / "weights.toml"
RIDGE = 0.6
Row = dict[str, Any]


def gold(name: str, folder: Path = GOLD) -> list[Row]:
    """Both halves of a set, in the order of the ids."""
    rows = [json.loads(line) for path in sorted(folder.glob(f"{name}_*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return sorted(rows, key=lambda row: row["id"])


def pages(texts: Sequence[str]) -> list[Page]:
    """Texts as the readers of facts see them."""
    forms = Forms()
    tokens = tokenize(list(texts))
    places = FactReader(forms).places(tokens, forms.ids(tokens))
    return [places.page(doc, text) for doc, text in enumerate(texts)]


def learned(rows: Sequence[tuple[set[str], float]], ridge: float = RIDGE) -> dict[str, float]:
    """Weights by mark, of rows of marks and 1 or 0."""
    names = ["bias", *sorted({name for told, _ in rows for name in told})]
    at = {name: k for k, name in enumerate(names)}
    x, y = np.zeros((len(rows), len(names))), np.array([label for _, label in rows])
    for k, (told, _) in enumerate(rows):
        x[k, [0, *(at[name] for name in told)]] = 1
    w, penalty = np.zeros(len(names)), np.diag([0.01, *[ridge] * (len(names) - 1)])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + penalty, x.T @ (p - y) + penalty @ w)
    return {name: round(float(value), 2) for name, value in zip(names, w, strict=True)}


def promise_rows(row: Row, page: Page) -> list[tuple[set[str], float]]:
    """Marks of each case of a text, and whether it is the promise of the gold; the others of such a text are left out."""
    found: list[tuple[set[str], float]] = []
    told = row["promise_gap"]
    for case in expectation.cases(page):
        named = marks(page, case)
        if told is None:
            found.append((named, 0.0))
        else:
            at = row["text"].find(told["promised"])
            if case.start < at + len(told["promised"]) and at < case.end:
                found.append((named, 1.0))
    return found


def best(known: dict[str, float], cases: Sequence[set[str]]) -> float:
    return max((known["bias"] + sum(known.get(name, 0.0) for name in told) for told in cases), default=-9.0)


def validated_promises(rows: Sequence[Row], folds: int, ridge: float = RIDGE, show: bool = False) -> tuple[float, float, float]:
    """Precision, recall and F1 of texts held out."""
    read = pages([row["text"] for row in rows])
    data = [promise_rows(row, page) for row, page in zip(rows, read, strict=True)]
    every = [[marks(page, case) for case in expectation.cases(page)] for page in read]
    tp = fp = fn = 0
    for fold in range(folds):
        known = learned([item for k, items in enumerate(data) if k % folds != fold for item in items], ridge)
        for k in range(fold, len(rows), folds):
            given, true = best(known, every[k]) > 0, rows[k]["promise_gap"] is not None
            tp, fp, fn = tp + (given and true), fp + (given and not true), fn + (true and not given)
            if show and given != true:
                print("missed" if true else "wrong", rows[k]["id"], rows[k]["text"][:300], "|", [sorted(x) for x in every[k]][:2])
    return tp / max(1, tp + fp), tp / max(1, tp + fn), 2 * tp / max(1, 2 * tp + fp + fn)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    rows = gold("promises")
    for ridge in (0.3, 0.6, 1.0, 2.0, 4.0):
        print("ridge", ridge, "promise P R F1", *(f"{v:.3f}" for v in validated_promises(rows, options.folds, ridge)))
    validated_promises(rows, options.folds, show=options.show)
    read = pages([row["text"] for row in rows])
    known = learned([item for row, page in zip(rows, read, strict=True) for item in promise_rows(row, page)])
    if options.write:
        lines = ["[promise]"] + [f"{name} = {value}" for name, value in known.items()]
        FILE.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
