"""Checks of a lexicon beyond its spelling: every example does what its place says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .classify import ENOUGH, STATES, Classifier
from .forms import Forms
from .lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class ExampleFault:
    """An example that a category or marker gets wrong."""

    file: str
    line: int
    id: str
    expected: bool
    text: str
    fired: tuple[str, ...]


def check_examples(lexicon: Lexicon, forms: Forms, files: Iterable[str] = ()) -> list[ExampleFault]:
    """Examples that must match and do not, or must not and do.

    Parameters
    ----------
    lexicon : Lexicon
    forms : Forms
    files : iterable of str, optional
        Only categories and markers of files with these names.
    """
    wanted = set(files)
    classifier = Classifier(lexicon, forms, sectors=tuple(lexicon.packs))
    cases = [
        (entry, text, expected, column, table)
        for table, entries in (("score", lexicon.categories), ("marker", lexicon.markers))
        for column, entry in enumerate(entries.values())
        if not wanted or entry.file in wanted
        for expected, texts in ((True, entry.yes), (False, entry.no))
        for text in texts
    ]
    labels = classifier.classify([text for _, text, *_ in cases])
    score = labels.score.table()
    faults: list[ExampleFault] = []
    for row, (entry, text, expected, column, table) in enumerate(cases):
        given = score[row, column] >= ENOUGH if table == "score" else labels.marker[row, column] > 0
        if bool(given) != expected:
            fired = [
                f"{lexicon.rules[int(rule)].use}[{STATES[state]}]: {lexicon.rules[int(rule)].term.text}"
                for doc, rule, state in zip(
                    labels.mentions.doc.tolist(),
                    labels.mentions.rule.tolist(),
                    labels.mentions.state.tolist(),
                    strict=True,
                )
                if doc == row and lexicon.rules[int(rule)].target == entry.id
            ]
            if table == "marker":
                docs, markers, _, _, rules = labels.marker_hits
                fired = [
                    lexicon.rules[int(r)].term.text
                    for d, m, r in zip(docs.tolist(), markers.tolist(), rules.tolist(), strict=True)
                    if d == row and m == column
                ]
            faults.append(ExampleFault(entry.file, entry.line, entry.id, expected, text, tuple(fired)))
    return faults


def count_examples(lexicon: Lexicon, files: Iterable[str] = ()) -> int:
    """Number of examples that `check_examples` reads."""
    wanted = set(files)
    entries = [*lexicon.categories.values(), *lexicon.markers.values()]
    return sum(len(entry.yes) + len(entry.no) for entry in entries if not wanted or entry.file in wanted)
