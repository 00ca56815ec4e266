"""Texts that were gathered -> the themes of a report, and the theme of each row."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .. import rank
from ..assess.duplicates import groups as look_alikes
from ..columns import Columns
from ..content_words import Words
from ..evidence import MAX_QUOTE, excerpt
from ..forms import Forms
from ..mask import mask, mask_value
from ..periods import Reference
from ..records import Discovery, Kept, Part, Quote, Theme
from .gather import Gathered
from .group import Groups, find_groups
from .ids import Known, match, theme_id
from .names import Namer
from .novelty import FALSE_ALARM, status
from .parts import split
from .phrases import find_runs

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

ID_WORDS = 8  # lemmas that an id is made of
TERMS = 20  # lemmas by which a later run knows the theme again
MAX_ROWS = 100
READABLE = (30, 400)  # characters of an example


@dataclass(frozen=True, slots=True)
class Context:
    """What discovery needs to know of the run.

    Attributes
    ----------
    scope : str
        ``uncovered``, ``all``, or the category looked into.
    total : int
        Complaints that the shares are of.
    parts : bool
        Whether large themes are looked into for sub-themes.
    """

    scope: str
    total: int
    quotes: int
    masked: bool
    reference: Reference | None
    known: Sequence[Known]
    name_of: Callable[[int], str]
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Themes, the figures behind them, and the theme's id by row number."""

    themes: list[Theme]
    discovery: Discovery
    of_row: dict[int, str]


def find_themes(gathered: Gathered, columns: Columns, used: Bool, forms: Forms, context: Context) -> Found:
    """The themes of the gathered texts, largest pain first."""
    words, rows, content = gathered.finish()
    counted = used[rows]
    sample, like = _sample(gathered, columns, rows, content, counted)
    groups = find_groups(words, sample, like, columns["severity"][rows], forms) if len(sample) else None
    if groups is None:
        n = int(counted.sum())
        return Found([], Discovery(context.scope, n, n, len(sample), None, FALSE_ALARM), {})
    maker = _Maker(gathered, columns, forms, context, groups, rows, content, counted, words)
    themes = maker.themes()
    order = sorted(maker.named, key=lambda g: (-maker.pain[g], -themes[g].n, themes[g].id))
    ids = {number: themes[number].id for number in maker.named}
    numbers: list[int] = groups.of_text.tolist()
    of_row = {int(rows[at]): ids[group] for at, group in enumerate(numbers) if group in ids}
    left = int((counted & ~np.isin(groups.of_text, maker.named)).sum())
    period = context.reference.name if context.reference else None
    found = Discovery(context.scope, int(counted.sum()), left, len(groups.fitted), period, FALSE_ALARM)
    return Found([themes[g] for g in order if themes[g].n], found, of_row)


def _sample(
    gathered: Gathered, columns: Columns, rows: Int, content: NDArray[np.uint64], counted: Bool
) -> tuple[Int, Int]:
    """Different texts to make the groups from, in the order of their content: of look-alikes one.

    Returns
    -------
    tuple of ndarray of int64
        The texts; by text of all, which of them is the same or its look-alike, -1 for none.
    """
    inside = np.flatnonzero(counted & np.isin(content, np.array(list(gathered.texts), np.uint64)))
    names, first = np.unique(content[inside], return_index=True)
    chosen = inside[first]
    sketch = columns["sketch"][rows[chosen]]
    nobody, never = np.zeros(len(names), np.uint64), np.zeros(len(names), np.int64)
    stands = np.arange(len(names))
    for group in look_alikes(sketch, names, nobody, never):
        stands[group.rows] = group.rows[0]
    keep = stands == np.arange(len(names))
    if not len(names):
        return chosen, np.full(len(content), -1)
    at = np.minimum(np.searchsorted(names, content), len(names) - 1)
    like = np.where(names[at] == content, (np.cumsum(keep) - 1)[stands[at]], -1)
    return chosen[keep], like


