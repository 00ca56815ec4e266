"""The plan of measures as Markdown: a table to agree on, and below it why and whose words."""

from __future__ import annotations

from collections.abc import Sequence

from ...analyzers.plan import Measure
from ...analyzers.records import Report
from ..messages import words as head_words
from . import plan_words
from .escape import markdown
from .wording import TITLE, Wording

ROWS_SHOWN = 20


def render(plan: Sequence[Measure], report: Report, language: str, owner: str | None = None) -> str:
    """The plan as a page; that of one department where `owner` is given."""
    words = Wording(language)
    title = words.say("plan.title")
    if owner is not None:
        title += f": {plan_words.owner(owner, words)}"
    inputs = ", ".join(plan_words.source(str(item.get("source", "-"))) for item in report.meta.inputs[:3])
    complaints = plan_words.complaints(report.statistics.complaints, words)
    lines = [f"# {title}", "", markdown(words.say("plan.source", inputs=inputs, complaints=complaints))]
    if not plan:
        return "\n".join([*lines, "", words.say("plan.none")]) + "\n"
    heads = head_words("plan.head", language)
    lines += ["", "| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(_cells(measure, words)) + " |" for measure in plan]
    for measure in plan:
        lines += ["", *_details(measure, words)]
    lines += ["", markdown(words.say("report.limits"))]
    return "\n".join(lines) + "\n"


def _cells(measure: Measure, words: Wording) -> list[str]:
    return [
        str(measure.rank), markdown(words.title(measure.title)), measure.severity_class,
        markdown(plan_words.owner(measure.owner, words)), markdown(words.title(measure.upgrade)),
        markdown(words.title(measure.metric)), markdown(plan_words.now(measure, words)),
        plan_words.day(measure, words.language),
    ]  # fmt: skip


def _details(measure: Measure, words: Wording) -> list[str]:
    """Why, by what, and the customers' words."""
    title = markdown(words.title(measure.title))
    lines = [f"## {measure.rank}. {title} ({markdown(measure.id, TITLE)})", ""]
    for code, text in (
        ("plan.owner", plan_words.owner(measure.owner, words)),
        ("report.upgrade", words.title(measure.upgrade)),
        ("plan.because", plan_words.why(measure, words)),
        ("report.metric", words.title(measure.metric)),
        ("plan.present", plan_words.now(measure, words)),
        ("plan.check", plan_words.day(measure, words.language)),
    ):
        lines.append(f"- {markdown(words.say(code, text=text))}")
    for quote in measure.quotes:
        lines += ["", f"> {markdown(plan_words.quote(quote, words))}"]
    if measure.rows:
        rows = ", ".join(measure.rows[:ROWS_SHOWN]) + ("…" if measure.n > ROWS_SHOWN else "")
        lines += ["", markdown(words.say("plan.rows", rows=rows))]
    return lines
