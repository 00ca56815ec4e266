"""One text told piece by piece (its words, what the rules found in it): the pieces are masked as the whole text is.

A word alone has no context, so the text is masked first, and what stood in its spans is then looked for in the pieces.
"""

from __future__ import annotations

import re

from .lemmas import flatten
from .mask import mask

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"\[[^\[\]\s]++\]|[^\W\d_]{2,}")  # tokens put already are passed over


class Hider:
    """Masks what is told of a text.

    Examples
    --------
    >>> hider = Hider("Курьер Олег Петров опоздал")
    >>> hider.line("«Олег Петров опоздал»").startswith("«[ИМЯ-"), hider.word("петров")[:5], hider.word("курьер")
    (True, '[ИМЯ-', 'курьер')
    """

    def __init__(self, text: str) -> None:
        spans = mask(text).spans
        self._pieces = {text[start:stop]: token for start, stop, token in spans}
        self._words = {word: token for start, stop, token in spans for word in _WORD.findall(flatten(text[start:stop]))}
        whole = "|".join(re.escape(piece) for piece in sorted(self._pieces, key=len, reverse=True))
        self._pattern = re.compile(whole) if whole else None

    def line(self, text: str) -> str:
        """A piece of the text with what is personal replaced, whole or word by word."""
        if self._pattern is None:
            return text
        text = self._pattern.sub(lambda found: self._pieces[found[0]], self.word(text))
        return _LETTERS.sub(lambda found: self._words.get(flatten(found[0]), found[0]), text)

    def word(self, form: str) -> str:
        """A word of the text, or the token of the piece that it stands in."""
        tokens = [self._words.get(part, "") for part in _WORD.findall(flatten(form))]
        return tokens[0] if tokens and all(tokens) else form
