"""A name without patronymic or surname beside it: masked only with a reason that stands around it."""

# patterns read better on one line

from __future__ import annotations

import re

from .mask_agree import agree
from .mask_forms import (
    ADDRESSED,
    ANIMATE,
    COMMON,
    CUE,
    CUES,
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
    SURNAME,
    THING,
    VERB,
    lists,
    words_of,
)
from .mask_reasons import acted, before_street, by_family_name, on_badge, reasoned, tall
from .mask_words import Words, after_thing, titled

_PLACING = {"в", "во", "на", "из", "к", "ко", "до", "для", "о", "об", "за", "при", "через", "без"}
_FILLERS = {
    "меня",
    "его",
    "ее",
    "их",
    "как",
    "себя",
    "мое",
    "это",
    "по",
    "имени",
    "г-н",
    "г-жа",
    "под",
    "просто",
    "мою",
    "моего",
}


_ROMAN = re.compile(r" [IVX]{1,4}(?![\w.-])")
_FOREIGN = {"дон", "донья", "дона", "дону", "леди", "лорд", "сэр"}  # a title before what no dictionary knows


def _cued(words: Words, at: int) -> int:
    """CUE, ROLE or FAMILY if one stands before a word, past fillers and one or two words of lower case; 0 for none."""
    back = at - 1
    steps = 0
    while back >= 0 and steps < 4:
        gap = words.text[words.stop[back] : words.start[back + 1]].strip(" /_\t\n\r\u00a0")
        bits, form = words.bits[back], words.form[back]
        if (
            form in CUES
            or (form in _FOREIGN and not words.bits[at] & KNOWN and not words.capital(back))
            or (form in {"такой", "такая"} and back and words.form[back - 1] == "кто")
            or (form in {"имя", "имени"} and back and words.form[back - 1] in {"на", "по"})
        ):
            cue = form != "уважением" or "," in gap or not gap
            return CUE if cue and len(gap) < 3 and "." not in gap.replace(".", "", form == "исп") else 0
        if gap == "(" and not steps and bits & (ROLE | FAMILY) and words.bits[at] & NAMEY:
            return ROLE if words.capital(at) and words.text[words.stop[at] : words.stop[at] + 1] == ")" else 0
        if gap not in {"", "-", "–", "—", ":", ","} or (gap and steps):
            return 0
        if bits & (ROLE | FAMILY) and not bits & NAME and gap != ",":
            return (
                (ROLE if bits & ROLE else FAMILY) if steps < 2 or form in {"менеджер", "оператор", "сотрудник"} else 0
            )
        if (
            gap == ","
            or (form not in _FILLERS and words.raw[back][0].isupper() and not words.raw[back][:2].isupper())
            or (form not in _FILLERS and steps > 1)
        ):
            return 0
        if form not in _FILLERS and (bits & VERB or form in _PLACING):
            return 0
        steps += 1
        back -= 1
    return 0


def lone(words: Words, at: int) -> int:
    """How many words a name without patronymic or surname takes."""
    bits, big = words.bits[at], words.capital(at)
    raw = words.raw[at]
    if "-" in raw[2:] and raw.partition("-")[0].isupper() and not raw.isupper():
        return 0  # «ИТ-специалистов»
    if len(raw) < 2 or bits & ROLE or (len(raw) == 2 and raw.isupper() and not bits & SURNAME):
        return 0
    if len(raw) == 3 and raw.isupper() and not words.shouted and not _cued(words, at):
        return 0  # «ЭКО», «ОКА»: a short word in capitals is an abbreviation
    if _ROMAN.match(words.text, words.stop[at]):
        return 0  # «Пётр I», «Николай II»
    if by_family_name(words, at) or (bits & NAMEY and big and words.quoted(at) and on_badge(words, at)):
        return 1 + _more(words, at + 1, big)
    if words.quoted(at) or titled(words, at, 1) or before_street(words, at):
        return 0
    cue = _cued(words, at)
    if bits & PATRONYMIC and bits & KEEP and _spoken_to(words, at):  # «Скажите Петровичу», but the shop «в Петровиче»
        return 1
    if (
        big
        and bits & KEEP
        and bits & NAME
        and bits & LIKELY
        and bits & NOMINATIVE
        and not words.opens(at)
        and _called(words, at)
    ):
        return 1  # «чат вела Виктория»: shops do not lead chats
    if big and not words.opens(at) and (acted(words, at) or (bits & KEEP and bits & NAME and _talked_with(words, at))):
        return 1 + _more(words, at + 1, big)
    if (bits & KEEP and not (cue and bits & (NAME | MAYBE))) or (cue != CUE and after_thing(words, at)):
        return 0
    if bits & NAMEY and _introduced(words, at):
        return 1 + _more(words, at + 1, big)
    if (cue == CUE and _after_cue(words, at, bits, big)) or (
        cue in (ROLE, FAMILY) and _after_role(words, at, bits, big)
    ):
        return 1 + _more(words, at + 1, big)
    size = reasoned(words, at)
    if size:
        return size if not _streetlike(words, at) else 0
    return int(_unaided(words, at, bits, big))


