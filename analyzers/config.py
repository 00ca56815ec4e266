"""Settings of one analysis, with their defaults. Flags, `SVC_*` and files are read in `cli`."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path

from .discover.ids import Known
from .read import ReadOptions
from .weights import Weights

RANKINGS = ("index", "volume", "severity", "growth", "impact", "money")


@dataclass(slots=True)
class Settings:
    """What a run is asked to do.

    Attributes
    ----------
    lexicons : tuple of str
        Paths of further lexicon files.
    sectors : tuple of str
        Packs that count without a cue.
    since, until : date or None
        First and last day used; rows without a date are then skipped.
    overdue_days : int
        A complaint may be open so long.
    denominator : int or None
        Orders or customers that the complaints come from.
    model : bool
        Whether the model may add categories where the rules are silent.
    themes : str
        Where themes are looked for: ``uncovered`` complaints, ``all`` rows, or a category's id.
    quote_all : bool
        Whether every finding is quoted, or only those that grew: to mask a quote costs more than all else of a finding.
    previous : tuple of Known
        Themes of an earlier report, whose ids are kept.
    cache : Path or None
        Folder of the kept form table, None for none.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    lexicons: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    period: str | None = None
    today: dt.date | None = None
    overdue_days: int = 10
    denominator: int | None = None
    weights: Weights = field(default_factory=Weights)
    top: int | None = 20
    quotes: int = 3
    quote_all: bool = True
    masked: bool = True
    workers: int | None = None
    chunk: int = 1000  # complaints: enough to pay for the vector steps, small enough for the processor's cache
    rows: bool = False
    model: bool = True
    command: str = "analyze"
    themes: str = "uncovered"
    previous: tuple[Known, ...] = ()
    cache: Path | None = None


def cache_folder() -> Path | None:
    """``SVC_CACHE_DIR``, else the platform's cache folder; None where there is none."""
    given = os.environ.get("SVC_CACHE_DIR")
    if given is not None:
        return Path(given) if given else None
    from platformdirs import user_cache_dir

    try:
        return Path(user_cache_dir("svc", appauthor=False))
    except (OSError, RuntimeError):
        return None
