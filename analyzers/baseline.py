"""The baseline: pains that were accepted, with reason, owner and end, in a TOML file under git.

An accepted pain crosses no gate until its day has passed or it has grown: a worse class than when it was accepted, or a
share whose whole 95 % interval lies above the accepted one. The file is a person's: adding and ending edit its text and
leave the other entries, their order and their comments alone.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .errors import InputError
from .gates import LETTERS
from .records import Accepted, Finding, Group, Report

VERSION = 1
HEAD = f"""# Accepted pains of `svc analyze --baseline`: each crosses no gate until its day has passed or it has grown.
# Written by `svc baseline add`; reason, owner and until may be edited by hand.
version = {VERSION}
"""
_FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": str, "reason": str, "owner": str, "until": dt.date, "n": int, "share": (float, int), "class": str,
}  # fmt: skip
_OPENS = re.compile(r"^[ \t]*\[\[\s*accepted\s*\]\][^\n]*\n?", re.MULTILINE)
_UNTIL = re.compile(r"^([ \t]*until[ \t]*=[ \t]*)[^#\n]*?([ \t]*(?:#[^\n]*)?)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted pain as the file has it; `until` is its last day."""

    id: str
    reason: str
    owner: str
    until: dt.date
    n: int
    share: float
    severity_class: str

    def expired(self, today: dt.date) -> bool:
        """Whether its last day has passed."""
        return today > self.until

    def text(self) -> str:
        """The entry as a block of the file."""
        return (
            f"\n[[accepted]]\nid = {_string(self.id)}\nreason = {_string(self.reason)}\nowner = {_string(self.owner)}\n"
            f"until = {self.until.isoformat()}\nn = {self.n}\nshare = {self.share!r}\n"
            f"class = {_string(self.severity_class)}\n"
        )


