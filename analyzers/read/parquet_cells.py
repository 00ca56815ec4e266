"""What a value of a Parquet column is called in a cell: the same as in other formats."""

import datetime as dt
import struct
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from .jsons import cell_text
from .parquet_footer import Leaf
from .parquet_values import BOOLEAN, BYTES, FIXED, INT32, INT64, INT96

_UNITS = {"millis": 1_000, "micros": 1_000_000, "nanos": 1_000_000_000}
_EPOCH = dt.datetime(1970, 1, 1)
_JULIAN = 2_440_588
"""The Julian day on which the epoch begins."""


def cell(value: object) -> str:
    """Return a value of Python's own kinds as a cell.

    >>> cell(dt.datetime(2026, 3, 1)), cell(Decimal("12.50")), cell(b"a"), cell([1.0, None])
    ('2026-03-01', '12.50', 'a', '1; ')
    """
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0).isoformat() if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, bytes):
        return _bytes(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, UUID) else cell_text(value)


def teller(leaf: Leaf) -> Callable[[Any], str]:
    """Return the function that makes a cell of a value as it is stored in this column."""
    kind, stored = leaf.kind, leaf.type
    if kind == "decimal":
        return lambda value: _decimal(value, leaf.scale)
    if stored == INT96:
        return lambda value: _moment(
            (int.from_bytes(value[8:], "little") - _JULIAN) * 86_400_000_000
            + int.from_bytes(value[:8], "little", signed=True) // 1000,
            utc=False,
        )
    if kind in _UNITS and stored == INT64:
        return lambda value: _moment(value * 1_000_000 // _UNITS[kind], utc=leaf.utc)
    if kind == "date" and stored == INT32:
        return lambda value: _moment(value * 86_400_000_000, utc=False)
    if kind.startswith("time_") and stored in (INT32, INT64):
        return lambda value: _clock(value * 1_000_000 // _UNITS[kind[5:]])
    if kind == "uuid" and stored == FIXED:
        return lambda value: str(UUID(bytes=value))
    if kind == "half" and stored == FIXED:
        return lambda value: cell_text(struct.unpack("<e", value)[0])
    return (lambda value: value.decode("utf-8", "replace")) if kind == "text" else _plain(stored)


def _plain(stored: int) -> Callable[[Any], str]:
    if stored in (BYTES, FIXED):
        return _bytes
    if stored in (INT32, INT64):
        return str
    return _truth if stored == BOOLEAN else cell_text


def _bytes(value: bytes) -> str:
    """Bytes that nobody calls a text: pictures and the like hold NULs early, and are none."""
    return "" if b"\0" in value[:256] else value.decode("utf-8", "replace")


def _truth(value: int) -> str:
    return "true" if value else "false"


def _decimal(value: int | bytes, scale: int) -> str:
    number = int.from_bytes(value, "big", signed=True) if isinstance(value, bytes) else value
    if number.bit_length() > 512 or not 0 <= scale <= 128:
        return ""
    digits = str(abs(number)).rjust(scale + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}" if scale else sign + digits


def _moment(micros: int, *, utc: bool) -> str:
    try:
        moment = _EPOCH + dt.timedelta(microseconds=micros)
    except OverflowError:  # a day beyond the calendar is none
        return ""
    return cell(moment.replace(tzinfo=dt.UTC) if utc else moment)


def _clock(micros: int) -> str:
    try:
        return (_EPOCH + dt.timedelta(microseconds=micros)).time().isoformat()
    except OverflowError:
        return ""
