"""Which themes are new or growing against earlier periods, with a false-alarm rate that is stated and holds.

Under "nothing changed" a theme's complaints fall into the last period as all complaints do: binomially, given how many
it has. The chance of at least as many is asked of every theme, and the level is divided by the number of themes
(Bonferroni), so that in an ordinary period the whole report raises a false alarm with at most `FALSE_ALARM`.
"""

from __future__ import annotations

import math

FALSE_ALARM = 0.05
NEW_SHARE = (
    0.2  # of what the reference would have, if the theme had always been as common as now: below it the theme is new
)


def tail(k: int, n: int, p: float) -> float:
    """P(X >= k) for a binomial X.

    >>> round(tail(8, 10, 0.5), 4)
    0.0547
    """
    if k <= 0:
        return 1.0
    if p <= 0:
        return 0.0
    if p >= 1:
        return 1.0
    logs = [
        math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p) + (n - i) * math.log1p(-p)
        for i in range(k, n + 1)
    ]
    return min(1.0, math.fsum(math.exp(value) for value in logs))


def status(now: int, before: int, total_now: int, total_before: int, themes: int) -> tuple[str, float]:
    """``new``, ``growing`` or ``stable``, and the chance of so many by accident.

    >>> status(12, 0, 50, 300, 10)[0], status(5, 30, 50, 300, 10)[0]
    ('new', 'stable')
    """
    chance = tail(now, now + before, total_now / max(1, total_now + total_before))
    if round(chance, 9) > FALSE_ALARM / max(1, themes):
        return "stable", float(f"{chance:.3g}")
    expected = now * total_before / max(1, total_now)
    return ("new" if before <= NEW_SHARE * expected else "growing"), float(f"{chance:.3g}")
