"""Does the stated false-alarm rate hold, and what is found? Stationary years, shuffled real weeks, a replay.

usage: trend_simulation.py [YEARS] [SHARED]    1000 years, 0: none of them; the dated shared sets, `../shared/data`

Stationary: complaints a week and shares of categories swing as in the dated shared sets (figures below, measured by
`replay`), in three sizes of company. A year has 52 judged weeks after half a year of reference; an alarm is any status
but «stable» of any category, of the total or of class A, and counts in the week it is new: one that stands is the
same alarm. Power: one category is multiplied from a week on.
"""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
from svc.analyzers.history import History
from svc.analyzers.trend import FALSE_ALARMS, Trends, Watch, judge
from svc.analyzers.windows import REFERENCE, dispersion

LEAD, YEAR = REFERENCE["week"] + 4, 52
SIZES = ((5, 60), (13, 120), (100, 150), (1000, 200))  # complaints a week, categories
VOLUME = 0.20  # extra variance of the total: 0.10 and 0.26 in half years of the shared sets without their bursts
SHARES = 0.06  # extra variance of the shares: 0.04 to 0.07 there
LABELS = 1.6  # categories a complaint
MONDAY = date(2020, 1, 6).toordinal()
SETS = {
    # folder: first day judged from, weeks named as bursts by its SOURCE.md
    "domrf_bankiru_reviews_2006_2024": (
        date(2018, 6, 4), ((date(2021, 1, 25), date(2021, 3, 7)), (date(2024, 2, 26), date(2024, 3, 3))),
    ),
    "gazprombank_sravni_reviews_2023_2025": (
        date(2023, 1, 2), ((date(2023, 9, 25), date(2023, 10, 1)), (date(2024, 9, 30), date(2024, 12, 8))),
    ),
    "sentirueval2015_restaurants": (date(2011, 1, 3), ()),
}  # fmt: skip


def history(counts: np.ndarray, totals: np.ndarray, grave: np.ndarray, first: int = MONDAY) -> History:
    """Weeks as a history."""
    n = len(totals)
    names = tuple(f"c.{i:03d}" for i in range(counts.shape[1]))
    return History("week", first + 7 * np.arange(n), names, counts, totals, totals, grave, np.ones(n, bool))


def shares(rng: np.random.Generator, n: int) -> np.ndarray:
    """A long tail of categories, as lexicons give."""
    raw = 1 / np.arange(1, n + 1) ** 0.9
    return LABELS * rng.permutation(raw / raw.sum())


def draw(
    rng: np.random.Generator, mean: float, share: np.ndarray, weeks: int, factor: np.ndarray | None = None
) -> History:
    """Over-dispersed weeks; `factor` (weeks, categories) multiplies the rates."""
    total = rng.poisson(mean * rng.gamma(1 / VOLUME, VOLUME, weeks))
    swing = rng.gamma(1 / SHARES, SHARES, (weeks, len(share)))
    p = np.minimum(share * swing * (1 if factor is None else factor), 0.95)
    if factor is not None:  # more of one pain are more complaints
        total = total + rng.poisson((share * (factor - 1)).clip(0).sum(axis=1) / LABELS * mean)
    counts = rng.binomial(total[:, None], p)
    grave = rng.binomial(total, np.minimum(0.1 * rng.gamma(1 / SHARES, SHARES, weeks), 0.95))
    return history(counts, total, grave)


def alarms(trends: Trends) -> list[str]:
    """Everything that is not stable."""
    every = [*trends.changes.values(), *(c for c in (trends.total, trends.grave) if c)]
    return [f"{c.id} {c.status} since {c.since}" + " (still)" * c.held for c in every if c.status != "stable"]


def signs(watch: Watch, at: int) -> np.ndarray:
    """1 grown, -1 fallen, 0 neither; 2 and -2 where it was so the period before: categories, class A, the total."""
    before = watch.standing.copy()
    for judged in watch.judge(at):
        if judged is None:
            return np.zeros(len(before), int)
    return np.where(watch.standing == before, 2 * watch.standing, watch.standing)


def fresh(found: np.ndarray) -> bool:
    """Whether any alarm is new."""
    return bool((np.abs(found) == 1).any())


def bound(weeks: int, rate: float = FALSE_ALARMS) -> float:
    """Weeks with an alarm that a true rate exceeds in one run of forty: the binomial bound."""
    return rate * weeks + 1.96 * math.sqrt(weeks * rate * (1 - rate))


