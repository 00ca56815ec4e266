"""The notation of a lexicon's terms, parsed. The page that explains it to authors is lexicons/README.md.

term  = leg { (" + " | " - ") leg }
leg   = item { [ ( "~" | ">" ) digits ] item }
item  = word { "|" word }   |   '"' form { " " form } '"'
word  = [ "!" | "?" ] ( [ "=" ] letters | letters "*" | "@" set )
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .lemmas import flatten, word_lemmas
from .tokens import OWN_DIGITS, tokenize

MAX_ITEMS = 8
MAX_GAP = 8
NEAR = 25  # words between the sides of a `+`
MIN_PREFIX = 3

_PIECE = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"=?(?!-+\*?$)[a-zа-яё0-9№%₽-]+|(?!-+\*?$)[a-zа-яё0-9№%₽-]+\*|@[a-z_]+")
_PLAIN = re.compile(r"[А-Яа-яЁёA-Za-z ]+")


class TermError(ValueError):
    """A term that does not keep the notation; the argument says what is allowed."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a leg.

    Attributes
    ----------
    atoms : frozenset of str
        ``lemma``, ``=form`` or ``prefix*``; with ``!`` before it where the word must be negated. A word without the
        sign must not be, an exact form may be either.
    gap : int
        Words allowed between this item and the one before.
    ordered : bool
        Whether it must come after the one before.
    strict : bool
        Whether not even a light word may stand between.
    """

    atoms: frozenset[str]
    gap: int = 0
    ordered: bool = True
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A parsed term: the main leg, and the legs that must and must not stand in the same sentence."""

    text: str
    main: tuple[Item, ...]
    plus: tuple[tuple[Item, ...], ...] = ()
    minus: tuple[tuple[Item, ...], ...] = ()
    weight: float = 1.0


def parse_term(text: str, sets: Mapping[str, tuple[str, ...]], weight: float = 1.0) -> Term:
    """Parse one term.

    Parameters
    ----------
    text : str
        The notation of lexicons/README.md.
    sets : mapping of str to tuple of str
        Word lists for ``@name``.
    weight : float, default 1.0
        What a mention adds to its category.

    Raises
    ------
    TermError
        Where the notation is not kept.

    Examples
    --------
    >>> term = parse_term("!привезти|доставить ~2 заказ - возврат", {})
    >>> [sorted(item.atoms) for item in term.main], term.main[1].gap, len(term.minus)
    ([['!доставить', '!привезти'], ['!заказ', 'заказ']], 2, 1)
    """
    legs: list[tuple[str, str]] = []
    sign = "+"
    for part in re.split(r"\s+([+-])\s+", text.strip()):
        if part in {"+", "-"}:
            sign = part
        else:
            legs.append((sign, part))
    parsed = [(sign, _leg(leg, sets)) for sign, leg in legs]
    if not parsed or parsed[0][0] == "-":
        raise TermError("a term begins with what must be there")
    return Term(
        text,
        parsed[0][1],
        tuple(leg for sign, leg in parsed[1:] if sign == "+"),
        tuple(leg for sign, leg in parsed[1:] if sign == "-"),
        weight,
    )


def _leg(text: str, sets: Mapping[str, tuple[str, ...]]) -> tuple[Item, ...]:
    items: list[Item] = []
    gap, ordered, negate, missing = 0, True, False, False
    for match in _PIECE.finditer(text):
        phrase, piece = match.groups()
        if phrase is not None:
            for place, form in enumerate(_forms(phrase)):
                items.append(Item(frozenset({"=" + form, "!=" + form}), gap, ordered, place > 0))
                gap, ordered = 0, True
            missing = False
            continue
        if piece[0] in "~>":
            if not piece[1:].isdigit() or not 0 <= int(piece[1:]) <= MAX_GAP or not (items or negate):
                raise TermError(
                    f"{piece}: a gap is ~0 to ~{MAX_GAP} between two words, >0 to >{MAX_GAP} in their order"
                )
            if not negate:  # «без ~1 справка»: the reach of a negation is its own
                gap, ordered, missing = int(piece[1:]), piece[0] == ">", True
            continue
        if piece in {"не", "нет", "без"} and match.end() < len(text.rstrip()):
            negate = True
            continue
        items.append(_item(piece, sets, negate, gap, ordered))
        gap, ordered, negate, missing = 0, True, False, False
    if not items or missing or negate:
        raise TermError("words are missing")
    if len(items) > MAX_ITEMS:
        raise TermError(f"at most {MAX_ITEMS} words in a row")
    if any(atom.startswith("!") for item in items for atom in item.atoms):
        # Russian denies the object along with the verb («денег не вернули»): beside a denied word the others are free
        return tuple(item if _signed(item) else _free(item) for item in items)
    return tuple(items)


def _forms(phrase: str) -> list[str]:
    """The words of an exact phrase, split as a text is: «ни ответа, ни привета», «ст. 159», «115фз»."""
    if _PLAIN.fullmatch(phrase):
        return flatten(phrase).split()
    tokens = tokenize([phrase])
    return [tokens.form(i) for i in range(len(tokens.key))]


def _signed(item: Item) -> bool:
    return any(atom.startswith("!") for atom in item.atoms)


def _free(item: Item) -> Item:
    return replace(item, atoms=item.atoms | {"!" + atom for atom in item.atoms})


def _item(piece: str, sets: Mapping[str, tuple[str, ...]], negate: bool, gap: int, ordered: bool) -> Item:
    atoms: set[str] = set()
    # a sign before the first word of an alternation holds for all: «!привезти|доставить»
    common = "!" if negate else piece[0] if piece[0] in "!?" else ""
    for part in piece.split("|"):
        sign, word = (part[0], part[1:]) if part[:1] in {"!", "?"} else (common, part)
        if not _WORD.fullmatch(word.lower()):
            raise TermError(f'{word or piece!r} is no word, =form, word*, @set or "exact form"')
        if word.startswith("@") and word[1:] not in sets:
            raise TermError(f"{word} is not a known set; known are {', '.join('@' + name for name in sorted(sets))}")
        for member in sets[word[1:]] if word.startswith("@") else (word,):
            plain = _atoms(member)
            if sign != "!":
                atoms.update(plain)
            if sign:
                atoms.update("!" + atom for atom in plain)
    return Item(frozenset(atoms), gap, ordered)


def _atoms(word: str) -> tuple[str, ...]:
    if word.startswith("="):  # «=годами» is not every «год», «=верните» no «вернули»
        return ("=" + flatten(word[1:]),)
    if word.endswith("*"):
        if len(word) <= MIN_PREFIX:
            raise TermError(f"{word}: at least {MIN_PREFIX} letters before the star")
        return (flatten(word),)
    if word.isdigit() and len(word) <= OWN_DIGITS:  # all numbers share one lemma, short ones have a form of their own
        return ("=" + word,)
    return word_lemmas(word)
