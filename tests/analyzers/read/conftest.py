"""Helpers for the reading tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from svc.analyzers.read import ReadOptions, Record, Skipped, TableInfo, open_table

Reading = tuple[TableInfo, list[Record], list[Skipped]]


def read(path: Path | str, **options: object) -> Reading:
    """Read a file to its end."""
    info, rows = open_table(str(path), ReadOptions(**options))  # type: ignore[arg-type]
    records: list[Record] = []
    skipped: list[Skipped] = []
    for row in rows:
        (records if isinstance(row, Record) else skipped).append(row)  # type: ignore[arg-type]
    return info, records, skipped


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., Reading]:
    """Write a text file and read it."""

    def write_and_read(text: str | bytes, name: str = "in.csv", encoding: str = "utf-8", **options: object) -> Reading:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read(path, **options)

    return write_and_read
