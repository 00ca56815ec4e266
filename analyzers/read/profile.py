"""What a column holds, judged by a sample of its cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .dates import DateParser, zone
from .values import is_empty, parse_rating

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_BARE_NUMBER = re.compile(r"[-−]?\d[\d\s\u00a0]*(?:[.,]\d+)?\s*%?")
_LOGGED = re.compile(r"\d{1,2}[./-]\w{2,4}[./-]\d{2,4} \d{1,2}:\d{2}(?: [AP]M)?;[^;\s]{1,80};")  # Jira's comments
_STATE = re.compile(
    r"(?:закры|открыт|решен|выполн|отмен|отклон|ожида|назнач|принят|переда|в (?:работе|обработке|ожидании)|"
    r"на (?:рассмотрении|проверке|согласовании)|нов(?:ый|ая|ое|ые)\b|closed|open|new\b|resolved|solved|pending|"
    r"in progress|on hold|cancell?ed|assigned|active|done|rejected|waiting|draft).*",
    re.IGNORECASE,
)
# also «accounts/1/reviews/7», the name of a thing to a machine
_LINK = re.compile(r"https?://\S+$|www\.\S+$|[a-z][\w.-]*(?:/[\w.-]+){3,}$", re.IGNORECASE)


@dataclass(frozen=True)
class Profile:
    """Figures about the filled cells of one column of the sample; shares are of the filled cells, `filled` of all."""

    filled: float
    n: int
    mean_words: float
    mean_length: float
    cyrillic: float
    distinct: float
    dates: float
    clock_numbers: float
    numbers: float
    ratings: float
    links: float
    structures: float
    states: float
    low: float | None
    high: float | None
    zeros: float

    @property
    def is_prose(self) -> bool:
        """Cells of several words that are neither dates, figures nor links."""
        return self.mean_words >= 3 and self.dates < 0.5 and self.numbers < 0.5 and self.links < 0.5


_NOTHING = Profile(
    filled=0.0, n=0, mean_words=0.0, mean_length=0.0, cyrillic=0.0, distinct=0.0, dates=0.0, clock_numbers=0.0,
    numbers=0.0, ratings=0.0, links=0.0, structures=0.0, states=0.0, low=None, high=None, zeros=0.0,
)  # fmt: skip


def profile(cells: Sequence[str]) -> Profile:
    """Return the figures about `cells`, the sample of one column."""
    filled = [cell.strip() for cell in cells if not is_empty(cell)]
    n = len(filled)
    if not n:
        return _NOTHING
    shown = [cell[:2000] for cell in filled]
    letters = [len(_LETTER.findall(cell)) for cell in shown]
    cyrillic = [len(_CYRILLIC.findall(cell)) for cell in shown]
    parser = DateParser("dmy", zone("UTC"), numbers=False)
    clock = DateParser("dmy", zone("UTC"))
    short = [cell for cell in filled if len(cell) <= 40]
    numbers = [float(_plain(cell)) for cell in short if _BARE_NUMBER.fullmatch(cell)]
    ratings = [mark for cell in short if (mark := parse_rating(cell)) is not None]
    return Profile(
        filled=n / len(cells),
        n=n,
        mean_words=sum(len(_WORD.findall(cell)) for cell in shown) / n,
        mean_length=sum(map(len, filled)) / n,
        cyrillic=sum(cyrillic) / max(1, sum(letters)),
        distinct=len(set(filled)) / n,
        dates=sum(parser(cell) is not None for cell in short) / n,
        clock_numbers=sum(clock(cell) is not None for cell in short) / n,
        numbers=len(numbers) / n,
        ratings=len(ratings) / n,
        links=sum(_LINK.match(cell) is not None for cell in shown) / n,
        structures=sum(cell.startswith(("[{", '{"', "[[", '["')) or _LOGGED.match(cell) is not None for cell in shown)
        / n,
        states=sum(_STATE.fullmatch(cell.replace("ё", "е")) is not None for cell in short) / n,
        low=min(ratings, default=None),
        high=max(ratings, default=None),
        zeros=sum(mark == 0 for mark in ratings) / n,
    )


def _plain(cell: str) -> str:
    return re.sub(r"[\s\u00a0%]", "", cell).replace("−", "-").replace(",", ".")


def overlap(cells: Sequence[str], others: Sequence[str]) -> float:
    """Return how much of the words two columns share row by row, in [0, 1]; words count by their first four letters."""
    shares: list[float] = []
    for cell, other in zip(cells, others, strict=False):
        first = {word[:4] for word in _WORD.findall(cell[:2000].lower()) if len(word) > 3}
        second = {word[:4] for word in _WORD.findall(other[:2000].lower()) if len(word) > 3}
        if first and second:
            shares.append(len(first & second) / min(len(first), len(second)))
        if len(shares) == 40:
            break
    return sum(shares) / len(shares) if len(shares) >= 3 else 0.0
