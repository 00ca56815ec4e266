"""What every format hands over: named columns, a sample, and a stream of numbered rows of text cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from .model import ReadOptions, TableInfo

SAMPLE_ROWS = 400
"""Data rows from which columns are judged."""

NumberedRow = tuple[int, list[str] | str]
"""(row as Excel shows it, cells), or (row, reason) for a row that cannot be used."""


@dataclass
class Table:
    """One opened input: the facts, the sample, and `rows()`, which streams from the beginning each time."""

    info: TableInfo
    sample: list[list[str]]
    rows: Callable[[], Iterator[NumberedRow]]
    finish: Callable[[], None] = field(default=lambda: None)
    """Called after the last row; adds notes that are known only then."""


class Reader(Protocol):
    """A format: opens `path` as a table. New formats (Parquet, SQL, letters) are one more function like this."""

    def __call__(self, path: str, source: str, options: ReadOptions) -> Table: ...
