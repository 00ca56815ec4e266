"""Which reader a file needs: the content decides, the name only breaks ties."""

import os

from ..errors import EmptyInputError, InputError
from .delimiter import find_header, sniff_dialect
from .excel import check_zip
from .fixed import find_layout
from .headers import is_known
from .jsons import looks_like_json
from .mail import looks_like_mail
from .model import ReadOptions, TableInfo
from .packed import compression
from .sample import choose_encoding, read_sample, sample_lines

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf", "7z"), (b"Rar!", "rar"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"),
    (b"RIFF", "riff"), (b"\x7fELF", "program"), (b"MZ\x90", "program"), (b"{\\rtf", "rtf"), (b"!BDN", "pst"),
    (b"ID;PCALC", "slk"), (b"ID;PWXL", "slk"), (b"TABLE\r\n0,1", "dif"), (b"TABLE\n0,1", "dif"),
)  # fmt: skip
_READ_MAGIC = ((b"%PDF-", "pdf"), (b"PAR1", "parquet"), (b"SQLite format 3\0", "sqlite"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_OTHERS = (("WordDocument", "doc"), ("__substg1.0_", "msg"), ("PowerPoint Document", "ppt"))
_TEXT_NAMES = (".txt", ".text", ".md", ".log", "")
_OTHER_TEXT = (".sql", ".yaml", ".yml")
_JSON_NAMES = (".json", ".jsonl", ".ndjson")
_MARKUP = ("<!doctype html", "<html", "<table", "<meta", "<style", "<body", "<div", "<head", "<tr", "<p>", "<br")


def sniff_format(path: str, source: str, name: str, options: ReadOptions) -> str:
    """Return the name of the reader for a file; `name` is what it is called where it lies (or inside an archive).

    Raises
    ------
    InputError
        ``read.empty``, ``read.binary``, ``read.unsupported``, ``read.encrypted``, ``read.zip_bomb``, ``read.damaged``.
    """
    sample, complete = read_sample(path)
    if not sample:
        raise EmptyInputError("read.empty", path=source)
    if sample.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_zip(path, source)
    if sample.startswith(_OLE):
        return _sniff_ole(path, source)
    if packed := compression(sample):
        return packed
    for magic, kind in _READ_MAGIC:
        if sample.startswith(magic):
            return kind
    for magic, kind in _MAGIC:
        if sample.startswith(magic):
            raise InputError("read.unsupported", path=source, kind=kind)
    if name.lower().endswith(".dbf") and sample[0] in (0x03, 0x30, 0x31, 0x83, 0x8B, 0xF5):
        raise InputError("read.unsupported", path=source, kind="dbf")
    return _sniff_text(path, source, name, options, sample, complete=complete)


def _sniff_text(path: str, source: str, name: str, options: ReadOptions, sample: bytes, *, complete: bool) -> str:
    info = TableInfo(source, "")
    encoding = choose_encoding(sample, options, info, complete=complete)
    if not encoding.startswith(("utf-16", "utf-32")):
        if looks_like_mail(sample):
            return "mail"
        if _is_binary(sample):
            raise InputError("read.binary", path=source)
    lines, complete = sample_lines(path, encoding)
    head = "".join(lines[:20])[:4000].lstrip("\ufeff \t\r\n").lower()
    if not any(line.strip("\ufeff \t\r\n") for line in lines) and complete:
        raise EmptyInputError("read.empty", path=source)
    extension = os.path.splitext(name)[1].lower()
    if head.startswith("<") and "<office:document " in head:  # a cell of a table may hold the words too
        raise InputError("read.unsupported", path=source, kind="fods")
    if extension in _OTHER_TEXT and not options.delimiter and not options.split:
        raise InputError("read.unsupported", path=source, kind=extension[1:])
    if looks_like_json(head, named=extension in _JSON_NAMES):
        return "json"
    if markup := _sniff_markup(head, extension):
        return markup
    if not options.delimiter and not options.split and find_layout(lines) is not None:
        return "fixed"
    if extension in _TEXT_NAMES and not options.delimiter and (options.split or not _is_table(lines, complete)):
        return "txt"
    return "csv"


def _sniff_markup(head: str, extension: str) -> str | None:
    """Return html, xml, spreadsheetml or None."""
    if not head.startswith("<"):
        return None
    if "urn:schemas-microsoft-com:office:spreadsheet" in head or head.startswith("<workbook"):
        # Excel also puts its namespaces on the <html> of a page
        return "html" if "<html" in head else "spreadsheetml"
    if "<html" in head or "<!doctype html" in head or head.startswith(_MARKUP):
        return "html"
    if head.startswith("<?xml") or extension == ".xml":
        return "xml"
    if extension in (".html", ".htm", ".xls"):
        return "html"
    return "xml" if head[1:2].isalpha() and "</" in head else None


def _sniff_zip(path: str, source: str) -> str:
    names = set(check_zip(path, source))
    if any(name.startswith("xl/") for name in names) or {"content.xml", "mimetype"} <= names:
        return "excel"
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("ppt/") for name in names):
        raise InputError("read.unsupported", path=source, kind="pptx")
    return "zip"


def _sniff_ole(path: str, source: str) -> str:
    """Old Office files and locked new ones share one container: the names inside, in UTF-16, tell them apart."""
    kinds = [("EncryptedPackage", "encrypted"), *_OLE_OTHERS]
    needles = [text.encode("utf-16-le") for text, _ in kinds]
    found = _first_held(path, needles)
    if found == 0:
        raise InputError("read.encrypted", path=source)
    if found is not None:
        raise InputError("read.unsupported", path=source, kind=kinds[found][1])
    return "excel"


def _first_held(path: str, needles: list[bytes]) -> int | None:
    """Search a file for the first of `needles` that it holds, in bounded memory."""
    held: set[int] = set()
    tail = b""
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            held.update(i for i, needle in enumerate(needles) if needle in tail + block)
            tail = block[-80:]
    return min(held, default=None)


def _is_binary(sample: bytes) -> bool:
    """Control characters no text has. Some NULs are forgiven: exports from old databases pad cells with them."""
    head = sample[: 1 << 16]
    controls = len(head) - len(head.translate(None, bytes((*range(1, 9), *range(14, 27), *range(28, 32)))))
    return controls > 0.02 * len(head) or head.count(0) > 0.3 * len(head)


def _is_table(lines: list[str], complete: bool) -> bool:
    """Tell whether a nameless or .txt file is a table: a header with a known name above even records."""
    dialect = sniff_dialect(lines, complete=complete)
    if dialect.delimiter is None:
        return False
    records = [record for record in dialect.parse(lines[:30]) if any(record)]
    header = find_header(records)
    return header is not None and len(records[header]) > 1 and any(map(is_known, records[header]))
