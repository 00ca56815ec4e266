"""Form -> lemma, part of speech, name and place tags: a pure function of a word form, computed once per distinct form.

pymorphy3 reads each form; its first parse is taken except where `lexicons/ru/forms.toml` knows better for customers'
language; that file also tells how words are inflected that the dictionary lacks. Other forms it does not know are
mended in a fixed order (`MENDERS`): glued «не», repeated letters, Latin look-alikes, hyphens, a soft sign left out,
then one edit against the lexicon's own words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from ..lexicons import path
from .inflect import inflected

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer  # pyright: ignore[reportMissingTypeStubs]
    from pymorphy3.analyzer import Parse  # pyright: ignore[reportMissingTypeStubs]

# one bit each; kept on disk with the form, so the order is part of the table's version (the digest of this file)
FLAGS = (
    "verb", "infinitive", "noun", "adjective", "adverb", "pronoun", "preposition", "conjunction", "particle",
    "light", "modal", "intensifier", "existential",
    "not", "nor", "no", "without", "absent", "no_such",
    "only", "cannot", "glued_not",
    "contrast", "conditional", "would", "fear",
    "name", "surname", "patronymic", "place", "known", "latin",
    "imperative", "future", "past", "first_person", "participle", "genitive", "frankly", "that",
)  # fmt: skip
BIT = {name: 1 << i for i, name in enumerate(FLAGS)}

_WORDS: dict[str, str] = {
    "light": "не ни и же бы б ли ль ведь вот уж уже еще то да так даже таки все всё-таки все-таки лишь прям "
    "прямо просто вообще я мы ты вы он она оно они мой наш твой ваш свой его ее их сам себя этот тот такой это весь "
    "в во на по с со к ко у о об от из за до при для а пожалуйста вроде типа короче как-то там тут здесь сейчас "
    "пора сей",
    "modal": "мочь смочь хотеть захотеть стать собираться собраться удосужиться соизволить успеть успевать уметь "
    "суметь быть удаться удаваться получиться получаться пытаться попытаться планировать торопиться спешить желать "
    "пожелать думать подумать решиться потрудиться сподобиться готовый должный надо нужно возможно возможный способный "
    "обязать дать давать мочься намерить намеренный удосуживаться соизволять выйти выходить прийтись приходиться "
    "заставить заставлять",
    "intensifier": "очень особо совсем слишком сильно всегда вполне полностью особенно сразу больше более никогда "
    "нигде никак никто ничто никому никого до конца нормально толком вовремя",
    "existential": "быть бывать хватать хватить иметься оказаться поступать поступить приходить прийти существовать "
    "предвидеться наблюдаться последовать дождаться получить получать увидеть видеть найти иметь заметить замечать "
    "проявить проявлять вызвать вызывать возникать возникнуть обнаружить испытать испытывать встретить",
    "not": "не",
    "nor": "ни",
    "no": "нет нету",
    "without": "без",
    "absent": "отсутствовать отсутствие лишить лишиться",
    "no_such": "никакой",
    "only": "только просто лишь столько",
    "cannot": "нельзя невозможно",
    "contrast": "но а однако зато хотя",
    "conditional": "если чтобы чтоб вдруг ежели",
    "frankly": "честно честный коротко короткий кратко вкратце откровенно откровенный точный точнее начистоту",
    "that": "что",
    "would": "бы б",
    "fear": "бояться опасаться переживать побаиваться испугаться волноваться думать ожидать",
}
_LEMMA_FLAGS: dict[str, int] = {}
for _flag, _words in _WORDS.items():
    for _word in _words.split():
        _LEMMA_FLAGS[_word] = _LEMMA_FLAGS.get(_word, 0) | BIT[_flag]

_TAG_FLAGS = {
    "VERB": "verb", "INFN": "infinitive", "PRTS": "verb", "PRTF": "verb", "GRND": "verb", "NOUN": "noun",
    "ADJF": "adjective", "ADJS": "adjective", "COMP": "adverb", "ADVB": "adverb", "PRED": "adverb", "NPRO": "pronoun",
    "PREP": "preposition", "CONJ": "conjunction", "PRCL": "particle", "NUMR": "adjective",
    "Name": "name", "Surn": "surname", "Patr": "patronymic", "Geox": "place", "impr": "imperative", "futr": "future",
    "past": "past", "1per": "first_person", "gent": "genitive",
}  # fmt: skip

_LOOKALIKES = str.maketrans("aceopxykmhtbri3", "асеорхукмнтвгиз")
_LATIN, _CYRILLIC = re.compile("[a-z]"), re.compile("[а-я]")
_REPEATED = re.compile(r"(.)\1{2,}")
_SECOND_SCORE = 0.25  # of the first parse's: below it another reading is too rare to be matched


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of one word form.

    Attributes
    ----------
    lemma : str
        Base form, ё written as е.
    second : str or None
        Base form of another likely reading («стоит»: стоить, стоять).
    flags : int
        Bits of `FLAGS`.
    """

    lemma: str
    second: str | None
    flags: int


