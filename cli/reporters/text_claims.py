"""Claims in words: how long is left, what is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..messages import say
from .escape import one_line
from .page.base import several


class Clock:
    """Claims as lines, read as plain values by the names of the contract."""

    def __init__(self, language: str, title: Callable[[dict[str, str]], str]) -> None:
        self.language, self.title = language, title

    def lines(self, entries: Sequence[dict[str, Any]], place: Callable[[str, int], str], most: int) -> list[str]:
        """The first claims, a line each."""
        return [self._line(entry, place) for entry in entries[:most]]

    def _line(self, entry: dict[str, Any], place: Callable[[str, int], str]) -> str:
        parts = [self._left(entry.get("days_left"))]
        if entry.get("due"):
            parts.append(say("html.until_day", self.language, day=one_line(str(entry["due"]), 40)))
        if entry.get("amount") is not None:
            parts.append(say("html.roubles", self.language, n=f"{entry['amount']:.0f}"))
        parts += [say("html.demand." + str(name), self.language) for name in several(entry, "demands")]
        rule = entry.get("rule")
        if rule:
            parts.append(one_line(str(rule.get("article") or self.title(rule["title"])), 80))
        return f"{', '.join(parts)} — {place(str(entry.get('source', '')), int(entry.get('row') or 0))}"

    def _left(self, days: int | None) -> str:
        if days is None:
            return say("html.unknown", self.language)
        return say("html.overdue" if days < 0 else "html.days_left", self.language, n=abs(days))
