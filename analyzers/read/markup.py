"""A tolerant scanner of HTML and XML: one pass in bounded memory, broken markup is read as far as it goes.

No parser of the standard library fits: the XML ones stop at the first fault and expand entities (a bomb), the HTML one
takes quadratic time on an unclosed tag. Here only the five standard entities and the named ones of HTML are known.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_TAG = 1 << 18
"""A `<` without its `>` in so many characters is text."""
MAX_SECTION = 1 << 24
"""The same for comments, CDATA and scripts."""

_TAG = re.compile(r"""<(/?)([^\W\d][\w:.\-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
_LOOSE = re.compile(r"<(/?)([^\W\d][\w:.\-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SECTIONS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
_RAW = ("script", "style")


class Token(NamedTuple):
    """A piece of markup: `kind` is start, end or text; an empty element gives a start and an end."""

    kind: str
    name: str
    text: str

    def attributes(self) -> dict[str, str]:
        """The attributes of a start tag, names in small letters and without a namespace."""
        found = _ATTRIBUTE.findall(self.text)
        return {key.lower().rpartition(":")[2]: html.unescape(a or b or c) for key, a, b, c in found}


def scan(blocks: Iterator[str], *, xml: bool = False) -> Iterator[Token]:
    """Yield the tokens of a markup text given in pieces.

    Parameters
    ----------
    blocks : iterator of str
    xml : bool
        Names keep their case and `<script>` is an element like any other; in HTML names are in small letters.
    """
    buffer, place, ended = "", 0, False
    want = 0
    raw = ""  # the element whose content is not markup
    while True:
        start = buffer.find("<", place) if not raw else _find_end(buffer, raw, place)
        if start < 0:
            stop = len(buffer) if ended else max(place, _text_end(buffer, place, raw))
            if stop > place and not raw:
                yield Token("text", "", html.unescape(buffer[place:stop]))
            if ended:
                return
            buffer, place = buffer[stop:], 0
            buffer, ended = _more(buffer, blocks, 0)
            continue
        if start > place and not raw:
            yield Token("text", "", html.unescape(buffer[place:start]))
        place, raw = start, ""
        stop, tokens = _tag(buffer, place, xml=xml)
        if stop is None:
            if not ended and len(buffer) - place <= (
                MAX_SECTION if buffer.startswith(("<!", "<?"), place) else MAX_TAG
            ):
                # twice as much after each failure, or an unclosed tag would be searched again for every block
                want = max(2 * (len(buffer) - place), 1 << 12)
                buffer, ended = _more(buffer[place:], blocks, want)
                place = 0
                continue
            yield Token("text", "", "<")
            place += 1
            continue
        yield from tokens
        place = stop
        if not xml and tokens and tokens[-1].kind == "start" and tokens[-1].name in _RAW:
            raw = tokens[-1].name


def _more(buffer: str, blocks: Iterator[str], want: int) -> tuple[str, bool]:
    pieces, size = [buffer], len(buffer)
    while True:
        block = next(blocks, None)
        if block is None:
            return "".join(pieces), True
        pieces.append(block)
        size += len(block)
        if size >= want:
            return "".join(pieces), False


def _find_end(buffer: str, name: str, place: int) -> int:
    found = re.compile(rf"</{name}", re.IGNORECASE).search(buffer, place)
    return found.start() if found else -1


def _text_end(buffer: str, place: int, raw: str) -> int:
    """Where text may be cut: not inside an entity, nor inside `</script`."""
    if raw:
        return len(buffer) - 16
    sign = buffer.rfind("&", max(place, len(buffer) - 32))
    return sign if sign >= 0 else len(buffer)


def _tag(buffer: str, place: int, *, xml: bool) -> tuple[int | None, tuple[Token, ...]]:
    """Return where the markup at `place` ends and its tokens; None where more text is needed."""
    for opening, closing in _SECTIONS:
        if buffer.startswith(opening, place):
            stop = buffer.find(closing, place + len(opening))
            if stop < 0:
                return None, ()
            text = buffer[place + len(opening) : stop]
            return stop + len(closing), (Token("text", "", text),) if opening == "<![CDATA[" else ()
    found = _TAG.match(buffer, place) or _LOOSE.match(buffer, place)
    if not found:
        following = buffer[place + 1 : place + 3].lstrip("/")[:1]
        if following and not (following.isalpha() or following == "_"):
            return place + 1, (Token("text", "", "<"),)
        if buffer.find(">", place) >= 0 and buffer.find("<", place + 1) >= 0:
            return place + 1, (Token("text", "", "<"),)
        return None, ()
    name = found[2] if xml else found[2].lower()
    if found[1]:
        return found.end(), (Token("end", name, ""),)
    start = Token("start", name, found[3])
    return found.end(), (start, Token("end", name, "")) if found[3].endswith("/") else (start,)
