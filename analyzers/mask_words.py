"""The words of one text, for the search of names."""

from __future__ import annotations

import re

from .mask_forms import Kind

WORD = re.compile(r"[А-ЯЁа-яё]++(?:-[А-ЯЁа-яё]++)*+")


class Words:
    """The words of one text and what joins them."""

    def __init__(self, text: str, raw: list[str], kinds: list[Kind], form: list[str]) -> None:
        found = list(WORD.finditer(text))
        self.text, self.raw, self.form, self.kinds = text, raw, form, kinds
        self.start = [m.start() for m in found]
        self.stop = [m.end() for m in found]
        self.bits = [one.bits for one in kinds]
        upper = sum(len(word) > 2 and word.isupper() for word in raw)
        self.shouted = upper > 0.5 * len(raw) and len(raw) > 4

    def capital(self, at: int) -> bool:
        raw = self.raw[at]
        return raw[0].isupper() and not (self.shouted and raw.isupper())

    def joined(self, at: int) -> bool:
        """Whether only spaces stand between a word and the one before."""
        gap = self.text[self.stop[at - 1] : self.start[at]] if at else "."
        return 0 < len(gap) < 4 and gap.isspace() and gap.count("\n") < 2

    def opens(self, at: int) -> bool:
        """Whether a word begins a sentence."""
        return at == 0 or any(char in '.!?…\n"«(:;•-–—*' for char in self.text[self.stop[at - 1] : self.start[at]])

    def quoted(self, at: int) -> bool:
        start = self.start[at]
        return start > 0 and self.text[start - 1] in "«\"“„'"
