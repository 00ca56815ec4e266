"""A learned second look: words that the rules left, weighed by what they are and what stands around them.

Marks are named and their weights are a readable file (`lexicons/ru/mask_weights.toml`), learned by
`benchmarks/train_names.py` from the open golds: logistic regression, one table for words with a capital, one for the rest.
"""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache

from ..lexicons import path
from .mask_forms import (
    ADDRESSED,
    ANIMATE,
    COMMON,
    CUE,
    FAMILY,
    KEEP,
    KNOWN,
    LIKELY,
    MAYBE,
    MOSTLY,
    NAME,
    NAMEY,
    NOMINAL,
    NOMINATIVE,
    PATRONYMIC,
    PERSON,
    PLACE,
    ROLE,
    SOLE,
    SURE,
    SURNAME,
    THING,
    VERB,
    kind,
    words_of,
)
from .mask_reasons import before_street
from .mask_words import Words, after_thing, titled

_BITS = (
    (NAME, "name"), (SURNAME, "surname"), (PATRONYMIC, "patronymic"), (PLACE, "place"), (COMMON, "common"),
    (KNOWN, "known"), (VERB, "verb"), (ROLE, "role"), (FAMILY, "family"), (THING, "thing"), (KEEP, "keep"),
    (PERSON, "person"), (LIKELY, "likely"), (NOMINAL, "nominal"), (ANIMATE, "animate"), (MOSTLY, "mostly"),
    (SOLE, "sole"), (SURE, "sure"), (MAYBE, "maybe"), (NOMINATIVE, "nominative"), (ADDRESSED, "addressed"),
)  # fmt: skip
_CASES = r"(?:а|у|ю|я|ы|и|е|ой|ей|ом|ым|ем)?$"
_SHAPES = tuple(
    (name, re.compile(pattern + (_CASES if cased else "$")))
    for name, pattern, cased in (
        ("ov", r"[а-я]{2}[оеё]в", True),
        ("in", r"[а-я]{2}[иы]н", True),
        ("sky", r"[а-я](?:ск|цк)(?:ий|ая|ого|ому|им|ой|ую|ом)", False),
        ("ko", r"[а-я]{2}(?:енко|ко|ло)", False),
        ("uk", r"[а-я]{2}(?:ук|юк|чук|ик|ак|як)", True),
        ("ets", r"[а-я]{2}(?:ец|ц)", True),
        ("caucasus", r"(?:дзе|швили|ани|иа|уа|ия|ава|ава|ури|ули|ти|иди)", False),
        ("yan", r"[а-я]{2}[ая]нц?", True),
        ("turkic", r"(?:бек|бай|жан|джон|жон|джан|хан|гуль|гул|улла|улло|дин|ддин|мат|нур|тай|зода|заде|оглы|кызы|улы|уулу|гали|яр|дар|али|зат|кан|бейли|оол)", True),
        ("buryat", r"(?:жаб|жап|дорж|доржи|сэн|сэг|рма|лма|ыма|цо|бат|нима|ынай|аана|оон|ээн|ыр)", True),
        ("german", r"(?:ман|берг|штейн|ер|ель|инг|ау|ен|дт|ольд|рих|манн|гер|лер|нер|блат|сон)", True),
        ("ich", r"[а-я]{2}(?:ович|евич|ич|ыч)", True),
        ("pet", r"[а-я]{2}(?:[еоиу]чк|[еоу]ньк|[уюы]шк|[уюо]х|[ую]л|[ую]с|ян|он|ик|ок|чик|ш|к)", True),
        ("many", r"[а-я]{2}(?:ых|их)", False),
        ("noun", r"(?:ость|ение|ание|ция|тель|ство|ка|ние|ург|изм|ор)", True),
    )
)  # fmt: skip
_LOOKS = re.compile(r"[а-я]{3}(?:ов|ев|ин|ын|ск|цк)(?:а|у|ым|ой|ого|ому|ая|ую|ий|им|е)?$")
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ую|юю|ые|ие|ыми|ими)$")
# «сотрудники Газпромбанка», «из Росреестра»: of firms and offices, in any misspelling
_FIRM = re.compile(
    r"банк|бнка|сбер|газпром|промба|маркет|сервис|телеком|реестр|надзор|центр|фонд|^мф[оц]|лайн|кэшб|кешб|строй|магаз|сайт|интернет|онлайн|"
    r"страх|инвест|финанс|капитал|тиньк|форма|фарм|вообщ|тирамис|газнефт|авиа|медиа|холдинг|ипотек|карт[аыу]$"
)
_ROLES_OF = re.compile(r"(?:[а-я]{3}(?:ы|и|ов|ам|ами|ах))$")
_VOWELS = "аеиоуыэюя"
_QUOTES = "«\"“„'"
_SPEECH = re.compile(
    r"(?:по|пере|за|от|на|при|об|вы|со|до|у|про)?(?:сказ|обеща|ответ|отвеча|звон|хам|груб|отказ|представ|поясн|объясн|заяв|увер|говор|предлож|извин|прос|запис|оформ|брос|подал|пис|приня|подпис|выслуш|обслуж|назва|орал|крич|молч|вел|ушл|приш|прие|приве|вз|не$)"
)
_OWNS = re.compile(
    r"(?:договор|жалоб|претензи|заявлени|полис|подпис|имен|имя|лиц[оау]|вин[аеыу]$|слов$|мнени|показани|объяснени|поведени|хамств|действи|бездействи|смен[аыуе]$|бригад|приказ|распоряжени|фамил|прием|кабинет|доверенност|справк|обращени|счет|карт|паспорт|посылк|заказ|телефон|получател|отправител|участи|работ|грубост|помощ|ответ|письм|отписк)"
)
_TELLS = re.compile(r"(?:бейдж|табличк|подпис|визитк|записк|обслуж|представ|назва|зов|звать|имен|имя|фамил|кличут|величают|чек|смен|голос|пропуск)")
_AGENT = re.compile(r"[а-я]{2}(?:щик|чик|ист|лог|тель|ниц|щиц|истк|тор|арь|ник|атор|вед|граф|мейкер|смен|врач|мастер|работник|инспектор)(?:а|у|ом|ем|ем|е|ы|и|я|ю|ей|ой|ам|ов)?$")
_PREPOSITIONS = frozenset({"к", "ко", "с", "со", "у", "от", "для", "на", "по", "о", "об", "за", "в", "во", "из", "до", "через", "про", "под", "при", "и", "а", "или", "либо", "не", "без", "перед", "над", "между", "против", "кроме"})  # fmt: skip
_OWNERS = frozenset({"ваш", "ваша", "ваше", "вашей", "вашему", "вашего", "вашу", "наш", "наша", "нашу", "нашей", "нашему", "нашего", "мой", "моя", "этот", "эта", "этой", "этому", "тот", "та", "некто", "некий", "некая", "некой", "некоему", "такой", "такая", "сам", "сама"})  # fmt: skip
_SELF = frozenset({"я", "мы", "это", "он", "она", "меня", "мне", "его", "ее", "вы", "ты", "вас", "вам", "им", "их", "нас"})
_OGLY = frozenset({"оглы", "кызы", "огли", "кизи", "улы", "гызы", "уулу", "заде", "оол"})
_PLACEY = NAMEY | MAYBE | ANIMATE


