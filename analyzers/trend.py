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
from .windows import AT_LEAST, GROWN_FROM, REFERENCE, WINDOWS, Window, chances, levels_up, threshold_down, window

Int = NDArray[np.int64]
Float = NDArray[np.float64]
Bool = NDArray[np.bool_]

FALSE_ALARMS = 0.01  # chance of any alarm in a period in which nothing changed
# what of it is asked of each test: growth of what is met often and of what is not, falls, the total. What they come to
# together is measured, not added up (docs/weekly.md)
PARTS = {"often": 0.55, "rarely": 0.1, "down": 0.3, "total_up": 0.4, "total_down": 0.06}
RETURNED_AFTER = 4  # empty periods
LASTING = 2.0  # deviations that a window must be away without its largest period: one week's burst is over with it
GRACE = 1  # usual periods within a lasting change that do not end it yet
MARKED_FROM = 4  # periods: a burst stays in the reference as a swing, a lasting change is left out of it
STILL = 1.28  # and the last period alone, for a lasting change to last still
CLEARLY = 1.28  # deviations that the number itself must have moved: one in ten by chance
WALK = 1  # references back, from which on earlier alarms are looked for
TOTAL_DF = 15.0  # freedom of the tails of the total: weeks of a mailbox burst more often than its shares do
UP = ("new", "growing", "returned")


