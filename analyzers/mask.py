"""Personal data out of texts: identifiers become tokens, everything else stays as it was.

Finders run from the most specific to the least (links, mail, documents, numbers, addresses, names); the first to
claim a piece of text keeps it. A token's number is a keyed hash of the normalised value, so that repeats stay joinable.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

from . import (
    mask_abroad,
    mask_beside,
    mask_born,
    mask_contacts,
    mask_dictated,
    mask_documents,
    mask_homes,
    mask_latin,
    mask_names,
    mask_own,
    mask_phones,
    mask_rules,
)
from .mask_forms import lists
from .mask_hints import ALL_HINTS, BITS, CALLS, FAMILIES, JOINED, LOGINS, SPOKEN, STREETS, hints_of
from .mask_rules import TOKENS, Span
from .mask_words import WORD

_KEY = b"svc"  # without SVC_MASK_KEY: joinable, but a list of guessed values can be hashed and compared
_TOKEN = re.compile(r"\[(?:" + "|".join(word for word, _ in TOKENS.values()) + r")(?:-[A-Z2-7]{1,8})?\]")
_LATIN = re.compile(r"[A-Z][A-Za-z]{2}|[A-Z][a-z] [A-Z][a-z]")
_SMALL_LATIN = re.compile(r"(?<![\w@./-])[a-z]{4}")
_SPOKEN = (
    "девят",
    "восем",
    "восьм",
    "плюс",
    " сто ",
    "ноль",
    "двест",
    "трист",
    "четырест",
    "одиннадц",
    "двенадц",
    "двадц",
    "сорок",
    "десят",
)
_DIGIT = re.compile(r"[0-9]")
# letters of neighbours' alphabets read as the nearest Russian ones: «Олексійович», «Гүлнұр»; one for one: offsets stay
_FOREIGN = re.compile(r"[\u0400\u0402-\u040f\u0450\u0452-\u04ff]")
_NATIONAL = str.maketrans(
    "іїєґўәғқңөұүһҳҷӣӯҗҕҥҝҹӱӧӓІЇЄҐЎӘҒҚҢӨҰҮҺҲҶӢӮҖҔҤҜҸӰӦӒ", "ииегуагкноууххчиужгнкчуоаИИЕГУАГКНОУУХХЧИУЖГНКЧУОА"
)
_SUSPECT = re.compile(r"[0-9@A-ZА-ЯЁ_]|[a-z][.-][a-z]")
# the commonest id, which no rule could take for a person's: a few letters and at most eight digits
_SHORT_ID = re.compile(r"(?:[A-Za-z]{1,5}[-_]?)?[0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with tokens instead of identifiers.

    Attributes
    ----------
    text : str
        What may leave.
    spans : tuple of (start, stop, token)
        Offsets in the original, sorted, never overlapping.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]

    def move(self, start: int, stop: int) -> tuple[int, int]:
        """A span of the original in the masked text, widened over the tokens that it touches.

        Examples
        --------
        >>> masked = mask("Звонил 8 912 345-67-89, молчат")
        >>> start, stop = masked.move(24, 30)
        >>> masked.text[start:stop]
        'молчат'
        """
        shift, moved_start, moved_stop = 0, -1, -1
        for left, right, token in self.spans:
            if right <= start:
                shift += len(token) - (right - left)
                continue
            if left >= stop and (left > start or left >= stop + 1 or stop > start):
                break
            if moved_start < 0:
                moved_start = min(start, left) + shift
            shift += len(token) - (right - left)
            moved_stop = max(stop, right) + shift
        if moved_start < 0:
            return start + shift, stop + shift
        return moved_start, max(moved_stop, stop + shift)


def mask(text: str) -> Masked:
    """Replace personal data by tokens; what is masked already is left alone.

    Examples
    --------
    >>> mask("Пишите на ivan@mail.ru").text
    'Пишите на [ПОЧТА-KS3R]'
    """
    seen = text.translate(_NATIONAL) if _FOREIGN.search(text) else text
    low, own = seen.lower(), mask_own.current()
    if not _SUSPECT.search(text) and not mask_names.hinted(low):
        return _replace(text, _claim(text, own.found(text), own)) if own.patterns else Masked(text, ())
    return _replace(text, _claim(text, chain(own.found(text), _found(seen, low)), own))


def mask_value(text: str) -> str:
    """The same for an id, a value of a column or a file name."""
    plain = _SHORT_ID.fullmatch(text) and not mask_own.current().patterns
    return text if plain else mask(text).text


def mask_message(text: str) -> str:
    """The same for a line of a log, the words of an error or a traceback, which may quote what a customer wrote."""
    return mask(text).text


def scan(output: str) -> list[tuple[int, int, str]]:
    """Structured identifiers that are still in a finished output: (start, stop, token)."""
    return [(start, stop, token(kind, value)) for start, stop, kind, value in _left(output)]


def replace_structured(text: str) -> tuple[str, list[str]]:
    """A text without the identifiers that `scan` finds, and the words of the tokens put there."""
    claimed = _left(text)
    return _replace(text, claimed).text, [_word(kind)[0] for _, _, kind, _ in claimed]


def masked_words(tokens: Iterable[str]) -> list[str]:
    """The words of tokens, without brackets and numbers.

    >>> masked_words(["[ТЕЛ-AB2C]", "[КАРТА]"])
    ['ТЕЛ', 'КАРТА']
    """
    return [one[1:-1].partition("-")[0] for one in tokens]


def _left(text: str) -> list[Span]:
    own = mask_own.current()
    if not own.patterns and not _DIGIT.search(text) and "@" not in text and "/" not in text:
        return []
    return _claim(text, chain(own.found(text), _structured(text, text.lower())), own)


def _structured(text: str, low: str, hints: int = ALL_HINTS) -> Iterator[Span]:
    yield from mask_dictated.dictated(text, low, spoken=bool(hints & SPOKEN))
    yield from mask_contacts.contacts(text, low, lists().logins, logins=bool(hints & LOGINS))
    if _DIGIT.search(text):
        yield from mask_documents.documents(text, low, hints)
        found = [
            *mask_rules.numbers(text, low, called=bool(hints & CALLS)),
            *mask_phones.phones(text, low, called=bool(hints & CALLS)),
        ]
        yield from (mask_phones.extended(text, span) for span in found)
        yield from mask_phones.beside(text, found)


def _found(text: str, low: str) -> Iterator[Span]:
    if "[" in text:  # the word «имя» of a token is no cue
        text = _TOKEN.sub(lambda m: "|" * len(m[0]), text)
        low = text.lower()
    forms = WORD.findall(low.replace("ё", "е"))
    bits = list(map(BITS.__getitem__, forms))
    hints = hints_of(text, bits)
    if hints & SPOKEN and mask_rules.has(low, _SPOKEN):
        yield from mask_dictated.dictated(text, low, spoken=True)
        yield from mask_contacts.spoken(text)
    yield from mask_born.births(text, low)
    yield from _structured(text, low, hints)
    digit = _DIGIT.search(text)
    if (digit and (hints & STREETS or mask_homes.housed(text, low))) or mask_homes.spelt(low):
        yield from mask_homes.addresses(text, low)
    yield from mask_beside.on_badges(text, low)
    yield from mask_beside.signed(text, low)
    if hints & JOINED:
        yield from mask_beside.run_together(text)
    people = list(mask_names.names(text, forms, bits))
    people += mask_beside.called(text)
    people += mask_beside.spoken_to(text, low, families=bool(hints & FAMILIES))
    if _LATIN.search(text):
        people += chain(mask_latin.latin_names(text), mask_abroad.foreign_names(text))
    if hints & LOGINS and _SMALL_LATIN.search(text):
        people += mask_abroad.pet_names(text)
    if digit:
        yield from mask_documents.births_beside(text, low, people)
        yield from mask_born.births_of_children(text, low, people)
    yield from people


def _claim(text: str, found: Iterator[Span], own: mask_own.OwnRules) -> list[Span]:
    """The spans in order of the text, without those that touch an earlier claim or a token."""
    tokens = [m.span() for m in _tokens(own).finditer(text)] if "[" in text else []
    kept = own.kept(text)
    claimed: list[Span] = []
    taken = bytearray(len(text))
    for start, stop in tokens:
        taken[start:stop] = b"\1" * (stop - start)
    for whole in found:
        for span in (whole,) if taken.find(1, whole[0], whole[1]) < 0 else _free(text, whole, taken):
            start, stop = span[0], span[1]
            if stop > start and not any(a <= start and stop <= b for a, b in kept):
                taken[start:stop] = b"\1" * (stop - start)
                claimed.append(span)
    return sorted(claimed)


def _free(text: str, span: Span, taken: bytearray) -> Iterator[Span]:
    """What an earlier claim left of an address or a name: the pieces that still say something."""
    start, stop, kind, _ = span
    at = start
    while kind in _PARTED and at < stop:
        if taken[at]:
            at += 1
            continue
        end = taken.find(1, at, stop)
        end = stop if end < 0 else end
        piece = text[at:end].strip(" ,.;:()\n\t-–—")
        if any(map(str.isdigit if kind == "ADDRESS" else str.isalpha, piece)):
            left = text.index(piece, at)
            yield left, left + len(piece), kind, piece.lower()
        at = end


_PARTED = ("ADDRESS", "NAME")


@lru_cache(maxsize=8)
def _tokens(own: mask_own.OwnRules) -> re.Pattern[str]:
    """What is masked already, by own rules too."""
    if not own.patterns:
        return _TOKEN
    words = "|".join(sorted({pattern.token for pattern in own.patterns}))
    return re.compile(rf"{_TOKEN.pattern}|\[(?:{words})(?:-[A-Z2-7]{{1,8}})?\]")


def _replace(text: str, claimed: list[Span]) -> Masked:
    if not claimed:
        return Masked(text, ())
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = 0
    for start, stop, kind, value in claimed:
        word = token(kind, value)
        out += (text[at:start], word)
        spans.append((start, stop, word))
        at = stop
    out.append(text[at:])
    return Masked("".join(out), tuple(spans))


def token(kind: str, value: str) -> str:
    """The token of a value, numbered where repeats must stay joinable."""
    word, numbered = _word(kind)
    return f"[{word}-{_number(value, os.environ.get('SVC_MASK_KEY', ''))}]" if numbered else f"[{word}]"


def _word(kind: str) -> tuple[str, bool]:
    return TOKENS[kind] if kind in TOKENS else (kind.rstrip("#"), kind.endswith("#"))


@lru_cache(maxsize=50_000)
def _number(value: str, key: str) -> str:
    """Four base32 letters of the keyed hash: two values in a thousand-value list share a number with chance 0.4."""
    secret = blake2b(key.encode(), digest_size=32).digest() if key else _KEY
    return base64.b32encode(blake2b(value.encode(), key=secret, digest_size=5).digest())[:4].decode()
