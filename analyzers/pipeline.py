"""The stages in order: read -> label -> collect -> rank -> Report. No formula stands here."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ..lexicons import path
from . import summary
from .assess.severity import facts_with, reliefs_with
from .claims import ClaimShelf
from .columns import NO_DATE, Columns, counted_once
from .config import Settings
from .content_words import Words
from .discover.gather import Gathered
from .discover.themes import Context, find_themes
from .engine.aside import aside
from .engine.local import Batch, label_chunks
from .errors import EmptyInputError, NoRowsError, SvcError, UsageError
from .evidence import Shelf, offer
from .expectations import GapShelf
from .forms import Forms
from .history import History
from .label import ChunkLabels, Labeller, some
from .lexicon import Lexicon, load_lexicon
from .read import Record, Skipped, TableInfo, find_inputs, is_about_one_file, open_table
from .records import Meta, Report
from .records import Skipped as SkippedRow
from .rows import RowSpool
from .uncovered import UncoveredTexts
from .urgent import UrgentTexts
from .vocabulary import COUNTED, KINDS
from .weights import Weights

TOOL = "svc"
MANY = 10_000  # rows from which themes are looked for beside the ranking, in a process of their own
SPARE_QUOTES = 4  # candidates kept for each quote shown
MAX_SKIPPED = 100  # skipped rows named in the report; all are counted
COUNTED_CODES = tuple(KINDS.index(kind) for kind in COUNTED)

Progress = Callable[[int], None]


@dataclass(slots=True)
class Result:
    """A report, and the rows to write where they were asked for."""

    report: Report
    rows: RowSpool | None


class _Reading:
    """All inputs as one stream of batches, with what was skipped counted."""

    def __init__(self, inputs: Sequence[str], settings: Settings) -> None:
        self._settings = settings
        found = find_inputs(list(inputs))
        self._paths = found.paths
        self.left_out = found.left_out
        self.notes: list[dict[str, object]] = []
        self.tables: list[TableInfo] = []
        self.reasons: Counter[str] = Counter()
        self.skipped: list[Skipped] = []

    def batches(self) -> Iterator[Batch]:
        """Batches of usable records."""
        records = self._records()
        while batch := list(islice(records, self._settings.chunk)):
            yield batch

    def _records(self) -> Iterator[Record]:
        failed: list[SvcError] = []
        every = self._settings.since is None and self._settings.until is None
        for source in self._paths:
            try:
                info, items = open_table(source, replace(self._settings.read, today=self._settings.today))
                self.tables.append(info)
                for item in items:
                    if isinstance(item, Skipped):
                        self._skip(item)
                    elif every or self._in_period(item):
                        yield item
                    else:
                        self._skip(Skipped(item.source, item.row, "out_of_period" if item.date else "no_date"))
            except SvcError as error:
                # one bad file among several does not stop the others; what no file can obey does
                if len(self._paths) == 1 or not is_about_one_file(error):
                    raise
                failed.append(error)
                self.notes.append({"source": source, "code": "file_skipped", "error": error.code, **error.params})
        if failed and len(failed) == len(self._paths):
            raise next((error for error in failed if not isinstance(error, EmptyInputError)), failed[0])

    def _skip(self, item: Skipped) -> None:
        self.reasons[item.reason] += 1
        if len(self.skipped) < MAX_SKIPPED:
            self.skipped.append(item)

    def _in_period(self, record: Record) -> bool:
        since, until = self._settings.since, self._settings.until
        if not record.date:
            return False
        day = dt.date.fromisoformat(record.date[:10])
        return (since is None or day >= since) and (until is None or day <= until)


def build_labeller(settings: Settings, forms: Forms | None = None) -> Labeller:
    """The labeller of a run; a worker process without shared memory reads the kept tables anew."""
    lexicon = load_lexicon(settings.lexicons, cache=settings.cache, legs=False)
    changes = settings.weights.facts
    return Labeller(
        lexicon, forms or Forms.load(settings.cache), settings.sectors, model=settings.model,
        facts=facts_with(changes), reliefs=reliefs_with(changes),
    )  # fmt: skip


class Memory(Protocol):
    """What a run is told of earlier ones: it gives its rows and gets the history they join."""

    within: tuple[int, int]  # days that the report is about, half-open

    def recall(self, columns: Columns, used: NDArray[np.bool_], lexicon: Lexicon, forms: Forms) -> History | None:
        """Take in the rows of a run, and give all that is known by now."""
        ...

    def hear(self, words: Words, rows: NDArray[np.int64]) -> None:
        """Take in the words of the texts of a chunk that no category names, of any day."""
        ...


def analyze(
    inputs: Sequence[str],
    settings: Settings,
    version: str,
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Result:
    """Read complaints, label them, rank what fails.

    Parameters
    ----------
    inputs : sequence of str
        Files, folders, globs or ``-``.
    settings : Settings
    version : str
        Of the tool, for `Report.meta`.
    progress : callable, optional
        Called with the number of rows labelled so far.
    memory : Memory, optional
        Takes in all rows; the report is then about those of its days only.

    Raises
    ------
    InputError, UsageError, LexiconError
        What cannot be read or obeyed.
    NoRowsError
        ``run.no_rows`` where no row is usable.
    """
    forms = Forms.load(settings.cache)
    lexicon = load_lexicon(settings.lexicons, cache=settings.cache, legs=False)
    lexicon.check_sectors(settings.sectors)
    if settings.themes not in ("uncovered", "all", *lexicon.categories):
        raise UsageError("run.bad_choice", option="inside", value=settings.themes, allowed="svc lexicon list")
    reading = _Reading(inputs, settings)
    run = _Run(lexicon, forms, settings, memory)
    build = partial(build_labeller, settings, forms)
    for batch, labels in label_chunks(reading.batches(), build, settings.workers):
        run.add(batch, labels)
        if progress is not None:
            progress(run.columns.n)
    forms.save(settings.cache)
    if run.columns.n == 0:
        raise NoRowsError("run.no_rows", inputs=list(inputs), reasons=dict(sorted(reading.reasons.items())))
    return run.finish(reading, version)


def empty_result(inputs: Sequence[str], settings: Settings, version: str, reasons: dict[str, int]) -> Result:
    """The report of an honestly empty input: no complaints, nothing ranked; `reasons` counts the rows skipped."""
    run = _Run(load_lexicon(settings.lexicons, cache=settings.cache, legs=False), Forms(), settings)
    reading = _Reading(inputs, settings)
    reading.reasons.update(reasons)
    return run.finish(reading, version)


class _Run:
    """What grows while the chunks come in."""

    def __init__(self, lexicon: Lexicon, forms: Forms, settings: Settings, memory: Memory | None = None) -> None:
        self.lexicon = lexicon
        self.memory = memory
        self.forms = forms
        self.settings = settings
        self.columns = Columns(settings.read.by, settings.today)
        self.pains = Shelf(max(settings.quotes, 1) * SPARE_QUOTES)
        self.praises = Shelf(SPARE_QUOTES)
        self.uncovered = UncoveredTexts()
        self.claims = ClaimShelf(settings.today)
        self.gaps = GapShelf()
        self.gathered = Gathered()
        self.urgent = UrgentTexts(list(lexicon.categories.values()))
        self.spool = RowSpool(lexicon, settings.masked, settings.today) if settings.rows else None

    def add(self, batch: Batch, labels: ChunkLabels) -> None:
        """Take in a chunk."""
        rows = self.columns.n + np.arange(len(batch))
        self.columns.add(batch, labels)
        key, days = self.columns.parts["key"][-1].astype(np.uint64), self.columns.parts["date"][-1].astype(np.int64)
        if self.memory is not None:
            docs = self._unnamed(labels)
            self.memory.hear(labels.words.rows(docs), rows[docs])
            inside = (days >= self.memory.within[0]) & (days < self.memory.within[1])
            batch, labels = [batch[i] for i in np.flatnonzero(inside).tolist()], some(labels, inside)
            rows, key, days = rows[inside], key[inside], days[inside]
            if not batch:
                return
        offer(self.pains, batch, labels, strengths=False)
        offer(self.praises, batch, labels, strengths=True)
        self.urgent.add(batch, labels, days, key)
        covered = np.zeros(len(batch), bool)
        covered[labels.doc] = True
        for doc in np.flatnonzero(np.isin(labels.kind, COUNTED_CODES)).tolist():
            self.uncovered.add(int(labels.content[doc]), batch[doc].text, covered=bool(covered[doc]))
        self._gather(batch, labels, rows)
        if self.spool is not None:
            self.spool.add(batch, labels)
        self.claims.add(batch, labels, key, rows)
        self.gaps.add(batch, labels)

    def _gather(self, batch: Batch, labels: ChunkLabels, rows: NDArray[np.int64]) -> None:
        """Texts that themes are looked for in."""
        match self.settings.themes:
            case "uncovered":
                docs = self._unnamed(labels)
            case "all":
                docs = np.arange(len(batch))
            case category:
                inside = labels.category == list(self.lexicon.categories).index(category)
                chosen = np.isin(np.arange(len(batch)), labels.doc[inside]) & np.isin(labels.kind, COUNTED_CODES)
                docs = np.flatnonzero(chosen)
        texts = [batch[doc].text for doc in docs.tolist()]
        self.gathered.add(labels.words.rows(docs), texts, rows[docs], labels.content[docs])

    @staticmethod
    def _unnamed(labels: ChunkLabels) -> NDArray[np.int64]:
        """Complaints without a category: one that the model only guessed names nothing."""
        chosen = np.isin(labels.kind, COUNTED_CODES)
        chosen[labels.doc[~labels.by_model]] = False
        return np.flatnonzero(chosen)

    def finish(self, reading: _Reading, version: str) -> Result:
        """Rank and report."""
        columns, settings = self.columns, self.settings
        columns.finish()
        used = counted_once(columns)
        history, left = None, Counter[str]()
        if self.memory is not None:
            history = self.memory.recall(columns, used, self.lexicon, self.forms)
            used, left = _inside(columns, used, self.memory.within)
        roles = {info.source: tuple(info.choices) for info in reading.tables}
        options = summary.Options(
            settings.top, settings.quotes, settings.masked, settings.period, settings.today, settings.overdue_days,
            settings.denominator, settings.weights, roles, history, self.memory.within if self.memory else None,
            settings.quote_all,
        )  # fmt: skip
        basis = summary.Basis(self.lexicon, columns, used, options)
        context = Context(
            settings.themes, summary.denominator(basis, settings.themes), settings.quotes, settings.masked,
            basis.reference, settings.previous, basis.id_of, settings.command == "discover",
        )  # fmt: skip
        themes = aside(
            partial(find_themes, self.gathered, columns, used, self.forms, context),
            worth_it=columns.n >= MANY and settings.workers != 0,
        )
        findings, effect = summary.findings(basis, self.pains)
        repeats, first = summary.duplicates(basis)
        titles = tomllib.loads(path("titles.toml").read_text("utf-8"))

        def group(axis: str):
            return summary.groups(
                basis, findings, axis, lambda value: titles[axis].get(value, {"ru": value, "en": value})
            )

        report = Report(
            meta=_meta(reading, settings, self.lexicon, version),
            statistics=summary.statistics(basis, reading.reasons, left),
            findings=findings,
            strengths=summary.strengths(basis, self.praises),
            systems=group("system"),
            owners=group("owner"),
            stages=group("stage"),
            dimensions=group("dimension"),
            kinds=summary.kinds(basis),
            matrix=summary.matrix(basis),
            urgent=summary.urgent(basis, self.urgent),
            segments=summary.segments(basis),
            periods=summary.periods(basis),
            uncovered=self.uncovered.phrases(self.forms, settings.masked),
            kpis=summary.measures(basis),
            predictability=summary.predictability(basis, effect),
            duplicates=repeats,
            claims=summary.open_claims(basis, self.claims),
            claim_totals=summary.claim_totals(basis),
            expectations=summary.promises(basis, self.gaps),
            effort=summary.effort(basis),
            skipped=[SkippedRow(item.source, item.row, item.reason) for item in reading.skipped],
        )
        found = themes()
        report = replace(report, themes=found.themes, discovery=found.discovery)
        if self.spool is not None:
            self.spool.finish(used, columns, first, found.of_row)
        return Result(report, self.spool)


def _inside(
    columns: Columns, used: NDArray[np.bool_], within: tuple[int, int]
) -> tuple[NDArray[np.bool_], Counter[str]]:
    """The used rows of some days, and why the others are left out."""
    date = columns["date"]
    inside = (date >= within[0]) & (date < within[1])
    undated = int((used & (date == NO_DATE)).sum())
    out = int((used & ~inside).sum()) - undated
    return used & inside, +Counter({"out_of_period": out, "no_date": undated})


def _changed(weights: Weights) -> dict[str, Any]:
    """Weights that are not the built-in ones."""
    built_in, given = asdict(Weights()), asdict(weights)
    return {name: value for name, value in given.items() if value != built_in[name]}


def _meta(reading: _Reading, settings: Settings, lexicon: Lexicon, version: str) -> Meta:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    created = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch else dt.datetime.now(dt.UTC)
    inputs = [
        {
            "source": info.source,
            "format": info.format,
            "encoding": info.encoding,
            "columns": {role: list(choice.columns) for role, choice in info.choices.items()},
        }
        for info in reading.tables
    ]
    notes = [{"source": info.source, "code": code, **params} for info in reading.tables for code, params in info.notes]
    notes += reading.notes
    reasons = {why for _, why in reading.left_out}
    notes += [
        {"source": "", "code": "left_out_" + why, "paths": [path for path, reason in reading.left_out if reason == why]}
        for why in sorted(reasons)
    ]
    chosen: dict[str, Any] = {key: value for key, value in asdict(settings.read).items() if value}
    if settings.read.by:
        chosen["by"] = list(settings.read.by)  # as the JSON report has it
    return Meta(
        TOOL, version, lexicon.version, created.replace(microsecond=0).isoformat(), inputs,
        {"read": chosen, "overdue_days": settings.overdue_days, "denominator": settings.denominator,
         "weights": _changed(settings.weights),
         "sectors": list(settings.sectors),
         "command": settings.command, "themes": settings.themes, "model": settings.model, "period": settings.period,
         "since": str(settings.since) if settings.since else None,
         "until": str(settings.until) if settings.until else None,
         "today": str(settings.today) if settings.today else None},
        settings.masked, notes,
    )  # fmt: skip
