"""How bad a complaint is, from the facts it tells.

What failed, who was harmed, what was lost, how often, who is called in:

    told = 1 - (1 - base) * product(1 - add)
    severity = 0.05 + (told + gravity) / 2

`gravity` is that of the words (`Models`, learned from invented texts of known severity, `stretched`). `base` is the
highest of the floors of the facts told (those below class A `tilted` by the gravity) and of the middle between the
categories' own weight and the gravity; a category of class A counts whole, unless the words are mild.
Every further fact takes its share of what is left to 1, but facts of class B, however many, make no class A, and grave
words alone make none either; with a fact or category of class A a text is of class A, unless its words are mild. Where
no fact of class B or A is told and no category is of class A, what the text says to its own relief (a trifle, a trouble
already mended) takes its share off. Exclamation marks, capitals and swearing add nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..vocabulary import CLASSES

Float = NDArray[np.float64]
Bool = NDArray[np.bool_]

UNCATEGORISED = 0.2  # a problem is told, but not which: a real one, time lost
GRAVITY_LEAST, GRAVITY_MOST = 0.05, 0.95
MOST = 0.74  # what no fact and no category of class A may raise
# a fact below class A weighs more in grave words than in mild ones: «не доехал диван» and «не доехал кофе»
TILT, LEVEL = 0.3, 0.36
WORDS = 0.65  # share of the words beside a category's own weight
HEARD, LIFT = 0.5, 0.05  # share of the words beside all that is told; what brings the mean back into the classes
# Gravity under which a fact or category of class A is not believed for itself: «будто почку отрезали», «травите детей»
MILD = 0.4


@dataclass(frozen=True, slots=True)
class Fact:
    """A marker's part in severity."""

    marker: str
    floor: float
    add: float


FACTS = (
    Fact("life_threat", 0.85, 0.1),
    Fact("harm", 0.78, 0.1),
    Fact("data_leak", 0.75, 0.05),
    Fact("discrimination", 0.78, 0.05),
    Fact("fraud_loss", 0.78, 0.05),
    Fact("huge_money", 0.76, 0.05),
    Fact("big_money", 0.7, 0.05),
    Fact("court", 0.76, 0.05),
    Fact("prosecutor", 0.76, 0.05),
    Fact("regulator", 0.76, 0.05),
    Fact("consumer_protection", 0.6, 0.05),
    Fact("police", 0.6, 0.05),
    Fact("damage", 0.6, 0.05),
    Fact("press", 0.5, 0.05),
    Fact("workaround_none", 0.55, 0.08),
    Fact("money_lost", 0.5, 0.05),
    Fact("not_received", 0.5, 0.04),
    Fact("leaving", 0.5, 0.05),
    Fact("many_people", 0.5, 0.08),
    Fact("repeated", 0.4, 0.1),
    Fact("vulnerable", 0.35, 0.1),
    Fact("long_wait", 0.42, 0.05),
    Fact("deadline_broken", 0.35, 0.04),
    Fact("time_lost", 0.3, 0.05),
)


@dataclass(frozen=True, slots=True)
class Relief:
    """A marker that makes a complaint milder, and the share of its severity that it takes off."""

    marker: str
    off: float


RELIEFS = (Relief("trifle", 0.45), Relief("settled", 0.2))
GRAVE = CLASSES[1][1]  # floor of a fact that no relief makes milder


def facts_with(changes: Mapping[str, Mapping[str, float]]) -> tuple[Fact, ...]:
    """`FACTS` with the floors and adds of a user's settings.

    >>> next(fact.floor for fact in facts_with({"harm": {"floor": 0.9}}) if fact.marker == "harm")
    0.9
    """
    return tuple(
        Fact(fact.marker, changes.get(fact.marker, {}).get("floor", fact.floor),
             changes.get(fact.marker, {}).get("add", fact.add))
        for fact in FACTS
    )  # fmt: skip


def reliefs_with(changes: Mapping[str, Mapping[str, float]]) -> tuple[Relief, ...]:
    """`RELIEFS` with the shares of a user's settings.

    >>> reliefs_with({"trifle": {"off": 0.5}})[0].off
    0.5
    """
    return tuple(Relief(one.marker, changes.get(one.marker, {}).get("off", one.off)) for one in RELIEFS)


def stretched(gravity: Float, scale: tuple[float, float, float]) -> Float:
    """Gravity as the model gives it, over the classes.

    A ridge regression keeps its answers near their mean; they are spread and moved so that the classes come right.

    Parameters
    ----------
    gravity : ndarray of float64
    scale : tuple of (float, float, float)
        Mean of the model's answers, how far they are spread, and the mean they are moved to (`Models.stretch`).

    Examples
    --------
    >>> stretched(np.array([0.3, 0.42, 0.5, 0.9]), (0.42, 2.0, 0.36)).tolist()
    [0.12, 0.36, 0.52, 0.95]
    """
    mean, spread, centre = scale
    return np.round(np.clip(centre + spread * (gravity - mean), GRAVITY_LEAST, GRAVITY_MOST), 3)


