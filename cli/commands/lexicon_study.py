"""`svc lexicon coverage | suggest | diff | new`: a lexicon measured on a file of complaints, and begun."""

from __future__ import annotations

import difflib
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import DONE, clean, json_text, warn
from ..bundles import choice
from ..console import emit
from ..messages import default_language, say
from ..ruled import ruled
from .analyze import FORMATS

if TYPE_CHECKING:
    from ...analyzers.config import Settings
    from ...analyzers.lexstudy import Change
    from ...analyzers.suggest import Suggestion

QUOTE = 160  # characters of a quote on the screen
SHOWN_CHANGES = 50
PACKAGED = "-"

OldLexicon = Annotated[str, typer.Argument(metavar="OLD", help=say("help.old_lexicon"), show_default=False)]
NewLexicon = Annotated[str, typer.Argument(metavar="NEW", help=say("help.new_lexicon"), show_default=False)]
NewCategory = Annotated[str, typer.Argument(metavar="ID", help=say("help.new_category"), show_default=False)]
Toml = Annotated[bool, typer.Option("--toml", help=say("help.suggest_toml"))]


@ruled
def coverage_cli(
    inputs: o.Inputs,
    text: o.TextColumn = None,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    sheet: o.Sheet = None,
    split: o.Split = None,
    lexicon: o.Lexicons = None,
    sector: o.Sectors = None,
    format_: o.Format = "text",
    no_mask: o.NoMask = False,
    mask_rules: o.MaskRules = None,
    workers: o.Workers = None,
) -> int:
    """Face of `lexicon coverage`."""
    choice("format", format_, FORMATS)
    settings = _settings(text, encoding, delimiter, sheet, split, lexicon, sector, no_mask, workers)
    from ...analyzers.lexicon import load_lexicon
    from ...analyzers.lexstudy import coverage

    known = load_lexicon(settings.lexicons, cache=settings.cache)
    found = coverage(inputs, settings, known.categories)
    if format_ == "json":
        emit(json_text(asdict(found), indent=2) + "\n")
        return DONE
    lines = [
        say("coverage.total", n=found.complaints, covered=_percent(found.covered, found.complaints)),
        say("coverage.by", rule=_percent(found.by_rule, found.complaints)),
        "",
        say("coverage.terms") + ":",
    ]
    lines += [
        f"  {n:>6}  {_percent(n, found.complaints):>5} %  {category}  {term}" for term, category, n in found.terms
    ]
    lines += ["", say("report.uncovered") + ":", *(f"  {phrase.n:>6}  {phrase.phrase}" for phrase in found.phrases)]
    lines += ["", say("coverage.unused", n=len(found.unused)) + ":", "  " + ", ".join(found.unused)]
    lines += ["", say("coverage.next", inputs=" ".join(inputs))]
    _print(lines)
    return DONE


@ruled
def suggest_cli(
    inputs: o.Inputs,
    text: o.TextColumn = None,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    sheet: o.Sheet = None,
    split: o.Split = None,
    lexicon: o.Lexicons = None,
    sector: o.Sectors = None,
    format_: o.Format = "text",
    toml: Toml = False,
    no_mask: o.NoMask = False,
    mask_rules: o.MaskRules = None,
    workers: o.Workers = None,
) -> int:
    """Face of `lexicon suggest`."""
    choice("format", format_, FORMATS)
    settings = _settings(text, encoding, delimiter, sheet, split, lexicon, sector, no_mask, workers)
    from ...analyzers.suggest import suggest

    found = suggest(inputs, settings)
    if format_ == "json":
        emit(json_text([asdict(item) for item in found], indent=2) + "\n")
    elif toml:
        emit(clean(_toml(found)))
    else:
        _print(_suggestion_lines(found))
    return DONE


def _suggestion_lines(found: list[Suggestion]) -> list[str]:
    if not found:
        return [say("suggest.none")]
    lines = [say("suggest.head")]
    for item in found:
        where = say("suggest.extend", id=item.category, n=item.support) if item.category else say("suggest.new")
        lines.append(f"{item.term}   {say('suggest.counts', n=item.n, elsewhere=item.elsewhere)}   {where}")
        lines += [f"    «{_short(quote)}» [{name}]" for name, quote in item.quotes]
    return [*lines, "", say("suggest.next")]


