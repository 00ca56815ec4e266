"""`svc inspect`: how an input would be read, and why."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from ...analyzers.errors import EmptyInputError, SvcError
from .. import options as o
from ..boundary import DONE, NO_ROWS, clean, error_words, json_text, note_words, reasons_text
from ..bundles import choice
from ..console import emit
from ..messages import say
from ..ruled import ruled
from .analyze import FORMATS

if TYPE_CHECKING:
    from ...analyzers.read import ColumnChoice, ReadOptions, Record, TableInfo

SAMPLE = 3
MAX_READ = 1_000_000
CUT = 160


@ruled
def inspect_cli(
    inputs: o.Inputs,
    text: o.TextColumn = None,
    title: o.TitleColumn = None,
    date: o.DateColumn = None,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    sheet: o.Sheet = None,
    split: o.Split = None,
    query: o.Query = None,
    format_: o.Format = "text",
    no_mask: o.NoMask = False,
    mask_rules: o.MaskRules = None,
) -> int:
    """Face of `inspect`."""
    from ...analyzers.read import ReadOptions

    roles = {"text": text, "title": title, "date": date}
    options = ReadOptions(
        columns={role: column for role, column in roles.items() if column is not None},
        encoding=encoding, delimiter=delimiter, sheet=sheet, split=split, query=query,
    )  # fmt: skip
    return inspect(inputs, options, choice("format", format_, FORMATS) or "text", masked=not no_mask)


def inspect(inputs: Sequence[str], options: ReadOptions, format_: str = "text", *, masked: bool = True) -> int:
    """Print how each input would be read.

    Raises
    ------
    SvcError
        Where no input can be read; one bad file among several is named.
    """
    from ...analyzers.read import find_inputs, is_about_one_file

    inputs_ = find_inputs(list(inputs))
    entries: list[dict[str, Any]] = []
    screens: list[list[str]] = []
    failed: list[SvcError] = []
    for path in inputs_.paths:
        try:
            info, entry = _look(path, options, masked)
            screens.append(_lines(info, entry))
        except SvcError as error:
            if len(inputs_.paths) == 1 or not is_about_one_file(error):
                raise
            failed.append(error)
            entry = {"source": path, "error": error.code, "message": error_words(error)}
            screens.append([say("inspect.skipped_file", detail=entry["message"])])
        entries.append(entry)
    if len(failed) == len(inputs_.paths):
        raise next((error for error in failed if not isinstance(error, EmptyInputError)), failed[0])
    entries += [{"source": path, "left_out": why} for path, why in inputs_.left_out]
    for why in sorted({why for _, why in inputs_.left_out}):
        paths = [path for path, reason in inputs_.left_out if reason == why]
        screens.append([note_words("", "left_out_" + why, {"paths": paths})])
    if format_ == "json":
        emit((json_text(entries, indent=1) + "\n").encode())  # JSON is UTF-8 whatever the locale
    else:
        emit("\n\n".join("\n".join(lines) for lines in screens) + "\n")
    return DONE if any(entry.get("used") for entry in entries) else NO_ROWS


def _look(path: str, options: ReadOptions, masked: bool) -> tuple[TableInfo, dict[str, Any]]:
    from ...analyzers.mask import mask
    from ...analyzers.read import Skipped, open_table

    info, items = open_table(path, options)
    reasons: Counter[str] = Counter()
    first: list[Record] = []
    used, dates = 0, []
    for item in islice(items, MAX_READ):
        if isinstance(item, Skipped):
            reasons[item.reason] += 1
            continue
        used += 1
        if len(first) < SAMPLE:
            first.append(item)
        if item.date:
            dates = [min(dates[0], item.date), max(dates[1], item.date)] if dates else [item.date, item.date]
    rows = [{"row": record.row, "text": mask(record.text).text if masked else record.text} for record in first]
    entry = asdict(info)
    entry |= {
        "used": used, "skipped": sum(reasons.values()), "skipped_by_reason": dict(sorted(reasons.items())),
        "dates": dates, "first": rows, "command": fixing_command(info),
    }  # fmt: skip
    return info, entry


def _lines(info: TableInfo, entry: dict[str, Any]) -> list[str]:
    lines = [say("inspect.file", source=info.source, format=info.format), *_facts(info), say("inspect.columns")]
    lines += [_choice(role, picked) for role, picked in info.choices.items()]
    taken = {index for picked in info.choices.values() for index in picked.indexes}
    unused = [name for i, name in enumerate(info.columns) if i not in taken]
    if unused:
        lines.append("  " + say("inspect.unused", columns=", ".join(unused)))
    lines.append(say("inspect.counts", used=entry["used"], skipped=entry["skipped"]))
    if entry["skipped_by_reason"]:
        lines.append("  " + say("inspect.reasons", reasons=reasons_text(entry["skipped_by_reason"])))
    if entry["used"] + entry["skipped"] >= MAX_READ:
        lines.append("  " + say("inspect.rows_cut", n=MAX_READ))
    if entry["dates"]:
        lines.append(say("inspect.dates", first=entry["dates"][0], last=entry["dates"][1]))
    lines.append(say("inspect.sample" if entry["first"] else "inspect.no_rows"))
    for row in entry["first"]:
        text = " ".join(row["text"].split())
        lines.append(f"  {row['row']}: {text[:CUT]}{'…' if len(text) > CUT else ''}")
    lines += [note_words(info.source, code, params) for code, params in info.notes]
    lines.append(f"{say('inspect.command')}: {entry['command']}")
    return [clean(line) for line in lines]


def _facts(info: TableInfo) -> list[str]:
    """Encoding, delimiter, sheet, header and the like, with the evidence."""
    facts: list[str] = []
    if info.encoding:
        reason = say("inspect.evidence." + info.encoding_reason)
        facts.append(say("inspect.encoding", encoding=info.encoding, reason=reason))
    if info.delimiter:
        facts.append(say("inspect.delimiter", delimiter=repr(info.delimiter)))
    if info.sheet:
        facts.append(say("inspect.sheet", sheet=info.sheet))
    if info.query:
        facts.append(say("inspect.query", query=info.query))
    if info.split:
        facts.append(say("inspect.split", split=info.split))
    if info.turns:
        shown = {"column": info.turns.column, "conversation": info.turns.conversation}
        facts.append(say("inspect.talks" if info.turns.conversation else "inspect.turns", **shown))
    if info.header_row:
        facts.append(say("inspect.header", row=info.header_row))
    elif info.delimiter or info.sheet:
        facts.append(say("inspect.no_header"))
    return ["  " + fact for fact in facts]


def _choice(role: str, picked: ColumnChoice) -> str:
    rival = ""
    if picked.runner_up:
        rival = "; " + say("inspect.rival", column=picked.runner_up, score=f"{picked.runner_up_score:.2f}")
    return f"  {role:<9} {', '.join(picked.columns)}  ({say('why.' + picked.reason)} {picked.score:.2f}{rival})"


def fixing_command(info: TableInfo) -> str:
    """The command line that fixes the choices."""
    parts = ["svc", "analyze", "-" if info.source == "stdin" else info.source]
    for role, picked in info.choices.items():
        if info.turns is not None and info.turns.index in picked.indexes and picked.reason != "option":
            continue  # given to a role, the column would no longer say who speaks
        if picked.reason != "format":  # a letter has no columns to choose from
            parts += [f"--{role}", ",".join(picked.columns)]
    for name in ("encoding", "delimiter", "split", "query"):
        value = getattr(info, name)
        if value:
            parts += [f"--{name}", value]
    if info.sheet and not info.query:
        parts += ["--sheet", info.sheet]
    return shlex.join(parts)
