"""What the words of a text let the finders skip: a bit for each kind of finder, told once for each distinct word."""

# ruff: noqa: E501  # patterns read better on one line

from __future__ import annotations

import re
from functools import reduce

from .mask_forms import MAYBE, kind
from .told_once import ToldOnce

CALLS, STREETS, BORN, PAPERS, LOGINS, SPOKEN, VEHICLES, FAMILIES, JOINED = (MAYBE << i for i in range(1, 10))
ALL_HINTS = CALLS | STREETS | BORN | PAPERS | LOGINS | SPOKEN | VEHICLES | FAMILIES | JOINED
_LATIN = re.compile(r"[A-Za-z]")
_OF_LATIN = CALLS | LOGINS  # whose words are also written so: «WhatsApp», «login»

# «людмилпална», «марьиванна», «сансаныч»: a given name and a patronymic as it is spoken
_PATRONYMIC = (
    "пална|ванна|иванна|михална|михайловна|санна|сергевна|сергеевна|николавна|николаевна|петровна|васильна|васильевна|степанна|андревна|андреевна|"
    "алексевна|алексеевна|владимирна|викторна|федоровна|григорьевна|борисна|борисовна|юрьна|юрьевна|палыч|палыча|палычу|палычем|"
    "ваныч|иваныч|михалыч|саныч|сергеич|николаич|николаевич|петрович|василич|василичем|степаныч|андреич|алексеич|"
    "владимирыч|викторыч|григорьич|борисыч|юрич|юрьич|геннадич|дмитрич|евгенич|палне|ванне|саныча|санычу|михалычу|михалыча"
)
RUN_TOGETHER = re.compile(
    rf"(?<![а-яё-])([а-яё]{{3,10}}?)(?:{_PATRONYMIC})(?:а|у|ем|ой|е|ы)?(?![а-яё-])", re.IGNORECASE
)

# substrings of a word in lower case; each table holds all that its finders ask a text for, and may hold more
_TABLE = (
    (CALLS, re.compile(r"тел|тлф|моб|сот|звон|набер|набир|ватсап|вацап|вайбер|смс|связ|контакт|факс|трубк|^т$|^дом|^раб|^гор|стационар|дозвон|код|^исп")),
    (STREETS, re.compile(
        r"^ул|ул$|улиц|пр$|пр-|просп|пер$|переул|бул|б-р|ш$|шоссе|наб$|набереж|пл$|площад|проезд|мкр|микро|алле|тракт|туп|кв-л|квартал|"
        r"адрес|прожива|живу|пропис|зарегистр|индекс|востреб|снт|днт|гск|жск|^жк|^кп|^гк|днп|спк|тсн|общежит|товариществ|садовод|посел|кооп|деревн|^дер$|^село|хутор|аул|станиц|пгт|линия|зеленоград|челн|комплекс"
    )),
    (BORN, re.compile(r"рожд|родил|^род$|др$|^р$|гр|^д")),
    (PAPERS, re.compile(r"паспорт|сери|документ|удостоверен|свид|св-в|загран|внж")),
    (LOGINS, re.compile(
        r"логин|юзер|^ник|аккаунт|акаунт|учетк|учетн|скайп|телеграм|^вк$|вконтакте|инст|стим|дискорд|^тг$|пользовател|профил|игрок|телег|айди|твич|регистрир|вхожу|захожу|войти|канал|^акк|зарег|^игр|отзовик|форум"
    )),
    (SPOKEN, re.compile(r"девят|восем|восьм|плюс|^сто$|ноль|двест|трист|четырест|одиннадц|двенадц|двадц|сорок|десят")),
    (VEHICLES, re.compile(r"номер|гос|г/н|машин|авто|такси|водител|грз|мотоцикл|прицеп|мопед|скутер|трактор|тачк|маршрут|бус|газел|тягач|самосвал|^фур|джип|иномарк|знак|^г$|^н$")),
    (FAMILIES, re.compile(r"(?:[ое]в|[иы]н)(?:ы|ых|ыми)$")),
    (JOINED, re.compile(rf"^{RUN_TOGETHER.pattern}$")),
)  # fmt: skip


_ANY = re.compile("|".join(words.pattern for _, words in _TABLE))  # most words are in none of the tables


def _bits(form: str) -> int:
    """Bits of a form, in lower case and with е for ё."""
    bits = kind(form).bits
    return bits | sum(bit for bit, words in _TABLE if words.search(form)) if _ANY.search(form) else bits


BITS = ToldOnce(_bits, 200_000)  # most of the time that a text without names takes is this look-up


def hints_of(text: str, bits: list[int]) -> int:
    """All that the words of a text may be, and what they let be looked for."""
    found = reduce(int.__or__, bits, 0)
    return found | _OF_LATIN if _LATIN.search(text) else found
