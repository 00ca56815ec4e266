"""Which encoding a Russian export is written in: BOM, strict utf-8, else the likeliest Cyrillic code page."""

import codecs
from collections import Counter

from ..errors import UsageError

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before utf-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CODE_PAGES: tuple[str, ...] = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")  # on a tie the commoner one wins

SCORED_BYTES = 48_000
LEAST_BYTES = 12
"""Bytes outside ASCII without which a line proves nothing: no Cyrillic code page writes words that are utf-8."""
PARTLY = 0.2
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
# Log frequency (0-9) of letter pairs in Russian complaints, one line for each first letter in the order of _LETTERS.
_PAIR_DIGITS = (
    "06756668368879368782366665000167"
    "81000700503634717506040005471404"
    "80333804706636846755021230072005"
    "70006400602502835005000000000000"
    "82524851704627846546021120053004"
    "36678666277879458882554665000032"
    "62006700605206100004000000000000"
    "83635330503356553005000100153004"
    "55746846767877566883365652000067"
    "00003000003214100550000333000000"
    "90400630702703807467005000000400"
    "80041850805406800527000200048067"
    "75000800702557842406200002062005"
    "90325903908307904677404320087047"
    "18888776677888578893645763000345"
    "64000700704603919115001000040213"
    "93543950803065932477513140065026"
    "74605700707756776696230610157037"
    "83705804806447947617100200078005"
    "46467474045563065760040644000071"
    "30000402600102602112100000010000"
    "40200100200104712003000000000000"
    "52000600700000100002000000020000"
    "70000800704006000075000030003000"
    "54000700604503400024000000004000"
    "50000700500000000002000000002000"
    "00000300000000000000000000000004"
    "04634602073752053560060340000003"
    "03050405206037000640100050000043"
    "00000000024300000170000040000000"
    "14004000000303002560000505000000"
    "04624435013544012560035513000042"
)
_PAIRS: dict[str, int] = {
    first + second: int(_PAIR_DIGITS[32 * row + column])
    for row, first in enumerate(_LETTERS)
    for column, second in enumerate(_LETTERS)
}
# Signs that Russian exports do hold outside ASCII, and that tell nothing for or against a code page.
_USUAL_SIGNS = frozenset("«»№–—…“”„’‘•°§©®€\xa0±")


def detect_encoding(sample: bytes, *, complete: bool = False) -> tuple[str, str]:
    """Return the encoding of `sample` and the reason: bom, ascii, utf8, utf8_mostly, utf16_pattern or letters.

    `complete` says that the sample is the whole file, so that a character cut at its end is an error.

    >>> detect_encoding("Добрый день".encode("koi8-r"), complete=True)
    ('koi8-r', 'letters')
    """
    for mark, name in BOMS:
        if sample.startswith(mark):
            return name, "bom"
    wide = _utf16_without_bom(sample)
    if wide:
        return wide, "utf16_pattern"
    if sample.isascii():
        return "utf-8", "ascii"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
        return "utf-8", "utf8"
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(sample):
        return "utf-8", "utf8_mostly"
    dense = _dense(sample)
    scores = {name: _score(dense, name) for name in CODE_PAGES}
    # Mac differs from cp1251 in its capitals only and is a rarity now: a few letters must not decide for it.
    scores["mac-cyrillic"] -= 8 / len(dense)
    return max(CODE_PAGES, key=lambda name: scores[name]), "letters"


def check_encoding(name: str) -> str:
    """Return `name` if Python knows such a text encoding.

    Raises
    ------
    UsageError
        ``read.bad_encoding``.
    """
    try:
        if codecs.lookup(name)._is_text_encoding:  # pyright: ignore[reportPrivateUsage]
            return name
    except LookupError:
        pass
    raise UsageError("read.bad_encoding", encoding=name)


def _utf16_without_bom(sample: bytes) -> str | None:
    """Cyrillic and ASCII in utf-16 have the bytes 0x04 or 0x00 in every second place."""
    head = sample[: min(len(sample), 8192) & ~1]
    if len(head) < 4:
        return None
    even, odd = head[::2], head[1::2]
    n = len(even)
    even_share = (even.count(0) + even.count(4)) / n
    odd_share = (odd.count(0) + odd.count(4)) / n
    if odd_share > 0.7 and even_share < 0.3:
        return "utf-16-le"
    if even_share > 0.7 and odd_share < 0.3:
        return "utf-16-be"
    return None


def _is_mostly_utf8(sample: bytes) -> bool:
    """A few broken characters (a cell cut by bytes, one pasted line) do not make a file a code page."""
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = sum(text.count(letter) for letter in "оеаинтс")
    return letters > 2 * broken or _is_partly_utf8(sample)


def _is_partly_utf8(sample: bytes) -> bool:
    """Two files glued: whole lines that are utf-8 are no chance, whatever the others are."""
    lines = [line for line in sample.split(b"\n") if len(line) - len(line.decode("ascii", "ignore")) >= LEAST_BYTES]
    valid = sum("\ufffd" not in line.decode("utf-8", "replace") for line in lines)
    return valid >= max(2, PARTLY * len(lines))


def _dense(sample: bytes) -> bytes:
    """The beginning of the lines that hold bytes outside ASCII, up to SCORED_BYTES."""
    lines: list[bytes] = []
    size = 0
    for line in sample.split(b"\n"):
        if not line.isascii():
            lines.append(line[:4000])
            size += len(lines[-1])
            if size > SCORED_BYTES:
                break
    return b"\n".join(lines)


def _score(sample: bytes, encoding: str) -> float:
    """Mean likelihood of neighbouring characters, read as `encoding`."""
    text = sample.decode(encoding, "replace")
    pairs = Counter(map(str.__add__, text, text[1:]))
    total = weight = 0.0
    for pair, count in pairs.items():
        if pair.isascii():
            continue
        total += count
        weight += count * _weigh(pair)
    # Short headers may hold single letters only; single characters settle ties.
    signs = sum(-3 for sign in text if not sign.isascii() and not sign.isalpha() and sign not in _USUAL_SIGNS)
    return (weight + signs) / total if total else 0.0


def _weigh(pair: str) -> float:
    first, second = pair
    likely = _PAIRS.get(pair.lower().replace("ё", "е"))
    if likely is not None:
        # «пРИВЕТ» is what one code page looks like in another: a small letter before a capital one
        return likely - (9 if first.islower() and second.isupper() else 0)
    if first.isalpha() and second.isalpha():
        return -2.0  # a Cyrillic letter beside a Latin or a foreign Cyrillic one
    if (first.isascii() and second.isupper()) or (second.isascii() and first.islower()):
        return 1.5  # words begin with capitals and end with small letters, not the other way round
    return 0.0