def read_baseline(text: str, path: str) -> list[Entry]:
    """The entries of a file, in its order.

    Raises
    ------
    InputError
        ``baseline.*`` with the path, the number of the entry, the field and what is allowed.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError("baseline.toml", path=path, detail=str(error)) from error
    if data.get("version") != VERSION:
        raise InputError("baseline.version", path=path, version=data.get("version"), allowed=VERSION)
    for key in data.keys() - {"version", "accepted"}:
        raise InputError("baseline.unknown", path=path, name=key, number=0, allowed="version, accepted")
    blocks: Any = data.get("accepted", [])
    if not isinstance(blocks, list):
        raise InputError("baseline.unknown", path=path, name="accepted", number=0, allowed="[[accepted]]")
    return [_entry(block, number, path) for number, block in enumerate(blocks, 1)]  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]


def _entry(block: dict[str, Any], number: int, path: str) -> Entry:
    for key in block.keys() - _FIELDS.keys():
        raise InputError("baseline.unknown", path=path, name=key, number=number, allowed=", ".join(_FIELDS))
    for key, kind in _FIELDS.items():
        if key not in block:
            raise InputError("baseline.missing", path=path, name=key, number=number)
        value = block[key]
        if not isinstance(value, kind) or isinstance(value, (bool, dt.datetime)):
            raise InputError("baseline.bad_value", path=path, name=key, number=number, value=value)
    if block["class"] not in LETTERS or block["n"] < 0 or not 0 <= block["share"] <= 1:
        raise InputError("baseline.bad_value", path=path, name="class, n, share", number=number, value=block["class"])
    return Entry(
        block["id"], block["reason"], block["owner"], block["until"], block["n"], float(block["share"]), block["class"]
    )


def present(entries: Iterable[Entry], alias: Callable[[str], str]) -> list[Entry]:
    """Entries under the present ids; those whose categories were merged become one.

    A merged one holds the sum of what was accepted and the worst class, and ends on the first of the days.
    """
    found: dict[str, Entry] = {}
    for entry in entries:
        name = alias(entry.id)
        old = found.get(name)
        if old is None:
            found[name] = replace(entry, id=name)
            continue
        found[name] = replace(
            old,
            reason="; ".join(dict.fromkeys((old.reason, entry.reason))),
            until=min(old.until, entry.until),
            n=old.n + entry.n,
            share=min(1.0, round(old.share + entry.share, 4)),
            severity_class=max(old.severity_class, entry.severity_class, key=LETTERS.index),
        )
    return list(found.values())


def accept(report: Report, entries: Sequence[Entry], today: dt.date) -> set[str]:
    """Fill in `Report.baseline`; give the ids that cross no gate."""
    report.baseline = [_held(entry, report, today) for entry in entries]
    return {item.id for item in report.baseline if item.state == "accepted"}


def _held(entry: Entry, report: Report, today: dt.date) -> Accepted:
    finding: Finding | None = next((item for item in report.findings if item.id == entry.id), None)
    group: Group | None = next((item for item in report.systems if item.id == entry.id), None)
    now = finding or group
    if now is None:
        state, letter = "gone", None
    else:
        letter = finding.severity_class if finding else worst_class(report, entry.id)
        low = finding.share_low if finding else now.share
        worse = letter is not None and LETTERS.index(letter) > LETTERS.index(entry.severity_class)
        state = "grown" if worse or low > entry.share else "accepted"
    if entry.expired(today):
        state = "expired"
    return Accepted(
        entry.id, entry.reason, entry.owner, entry.until.isoformat(), entry.n, entry.share, entry.severity_class, state,
        now.n if now else 0, now.share if now else 0.0, letter,
    )  # fmt: skip


def worst_class(report: Report, system: str) -> str | None:
    """The worst class among the findings of a system."""
    letters = [finding.severity_class for finding in report.findings if finding.system == system]
    return max(letters, key=LETTERS.index, default=None)


def entry_of(report: Report, name: str, reason: str, owner: str | None, until: dt.date) -> Entry | None:
    """An entry for a finding or a system as the report has it, None where it has none."""
    finding = next((item for item in report.findings if item.id == name), None)
    if finding is not None:
        letter = finding.severity_class
        return Entry(name, reason, owner or finding.owner, until, finding.n, finding.share, letter)
    group = next((item for item in report.systems if item.id == name), None)
    if group is None:
        return None
    return Entry(name, reason, owner or name, until, group.n, group.share, worst_class(report, name) or "D")


# -- the text of the file ---------------------------------------------------------------------------------------------


def with_entries(text: str, entries: Sequence[Entry]) -> str:
    """The file with entries added at its end; one of the same id is replaced."""
    names = {entry.id for entry in entries}
    kept = without(text or HEAD, lambda entry: entry.id in names)
    return kept.rstrip("\n") + "\n" + "".join(entry.text() for entry in entries)


def without(text: str, drop: Callable[[Entry], bool]) -> str:
    """The file without some of its entries."""
    return _edited(text, lambda entry, block: "" if drop(entry) else block, lambda entry: not drop(entry))


def ended(text: str, names: set[str], until: dt.date) -> str:
    """The file with the last day of some entries set."""

    def change(entry: Entry, block: str) -> str:
        return _UNTIL.sub(rf"\g<1>{until.isoformat()}\g<2>", block, count=1) if entry.id in names else block

    return _edited(text, change, lambda _: True, lambda e: replace(e, until=until) if e.id in names else e)


def _edited(
    text: str,
    change: Callable[[Entry, str], str],
    keep: Callable[[Entry], bool],
    expect: Callable[[Entry], Entry] = lambda entry: entry,
) -> str:
    """Blocks changed one by one; a text whose blocks are not seen so (odd TOML) is written anew from its entries."""
    entries = read_baseline(text, "baseline")
    wanted = [expect(entry) for entry in entries if keep(entry)]
    starts = [match.start() for match in _OPENS.finditer(text)]
    if len(starts) == len(entries):
        stops = [*starts[1:], len(text)] if starts else []
        blocks = [text[a:b] for a, b in zip(starts, stops, strict=True)]
        new = (text[: starts[0]] if starts else text) + "".join(map(change, entries, blocks))
        try:
            if read_baseline(new, "baseline") == wanted:
                return new
        except InputError:
            pass
    return HEAD + "".join(entry.text() for entry in wanted)


def _string(value: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for the delete character and lone surrogates."""
    text = value.encode("utf-8", "replace").decode()
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
