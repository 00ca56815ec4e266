"""Before and after an event: what a release, a new tariff, a fix did to the complaints, with an interval."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .records import Title
from .store.model import COUNTED, GRAVE, USED, Daily

Int = NDArray[np.int64]

DAYS = 56  # on each side, at most
BLOCK = 7  # days summed, for the swings of a week do not count as surprise
AT_LEAST = 14  # days on each side
MIN_N = 10  # complaints on both sides, for an effect to be shown
Z95 = 1.959964
SHOWN = 8


def effect(
    daily: Daily, version: str, day: dt.date, name: str, until: int, titles: Mapping[str, Title]
) -> dict[str, Any] | None:
    """Complaints of equal spans before and after a day; None where the memory does not reach two weeks each way.

    The ratio of the daily rates, its interval widened by the over-dispersion of the weeks (quasi-Poisson). Categories
    are shown where theirs leaves 1 out at the level of 95 % for all of them together (Bonferroni), so that a list of a
    hundred categories holds no effect by chance.

    Parameters
    ----------
    until : int
        First day that is not known yet.
    """
    at = day.toordinal()
    mine = daily.version == (daily.versions.index(version) if version in daily.versions else -1)
    if not mine.any():
        return None
    first = int(daily.day[mine].min())
    before, after = min(DAYS, at - first), min(DAYS, until - at)
    span = min(before, after) // BLOCK * BLOCK
    if span < AT_LEAST:
        return None
    blocks = 2 * span // BLOCK
    inside = mine & (daily.day >= at - span) & (daily.day < at + span)
    table = np.zeros((blocks, len(daily.names)), np.int64)
    np.add.at(table, ((daily.day[inside] - (at - span)) // BLOCK, daily.name[inside]), daily.n[inside])
    half = blocks // 2
    rows = {name_: table[:, i] for i, name_ in enumerate(daily.names) if name_ not in (USED, GRAVE)}
    total = rows.pop(COUNTED, np.zeros(blocks, np.int64))
    shown = {key: counts for key, counts in rows.items() if counts.sum() >= MIN_N}
    wide = _z(len(shown))
    found = [_effect(key, counts, half, wide) for key, counts in sorted(shown.items())]
    sure = [entry for entry in found if entry["verdict"] != "unclear"]
    sure.sort(key=lambda entry: (-abs(math.log(entry["ratio"])), entry["id"]))
    effects = [_effect("total", total, half, Z95), *sure[:SHOWN]]
    for entry in effects:
        entry["title"] = titles.get(entry["id"], {"ru": "", "en": ""})
    return {
        "date": day.isoformat(), "name": name, "days_before": span, "days_after": span, "tested": len(shown),
        "effects": effects,
    }  # fmt: skip


def _effect(name: str, counts: Int, half: int, z: float) -> dict[str, Any]:
    before, after = int(counts[:half].sum()), int(counts[half:].sum())
    spread = 0.0
    for part in (counts[:half], counts[half:]):
        mean = float(part.mean())
        spread += float(((part - mean) ** 2).sum()) / mean if mean else 0.0
    phi = max(1.0, spread / max(1, len(counts) - 2))
    error = z * math.sqrt(phi * (1 / (before + 0.5) + 1 / (after + 0.5)))
    ratio = (after + 0.5) / (before + 0.5)
    low, high = round(ratio * math.exp(-error), 2), round(ratio * math.exp(error), 2)
    verdict = "more" if low > 1 else "less" if high < 1 else "unclear"
    return {
        "id": name, "n_before": before, "n_after": after, "ratio": round(ratio, 2), "low": low, "high": high,
        "verdict": verdict,
    }  # fmt: skip


def _z(tests: int) -> float:
    from statistics import NormalDist

    return -NormalDist().inv_cdf(0.025 / max(1, tests))
