"""What blind readers said of the labels: shares right and Cohen's kappa, from verdicts kept without any text.

`tests/gold/readings.jsonl` holds a verdict of two readers (`a`, `b`) on the first category of a text, or on a mention,
by set and row of ../shared/data. A round was read on the labels of its day; `now` says what of it still stands.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "tests" / "gold" / "readings.jsonl"

Verdict = dict[str, Any]


def readings() -> list[Verdict]:
    """All verdicts kept."""
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines() if line.strip()]


def kappa(verdicts: Sequence[Verdict]) -> float:
    """Cohen's kappa of the two readers: agreement beyond chance, in [-1, 1] (J. Cohen, 1960)."""
    n = len(verdicts)
    same = sum(v["a"] == v["b"] for v in verdicts) / n
    a, b = sum(v["a"] for v in verdicts) / n, sum(v["b"] for v in verdicts) / n
    chance = a * b + (1 - a) * (1 - b)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def lines(first: Mapping[tuple[str, int], str]) -> list[tuple[str, ...]]:
    """A line a round, kind of reading and set.

    Parameters
    ----------
    first : mapping of (set, row) to category
        The first category that the present labels give to each row.

    Returns
    -------
    list of tuple of str
        Round, what, set, items, right by one reader and the other, kappa; for categories how many are still given, and
        which share of these is right.
    """
    groups: dict[tuple[int, str, str], list[Verdict]] = defaultdict(list)
    for verdict in readings():
        groups[verdict["round"], verdict["what"], verdict["set"]].append(verdict)
        groups[verdict["round"], verdict["what"], "all"].append(verdict)
    found: list[tuple[str, ...]] = []
    for (number, what, name), mine in sorted(groups.items()):
        still = [v for v in mine if what == "category" and first.get((v["set"], v["row"])) == v["category"]]
        right = sum(v["a"] + v["b"] for v in still) / 2
        found.append(
            (
                str(number), what, name, str(len(mine)), f"{sum(v['a'] for v in mine) / len(mine):.3f}",
                f"{sum(v['b'] for v in mine) / len(mine):.3f}", f"{kappa(mine):.2f}",
                str(len(still)) if still else "", f"{right / len(still):.3f}" if still else "",
            )
        )  # fmt: skip
    return found
