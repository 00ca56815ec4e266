"""The plan of measures as a sheet, of its own workbook or of the report's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...analyzers.plan import Measure, day_of
from ...analyzers.records import Report
from ..messages import words as head_words
from . import plan_words
from .wording import Wording
from .workbook import Book

KINDS = ("int", "wide", "letter", "wide", "wide", "wide", "wide", "wide", "date", "wide")
WIDTHS = (5, 30, 7, 18, 50, 34, 30, 24, 12, 60)


def render(plan: Sequence[Measure], report: Report, language: str, owner: str | None = None) -> bytes:
    """A workbook with the plan alone."""
    words = Wording(language)
    title = words.say("plan.title") + (f": {plan_words.owner(owner, words)}" if owner else "")
    book = Book(day_of(report), title)
    sheet(book, plan, words)
    return book.bytes()


def sheet(book: Book, plan: Sequence[Measure], words: Wording) -> Any:
    """The plan's sheet."""
    made = book.sheet(words.say("xlsx.plan"))
    heads = list(zip(head_words("xlsx.plan_head", words.language), KINDS, WIDTHS, strict=True))
    rows = [
        [measure.rank, words.title(measure.title), measure.severity_class, plan_words.owner(measure.owner, words),
         words.title(measure.upgrade), words.title(measure.metric), plan_words.now(measure, words),
         plan_words.why(measure, words), measure.check,
         plan_words.quote(measure.quotes[0], words) if measure.quotes else None]
        for measure in plan
    ]  # fmt: skip
    book.table(made, 0, heads, rows)
    return made
