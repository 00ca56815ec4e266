"""One text read aloud: words, mentions with their rules and states, kind, and the parts of its severity."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .assess.dates_in_text import Term
from .assess.facts import NOTHING, Facts
from .assess.severity import FACTS, HEARD, LIFT, MOST, RELIEFS, Fact, Relief, tilted, told_weight
from .classify import STATES, Classifier, Labels
from .forms import Forms
from .label import DECEIT, PETTY, UNSURE, ChunkLabels, Labeller
from .lexicon import Lexicon
from .signs import sign_names
from .vocabulary import COUNTED, KINDS, severity_class

ROUNDED = 0.0006  # what rounding to a thousandth may take or give


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the rules see it."""

    form: str
    lemma: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a rule fired, and what became of it."""

    text: str
    category: str
    term: str
    weight: float
    state: str
    strength: bool
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the severity: a category's own weight, a fact, or a relief (its `add` is negative)."""

    name: str
    floor: float
    add: float


@dataclass(frozen=True, slots=True)
class Told:
    """A fact of a claim, a promise or effort, with its place in the text."""

    name: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that is known of one text.

    Attributes
    ----------
    weights : list of (sign or lemma, amount)
        What told the kind from its nearest rival, in log odds, strongest first; positive for the kind.
    rival : str
        That other kind.
    words : dict of category to lemmas
        What the model heard, for categories that no rule found.
    """

    kind: str
    confidence: float
    complaint: float
    severity: float
    severity_class: str | None
    parts: list[Part]
    categories: list[tuple[str, float]]
    mentions: list[Mention]
    markers: list[Mention]
    tokens: list[Token]
    weights: list[tuple[str, float]]
    rival: str
    words: dict[str, list[str]]
    told: list[Told]


def explain_text(
    text: str, lexicon: Lexicon, sectors: Sequence[str] = (), *, model: bool = True,
    weights: Sequence[Fact] = FACTS, reliefs: Sequence[Relief] = RELIEFS,
) -> Explanation:  # fmt: skip
    """Read one text with every rule shown.

    Parameters
    ----------
    text : str
    lexicon : Lexicon
    sectors : sequence of str
        Packs that count without a cue.
    model : bool, default True
        Whether the model may add categories where the rules are silent.
    weights : sequence of Fact, default `FACTS`
        Floors and adds of severity.
    reliefs : sequence of Relief, default `RELIEFS`
        What makes it milder.
    """
    forms = Forms()
    labeller = Labeller(lexicon, forms, sectors, model=model, facts=weights, reliefs=reliefs)
    labels = labeller.label([text])
    raw = Classifier(lexicon, forms, sectors, all_packs=True).classify([text])
    categories = labeller.classifier.categories
    mentions = _mentions(text, raw, categories, lexicon)
    marked = _marked(text, raw, labeller.classifier.markers, lexicon)
    kind = KINDS[int(labels.kind[0])]
    given = [
        (categories[int(c)], float(score))
        for c, score in zip(labels.category.tolist(), labels.sureness().tolist(), strict=True)
    ]
    by_model = {categories[int(c)] for c, model in zip(labels.category, labels.by_model, strict=True) if model}
    counted = kind in COUNTED
    petty = bool(labels.petty[0])
    parts = (
        _parts(labels, labeller, {name: _weight(lexicon, name, by_model, petty) for name, _ in given})
        if counted
        else []
    )
    value = float(labels.severity[0])
    words = [
        Token(raw.tokens.form(i), forms.lemmas[int(forms.lemma[raw.form_ids[i]])], bool(raw.scope.negated[i]))
        for i in range(len(raw.tokens.key))
    ]
    rival = KINDS.index("praise") if kind != "praise" else KINDS.index("complaint")
    told = labeller.models.kind_weights(raw, KINDS.index(kind), rival)
    heard = {name: labeller.models.category_words(raw, categories.index(name)) for name in sorted(by_model)}
    return Explanation(
        kind, float(labels.confidence[0]), float(labels.complaint[0]), value,
        severity_class(value) if counted else None, parts,
        sorted(given, key=lambda item: (item[0] in by_model, -item[1], item[0])),
        mentions, marked, words, _strongest(told), KINDS[rival],
        {name: [lemma for lemma, _ in _strongest(found)] for name, found in heard.items()},
        facts_told(labels.told[0] or NOTHING, text),
    )  # fmt: skip


def _mentions(text: str, raw: Labels, categories: Sequence[str], lexicon: Lexicon) -> list[Mention]:
    """Every mention, blocked ones too."""
    found = raw.mentions
    return [
        Mention(text[start:stop], category, rule.term.text, weight, state, strength, rule.file, rule.line)
        for category, rule, start, stop, weight, state, strength in zip(
            [categories[int(i)] for i in found.category], [lexicon.rules[int(i)] for i in found.rule],
            found.start.tolist(), found.stop.tolist(), found.weight.tolist(), [STATES[int(i)] for i in found.state],
            found.strength.tolist(), strict=True)
    ]  # fmt: skip


def _marked(text: str, raw: Labels, names: Sequence[str], lexicon: Lexicon) -> list[Mention]:
    """Words of markers in a single text."""
    _, markers, starts, stops, rules = raw.marker_hits
    return [
        Mention(text[start:stop], marker, rule.term.text, rule.term.weight, STATES[0], False, rule.file, rule.line)
        for marker, start, stop, rule in zip(
            [names[int(i)] for i in markers], starts.tolist(), stops.tolist(),
            [lexicon.rules[int(i)] for i in rules], strict=True)
    ]  # fmt: skip


def _weight(lexicon: Lexicon, name: str, by_model: Collection[str], petty: bool) -> float:
    """What a category weighs in the severity: less where the model alone gave it, or a deceit is about little."""
    own = lexicon.categories[name].severity
    if petty and name.startswith(DECEIT):
        own = min(own, PETTY)
    return min(own, UNSURE) if name in by_model else own


def _parts(labels: ChunkLabels, labeller: Labeller, weights: Mapping[str, float]) -> list[Part]:
    """What the severity of a single text is made of: categories, the gravity of its words, facts, relief."""
    signs, gravity = set(sign_names(int(labels.signs[0]))), labels.gravity
    parts = [Part(name, weight, 0.0) for name, weight in weights.items()]
    for fact in labeller.facts:
        if fact.marker in signs:
            floor = tilted(np.array(fact.floor), np.minimum(gravity, MOST))
            parts.append(Part(fact.marker, round(float(floor[0]), 3), fact.add))
    parts += [Part(relief.marker, 0.0, -relief.off) for relief in labeller.reliefs if relief.marker in signs]
    facts = np.array([[fact.marker in signs for fact in labeller.facts]])
    relief = np.array([[one.marker in signs for one in labeller.reliefs]])
    base = np.array([max(weights.values(), default=0.0)])
    told, grave = told_weight(base, facts, gravity, labeller.facts, relief, labeller.reliefs)
    parts += [Part("told", round(float(told[0]), 3), 0.0), Part("gravity", float(gravity[0]), 0.0)]
    value, whole = float(labels.severity[0]), LIFT + (1 - HEARD) * float(told[0]) + HEARD * float(gravity[0])
    if value < whole - ROUNDED:
        parts.append(Part("most", MOST, 0.0))
    elif grave[0] and value > whole + ROUNDED:
        parts.append(Part("least", value, 0.0))
    return parts


def facts_told(facts: Facts, text: str) -> list[Told]:
    """The facts of a text as they are read aloud, each with the words it was read from."""
    found: list[Told] = []

    def add(name: str, value: object, span: tuple[int, int]) -> None:
        found.append(Told(name, str(value), text[slice(*span)]))

    for name in ("amount", "penalty", "moral_damage"):
        one = getattr(facts, name)
        if one is not None:
            add(name, f"{one.value:.10g}", (one.start, one.stop))
    for item in facts.law:
        add("law", item.name, (item.start, item.stop))
    for name in ("demands", "escalation"):
        found.extend(Told(name, value, "") for value in getattr(facts, name))
    for name, day in (("deadline", facts.limit), ("purchase", facts.purchase), ("claim", facts.claim)):
        if day is not None:
            value = f"{day.n} {day.unit}" if isinstance(day, Term) else f"{day.day:02}.{day.month:02}.{day.year or '…'}"
            add(name, value, (day.start, day.stop))
    for name in ("order", "contract"):
        one = getattr(facts, name)
        if one is not None:
            add(name, one.name, (one.start, one.stop))
    if facts.promise is not None:
        add("promised", facts.promise.by, facts.promise.promised)
        add("got", "", facts.promise.got)
    if facts.effort is not None:
        for name, start, stop in facts.effort.spans:
            add(name, getattr(facts.effort, name), (start, stop))
    if facts.churn:
        found.append(Told("churn", "", ""))
    return found


def _strongest(weights: dict[str, float], n: int = 8) -> list[tuple[str, float]]:
    """The weightiest entries, first the farthest from zero."""
    order = sorted(weights.items(), key=lambda item: (-abs(round(item[1], 4)), item[0]))
    return [(name, round(amount, 2)) for name, amount in order[:n] if abs(amount) >= 0.05]
