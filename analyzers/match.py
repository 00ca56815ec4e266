"""All terms against a chunk at once: integer columns, evaluated by vector steps, no loop over texts or terms.

A leg («!привезти ~2 заказ») is anchored at its rarest word. Every token proposes the legs whose anchor it satisfies;
the other words of those legs are then looked for beside it, one vector step a distance. Legs joined by `+` and `-`
meet by sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .compiled import MAINS, PACK_MAINS, SIDES, compile_rules
from .forms import Forms
from .lexicon import Lexicon
from .match_rows import NARROW, SIGNATURE, Rows
from .runs import or_by_run
from .scope import Scope
from .terms import NEAR
from .tokens import Tokens

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

FREE = 1  # clause borders that a gap may cross for nothing
BORDER = 1  # words that each border counts for beyond them
MARGIN = 16  # tokens of room: more than the farthest step, MAX_GAP + LIGHT_BETWEEN + 1


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
        tables = lexicon.compiled or compile_rules(lexicon.rules, list(lexicon.packs))
        self._tables = tables
        self._steps, self._rule_of = tables.steps, tables.rule_of
        self._rows = Rows(tables, forms)

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
        rows = self._rows.of(ids, scope.negated)
        named = np.flatnonzero(rows > 0)
        chunk = _Chunk(tokens, rows, named, self._rows.signatures, scope)
        hits = self._found(chunk, *self._rows.proposed(MAINS, rows, named))
        cued: Bool = np.zeros((len(tokens.offset), len(self.lexicon.packs)), bool)
        cued[:, slice(None) if packs is None else packs] = True
        cue_of = self._tables.cue_of[hits.rule]
        cues = np.flatnonzero(cue_of >= 0)
        cued[tokens.doc[hits.start[cues]], cue_of[cues]] = True
        some: Bool = np.logical_or.reduce(cued, axis=1)
        among = named[some[tokens.doc[named]]]
        leg, anchor = self._rows.proposed(PACK_MAINS, rows, among)
        wanted = np.flatnonzero(cued[tokens.doc[anchor], self._tables.pack_of[self._rule_of[leg]]])
        if not len(wanted):
            return hits
        return _merged(hits, self._found(chunk, leg[wanted], anchor[wanted]))

    def _found(self, chunk: _Chunk, leg: Int, anchor: Int) -> Hits:
        """Hits among the proposed main legs."""
        leg, start, stop, anchor = self._standing(chunk, leg, anchor)
        return self._join(chunk, leg, start, stop, anchor)

    def _standing(self, chunk: _Chunk, leg: Int, anchor: Int) -> tuple[Int, Int, Int, Int]:
        """The proposed legs whose words all stand there: leg, first token, one past the last, anchor."""
        # of the next two words: a Bloom filter drops most of what cannot stand there at once
        likely = chunk.may_stand(self._rows.tests, leg, anchor)
        anchor, leg = anchor[likely], leg[likely]
        start, stop = anchor.copy(), anchor.copy()
        self._follow(chunk, leg, anchor, start, stop)
        found = np.flatnonzero(start >= 0)
        return leg[found], start[found], stop[found] + 1, anchor[found]

    def _follow(self, chunk: _Chunk, leg: Int, anchor: Int, start: Int, stop: Int) -> None:
        """Look for the other words of each proposed leg; a miss sets its `start` to -1."""
        last = anchor.copy()
        active = np.flatnonzero(self._steps[leg] > 0)
        step = 0
        while len(active):
            of = leg[active]
            origin = np.where(self._tables.from_anchor[of, step], anchor[active], last[active])
            place = self._beside(chunk, of, step, origin)
            hit = place >= 0
            start[active[~hit]] = -1
            active, place = active[hit], place[hit]
            last[active] = place
            np.minimum.at(start, active, place)
            np.maximum.at(stop, active, place)
            step += 1
            active = active[self._steps[leg[active]] > step]

    def _beside(self, chunk: _Chunk, leg: Int, step: int, origin: Int) -> Int:
        """Nearest token that satisfies a step, or -1; of two as near the one behind."""
        side = self._tables.side_at[leg, step]
        place = np.full(len(leg), -1, np.int64)
        ahead, back = np.flatnonzero(side >= 0), np.flatnonzero(side <= 0)
        place[ahead] = self._toward(chunk, leg[ahead], step, origin[ahead], 1)
        before = self._toward(chunk, leg[back], step, origin[back], -1)
        behind, home = place[back], origin[back]
        nearer = (before >= 0) & ((behind < 0) | (home - before < behind - home))
        place[back[nearer]] = before[nearer]
        return place

    def _toward(self, chunk: _Chunk, leg: Int, step: int, origin: Int, sign: int) -> Int:
        """Nearest token on one side that satisfies a step, or -1."""
        tables = self._tables
        element, gap, reach = (table[leg, step] for table in (tables.element_at, tables.gap_at, tables.reach_at))
        place = np.full(len(leg), -1, np.int64)
        # those that look farthest come first, so that each distance works on a slice
        order = np.argsort((MARGIN - reach).astype(np.uint8), kind="stable")
        slot = self._rows.slot[element[order]]
        word, mark = (slot >> 6) % NARROW, np.uint64(1) << (slot & 63).astype(np.uint64)
        at = origin[order] + MARGIN
        flat, counts = self._rows.narrow.reshape(-1), np.bincount(reach, minlength=MARGIN + 1)[::-1].cumsum()[::-1]
        passed: list[Int] = []
        for distance in range(1, int(reach.max(initial=0)) + 1):
            size = int(counts[distance])
            # a Bloom test on what lies close in memory; the few that pass are looked at in earnest
            cell = chunk.cells.take(at[:size] + sign * distance) + word[:size]
            passed.append(np.flatnonzero(flat.take(cell) & mark[:size]))
        if not passed:
            return place
        maybe = order[np.concatenate(passed)]
        far = np.repeat(np.arange(1, len(passed) + 1), [len(found) for found in passed])
        maybe, near = self._reached(chunk, maybe, origin[maybe], sign * far, gap)
        fits = np.flatnonzero(self._rows.satisfied(chunk.rows[near], element[maybe]))[::-1]
        place[maybe[fits]] = near[fits]  # the nearest is set last
        return place

    @staticmethod
    def _reached(chunk: _Chunk, maybe: Int, home: Int, step: Int, gap: Int) -> tuple[Int, Int]:
        """Of some (leg, place) those in one sentence, with no more words between than the leg's gap allows."""
        near, sentence = home + step, chunk.tokens.sentence
        low, high = np.minimum(home, near), np.maximum(home, near)
        crossed = chunk.border[high] - chunk.border[low]
        between = chunk.heavy[high - 1] - chunk.heavy[low] + crossed * (crossed > FREE) * BORDER
        inside = np.flatnonzero((sentence[near] == sentence[home]) & (between <= gap[maybe]))
        return maybe[inside], near[inside]

    def _join(self, chunk: _Chunk, leg: Int, start: Int, stop: Int, anchor: Int) -> Hits:
        """Meet the legs of `+` and `-` terms in their sentences; then one hit a (rule, place)."""
        rule = self._rule_of[leg]
        keep = np.ones(len(rule), bool)
        first = self._tables.join_at[rule]
        counts = self._tables.join_at[rule + 1] - first
        if counts.any():
            hit = np.repeat(np.arange(len(rule)), counts)
            join = np.arange(len(hit)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
            near = self._beside_legs(chunk, self._tables.join_leg[join], start[hit])
            keep[hit[near != self._tables.join_wanted[join]]] = False
        kept = np.flatnonzero(keep)
        kept = kept[_order(start[kept], rule[kept])]
        rule, start, stop, anchor = rule[kept], start[kept], stop[kept], anchor[kept]
        if len(rule) > 1:
            fresh = np.concatenate(([True], (rule[1:] != rule[:-1]) | (start[1:] != start[:-1])))
            rule, start, stop, anchor = rule[fresh], start[fresh], stop[fresh], anchor[fresh]
        return Hits(rule, start, stop, anchor)

    def _beside_legs(self, chunk: _Chunk, leg: Int, start: Int) -> Bool:
        """Whether each side leg stands in the sentence of its main leg; only such sentences and legs are searched."""
        found = np.zeros(len(leg), bool)
        likely = chunk.may_stand(self._rows.side_tests, leg, start)
        leg, start = leg[likely], start[likely]
        asked = np.zeros(len(chunk.spoken) // SIGNATURE, bool)
        asked[chunk.sentence[start]] = True
        named = chunk.named[asked[chunk.sentence[chunk.named]]]
        wanted = np.zeros(len(self._steps), bool)
        wanted[leg] = True
        side, anchor = self._rows.proposed(SIDES, chunk.rows, named)
        mine = np.flatnonzero(wanted[side])
        side, place, _, _ = self._standing(chunk, side[mine], anchor[mine])
        n = np.int64(len(chunk.rows) + 1)
        found[likely] = _near(np.sort(side * n + place), leg * n, start, chunk.tokens)
        return found


class _Chunk:
    """What all steps of a match look things up in."""

    __slots__ = ("border", "cells", "heavy", "named", "rows", "sentence", "spoken", "tokens")

    def __init__(
        self, tokens: Tokens, rows: NDArray[np.int32], named: Int, signatures: NDArray[np.uint64], scope: Scope
    ) -> None:
        self.tokens, self.rows, self.named = tokens, rows, named
        # a comma counts as words do: what stands in the next clause is farther away than it looks
        border = np.diff(tokens.clause, append=tokens.clause[-1:]) > 0
        self.heavy = np.cumsum(~scope.light, dtype=np.int64)
        self.border = np.concatenate(([0], np.cumsum(border, dtype=np.int64)))
        # where the narrow signature of each token stands, with room at both ends so that no step falls off
        self.cells = np.zeros(len(rows) + 2 * MARGIN, np.int64)
        self.cells[MARGIN : len(rows) + MARGIN] = rows.astype(np.int64) * NARROW
        # the sentences that any term names a word of, and what their words satisfy together
        sentence = tokens.sentence[named]
        begins = np.flatnonzero(np.diff(sentence, prepend=-1))
        self.sentence = np.zeros(len(rows), np.int64)
        self.sentence[named] = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(named)))
        self.spoken = or_by_run(signatures, rows[named], begins).reshape(-1)

    def may_stand(self, tests: list[tuple[Int, NDArray[np.uint64]]], leg: Int, place: Int) -> Int:
        """Which legs pass all tests of words and bits in the signatures of the sentences of their places."""
        kept = np.arange(len(leg))
        cell = self.sentence.take(place) * SIGNATURE
        for words, marks in tests:
            mine = leg.take(kept)
            mark = marks.take(mine)
            seen = self.spoken.take(cell.take(kept) + words.take(mine))
            kept = kept.take(np.flatnonzero((seen & mark) == mark))
        return kept


def _merged(one: Hits, other: Hits) -> Hits:
    """Both, sorted as each is."""
    columns = [np.concatenate((a, b)) for a, b in zip(
        (one.rule, one.start, one.stop, one.anchor), (other.rule, other.start, other.stop, other.anchor), strict=True
    )]  # fmt: skip
    rule, start, stop, anchor = columns
    return Hits(rule, start, stop, anchor).take(_order(start, rule))


def _order(first: Int, then: Int) -> Int:
    """The stable order by both: one sort of whole numbers that hold them and the place, where they fit into 63 bits."""
    size = len(first)
    width, bits = int(then.max(initial=0)) + 1, size.bit_length()
    if ((int(first.max(initial=0)) + 1) * width) << bits >= 1 << 63:
        return np.lexsort((then, first))
    key = (first * width + then) << bits | np.arange(size)
    key.sort()
    return key & (1 << bits) - 1


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
