"""Counts of the last periods held against those before: what is expected, how far it swings, how unusual what came is.

A window sums the last periods; its reference are the usable periods before it, less those that were an alarm of the
same series. The extra variance is estimated from the reference and pooled over the series. docs/weekly.md has the
formulas.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .tails import at_least, at_most, heavier

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Bool = NDArray[np.bool_]

REFERENCE = {"week": 26, "month": 12}  # periods compared with, at most
WINDOWS = {"week": (1, 2, 4, 8), "month": (1, 2, 3)}  # periods summed: a burst, and lasting changes
YEAR = {"week": 52, "month": 12}
SEASONS = 2  # earlier years that must agree: one raised December may have been an accident
BESIDE = 1  # periods on each side of last year's window that count as the same season
AT_LEAST = 5  # usable periods, to judge at all
GROWN_FROM = 5  # complaints: fewer are «мало данных» and raise no alarm
PRIOR_ALPHA = 0.05  # extra variance of a share where the data tell nothing; least that is believed is a tenth of it
PRIOR_DF = 12.0  # periods that this, and the pool of categories, count for
SWING = 0.8  # exponent: weeks whose swings are independent would have 1, weeks that swing alike 0
TAIL_DF = 30.0  # freedom of the tails: what is left of not knowing the extra variance, once it is pooled
NESTED = 2.0  # windows hold each other: four of them alarm by chance about as often as two strangers
NESTED_MORE = 3.0  # and so each beyond the first as a third of one
TELLING = 10.0  # complaints that a window must expect for twice as many to be told from chance
# the conditions beside the p-value take most of a mild level and little of a strict one: in stationary years (2,080
# weeks for each of ten levels, benchmarks/trend_simulation.py) a level of `rate / n` for n strangers came to the rate
# only where it was raised so many times: by (1,800 / n) ** 0.3, at most 6
EARNED = 1800.0, 0.3, 6.0
FAR = 2.0  # deviations within which nothing is decided: the tail is not computed and stands as a half
HARDLY = 0.01, 2.0  # expected numbers between which reaching `GROWN_FROM` is neither impossible nor usual
DIGITS = 9  # p-values are rounded before they decide


@dataclass(frozen=True, slots=True)
class Window:
    """Counts of the last periods against a reference; all arrays of shape (n_series,).

    Attributes
    ----------
    now, mean : ndarray of float64
        The count, and the expected one.
    high, low : ndarray of float64
        The expected one where the season raises it, or lowers it, every year; else `mean`.
    spread, df, df_up : ndarray of float64
        Extra variance: of ``mean + spread mean²``; freedom of the tails of a fall, and of a growth.
    usual : ndarray of float64
        Of one reference period.
    moved : ndarray of float64
        How far the number itself moved from its usual height, in deviations of the reference periods.
    away : ndarray of float64
        From `mean`, in deviations expected by chance.
    without_top, without_bottom : ndarray of float64
        The same of the window less its largest, and less its smallest, period.
    """

    length: int
    now: Float
    mean: Float
    high: Float
    low: Float
    spread: Float
    df: Float
    df_up: Float
    usual: Float
    moved: Float
    away: Float
    without_top: Float
    without_bottom: Float


def window(
    series: Float,
    sizes: Float,
    usable: Bool,
    marked: Bool,
    at: int,
    length: int,
    unit: str,
    freedom: float | None = None,
) -> Window | None:
    """A window with its reference; None where the periods don't reach.

    Parameters
    ----------
    series, sizes : ndarray of float64 of shape (n_periods, n_series)
        Counts, and what they are held against.
    marked : ndarray of bool of shape (n_periods, n_series)
        Periods that are no reference.
    freedom : float, optional
        Of the tails; without it as well as the extra variance is known.
    """
    begin = at - length + 1
    before = np.flatnonzero(usable[: max(0, begin)])[-REFERENCE[unit] :]
    if begin < 0 or not usable[begin : at + 1].all() or len(before) < AT_LEAST:
        return None
    keep = _kept(marked[before])
    k = keep.sum(axis=0)
    old, old_sizes = series[before] * keep, sizes[before] * keep
    now, size = series[begin : at + 1].sum(axis=0), sizes[begin : at + 1].sum(axis=0)
    sums, reach = old.sum(axis=0), old_sizes.sum(axis=0)
    counted = bool(sizes.max() > 1)  # held against other counts, which have a chance of their own
    mean = (sums + 0.5) / (reach + (1.0 if counted else 0.0)) * np.maximum(size, 0.5)
    alpha, df = dispersion(old, old_sizes, k)
    df = df if freedom is None else freedom * np.ones(len(df))
    # what many weeks sum up to is nearer to normal than each of them is; a handful of complaints is not
    df_up = np.where((mean >= TELLING) & (freedom is None), df * length, df)
    # so many weeks swing less than one; not as little as independent ones would, for they are not quite
    spread = alpha / length**SWING + 1 / (sums + 0.5) + alpha / k
    if counted:
        spread = spread + 1 / np.maximum(size, 0.5) + 1 / np.maximum(reach, 0.5)
    more, less = _season(series, sizes, usable, at, length, unit)
    usual = sums / k
    deviation = np.sqrt((((old - usual) * keep) ** 2).sum(axis=0) / (k - 1))
    # a handful of periods may agree by accident; complaints swing by chance at least
    moved = (now / length - usual) / np.maximum(deviation, np.sqrt(np.maximum(usual, 1e-18))) * length**0.5
    inside, each = series[begin : at + 1], _every(series.shape[1])
    top, bottom = inside.argmax(axis=0), inside.argmin(axis=0)
    part = sizes[begin : at + 1] / np.maximum(size, 0.5)
    away = [
        _away(now - inside[week, each], mean * np.maximum(1 - part[week, each], 0.5 / length), spread)
        for week in (top, bottom)
    ]
    return Window(
        length, now, mean, mean * more, mean * less, spread, df, df_up, usual, moved.round(DIGITS),
        _away(now, mean, spread), away[0], away[1],
    )  # fmt: skip


def _every(n: int) -> Int:
    return np.arange(n)


def _stacked(rows: Iterable[Float]) -> Float:
    return np.array(list(rows), np.float64)


def _away(now: Float, mean: Float, spread: Float) -> Float:
    """Deviations between a count and what is expected."""
    return ((now - mean) / np.sqrt(mean + spread * mean**2)).round(DIGITS)


def _kept(marked: Bool) -> Float:
    """Weights of reference periods: marked ones are left out, unless they are so many that they are the usual state."""
    keep = ~marked
    few = keep.sum(axis=0) < max(AT_LEAST, len(marked) / 2)
    return (keep | few).astype(np.float64)


def _season(series: Float, sizes: Float, usable: Bool, at: int, length: int, unit: str) -> tuple[Float, Float]:
    """By how much the season raises, and lowers, each series: what the same weeks of both earlier years agree on.

    A year's factor is the rate of its window (a week wider on each side) by that of its reference, drawn towards 1 by
    two complaints; 1 where two years are not known.
    """
    found: list[Float] = []
    nothing: Float = 0 * series[0] + 1
    for year in range(1, SEASONS + 1):
        begin = at - length + 1 - BESIDE - year * YEAR[unit]
        end = at + BESIDE - year * YEAR[unit]
        before = np.arange(begin - REFERENCE[unit], begin)
        if before[0] < 0 or not usable[before[0] : end + 1].all():
            return nothing, nothing
        rate = series[before].sum(axis=0) / np.maximum(sizes[before].sum(axis=0), 0.5)
        found.append((series[begin : end + 1].sum(axis=0) + 2) / (rate * sizes[begin : end + 1].sum(axis=0) + 2))
    factors = np.array(found)
    return np.maximum(factors.min(axis=0), 1.0), np.minimum(factors.max(axis=0), 1.0)


def chances(windows: list[Window], *, plain: bool = False) -> tuple[Float, Float]:
    """P-values of growth and of fall, of shape (n_windows, n_series).

    What is near its mean gets a half, as nothing is decided there and tails are the costly part.

    Parameters
    ----------
    plain : bool
        Forget the season.
    """
    now, spread = _stacked(w.now for w in windows), _stacked(w.spread for w in windows)
    df, df_up = _stacked(w.df for w in windows), _stacked(w.df_up for w in windows)
    high = _stacked(w.mean if plain else w.high for w in windows)
    low = _stacked(w.mean if plain else w.low for w in windows)
    up: Float = 0 * now + 0.5
    down: Float = up.copy()
    far = _away(now, high, spread) > FAR
    if far.any():
        up[far] = heavier(at_least(now[far], high[far], spread[far]), df_up[far]).round(DIGITS)
    far = _low(now, low, spread) < -FAR
    if far.any():
        down[far] = heavier(at_most(now[far], low[far], spread[far]), df[far]).round(DIGITS)
    return up, down


def _low(now: Float, mean: Float, spread: Float) -> Float:
    """How far below its mean a count is, as a normal deviation: the cube root of a gamma (Wilson and Hilferty)."""
    shape = mean / (1 + spread * mean)
    return 3 * np.sqrt(shape) * (np.cbrt((now + 0.5) / mean) - 1 + 1 / (9 * shape))


def dispersion(counts: Float, sizes: Float, k: Float | None = None) -> tuple[Float, Float]:
    """Extra variance of each series: of ``mean + alpha mean²``, shrunken towards that of all series.

    Moments of the reference periods; a series counts for its share of the information, a prior for `PRIOR_DF` periods.

    Parameters
    ----------
    counts : ndarray of float64 of shape (k, n_series)
    sizes : ndarray of float64 of shape (k, n_series)
        What they are held against; 0, and a count of 0, where the period is left out.
    k : ndarray of float64 of shape (n_series,), optional
        Periods not left out.

    Returns
    -------
    alpha, df : ndarray of float64 of shape (n_series,)
        The extra variance, and how many periods' worth it is known by.
    """
    n: Float = np.ones(counts.shape[1]) * len(sizes) if k is None else k
    mean = counts.sum(axis=0) / np.maximum(sizes.sum(axis=0), 0.5) * sizes
    squares = (mean**2).sum(axis=0)
    extra = ((counts - mean) ** 2).sum(axis=0) * n / (n - 1) - mean.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(squares > 0, extra / squares, 0.0)
    level = mean.sum(axis=0) / n
    pooled = PRIOR_ALPHA
    for _ in range(3):
        # how well a series of this level tells its extra variance
        known = (pooled * level / (1 + pooled * level)) ** 2 * (n - 1)
        pooled = (PRIOR_ALPHA * PRIOR_DF + float((known * own).sum())) / (PRIOR_DF + float(known.sum()))
        pooled = max(pooled, PRIOR_ALPHA / 10)
    known = (pooled * level / (1 + pooled * level)) ** 2 * (n - 1)
    alpha = (PRIOR_DF * pooled + known * own) / (PRIOR_DF + known)
    return np.maximum(alpha, PRIOR_ALPHA / 10), TAIL_DF + known


def levels_up(windows: list[Window], often: float, rarely: float) -> Float:
    """The p-values from which a growth is one, of shape (n_windows, n_series).

    Rates are shared by what can be found. Windows that expect `TELLING` complaints, where a doubling shows, share one
    rate; the many that expect fewer share another, and of it a series that can hardly reach `GROWN_FROM` takes little.

    Parameters
    ----------
    often, rarely : float
        The two rates.
    """
    mean, spread = _stacked(w.high for w in windows), _stacked(w.spread for w in windows)
    telling = mean >= TELLING
    each = telling.sum(axis=0)
    strangers = float((1 + (each[each > 0] - 1) / NESTED_MORE).sum())
    if not strangers:
        often, rarely = 0.0, often + rarely
    most = np.where(mean < HARDLY[0], 0.0, 1.0)  # beyond these bounds the chance is below, or above, any level
    between = (mean >= HARDLY[0]) & (mean < HARDLY[1])
    most[between] = _reaching(mean[between], spread[between])
    few = np.sort(most[~telling]).tolist()
    earned = min((EARNED[0] / max(strangers, 1.0)) ** EARNED[1], EARNED[2])
    return np.where(telling, often * earned / max(strangers, 1.0), _filled(few, rarely * NESTED))


def _reaching(mean: Float, alpha: Float) -> Float:
    """P(Y >= GROWN_FROM) of counts with variance ``mean + alpha mean²``.

    >>> _reaching(np.array([2.0]), np.array([0.5])).round(4).tolist()
    [0.1094]
    """
    r = 1 / alpha
    q = mean / (mean + r)
    term = (1 - q) ** r
    left = 1 - term
    for y in range(GROWN_FROM - 1):
        term = term * (r + y) / (y + 1) * q
        left = left - term
    return np.maximum(left, 0.0)


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


def threshold_down(windows: list[Window], rate: float) -> float:
    """The same for falls: a series so small that even zero is usual takes nothing (Tarone)."""
    mean = np.concatenate([window.low for window in windows])
    spread = np.concatenate([window.spread for window in windows])
    zero = np.sort(np.exp(-np.log1p(spread * mean) / spread))  # the chance of no complaint at all
    for n in range(int((zero <= rate).sum()), 0, -1):
        if zero[n - 1] <= rate / n:
            return rate / n
    return 0.0
