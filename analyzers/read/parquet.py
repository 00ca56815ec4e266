"""Parquet, through the extra `svc-upgrade[parquet]`: batches of rows, never a whole file."""

import datetime as dt
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from ..errors import EmptyInputError, InputError
from .extras import need
from .jsons import cell_text, flatten
from .model import ReadOptions, TableInfo
from .table import SAMPLE_ROWS, NumberedRow, Table

BATCH = 512
"""Rows decoded at once."""
BUFFER = 1 << 16
"""Bytes read at once, of each column."""


def read_parquet(path: str, source: str, options: ReadOptions) -> Table:
    """Open a Parquet file; rows are numbered from 1.

    Raises
    ------
    InputError
        ``read.need_extra``, ``read.damaged``, ``read.header_only``.
    """
    with _told(source):
        file = _open(path, source)
        info = TableInfo(source, "parquet")
        names = [str(name) for name in file.schema_arrow.names]
        nested = [name for name in names if "struct" in str(file.schema_arrow.field(name).type)[:6]]
        file.close(force=True)
    stream = _Stream(path, source, names)
    sample = list(islice(stream.objects(flat=bool(nested)), SAMPLE_ROWS))
    if not sample:
        raise EmptyInputError("read.header_only", path=source, columns=names)
    columns: dict[str, None] = {}
    for row in sample:
        columns.update(dict.fromkeys(row))
    info.columns = list(columns)
    rows = [[row.get(name, "") for name in info.columns] for row in sample]
    return Table(info, rows, lambda: stream.rows(info.columns, flat=bool(nested)))


def _open(path: str, source: str) -> Any:
    parquet = need("pyarrow.parquet", "parquet", source)
    arrow = need("pyarrow", "parquet", source)
    # Arrow's own allocator keeps what is freed: 22 MB more by the end of a file than the system's
    arrow.set_memory_pool(arrow.system_memory_pool())
    # a file opened here costs 5 MB less than a path, for which Arrow loads its file systems
    return parquet.ParquetFile(arrow.OSFile(path), pre_buffer=False, buffer_size=BUFFER)


@contextmanager
def _told(source: str) -> Generator[None]:
    """Turn Arrow's errors (all of them are also errors of Python's own kinds) into ours."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, IndexError, OverflowError, NotImplementedError) as error:
        detail = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise InputError("read.damaged", path=source, format="parquet", detail=detail) from error


class _Stream:
    def __init__(self, path: str, source: str, names: list[str]) -> None:
        self._path = path
        self._source = source
        self._names = names

    def _batches(self) -> Iterator[dict[str, list[Any]]]:
        with _told(self._source):
            file = _open(self._path, self._source)
            try:
                for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
                    yield {name: batch.column(i).to_pylist() for i, name in enumerate(self._names)}
            finally:
                file.close(force=True)

    def objects(self, *, flat: bool) -> Iterator[dict[str, str]]:
        """Rows as {column: cell}; columns that hold structures fall into dotted names."""
        for batch in self._batches():
            for values in zip(*batch.values(), strict=True):
                row = dict(zip(self._names, values, strict=True))
                flattened = flatten(row) if flat else None
                yield flattened if flattened is not None else {name: _cell(value) for name, value in row.items()}

    def rows(self, columns: list[str], *, flat: bool) -> Iterator[NumberedRow]:
        number = 0
        if flat:
            for number, row in enumerate(self.objects(flat=True), 1):
                yield number, [row.get(name, "") for name in columns]
            return
        for batch in self._batches():
            cells = [[value if type(value) is str else _cell(value) for value in batch[name]] for name in columns]
            for row in zip(*cells, strict=True):
                number += 1
                yield number, list(row)


def _cell(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0).isoformat() if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return cell_text(value)
