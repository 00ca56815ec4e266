"""One JSON request; what a server answers is judged by its status alone."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from . import TIMEOUT, DeliveryError

LATER = (408, 425, 429)  # refusals that a later attempt may pass


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Refuse."""
        return


def post(url: str, data: Mapping[str, object], headers: Mapping[str, str]) -> None:
    """Send once.

    Raises
    ------
    DeliveryError
        Named by host and status: the address may hold a token.
    """
    body = json.dumps(data, ensure_ascii=False).encode()
    request = urllib.request.Request(
        url, body, {"Content-Type": "application/json; charset=utf-8", "User-Agent": "svc", **headers}, method="POST"
    )
    host = urlsplit(url).hostname
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            answer.read(1 << 16)
    except urllib.error.HTTPError as error:
        lasting = 300 <= error.code < 500 and error.code not in LATER
        raise DeliveryError(f"{host}: HTTP {error.code}", lasting=lasting) from None
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise DeliveryError(f"{host}: {reason}") from None
