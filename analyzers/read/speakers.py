"""Whose a message is where a column holds names: the company is who bears its word, or speaks in all dialogues."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from .headers import normalise
from .talks import CLIENT, OPERATOR
from .values import is_empty

Side = Callable[[str], str | None]

MIN_TALKS = 3
"""Dialogues in which a name must speak before it is taken for the company's."""
OFTEN = 0.2
"""Of all dialogues, those in which an employee speaks."""
MANY = 3
"""So many customers must stand beside one legal person for it to be the company: a chat of two says nothing."""
RARE, MOSTLY = 0.1, 0.8
"""The company's share of the messages of a chat that holds both sides."""

_MORE = r"(?: [\w.-]+){0,2}"
_OURS = re.compile(
    rf"(?:{OPERATOR}|исходящ\w+|outgoing|outbound|out|employee|staff|specialist|chat ?bot|чатбот|автоответ\w*|саппорт|"
    rf"trigger|company|исполнитель|продавец|seller|moderator|модератор){_MORE}"
)
_THEIRS = re.compile(
    rf"(?:{CLIENT}|входящ\w+|incoming|inbound|in|end ?user|contact|lead|requester|buyer|human|гражданин|потребитель)"
    rf"{_MORE}"
)
# «Ромашка | Поддержка», «Служба заботы», «romashka_bot»: no person is called so
_FIRM = re.compile(
    r"(?:.* )?(?:(?:тех)?поддержк[аи]|(?:служба|отдел|команда|центр) \w+|support|операторы?|"
    r"чат ?бот|бот|робот|bot|operator|help ?desk|"
    r"(?:контакт|колл?|call|contact) ?(?:центр|center)|горячая линия|клиентский сервис|администрация)(?: .*)?"
)
# «Менеджер Мария» of a conversation; «Магазин № 5» may be a customer's voice there too
_STAFF = re.compile(
    r"(?:менеджер|специалист|сотрудник|консультант|администратор|диспетчер|manager|agent|admin|assistant|employee)"
    rf"{_MORE}"
)
_LEGAL = re.compile(r"(?:ооо|оао|зао|пао|ао|нко|тд|llc|ltd|gmbh|inc)\b.*")
# «Трек», «Автор жалобы» of a register: who complained, not who spoke
_REGISTER = re.compile(r".*\b(?:жалоб|отзыв|обращени|претензи|заявк|заявлени|тикет|ticket|review|complaint)\w*.*")
_SPEAKER = re.compile(
    r"(?:.*\b)?(?:автор\w*|author|отправител\w*|sender|from|from name|кто|speaker|participant|участник\w*)(?:\b.*)?|"
    r"имя|name|username|nickname|user ?name"
)
_MESSAGE = re.compile(
    r"(?:.* )?(?:(?:текст )?(?:сообщени[ея]|реплик[аи]|фраз[аы])|message|msg|content|body)(?: (?:text|content|body))?|"
    r"текст|text"
)


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


def by_user(cell: str) -> str | None:
    """Like `side_of` where the help desk's own people are called users (client, user, trigger)."""
    return "operator" if normalise(cell) == "user" else side_of(cell)


def by_number(cell: str) -> str | None:
    """Whose a message is by the number of the employee: none, or 0, is the client's."""
    return "client" if cell.strip() in ("", "0") or is_empty(cell) else "operator"


class ByName:
    """Whose a message is by the name beside it.

    Parameters
    ----------
    names : iterable of str
        Names of the company that do not say so.
    talk : bool
        The messages are a conversation's: then «Менеджер» answers; else he may write for a customer.
    """

    def __init__(self, names: Sequence[str] = (), *, talk: bool = True) -> None:
        self._names = frozenset(names)
        self._talk = talk

    def __call__(self, cell: str) -> str | None:
        """Return ``operator`` for the company's names, None for a blank cell, else ``client``."""
        name = cell.strip()
        if not name:
            return None
        return "operator" if name in self._names or is_firm(name, talk=self._talk) else "client"


@lru_cache(maxsize=4096)
def is_firm(name: str, *, talk: bool = True) -> bool:
    """Tell whether a name is that of a company's desk or machine, or, where it is a `talk`, of anyone who works there.

    >>> is_firm("Ромашка | Поддержка"), is_firm("romashka_bot"), is_firm("Анна Иванова")
    (True, True, False)
    """
    plain = normalise(name)
    return len(plain) <= 80 and ((talk and _STAFF.fullmatch(plain)) or _FIRM.fullmatch(plain)) is not None


def asks_speaker(name: str, others: Sequence[str]) -> bool:
    """Tell whether a column holds who speaks, in a table whose `others` hold messages."""
    plain = normalise(name)
    if not _SPEAKER.fullmatch(plain) or _REGISTER.fullmatch(plain):
        return False
    return any(_MESSAGE.fullmatch(normalise(other)) for other in others if other != name)


def named_sides(names: Sequence[str], talks: Sequence[str] | None, *, chat: bool = False) -> ByName | None:
    """Return whose the messages are, judged by the names beside them; None where only one side, or none, is seen.

    Parameters
    ----------
    names : sequence
        Who wrote each message of the sample.
    talks : sequence, optional
        The number of the dialogue of each message.
    chat : bool
        The file is a messenger's.
    """
    talk = chat or talks is not None
    said = [name.strip() for name in names if name.strip()]
    if not said or any(side_of(name) == "client" for name in said):
        return None
    known = {name for name in said if is_firm(name, talk=talk)}
    found: set[str] = set()
    if talks is not None:
        found = _everywhere(names, talks, known)
    if talks is None and not known:
        found = _legal(said)
    ours = sum(name in known or name in found for name in said)
    return ByName(sorted(found), talk=talk) if RARE * len(said) <= ours <= MOSTLY * len(said) else None


def _legal(said: Sequence[str]) -> set[str]:
    """The one legal person among many people, where it answers: it never speaks first."""
    counts = Counter(said)
    firms = [name for name in counts if _LEGAL.fullmatch(normalise(name))]
    if len(firms) != 1 or len(counts) <= MANY or said[0] == firms[0]:
        return set()
    return set(firms)


def _everywhere(names: Sequence[str], talks: Sequence[str], known: set[str]) -> set[str]:
    """Names that speak in many dialogues, in most of which somebody else speaks who is seen in few."""
    speakers: dict[str, set[str]] = {}
    for name, talk in zip(names, talks, strict=True):
        if name.strip() and talk.strip():
            speakers.setdefault(talk.strip(), set()).add(name.strip())
    counts = Counter(name for said in speakers.values() for name in said)
    ours = {name for name, n in counts.items() if n >= max(MIN_TALKS, OFTEN * len(speakers))} - known
    theirs = set(counts) - ours - known
    both = sum(bool(said & (ours | known)) and bool(said & theirs) for said in speakers.values())
    if 3 * len(ours) > len(theirs) or both < MIN_TALKS or 2 * both < len(speakers):
        return set()
    return ours