def severity(
    base: Float, facts: Bool, gravity: Float, weights: Sequence[Fact] = FACTS, relief: Bool | None = None,
    reliefs: Sequence[Relief] = RELIEFS,
) -> Float:  # fmt: skip
    """Severity of each text.

    Parameters
    ----------
    base : ndarray of float64 of shape (n_texts,)
        Highest weight of the text's categories, 0 where it has none.
    facts : ndarray of bool of shape (n_texts, len(FACTS))
        Facts told.
    gravity : ndarray of float64 of shape (n_texts,)
        How grave the words are, `stretched`.
    weights : sequence of Fact, default `FACTS`
        Floors and adds, in the order of `FACTS`.
    relief : ndarray of bool of shape (n_texts, len(RELIEFS)), optional
        What makes a text milder.
    reliefs : sequence of Relief, default `RELIEFS`
        How much milder, in the order of `RELIEFS`.

    Returns
    -------
    ndarray of float64 of shape (n_texts,)
        In [0, 1], rounded to 0.001.

    Examples
    --------
    >>> calm_gas = severity(np.array([0.85]), np.zeros((1, len(FACTS)), bool), np.array([0.5]))
    >>> float(calm_gas[0])
    0.75
    """
    told, grave = told_weight(base, facts, gravity, weights, relief, reliefs)
    value = LIFT + (1 - HEARD) * told + HEARD * gravity
    earnest = grave & (gravity >= MILD)
    whole: Float = np.where(earnest, np.maximum(value, CLASSES[0][1]), np.where(grave, value, np.minimum(value, MOST)))
    return np.round(whole, 3)


def told_weight(
    base: Float, facts: Bool, gravity: Float, weights: Sequence[Fact] = FACTS, relief: Bool | None = None,
    reliefs: Sequence[Relief] = RELIEFS,
) -> tuple[Float, Bool]:  # fmt: skip
    """What the categories, facts and relief of each text tell, without its words; parameters are those of `severity`.

    Returns
    -------
    told : ndarray of float64 of shape (n_texts,)
    grave : ndarray of bool of shape (n_texts,)
        Whether a fact or a category is of class A.
    """
    floors = np.array([fact.floor for fact in weights])
    adds = np.array([fact.add for fact in weights])
    words = np.minimum(gravity, MOST)
    own = middle(base, words)
    told = facts * tilted(floors, words[:, None])
    top = np.maximum(own, told.max(axis=1, initial=0))
    # the fact that gave the floor is spent; the others add
    spent = np.zeros_like(facts)
    rows = np.flatnonzero(facts.any(axis=1))
    spent[rows, (facts * floors)[rows].argmax(axis=1)] = top[rows] > own[rows]
    rest: Float = np.where(facts & ~spent, 1 - adds, 1.0).prod(axis=1)
    grave = top >= CLASSES[0][1]
    # many lesser troubles are no danger: class A needs a fact or a category of class A
    value: Float = np.minimum(1 - (1 - top) * rest, np.where(grave, 1.0, MOST))
    if relief is not None:
        mild = (own < CLASSES[0][1]) & ~facts[:, floors >= GRAVE].any(axis=1)
        off = np.array([one.off for one in reliefs])
        value = np.where(mild, value * np.where(relief, 1 - off, 1.0).min(axis=1), value)
    return value, grave


def tilted(floor: Float, gravity: Float) -> Float:
    """Floors of facts by the gravity of the words; those of class A stand, no other becomes one, none falls to D.

    >>> tilted(np.array([0.5, 0.78]), np.array([0.66, 0.66])).tolist(), float(tilted(np.array(0.5), np.array(0.26)))
    ([0.59, 0.78], 0.47)
    >>> float(tilted(np.array(0.3), np.array(0.05)))
    0.25
    """
    least = np.minimum(floor, CLASSES[2][1])
    moved = np.round(np.clip(floor + TILT * (gravity - LEVEL), least, MOST), 3)
    return np.where(floor < CLASSES[0][1], moved, floor)


def middle(base: Float, gravity: Float) -> Float:
    """Between what the categories weigh and what the words say; a category of class A stands for itself.

    In `MILD` words it is a guess: of the gold's texts that such a category alone called grave, none was.

    >>> middle(np.array([0.4, 0.85, 0.85, 0.0]), np.array([0.6, 0.4, 0.2, 0.5])).tolist()
    [0.53, 0.85, 0.305, 0.395]
    """
    known = np.where(base > 0, base, UNCATEGORISED)
    grave, mild = known >= CLASSES[0][1], gravity < MILD
    between = np.round((1 - WORDS) * np.where(grave, GRAVE, known) + WORDS * gravity, 3)
    return np.where(grave & ~mild, known, between)
