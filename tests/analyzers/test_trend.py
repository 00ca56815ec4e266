"""Trends: alarms where something changed, none where the mailbox is only fuller, and the stated rate of false ones."""

from __future__ import annotations

import numpy as np
import pytest
from svc.analyzers.history import History
from svc.analyzers.tails import at_least, at_most, heavier
from svc.analyzers.trend import FALSE_ALARMS, Trends, judge
from svc.analyzers.windows import EARNED, GROWN_FROM, TELLING, dispersion, levels_up, window

MONDAY = 738156  # 2021-12-27


def history(counts: list[list[int]] | np.ndarray, total: list[int] | np.ndarray, **changes: object) -> History:
    """Weeks of some categories."""
    table, sums = np.array(counts, np.int64), np.array(total, np.int64)
    n = len(sums)
    values: dict[str, object] = {
        "unit": "week", "first": MONDAY + 7 * np.arange(n), "names": tuple(f"c.{i}" for i in range(table.shape[1])),
        "counts": table, "complaints": sums, "rows": sums, "grave": np.zeros(n, np.int64), "same": np.ones(n, bool),
    }  # fmt: skip
    return History(**{**values, **changes})  # type: ignore[arg-type]


def steady(seed: int, weeks: int, means: tuple[float, ...] = (10, 20, 30)) -> tuple[np.ndarray, np.ndarray]:
    """Poisson weeks of some categories beside 100 complaints without any."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(means, (weeks, len(means)))
    return counts, counts.sum(axis=1) + rng.poisson(100, weeks)


def statuses(found: Trends) -> dict[str, str]:
    """What is not stable, the total and class A included."""
    every = [*found.changes.values(), *(change for change in (found.total, found.grave) if change)]
    return {change.id: change.status for change in every if change.status != "stable"}


def changed(c: int, now: list[int], seed: int = 1, lead: int = 20) -> Trends:
    """The last week judged after a category had the given numbers in the last weeks."""
    counts, total = steady(seed, lead + len(now))
    total = total - counts[:, c]
    counts[-len(now) :, c] = now
    return judge(history(counts, total + counts[:, c]), lead + len(now) - 1)


@pytest.mark.parametrize(
    ("now", "status", "since"),
    [
        ([45], "growing", "2022-W20"),
        ([22, 24, 23, 25], "growing", "2022-W20"),
        ([0, 0, 0, 0], "gone", "2022-W20"),
        ([12], None, None),
        ([45, 10], None, None),
    ],
)
def test_what_changed_has_a_status_and_a_beginning(now: list[int], status: str | None, since: str | None) -> None:
    """A burst, a lasting doubling, a pain that is gone; a usual week, and the usual one after a burst, are none."""
    found = changed(0, now)
    assert statuses(found).get("c.0") == status
    if status:
        assert found.changes["c.0"].since == since
        assert found.changes["c.0"].n == now[-1]
    assert set(statuses(found)) <= {"c.0"}


def test_new_and_returned_are_told_apart() -> None:
    """Never seen before; seen half a year ago and not since."""
    counts, total = steady(2, 24)
    counts[:, 0] = 0
    counts[-1, 0] = 15
    assert statuses(judge(history(counts, total + 15), 23))["c.0"] == "new"
    counts[2:5, 0] = 9
    assert statuses(judge(history(counts, total + 15), 23))["c.0"] == "returned"


def test_a_fuller_mailbox_alarms_once_and_not_for_every_category() -> None:
    """Everything trebles: the total says so, no category grew against the others."""
    counts, total = steady(3, 21)
    counts[-1] *= 3
    total[-1] *= 3
    assert statuses(judge(history(counts, total), 20)) == {"total": "growing"}


def test_a_category_does_not_grow_because_others_fell() -> None:
    """Its share doubles while its number stays: no growth."""
    counts, total = steady(4, 21)
    total[-1] = counts[-1].sum() + 5
    assert "growing" not in statuses(judge(history(counts, total), 20)).values()


def test_with_orders_the_rate_decides() -> None:
    """Complaints double with the orders: nothing changed; without the orders' help it would be an alarm."""
    counts, total = steady(5, 25)
    counts[-1] *= 3
    total[-1] *= 3
    orders = np.full(25, 5000)
    orders[-1] = 15000
    grown = judge(history(counts, total, orders=np.full(25, 5000)), 24)
    assert {"c.0", "c.1", "c.2"} <= set(statuses(grown))
    assert {"c.0", "c.1", "c.2"} & set(statuses(judge(history(counts, total, orders=orders), 24))) == set()


