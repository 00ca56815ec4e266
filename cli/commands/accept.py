"""`svc discover --accept THEME --as system.name`: a theme becomes a category of a lexicon."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...analyzers.errors import UsageError
from ..boundary import DONE, clean, json_text, warn
from ..console import emit, write_file
from ..messages import say
from ..version import VERSION

if TYPE_CHECKING:
    from ...analyzers.config import Settings
    from ...analyzers.discover.accept import Proposal


def accept(
    inputs: Sequence[str], settings: Settings, theme: str, category: str, output: str | None, *, quiet: bool
) -> int:
    """Propose terms for a theme, say what they catch, write the entry.

    Raises
    ------
    UsageError
        ``accept.unknown``, ``lexicon.bad_new_id``.
    """
    from ...analyzers.discover.accept import propose
    from ...analyzers.vocabulary import SYSTEMS

    system, _, rest = category.partition(".")
    if system not in SYSTEMS or not rest or "." in rest:
        near = difflib.get_close_matches(system, SYSTEMS, n=1, cutoff=0.5)
        raise UsageError(
            "lexicon.bad_new_id", id=category, allowed=", ".join(SYSTEMS), nearest=near[0] if near else None
        )
    found = propose(inputs, settings, theme, category, VERSION)
    if not found.terms:
        raise UsageError("accept.none", id=theme)
    for line in _caught(found):
        if output is None:
            warn(line)
        else:
            emit(clean(line) + "\n")
    page = _toml(found, category, system)
    if output is None:
        emit(clean(page))
    else:
        write_file(output, partial(_put, clean(page)))
        if not quiet:
            warn(say("accept.wrote", path=output))
    return DONE


def _caught(found: Proposal) -> list[str]:
    lines = [say("accept.shown", id=found.theme.id)]
    lines += [
        say("accept.term", term=term.text, n=term.inside, other=term.outside, covered=term.covered)
        for term in found.terms
    ]
    caught = found.inside + found.outside
    return [
        *lines,
        say(
            "accept.total", caught=found.inside, n=found.theme.n, other=found.outside,
            recall=round(100 * found.inside / max(1, found.theme.n)),
            precision=round(100 * found.inside / max(1, caught)),
        ),
    ]  # fmt: skip


def _toml(found: Proposal, category: str, system: str) -> str:
    """The entry, ready for `svc lexicon lint`."""
    from ...analyzers.vocabulary import SYSTEM_OWNERS

    title, todo = json_text(found.theme.title["ru"]), json_text(say("accept.todo"))
    lines = [
        f"# {found.theme.id}", "[[category]]", f'id = "{category}"', f"title = {{ ru = {title}, en = {title} }}",
        f'owner = "{SYSTEM_OWNERS[system]}"', 'dimension = "reliability"', 'stage = "during"',
        f"severity = {found.theme.severity}", f"upgrade = {{ ru = {todo}, en = {todo} }}",
        f"metric = {{ ru = {todo}, en = {todo} }}", "terms = [",
    ]  # fmt: skip
    lines += [f"  {json_text(term.text)}," for term in found.terms]
    lines += ["]", "yes = [", *(f"  {json_text(text)}," for text in found.yes), "]"]
    lines += ["no = [", *(f"  {json_text(text)}," for text in found.no), "]"]
    return "\n".join(lines) + "\n"


def _put(page: str, target: Path) -> None:
    target.write_text(page, "utf-8")
