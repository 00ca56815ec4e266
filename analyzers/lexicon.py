"""Lexicons: loading, checking and merging of category, marker and set files into one `Lexicon`."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ..lexicons import folder, path
from .category import Category, Lexicon, Marker, Problem, Rule
from .errors import LexiconError
from .terms import TermError, parse_term
from .vocabulary import DIMENSIONS, OWNERS, STAGES, SYSTEM_OWNERS, SYSTEMS
from .wordlist import nearest, read_wordlist

LISTS = ("terms", "aspects", "praise", "not")
_TEXTS = ("title", "upgrade", "metric")
_FIELDS = {"id", "owner", "dimension", "stage", "severity", "aliases", "yes", "no", *LISTS, *_TEXTS}
_MARKER_FIELDS = {"id", "title", "terms", "not", "yes", "no", "weight"}


class _Source:
    """One file with its text, for line numbers."""

    def __init__(self, file: Traversable | Path, *, own: bool = False, text: str | None = None) -> None:
        self.name = file.name
        self.own = own
        self.data = file.read_bytes()
        self.text = self.data.decode("utf-8") if text is None else text
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
    def __init__(self, base: Lexicon | None = None) -> None:
        self.lexicon = base or Lexicon()
        self.sets: dict[str, tuple[str, ...]] = {}
        self._digest = hashlib.sha256(self.lexicon.version.encode())
        self._defined: set[str] = set()  # by the user's files
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
        if not self._may_define(source, name):
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

    def _may_define(self, source: _Source, name: str) -> bool:
        """Whether a file may define a category: a new one, or a packaged one that the user's file overrides once."""
        known = name in self.lexicon.categories
        if known and (not source.own or name in self._defined):
            return False
        if known:
            self.lexicon.rules = [rule for rule in self.lexicon.rules if rule.own or rule.target != name]
        if source.own:
            self._defined.add(name)
        return True

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
            category.yes = [*category.yes, *entry.get("yes", [])]
            category.no = [*category.no, *entry.get("no", [])]
            for key in sorted(entry.keys() - _FIELDS | entry.keys() & {"aliases"}):
                self.problem(source, source.field(key, line), "lexicon.unknown_field", field=key, id=name)
            self._check_vocabulary(source, line, name, entry)
            for key in ("owner", "dimension", "stage", "severity", *_TEXTS):
                if key in entry:
                    old = getattr(category, key)
                    setattr(category, key, old | entry[key] if isinstance(old, dict) else type(old)(entry[key]))
            for use in LISTS:
                self._rules(source, line, use, name, entry.get(use, []), pack, sets)
        self._extensions.clear()

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
            self.lexicon.rules.append(Rule(use, target, term, pack, source.name, line, source.own))

    def load_wordlist(self, path: Path) -> None:
        """Take in a user's two-column list; a category is named by id or title, or is a new `system.name`."""
        source = _Source(path, own=True, text="")
        self._digest.update(source.name.encode() + b"\0" + source.data + b"\0")
        known = {name.casefold(): name for name in self.lexicon.categories}
        for name, category in self.lexicon.categories.items():
            known |= {title.casefold(): name for title in category.title.values() if title.casefold() not in known}
        for row in read_wordlist(str(path)):
            name = known.get(row.category.casefold(), self.lexicon.alias(row.category))
            if name not in self.lexicon.categories:
                system, _, rest = name.partition(".")
                if system not in SYSTEMS or not rest or "." in rest:
                    self.problem(
                        source, row.row, "lexicon.unknown_title", name=row.category,
                        nearest=nearest(row.category, [*known.values(), *(
                            c.title.get("ru", "") for c in self.lexicon.categories.values())]),
                        allowed=", ".join(SYSTEMS),
                    )  # fmt: skip
                    continue
                self.lexicon.categories[name] = _plain_category(name, source.name, row.row)
            self._rules(source, row.row, "terms", name, [row.term], None, self.sets)

    def finish(self) -> Lexicon:
        self.extend()
        self.lexicon.version = self._digest.hexdigest()[:12]
        return self.lexicon


def load_lexicon(
    extra: Sequence[str] = (), *, strict: bool = True, cache: Path | None = None, legs: bool = True
) -> Lexicon:
    """The packaged lexicon, extended or overridden by a user's files.

    Parameters
    ----------
    extra : sequence of str
        Paths of TOML files of the same notation, or of two-column lists (term; category).
    strict : bool, default True
        Raise at the first problem; otherwise they stand in `Lexicon.problems`.
    cache : Path or None
        Folder where the parsed packaged lexicon is kept between runs.
    legs : bool, default True
        Whether the packaged terms must come with their legs; matching needs their tables only.

    Raises
    ------
    LexiconError
        ``lexicon.problem`` with file, line and what is allowed.
    """
    if not extra and strict:
        return _packaged(cache, legs)
    lexicon = _build(extra, cache)
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
def _packaged(cache: Path | None, legs: bool) -> Lexicon:
    from .lexcache import load_kept, save_kept

    found = load_kept(cache, legs=legs) if cache is not None else None
    if found is None:
        found = _build((), None)
        _refuse_problems(found)  # a broken installation is said as for a user's file
        if cache is not None:
            save_kept(found, cache)
    return found


def packaged_files() -> list[Traversable]:
    """The lexicon files of the package, in the order of loading."""
    return [path("ru/sets.toml"), *(file for part in ("ru/core", "ru/sectors", "ru/markers") for file in folder(part))]


def _build(extra: Sequence[str], cache: Path | None) -> Lexicon:
    base = _kept(cache) if extra else None
    loader = _Loader(base)
    sets, *files = packaged_files()
    loader.load_sets(_Source(sets))
    for file in files if base is None else ():
        loader.load(_Source(file))
    loader.extend()  # the packs' words belong to the packaged categories: a user's override drops them too
    for name in extra:
        file = Path(name)
        if not file.is_file():
            raise LexiconError("lexicon.not_found", path=name)
        if file.suffix.lower() == ".toml":
            loader.load(_Source(file, own=True))
        else:
            loader.load_wordlist(file)
    return loader.finish()


def _kept(cache: Path | None) -> Lexicon | None:
    """The packaged lexicon as kept on disk, for a user's files to be added to."""
    if cache is None:
        return None
    from .lexcache import load_kept

    found = load_kept(cache)
    if found is not None:
        found.compiled = None  # of fewer rules than there will be
    return found


def _plain_category(name: str, file: str, line: int) -> Category:
    """A category that a list names for the first time: what a list cannot say is set to the middle."""
    system, _, rest = name.partition(".")
    title = rest.replace("_", " ").capitalize()
    return Category(
        name, {"ru": title, "en": title}, SYSTEM_OWNERS[system], "reliability", "during", 0.4,
        {"ru": "", "en": ""}, {"ru": "", "en": ""}, None, file, line,
    )  # fmt: skip
