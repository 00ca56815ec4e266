"""The digest in one of its formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..boundary import json_text

if TYPE_CHECKING:
    from ...analyzers.digest import Digest

FORMATS = ("text", "md", "html", "json")


def render(kind: str, digest: Digest, language: str) -> str:
    """A digest as text, Markdown, HTML or JSON; the first line of text and Markdown is the verdict."""
    if kind == "json":
        return json_text(digest.to_json(), indent=1) + "\n"
    from .digest_words import words

    page = words(digest, language)
    match kind:
        case "md":
            from .digest_md import render as as_md

            return as_md(page)
        case "html":
            from .digest_html import render as as_html

            return as_html(page, language)
        case _:
            from .digest_text import render as as_text

            return as_text(page)


def subject(digest: Digest, language: str) -> str:
    """The verdict: first line and subject."""
    from .digest_words import words

    return words(digest, language).subject
