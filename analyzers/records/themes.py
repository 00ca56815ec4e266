"""What no category knows: phrases and themes."""

from __future__ import annotations

from dataclasses import dataclass, field

from .findings import Quote, Title


@dataclass(slots=True)
class Uncovered:
    """A frequent phrase of complaints that no category covers."""

    phrase: str
    n: int


@dataclass(slots=True)
class Kept:
    """The theme of an earlier report that a theme was recognised as.

    Attributes
    ----------
    id : str
        Kept from that report.
    distance : float
        Of the words of the two, in [0, 1].
    alias : str or None
        The id that the theme would have had of itself.
    """

    id: str
    distance: float
    alias: str | None


@dataclass(slots=True)
class Part:
    """A sub-theme of a large theme.

    Attributes
    ----------
    share : float
        Of the theme's texts.
    words : list of str
        Telling words beside the title.
    """

    id: str
    title: Title
    n: int
    share: float
    words: list[str]


@dataclass(slots=True)
class Theme:
    """What a group of alike complaints is about, found without a lexicon.

    Attributes
    ----------
    chance : float or None
        That as many come into the last period by accident.
    words : list of str
        Telling words beside the title.
    near : str or None
        The theme most like it.
    apart : list of str
        Words it has and that one has not.
    kept : Kept or None
    terms : dict of str to float
        Lemmas by which a later run knows it again, with their weights.
    parts : list of Part
        Sub-themes, largest first; `svc discover` looks for them in large themes.
    sure : float or None
        How surely its texts are complaints, on average.
    """

    id: str
    title: Title
    n: int
    customers: int
    share: float
    share_low: float
    share_high: float
    severity: float
    severity_class: str
    classes: dict[str, int]
    growth: float | None
    status: str | None
    chance: float | None
    few: bool
    words: list[str]
    near: str | None
    apart: list[str]
    kept: Kept | None
    terms: dict[str, float]
    quotes: list[Quote] = field(default_factory=list[Quote])
    rows: list[str] = field(default_factory=list[str])
    parts: list[Part] = field(default_factory=list[Part])
    sure: float | None = None


@dataclass(slots=True)
class Discovery:
    """What the themes were found in.

    Attributes
    ----------
    scope : str
        ``uncovered``, ``all``, or the id of the category looked into.
    n : int
        Texts looked at; `without` of them belong to no theme.
    fitted : int
        Different texts that the themes were made from; the others were only assigned.
    period : str or None
        The last complete period, compared with those before it.
    false_alarm : float
        Chance that an ordinary period makes any theme look new or growing.
    """

    scope: str
    n: int
    without: int
    fitted: int
    period: str | None
    false_alarm: float
