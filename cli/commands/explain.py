"""`svc explain`: one text or one category, down to the rule and its line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import DONE, clean
from ..bundles import Cells, Columns, Span, Words, flat, reading
from ..configured import weights
from ..console import emit
from ..messages import default_language, say
from ..ruled import ruled
from .explain_finding import explain_finding

FILE_QUOTES = 20
SUMMED = ("told", "gravity", "most", "least")  # parts of the severity that are no category, fact or relief

if TYPE_CHECKING:
    from ...analyzers.config import Settings
    from ...analyzers.explain import Explanation, Token, Told
    from ...analyzers.lexicon import Lexicon
    from ...analyzers.mask_told import Hider

TextArgument = Annotated[str | None, typer.Argument(metavar="TEXT", help=say("help.text"), show_default=False)]
CategoryOption = Annotated[
    str | None, typer.Option("--category", metavar="ID", help=say("help.category"), show_default=False)
]

FindingOption = Annotated[
    str | None, typer.Option("--finding", metavar="ID", help=say("help.finding"), show_default=False)
]


@ruled
@flat
def explain_cli(
    words: TextArgument = None,
    *,
    category: CategoryOption = None,
    finding: FindingOption = None,
    columns: Columns,
    cells: Cells,
    span: Span,
    tz: o.Tz = "Europe/Moscow",
    lexicons: Words,
    no_model: o.NoModel = False,
    no_mask: o.NoMask = False,
    mask_rules: o.MaskRules = None,
    workers: o.Workers = None,
) -> int:
    """Face of `explain`: a text, a category, a category in a file, or the sum behind a finding of a file."""
    from ...analyzers.config import Settings, cache_folder

    if words is None and category is None and finding is None:
        raise UsageError("run.text_or_category")
    if finding is not None and (words is None or category is not None):
        raise UsageError("run.finding_and_file")
    settings = Settings(
        read=reading((columns,), cells, tz), **span.days(), lexicons=tuple(lexicons.lexicon or ()),
        sectors=tuple(lexicons.sector or ()), cache=cache_folder(), masked=not no_mask, workers=workers,
        model=not no_model, weights=weights(),
    )  # fmt: skip
    if finding is not None and words is not None:
        return explain_finding(finding, [words], settings)
    if category is not None and words is not None:
        return explain_in_file(category, words, settings)
    return explain(
        words, category, settings.lexicons, settings.sectors, model=settings.model, masked=settings.masked
    )  # fmt: skip


def explain_in_file(category: str, path: str, settings: Settings) -> int:
    """Print which complaints of a file have a category, and by which terms."""
    from collections import Counter

    from ...analyzers.lexicon import load_lexicon
    from ...analyzers.lexstudy import labelled
    from .lexicon import category_lines

    lexicon = load_lexicon(settings.lexicons, cache=settings.cache)
    name = lexicon.alias(category)
    head = category_lines(lexicon, name)[:4]
    rows, _ = labelled([path], settings)
    mine = [row for row in rows if any(given["id"] == name for given in row["categories"])]
    terms = Counter(
        term for row in mine for term in {m["term"] for m in row["mentions"] if m["category"] == name} or {""}
    )
    lines = [*head, "", say("explain.in_file", n=len(mine), total=len(rows))]
    lines += [
        f"  {n:>6}  {term or say('explain.model_only')}"
        for term, n in sorted(terms.items(), key=lambda x: (-x[1], x[0]))
    ]
    lines.append("")
    for row in mine[:FILE_QUOTES]:
        places = [(m["start"], m["stop"]) for m in row["mentions"] if m["category"] == name]
        start, stop = min(places, default=(0, 0))
        text = " ".join(row["text"][max(0, start - 100) : stop + 100].split())
        lines.append(f"{row['source']}:{row['row']} «{row['text'][start:stop]}» … {text}")
    if len(mine) > FILE_QUOTES:
        lines.append(say("explain.more_rows", n=len(mine) - FILE_QUOTES))
    emit("\n".join(clean(line) for line in lines) + "\n")
    return DONE


def explain(
    text: str | None, category: str | None, lexicons: tuple[str, ...], sectors: tuple[str, ...], *,
    model: bool = True, masked: bool = True,
) -> int:  # fmt: skip
    """Print how a text is read, or how a category is found."""
    from ...analyzers.config import cache_folder
    from ...analyzers.lexicon import load_lexicon

    lexicon = load_lexicon(lexicons, cache=cache_folder())
    if category is not None:
        from .lexicon import category_lines

        lines = category_lines(lexicon, category)
    else:
        lexicon.check_sectors(sectors)
        from ...analyzers.assess.severity import facts_with, reliefs_with
        from ...analyzers.explain import explain_text
        from ...analyzers.mask_told import Hider

        changes = weights().facts
        found = explain_text(
            text or "", lexicon, sectors, model=model, weights=facts_with(changes), reliefs=reliefs_with(changes)
        )
        lines = _lines(found, lexicon, Hider(text or "" if masked else ""))
    emit("\n".join(clean(line) for line in lines) + "\n")
    return DONE


def _lines(found: Explanation, lexicon: Lexicon, hider: Hider) -> list[str]:
    language = default_language()
    lines = [
        say("explain.kind", kind=say("kind." + found.kind), confidence=found.confidence, complaint=found.complaint),
        say("explain.severity", severity=found.severity, letter=found.severity_class or "—"),
    ]
    if found.weights:
        rival = say("kind." + found.rival)
        told = ", ".join(f"{hider.line(sign_text(name))} {amount:+g}" for name, amount in found.weights)
        lines.append(say("explain.weights", rival=rival) + ": " + told)
    if found.parts:
        lines.append(say("explain.parts") + ":")
        for part in found.parts:
            if part.name in lexicon.categories:
                lines.append("  " + say("explain.base", id=part.name, value=part.floor))
            elif part.name in SUMMED:
                lines.append("  " + say("explain." + part.name, value=part.floor))
            elif part.add < 0:
                lines.append("  " + say("explain.relief", fact=say("fact." + part.name), off=-part.add))
            else:
                lines.append("  " + say("explain.fact", fact=say("fact." + part.name), floor=part.floor, add=part.add))
    lines.append(say("explain.categories") + ":")
    for name, score in found.categories:
        lines.append(
            "  " + say("explain.given", id=name, title=lexicon.categories[name].title.get(language, ""), score=score)
        )
        if name in found.words:
            lines.append("    " + say("explain.by_model", words=hider.line(", ".join(found.words[name])) or "—"))
    if not found.categories:
        fired = any(mention.state == "fired" and not mention.strength for mention in found.mentions)
        lines.append("  " + say("explain.unsure" if fired else "explain.none"))
    lines.append(say("explain.mentions") + ":")
    for mention in found.mentions:
        state = say("explain.state." + mention.state)
        sign = "+" if mention.strength else "-"
        where = f"(×{mention.weight:g}, {mention.file}:{mention.line})"
        lines.append(f"  {sign} «{hider.line(mention.text)}» {mention.category} [{state}] {mention.term}  {where}")
    for mention in found.markers:
        where = f"(×{mention.weight:g}, {mention.file}:{mention.line})"
        lines.append(f"  · «{hider.line(mention.text)}» {mention.category}: {mention.term}  {where}")
    if found.told:
        lines.append(say("told.title") + ":")
        lines += ["  " + hider.line(told_text(_hidden(told, hider))) for told in found.told]
    lines.append(say("explain.tokens") + ":")
    lines.append("  " + " ".join(_token_text(token, hider) for token in found.tokens))
    return lines


def _hidden(told: Told, hider: Hider) -> Told:
    """A fact read from a card's number or a phone is not told either."""
    text = hider.line(told.text)
    return told if text == told.text else replace(told, text=text, value=text if text[:1] == "[" else told.value)


def _token_text(token: Token, hider: Hider) -> str:
    shown = hider.word(token.form)
    if shown != token.form:  # a base form would tell the name as well
        return shown
    return f"{token.form}→{token.lemma}{'(не)' if token.negated else ''}"


def told_text(told: Told) -> str:
    """A fact with the words it was read from."""
    value = told.value
    if told.name == "demands":
        value = say("demand." + value)
    elif told.name == "promised":
        value = say("promise." + value)
    elif told.name == "escalation":
        value = say("fact." + value)
    text = say("told." + told.name, value=value)
    if told.name in ("deadline", "purchase", "claim"):
        text += f" {value}"
    return f"{text}: «{told.text}»" if told.text else text


def sign_text(name: str) -> str:
    """A sign or lemma of the kind model as a reader may understand it."""
    group, colon, marker = name.partition(":")
    return f"{group}({marker})" if colon else f"«{name}»" if re.search("[а-я]", name) else name
