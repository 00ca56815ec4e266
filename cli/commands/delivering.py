"""The outbox: a digest is put there before it is sent, and leaves it only when it has arrived."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..boundary import warn
from ..messages import say
from ..reporters.digest import render, subject
from ..senders import ENV, DeliveryError, Message, sender, target

if TYPE_CHECKING:
    from ...analyzers.digest import Digest
    from ...analyzers.store import Delivery, Store

PAUSES = (1.0, 4.0)  # seconds between the attempts of one run


def moment() -> str:
    """Now in UTC, or ``SOURCE_DATE_EPOCH``."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    return now.replace(microsecond=0).isoformat()


def post(store: Store, digest: Digest, urls: Sequence[str], language: str) -> None:
    """Put a digest into the outbox, once for each address."""
    title = subject(digest, language)
    body = json.dumps(
        {"text": render("text", digest, language), "html": render("html", digest, language)}, ensure_ascii=False
    )
    for url in urls:
        target(url, digest.owner)  # refused before anything waits
        shown = url if url.startswith(ENV) else url.replace("{owner}", digest.owner)
        store.post(digest.period, digest.owner, shown, title, digest.news(), body, moment())


def send_waiting(store: Store, *, keep_body: bool, pauses: Sequence[float] = PAUSES) -> int:
    """Send all that waits, oldest first; how many still wait afterwards.

    One address that fails does not stop the others. A process killed between the sending and the note of it sends
    again next time: a digest may come twice, never not at all; its key (Message-ID, Idempotency-Key) stays the same.
    """
    left = 0
    for waiting in store.waiting():
        detail = _attempts(waiting, pauses)
        if detail is None:
            store.delivered(waiting.id, moment(), keep_body=keep_body)
        else:
            store.failed(waiting.id)
            left += 1
            warn(say("send.failed", None, target=_shown(waiting.target), subject=waiting.subject, detail=detail))
    return left


def _attempts(waiting: Delivery, pauses: Sequence[float]) -> str | None:
    """Try, and try again after each pause; None when it has arrived, else why not."""
    forms = json.loads(waiting.body or "{}")
    key = hashlib.blake2b(f"{waiting.made}|{waiting.id}|{waiting.target}".encode(), digest_size=12).hexdigest()
    message = Message(waiting.subject, forms.get("text", ""), forms.get("html", ""), key)
    where = target(waiting.target, waiting.owner)
    detail = ""
    for pause in (*pauses, None):
        try:
            sender(where.scheme)(where, message, os.environ)
        except DeliveryError as error:
            detail = str(error)
            if error.lasting or pause is None:
                return detail
            time.sleep(pause)
        else:
            return None
    return detail


def _shown(url: str) -> str:
    """An address without what may be secret: the path and query of a webhook."""
    where = target(url)
    if where.scheme in ("smtp", "smtps"):
        return where.options["to"]
    return "telegram" if where.scheme == "telegram" else f"{where.scheme}://{where.host}/…"
