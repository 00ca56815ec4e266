"""Which words are negated, and which are only supposed: vector rules over the columns of a chunk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .lemmas import BIT
from .tokens import Tokens

Bool = NDArray[np.bool_]
Int = NDArray[np.int64]

REACH = 6  # words that «не смогли … привезти» may span
NOUN_AHEAD, NOUN_BEHIND = 3, 6  # «нет никакого ответа»; «ответа до сих пор так и нет»


@dataclass(frozen=True, slots=True)
class Scope:
    """Marks by token: `negated`, `supposed` (if, so that, would, fears) and `light` words."""

    negated: Bool
    supposed: Bool
    light: Bool


class _Marks:
    """Flags of each token, by name, computed when asked."""

    def __init__(self, flags: NDArray[np.uint64]) -> None:
        self._flags = flags

    def __call__(self, *names: str) -> Bool:
        mask = 0
        for name in names:
            mask |= BIT[name]
        return (self._flags & np.uint64(mask)) != 0


def scope(tokens: Tokens, flags: NDArray[np.uint64]) -> Scope:
    """Negated and supposed words of a chunk.

    Parameters
    ----------
    tokens : Tokens
        The words, with sentence and clause ids.
    flags : ndarray of uint64 of shape (n_tokens,)
        Bits of `lemmas.FLAGS` by token.
    """
    marks = _Marks(flags)
    clause = _clauses(tokens, marks)
    negated = marks("glued_not")
    light = marks("light")
    _negate_ahead(tokens, marks, clause, negated)
    _negate_nouns(marks, clause, negated)
    return Scope(negated, _supposed(tokens, marks, clause), light)


def _clauses(tokens: Tokens, marks: _Marks) -> Int:
    """Clause ids, with «но», «а», «зато» opening a new one even without a comma."""
    return tokens.clause + np.cumsum(marks("contrast"))


def _next_to(at: Int, step: int, clause: Int) -> tuple[Int, Bool]:
    """Tokens `step` away and whether they stand in the same clause."""
    near = at + step
    inside = (near >= 0) & (near < len(clause))
    near = np.clip(near, 0, max(len(clause) - 1, 0))
    return near, inside & (clause[near] == clause[at])


def _negate_ahead(tokens: Tokens, marks: _Marks, clause: Int, negated: Bool) -> None:
    """«не X»: the next word, past intensifiers («не очень понравилось») and modals («не смогли вовремя привезти»)."""
    at = np.flatnonzero(marks("not"))
    if not len(at):
        return
    only, cannot, modal = marks("only"), marks("cannot"), marks("modal")
    # «не только», «не просто» deny nothing; «нельзя не», «не могу не» assert
    ahead, inside = _next_to(at, 1, clause)
    void = only[ahead] & inside
    behind, inside = _next_to(at, -1, clause)
    void |= cannot[behind] & inside
    before, inside_before = _next_to(at, -2, clause)
    twice = modal[behind] & inside & marks("not")[before] & inside_before
    # of «не могу не» the first «не» is void like the second
    at = np.setdiff1d(at[~void & ~twice], before[twice])
    # what a modal hands its negation to: «не смогли привезти», «не был доставлен»
    passing, infinitive, light = marks("intensifier"), marks("infinitive", "participle"), marks("light")
    after_modal = np.zeros(len(at), bool)
    here = at
    for _ in range(REACH):
        near, inside = _next_to(here, 1, clause)
        near, after_modal = near[inside], after_modal[inside]
        hit = ~after_modal | infinitive[near]
        negated[near[hit]] = True
        goes_on = np.where(after_modal, ~infinitive[near] | modal[near], modal[near] | passing[near] | light[near])
        after_modal = after_modal | (modal[near] & hit)
        here, after_modal = near[goes_on], after_modal[goes_on]
    # a verb of being denies its noun: «не было ответа», «связи не оказалось»
    being = np.flatnonzero(negated & marks("existential"))
    _nearest_noun(being, 1, NOUN_AHEAD, marks, clause, negated)
    _nearest_noun(being, -1, NOUN_AHEAD, marks, clause, negated)


def _negate_nouns(marks: _Marks, clause: Int, negated: Bool) -> None:
    """«нет связи», «связи нет», «без чека», «отсутствует ответ», «ни ответа», «никаких проблем»."""
    both = np.flatnonzero(marks("no", "absent"))
    _nearest_noun(both, 1, NOUN_AHEAD, marks, clause, negated)
    _nearest_noun(both, -1, NOUN_BEHIND, marks, clause, negated)
    ahead = np.flatnonzero(marks("without", "nor", "no_such"))
    _nearest_noun(ahead, 1, NOUN_AHEAD, marks, clause, negated)
    # «без опозданий и задержек», «нет претензий и нареканий»: the noun joined by «и» shares it
    _joined_noun(np.flatnonzero(marks("without", "no_such", "no")), marks, clause, negated)


def _nearest_noun(at: Int, sign: int, reach: int, marks: _Marks, clause: Int, negated: Bool) -> None:
    light = marks("light")  # «до сих пор» is no thing
    noun, adjective = marks("noun") & ~light, marks("adjective") & ~light
    here, start = at, at
    for _ in range(reach):
        near, inside = _next_to(here, sign, clause)
        near, origin = near[inside], start[inside]
        stop = noun[near]
        negated[near[stop | adjective[near]]] = True
        if sign < 0:  # «горячей воды нету»: what describes the noun stands before it
            beyond, within = _next_to(near[stop], -1, clause)
            negated[beyond[within & adjective[beyond]]] = True
        here, start = near[~stop], origin[~stop]


def _joined_noun(at: Int, marks: _Marks, clause: Int, negated: Bool) -> None:
    noun, light, genitive = marks("noun"), marks("conjunction", "particle"), marks("genitive")
    for step in (1, 2):
        near, inside = _next_to(at, step, clause)
        first = at[inside & noun[near]] + step
        join, inside = _next_to(first, 1, clause)
        last, inside_last = _next_to(first, 2, clause)
        hit = inside & inside_last & light[join] & noun[last] & genitive[last] & negated[first]
        negated[last[hit]] = True


def _supposed(tokens: Tokens, marks: _Marks, clause: Int) -> Bool:
    """Words of a clause under «если», «чтобы», «бы», and of the clause after «боялся, что»."""
    n = len(clause)
    if not n:
        return np.zeros(0, bool)
    ids = clause - clause[0]
    supposed = np.zeros(int(ids[-1]) + 2, bool)
    position = np.full(int(ids[-1]) + 2, n, np.int64)
    opened = np.flatnonzero(marks("conditional"))
    ahead, inside = _next_to(opened, 1, clause)
    opened = opened[~(inside & marks("frankly")[ahead])]  # «если честно» supposes nothing
    # «боялась что опоздают»: as customers write, without the comma
    feared = np.flatnonzero(marks("fear"))
    ahead, inside = _next_to(feared, 1, clause)
    opened = np.sort(np.concatenate((opened, feared[inside & marks("that")[ahead]] + 1)))
    # from the word on, not before it: «не привезли, чтобы» keeps its first half
    np.minimum.at(position, ids[opened], opened)
    from_there = np.arange(n) > position[ids]
    would = np.flatnonzero(marks("would"))
    supposed[ids[would]] = True
    fear = np.setdiff1d(feared, feared[inside & marks("that")[ahead]])
    following = np.minimum(fear + 1, n - 1)
    same = tokens.sentence[following] == tokens.sentence[fear]
    supposed[ids[fear[same]] + 1] = True
    whole = supposed[ids]
    # a fear reaches the next clause of its own sentence only
    first_of_sentence = np.concatenate(([True], tokens.sentence[1:] != tokens.sentence[:-1]))
    clause_first = np.concatenate(([True], ids[1:] != ids[:-1]))
    broken = first_of_sentence & clause_first
    fresh = np.zeros_like(supposed)
    fresh[ids[np.flatnonzero(broken)]] = True
    would_ids = np.zeros_like(supposed)
    would_ids[ids[would]] = True
    whole &= ~(fresh[ids] & ~would_ids[ids])
    return whole | from_there
