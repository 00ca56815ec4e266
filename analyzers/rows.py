"""The labelled rows (`--rows`): one object a complaint, in input order, spooled to disk, finished when all is known."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .assess.cited import Named
from .assess.claim import asked_day, base_day, term_days
from .assess.dates_in_text import resolved
from .assess.facts import NOTHING, Facts, Told
from .columns import Columns
from .label import ChunkLabels
from .lexicon import Lexicon
from .mask import mask, mask_value
from .read import Record
from .told import EFFORTS, written_day
from .vocabulary import KINDS, severity_class

KEYS = (
    "id", "source", "row", "date", "kind", "kind_confidence", "complaint", "categories", "mentions", "theme",
    "severity", "class", "demands", "amount", "penalty", "moral_damage", "law", "deadline", "deadline_days",
    "escalation", "churn", "promise_gap", "effort", "repeat_of", "duplicate", "text", "span_source",
    "purchase_date", "claim_date", "order", "contract",
)  # fmt: skip


Move = Callable[[int, int], tuple[int, int]]


class RowSpool:
    """Rows on their way: `add` chunk by chunk, `finish`, then read once by iteration."""

    def __init__(self, lexicon: Lexicon, masked: bool, today: dt.date | None = None) -> None:
        self._lexicon = lexicon
        self._categories = list(lexicon.categories.values())
        self._masked = masked
        self._today = today
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass")  # noqa: SIM115
        self._duplicate: list[bool] = []
        self._repeat: list[str | None] = []
        self._theme: Mapping[int, str] = {}

    def add(self, records: list[Record], labels: ChunkLabels) -> None:
        """Write a chunk."""
        given: list[list[tuple[int, float, bool]]] = [[] for _ in records]
        doc: int
        for doc, category, sure, by_model in zip(
            labels.doc.tolist(), labels.category.tolist(), labels.sureness().tolist(), labels.by_model.tolist(),
            strict=True,
        ):  # fmt: skip
            given[doc].append((category, sure, by_model))
        places: list[list[tuple[int, int, int, int]]] = [[] for _ in records]
        mentions = labels.mentions
        for doc, category, rule, start, stop, strength in zip(
            mentions.doc.tolist(), mentions.category.tolist(), mentions.rule.tolist(), mentions.start.tolist(),
            mentions.stop.tolist(), mentions.strength.tolist(), strict=True,
        ):  # fmt: skip
            if not strength:
                places[doc].append((category, start, stop, rule))
        for doc, record in enumerate(records):
            row = self._row(record, doc, labels, given[doc], places[doc])
            self._file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _row(
        self,
        record: Record,
        doc: int,
        labels: ChunkLabels,
        given: list[tuple[int, float, bool]],
        places: list[tuple[int, int, int, int]],
    ) -> dict[str, Any]:
        text, move = record.text, None
        name = record.id or f"{record.source}:{record.row}"
        if self._masked:
            masked = mask(text)
            text, move = masked.text, masked.move
            name = mask_value(name) if record.id else name
        kind = KINDS[int(labels.kind[doc])]
        value = float(labels.severity[doc])
        mentions: list[dict[str, Any]] = []
        for category, start, stop, rule in places:
            begin, end = move(start, stop) if move else (start, stop)
            term = self._lexicon.rules[rule].term.text
            mentions.append({"category": self._categories[category].id, "start": begin, "stop": end, "term": term})
        row: dict[str, Any] = dict.fromkeys(KEYS)
        row |= {
            "id": name,
            "source": record.source,
            "row": record.row,
            "date": record.date,
            "kind": kind,
            "kind_confidence": float(labels.confidence[doc]),
            "complaint": float(labels.complaint[doc]),
            "categories": [
                {
                    "id": self._categories[c].id,
                    "system": self._categories[c].system,
                    "confidence": sure,
                    "by": "model" if by_model else "rule",
                }
                # what words were found for comes before what the model alone hears
                for c, sure, by_model in sorted(
                    given, key=lambda item: (item[2], -item[1], self._categories[item[0]].id)
                )
            ],
            "mentions": mentions,
            "severity": value,
            "class": severity_class(value) if kind in {"complaint", "claim"} else None,
            **told(labels.told[doc] or NOTHING, written_day(record), self._today, move, masked=self._masked),
            "text": text,
            "span_source": [list(part) for part in record.parts],
        }
        return row

    def finish(
        self, used: NDArray[np.bool_], columns: Columns, first: NDArray[np.int64], theme: Mapping[int, str]
    ) -> None:
        """Mark duplicates, rows that repeat another one (`first`: of each row's look-alikes), and themes."""
        self._theme = theme
        self._duplicate = (~used).tolist()
        same: dict[int, int] = {}
        for number, value in enumerate(columns["content"].tolist()):
            earliest = same.setdefault(value, number)
            at = int(first[number]) if first[number] != number else earliest
            name = None if at == number else columns.id_of(at)
            self._repeat.append(mask_value(name) if name and self._masked else name)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The finished rows, in input order."""
        self._file.seek(0)
        for number, line in enumerate(self._file):
            row = json.loads(line)
            row["theme"] = self._theme.get(number)
            row["duplicate"] = self._duplicate[number]
            row["repeat_of"] = self._repeat[number]
            yield row

    def close(self) -> None:
        """Drop the spooled rows."""
        self._file.close()


def told(
    facts: Facts, written: dt.date | None, today: dt.date | None, move: Move | None, *, masked: bool
) -> dict[str, Any]:
    """The keys of a row that its facts fill.

    Parameters
    ----------
    written, today : date or None
        Day of the row, and of the report: for dates without a year.
    move : callable or None
        Span of the text -> span of the masked text.
    """
    base = base_day(facts, written, today)
    asked = asked_day(facts, base)
    days = (resolved(day, base, ahead=False) if day else None for day in (facts.purchase, facts.claim))
    purchase, claim = (day.isoformat() if day else None for day in days)
    promise = None
    if facts.promise is not None:
        spans = {"promised": facts.promise.promised, "got": facts.promise.got}
        moved = {name: list(move(*span) if move else span) for name, span in spans.items()}
        promise = {**moved, "by": facts.promise.by}
    effort = facts.effort
    return {
        "amount": _value(facts.amount),
        "penalty": _value(facts.penalty),
        "moral_damage": _value(facts.moral_damage),
        "demands": list(facts.demands),
        "escalation": list(facts.escalation),
        "law": [item.name for item in facts.law],
        "churn": facts.churn,
        "deadline": asked.isoformat() if asked else None,
        "deadline_days": term_days(facts),
        "promise_gap": promise,
        "effort": {name: getattr(effort, name) if effort else None for name in EFFORTS},
        "purchase_date": purchase,
        "claim_date": claim,
        "order": _name(facts.order, masked=masked),
        "contract": _name(facts.contract, masked=masked),
    }


def _value(found: Told | None) -> float | None:
    return None if found is None else found.value


def _name(found: Named | None, *, masked: bool) -> str | None:
    return None if found is None else mask_value(found.name) if masked else found.name
