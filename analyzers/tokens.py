"""Texts of a chunk -> columnar tokens: one 64-bit key a word, with sentence and clause bounds, no Python loop a word.

The chunk is one array of code points. Character classes and normal letters (lower case, ё=е) come from tables, words
are runs of letters, and a word's key is a multilinear hash of its normal letters, so that equal words get equal keys
on every machine. Offsets stay those of the text as given: nothing is inserted or removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SEPARATOR, LETTER, DIGIT, JOINER, INVISIBLE, END, CLAUSE, HARD = range(8)
TABLE_SIZE = 0x3000  # above it: CJK, emoji and the like, all separators here
OWN_DIGITS = 3  # a number this short keeps its own key, so that a term may name it («статья 18»); longer ones share one
MAX_HASHED = 64  # letters of a word that count for its key; longer words are noise

_JOINERS = "-‐‑'’ʼ`"
_ENDS = ".!?…\n\r\u2028\u2029;"
_CLAUSES = ',:()[]{}«»"„“”—–|/'
COLON, QUOTES = ":", '«"“„'  # marks that open what is said, kept apart in `Tokens.normal`
_INVISIBLE = [0xAD, *range(0x300, 0x370), 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x2061, 0x2062, 0x2063]
_BREVE, _SHORT_I, _I = 0x306, ord("й"), ord("и")
_SMALL_ALL_THE_SAME = [ord("ё"), 0x450, _I]

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a chunk as parallel arrays of length n_tokens.

    Attributes
    ----------
    key : ndarray of uint64
        Hash of the word's normal letters; `NUMBER_KEY` for every long number.
    start, stop : ndarray of int64
        Offsets into the joined chunk; subtract ``offset[doc]`` for the offset in the text.
    doc, sentence, clause : ndarray of int64
        Ids that never go down; sentences and clauses never span texts.
    offset : ndarray of int64 of shape (n_texts + 1,)
        Where each text begins in the joined chunk.
    first : ndarray of int64 of shape (n_texts + 1,)
        First token of each text.
    normal : ndarray of uint16
        Normal letters by character, for reading a new word's form.
    question : ndarray of bool of shape (n_sentences,)
        True for a sentence that ends in a question mark.
    capital : ndarray of bool
        True where the word begins with a capital letter.
    """

    key: NDArray[np.uint64]
    start: Int
    stop: Int
    doc: Int
    sentence: Int
    clause: Int
    offset: Int
    first: Int
    normal: NDArray[np.uint16]
    question: Bool
    capital: Bool

    def form(self, token: int) -> str:
        """The normal letters of one word."""
        letters = self.normal[self.start[token] : self.stop[token]]
        return "".join(map(chr, letters[letters > 0].tolist()))


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint16], NDArray[np.uint64], NDArray[np.uint64]]:
    """Class, normal letter, letter value and place value of the hash."""
    kind = np.zeros(TABLE_SIZE + 1, np.uint8)
    normal = np.zeros(TABLE_SIZE + 1, np.uint16)
    for code in range(TABLE_SIZE):
        char = chr(code)
        if char.isalpha():
            kind[code] = LETTER
            lower = char.lower()
            normal[code] = ord(lower) if len(lower) == 1 else code
        elif char.isdigit():
            kind[code] = DIGIT
            normal[code] = code
    for chars, value in ((_JOINERS, JOINER), (_ENDS, END), (_CLAUSES, CLAUSE)):
        for char in chars:
            kind[ord(char)] = value
            normal[ord(char)] = ord("-")
    for char in (COLON, *QUOTES):
        normal[ord(char)] = ord(char)
    for code in _INVISIBLE:
        kind[code], normal[code] = INVISIBLE, 0
    for code in (ord("ё"), ord("Ё"), 0x450, 0x400):
        normal[code] = ord("е")
    kind[0] = HARD
    values = _splitmix(np.arange(1, TABLE_SIZE + 2, dtype=np.uint64))
    places = _splitmix(np.arange(1, MAX_HASHED + 1, dtype=np.uint64) + np.uint64(1 << 40)) | np.uint64(1)
    return kind, normal, values, places


