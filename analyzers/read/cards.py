"""Plain text with a shape: chat logs (a message a line, with moment and author) and cards of «Имя: значение» lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .headers import roles_of
from .model import MAX_CELL
from .table import NumberedRow
from .talks import head_of

CHAT = "chat"
"""The name of the split by messages of a chat."""
CHAT_COLUMNS = ("date", "customer", "text")
MOST = 0.6
LEAST = 0.4
"""Share of the lines that begin a message: many messages run over several lines."""
MIN_MESSAGES = 4

# «01.03.2026, 10:00 - Анна: …» of WhatsApp on Android, «[01.03.2026, 10:00:05] Анна: …» on iOS, Viber's tabs
_MESSAGE = re.compile(
    r"[\u200e\ufeff\s]*\[?(\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+(?:в\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?)\]?"
    r"\s*(?:[-–—]\s*)?([^:\n]{1,60}):\s+(.*)",
    re.DOTALL | re.IGNORECASE,
)
_NOTICE = re.compile(r"[\u200e\ufeff\s]*\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?\]?\s*[-–—]\s")
_ATTACHED = re.compile(
    r"\s*(?:<[^<>\n]{1,60}>|\u200e[^\n]{1,80}|.{0,60}\((?:файл добавлен|file attached)\)|null|"
    r"(?:данное |это )?сообщение (?:было )?удалено\.?|вы удалили (?:данное |это )?сообщение\.?|"
    r"(?:this message was|you) deleted(?: this message)?\.?)\s*",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[ \t]*([^\W\d][^:\n]{0,39}?)[ \t]*:[ \t]*(.*)", re.DOTALL)


def is_chat(lines: Sequence[str]) -> bool:
    """Tell whether the lines are a chat log: most of them begin with a moment and an author."""
    filled = [line for line in lines[:400] if line.strip()]
    found = sum(_MESSAGE.match(line) is not None for line in filled)
    said = found + sum(_NOTICE.match(line) is not None for line in filled)  # notices have a moment and no author
    begins = bool(filled) and (_MESSAGE.match(filled[0]) or _NOTICE.match(filled[0])) is not None
    return begins and found >= MIN_MESSAGES and said >= LEAST * len(filled)


def chat_rows(lines: Iterator[str], *, stamped: bool = False) -> Iterator[NumberedRow]:
    """Yield (number of the first line, [moment, author, text]); attachments have no text, notices no row.

    `stamped` says that a message begins as `talks.head_of` reads it.
    """
    kept: list[str] = []
    start, size = 0, 0
    for number, line in enumerate(lines, 1):
        found = head_of(line) if stamped else _head(line)
        if found is not None or (not stamped and _NOTICE.match(line)):
            if kept:
                yield start, _message(kept)
            kept, start, size = ([*found], number, 0) if found is not None else ([], 0, 0)
        elif kept and size <= MAX_CELL:
            kept.append(line)
            size += len(line)
    if kept:
        yield start, _message(kept)


def _head(line: str) -> tuple[str, str, str] | None:
    found = _MESSAGE.match(line)
    return None if found is None else (found[1], found[2].strip(), found[3])


def _message(kept: list[str]) -> list[str]:
    text = "".join(kept[2:]).strip("\r\n ")
    return [kept[0], kept[1], "" if _ATTACHED.fullmatch(text) else text]


def find_fields(pieces: Sequence[str]) -> list[str]:
    """Return the names of the fields that most of the texts consist of, one of them the text itself; else nothing.

    >>> find_fields(["Дата: 01.03.2026\\nТекст: Хамят", "Дата: 02.03.2026\\nТекст: Грубят"] * 2)
    ['Дата', 'Текст']
    """
    if len(pieces) < 3:
        return []
    counts: Counter[str] = Counter()
    for piece in pieces:
        found = (_FIELD.fullmatch(line) for line in piece.splitlines())
        counts.update(list(dict.fromkeys(one[1] for one in found if one is not None)))
    names = [name for name, n in counts.items() if n >= MOST * len(pieces)]
    known = [name for name in names if max(roles_of(name).values(), default=0.0) >= 0.9]
    texts = [name for name in known if roles_of(name).get("text", 0.0) >= 0.9]
    return names if texts and len(known) > 1 else []


def take_fields(piece: str, names: Sequence[str]) -> list[str]:
    """The values of the fields in the order of `names`; lines under a field belong to it.

    >>> take_fields("Дата: 01.03.2026\\nТекст: Хамят\\nкаждый день", ["Дата", "Текст"])
    ['01.03.2026', 'Хамят\\nкаждый день']
    """
    values = {name: [""] for name in names}
    at = next((name for name in names if roles_of(name).get("text", 0.0) >= 0.9), names[0])
    for line in piece.splitlines(keepends=True):
        found = _FIELD.fullmatch(line)
        if found is not None and found[1] in values:
            at = found[1]
            values[at].append(found[2])
        else:
            values[at].append(line)
    return ["".join(value).strip() for value in values.values()]