def stationary(mean: float, n: int, year: int) -> np.ndarray:
    """A year in which nothing changes: its weeks' `signs`, of shape (weeks, categories + 2)."""
    rng = np.random.default_rng((int(mean), year))
    watch = Watch(draw(rng, mean, shares(rng, n), LEAD + YEAR))
    return np.array([signs(watch, at) for at in range(LEAD, LEAD + YEAR)])


def figures(found: np.ndarray) -> np.ndarray:
    """Of a year: weeks with a new alarm, with any, with a mail; quiet quarters; weeks by kind of the new alarm."""
    new, stands = (np.abs(found) == 1).any(axis=1), (found != 0).any(axis=1)
    ended = ((found[1:] == 0) & (found[:-1] != 0)).any(axis=1)
    quiet = sum(not new[q : q + 13].any() for q in range(0, YEAR, 13))
    kinds = (found[:, :-1] == 1).any(axis=1), (found[:, :-1] == -1).any(axis=1), np.abs(found[:, -1]) == 1
    return np.array([new.sum(), stands.sum(), (new[1:] | ended).sum() + new[0], quiet, *(kind.sum() for kind in kinds)])


def false_alarms(years: int) -> bool:
    """Stationary years: weeks with any alarm, and of what kind."""
    print(f"Stationary years, over-dispersed ({VOLUME} total, {SHARES} shares); stated {FALSE_ALARMS:.1%} a week")
    print("| complaints a week | years | weeks | new alarm | rate | bound | any | quiet quarters | mails a year |")
    print("|---|---|---|---|---|---|---|---|---|")
    part = math.ceil(years / len(SIZES))
    held = [row(mean, part, sum(figures(stationary(mean, n, y)) for y in range(part))) for mean, n in SIZES]
    return all(held)


def row(mean: float, years: int, sums: np.ndarray) -> bool:
    """A line of the table; whether the bound holds."""
    weeks = years * YEAR
    met, stands, mails, quiet, more, less, total = sums.tolist()
    rates = f"{met / weeks:.2%} | {bound(weeks) / weeks:.2%} | {stands / weeks:.2%} | {quiet / (4 * years):.1%}"
    kinds = f"{more} more, {less} less, {total} total"
    print(f"| {mean} | {years} | {weeks} | {met} | {rates} | {mails / years:.2f} | {kinds}", flush=True)
    return met <= bound(weeks)


def power(repeats: int = 60) -> None:
    """How often, and how soon, a category that grows for good is found."""
    print("\nPower: found within 1 / 4 / 8 weeks, by the category's usual number a week")
    print("| usual | 1.5x | 2x | 3x |")
    print("|---|---|---|---|")
    for usual in (2, 5, 10, 20, 50, 100):
        cells = []
        for times in (1.5, 2.0, 3.0):
            rng = np.random.default_rng(usual)
            found = np.zeros(8)
            for _ in range(repeats):
                share = shares(rng, 120)
                share[0] = 0.05
                factor = np.ones((LEAD + 8, 120))
                factor[LEAD:, 0] = times
                watch = Watch(draw(rng, usual / 0.05, share, LEAD + 8, factor))
                for week in range(8):
                    if signs(watch, LEAD + week)[0] > 0:
                        found[week:] += 1
                        break
            cells.append(" / ".join(f"{found[i] / repeats:.0%}" for i in (0, 3, 7)))
        print(f"| {usual} | {' | '.join(cells)} |", flush=True)


def season(years: int = 20) -> None:
    """A December of twice the complaints, every year: alarms in the fourth one, with three and with one known."""
    print("\nSeason: Decembers with an alarm (the complaints double in each)")
    weeks = 4 * YEAR
    december = np.arange(weeks) % YEAR >= YEAR - 5
    for known_years in (1, 3):
        rng = np.random.default_rng(12)
        met = 0
        for _ in range(years):
            share = shares(rng, 60)
            known = draw(rng, 100, share, weeks)
            more = draw(rng, 100, share, weeks)
            counts = known.counts + more.counts * december[:, None]
            total = known.complaints + more.complaints * december
            first = (3 - known_years) * YEAR
            watch = Watch(history(counts[first:], total[first:], (total[first:] * 0.1).astype(int)))
            met += any(bool(signs(watch, at).any()) for at in range(len(total) - first - 5, len(total) - first))
        print(f"  {known_years} earlier years known: {met} of {years}", flush=True)