@lru_cache(maxsize=50_000)
def _lexical(form: str) -> tuple[str, ...]:
    """Marks of a word alone, and last what it is altogether."""
    bits = kind(form).bits
    marks = [name for bit, name in _BITS if bits & bit]
    marks += [f"~{name}" for name, shape in _SHAPES if len(form) > 3 and shape.search(form)]
    if not bits & KNOWN:
        marks += [f"unknown~{mark[1:]}" for mark in marks if mark[0] == "~"]
        marks.append("unknown")
    if bits & NOMINAL and not bits & (ANIMATE | NAMEY):
        marks.append("thinglike")
    if not bits & (NOMINAL | VERB | NAMEY) and bits & KNOWN:
        marks.append("function")
    marks.append("vowel" if form[-1] in "ая" else "consonant" if form[-1] not in _VOWELS else "other_vowel")
    if len(form) < 4:
        marks.append("short")
    if "-" in form:
        marks.append("hyphen")
    if form in words_of("homely"):
        marks.append("homely")
    if form in words_of("not_names") or form in words_of("epithets"):
        marks.append("no_name")
    marks.append(_group(bits))
    return tuple(marks)


def _group(bits: int) -> str:
    if bits & KEEP:
        return "kept"
    if bits & NAME and bits & LIKELY:
        return "given"
    if bits & SURNAME:
        return "family_name"
    if not bits & KNOWN:
        return "stranger"
    if bits & PLACE:
        return "town"
    if bits & (ANIMATE | MAYBE) and bits & NOMINAL:
        return "being"
    return "noun" if bits & NOMINAL else "word"


