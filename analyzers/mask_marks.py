"""Marks of a word and of its place, by which `mask_score` weighs whether it is somebody's name."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from functools import lru_cache

from .lemmas import is_known, respelt
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
from .mask_words import Words, after_thing
from .told_once import ToldOnce

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
_ROLES_OF = re.compile(r"(?:[а-я]{3}(?:ы|и|ов|ам|ами|ах))$")
_RUN_ON = ("в", "во", "на", "по", "с", "из", "за", "до", "не", "от")
_VOWELS = "аеиоуыэюя"
_QUOTES = "«\"“„'"
_SPEECH = re.compile(
    r"(?:по|пере|за|от|на|при|об|вы|со|до|у|про)?(?:сказ|обеща|ответ|отвеча|звон|хам|груб|отказ|представ|поясн|объясн|заяв|увер|говор|предлож|извин|прос|запис|оформ|брос|подал|пис|приня|подпис|выслуш|обслуж|назва|орал|крич|молч|вел|ушл|приш|прие|приве|вз|не$)"
)
_OWNS = re.compile(
    r"(?:договор|жалоб|претензи|заявлени|полис|подпис|имен|имя|лиц[оау]|вин[аеыу]$|слов$|мнени|показани|объяснени|поведени|хамств|действи|бездействи|смен[аыуе]$|бригад|приказ|распоряжени|фамил|прием|кабинет|доверенност|справк|обращени|счет|карт|паспорт|посылк|заказ|телефон|получател|отправител|участи|работ|грубост|помощ|ответ|письм|отписк)"
)
TELLS = re.compile(
    r"(?:бейдж|табличк|подпис|визитк|записк|обслуж|представ|назва|зов|звать|имен|имя|фамил|кличут|величают|чек|смен|голос|пропуск)"
)
_AGENT = re.compile(
    r"[а-я]{2}(?:щик|чик|ист|лог|тель|ниц|щиц|истк|тор|арь|ник|атор|вед|граф|мейкер|смен|врач|мастер|работник|инспектор)(?:а|у|ом|ем|ем|е|ы|и|я|ю|ей|ой|ам|ов)?$"
)
_PREPOSITIONS = frozenset({"к", "ко", "с", "со", "у", "от", "для", "на", "по", "о", "об", "за", "в", "во", "из", "до", "через", "про", "под", "при", "и", "а", "или", "либо", "не", "без", "перед", "над", "между", "против", "кроме"})  # fmt: skip
OWNERS = frozenset({"ваш", "ваша", "ваше", "вашей", "вашему", "вашего", "вашу", "наш", "наша", "нашу", "нашей", "нашему", "нашего", "мой", "моя", "этот", "эта", "этой", "этому", "тот", "та", "некто", "некий", "некая", "некой", "некоему", "такой", "такая", "сам", "сама"})  # fmt: skip
_SELF = frozenset(
    {"я", "мы", "это", "он", "она", "меня", "мне", "его", "ее", "вы", "ты", "вас", "вам", "им", "их", "нас"}
)
_OGLY = frozenset({"оглы", "кызы", "огли", "кизи", "улы", "гызы", "уулу", "заде", "оол"})


@lru_cache(maxsize=50_000)
def lexical(form: str) -> tuple[str, ...]:
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


def is_misspelt(form: str) -> bool:
    """«начилось», «впринципе»: an edit away from a word of the lexicon, or a preposition run on."""
    if is_known(form):
        return False
    meant = respelt(form)
    if meant is not None:
        return not kind(meant.lemma).bits & NAMEY
    return any(form.startswith(one) and is_known(form[len(one) :]) for one in _RUN_ON if len(form) > len(one) + 3)


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
    if form in OWNERS:
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


def _near(form: str) -> tuple[str, str, bool]:
    """What a neighbour is, in lower case and with a capital, and whether it tells that a name follows."""
    bits = kind(form).bits
    return _before(form, bits, False), _before(form, bits, True), bool(TELLS.match(form))


NEAR = ToldOnce(_near)


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
    _, gap = sides(words, at)
    before = told_before(words, at, named, lexical(form)[-1], gap)
    return ["bias", *lexical(form), *before, "@", *placed(words, at, named, stems)]


_ODD = re.compile(r"[0-9A-Za-z]")


def placed(words: Words, at: int, named: set[int], stems: set[str]) -> list[str]:
    """Marks of the place of a word."""
    form = words.form[at]
    group = lexical(form)[-1]
    left, gap = sides(words, at)
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


def sides(words: Words, at: int) -> tuple[str, str]:
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


def told_before(words: Words, at: int, named: set[int], group: str, gap: str) -> list[str]:
    if not at:
        return ["<^"]
    own = words.form[at - 1]
    near = "named" if at - 1 in named else NEAR[own][int(words.capital(at - 1) and not words.opens(at - 1))]
    found = [f"<{gap}", f"<{near}{gap}", f"{group}<{near}{gap}"]
    if gap == "." and len(own) < 5 and words.raw[at - 1].islower():
        found.append("<abbreviation")
    if at > 1 and _gap(words.text[words.stop[at - 2] : words.start[at - 1]]) in "_,-:":
        far = "named" if at - 2 in named else NEAR[words.form[at - 2]][0]
        found += (f"<<{far}", f"<<{far}<{near}{gap}")
    if tells_before(words, at):
        found += ("told", f"told{gap}")
    return found


def tells_before(words: Words, at: int) -> bool:
    """Whether a badge, a signature or «зовут» stands among the four words before."""
    return any(NEAR[one][2] for one in words.form[max(0, at - 4) : at])


def _told_after(words: Words, at: int, named: set[int], group: str, after: str) -> list[str]:
    if at + 1 == len(words.raw):
        return [">$"]
    own, bits = words.form[at + 1], words.bits[at + 1]
    near = "named" if at + 1 in named else NEAR[own][int(words.capital(at + 1))]
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
