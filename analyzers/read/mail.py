"""Letters: .eml files and .mbox boxes."""

import email
import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from functools import partial
from typing import cast

from ..errors import EmptyInputError
from .encoding import detect_encoding
from .html_tables import page_text
from .model import ReadOptions, TableInfo
from .table import SAMPLE_ROWS, NumberedRow, Table

MAX_LETTER = 1 << 25
"""Bytes of a letter kept; attachments behind them are not looked at."""
MAX_PARTS = 200
COLUMNS = ("text", "title", "date", "customer", "id")

_HEADER = re.compile(
    rb"(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-[\w-]+|"
    rb"X-[\w-]+|Reply-To|Sender|DKIM-Signature|Authentication-Results|References|In-Reply-To|ARC-[\w-]+|List-[\w-]+)"
    rb":[ \t\r\n]",
    re.IGNORECASE,
)
_TELLING = re.compile(
    rb"^(?:From|Received|Return-Path|Subject|Message-ID|MIME-Version|Delivered-To):", re.IGNORECASE | re.MULTILINE
)
_BOX = re.compile(rb"From \S+ .*\d{4}\s*\r?\n")


def looks_like_mail(head: bytes) -> str | None:
    """Return ``eml``, ``mbox`` or None for a file beginning with `head`."""
    head = head.lstrip(b"\xef\xbb\xbf\r\n")[:8000]
    box = _BOX.match(head)
    headers = re.split(rb"\r?\n\r?\n", head[box.end() :] if box else head, maxsplit=1)[0]
    lines = [line for line in headers.splitlines() if line and line[:1] not in b" \t"]
    known = sum(_HEADER.match(line + b"\n") is not None for line in lines)
    if known >= 2 and known * 2 > len(lines) and len(_TELLING.findall(headers)) >= 2:
        return "mbox" if box else "eml"
    return None


def read_mail(path: str, source: str, options: ReadOptions) -> Table:
    """Open a letter or a box of letters; letters are numbered from 1."""
    with open(path, "rb") as stream:
        kind = looks_like_mail(stream.read(1 << 16)) or "eml"
    info = TableInfo(source, kind, columns=list(COLUMNS))
    files: list[int] = []
    rows = partial(_rows, path, kind, files)
    sample: list[list[str]] = []
    for _, cells in rows():
        if isinstance(cells, list):
            sample.append(cells)
        if len(sample) == SAMPLE_ROWS:
            break
    if not any(cells[0].strip() for cells in sample):
        raise EmptyInputError("read.empty", path=source)

    def finish() -> None:
        if sum(files):
            info.note("attachments", count=sum(files))

    return Table(info, sample, rows, finish)


def _rows(path: str, kind: str, files: list[int]) -> Iterator[NumberedRow]:
    files.clear()
    for number, data in enumerate(_letters(path) if kind == "mbox" else iter([_first(path)]), 1):
        cells, attached = parse_letter(data)
        files.append(attached)
        yield number, cells


def _first(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read(MAX_LETTER)


def _letters(path: str) -> Iterator[bytes]:
    """The letters of a box: each begins with a line `From …` after an empty one."""
    kept: list[bytes] = []
    size, empty = 0, True
    with open(path, "rb") as stream:
        while line := stream.readline(1 << 20):
            if empty and _BOX.match(line):
                if kept:
                    yield b"".join(kept)
                kept, size = [], 0
            elif size < MAX_LETTER:
                kept.append(line[1:] if line.startswith(b">From ") else line)
                size += len(line)
            empty = not line.strip()
    if kept:
        yield b"".join(kept)


def parse_letter(data: bytes) -> tuple[list[str], int]:
    """Return the cells of a letter in the order of COLUMNS, and how many files were attached to it."""
    try:
        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
    except (ValueError, LookupError, RecursionError, AssertionError, IndexError, TypeError):
        return [_decoded(data, None), "", "", "", ""], 0
    text, attached = _body(message)
    name, address = parseaddr(_header(message, "From"))
    date = ""
    try:
        moment: datetime = parsedate_to_datetime(str(message.get("Date", "")))
        date = moment.isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z")
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    identity = _header(message, "Message-ID").strip("<> ")
    return [text, _header(message, "Subject"), date.replace(" ", "T"), address or name, identity], attached


def _header(message: Message, name: str) -> str:
    raw = message.get(name)
    if raw is None:
        return ""
    pieces: list[str] = []
    try:
        found = decode_header(raw)
    except (ValueError, LookupError, MessageError):  # base64 cut in the middle
        return " ".join(str(raw).split())
    for data, charset in cast("list[tuple[str | bytes, str | None]]", found):
        if isinstance(data, str):
            pieces.append(data)
        elif (charset or "").lower() in ("", "unknown-8bit"):
            pieces.append(data.decode("ascii") if data.isascii() else _decoded(data, None))
        else:
            pieces.append(_decoded(data, charset))
    return " ".join("".join(pieces).split())


def _body(message: Message) -> tuple[str, int]:
    """Return the text of a letter (the plain part, else the HTML one), and the number of files in it."""
    plain = page = ""
    attached = 0
    try:
        parts = list(message.walk())[:MAX_PARTS]
    except RecursionError:
        parts = [message]
    for part in parts:
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            attached += 1
            continue
        if (kind == "text/html" and page) or (kind != "text/html" and plain):
            continue
        text = _payload(part)
        if kind == "text/html":
            page = page_text(text)
        else:
            plain = text
    text = plain if plain.strip() else page
    return text.replace("\r\n", "\n").replace("\0", "").strip(), attached


def _payload(part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, TypeError):
        data = None
    if not isinstance(data, bytes):
        return str(part.get_payload() or "")
    try:
        charset = part.get_content_charset()
    except (ValueError, LookupError, TypeError):
        charset = None
    return _decoded(data, charset)


def _decoded(data: bytes, charset: str | None) -> str:
    """Decode by the name given where it fits, else by the look of the bytes."""
    if charset and charset.lower() not in ("us-ascii", "ascii"):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            pass
    found = detect_encoding(data, complete=True)[0]
    return data.decode(found, "replace").lstrip("\ufeff")
