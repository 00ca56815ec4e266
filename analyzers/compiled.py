"""The rules of a lexicon as integer tables: what the matcher steps through. A pure function of the rules.

Compiling twenty-five thousand terms takes the better part of a second, so `lexcache` keeps these tables between runs.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..lexicons import path
from .category import Rule
from .terms import Item
from .tokens import form_keys

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

UNSEEN = 2.0  # matches per 100,000 words taken for a word that the counts lack
NEGATED_SHARE = 0.1  # of a word's occurrences, roughly, that are denied
LIGHT_BETWEEN = 4  # light words that may stand between two words beside their gap
MAINS, PACK_MAINS, SIDES = range(3)  # legs by the time they are looked for
LEMMA, PREFIX, FORM = range(0, 6, 2)  # kinds of atoms; the denied one follows the plain one


@dataclass(frozen=True, slots=True)
class Compiled:
    """Legs, their steps, and the elements that words satisfy.

    An element is the set of words that one place of a leg takes. A leg is anchored at its rarest element; each further
    place is a step. Arrays of steps have the shape (n_legs, most steps of a leg).

    Attributes
    ----------
    often : ndarray of float64 of shape (n_elements,)
        Expected matches of each element per 100,000 words.
    anchor : ndarray of int64 of shape (n_legs,)
        Element of each leg's anchor.
    rule_of : ndarray of int64 of shape (n_legs,)
        Index into `Lexicon.rules`.
    stage : ndarray of int64 of shape (n_legs,)
        `MAINS`, `PACK_MAINS` or `SIDES`.
    pack_of, cue_of : ndarray of int64 of shape (n_rules,)
        The pack that a rule belongs to, and the one it is a cue of; -1 for none.
    steps : ndarray of int64 of shape (n_legs,)
    element_at, gap_at, reach_at : ndarray of int64
        Of each step: its element, the words allowed between, and the same with light words.
    side_at : ndarray of int8
        +1 after the word before, -1 before it, 0 either.
    from_anchor : ndarray of bool
        Whether a step is measured from the anchor.
    join_at, join_leg, join_wanted : ndarray
        The `+` and `-` legs of rule r: ``join_leg[join_at[r]:join_at[r + 1]]``, and which of them must stand there.
    names : ndarray of str
        Atoms, by kind: those of kind k are ``names[kind_at[k]:kind_at[k + 1]]``.
    kind_at : ndarray of int64 of shape (7,)
    atom_at, atom_elements : ndarray of int64
        Elements that atom i satisfies: ``atom_elements[atom_at[i]:atom_at[i + 1]]``.
    """

    often: NDArray[np.float64]
    anchor: Int
    rule_of: Int
    stage: Int
    pack_of: Int
    cue_of: Int
    steps: Int
    element_at: Int
    gap_at: Int
    reach_at: Int
    side_at: NDArray[np.int8]
    from_anchor: Bool
    join_at: Int
    join_leg: Int
    join_wanted: Bool
    names: NDArray[np.str_]
    kind_at: Int
    atom_at: Int
    atom_elements: Int

    def table(self) -> dict[str, NDArray[np.generic]]:
        """The arrays by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def atoms(self, kind: int) -> dict[str, list[int]]:
        """Elements by the atoms of a kind."""
        first, last = self.kind_at[kind : kind + 2].tolist()
        at = self.atom_at[first : last + 1].tolist()
        elements = self.atom_elements.tolist()
        slices = (elements[start:stop] for start, stop in pairwise(at))
        return dict(zip(self.names[first:last].tolist(), slices, strict=True))

    def forms(self, kind: int) -> dict[int, list[int]]:
        """Elements by the key of an exact form."""
        named = self.atoms(kind)
        found: dict[int, list[int]] = {}
        for key, elements in zip(form_keys(list(named)), named.values(), strict=True):
            found.setdefault(key, []).extend(elements)
        return found


def compile_rules(rules: Sequence[Rule], packs: Sequence[str]) -> Compiled:
    """The tables of a lexicon's rules.

    Parameters
    ----------
    rules : sequence of Rule
    packs : sequence of str
        Names of the sector packs, in order.
    """
    return _Compiler(rules, {name: number for number, name in enumerate(packs)}).tables()


@dataclass(frozen=True, slots=True)
class _Leg:
    rule: int
    items: tuple[Item, ...]
    anchor: int


