"""The words of a measure, shared by the plan's Markdown and its workbook."""

from __future__ import annotations

from dataclasses import replace

from ...analyzers.plan import Measure
from ...analyzers.records import Quote
from ..messages import plural
from .escape import one_line
from .wording import TITLE, Wording, proven


def now(measure: Measure, words: Wording) -> str:
    """The present value that the complaints give: number, share with interval, per 1,000, what is overdue."""
    of = complaints(measure.complaints, words, of=True)
    parts = [
        words.say(
            "plan.now", n=measure.n, complaints=of, share=words.percent(measure.share),
            low=words.percent(measure.share_low), high=words.percent(measure.share_high),
        )
    ]  # fmt: skip
    if measure.per_1000 is not None:
        parts.append(words.say("report.per_1000", value=words.number(measure.per_1000)))
    if measure.overdue:
        parts.append(words.say("plan.overdue", n=measure.overdue))
    if measure.median_days is not None:
        parts.append(words.say("plan.median", n=words.number(measure.median_days)))
    return "; ".join(parts)


def complaints(n: int, words: Wording, *, of: bool = False) -> str:
    """«147 жалоб»; behind «из» too: «из 21 жалобы»."""
    return plural(n, words.say("report.of_complaints" if of else "report.complaints"), words.language)


def source(name: str) -> str:
    """A file without its folders: a plan goes from hand to hand."""
    return one_line(name, TITLE).rpartition("/")[2]


def quote(quote: Quote, words: Wording) -> str:
    """A customer's words with their place."""
    return words.quote(replace(quote, source=source(quote.source)))


def why(measure: Measure, words: Wording) -> str:
    """The figures behind a measure."""
    parts = [words.say("plan.why", index=words.number(measure.index), letter=measure.severity_class)]
    if measure.growth is not None and proven(measure):
        parts.append(words.say("plan.growth", value=words.one(measure.growth)))
    if measure.few:
        parts.append(words.say("report.few"))
    return ", ".join(parts)


def day(measure: Measure, language: str) -> str:
    """The day of the check, as this language writes it."""
    if measure.check is None:
        return "—"
    return measure.check.strftime("%d.%m.%Y" if language == "ru" else "%Y-%m-%d")


def owner(name: str, words: Wording) -> str:
    """A department with a capital letter."""
    word = words.say("owner." + name)
    return word[:1].upper() + word[1:]
