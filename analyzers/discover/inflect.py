"""A phrase in the case and number of a heading: «горячей воды» -> «горячая вода»."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..lemmas import _morph  # pyright: ignore[reportPrivateUsage]  # one dictionary in memory for both


def heading(spelling: str, pattern: str) -> str:
    """The phrase with its head in the nominative.

    Only the head of a noun phrase and the adjectives before it are turned; what follows it keeps its case. A phrase
    with a verb is left as it was written.

    Parameters
    ----------
    spelling : str
        Normal letters.
    pattern : str
        As in `phrases.PATTERNS`.

    Examples
    --------
    >>> heading("горячей воды", "AN"), heading("кода подтверждения", "NG"), heading("не приходит код", "-VN")
    ('горячая вода', 'код подтверждения', 'не приходит код')
    """
    words = spelling.split()
    head = pattern.find("N")
    if head < 0 or set(pattern[:head]) - {"A"} or "V" in pattern or len(words) != len(pattern):
        return spelling
    noun: Any = _reading(words[head], "NOUN")
    if noun is None:
        return spelling
    number = "plur" if "plur" in noun.tag else "sing"
    turned = noun.inflect({"nomn", number})
    if turned is None:
        return spelling
    words[head] = turned.word
    wanted = {"nomn", number} | ({str(turned.tag.gender)} if number == "sing" and turned.tag.gender else set[str]())
    for at in range(head):
        adjective = _reading(words[at], "ADJF", "PRTF")
        agreed = adjective.inflect(wanted) if adjective is not None else None
        if agreed is None:
            return spelling
        words[at] = agreed.word
    return " ".join(words)


@lru_cache(maxsize=4096)
def spoken(lemma: str) -> str:
    """A lemma as a word alone: a denied verb as people write it.

    >>> spoken("не приходить"), spoken("код")
    ('не приходит', 'код')
    """
    if not lemma.startswith("не "):
        return lemma
    verb: Any = _reading(lemma.removeprefix("не "), "INFN")
    if verb is None:
        return lemma
    turned = verb.inflect({"3per", "sing"}) if "impf" in verb.tag else verb.inflect({"past", "masc"})
    return f"не {turned.word}" if turned is not None else lemma


@lru_cache(maxsize=4096)
def sounds_right(spelling: str, pattern: str) -> bool:
    """Whether a phrase with a noun before its verb agrees: «блюд понравились» does not.

    >>> sounds_right("карта не работает", "N-V"), sounds_right("блюд понравились", "NV")
    (True, False)
    """
    words = spelling.split()
    verb = pattern.find("V")
    head = pattern.find("N")
    if len(words) != len(pattern) or not 0 <= head < verb:
        return True
    heads: list[Any] = list(_morph().parse(words[head]))
    told: list[Any] = list(_morph().parse(words[verb]))
    nouns = [parse for parse in heads if {"NOUN", "nomn"} in parse.tag]
    verbs = [parse for parse in told if str(parse.tag.POS) in ("VERB", "PRTS")]
    return any(_agree(noun.tag, parse.tag) for noun in nouns for parse in verbs)


def _agree(noun: Any, verb: Any) -> bool:
    """Whether a noun can be the subject of a verb."""
    if noun.number != verb.number or (verb.person is not None and verb.person != "3per"):
        return False
    return verb.gender is None or verb.gender == noun.gender


def _reading(form: str, *parts: str) -> Any:
    """The likeliest reading of a form as one of the parts of speech."""
    parses: list[Any] = list(_morph().parse(form))
    return next((parse for parse in parses if str(parse.tag.POS) in parts and "Surn" not in parse.tag), None)
