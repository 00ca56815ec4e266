"""The records that reading produces, and the options that steer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

ROLES: tuple[str, ...] = (
    "text", "title", "date", "id", "customer", "channel", "product", "region",
    "rating", "amount", "status", "closed", "reply", "operator",
)  # fmt: skip
"""What a column can be for; each is also a command line option (`--text`, `--date`, ...)."""

MAX_CELL = 1 << 20
"""A longer cell (in characters) is skipped as `too_long`."""

LETTERS = frozenset({"txt", "docx", "pdf", "html", "eml", "mbox"})
"""Formats whose column called `text` is the text."""
NAMED = frozenset({"json", "jsonl", "xml", "parquet", "sqlite", "sql", "eml", "mbox"})
"""Formats whose columns have names without a header row."""

Note = tuple[str, dict[str, object]]
"""A remark about an input: a code and its parameters, worded in `cli`."""


@dataclass(frozen=True)
class ColumnChoice:
    """Which columns play a role, and why; `reason` is one of header, content, both, option, format."""

    role: str
    columns: tuple[str, ...]
    indexes: tuple[int, ...]
    reason: str
    score: float
    runner_up: str | None = None
    runner_up_score: float = 0.0


@dataclass(frozen=True)
class Turns:
    """Of a table with a message a row: the column that says whose it is, and that of the dialogue, if there is one."""

    column: str
    index: int
    conversation: str | None
    conversation_index: int
    side: Callable[[str], str | None] = field(compare=False, repr=False)
    """Whose a message is by that column's cell: ``client``, ``operator`` or None."""
    named: bool = False
    """The column holds names: the client's is the customer."""


@dataclass
class TableInfo:
    """How one input is read. `notes` with counts are complete once the rows have been read to the end."""

    source: str
    format: str
    encoding: str | None = None
    encoding_reason: str = ""
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    split: str | None = None
    query: str | None = None
    turns: Turns | None = None
    columns: list[str] = field(default_factory=list[str])
    choices: dict[str, ColumnChoice] = field(default_factory=dict[str, ColumnChoice])
    notes: list[Note] = field(default_factory=list[Note])

    def note(self, code: str, **params: object) -> None:
        """Add a remark."""
        self.notes.append((code, params))


class Record(NamedTuple):
    """One complaint as read; made a hundred thousand times, so a tuple.

    `parts` tells how `text` was joined: (column, start and stop in `text`, start in the cell). Characters of `text`
    outside the parts are the reader's own (column names as prefixes, line breaks between cells).
    """

    source: str
    row: int
    text: str
    parts: tuple[tuple[str, int, int, int], ...]
    id: str | None = None
    customer: str | None = None
    date: str | None = None
    channel: str | None = None
    product: str | None = None
    region: str | None = None
    rating: float | None = None
    amount: float | None = None
    status: str | None = None
    closed: str | None = None
    reply: str | None = None
    operator: str | None = None
    extra: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that cannot be used: empty_text, too_few_cells, not_text, too_long, bad_json, no_text_value,
    not_customer, totals."""

    source: str
    row: int
    reason: str


@dataclass
class ReadOptions:
    """What the user fixed; everything else is found in the file.

    `columns` maps a role to a column name or 1-based number (several text columns joined by a comma; `none` switches
    a role off). `date_order` is `dmy` or `mdy`, `split` is line, blank, whole, chat or a regular expression, `query`
    the SQL query for a database, `today` the day before which days without a year lie.
    """

    columns: dict[str, str] = field(default_factory=dict[str, str])
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    by: tuple[str, ...] = ()
    date_order: str | None = None
    tz: str = "Europe/Moscow"
    split: str | None = None
    query: str | None = None
    today: date | None = None
