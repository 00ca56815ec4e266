"""Phrases of a text that may name a theme: «не приходит код», «закрытие счёта», in the words of the customers.

A phrase is a run of words of one clause whose parts of speech fit a pattern; runs with the same content words are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..forms import Forms
from ..lemmas import BIT
from ..tokens import Tokens, tokenize

Int = NDArray[np.int64]

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
каков некий денежный средство сожаление целое главное самое хотеться минус плюс доп примерно куча любимый
руб ст январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
"""
EMPTY = frozenset(_EMPTY.split())


_LETTERS = " -PIAVNG"  # of `PATTERNS`; a blank where no phrase may go on
_OF = {letter: code for code, letter in enumerate(_LETTERS)}
_BASE = len(_LETTERS)
READ = 120  # words at the beginning of a text that phrases are taken from: what it is about is said there


def _code(pattern: str) -> int:
    return sum(_OF[letter] * _BASE**at for at, letter in enumerate(reversed(pattern)))


_NAME_OF = {_code(pattern): pattern for pattern in PATTERNS}
_ALLOWED, _COMPLETE = np.zeros(_BASE**LONGEST, bool), np.zeros(_BASE**LONGEST, bool)
_ALLOWED[[_code(pattern) for pattern in BEGINNINGS]] = True
_COMPLETE[list(_NAME_OF)] = True


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of words that fit a pattern, as parallel arrays of length n_runs.

    Attributes
    ----------
    doc, sentence, begin : ndarray of int64
        Text, sentence and first token of each.
    pattern : ndarray of int64
        Number of the pattern, see `name`.
    words : ndarray of int64 of shape (n_runs, 4)
        Content words, going up: twice the lemma id, one more where it is denied; -1 before them.
    tokens : Tokens
        Of all texts.
    forms : ndarray of int32 of shape (n_tokens,)
        Form id of each token.
    told : ndarray of int64 of shape (2, n)
        Lemma id and sentence of each token that can stand in a phrase.
    raw : str
        All texts as they were written, one after another: what `Tokens.start` and `stop` point into.
    """

    doc: Int
    sentence: Int
    begin: Int
    pattern: Int
    words: Int
    tokens: Tokens
    forms: NDArray[np.int32]
    told: Int
    raw: str

    @staticmethod
    def name(pattern: int) -> str:
        """The letters of a pattern."""
        return _NAME_OF[pattern]

    def among(self, docs: Int) -> Runs:
        """The runs of some texts alone."""
        inside = np.zeros(len(self.tokens.first), bool)
        inside[docs] = True
        keep = inside[self.doc]
        sentences = np.zeros(int(self.tokens.sentence.max(initial=-1)) + 1, bool)
        sentences[self.tokens.sentence[inside[self.tokens.doc]]] = True
        return Runs(
            self.doc[keep], self.sentence[keep], self.begin[keep], self.pattern[keep], self.words[keep], self.tokens,
            self.forms, self.told[:, sentences[self.told[1]]], self.raw,
        )  # fmt: skip

    def spelling(self, run: int) -> str:
        """A run as it was written, in normal letters."""
        begin = int(self.begin[run])
        return " ".join(self.tokens.form(at) for at in range(begin, begin + len(self.name(int(self.pattern[run])))))


def find_runs(texts: Sequence[str], forms: Forms, read: int = READ) -> Runs:
    """All runs of the first `read` words of each text, one array operation a word of the pattern."""
    tokens = tokenize(list(texts))
    ids = forms.ids(tokens)
    letter = _classes(ids, forms)
    letter[np.arange(len(ids)) - tokens.first[tokens.doc] >= read] = 0
    owned = _owned(ids, tokens, forms)
    denied = np.zeros(len(ids), bool)  # «не работает» does not say «работает»
    denied[1:] = (letter[:-1] == _OF["-"]) & ((letter[1:] == _OF["V"]) | (letter[1:] == _OF["I"]))
    begin = np.flatnonzero((letter > 0) & ~denied)
    pattern, last, before = (np.zeros(len(begin), np.int64) for _ in range(3))
    begins: list[Int] = []
    patterns: list[Int] = []
    for size in range(LONGEST):
        at = begin + size
        # clauses are counted over all texts, so one never goes on in the next text
        on = (at < len(ids)) & (tokens.clause[np.minimum(at, len(ids) - 1)] == tokens.clause[begin])
        begin, pattern, last, before, at = begin[on], pattern[on], last[on], before[on], at[on]
        fresh = letter[at].astype(np.int64)
        owner = ((last == _OF["N"]) | (last == _OF["G"])) & owned[at]
        owner |= (last == _OF["A"]) & (before == _OF["N"])  # «карта другого банка»
        fresh[(fresh == _OF["N"]) & owner] = _OF["G"]
        pattern = pattern * _BASE + fresh
        on = (fresh > 0) & _ALLOWED[pattern]
        begin, pattern, before, last = begin[on], pattern[on], last[on], fresh[on]
        begins.append(begin[_COMPLETE[pattern]])
        patterns.append(pattern[_COMPLETE[pattern]])
    first, kind = np.concatenate(begins), np.concatenate(patterns)
    words = _words(first, kind, letter, forms.lemma[ids].astype(np.int64))
    content = np.flatnonzero(letter > _OF["P"])
    told = np.stack([forms.lemma[ids[content]].astype(np.int64), tokens.sentence[content]])
    return Runs(tokens.doc[first], tokens.sentence[first], first, kind, words, tokens, ids, told, "\n".join(texts))


def _owned(ids: NDArray[np.int32], tokens: Tokens, forms: Forms) -> NDArray[np.bool_]:
    """Words that belong to a noun before them: «код подтверждения», «карта Union Pay», «молния палатки».

    The last one may be a nominative as well, and its flags say only that; right after a noun it hardly ever is.
    """
    met, at, back = np.unique(ids, return_index=True, return_inverse=True)
    flags = forms.flags[met]
    owned = (flags & np.uint64(BIT["genitive"] | BIT["latin"])) > 0
    for i in np.flatnonzero(~owned & ((flags & np.uint64(BIT["noun"])) > 0)).tolist():
        lemma = forms.lemmas[int(forms.lemma[met[i]])]
        owned[i] = lemma[-1] in "аяь" and tokens.form(int(at[i]))[-1:] in ("и", "ы")
    return owned[back]


def _words(begin: Int, pattern: Int, letter: NDArray[np.uint8], lemma: Int) -> Int:
    """The content words of each run, see `Runs.words`."""
    words = np.full((len(begin), LONGEST), -1, np.int64)
    for at in range(LONGEST):
        inside = np.flatnonzero(pattern >= _BASE**at)  # runs of more than `at` words
        token = begin[inside] + at
        denied = (letter[token - 1] == _OF["-"]) if at else np.zeros(len(token), bool)
        words[inside, at] = np.where(letter[token] > _OF["P"], lemma[token] * 2 + denied, -1)
    return distinct(words)


def distinct(rows: Int) -> Int:
    """Each row going up, a value that stands there twice left out."""
    rows = np.sort(rows, axis=1)
    rows[:, 1:][rows[:, 1:] == rows[:, :-1]] = -1
    return np.sort(rows, axis=1)


def numbered(rows: Int) -> Int:
    """Equal rows -> equal numbers, in the order of the rows' values."""
    top = int(rows.max(initial=0)) + 2
    number = np.zeros(len(rows), np.int64)
    for column in rows.T:
        number = np.unique(number * top + column + 1, return_inverse=True)[1]
    return number


