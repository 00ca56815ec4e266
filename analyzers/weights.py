"""What a user may weigh otherwise: severity of facts, limits of growth, and the figures that make complaints money.

Pure values without numpy: the command line reads them before any work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

GROWTH_LOW, GROWTH_HIGH = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the company; None switches off what needs them.

    Attributes
    ----------
    handling_hours, hour_cost : float or None
        Hours that a complaint takes to handle, and what one costs.
    reach_offline, reach_online : float or None
        People who hear of a bad experience by word of mouth and in social networks, per customer.
    won_low, won_high : float or None
        Customers that a satisfied one brings.
    cac : float or None
        Cost of winning a customer; complaining customers times it are at risk.
    """

    handling_hours: float | None = None
    hour_cost: float | None = None
    reach_offline: float | None = None
    reach_online: float | None = None
    won_low: float | None = None
    won_high: float | None = None
    cac: float | None = None

    @property
    def has_money(self) -> bool:
        """Whether a finding can be priced."""
        return self.cac is not None or (self.handling_hours is not None and self.hour_cost is not None)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one analysis.

    Attributes
    ----------
    facts : mapping of fact to {"floor", "add"}, of relief to {"off"}
        Those that differ from `assess.severity.FACTS` and `RELIEFS`.
    growth_low, growth_high : float
        What growth may do to an index.
    """

    facts: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])
    growth_low: float = GROWTH_LOW
    growth_high: float = GROWTH_HIGH
    figures: Figures = field(default_factory=Figures)


def weights_of(values: Mapping[str, object]) -> Weights:
    """Weights from flat keys such as ``severity.court.floor``; other keys are left alone.

    Examples
    --------
    >>> weights_of({"rank.growth_high": 3.0, "severity.court.add": 0.1}).facts
    {'court': {'add': 0.1}}
    """
    facts: dict[str, dict[str, float]] = {}
    rank: dict[str, float] = {}
    figures: dict[str, float] = {}
    for key, value in values.items():
        table, *rest = key.split(".")
        if not isinstance(value, (int, float)):
            continue
        if table == "severity":
            facts.setdefault(rest[0], {})[rest[1]] = float(value)
        elif table == "rank":
            rank[rest[0]] = float(value)
        elif table == "figures":
            figures[rest[0]] = float(value)
    return Weights(facts, **rank, figures=Figures(**figures))
