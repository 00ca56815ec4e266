"""All terms against a chunk at once: integer columns, evaluated by vector steps, no loop over texts or terms.

A leg («!привезти ~2 заказ») is anchored at its rarest word. Every token proposes the legs whose anchor it satisfies;
the other words of those legs are then looked for beside it, one vector step a distance. Legs joined by `+` and `-`
meet by sentence.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..lexicons import path
from .forms import Forms
from .lexicon import Lexicon, Rule
from .scope import Scope
from .terms import MIN_PREFIX, NEAR, Item
from .tokens import Tokens, form_keys

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

UNSEEN = 2.0  # matches per 100,000 words taken for a word that the counts lack
NEGATED_SHARE = 0.1  # of a word's occurrences, roughly, that are denied
SIGNATURE = 16  # 64-bit words of a Bloom signature
MARGIN = 16  # tokens of room: more than the farthest step, MAX_GAP + LIGHT_BETWEEN + 1
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
        self._cost: list[float] = []
        # [plain, negated]: the elements that a lemma, the beginning of one, or a form satisfies
        self._by_atom: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        self._prefixes: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        self._forms_named: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
        frequency = _Frequency()
        self._legs: list[_Leg] = []
        self._main: list[int] = []
        self._joined: list[tuple[int, int, int]] = []  # (rule, leg, +1 or -1)
        for number, rule in enumerate(lexicon.rules):
            self._compile(number, rule, frequency)
        self._exact = self._by_key(self._forms_named[0]), self._by_key(self._forms_named[1])
        self._bytes = (len(self._elements) + 7) // 8
        self._columns()
        # rows of `_bits`: what a met form satisfies, plain and negated; row 0 is a form that no term names
        self._row = np.full((1 << 12, 2), -1, np.int32)
        self._bits = np.zeros((1 << 10, self._bytes), np.uint8)
        self._signatures = np.zeros((1 << 10, SIGNATURE), np.uint64)
        self._rows: dict[tuple[int, ...], int] = {(): 0}
        self._proposals: list[list[int]] = [[]]
        self._csr = np.zeros(1, np.int64), np.zeros(0, np.int64)
        self._lemma_elements: dict[tuple[int, int], frozenset[int]] = {}

    # -- compiling ---------------------------------------------------------------------------------------------------

    def _compile(self, number: int, rule: Rule, frequency: _Frequency) -> None:
        self._main.append(self._leg(number, rule.term.main, frequency))
        for sign, legs in ((1, rule.term.plus), (-1, rule.term.minus)):
            for items in legs:
                self._joined.append((number, self._leg(number, items, frequency), sign))

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
            for atom in atoms:
                negated = atom.startswith("!")
                name = atom[negated:]
                if name.startswith("="):
                    self._forms_named[negated].setdefault(name[1:], []).append(number)
                elif name.endswith("*"):
                    self._prefixes[negated].setdefault(name[:-1], []).append(number)
                else:
                    self._by_atom[negated].setdefault(name, []).append(number)
        return number

    @staticmethod
    def _by_key(named: dict[str, list[int]]) -> dict[int, list[int]]:
        """Elements by the key of an exact form."""
        found: dict[int, list[int]] = {}
        for key, elements in zip(form_keys(list(named)), named.values(), strict=True):
            found.setdefault(key, []).extend(elements)
        return found

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
        # where each element stands in a signature: only those that a step looks for
        wanted = np.unique(self._element_at[self._steps > 0][:, 0])
        for step in range(1, shape[1]):
            wanted = np.union1d(wanted, self._element_at[self._steps > step][:, step])
        self._slot = np.full(len(self._elements), -1, np.int64)
        self._slot[wanted] = np.arange(len(wanted)) * 193 % (64 * SIGNATURE)
        # word and bit of the first steps' elements in a signature; a leg without the step asks for no bit
        slots = np.where(np.arange(shape[1]) < self._steps[:, None], self._slot[self._element_at], 0)
        bits = np.uint64(1) << (slots & 63).astype(np.uint64)
        marks = np.where(np.arange(shape[1]) < self._steps[:, None], bits, np.uint64(0))
        # a column a step, each in one piece of memory: they are looked up a million times a second
        self._first = [np.ascontiguousarray(slots[:, step] >> 6) for step in range(min(2, shape[1]))]
        self._mark = [np.ascontiguousarray(marks[:, step]) for step in range(min(2, shape[1]))]
        # the `+` and `-` legs of each rule, as offsets and values
        joins = sorted(self._joined)
        self._join_at = np.searchsorted([rule for rule, _, _ in joins], np.arange(len(self._main) + 1))
        self._join_leg = np.array([leg for _, leg, _ in joins], np.int64)
        self._join_wanted = np.array([sign > 0 for _, _, sign in joins], bool)
        self._rule_of = np.array([leg.rule for leg in self._legs], np.int64)
        # sector legs are looked at where a cue of their pack stands
        packs = {name: number for number, name in enumerate(self.lexicon.packs)}
        rules = self.lexicon.rules
        pack_of = np.array([-1 if rule.pack is None else packs[rule.pack] for rule in rules], np.int64)
        cue_of = np.array([packs[rule.target] if rule.use == "cue" else -1 for rule in rules], np.int64)
        self._pack_of, self._cue_of = pack_of[self._rule_of], cue_of[self._rule_of]
        self._rule_cue = cue_of

    # -- forms -------------------------------------------------------------------------------------------------------

    def _rows_of(self, ids: NDArray[np.int32], negated: Bool) -> NDArray[np.int32]:
        """Row of `_bits` for each token."""
        if self._forms.size > len(self._row):
            old = self._row
            self._row = np.full((max(self._forms.size, 2 * len(old)), 2), -1, np.int32)
            self._row[: len(old)] = old
        sign = negated.astype(np.int64)
        rows = self._row[ids, sign]
        unseen = rows < 0
        if unseen.any():
            for pair in np.unique(ids[unseen].astype(np.int64) * 2 + sign[unseen]).tolist():
                self._row[pair >> 1, pair & 1] = self._new_row(pair >> 1, pair & 1)
            rows = self._row[ids, sign]
        return rows

    def _new_row(self, form: int, sign: int) -> int:
        forms = self._forms
        first, second = int(forms.lemma[form]), int(forms.second[form])
        found = self._of_lemma(first, sign)
        if second >= 0:
            found = found | self._of_lemma(second, sign)
        exact = self._exact[sign].get(int(forms.key[form]))
        if exact:
            found = found.union(exact)
        key = tuple(sorted(found))
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = len(self._proposals)
            if row >= len(self._bits):
                self._bits = np.concatenate((self._bits, np.zeros_like(self._bits)))
                self._signatures = np.concatenate((self._signatures, np.zeros_like(self._signatures)))
            for element in key:
                self._bits[row, element >> 3] |= 1 << (element & 7)
                slot = int(self._slot[element])
                if slot >= 0:
                    self._signatures[row, slot >> 6] |= np.uint64(1 << (slot & 63))
            self._proposals.append(sorted({leg for element in key for leg in self._anchored.get(element, ())}))
        return row

    def _of_lemma(self, lemma_id: int, sign: int) -> frozenset[int]:
        """Elements that a lemma satisfies, by itself or by its beginning; most forms share their lemma with others."""
        known = self._lemma_elements.get((lemma_id, sign))
        if known is None:
            lemma = self._forms.lemmas[lemma_id]
            found = set(self._by_atom[sign].get(lemma, ()))
            for stop in range(MIN_PREFIX, min(len(lemma), 14) + 1):
                found.update(self._prefixes[sign].get(lemma[:stop], ()))
            known = self._lemma_elements[lemma_id, sign] = frozenset(found)
        return known

    def _proposed(self) -> tuple[Int, Int]:
        """Legs by row, as offsets and values; rows met since the last call are appended."""
        offsets, values = self._csr
        fresh = self._proposals[len(offsets) - 1 :]
        if fresh:
            ends = offsets[-1] + np.cumsum(np.array([len(legs) for legs in fresh], np.int64))
            more = np.array([leg for legs in fresh for leg in legs], np.int64)
            self._csr = np.concatenate((offsets, ends)), np.concatenate((values, more))
        return self._csr

    # -- matching ----------------------------------------------------------------------------------------------------

    def match(self, tokens: Tokens, ids: NDArray[np.int32], scope: Scope, packs: Bool | None = None) -> Hits:
        """Every place where a rule's term stands, whatever its polarity in the text is worth.

        Parameters
        ----------
        tokens : Tokens
            Words of a chunk.
        ids : ndarray of int32 of shape (n_tokens,)
            Their form ids.
        scope : Scope
            Negated and light words.
        packs : ndarray of bool of shape (n_packs,), optional
            Sector packs that count without a cue; the terms of others are looked for only in texts with a cue of
            theirs. By default all terms are looked for everywhere.
        """
        rows = self._rows_of(ids, scope.negated)
        offsets, values = self._proposed()
        named = np.flatnonzero(rows > 0)
        counts = offsets[rows[named] + 1] - offsets[rows[named]]
        anchor = np.repeat(named, counts)
        begins = np.cumsum(counts) - counts
        leg = values[np.arange(len(anchor)) + np.repeat(offsets[rows[named]] - begins, counts)]
        # the signatures of all tokens in a row, with room at both ends so that no step falls off
        signature = np.zeros((len(rows) + 2 * MARGIN, SIGNATURE), np.uint64)
        signature[MARGIN:-MARGIN] = self._signatures[rows]
        if packs is None or not len(packs):
            return self._found(tokens, rows, signature, scope, leg, anchor)
        cue = self._cue_of[leg] >= 0
        cues = self._found(tokens, rows, signature, scope, leg[cue], anchor[cue])
        cued = np.zeros((len(tokens.offset), len(packs)), bool)
        cued[:, packs] = True
        cued[tokens.doc[cues.start], self._rule_cue[cues.rule]] = True
        pack = self._pack_of[leg]
        wanted = ~cue & ((pack < 0) | cued[tokens.doc[anchor], pack])
        return _merged(cues, self._found(tokens, rows, signature, scope, leg[wanted], anchor[wanted]))

    def _found(
        self, tokens: Tokens, rows: NDArray[np.int32], signature: NDArray[np.uint64], scope: Scope, leg: Int,
        anchor: Int,
    ) -> Hits:  # fmt: skip
        """Hits among the proposed legs."""
        likely = self._likely(tokens, signature, leg, anchor)
        anchor, leg = anchor[likely], leg[likely]
        start, stop = anchor.copy(), anchor.copy()
        self._follow(tokens, rows, signature, scope, leg, anchor, start, stop)
        found = start >= 0
        return self._join(tokens, leg[found], start[found], stop[found] + 1, anchor[found])

    def _likely(self, tokens: Tokens, signature: NDArray[np.uint64], leg: Int, anchor: Int) -> Int:
        """Proposals whose next two words may stand in the sentence: a Bloom filter drops most of the others at once."""
        if not len(leg):
            return leg
        begins = np.flatnonzero(np.diff(tokens.sentence, prepend=tokens.sentence[0] - 1))
        spoken = np.bitwise_or.reduceat(signature[MARGIN:-MARGIN], begins, axis=0).reshape(-1)
        number = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(tokens.sentence)))
        kept = np.arange(len(leg))
        cell = number.take(anchor) * SIGNATURE
        for words, marks in zip(self._first, self._mark, strict=True):
            mine = leg.take(kept)
            mark = marks.take(mine)
            seen = spoken.take(cell.take(kept) + words.take(mine))
            kept = kept.take(np.flatnonzero((seen & mark) == mark))
        return kept

    def _follow(
        self, tokens: Tokens, rows: NDArray[np.int32], signature: NDArray[np.uint64], scope: Scope, leg: Int,
        anchor: Int, start: Int, stop: Int,
    ) -> None:  # fmt: skip
        """Look for the other words of each proposed leg; a miss sets its `start` to -1."""
        heavy = np.cumsum(~scope.light, dtype=np.int64)
        last = anchor.copy()
        active = np.flatnonzero(self._steps[leg] > 0)
        step = 0
        while len(active):
            of = leg[active]
            origin = np.where(self._from_anchor[of, step], anchor[active], last[active])
            place = self._beside(tokens, rows, signature, heavy, of, step, origin)
            hit = place >= 0
            start[active[~hit]] = -1
            active, place = active[hit], place[hit]
            last[active] = place
            np.minimum.at(start, active, place)
            np.maximum.at(stop, active, place)
            step += 1
            active = active[self._steps[leg[active]] > step]

    def _beside(
        self,
        tokens: Tokens,
        rows: NDArray[np.int32],
        signature: NDArray[np.uint64],
        heavy: Int,
        leg: Int,
        step: int,
        origin: Int,
    ) -> Int:
        """Nearest token that satisfies a step, or -1."""
        element, gap = self._element_at[leg, step], self._gap_at[leg, step]
        side, reach = self._side_at[leg, step], self._reach_at[leg, step]
        place = np.full(len(leg), -1, np.int64)
        # those that look farthest come first, so that each distance works on a slice
        order = np.argsort((MARGIN - reach).astype(np.uint8), kind="stable")
        slot = self._slot[element[order]]
        cell = (origin[order] + MARGIN) * SIGNATURE + (slot >> 6)
        mark = np.uint64(1) << (slot & 63).astype(np.uint64)
        flat = signature.reshape(-1)
        counts = np.bincount(reach, minlength=MARGIN + 1)[::-1].cumsum()[::-1]
        for distance in range(1, int(reach.max(initial=0)) + 1):
            size = int(counts[distance])
            for sign in (1, -1):
                # a Bloom test on what lies close in memory; the few that pass are looked at in earnest
                maybe = order[np.flatnonzero(flat.take(cell[:size] + sign * distance * SIGNATURE) & mark[:size])]
                maybe = maybe[(place[maybe] < 0) & (side[maybe] != -sign)]
                home = origin[maybe]
                near = home + sign * distance
                sought = element[maybe]
                fits = (self._bits[rows[near], sought >> 3] >> (sought & 7)) & 1 != 0
                fits &= tokens.sentence[near] == tokens.sentence[home]
                low, high = np.minimum(near, home), np.maximum(near, home)
                fits &= heavy[high - 1] - heavy[low] <= gap[maybe]
                place[maybe[fits]] = near[fits]
        return place

    def _join(self, tokens: Tokens, leg: Int, start: Int, stop: Int, anchor: Int) -> Hits:
        """Meet the legs of `+` and `-` terms in their sentences; then one hit a (rule, place)."""
        main = self._is_main[leg]
        sides = np.flatnonzero(~main)
        n = np.int64(len(tokens.key) + 1)
        key = np.sort(leg[sides] * n + start[sides])
        leg, start, stop, anchor = leg[main], start[main], stop[main], anchor[main]
        rule = self._rule_of[leg]
        keep = np.ones(len(rule), bool)
        counts = self._join_at[rule + 1] - self._join_at[rule]
        hit = np.repeat(np.arange(len(rule)), counts)
        join = np.arange(len(hit)) + np.repeat(self._join_at[rule] - (np.cumsum(counts) - counts), counts)
        near = _near(key, self._join_leg[join] * n, start[hit], tokens)
        keep[hit[near != self._join_wanted[join]]] = False
        order = np.lexsort((rule[keep], start[keep]))
        rule, start, stop, anchor = rule[keep][order], start[keep][order], stop[keep][order], anchor[keep][order]
        if len(rule) > 1:
            fresh = np.concatenate(([True], (rule[1:] != rule[:-1]) | (start[1:] != start[:-1])))
            rule, start, stop, anchor = rule[fresh], start[fresh], stop[fresh], anchor[fresh]
        return Hits(rule, start, stop, anchor)


def _merged(one: Hits, other: Hits) -> Hits:
    """Both, sorted as each is."""
    columns = [np.concatenate((a, b)) for a, b in zip(
        (one.rule, one.start, one.stop, one.anchor), (other.rule, other.start, other.stop, other.anchor), strict=True
    )]  # fmt: skip
    rule, start, stop, anchor = columns
    return Hits(rule, start, stop, anchor).take(np.lexsort((rule, start)))


def _near(key: Int, base: Int, start: Int, tokens: Tokens) -> Bool:
    """Whether a match of the other leg stands in the sentence of each start, at most `NEAR` words away."""
    at = np.searchsorted(key, base + start)
    found = np.zeros(len(start), bool)
    n = np.int64(len(tokens.key) + 1)
    if not len(key):
        return found
    for side in (at - 1, at):
        inside = (side >= 0) & (side < len(key))
        place = key[np.clip(side, 0, len(key) - 1)] - base
        inside &= (place >= 0) & (place < n - 1)
        place = np.clip(place, 0, max(int(n) - 2, 0))
        found |= inside & (tokens.sentence[place] == tokens.sentence[start]) & (np.abs(place - start) <= NEAR)
    return found


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
