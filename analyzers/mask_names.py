"""Names of people: dictionary tags weighed by what stands around them.

A word that may be a name is masked only with a reason: a patronymic or a surname beside it, initials, a role or «зовут» before
it, or being nothing but a first name. Streets, brands, writers and dishes stay.
"""

# ruff: noqa: E501  # patterns and word lists read better on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce

from .lemmas import flatten
from .mask_beside import called, letters, widened
from .mask_forms import (
    ANIMATE,
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
    PATRONYMIC,
    ROLE,
    SURE,
    SURNAME,
    THING,
    VERB,
    kind,
    lists,
    words_of,
)
from .mask_full import around
from .mask_hints import BITS
from .mask_initials import initials, lettered
from .mask_lone import lone
from .mask_marks import is_agent
from .mask_rules import Span, has
from .mask_score import scored, spoken_of, stems_of, worthy
from .mask_words import WORD, Words, glued, spans_of

# a letter alone: «И. Петров», «Наталья К.», «Морозову А А», «Козлова МН»
# «Валерий Станиславович Ю.», «Анфисы Гр., …»
_LETTER_AFTER = re.compile(r" [А-ЯЁ]\.(?![А-ЯЁа-яё])| [А-ЯЁ][а-яё]{1,3}\.(?=[,;)]| [а-яё])")
_LOW_LETTER = re.compile(r" [а-яё]\.(?! ?[а-яё]\.)(?<! [гсдпмт]\.)")
_LETTER_BEFORE = re.compile(r"(?<![\w.«])([А-ЯЁ])\. ?$")
_INITIAL = re.compile(r" [А-ЯЁ]{1,2}(?!\w)|\.(?<=(?<![А-ЯЁа-яё])[А-ЯЁа-яё]\.)")
_HINTS = (
    "зовут", "ович", "евич", "ьич", "овн", "евн", "ичн", "соба", "официант", "продав", "охран", "юрист", "диспетч", "инженер", "начальни", "управляющ", "техник", "монтаж", "сантех", "электрик", "медсест", "фельдш", "учител", "воспит", "тренер", "сосед", " муж", " жен", "сын", "дочь", "дочк", "кличут", "логин", " ник ", "ник:", "login", "t.me", ".com/", ".ru/", "at)", "at]", " dot ", "sobaka",
    "девят", "восем", "менеджер", "оператор", "сотрудни", "консультант", "специалист", "администратор", "кассир", "курьер", "водител", "мастер",
    "врач", "доктор", "директор", "имени", "на имя", "представил", "фамили", "уважаем", "уважением", "г-н", "г-ж", "господин", "госпож", "девушк", "::",
    "skype", "скайп", "аккаунт", "user", "квартира ", "слэш", "слеш", "семь ", "сорок ", "пална", "ванна", "михалыч", "саныч", "рождени", "родил", "с ув", "некая", "некий", "бейдж",
)  # fmt: skip


def hinted(low: str) -> bool:
    """Whether a text without digits and capitals may still hold something personal."""
    if has(low, _HINTS):
        return True
    forms = WORD.findall(low.replace("ё", "е"))
    if reduce(int.__or__, map(BITS.__getitem__, forms), 0) & SURE or not words_of("homely").isdisjoint(forms):
        return True
    return spoken_of(forms) or next(called(low), None) is not None


def names(text: str, form: list[str], bits: list[int]) -> Iterator[Span]:
    """Names of people, the longest reading at each place.

    Parameters
    ----------
    form : list of str
        The words of the text, lower case, with е for ё.
    bits : list of int
        What each may be.
    """
    lettered = _merged(list(initials(text))) if _INITIAL.search(text) else []
    raw = WORD.findall(text)
    if glued(text) or len(raw) != len(form):
        raw = [text[start:stop] for start, stop in spans_of(text)]
        form = [flatten(one) for one in raw]
        bits = list(map(BITS.__getitem__, form))
    places = _candidates(raw, bits)
    more = worthy(text, raw, form)
    if not places and not more:
        yield from lettered
        return
    words = Words(text, spans_of(text), raw, bits, form)
    kept = _kept(words)
    taken = set(kept)
    full: list[Span] = []
    anchors = [at for at in places if words.bits[at] & PATRONYMIC] + [at for at in places if words.bits[at] & NAME]
    for at in (
        *anchors,
        *_beside_surnames(words, places),
    ):  # what has a patronymic is whole before any other pair is tried
        if at not in taken:
            found = around(words, at)
            if found and taken.isdisjoint(range(found[0], found[1] + 1)):
                taken.update(range(found[0], found[1] + 1))
                first = found[0] + _titled_role(words, *found)
                full.append(_span(words, first, found[1]))
    taken.update(_inside(words, lettered))
    yield from _joined(lettered, full)
    for at in places:
        if at in taken:
            continue
        size = lone(words, at)
        while size and size < 4 and _goes_on(words, at, size):
            size += 1
        if size and taken.isdisjoint(range(at, at + size)):
            taken.update(range(at, at + size))
            yield _span(words, at, at + size - 1)
    named = taken - kept
    yield from _weighed(words, more, named, kept)
    yield from _again(words, named, kept)
    yield from _syllables(words, named)
    named.update(taken)
    for first, last in widened(words, named - kept, kept):
        yield _span(words, first, last)
    for start, stop in letters(words, named - kept):
        yield start, stop, "NAME", text[start:stop].lower()


