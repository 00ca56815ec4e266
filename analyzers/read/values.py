"""Figures as exports write them: marks, sums of money; and the many spellings of "nothing here"."""

import re

EMPTY_WORDS = frozenset({
    "", "-", "--", "---", "—", "–", ".", "..", "...", "n/a", "na", "nan", "none", "null", "nil", "нет", "нет.", "\\n",
    "не указано", "не указан", "пусто", "#н/д", "#n/a", "б/к", "no", "(пусто)", "nat", "undefined",
    # Excel's errors
    "#ссылка!", "#знач!", "#имя?", "#дел/0!", "#число!", "#пусто!", "#ref!", "#value!", "#name?", "#div/0!", "#num!",
    "#null!", "#перенос!", "#spill!",
})  # fmt: skip
"""Lower-cased cells that stand for an empty one."""

HAS_LETTER = re.compile(r"[^\W\d_]").search

_STARS = re.compile(r"\s*([★⭐✭✮✩☆\ufe0f\s]+)\s*$")
_OUT_OF = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(?:/|из|out of|of)\s*\d+", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"(?<![\w.,])([-−]?\d{1,3}(?:[\s\u00a0\u202f'’]\d{3})+|[-−]?\d+)((?:[.,]\d+)*)")
_WORDS = {"отлично": 5.0, "хорошо": 4.0, "удовлетворительно": 3.0, "плохо": 2.0, "ужасно": 1.0, "очень плохо": 1.0,
          "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}  # fmt: skip


def is_empty(value: str) -> bool:
    """Tell whether a cell says nothing: blank, a dash, `нет`, NULL."""
    return len(value) < 13 and value.strip().lower() in EMPTY_WORDS


def parse_rating(value: str) -> float | None:
    """Return the mark in `value`.

    >>> [parse_rating(cell) for cell in ("4,5", "5/5", "★★★★☆", "3 из 5", "отлично", "")]
    [4.5, 5.0, 4.0, 3.0, 5.0, None]
    """
    try:
        return float(value)
    except ValueError:
        pass
    stars = _STARS.match(value)
    if stars and not stars[1].isspace():
        return float(sum(sign in "★⭐✭✮" for sign in stars[1]))
    out_of = _OUT_OF.match(value)
    if out_of:
        return float(out_of[1].replace(",", "."))
    word = _WORDS.get(value.strip().lower())
    return word if word is not None else parse_number(value)


def parse_number(value: str) -> float | None:
    """Return the first number in `value`, with Russian and English grouping and decimal signs.

    >>> [parse_number(cell) for cell in ("1 234,50 ₽", "1,234.50", "12.000,5", "-3", "нет")]
    [1234.5, 1234.5, 12000.5, -3.0, None]
    """
    found = _FIRST_NUMBER.search(value)
    if not found:
        return None
    whole = re.sub(r"[\s\u00a0\u202f'’]", "", found[1]).replace("−", "-")
    tail = found[2]
    if not tail:
        return float(whole)
    groups = re.findall(r"([.,])(\d+)", tail)
    last_sign, last_digits = groups[-1]
    same = all(sign == last_sign for sign, _ in groups)
    if len(groups) > 1 and same:  # 1.234.567: every sign parts thousands
        return float(whole + "".join(digits for _, digits in groups))
    return float(whole + "".join(digits for _, digits in groups[:-1]) + "." + last_digits)
