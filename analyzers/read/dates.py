"""Dates as exports write them, to ISO 8601."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import UsageError

CACHE_SIZE = 100_000
MIN_YEAR, MAX_YEAR = 1970, 2100

_MONTHS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "мае": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "окт": 10, "ноя": 11, "дек": 12, "jan": 1, "feb": 2, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_MONTHS["mar"] = 3  # the Latin word
_NUMERIC = re.compile(r"(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?:\s*г(?:ода|\.)?)?(?:[T,\s]+(.*))?$", re.IGNORECASE)
_WORDED = re.compile(
    r"(\d{1,2})(?:-?го)?[\s./\-]+([^\W\d_]{3,9})\.?[\s,./\-]+(\d{2}|\d{4})\b(?![:.]\d)\s*(?:г(?:ода|\.)?)?(.*)$",
    re.IGNORECASE,
)
_WORDED_EN = re.compile(r"([A-Z][a-z]{2,8})\.?\s+(\d{1,2}),?\s+(\d{4})\b(.*)$")
_YEARLESS = re.compile(
    r"(\d{1,2})(?:-?го)?[\s.\-]+([^\W\d_]{3,9})\.?((?:[\s,]+(?:в\s+)?\d{1,2}[:.]\d{2}.*)?)$", re.IGNORECASE
)
_YEARLESS_NUMERIC = re.compile(r"(\d{2})\.(\d{2})\.?((?:[\s,]+(?:в\s+)?\d{1,2}:\d{2}.*)?)$")
_WEEKDAY = re.compile(
    r"(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс|"
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\.?,?\s+(?=\w)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:в\s+)?(\d{1,2})[:.\-](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?\s*(am|pm)?\s*"
    r"(Z|(?:UTC|GMT)?[+-]\d{1,2}:?(?:\d{2})?|UTC|GMT)?"
    r"(?:\s*\(?(?:мск|msk)\)?)?$",
    re.IGNORECASE,
)
_PLAIN_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$")
_NUMBER = re.compile(r"\d{1,17}(?:[.,]\d+)?$")
_EXCEL_ZERO = datetime(1899, 12, 30)  # day 0 of Excel's calendar, its wrong leap year of 1900 included
_EXCEL_DAYS = (25_569, 73_415)  # 1970-01-01 .. 2100-12-31


def zone(name: str) -> tzinfo:
    """Return the time zone called `name`.

    Raises
    ------
    UsageError
        ``read.bad_tz``.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if name == "Europe/Moscow":  # a machine without a zone table: Moscow has had no clock changes since 2014
            return timezone(timedelta(hours=3), "MSK")
        raise UsageError("read.bad_tz", tz=name) from None


def guess_order(values: Iterable[str]) -> tuple[str, bool]:
    """Tell whether dates such as 03/04/2026 are day first (``dmy``) or month first, and whether that is certain.

    >>> guess_order(["03/04/2026", "03/25/2026"])
    ('mdy', True)
    """
    day_first = month_first = 0
    for value in values:
        found = _NUMERIC.match(value.strip())
        if not found or len(found[1]) == 4 or found[2] == ".":
            continue  # 03.04.2026 is the Russian spelling: day first, whatever stands in other rows
        first, second = int(found[1]), int(found[3])
        day_first += first > 12
        month_first += second > 12 >= first
    if month_first > day_first:
        return "mdy", True
    return "dmy", day_first > 0


