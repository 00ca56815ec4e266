"""Trends with a stated false-alarm rate: what of the last complete period differs from the periods before it.

Counts of a category are held against those of the other complaints of the same period, as they stood to each other in
the reference periods (against orders where a denominator is known), by a negative binomial. Its extra variance is
estimated from the reference and pooled over the categories, as week-to-week swings of complaints are larger than
chance. So a fuller mailbox is not an alarm of every category: the total has an alarm of its own; and what grows only
beside others that fell is no growth either. docs/weekly.md has the formulas and the measured rate.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .history import History
from .tails import heavier, negative_binomial

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Bool = NDArray[np.bool_]

FALSE_ALARMS = 0.01  # chance of any alarm in a period in which nothing changed
PARTS = {"up": 0.6, "down": 0.2, "total_up": 0.15, "total_down": 0.05}  # how the alarms share it
REFERENCE = {"week": 26, "month": 12}  # periods compared with, at most
AT_LEAST = 5  # usable periods, to judge at all
WINDOWS = {"week": (1, 4), "month": (1, 2)}  # periods summed: a burst, and a lasting change
GROWN_FROM = 5  # complaints: fewer are «мало данных» and raise no alarm
RETURNED_AFTER = 4  # empty periods
PRIOR_ALPHA = 0.05  # extra variance of a share where the data tell nothing; least that is believed is a tenth of it
PRIOR_DF = 12.0  # periods that this, and the pool of categories, count for
STILL = 0.1  # the last period alone must be as unusual, for a lasting change to last still
SWING = 0.8  # exponent: weeks whose swings are independent would have 1, weeks that swing alike 0
TAIL_DF = 30.0  # freedom of the tails: what is left of not knowing the extra variance, once it is pooled
NEAR = 0.5  # deviations within which a count is as expected
HARDLY = (0.01, 2.0)  # expected numbers between which reaching `GROWN_FROM` is neither impossible nor usual
CLEARLY = 1.28  # deviations that the number itself must have moved: one in ten by chance
DIGITS = 9  # p-values are rounded before they decide


@dataclass(frozen=True, slots=True)
class Change:
    """How a category, or the total, stands in the last complete period.

    Attributes
    ----------
    status : {"new", "growing", "stable", "falling", "returned", "gone"}
    n, total : int
        Of it, and of all complaints, in the period.
    expected : float
        What the reference leads to expect of so many complaints.
    ratio, low, high : float
        Of the window's count to the expected one, with its 95 % interval.
    p : float
        Chance of so unusual a count where nothing changed (of the better window).
    window : int
        Periods summed.
    since : str or None
        The period in which the change began, where there is one.
    seasonal : bool
        Unusual against the last months, usual for the season.
    """

    id: str
    status: str
    n: int
    total: int
    before: float
    expected: float
    ratio: float
    low: float
    high: float
    p: float
    window: int
    since: str | None = None
    seasonal: bool = False


@dataclass(frozen=True, slots=True)
class Trends:
    """The last complete period against those before it.

    Attributes
    ----------
    reference : tuple of str
        The periods compared with.
    total : Change or None
        Of all complaints.
    grave : Change or None
        Of complaints of class A.
    why : str or None
        Code of what forbids a judgement: ``few_periods``, ``no_complaints``, ``versions``.
    rate, quarter : float
        Stated chance of a false alarm in a period, and in a quarter.
    """

    period: str
    unit: str
    reference: tuple[str, ...]
    changes: dict[str, Change] = field(default_factory=dict[str, Change])
    total: Change | None = None
    grave: Change | None = None
    why: str | None = None
    rate: float = FALSE_ALARMS
    quarter: float = 0.0


@dataclass(frozen=True, slots=True)
class _Window:
    """Counts of the last periods, and of the reference before them."""

    length: int
    now: Float  # (n_series,)
    before: Float  # (k, n_series)
    mean: Float
    alpha: Float
    df: Float
    up: Float
    down: Float


def judge(history: History, at: int, rate: float = FALSE_ALARMS) -> Trends:
    """Judge a period against those before it.

    Parameters
    ----------
    history : History
    at : int
        The period; it must be complete.
    rate : float
        Chance of any false alarm, over all findings and the total.

    Returns
    -------
    Trends
    """
    usable, sizes = _basis(history, at)
    quarter = round(1 - (1 - rate) ** (13 if history.unit == "week" else 3), 3)
    name = history.name(at)
    before = np.flatnonzero(usable[:at])[-REFERENCE[history.unit] :]
    held = tuple(history.name(int(i)) for i in before)
    if not history.same[at] or len(before) < AT_LEAST:
        other = not history.same[at] or int((~history.same[:at]).sum()) > 0
        return Trends(name, history.unit, held, why="versions" if other else "few_periods", rate=rate, quarter=quarter)
    series = np.column_stack([history.counts, history.grave]).astype(np.float64)
    held_against = _others(history, sizes, series)
    windows = [w for w in (_window(series, held_against, usable, at, j, history.unit) for j in _lengths(history)) if w]
    changes = _changes(history, at, windows, rate)
    volume = history.complaints.astype(np.float64)
    volumes = [
        w
        for w in (
            _window(volume[:, None], np.ones((len(volume), 1)), usable, at, j, history.unit) for j in _lengths(history)
        )
        if w
    ]
    total = _total(history, at, volumes, rate)
    grave = changes.pop(len(history.names), None)
    return Trends(
        name, history.unit, held, {history.names[c]: change for c, change in changes.items()}, total, grave,
        rate=rate, quarter=quarter,
    )  # fmt: skip


def _basis(history: History, at: int) -> tuple[Bool, Float]:
    """Usable periods, and what counts are held against: orders where enough periods know them, else complaints."""
    usable = history.usable()
    if history.orders is not None:
        known = usable & (history.orders > 0)
        if known[at] and int(known[:at].sum()) >= AT_LEAST:
            return known, history.orders.astype(np.float64)
    return usable, history.complaints.astype(np.float64)


def _others(history: History, sizes: Float, series: Float) -> Float:
    """What each series is held against: the complaints without it (odds, so that a pain that makes up most of the
    complaints can double too), or the orders; shape (n_periods, n_series).
    """
    if np.array_equal(sizes, history.complaints):
        return sizes[:, None] - series
    return np.repeat(sizes[:, None], series.shape[1], axis=1)


def _lengths(history: History) -> tuple[int, ...]:
    return WINDOWS[history.unit]


def _window(series: Float, sizes: Float, usable: Bool, at: int, length: int, unit: str) -> _Window | None:
    """A window with its reference; None where the periods don't reach."""
    inside = np.arange(at - length + 1, at + 1)
    before = np.flatnonzero(usable[: max(0, at - length + 1)])[-REFERENCE[unit] :]
    if inside[0] < 0 or not usable[inside].all() or len(before) < AT_LEAST:
        return None
    old, old_sizes = series[before], sizes[before]
    now, size, reach = series[inside].sum(axis=0), sizes[inside].sum(axis=0), old_sizes.sum(axis=0)
    sums = old.sum(axis=0)
    mean = (sums + 0.5) / (reach + (1.0 if reach.max() > len(before) else 0.0)) * np.maximum(size, 0.5)
    alpha, df = dispersion(old, old_sizes)
    # so many weeks swing less than one; not as little as independent ones would, for they are not quite
    spread = alpha / length**SWING + 1 / (sums + 0.5) + alpha / len(before)
    if reach.max() > len(before):
        spread = spread + 1 / np.maximum(size, 0.5) + 1 / np.maximum(reach, 0.5)  # the others are counts too
    up, down = _tails(now, mean, spread, df)
    return _Window(length, now, old, mean, spread, df, up, down)


