"""Phrases of a text that may name a theme: «не приходит код», «закрытие счёта», in the words of the customers.

A phrase is a run of words of one clause whose parts of speech fit a pattern; runs with the same content words are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..forms import Forms
from ..lemmas import BIT
from ..tokens import tokenize

LONGEST = 4  # words of a phrase
# N noun, A adjective or participle, V verb, I infinitive, - «не», P preposition, G noun in the genitive
_PATTERNS = """
N AN NG ANG NAG AAN NGG NPN NPAN ANPN
V -V VN -VN VAN -VAN VNG -VNG NV N-V AN-V NG-V NGV VPN -VPN VPAN
I IN -IN IAN ING VI -VI -VIN IPN -IPN IPAN VINP
"""
PATTERNS = frozenset(_PATTERNS.split())
BEGINNINGS = frozenset(pattern[:i] for pattern in PATTERNS for i in range(1, LONGEST + 1))
_CLASSES = (
    ("preposition", "P"), ("infinitive", "I"), ("participle", "A"), ("verb", "V"), ("noun", "N"), ("adjective", "A"),
)  # fmt: skip
_NAMES = sum(BIT[name] for name in ("name", "surname", "patronymic"))
_LIGHT = sum(BIT[name] for name in ("light", "pronoun", "conjunction", "particle", "intensifier"))
# words that name nothing by themselves
_EMPTY = """
день добрый здравствуйте спасибо год месяц неделя время раз час минута человек вопрос подсказать пожалуйста быть стать
хотеть делать сделать сказать говорить писать написать который свой один два просить помочь почему ваш мой очень хороший
плохой большой весь другой самый дело ситуация проблема момент сегодня вчера уважаемый решить решать знать понять
понимать итог причина случай сторона образ связь ответ нужный должный сколько первый второй последний следующий прошлый
данный пытаться пробовать являться прийтись найти начать рубль просьба привет дать получиться получаться оказаться мочь
тысяча смочь какой какой-то никакой новый старый чужой обычный личный официальный ужасный отвратительный просто вечер
утро ночь вещь место ничто целый разный любой каждый полный общий настоящий обязать ждать решение купить взять прийти
каков некий руб ст январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
"""
EMPTY = frozenset(_EMPTY.split())


@dataclass(slots=True)
class Phrase:
    """What is known of a phrase.

    Attributes
    ----------
    words : tuple of str
        Content lemmas, sorted.
    docs : set of int
        Texts that have it.
    spelled : dict of (str, str) to list of int
        Texts where each spelling, with its pattern, was met.
    """

    words: tuple[str, ...]
    docs: set[int] = field(default_factory=set[int])
    spelled: dict[tuple[str, str], list[int]] = field(default_factory=dict[tuple[str, str], list[int]])


def phrases(texts: Sequence[str], forms: Forms) -> dict[tuple[str, ...], Phrase]:
    """All phrases of the texts by their content words."""
    tokens = tokenize(list(texts))
    ids = forms.ids(tokens)
    flags: list[int] = forms.flags[ids].tolist()
    numbers: list[int] = forms.lemma[ids].tolist()
    lemmas, classes = forms.lemmas, _classes(ids, forms)
    doc: list[int] = tokens.doc.tolist()
    # clauses are counted over all texts, so one never goes on in the next text
    clause: list[int] = tokens.clause.tolist()
    genitive = BIT["genitive"]
    form = cache(tokens.form)
    found: dict[tuple[str, ...], Phrase] = {}
    n = len(classes)
    for begin in range(n):
        pattern = ""
        for at in range(begin, min(n, begin + LONGEST)):
            letter = classes[at]
            if letter == " " or clause[at] != clause[begin]:
                break
            if letter == "N" and pattern[-1:] in ("N", "G") and flags[at] & genitive:
                letter = "G"
            if letter == "N" and pattern.endswith("A") and "N" in pattern and pattern[-2:-1] == "N":
                letter = "G"  # «карта другого банка»
            pattern += letter
            if pattern not in BEGINNINGS:
                break
            if pattern not in PATTERNS:
                continue
            inside = range(begin, at + 1)
            words = tuple(sorted({("не " if i > begin and classes[i - 1] == "-" else "") + lemmas[numbers[i]]
                                  for i in inside if classes[i] not in "-P"}))  # fmt: skip
            phrase = found.get(words)
            if phrase is None:
                if all(word.removeprefix("не ") in EMPTY for word in words):
                    continue
                phrase = found[words] = Phrase(words)
            phrase.docs.add(doc[begin])
            spelling = " ".join(map(form, inside))
            phrase.spelled.setdefault((spelling, pattern), []).append(doc[begin])
    return found


def _classes(ids: NDArray[np.int32], forms: Forms) -> list[str]:
    """The letter of each word in `PATTERNS`; each form is looked at once."""
    met, back = np.unique(ids, return_inverse=True)
    flags: list[int] = forms.flags[met].tolist()
    lemmas: list[int] = forms.lemma[met].tolist()
    letters = [_class(bits, forms.lemmas[lemma]) for bits, lemma in zip(flags, lemmas, strict=True)]
    return [letters[i] for i in back.tolist()]


def _class(bits: int, lemma: str) -> str:
    """The letter of a word in `PATTERNS`, a blank where no phrase may go on."""
    if lemma == "не":
        return "-"
    if bits & BIT["preposition"]:
        return "P"
    if bits & BIT["imperative"]:
        return " "  # «добавьте», «верните»: a wish of one, no name of what many tell
    if bits & (_NAMES | _LIGHT) or not lemma[:1].isalpha() or len(lemma) < 2:
        return " "
    return next((letter for name, letter in _CLASSES if bits & BIT[name]), "N" if bits & BIT["latin"] else " ")
