"""What a lexicon is made of: categories, markers, rules, and the faults found in its files."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .errors import UsageError
from .terms import Term

if TYPE_CHECKING:
    from .compiled import Compiled


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a lexicon file, with its place."""

    file: str
    line: int
    code: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Rule:
    """A term in its use.

    Attributes
    ----------
    use : {"terms", "aspects", "praise", "not", "cue", "marker", "marker_not"}
    target : str
        Category, marker or pack id.
    pack : str or None
        The sector pack whose cue it needs.
    own : bool
        Whether the user wrote it: such a term is obeyed where the models would doubt it.
    """

    use: str
    target: str
    term: Term
    pack: str | None
    file: str
    line: int
    own: bool = False


@dataclass(slots=True)
class Category:
    """A known pain. Field meanings stand in lexicons/README.md."""

    id: str
    title: dict[str, str]
    owner: str
    dimension: str
    stage: str
    severity: float
    upgrade: dict[str, str]
    metric: dict[str, str]
    pack: str | None
    file: str
    line: int
    aliases: tuple[str, ...] = ()
    yes: list[str] = field(default_factory=list[str])
    no: list[str] = field(default_factory=list[str])

    @property
    def system(self) -> str:
        """The part of the company's system to upgrade."""
        return self.id.partition(".")[0]


@dataclass(slots=True)
class Marker:
    """A sign that belongs to no category: praise, escalation, demand."""

    id: str
    title: dict[str, str]
    file: str
    line: int
    yes: list[str] = field(default_factory=list[str])
    no: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Lexicon:
    """All knowledge of a run.

    Attributes
    ----------
    categories, markers : dict by id
    packs : dict of pack id to titles
    rules : list of Rule
        Every term of every file, in file order.
    version : str
        Digest of the files' bytes: the same lexicon, the same version, on every machine.
    compiled : Compiled or None
        The rules as tables, where they were kept from an earlier run.
    """

    categories: dict[str, Category] = field(default_factory=dict[str, Category])
    markers: dict[str, Marker] = field(default_factory=dict[str, Marker])
    packs: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    rules: list[Rule] = field(default_factory=list[Rule])
    problems: list[Problem] = field(default_factory=list[Problem])
    version: str = ""
    compiled: Compiled | None = field(default=None, compare=False, repr=False)

    def alias(self, category: str) -> str:
        """The present id of a renamed or merged category."""
        for known in self.categories.values():
            if category in known.aliases:
                return known.id
        return category

    def check_sectors(self, names: Iterable[str]) -> None:
        """Refuse a sector that no pack has.

        Raises
        ------
        UsageError
            ``lexicon.unknown_sector`` with the nearest name.
        """
        for name in names:
            if name not in self.packs:
                near = difflib.get_close_matches(name, self.packs, n=1, cutoff=0.4)
                raise UsageError(
                    "lexicon.unknown_sector",
                    name=name,
                    nearest=near[0] if near else None,
                    allowed=sorted(self.packs) or "—",
                )