class _Compiler:
    def __init__(self, rules: Sequence[Rule], packs: Mapping[str, int]) -> None:
        self._elements: dict[frozenset[str], int] = {}
        self._cost: list[float] = []
        self._atoms: list[dict[str, list[int]]] = [{} for _ in range(6)]
        self._legs: list[_Leg] = []
        self._main: list[int] = []
        self._joined: list[tuple[int, int, bool]] = []  # (rule, leg, whether it must stand there)
        frequency = _Frequency()
        for number, rule in enumerate(rules):
            self._main.append(self._leg(number, rule.term.main, frequency))
            for wanted, legs in ((True, rule.term.plus), (False, rule.term.minus)):
                for items in legs:
                    self._joined.append((number, self._leg(number, items, frequency), wanted))
        self._pack = np.array([-1 if rule.pack is None else packs[rule.pack] for rule in rules], np.int64)
        self._cue = np.array([packs[rule.target] if rule.use == "cue" else -1 for rule in rules], np.int64)

    def _leg(self, rule: int, items: tuple[Item, ...], frequency: _Frequency) -> int:
        cost = [self._cost_of(item.atoms, frequency) for item in items]
        self._legs.append(_Leg(rule, items, cost.index(min(cost))))
        return len(self._legs) - 1

    def _cost_of(self, atoms: frozenset[str], frequency: _Frequency) -> float:
        """How often an element is met, roughly; an exact sum, so that no order of a set decides between two anchors."""
        number = self._element(atoms)
        if number == len(self._cost):
            self._cost.append(math.fsum(map(frequency, atoms)))
        return self._cost[number]

    def _element(self, atoms: frozenset[str]) -> int:
        number = self._elements.get(atoms)
        if number is None:
            number = self._elements[atoms] = len(self._elements)
            for atom in sorted(atoms):
                denied = atom.startswith("!")
                name = atom[denied:]
                if name.startswith("="):
                    kind, name = FORM, name[1:]
                elif name.endswith("*"):
                    kind, name = PREFIX, name[:-1]
                else:
                    kind = LEMMA
                self._atoms[kind + denied].setdefault(name, []).append(number)
        return number

    def tables(self) -> Compiled:
        joins = sorted(self._joined)
        elements = [numbers for kind in self._atoms for numbers in kind.values()]
        element_at, gap_at, reach_at, side_at, from_anchor = self._steps()
        return Compiled(
            often=np.array(self._cost, np.float64),
            anchor=np.array([self._elements[leg.items[leg.anchor].atoms] for leg in self._legs], np.int64),
            rule_of=np.array([leg.rule for leg in self._legs], np.int64),
            stage=self._stages(),
            pack_of=self._pack,
            cue_of=self._cue,
            steps=np.array([len(leg.items) - 1 for leg in self._legs], np.int64),
            element_at=element_at,
            gap_at=gap_at,
            reach_at=reach_at,
            side_at=side_at,
            from_anchor=from_anchor,
            join_at=np.searchsorted([rule for rule, _, _ in joins], np.arange(len(self._main) + 1)).astype(np.int64),
            join_leg=np.array([leg for _, leg, _ in joins], np.int64),
            join_wanted=np.array([wanted for _, _, wanted in joins], bool),
            names=np.array([name for kind in self._atoms for name in kind], np.str_),
            kind_at=np.cumsum([0, *map(len, self._atoms)]).astype(np.int64),
            atom_at=np.cumsum([0, *map(len, elements)]).astype(np.int64),
            atom_elements=np.array([number for numbers in elements for number in numbers], np.int64),
        )

    def _stages(self) -> Int:
        stage = np.full(len(self._legs), SIDES, np.int64)
        of_pack = (self._pack >= 0) & (self._cue < 0)
        stage[self._main] = np.where(of_pack, PACK_MAINS, MAINS)
        return stage

    def _steps(self) -> tuple[Int, Int, Int, NDArray[np.int8], Bool]:
        width = max((len(leg.items) for leg in self._legs), default=1)
        shape = (len(self._legs), max(width - 1, 1))
        element, gap, reach = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        sides, from_anchor = np.zeros(shape, np.int8), np.zeros(shape, bool)
        for number, leg in enumerate(self._legs):
            steps = [(i, leg.items[i], 1, leg.items[i]) for i in range(leg.anchor + 1, len(leg.items))]
            steps += [(i, leg.items[i], -1, leg.items[i + 1]) for i in range(leg.anchor - 1, -1, -1)]
            for at, (place, item, side, link) in enumerate(steps):
                element[number, at] = self._elements[item.atoms]
                gap[number, at] = link.gap
                reach[number, at] = 1 if link.strict else link.gap + LIGHT_BETWEEN + 1
                sides[number, at] = side if link.ordered else 0
                from_anchor[number, at] = abs(place - leg.anchor) == 1
        return element, gap, reach, sides, from_anchor


class _Frequency:
    """Rough frequency of what an atom matches, from the packaged counts of invented texts: only speed depends on it."""

    def __init__(self) -> None:
        lines = path("ru/frequency.txt").read_text("utf-8").splitlines()
        self._count = {name: int(n) for name, _, n in (line.partition(" ") for line in lines)}
        self._names = sorted(name for name in self._count if not name.startswith("="))
        self._known: dict[str, float] = {}

    def __call__(self, atom: str) -> float:
        """Expected matches per 100,000 words."""
        known = self._known.get(atom)
        if known is None:
            known = self._known[atom] = self._of(atom)
        return known

    def _of(self, atom: str) -> float:
        if atom.startswith("!"):
            return NEGATED_SHARE * self(atom[1:])
        if not atom.endswith("*"):
            return self._count.get(atom, UNSEEN)
        low = bisect_left(self._names, atom[:-1])
        high = bisect_left(self._names, atom[:-1] + "\uffff")
        return UNSEEN + sum(self._count[name] for name in self._names[low:high])
