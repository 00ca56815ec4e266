"""Weights of marks, learned from the packaged gold (benchmarks/train_facts.py) and kept in a file one can read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ...lexicons import path

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, float]]:
    return tomllib.loads(path("ru/weights.toml").read_text("utf-8"))


def weights(table: str) -> dict[str, float]:
    """Weights by mark; "bias" is that of nothing told."""
    return _tables()[table]


def weighed(table: str, marks: Iterable[str]) -> float:
    """The sum of the weights of some marks, in log odds; a mark without a weight counts nothing."""
    known = _hundredths(table)
    return (known["bias"] + sum(known.get(mark, 0) for mark in marks)) / 100


def summed(table: str, marks: Mapping[str, Bool], n: int) -> Int:
    """As `weighed`, of `n` things at once and in hundredths: which of them has each mark."""
    known = _hundredths(table)
    weight = np.full(n, known["bias"], np.int64)
    for name, has in marks.items():
        weight += known.get(name, 0) * has
    return weight


def names(marks: Mapping[str, Bool], n: int) -> list[set[str]]:
    """Names of the marks of each of `n` things."""
    return [{name for name, has in marks.items() if has[k]} for k in range(n)]


@lru_cache
def _hundredths(table: str) -> dict[str, int]:
    """Weights as whole numbers, as they are written: their sum does not depend on the order."""
    return {mark: round(100 * weight) for mark, weight in weights(table).items()}