def weeks_of(folder: Path, start: date) -> History:
    """A dated set by weeks, labelled by svc itself."""
    with tempfile.TemporaryDirectory() as place:
        rows = Path(place) / "rows.jsonl"
        svc = Path(sys.executable).with_name("svc")
        report = f"json={place}/report.json"
        subprocess.run(
            [svc, "analyze", folder / "data.csv", "--rows", rows, "--report", report, "-q"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found = [json.loads(line) for line in rows.read_text("utf-8").splitlines()]
    csv.field_size_limit(1 << 30)
    kept = [
        r
        for r in found
        if r["date"]
        and not r["duplicate"]
        and r["kind"] in ("complaint", "claim")
        and r["date"][:10] >= start.isoformat()
    ]
    week = np.array([(date.fromisoformat(r["date"][:10]).toordinal() - start.toordinal()) // 7 for r in kept])
    names = sorted({c["id"] for r in kept for c in r["categories"]})
    counts = np.zeros((week.max() + 1, len(names)), np.int64)
    for row, at in zip(kept, week, strict=True):
        for category in row["categories"]:
            counts[at, names.index(category["id"])] += 1
    total = np.bincount(week)
    grave = np.bincount(week[[r["class"] == "A" for r in kept]], minlength=len(total))
    return History(
        "week",
        start.toordinal() + 7 * np.arange(len(total)),
        tuple(names),
        counts,
        total,
        total,
        grave,
        np.ones(len(total), bool),
    )


def taken(known: History, order: np.ndarray) -> History:
    """Some weeks in another order."""
    return history(known.counts[order], known.complaints[order], known.grave[order])


def real(shared: Path, shuffles: int = 10) -> None:
    """Shuffled weeks and the replay of each dated set."""
    for name, (start, bursts) in SETS.items():
        if not (shared / name).is_dir():
            print(f"\n{name}: SKIPPED, not there")
            continue
        known = weeks_of(shared / name, start)
        n = len(known.first)
        alpha = dispersion(known.counts.astype(float), (known.complaints[:, None] - known.counts).astype(float))[0]
        print(f"\n{name}: {n} weeks, {known.complaints.mean():.1f} complaints each, dispersion {np.median(alpha):.2f}")
        in_burst = np.zeros(n, bool)
        for a, b in bursts:
            in_burst |= (known.first + 6 >= a.toordinal()) & (known.first <= b.toordinal())
        rng = np.random.default_rng(1)
        for what, pool in (("without the named bursts", np.flatnonzero(~in_burst)), ("all weeks", np.arange(n))):
            met = stands = judged = 0
            for _ in range(shuffles):
                order = rng.permutation(pool)
                watch = Watch(taken(known, order))
                for at in range(LEAD, len(pool)):
                    found = signs(watch, at)
                    stands += bool(found.any()) and not in_burst[order[at]]
                    met += (
                        fresh(found) and not in_burst[order[at]]
                    )  # a named burst is no false alarm wherever it is put
                    judged += not in_burst[order[at]]
            figures = (
                f"{met} of {judged} weeks with a new alarm, {met / judged:.2%}; bound {bound(judged) / judged:.2%}"
            )
            print(f"  shuffled, {what}: {figures}; one stands in {stands}", flush=True)
        replay(known, in_burst)


def replay(known: History, in_burst: np.ndarray) -> None:
    """Week by week, as `svc weekly` would have told it; an alarm is new where the week before had none of that name."""
    print("  replay:")
    others, new, told = 0, 0, set[str]()
    for at in range(LEAD, len(known.first)):
        found = alarms(judge(known, at))
        names = {entry.partition(" since")[0] for entry in found}
        if found:
            others += not in_burst[at]
            new += bool(names - told) and not in_burst[at]
            star = " *" if in_burst[at] else ""
            print(f"    {known.name(at)}{star} {known.complaints[at]} complaints: {', '.join(found[:6])}")
        told = names
    calm = int((~in_burst[LEAD:]).sum())
    print(f"  other weeks with an alarm: {others} of {calm}, of them with a new one: {new}; * named in SOURCE.md")
    print(f"  allowed by the stated rate: {bound(calm):.1f}", flush=True)


def main() -> None:
    """All of it; exit code 1 where the stated rate does not hold."""
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    shared = Path(sys.argv[2] if len(sys.argv) > 2 else "../shared/data")
    good = false_alarms(years) if years else True
    power()
    season()
    real(shared)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