def _splitmix(seed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64 (Steele, Lea, Flood 2014): fixed, well mixed constants."""
    with np.errstate(over="ignore"):
        z = seed * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def form_key(form: str) -> int:
    """The key that `tokenize` gives to this form.

    >>> form_key("Ещё") == form_key("еще")
    True
    """
    return form_keys([form])[0]


def form_keys(forms: Sequence[str]) -> list[int]:
    """The keys of many forms."""
    _, normal, values, places = _tables()
    keys: list[int] = []
    with np.errstate(over="ignore"):
        for form in forms:
            if len(form) > OWN_DIGITS and not any(char.isalpha() for char in form):
                keys.append(NUMBER_KEY)
                continue
            letters = normal[[min(ord(char), TABLE_SIZE) for char in form]]
            place = np.arange(len(letters)) % MAX_HASHED
            keys.append(int(np.add.reduce(values[letters] * places[place])))
    return keys


NUMBER_KEY = 0x1234567
NUMBER_FORM = "0"


def tokenize(texts: list[str]) -> Tokens:
    """Split texts into words, sentences and clauses.

    Parameters
    ----------
    texts : list of str
        The texts of one chunk; NULs inside count as blanks.

    Returns
    -------
    Tokens
        All words of all texts, in order.

    Examples
    --------
    >>> t = tokenize(["Заказ не пришёл. Где он?"])
    >>> [t.form(i) for i in range(len(t.key))], t.sentence.tolist()
    (['заказ', 'не', 'пришел', 'где', 'он'], [0, 0, 0, 1, 1])
    """
    kind_of, normal_of, _, _ = _tables()
    joined = "\0".join(text.replace("\0", " ") if "\0" in text else text for text in texts) + "\0"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.minimum(codes, TABLE_SIZE)
    kind, normal = kind_of[codes], normal_of[codes]
    place = None
    if (kind == INVISIBLE).any():
        _mend_breves(codes, normal)
        visible = kind != INVISIBLE
        place = np.flatnonzero(visible)
        kind, dense, codes = kind[visible], normal[visible], codes[visible]
    else:
        dense = normal
    start, stop = _words(kind)
    key = _keys(kind, dense, start, stop)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    offset = np.concatenate(([0], np.cumsum(lengths + 1)))
    sentence, clause, question = _bounds(kind, codes, start, stop)
    # «ё» and a mended «й» have another normal letter without being capitals
    capital = (codes[start] != dense[start]) & ~np.isin(codes[start], _SMALL_ALL_THE_SAME)
    if place is not None:
        start, stop = place[start], place[stop - 1] + 1
    first = np.searchsorted(start, offset)
    doc = np.repeat(np.arange(len(texts)), np.diff(first))
    return Tokens(key, start, stop, doc, sentence, clause, offset, first, normal, question, capital)


def _mend_breves(codes: NDArray[np.uint32], normal: NDArray[np.uint16]) -> None:
    """и + combining breve (texts from macOS) is й."""
    at = np.flatnonzero(codes == _BREVE)
    at = at[at > 0]
    at = at[normal[at - 1] == _I]
    normal[at - 1] = _SHORT_I


def _words(kind: NDArray[np.uint8]) -> tuple[Int, Int]:
    """Start and stop of each run of letters or digits; a joiner counts between two of them."""
    solid = (kind == LETTER) | (kind == DIGIT)
    inner = np.zeros_like(solid)
    inner[1:-1] = (kind[1:-1] == JOINER) & solid[:-2] & solid[2:]
    word = solid | inner
    edge = np.empty_like(word)
    edge[0] = word[0]
    edge[1:] = word[1:] & ~word[:-1]
    # «1000руб» is a number and a word: a letter right after a digit begins a new one
    edge[1:] |= (kind[1:] == LETTER) & (kind[:-1] == DIGIT)
    start = np.flatnonzero(edge)
    last = np.empty_like(word)
    last[-1] = word[-1]
    last[:-1] = word[:-1] & (~word[1:] | edge[1:])
    return start, np.flatnonzero(last) + 1


def _keys(kind: NDArray[np.uint8], normal: NDArray[np.uint16], start: Int, stop: Int) -> NDArray[np.uint64]:
    """Multilinear hash of each word (Lemire and Kaser, 2014): sum of letter value times place value mod 2^64."""
    _, _, values, places = _tables()
    if not len(start):
        return np.zeros(0, np.uint64)
    length = stop - start
    hashed = np.minimum(length, MAX_HASHED)
    # the k-th letters of all words at once, the longest words first so that each step works on a slice
    order = np.argsort((MAX_HASHED - hashed).astype(np.uint8), kind="stable")
    first, letter = start[order], values.take(normal)
    sizes = np.bincount(hashed, minlength=MAX_HASHED + 1)[::-1].cumsum()[::-1]
    key = np.empty(len(start), np.uint64)
    with np.errstate(over="ignore"):
        sums = letter.take(first) * places[0]
        for k in range(1, int(hashed.max())):
            size = int(sizes[k + 1])
            sums[:size] += letter.take(first[:size] + k) * places[k]
        key[order] = sums
        for word in np.flatnonzero(length > MAX_HASHED).tolist():
            rest = letter[start[word] + MAX_HASHED : stop[word]]
            key[word] += np.add.reduce(rest * places[np.arange(len(rest)) % MAX_HASHED])
    # a number begins with a digit: only of such words the letters are counted
    long = np.flatnonzero((kind.take(start) == DIGIT) & (length > OWN_DIGITS))
    raw, a_letter = kind.tobytes(), bytes([LETTER])
    pure = [raw.find(a_letter, *span) < 0 for span in zip(start[long].tolist(), stop[long].tolist(), strict=True)]
    key[long[pure]] = NUMBER_KEY
    return key


def _bounds(kind: NDArray[np.uint8], codes: NDArray[np.uint32], start: Int, stop: Int) -> tuple[Int, Int, Bool]:
    """Sentence and clause id of each word, and questions by sentence."""
    n = len(start)
    hard = np.flatnonzero(kind == HARD)
    ends = np.flatnonzero(kind == END)
    ends = ends[_is_end(ends, kind, codes, start, stop)]
    stops = np.sort(np.concatenate((hard, ends)))
    new_sentence = np.zeros(n + 1, bool)
    nearest = np.searchsorted(start, stops)
    new_sentence[nearest] = True
    sentence = np.cumsum(new_sentence[:n]) - (1 if n and new_sentence[0] else 0)
    commas = np.searchsorted(start, np.flatnonzero(kind == CLAUSE))
    comma = np.zeros(n + 1, bool)
    comma[commas] = True
    comma |= new_sentence
    comma[0] = True  # the chunk's first text begins like the others
    clause = np.cumsum(comma[:n])
    question = np.zeros((int(sentence[-1]) if n else 0) + 1, bool)
    asked = np.flatnonzero(codes == ord("?"))
    marks = np.searchsorted(start, asked) - 1
    # a text that begins with «?» says nothing of the text before it
    own = np.searchsorted(hard, asked) == np.searchsorted(hard, start[marks]) if n else np.zeros(len(asked), bool)
    question[sentence[marks[(marks >= 0) & own]]] = True
    return sentence.astype(np.int64), clause.astype(np.int64), question


def _is_end(ends: Int, kind: NDArray[np.uint8], codes: NDArray[np.uint32], start: Int, stop: Int) -> Bool:
    """Which stops really end a sentence: not those of «12.03», «site.ru», «т.д.», «ул. Мира», «5 тыс. руб.»."""
    dot = codes[ends] == ord(".")
    before, after = ends - 1, np.minimum(ends + 1, len(codes) - 1)
    digits = (kind[before] == DIGIT) & (kind[after] == DIGIT)
    latin = (codes[after] < 0x250) & (kind[after] == LETTER) & (codes[before] < 0x250) & (kind[before] == LETTER)
    word = np.searchsorted(stop, ends)
    word = np.minimum(word, max(len(stop) - 1, 0))
    short = np.zeros(len(ends), bool)
    if len(stop):
        length = stop[word] - start[word]
        # an abbreviation ends a sentence all the same where a capital letter follows a blank; an initial never does
        second = np.minimum(ends + 2, len(codes) - 1)
        capital = (codes[second] >= 0x410) & (codes[second] <= 0x42F)
        known = (length <= 4) & _abbreviated(codes, start[word], length) & ~capital
        short = (stop[word] == ends) & (known | ((length == 1) & (kind[before] == LETTER)))
    return ~(dot & (digits | latin | short))


_ABBREVIATIONS = (
    "т д п е н г гг ул д кв стр им руб р тыс млн коп др пр см тел п пл пер обл р-н кг гр шт мин час сек др рис ст м "
    "мкр корп оф эт"
)


@lru_cache(maxsize=1)
def _abbreviation_codes() -> NDArray[np.int64]:
    return np.unique(np.array([_pack([ord(c) for c in word]) for word in set(_ABBREVIATIONS.split())], np.int64))


def _pack(codes: list[int]) -> int:
    value = 0
    for code in codes[:4]:
        value = value * 0x1000 + code
    return value


def _abbreviated(codes: NDArray[np.uint32], start: Int, length: Int) -> Bool:
    """Whether the short words that begin at `start` are known abbreviations."""
    _, normal, _, _ = _tables()
    packed = np.zeros(len(start), np.int64)
    for i in range(4):
        at = np.minimum(start + i, len(codes) - 1)
        letter = normal[codes[at]].astype(np.int64) & 0xFFF
        packed = np.where(length > i, packed * 0x1000 + letter, packed)
    return np.isin(packed, _abbreviation_codes())