def phrases(texts: Sequence[str], forms: Forms) -> dict[tuple[str, ...], set[int]]:
    """Texts that have each phrase, by its content words, sorted; phrases of whole texts."""
    runs = find_runs(texts, forms, read=np.iinfo(np.int64).max)
    found: dict[tuple[str, ...], set[int]] = {}
    for row, doc in zip(runs.words.tolist(), runs.doc.tolist(), strict=True):
        words = tuple(sorted(spelled(word, forms) for word in row if word >= 0))
        found.setdefault(words, set()).add(doc)
    return found


def spelled(word: int, forms: Forms) -> str:
    """A content word of `Runs.words` as a lemma, with «не» where it is denied."""
    return ("не " if word & 1 else "") + forms.lemmas[word >> 1]


def _classes(ids: NDArray[np.int32], forms: Forms) -> NDArray[np.uint8]:
    """The letter of each word in `PATTERNS` as a number; each form is looked at once."""
    met, back = np.unique(ids, return_inverse=True)
    flags: list[int] = forms.flags[met].tolist()
    lemmas: list[int] = forms.lemma[met].tolist()
    letters = [_OF[_class(bits, forms.lemmas[lemma])] for bits, lemma in zip(flags, lemmas, strict=True)]
    return np.array(letters, np.uint8)[back]


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
