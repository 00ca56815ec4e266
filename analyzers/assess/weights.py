"""Weights of marks, learned from the packaged gold (benchmarks/train_facts.py) and kept in a file one can read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache

from ...lexicons import path


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, float]]:
    return tomllib.loads(path("ru/weights.toml").read_text("utf-8"))


def weights(table: str) -> dict[str, float]:
    """Weights by mark; "bias" is that of nothing told."""
    return _tables()[table]


def weighed(table: str, marks: Iterable[str]) -> float:
    """The sum of the weights of some marks, in log odds; a mark without a weight counts nothing."""
    known = _tables()[table]
    found = known["bias"]
    for mark in sorted(marks):  # in one order: sums of floats depend on it
        found += known.get(mark, 0.0)
    return round(found, 6)
