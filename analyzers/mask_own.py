"""A company's own masking rules: patterns to mask and words to keep, from a TOML or TXT file.

They hold for a whole run (`own_rules`) and not for one call, so that nothing which masks can forget them: quotes, rows,
ids, the last look before writing. Patterns are the users' own and may backtrack: each text has a budget of time.
"""

from __future__ import annotations

import contextlib
import re
import signal
import threading
import tomllib
from collections.abc import Generator, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from .errors import InputError, SvcError, UsageError
from .lemmas import flatten
from .mask_forms import kind
from .mask_rules import TOKENS, Span

BUDGET = 0.5
"""Seconds of processor time that all own patterns may take on one text."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_TOKEN = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁ0-9_]{1,19}")
_LINE = re.compile(r"([A-ZА-ЯЁ][A-ZА-ЯЁ0-9_]{1,19}#?)\s*=\s*(\S.*)")
# a repeated group that repeats inside: «(a+)+» takes 2^n steps; possessive repeats («(a+)++») cannot
_NESTED = re.compile(r"\((?!\?>)[^()]*(?:[^\\*+?}][*+]|\{\d+,\})(?!\+)[^()]*\)(?:[*+]|\{\d*,\})(?!\+)")
_KINDS = {word: kind for kind, (word, _) in TOKENS.items()}


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to mask: group 1 where the expression has one, else all of it."""

    token: str
    numbered: bool
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The rules of one file.

    Attributes
    ----------
    patterns : tuple of Pattern
        Found before everything else, in the order of the file.
    keep : frozenset of tuple of str
        Base forms of words and phrases that are never masked.
    """

    patterns: tuple[Pattern, ...] = ()
    keep: frozenset[tuple[str, ...]] = frozenset()

    def found(self, text: str) -> Iterator[Span]:
        """Spans of the patterns; the kind is the token itself, with ``#`` where it is numbered.

        Raises
        ------
        UsageError
            ``mask.rule_slow`` where a pattern takes more than `BUDGET`.
        """
        for pattern in self.patterns:
            group = 1 if pattern.regex.groups else 0
            with _budget(pattern):
                spans = [found.span(group) for found in pattern.regex.finditer(text)]
            for start, stop in spans:
                kind_ = _KINDS.get(pattern.token, pattern.token + "#" * pattern.numbered)
                yield start, stop, kind_, text[start:stop].lower()

    def kept(self, text: str) -> list[tuple[int, int]]:
        """Where words and phrases to keep stand, in any of their forms."""
        if not self.keep:
            return []
        words = list(_WORD.finditer(text))
        bases = [kind(flatten(word[0].lower())).lemma for word in words]
        sizes = {len(phrase) for phrase in self.keep}
        return [
            (words[at].start(), words[at + size - 1].end())
            for at in range(len(words))
            for size in sizes
            if tuple(bases[at : at + size]) in self.keep
        ]


NO_RULES = OwnRules()
_current: ContextVar[OwnRules] = ContextVar("own_rules", default=NO_RULES)


def current() -> OwnRules:
    """The rules of this run."""
    return _current.get()


@contextlib.contextmanager
def own_rules(path: str | None) -> Generator[OwnRules]:
    """Mask by a file's rules as well, as long as the block lasts; errors that leave it are masked by them too.

    Raises
    ------
    InputError, UsageError
        ``mask.rules_*``, ``mask.rule_*``.
    """
    rules = read_rules(path) if path else NO_RULES
    before = _current.set(rules)
    try:
        yield rules
    except SvcError as error:
        if rules.patterns and error.code != "mask.rule_slow":
            error.params = {name: _masked(rules, value) for name, value in error.params.items()}
        raise
    finally:
        _current.reset(before)


def _masked(rules: OwnRules, value: object) -> object:
    if not isinstance(value, str):
        return value
    for pattern in rules.patterns:
        value = pattern.regex.sub(f"[{pattern.token}]", value)
    return value


def read_rules(path: str) -> OwnRules:
    """Read a file of rules: TOML by its name, else one rule a line.

    Raises
    ------
    InputError
        ``mask.rules_not_read``.
    UsageError
        ``mask.rules_toml``, ``mask.rules_key``, ``mask.rule_bad``, ``mask.rule_nested``.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("mask.rules_not_read", path=path, detail=str(error)) from None
    return _of_toml(text, path) if path.lower().endswith(".toml") else _of_lines(text, path)


def _of_toml(text: str, path: str) -> OwnRules:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("mask.rules_toml", path=path, detail=str(error)) from None
    unknown = sorted(set(data) - {"keep", "pattern"})
    keep: object = data.get("keep", [])
    tables: object = data.get("pattern", [])
    if unknown or not _is_list(keep, str) or not _is_list(tables, dict):
        raise UsageError("mask.rules_key", path=path, key=unknown[0] if unknown else "keep, pattern")
    patterns: list[Pattern] = []
    for number, table in enumerate(cast("list[dict[str, Any]]", tables), 1):
        odd = sorted(set(table) - {"token", "regex", "numbered"})
        if odd:
            raise UsageError("mask.rules_key", path=path, key=f"pattern.{odd[0]}")
        token, regex = str(table.get("token", "")), str(table.get("regex", ""))
        patterns.append(_pattern(token, regex, bool(table.get("numbered")), path, number))
    return OwnRules(tuple(patterns), _kept(cast("list[str]", keep)))


def _is_list(value: object, of: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, of) for item in cast("list[object]", value))


def _of_lines(text: str, path: str) -> OwnRules:
    """``TOKEN = expression`` (``TOKEN# = …`` is numbered), any other line is a word or phrase to keep."""
    patterns: list[Pattern] = []
    keep: list[str] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None and " = " in line:
            raise UsageError("mask.rule_bad", path=path, number=number, value=line, detail="TOKEN = …")
        if found:
            patterns.append(_pattern(found[1].rstrip("#"), found[2], found[1].endswith("#"), path, number))
        else:
            keep.append(line)
    return OwnRules(tuple(patterns), _kept(keep))


def _pattern(token: str, regex: str, numbered: bool, path: str, number: int) -> Pattern:
    if not _TOKEN.fullmatch(token):
        raise UsageError("mask.rule_bad", path=path, number=number, value=token, detail="token")
    if not regex or _NESTED.search(regex):
        raise UsageError("mask.rule_nested" if regex else "mask.rule_bad", path=path, number=number, value=regex,
                         detail="regex")  # fmt: skip
    try:
        compiled = re.compile(regex)
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError("mask.rule_bad", path=path, number=number, value=regex, detail=str(error)) from None
    if compiled.search("") is not None:
        raise UsageError("mask.rule_bad", path=path, number=number, value=regex, detail="''")
    return Pattern(token, numbered, compiled)


def _kept(phrases: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(bases for phrase in phrases if (bases := _bases(phrase)))


def _bases(piece: str) -> tuple[str, ...]:
    return tuple(kind(word).lemma for word in _WORD.findall(flatten(piece.lower())))


@contextlib.contextmanager
def _budget(pattern: Pattern) -> Generator[None]:
    """Stop a pattern after `BUDGET` seconds of processor time, where the system and the thread allow such an alarm.

    The engine of `re` looks for signals while it matches, so the alarm reaches it in the middle of its work.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise UsageError("mask.rule_slow", value=pattern.regex.pattern, seconds=BUDGET)

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, BUDGET)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