def _unaided(words: Words, at: int, bits: int, big: bool) -> bool:
    """Whether a word is a name by what it is and where it stands, with no cue, role or thing beside it."""
    raw = words.raw[at]
    plain = not bits & (COMMON | PLACE | PERSON | KEEP)
    if raw.isupper() and len(raw) > 3 and bits & NAME and plain and not words.shouted:
        return True
    if bits & KEEP or not big or (raw.isupper() and len(raw) > 1 and not bits & SURNAME):
        return False
    verb = at + 1 < len(words.raw) and words.joined(at + 1) and _acts(words, at + 1)
    if bits & NAME and not bits & (COMMON | PLACE | PERSON):
        return True
    if bits & NAME and bits & NOMINATIVE and bits & LIKELY and not bits & PERSON and verb and not words.opens(at):
        return True
    if bits & MAYBE and bits & ANIMATE and not bits & (ROLE | FAMILY | THING) and _did(words, at):
        return True
    if bits & PATRONYMIC and not bits & (COMMON | PERSON) and bits & (KNOWN | NOMINATIVE):
        return True
    likely = bits & LIKELY or words.form[at] in words_of("homely")
    if bits & NAME and likely and not bits & (PERSON | PLACE) and _addressed(words, at):
        return True
    if bits & NAME and likely and not bits & PERSON and _stands_out(words, at, bits):
        return True
    return tall(words, at, bits) and not _streetlike(words, at)


_SPEECH = re.compile(
    r"(?:по|пере|за|от|на|при|об|вы|со)?(?:сказа|обеща|ответи|отвеча|звони|хами|груби|отказа|пообеща|представи|поясни|объясни|заяви|уверя|говори|предложи|извини|попроси|проси|записа|оформи|брос)"
)


def _stands_out(words: Words, at: int, bits: int) -> bool:
    """A name that is a common noun or a town too («Вера», «Владимир»): a capital in mid-sentence, or one who speaks."""
    if words.opens(at):
        if bits & MOSTLY and bits & NOMINATIVE and not bits & PLACE:
            return True
        after = words.form[at + 1] if at + 1 < len(words.form) and words.joined(at + 1) else ""
        return bool(bits & NOMINATIVE and _SPEECH.match(after) and words.bits[at + 1] & VERB)
    return not bits & PLACE or (bool(bits & NOMINATIVE) and _called(words, at))


def _addressed(words: Words, at: int) -> bool:
    """«Юля, завтра группы не будет»; not «Роза, лилия и пион» nor «Вера, надежда, любовь»."""
    form = words.form[at]
    if not words.opens(at) or not words.bits[at] & NOMINATIVE or at + 1 >= len(words.raw):
        return False
    if words.text[words.stop[at] : words.start[at + 1]] != ", " or words.capital(at + 1):
        return False
    if len(form) < 3 or form in words_of("not_names"):
        return False
    after = words.bits[at + 1]
    return not after & NAMEY and not (form in lists().doubtful and after & NOMINAL)


_DEED = re.compile(
    r"(?:рас|под|за|пере|от|вы|при|на|по|с)?(?:писа|пиш|звон|набра|набер|плати|ехал|еха|приня|приме|прода|дал|стави|обеща|уволи|ора|хам|груб|монтир|ремонт|приш|уш)|принес|привез|забра|обману|"
    r"расписал|проси|оформ|подпис|выда|объясн|объяв"
)


def _did(words: Words, at: int) -> bool:
    """«Пономарь расписался», «Пусть Лебедь наберёт»: a noun that is a surname too does what only people do."""
    if at + 1 >= len(words.raw) or not words.joined(at + 1) or words.quoted(at):
        return False
    after = words.form[at + 1]
    if after == "не" and at + 2 < len(words.raw):
        at, after = at + 1, words.form[at + 2]
    return bool(words.bits[at + 1] & VERB and (_DEED.match(after) or _SPEECH.match(after)))


_ALONG = {"на", "по", "до", "с", "со", "от", "через", "около", "возле", "вдоль", "и", "в", "во", "угол", "углу"}
_SUBJECTS = re.compile(
    r"жалоб|претензи|заявлени|договор|билет|карт|полис|сч[её]т|оформ|запис|доверенност|иск|донос|бронь|пропуск|паспорт|справк|посылк|кредит|анкет|симк|выдал|выдан|выпис|перев[её]л|перевед[её]н|прикреп"
)


