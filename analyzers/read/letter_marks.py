"""Signs by which a text file shows what it is: one letter, or many texts under repeated headings."""

import re
from collections.abc import Sequence
from itertools import pairwise

MIN_MARKS = 3

_SALUTATION = re.compile(
    r"\s*(?:уважаем(?:ый|ая|ые)\b|здравствуйте|добрый (?:день|вечер)|доброе утро|прошу принять|dear\b|hello\b|"
    r"(?:досудебная )?претензия\s*$|жалоба\s*$|заявление\s*$|обращение\s*$|"
    r"(?:генеральному )?директору\b|руководителю\b|начальнику\b|главному врачу\b|в (?:отдел|ооо|администрацию)\b|"
    r"претензия (?:о|об|в|по|к|на)\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:с уважением|подпись|дата\b|всего доброго|заранее благодар|best regards|kind regards|sincerely|"
    r"\d{1,2}[.\s]\w{2,8}[.\s]\d{4})",
    re.IGNORECASE,
)
# A heading that numbers texts: «Страница 1, отзыв 2: …», «Обращение № 15», «=== 3 ===», «12)»
_HEADING = re.compile(r"[^\W\d]*[^\n\d]{0,30}\d{1,7}(?:[^\n\d]{1,20}\d{1,7})?\s*(?:[:.)\]=]|—|-{2,}|$)")
_HEADING_WORD = re.compile(
    r"отзыв|жалоб|обращени|претензи|сообщени|заявк|вопрос|тикет|review|complaint|ticket|message|case|comment|чат|диалог|переписк|chat|dialog",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*([-=*_#~])\1{2,}\s*$")


def is_letter(lines: Sequence[str]) -> bool:
    """Tell whether the lines are one letter: it begins like one, ends like one, and no other one begins inside."""
    filled = [line for line in lines if line.strip()]
    if not len(filled) >= 2:
        return False
    opened = [number for number, line in enumerate(filled) if _SALUTATION.match(line)]
    closed = [number for number, line in enumerate(filled) if _CLOSING.match(line)]
    if not opened or opened[0] > 8:
        return False
    # the heading and the salutation of one letter stand close together
    spread = opened[-1] - opened[0] <= 8
    ends_once = len(closed) <= 2 and (not closed or closed[0] >= len(filled) - 6)
    return spread and ends_once and (bool(closed) or (len(filled) >= 4 and len(opened) == 1))


def find_mark(lines: Sequence[str]) -> str | None:
    """Return the expression for the headings or rules that part texts, or None.

    >>> find_mark(["Отзыв 1: Плохо", "Ждал час", "Отзыв 2: Ужас", "Нагрубили", "Отзыв 3: Беда", "Нет"])
    '^\\\\s*Отзыв \\\\d+:'
    """
    first = next((line for line in lines if line.strip("\ufeff \t\r\n")), "").lstrip("\ufeff")
    found = _HEADING.match(first.strip())
    if found and _HEADING_WORD.search(found[0]):
        text = re.sub(r"\\? +", " ", re.escape(found[0].strip()))
        pattern = r"^\s*" + re.sub(r"\d+", lambda _: r"\d+", text)
        if _parts(pattern, lines):
            return pattern
    rules = [line.strip() for line in lines if _RULE.match(line)]
    if len(rules) >= MIN_MARKS - 1 and len(set(rules)) == 1:
        pattern = "^" + re.escape(rules[0][0]) + "{3,}\\s*$"
        if _parts(pattern, lines, least=MIN_MARKS - 1):
            return pattern
    return None


def _parts(pattern: str, lines: Sequence[str], least: int = MIN_MARKS) -> bool:
    """Tell whether a mark stands often enough, and always above something."""
    mark = re.compile(pattern)
    filled = [line.lstrip("\ufeff") for line in lines if line.strip()]
    places = [number for number, line in enumerate(filled) if mark.search(line)]
    doubled = sum(after - before == 1 for before, after in pairwise(places))
    return len(places) >= least and len(filled) > 1.5 * len(places) and doubled <= 0.2 * len(places)
