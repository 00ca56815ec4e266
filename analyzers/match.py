"""All terms against a chunk at once: compiled to integer columns, evaluated by vector steps, no loop over texts or terms.

A leg («!привезти ~2 заказ») is anchored at its rarest word. Every token proposes the legs whose anchor it satisfies; the other
words of those legs are then looked for beside it, one vector step a distance. Legs joined by `+` and `-` meet by sentence.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .forms import Forms
from .lexicon import Lexicon, Rule
from .scope import Scope
from .terms import MIN_PREFIX, NEAR, Item
from .tokens import Tokens, form_key

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

LIGHT_BETWEEN = 4  # light words that may stand between two words beside their gap


@dataclass(frozen=True, slots=True)
class Hits:
    """Places where rules fired, as parallel arrays sorted by (start, rule).

    Attributes
    ----------
    rule : ndarray of int64
        Index into `Lexicon.rules`.
    start, stop : ndarray of int64
        First and one past the last token.
    anchor : ndarray of int64
        The token that proposed the rule.
    """

    rule: Int
    start: Int
    stop: Int
    anchor: Int

    def __len__(self) -> int:
        return len(self.rule)

    def take(self, keep: Bool | Int) -> Hits:
        """The hits at the given places."""
        return Hits(self.rule[keep], self.start[keep], self.stop[keep], self.anchor[keep])


@dataclass(frozen=True, slots=True)
class _Leg:
    rule: int
    items: tuple[Item, ...]
    anchor: int


class Matcher:
    """A lexicon compiled for a form table.

    Parameters
    ----------
    lexicon : Lexicon
        Its rules, in order.
    forms : Forms
        The table whose form ids the chunks use.
    """

    def __init__(self, lexicon: Lexicon, forms: Forms) -> None:
        self.lexicon = lexicon
        self._forms = forms
        self._elements: dict[frozenset[str], int] = {}
        # [plain, negated]: the elements that a lemma, the beginning of one, or a form satisfies
        self._by_atom: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        self._prefixes: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        self._exact: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
        commonness = _commonness(lexicon)
        self._legs: list[_Leg] = []
        self._main: list[int] = []
        self._joined: list[tuple[int, int, int]] = []  # (rule, leg, +1 or -1)
        for number, rule in enumerate(lexicon.rules):
            self._compile(number, rule, commonness)
        self._bytes = (len(self._elements) + 7) // 8
        self._columns()
        # rows of `_bits`: what a met form satisfies, plain and negated; row 0 is a form that no term names
        self._row = np.full((1 << 12, 2), -1, np.int32)
        self._bits = np.zeros((1 << 10, self._bytes), np.uint8)
        self._rows: dict[tuple[int, ...], int] = {(): 0}
        self._proposals: list[list[int]] = [[]]
        self._csr: tuple[Int, Int] | None = None

    # -- compiling ---------------------------------------------------------------------------------------------------

    def _compile(self, number: int, rule: Rule, commonness: Counter[str]) -> None:
        self._main.append(self._leg(number, rule.term.main, commonness))
        for sign, legs in ((1, rule.term.plus), (-1, rule.term.minus)):
            for items in legs:
                self._joined.append((number, self._leg(number, items, commonness), sign))

    def _leg(self, rule: int, items: tuple[Item, ...], commonness: Counter[str]) -> int:
        for item in items:
            self._element(item.atoms)
        cost = [sum(1 + commonness[atom] for atom in item.atoms) for item in items]
        self._legs.append(_Leg(rule, items, cost.index(min(cost))))
        return len(self._legs) - 1

    def _element(self, atoms: frozenset[str]) -> int:
        number = self._elements.get(atoms)
        if number is None:
            number = self._elements[atoms] = len(self._elements)
            for atom in atoms:
                negated = atom.startswith("!")
                name = atom[negated:]
                if name.startswith("="):
                    self._exact[negated].setdefault(form_key(name[1:]), []).append(number)
                elif name.endswith("*"):
                    self._prefixes[negated].setdefault(name[:-1], []).append(number)
                else:
                    self._by_atom[negated].setdefault(name, []).append(number)
        return number

    def _columns(self) -> None:
        width = max((len(leg.items) for leg in self._legs), default=1)
        n = len(self._legs)
        shape = (n, max(width - 1, 1))
        self._steps = np.zeros(n, np.int64)
        # per step: the element, its gap, and the direction (+1 after, -1 before, 0 either) from the last one
        self._element_at = np.zeros(shape, np.int64)
        self._gap_at = np.zeros(shape, np.int64)
        self._side_at = np.zeros(shape, np.int8)
        self._reach_at = np.zeros(shape, np.int64)  # tokens, light ones included
        self._from_anchor = np.zeros(shape, bool)
        self._anchored: dict[int, list[int]] = {}
        for number, leg in enumerate(self._legs):
            anchor = leg.items[leg.anchor]
            self._anchored.setdefault(self._elements[anchor.atoms], []).append(number)
            steps = [(i, leg.items[i], 1, leg.items[i]) for i in range(leg.anchor + 1, len(leg.items))]
            steps += [(i, leg.items[i], -1, leg.items[i + 1]) for i in range(leg.anchor - 1, -1, -1)]
            self._steps[number] = len(steps)
            for at, (place, item, side, link) in enumerate(steps):
                self._element_at[number, at] = self._elements[item.atoms]
                self._gap_at[number, at] = link.gap
                self._reach_at[number, at] = 1 if link.strict else link.gap + LIGHT_BETWEEN + 1
                self._side_at[number, at] = side if link.ordered else 0
                self._from_anchor[number, at] = abs(place - leg.anchor) == 1
        self._main_of = np.array(self._main, np.int64)
        self._is_main = np.zeros(n, bool)
        self._is_main[self._main_of] = True
        self._rule_of = np.array([leg.rule for leg in self._legs], np.int64)

    # -- forms -------------------------------------------------------------------------------------------------------

    def _rows_of(self, ids: NDArray[np.int32], negated: Bool) -> NDArray[np.int32]:
        """Row of `_bits` for each token."""
        if self._forms.size > len(self._row):
            old = self._row
            self._row = np.full((max(self._forms.size, 2 * len(old)), 2), -1, np.int32)
            self._row[: len(old)] = old
        sign = negated.astype(np.int64)
        rows = self._row[ids, sign]
        if (rows < 0).any():
            for form in np.unique(ids[rows < 0]).tolist():
                self._row[form] = self._new_row(form, 0), self._new_row(form, 1)
            self._csr = None
            rows = self._row[ids, sign]
        return rows

    def _new_row(self, form: int, sign: int) -> int:
        forms = self._forms
        found = set(self._exact[sign].get(int(forms.key[form]), ()))
        for lemma_id in (int(forms.lemma[form]), int(forms.second[form])):
            if lemma_id < 0:
                continue
            lemma = forms.lemmas[lemma_id]
            found.update(self._by_atom[sign].get(lemma, ()))
            for stop in range(MIN_PREFIX, min(len(lemma), 14) + 1):
                found.update(self._prefixes[sign].get(lemma[:stop], ()))
        key = tuple(sorted(found))
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = len(self._proposals)
            if row >= len(self._bits):
                self._bits = np.concatenate((self._bits, np.zeros_like(self._bits)))
            for element in key:
                self._bits[row, element >> 3] |= 1 << (element & 7)
            self._proposals.append(sorted({leg for element in key for leg in self._anchored.get(element, ())}))
        return row

    def _proposed(self) -> tuple[Int, Int]:
        """Legs by row, as offsets and values."""
        if self._csr is None:
            lengths = np.array([len(legs) for legs in self._proposals], np.int64)
            values = np.array([leg for legs in self._proposals for leg in legs], np.int64)
            self._csr = (np.concatenate(([0], np.cumsum(lengths))), values)
        return self._csr

    # -- matching ----------------------------------------------------------------------------------------------------

    def match(self, tokens: Tokens, ids: NDArray[np.int32], scope: Scope) -> Hits:
        """Every place where a rule's term stands, whatever its polarity in the text is worth.

        Parameters
        ----------
        tokens : Tokens
            Words of a chunk.
        ids : ndarray of int32 of shape (n_tokens,)
            Their form ids.
        scope : Scope
            Negated and light words.
        """
        rows = self._rows_of(ids, scope.negated)
        offsets, values = self._proposed()
        named = np.flatnonzero(rows > 0)
        counts = offsets[rows[named] + 1] - offsets[rows[named]]
        anchor = np.repeat(named, counts)
        begins = np.cumsum(counts) - counts
        leg = values[np.arange(len(anchor)) + np.repeat(offsets[rows[named]] - begins, counts)]
        start, stop = anchor.copy(), anchor.copy()
        self._follow(tokens, rows, scope, leg, anchor, start, stop)
        found = start >= 0
        return self._join(tokens, leg[found], start[found], stop[found] + 1, anchor[found])

    def _follow(
        self, tokens: Tokens, rows: NDArray[np.int32], scope: Scope, leg: Int, anchor: Int, start: Int, stop: Int
    ) -> None:
        """Look for the other words of each proposed leg; a miss sets its `start` to -1."""
        heavy = np.cumsum(~scope.light)
        last = anchor.copy()
        active = np.flatnonzero(self._steps[leg] > 0)
        step = 0
        while len(active):
            of = leg[active]
            origin = np.where(self._from_anchor[of, step], anchor[active], last[active])
            place = self._beside(tokens, rows, scope, heavy, of, step, origin)
            hit = place >= 0
            start[active[~hit]] = -1
            active, place = active[hit], place[hit]
            last[active] = place
            np.minimum.at(start, active, place)
            np.maximum.at(stop, active, place)
            step += 1
            active = active[self._steps[leg[active]] > step]

    def _beside(
        self, tokens: Tokens, rows: NDArray[np.int32], scope: Scope, heavy: Int, leg: Int, step: int, origin: Int
    ) -> Int:
        """Nearest token that satisfies a step, or -1."""
        element, gap = self._element_at[leg, step], self._gap_at[leg, step]
        side, reach = self._side_at[leg, step], self._reach_at[leg, step]
        byte, bit = element >> 3, (1 << (element & 7)).astype(np.uint8)
        place = np.full(len(leg), -1, np.int64)
        n = len(rows)
        open_ = np.arange(len(leg))
        for distance in range(1, int(reach.max(initial=0)) + 1):
            open_ = open_[reach[open_] >= distance]
            if not len(open_):
                break
            for sign in (1, -1):
                wanted = open_[side[open_] != -sign]
                near = origin[wanted] + sign * distance
                inside = (near >= 0) & (near < n)
                wanted, near = wanted[inside], near[inside]
                hit = (self._bits[rows[near], byte[wanted]] & bit[wanted]) != 0
                wanted, near = wanted[hit], near[hit]
                home = origin[wanted]
                fits = tokens.sentence[near] == tokens.sentence[home]
                low, high = np.minimum(near, home), np.maximum(near, home)
                fits &= heavy[high - 1] - heavy[low] <= gap[wanted]
                place[wanted[fits]] = near[fits]
            open_ = open_[place[open_] < 0]
        return place

    def _join(self, tokens: Tokens, leg: Int, start: Int, stop: Int, anchor: Int) -> Hits:
        """Meet the legs of `+` and `-` terms in their sentences; then one hit a (rule, place)."""
        main = self._is_main[leg]
        rule = self._rule_of[leg]
        keep = main.copy()
        if self._joined and not main.all():
            n = np.int64(len(tokens.key) + 1)
            sides = np.flatnonzero(~main)
            key = np.sort(leg[sides] * n + start[sides])
            for number, side, sign in self._relevant(rule[main], np.unique(leg[sides])):
                at = np.flatnonzero(main & (rule == number))
                near = _near(key, side * n, start[at], tokens)
                keep[at[~near if sign > 0 else near]] = False
        absent = self._needs(leg[~main])
        keep &= ~absent[rule]
        order = np.lexsort((rule[keep], start[keep]))
        rule, start, stop, anchor = rule[keep][order], start[keep][order], stop[keep][order], anchor[keep][order]
        if len(rule) > 1:
            fresh = np.concatenate(([True], (rule[1:] != rule[:-1]) | (start[1:] != start[:-1])))
            rule, start, stop, anchor = rule[fresh], start[fresh], stop[fresh], anchor[fresh]
        return Hits(rule, start, stop, anchor)

    def _relevant(self, rules: Int, sides: Int) -> list[tuple[int, int, int]]:
        met, seen = set(rules.tolist()), set(sides.tolist())
        return [join for join in self._joined if join[0] in met and join[1] in seen]

    def _needs(self, seen: Int) -> Bool:
        """Rules whose `+` side stands nowhere in the chunk."""
        met = set(np.unique(seen).tolist())
        absent = np.zeros(len(self._main), bool)
        for number, side, sign in self._joined:
            if sign > 0 and side not in met:
                absent[number] = True
        return absent


def _near(key: Int, base: int, start: Int, tokens: Tokens) -> Bool:
    """Whether a match of the other leg stands in the sentence of each start, at most `NEAR` words away."""
    at = np.searchsorted(key, base + start)
    found = np.zeros(len(start), bool)
    n = np.int64(len(tokens.key) + 1)
    for side in (at - 1, at):
        inside = (side >= 0) & (side < len(key))
        place = key[np.clip(side, 0, max(len(key) - 1, 0))] - base
        inside &= (place >= 0) & (place < n - 1)
        place = np.clip(place, 0, max(int(n) - 2, 0))
        found |= inside & (tokens.sentence[place] == tokens.sentence[start]) & (np.abs(place - start) <= NEAR)
    return found


def _commonness(lexicon: Lexicon) -> Counter[str]:
    """How often each atom stands in the terms: a stand-in for its frequency when an anchor is chosen."""
    count: Counter[str] = Counter()
    for rule in lexicon.rules:
        for leg in (rule.term.main, *rule.term.plus, *rule.term.minus):
            for item in leg:
                count.update(item.atoms)
    return count
