"""The digest as Markdown: for a chat, a wiki, a merge request; every word of a file is escaped."""

from __future__ import annotations

from .digest_words import Page
from .escape import markdown
from .wording import QUOTE


def render(page: Page) -> str:
    """First line the verdict, then sections."""
    lines = [f"# {markdown(page.subject)}", "", *(markdown(text) for text in page.intro)]
    for section in page.sections:
        lines += ["", f"## {markdown(section.title)}", ""]
        for line in section.lines:
            lines.append(f"- {markdown(line.text)}")
            lines += [f"  - {markdown(text)}" for text in line.under]
            if line.quote:
                lines.append(f"  - «{markdown(line.quote, QUOTE)}»")
    lines += ["", *(f"*{markdown(text)}*  " for text in page.outro)]
    return "\n".join(lines) + "\n"
