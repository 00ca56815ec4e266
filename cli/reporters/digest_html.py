"""The digest as an HTML mail: 600 pixels wide, light and dark, no script, no picture, nothing from elsewhere.

Styles stand at the elements, as many mail programs drop a style sheet; the sheet only turns the colours for the dark.
"""

from __future__ import annotations

from html import escape

from .digest_words import Line, Page
from .escape import one_line
from .wording import QUOTE

WIDTH = 600
FONT = "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
BODY = f"margin:0;padding:0;background:#ffffff;color:#1b1f23;{FONT};font-size:15px;line-height:1.45"
TABLE = f"width:100%;max-width:{WIDTH}px"
TITLE = "font-size:20px;line-height:1.3;margin:0 0 12px"
HEAD = "font-size:16px;margin:22px 0 6px;padding-bottom:3px;border-bottom:1px solid #d0d7de"
LIST = "margin:0;padding:0 0 0 18px"
ITEM = "margin:0 0 7px;overflow-wrap:anywhere"
SMALL = "color:#57606a;font-size:13px;margin:2px 0"
QUOTED = "border-left:3px solid #d0d7de;margin:4px 0;padding:0 8px;color:#57606a"
DARK = """:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #16191d !important; color: #e6e8eb !important; }
  .soft { color: #a6adb6 !important; }
  .line { border-color: #454c55 !important; }
}"""


def render(page: Page, language: str) -> str:
    """One self-contained page."""
    parts = [
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        f"<title>{_text(page.subject)}</title>\n<style>\n{DARK}\n</style></head>",
        f'<body class="page" style="{BODY}">',
        '<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">',
        f'<table role="presentation" width="{WIDTH}" style="{TABLE}" cellpadding="0" cellspacing="0">'
        '<tr><td align="left" style="padding:16px">',
        f'<h1 style="{TITLE}">{_text(page.subject)}</h1>',
        *(f'<p class="soft" style="{SMALL}">{_text(text)}</p>' for text in page.intro),
    ]
    for section in page.sections:
        parts.append(f'<h2 class="line" style="{HEAD}">{_text(section.title)}</h2>\n<ul style="{LIST}">')
        parts += [_line(line) for line in section.lines]
        parts.append("</ul>")
    parts.append(f'<div class="line" style="{HEAD}"></div>')
    parts += [f'<p class="soft" style="{SMALL}">{_text(text)}</p>' for text in page.outro]
    return "\n".join([*parts, "</td></tr></table>", "</td></tr></table></body></html>"]) + "\n"


def _line(line: Line) -> str:
    under = "".join(f'<div class="soft" style="{SMALL}">{_text(text)}</div>' for text in line.under)
    quote = f'<div class="soft line" style="{QUOTED}">«{_text(line.quote)}»</div>' if line.quote else ""
    return f'<li style="{ITEM}">{_text(line.text)}{under}{quote}</li>'


def _text(text: str) -> str:
    return escape(one_line(text, 2 * QUOTE))
