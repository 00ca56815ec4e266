"""Checks of a lexicon beyond its spelling: every example does what its place says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .category import Problem, Rule
from .classify import ENOUGH, STATES, Classifier
from .forms import Forms
from .lemmas import analyse, lemma_is_met
from .lexicon import Lexicon
from .terms import Term


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


def dead_words(lexicon: Lexicon) -> list[Problem]:
    """Words of terms that no text can satisfy: lemmas under which no form of the language is ever filed.

    Customers' words the dictionary lacks are read as the nearest word it has («паленка» as «плёнка»), and some forms
    as another part of speech («накладная» as an adjective). Such a word is written ``=form``.
    """
    met: dict[str, bool] = {}
    found: list[Problem] = []
    for rule in lexicon.rules:
        for word in _lemmas_of(rule.term):
            if word not in met:
                met[word] = lemma_is_met(word)
            if not met[word]:
                params: dict[str, object] = {"id": rule.target, "word": word, "read": analyse(word).lemma}
                found.append(Problem(rule.file, rule.line, "lexicon.dead_word", params))
    return found


def told_twice(lexicon: Lexicon) -> list[Problem]:
    """Terms that say what an earlier one of the same list says, such as «всё супер» and «все супер».

    Both would count, so that what was written twice weighed double.
    """
    first: dict[tuple[object, ...], Rule] = {}
    found: list[Problem] = []
    for rule in lexicon.rules:
        term = rule.term
        said = first.setdefault((rule.use, rule.target, rule.own, term.main, term.plus, term.minus), rule)
        if said is not rule:
            params: dict[str, object] = {"id": rule.target, "term": term.text, "first": said.term.text}
            found.append(Problem(rule.file, rule.line, "lexicon.told_twice", params))
    return found


def _lemmas_of(term: Term) -> Iterator[str]:
    """The lemmas a term names, each once, in an order that no set decides."""
    legs = (term.main, *term.plus, *term.minus)
    atoms = {atom.removeprefix("!") for leg in legs for item in leg for atom in item.atoms}
    return iter(sorted(atom for atom in atoms if not atom.startswith("=") and not atom.endswith("*")))


def count_examples(lexicon: Lexicon, files: Iterable[str] = ()) -> int:
    """Number of examples that `check_examples` reads."""
    wanted = set(files)
    entries = [*lexicon.categories.values(), *lexicon.markers.values()]
    return sum(len(entry.yes) + len(entry.no) for entry in entries if not wanted or entry.file in wanted)
