"""`svc explain`: one text or one category, down to the rule and its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import DONE, clean
from ..console import emit
from ..messages import default_language, say

if TYPE_CHECKING:
    from ...analyzers.explain import Explanation
    from ...analyzers.lexicon import Lexicon

TextArgument = Annotated[str | None, typer.Argument(metavar="TEXT", help=say("help.text"), show_default=False)]
CategoryOption = Annotated[
    str | None, typer.Option("--category", metavar="ID", help=say("help.category"), show_default=False)
]


def explain_cli(
    text: TextArgument = None, category: CategoryOption = None, lexicon: o.Lexicons = None, sector: o.Sectors = None
) -> int:
    """Face of `explain`."""
    if (text is None) == (category is None):
        raise UsageError("run.text_or_category")
    return explain(text, category, tuple(lexicon or ()), tuple(sector or ()))


def explain(text: str | None, category: str | None, lexicons: tuple[str, ...], sectors: tuple[str, ...]) -> int:
    """Print how a text is read, or how a category is found."""
    from ...analyzers.config import cache_folder
    from ...analyzers.lexicon import load_lexicon

    lexicon = load_lexicon(lexicons, cache=cache_folder())
    if category is not None:
        from .lexicon import category_lines

        lines = category_lines(lexicon, category)
    else:
        lexicon.check_sectors(sectors)
        from ...analyzers.explain import explain_text

        lines = _lines(explain_text(text or "", lexicon, sectors), lexicon)
    emit("\n".join(clean(line) for line in lines) + "\n")
    return DONE


def _lines(found: Explanation, lexicon: Lexicon) -> list[str]:
    language = default_language()
    lines = [
        say("explain.kind", kind=say("kind." + found.kind), confidence=found.confidence, complaint=found.complaint),
        say("explain.severity", severity=found.severity, letter=found.severity_class or "—"),
    ]
    if found.parts:
        lines.append(say("explain.parts") + ":")
        for part in found.parts:
            if part.name in lexicon.categories:
                lines.append("  " + say("explain.base", id=part.name, value=part.floor))
            else:
                lines.append("  " + say("explain.fact", fact=say("fact." + part.name), floor=part.floor, add=part.add))
    lines.append(say("explain.categories") + ":")
    for name, score in found.categories:
        lines.append(
            "  " + say("explain.given", id=name, title=lexicon.categories[name].title.get(language, ""), score=score)
        )
    if not found.categories:
        lines.append("  " + say("explain.none"))
    lines.append(say("explain.mentions") + ":")
    for mention in found.mentions:
        state = say("explain.state." + mention.state)
        sign = "+" if mention.strength else "-"
        where = f"(×{mention.weight:g}, {mention.file}:{mention.line})"
        lines.append(f"  {sign} «{mention.text}» {mention.category} [{state}] {mention.term}  {where}")
    for mention in found.markers:
        where = f"(×{mention.weight:g}, {mention.file}:{mention.line})"
        lines.append(f"  · «{mention.text}» {mention.category}: {mention.term}  {where}")
    lines.append(say("explain.tokens") + ":")
    lines.append(
        "  " + " ".join(f"{token.form}→{token.lemma}{'(не)' if token.negated else ''}" for token in found.tokens)
    )
    return lines