def _titled_role(words: Words, first: int, last: int) -> bool:
    """«Сосед Юсуп», «Кладовщица Зульфия»: what begins a sentence is who somebody is, no surname."""
    own = words.bits[first]
    if not words.opens(first) or last == first or (own & NAME and not own & FAMILY):
        return False
    being = own & FAMILY or (
        own & (KNOWN | ANIMATE | COMMON) == KNOWN | ANIMATE | COMMON and is_agent(words.form[first])
    )
    return bool(being) and bool(words.bits[first + 1] & NAME) and bool(words.bits[first + 1] & LIKELY)


def _inside(words: Words, found: list[Span]) -> list[int]:
    """Places of words of names with initials."""
    return [at for at, start in enumerate(words.start) if any(a <= start < b for a, b, *_ in found)] if found else []


_VOWELS = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)


def _syllables(words: Words, named: set[int]) -> Iterator[Span]:
    """«Пак Ин Су», «Ли Чун Хи»: further syllables with capitals beside one of a Korean, Chinese or Vietnamese name."""
    for at in sorted(named):
        step = at
        while _syllable(words, step) and words.after(step) and _syllable(words, step + 1) and step + 1 not in named:
            step += 1
            named.add(step)
            yield _span(words, step, step)


def _syllable(words: Words, at: int) -> bool:
    raw, bits = words.raw[at], words.bits[at]
    short = len(raw) < 5 and not raw.isupper() and raw[0].isupper() and len(_VOWELS.findall(raw)) == 1
    told = words.form[at] in words_of("syllables")
    return short and (told or not bits & KNOWN or bool(bits & (NAMEY | NOMINAL | MAYBE)))


def _weighed(words: Words, places: list[int], named: set[int], kept: set[int]) -> Iterator[Span]:
    """What the learned second look finds, words side by side as one name."""
    first = last = -2
    for at in scored(words, places, named, kept):  # and adds to `named`
        if at == last + 1 and words.beside(at):
            last = at
            continue
        if last >= 0:
            yield _span(words, first, last)
        first = last = at
    if last >= 0:
        yield _span(words, first, last)


def _again(words: Words, named: set[int], kept: set[int]) -> Iterator[Span]:
    """«Общались с Зариной. Зарина помогла»: who was met once is no shop the next time that it does something."""
    doubted = [at for at, bits in enumerate(words.bits) if bits & (NAME | KEEP) == NAME | KEEP and at not in named]
    met = stems_of(words, named) if doubted else set[str]()
    for at in doubted:
        acts = words.after(at) and bool(words.bits[at + 1] & VERB)
        if acts and at not in kept and words.capital(at) and words.form[at][:-1] in met:
            named.add(at)
            yield _span(words, at, at)


def _beside_surnames(words: Words, places: list[int]) -> list[int]:
    """Names in lower case that are common nouns too, beside a surname: «вера гуляева»."""
    bits, have, found = words.bits, set(places), list[int]()
    for at in places:
        if bits[at] & SURNAME and not words.capital(at):
            found += [one for one in (at - 1, at + 1) if 0 <= one < len(bits) and bits[one] & NAME and one not in have]
    return found


def _merged(found: list[Span]) -> list[Span]:
    """«Фарида Ш. Бикмурзина» is one name, not «Ш. Бикмурзина» with a word before it."""
    out: list[Span] = []
    for span in sorted(found):
        if out and span[0] < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], span[1]), "NAME", out[-1][3])
        else:
            out.append(span)
    return out


