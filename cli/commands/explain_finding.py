"""`svc explain --finding`: the sum behind an index, so that a reader can compute it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..boundary import DONE, clean
from ..console import emit
from ..messages import default_language, plural, say

if TYPE_CHECKING:
    from ...analyzers.config import Settings
    from ...analyzers.sums import FindingSum
    from ...analyzers.weights import Weights

ROWS_SHOWN = 20


def explain_finding(name: str, inputs: Sequence[str], settings: Settings) -> int:
    """Print the rows, factors and classes of a finding.

    Raises
    ------
    SvcError
        What cannot be read or found.
    """
    from ...analyzers.sums import finding_sum

    emit("\n".join(clean(line) for line in lines_of(finding_sum(name, inputs, settings), settings.weights)) + "\n")
    return DONE


def lines_of(found: FindingSum, weights: Weights) -> list[str]:
    """The page, line by line."""
    from ...analyzers.rank import PRIOR

    finding, factors = found.finding, found.finding.factors
    title = finding.title.get(default_language()) or finding.title.get("ru", "")
    complaints = plural(found.complaints, say("report.complaints"))
    lines = [
        say("sum.head", title=title, id=finding.id, n=finding.n, complaints=complaints),
        "",
        say("sum.table"),
    ]
    shown, rest = found.parts[:ROWS_SHOWN], found.parts[ROWS_SHOWN:]
    for part in shown:
        where = f"{part.source}:{part.row}"
        lines.append(f"  {part.part:8.4f} = {part.severity:.3f} / {part.findings:<2}  {where}")
    if rest:
        lines.append(f"  {sum(part.part for part in rest):8.4f}  " + say("sum.rest", n=len(rest)))
    lines += [f"  {found.pain:8.4f}  " + say("sum.pain"), ""]
    counts = found.counts
    if counts is None:
        lines.append(say("sum.no_growth"))
    else:
        lines.append(
            say("sum.counts", now=counts.now, total_now=counts.total_now, period=counts.period, before=counts.before,
                total_before=counts.total_before)
        )  # fmt: skip
        expected = f"{counts.total_now} × ({counts.before} + 0.5) / ({counts.total_before} + 1) = {counts.expected:.4f}"
        lines.append("  " + say("sum.expected", value=expected))
        lines.append(f"  g = ({counts.now} + {PRIOR:g}) / ({counts.expected:.4f} + {PRIOR:g}) = {finding.growth}")
        if factors.growth != finding.growth:
            lines.append(
                "  " + say("sum.clipped", low=weights.growth_low, high=weights.growth_high, value=factors.growth)
            )
    lines += [
        say("sum.total", n=found.findings, value=f"{factors.total:.4f}"),
        say("sum.index")
        + f" = 100 × {found.pain:.4f} × {factors.growth:g} / {factors.total:.4f} = {found.index:.3f} → {finding.index}"
        + f" [{finding.index_low}, {finding.index_high}]",
        say("sum.place", place=found.place, n=found.findings, low=finding.rank_low, high=finding.rank_high),
        say("sum.classes", counts=", ".join(f"{k} {n}" for k, n in finding.classes.items()),
            letter=finding.severity_class),
    ]  # fmt: skip
    return lines
