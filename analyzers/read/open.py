"""Open an input of any known format: the content decides, the name only breaks ties."""

import os
import stat
from collections.abc import Iterator

from ..errors import EmptyInputError, InputError
from .columns import choose_columns
from .delimited import read_delimited
from .delimiter import find_header, sniff_dialect
from .excel import check_zip, read_excel
from .headers import is_known
from .inputs import spool_stdin
from .jsons import looks_like_json, read_json
from .model import ReadOptions, Record, Skipped, TableInfo
from .plain import read_plain
from .rows import RecordBuilder
from .sample import choose_encoding, read_sample, sample_lines
from .table import Reader, Table

READERS: dict[str, Reader] = {"csv": read_delimited, "excel": read_excel, "json": read_json, "txt": read_plain}
"""A new format is one function here and one answer of `sniff_format`."""

NumberedCells = tuple[int, list[str]]

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"), (b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
    (b"PAR1", "parquet"), (b"SQLite format 3\0", "sqlite"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "rar"),
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "riff"), (b"\x7fELF", "program"),
    (b"{\\rtf", "rtf"),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_NAMES = (".txt", ".text", ".md", ".log", "")
_JSON_NAMES = (".json", ".jsonl", ".ndjson")


def open_table(path: str, options: ReadOptions) -> tuple[TableInfo, Iterator[Record | Skipped]]:
    """Open `path` (`-` is standard input) and return how it is read, and the stream of its records.

    Rows wholly blank are left out; every other row comes as a Record or a Skipped. Notes with counts are added to
    the returned facts when the stream has ended.

    Raises
    ------
    InputError, UsageError
        With codes beginning with ``read.``.
    """
    table = _open(path, options)
    choose_columns(table.info, table.sample, options)
    return table.info, RecordBuilder(table, options).records()


def inspect_input(path: str, options: ReadOptions, limit: int = 200) -> TableInfo:
    """Return how `path` would be read, judged by its first `limit` rows; without a text column it raises as well."""
    table = _open(path, options)
    choose_columns(table.info, table.sample[: max(1, limit)], options)
    return table.info


def open_rows(path: str, options: ReadOptions) -> tuple[NumberedCells | None, list[NumberedCells]]:
    """Return the header, if the table has one, and all rows of a small table, as (row number, cells).

    Raises
    ------
    InputError, UsageError
        With codes beginning with ``read.``.
    """
    table = _open(path, options)
    rows = [(number, cells) for number, cells in table.rows() if isinstance(cells, list)]
    number = table.info.header_row
    return (None if number is None else (number, table.info.columns)), rows


def sniff_format(path: str, source: str, options: ReadOptions) -> str:
    """Return the name of the reader for a file.

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
        if _holds(path, "EncryptedPackage".encode("utf-16-le")):
            raise InputError("read.encrypted", path=source)
        return "excel"
    for magic, kind in _MAGIC:
        if sample.startswith(magic):
            raise InputError("read.unsupported", path=source, kind=kind)
    info = TableInfo(source, "")
    encoding = choose_encoding(sample, options, info, complete=complete)
    if not encoding.startswith("utf-16") and not encoding.startswith("utf-32") and _is_binary(sample):
        raise InputError("read.binary", path=source)
    lines, complete = sample_lines(path, encoding)
    head = "".join(lines[:20])[:4000].lstrip("\ufeff \t\r\n").lower()
    if not any(line.strip("\ufeff \t\r\n") for line in lines) and complete:
        raise EmptyInputError("read.empty", path=source)
    extension = os.path.splitext(source if source != "stdin" else "")[1].lower()
    if looks_like_json(head, named=extension in _JSON_NAMES):
        return "json"
    if head.startswith(("<!doctype html", "<html", "<table", "<?xml", "<meta", "<style")):
        raise InputError("read.unsupported", path=source, kind="xml" if head.startswith("<?xml") else "html")
    if extension in _TEXT_NAMES and not options.delimiter and (options.split or not _is_table(lines, complete)):
        return "txt"
    return "csv"


def _open(path: str, options: ReadOptions) -> Table:
    source = path
    if path == "-":
        source, path = "stdin", spool_stdin()
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise InputError("read.is_directory", path=source)
        return READERS[sniff_format(path, source, options)](path, source, options)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("read.not_found", path=source) from error
    except PermissionError as error:
        raise InputError("read.no_permission", path=source) from error
    except (OSError, ValueError) as error:  # a NUL in the path is a ValueError
        raise InputError("read.failed", path=source, detail=str(error)) from error


def _sniff_zip(path: str, source: str) -> str:
    names = check_zip(path, source)
    if any(name.startswith("xl/") for name in names) or {"content.xml", "mimetype"} <= set(names):
        return "excel"
    kind = "docx" if any(name.startswith("word/") for name in names) else "zip"
    raise InputError("read.unsupported", path=source, kind=kind)


def _holds(path: str, needle: bytes) -> bool:
    """Search a file for `needle` in bounded memory."""
    tail = b""
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            if needle in tail + block:
                return True
            tail = block[-len(needle) :]
    return False


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
