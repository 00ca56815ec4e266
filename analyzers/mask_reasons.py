"""Reasons that stand around a lone name: «по фамилии Заяц», «я света», «виновник Дроздов», a signature at the end."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re

from .mask_forms import (
    ANIMATE,
    COMMON,
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
from .mask_words import Words

_FAMILY_NAME = {"фамилия", "фамилии", "фамилией", "фамилию"}
_PAPERS = re.compile(r"(?:заявлени|жалоб|претензи|обращени|письм|расписк|доверенност|отзыв|подпис|сообщени|запрос|иск)")
_SPEECH = re.compile(
    r"(?:по|пере|за|от|на|при|об|вы|со|до|у|про)?(?:сказа|обеща|ответи|отвеча|звони|хами|груби|отказа|представи|поясни|"
    r"объясни|заяви|уверя|говори|предложи|извини|попроси|проси|записа|оформи|брос|подал|писа|пишет|приня|подписа|выслуша)"
)

_STRONG = re.compile(r".{3}(?:швили|дзе|енко|ова|ева|ян|янц|чук|оглы)$")  # unknown, and nothing but a surname
_TREATED = re.compile(
    r"(?:уволи|наказа|накажи|привлеч|обслужи|оскорби|нахами|нагруби|хами|благодар|вызва|предупреди|отстрани|лиши)"
)
_OV = re.compile(r"[а-я]{3}(?:[оеё]в|[иы]н)(?:а|у|ым|ой|е)?$")
_SKY = ("ский", "ская", "ского", "ской", "скому", "ским", "ском", "скую", "цкий", "цкая", "цкого", "цкой", "цкому")
_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ого|его|ому|ему|ым|им|ую|юю|ых|их)$")


_STOP = re.compile(r"[.!?\n]")


def on_badge(words: Words, at: int) -> bool:
    """«на бейдже было написано «Козлова Вера»»: quotation marks of a badge, not of a title."""
    first = max(0, at - 4)
    told = [back for back in range(first, at) if words.form[back] in words_of("badges")]
    return bool(told) and not _STOP.search(words.text, words.stop[told[-1]], words.start[at])


def before_street(words: Words, at: int) -> bool:
    """«Ветрова улица», «на Маршала Жукова», «Зайцев.нет»."""
    if words.after(at) and words.form[at + 1] in words_of("street_words"):
        return True
    tail = words.text[words.stop[at] : words.stop[at] + 2]
    return (words.beside(at) and words.form[at - 1] in words_of("honoured")) or (tail[:1] == "." and tail[1:].islower())


def by_family_name(words: Words, at: int) -> bool:
    """«по фамилии Заяц», «фамилия Дудник»; with a capital any noun."""
    for back in (1, 2, 3):
        if at < back:
            return False
        gap = words.text[words.stop[at - back] : words.start[at - back + 1]]
        if gap.strip(' :—–-«"(') or "\n" in gap:
            return False
        if words.form[at - back] in _FAMILY_NAME:
            bits = words.bits[at]
            if words.capital(at):
                return bool(not bits & KNOWN or bits & (NOMINAL | NAMEY)) and not bits & (ROLE | THING)
            said = back == 1 and at > 1 and words.form[at - 2] == "по"
            return bool(bits & SURNAME) or (said and bool(bits & ANIMATE) and not bits & (ROLE | VERB))
        if words.capital(at - back) or (words.bits[at - back] & NOMINAL and back > 1):
            return False
    return False


def reasoned(words: Words, at: int) -> int:
    """How many words a lone name takes for a reason beside it; 0 for none."""
    bits, big = words.bits[at], words.capital(at)
    if bits & (ROLE | FAMILY | THING):
        return 0
    if big and (_beside_role(words, at, bits) or _apposed(words, at, bits) or _signed(words, at, bits)):
        return 1 + _strangers(words, at)
    if bits & PERSON and words.beside(at) and _TREATED.match(words.form[at - 1]) and big:
        return 1  # «прошу уволить Хачатуряна» is about no composer
    if bits & (KEEP | PERSON):
        return 0
    if _owned(words, at, bits, big) or _heard(words, at, bits, big) or _papers_from(words, at, bits):
        return 1
    after = words.form[at + 1] if words.after(at) else ""
    if bits & NAME and bits & NOMINATIVE and after == "из" and words.form[at] in words_of("homely"):
        return 1  # «КАТЯ ИЗ ОТДЕЛА ПРОДАЖ»
    return int(bool(bits & SURE))


_ACTED = re.compile(
    r"(?:наказ|накаж|увол|привле|отстран|лишит|благодар|спасибо|передат|передай|позват|позови|прошу|просил|попрос|вызва|соедин|действи|бездействи|поведени|хамств|грубост|работ[уеы]$|слов[а]?$)"
)
_TALKED = re.compile(
    r"(?:по|пере|за|от|на|при|об|вы|со|до|у|про)?(?:говор|разговари|общал|общен|общаюсь|беседов|связал|созвонил|созванива|звони|пишет|писал|обратил|обращал|подошл|подош[её]л|записал|оформлен|записан|"
    r"жалоб|претензи|заявлени|договор|полис|доверенност|иск$|прием|ответ|смс|письмо|звонок|сообщени)"
)
_MET = re.compile(
    r"(?:увижу|увидел|видел|встрет|спроси|знаю|знает|узна[лют]|поймал|ругал|благодар|прислали|назначили|поставили|отправили)"
)
_PERSON_BEFORE = {"с", "со", "у", "от", "на", "к", "ко"}
_OF_STAFF = re.compile(
    r"(?:отдел|поддержк|доставк|офис|банк|бухгалтери|магазин|колл|кол|техподдержк|сервис|управляющ|жэк|склад|регистратур|охран)"
)


def acted(words: Words, at: int) -> bool:
    """«прошу наказать Волка», «жалоба на действия Кацмана», «полис на Мельник», «у Чиковани из отдела».

    Whom one deals with: a capital in mid-sentence, and a surname that is a noun as well, a name that is a shop, or a word that nobody knows.
    """
    bits = words.bits[at]
    if not words.beside(at) or bits & (ROLE | FAMILY | THING | VERB) or words.raw[at].isupper() or words.quoted(at):
        return False
    if (
        not bits & (MAYBE | NAMEY)
        or (bits & KEEP and not bits & (MAYBE | NAME))
        or (bits & PLACE and bits & KNOWN and not bits & NAME)
    ):
        return False
    before = words.form[at - 1]
    if before in _PERSON_BEFORE:
        if bits & KEEP and before in ("на", "от"):
            return False  # «карта от Альфы»
        told = at > 1 and words.beside(at - 1) and bool(_TALKED.match(words.form[at - 2]))
        staff = at + 2 < len(words.raw) and words.form[at + 1] == "из" and bool(_OF_STAFF.match(words.form[at + 2]))
        return told or (staff and before != "на")
    if bits & MAYBE and bits & ANIMATE and words.bits[at - 1] & VERB and _MET.match(before):
        return True  # «ещё раз увижу Коваля»
    return bool(_ACTED.match(before))


def _beside_role(words: Words, at: int, bits: int) -> bool:
    """«виновник Дроздов», «гражданин Сюй Вэй»: a capital right after a living being in lower case."""
    if not words.beside(at) or bits & (KEEP | PATRONYMIC) or len(words.raw[at]) < 2:
        return False
    near = words.bits[at - 1]
    if (near & (NAMEY | THING) and not near & ROLE) or not near & (ANIMATE | ROLE | FAMILY):
        return False
    if near & VERB and not near & (ROLE | FAMILY):
        return False
    if words.raw[at].isupper() and not bits & NAMEY:
        return False
    if "банк" in words.form[at]:  # misspelt: «клиентом Гзпромбанка»
        return False
    if near & ROLE and bits & PLACE and _OV.search(words.form[at]) and words.raw[at][1:].islower():
        return True  # «Дежурный Орехов»: a town by the dictionary
    if bits & (SURNAME | NAME):
        return not (bits & PLACE and not bits & LIKELY)
    if not near & (ROLE | FAMILY):
        return False
    if not bits & KNOWN or (bits & ANIMATE and bits & NOMINAL and not bits & PLACE):
        return True
    # «инженер Пак», «мастер Дудник»: a thing with a capital after a role, unless it employs («сотрудник Банка»)
    thing = near & ROLE and bits & NOMINAL and not bits & PLACE and not _ADJECTIVE.search(words.form[at])
    if thing and words.raw[at][1:].islower() and kind(words.form[at]).lemma not in words_of("employers"):
        return not words.capital(at - 1) or words.opens(at - 1)
    adjective = _ADJECTIVE.search(words.form[at]) and bits & NOMINAL and not bits & PLACE
    # «директору Северного филиала», «пристав Советского РОСП»
    return bool(adjective) and not (words.after(at) and (words.bits[at + 1] & NOMINAL or words.raw[at + 1].isupper()))


def _apposed(words: Words, at: int, bits: int) -> bool:
    """«Козлов, сборщик мебели, …»."""
    if at + 1 >= len(words.raw) or bits & (KEEP | PERSON | PLACE):
        return False
    gap = words.text[words.stop[at] : words.start[at + 1]]
    if gap not in (", ", ",", " — ", " - ", " – ", " ("):
        return False
    after = words.bits[at + 1]
    return (
        bool(after & ROLE) and not words.capital(at + 1) and bool(bits & NAMEY or (bits & ANIMATE and bits & NOMINAL))
    )


def _signed(words: Words, at: int, bits: int) -> bool:
    """A word or two alone after the last full stop or line end: «…верните деньги. Вера»."""
    if at + 2 < len(words.raw) or at < 2 or bits & KEEP or not words.opens(at):
        return False
    if len(words.raw[at]) < 3 or words.text[words.stop[-1] :].strip(" .!\n\r\t)") or words.quoted(at):
        return False
    if any(char in '"«:(;•*,—' for char in words.text[words.stop[at - 1] : words.start[at]]):
        return False
    if at + 1 < len(words.raw) and not (words.after(at) and words.capital(at + 1)):
        return False
    if bits & PLACE and not bits & LIKELY:
        return False
    return bool(bits & NAMEY) or (not bits & KNOWN and words.raw[at][1:].islower())


def _owned(words: Words, at: int, bits: int, big: bool) -> bool:
    """«я света», «я, Заяц, …», «ваш денис»."""
    if not at:
        return False
    gap = words.text[words.stop[at - 1] : words.start[at]]
    before = words.form[at - 1]
    if before == "я" and gap in (" ", ", ", ",", " - ", " — "):
        if big and not words.opens(at):
            return bool(bits & NAMEY or not bits & KNOWN or (bits & ANIMATE and "," in gap))
        return bool(bits & NAME and (not bits & COMMON or words.form[at] in words_of("homely")))
    if before not in words_of("owners") or gap != " " or (words.raw[at].isupper() and len(words.raw[at]) < 4):
        return False
    if big:
        return bool(bits & (NAME | SURNAME)) and not (bits & PLACE and not bits & LIKELY)
    return bool(bits & NAME and bits & LIKELY and not bits & COMMON) or (
        words.form[at] in words_of("homely")
        and words.form[at] not in {"вера", "надежда", "любовь", "света", "роза", "роман", "слава"}
    )


def _heard(words: Words, at: int, bits: int, big: bool) -> bool:
    """«Звонил Рыбка, …», «Света обещала»: one who speaks, with a capital where none is due."""
    if not big or words.opens(at) or bits & VERB or words.raw[at].isupper():
        return False
    before = words.form[at - 1] if words.beside(at) else ""
    after = words.form[at + 1] if words.after(at) else ""
    speaks = (_SPEECH.match(before) and words.bits[at - 1] & VERB) or (
        _SPEECH.match(after) and words.bits[at + 1] & VERB
    )
    return bool(speaks) and bool(bits & NAME or (bits & ANIMATE and bits & NOMINAL) or not bits & KNOWN)


def _papers_from(words: Words, at: int, bits: int) -> bool:
    """«заявление от соколова»."""
    if at < 2 or not words.beside(at) or words.form[at - 1] != "от" or (bits & PLACE and not bits & LIKELY):
        return False
    return bool(_PAPERS.match(words.form[at - 2])) and bool(bits & SURNAME or (bits & NAME and bits & LIKELY))


def _strangers(words: Words, at: int) -> int:
    """Further words that no dictionary knows, with capitals: «Сюй Вэй»."""
    size = 0
    while size < 2 and words.after(at + size):
        bits = words.bits[at + size + 1]
        if bits & KNOWN or not words.capital(at + size + 1) or words.raw[at + size + 1].isupper():
            break
        size += 1
    return size


_MUCH = {"полно", "много", "мало", "нет", "тьма", "толпа", "больше", "хватает", "жалко", "жаль"}
_DASHES = {"-", "–", "—"}


def _on_route(words: Words, at: int) -> bool:
    """«Саратов — Балашов»: a dash between two towns."""
    for left in (at - 1, at):
        other = left if left < at else at + 1
        if left < 0 or left + 1 >= len(words.raw) or not words.bits[other] & PLACE:
            continue
        if words.text[words.stop[left] : words.start[left + 1]].strip() in _DASHES:
            return True
    return False


def tall(words: Words, at: int, bits: int) -> bool:
    """A surname with a capital: in mid-sentence whatever else it means, at the beginning if nothing else stands so."""
    if not bits & SURNAME or bits & (KEEP | PERSON | ROLE | THING | FAMILY):
        return False
    if words.raw[at].isupper() and not bits & KNOWN and len(words.raw[at]) < 7:
        return False
    if bits & PLACE and _on_route(words, at):
        return False
    if bits & PLACE and not (bits & SOLE or (bits & LIKELY and bits & MOSTLY and not words.opens(at))):
        return False
    if words.after(at) and words.form[at].endswith(_SKY):
        after = words.bits[at + 1]
        if after & NOMINAL and not after & (ANIMATE | NAMEY | VERB) and not words.capital(at + 1):
            return False  # «Щербинским судом»
    if words.opens(at):
        if words.after(at) and words.form[at + 1] in _MUCH:
            return False  # «Туристов полно»
        return bool(bits & SOLE and bits & (LIKELY | ANIMATE)) or bool(
            not bits & KNOWN and _STRONG.search(words.form[at])
        )
    return bool(bits & (LIKELY | SOLE)) or (not bits & KNOWN and not bits & COMMON)
