"""The options that commands share, worded once."""

from __future__ import annotations

from typing import Annotated

import typer

from .messages import say


def _role(name: str) -> typer.models.OptionInfo:
    return typer.Option(f"--{name}", metavar="COLUMN", help=say("help.role", role=name), show_default=False)


def _option(name: str, key: str | None = None, metavar: str | None = None) -> typer.models.OptionInfo:
    return typer.Option(
        f"--{name}", metavar=metavar, help=say("help." + (key or name.replace("-", "_"))), show_default=False
    )


Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help=say("help.inputs"), show_default=False)]
TextColumn = Annotated[str | None, _role("text")]
TitleColumn = Annotated[str | None, _role("title")]
DateColumn = Annotated[str | None, _role("date")]
IdColumn = Annotated[str | None, _role("id")]
CustomerColumn = Annotated[str | None, _role("customer")]
ChannelColumn = Annotated[str | None, _role("channel")]
ProductColumn = Annotated[str | None, _role("product")]
RegionColumn = Annotated[str | None, _role("region")]
RatingColumn = Annotated[str | None, _role("rating")]
AmountColumn = Annotated[str | None, _role("amount")]
StatusColumn = Annotated[str | None, _role("status")]
ClosedColumn = Annotated[str | None, _role("closed")]
ReplyColumn = Annotated[str | None, _role("reply")]
OperatorColumn = Annotated[str | None, _role("operator")]
Encoding = Annotated[str | None, _option("encoding", metavar="NAME")]
Delimiter = Annotated[str | None, _option("delimiter", metavar="CHAR")]
Sheet = Annotated[str | None, _option("sheet", metavar="NAME")]
Split = Annotated[str | None, _option("split", metavar="HOW")]
Query = Annotated[str | None, _option("query", metavar="SQL")]
Since = Annotated[str | None, _option("since", metavar="DATE")]
Until = Annotated[str | None, _option("until", metavar="DATE")]
Period = Annotated[str | None, _option("period", metavar="UNIT")]
Today = Annotated[str | None, _option("today", metavar="DATE")]
OverdueDays = Annotated[int, typer.Option("--overdue-days", metavar="N", min=0, help=say("help.overdue_days"))]
Denominator = Annotated[
    int | None, typer.Option("--denominator", metavar="N", min=1, help=say("help.denominator"), show_default=False)
]
Tz = Annotated[str, typer.Option("--tz", metavar="ZONE", help=say("help.tz"))]
Lexicons = Annotated[list[str] | None, _option("lexicon", "lexicon_option", metavar="PATH")]
Sectors = Annotated[list[str] | None, _option("sector", metavar="NAME")]
By = Annotated[list[str] | None, _option("by", metavar="COLUMN")]
Top = Annotated[int, typer.Option("--top", metavar="N", min=0, help=say("help.top"))]
Quotes = Annotated[int, typer.Option("--quotes", metavar="N", min=0, help=say("help.quotes"))]
RankBy = Annotated[str, typer.Option("--rank-by", metavar="HOW", help=say("help.rank_by"))]
Format = Annotated[str, typer.Option("--format", metavar="KIND", help=say("help.format"))]
ReportFiles = Annotated[list[str] | None, _option("report", metavar="KIND=PATH")]
Rows = Annotated[str | None, _option("rows", metavar="PATH")]
Lang = Annotated[str | None, _option("lang", metavar="LANG")]
NoMask = Annotated[bool, typer.Option("--no-mask", help=say("help.no_mask"))]
MaskRules = Annotated[str | None, _option("mask-rules", metavar="FILE")]
StrictPii = Annotated[bool, typer.Option("--strict-pii", help=say("help.strict_pii"))]
NoModel = Annotated[bool, typer.Option("--no-model", help=say("help.no_model"))]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=say("help.quiet"))]
Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=0, help=say("help.workers"), show_default=False)
]
AllowEmpty = Annotated[bool, typer.Option("--allow-empty", help=say("help.allow_empty"))]
FailOn = Annotated[list[str] | None, _option("fail-on", metavar="EXPR")]
WarnOn = Annotated[list[str] | None, _option("warn-on", metavar="EXPR")]
Baseline = Annotated[str | None, _option("baseline", metavar="FILE")]
Bom = Annotated[bool, typer.Option("--bom", help=say("help.bom"))]
StorePath = Annotated[str | None, _option("store", "store", metavar="PATH|URL")]
AsOf = Annotated[str | None, _option("as-of", metavar="DATE")]
Event = Annotated[list[str] | None, _option("event", metavar="DATE=NAME")]
DigestFormat = Annotated[str, typer.Option("--format", metavar="KIND", help=say("help.digest_format"))]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="PATH", help=say("help.digest_output"), show_default=False),
]
SplitBy = Annotated[str | None, _option("split-by", metavar="owner")]
Send = Annotated[list[str] | None, _option("send", metavar="URL")]
QuietIfUnchanged = Annotated[bool, typer.Option("--quiet-if-unchanged", help=say("help.quiet_if_unchanged"))]
KeepQuotes = Annotated[bool, typer.Option("--keep-quotes", help=say("help.keep_quotes"))]
Retention = Annotated[int, typer.Option("--retention", metavar="DAYS", min=0, help=say("help.retention"))]
LockTimeout = Annotated[float, typer.Option("--lock-timeout", metavar="SECONDS", min=0, help=say("help.lock_timeout"))]
Rebuild = Annotated[bool, typer.Option("--rebuild", help=say("help.rebuild"))]
HistorySwitch = Annotated[bool, typer.Option("--history", help=say("help.history"))]
Export = Annotated[str | None, _option("export", metavar="FILE")]
Import = Annotated[str | None, _option("import", metavar="FILE")]
Forget = Annotated[str | None, _option("forget", metavar="DATE")]
OpenPage = Annotated[bool, typer.Option("--open", help=say("help.open"))]
