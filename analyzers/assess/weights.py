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
    known = hundredths(table)
    return (known["bias"] + sum(known.get(mark, 0) for mark in marks)) / 100


@lru_cache
def hundredths(table: str) -> dict[str, int]:
    """Weights as whole numbers, as they are written: their sum does not depend on the order."""
    return {mark: round(100 * weight) for mark, weight in weights(table).items()}
