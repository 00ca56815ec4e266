"""Names of people: dictionary tags weighed by what stands around them.

A word that may be a name is masked only with a reason: a patronymic or a surname beside it, initials, a role or «зовут» before
it, or being nothing but a first name. Streets, brands, writers and dishes stay.
"""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator

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
    Kind,
    kind,
    lists,
)
from .mask_initials import initials
from .mask_rules import Span, has
from .mask_words import WORD, Words

_PLACING = {"в", "во", "на", "из", "к", "ко", "до", "для", "о", "об", "за", "при", "через", "без"}
_INITIAL_AFTER = re.compile(r"(?: [А-ЯЁ]\.(?![А-ЯЁа-яё])){1,2}")  # «Наталья К.»
_HINTS = (
    "зовут", "ович", "евич", "ьич", "овн", "евн", "ичн", "соба", "официант", "продав", "охран", "юрист", "диспетч", "инженер", "начальни", "управляющ", "техник", "монтаж", "сантех", "электрик", "медсест", "фельдш", "учител", "воспит", "тренер", "сосед", " муж", " жен", "сын", "дочь", "дочк", "кличут", "логин", " ник ", "ник:", "login", "t.me", ".com/", ".ru/", "at)", "at]", "sobaka",
    "девят", "восем", "менеджер", "оператор", "сотрудни", "консультант", "специалист", "администратор", "кассир", "курьер", "водител", "мастер",
    "врач", "доктор", "директор", "имени", "на имя", "представил", "фамили", "уважаем", "уважением", "г-н", "г-ж", "господин", "госпож", "девушк", "::",
    "skype", "скайп", "аккаунт", "user",
)  # fmt: skip
_OGLY = {"оглы", "кызы", "огли", "кизи", "улы", "гызы"}
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


def hinted(low: str) -> bool:
    """Whether a text without digits and capitals may still hold something personal."""
    return has(low, _HINTS)


def names(text: str, low: str) -> Iterator[Span]:
    """Names of people, the longest reading at each place."""
    if "." in text and _has_initial(text):
        yield from initials(text)
    raw = WORD.findall(text)
    form = WORD.findall(low.replace("ё", "е"))
    kinds = [kind(one) for one in form]
    places = _candidates(raw, kinds)
    if not places:
        return
    words = Words(text, raw, kinds, form)
    kept, done = _kept(words, low), 0
    for at in places:
        if at < done or at in kept:
            continue
        size = _full(words, at) or _lone(words, at)
        if size and _goes_on(words, at, size):
            size += 1
        if size:
            stop = words.stop[at + size - 1]
            initial = _INITIAL_AFTER.match(text, stop)
            value = " ".join(sorted(one.lemma for one in kinds[at : at + size]))
            value += f" {initial[0][1].lower()}" if initial else ""
            yield words.start[at], initial.end() if initial else stop, "NAME", value
            done = at + size


def _goes_on(words: Words, at: int, size: int) -> bool:
    """«Мусину Филюзу», «Виктория К-ва»: a capitalised word that no dictionary knows, right after a name."""
    after = at + size
    if size > 2 or after >= len(words.raw) or not words.joined(after) or not words.capital(after):
        return False
    return words.capital(at) and not words.bits[after] & (KNOWN | KEEP) and not words.raw[after].isupper()


def _candidates(raw: list[str], kinds: list[Kind]) -> list[int]:
    """Where a name may begin: a capital that is no ordinary word; in lower case a sure name, or any where a cue or a patronymic stands."""
    loose = any(one.bits & (CUE | PATRONYMIC) for one in kinds)
    return [
        at
        for at, one in enumerate(kinds)
        if (one.bits & NAMEY and (loose or not one.bits & COMMON or raw[at][0] < "а"))
        or (raw[at][0] < "а" and (not one.bits & KNOWN or (one.bits & NOMINAL and _before_name(raw, kinds, at))))
    ]


