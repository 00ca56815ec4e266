"""Lexicons: loading, checking and merging of category, marker and set files into one `Lexicon`."""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ..lexicons import folder, path
from .errors import LexiconError, UsageError
from .terms import Term, TermError, parse_term
from .vocabulary import DIMENSIONS, OWNERS, STAGES, SYSTEMS

LISTS = ("terms", "aspects", "praise", "not")
_TEXTS = ("title", "upgrade", "metric")
_FIELDS = {"id", "owner", "dimension", "stage", "severity", "aliases", "yes", "no", *LISTS, *_TEXTS}
_MARKER_FIELDS = {"id", "title", "terms", "not", "yes", "no", "weight"}


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
    """

    use: str
    target: str
    term: Term
    pack: str | None
    file: str
    line: int


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
    """

    categories: dict[str, Category] = field(default_factory=dict[str, Category])
    markers: dict[str, Marker] = field(default_factory=dict[str, Marker])
    packs: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    rules: list[Rule] = field(default_factory=list[Rule])
    problems: list[Problem] = field(default_factory=list[Problem])
    version: str = ""

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


class _Source:
    """One file with its text, for line numbers."""

    def __init__(self, file: Traversable | Path) -> None:
        self.name = file.name
        self.data = file.read_bytes()
        self.text = self.data.decode("utf-8")
        self._lines = self.text.split("\n")

    def line(self, needle: str, after: int = 1) -> int:
        """Line of the first occurrence at or after a line, 1-based; `after` where there is none."""
        for number, line in enumerate(self._lines[after - 1 :], after):
            if needle in line:
                return number
        return after

    def field(self, key: str, after: int) -> int:
        """Line where an entry that begins at `after` sets a field; `after` where it does not."""
        setting = re.compile(rf"\s*{re.escape(key)}\s*[=.]")
        for number, line in enumerate(self._lines[after - 1 :], after):
            if setting.match(line):
                return number
            if number > after and line.startswith("["):
                break
        return after


