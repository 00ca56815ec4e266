"""Databases: SQLite through the standard library, PostgreSQL and others through the extra `svc-upgrade[sql]`."""

import contextlib
import importlib.util
import os
import re
import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, cast
from urllib.parse import quote

from ..errors import EmptyInputError, InputError, UsageError
from .delimiter import name_columns
from .extras import need
from .jsons import cell_text
from .model import ReadOptions, TableInfo
from .sheets import NumberedCells, Sheet, choose_sheet
from .table import SAMPLE_ROWS, NumberedRow, Table

MAX_TABLES = 500
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+]{2,}://")
_SQLITE = re.compile(r"sqlite(?:\+pysqlite)?:///", re.IGNORECASE)
_PASSWORD = re.compile(r"(://[^/@:]*):[^/]*@")

Row = Sequence[object]
Opened = tuple[list[str], Generator[Row]]


def is_url(text: str) -> bool:
    """Tell whether an input names a database, not a file."""
    return _URL.match(text) is not None


def shown_url(url: str) -> str:
    """The URL as messages and reports show it: without the password.

    >>> shown_url("postgresql://anna:secret@db/crm")
    'postgresql://anna:***@db/crm'
    """
    return _PASSWORD.sub(r"\1:***@", url)


def read_sqlite(path: str, source: str, options: ReadOptions) -> Table:
    """Open a SQLite file: the rows of `--query`, or of the table with the texts.

    Raises
    ------
    InputError
        ``read.sql_failed``.
    """
    info = TableInfo(source, "sqlite")
    info.query = options.query
    if options.query:
        return _table(info, partial(_sqlite, path, source, options.query))
    with _told(source, sqlite3.Error), contextlib.closing(_connect(path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        names = [str(name) for (name,) in found.fetchmany(MAX_TABLES) if not str(name).startswith("sqlite_")]

    def query(name: str) -> str:
        escaped = name.replace('"', '""')
        return f'SELECT * FROM "{escaped}"'

    def rows(name: str) -> Iterator[NumberedCells]:
        for number, row in enumerate(_sqlite(path, source, query(name))[1], 1):
            yield number, [_cell(value) for value in row]

    if not names:
        raise EmptyInputError("read.empty", path=source)
    sheet, _ = choose_sheet(source, [Sheet(name, partial(rows, name)) for name in names], options)
    info.sheet = sheet.name
    if len(names) > 1:
        info.note("sheets", chosen=sheet.name, others=[name for name in names if name != sheet.name])
    return _table(info, partial(_sqlite, path, source, query(sheet.name)))


def read_database(url: str, options: ReadOptions) -> Table:
    """Open a database by its URL.

    Raises
    ------
    InputError
        ``read.sql_failed``, ``read.not_found``, ``read.need_extra``.
    UsageError
        ``read.need_query``.
    """
    source = shown_url(url)
    if found := _SQLITE.match(url):
        path = url[found.end() :].partition("?")[0]
        if not os.path.isfile(path):
            raise InputError("read.not_found", path=path)
        return read_sqlite(path, source, options)
    info = TableInfo(source, "sql")
    info.query = options.query
    if not options.query:
        raise UsageError("read.need_query", path=source, tables=_tables(url, source))
    return _table(info, partial(_alchemy, url, source, options.query))


def _table(info: TableInfo, opened: Callable[[], Opened]) -> Table:
    names, rows = opened()
    with contextlib.closing(rows):  # and with them the connection
        sample = [[_cell(value) for value in row] for row in islice(rows, SAMPLE_ROWS)]
    info.columns = _unique(names)
    if not sample:
        raise EmptyInputError("read.header_only", path=info.source, columns=info.columns)

    def numbered() -> Iterator[NumberedRow]:
        for number, row in enumerate(opened()[1], 1):
            yield number, [value if type(value) is str else _cell(value) for value in row]

    return Table(info, sample, numbered)


def _unique(names: Sequence[str]) -> list[str]:
    return name_columns(names, len(names))


def _cell(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(cast("bytes", value)[: 1 << 20]).decode("utf-8", "replace").replace("\0", "")
    return str(value) if type(value).__name__ in ("Decimal", "UUID") else cell_text(value)


def _connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(os.path.abspath(path))}?mode=ro", uri=True, check_same_thread=False)
    connection.text_factory = _decoded
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.set_authorizer(_allow)  # ATTACH would create a file even here
    return connection


def _allow(deed: int, *_: object) -> int:
    reads = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
    return sqlite3.SQLITE_OK if deed in reads else sqlite3.SQLITE_DENY


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\0", "")


@contextmanager
def _told(source: str, *kinds: type[Exception]) -> Generator[None]:
    try:
        yield
    except kinds as error:
        detail = next(iter(str(getattr(error, "orig", None) or error).splitlines()), type(error).__name__)
        raise InputError("read.sql_failed", path=source, detail=_PASSWORD.sub(r"\1:***@", detail)[:300]) from error


def _sqlite(path: str, source: str, query: str) -> Opened:
    with _told(source, sqlite3.Error, sqlite3.Warning):
        connection = _connect(path)
        cursor = connection.execute(query)
        names = [str(column[0]) for column in cursor.description or ()]
    if not names:
        connection.close()
        raise InputError("read.sql_failed", path=source, detail="SELECT")

    def rows() -> Generator[Row]:
        with _told(source, sqlite3.Error), contextlib.closing(connection):
            while batch := cursor.fetchmany(500):
                yield from batch

    return names, rows()


def _engine(url: str, source: str) -> Any:
    sqlalchemy = need("sqlalchemy", "sql", source)
    if re.match(r"postgres(?:ql)?://", url):
        driver = next((d for d in ("psycopg", "psycopg2", "pg8000") if importlib.util.find_spec(d)), "pg8000")
        url = re.sub(r"^postgres(?:ql)?://", f"postgresql+{driver}://", url)
    return sqlalchemy.create_engine(url, poolclass=sqlalchemy.pool.NullPool)


def _faults(source: str) -> tuple[type[Exception], ...]:
    # drivers raise their own errors while connecting, and ImportError where they are not installed
    return (need("sqlalchemy.exc", "sql", source).SQLAlchemyError, OSError, ImportError, ValueError, TypeError)


def _tables(url: str, source: str) -> list[str]:
    sqlalchemy = need("sqlalchemy", "sql", source)
    with _told(source, *_faults(source)):
        return sorted(sqlalchemy.inspect(_engine(url, source)).get_table_names())[:30]


def _alchemy(url: str, source: str, query: str) -> Opened:
    sqlalchemy = need("sqlalchemy", "sql", source)
    with _told(source, *_faults(source)):
        engine = _engine(url, source)
        connection = engine.connect()
        options: dict[str, object] = {"stream_results": True, "max_row_buffer": 500}
        if engine.dialect.name == "postgresql":
            options["postgresql_readonly"] = True
        connection = connection.execution_options(**options)
        # no parameters: a colon or a percent sign of the query means itself
        result = connection.execute(sqlalchemy.text(query.replace(":", "\\:")))
        if not result.returns_rows:
            connection.close()
            raise InputError("read.sql_failed", path=source, detail="SELECT")
        names = [str(name) for name in result.keys()]  # noqa: SIM118 - a result, no dictionary

    def rows() -> Generator[Row]:
        with _told(source, *_faults(source)):
            try:
                for row in result:
                    yield tuple(row)
            finally:
                connection.close()

    return names, rows()
