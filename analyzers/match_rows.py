"""What the forms of a run satisfy of a lexicon's elements, and which terms they may open: rows met so far.

A form's row is the set of elements that its lemmas, their beginnings and the form itself satisfy, plain and denied.
Forms with the same set share a row, so that a chunk asks about a few thousand rows instead of all its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiled import FORM, LEMMA, MAINS, PACK_MAINS, PREFIX, SIDES, Compiled
from .forms import Forms
from .terms import MIN_PREFIX

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]
SIGNATURE = 128
HALF = 32 * SIGNATURE  # bits of each of its halves
NARROW = 32


class Rows:
    """The rows of a form table.

    Parameters
    ----------
    tables : Compiled
        The lexicon.
    forms : Forms

    Attributes
    ----------
    signatures, narrow : ndarray of uint64 of shape (n_rows, SIGNATURE) and (n_rows, NARROW)
        Bloom filters of the elements that each row satisfies.
    slot : ndarray of int64
        Bit of each element in a signature, -1 where no step looks for it.
    tests, side_tests : list of (ndarray of int64, ndarray of uint64)
        Word and bit, in a signature, of the elements of each leg's first steps, and of each side leg's anchor.
    """

    def __init__(self, tables: Compiled, forms: Forms) -> None:
        self._tables, self._forms = tables, forms
        # [plain, negated]: the elements that a lemma, the beginning of one, or a form satisfies
        self._by_atom = tables.atoms(LEMMA), tables.atoms(LEMMA + 1)
        self._prefixes = tables.atoms(PREFIX), tables.atoms(PREFIX + 1)
        self._exact = tables.forms(FORM), tables.forms(FORM + 1)
        self._legs = [_anchored(tables, stage) for stage in (MAINS, PACK_MAINS, SIDES)]
        self._sign()
        # row of each form, plain and negated; row 0 is a form that no term names
        self._row = np.full((1 << 12, 2), -1, np.int32)
        self.signatures = np.zeros((1 << 12, SIGNATURE), np.uint64)
        self.narrow = np.zeros((1 << 12, NARROW), np.uint64)
        self._has = np.zeros((1 << 12, int(self._number.max(initial=0)) // 8 + 1), np.uint8)  # the exact bits
        self._rows: dict[frozenset[int], int] = {frozenset(): 0}
        self._csr = [(np.zeros(2, np.int64), np.zeros(0, np.int64)) for _ in self._legs]  # legs that each row proposes
        self._lemma_elements: dict[tuple[int, int], frozenset[int]] = {}
        self._row_of: dict[tuple[int, int, int, int], int] = {}  # by both lemmas, sign, and the form where one is named

    def _sign(self) -> None:
        """Where each element stands in a signature: only those that a step looks for, and the anchors of side legs.

        A place in either half, so that few share both; in the first a common one shares it with rare ones only.
        """
        elements, often = self._tables.element_at, self._tables.often
        inside = np.indices(elements.shape)[1] < self._tables.steps[:, None]
        sides = self._tables.stage == SIDES
        wanted = np.unique(np.concatenate((elements[inside], self._tables.anchor[sides])))
        wanted = wanted[np.lexsort((wanted, -often[wanted]))]
        number = np.arange(len(wanted))
        self._number = np.zeros(len(often), np.int64)  # of the elements that are looked for
        self._number[wanted] = number
        self.slot, self._second = np.full((2, len(often)), -1, np.int64)
        self.slot[wanted] = number % HALF
        self._second[wanted] = HALF + (number * 2654435761 >> 7) % HALF
        # word and bit of the first steps' elements; a leg without the step asks for no bit. A column each, in one
        # piece of memory: they are looked up a million times a second
        self.tests = [
            _asked(elements[:, step] if len(often) else np.zeros(len(elements), np.int64), inside[:, step], slots)
            for step, slots in ((0, self.slot), (0, self._second), (1, self.slot)) if step < elements.shape[1]
        ]  # fmt: skip
        self.side_tests = [_asked(self._tables.anchor, sides, slots) for slots in (self.slot, self._second)]

    def of(self, ids: NDArray[np.int32], negated: Bool) -> NDArray[np.int32]:
        """Row for each token."""
        if self._forms.size > len(self._row):
            old = self._row
            self._row = np.full((max(self._forms.size, 2 * len(old)), 2), -1, np.int32)
            self._row[: len(old)] = old
        sign = negated.astype(np.int64)
        rows = self._row[ids, sign]
        unseen = rows < 0
        if unseen.any():
            self._meet(np.unique(ids[unseen].astype(np.int64) * 2 + sign[unseen]))
            rows = self._row[ids, sign]
        return rows

    def _meet(self, pairs: Int) -> None:
        """Rows for forms met for the first time, given as form * 2 + sign."""
        form, forms = pairs >> 1, self._forms
        lemmas: list[int] = forms.lemma[form].tolist()
        seconds: list[int] = forms.second[form].tolist()
        keys: list[int] = forms.key[form].tolist()
        signs: list[int] = (pairs & 1).tolist()
        rows: list[int] = []
        fresh: list[frozenset[int]] = []
        for first, second, sign, key in zip(lemmas, seconds, signs, keys, strict=True):
            exact = self._exact[sign].get(key)
            same = (first, second, sign, key if exact else 0)
            row = self._row_of.get(same)
            if row is None:
                found = self._of_lemma(first, sign)
                if second >= 0:
                    found = found | self._of_lemma(second, sign)
                if exact:
                    found = found.union(exact)
                row = self._rows.get(found)
                if row is None:
                    row = self._rows[found] = len(self._rows)
                    fresh.append(found)
                self._row_of[same] = row
            rows.append(row)
        self._row[form, pairs & 1] = rows
        if fresh:
            self._fill(fresh)

    def _fill(self, fresh: Sequence[frozenset[int]]) -> None:
        """What new rows satisfy and propose."""
        begin, n = len(self._csr[MAINS][0]) - 1, len(fresh)
        while begin + n > len(self.signatures):
            self.signatures, self.narrow, self._has = map(_doubled, (self.signatures, self.narrow, self._has))
        elements = np.fromiter(chain.from_iterable(fresh), np.int64)
        owner = np.repeat(np.arange(n), [len(found) for found in fresh])
        inside = self.slot[elements] >= 0
        number = self._number[elements[inside]]
        _mark(self._has, begin + owner[inside], number >> 3, (1 << (number & 7)).astype(np.uint8))
        row = np.tile(begin + owner[inside], 2)
        slot = np.concatenate((self.slot[elements[inside]], self._second[elements[inside]]))
        _mark(self.signatures, row, slot >> 6, np.uint64(1) << (slot & 63).astype(np.uint64))
        halves = self.signatures[begin : begin + n, : SIGNATURE // 2]
        self.narrow[begin : begin + n] = np.bitwise_or.reduce(halves.reshape(n, -1, NARROW), axis=1)
        for stage, (first, legs) in enumerate(self._legs):
            offsets, values = self._csr[stage]
            counts = first[elements + 1] - first[elements]
            at = np.arange(int(counts.sum())) + np.repeat(first[elements] - (np.cumsum(counts) - counts), counts)
            row, leg = np.repeat(owner, counts), legs[at]
            # a leg has one anchor, so no leg comes twice
            ends = offsets[-1] + np.cumsum(np.bincount(row, minlength=n))
            order = np.lexsort((leg, row))
            self._csr[stage] = np.concatenate((offsets, ends)), np.concatenate((values, leg[order]))

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

    def proposed(self, stage: int, rows: NDArray[np.int32], among: Int) -> tuple[Int, Int]:
        """Legs that the given tokens propose, and the token of each."""
        offsets, values = self._csr[stage]
        row = rows[among]
        counts = offsets[row + 1] - offsets[row]
        some = np.flatnonzero(counts)
        counts, among, row = counts[some], among[some], row[some]
        begins = np.cumsum(counts) - counts
        at = np.arange(int(counts.sum())) + np.repeat(offsets[row] - begins, counts)
        return values.take(at), np.repeat(among, counts)

    def satisfied(self, row: NDArray[np.int32], element: Int) -> Bool:
        """Whether each row satisfies an element that is looked for."""
        number = self._number.take(element)
        cell = row.astype(np.int64) * self._has.shape[1] + (number >> 3)
        found: Bool = self._has.reshape(-1).take(cell) >> (number & 7).astype(np.uint8) & 1 != 0
        return found


def _anchored(tables: Compiled, stage: int) -> tuple[Int, Int]:
    """Legs of a stage by the element of their anchor: where each element's begin, and the legs."""
    legs = np.flatnonzero(tables.stage == stage)
    legs = legs[np.argsort(tables.anchor[legs], kind="stable")]
    return np.searchsorted(tables.anchor[legs], np.arange(len(tables.often) + 1)), legs


def _asked(elements: Int, inside: Bool, slots: Int) -> tuple[Int, NDArray[np.uint64]]:
    """Word and bit in a signature of an element of each leg, no bit where it has none."""
    place = np.where(inside, slots[elements], 0) if len(slots) else np.zeros(len(elements), np.int64)
    return place >> 6, np.where(inside, np.uint64(1) << (place & 63).astype(np.uint64), np.uint64(0))


def _doubled(table: NDArray[Any]) -> NDArray[Any]:
    """The table with as many empty rows behind; memory that nobody writes to is not taken."""
    found = np.zeros((2 * len(table), table.shape[1]), table.dtype)
    found[: len(table)] = table
    return found


def _mark(table: NDArray[Any], row: Int, column: Int, mark: NDArray[Any]) -> None:
    """Set bits of a table's cells; a cell may be named several times."""
    cell = row * table.shape[1] + column
    order = np.argsort(cell, kind="stable")
    cell, mark = cell[order], mark[order]
    opens = np.flatnonzero(np.diff(cell, prepend=-1))
    if len(opens):
        table.reshape(-1)[cell[opens]] |= np.bitwise_or.reduceat(mark, opens)