@pytest.mark.parametrize(("weeks", "why"), [(5, "few_periods"), (6, None)])
def test_few_periods_are_said_and_not_judged(weeks: int, why: str | None) -> None:
    """Five complete ones before it at least."""
    counts, total = steady(6, weeks)
    found = judge(history(counts, total), weeks - 1)
    assert found.why == why
    assert bool(found.changes) == (why is None)


def test_another_version_breaks_the_series() -> None:
    """Weeks labelled by another lexicon are no reference."""
    counts, total = steady(7, 20)
    counts[-1, 0] = 90
    same = np.arange(20) >= 16
    found = judge(history(counts, total + 90, same=same), 19)
    assert (found.why, found.changes, found.total) == ("versions", {}, None)


def test_a_missing_export_is_no_reference() -> None:
    """A week of zero rows among full ones is left out; the next is not «returned»."""
    counts, total = steady(8, 20)
    counts[10:14], total[10:14] = 0, 0
    found = judge(history(counts, total), 19)
    assert statuses(found) == {}
    assert "2022-W10" not in found.reference


def test_the_stated_rate_holds_on_overdispersed_weeks() -> None:
    """A year of 40 categories: at most the binomial bound of 1 % (benchmarks/trend_simulation.py has 1,000)."""
    rng = np.random.default_rng(11)
    n, weeks, share = 40, 52 + 30, 0.3 / np.arange(1, 41)
    total = rng.poisson(60 * rng.gamma(5, 0.2, weeks))
    counts = rng.binomial(total[:, None], np.minimum(share * rng.gamma(16, 1 / 16, (weeks, n)), 0.9))
    known = history(counts, total)
    met = sum(bool(statuses(judge(known, at))) for at in range(30, weeks))
    judged = weeks - 30
    assert met <= FALSE_ALARMS * judged + 2.6 * (FALSE_ALARMS * judged) ** 0.5


def test_the_quarterly_figure_follows_from_the_weekly_one() -> None:
    """Thirteen weeks, seven quiet quarters of eight."""
    counts, total = steady(9, 20)
    assert judge(history(counts, total), 19).quarter == 0.122


def test_extra_variance_is_found_where_it_is_and_shrunken_where_little_is_known() -> None:
    """Bursty weeks get a larger one than Poisson weeks."""
    rng = np.random.default_rng(12)
    calm = rng.poisson(50, (26, 5)).astype(float)
    wild = rng.poisson(50 * rng.gamma(2, 0.5, (26, 5))).astype(float)
    alpha, _ = dispersion(np.hstack([calm, wild]), np.ones((26, 10)))
    assert alpha[:5].max() < 0.15 < 0.25 < alpha[5:].min()


def test_tails_are_those_of_the_distributions() -> None:
    """Sums of the probabilities, and a Student's tail heavier than the normal one."""
    r, mean = 4.0, 6.0
    q = mean / (mean + r)
    p = [(1 - q) ** r]
    for k in range(1, 60):
        p.append(p[-1] * (r + k - 1) / k * q)
    given = np.arange(20.0), np.full(20, mean), np.full(20, 1 / r)
    upper, lower = at_least(*given), at_most(*given)
    assert np.allclose(lower, np.cumsum(p)[:20], atol=1e-12)
    assert np.allclose(upper[1:], 1 - np.cumsum(p)[:19], atol=1e-12)
    tails = np.array([1e-6, 1e-3, 0.05])
    assert (heavier(tails, np.full(3, 30.0)) > tails).all()
    assert np.allclose(heavier(tails, np.full(3, 1e7)), tails, rtol=1e-3)