@lru_cache(maxsize=1)
def _morph() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer  # pyright: ignore[reportMissingTypeStubs]

    class Bounded(MorphAnalyzer):
        """Reads the end of a word that is longer than any: «автоавтоавто…» recurses by its prefixes."""

        def parse(self, word: str) -> list[Parse]:
            return super().parse(word[-_LONGEST:])

    return Bounded()


_LONGEST = 60


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(path("ru/forms.toml").read_text("utf-8"))


def _overrides() -> dict[str, str]:
    return _tables()["forms"]


@lru_cache(maxsize=1)
def _unlisted() -> dict[str, tuple[str, object]]:
    """Forms of customers' words that the dictionary lacks: their base form and tag."""
    return inflected(_tables()["like"], _morph())


def _lemma(parse: Parse) -> str:
    lemma = flatten(parse.normal_form)
    return _tables()["lemmas"].get(lemma, lemma)


def flatten(word: str) -> str:
    """Lower case and ё=е, as in `tokens`."""
    return word.lower().replace("ё", "е")


@lru_cache(maxsize=200_000)
def analyse(form: str) -> Form:
    """Lemma and tags of a form, mended where the dictionary does not know it.

    Examples
    --------
    >>> analyse("доставили").lemma, analyse("неработает").lemma, analyse("оооочень").lemma
    ('доставить', 'работать', 'очень')
    """
    if form in _overrides() or _morph().word_is_known(form):
        return _parse(form, BIT["known"])
    if form in _unlisted():
        lemma, tag = _unlisted()[form]
        return Form(lemma, None, _flags(lemma, [tag]) | BIT["known"])
    return respelt(form) or _parse(form, BIT["latin"] if _LATIN.search(form) else 0)


def respelt(form: str) -> Form | None:
    """What a form that the dictionary does not know is a misspelling of, None where nothing tells.

    >>> respelt("позвоинл").lemma, respelt("стрейк")
    ('позвонить', None)
    """
    return next((right for mend in MENDERS if (right := mend(form)) is not None), None)


def is_known(form: str) -> bool:
    """Whether the dictionary has this form.

    >>> is_known("доставили"), is_known("дастафка")
    (True, False)
    """
    return _morph().word_is_known(form)


def _parse(form: str, extra: int = 0) -> Form:
    lemma = _overrides().get(form)
    if lemma is not None:
        # the reading that has this lemma gives the tags, the first one otherwise
        parses = _morph().parse(form)
        chosen = next((p for p in parses if _lemma(p) == lemma), parses[0])
        return Form(lemma, None, _flags(lemma, [chosen.tag]) | extra)
    parses = _morph().parse(form)
    first = _lemma(parses[0])
    tags, second = [parses[0].tag], None
    for other in parses[1:]:
        if other.score < _SECOND_SCORE * parses[0].score:
            break
        if second is None and _lemma(other) != first:
            second = _lemma(other)
    return Form(first, second, _flags(first, tags) | extra)


def _flags(lemma: str, tags: Iterable[object]) -> int:
    bits = _LEMMA_FLAGS.get(lemma, 0)
    for tag in tags:
        if getattr(tag, "POS", None) in {"PRTS", "PRTF"}:
            bits |= BIT["participle"]
        for grammeme in getattr(tag, "grammemes", ()):
            name = _TAG_FLAGS.get(grammeme)
            if name is not None:
                bits |= BIT[name]
    return bits


def _glued_not(form: str) -> Form | None:
    """«неработает», «непришел»: a verb with its «не» run on."""
    if not form.startswith("не") or len(form) < 6 or not _morph().word_is_known(form[2:]):
        return None
    inner = _parse(form[2:])
    if not inner.flags & (BIT["verb"] | BIT["infinitive"]):
        return None
    return Form(inner.lemma, inner.second, inner.flags | BIT["glued_not"])


