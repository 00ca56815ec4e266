"""What a fix would free, in hours, people and money: only by figures that the user configured (docs/ranking.md)."""

from __future__ import annotations

from ..records import Gains
from ..weights import Figures


def gains(n: int, customers: int, figures: Figures) -> Gains | None:
    """Gains of a fix.

    Parameters
    ----------
    n, customers : int
        Complaints of the finding, and who wrote them.
    figures : Figures

    Returns
    -------
    Gains or None
        None where nothing is configured.

    Examples
    --------
    >>> gains(20, 15, Figures(handling_hours=0.5, hour_cost=600, cac=3000)).money
    51000.0
    """
    if figures == Figures():
        return None
    hours = _times(n, figures.handling_hours)
    handling = None if hours is None else _times(hours, figures.hour_cost)
    at_risk = _times(customers, figures.cac)
    heard = [part for part in (figures.reach_offline, figures.reach_online) if part is not None]
    known = [part for part in (handling, at_risk) if part is not None]
    return Gains(
        hours=hours,
        handling=handling,
        reach=_times(customers, sum(heard)) if heard else None,
        won_low=_times(customers, figures.won_low),
        won_high=_times(customers, figures.won_high),
        at_risk=at_risk,
        money=round(sum(known), 2) if known else None,
    )


def _times(n: float, figure: float | None) -> float | None:
    return None if figure is None else round(n * figure, 2)