def test_a_burst_that_is_over_is_told_once_and_a_lasting_change_until_it_ends() -> None:
    """One week of the mailbox fourfold, then usual ones; fifteen weeks of it twice as full, none of them their own
    reference.
    """
    rng = np.random.default_rng(14)
    total = rng.poisson(40, 60)
    counts = rng.binomial(total[:, None], [0.1, 0.2])
    burst = total.copy()
    burst[40] = 160
    assert statuses(judge(history(counts, burst), 40))["total"] == "growing"
    assert all("total" not in statuses(judge(history(counts, burst), at)) for at in range(41, 48))
    lasting = total.copy()
    lasting[40:55] *= 2
    told = [statuses(judge(history(counts, lasting), at)).get("total") for at in range(40, 60)]
    assert told[1:15].count("growing") >= 12
    assert "growing" not in told[18:]


def test_a_season_of_two_earlier_years_is_no_alarm_and_one_year_is_no_season() -> None:
    """Every December is twice as full, of one pain three times; the fourth one is as usual, and says so."""
    rng = np.random.default_rng(15)
    december = np.arange(208) % 52 >= 46
    counts = rng.poisson(np.where(december, 60, 20))[:, None]
    total = counts[:, 0] + rng.poisson(np.where(december, 160, 80))
    found = judge(history(counts[:204], total[:204]), 203)
    assert statuses(found) == {}
    assert found.total is not None
    assert found.changes["c.0"].seasonal or found.total.seasonal
    found = judge(history(counts[104:204], total[104:204]), 99)
    assert statuses(found)
    assert not found.changes["c.0"].seasonal


def test_a_usual_week_within_a_lasting_change_does_not_end_it() -> None:
    """Fifteen weeks of twice the complaints, the tenth of them as before: one alarm, told as the old one that week."""
    rng = np.random.default_rng(14)
    total = rng.poisson(40, 60)
    counts = rng.binomial(total[:, None], [0.1, 0.2])
    total[40:55] *= 2
    total[49] = 40
    found = {at: judge(history(counts, total), at).total for at in range(44, 60)}
    told = {at: (change.status, change.held) for at, change in found.items() if change}
    assert all(told[at][0] == "growing" for at in range(44, 55)), told
    assert (told[48], told[49]) == (("growing", False), ("growing", True))
    assert told[59] == ("stable", False)


def test_a_pain_that_only_others_outgrow_does_not_fall() -> None:
    """Nine or ten a week as ever, while another pain grows to triple: the share falls, the number does not."""
    weeks = 30
    counts = np.column_stack([9 + np.arange(weeks) % 3, np.full(weeks, 7)])
    counts[24:, 0], counts[24:, 1] = 9, 40
    known = history(counts, counts.sum(axis=1) + 6)
    found = [statuses(judge(known, at)) for at in range(24, weeks)]
    assert all(found)
    assert all(one.get("c.0", "stable") == "stable" for one in found), found


def test_the_rate_is_shared_by_what_can_be_found() -> None:
    """A window that expects enough to tell a doubling gets more of it than one of a handful; together no more than all
    of it, windows of one series counted as the two strangers that they are.
    """
    rng = np.random.default_rng(3)
    series = rng.poisson([0.05, 0.4, 0.4, 0.4, 5, 30], (40, 6)).astype(float)
    sizes = 100.0 + 0 * series
    known = [window(series, sizes, np.ones(40, bool), series < 0, 39, length, "week") for length in (1, 2, 4, 8)]
    windows = [w for w in known if w is not None]
    often, rarely = 0.005, 0.001
    levels = levels_up(windows, often, rarely)
    telling = np.array([w.mean >= TELLING for w in windows])
    assert telling.any()
    assert not telling.all()
    assert levels[telling].min() > 4 * levels[~telling].max()
    assert levels[telling].sum() <= 2 * often * EARNED[2]  # raised as the simulation found it earned, and no further
    spent = np.minimum(levels, [at_least(np.full(6, float(GROWN_FROM)), w.mean, w.spread) for w in windows])
    assert spent[~telling].sum() <= 2.0001 * rarely
    few = [w for w in (window(series[:, :4], sizes[:, :4], np.ones(40, bool), series[:, :4] < 0, 39, 1, "week"),) if w]
    assert levels_up(few, often, rarely).max() <= 2 * (often + rarely)
