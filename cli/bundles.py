"""Options that commands share as a whole, each bundle declared once; `flat` spreads them into a command's face."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable
from dataclasses import Field, dataclass, fields, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypedDict, get_type_hints

from ..analyzers.errors import UsageError
from . import options as o

if TYPE_CHECKING:
    from ..analyzers.read import ReadOptions

PERIODS = ("week", "month")


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a file that every analysis may need."""

    text: o.TextColumn = None
    title: o.TitleColumn = None
    date: o.DateColumn = None
    id_: o.IdColumn = None
    customer: o.CustomerColumn = None


@dataclass(frozen=True, slots=True)
class MoreColumns:
    """Columns that only the whole report reads."""

    channel: o.ChannelColumn = None
    product: o.ProductColumn = None
    region: o.RegionColumn = None
    rating: o.RatingColumn = None
    amount: o.AmountColumn = None
    status: o.StatusColumn = None
    closed: o.ClosedColumn = None
    reply: o.ReplyColumn = None
    operator: o.OperatorColumn = None


@dataclass(frozen=True, slots=True)
class WorkColumns:
    """Columns that tell how complaints were worked on."""

    status: o.StatusColumn = None
    closed: o.ClosedColumn = None
    reply: o.ReplyColumn = None
    rating: o.RatingColumn = None


@dataclass(frozen=True, slots=True)
class Cells:
    """How a file is read."""

    encoding: o.Encoding = None
    delimiter: o.Delimiter = None
    sheet: o.Sheet = None
    split: o.Split = None


@dataclass(frozen=True, slots=True)
class Queried(Cells):
    """How a file or a database is read."""

    query: o.Query = None


@dataclass(frozen=True, slots=True)
class Span:
    """Which days are used, and which day is today."""

    since: o.Since = None
    until: o.Until = None
    period: o.Period = None
    today: o.Today = None

    def days(self) -> Days:
        """The options read, as `Settings` has them.

        Raises
        ------
        UsageError
            ``run.bad_date``, ``run.bad_choice``.
        """
        return {
            "since": day("since", self.since), "until": day("until", self.until),
            "period": choice("period", self.period, PERIODS), "today": day("today", self.today),
        }  # fmt: skip


class Days(TypedDict):
    """What a `Span` says."""

    since: dt.date | None
    until: dt.date | None
    period: str | None
    today: dt.date | None


@dataclass(frozen=True, slots=True)
class Words:
    """Lexicons and sectors."""

    lexicon: o.Lexicons = None
    sector: o.Sectors = None


@dataclass(frozen=True, slots=True)
class Gates:
    """What a report is held against."""

    fail_on: o.FailOn = None
    warn_on: o.WarnOn = None
    baseline: o.Baseline = None


def reading(columns: Iterable[Any], cells: Cells, tz: str, by: Iterable[str] = ()) -> ReadOptions:
    """How the inputs are read, from bundles of columns and of cells."""
    from ..analyzers.read import ReadOptions

    given = {item.name.rstrip("_"): getattr(bundle, item.name) for bundle in columns for item in fields(bundle)}
    return ReadOptions(
        columns={role: column for role, column in given.items() if column is not None}, by=tuple(by), tz=tz,
        **{item.name: getattr(cells, item.name) for item in fields(cells)},
    )  # fmt: skip


def flat(face: Callable[..., int]) -> Callable[..., int]:
    """A face whose bundles are spread into the options they hold, in their order: typer sees plain parameters."""
    hints = get_type_hints(face, include_extras=True)
    names = inspect.signature(face).parameters
    bundles: dict[str, tuple[type, tuple[Field[Any], ...]]] = {
        name: (hints[name], fields(hints[name])) for name in names if is_dataclass(hints[name])
    }
    spread: list[inspect.Parameter] = []
    for name, parameter in names.items():
        if name in bundles:
            kind, own = bundles[name]
            types = get_type_hints(kind, include_extras=True)
            spread += [_option(item.name, types[item.name], item.default) for item in own]
        else:
            spread.append(_option(name, hints[name], parameter.default))

    @wraps(face)
    def run(**given: Any) -> int:
        whole = {
            name: kind(**{item.name: given.pop(item.name) for item in own}) for name, (kind, own) in bundles.items()
        }
        return face(**given, **whole)

    run.__signature__ = inspect.Signature(spread)  # pyright: ignore[reportAttributeAccessIssue]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in spread}
    return run


def _option(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def day(option: str, value: str | None) -> dt.date | None:
    """A date option.

    Raises
    ------
    UsageError
        ``run.bad_date``.
    """
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise UsageError("run.bad_date", option=option, value=value) from None


def choice(option: str, value: str | None, allowed: Iterable[str]) -> str | None:
    """An option with a fixed list of values.

    Raises
    ------
    UsageError
        ``run.bad_choice``.
    """
    if value is None or value in allowed:
        return value
    raise UsageError("run.bad_choice", option=option, value=value, allowed=", ".join(allowed))
