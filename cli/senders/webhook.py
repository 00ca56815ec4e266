"""A webhook: JSON with `subject`, `text` and `html`; ``SVC_WEBHOOK_TOKEN`` becomes a bearer token."""

from __future__ import annotations

from collections.abc import Mapping

from . import Message, Target
from .http import post

TOKEN = "SVC_WEBHOOK_TOKEN"


def send(target: Target, message: Message, environment: Mapping[str, str]) -> None:
    """Send once; the key of the message is ``Idempotency-Key``, so that a receiver may drop a second copy."""
    headers = {"Idempotency-Key": message.key}
    if token := environment.get(TOKEN):
        headers["Authorization"] = f"Bearer {token}"
    post(target.url, {"subject": message.subject, "text": message.text, "html": message.html}, headers)