def _tails(now: Float, mean: Float, spread: Float, df: Float) -> tuple[Float, Float]:
    """P-values of growth and of fall; what is near its mean gets a half, as nothing is decided there."""
    up, down = np.full(len(now), 0.5), np.full(len(now), 0.5)
    away = (now - mean) / np.sqrt(mean + spread * mean**2)
    for side, chosen, which in ((up, away > NEAR, 0), (down, away < -NEAR, 1)):
        if chosen.any():
            p = negative_binomial(now[chosen], mean[chosen], spread[chosen])[which]
            side[chosen] = heavier(p, df[chosen]).round(DIGITS)
    return up, down


def dispersion(counts: Float, sizes: Float) -> tuple[Float, Float]:
    """Extra variance of each series: of ``mean + alpha mean²``, shrunken towards that of all series.

    Moments of the reference periods; a series counts for its share of the information, a prior for `PRIOR_DF` periods.

    Parameters
    ----------
    counts : ndarray of float64 of shape (k, n_series)
    sizes : ndarray of float64 of shape (k, n_series)
        What they are held against.

    Returns
    -------
    alpha, df : ndarray of float64 of shape (n_series,)
        The extra variance, and how many periods' worth it is known by.
    """
    k = len(sizes)
    mean = counts.sum(axis=0) / np.maximum(sizes.sum(axis=0), 0.5) * sizes
    squares = (mean**2).sum(axis=0)
    extra = ((counts - mean) ** 2).sum(axis=0) * k / (k - 1) - mean.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(squares > 0, extra / squares, 0.0)
    level = mean.mean(axis=0)
    pooled = PRIOR_ALPHA
    for _ in range(3):
        # how well a series of this level tells its extra variance
        known = (pooled * level / (1 + pooled * level)) ** 2 * (k - 1)
        pooled = (PRIOR_ALPHA * PRIOR_DF + float((known * own).sum())) / (PRIOR_DF + float(known.sum()))
        pooled = max(pooled, PRIOR_ALPHA / 10)
    known = (pooled * level / (1 + pooled * level)) ** 2 * (k - 1)
    alpha = (PRIOR_DF * pooled + known * own) / (PRIOR_DF + known)
    return np.maximum(alpha, PRIOR_ALPHA / 10), TAIL_DF + known