def _gap(gap: str) -> str:
    """What stands between two words, as one sign."""
    plain = gap.strip(" \t\u00a0")
    if not plain:
        return "_"
    if "\n" in plain:
        return "/n"
    for char in ".!?…":
        if char in plain:
            return "."
    for char in _QUOTES + "»":
        if char in plain:
            return "«" if char in _QUOTES and not plain.endswith("»") else "»"
    for char in ":(;,)/—–-":
        if char in plain:
            return "-" if char in "—–-" else char
    return "x"


def is_agent(form: str) -> bool:
    """«кладовщица», «приёмщик»: one who does something, by the ending."""
    return bool(_AGENT.search(form))


def _before(form: str, bits: int, capital: bool) -> str:
    """What a neighbour is, as one word."""
    if form in _PREPOSITIONS:
        return form
    if form in _OWNERS:
        return "owner"
    if form in _SELF:
        return "self"
    if bits & CUE:
        return "cue"
    if bits & ROLE:
        return "ROLE" if capital else "roles" if _ROLES_OF.search(form) else "role"
    if bits & ANIMATE and _AGENT.search(form):
        return "agent"
    if bits & FAMILY:
        return "family"
    if bits & THING:
        return "thing"
    if _OWNS.match(form):
        return "owns"
    if bits & VERB:
        return "says" if _SPEECH.match(form) else "verb"
    if capital:
        return "Capital"
    if bits & ANIMATE and bits & NOMINAL:
        return "being"
    if not bits & KNOWN:
        return "stranger"
    return "noun" if bits & NOMINAL else "word"


class _Near(dict[str, tuple[str, str]]):
    """What a neighbour is, in lower case and with a capital."""

    def __missing__(self, form: str) -> tuple[str, str]:
        if len(self) > _REMEMBERED:
            self.clear()
        bits = kind(form).bits
        self[form] = found = (_before(form, bits, False), _before(form, bits, True))
        return found


_REMEMBERED = 100_000
_NEAR = _Near()


def marks(words: Words, at: int, named: set[int], stems: set[str]) -> list[str]:
    """What speaks for or against a word's being somebody's name: of itself, then, after «@», of its place.

    Parameters
    ----------
    named : set of int
        Places of names found already.
    stems : set of str
        Their first letters: a name told twice is one the second time too.
    """
    form = words.form[at]
    _, gap = _sides(words, at)
    before = _told_before(words, at, named, _lexical(form)[-1], gap)
    return ["bias", *_lexical(form), *before, "@", *_placed(words, at, named, stems)]


_ODD = re.compile(r"[0-9A-Za-z]")


def _placed(words: Words, at: int, named: set[int], stems: set[str]) -> list[str]:
    """Marks of the place of a word."""
    form = words.form[at]
    group = _lexical(form)[-1]
    left, gap = _sides(words, at)
    right = _right(words, at)
    after = _gap(right) if at < len(words.raw) - 1 else "$"
    opens = words.opens(at)
    found = ["opens", f"opens|{group}"] if opens else ["inside", f"inside|{group}"]
    if left != " " or right != " ":
        found += _odd(left, right)
    if words.raw[at].isupper():
        found.append("ALL")
    found += _told_after(words, at, named, group, after)
    if after == "$" and opens and at and gap not in "«:":
        found.append("signed")
    if "«" in words.text:
        found += _quoted(words, at, gap, after)
    if after_thing(words, at):
        found += ("of_thing", f"of_thing|{group}")
    if before_street(words, at):
        found.append("street")
    if stems and len(form) > 3 and form[: max(3, len(form) - 2)] in stems:
        found.append("again")
    return found


def _sides(words: Words, at: int) -> tuple[str, str]:
    """What stands before a word, and that as one sign."""
    if at:
        left = words.text[words.stop[at - 1] : words.start[at]]
        return left, _gap(left)
    left = words.text[: words.start[at]]
    plain = left.strip()
    return left, "«" if plain and plain[-1] in _QUOTES else "^"


def _right(words: Words, at: int) -> str:
    stop = words.stop[at]
    return words.text[stop : words.start[at + 1]] if at + 1 < len(words.raw) else words.text[stop:]


def _odd(left: str, right: str) -> list[str]:
    found: list[str] = []
    for sign, piece in (("<", left), (">", right)):
        odd = _ODD.search(piece)
        if odd:
            found.append(f"digit{sign}" if odd[0].isdigit() else f"latin{sign}")
    return found


