"""Scores the labels: on the packaged invented gold, and on ../shared/data where that stands beside the repository.

usage: quality.py [--floors] [--sealed] [--systems]
  --floors    the packaged gold only; exit code 1 where a figure is under benchmarks/floors.toml
  --sealed    the sealed half too: opened at the end of a piece of work only, never while tuning
  --systems   right, wrong and missed of every system under each gold
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import claims
import pii
import readings
from svc.analyzers.config import Settings, cache_folder
from svc.analyzers.pipeline import analyze
from svc.analyzers.vocabulary import COUNTED, severity_class

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
SHARED = ROOT.parent / "shared" / "data"
SEED = 20261121
OWN_GAP, SHARED_GAP = 2, 1.5  # severities this far apart (of 0-4) must be ordered; the shared gold's are means of two

CLAIM_FIGURES = ("amount", "demands F1", "deadline", "escalation F1", "dates", "promise F1", "effort", "law F1")

Row = dict[str, Any]


@dataclass(frozen=True)
class Corpus:
    """A shared set, and which of its rows tell a problem for certain (True), or none (False)."""

    name: str
    folder: str
    problem: Callable[[Row], bool | None] | None = None


def by_label(row: Row) -> bool | None:
    """Negative against positive; the rest takes no part."""
    return {"negative": True, "positive": False}.get(row["label"])


def by_rating(row: Row) -> bool | None:
    """1-2 against 4-5; a rejected mark stands empty."""
    return {"1": True, "2": True, "4": False, "5": False}.get(row["rating"][:1])


CORPORA = (
    Corpus("domrf", "domrf_bankiru_reviews_2006_2024", by_label),
    Corpus("sravni", "gazprombank_sravni_reviews_2023_2025", by_rating),
    Corpus("restaurants", "sentirueval2015_restaurants", by_label),
    Corpus("rutube", "rutube_support_2024"),
)


@dataclass
class Gold:
    """What a text must get. `wanted` and `allowed` differ where two readers disagree: neither required nor punished."""

    kind: str | None
    wanted: set[str]
    allowed: set[str]
    severity: float


@dataclass
class Score:
    """Counts over a gold; the figures are read from them."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    kinds: int = 0
    kinds_right: int = 0
    severity: list[tuple[float, float]] = field(default_factory=list)

    def add(self, gold: Gold, row: Row) -> None:
        """Compare one row with its gold."""
        given = systems_of(row)
        self.right.update(given & gold.wanted)
        self.wrong.update(given - gold.allowed)
        self.missed.update(gold.wanted - given)
        if gold.kind is not None:
            self.kinds += 1
            self.kinds_right += row["kind"] == gold.kind
        self.severity.append((gold.severity, row["severity"] or 0.0))

    def figures(self, gap: float) -> dict[str, float]:
        """Shares in [0, 1] by name."""
        tp, fp, fn = self.right.total(), self.wrong.total(), self.missed.total()
        return {
            "kind": self.kinds_right / max(1, self.kinds),
            "systems_f1": f1(tp, fp, fn),
            "systems_precision": tp / max(1, tp + fp),
            "systems_recall": tp / max(1, tp + fn),
            "severity_order": ordered(self.severity, gap),
        }


def f1(right: int, wrong: int, missed: int) -> float:
    """2 tp / (2 tp + fp + fn)."""
    return 2 * right / max(1, 2 * right + wrong + missed)


