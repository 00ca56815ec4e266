"""Open an input of any known format."""

import os
import stat
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from ..errors import EmptyInputError, InputError, SvcError, UsageError
from .columns import choose_columns
from .delimited import read_delimited
from .docx import read_docx
from .excel import read_excel
from .fixed import read_fixed
from .html_tables import read_html
from .inputs import data_members, spool_pipe, spool_stdin
from .jsons import read_json
from .mail import read_mail
from .model import ReadOptions, Record, Skipped, TableInfo
from .packed import SEPARATOR, Unpacked, inner_name, unpack, unpack_member, zip_members
from .parquet import read_parquet
from .pdf import read_pdf
from .plain import read_plain
from .rows import RecordBuilder
from .sniff import sniff_format
from .spreadsheetml import read_spreadsheetml
from .sql import is_url, read_database, read_sqlite
from .table import NumberedRow, Reader, Table
from .xml_records import read_xml

READERS: dict[str, Reader] = {
    "csv": read_delimited, "excel": read_excel, "json": read_json, "txt": read_plain, "html": read_html,
    "xml": read_xml, "spreadsheetml": read_spreadsheetml, "mail": read_mail, "docx": read_docx, "pdf": read_pdf,
    "parquet": read_parquet, "sqlite": read_sqlite, "fixed": read_fixed,
}  # fmt: skip
"""A new format is one function here and one answer of `sniff_format`."""
MAX_NESTED = 3
"""Archives in archives: deeper ones are bombs."""

NumberedCells = tuple[int, list[str]]


def open_table(path: str, options: ReadOptions) -> tuple[TableInfo, Iterator[Record | Skipped]]:
    """Open `path` (`-` is standard input, a URL a database) and return how it is read, and the stream of its records.

    Rows wholly blank are left out; every other row comes as a Record or a Skipped. Notes with counts are added to
    the returned facts when the stream has ended.

    Raises
    ------
    InputError, UsageError
        With codes beginning with ``read.``; while streaming, ``read.damaged`` or ``read.failed``.
    """
    table = _open(path, options)
    choose_columns(table.info, table.sample, options)
    return table.info, _told_while(RecordBuilder(table, options).records(), table.info.source)


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
    with _told(table.info.source):
        rows = [(number, cells) for number, cells in table.rows() if isinstance(cells, list)]
    number = table.info.header_row
    return (None if number is None else (number, table.info.columns)), rows


def is_about_one_file(error: SvcError) -> bool:
    """Tell whether an error concerns one input only, so that other inputs may still be read.

    A damaged or empty file does, and a file without the column or sheet that an option names; a misspelt encoding
    or time zone fails everywhere.
    """
    return isinstance(error, InputError) or error.code in ("read.no_column", "read.no_sheet")


def _open(path: str, options: ReadOptions) -> Table:
    if is_url(path) and not os.path.exists(path):
        return read_database(path, options)
    source = name = path
    with _told(source):
        if path == "-":
            source, name, path = "stdin", "", spool_stdin()
        elif SEPARATOR in path and not os.path.exists(path):
            archive, _, member = path.partition(SEPARATOR)
            if not os.path.isfile(archive):
                raise InputError("read.not_found", path=archive)
            return _unpacked(unpack_member(archive, source, member), source, member, options, nested=1)
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise InputError("read.is_directory", path=source)
        if stat.S_ISFIFO(mode):
            path = spool_pipe(path)
        elif not stat.S_ISREG(mode) and path != os.devnull:
            raise InputError("read.not_a_file", path=source)
        return _read(path, source, name, options, nested=0)


def _read(path: str, source: str, name: str, options: ReadOptions, *, nested: int) -> Table:
    kind = sniff_format(path, source, name, options)
    if kind == "zip":
        members = data_members(path, source)
        inside = members or sorted(zip_members(path, source))
        if not inside:
            raise EmptyInputError("read.empty", path=source)
        if len(members) != 1 or nested >= MAX_NESTED:
            raise InputError("read.archive_members", path=source, members=inside[:10], separator=SEPARATOR)
        return _unpacked(unpack_member(path, source, members[0]), source, members[0], options, nested=nested + 1)
    if kind in ("gzip", "bzip2", "xz", "zstd"):
        if nested >= MAX_NESTED:
            raise InputError("read.unsupported", path=source, kind=kind)
        return _unpacked(unpack(path, source, kind), source, inner_name(name), options, nested=nested + 1)
    if options.query and kind != "sqlite":
        raise UsageError("read.query_not_database", path=source)
    return READERS[kind](path, source, options)


def _unpacked(unpacked: Unpacked, source: str, name: str, options: ReadOptions, *, nested: int) -> Table:
    """Open what was packed; where the packed file was cut, tell how many rows came out of it."""
    table = _read(unpacked.path, source, name, options, nested=nested)
    if not unpacked.cut:
        return table
    inner, finish, seen = table.rows, table.finish, [0]

    def rows() -> Iterator[NumberedRow]:
        seen[0] = 0
        for row in inner():
            seen[0] += 1
            yield row

    def told() -> None:
        finish()
        table.info.note("packed_cut", count=seen[0])

    table.rows, table.finish = rows, told
    return table


@contextmanager
def _told(source: str) -> Generator[None]:
    """Turn the system's errors into ours."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError("read.not_found", path=source) from error
    except PermissionError as error:
        raise InputError("read.no_permission", path=source) from error
    except (OSError, ValueError) as error:  # a NUL in the path is a ValueError
        raise InputError("read.failed", path=source, detail=str(error)) from error


def _told_while(records: Iterator[Record | Skipped], source: str) -> Iterator[Record | Skipped]:
    with _told(source):
        yield from records