def _threshold_up(windows: list[_Window], rate: float) -> float:
    """The p-value from which a growth is one: a series that can hardly reach `GROWN_FROM` takes little of the rate."""
    mean = np.concatenate([window.mean for window in windows])
    alpha = np.concatenate([window.alpha for window in windows])
    most = np.where(mean < HARDLY[0], 0.0, 1.0)  # beyond these bounds the chance is below, or above, any level
    between = (mean >= HARDLY[0]) & (mean < HARDLY[1])
    if between.any():
        five = np.full(int(between.sum()), float(GROWN_FROM))
        most[between] = negative_binomial(five, mean[between], alpha[between])[0]
    return _filled(sorted(most.tolist()), rate)


def _filled(most: list[float], rate: float) -> float:
    """Level `a` with ``sum(min(a, most)) == rate``.

    >>> round(_filled([0.001, 0.5, 0.5], 0.011), 4)
    0.005
    """
    left = rate
    for done, value in enumerate(most):
        level = left / (len(most) - done)
        if level <= value:
            return level
        left -= value
    return rate


def _threshold_down(windows: list[_Window], rate: float) -> float:
    """The same for falls: a series so small that even zero is usual takes nothing."""
    mean = np.concatenate([window.mean for window in windows])
    alpha = np.concatenate([window.alpha for window in windows])
    df = np.concatenate([window.df for window in windows])
    zero = np.exp(-np.log1p(alpha * mean) / alpha)  # the chance of no complaint at all
    able = zero <= rate
    least = sorted(heavier(zero[able], df[able]).tolist())
    for n in range(len(least), 0, -1):
        if least[n - 1] <= rate / n:
            return rate / n
    return 0.0


def _changes(history: History, at: int, windows: list[_Window], rate: float) -> dict[int, Change]:
    """Of each series met; the last is that of class A."""
    if not windows:
        return {}
    up = _threshold_up(windows, rate * PARTS["up"])
    down = _threshold_down(windows, rate * PARTS["down"])
    found: dict[int, Change] = {}
    series = np.column_stack([history.counts, history.grave])
    last = windows[0]
    sums = last.before.sum(axis=0)
    for c in range(series.shape[1]):
        if not (sums[c] or last.now[c] or any(w.now[c] for w in windows)):
            continue
        name = history.names[c] if c < len(history.names) else "class:A"
        status, window = _status(c, windows, up, down)
        if status == "growing":
            status = _kind_of_growth(series[:at, c], history.usable()[:at], window, c)
        since = _since(series[:, c], history.complaints, at, history, status) if status != "stable" else None
        found[c] = _change(name, status, c, window, last, since, int(history.complaints[at]))
    return found


