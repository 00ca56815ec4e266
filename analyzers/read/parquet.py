"""Parquet: read here as a stream where its columns are plain values or lists of them, else by Arrow (the extra).

Arrow takes 68 MB before it has read a byte; reading here takes a few for all columns together, and no library.
"""

import importlib.util
import os
import struct
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, cast

from ..errors import EmptyInputError, InputError
from .extras import need
from .jsons import flatten
from .model import ReadOptions, TableInfo
from .packed import FREE_SIZE, MAX_RATIO, zip_bomb
from .parquet_cells import cell
from .parquet_footer import Footer, UnreadableError, read_footer
from .parquet_pages import Column
from .table import SAMPLE_ROWS, NumberedRow, Table

BATCH = 512
"""Rows that Arrow decodes at once."""
BUFFER = 1 << 16
"""Bytes that Arrow reads at once, of each column."""
_DAMAGE = (
    OSError, ValueError, KeyError, TypeError, IndexError, OverflowError, NotImplementedError, EOFError, struct.error,
    zlib.error,
)  # fmt: skip


def read_parquet(path: str, source: str, options: ReadOptions) -> Table:
    """Open a Parquet file; rows are numbered from 1.

    Raises
    ------
    InputError
        ``read.need_extra``, ``read.damaged``, ``read.header_only``, ``read.zip_bomb``.
    """
    info = TableInfo(source, "parquet")
    with _told(source):
        footer = _footer(path)
        _weigh(path, source, footer)
    if footer is None:
        return _through_arrow(path, source, info)
    info.columns = [leaf.name for leaf in footer.leaves]
    sample = list(islice(_rows(path, source, footer), SAMPLE_ROWS))
    if not sample:
        raise EmptyInputError("read.header_only", path=source, columns=info.columns)
    return Table(info, [list(row) for row in sample], lambda: _numbered(_rows(path, source, footer)))


def _footer(path: str) -> Footer | None:
    """What the file says of itself, or None where Arrow must read it."""
    with open(path, "rb") as file:
        try:
            footer = read_footer(file)
        except UnreadableError:
            return None
    codecs = {chunk.codec for group in footer.groups for chunk in group}
    return None if "zstd" in codecs and not _has_zstd() and _has("pyarrow") else footer


def _weigh(path: str, source: str, footer: Footer | None) -> None:
    """Refuse values without end: a thousand million blanks take ten bytes."""
    values = sum(chunk.values for group in footer.groups for chunk in group) if footer else 0
    limit = max(FREE_SIZE, MAX_RATIO * os.path.getsize(path))
    if values > limit:
        raise zip_bomb(source, values, limit)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _has_zstd() -> bool:
    return _has("compression") or (_has("backports") and _has("backports.zstd"))


def _rows(path: str, source: str, footer: Footer) -> Iterator[tuple[str, ...]]:
    with _told(source), open(path, "rb", buffering=0) as file:
        columns = [
            Column(file, leaf, [group[i] for group in footer.groups], source) for i, leaf in enumerate(footer.leaves)
        ]
        yield from zip(*(chain.from_iterable(column.cells()) for column in columns), strict=True)


def _numbered(rows: Iterator[tuple[str, ...]]) -> Iterator[NumberedRow]:
    for number, row in enumerate(rows, 1):
        yield number, list(row)


@contextmanager
def _told(source: str) -> Generator[None]:
    """Turn the errors of damage (Arrow's are all of Python's own kinds, too) into ours."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, _DAMAGE) and type(error).__name__ != "ZstdError":
            raise
        detail = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise InputError("read.damaged", path=source, format="parquet", detail=detail) from error


def _through_arrow(path: str, source: str, info: TableInfo) -> Table:
    with _told(source):
        file = _open(path, source)
        names = [str(name) for name in file.schema_arrow.names]
        nested = any("struct" in str(file.schema_arrow.field(name).type)[:6] for name in names)
        file.close(force=True)
    stream = _Stream(path, source, names, flat=nested)
    sample = list(islice(stream.objects(), SAMPLE_ROWS))
    if not sample:
        raise EmptyInputError("read.header_only", path=source, columns=names)
    columns: dict[str, None] = {}
    for row in sample:
        columns.update(dict.fromkeys(row))
    info.columns = list(columns)
    rows = [[row.get(name, "") for name in info.columns] for row in sample]
    return Table(info, rows, lambda: stream.rows(info.columns))


def _open(path: str, source: str) -> Any:
    parquet = need("pyarrow.parquet", "parquet", source)
    arrow = need("pyarrow", "parquet", source)
    # Arrow's own allocator keeps what is freed: 22 MB more by the end of a file than the system's
    arrow.set_memory_pool(arrow.system_memory_pool())
    # a file opened here costs 5 MB less than a path, for which Arrow loads its file systems
    return parquet.ParquetFile(arrow.OSFile(path), pre_buffer=False, buffer_size=BUFFER)


class _Stream:
    """Rows as Arrow gives them; columns that hold structures fall into dotted names where `flat`."""

    def __init__(self, path: str, source: str, names: list[str], *, flat: bool) -> None:
        self._path = path
        self._source = source
        self._names = names
        self._flat = flat

    def objects(self) -> Iterator[dict[str, str]]:
        """Rows as {column: cell}."""
        with _told(self._source):
            file = _open(self._path, self._source)
            try:
                for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
                    for values in zip(*(batch.column(i).to_pylist() for i in range(len(self._names))), strict=True):
                        yield self._object(dict(zip(self._names, values, strict=True)))
            finally:
                file.close(force=True)

    def _object(self, row: dict[str, Any]) -> dict[str, str]:
        if not self._flat:
            return {name: cell(value) for name, value in row.items()}
        whole: dict[str, str] = {}
        for name, value in row.items():
            plain = (
                {name: cell(value)} if not isinstance(value, (dict, list)) else flatten(cast("object", {name: value}))
            )
            whole |= plain or {}
        return whole

    def rows(self, columns: list[str]) -> Iterator[NumberedRow]:
        for number, row in enumerate(self.objects(), 1):
            yield number, [row.get(name, "") for name in columns]
