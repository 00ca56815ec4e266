"""The digest as plain text: what cron mails."""

from __future__ import annotations

from ..boundary import no_command
from .digest_words import Page
from .escape import one_line
from .wording import QUOTE


def render(page: Page) -> str:
    """First line the verdict, then sections."""
    lines = [page.subject, "", *page.intro]
    for section in page.sections:
        lines += ["", section.title]
        for line in section.lines:
            lines.append(f"  {line.text}")
            lines += [f"    {text}" for text in line.under]
            if line.quote:
                lines.append(f"    «{one_line(line.quote, QUOTE)}»")
    lines += ["", *page.outro]
    return "\n".join(no_command(line) for line in lines) + "\n"