@dataclass(frozen=True, slots=True)
class Change:
    """How a category, or the total, stands in the last complete period.

    Attributes
    ----------
    status : {"new", "growing", "stable", "falling", "returned", "gone"}
    n, total : int
        Of it, and of all complaints, in the period.
    before : float
        Usual number of a period before the change.
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
    held : bool
        An alarm of earlier periods that has not ended: no test of this period alone, and no news.
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
    held: bool = False


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
    n : int
        Complaints of the period that the history knows.
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
    n: int = 0


@dataclass(frozen=True, slots=True)
class _Judged:
    """Verdicts of a period; arrays of shape (n_series,).

    Attributes
    ----------
    sign : ndarray of int64
        1 grown, -1 fallen, 0 neither.
    best : ndarray of int64
        The window that shows it.
    p : ndarray of float64
        Of that window.
    seasonal : ndarray of bool
        Neither, but for the season.
    held : ndarray of bool
        The sign is that of an earlier period, and still lasts.
    spared : ndarray of bool
        It does so by grace.
    """

    windows: list[Window]
    sign: Int
    best: Int
    p: Float
    seasonal: Bool
    held: Bool
    spared: Bool

    def shown(self, c: int) -> Window:
        """The window of a series."""
        return self.windows[int(self.best[c])]


class Watch:
    """A history judged period by period: what was an alarm is no reference of the periods after it.

    Attributes
    ----------
    marked : ndarray of bool of shape (n_periods, n_series + 2)
        Alarms so far; the last two columns are class A and the total.
    standing : ndarray of int64 of shape (n_series + 2,)
        Alarms of the period judged last: 1 grown, -1 fallen.
    grace : ndarray of int64 of shape (n_series + 2,)
        Usual periods that it may have without ending: a lasting change `GRACE`, a burst none.
    """

    def __init__(self, history: History, rate: float = FALSE_ALARMS) -> None:
        self.history, self.rate = history, rate
        self.series = np.column_stack([history.counts, history.grave]).astype(np.float64)
        self.volume = history.complaints.astype(np.float64)[:, None]
        self.marked = np.zeros((len(self.volume), self.series.shape[1] + 1), bool)
        self.standing = np.zeros(self.marked.shape[1], np.int64)
        self.grace = np.zeros(self.marked.shape[1], np.int64)
        self._known = history.usable()

    def walk(self, start: int, stop: int) -> None:
        """Judge the periods from one to before another, and keep what was an alarm."""
        for at in range(max(start, 0), stop):
            self.judge(at)

    def judge(self, at: int) -> tuple[_Judged | None, _Judged | None]:
        """Categories and class A; the total. Alarms are kept for the periods to come."""
        usable, held_against = self._basis(at)
        ones = np.ones_like(self.volume)
        found: list[_Judged | None] = []
        last = slice(-1, None), TOTAL_DF
        for series, sizes, (part, freedom) in (
            (self.series, held_against, (slice(0, -1), None)), (self.volume, ones, last),
        ):  # fmt: skip
            marked = self.marked[:, part]
            windows = [
                w
                for length in WINDOWS[self.history.unit]
                if (w := window(series, sizes, usable, marked, at, length, self.history.unit, freedom)) is not None
            ]
            judged = None
            if windows:
                levels = self._levels(windows, total=series is self.volume)
                judged = _judged(windows, levels, self.standing[part], self.grace[part])
                self._keep(judged, at, marked, self.grace[part])
                self.standing[part] = judged.sign
            found.append(judged)
        return found[0], found[1]

    def _keep(self, judged: _Judged, at: int, marked: Bool, grace: Int) -> None:
        """Mark the periods of lasting alarms, and count the usual ones that a standing alarm has had; in place."""
        grace[judged.sign == 0] = 0
        grace[judged.spared] -= 1
        for c in np.flatnonzero((judged.sign != 0) & ~judged.held).tolist():
            if (length := judged.shown(c).length) >= MARKED_FROM:
                marked[at + 1 - length : at + 1, c] = True
                grace[c] = GRACE

    def _levels(self, windows: list[Window], *, total: bool) -> tuple[Float, float]:
        """P-values from which a growth, of shape (n_windows, n_series), and a fall, is one."""
        if total:
            part = self.rate * PARTS["total_up"] / len(windows)
            return np.full((len(windows), 1), part), self.rate * PARTS["total_down"] / len(windows)
        up = levels_up(windows, self.rate * PARTS["often"], self.rate * PARTS["rarely"])
        return up, threshold_down(windows, self.rate * PARTS["down"])

    def _basis(self, at: int) -> tuple[Bool, Float]:
        """Usable periods, and what counts are held against: orders where enough periods know them, else the complaints
        without the category (odds, so that a pain that makes up most of the complaints can double too).
        """
        orders = self.history.orders
        if orders is not None:
            known = self._known & (orders > 0)
            if known[at] and int(known[:at].sum()) >= AT_LEAST:
                return known, np.repeat(orders.astype(np.float64)[:, None], self.series.shape[1], axis=1)
        return self._known, self.volume - self.series

    def usable(self, at: int) -> Bool:
        """Periods that may be compared with one."""
        return self._basis(at)[0]


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
    found = history.judged.get((at, rate))
    if found is None:
        found = history.judged[at, rate] = _trends(history, at, rate)
    return found


def _trends(history: History, at: int, rate: float) -> Trends:
    watch = Watch(history, rate)
    usable = watch.usable(at)
    quarter = round(1 - (1 - rate) ** (13 if history.unit == "week" else 3), 3)
    name = history.name(at)
    before = np.flatnonzero(usable[:at])[-REFERENCE[history.unit] :]
    held = tuple(history.name(int(i)) for i in before)
    if not history.same[at] or len(before) < AT_LEAST:
        other = not history.same[at] or int((~history.same[:at]).sum()) > 0
        why = "versions" if other else "few_periods"
        return Trends(name, history.unit, held, why=why, rate=rate, quarter=quarter, n=int(history.complaints[at]))
    watch.walk(at - WALK * REFERENCE[history.unit], at)
    judged, total = watch.judge(at)
    changes = _changes(history, at, judged) if judged else {}
    grave = changes.pop(len(history.names), None)
    return Trends(
        name, history.unit, held, {history.names[c]: change for c, change in changes.items()},
        _total(history, at, total) if total else None, grave, rate=rate, quarter=quarter, n=int(history.complaints[at]),
    )  # fmt: skip


def _judged(windows: list[Window], levels: tuple[Float, float], standing: Int, grace: Int) -> _Judged:
    """Grown or fallen, and the window that shows it best; of equal ones the shorter. What stood and lasts, stands."""
    ups, downs = chances(windows)
    each = np.arange(len(windows[0].now))
    may_grow, may_fall = _may_grow(windows), _may_fall(windows)
    part = np.where(may_grow, ups, 1.0) / np.maximum(levels[0], 1e-300)
    best_up = part.argmin(axis=0)
    best_down = np.where(may_fall, downs, 1.0).argmin(axis=0)
    grown = part[best_up, each] <= 1
    fallen = (downs[best_down, each] <= levels[1]) & may_fall[best_down, each] & ~grown
    alarm = grown | fallen
    spared = (standing != 0) & ~alarm & ~_lasts(windows, standing) & (grace > 0)
    lasts = ~alarm & (_lasts(windows, standing) | spared)
    best = np.where(
        grown, best_up, np.where(fallen, best_down, np.where(lasts, _beyond(windows, standing).argmax(axis=0), 0))
    )
    seasonal = np.zeros(len(each), bool)
    if any((w.high != w.mean).any() or (w.low != w.mean).any() for w in windows):
        ups_, downs_ = chances(windows, plain=True)
        seasonal = ((ups_ <= levels[0]) & may_grow).any(axis=0) | ((downs_ <= levels[1]) & may_fall).any(axis=0)
    p = np.minimum(ups, downs)[best, each]
    sign = np.where(grown, 1, np.where(fallen, -1, standing * lasts))
    return _Judged(windows, sign, best, p, seasonal & (sign == 0), lasts, spared)


def _beyond(windows: list[Window], standing: Int) -> Float:
    """How far the last periods less their extreme one are still off, of shape (n_windows, n_series)."""
    return np.array([np.where(standing > 0, w.without_top, -w.without_bottom) * (w.length > 1) for w in windows])


def _lasts(windows: list[Window], standing: Int) -> Bool:
    """An alarm ends when the last periods are usual again, not when one of them fails to be a new one: else a level
    that sinks slowly is told, solved and told again.
    """
    recent = [w for w in windows if w.length <= MARKED_FROM]
    return (standing != 0) & (_beyond(recent, standing) >= STILL).any(axis=0)


def _may_grow(windows: list[Window]) -> Bool:
    """Enough complaints, a larger number and not only a larger share, and no burst that is over: of shape (n_windows,
    n_series).
    """
    last = windows[0].away >= STILL
    return np.array(
        [
            (w.now >= GROWN_FROM) & (w.moved > CLEARLY) & last & ((w.length == 1) | (w.without_top >= LASTING))
            for w in windows
        ]
    )


def _may_fall(windows: list[Window]) -> Bool:
    last = (windows[0].away <= -STILL) | (windows[0].now == 0)
    return np.array([(w.moved < -CLEARLY) & last & ((w.length == 1) | (w.without_bottom <= -LASTING)) for w in windows])


def _changes(history: History, at: int, judged: _Judged) -> dict[int, Change]:
    """Of each series met; the last is that of class A."""
    series = np.column_stack([history.counts, history.grave])
    usable = history.usable()[:at]
    last = judged.windows[0]
    met = (last.usual > 0) | np.any([w.now > 0 for w in judged.windows], axis=0)
    found: dict[int, Change] = {}
    for c in np.flatnonzero(met).tolist():
        name = history.names[c] if c < len(history.names) else "class:A"
        shown = judged.shown(c)
        status = _status(judged, c)
        if status == "growing":
            status = _kind_of_growth(series[:at, c], usable, shown.length)
        since = _since(series[:, c], history.complaints, at, history, status) if status != "stable" else None
        found[c] = _change(name, status, c, judged, since, int(history.complaints[at]))
    return found


def _status(judged: _Judged, c: int) -> str:
    match int(judged.sign[c]):
        case 1:
            return "growing"
        case -1:
            return "falling" if judged.shown(c).now[c] else "gone"
        case _:
            return "stable"


def _kind_of_growth(earlier: Int, usable: Bool, length: int) -> str:
    """New where it was never seen before the window, returned where it was but the periods just before had none."""
    known = earlier[: len(earlier) - length + 1][usable[: len(earlier) - length + 1]]
    if not known.sum():
        return "new"
    return "returned" if not known[-RETURNED_AFTER:].sum() and known.sum() >= GROWN_FROM else "growing"


def _total(history: History, at: int, judged: _Judged) -> Change:
    status = _status(judged, 0)
    ones = np.ones_like(history.complaints)
    since = _since(history.complaints, ones, at, history, status) if status != "stable" else None
    return _change("total", status, 0, judged, since, int(history.complaints[at]))


def _since(series: Int, sizes: Int, at: int, history: History, status: str) -> str:
    """The period from which the change explains the counts best: the greatest likelihood ratio of two Poisson rates."""
    first = max(0, at + 1 - REFERENCE[history.unit])
    y, n = series[first : at + 1].astype(np.float64), np.maximum(sizes[first : at + 1].astype(np.float64), 1e-9)
    best, where = 0.0, at - first
    for start in range(1, len(y)):
        a, b, m, k = y[start:].sum(), y[:start].sum(), n[start:].sum(), n[:start].sum()
        rises = a / m > b / k
        if rises != (status in UP):
            continue
        whole = (a + b) / (m + k)
        gain = sum(v * np.log(v / (size * whole)) for v, size in ((a, m), (b, k)) if v > 0)
        if round(float(gain), 6) > best:
            best, where = round(float(gain), 6), start
    return history.name(first + where)


def _change(name: str, status: str, c: int, judged: _Judged, since: str | None, total: int) -> Change:
    """The figures of a change."""
    shown, last = judged.shown(c), judged.windows[0]
    expected = float(shown.mean[c])
    # of log(ratio), by the delta method; the half keeps zeros finite
    error = 1.96 * float(np.sqrt(1 / (shown.now[c] + 0.5) + shown.spread[c]))
    ratio = (float(shown.now[c]) + 0.5) / (expected + 0.5)
    return Change(
        name, status, int(last.now[c]), total, round(float(shown.usual[c]), 2), round(float(last.mean[c]), 2),
        round(ratio, 3), round(ratio * float(np.exp(-error)), 3), round(ratio * float(np.exp(error)), 3),
        float(judged.p[c]), shown.length, since, bool(judged.seasonal[c]), bool(judged.held[c]),
    )  # fmt: skip
