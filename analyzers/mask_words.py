"""The words of one text, for the search of names."""

from __future__ import annotations

import re

from .mask_forms import NAMEY, ROLE, THING, Kind

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

    def beside(self, at: int) -> bool:
        """Whether only spaces of one line stand between a word and the one before."""
        return at > 0 and self.joined(at) and "\n" not in self.text[self.stop[at - 1] : self.start[at]]

    def after(self, at: int) -> bool:
        """Whether another word follows right after one, in the same line."""
        return at + 1 < len(self.raw) and self.beside(at + 1)

    def one_line(self, at: int, size: int) -> bool:
        """Whether words stand in one line."""
        piece = self.text[self.start[at] : self.stop[at + size - 1]]
        return "\n" not in piece and "\r" not in piece

    def opens(self, at: int) -> bool:
        """Whether a word begins a sentence."""
        return at == 0 or any(char in '.!?…\n"«(:;•-–—*' for char in self.text[self.stop[at - 1] : self.start[at]])

    def quoted(self, at: int) -> bool:
        start = self.start[at]
        return start > 0 and self.text[start - 1] in "«\"“„'"


def titled(words: Words, at: int, size: int) -> bool:
    """Whether words fill quotation marks of at most four words: «Карло Пазолини», «Леди Анна» are brands."""
    left = words.text.rfind("«", max(0, words.start[at] - 40), words.start[at])
    if left < 0 or "»" in words.text[left : words.start[at]]:
        return False
    right = words.text.find("»", words.stop[at + size - 1], words.stop[at + size - 1] + 40)
    return right >= 0 and len(words.text[left:right].split()) <= 4


def after_thing(words: Words, at: int) -> bool:
    """Whether a thing, a street or a title is named: «магазин Наташа», «улица Марии Ульяновой»."""
    for back in (1, 2):
        if at < back:
            return False
        gap = words.text[words.stop[at - back] : words.start[at - back + 1]]
        if len(gap.strip(' .«"')) or "\n" in gap:
            return False
        if words.bits[at - back] & THING and words.form[at - back] != "имени":
            return not (at > back and words.bits[at - back - 1] & ROLE)  # «водитель такси Алишер»
        if words.form[at - back] == "имени":
            return not (at > back and words.form[at - back - 1] == "по")
        if (
            len(words.raw[at - back]) > 1
            and words.raw[at - back][0].isupper()
            and not words.bits[at - back] & (NAMEY | THING)
        ):
            return False
    return False
