"""Charts as inline SVG without words in them: the words stand beside, in cells that wrap, copy and are read aloud.

A shape is stretched to its cell, so a chart is as wide as the screen lets it; strokes keep their width. Colours are
classes of the style sheet: one drawing serves light, dark and print.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

from .markup import Safe, tag

LEVELS = 5  # steps of a heat map
SCALES = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1.0)  # ends of axes of shares


def _svg(*children: Safe, width: float, height: float, class_: str) -> Safe:
    return tag(
        "svg",
        *children,
        viewBox=f"0 0 {_f(width)} {_f(height)}",
        preserveAspectRatio="none",
        class_=class_,
        aria_hidden="true",
        focusable="false",
    )


def _f(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def bar(share: float, letter: str = "") -> Safe:
    """A bar over a share of the full width; the class's letter gives its colour."""
    width = 100 * min(1.0, max(0.0, share))
    return _svg(
        tag("rect", class_="rail", x=0, y=0, width=100, height=10),
        tag("rect", class_=f"fill fill-{letter}" if letter else "fill", x=0, y=0, width=_f(width), height=10),
        width=100,
        height=10,
        class_="bar",
    )


def interval(value: float, low: float, high: float, top: float) -> Safe:
    """A point with its interval, on an axis from 0 to `top`."""
    scale = 100 / top if top > 0 else 0
    return _svg(
        tag("rect", class_="rail", x=0, y=4, width=100, height=2),
        tag("rect", class_="span", x=_f(low * scale), y=3, width=_f(max(0.6, (high - low) * scale)), height=4),
        tag("rect", class_="point", x=_f(max(0, value * scale - 0.7)), y=0.5, width=1.4, height=9),
        width=100,
        height=10,
        class_="bar",
    )


def pareto(before: float, after: float) -> Safe:
    """One row of a Pareto chart on the scale from 0 to 100: what the rows above sum up to, and what this one adds."""
    return _svg(
        tag("rect", class_="rail", x=0, y=2, width=100, height=6),
        tag("rect", class_="above", x=0, y=2, width=_f(before), height=6),
        tag("rect", class_="fill", x=_f(before), y=2, width=_f(max(after - before, 0.3)), height=6),
        *(tag("line", class_="grid", x1=at, y1=0, x2=at, y2=10) for at in (50, 80)),
        width=100,
        height=10,
        class_="pareto",
    )


def rounded(share: float) -> float:
    """The end of a scale that holds a share: a round number of per cent.

    >>> rounded(0.176), rounded(0.004), rounded(1.0)
    (0.2, 0.01, 1.0)
    """
    return next(top for top in SCALES if share <= top or top == SCALES[-1])


def sparkline(counts: Sequence[int], complete: bool = True) -> Safe:
    """Counts by period; the last one is open where its period is not over."""
    top = max([*counts, 1])
    step = 96 / max(1, len(counts) - 1)
    points = [(2 + i * step, 22 - 20 * n / top) for i, n in enumerate(counts)]
    line = " ".join(f"{_f(x)},{_f(y)}" for x, y in points)
    x, y = points[-1]
    return tag(
        "svg",
        tag("polyline", class_="trend", points=line),
        tag("circle", class_="last" if complete else "last open", cx=_f(x), cy=_f(y), r=2),
        viewBox="0 0 100 24",
        class_="spark",
        aria_hidden="true",
        focusable="false",
    )


def columns(counts: Sequence[int], complete: Sequence[bool]) -> Safe:
    """A column a period; one that is not over is hatched by its class."""
    top = max([*counts, 1])
    bars = [
        tag(
            "rect",
            class_="fill" if done else "fill part",
            x=_f(i * 10 + 1),
            y=_f(60 - 58 * n / top),
            width=8,
            height=_f(58 * n / top),
        )
        for i, (n, done) in enumerate(zip(counts, complete, strict=True))
    ]
    return _svg(
        *bars,
        tag("line", class_="grid", x1=0, y1=60, x2=10 * len(counts), y2=60),
        width=10 * len(counts),
        height=61,
        class_="columns",
    )


def countdown(days: float, far: float) -> Safe:
    """Days left to the right of a line that is today, days overdue to its left."""
    width = 50 * min(1.0, abs(days) / far) if far > 0 else 0
    return _svg(
        tag(
            "rect",
            class_="fill fill-A" if days < 0 else "fill",
            x=_f(50 - width if days < 0 else 50),
            y=2,
            width=_f(max(width, 0.8)),
            height=6,
        ),
        tag("line", class_="grid", x1=50, y1=0, x2=50, y2=10),
        width=100,
        height=10,
        class_="bar",
    )


def level(n: int, most: int) -> int:
    """Step of a heat map, 0 for none.

    >>> [level(n, 30) for n in (0, 1, 15, 30)]
    [0, 1, 4, 5]
    """
    # by the root: counts are skewed, and by the counts themselves all cells but one would look alike
    return 0 if n <= 0 or most <= 0 else min(LEVELS, ceil(LEVELS * sqrt(n / most)))
