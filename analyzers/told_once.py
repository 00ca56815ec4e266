"""What is told of a word, once for each distinct one, within a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
MOST = 100_000


class ToldOnce(dict[str, T]):
    """A dictionary that fills itself: a word met before costs one look-up, without a call.

    Parameters
    ----------
    tell : callable
        A pure function of the word.
    most : int, default `MOST`
        Words remembered before all are forgotten: a file of noise must not fill the memory.

    Examples
    --------
    >>> lengths = ToldOnce(len, most=2)
    >>> [lengths[word] for word in ("а", "и", "или", "о", "а")], len(lengths)
    ([1, 1, 3, 1, 1], 2)
    """

    def __init__(self, tell: Callable[[str], T], most: int = MOST) -> None:
        super().__init__()
        self._tell, self._most = tell, most

    def __missing__(self, word: str) -> T:
        if len(self) > self._most:
            self.clear()
        self[word] = found = self._tell(word)
        return found
