"""How the work of a function grows with its input: a ratio of two times in one run, the same on any machine."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

FREE = 0.05  # seconds of processor time under which nothing is asked
TRIES = 4
MOST = 9  # linear work grows 4 times here, square work 16 times


def seconds(run: Callable[[], object]) -> float:
    """Processor time of one call, without the collector's."""
    gc.disable()
    try:
        began = time.process_time()
        run()
        return time.process_time() - began
    finally:
        gc.enable()


def growth(run: Callable[[str], object], text: str) -> float:
    """Time on the text over time on its first quarter: about 4 for linear work, 16 for square, 0 for next to nothing.

    A busy machine may slow any one call down, so the least of several counts, and a suspicion is asked about again.
    """
    if (whole := seconds(lambda: run(text))) < FREE:
        return 0.0
    part = seconds(lambda: run(text[: len(text) // 4]))
    for _ in range(TRIES):
        if whole < 8 * part or whole < FREE:
            break
        whole = min(whole, seconds(lambda: run(text)))
        part = max(part, seconds(lambda: run(text[: len(text) // 4])))
    return whole / max(part, FREE / 16)
