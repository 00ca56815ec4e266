"""The first look at a text file: its beginning, its encoding, its first lines."""

import codecs
import re

from ..errors import SvcError
from .encoding import check_encoding, detect_encoding
from .lines import Lines
from .model import ReadOptions, TableInfo

SAMPLE_BYTES = 1 << 20
SAMPLE_LINES = 4000
_SEARCH_BYTES = 1 << 26
_DECLARED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?([A-Za-z][\w.\-]{2,20})", re.IGNORECASE)


def read_sample(path: str) -> tuple[bytes, bool]:
    """Return the first megabyte of a file and whether that is all of it.

    Where it is plain ASCII, the first later piece that is not stands at its end: an export may begin with a
    thousand numbers before the first Russian letter.
    """
    with open(path, "rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
        complete = len(sample) < SAMPLE_BYTES
        if complete or not sample.isascii():
            return sample, complete
        seen = 0
        while (block := stream.read(SAMPLE_BYTES)) and seen < _SEARCH_BYTES:
            seen += len(block)
            if not block.isascii():
                return sample + block, False
    return sample, False


def choose_encoding(sample: bytes, options: ReadOptions, info: TableInfo, *, complete: bool) -> str:
    """Note in `info` and return the encoding that the option names, or the sample shows, or the file declares."""
    if options.encoding:
        info.encoding, info.encoding_reason = check_encoding(options.encoding), "option"
        return info.encoding
    name, reason = detect_encoding(sample, complete=complete)
    if reason == "letters" and (declared := _declared(sample)):
        name, reason = declared, "declared"
    info.encoding, info.encoding_reason = name, reason
    return name


def _declared(sample: bytes) -> str | None:
    """The code page that an XML declaration or a page's <meta> names, where it is one that can be."""
    found = _DECLARED.search(sample[:2048]) if sample.lstrip()[:1] == b"<" else None
    try:
        name = codecs.lookup(check_encoding(found[1].decode("ascii"))).name if found else None
    except (SvcError, LookupError):
        return None
    return name if name and not name.startswith(("utf", "ascii")) else None


def sample_lines(path: str, encoding: str) -> tuple[list[str], bool]:
    """Return the first lines of a file, and whether they are all."""
    lines: list[str] = []
    size = 0
    with open(path, "rb") as stream:
        for line in Lines(stream, encoding):
            lines.append(line)
            size += len(line)
            if len(lines) >= SAMPLE_LINES or (size > SAMPLE_BYTES and len(lines) > 3) or size > 16 * SAMPLE_BYTES:
                return lines, False
    return lines, True
