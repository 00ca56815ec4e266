"""Themes between runs: the words by which the memory knows a theme again, so that it keeps its id from week to week."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .discover.ids import Known
from .periods import span_of
from .records import Report, Title
from .store import Store

SETTING = "themes"
NAMED_BY = 3  # words
MOST = 300  # themes remembered; those not met for longest go first


def known_themes(store: Store) -> tuple[Known, ...]:
    """Themes of earlier weeks, as a run is given them."""
    return tuple(Known(entry["id"], entry["terms"]) for entry in _kept(store))


def keep_themes(store: Store, report: Report, period: str) -> None:
    """Remember the themes of a period: lemmas and weights, with the first and the last period each was met in."""
    before = _kept(store)
    first = {entry["id"]: entry["first"] for entry in before}
    now: list[dict[str, Any]] = [
        {"id": theme.id, "terms": theme.terms, "first": first.get(theme.id, period), "last": period}
        for theme in sorted(report.themes, key=lambda theme: theme.id)
    ]
    met = {str(entry["id"]) for entry in now}
    found = [*now, *(entry for entry in before if entry["id"] not in met)][:MOST]
    if found != before:
        store.setting(SETTING, json.dumps(found, ensure_ascii=False, sort_keys=True))


def forget_themes(store: Store, before: int) -> None:
    """Drop the themes last met in a period that ends before a day."""
    kept = _kept(store)
    left = [entry for entry in kept if not (span := span_of(entry["last"])) or span[1].toordinal() >= before]
    if left != kept:
        store.setting(SETTING, json.dumps(left, ensure_ascii=False, sort_keys=True))


@dataclass(frozen=True, slots=True)
class Remembered:
    """A theme of the memory: its words with their weights, the first and the last period that it was found in."""

    id: str
    terms: dict[str, float]
    first: str
    last: str

    @property
    def title(self) -> Title:
        """Its weightiest words: what it is called where it was not found."""
        words = ", ".join(sorted(self.terms, key=lambda word: (-self.terms[word], word))[:NAMED_BY])
        return {"ru": words, "en": words}


def remembered_themes(store: Store) -> list[Remembered]:
    """Themes of all weeks, those of the last one first."""
    return [Remembered(entry["id"], entry["terms"], entry["first"], entry["last"]) for entry in _kept(store)]


def _kept(store: Store) -> list[dict[str, Any]]:
    return json.loads(store.setting(SETTING) or "[]")
