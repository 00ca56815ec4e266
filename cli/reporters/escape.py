"""Customers' words made harmless, format by format: nothing of a file may become markup, a formula or a command."""

from __future__ import annotations

import re
from urllib.parse import quote as percent

from ..boundary import clean, no_command

_FORMULA = "=+-@＝＋－＠"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKDOWN = re.compile(r"[\\`*_\[\]|~]")
# a backslash would not keep these from tags, addresses and formulas
_ENTITY = re.compile("[&<>$\"']|:(?=//)|(?<=www)\\.", re.IGNORECASE)
# GitHub looks for @names and #numbers in the finished page, where an entity is a sign again: a comment parts them
_MENTION = re.compile("[@#](?=\\w)")


def one_line(text: str, limit: int | None = None) -> str:
    """Printable text on one line, cut with an ellipsis.

    >>> one_line("a\\n b\\x1b[31m", 4)
    'a b…'
    """
    flat = " ".join(clean(text).split())
    return flat if limit is None or len(flat) <= limit else flat[: limit - 1] + "…"


def cell(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula (CWE-1236).

    >>> cell(" =1+1"), cell("плохо")
    ("'=1+1", 'плохо')
    """
    flat = no_command(one_line(text))
    return "'" + flat if flat[:1] and flat[0] in _FORMULA else flat


def markdown(text: str, limit: int | None = None) -> str:
    """Text that Markdown shows as it is: no tag, link, mention, emoji, formula or table border.

    >>> markdown("<b>[x](y)</b> @me")
    '&#60;b&#62;\\\\[x\\\\](y)&#60;/b&#62; @<!-- -->me'
    """
    escaped = _MARKDOWN.sub(r"\\\g<0>", one_line(text, limit))
    escaped = _MENTION.sub("\\g<0>\0", escaped)  # no text has a NUL here any more
    return _ENTITY.sub(lambda match: f"&#{ord(match[0])};", escaped).replace("\0", "<!-- -->")


def xml(text: str) -> str:
    """Text or attribute of XML 1.0: characters it lacks are left out.

    >>> xml('<a b="\\x00]]>">')
    '&lt;a b=&quot;]]&gt;&quot;&gt;'
    """
    text = _NOT_XML.sub("", clean(text))
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("##", "#&#35;")):
        text = text.replace(char, entity)
    return text


def command_data(text: str) -> str:
    """The message of a workflow command.

    >>> command_data("50%\\n::error::x")
    '50%25 ::error::x'
    """
    return no_command(one_line(text)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """A property of a workflow command.

    >>> command_property("a:b,c")
    'a%3Ab%2Cc'
    """
    return command_data(text).replace(":", "%3A").replace(",", "%2C")


def label(text: str) -> str:
    """A label value of OpenMetrics.

    >>> label('a"b')
    'a\\\\"b'
    """
    return no_command(one_line(text)).replace("\\", "\\\\").replace('"', '\\"')


def path_of(source: str) -> str:
    """A source as a relative path with slashes; standard input has a name of its own."""
    flat = one_line(source).replace("\\", "/").removeprefix("./")
    return "stdin" if flat in ("", "-") else flat


def uri(source: str) -> str:
    """A source as a URI reference.

    >>> uri("жалобы 1.csv"), uri("/tmp/a.csv")
    ('%D0%B6%D0%B0%D0%BB%D0%BE%D0%B1%D1%8B%201.csv', 'file:///tmp/a.csv')
    """
    path = path_of(source)
    quoted = percent(path.encode("utf-8", "replace"))
    return f"file://{quoted}" if path.startswith("/") else quoted
