"""Scores the blind texts of tests/gold/fresh: opened once, at the end of a piece of work, and fitted to by nothing.

usage: fresh.py [FOLDER]

Written by helpers who saw the task's words and no code: kinds and systems, pairs and classes of severity, claims with
effort, promises, letters with personal data. Their other halves are the files
`*4_open.jsonl`, `*5_open.jsonl`, `*7_open.jsonl` and `*8_open.jsonl` of tests/gold.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pii
from claims import Tally, rows_of, score_asked, score_claims, score_effort, score_promises
from quality import OWN_GAP, Gold, Row, Score, jsonl, label_texts

FRESH = Path(__file__).resolve().parent.parent / "tests" / "gold" / "fresh"
UNSURE_LAW = "law F1"  # laws are cited there in free text, not as rows write them
APART = 25  # of 100: the height of a class
COUNTED = ("complaint", "claim")
BLAMING = ("complaint", "claim", "suggestion")


def systems(items: list[Row]) -> dict[str, float]:
    """Kinds, systems and the order of severity."""
    rows, score = label_texts((item["id"], item["text"]) for item in items), Score()
    for item in items:
        wanted = set(item["systems"]) if item["kind"] in BLAMING else set[str]()
        score.add(Gold(item["kind"], wanted, wanted, item["severity"]), rows[item["id"]])
    return score.figures(OWN_GAP)


def plain(items: list[Row]) -> dict[str, float]:
    """Kinds, systems, and how often the first category is one of the one to three that the writer named."""
    rows, score = label_texts((item["id"], item["text"]) for item in items), Score()
    for item in items:
        score.add(Gold(item["kind"], set(item["systems"]), set(item["systems"]), 0), rows[item["id"]])
    failing = [item for item in items if item["categories"]]
    first = [next((c["id"] for c in rows[item["id"]]["categories"]), None) for item in failing]
    figures = score.figures(OWN_GAP)
    figures["covered"] = sum(name is not None for name in first) / len(failing)
    right = sum(name in item["categories"] for name, item in zip(first, failing, strict=True))
    figures["first category"] = right / len(failing)
    return {name: value for name, value in figures.items() if "severity" not in name}


def pairs(items: list[Row]) -> dict[str, float]:
    """Twins that differ in what turns a complaint around: the pain is one by its kind, the clean text is none."""
    rows = label_texts((f"{i}-{side}", item[side]) for i, item in enumerate(items) for side in ("pain", "clean"))
    pain = [rows[f"{i}-pain"]["kind"] in COUNTED for i in range(len(items))]
    clean = [rows[f"{i}-clean"]["kind"] not in COUNTED for i in range(len(items))]
    both = sum(a and b for a, b in zip(pain, clean, strict=True))
    n = len(items)
    return {"pain is a complaint": sum(pain) / n, "clean is none": sum(clean) / n, "both by kind": both / n}


def severity(items: list[Row]) -> dict[str, float]:
    """Pairs in the right order, a tie for half, and classes right."""
    rows = label_texts((f"{i}-{side}", item[side]) for i, item in enumerate(items) for side in ("graver", "milder"))
    order, right = 0.0, 0
    for i, item in enumerate(items):
        graver, milder = rows[f"{i}-graver"], rows[f"{i}-milder"]
        step = graver["severity"] - milder["severity"]
        order += 1.0 if step > 0 else 0.5 if step == 0 else 0.0
        right += [graver["class"], milder["class"]] == item["classes"].split("/")
    return {"order": order / len(items), "both classes": right / len(items)}


def classes(items: list[Row]) -> dict[str, float]:
    """Classes right, and how often A and B are given and meant."""
    rows = label_texts((item["id"], item["text"]) for item in items)
    given, meant = [rows[item["id"]]["class"] for item in items], [item["class"] for item in items]
    found = {"right": sum(a == b for a, b in zip(given, meant, strict=True)) / len(items)}
    for letter in "AB":
        found |= {
            f"{letter} given": given.count(letter) / len(items),
            f"{letter} meant": meant.count(letter) / len(items),
        }
    return found


def gravity(items: list[Row]) -> dict[str, float]:
    """Classes right, and the order of texts whose severity lies a class apart, a tie for half."""
    rows = label_texts((item["id"], item["text"]) for item in items)
    steps = [
        rows[graver["id"]]["severity"] - rows[milder["id"]]["severity"]
        for graver in items
        for milder in items
        if graver["severity"] - milder["severity"] >= APART
    ]
    order = sum(1.0 if step > 0 else 0.5 if step == 0 else 0.0 for step in steps) / len(steps)
    return {"order": order, **classes(items)}


def demanded(items: list[Row]) -> dict[str, float]:
    """Sums, demands, escalation and deadlines of texts of which nothing else was labelled."""
    tally, rows = Tally(False), rows_of((item["id"], item["text"]) for item in items)
    score_asked(items, rows, tally)
    return tally.figures()


def summed(items: list[Row]) -> dict[str, float]:
    """Sums and demands of texts of which nothing else was labelled."""
    tally, rows = Tally(False), rows_of((item["id"], item["text"]) for item in items)
    for item in items:
        tally.exact("amount", item, item["amount"], rows[item["id"]]["amount"])
        tally.several("demands", item, set(item["demands"]), set(rows[item["id"]]["demands"]))
    return tally.figures()


def claims(items: list[Row]) -> dict[str, float]:
    """Facts of claims and effort."""
    tally, rows = Tally(False), rows_of((item["id"], item["text"]) for item in items)
    score_claims(items, rows, tally)
    score_effort(items, rows, tally)
    return {name: value for name, value in tally.figures().items() if name != UNSURE_LAW}


def promises(items: list[Row]) -> dict[str, float]:
    """Broken promises, their spans and who promised."""
    tally, rows = Tally(False), rows_of((item["id"], item["text"]) for item in items)
    for item in items:
        if item["promise_gap"] and item["promise_gap"]["by"] == "company":  # the writer's word for nobody named
            item["promise_gap"]["by"] = "other"
    score_promises(items, rows, tally)
    return tally.figures()


def letters(items: list[Row]) -> dict[str, float]:
    """Identifiers that survive the masking, and other words eaten by it."""
    score = pii.Score()
    for item in items:
        score.add(item)
    return score.figures()


SCORERS = {
    "systems": systems, "plain7": plain, "pairs7": pairs, "severity4": severity, "classes": classes, "claims": claims,
    "promises_a": promises, "promises_b": promises, "gravity5": gravity, "claims5": demanded,
    "promises5": promises, "sums6": summed, "severity8": severity, "severity8_hard": severity, "letters8": letters,
    "sums8": summed, "pairs8": pairs,
}  # fmt: skip


def main() -> int:
    """Score and print."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FRESH
    print("| set | texts | figure | value |\n|---|---|---|---|")
    for name, scorer in SCORERS.items():
        items = jsonl(folder / f"{name}.jsonl")
        for figure, value in scorer(items).items():
            print(f"| {name} | {len(items)} | {figure} | {value:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
