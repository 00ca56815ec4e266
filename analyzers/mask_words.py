"""The words of one text, for the search of names."""

from __future__ import annotations

import re
from itertools import pairwise

from .lemmas import flatten
from .mask_agree import agree
from .mask_forms import NAME, NAMEY, PATRONYMIC, ROLE, SURNAME, THING, kind, words_of

WORD = re.compile(r"[А-ЯЁа-яё]++(?:-[А-ЯЁа-яё]++)*+")


_GLUED = re.compile(r"[А-ЯЁ](?<=[а-яё][А-ЯЁ])(?=[а-яё])")
_BEFORE_NAME = frozenset(
    {"от", "на", "для", "у", "к", "с", "со", "по", "гр", "г", "менеджер", "оператор", "курьер", "уважением"}
)


def glued(text: str) -> bool:
    """Whether a capital stands inside a word."""
    return bool(_GLUED.search(text))


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where the words stand; «отПетуховой» and «ИвановаАнна» are two, «МегаФон» is one.

    >>> [len(spans_of(word)) for word in ("отПетуховой", "ИвановаАнна", "МегаФон")]
    [2, 2, 1]
    """
    found = [one.span() for one in WORD.finditer(text)]
    return [part for span in found for part in _parts(text, *span)] if glued(text) else found


def _parts(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    cuts = [start, *(one.start() for one in _GLUED.finditer(text, start, stop)), stop]
    parts = list(pairwise(cuts))
    forms = [flatten(text[left:right]) for left, right in parts]
    named = [bool(kind(form).bits & (SURNAME | NAME | PATRONYMIC)) for form in forms]
    if len(parts) > 1 and (all(named) or (forms[0] in _BEFORE_NAME and all(named[1:]))):
        return parts
    return [(start, stop)]


class Words:
    """The words of one text and what joins them."""

    def __init__(
        self, text: str, spans: list[tuple[int, int]], raw: list[str], bits: list[int], form: list[str]
    ) -> None:
        self.text, self.raw, self.bits = text, raw, bits
        self.form = form
        self.start = [start for start, _ in spans]
        self.stop = [stop for _, stop in spans]
        # one space alone before a word: the commonest gap, told once
        ends = zip([-2, *self.stop], self.start, strict=False)
        self._near = [left == start - 1 and text[left] == " " for left, start in ends]
        many = len(raw) > 4 and sum(map(str.isupper, raw)) > 0.5 * len(raw)
        self.shouted = many and sum(len(word) > 2 and word.isupper() for word in raw) > 0.5 * len(raw)

    def capital(self, at: int) -> bool:
        raw = self.raw[at]
        return raw[0].isupper() and not (self.shouted and raw.isupper())

    def joined(self, at: int) -> bool:
        """Whether only spaces stand between a word and the one before."""
        if self._near[at]:
            return True
        gap = self.text[self.stop[at - 1] : self.start[at]] if at else "."
        return (len(gap) < 4 and gap.isspace() and gap.count("\n") < 2) or (not gap and at > 0)

    def beside(self, at: int) -> bool:
        """Whether only spaces of one line stand between a word and the one before."""
        return self._near[at] or (
            at > 0 and self.joined(at) and "\n" not in self.text[self.stop[at - 1] : self.start[at]]
        )

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

    def listed(self, at: int) -> bool:
        """Whether a word opens what a colon announces: «Запись к ортодонту: Пышная Ульяна»."""
        return at > 0 and self.text[self.stop[at - 1] : self.start[at]].rstrip().endswith(":")

    def quoted(self, at: int) -> bool:
        start = self.start[at]
        return start > 0 and self.text[start - 1] in "«\"“„'"


def titled(words: Words, at: int, size: int) -> bool:
    """Whether words fill quotation marks of at most four words: «Карло Пазолини», «Леди Анна» are brands."""
    left = words.text.rfind("«", max(0, words.start[at] - 40), words.start[at])
    if left < 0 or "»" in words.text[left : words.start[at]]:
        return False
    right = words.text.find("»", words.stop[at + size - 1], words.stop[at + size - 1] + 40)
    within = words.text[left:right] if right >= 0 else ""
    return bool(within) and len(within.split()) <= 4 and "!" not in within and "?" not in within


def _is_beast(words: Words, at: int) -> bool:
    """«с котом Марсиком»; not «хозяйка кошки Ольга»."""
    near = words.form[at - 1]
    if words.form[at].endswith(("ых", "их")):
        return False  # «Собака Скворцовых»
    return words.beside(at) and kind(near).lemma in words_of("animals") and agree(words.form[at], near)


def after_thing(words: Words, at: int) -> bool:
    """Whether a thing, a street or a title is named: «магазин Наташа», «улица Марии Ульяновой», «кот Марсик»."""
    if at and _is_beast(words, at):
        return True
    for back in (1, 2):
        if at < back:
            return False
        gap = words.text[words.stop[at - back] : words.start[at - back + 1]]
        if len(gap.strip(' .«"')) or "\n" in gap:
            return False
        if back == 2 and words.bits[at - 1] & ROLE and not words.bits[at - 1] & THING:
            return False  # «по вине проводницы Анфисы»: no wine is called so
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