def _before_name(raw: list[str], kinds: list[Kind], at: int) -> bool:
    """Whether a name or a role stands on either side: «Голубь Роман», «директора Крутых»."""
    after = at + 1 < len(raw) and raw[at + 1][0] < "а" and bool(kinds[at + 1].bits & (NAME | PATRONYMIC))
    return after or (at > 0 and bool(kinds[at - 1].bits & (ROLE | CUE)))


def _has_initial(text: str) -> bool:
    """Whether a letter stands alone before a full stop."""
    at = text.find(".")
    while at >= 0:
        if at and text[at - 1].isalpha() and (at < 2 or not text[at - 2].isalpha()):
            return True
        at = text.find(".", at + 1)
    return False


def _kept(words: Words, low: str) -> set[int]:
    """Places of phrases that stay («Слава богу»)."""
    kept: set[int] = set()
    forms = words.form
    for phrase in lists().phrases:
        if phrase[-1] in low:
            for at in range(len(forms) - len(phrase) + 1):
                if tuple(forms[at : at + len(phrase)]) == phrase:
                    kept.update(range(at, at + len(phrase)))
    return kept


def _full(words: Words, at: int) -> int:
    """How many words a full name takes: name and patronymic, name and surname, with what joins them."""
    run = 1
    while run < 3 and at + run < len(words.raw) and words.joined(at + run):
        run += 1
    if _after_thing(words, at):
        return 0
    for size in range(run, 1, -1):
        if _is_full(words, at, size):
            if not any(words.bits[at + i] & PATRONYMIC for i in range(size)) and _titled(words, at, size):
                return 0
            return size + _ogly(words, at + size)
    return 0


def _ogly(words: Words, at: int) -> int:
    """«Рашид оглы» after a name: one or two words more."""
    for size in (1, 2):
        if at + size > len(words.raw) or not words.joined(at + size - 1):
            break
        if words.form[at + size - 1] in _OGLY:
            return size
    return 0


def _is_full(words: Words, at: int, size: int) -> bool:
    bits = words.bits[at : at + size]
    caps = [words.capital(at + i) for i in range(size)]
    if any(caps) and not all(caps):
        return False
    big = all(caps)

    def odd(i: int) -> bool:
        return words.raw[at + i][1:] != words.raw[at + i][1:].lower() or (
            words.opens(at + i) and words.form[at + i].endswith(("ю", "е", "ь"))
        )

    def name(i: int) -> bool:
        return bool(bits[i] & NAME) or (big and not bits[i] & (KNOWN | KEEP))

    def family(i: int) -> bool:
        """«Ткач» and «Крутых» are surnames beside a name, if a capital stands where none is due."""
        return big and bool(bits[i] & NOMINAL) and not bits[i] & (KEEP | PERSON | ROLE | FAMILY | THING)

    def surname(i: int) -> bool:
        return bool(bits[i] & SURNAME) or (big and not odd(i) and not bits[i] & (KNOWN | KEEP))

    def patronymic(i: int) -> bool:
        return bool(bits[i] & PATRONYMIC) and (big or not bits[i] & COMMON)

    if size == 3:
        short = bool(bits[0] & ANIMATE) or len(words.raw[at]) < 4  # «Пак Ирина Сергеевна»
        first = surname(0) or (family(0) and (short or not words.opens(at)))
        return (first and name(1) and patronymic(2)) or (
            name(0) and patronymic(1) and (bool(bits[2] & SURNAME) or family(2))
        )
    if patronymic(1) and name(0):
        return True
    for first, last in ((0, 1), (1, 0)):
        if last == 0 and family(0) and bits[0] & ANIMATE and bits[1] & NAME and not words.opens(at):
            return True
        assistant = bits[first] & KEEP and bits[last] & SURNAME and bits[last] & KNOWN and not bits[last] & COMMON
        if (
            _is_famous(words, at, first, last)
            or bits[last] & KEEP
            or (bits[first] & KEEP and not assistant)
            or not bits[first] & NAME
        ):
            continue
        if first == 0 and family(1) and not bits[0] & (COMMON | PLACE | PERSON) and not bits[1] & PLACE:
            return True
        sure = not bits[first] & COMMON or not bits[last] & COMMON or (first == 0 and not words.opens(at))
        if big and sure and surname(last) and not (bits[last] & PLACE and bits[first] & PLACE):
            return True
        if (
            not big
            and bits[last] & SURNAME
            and (not bits[last] & (COMMON | PLACE) or (bits[last] & LIKELY and not bits[first] & (COMMON | PLACE)))
            and (first == 0 or not bits[first] & COMMON)
        ):
            return True
    return False


