"""Where a digest can be sent: one channel a file, the table of schemes here; secrets come from the environment only."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from ...analyzers.errors import UsageError

TIMEOUT = 30.0  # seconds for one attempt
SCHEMES = ("smtp", "smtps", "https", "http", "telegram")
ENV = "env:"
LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: every channel takes the form it can show."""

    subject: str
    text: str
    html: str
    key: str  # the same for every attempt to send this digest: a receiver may know it again


class DeliveryError(Exception):
    """An attempt failed; `lasting` where the next one would fail too (a refused address, a wrong password)."""

    def __init__(self, detail: str, *, lasting: bool = False) -> None:
        super().__init__(detail)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Target:
    """A place to send to, as the user wrote it; without secrets."""

    url: str
    scheme: str
    host: str
    port: int | None
    path: str
    options: Mapping[str, str]


def target(url: str, owner: str = "") -> Target:
    """A ``--send`` value taken apart; ``{owner}`` in it is the department.

    Raises
    ------
    UsageError
        ``send.scheme``, ``send.secret`` where a password stands in the address, ``send.plain_http``, ``send.missing``.
    """
    shown = _named(url).replace("{owner}", owner)
    try:
        parts = urlsplit(shown)
        port = parts.port
    except ValueError:
        raise UsageError("send.scheme", url=shown[:80], allowed=", ".join(SCHEMES)) from None
    if parts.scheme not in SCHEMES:
        raise UsageError("send.scheme", url=shown[:80], allowed=", ".join(SCHEMES))
    if parts.password is not None:
        raise UsageError("send.secret")
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        raise UsageError("send.plain_http", host=parts.hostname)
    options = dict(parse_qsl(parts.query))
    if parts.scheme in ("smtp", "smtps") and not (options.get("to") and options.get("from")):
        raise UsageError("send.missing", url=shown[:80])
    if parts.scheme != "telegram" and not parts.hostname:
        raise UsageError("send.scheme", url=shown[:80], allowed=", ".join(SCHEMES))
    name = parts.username or ""
    host = parts.hostname or ""
    if name:
        options["user"] = name
    place = parts.netloc + parts.path if parts.scheme == "telegram" else parts.path
    return Target(shown, parts.scheme, host, port, place, options)


def _named(url: str) -> str:
    """``env:NAME`` is the address in a variable: of a webhook the address itself is the secret."""
    if not url.startswith(ENV):
        return url
    found = os.environ.get(url.removeprefix(ENV))
    if not found:
        raise UsageError("send.no_token", name=url.removeprefix(ENV))
    return found


def sender(scheme: str) -> Callable[[Target, Message, Mapping[str, str]], None]:
    """The channel of a scheme: sends once or raises `DeliveryError`."""
    match scheme:
        case "smtp" | "smtps":
            from .smtp import send as by_smtp

            return by_smtp
        case "telegram":
            from .telegram import send as by_telegram

            return by_telegram
        case _:
            from .webhook import send as by_webhook

            return by_webhook
