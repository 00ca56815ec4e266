"""`svc mask`: the same export with personal data masked."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...analyzers.errors import UsageError
from .. import options as o
from ..boundary import warn
from ..console import emit, write_file
from ..messages import say
from ..ruled import ruled
from .writing import tell_caught

if TYPE_CHECKING:
    from ...analyzers.mask_files import MaskedFile
    from ...analyzers.read import ReadOptions

InputPath = Annotated[str, typer.Argument(metavar="INPUT", help=say("help.mask_input"), show_default=False)]
Output = Annotated[
    str, typer.Option("--output", "-o", metavar="PATH", help=say("help.mask_output"), show_default=False)
]
Counts = Annotated[bool, typer.Option("--report", help=say("help.mask_report"))]


@ruled
def mask_cli(
    input_: InputPath,
    output: Output,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    mask_rules: o.MaskRules = None,
    strict_pii: o.StrictPii = False,
    report: Counts = False,
    quiet: o.Quiet = False,
) -> int:
    """Face of `mask`."""
    from ...analyzers.read import ReadOptions

    options = ReadOptions(encoding=encoding, delimiter=delimiter)
    return mask(input_, output, options, report=report, strict=strict_pii, quiet=quiet)


def mask(input_: str, output: str, options: ReadOptions, *, report: bool, strict: bool, quiet: bool) -> int:
    """Write the masked file; say what was masked.

    Raises
    ------
    SvcError
        What cannot be read, kept in its format, or written.
    """
    from ...analyzers.mask_files import mask_file
    from ...analyzers.read.inputs import spool_stdin

    path, source = (spool_stdin(), "stdin") if input_ == "-" else (input_, input_)
    if input_ != "-" and output != "-" and Path(output).exists() and Path(output).samefile(input_):
        raise UsageError("mask.same_file", path=output)
    done: list[MaskedFile] = []

    def write(target: Path) -> None:
        done.append(mask_file(path, source, target, options))

    if output == "-":
        with tempfile.TemporaryDirectory(prefix="svc-mask-") as folder:
            write(Path(folder) / "masked")
            emit((Path(folder) / "masked").read_bytes())
    else:
        write_file(output, write)
        if not quiet:
            warn(say("run.wrote", path=output))
    found = done[0]
    if not quiet:
        for note in found.notes:
            warn(say("mask." + note))
    if report:
        page = counts_text(found.counts)
        if output == "-":
            sys.stderr.write(page)
        else:
            emit(page)
    return tell_caught(found.caught, strict=strict, quiet=quiet)


def counts_text(counts: Mapping[str, int]) -> str:
    """What was masked, by kind, the commonest first."""
    if not counts:
        return say("mask.nothing") + "\n"
    width = max(map(len, (*counts, say("mask.total"))))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"{word:<{width}}  {n}" for word, n in (*ordered, (say("mask.total"), sum(counts.values())))]
    return "\n".join(lines) + "\n"
