"""Rows of a report that are no records: totals, groups' headings, the line that says when and by whom it was made."""

import re
from collections.abc import Sequence

from .headers import is_known, normalise, roles_of

MAX_LENGTH = 100
"""Longer cells are texts, whatever they begin with."""
LEAST_COLUMNS = 3
"""In narrower tables a row with empty cells says nothing."""

_TOTAL = re.compile(r"(?:общ(?:ий|ие) итоги?|итог[ои]?|всего|grand total|sub ?total|total)(?: [\w№/-]+){0,4}")
_COUNT = re.compile(r"(?:общий итог|итого|всего|grand total|total)[ \d]*")
_MADE = re.compile(
    r"(?:отч[её]т|реестр|документ|выгрузка|файл|report)? ?"
    r"(?:сформирован[оаы]?|составлен[оаы]?|выгружен[оаы]?|распечатан[оаы]?|generated|exported|printed)(?:\b.*)?|"
    r"(?:дата|время) (?:и время )?(?:формирования|составления|печати|выгрузки)\b.*|"
    r"(?:стр|страница|лист|page)\W*\d+(?:\W+(?:из|of)\W*\d+)?\W*",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:исполнител[ьи]|ответственн(?:ый|ая|ые)|составил[аи]?|подготовил[аи]?|проверил[аи]?|утвердил[аи]?|руководитель|"
    r"директор|(?:главный )?бухгалтер|подпись|м\.? ?п\.?)"
    r"[ \t]*(?::[ \t]*(?-i:[А-ЯЁ_])[^!?]*|[_/].*)?",
    re.IGNORECASE,
)
_GROUP = re.compile(r"([^:\n]{2,40}):[ \t]+[^\Wa-zа-яё][^!?:;,\n]{0,40}")
_GROUPED_BY = frozenset({"region", "operator", "channel", "customer", "status"})
"""Not product: «Товар: Не работает» is a complaint."""
_FIGURE = re.compile(r"[-−+]?\d[\d\s.,%]*(?:₽|\w{1,12})?\.?")  # «5 000,00», «12 шт.», «4 документа»


def is_no_record(cells: Sequence[str], text: str) -> bool:
    """Tell whether a row that has words in the text column is a report's own.

    Parameters
    ----------
    cells : sequence of str
        The row, blank cells as ``""``.
    text : str
        What its text column gave.

    >>> is_no_record(["Итого", "", "", "4 документа", "900"], "4 документа")
    True
    >>> is_no_record(["7", "Анна", "", "Итого ждали три часа", ""], "Итого ждали три часа")
    False
    """
    if len(text) > MAX_LENGTH:
        return False
    filled = [cell for cell in cells if cell.strip()]
    first = filled[0].strip()
    if len(first) > MAX_LENGTH:
        return False
    if len(cells) < LEAST_COLUMNS:
        return _COUNT.fullmatch(normalise(first)) is not None
    few = 2 * len(filled) <= len(cells)
    if (few or all(_FIGURE.fullmatch(cell.strip()) for cell in filled[1:])) and _TOTAL.fullmatch(normalise(first)):
        return len(filled) < len(cells)
    if not few or len(filled) > 2:
        return False
    if _MADE.fullmatch(first) or _SIGNED.fullmatch(first):
        return True
    group = _GROUP.fullmatch(first) if len(filled) == 1 else None
    return group is not None and is_known(group[1]) and not _GROUPED_BY.isdisjoint(roles_of(group[1]))


def is_header(cells: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether a row repeats the header: exports put one under the other.

    >>> is_header(["id", "Текст", ""], ["id", "Текст", "3"]), is_header(["7", "Текст", ""], ["id", "Текст", "3"])
    (True, False)
    """
    filled = [(cell.strip("\ufeff \t"), name) for cell, name in zip(cells, names, strict=False) if cell.strip()]
    return len(filled) > 1 and sum(cell == name for cell, name in filled) > 0.7 * len(filled)
