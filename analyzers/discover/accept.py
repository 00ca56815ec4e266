"""A theme as a lexicon entry: terms chosen by what they catch, tried by the matcher before anything is written."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..classify import FIRED, Classifier
from ..config import Settings
from ..errors import UsageError
from ..forms import Forms
from ..lexicon import Lexicon, load_lexicon
from ..mask import mask
from ..pipeline import analyze
from ..records import Theme
from .phrases import EMPTY, phrases

CANDIDATES = 60
MOST_TERMS = 12
PRECISION = 0.6  # of a term on its theme, at least
INSIDE = 2  # texts of the theme that a term must catch
LONE = 0.1  # of the theme's texts: a bare word that catches fewer gives way to a phrase with it: «физическое лицо»
PHRASE = 0.5  # of the word's new texts that such a phrase must catch
EXAMPLES = 4
LONGEST_EXAMPLE = 200
CHUNK = 500

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the rows it catches: in the theme, outside it, and of those with a category already."""

    text: str
    inside: int
    outside: int
    covered: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The terms of a theme, what they catch together, and examples for and against."""

    theme: Theme
    terms: list[Term]
    inside: int
    outside: int
    yes: list[str]
    no: list[str]


def propose(inputs: Sequence[str], settings: Settings, theme_id: str, category: str, version: str) -> Proposal:
    """Terms for a theme of these inputs.

    Raises
    ------
    UsageError
        ``accept.unknown``.
    """
    result = analyze(inputs, replace(settings, rows=True, masked=False), version)
    rows: list[Row] = [row for row in result.rows or () if not row["duplicate"]]
    if result.rows is not None:
        result.rows.close()
    theme = next((theme for theme in result.report.themes if theme.id == theme_id), None)
    if theme is None:
        allowed = ", ".join(found.id for found in result.report.themes[:8])
        raise UsageError("accept.unknown", id=theme_id, allowed=allowed or "-", nearest=None)
    forms = Forms.load(settings.cache)
    mine = np.array([row["theme"] == theme_id for row in rows])
    candidates = _candidates([row["text"] for row in rows], mine.tolist(), forms)
    caught = _caught([row["text"] for row in rows], candidates, category, forms, settings)
    covered = np.array([bool(row["categories"]) for row in rows])
    terms: list[Term] = []
    seen = np.zeros(len(rows), bool)
    for term in _chosen(candidates, caught, mine):
        hits = caught[term]
        terms.append(
            Term(term, int((hits & mine).sum()), int((hits & ~mine).sum()), int((hits & ~mine & covered).sum()))
        )
        seen |= hits
    return Proposal(
        theme, terms, int((seen & mine).sum()), int((seen & ~mine).sum()),
        _examples(rows, seen & mine, settings.masked), _examples(rows, ~seen & ~mine, settings.masked),
    )  # fmt: skip


def _candidates(texts: Sequence[str], mine: Sequence[bool], forms: Forms) -> list[str]:
    """Words and pairs of words that the theme has more often than the rest, most telling first."""
    scored: list[tuple[float, str]] = []
    for words, docs in phrases(texts, forms).items():
        if len(words) > 2 or any(word.removeprefix("не ") in EMPTY for word in words):
            continue
        inside = sum(mine[doc] for doc in docs)
        if inside < INSIDE or inside < PRECISION / 2 * len(docs):
            continue
        spelled = " ~2 ".join(("!" + word.removeprefix("не ")) if word.startswith("не ") else word for word in words)
        scored.append((inside * inside / len(docs), spelled))
    scored.sort(key=lambda item: (-round(item[0], 6), item[1]))
    return list(dict.fromkeys(term for _, term in scored))[:CANDIDATES]


def _caught(
    texts: Sequence[str], terms: Sequence[str], category: str, forms: Forms, settings: Settings
) -> dict[str, np.ndarray]:
    """Which texts each term catches, by the matcher itself."""
    caught = {term: np.zeros(len(texts), bool) for term in terms}
    if not terms:
        return caught
    lexicon = _trial(terms, category, settings)
    classifier = Classifier(lexicon, forms, settings.sectors)
    for begin in range(0, len(texts), CHUNK):
        mentions = classifier.classify(list(texts[begin : begin + CHUNK])).mentions
        for doc, rule, state in zip(
            mentions.doc.tolist(), mentions.rule.tolist(), mentions.state.tolist(), strict=True
        ):
            known = lexicon.rules[int(rule)]
            name = known.term.text
            if state == FIRED and known.own and name in caught:
                caught[name][begin + doc] = True
    return caught


def _trial(terms: Sequence[str], category: str, settings: Settings) -> Lexicon:
    """The lexicon with the terms added for a try."""
    known = load_lexicon(settings.lexicons, cache=settings.cache)
    listed = json.dumps(list(terms), ensure_ascii=False)
    if category in known.categories:
        page = f'[[extend]]\nid = "{category}"\nterms = {listed}\n'
    else:
        words = '{ ru = "x", en = "x" }'
        page = (
            f'[[category]]\nid = "{category}"\ntitle = {words}\nowner = "it"\ndimension = "reliability"\n'
            f'stage = "during"\nseverity = 0.4\nupgrade = {words}\nmetric = {words}\n'
            f"terms = {listed}\nyes = []\nno = []\n"
        )
    with tempfile.TemporaryDirectory(prefix="svc-accept-") as folder:
        path = Path(folder) / "trial.toml"
        path.write_text(page, "utf-8")
        return load_lexicon((*settings.lexicons, str(path)))


def _chosen(candidates: Sequence[str], caught: dict[str, np.ndarray], mine: np.ndarray) -> list[str]:
    """Terms precise enough, each adding texts of the theme that the better ones miss."""
    seen = np.zeros(len(mine), bool)
    chosen: list[str] = []
    left = [term for term in candidates if int((caught[term] & mine).sum()) >= INSIDE]
    left = [term for term in left if (caught[term] & mine).sum() >= PRECISION * caught[term].sum()]
    while left and len(chosen) < MOST_TERMS:
        best = max(left, key=lambda term: (int((caught[term] & mine & ~seen).sum()), -left.index(term)))
        if not (caught[best] & mine & ~seen).any():
            break
        best = _in_full(best, left, caught, mine & ~seen, LONE * mine.sum())
        chosen.append(best)
        seen |= caught[best]
        left.remove(best)
    return chosen


def _in_full(term: str, left: Sequence[str], caught: dict[str, np.ndarray], fresh: np.ndarray, rare: float) -> str:
    """The phrase that stands for a rare bare word, or the term itself: elsewhere a word alone means much."""
    n = int((caught[term] & fresh).sum())
    if "~" in term or n >= rare:
        return term
    fuller = [
        other for other in left if term in other.split(" ~2 ") and other != term
        and (caught[other] & fresh).sum() >= max(INSIDE, PHRASE * n)
    ]  # fmt: skip
    return max(fuller, key=lambda other: (int((caught[other] & fresh).sum()), -left.index(other)), default=term)


def _examples(rows: Sequence[Row], chosen: np.ndarray, masked: bool) -> list[str]:
    """Short texts, whatever the order of rows."""
    texts = {rows[at]["text"] for at in np.flatnonzero(chosen).tolist()}
    short = sorted(
        {" ".join(text.split()) for text in texts if 20 <= len(text) <= LONGEST_EXAMPLE}, key=lambda t: (len(t), t)
    )
    return [mask(text).text if masked else text for text in short[:EXAMPLES]]
