"""What a word form may be: a name, a surname, a role, a brand; any reading of the dictionary counts."""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..lexicons import path
from .lemmas import _morph, flatten  # pyright: ignore[reportPrivateUsage]  # one dictionary in memory for both

(
    NAME,
    SURNAME,
    PATRONYMIC,
    PLACE,
    COMMON,
    KNOWN,
    NOMINATIVE,
    VERB,
    ROLE,
    FAMILY,
    THING,
    KEEP,
    PERSON,
    CUE,
    LIKELY,
    NOMINAL,
    ADDRESSED,
    ANIMATE,
    MOSTLY,
    SOLE,
    SURE,
    MAYBE,
) = (1 << i for i in range(22))
NAMEY = NAME | SURNAME | PATRONYMIC

_COMMON_SHARE = 0.12  # of all readings' scores: a smaller share of ordinary readings is noise of the dictionary
_LIKELY_SHARE = 0.2  # «сами» is a name in one reading of fifty
_MOSTLY_SHARE = 0.6  # «Дима» at the beginning of a sentence; «Роза» is a flower there
_PATRONYMIC = re.compile(r"(?:[оеё]вич|ьич|мич|кич|лич|[оеё]вн|ичн|[иы]шн|[аеиу][нлврт]ыч)(?:а|у|ем|ой|е|ы|и|ю|ей)?$")
_FATHERS = re.compile(r".(?:[оеё]вич|енко|[чщ]ук)(?:а|у|ем|е)?$")
_MANY = re.compile(r"(?<=..)[оеё]в$")
_SURNAME = re.compile(
    r"(?:[оеё]в|ин|ын|ск|цк|енк|ук|юк|ян|дзе|швили|ко|ых|их|ич|ман|берг|штейн)(?:ий|ой|ая|ого|ому|ую|им|ым|ом|а|у|е|ой|о)?$"
)
CUES = {"зовут", "звать", "звали", "зовусь", "назвали", "назвал", "назвала", "величать", "величают", "госпожа", "госпоже", "госпожу", "госпожой", "господин", "господина", "господину", "господином", "представился", "виновник", "виновница", "имя", "фио", "фамилия", "фамилией", "представилась", "представившись", "представившийся", "представившаяся",
         "г-н", "г-на", "г-ну", "г-жа", "г-жи", "г-же", "уважаемый", "уважаемая", "уважением", "исп", "исполнитель", "подпись", "именем", "назвался", "назвалась", "кличут", "некто", "некий", "некая", "мадам", "сударь", "сударыня",
         "г-ном", "г-жой", "ф.и.о", "подписался", "подписалась", "представляется", "назвавшись", "имени-отчеству",
         "бейдж", "бейдже", "бейджу", "бейджик", "бейджике"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lists:
    """The words of `lexicons/ru/mask.toml`."""

    bits: dict[str, int]
    phrases: tuple[tuple[str, ...], ...]
    openers: frozenset[str]
    names: frozenset[str]
    logins: frozenset[str]
    famous: frozenset[str]
    doubtful: frozenset[str]


@lru_cache(maxsize=1)
def _toml() -> dict[str, Any]:
    return tomllib.loads(path("ru/mask.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def lists() -> Lists:
    """Read once."""
    raw = _toml()
    bits: dict[str, int] = {}
    for key, bit in (
        ("roles", ROLE),
        ("family", FAMILY),
        ("things", THING),
        ("assistants", KEEP),
        ("brands", KEEP),
        ("persons", PERSON),
        ("surnames", MAYBE),
    ):
        for word in raw[key].split():
            bits[word] = bits.get(word, 0) | bit
    names = {stem for name in raw["names"].split() for stem in (name, name.rstrip("ьй"))}  # «Акмалем»
    names |= {name[:-1] for name in raw["names"].split() if len(name) > 4 and name[-1] in "ая"}  # «Зухре»
    phrases = tuple(tuple(phrase.split()) for phrase in raw["phrases"])
    return Lists(
        bits,
        phrases,
        frozenset(phrase[0] for phrase in phrases),
        frozenset(names),
        frozenset(raw["logins"].split()),
        frozenset((raw["famous"] + raw["famous_surely"]).split()),
        frozenset(raw["doubtful"].split()),
    )


@lru_cache(maxsize=50)
def words_of(key: str) -> frozenset[str]:
    """One more list of `lexicons/ru/mask.toml`."""
    return frozenset(_toml()[key].split())


# an unknown word that the dictionary guesses to be a verb («Хегай», «Чиковани» as commands) is one only with these
_VERB = re.compile(r"(?:т[ьи]|л[аио]?|[еиуюая]т|ш[ьи]|с[ья]|[еи]м|те)$")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a form may be, and the base form of its name reading."""

    bits: int
    lemma: str


_PEOPLE = {"Name": NAME, "Surn": SURNAME, "Patr": PATRONYMIC}


@lru_cache(maxsize=5_000)
def _grammemes(tag: str) -> frozenset[str]:
    """The parts of a tag; asking the dictionary's own tags takes a third of the time of `kind`."""
    return frozenset(tag.replace(" ", ",").split(","))


@lru_cache(maxsize=200_000)
def kind(form: str) -> Kind:
    """Any reading counts, not only the first: «вера» is a noun, «ким» a surname.

    Examples
    --------
    >>> bool(kind("наталья").bits & NAME), bool(kind("наталья").bits & COMMON), kind("иванову").lemma
    (True, False, 'иванов')
    """
    morph, known = _morph(), _morph().word_is_known(form)
    bits, lemma, common, named, placed, total = KNOWN if known else 0, form, 0.0, 0.0, 0.0, 0.0
    first, sole, base_forms, owner, many = "", False, False, False, bool(_MANY.search(form))
    words = lists().bits
    for parse in morph.parse(form):
        tag, base = _grammemes(str(parse.tag)), flatten(parse.normal_form)
        total += parse.score
        nominal = "NOUN" in tag or "ADJF" in tag
        if not first and nominal and "Apro" not in tag:
            bits |= NOMINAL | (ANIMATE if "NOUN" in tag and "anim" in tag else 0)
        first = first or base
        of = 0 if tag.isdisjoint(_PEOPLE) else sum(bit for one, bit in _PEOPLE.items() if one in tag)
        if of == NAME and known and "plur" in tag and form.endswith(("ов", "ев")):
            bits, lemma, owner = bits | SURNAME | NOMINATIVE, form, True  # «Исмаилов» is no company of Ismails
            continue
        if of and known:
            bits, lemma = bits | of, lemma if bits & NAMEY else base
            bits |= NOMINATIVE if "nomn" in tag else 0
            sole = sole or ("Surn" in tag and "nomn" in tag)
            bits |= ADDRESSED if "datv" in tag or "ablt" in tag else 0
            named += parse.score
        elif "Geox" in tag:
            placed += parse.score
        elif "Orgn" not in tag and "Trad" not in tag:
            common += parse.score
            many = many and "plur" in tag and "NOUN" in tag
            base_forms = base_forms or not nominal or "nomn" in tag
            bits |= VERB if "VERB" in tag and (known or _VERB.search(form)) else 0
        own = words.get(base, 0)
        if own & MAYBE and not bits & NAMEY:
            lemma = base  # «Сороке», «Сорокой»: one number
        bits |= own
    if (
        known
        and (many or _FATHERS.search(form))
        and bits & ANIMATE
        and not bits & (ROLE | FAMILY | THING | NAMEY | KEEP)
    ):
        bits, sole = bits | SURNAME, True  # «Дроздов», «Стрельцов»: the dictionary knows the birds and the guards
    bits |= SOLE if sole and not base_forms else 0  # «Козлов» begins a sentence as a surname, not as «of goats»
    if known and common > _COMMON_SHARE * total:
        bits |= COMMON
    if placed > _COMMON_SHARE * total or (placed and not named):
        bits |= PLACE
    if owner and not bits & COMMON:
        bits |= LIKELY | SOLE
    if named > _LIKELY_SHARE * total:
        bits |= LIKELY | (MOSTLY if named > _MOSTLY_SHARE * total and form not in lists().doubtful else 0)
    return _unknown(form, bits, lemma if bits & (NAMEY | MAYBE) else first)


_OWNER = re.compile(
    r"[а-я]{3}(?:[оеё]в|[иы]н)(?:ым|ой|у)?$|(?:швили|дзе|енко)$|(?:ян|ман|берг|штейн|чук)(?:а|у|ом|е)?$"
)
_ARMENIAN = re.compile(r"[а-я]{4}ян(?:а|у|ом|е)?$")  # «Саркисян» is no fond form of Саркис
_PET = re.compile(
    r"(?:[оеё]чк|[еоуюи]?ньк|ушк|юшк|[ую]л|[ую]н|[ую]х|[иую]ш|к|ан[яч]?)(?:а|я|у|ю|е|и|ы|ой|ей)$|(?:ян|он|ик|ок|чик)(?:а|у|ом|е)?$"
)


def _is_pet_name(form: str) -> bool:
    """«Кариночка», «Алинка», «Толян»: a name's stem and an ending of endearment; only words that the dictionary lacks.

    >>> _is_pet_name("кариночка"), _is_pet_name("доставочка")
    (True, False)
    """
    found = _PET.search(form)
    if found is None or found.start() < 3:
        return False
    stem = form[: found.start()].rstrip("ь")
    morph = _morph()
    return any(
        "Name" in parse.tag and "nomn" in parse.tag
        for ending in ("", "а", "я", "й", "ь")
        if morph.word_is_known(stem + ending)
        for parse in morph.parse(stem + ending)
    )


_FRONTS = (
    "глав", "зам", "нач", "зав", "спец", "соц", "мед", "вет", "супер", "горе", "псевдо", "экс", "вице", "видео", "авто", "электро",
)  # fmt: skip
_ENDINGS = ("ка", "ша", "иха", "ица")


def _role(form: str, lemma: str) -> int:
    """ROLE for «врач-ортодонт», «почтальонка», «кураторша»: two roles, or a role and an ending of a woman's."""
    bits = lists().bits
    if "-" in form:
        parts = [kind(part).bits for part in form.split("-")]
        if not any(one & (ROLE | FAMILY) for one in parts):
            return 0
        named = any(one & (NAME | LIKELY) == NAME | LIKELY for one in parts)  # «Татьяна-кассир»
        return NAME | NOMINATIVE | LIKELY if named else ROLE
    for front in _FRONTS if lemma.startswith(_FRONTS) else ():
        if bits.get(lemma[len(front) :], 0) & ROLE and lemma.startswith(front):
            return ROLE  # «главврач», «соцработник»
    for ending in _ENDINGS if lemma.endswith(_ENDINGS) else ():
        if lemma.endswith(ending) and bits.get(lemma[: -len(ending)], 0) & ROLE:
            return ROLE
    return 0


def _parts(form: str, bit: int) -> bool:
    """Whether a part of a hyphenated word is known as what `bit` says and as nothing ordinary."""
    return any(len(part) > 4 and kind(part).bits & (bit | KNOWN | COMMON) == bit | KNOWN for part in form.split("-"))


def _unknown(form: str, bits: int, lemma: str) -> Kind:
    """Words the dictionary lacks, by their ending; and our own lists."""
    own = lists()
    bits |= own.bits.get(form, 0)
    if not bits & (ROLE | NAMEY):
        bits |= _role(form, lemma)
    stem = next((one for one in (form, form[:-1], form[:-2]) if one in own.names), None)
    if stem is not None:
        bits, lemma = (bits | NAME | NOMINATIVE | LIKELY) & ~(COMMON if stem == form else 0), stem
    if "-" in form and not bits & KNOWN and _parts(form, SURNAME):  # «Наумова-Гроссман»
        bits |= SURNAME | NOMINATIVE
    if form.endswith("-заде") and not bits & KNOWN:
        bits |= SURNAME | NOMINATIVE
    if "-" in form and form.rpartition("-")[2] in words_of("endings") and kind(form.partition("-")[0]).bits & NAME:
        bits |= NAME | NOMINATIVE | LIKELY  # «Рахим-ака»
    if "-" in form and kind(form.partition("-")[0]).bits & NAME:  # «Анна-Мария»
        bits |= (NAME | NOMINATIVE | LIKELY) if kind(form.rpartition("-")[2]).bits & NAME else 0
    if not bits & KNOWN and _is_pet_name(form) and not _ARMENIAN.search(form):
        bits = (bits | NAME | NOMINATIVE | LIKELY) & ~(COMMON | PLACE)
    elif not bits & KNOWN:
        if _OWNER.search(form):
            bits &= ~PLACE  # «Маматовым»
        if len(form) > 5 and _PATRONYMIC.search(form):
            bits |= PATRONYMIC | NOMINATIVE
        elif len(form) > 4 and _SURNAME.search(form) and not bits & KEEP:
            bits |= SURNAME | NOMINATIVE
    bits |= CUE if form in CUES else 0
    if bits & NAMEY and bits & KNOWN and bits & MOSTLY and not bits & (COMMON | PLACE | PERSON | KEEP | THING):
        if (len(form) < 4 and form not in words_of("short_names")) or form in words_of("not_names"):
            return Kind(bits, lemma)
        bits |= SURE  # a name and nothing else: masked in any letter case, with no other reason
    if (
        stem is not None
        and len(stem) > 4
        and stem not in words_of("not_names")
        and not bits & (KNOWN | PERSON | KEEP | THING | ROLE)
    ):
        bits |= SURE  # of our own list, and no word of the language
    return Kind(bits, lemma)
