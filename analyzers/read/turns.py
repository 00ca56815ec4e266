"""Tables with a message a row: a column says whose each is, so that the company's own words count as no complaint."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from .cards import CHAT_COLUMNS
from .headers import normalise, roles_of
from .model import TableInfo, Turns
from .own_words import own_words
from .speakers import Side, asks_speaker, by_number, by_user, named_sides, side_of
from .table import NumberedRow
from .values import is_empty

MIN_ROWS = 4
KNOWN = 0.95
"""Share of the filled cells that must say client or employee."""
MIXED = 0.3
"""Share of the dialogues of several messages in which both sides must speak."""
MOSTLY_ALONE = 0.6
"""Share of the dialogues in which one customer speaks."""
MAX_HELD = 1 << 25
"""Characters of dialogues held until their last message; the first ones leave when there are more."""

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

_STAFF = re.compile(r"(?:.* )?(?:staff|operator|agent|employee|сотрудник|оператор) ?(?:id|ид)")
_USER = re.compile(r"(?:.* )?(?:user|client|customer|contact|клиент|пользователь) ?(?:id|ид)")


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
    for i in range(len(columns)):
        if i in taken:
            continue
        found = _by_words(info, columns, i, taken)
        if found is not None:
            return found
    return _by_numbers(info, columns, taken) or _by_names(info, columns, taken)


def _turns(info: TableInfo, who: int, talk: int | None, side: Side, *, named: bool = False) -> Turns:
    return Turns(
        info.columns[who], who, None if talk is None else info.columns[talk], -1 if talk is None else talk, side, named
    )


def _by_words(info: TableInfo, columns: Sequence[Sequence[str]], who: int, taken: set[int]) -> Turns | None:
    """A column that says client or employee."""
    filled = [cell for cell in columns[who] if not is_empty(cell)]
    if len(filled) < MIN_ROWS:
        return None
    plain = {normalise(cell) for cell in filled}
    side = by_user if {"client", "user"} <= plain else side_of
    sides = [found for cell in filled if (found := side(cell))]
    if len(set(sides)) < 2 or len(sides) < KNOWN * len(filled):
        return None
    talk = _conversation(info, columns, who, taken, side)
    if talk is None and not _WHO.fullmatch(normalise(info.columns[who])):
        return None  # «Кто обратился: клиент, сотрудник» of a register is no dialogue
    return _turns(info, who, talk, side)


def _by_numbers(info: TableInfo, columns: Sequence[Sequence[str]], taken: set[int]) -> Turns | None:
    """Beside the client's number one of the employee, and of each row only one of them is there."""
    plain = [normalise(name) for name in info.columns]
    staff = next((i for i, name in enumerate(plain) if i not in taken and _STAFF.fullmatch(name)), None)
    user = next((i for i, name in enumerate(plain) if _USER.fullmatch(name)), None)
    if staff is None or user is None:
        return None
    pairs = list(zip(columns[staff], columns[user], strict=True))
    if len(pairs) < MIN_ROWS or sum(by_number(one) != by_number(other) for one, other in pairs) < KNOWN * len(pairs):
        return None
    talk = _conversation(info, columns, staff, taken, by_number)
    return _turns(info, staff, talk, by_number) if talk is not None else None


def _by_names(info: TableInfo, columns: Sequence[Sequence[str]], taken: set[int]) -> Turns | None:
    """A column of names, the company's own among them."""
    chat = tuple(info.columns) == CHAT_COLUMNS
    for i, name in enumerate(info.columns):
        if i in taken or not (name == "customer" if chat else asks_speaker(name, info.columns)):
            continue
        if sum(map(bool, map(str.strip, columns[i]))) < MIN_ROWS:
            continue
        for talk in _talk_columns(info, columns, i, taken):
            side = named_sides(columns[i], columns[talk])
            if side is not None and _one_customer(columns[talk], columns[i], side):
                return _turns(info, i, talk, side, named=True)
        side = named_sides(columns[i], None, chat=chat)
        if side is not None:
            return _turns(info, i, None, side, named=True)
    return None


def _conversation(
    info: TableInfo, columns: Sequence[Sequence[str]], who: int, taken: set[int], side: Side
) -> int | None:
    return next(
        (i for i in _talk_columns(info, columns, who, taken) if _both_speak(columns[i], columns[who], side)), None
    )


def _talk_columns(info: TableInfo, columns: Sequence[Sequence[str]], who: int, taken: set[int]) -> list[int]:
    """Columns that may hold the dialogue's number, the likeliest first."""
    given = info.choices.get("id")
    if given is not None:
        return [given.indexes[0]]
    free = [i for i in range(len(columns)) if i not in taken and i != who]
    names = [i for i in free if _CONVERSATION.fullmatch(normalise(info.columns[i]))]
    return names + [i for i in free if i not in names and roles_of(info.columns[i]).get("id", 0.0) >= 0.6]


def _one_customer(numbers: Sequence[str], names: Sequence[str], side: Side) -> bool:
    """Tell whether a dialogue has both sides, and one customer: a group's chat holds the complaints of many."""
    customers: dict[str, set[str]] = {}
    for number, name in zip(numbers, names, strict=True):
        if number.strip() and side(name) == "client":
            customers.setdefault(number.strip(), set()).add(name.strip())
    alone = sum(len(said) == 1 for said in customers.values())
    return alone > MOSTLY_ALONE * len(customers) and _both_speak(numbers, names, side)


def _both_speak(numbers: Sequence[str], who: Sequence[str], side: Side) -> bool:
    """Tell whether rows of one number are turns of both sides."""
    talks: dict[str, list[str | None]] = {}
    for number, cell in zip(numbers, who, strict=True):
        if number.strip() and len(number) <= 80:
            talks.setdefault(number.strip(), []).append(side(cell))
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
        side = self._turns.side
        for number, cells in rows:
            if isinstance(cells, str):
                yield number, cells
                continue
            ours = side(_at(cells, self._turns.index)) == "operator"
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
