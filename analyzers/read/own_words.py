"""The customer's own words in a cell: dialogues fall into sides; signatures and quoted letters are set aside."""

import re
from typing import NamedTuple

from .talks import CLIENT, OPERATOR, find_turns, sides

Span = tuple[int, int]

_TIME = r"(?:\[?\(?(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ ,T]*)?\d{1,2}:\d{2}(?::\d{2})?\)?\]?[ \t,—-]*)?"
_WHO = rf"(?:(?P<client>{CLIENT})|(?P<operator>{OPERATOR}))(?:[ \t]+[А-ЯЁA-Z][\w.-]*){{0,2}}"
_TURN = re.compile(rf"^[ \t>*-]*{_TIME}\[?(?i:{_WHO})\]?[ \t]*(?:\([^)\n]{{0,40}}\)[ \t]*)?:[ \t]*", re.MULTILINE)
_INLINE_TURN = re.compile(rf"(?:^|(?<=[.!?…)] )|(?<=[|/] )){_TIME}(?i:{_WHO})[ \t]*:[ \t]+")

# «[10:00:15] Мария: …»: beside a client called so, whoever else speaks by the clock is the operator
_NAMED_TURN = re.compile(
    r"^[ \t>*-]*\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \t,—-]*\[?"
    rf"(?:(?P<client>(?i:{CLIENT}))(?:[ \t]+[А-ЯЁA-Z][\w.-]*)?|"
    r"(?P<operator>[А-ЯЁA-Z][\w.-]*(?:[ \t]+[А-ЯЁA-Z][\w.-]*){0,2}))\]?[ \t]*:[ \t]*",
    re.MULTILINE,
)

# A line from which on the words are not the customer's: an answered letter, a signature, a mail program's line.
_TAIL = re.compile(
    r"^[ \t]*(?:"
    r"-{2,}[ \t]*(?:исходное|пересылаемое|переслано|original|forwarded).{0,60}|"
    r"_{10,}[ \t]*|"
    r"(?:от|from)[ \t]*:[^\n]{1,200}\n[ \t]*(?:>?[ \t]*)?(?:отправлено|дата|кому|sent|date|to)[ \t]*:.*|"
    r"(?:\w{2,12},?[ \t]+)?\d{1,2}[ .](?:\w{3,9}|\d{2})[ .]\d{4}[^\n]{0,100}(?:пишет|написал\(?а?\)?|wrote):?[ \t]*|"
    r"on [^\n]{6,100} wrote:[ \t]*|"
    r"(?:отправлено (?:с|из)|sent from)[ \t][^\n]{2,60}|"
    r"--[ \t]?"
    r")$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"^[ \t]*(?:с уважением|с наилучшими пожеланиями|best regards|kind regards|regards)[ \t,.!]*"
    r"(?:\n[^\n]{0,70}){0,6}\Z|"
    r"^[ \t]*(?:с уважением|best regards|kind regards)[ \t,.!]+[^\n]{0,60}(?:\n[^\n]{0,70}){0,5}\Z",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"^[ \t]*>[^\n]*\n?", re.MULTILINE)


class OwnWords(NamedTuple):
    """Spans of a cell to keep, in order, and what the operator said in it."""

    spans: tuple[Span, ...]
    reply: str
    dialogue: bool


def own_words(cell: str) -> OwnWords | None:
    """Return the customer's part of a cell, or None where all of it is; what would leave nothing is left as it is.

    >>> found = own_words("Клиент: Где заказ?\\nОператор: Уже едет.\\nКлиент: Третий день едет!")
    >>> found.reply, len(found.spans)
    ('Уже едет.', 2)
    """
    if cell.count(":") > 1:  # two turns are the least that makes a dialogue
        found = _dialogue(cell)
        if found is not None:
            return found
    if "\n" not in cell:
        return None
    stop = len(cell)
    tail = _TAIL.search(cell)
    if tail and tail.start() > 0:
        stop = tail.start()
    signature = _SIGNATURE.search(cell, 0, stop)
    if signature and signature.start() > 0:
        stop = signature.start()
    spans: list[Span] = []
    place = 0
    if ">" in cell:
        for quoted in _QUOTED.finditer(cell, 0, stop):
            spans.append((place, quoted.start()))
            place = quoted.end()
    spans.append((place, stop))
    spans = [span for start, end in spans if (span := _trimmed(cell, start, end)) is not None]
    if not spans or spans == [_trimmed(cell, 0, len(cell))]:
        return None
    return OwnWords(tuple(spans), "", False) if any(map(str.isalpha, cell[spans[0][0] : spans[-1][1]])) else None


def _dialogue(cell: str) -> OwnWords | None:
    turns = list((_TURN if "\n" in cell else _INLINE_TURN).finditer(cell))
    if len(turns) < 2 and "\n" in cell:
        return _stamped(cell)
    if turns and "\n" in cell and all(turn["client"] for turn in turns):
        turns = list(_NAMED_TURN.finditer(cell)) or turns
    if len(turns) < 2 or cell[: turns[0].start()].count("\n") > 2:
        return None
    return _sorted_out(cell, [(turn.start(), turn.end(), bool(turn["client"])) for turn in turns])


def _stamped(cell: str) -> OwnWords | None:
    """A dialogue whose turns have «Клиент 10:00:01» above them."""
    turns = find_turns(cell)
    whose = sides(turns)
    if len(turns) < 2 or whose is None or cell[: turns[0].start].count("\n") > 2:
        return None
    return _sorted_out(
        cell, [(turn.start, turn.stop, side == "client") for turn, side in zip(turns, whose, strict=True)]
    )


def _sorted_out(cell: str, turns: list[tuple[int, int, bool]]) -> OwnWords | None:
    """The client's words and the operator's, from (start, end of the head, whether the client speaks)."""
    spans: list[Span] = []
    replies: list[str] = []
    for (_, start, client), following in zip(turns, [*turns[1:], None], strict=True):
        span = _trimmed(cell, start, following[0] if following is not None else len(cell))
        if span is None:
            continue
        if client:
            spans.append(span)
        else:
            replies.append(cell[span[0] : span[1]])
    if not spans or not replies:
        return None
    return OwnWords(tuple(spans), "\n".join(replies), True)


def _trimmed(cell: str, start: int, stop: int) -> Span | None:
    piece = cell[start:stop]
    kept = piece.strip(" \t\r\n|/")
    if not kept:
        return None
    start += len(piece) - len(piece.lstrip(" \t\r\n|/"))
    return start, start + len(kept)