def ordered(pairs: Sequence[tuple[float, float]], gap: float) -> float:
    """Share of pairs at least `gap` apart in gold that the given values put in the same order; a tie is a half."""
    total = good = 0.0
    for i, (x, p) in enumerate(pairs):
        for y, q in pairs[:i]:
            if abs(x - y) >= gap:
                total += 1
                good += 0.5 if p == q else (p - q) * (x - y) > 0
    return good / max(1.0, total)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Chance that a problem's value is over a praise's; a tie is a half (Mann-Whitney)."""
    ranked = sorted([(value, True) for value in positive] + [(value, False) for value in negative])
    total, at = 0.0, 0
    while at < len(ranked):
        stop = at
        while stop < len(ranked) and ranked[stop][0] == ranked[at][0]:
            stop += 1
        total += sum(is_problem for _, is_problem in ranked[at:stop]) * (at + stop + 1) / 2
        at = stop
    n, m = len(positive), len(negative)
    return (total - n * (n + 1) / 2) / max(1, n * m)


def systems_of(row: Row) -> set[str]:
    """Systems given to a row."""
    return {category["system"] for category in row["categories"]}


def jsonl(path: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def labelled(path: Path) -> list[Row]:
    """The rows that `svc analyze --rows --no-mask` writes for a file, in its order."""
    settings = Settings(rows=True, masked=False, top=0, quotes=0, cache=cache_folder())
    rows = analyze([str(path)], settings, "benchmark").rows
    assert rows is not None
    found = list(rows)
    rows.close()
    return found


def label_texts(texts: Iterable[tuple[str, str]]) -> dict[str, Row]:
    """Rows by id for (id, text) pairs."""
    with tempfile.TemporaryDirectory(prefix="svc-quality-") as folder:
        path = Path(folder) / "texts.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "text"])
            writer.writerows(texts)
        return {row["id"]: row for row in labelled(path)}


def score_own(name: str) -> Score:
    """Score a half of the packaged gold."""
    gold = jsonl(GOLD / f"{name}.jsonl")
    rows = label_texts((item["id"], item["text"]) for item in gold)
    score = Score()
    for item in gold:
        wanted = set(item["systems"])
        score.add(Gold(item["kind"], wanted, wanted, item["severity"]), rows[item["id"]])
    return score


def score_pairs() -> dict[str, float]:
    """Texts that differ in what turns a complaint around: the pain must get its system, the clean one must not."""
    pairs = jsonl(GOLD / "pairs.jsonl")
    rows = label_texts((f"{pair['id']}-{side}", pair[side]) for pair in pairs for side in ("pain", "clean"))
    pain = [pair["system"] in systems_of(rows[f"{pair['id']}-pain"]) for pair in pairs]
    clean = [pair["system"] not in systems_of(rows[f"{pair['id']}-clean"]) for pair in pairs]
    both = [a and b for a, b in zip(pain, clean, strict=True)]
    return {name: sum(hits) / len(pairs) for name, hits in (("pain", pain), ("clean", clean), ("both", both))}


def score_severity() -> dict[str, float]:
    """Pairs of texts of which one is graver: the share in the right order, a tie for half, by file."""
    found: dict[str, float] = {}
    for path in sorted(GOLD.glob("severity*.jsonl")):
        pairs = jsonl(path)
        texts = [(f"{i}-{side}", pair[side]) for i, pair in enumerate(pairs) for side in ("graver", "milder")]
        rows = label_texts(texts)
        steps = [rows[f"{i}-graver"]["severity"] - rows[f"{i}-milder"]["severity"] for i in range(len(pairs))]
        found[path.stem] = sum(1.0 if step > 0 else 0.5 if step == 0 else 0.0 for step in steps) / len(pairs)
    return found


def score_classes() -> dict[str, float]:
    """Single texts in the proportions of an ordinary flow: the share whose class is right, how often A and B come."""
    found: dict[str, float] = {}
    for path in sorted(GOLD.glob("classes*.jsonl")):
        gold = jsonl(path)
        rows = label_texts((item["id"], item["text"]) for item in gold)
        given = [severity_class(rows[item["id"]]["severity"] or 0.0) for item in gold]
        found[f"{path.stem} right"] = share(one == item["class"] for one, item in zip(given, gold, strict=True))
        for letter in "AB":
            found[f"{path.stem} {letter} given"] = share(one == letter for one in given)
            found[f"{path.stem} {letter} meant"] = share(item["class"] == letter for item in gold)
    return found


def score_shared() -> tuple[Score, dict[str, float]]:
    """Score the real texts as their GUIDE says: a system counts where both readings gave it."""
    first, second = ({item["gid"]: item for item in jsonl(SHARED / "gold" / f"annot_{i}.jsonl")} for i in (1, 2))
    rows = label_texts((item["gid"], item["text"]) for item in jsonl(SHARED / "gold" / "texts.jsonl"))
    score, churn, gap = Score(), 0, 0
    for gid, a in first.items():
        b, row = second[gid], rows[gid]
        kind = a["kind"] if a["kind"] == b["kind"] else None
        one, other = set(a["systems"]), set(b["systems"])
        score.add(Gold(kind, one & other, one | other, (a["severity"] + b["severity"]) / 2), row)
        churn += bool(row["churn"]) in (a["churn"], b["churn"])
        gap += bool(row["promise_gap"]) in (a["promise_gap"], b["promise_gap"])
    return score, {"churn": churn / len(first), "promise_gap": gap / len(first)}


def shuffled(texts: Sequence[str]) -> list[str]:
    """A control without sense: the words of a set dealt anew, each text as long as before."""
    words = [word for text in texts for word in text.split()]
    random.Random(SEED).shuffle(words)
    dealt = iter(words)
    return [" ".join(next(dealt) for _ in text.split()) for text in texts]


def share(hits: Iterable[bool]) -> float:
    """Share of True, 0 of nothing."""
    values = list(hits)
    return sum(values) / max(1, len(values))


def score_corpus(corpus: Corpus, first: dict[tuple[str, int], str]) -> dict[str, str]:
    """One line of the table of shared sets; notes the first category of each row in `first`."""
    path = SHARED / corpus.folder / "data.csv"
    with path.open(encoding="utf-8", newline="") as file:
        source = {row["id"]: row for row in csv.DictReader(file)}
    rows = [row for row in labelled(path) if not row["duplicate"]]
    complaints = [row for row in rows if row["kind"] in COUNTED]
    first |= {(corpus.name, row["row"]): row["categories"][0]["id"] for row in complaints if row["categories"]}
    terms: Counter[str] = Counter()
    for row in complaints:
        terms.update({f"{mention['category']}: {mention['term']}" for mention in row["mentions"]})
    (term, n), *_ = terms.most_common(1) or [("", 0)]
    control = label_texts(enumerate_texts(shuffled([row["text"] for row in rows])))
    figures = {
        "set": corpus.name,
        "rows": str(len(rows)),
        "complaints": str(len(complaints)),
        "coverage": f"{share(bool(row['categories']) for row in complaints):.3f}",
        "rows with a category": f"{share(bool(row['categories']) for row in rows):.3f}",
        "the same, words shuffled": f"{share(bool(row['categories']) for row in control.values()):.3f}",
        "AUC of complaint": "",
        "most frequent term": f"{n / max(1, len(complaints)):.3f} ({term[:60]})",
    }
    if corpus.problem is not None:
        sides: dict[bool | None, list[float]] = {True: [], False: [], None: []}
        for row in rows:
            sides[corpus.problem(source[row["id"]])].append(row["complaint"])
        figures["AUC of complaint"] = f"{auc(sides[True], sides[False]):.3f} ({len(sides[True])}/{len(sides[False])})"
    return figures


def enumerate_texts(texts: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Texts with a number for an id."""
    return ((str(number), text) for number, text in enumerate(texts))


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A Markdown table to stdout."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |")
    print(flush=True)


