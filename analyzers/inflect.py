"""Forms of words that the dictionary lacks («подвисать», «тикет»), by a word of their class that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer  # pyright: ignore[reportMissingTypeStubs]
    from pymorphy3.analyzer import Parse  # pyright: ignore[reportMissingTypeStubs]


def inflected(models: Mapping[str, Sequence[str]], morph: MorphAnalyzer) -> dict[str, tuple[str, object]]:
    """Every form of the words of some classes.

    The ending that a word shares with its model is changed as the model's is: «читать»: «читает», so «подвисать»:
    «подвисает».

    Parameters
    ----------
    models : mapping of str to sequence of str
        Words by the model of their class, all base forms, ё written as е.
    morph : MorphAnalyzer

    Returns
    -------
    dict of str to (str, object)
        Base form and tag by form.
    """
    found: dict[str, tuple[str, object]] = {}
    for model, words in models.items():
        parse = next(parse for parse in morph.parse(model) if _flat(parse.normal_form) == model)
        lexeme = cast("list[Parse]", parse.lexeme)  # pyright: ignore[reportUnknownMemberType]
        for word in words:
            shared = _shared_ending(model, word)
            stem, own = model[: len(model) - shared], word[: len(word) - shared]
            for form in lexeme:
                flat = _flat(form.word)
                if flat.startswith(stem):
                    found.setdefault(own + flat[len(stem) :], (word, form.tag))
    return found


def _flat(word: str) -> str:
    return word.replace("ё", "е")


def _shared_ending(one: str, other: str) -> int:
    """Letters that both end with.

    >>> _shared_ending("читать", "хавать")
    3
    """
    for n, (a, b) in enumerate(zip(reversed(one), reversed(other), strict=False)):
        if a != b:
            return n
    return min(len(one), len(other))
