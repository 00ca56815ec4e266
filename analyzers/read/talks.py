"""Turns of a conversation by their heads: «Анна 10:00:01» above the words, «[10:00:01] Анна: …» before them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

CLIENT = (
    r"клиент(?:ка)?|покупатель|пользователь|абонент|посетитель|заявитель|гость|заказчик|пациент|житель|"
    r"client|customer|user|visitor|guest"
)
OPERATOR = (
    r"оператор(?: чата)?|менеджер|специалист|сотрудник|консультант|поддержка|служба поддержки|техподдержка|"
    r"администратор|диспетчер|бот|чат-бот|робот|система|агент|компания|банк|магазин|"
    r"operator|agent|manager|support|bot|admin|assistant|system|company"
)
MIN_TURNS = 4
LEAST = 0.2
"""Share of the filled lines that must be heads: words of a turn may run over several lines."""

_NAME = r"[А-ЯЁA-Z][\w.-]*"
_SPEAKER = (
    rf"(?:(?P<client>(?i:{CLIENT}))|(?P<operator>(?i:{OPERATOR}))|(?P<name>{_NAME}))"
    rf"(?:[ \t]+(?:{_NAME}|№?\d{{1,9}}(?![\d:./-]))){{0,3}}"
)
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_MOMENT = rf"(?P<moment>(?:{_DATE}[ ,T]{{1,3}})?\d{{1,2}}:\d{{2}}(?::\d{{2}})?)"
_HEAD = re.compile(rf"^\ufeff?[ \t]*\[?{_SPEAKER}\]?[ \t]*,?[ \t]*[\[(]?{_MOMENT}[\])]?[ \t]*:?[ \t\r]*$", re.MULTILINE)
_BEFORE = re.compile(rf"^\ufeff?[ \t]*[\[(]?{_MOMENT}[\])]?[ \t]*[—–,-]?[ \t]*{_SPEAKER}[ \t]*:[ \t]+", re.MULTILINE)


class Turn(NamedTuple):
    """A turn's head: where it starts and ends, who speaks (`side` where the head says it), and when."""

    start: int
    stop: int
    side: str | None
    speaker: str
    moment: str


def find_turns(text: str) -> list[Turn]:
    """Return the turns of the form that most of the heads have.

    >>> [(turn.side, turn.moment) for turn in find_turns("Клиент 10:00:01\\nГде заказ?\\nМария 10:01\\nЕдет")]
    [('client', '10:00:01'), (None, '10:01')]
    """
    best: list[Turn] = []
    for form in (_HEAD, _BEFORE):
        turns = [_turn(found) for found in form.finditer(text)]
        best = max(best, turns, key=len)
    return best


def _turn(found: re.Match[str]) -> Turn:
    side = "client" if found["client"] else "operator" if found["operator"] else None
    first = found["client"] or found["operator"] or found["name"]
    rest = found[0][found[0].index(first) :]
    speaker = re.split(r"[ \t]*[,\[\](:]|[ \t]+\d{1,4}[.:/-]", rest)[0].strip()
    return Turn(found.start(), found.end(), side, speaker, found["moment"])


def sides(turns: Sequence[Turn]) -> list[str] | None:
    """Return whose each turn is: beside a known side every other name is the other one; None where none is known."""
    known = {turn.side for turn in turns} - {None}
    if not known:
        return None
    other = "operator" if "client" in known else "client"
    return [turn.side or other for turn in turns]


def is_talk(lines: Sequence[str]) -> bool:
    """Tell whether a text is a conversation: it begins with a head, heads repeat, and words stand between them."""
    filled = [line.rstrip("\r\n") for line in lines[:400] if line.strip()]
    text = "\n".join(filled)
    turns = find_turns(text)
    if len(turns) < MIN_TURNS or turns[0].start or len(turns) < LEAST * len(filled):
        return False
    if any(not text[turn.stop : after.start].strip() for turn, after in pairwise(turns)):
        return False
    dated = all("." in turn.moment or "/" in turn.moment or "-" in turn.moment for turn in turns)
    return dated or len({turn.speaker for turn in turns}) < len(turns)


def head_of(line: str) -> tuple[str, str, str] | None:
    """Return the moment (empty where only the clock is told), the speaker and the words behind the head of a line."""
    for form in (_HEAD, _BEFORE):
        found = form.match(line.rstrip("\r\n"))
        if found:
            turn = _turn(found)
            moment = turn.moment if re.match(_DATE, turn.moment) else ""
            return moment, turn.speaker, line.rstrip("\r\n")[turn.stop :]
    return None