def _joined(lettered: list[Span], full: list[Span]) -> Iterator[Span]:
    """«Тарасов Геннадий Н.»: a full name and initials that share a word are one."""
    for start, stop, kind_, value in full:
        for parts in [one for one in lettered if one[0] < stop and one[1] > start]:
            start, stop = min(start, parts[0]), max(stop, parts[1])
            lettered.remove(parts)
        yield start, stop, kind_, value
    yield from lettered


def _span(words: Words, first: int, last: int) -> Span:
    value = " ".join(sorted(kind(form).lemma for form in words.form[first : last + 1]))
    stop = words.stop[last]
    letter = (_LETTER_AFTER if words.capital(last) else _LOW_LETTER).match(words.text, stop)
    start = words.start[first]
    before = _LETTER_BEFORE.search(words.text, max(0, start - 3), start) if words.capital(first) else None
    if before and not lettered(words.text, before.start(1)):
        start = before.start(1)  # «К. Юлия»
    return start, letter.end() if letter else stop, "NAME", value


def _goes_on(words: Words, at: int, size: int) -> bool:
    """«Мусину Филюзу», «Виктория К-ва»: a capitalised word that no dictionary knows, right after a name."""
    after = at + size
    if (
        size > 3
        or after >= len(words.raw)
        or words.text[words.stop[after - 1] : words.start[after]] != " "
        or not words.capital(after)
    ):
        return False
    if words.form[after] in words_of("syllables") and words.raw[after][1:].islower():
        return words.capital(at)
    return words.capital(at) and not words.bits[after] & (KNOWN | KEEP) and not words.raw[after].isupper()


def _candidates(raw: list[str], bits: list[int]) -> list[int]:
    """Where a name may begin: any word with a capital, in lower case what the dictionary calls a name or puts after a cue."""
    homely = words_of("homely")
    loose = reduce(int.__or__, bits, 0) & (CUE | PATRONYMIC)
    found: list[int] = []
    for at, (own, word) in enumerate(zip(bits, raw, strict=True)):
        if own & NAMEY:
            if word < "а" or loose or not own & COMMON or word in homely:
                found.append(at)
        elif word < "а":
            if not own & ROLE and (
                not own & KNOWN or own & (ANIMATE | MAYBE) or (own & NOMINAL and at and _told(bits, at))
            ):
                found.append(at)
        elif loose and own & ANIMATE and at and bits[at - 1] & CUE:
            found.append(at)  # «по фамилии заяц»
    return found


def _told(bits: list[int], at: int) -> bool:
    """Whether a role or a cue stands before a word: then any noun may be a name («фамилия Дудник»)."""
    return bool(bits[at - 1] & (ROLE | CUE | FAMILY)) or any(one & CUE for one in bits[max(0, at - 3) : at - 1])


def _renowned(words: Words) -> set[int]:
    """«Иван Ургант», «Урганта Ивана»; not «менеджер Иван Ургант» nor one with a patronymic."""
    kept: set[int] = set()
    for at in [at for at, own in enumerate(words.bits) if own & NAME and words.capital(at)]:
        for first, other in ((at, at + 1), (at - 1, at - 1)):
            if first < 0 or other == len(words.raw) or not words.beside(first + 1) or not words.capital(other):
                continue
            name = f"{kind(words.form[at]).lemma}-{kind(words.form[other]).lemma}"
            if name not in words_of("famous_surely"):
                continue
            role = first and words.beside(first) and words.bits[first - 1] & (ROLE | THING) == ROLE
            if not role and not (words.after(first + 1) and words.bits[first + 2] & PATRONYMIC):
                kept.update((first, first + 1))
    return kept


_NICKNAME = frozenset(("кличка", "кличке", "кличкой", "клички"))


def _kept(words: Words) -> set[int]:
    """Places of phrases that stay («Слава богу»), and of people whom everybody knows."""
    kept = _renowned(words)
    forms = words.form
    have = set(forms)
    if not _NICKNAME.isdisjoint(have):  # «собака по кличке Марк»
        kept.update(at + 1 for at, form in enumerate(forms[:-1]) if form in _NICKNAME and words.joined(at + 1))
    if lists().openers.isdisjoint(have):
        return kept
    for phrase in lists().phrases:
        if phrase[0] in have and phrase[-1] in have:
            for at in range(len(forms) - len(phrase) + 1):
                if tuple(forms[at : at + len(phrase)]) == phrase:
                    kept.update(range(at, at + len(phrase)))
    return kept