def _streetlike(words: Words, at: int) -> bool:
    """«ПВЗ на Попова», «угол Репина и Попова»: a surname in the genitive after a word of place is a street."""
    if not at or words.form[at - 1] not in _ALONG or not words.joined(at):
        return False
    if words.form[at - 1] in {"на", "по"} and words.form[at].endswith(("ской", "цкой", "евой", "овой")):
        return True  # «на Семёновской», «по Гороховой»
    # «на Иванову», «с Ивановым», «и Рамиля» are persons
    if words.bits[at] & ADDRESSED or words.bits[at] & (NAME | SURNAME) == NAME:
        return False
    return not (at > 1 and _SUBJECTS.match(words.form[at - 2]))


def _spoken_to(words: Words, at: int) -> bool:
    if not at or not words.joined(at):
        return False
    before = words.form[at - 1]
    return bool(words.bits[at - 1] & (VERB | ROLE)) or before in {
        "к",
        "ко",
        "с",
        "от",
        "наш",
        "ваш",
        "этот",
        "этому",
        "нашему",
        "вашему",
    }


def _talked_with(words: Words, at: int) -> bool:
    """«Разговаривала с Викторией»: with a shop nobody talks."""
    return (
        at > 1
        and words.beside(at)
        and words.form[at - 1] in {"с", "со"}
        and bool(
            _SPEECH.match(words.form[at - 2])
            or words.form[at - 2].startswith(("разговари", "общал", "поговори", "беседовал", "переписыва", "созванива"))
        )
    )


def _introduced(words: Words, at: int) -> bool:
    """«Толян меня кличут»."""
    rest = words.form[at + 1 : at + 3]
    return len(rest) == 2 and rest[0] in {"меня", "его", "ее"} and rest[1] in {"зовут", "звать", "кличут"}


def _more(words: Words, at: int, big: bool) -> int:
    """How many words go on a name that a cue began: «на имя Беловой Анны»."""
    size = 0
    while size < 2 and at + size < len(words.raw) and words.joined(at + size) and words.capital(at + size) == big:
        bits = words.bits[at + size]
        if not bits & NAMEY or bits & KEEP or (not big and bits & COMMON):
            break
        size += 1
    return size


def _after_cue(words: Words, at: int, bits: int, big: bool) -> bool:
    if bits & NAME and (big or bits & LIKELY):
        return True
    if big:
        return bool(bits & (SURNAME | PATRONYMIC | MAYBE)) or not bits & (KNOWN | PERSON)
    return bool(bits & SURNAME) and not bits & COMMON


def _after_role(words: Words, at: int, bits: int, big: bool) -> bool:
    if not words.joined(at) and words.text[words.stop[at - 1] : words.start[at]].strip() not in {
        "",
        "-",
        "–",
        "—",
        ":",
        "(",
    }:
        return False
    near = words.bits[at - 1] & (ROLE | FAMILY)
    if big:
        if words.raw[at].isupper() and len(words.raw[at]) > 1:
            return bool(near and bits & NAMEY and not bits & COMMON)
        if bits & NAME:
            return True
        if near & ROLE and bits & MAYBE and not bits & (ROLE | FAMILY | THING):
            return True
        if near & ROLE and not bits & (KEEP | ROLE | FAMILY | THING | PLACE) and _noun_surname(words, at):
            return True
        return bool(bits & SURNAME and (near or (bits & NOMINATIVE and not bits & (PLACE | PERSON))))
    if near and bits & NAME and bits & NOMINATIVE and (bits & LIKELY or words.form[at] in words_of("homely")):
        return agree(words.form[at], words.form[at - 1])  # «парень максим», «дочка вера», but not «сыну роман»
    if bits & COMMON or bits & PLACE:
        return False
    return bool(near and bits & (NAME | SURNAME) and bits & KNOWN)


def _noun_surname(words: Words, at: int) -> bool:
    """«директора Крутых», «врач Голубь»: a capital in the middle of a sentence makes a surname of a living being."""
    bits, form = words.bits[at], words.form[at]
    return bool(bits & NOMINAL and (bits & ANIMATE or form.endswith(("ых", "их"))))


def _called(words: Words, at: int) -> bool:
    """A verb right before: «позвонила Вера»."""
    return words.joined(at) and bool(words.bits[at - 1] & VERB) and words.form[at - 1] != "есть"


def _acts(words: Words, at: int) -> bool:
    """A verb, or «не» and a verb, or «из поддержки»."""
    if words.form[at] in {"не", "так", "мне", "нам", "меня", "даже", "просто", "сначала", "потом"} and at + 1 < len(
        words.raw
    ):
        at += 1
    return bool(words.bits[at] & VERB) or words.form[at] == "из"
