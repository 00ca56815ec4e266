"""What stands right beside a name that was found belongs to it: «Аслангирею Кунижеву», «Ибрагимову З за терпение».

And names that run together («людмилпална»), on a badge («бейджик «Нурзада»») and in a signature («с ув. ф. ярыгин»).
"""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

from .lemmas import flatten
from .mask_forms import (
    COMMON,
    CUE,
    FAMILY,
    KEEP,
    KNOWN,
    LIKELY,
    MAYBE,
    NAME,
    NAMEY,
    NOMINAL,
    PERSON,
    PLACE,
    ROLE,
    SURNAME,
    THING,
    VERB,
    kind,
    words_of,
)
from .mask_hints import RUN_TOGETHER
from .mask_rules import Span, has
from .mask_words import Words, titled

_OTHER = ROLE | FAMILY | THING | KEEP | CUE | PERSON
# letters that are no word of one letter: «Ибрагимову З за терпение»
_LETTER = re.compile(r" [БГДЕЖЗЛМНПРТФХЦЧШЩЭЮ](?= [а-яё(—–-])")
_LOW_LETTER = re.compile(r" [сдпмт]\.(?=,)")


def widened(words: Words, named: set[int], kept: set[int]) -> Iterator[tuple[int, int]]:
    """Words beside a name that are of it: no word of the language, or a given name, with a capital in mid-sentence.

    Yields first and last place; `named` takes them.
    """
    for at in sorted(named):
        if not words.capital(at) or words.shouted:
            continue
        for other in (at - 1, at + 1):
            first = min(at, other)
            if first < 0 or other >= len(words.raw) or other in named or other in kept:
                continue
            if words.after(first) and words.text[words.stop[first]] == " " and _is_part(words, other, at):
                named.add(other)
                yield other, other


def _is_part(words: Words, other: int, at: int) -> bool:
    """Whether a word with a capital beside a name is a part of it."""
    bits, raw = words.bits[other], words.raw[other]
    if (
        not words.capital(other)
        or raw.isupper()
        or len(raw) < 2
        or bits & _OTHER
        or (other < at and _begins(words, other))
    ):
        return False
    if raw[:2].isupper() and "-" in raw:
        return False  # «ИТ-ипотеке»
    if words.quoted(other) or titled(words, min(other, at), 2):
        return False
    if (bits & NAME and bits & LIKELY) or _is_named(words, min(other, at)):
        return not bits & VERB or bool(bits & NOMINAL)
    if bits & KNOWN:
        surname = bool(words.bits[at] & NAME) and bool(bits & NOMINAL)  # «Кнопка Зинаида», «Людмила Кочерга»
        # «Ха Суён»: a syllable; «на Живаго Фотинию»: an old name the dictionary knows as a noun
        return not bits & VERB and (surname or words.form[other] in words_of("syllables"))
    return other < at or not bits & PLACE or bool(bits & NAMEY)


def _begins(words: Words, at: int) -> bool:
    """Whether a word begins a sentence; one in brackets or after a colon begins none."""
    return words.opens(at) and words.text[: words.start[at]].rstrip(" \u00a0")[-1:] not in (
        "(",
        ":",
        "-",
        "–",
        "—",
        ";",
    )


_PAPERS = re.compile(
    r"(?:выписан|оформл|оформ|записа|заказ|выда|зарегистр|талон|чек|билет|договор|бронь|брон|доставк|полис|посылк|перевод|перевел|им[яе])"
)


def _is_named(words: Words, first: int) -> bool:
    """Whether two capitals stand where only a person does: «некая Зима Клавдия», «заказывала на Живаго Фотинию»."""
    if not first or not words.beside(first):
        return False
    before = words.form[first - 1]
    if before in {
        "некая",
        "некий",
        "некую",
        "некоего",
        "некоей",
        "некто",
        "какая-то",
        "какой-то",
        "какому-то",
        "какого-то",
    }:
        return True
    return before == "на" and first > 1 and words.beside(first - 1) and bool(_PAPERS.match(words.form[first - 2]))


