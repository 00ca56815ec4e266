"""A Telegram chat: ``telegram:CHAT_ID``; the bot's token is ``SVC_TELEGRAM_TOKEN``."""

from __future__ import annotations

from collections.abc import Mapping

from ...analyzers.errors import UsageError
from . import LOCAL, Message, Target
from .http import post

TOKEN, SERVER = "SVC_TELEGRAM_TOKEN", "SVC_TELEGRAM_API"
API = "https://api.telegram.org"
LIMIT = 4096  # characters of one message


def send(target: Target, message: Message, environment: Mapping[str, str]) -> None:
    """Send once, as plain text: nothing of a complaint can become markup. ``SVC_TELEGRAM_API`` names an own server.

    Raises
    ------
    UsageError
        ``send.no_token``, ``send.plain_http``.
    """
    token = environment.get(TOKEN)
    if not token:
        raise UsageError("send.no_token", name=TOKEN)
    server = environment.get(SERVER, API).rstrip("/")
    host = server.partition("://")[2].partition("/")[0].partition(":")[0]
    if not server.startswith("https://") and host not in LOCAL:
        raise UsageError("send.plain_http", host=host)
    text = message.text if len(message.text) <= LIMIT else message.text[: LIMIT - 1].rpartition("\n")[0] + "\n…"
    chat = target.path.strip("/")
    post(
        f"{server}/bot{token}/sendMessage",
        {"chat_id": chat, "text": text, "link_preview_options": {"is_disabled": True}},
        {},
    )