class DateParser:
    """Turns the date cells of one column into ISO dates; remembers what it has seen.

    Parameters
    ----------
    order : str
        ``dmy`` or ``mdy``, for dates that may be read both ways.
    tz : tzinfo
        Moments with a zone of their own and unix times are shown on the clock of this zone.
    numbers : bool
        Whether bare numbers are dates: Excel's day numbers, unix seconds and milliseconds; and 03.04 without a year.
    today : date, optional
        A day without a year is the last such day up to this one; by default the day of the run.

    Attributes
    ----------
    failed, yearless : int
        Cells that are no dates, and dates whose year was not written.
    """

    def __init__(self, order: str, tz: tzinfo, *, numbers: bool = True, today: date | None = None) -> None:
        self.failed = 0
        self.yearless = 0
        self._today = today
        self._order = order
        self._tz = tz
        self._numbers = numbers
        self._seen: dict[str, str | None] = {}
        self._assumed: set[str] = set()

    def __call__(self, value: str) -> str | None:
        """Return `value` as YYYY-MM-DD, or with THH:MM:SS where it has a time, or None."""
        if value[10:11] in (" ", "T") and len(value) in (16, 19):  # the usual moment: few days, few minutes of a day
            day, clock = self._remember(value[:10]), _clock(value[11:])
            iso = f"{day}T{clock}" if day and clock else self._remember(value)
        else:
            iso = self._remember(value)
        if iso is None:
            self.failed += 1
        elif self._assumed and value in self._assumed:
            self.yearless += 1
        return iso

    def _remember(self, value: str) -> str | None:
        try:
            return self._seen[value]
        except KeyError:
            pass
        if len(self._seen) >= CACHE_SIZE:
            self._seen.clear()
        iso = self._seen[value] = self._parse(value)
        return iso

    def _parse(self, cell: str) -> str | None:
        value = cell.strip()
        if not value:
            return None
        try:
            if self._numbers and _NUMBER.match(value) and not _YEARLESS_NUMERIC.match(value):
                return self._parse_number(value.replace(",", "."))
            value = _WEEKDAY.sub("", value, count=1)
            iso = self._parse_numeric(value) or self._parse_worded(value)
            if iso is None and (iso := self._parse_yearless(value)):
                self._assumed.add(cell)
            return iso
        except (ValueError, OverflowError):  # the 31st of February, the 25th hour
            return None

    def _parse_number(self, value: str) -> str | None:
        if len(value) == 8 and value.isdigit() and value[:2] in ("19", "20"):
            return _iso(date(int(value[:4]), int(value[4:6]), int(value[6:])))
        number = float(value)
        if _EXCEL_DAYS[0] <= number <= _EXCEL_DAYS[1]:
            moment = _EXCEL_ZERO + timedelta(seconds=round(number * 86_400))
            return _iso(moment.date() if number == int(number) else moment)
        for scale in (1, 1_000, 1_000_000):  # seconds, milliseconds, microseconds; 2001 and later, or it is an id
            seconds = number / scale
            if 978_307_200 <= seconds <= 4_133_980_800:
                return _iso(datetime.fromtimestamp(int(seconds), UTC).astimezone(self._tz))
        return None

    def _parse_numeric(self, value: str) -> str | None:
        found = _NUMERIC.match(value)
        if not found:
            return None
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        if len(found[1]) == 4:
            year, month, day = first, second, third
        elif len(found[4]) in (2, 4):
            year = third
            day, month = (second, first) if self._order == "mdy" and found[2] != "." else (first, second)
            if month > 12 >= day:  # one odd row in a column of the other order
                day, month = month, day
        else:
            return None
        return self._with_clock(date(_full_year(year), month, day), found[5])

    def _parse_worded(self, value: str) -> str | None:
        found = _WORDED.match(value)
        if found:
            day, word, year, clock = found[1], found[2], found[3], found[4]
        else:
            found = _WORDED_EN.match(value)
            if not found:
                return None
            word, day, year, clock = found[1], found[2], found[3], found[4]
        month = _MONTHS.get(word[:3].lower())
        if not month:
            return None
        return self._with_clock(date(_full_year(int(year)), month, int(day)), clock.strip(" ,.г"))

    def _parse_yearless(self, value: str) -> str | None:
        """«3 марта, 10:15»: the last such day that is not in the future."""
        found = _YEARLESS_NUMERIC.match(value) if self._numbers else None
        if found is not None:
            month = int(found[2])
        else:
            found = _YEARLESS.match(value)
            month = _MONTHS.get(found[2][:3].lower(), 0) if found else 0
        if found is None or not 1 <= month <= 12:
            return None
        today = self._today or datetime.now(self._tz).date()
        for year in range(today.year, today.year - 9, -1):  # the 29th of February comes every four years, or eight
            try:
                day = date(year, month, int(found[1]))
            except ValueError:
                continue
            if day <= today:
                return self._with_clock(day, found[3].strip(" ,"))
        return None

    def _with_clock(self, day: date, clock: str | None) -> str | None:
        if not clock or not clock.strip():
            return _iso(day)
        found = _CLOCK.match(clock.strip())
        if not found:
            return _iso(day)
        hour, half = int(found[1]), (found[4] or "").lower()
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        moment = datetime(day.year, day.month, day.day, hour, int(found[2]), int(found[3] or 0))
        offset = found[5]
        if offset:
            moment = moment.replace(tzinfo=_offset(offset)).astimezone(self._tz)
        return _iso(moment)


@lru_cache(maxsize=CACHE_SIZE)
def _clock(value: str) -> str | None:
    """Return a plain HH:MM or HH:MM:SS as HH:MM:SS."""
    found = _PLAIN_CLOCK.match(value)
    return f"{value}:00"[:8] if found else None


def _offset(text: str) -> tzinfo:
    text = text.upper().removeprefix("UTC").removeprefix("GMT")
    if text[:1] not in ("+", "-"):
        return UTC
    digits = text[1:].replace(":", "")
    digits = (digits.zfill(2) if len(digits) < 3 else digits.zfill(4)).ljust(4, "0")
    delta = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(delta if text[0] == "+" else -delta)


def _full_year(year: int) -> int:
    return year + (2000 if year < 70 else 1900) if year < 100 else year


def _iso(moment: date | datetime) -> str | None:
    if not MIN_YEAR <= moment.year <= MAX_YEAR:
        return None
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None, microsecond=0).isoformat()
    return moment.isoformat()