class _Loader:
    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self.sets: dict[str, tuple[str, ...]] = {}
        self._digest = hashlib.sha256()
        self._extensions: list[tuple[_Source, str | None, dict[str, Any], dict[str, tuple[str, ...]]]] = []

    def problem(self, source: _Source, line: int, code: str, **params: object) -> None:
        self.lexicon.problems.append(Problem(source.name, line, code, params))

    def table(self, source: _Source) -> dict[str, Any] | None:
        self._digest.update(source.name.encode() + b"\0" + source.data + b"\0")
        try:
            return tomllib.loads(source.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            self.problem(source, int(place[1]) if place else 1, "lexicon.toml", detail=str(error))
            return None

    def load_sets(self, source: _Source) -> None:
        table = self.table(source)
        if table is not None:
            self.sets |= {name: tuple(words) for name, words in table.get("sets", {}).items()}

    def load(self, source: _Source) -> None:
        table = self.table(source)
        if table is None:
            return
        sets = self.sets | {name: tuple(words) for name, words in table.get("sets", {}).items()}
        pack = self._pack(source, table, sets)
        after = 1
        for entry in table.get("category", []):
            after = self._category(source, entry, pack, sets, after)
        for entry in table.get("marker", []):
            after = self._marker(source, entry, sets, after)
        for entry in table.get("extend", []):
            self._extensions.append((source, pack, entry, sets))
        for key in table.keys() - {"sets", "pack", "category", "marker", "extend"}:
            self.problem(source, source.line(f"[{key}"), "lexicon.unknown_table", name=key)

    def _pack(self, source: _Source, table: dict[str, Any], sets: dict[str, tuple[str, ...]]) -> str | None:
        head = table.get("pack")
        if head is None:
            return None
        name = str(head.get("id", ""))
        if not name:
            self.problem(source, source.line("[pack]"), "lexicon.missing", field="id", id="pack")
            return None
        self.lexicon.packs.setdefault(name, head.get("title", {"ru": name, "en": name}))
        self._rules(source, source.line("[pack]"), "cue", name, head.get("cue", []), None, sets)
        return name

    def _category(
        self, source: _Source, entry: dict[str, Any], pack: str | None, sets: dict[str, tuple[str, ...]], after: int
    ) -> int:
        name = str(entry.get("id", ""))
        line = source.line(f'"{name}"', after)
        for key in sorted(
            {"id", "owner", "dimension", "stage", "severity", "terms", "yes", "no", *_TEXTS} - entry.keys()
        ):
            self.problem(source, line, "lexicon.missing", field=key, id=name)
        for key in sorted(entry.keys() - _FIELDS):
            self.problem(source, source.field(key, line), "lexicon.unknown_field", field=key, id=name)
        self._check_vocabulary(source, line, name, entry)
        if name in self.lexicon.categories:
            self.problem(source, line, "lexicon.duplicate", id=name, first=self.lexicon.categories[name].file)
            return line
        self.lexicon.categories[name] = Category(
            name,
            dict(entry.get("title", {})),
            entry.get("owner", ""),
            entry.get("dimension", ""),
            entry.get("stage", ""),
            float(entry.get("severity", 0.3)),
            dict(entry.get("upgrade", {})),
            dict(entry.get("metric", {})),
            pack,
            source.name,
            line,
            tuple(entry.get("aliases", ())),
            list(entry.get("yes", [])),
            list(entry.get("no", [])),
        )
        for use in LISTS:
            self._rules(source, line, use, name, entry.get(use, []), pack, sets)
        return line

    def _check_vocabulary(self, source: _Source, line: int, name: str, entry: dict[str, Any]) -> None:
        for key, allowed in (("owner", OWNERS), ("dimension", DIMENSIONS), ("stage", STAGES)):
            value = entry.get(key)
            if value is not None and value not in allowed:
                self.problem(
                    source, source.field(key, line), "lexicon.not_allowed", field=key, id=name, value=value,
                    allowed=", ".join(allowed),
                )  # fmt: skip
        system, _, rest = name.partition(".")
        if system not in SYSTEMS or not rest or "." in rest:
            self.problem(source, line, "lexicon.bad_id", id=name, allowed=", ".join(SYSTEMS))
        if not 0 <= float(entry.get("severity", 0.3)) <= 1:
            self.problem(
                source, source.field("severity", line), "lexicon.not_allowed", field="severity", id=name,
                value=entry["severity"], allowed="0..1",
            )  # fmt: skip

    def _marker(self, source: _Source, entry: dict[str, Any], sets: dict[str, tuple[str, ...]], after: int) -> int:
        name = str(entry.get("id", ""))
        line = source.line(f'"{name}"', after)
        for key in sorted(entry.keys() - _MARKER_FIELDS):
            self.problem(source, line, "lexicon.unknown_field", field=key, id=name)
        if name in self.lexicon.markers:
            self.problem(source, line, "lexicon.duplicate", id=name, first=self.lexicon.markers[name].file)
            return line
        self.lexicon.markers[name] = Marker(
            name, dict(entry.get("title", {})), source.name, line, list(entry.get("yes", [])), list(entry.get("no", []))
        )
        self._rules(source, line, "marker", name, entry.get("terms", []), None, sets)
        self._rules(source, line, "marker_not", name, entry.get("not", []), None, sets)
        return line

    def extend(self) -> None:
        """Apply the `[[extend]]` blocks, once every category is known."""
        for source, pack, entry, sets in self._extensions:
            name = self.lexicon.alias(str(entry.get("id", "")))
            line = source.line(f'"{name}"')
            category = self.lexicon.categories.get(name)
            if category is None:
                self.problem(source, line, "lexicon.unknown_id", id=name)
                continue
            category.yes += entry.get("yes", [])
            category.no += entry.get("no", [])
            for use in LISTS:
                self._rules(source, line, use, name, entry.get(use, []), pack, sets)

    def _rules(
        self,
        source: _Source,
        after: int,
        use: str,
        target: str,
        entries: Iterable[str | dict[str, Any]],
        pack: str | None,
        sets: dict[str, tuple[str, ...]],
    ) -> None:
        for entry in entries:
            text, weight = (
                (entry, 1.0) if isinstance(entry, str) else (str(entry.get("term", "")), float(entry.get("weight", 1)))
            )
            line = source.line(text, after)
            try:
                term = parse_term(text, sets, weight)
            except TermError as error:
                self.problem(source, line, "lexicon.term", id=target, term=text, detail=str(error))
                continue
            self.lexicon.rules.append(Rule(use, target, term, pack, source.name, line))

    def finish(self) -> Lexicon:
        self.extend()
        self.lexicon.version = self._digest.hexdigest()[:12]
        return self.lexicon


def load_lexicon(extra: Sequence[str] = (), *, strict: bool = True, cache: Path | None = None) -> Lexicon:
    """The packaged lexicon, extended or overridden by a user's files.

    Parameters
    ----------
    extra : sequence of str
        Paths of TOML files of the same notation.
    strict : bool, default True
        Raise at the first problem; otherwise they stand in `Lexicon.problems`.
    cache : Path or None
        Folder where the parsed packaged lexicon is kept between runs.

    Raises
    ------
    LexiconError
        ``lexicon.problem`` with file, line and what is allowed.
    """
    if not extra and strict:
        return _packaged(cache)
    lexicon = _build(extra)
    if strict:
        _refuse_problems(lexicon)
    return lexicon


def _refuse_problems(lexicon: Lexicon) -> None:
    if lexicon.problems:
        first = lexicon.problems[0]
        raise LexiconError(
            "lexicon.problem",
            file=first.file,
            line=first.line,
            problem=first.code,
            n=len(lexicon.problems),
            **first.params,
        )


@lru_cache(maxsize=2)
def _packaged(cache: Path | None) -> Lexicon:
    from .lexcache import load_kept, save_kept

    found = load_kept(cache) if cache is not None else None
    if found is None:
        found = _build(())
        _refuse_problems(found)  # a broken installation is said as for a user's file
        if cache is not None:
            save_kept(found, cache)
    return found


def packaged_files() -> list[Traversable]:
    """The lexicon files of the package, in the order of loading."""
    return [path("ru/sets.toml"), *(file for part in ("ru/core", "ru/sectors", "ru/markers") for file in folder(part))]


def _build(extra: Sequence[str]) -> Lexicon:
    loader = _Loader()
    sets, *files = packaged_files()
    loader.load_sets(_Source(sets))
    for file in files:
        loader.load(_Source(file))
    for name in extra:
        file = Path(name)
        if not file.is_file():
            raise LexiconError("lexicon.not_found", path=name)
        loader.load(_Source(file))
    return loader.finish()