def _repeated(form: str) -> Form | None:
    """«оооочень», «классс»."""
    if not _REPEATED.search(form):
        return None
    for keep in (r"\1", r"\1\1"):
        short = _REPEATED.sub(keep, form)
        if _morph().word_is_known(short):
            return _parse(short)
    return None


def _lookalikes(form: str) -> Form | None:
    """A Russian word with Latin letters in it («дoставка»)."""
    if not (_LATIN.search(form) and _CYRILLIC.search(form)):
        return None
    mended = form.translate(_LOOKALIKES)
    return _parse(mended) if _morph().word_is_known(mended) else None


def _hyphens(form: str) -> Form | None:
    """«инер-нет», «супер-быстро»: without the hyphen, or by the last part."""
    if "-" not in form:
        return None
    joined = form.replace("-", "")
    if _morph().word_is_known(joined):
        return _parse(joined)
    return None


def _soft_sign(form: str) -> Form | None:
    """«зарегистрироватся»."""
    right = form[:-3] + "ться"
    return _parse(right) if form.endswith("тся") and _morph().word_is_known(right) else None


def _typo(form: str) -> Form | None:
    """One edit away from a word of the lexicon, in the form itself or in the lemma that its ending suggests."""
    if len(form) < 6 or not form.isalpha() or _LATIN.search(form):
        return None
    guess = _parse(form)
    for candidate in (form, guess.lemma):
        right = _nearest(candidate)
        if right is not None:
            mended = _parse(right)
            return Form(
                mended.lemma, None, mended.flags | (guess.flags & (BIT["past"] | BIT["verb"] | BIT["imperative"]))
            )
    return None


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, str]:
    """Each packaged word and its one-letter deletions (symmetric delete, Garbe 2012); ambiguous ones are dropped."""
    words = [line.strip() for line in path("ru/words.txt").read_text("utf-8").splitlines() if len(line.strip()) >= 6]
    table: dict[str, str] = {}
    clashes: set[str] = set()
    for word in words:
        for key in _deletions(word):
            if table.setdefault(key, word) != word:
                clashes.add(key)
    for key in clashes:
        del table[key]
    table.update((word, word) for word in words)
    return table


def _nearest(word: str) -> str | None:
    table = _neighbours()
    found = {table[key] for key in (word, *_deletions(word)) if key in table}
    found = {right for right in found if _one_edit(word, right)}
    return found.pop() if len(found) == 1 else None


def _one_edit(a: str, b: str) -> bool:
    """One insertion, deletion, substitution or swap of neighbours, and the same first letter."""
    if a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[start + 1 :] == b[start + 1 :] or (
            a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
        )
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[start + 1 :] == shorter[start:]


MENDERS: list[Callable[[str], Form | None]] = [_glued_not, _repeated, _lookalikes, _hyphens, _soft_sign, _typo]


@lru_cache(maxsize=100_000)
def word_lemmas(word: str) -> tuple[str, ...]:
    """The lemmas that a lexicon's author means by a word: itself where it is a base form, else those of its readings.

    Examples
    --------
    >>> word_lemmas("опоздать"), word_lemmas("деньгами")
    (('опоздать',), ('деньги',))
    """
    form = flatten(word)
    override = _overrides().get(form)
    if override is not None:
        return (override,)
    if not _morph().word_is_known(form) and form in _unlisted():
        return (_unlisted()[form][0],)
    lemmas = [_lemma(p) for p in _morph().parse(form)]
    if form in lemmas or not _morph().word_is_known(form):
        return (form,) if form in lemmas else (analyse(form).lemma,)
    return (lemmas[0],)


def lemma_is_met(lemma: str) -> bool:
    """Whether any form of the word is read with this lemma, so that a text can hold it.

    Examples
    --------
    >>> lemma_is_met("курьер"), lemma_is_met("накладная")
    (True, False)
    """
    read = analyse(lemma)
    if lemma in (read.lemma, read.second):
        return True
    if not is_known(lemma):
        return False  # customers' word that is read as another: how its other forms are read is chance
    forms: set[str] = set()
    for parse in _morph().parse(lemma):
        if _lemma(parse) == lemma:
            lexeme = cast("list[Parse]", parse.lexeme)  # pyright: ignore[reportUnknownMemberType]
            forms.update(flatten(word.word) for word in lexeme)
    return any(lemma in (read.lemma, read.second) for read in map(analyse, forms))