class _Maker:
    """The parts of the themes of one run."""

    def __init__(
        self, gathered: Gathered, columns: Columns, forms: Forms, context: Context, groups: Groups, rows: Int,
        content: NDArray[np.uint64], counted: Bool, words: Words,
    ) -> None:  # fmt: skip
        self._all = words
        self._columns, self._context, self._groups = columns, context, groups
        self._rows, self._content, self._counted = rows, content, counted
        self._texts = [gathered.texts[int(content[at])] for at in groups.fitted.tolist()]
        self._group: list[int] = groups.of_text[groups.fitted].tolist()
        self._runs, self._forms = find_runs(self._texts, forms), forms
        self._namer = Namer(self._runs, forms, self._group, groups.k)
        self._names = self._namer.names()
        self.named = [number for number, name in enumerate(self._names) if name.title]
        self.pain = [0.0] * groups.k
        self._days = columns["date"][rows[counted]].astype(np.int64)

    def themes(self) -> list[Theme]:
        """All themes by group."""
        terms = [dict(self._namer.terms(number)[:TERMS]) for number in range(self._groups.k)]
        ids, kept = self._ids(terms)
        near = self._neighbours()
        return [
            self._theme(number, ids[number], kept.get(number), terms[number], near[number], ids)
            for number in range(self._groups.k)
        ]

    def _ids(self, terms: Sequence[dict[str, float]]) -> tuple[list[str], dict[int, Kept]]:
        """Ids, and the earlier theme that each was matched with."""
        known = self._context.known
        matched = match(terms, known)
        taken = {known[old].id for old, _ in matched.values()}
        ids: list[str] = []
        kept: dict[int, Kept] = {}
        for number, own in enumerate(terms):
            name = theme_id(list(own)[:ID_WORDS])
            if number in matched:
                old, far = matched[number]
                kept[number] = Kept(known[old].id, far, name if name != known[old].id else None)
                ids.append(known[old].id)
                continue
            salt = 0
            while name in taken:
                salt += 1
                name = theme_id(list(own)[:ID_WORDS], f"\0{salt}")
            taken.add(name)
            ids.append(name)
        return ids, kept

    def _neighbours(self) -> list[int]:
        """The nearest other theme of each, -1 for none."""
        alike = np.round(self._groups.centres @ self._groups.centres.T, 6)
        np.fill_diagonal(alike, -2.0)
        alike[:, np.setdiff1d(np.arange(self._groups.k), self.named)] = -2.0
        return alike.argmax(axis=1).tolist() if len(self.named) > 1 else [-1] * self._groups.k

    def _theme(
        self, number: int, name: str, kept: Kept | None, terms: dict[str, float], near: int, ids: Sequence[str]
    ) -> Theme:
        context, columns = self._context, self._columns
        mine = np.flatnonzero((self._groups.of_text == number) & self._counted)
        rows = self._rows[mine]
        severity = columns["severity"][rows].astype(np.float64)
        letter, classes = rank.finding_class(severity) if len(rows) else ("D", {})
        self.pain[number] = round(math.fsum(severity.tolist()), 6)
        low, high = rank.wilson(len(rows), context.total)
        customer = columns["customer"][rows]
        people = len(np.unique(np.where(customer > 0, customer, columns["key"][rows])))
        grown, state, chance = self._trend(rows)
        called = self._names[number]
        differs = self._namer.apart(number, near) if near >= 0 else []
        worst = rows[np.lexsort((columns["key"][rows], self._content[mine], -severity))][:MAX_ROWS]
        title = self._word(called.title)
        return Theme(
            id=name, title={"ru": title, "en": title}, n=len(rows), customers=people,
            share=round(len(rows) / max(context.total, 1), 4), share_low=low, share_high=high,
            severity=round(float(severity.mean().round(6)), 3) if len(rows) else 0.0, severity_class=letter,
            classes=classes, growth=grown, status=state, chance=chance, few=len(rows) < rank.FEW,
            words=[self._word(word) for word in called.words], near=ids[near] if near >= 0 else None,
            apart=[self._word(word) for word in differs], kept=kept,
            terms={self._word(word): weight for word, weight in terms.items()},
            quotes=self._quotes(number), rows=[context.name_of(int(row)) for row in worst],
            parts=self._parts(number, called.title) if context.parts else [],
            sure=round(math.fsum(columns["complaint"][rows].tolist()) / len(rows), 2) if len(rows) else None,
        )  # fmt: skip

    def _parts(self, number: int, title: str) -> list[Part]:
        """Sub-themes of a large theme, largest first; a single one is none."""
        mine, part = split(self._groups, self._all, number)
        if not len(mine):
            return []
        of_text = np.full(len(self._counted), -1, np.int64)
        of_text[mine] = part
        own = of_text[self._groups.fitted]
        k = int(part.max()) + 1
        namer = Namer(self._runs.among(np.flatnonzero(own >= 0)), self._forms, own.tolist(), k)
        counts = np.bincount(part[self._counted[mine] & (part >= 0)], minlength=k).tolist()
        found: list[Part] = []
        for at, name in enumerate(namer.names(title)):
            if name.title and counts[at]:
                called, words = self._word(name.title), [self._word(word) for word in name.words]
                own_id = theme_id([word for word, _ in namer.terms(at)[:ID_WORDS]], title)
                share = round(counts[at] / max(1, sum(counts)), 4)
                found.append(Part(own_id, {"ru": called, "en": called}, counts[at], share, words))
        found.sort(key=lambda one: (-one.n, one.id))
        return found if len(found) > 1 else []

    def _word(self, text: str) -> str:
        return mask_value(text) if self._context.masked else text

    def _trend(self, rows: Int) -> tuple[float | None, str | None, float | None]:
        """Growth, status, and the chance that as many come by accident."""
        span = self._context.reference
        if span is None:
            return None, None, None
        days = self._columns["date"][rows].astype(np.int64)
        now, before = span.now(days), span.before(days)
        total_now, total_before = span.now(self._days), span.before(self._days)
        state, chance = status(now, before, total_now, total_before, self._groups.k)
        return rank.growth(now, total_now, before, total_before), state, chance

    def _quotes(self, number: int) -> list[Quote]:
        """Texts nearest to the middle of the theme that are easy to read."""
        groups = self._groups
        found = [at for at, group in enumerate(self._group) if group == number]
        fits = {at: READABLE[0] <= len(self._texts[at]) <= READABLE[1] for at in found}
        found.sort(key=lambda at: (not fits[at], -groups.likeness[at], int(self._content[groups.fitted[at]])))
        quotes: list[Quote] = []
        for at in found[: self._context.quotes]:
            row = int(self._rows[groups.fitted[at]])
            text = excerpt(self._texts[at], 0, 0, MAX_QUOTE)[0]
            if self._context.masked:
                text = mask(text).text
            columns = self._columns
            quotes.append(
                Quote(
                    self._context.name_of(row), columns.sources[int(columns["source"][row])], int(columns["row"][row]),
                    text, 0, 0, round(float(columns["severity"][row]), 3),
                )
            )  # fmt: skip
        return quotes