def _told_before(words: Words, at: int, named: set[int], group: str, gap: str) -> list[str]:
    if not at:
        return ["<^"]
    own = words.form[at - 1]
    near = "named" if at - 1 in named else _NEAR[own][words.capital(at - 1) and not words.opens(at - 1)]
    found = [f"<{gap}", f"<{near}{gap}", f"{group}<{near}{gap}"]
    if gap == "." and len(own) < 5 and words.raw[at - 1].islower():
        found.append("<abbreviation")
    if at > 1 and _gap(words.text[words.stop[at - 2] : words.start[at - 1]]) in "_,-:":
        far = "named" if at - 2 in named else _NEAR[words.form[at - 2]][0]
        found += (f"<<{far}", f"<<{far}<{near}{gap}")
    if any([_GATES[one] & 8 for one in words.form[max(0, at - 4) : at]]):
        found += ("told", f"told{gap}")
    return found


def _told_after(words: Words, at: int, named: set[int], group: str, after: str) -> list[str]:
    if at + 1 == len(words.raw):
        return [">$"]
    own, bits = words.form[at + 1], words.bits[at + 1]
    near = "named" if at + 1 in named else _NEAR[own][words.capital(at + 1)]
    found = [f">{after}", f">{after}{near}", f"{group}>{after}{near}"]
    if after == "_" and bits & VERB:
        found.append(_past(words.form[at], own))
    if own in _OGLY:
        found.append("ogly")
    return found


def _quoted(words: Words, at: int, gap: str, after: str) -> list[str]:
    if gap == "«" and after in "»$":
        return ["quoted_alone", "quoted_thing"] if at and words.bits[at - 1] & THING else ["quoted_alone"]
    if words.quoted(at):
        return ["quoted_first"]
    return ["quoted_within"] if _within(words.text, words.start[at]) else []


def _within(text: str, start: int) -> bool:
    left = text.rfind("«", max(0, start - 40), start)
    return left >= 0 and text.rfind("»", left, start) < 0


def _past(form: str, verb: str) -> str:
    """Whether a verb in the past tense agrees with a name: «Гузель кинула», «нурик привез»."""
    if verb.endswith(("ла", "лась")):
        return "past_she" if form[-1] not in "бвгджзклмнпрстфхцчшщ" else "past_she_he"
    if verb.endswith(("л", "лся")):
        return "past_he" if form[-1] not in "ая" else "past_he_she"
    return "past_many" if verb.endswith(("ли", "лись")) else "present"


class _Gates(dict[str, int]):
    """What a form lets be weighed, told once for each: 1 in lower case, 2 with a capital, 4 with one that no sentence asks for; 8: tells a name; 16: a thing may be called after it."""

    def __missing__(self, form: str) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        self[form] = found = _gate(form)
        return found


_GATES = _Gates()


def _gate(form: str) -> int:
    bits, found, tells = kind(form).bits, 0, 8 * bool(_TELLS.match(form))
    tells |= 16 * bool(bits & THING and not tells)
    if len(form) < 2:
        return tells
    firm = (_FIRM.search(form) and not bits & LIKELY) or kind(form).lemma in words_of("employers") or form[:-1] in words_of("employers")
    if firm or bits & (NAME | LIKELY | COMMON | SURNAME | MAYBE) == NAME | COMMON:
        return tells
    if not (bits & (ROLE | CUE) and not bits & NAMEY):
        if not bits & KNOWN or bits & (NAMEY | MAYBE | ANIMATE):
            found |= 6
        elif (bits & NOMINAL and not bits & PLACE and not _ADJECTIVE.search(form)) or _LOOKS.search(form):
            found |= 4
    if len(form) > 2 and not bits & (ROLE | FAMILY | THING | CUE) and (
        bits & (NAME | SURNAME) or (not bits & KNOWN and not bits & VERB and bits & NOMINAL)
    ):
        found |= 1
    lower, capital = _weights()
    if found & 1 and _alone(lower, form) < lower.get("gate", _OPEN):
        found &= 6
    if found & 6 and _alone(capital, form) < capital.get("gate", _OPEN):
        found &= 1
    return found | tells


_OPEN = -10_000


class _Weighed(dict[str, int]):
    """What the marks of a word itself weigh, the bias with them."""

    def __init__(self, table: int) -> None:
        super().__init__()
        self._table = table

    def __missing__(self, form: str) -> int:
        if len(self) > _REMEMBERED:
            self.clear()
        known = _weights()[self._table]
        self[form] = found = known["bias"] + _alone(known, form)
        return found


