"""The report as one HTML page: no network, no script but its own, readable without scripts, printable."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files

from ...analyzers.records import Report
from .escape import one_line
from .page import findings, overview, stories, told
from .page.base import Limits, Page, Section
from .page.markup import Child, Safe, join, tag
from .wording import days_told

LIMIT = 1_450_000  # bytes; a mail's attachment and a browser on a phone stand that
LEAST = 2_500  # bytes of a finding without quotes: more findings than fit are not tried
# what is given up, in this order, where a page would be larger
STEPS = (
    Limits(),
    Limits(quotes=3, letters=400, cut=True),
    Limits(quotes=2, letters=250, cut=True),
    Limits(findings=300, quotes=1, letters=200, listed=30, cut=True),
    Limits(findings=100, quotes=1, letters=120, listed=20, cut=True),
    Limits(findings=20, quotes=1, letters=80, listed=10, cut=True),
)


def render(report: Report, language: str, *, top: int) -> str:
    """The whole page; quotes are shortened, then findings left out, until it holds at most `LIMIT` bytes.

    Parameters
    ----------
    top : int
        Findings shown at first, 0 for all; the others are on the page and wait for a button.
    """
    page = ""
    for limits in STEPS:
        shown = min(len(report.findings), limits.findings or len(report.findings))
        if shown * LEAST > LIMIT and limits is not STEPS[-1]:
            continue
        page = _page(Page(report, language, top, limits))
        if len(page.encode("utf-8", "backslashreplace")) <= LIMIT:
            break
    return page


def _page(page: Page) -> str:
    style, script = _source("page.css"), _source("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title = page.say("md.title")
    sections = list(_sections(page))
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        _meta("Content-Security-Policy", policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content=f"svc {one_line(page.report.meta.version, 40)}"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title, ": ", _inputs(page)),
        tag("style", Safe(style)),
    )
    body = tag(
        "body",
        tag("a", page.say("html.skip"), href="#findings", class_="skip"),
        _header(page, title),
        _contents(page, sections),
        tag("main", [_section(section) for section in sections], id="main"),
        tag("footer", tag("p", _made(page)), class_="foot"),
        tag("script", Safe(script)),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang=page.language)}\n"


def _meta(name: str, content: str) -> Safe:
    # tag() has no attribute with a hyphen at its left: http-equiv is one
    return tag("meta", http_equiv=name, content=content)


def _sections(page: Page) -> Iterator[Section]:
    """The parts in the order of questions: what first, why, where, how it moves, who waits, what else, how sure."""
    parts = (
        overview.gates,
        findings.section,
        stories.urgent,
        told.claims,
        overview.pareto,
        overview.groups,
        overview.heat,
        overview.foreseen,
        overview.periods,
        stories.work,
        told.themes,
        stories.segments,
        told.expectations,
        told.effort,
        stories.strengths,
        stories.repeats,
        stories.uncovered,
        overview.limits,
    )
    for part in parts:
        section = part(page)
        if section is not None:
            yield section
    yield stories.following(page)


def _section(section: Section) -> Safe:
    heading = f"h-{section.id}"
    return tag(
        "section",
        tag("h2", section.heading, id=heading),
        section.body,
        id=section.id,
        aria_labelledby=heading,
        tabindex=-1,
    )


def _header(page: Page, title: Safe) -> Safe:
    return tag(
        "header",
        tag(
            "div",
            tag("button", page.say("html.theme"), type="button", id="theme", aria_pressed="false"),
            tag("button", page.say("html.print"), type="button", id="print"),
            class_="buttons page-tools",
        ),
        tag("p", tag("b", title), " · ", _inputs(page), _days(page), class_="source"),
        tag("h1", page.say("html.heading"), class_="hidden"),
        overview.verdict(page),
        tag("p", page.say("html.limits_short"), class_="note"),
        class_="top",
    )


def _contents(page: Page, sections: list[Section]) -> Safe:
    items = [tag("li", tag("a", page.say("html.nav." + section.id), href="#" + section.id)) for section in sections]
    return tag("nav", tag("ul", items), class_="contents", aria_label=page.say("html.contents"))


def _inputs(page: Page) -> Safe:
    names = [one_line(str(item.get("source", "-")), 200).rpartition("/")[2] for item in page.report.meta.inputs]
    shown = ", ".join(names[:3])
    return join(shown, page.say("html.and_more", n=len(names) - 3) if len(names) > 3 else None)


def _days(page: Page) -> Child:
    found = page.report.periods
    if not found:
        return None
    days = days_told(page.report)
    if days is None:
        return join(" · ", page.period(found[0].period), " — ", page.period(found[-1].period))
    return f" · {page.day(days[0])}–{page.day(days[1])}"


def _made(page: Page) -> Safe:
    meta = page.report.meta
    return page.say(
        "html.made",
        version=one_line(meta.version, 40),
        lexicon=one_line(meta.lexicon, 40),
        created=_moment(page, one_line(str(meta.created or "—"), 40)),
    )


def _moment(page: Page, created: str) -> str:
    """Day and minute of a report."""
    day, _, time = created.partition("T")
    return f"{page.day(day)} {time[:5]}".strip()


def _source(name: str) -> str:
    return files(__package__ or "svc.cli.reporters").joinpath("templates", name).read_text("utf-8").strip()


def _digest(source: str) -> str:
    """The hash by which the page's policy knows its own style and script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
