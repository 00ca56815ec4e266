"""Pages that Telegram Desktop saves: every message is a row."""

import re
from collections.abc import Iterator

from .markup import Token
from .model import MAX_CELL
from .table import NumberedRow

COLUMNS = ("date", "customer", "text")
_MOMENT = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d{2}(?::\d{2})?")
_FIELDS = {"from_name": 1, "text": 2}


def is_telegram(tokens: Iterator[Token]) -> bool:
    """Tell whether a page is a saved chat, by the class of its messages."""
    for number, token in enumerate(tokens):
        if token.kind == "start" and token.name == "div" and "message default" in token.text:
            return "class" in token.attributes()
        if number > 5000:
            break
    return False


def message_rows(tokens: Iterator[Token]) -> Iterator[NumberedRow]:
    """Yield (number of the message, [moment, author, text]); messages that follow one of the same author are his."""
    number = depth = inside = size = 0  # depth counts open <div>, inside is where the field being read began
    field = 0
    cells: list[str] | None = None
    author = ""
    for token in tokens:
        kind, name = token.kind, token.name
        if kind == "text" or name == "br":
            if cells is not None and field and size <= MAX_CELL:
                cells[field] += re.sub(r"\s+", " ", token.text) if kind == "text" else "\n" * (kind == "start")
                size += len(token.text)
            continue
        if name != "div":
            continue
        if kind == "end":
            depth -= 1
            if field and depth < inside:
                field = 0
            continue
        depth += 1
        attributes = token.attributes()
        classes = attributes.get("class", "").split()
        if "message" in classes:
            if cells is not None:
                author = cells[1].strip() or author
                yield number, [cells[0], author, cells[2].strip()]
            number += 1
            cells, field, size = (["", "", ""] if "default" in classes else None), 0, 0
        elif cells is not None and not field:
            if "date" in classes and (found := _MOMENT.match(attributes.get("title", ""))):
                cells[0] = cells[0] or found[0]
            for wanted, place in _FIELDS.items():
                if wanted in classes and not cells[place]:
                    field, inside = place, depth
    if cells is not None:
        yield number, [cells[0], cells[1].strip() or author, cells[2].strip()]
