"""Do the intervals hold? Simulated complaints with a known truth: bursts by week, overlapping categories, few or many.

usage: simulate.py [SETS]     sets for each number of complaints, 2000 by default
"""

from __future__ import annotations

import sys

import numpy as np
from svc.analyzers.intervals import LEVEL, intervals
from svc.analyzers.rank import wilson

SIZES = (5, 20, 200)
N_CATEGORIES, WEEKS = 8, 12
BURST = 30.0  # concentration of a week's mixture around the truth: the less, the burstier
SECOND = 0.35  # of the complaints have a second category


def mixture(rng: np.random.Generator) -> np.ndarray:
    """True chances of the categories of a service."""
    return rng.dirichlet(np.full(N_CATEGORIES, 0.9))


def draw(rng: np.random.Generator, truth: np.ndarray, n: int) -> tuple[np.ndarray, ...]:
    """(doc, category, severity, week): each week has a mixture of its own around the truth."""
    week = rng.integers(0, WEEKS, n)
    mixtures = rng.dirichlet(truth * BURST + 1e-9, WEEKS)
    doc, category = [], []
    for i in range(n):
        k = 2 if rng.random() < SECOND else 1
        p = mixtures[week[i]] + 1e-12
        for c in rng.choice(N_CATEGORIES, size=k, replace=False, p=p / p.sum()):
            doc.append(i)
            category.append(c)
    severity = rng.choice([0.2, 0.4, 0.6, 0.8], size=n, p=[0.2, 0.4, 0.3, 0.1])
    return np.array(doc), np.array(category), severity, week


def true_index(rng: np.random.Generator, truth: np.ndarray, draws: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Expected share of the pain, and of complaints, of each category, over many weeks."""
    pain, share, rows = np.zeros(N_CATEGORIES), np.zeros(N_CATEGORIES), 0
    mixtures = rng.dirichlet(truth * BURST + 1e-9, draws)
    for p in mixtures:
        p = p + 1e-12
        p = p / p.sum()
        # one category, or the first and the second drawn without replacement
        second = p[:, None] * p[None, :] / (1 - p[:, None])
        np.fill_diagonal(second, 0)
        both = second + second.T
        has = both.sum(axis=1)
        pain += (1 - SECOND) * p + SECOND * has / 2
        share += (1 - SECOND) * p + SECOND * has
        rows += 1
    return pain / rows, share / rows


def main() -> None:
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    print(f"stated {LEVEL:.2f}; {sets} sets each, {N_CATEGORIES} categories, {WEEKS} bursty weeks")
    print("| complaints | index | share (Wilson) | true first within its rank interval | rank width of the first |")
    print("|---|---|---|---|---|")
    for n in SIZES:
        rng = np.random.default_rng(n)
        index = share = first = cells = 0
        width = []
        for _ in range(sets):
            truth = mixture(rng)
            pain, chance = true_index(rng, truth)
            doc, category, severity, week = draw(rng, truth, n)
            found = intervals(doc, category, severity, np.ones(N_CATEGORIES), np.arange(n), week)
            index += int(((found.low <= pain) & (pain <= found.high)).sum())
            counts = np.bincount(category, minlength=N_CATEGORIES)
            for c in range(N_CATEGORIES):
                low, high = wilson(counts[c] / found.effect, n / found.effect)
                share += low <= chance[c] <= high
            cells += N_CATEGORIES
            best = int(pain.argmax())
            first += found.rank_low[best] == 1
            width.append(found.rank_high[best] - found.rank_low[best] + 1)
        print(f"| {n} | {index / cells:.3f} | {share / cells:.3f} | {first / sets:.3f} | {np.mean(width):.1f} |")


if __name__ == "__main__":
    main()
