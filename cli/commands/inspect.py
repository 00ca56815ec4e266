"""`svc inspect`: how an input would be read, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from .. import options as o
from ..boundary import DONE, clean, json_text, reasons_text
from ..console import emit
from ..messages import say
from .analyze import FORMATS, choice

if TYPE_CHECKING:
    from ...analyzers.read import ReadOptions, Record, TableInfo

SAMPLE = 3
MAX_READ = 1_000_000
CUT = 160


def inspect_cli(
    inputs: o.Inputs,
    text: o.TextColumn = None,
    title: o.TitleColumn = None,
    date: o.DateColumn = None,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    sheet: o.Sheet = None,
    split: o.Split = None,
    format_: o.Format = "text",
    no_mask: o.NoMask = False,
) -> int:
    """Face of `inspect`."""
    from ...analyzers.read import ReadOptions

    roles = {"text": text, "title": title, "date": date}
    options = ReadOptions(
        columns={role: column for role, column in roles.items() if column is not None},
        encoding=encoding, delimiter=delimiter, sheet=sheet, split=split,
    )  # fmt: skip
    return inspect(inputs, options, choice("format", format_, FORMATS) or "text", masked=not no_mask)


def inspect(inputs: Sequence[str], options: ReadOptions, format_: str = "text", *, masked: bool = True) -> int:
    """Print how each input would be read."""
    from ...analyzers.read import expand_inputs

    found = [_look(path, options, masked) for path in expand_inputs(list(inputs))]
    if format_ == "json":
        emit(json_text([entry for _, entry in found], indent=1) + "\n")
    else:
        emit("\n".join("\n".join(_lines(info, entry)) for info, entry in found) + "\n")
    return DONE


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
    entry |= {"used": used, "skipped_by_reason": dict(sorted(reasons.items())), "dates": dates, "first": rows}
    return info, entry


def _lines(info: TableInfo, entry: dict[str, Any]) -> list[str]:
    lines = [say("inspect.file", source=info.source, format=info.format)]
    if info.encoding:
        lines.append("  " + say("inspect.encoding", encoding=info.encoding, reason=info.encoding_reason))
    if info.delimiter:
        lines.append("  " + say("inspect.delimiter", delimiter=repr(info.delimiter)))
    if info.sheet:
        lines.append("  " + say("inspect.sheet", sheet=info.sheet))
    if info.header_row:
        lines.append("  " + say("inspect.header", row=info.header_row))
    lines.append(say("inspect.columns"))
    for role, picked in info.choices.items():
        rival = (
            f"; {say('inspect.rival', column=picked.runner_up, score=f'{picked.runner_up_score:.2f}')}"
            if picked.runner_up
            else ""
        )
        lines.append(
            f"  {role:<9} {', '.join(picked.columns)}  ({say('why.' + picked.reason)} {picked.score:.2f}{rival})"
        )
    taken = {index for picked in info.choices.values() for index in picked.indexes}
    unused = [name for i, name in enumerate(info.columns) if i not in taken]
    if unused:
        lines.append("  " + say("inspect.unused", columns=", ".join(unused)))
    lines.append(say("inspect.counts", used=entry["used"], skipped=sum(entry["skipped_by_reason"].values())))
    if entry["skipped_by_reason"]:
        lines.append("  " + reasons_text(entry["skipped_by_reason"]))
    if entry["dates"]:
        lines.append(say("inspect.dates", first=entry["dates"][0], last=entry["dates"][1]))
    lines.append(say("inspect.sample"))
    for row in entry["first"]:
        text = " ".join(row["text"].split())
        lines.append(f"  {row['row']}: {text[:CUT]}{'…' if len(text) > CUT else ''}")
    for code, params in info.notes:
        lines.append(
            say(
                "note." + code,
                None,
                source=info.source,
                **{
                    k: ", ".join(map(str, cast("list[object]", v))) if isinstance(v, list) else v
                    for k, v in params.items()
                },
            )
        )
    lines.append(f"{say('inspect.command')}: {_command(info)}")
    return [clean(line) for line in lines]


def _command(info: TableInfo) -> str:
    """The command line that fixes the choices."""
    import shlex

    parts = ["svc", "analyze", info.source]
    for role, picked in info.choices.items():
        parts += [f"--{role}", ",".join(picked.columns)]
    for name in ("encoding", "delimiter", "sheet"):
        value = getattr(info, name)
        if value:
            parts += [f"--{name}", value]
    return shlex.join(parts)