def _toml(found: list[Suggestion]) -> str:
    """Blocks for a lexicon file, the new ones left for the author to name."""
    blocks: list[str] = []
    names = sorted({item.category for item in found if item.category})
    for name in names:
        terms = [item for item in found if item.category == name]
        lines = ["[[extend]]", f'id = "{name}"', "terms = ["]
        lines += [f"  {json_text(item.term)},  # {item.n}" for item in terms]
        blocks.append("\n".join([*lines, "]"]))
    fresh = [item for item in found if not item.category]
    if fresh:
        blocks.append(
            "\n".join([f"# {say('suggest.fresh')}", *(f"#   {json_text(item.term)},  # {item.n}" for item in fresh)])
        )
    return "\n\n".join(blocks) + "\n"


@ruled
def diff_cli(
    old: OldLexicon,
    new: NewLexicon,
    inputs: o.Inputs,
    text: o.TextColumn = None,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    sheet: o.Sheet = None,
    split: o.Split = None,
    sector: o.Sectors = None,
    format_: o.Format = "text",
    no_mask: o.NoMask = False,
    mask_rules: o.MaskRules = None,
    workers: o.Workers = None,
) -> int:
    """Face of `lexicon diff`."""
    choice("format", format_, FORMATS)
    settings = _settings(text, encoding, delimiter, sheet, split, None, sector, no_mask, workers)
    from ...analyzers.lexstudy import diff

    sides = [[] if path == PACKAGED else [path] for path in (old, new)]
    changes = diff(inputs, settings, *sides)
    if format_ == "json":
        emit(json_text([asdict(change) for change in changes], indent=2) + "\n")
        return DONE
    _print(_change_lines(changes))
    return DONE


def _change_lines(changes: list[Change]) -> list[str]:
    from collections import Counter

    lines = [say("lexdiff.total", n=len(changes))]
    gained = Counter(name for change in changes for name in change.gained)
    lost = Counter(name for change in changes for name in change.lost)
    lines += [f"  {name:<34} +{gained[name]} -{lost[name]}" for name in sorted(gained | lost)]
    for change in changes[:SHOWN_CHANGES]:
        marks = [*("+" + name for name in change.gained), *("-" + name for name in change.lost)]
        if change.kind[0] != change.kind[1]:
            marks.append(f"{say('kind.' + change.kind[0])} → {say('kind.' + change.kind[1])}")
        lines.append(f"{change.source}:{change.row} {' '.join(marks)}")
        lines.append(f"    «{_short(change.text)}»")
    if len(changes) > SHOWN_CHANGES:
        lines.append(say("lexdiff.more", n=len(changes) - SHOWN_CHANGES))
    return lines


def new_cli(category: NewCategory) -> int:
    """Face of `lexicon new`."""
    from ...analyzers.config import cache_folder
    from ...analyzers.lexicon import load_lexicon
    from ...analyzers.vocabulary import DIMENSIONS, OWNERS, STAGES, SYSTEM_OWNERS, SYSTEMS

    system, _, rest = category.partition(".")
    if system not in SYSTEMS or not rest or "." in rest:
        near = difflib.get_close_matches(system, SYSTEMS, n=1, cutoff=0.5)
        raise UsageError(
            "lexicon.bad_new_id", id=category, allowed=", ".join(SYSTEMS), nearest=near[0] if near else None
        )
    if category in load_lexicon(cache=cache_folder()).categories:
        warn(say("lexnew.exists", id=category))
        emit(f'[[extend]]\nid = "{category}"\nterms = [\n  "",\n]\nyes = []\nno = []\n')
        return DONE
    emit(
        say(
            "lexnew.template", id=category, owner=SYSTEM_OWNERS[system], owners=" | ".join(OWNERS),
            dimensions=" | ".join(DIMENSIONS), stages=" | ".join(STAGES),
        )
    )  # fmt: skip
    return DONE


def _settings(
    text: str | None, encoding: str | None, delimiter: str | None, sheet: str | None, split: str | None,
    lexicon: list[str] | None, sector: list[str] | None, no_mask: bool, workers: int | None,
) -> Settings:  # fmt: skip
    from ...analyzers.config import Settings, cache_folder
    from ...analyzers.read import ReadOptions

    columns = {} if text is None else {"text": text}
    return Settings(
        read=ReadOptions(columns=columns, encoding=encoding, delimiter=delimiter, sheet=sheet, split=split),
        lexicons=tuple(lexicon or ()), sectors=tuple(sector or ()), masked=not no_mask, workers=workers,
        cache=cache_folder(),
    )  # fmt: skip


def _percent(part: int, whole: int) -> str:
    value = f"{100 * part / whole:.1f}" if whole else "0"
    return value.replace(".", ",") if default_language() == "ru" else value


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= QUOTE else flat[: QUOTE - 1].rstrip() + "…"


def _print(lines: list[Any]) -> None:
    emit("\n".join(clean(line) for line in lines) + "\n")
