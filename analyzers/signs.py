"""What a text tells beside its categories, as bits of one number: facts, escalations, demands, what relieves it."""

from __future__ import annotations

from collections.abc import Iterable

from .assess.severity import FACTS, RELIEFS
from .vocabulary import DEMANDS, ESCALATIONS

FACT_NAMES = tuple(fact.marker for fact in FACTS)
RELIEF_NAMES = tuple(relief.marker for relief in RELIEFS)
SIGNS = (*FACT_NAMES, *(name for name in ESCALATIONS if name not in FACT_NAMES), *DEMANDS, *RELIEF_NAMES)
BIT = {name: 1 << i for i, name in enumerate(SIGNS)}


def bits_of(names: Iterable[str]) -> int:
    """The bits of some signs.

    >>> sign_names(bits_of(("court", "harm")))
    ['harm', 'court']
    """
    found = 0
    for name in names:
        found |= BIT[name]
    return found


def sign_names(bits: int) -> list[str]:
    """Names of the set bits of `ChunkLabels.signs`, in the order of `SIGNS`."""
    return [name for name in SIGNS if bits & BIT[name]]
