"""The digest as an HTML mail: styles inline, no script, no picture, nothing from elsewhere."""

from __future__ import annotations

from html import escape

from .digest_words import Line, Page
from .escape import one_line
from .wording import QUOTE

BODY = (
    "font:15px/1.45 -apple-system,'Segoe UI',Roboto,sans-serif;color:#1b1f23;max-width:44em;margin:0 auto;padding:12px"
)
HEAD = "font-size:16px;margin:20px 0 6px"
SMALL = "color:#57606a;font-size:13px;margin:2px 0"
QUOTED = "border-left:3px solid #d0d7de;margin:4px 0;padding:0 8px;color:#57606a"


def render(page: Page, language: str) -> str:
    """One self-contained page."""
    parts = [
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{_text(page.subject)}</title>'
        f'</head>\n<body style="{BODY}">',
        f'<h1 style="font-size:20px">{_text(page.subject)}</h1>',
        *(f"<p>{_text(text)}</p>" for text in page.intro),
    ]
    for section in page.sections:
        parts.append(f'<h2 style="{HEAD}">{_text(section.title)}</h2>\n<ul>')
        parts += [_line(line) for line in section.lines]
        parts.append("</ul>")
    parts += [f'<p style="{SMALL}">{_text(text)}</p>' for text in page.outro]
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _line(line: Line) -> str:
    under = "".join(f'<div style="{SMALL}">{_text(text)}</div>' for text in line.under)
    quote = f'<div style="{QUOTED}">«{_text(line.quote)}»</div>' if line.quote else ""
    return f"<li>{_text(line.text)}{under}{quote}</li>"


def _text(text: str) -> str:
    return escape(one_line(text, 2 * QUOTE))
