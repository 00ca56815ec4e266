"""The labelled rows (`--rows`): one object a complaint, in input order, spooled to disk, finished when all is known."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .columns import Columns
from .label import ChunkLabels, sign_names
from .lexicon import Lexicon
from .mask import mask, mask_value
from .read import Record
from .vocabulary import DEMANDS, ESCALATIONS, KINDS, severity_class

KEYS = (
    "id", "source", "row", "date", "kind", "kind_confidence", "complaint", "categories", "mentions", "theme",
    "severity", "class", "demands", "amount", "penalty", "moral_damage", "law", "deadline", "deadline_days",
    "escalation", "churn", "promise_gap", "effort", "repeat_of", "duplicate", "text", "span_source",
)  # fmt: skip


class RowSpool:
    """Rows on their way: `add` chunk by chunk, `finish`, then read once by iteration."""

    def __init__(self, lexicon: Lexicon, masked: bool) -> None:
        self._lexicon = lexicon
        self._categories = list(lexicon.categories.values())
        self._masked = masked
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass")  # noqa: SIM115
        self._duplicate: list[bool] = []
        self._repeat: list[str | None] = []
        self._theme: Mapping[int, str] = {}

    def add(self, records: list[Record], labels: ChunkLabels) -> None:
        """Write a chunk."""
        given: list[list[tuple[int, float, bool]]] = [[] for _ in records]
        doc: int
        for doc, category, sure, by_model in zip(
            labels.doc.tolist(), labels.category.tolist(), labels.sure.tolist(), labels.by_model.tolist(), strict=True
        ):
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
        signs = sign_names(int(labels.signs[doc]))
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
                    "confidence": round(sure, 3),
                    "by": "model" if by_model else "rule",
                }
                for c, sure, by_model in sorted(given, key=lambda item: (-item[1], self._categories[item[0]].id))
            ],
            "mentions": mentions,
            "severity": value,
            "class": severity_class(value) if kind in {"complaint", "claim"} else None,
            "demands": [name for name in signs if name in DEMANDS],
            "escalation": [name for name in signs if name in ESCALATIONS],
            "churn": "leaving" in signs,
            "text": text,
            "span_source": [list(part) for part in record.parts],
        }
        return row

    def finish(
        self, used: NDArray[np.bool_], columns: Columns, first: Mapping[int, int], theme: Mapping[int, str]
    ) -> None:
        """Mark duplicates, rows that repeat another one (`first`: row to the first of its look-alikes), and themes."""
        self._theme = theme
        self._duplicate = (~used).tolist()
        same: dict[int, int] = {}
        for number, value in enumerate(columns["content"].tolist()):
            at = first.get(number, same.setdefault(value, number))
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