def print_systems(name: str, score: Score) -> None:
    """What each system got."""
    names = {*score.right, *score.wrong, *score.missed}
    lines = []
    for system in sorted(names, key=lambda s: (-score.wrong[s] - score.missed[s], s)):
        counts = score.right[system], score.wrong[system], score.missed[system]
        lines.append((system, f"{f1(*counts):.2f}", *map(str, counts)))
    table((f"system ({name})", "F1", "right", "wrong", "missed"), lines)


def own_gold(sealed: bool, systems: bool, floors: dict[str, dict[str, float]]) -> bool:
    """Score the packaged gold and print it; False where a figure is under its floor."""
    halves = ("open", "sealed") if sealed else ("open",)
    scores = {name: score_own(name) for name in (*halves, "systems4_open")}
    found = {name: score.figures(OWN_GAP) for name, score in scores.items()} | {"pairs": score_pairs()}
    found["severity"] = score_severity()
    found["classes"] = score_classes()
    for name in halves:
        told = claims.score(name)
        found[f"claims_{name}"] = {key: told[key] for key in CLAIM_FIGURES}
    kept, lines = True, []
    for gold, figures in found.items():
        for name, value in figures.items():
            floor = floors.get(gold, {}).get(name)
            under = floor is not None and round(value, 3) < floor
            kept = kept and not under
            lines.append((gold, name, f"{value:.3f}", "" if floor is None else f"{floor:.3f}" + " UNDER" * under))
    table(("gold", "figure", "value", "floor"), lines)
    if systems:
        for name, score in scores.items():
            print_systems(name, score)
    return kept


def shared_data(systems: bool) -> None:
    """Score the shared sets and print them."""
    if not (SHARED / "gold" / "texts.jsonl").exists():
        print(f"SKIPPED: {SHARED} is absent")
        return
    score, more = score_shared()
    figures = score.figures(SHARED_GAP) | more
    table(("shared gold", "value"), [(name, f"{value:.3f}") for name, value in figures.items()])
    if systems:
        print_systems("shared", score)
    lines, first = [], {}
    for corpus in CORPORA:
        if (SHARED / corpus.folder / "data.csv").exists():
            lines.append(score_corpus(corpus, first))
        else:
            print(f"SKIPPED: {corpus.folder} is absent")
    if lines:
        table(list(lines[0]), [list(line.values()) for line in lines])
        head = "round", "read", "set", "items", "right (one)", "right (other)", "kappa", "still given", "of these right"
        table(head, readings.lines(first))


def main() -> int:
    """Score, print; 1 where a floor does not hold."""
    parser = argparse.ArgumentParser(description="Scores of the labels on the packaged gold and on ../shared/data")
    parser.add_argument("--floors", action="store_true", help="packaged gold only; exit 1 under benchmarks/floors.toml")
    parser.add_argument("--sealed", action="store_true", help="open the sealed half too")
    parser.add_argument("--systems", action="store_true", help="right, wrong and missed of every system")
    options = parser.parse_args()
    floors = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text("utf-8"))
    kept = own_gold(options.sealed, options.systems, floors)
    kept = pii.gold(pii.OPEN + pii.SEALED * options.sealed, floors) and kept
    if options.floors:
        return 0 if kept else 1
    shared_data(options.systems)
    return 0


if __name__ == "__main__":
    sys.exit(main())