_WEIGHED = (_Weighed(0), _Weighed(1))


def _alone(known: dict[str, int], form: str) -> int:
    """What the marks of a word itself weigh, in hundredths."""
    return sum(known.get(mark, 0) for mark in _lexical(form))


def possible(words: Words, at: int) -> int:
    """Which table weighs a word: 2 with a capital, 1 in lower case, 0 none (most words)."""
    own, raw = _GATES[words.form[at]], words.raw[at]
    if raw[0] < "а" and not (words.shouted and raw.isupper()):
        if not raw.istitle() and (not raw.isupper() or len(raw) < 5):
            return 0  # «ЗоЗПП», «ДомРФ», «УКЭП»
        return 2 * ((own & 2 > 0 or (own & 4 > 0 and not words.opens(at))) and not _ruled_out(words, at))
    return own & 1


def _ruled_out(words: Words, at: int) -> bool:
    """What no weight may overrule: streets, a common noun that begins a sentence, a title in quotation marks."""
    if before_street(words, at):
        return True
    gap = _sides(words, at)[1]
    if words.bits[at] & COMMON and words.bits[at] & KNOWN and (gap in ".^" or gap == "/n"):
        return not (gap == "." and words.raw[at - 1].islower() and len(words.raw[at - 1]) < 5)  # «зам. Скрипка»
    if "«" not in words.text or not titled(words, at, 1):
        return False
    near = words.bits[at - 1] & (ROLE | VERB | CUE) or words.form[at - 1] in _OWNERS if at else 0
    return not near and not any(_GATES[one] & 8 for one in words.form[max(0, at - 4) : at])


def stems_of(words: Words, named: set[int]) -> set[str]:
    """Beginnings of the names found: what comes again in another case."""
    return {
        words.form[at][: size]
        for at in named
        for size in range(max(3, len(words.form[at]) - 2), len(words.form[at]) + 1)
        if len(words.form[at]) > 3 and words.raw[at][0].isupper()
    }


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, int], ...]:
    raw = tomllib.loads(path("ru/mask_weights.toml").read_text("utf-8"))
    return tuple({mark: round(100 * weight) for mark, weight in raw[table].items()} for table in ("lower", "capital"))


# a capital that no sentence asks for
_INSIDE = re.compile(r"(?:[а-яё0-9,;»)%A-Za-z—–-]\s[«\"(]?|[а-яё][/«(\"]|[:|/][ \n]?|(?:зам|исп|инж|нач|тов|зав|гр|пом|уваж|адм|спец)\. )([А-ЯЁ][А-ЯЁа-яё]*)")


def worthy(text: str, raw: list[str], form: list[str]) -> list[int]:
    """Places of words worth weighing."""
    inside: set[str] = set(_INSIDE.findall(text))
    return [
        at
        for at, (own, word) in enumerate(zip(map(_GATES.__getitem__, form), raw, strict=True))
        if (own & 2 or (own & 4 and at and word.partition("-")[0] in inside and _unplaced(form, at)) if word < "а" else own & 1)
    ]


def _unplaced(form: list[str], at: int) -> bool:
    """Not «улице Мира», «на Садовой»: common words with a capital that no person is called by."""
    before = form[at - 1]
    if before in ("на", "по") and form[at].endswith(("ской", "цкой", "евой", "овой")):
        return False
    return not _GATES[before] & 16


def spoken_of(form: list[str]) -> bool:
    """Whether a word in lower case is worth weighing."""
    return any(own & 1 for own in map(_GATES.__getitem__, form))


def scored(words: Words, places: list[int], named: set[int], kept: set[int]) -> Iterator[int]:
    """Places of further names, from left to right; each found one tells of the next."""
    stems: set[str] | None = None
    for at in places:
        if at in named or at in kept:
            continue
        table = possible(words, at)
        if table:
            known, form = _weights()[table - 1], words.form[at]
            odds = _WEIGHED[table - 1][form]
            before = _told_before(words, at, named, _lexical(form)[-1], _sides(words, at)[1])
            odds += sum([known.get(mark, 0) for mark in before])
            if odds < known.get("early", _OPEN):
                continue
            if stems is None:
                stems = stems_of(words, named)
            if odds + sum([known.get(mark, 0) for mark in _placed(words, at, named, stems)]) > known["least"]:
                named.add(at)
                yield at
