"""Scores the facts of claims, promises and effort on the packaged blind gold (tests/gold).

usage: claims.py [--sealed] [--wrong]
  --sealed   the sealed half too: opened at the end of a piece of work only
  --wrong    every miss of the open half, field by field

Accuracies are over all texts of a half, those with nothing to find included. A promise counts as found where both see
one; `spans` asks for both halves to overlap those of the gold, `by` for the same maker.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from svc.analyzers.config import Settings, cache_folder
from svc.analyzers.pipeline import analyze

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"
TODAY = dt.date(2026, 11, 22)
EFFORT = ("contacts", "days_waited", "visits", "documents")
DATES = ("purchase_date", "claim_date")
MAKERS = {"company": "other"}  # of the gold of later rounds: the company itself, nobody named
Row = dict[str, Any]


def jsonl(path: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def rows_of(texts: Iterable[tuple[str, str]]) -> dict[str, Row]:
    """Labelled rows by id."""
    with tempfile.TemporaryDirectory(prefix="svc-claims-") as folder:
        path = Path(folder) / "texts.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "text"])
            writer.writerows(texts)
        settings = Settings(rows=True, masked=False, top=0, quotes=0, cache=cache_folder(), today=TODAY)
        rows = analyze([str(path)], settings, "benchmark").rows
        assert rows is not None
        found = {row["id"]: row for row in rows}
        rows.close()
    return found


class Tally:
    """Hits and misses by name."""

    def __init__(self, wrong: bool) -> None:
        self._wrong = wrong
        self.right: dict[str, int] = {}
        self.all: dict[str, int] = {}
        self.sets: dict[str, list[int]] = {}

    def exact(self, name: str, item: Row, gold: object, given: object) -> None:
        """An accuracy over all texts, and one over those where the gold has something."""
        for key in (name, name + " (where told)") if gold is not None else (name,):
            self.all[key] = self.all.get(key, 0) + 1
            self.right[key] = self.right.get(key, 0) + (gold == given)
        if gold != given and self._wrong:
            print(f"{item['id']} {name}: gold {gold!r}, given {given!r} | {item['text']}")

    def several(self, name: str, item: Row, gold: set[Any], given: set[Any]) -> None:
        """A micro F1."""
        count = self.sets.setdefault(name, [0, 0, 0])
        for i, part in enumerate((gold & given, given - gold, gold - given)):
            count[i] += len(part)
        if gold != given and self._wrong:
            print(f"{item['id']} {name}: missed {sorted(gold - given)}, wrong {sorted(given - gold)} | {item['text']}")

    def figures(self) -> dict[str, float]:
        """Shares in [0, 1] by name."""
        found = {name: self.right[name] / self.all[name] for name in self.all}
        for name, (tp, fp, fn) in self.sets.items():
            found[f"{name} F1"] = 2 * tp / max(1, 2 * tp + fp + fn)
        return found


def overlap(text: str, span: list[int], part: str) -> bool:
    """Whether a span shares a character with a quoted part of the text."""
    at = text.find(part)
    return at < 0 or (span[0] < at + len(part) and at < span[1])


def score_claims(items: list[Row], rows: dict[str, Row], tally: Tally) -> None:
    """Sums, law, demands, escalation, terms, dates, numbers."""
    for item in items:
        row = rows[item["id"]]
        for name in (*DATES, "order", "contract"):
            tally.exact(name, item, item[name], row[name])
        tally.several("law", item, set(item["law"]), set(row["law"]))
        tally.exact("claim", item, item["claim"], row["kind"] == "claim")
    score_asked(items, rows, tally)
    dates = [sum(tally.right[name] for name in DATES), sum(tally.all[name] for name in DATES)]
    tally.right["dates"], tally.all["dates"] = dates[0], dates[1]


def score_asked(items: list[Row], rows: dict[str, Row], tally: Tally) -> None:
    """Sums, demands, escalation and deadlines."""
    for item in items:
        row = rows[item["id"]]
        for name in ("amount", "penalty", "moral_damage"):
            tally.exact(name, item, item[name], row[name])
        gold = (item["deadline"], item["deadline_days"])
        given = (row["deadline"], row["deadline_days"])
        tally.exact("deadline", item, gold if any(gold) else None, given if any(given) else None)
        for name in ("demands", "escalation"):
            tally.several(name, item, set(item[name]), set(row[name]))


def score_promises(items: list[Row], rows: dict[str, Row], tally: Tally) -> None:
    """Whether a promise was broken, where, and by whom."""
    for item in items:
        gold, given = item["promise_gap"], rows[item["id"]]["promise_gap"]
        tally.several("promise", item, {"gap"} if gold else set(), {"gap"} if given else set())
        if gold and given:
            both = overlap(item["text"], given["promised"], gold["promised"]) and overlap(
                item["text"], given["got"], gold["got"]
            )
            tally.exact("promise spans", item, True, both)
            tally.exact("promise by", item, MAKERS.get(gold["by"], gold["by"]), given["by"])


def score_effort(items: list[Row], rows: dict[str, Row], tally: Tally) -> None:
    """Each of the four numbers."""
    for item in items:
        row = rows[item["id"]]
        for name in EFFORT:
            tally.exact(name, item, item[name], row["effort"][name])
    tally.right["effort"] = sum(tally.right[name] for name in EFFORT)
    tally.all["effort"] = sum(tally.all[name] for name in EFFORT)


SCORERS: dict[str, Callable[[list[Row], dict[str, Row], Tally], None]] = {
    "claims": score_claims, "promises": score_promises, "effort": score_effort,
}  # fmt: skip


def score(half: str, *, wrong: bool = False) -> dict[str, float]:
    """All figures of a half: open or sealed."""
    tally = Tally(wrong)
    for name, scorer in SCORERS.items():
        items = jsonl(GOLD / f"{name}_{half}.jsonl")
        scorer(items, rows_of((item["id"], item["text"]) for item in items), tally)
    return tally.figures()


def main() -> int:
    """Score and print."""
    parser = argparse.ArgumentParser(description="Facts of claims, promises and effort on the packaged gold")
    parser.add_argument("--sealed", action="store_true", help="the sealed half too")
    parser.add_argument("--wrong", action="store_true", help="every miss of the open half")
    options = parser.parse_args()
    for half in ("open", "sealed") if options.sealed else ("open",):
        print(f"| {half} | value |\n|---|---|")
        for name, value in score(half, wrong=options.wrong and half == "open").items():
            print(f"| {name} | {value:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