def _status(c: int, windows: list[_Window], up: float, down: float) -> tuple[str, _Window]:
    """Growing, falling or stable, and the window that shows it best."""
    last = windows[0]
    best = min(windows, key=lambda w: (w.up[c], w.length))
    grown_number = _moved(best, c) > CLEARLY
    if best.up[c] <= up and best.now[c] >= GROWN_FROM and grown_number and last.up[c] <= STILL:
        return "growing", best
    best = min(windows, key=lambda w: (w.down[c], w.length))
    fallen_number = _moved(best, c) < -CLEARLY
    if best.down[c] <= down and fallen_number and last.down[c] <= max(STILL, 0.5 if not last.now[c] else 0):
        return ("gone" if not best.now[c] else "falling"), best
    return "stable", last


def _moved(window: _Window, c: int) -> float:
    """How far the number itself moved from its usual height, in deviations of the reference periods."""
    usual = window.before[:, c]
    deviation = max(float(usual.std(ddof=1)), 1e-9)
    return round((float(window.now[c]) / window.length - float(usual.mean())) / deviation * window.length**0.5, DIGITS)


def _kind_of_growth(earlier: Int, usable: Bool, window: _Window, c: int) -> str:
    """New where it was never seen before the window, returned where it was but the periods just before had none."""
    known = earlier[: len(earlier) - window.length + 1][usable[: len(earlier) - window.length + 1]]
    if not known.sum():
        return "new"
    return "returned" if not known[-RETURNED_AFTER:].sum() and known.sum() >= GROWN_FROM else "growing"


def _total(history: History, at: int, windows: list[_Window], rate: float) -> Change | None:
    if not windows:
        return None
    up, down = rate * PARTS["total_up"] / len(windows), rate * PARTS["total_down"] / len(windows)
    status, window = _status(0, windows, up, down)
    ones = np.ones_like(history.complaints)
    since = _since(history.complaints, ones, at, history, status) if status != "stable" else None
    return _change("total", status, 0, window, windows[0], since, int(history.complaints[at]))


def _since(series: Int, sizes: Int, at: int, history: History, status: str) -> str:
    """The period from which the change explains the counts best: the greatest likelihood ratio of two Poisson rates."""
    first = max(0, at + 1 - REFERENCE[history.unit])
    y, n = series[first : at + 1].astype(np.float64), np.maximum(sizes[first : at + 1].astype(np.float64), 1e-9)
    best, where = 0.0, at - first
    for start in range(1, len(y)):
        a, b, m, k = y[start:].sum(), y[:start].sum(), n[start:].sum(), n[:start].sum()
        rises = a / m > b / k
        if rises != (status in ("growing", "new", "returned")):
            continue
        whole = (a + b) / (m + k)
        gain = sum(v * np.log(v / (size * whole)) for v, size in ((a, m), (b, k)) if v > 0)
        if round(float(gain), 6) > best:
            best, where = round(float(gain), 6), start
    return history.name(first + where)


def _change(name: str, status: str, c: int, window: _Window, last: _Window, since: str | None, total: int) -> Change:
    """The figures of a change."""
    expected = float(window.mean[c])
    # of log(ratio), by the delta method; the half keeps zeros finite
    error = 1.96 * float(np.sqrt(1 / (window.now[c] + 0.5) + window.alpha[c]))
    ratio = (float(window.now[c]) + 0.5) / (expected + 0.5)
    return Change(
        name, status, int(last.now[c]), total, round(float(last.before[:, c].mean()), 2),
        round(float(last.mean[c]), 2), round(ratio, 3), round(ratio * float(np.exp(-error)), 3),
        round(ratio * float(np.exp(error)), 3), float(min(window.up[c], window.down[c])), window.length, since,
    )  # fmt: skip
