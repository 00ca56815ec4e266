"""Tables with a message a row: a column says whose each is, so that the company's own words count as no complaint."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .headers import normalise, roles_of
from .model import TableInfo, Turns
from .own_words import own_words
from .table import NumberedRow
from .talks import CLIENT, OPERATOR
from .values import is_empty

MIN_ROWS = 4
KNOWN = 0.95
"""Share of the filled cells that must say client or employee."""
MIXED = 0.3
"""Share of the dialogues of several messages in which both sides must speak."""
MAX_HELD = 1 << 25
"""Characters of dialogues held until their last message; the first ones leave when there are more."""

_MORE = r"(?: [\w.-]+){0,2}"
_OURS = re.compile(
    rf"(?:{OPERATOR}|исходящ\w+|outgoing|outbound|out|employee|staff|specialist|chat ?bot|чатбот|автоответ\w*|саппорт|"
    rf"company|исполнитель|продавец|seller|moderator|модератор){_MORE}"
)
_THEIRS = re.compile(
    rf"(?:{CLIENT}|входящ\w+|incoming|inbound|in|end ?user|contact|lead|requester|buyer|human|гражданин|потребитель)"
    rf"{_MORE}"
)
_WHO = re.compile(
    r"(?:.*\b)?(?:роль|role|автор\w*|author|отправител\w*|sender|from|кто|чье|сторона|side|направлени\w+|direction|"
    r"speaker|participant|участник\w*)(?:\b.*)?"
)
_TALK = (
    r"ticket|conversation|dialog(?:ue)?|chat|session|thread|case|talk|request|issue|обращени[ея]|диалог[а]?|чат[а]?|"
    r"тикет[а]?|сесси[яи]|заявк[аи]|бесед[аы]|переписк[аи]|треда?"
)
_NUMBER = r"id|ид|номер|№|no|number|код|key|uuid|guid"
_CONVERSATION = re.compile(
    rf"(?:{_TALK})|(?:{_TALK}) ?(?:{_NUMBER})|(?:{_NUMBER}) (?:{_TALK})", re.IGNORECASE
)  # «ticket_id», «Номер обращения», «Диалог»


@lru_cache(maxsize=4096)
def side_of(cell: str) -> str | None:
    """Return ``client`` or ``operator``, as a cell says who wrote a message.

    >>> side_of("Оператор Мария"), side_of("end-user"), side_of("Омск")
    ('operator', 'client', None)
    """
    plain = normalise(cell)
    if _THEIRS.fullmatch(plain):
        return "client"
    return "operator" if _OURS.fullmatch(plain) else None


def find_turns(info: TableInfo, columns: Sequence[Sequence[str]], taken: set[int]) -> Turns | None:
    """Return which column says whose the message is, and which one holds the dialogue's number; None for other tables.

    Parameters
    ----------
    info : TableInfo
        Its `choices` hold what the options fix: an `id` that repeats is the dialogue's.
    columns : sequence
        The sample's cells, by column.
    taken : set of int
        Columns that the options give to a role; none of these says whose a message is.
    """
    for i, cells in enumerate(columns):
        if i in taken:
            continue
        filled = [cell for cell in cells if not is_empty(cell)]
        sides = [side for cell in filled if (side := side_of(cell))] if len(filled) >= MIN_ROWS else []
        if len(set(sides)) < 2 or len(sides) < KNOWN * len(filled):
            continue
        talk = _conversation(info, columns, i, taken)
        if talk is None and not _WHO.fullmatch(normalise(info.columns[i])):
            continue  # «Кто обратился: клиент, сотрудник» of a register is no dialogue
        return Turns(info.columns[i], i, None if talk is None else info.columns[talk], -1 if talk is None else talk)
    return None


def _conversation(info: TableInfo, columns: Sequence[Sequence[str]], who: int, taken: set[int]) -> int | None:
    given = info.choices.get("id")
    if given is not None:
        names = [given.indexes[0]]
    else:
        free = [i for i in range(len(columns)) if i not in taken and i != who]
        names = [i for i in free if _CONVERSATION.fullmatch(normalise(info.columns[i]))]
        names += [i for i in free if i not in names and roles_of(info.columns[i]).get("id", 0.0) >= 0.6]
    return next((i for i in names if _both_speak(columns[i], columns[who])), None)


def _both_speak(numbers: Sequence[str], who: Sequence[str]) -> bool:
    """Tell whether rows of one number are turns of both sides."""
    talks: dict[str, list[str | None]] = {}
    for number, cell in zip(numbers, who, strict=True):
        if number.strip() and len(number) <= 80:
            talks.setdefault(number.strip(), []).append(side_of(cell))
    several = [sides for sides in talks.values() if len(sides) > 1]
    both = sum("client" in sides and "operator" in sides for sides in several)
    return both > 0 and both >= MIXED * len(several) and len(several) >= MIXED * len(talks)


@dataclass
class _Talk:
    """The messages of one dialogue: (moment or None, row, cells) of the client, (moment, row, words) of the company."""

    said: list[tuple[str | None, int, list[str]]] = field(default_factory=list[tuple[str | None, int, list[str]]])
    heard: list[tuple[str | None, int, list[str]]] = field(default_factory=list[tuple[str | None, int, list[str]]])


class TurnReader:
    """Makes one row of a dialogue's messages, or leaves the company's messages out where nothing tells the dialogues.

    Parameters
    ----------
    turns : Turns
    text, date, operator : int
        Columns; -1 for none.
    parse : callable
        Reads a moment, to put messages in order.
    """

    def __init__(self, turns: Turns, text: int, date: int, operator: int, parse: Callable[[str], str | None]) -> None:
        self.reply = ""
        self._turns = turns
        self._text, self._date, self._operator = text, date, operator
        self._parse = parse
        self._ours = 0
        self._joined = 0
        self._parted = 0
        self._held = 0
        self._talks: dict[str, _Talk] = {}
        self._gone: set[str] = set()

    def over(self, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
        """Yield the clients' rows; `reply` holds what the company said in the dialogue of the row given last."""
        self._ours = self._joined = self._parted = self._held = 0
        for number, cells in rows:
            if isinstance(cells, str):
                yield number, cells
                continue
            ours = side_of(_at(cells, self._turns.index)) == "operator"
            self._ours += ours
            key = _at(cells, self._turns.conversation_index).strip()
            if key:
                yield from self._keep(key, number, cells, ours=ours)
            elif ours:
                yield number, "not_customer"
            else:
                yield number, cells
        yield from self._leave(len(self._talks))

    def _keep(self, key: str, number: int, cells: list[str], *, ours: bool) -> Iterator[NumberedRow]:
        if key not in self._talks:
            self._parted += key in self._gone
            self._talks[key] = _Talk()
        moment = self._parse(_at(cells, self._date)) if self._date >= 0 else None
        talk = self._talks[key]
        (talk.heard if ours else talk.said).append((moment, number, cells))
        self._held += sum(map(len, cells))
        if self._held > MAX_HELD:
            yield from self._leave((len(self._talks) + 1) // 2)

    def _leave(self, count: int) -> Iterator[NumberedRow]:
        for key in list(self._talks)[:count]:
            talk = self._talks.pop(key)
            self._gone.add(key)
            said, heard = _ordered(talk.said), _ordered(talk.heard)
            self._held -= sum(sum(map(len, cells)) for _, _, cells in said + heard)
            if not said:
                yield heard[0][1], "not_customer"
                continue
            self._joined += len(said) + len(heard) > 1
            self.reply = "\n".join(words for _, _, cells in heard if (words := _at(cells, self._text).strip()))
            yield said[0][1], self._row(said, heard)
            self.reply = ""

    def _row(
        self, said: list[tuple[str | None, int, list[str]]], heard: list[tuple[str | None, int, list[str]]]
    ) -> list[str]:
        """The first message's cells with all words; what it leaves empty (a mark, a status) a later one may fill."""
        row = list(said[0][2])
        for _, _, cells in said[1:]:
            row += [""] * (len(cells) - len(row))
            row = [cell if cell.strip() else _at(cells, i) for i, cell in enumerate(row)]
        if len(row) > self._text:
            row[self._text] = "\n".join(words for _, _, cells in said if (words := _own(_at(cells, self._text))))
        if 0 <= self._operator < len(row):
            names = [row[self._operator], *(_at(cells, self._operator) for _, _, cells in heard)]
            row[self._operator] = next((name for name in names if name.strip()), "")
        return row

    def note_into(self, info: TableInfo) -> None:
        """Tell what was left out and what was put together."""
        if self._ours:
            info.note("turns", column=self._turns.column, count=self._ours)
        if self._joined:
            info.note("turns_joined", column=self._turns.conversation, count=self._joined)
        if self._parted:
            info.note("turns_parted", column=self._turns.conversation, count=self._parted)


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if 0 <= index < len(cells) else ""


def _own(cell: str) -> str:
    """A message without its signature and the letters it quotes."""
    found = own_words(cell)
    if found is None or found.dialogue:
        return cell.strip()
    return "\n".join(cell[start:stop] for start, stop in found.spans)


def _ordered(
    messages: list[tuple[str | None, int, list[str]]],
) -> list[tuple[str | None, int, list[str]]]:
    """By moment; where exports begin with the newest, messages of one moment stand the other way round as well."""
    moments = [moment for moment, _, _ in messages]
    if None in moments or len(messages) < 2:
        return messages
    newest_first = (moments[0] or "") > (moments[-1] or "")
    return sorted(messages[::-1] if newest_first else messages, key=lambda message: message[0] or "")