def letters(words: Words, named: set[int]) -> Iterator[tuple[int, int]]:
    """Offsets of a bare initial behind a surname: «Мамедгасанов Р вписан в полис», «к таисии п.,»."""
    for at in sorted(named):
        if at + 1 in named or not words.bits[at] & (SURNAME | NAME | MAYBE):
            continue
        big = words.capital(at) and not words.raw[at].isupper()
        found = (_LETTER if big and words.bits[at] & (SURNAME | MAYBE) else _LOW_LETTER).match(
            words.text, words.stop[at]
        )
        if found:
            yield found.start() + 1, found.end()


_BADGE = re.compile(r"(?:бе[йи]дж|табличк)[а-яё]{0,4}[^.!?\n«»\"]{0,24}[«\"]([А-ЯЁ][А-ЯЁа-яё-]{2,20})(?: [А-ЯЁ][А-ЯЁа-яё.-]{0,20})?[»\"]", re.IGNORECASE)  # fmt: skip
_SIGNED = re.compile(
    r"(?:(?<![а-яё])с ув(?:\.|аж\.|ажением)?[,.]? ?|(?<![а-яё])подпись:? )((?:[а-яё]\. ?){1,3}(?:[а-яё-]{3,24})?)(?![а-яё])"
)
# names that lost their end before a patronymic: «марь», «людмил», «сан»
_ENDS = ("", "а", "я", "ия", "й", "ья", "ь", "ей", "ил", "андр")


def run_together(text: str) -> Iterator[Span]:
    """A given name and a patronymic in one word."""
    for found in RUN_TOGETHER.finditer(text):
        whole, front = flatten(found[0]), flatten(found[1])
        if kind(whole).bits & KNOWN:
            continue
        if front in {"сан", "пал", "марь", "дарь"} or any(_is_given(front + end) for end in _ENDS):
            yield found.start(), found.end(), "NAME", whole


def _is_given(form: str) -> bool:
    bits = kind(form).bits
    return bits & (NAME | LIKELY | KNOWN) == NAME | LIKELY | KNOWN


_FAMILY = r"(?:[оеё]в|[иы]н|[оеё]ва|[иы]на|енко|[уюч]к|ян|дзе|швили|ский|цкий|ская|цкая|ец)"
_CALLED = re.compile(
    r", ?(?=(?:вы|ты|где|когда|верни|позвони|перезвони|приезжай|приди|приходи|ответь|отвечай|объясни|спасибо|стыдно|имей|возьми|сделай|отдай|привези|почему|зачем|хватит|прекрати|извинись|вам|тебе)(?:те)?(?![а-яё]))"
)
_CALLS = re.compile(rf"(?:^|[.!?…\n]\s?)([А-ЯЁ][а-яё]{{1,20}}{_FAMILY})$")
_PLURAL = re.compile(r"(?<![А-ЯЁа-яё«\"-])[А-ЯЁ][а-яё]{2,20}(?:[оеё]в|[иы]н)(?:ы|ых|ыми)(?![а-яё-])")
_STAFF = re.compile(
    r" из (?=регистратур|техподдержк|поддержк|бухгалтери|отдела (?:кадр|продаж|достав|сервис|качеств|кредит|претенз|заказ)|колл|кол-центр|охраны|приемн|приёмн|деканат|ресепш|диспетчерск|управляющей|управляйки|банка|жэка|доставки|сервиса|салона|(?:[а-яё]{3,12} |\d{1,3}-?[а-я]{0,3} )?(?:подъезда|квартиры))"
)
_CAPITAL = re.compile(r"(?<![А-ЯЁа-яё«\"-])[А-ЯЁ][а-яё]{2,20}$")
_SAYING = ("по слов", "со слов", "по утвержд", "по совет", "по просьб")
_SAID = re.compile(
    r"(?:по словам|со слов|по утверждению|по совету|по просьбе) ((?-i:[А-ЯЁ][а-яё]{2,20}))(?![а-яё-])", re.IGNORECASE
)
# «подписали: …, О. Черемша, …»: one initial and any noun among other names
_LISTED = re.compile(r", ([А-ЯЁ]\. ?([А-ЯЁ][а-яё]{2,20}))(?=[,;.)])")


