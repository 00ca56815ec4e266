"""The Markdown page for ``$GITHUB_STEP_SUMMARY``, under the size where GitHub would drop it: quotes are cut first."""

from __future__ import annotations

from bisect import bisect_right

from ...analyzers.records import Report
from .md import QUOTED, URGENT_SHOWN
from .md import render as page

LIMIT = 1_000_000  # bytes; a step's summary may hold 1024 KiB


def render(report: Report, language: str, *, top: int, taken: int = 0) -> str:
    """The page, in at most `LIMIT` bytes less what the step has written already; nothing where there is no room."""
    room = max(0, LIMIT - taken)
    whole = page(report, language, top=top)
    if _size(whole) <= room:
        return whole
    n = len(report.findings[:top] if top else report.findings)

    def cut(step: int) -> str:
        """Step 0 has no quotes and one finding; each further one has more, quotes last."""
        rows = min(step + 1, n) or 1
        quotes = max(0, step + 1 - n)
        return page(report, language, top=rows, quoted=quotes, urgent=URGENT_SHOWN if quotes else 0, cut=room)

    steps = range(n + QUOTED)
    fitting = bisect_right(steps, room, key=lambda step: _size(cut(step)))
    return cut(fitting - 1) if fitting else ""


def _size(text: str) -> int:
    return len(text.encode())
