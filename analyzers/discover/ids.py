"""Ids that stay: a hash of what a theme is about, and matching with the themes of an earlier report."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..records import Theme

FAR = 0.65  # distance from which two themes are not the same


def theme_id(lemmas: Sequence[str], salt: str = "") -> str:
    """``t-`` and 8 base32 letters of the hash of the sorted lemmas.

    >>> theme_id(["код", "вход"]) == theme_id(["вход", "код"])
    True
    """
    text = "\n".join(sorted(lemmas)) + salt
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return "t-" + base64.b32encode(digest).decode("ascii").lower()


@dataclass(frozen=True, slots=True)
class Known:
    """A theme of an earlier report.

    Attributes
    ----------
    terms : mapping of str to float
        Weight of its words.
    """

    id: str
    terms: Mapping[str, float]


def distance(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """1 - cosine of two themes' words, in [0, 1].

    >>> distance({"код": 1.0}, {"код": 2.0}), distance({"код": 1.0}, {"вход": 1.0})
    (0.0, 1.0)
    """
    length = math.sqrt(math.fsum(v * v for v in one.values()) * math.fsum(v * v for v in other.values()))
    shared = math.fsum(value * other.get(word, 0.0) for word, value in one.items())
    return round(1 - shared / length, 4) if length > 0 else 1.0


def match(found: Sequence[Mapping[str, float]], known: Sequence[Known]) -> dict[int, tuple[int, float]]:
    """Themes found -> (earlier theme, distance), one to one, nearest pairs first."""
    pairs = [(distance(terms, old.terms), i, j) for i, terms in enumerate(found) for j, old in enumerate(known)]
    matched: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for far, i, j in sorted(pairs, key=lambda pair: (pair[0], known[pair[2]].id, pair[1])):
        if far < FAR and i not in matched and j not in used:
            matched[i] = j, far
            used.add(j)
    return matched


def known_of(themes: Sequence[Theme]) -> tuple[Known, ...]:
    """Themes of a saved report as later runs know them."""
    return tuple(Known(theme.id, theme.terms) for theme in themes)
