"""Gates and the baseline: read before the work, held against the report, told on stderr and by the exit code."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...analyzers.errors import InputError
from ...analyzers.gates import Gate, GateError
from ..boundary import DONE, GATE, USAGE, warn
from ..bundles import Gates
from ..messages import default_language, say

if TYPE_CHECKING:
    from ...analyzers.baseline import Entry
    from ...analyzers.lexicon import Lexicon
    from ...analyzers.records import Report

BASELINE = "svc-baseline.toml"


@dataclass(slots=True)
class Gating:
    """What a report shall be held against."""

    fail_on: list[Gate] = field(default_factory=list[Gate])
    warn_on: list[Gate] = field(default_factory=list[Gate])
    accepted: list[Entry] = field(default_factory=list["Entry"])
    today: dt.date | None = None


def load(lexicons: Sequence[str]) -> Lexicon:
    """The run's lexicon, for ids and their aliases."""
    from ...analyzers.config import cache_folder
    from ...analyzers.lexicon import load_lexicon

    return load_lexicon(tuple(lexicons), cache=cache_folder())


def gating(
    gates: Gates, lexicons: Sequence[str] = (), known: Sequence[str] = (), today: dt.date | None = None
) -> Gating:
    """Read the gates and the baseline, before any complaint is.

    Parameters
    ----------
    known : sequence of str
        Further ids, such as those of a saved report.

    Raises
    ------
    GateError, InputError
        With the option and what is allowed.
    """
    found = Gating(today=today)
    fail_on, warn_on, baseline = gates.fail_on, gates.warn_on, gates.baseline
    if not (fail_on or warn_on or baseline):
        return found
    from ...analyzers.baseline import present, read_baseline
    from ...analyzers.verdicts import read_gates

    lexicon = load(lexicons)
    names = [*lexicon.categories, *known]
    for option, expressions, target in (("fail-on", fail_on, found.fail_on), ("warn-on", warn_on, found.warn_on)):
        try:
            target.extend(read_gates(expressions or (), lexicon.alias, names))
        except GateError as error:
            error.params["option"] = f"--{option}"
            raise
    if baseline is not None:
        found.accepted = present(read_baseline(read_text(baseline), baseline), lexicon.alias)
    return found


def hold(chosen: Gating, report: Report) -> int:
    """Fill in the report's gates and baseline; give the exit code.

    Returns
    -------
    int
        1 where a `--fail-on` gate was crossed, else 2 where a gate cannot be told, else 0.
    """
    judge_gates(chosen, report)
    return tell(report)


def judge_gates(chosen: Gating, report: Report) -> None:
    """Fill in the report's gates and baseline."""
    if not (chosen.fail_on or chosen.warn_on or chosen.accepted):
        return
    from ...analyzers.baseline import accept
    from ...analyzers.verdicts import judge

    accepted = accept(report, chosen.accepted, chosen.today or now())
    judge(report, chosen.fail_on, chosen.warn_on, accepted)


def tell(report: Report) -> int:
    """Say on stderr which gates were crossed or cannot be told; give the exit code."""
    from ..reporters.wording import Wording

    words = Wording(default_language())
    for gate in report.gates:
        if gate.verdict != "pass":
            found = f"{words.verdict(gate)}, {words.gate_values(gate)}"
            warn(say("gate.crossed", None, level=gate.level, expr=gate.expr, found=found))
    verdicts = {gate.verdict for gate in report.gates}
    return GATE if "fail" in verdicts else USAGE if "unknown" in verdicts else DONE


def now(tz: str = "") -> dt.date:
    """Today in a time zone, else in Moscow, or ``SOURCE_DATE_EPOCH``: never the machine's time zone."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    if tz and tz != "Europe/Moscow":
        from ...analyzers.read.dates import zone

        return moment.astimezone(zone(tz)).date()
    return (moment + dt.timedelta(hours=3)).date()


def read_text(path: str, missing: str = "baseline.not_found") -> str:
    """A small text file whole.

    Raises
    ------
    InputError
        `missing`, or ``read.*``.
    """
    try:
        return Path(path).read_text("utf-8-sig")
    except FileNotFoundError:
        raise InputError(missing, path=path) from None
    except IsADirectoryError:
        raise InputError("read.is_directory", path=path) from None
    except PermissionError:
        raise InputError("read.no_permission", path=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("read.failed", path=path, detail=str(error)) from error
