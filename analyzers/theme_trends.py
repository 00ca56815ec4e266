"""Themes over the weeks: in how many complaints the words of a theme were met, judged as categories are.

Each run groups its texts anew, and a group of one week is half of another's: the size of a group is no series. Words
are. So the memory keeps, for each period, in how many complaints without a category each word was met (words as keyed
hashes, and no text); and a theme's series is the mean of its weightiest words, of periods before it was found too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import NO_DATE, Columns
from .content_words import Words
from .forms import Forms
from .history import History, spans
from .periods import first_day, next_first
from .records import Report, Theme, Title
from .remember import COUNTED_CODES
from .signatures import Remembered, remembered_themes
from .store import Store
from .trend import Change, judge

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

WORDS = "theme_words:"
PERIODS = "week", "month"
KEPT = 60  # periods whose words are remembered
LEAST = 2  # complaints that a word must be met in to be remembered
MOST = 1000  # words remembered of a period, the commonest
MARK = 6  # bytes of a word's hash
TELLING = 3  # words of a theme that make its series
RATE = (
    0.002  # chance of a false alarm of any theme in a period, as asked of the test: docs/weekly.md has what it came to
)


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A theme whose words are new, grew, fell or are gone; share, class and quote are those of its group, if any."""

    change: Change
    title: Title
    share: float = 0.0
    letter: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """Words of one period: in how many of its complaints each was met, by hash."""

    texts: int
    complaints: int
    words: dict[str, int]


def heard(
    words: Words, rows: Int, columns: Columns, used: Bool, forms: Forms, unit: str, key: bytes
) -> dict[int, Heard]:
    """Words of the texts that themes are looked for in, by the first day of their period.

    Parameters
    ----------
    words : Words
        Of each text.
    rows : ndarray of int64 of shape (n_texts,)
        Where it stands in `columns`.
    used : ndarray of bool of shape (n_rows,)
    key : bytes
        Of the hashes.
    """
    dated = used & (columns["date"] > NO_DATE)
    days, of_day = np.unique(np.where(dated, columns["date"], NO_DATE), return_inverse=True)
    counted = dated & np.isin(columns["kind"], sorted(COUNTED_CODES))
    first = np.array([0 if day == NO_DATE else first_day(day, unit) for day in days.tolist()], np.int64)[of_day]
    found: dict[int, Heard] = {}
    for start in np.unique(first[counted]).tolist():
        here = np.flatnonzero((counted & (first == start))[rows])
        part = words.rows(here)
        pairs = np.unique(part.doc * len(forms.lemmas) + part.lemma)
        numbers, counts = np.unique(pairs % len(forms.lemmas), return_counts=True)
        met: list[int] = counts.tolist()
        common = sorted((-n, forms.lemmas[int(at)]) for at, n in zip(numbers, met, strict=True) if n >= LEAST)[:MOST]
        marks = {mark(word, key): -n for n, word in common}
        found[start] = Heard(len(here), int((counted & (first == start)).sum()), marks)
    return found


def mark(word: str, key: bytes) -> str:
    """The hash by which a word is known again."""
    return hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=MARK, key=key, person=b"word").hexdigest()


def keep_words(
    store: Store, found: Mapping[int, Heard], unit: str, tag: str, *, replace: bool = False
) -> dict[int, Any]:
    """Remember the words of some periods: of two exports of a period the fuller one counts, with `replace` the last.

    Returns
    -------
    dict
        Of all periods of this version, by first day: what `theme_changes` is given.
    """
    kept = _kept(store, unit)
    before = dict(kept)
    for start, entry in found.items():
        old = kept.get(str(start))
        if replace or old is None or old["tag"] != tag or old["complaints"] <= entry.complaints:
            kept[str(start)] = {"tag": tag, "texts": entry.texts, "complaints": entry.complaints, "n": entry.words}
    if kept != before:
        last = sorted(kept, key=int)[-KEPT:]
        value = json.dumps({day: kept[day] for day in last}, sort_keys=True, separators=(",", ":"))
        store.setting(WORDS + unit, value)
    return {int(day): entry for day, entry in kept.items() if entry["tag"] == tag}


def forget_words(store: Store, before: int) -> None:
    """Drop the words of periods that end before a day."""
    for unit in PERIODS:
        kept = _kept(store, unit)
        left = {day: entry for day, entry in kept.items() if next_first(int(day), unit) > before}
        if left != kept:
            store.setting(WORDS + unit, json.dumps(left, sort_keys=True, separators=(",", ":")))


def theme_changes(
    store: Store, report: Report, kept: Mapping[int, Any], unit: str, first: int, rate: float = RATE
) -> list[ThemeChange]:
    """What of the themes found and remembered is unusual in a period, most telling first.

    Parameters
    ----------
    kept : mapping
        Words by the first day of their period; of one version of the labels.
    first : int
        First day of the period, an ordinal.
    """
    kept = {day: entry for day, entry in kept.items() if day <= first}
    if first not in kept:
        return []
    now = {theme.id: theme for theme in report.themes}
    known = [theme for theme in remembered_themes(store) if theme.id in now or theme.first != theme.last]
    history = theme_history(kept, unit, known, store.secret())
    at = history.find(first)
    if at is None or not known:
        return []
    titles = {theme.id: theme.title for theme in known}
    changes = [change for change in judge(history, at, rate).changes.values() if change.status != "stable"]
    changes = [change for change in changes if change.id in titles]
    changes.sort(key=lambda change: (change.p, -change.n, change.id))
    return [_change(change, now.get(change.id), titles[change.id]) for change in changes]


def theme_history(kept: Mapping[int, Any], unit: str, themes: Sequence[Remembered], key: bytes) -> History:
    """Complaints with a theme's words, by period and theme; a period that no export covered is not compared."""
    first = spans(min(kept), max(kept), unit)
    marks = [[mark(word, key) for word in _telling(theme.terms)] for theme in themes]
    counts = np.zeros((len(first), len(themes)), np.int64)
    complaints = np.zeros(len(first), np.int64)
    for day, entry in kept.items():
        at = int(np.searchsorted(first, day))
        complaints[at] = entry["complaints"]
        counts[at] = [_mean(entry["n"].get(name, 0) for name in names) for names in marks]
    seen = np.isin(first, list(kept))
    names = tuple(theme.id for theme in themes)
    return History(unit, first, names, counts, complaints, complaints, 0 * complaints, seen)


def _telling(terms: Mapping[str, float]) -> list[str]:
    return sorted(terms, key=lambda word: (-terms[word], word))[:TELLING]


def _mean(counts: Iterable[int]) -> int:
    found = list(counts)
    return round(sum(found) / max(1, len(found)))


def _change(change: Change, theme: Theme | None, title: Title) -> ThemeChange:
    if theme is None:
        return ThemeChange(change, title)
    quote = theme.quotes[0].text if theme.quotes else None
    return ThemeChange(change, theme.title, theme.share, theme.severity_class, quote)


def _kept(store: Store, unit: str) -> dict[str, Any]:
    return json.loads(store.setting(WORDS + unit) or "{}")