def _is_famous(words: Words, at: int, first: int, last: int) -> bool:
    """«Анна Ахматова» stays; «менеджер Анна Пушкина» is a person."""
    return f"{words.kinds[at + first].lemma}-{words.kinds[at + last].lemma}" in lists().famous


def _titled(words: Words, at: int, size: int) -> bool:
    """Whether words fill quotation marks of at most four words: «Карло Пазолини», «Леди Анна» are brands."""
    left = words.text.rfind("«", max(0, words.start[at] - 40), words.start[at])
    if left < 0 or "»" in words.text[left : words.start[at]]:
        return False
    right = words.text.find("»", words.stop[at + size - 1], words.stop[at + size - 1] + 40)
    return right >= 0 and len(words.text[left:right].split()) <= 4


def _after_thing(words: Words, at: int) -> bool:
    """Whether a thing, a street or a title is named: «магазин Наташа», «улица Марии Ульяновой»."""
    for back in (1, 2):
        if at < back:
            return False
        gap = words.text[words.stop[at - back] : words.start[at - back + 1]]
        if len(gap.strip(' .«"')) or "\n" in gap:
            return False
        if words.bits[at - back] & THING and words.form[at - back] != "имени":
            return True
        if words.form[at - back] == "имени":
            return not (at > back and words.form[at - back - 1] == "по")
        if (
            len(words.raw[at - back]) > 1
            and words.raw[at - back][0].isupper()
            and not words.bits[at - back] & (NAMEY | THING)
        ):
            return False
    return False


def _cued(words: Words, at: int) -> int:
    """CUE, ROLE or FAMILY if one stands before a word, past fillers and one or two words of lower case; 0 for none."""
    back = at - 1
    steps = 0
    while back >= 0 and steps < 4:
        gap = words.text[words.stop[back] : words.start[back + 1]].strip()
        bits, form = words.bits[back], words.form[back]
        if (
            form in CUES
            or (form in {"такой", "такая"} and back and words.form[back - 1] == "кто")
            or (form in {"имя", "имени"} and back and words.form[back - 1] in {"на", "по"})
        ):
            cue = form != "уважением" or "," in gap or not gap
            return CUE if cue and len(gap) < 3 and "." not in gap.replace(".", "", form == "исп") else 0
        if gap not in {"", "-", "–", "—", ":", ","} or (gap and steps):
            return 0
        if bits & (ROLE | FAMILY) and not bits & NAME and gap != ",":
            return (
                (ROLE if bits & ROLE else FAMILY) if steps < 2 or form in {"менеджер", "оператор", "сотрудник"} else 0
            )
        if (
            gap == ","
            or (form not in _FILLERS and words.raw[back][0].isupper())
            or (form not in _FILLERS and steps > 1)
        ):
            return 0
        if form not in _FILLERS and (bits & VERB or form in _PLACING):
            return 0
        steps += 1
        back -= 1
    return 0