# «спасибо дим», «ок ань, поняла»: how people call each other, without the last vowel
_GREETED = re.compile(
    r"(?<![а-яё-])(?:ок|окей|оки|спасибо|спасибочки|спс|привет|приветик|здаров|здорово|хай|слушай|алл?о|хорошо|ладно|пожалуйста|плиз|извини|прости|давай|пока|понял|поняла|да|нет|ну|слышь)[ ,!]{1,2}"
    r"(ань|вань|дим|дин|жень|зин|ир|кать|ксюш|ксень|лен|лёш|леш|лёх|лех|люб|люд|марин|маш|миш|наташ|надь|насть|никит|нин|оль|оксан|паш|петь|поль|ром|саш|сань|свет|серёг|серег|серёж|сереж|слав|стёп|степ|тань|тём|тем|толь|томк|тось|юль|юр|вов|володь|валь|варь|вер|вик|вить|гал|гош|гриш|даш|федь|костя|кость|коль|алён|ален|алис|арин|эл)"
    r"(?=[,!.?)]|$| (?:спасибо|привет|а|я|ты|мы|это|ну|что|когда|где|как|давай|подскажи|скинь|пришли|посмотри|напиши|всё|все|можно)(?![а-яё]))",
    re.IGNORECASE,
)
_GREETING = 60  # characters of a text that a greeting stands in


def called(text: str) -> Iterator[Span]:
    """A short name right after a greeting or a word of thanks, which nothing but a person can be."""
    for found in _GREETED.finditer(text, 0, _GREETING):
        yield found.start(1), found.end(1), "NAME", flatten(found[1])


def spoken_to(text: str, low: str, *, families: bool) -> Iterator[Span]:
    """Surnames that somebody is addressed by, whole families, who works in an office, one of a list."""
    for comma in _CALLED.finditer(text) if ", " in text else ():
        found = _CALLS.search(text, max(0, comma.start() - 26), comma.start())
        if found and not kind(flatten(found[1])).bits & (_OTHER | PLACE):
            yield found.start(1), found.end(1), "NAME", flatten(found[1])
    for found in _PLURAL.finditer(text) if families else ():
        whole = flatten(found[0])
        one = kind(re.sub(r"ы[а-я]{0,2}$", "", whole)).bits
        if text.rfind("«", 0, found.start()) > text.rfind("»", 0, found.start()):
            continue  # «Братья Чебурашкины»
        if one & SURNAME and not one & (COMMON | _OTHER) and not kind(whole).bits & (COMMON | _OTHER | PLACE):
            yield found.start(), found.end(), "NAME", whole
    for place in _STAFF.finditer(text) if " из " in text else ():
        found = _CAPITAL.search(text, max(0, place.start() - 24), place.start())
        bits = kind(flatten(found[0])).bits if found else KNOWN
        fits = not bits & (KNOWN | _OTHER) or (
            bits & (NAME | SURNAME) and bits & LIKELY and not bits & (_OTHER | COMMON)
        )
        if found and fits:
            yield found.start(), found.end(), "NAME", flatten(found[0])
    for found in _SAID.finditer(text) if has(low, _SAYING) else ():
        if not kind(flatten(found[1])).bits & (KNOWN | _OTHER):
            yield found.start(1), found.end(1), "NAME", flatten(found[1])
    for found in _LISTED.finditer(text):
        bits = kind(flatten(found[2])).bits
        if bits & NOMINAL and not bits & (_OTHER | PLACE) and found[1][0] not in "ГДСПУМЛ":
            yield found.start(1), found.end(1), "NAME", flatten(found[2])


def on_badges(text: str, low: str) -> Iterator[Span]:
    """Whatever a badge bears that is no word of the language."""
    if "бейдж" not in low and "бэйдж" not in low and "табличк" not in low:
        return
    for found in _BADGE.finditer(text):
        bits = kind(flatten(found[1])).bits
        if bits & NAMEY or not bits & (KNOWN | KEEP | ROLE | THING):
            yield found.start(1), text.index(found[0][-1], found.end(1)), "NAME", found[1].lower()


def signed(text: str, low: str) -> Iterator[Span]:
    """Initials in lower case after a greeting, with or without a surname."""
    for found in _SIGNED.finditer(low) if "с ув" in low or "подпись" in low else ():
        family = re.search(r"[а-яё-]{3,24}$", found[1])
        bits = kind(flatten(family[0])).bits if family else 0
        stop = found.end(1)
        if family and not bits & (SURNAME | MAYBE) and bits & KNOWN:
            stop = found.start(1) + family.start()
        piece = text[found.start(1) : stop].rstrip()
        if piece.count(".") > 1 or family:
            yield found.start(1), found.start(1) + len(piece), "NAME", piece.lower()
