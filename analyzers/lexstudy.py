"""What a file of complaints says of a lexicon: what it covers, what it lacks, what a change of it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .config import Settings
from .pipeline import analyze
from .records import Uncovered
from .vocabulary import COUNTED

Row = dict[str, Any]

COMMON_TERMS = 10  # shown, commonest first
MAX_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a file's complaints a lexicon explains.

    Attributes
    ----------
    complaints, covered, by_rule : int
        Counted complaints; those with a category; those with one that a rule found.
    terms : list of (term, category, n)
        The commonest terms: one in too many texts is too wide.
    phrases : list of Uncovered
        Frequent word pairs of complaints without a category.
    unused : list of str
        Categories that no complaint has.
    """

    complaints: int
    covered: int
    by_rule: int
    terms: list[tuple[str, str, int]]
    phrases: list[Uncovered]
    unused: list[str]


def labelled(inputs: Sequence[str], settings: Settings) -> tuple[list[Row], list[Uncovered]]:
    """Counted complaints of the inputs as rows, and the phrases outside every category."""
    result = analyze(inputs, replace(settings, rows=True, quotes=0), "")
    rows = [row for row in result.rows or () if row["kind"] in COUNTED and not row["duplicate"]]
    if result.rows is not None:
        result.rows.close()
    return rows, result.report.uncovered


def coverage(inputs: Sequence[str], settings: Settings, categories: Iterable[str]) -> Coverage:
    """Measure a lexicon on a file.

    Parameters
    ----------
    inputs : sequence of str
    settings : Settings
    categories : iterable of str
        All ids of the lexicon.
    """
    rows, phrases = labelled(inputs, settings)
    terms: Counter[tuple[str, str]] = Counter()
    met: set[str] = set()
    for row in rows:
        terms.update({(mention["term"], mention["category"]) for mention in row["mentions"]})
        met.update(given["id"] for given in row["categories"])
    common = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:COMMON_TERMS]
    return Coverage(
        len(rows),
        sum(bool(row["categories"]) for row in rows),
        sum(any(given["by"] == "rule" for given in row["categories"]) for row in rows),
        [(term, category, n) for (term, category), n in common],
        phrases,
        [name for name in categories if name not in met],
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A complaint whose categories differ under two lexicons."""

    id: str
    source: str
    row: int
    lost: list[str]
    gained: list[str]
    kind: tuple[str, str]
    text: str


def diff(inputs: Sequence[str], settings: Settings, old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Rows that two lexicons label differently, in input order.

    Parameters
    ----------
    old, new : sequence of str
        Lexicon files on top of the packaged ones; empty for the packaged alone.
    """
    sides: list[list[Row]] = []
    for lexicons in (old, new):
        result = analyze(inputs, replace(settings, rows=True, quotes=0, lexicons=tuple(lexicons)), "")
        sides.append(list(result.rows or ()))
        if result.rows is not None:
            result.rows.close()
    changes: list[Change] = []
    for before, after in zip(*sides, strict=True):
        was, now = ({given["id"] for given in row["categories"]} for row in (before, after))
        if was != now or before["kind"] != after["kind"]:
            changes.append(
                Change(
                    after["id"], after["source"], after["row"], sorted(was - now), sorted(now - was),
                    (before["kind"], after["kind"]), after["text"],
                )
            )  # fmt: skip
    return changes
