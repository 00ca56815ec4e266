"""What a status says: whether a complaint is open, closed or opened again."""

from __future__ import annotations

import re
from functools import lru_cache

UNKNOWN, OPEN, CLOSED, REOPENED = range(4)

# in this order: «повторно открыто» holds «открыто», «не решено» holds «решено»
_WORDS = (
    (
        REOPENED,
        r"пере(?:от)?крыт|(?:повторно|снова|вновь) (?:от)?крыт|откры\w* (?:повторно|снова)|возобновл|доработк|"
        r"возвра[щт]\w* в работу|re-?open",
    ),
    (
        OPEN,
        r"\b(?:не|not|un)[ -]?(?:решен|закрыт|заверш|выполн|"
        r"отработ|обработ|исполн|рассмотр|отвеч|resolved|closed|solved|"
        r"answered|done|completed)|без ответа|\bоткрыт|\bнов(?:ый|ая|ое|ые)\b|"
        r"\bв (?:работе|обработке|процессе|очереди)|"
        r"ожида|назначен|принят[оаы]? (?:в|к)\b|на (?:рассмотрении|проверке|согласовании|контроле|исполнении)|"
        r"рассматрива|проверяется|зарегистрирован|поступил|приостановл|отложен|"
        r"\bopen|\bnew\b|progress|pending|assigned|waiting|on hold|\bhold\b|to ?do|backlog|review\b",
    ),
    (
        CLOSED,
        r"решен|закрыт|заверш|выполнен|отработан|обработан|исполнен|рассмотрен|отвечен|дан ответ|"
        r"ответ (?:дан|направлен|отправлен)|"
        r"удовлетвор|отказ|отклонен|снят|урегулирован|готово|"
        r"clos|resolv|solved|\bdone\b|answered|completed|rejected|declined|fixed|cancel",
    ),
)
_PATTERNS = tuple((state, re.compile(pattern)) for state, pattern in _WORDS)


@lru_cache(maxsize=4096)
def state_of(status: str | None) -> int:
    """The state a status names, `UNKNOWN` where it names none.

    Examples
    --------
    >>> [state_of(s) for s in ("Закрыто", "Не решена", "В работе", "Повторно открыто", "VIP", None)]
    [2, 1, 1, 3, 0, 0]
    """
    if not status:
        return UNKNOWN
    plain = " ".join(status.lower().replace("ё", "е").replace("_", " ").split())
    return next((state for state, pattern in _PATTERNS if pattern.search(plain)), UNKNOWN)
