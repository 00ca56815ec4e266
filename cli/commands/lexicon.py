"""`svc lexicon`: what the categories are, and whether their files are sound."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import DONE, GATE, clean, warn
from ..console import emit
from ..messages import default_language, say

if TYPE_CHECKING:
    from ...analyzers.lexicon import Lexicon

SystemOption = Annotated[
    str | None, typer.Option("--system", metavar="NAME", help=say("help.system"), show_default=False)
]
CategoryArgument = Annotated[str, typer.Argument(metavar="ID", help=say("help.category_id"), show_default=False)]
Files = Annotated[
    list[str] | None, typer.Option("--files", metavar="NAME", help=say("help.lexicon_files"), show_default=False)
]


def _load(lexicons: list[str] | None, *, strict: bool = True) -> Lexicon:
    from ...analyzers.config import cache_folder
    from ...analyzers.lexicon import load_lexicon

    return load_lexicon(tuple(lexicons or ()), strict=strict, cache=cache_folder())


def list_cli(system: SystemOption = None, lexicon: o.Lexicons = None) -> int:
    """Face of `lexicon list`."""
    from ...analyzers.vocabulary import SYSTEMS

    if system is not None and system not in SYSTEMS:
        raise UsageError("run.bad_choice", option="system", value=system, allowed=", ".join(SYSTEMS))
    found = _load(lexicon)
    language = default_language()
    lines = [
        f"{c.id:<34} {c.severity:<5g} {say('owner.' + c.owner):<22} {c.title.get(language, '')}"
        for c in found.categories.values()
        if system in (None, c.system)
    ]
    terms = sum(rule.use in {"terms", "aspects"} for rule in found.rules)
    lines.append(say("lexlist.total", categories=len(found.categories), terms=terms, version=found.version))
    emit("\n".join(clean(line) for line in lines) + "\n")
    return DONE


def show_cli(category: CategoryArgument, lexicon: o.Lexicons = None) -> int:
    """Face of `lexicon show`."""
    emit("\n".join(clean(line) for line in category_lines(_load(lexicon), category)) + "\n")
    return DONE


def category_lines(lexicon: Lexicon, name: str) -> list[str]:
    """A category as its file has it.

    Raises
    ------
    UsageError
        ``lexicon.unknown_category`` with the nearest id.
    """
    found = lexicon.categories.get(lexicon.alias(name))
    if found is None:
        near = difflib.get_close_matches(name, lexicon.categories, n=1, cutoff=0.4)
        raise UsageError("lexicon.unknown_category", id=name, nearest=near[0] if near else None)
    language = default_language()
    lines = [
        f"{found.id}  {found.title.get(language, '')}",
        f"{say('system.' + found.system)} / {say('owner.' + found.owner)} / {say('dimension.' + found.dimension)} / "
        f"{say('stage.' + found.stage)} / {found.severity:g}",
        say("report.upgrade", text=found.upgrade.get(language, "")),
        say("report.metric", text=found.metric.get(language, "")),
    ]
    for use in ("terms", "aspects", "praise", "not"):
        rules = [rule for rule in lexicon.rules if rule.target == found.id and rule.use == use]
        if rules:
            lines.append(f"{use}:")
            lines += [f"  {rule.term.text}  (×{rule.term.weight:g}, {rule.file}:{rule.line})" for rule in rules]
    for name_, texts in (("yes", found.yes), ("no", found.no)):
        lines += [f"{name_}:", *(f"  {text}" for text in texts)]
    return lines


def lint_cli(lexicon: o.Lexicons = None) -> int:
    """Face of `lexicon lint`."""
    from ...analyzers.lexcheck import dead_words, told_twice

    found = _load(lexicon, strict=False)
    problems = [*found.problems, *dead_words(found), *told_twice(found)]
    for problem in problems:
        near = problem.params.get("nearest")
        words = say(problem.code, None, hint=f" ({near}?)" if near else "", **problem.params)
        warn(f"{problem.file}:{problem.line}: {words}", sets=True)
    if problems:
        warn(say("lexlist.problems", n=len(problems)))
        return GATE
    emit(say("lexlist.ok", categories=len(found.categories), terms=len(found.rules)) + "\n")
    return DONE


def test_cli(lexicon: o.Lexicons = None, files: Files = None) -> int:  # noqa: PT028 a command, not a test
    """Face of `lexicon test`."""
    from pathlib import Path

    from ...analyzers.forms import Forms
    from ...analyzers.lexcheck import check_examples, count_examples

    found = _load(lexicon)
    names = {Path(name).name for name in files or ()}
    faults = check_examples(found, Forms(), names)
    for fault in faults:
        code = "lexicon.example_missed" if fault.expected else "lexicon.example_wrong"
        warn(
            f"{fault.file}:{fault.line}: {say(code, None, id=fault.id, text=fault.text, terms='; '.join(fault.fired))}"
        )
    emit(say("lexlist.examples", n=count_examples(found, names), wrong=len(faults)) + "\n")
    return GATE if faults else DONE