def _lone(words: Words, at: int) -> int:
    """How many words a name without patronymic or surname takes."""
    bits, big = words.bits[at], words.capital(at)
    raw = words.raw[at]
    if len(raw) < 2 or words.quoted(at) or bits & ROLE or _titled(words, at, 1):
        return 0
    cue = _cued(words, at)
    if bits & PATRONYMIC and bits & KEEP and _spoken_to(words, at):  # «Скажите Петровичу», but the shop «в Петровиче»
        return 1
    if big and bits & KEEP and bits & NAME and bits & LIKELY and not words.opens(at) and _called(words, at):
        return 1  # «чат вела Виктория»: shops do not lead chats
    if (bits & KEEP and not (cue and bits & NAME)) or (cue != CUE and _after_thing(words, at)):
        return 0
    if bits & NAMEY and _introduced(words, at):
        return 1 + _more(words, at + 1, big)
    if (cue == CUE and _after_cue(words, at, bits, big)) or (
        cue in (ROLE, FAMILY) and _after_role(words, at, bits, big)
    ):
        return 1 + _more(words, at + 1, big)
    plain = not bits & (COMMON | PLACE | PERSON | KEEP)
    if raw.isupper() and len(raw) > 3 and bits & NAME and plain and not words.shouted:
        return 1
    if bits & KEEP or not big or (raw.isupper() and len(raw) > 1):
        return 0
    verb = at + 1 < len(words.raw) and words.joined(at + 1) and _acts(words, at + 1)
    if bits & NAME and not bits & (COMMON | PLACE | PERSON):
        return 1
    if bits & NAME and bits & NOMINATIVE and bits & LIKELY and not bits & PERSON and verb and not words.opens(at):
        return 1
    if bits & PATRONYMIC and not bits & (COMMON | PERSON) and bits & (KNOWN | NOMINATIVE):
        return 1
    if bits & NAME and bits & LIKELY and not bits & PERSON and _stands_out(words, at, bits):
        return 1
    if bits & SURNAME and bits & KNOWN and not bits & (COMMON | PLACE | PERSON):
        return int(not _streetlike(words, at))
    return 0


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


_ALONG = {"на", "по", "до", "с", "со", "от", "через", "около", "возле", "вдоль", "и", "в", "во", "угол", "углу"}
_SUBJECTS = re.compile(
    r"жалоб|претензи|заявлени|договор|билет|карт|полис|сч[её]т|оформ|запис|доверенност|иск|донос|бронь|пропуск|паспорт|справк|посылк|кредит|анкет|симк"
)


def _streetlike(words: Words, at: int) -> bool:
    """«ПВЗ на Попова», «угол Репина и Попова»: a surname in the genitive after a word of place is a street."""
    if not at or words.form[at - 1] not in _ALONG or not words.joined(at):
        return False
    if words.bits[at] & ADDRESSED:  # «на Иванову», «с Ивановым» are persons
        return False
    return not (at > 1 and _SUBJECTS.match(words.form[at - 2]))


def _spoken_to(words: Words, at: int) -> bool:
    if not at or not words.joined(at):
        return False
    before = words.form[at - 1]
    return bool(words.bits[at - 1] & (VERB | ROLE)) or before in {"наш", "ваш", "этот", "этому", "нашему", "вашему"}


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
        return bool(bits & (SURNAME | PATRONYMIC)) or not bits & (KNOWN | PERSON)
    return bool(bits & SURNAME) and not bits & COMMON


def _after_role(words: Words, at: int, bits: int, big: bool) -> bool:
    if not words.joined(at) and words.text[words.stop[at - 1] : words.start[at]].strip() not in {
        "",
        "-",
        "–",
        "—",
        ":",
    }:
        return False
    near = words.bits[at - 1] & (ROLE | FAMILY)
    if big:
        if words.raw[at].isupper() and len(words.raw[at]) > 1:
            return bool(near and bits & NAMEY and not bits & COMMON)
        if bits & NAME:
            return True
        if near & ROLE and not bits & (KEEP | ROLE | FAMILY | THING | PLACE) and _noun_surname(words, at):
            return True
        return bool(bits & SURNAME and (near or (bits & NOMINATIVE and not bits & (PLACE | PERSON))))
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
