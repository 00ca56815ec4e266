"""What speaks for and against a broken promise, as named marks of its words and of the words behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from ..lemmas import BIT
from . import cues as c
from .figures import CLOCK, DATE, TIME, Figure, figures
from .page import Page

NOUN, VERB, PAST, FUTURE, FIRST = (
    BIT["noun"] | BIT["name"],
    BIT["verb"],
    BIT["past"],
    BIT["future"],
    BIT["first_person"],
)
IMPERATIVE, INFINITIVE, MODAL, NOT = BIT["imperative"], BIT["infinitive"], BIT["modal"], BIT["not"] | BIT["glued_not"]
LACK = BIT["no"] | BIT["nor"] | BIT["without"] | BIT["absent"] | BIT["no_such"]
OPEN = c.OPEN
# what a word behind a promise tells, by its opening
_TOLD = (
    ("contrast", OPEN["contrast"]), ("none", OPEN["none"]), ("still", OPEN["still"]), ("elapsed", OPEN["elapsed"]),
    ("kept", OPEN["kept"]), ("pending", OPEN["pending"]), ("recent", OPEN["recent"]), ("moment", OPEN["moment"]),
    ("person", OPEN["person"]),
)  # fmt: skip
_FOR = frozenset(
    ("not_verb", "lack", "none", "fail", "still", "elapsed", "contrast", "worse", "other_figure", "echo_not", "but")
)
_Told = tuple[list[Figure], set[str]]
_BUT = ("но", "а", "однако", "зато", "хотя", "да")
_BLAME = ("вопрос", "претенз", "нарекан", "ошиб", "жалоб", "проблем", "замечан", "накладок", "сбоев", "обман")
_GROUPS = {"said": "said", "speech": "said", "source": "written", "instead": "written"}
_PROMISING = {"c_future", "c_number", "c_time", "c_free", "c_not", "says"}
_ME = ("я", "мы", "мной", "мною", "нами")


@dataclass(slots=True)
class Case:
    """A promise that may have been broken.

    Attributes
    ----------
    kind : str
        promise, agreed, said, source, instead, speech or fact.
    word, first : int
        The word that tells of it, and the first word of its span.
    start, end : int
        Span of the promise.
    after : list of (int, int)
        Words of each stretch in which its outcome may stand.
    told : (int, int) or None
        The stretch that first speaks of a breach, found by `marks`.
    before : bool
        Whether the outcome stands before the promise: «…, хотя обещали завтра».
    """

    kind: str
    word: int
    first: int
    start: int
    end: int
    after: list[tuple[int, int]]
    told: tuple[int, int] | None = None
    before: bool = False


def marks(page: Page, case: Case) -> set[str]:
    """All marks of a case; also finds where its outcome is told."""
    found = {f"k_{case.kind}"}
    begin = page.words_of(case.word)[0]
    _maker(page, case, begin, found)
    content = case.word + 1, bisect_left(page.start, case.end)
    _content(page, case, content, found)
    promised: _Told = figures(page, *content) if found & _MEASURED else ([], set())
    stems = _stems(page, content)
    if ("though" in found and case.first - begin > 2) or (not case.after and case.first > begin):
        case.before = True
        case.after = [(begin, case.first)]
        found.add("before")
    any_told = False
    for n, (first, last) in enumerate(case.after):
        if first >= last or _asks(page, last):
            found.add("question")
            continue
        any_told = True
        told = _stretch(page, first, last)
        if stems:
            _echo(page, stems, (first, last), told)
        if ("figure" in told or "moment" in told) and (promised[0] or promised[1]):
            _compare(promised, figures(page, first, last), told)
        if case.told is None and not _FOR.isdisjoint(told):
            case.told = first, last
        near = "o_" if n == 0 and first < page.words_of(case.word)[1] else "n_"
        found.update([("o_" if name in _SHARED else near) + name for name in told])
    if not any_told:
        found.add("nothing")
    count = len({name[2:] for name in found} & _FOR)
    made = "past" in found and not found & _UNMADE
    if count:
        found.add("evidence")
    if count > 1:
        found.add("evidence_2")
    if made:
        found.add("made")
        if count:
            found.add("made_evidence")
    return found


_MEASURED = {"c_number", "c_time"}
STEM, LONG = 4, 8  # letters that tell a word, and how long one is that is told by one more
_FIGURES = c.NUMBER | c.TIME | c.MONTH
_TOLD_BY = VERB | PAST | NOT | LACK | IMPERATIVE | FUTURE
_UNMADE = {"own", "asked", "denied", "unsure", "others", "present", "as"}
_SHARED = frozenset((
    "kept", "pending", "same", "better", "worse", "other_figure", "echo", "echo_not", "same_day", "other_day", "ask",
))  # fmt: skip
_DENIABLE = NOT | LACK | IMPERATIVE
_TELLING = sum(bit for _, bit in _TOLD)


def _maker(page: Page, case: Case, begin: int, found: set[str]) -> None:
    """Who promises, when, and whether anybody does."""
    i, flags = case.word, page.flags
    mine = flags[i]
    if mine & FIRST:
        found.add("own")
    if mine & (IMPERATIVE | INFINITIVE):
        found.add("asked")
    if mine & PAST:
        found.add("past")
    elif mine & VERB:
        found.add("present")
    if mine & PAST and case.kind in ("promise", "said"):
        subject = i > begin and page.flags[i - 1] & NOUN
        found.add("they" if page.word(i).endswith(("ли", "лись")) else "somebody" if subject else "whose")
    if i + 1 < len(flags) and case.kind == "agreed" and flags[i + 1] & PAST:
        found.add("past")
    if case.kind in ("source", "instead"):
        if case.first < i:
            found.add("placed")
        opens = page.opens[i]
        found.update(name for name in ("site", "advert", "contracted") if opens & OPEN[name])
    stop, opens = page.words_of(i)[1], page.opens
    if (_any(opens[max(begin, i - 3) : i]) | _any(opens[i + 1 : min(stop, i + 5)])) & OPEN["says"]:
        found.add("says")
    _before(page, begin, i, found)
    if i > begin and (opens[i - 1] | opens[max(begin, i - 2)]) & OPEN["though"]:
        as_said = page.word(i - 1) in ("как", "чем") or (page.word(i - 1) == "и" and page.word(i - 2) == "как")
        found.add("as" if as_said else "though")


def _before(page: Page, begin: int, i: int, found: set[str]) -> None:
    """What the words before a promise tell of it."""
    close = max(begin, i - 4)
    near = _any(page.opens[close:i])
    if near & OPEN["none"] or _any(page.flags[max(begin, i - 2) : i]) & NOT:
        found.add("denied")
    if any(page.word(j) in _ME for j in range(max(begin, i - 3), i)):
        found.add("own")
    if near & OPEN["person"]:
        found.add("person")
    earlier = near | _any(page.opens[begin:close])
    if earlier & OPEN["kept"]:
        found.add("o_kept")  # «раньше обещанного»
    if earlier & OPEN["others"]:
        found.add("others")
    if earlier & OPEN["unsure"]:
        found.add("unsure")


def _any(bits: Iterable[int]) -> int:
    """Bits that any of some words has."""
    found = 0
    for one in bits:
        found |= one
    return found


def _content(page: Page, case: Case, content: tuple[int, int], found: set[str]) -> None:
    """What is promised."""
    first, last = content
    flags, bits, opens = _any(page.flags[first:last]), _any(page.bits[first:last]), _any(page.opens[first:last])
    if flags & FUTURE:
        found.add("c_future")
    if flags & INFINITIVE:
        found.add("c_infinitive")
    if flags & (NOT | LACK):
        found.add("c_not")
    if bits & c.NUMBER:
        found.add("c_number")
    if bits & (c.TIME | c.MONTH) or opens & OPEN["moment"]:
        found.add("c_time")
    if opens & OPEN["free"]:
        found.add("c_free")
    if flags & PAST:
        found.add("c_past")
    if last - first < 2:
        found.add("c_short")
    if flags & MODAL:
        found.add("c_modal")
    group = _GROUPS.get(case.kind)
    if group:  # what is told, and what is written, promises by what it says
        said = sorted(name for name in found if name in _PROMISING)
        found.update([f"{group}_{name}" for name in said] or [f"{group}_plain"])
    tail = page.low[page.stop[case.word] : page.stop[case.word] + 30]
    if "«" in tail or '"' in tail or ":" in tail:
        found.add("c_quoted")


def _asks(page: Page, last: int) -> bool:
    """Whether the sentence that ends before a word is a question."""
    stop = page.start[last] if last < len(page.start) else len(page.low)
    return "?" in page.low[page.stop[last - 1] : stop]


def _stretch(page: Page, first: int, last: int) -> set[str]:
    """What some words tell of an outcome."""
    told: set[str] = set()
    all_opens, all_bits = _any(page.opens[first:last]), _any(page.bits[first:last])
    flags = [mine for mine in page.flags[first:last] if mine & _TOLD_BY]
    all_flags = _any(flags)
    if all_flags & PAST and any(mine & PAST and mine & VERB and not mine & NOT for mine in flags):
        told.add("past")
    if all_flags & FUTURE and any(mine & FIRST and mine & FUTURE for mine in flags):
        told.add("plans")
    if all_flags & _DENIABLE:
        _denials(page, first, last, told)
    if all_bits & c.FAIL:
        told.add("fail")
    if all_bits & _FIGURES:
        told.add("figure")
    if all_opens & _TELLING:
        told.update([name for name, bit in _TOLD if all_opens & bit])
    if page.word(first) in _BUT or (first + 1 < last and page.word(first + 1) in _BUT):
        told.add("but")
    return told


def _denials(page: Page, first: int, last: int, told: set[str]) -> None:
    """What is denied, lacks, or is asked for."""
    flags = page.flags
    for j, mine in enumerate(flags[first:last], first):
        if not mine & _DENIABLE:
            continue
        if mine & NOT:
            if any(flag & VERB for flag in flags[j : min(last, j + 3)]):
                told.add("not_verb")
        elif mine & LACK:
            blame = any(page.word(k).startswith(_BLAME) for k in (j - 2, j - 1, j + 1, j + 2) if first <= k < last)
            told.add("kept" if blame else "lack")  # «вопросов нет», «без проблем»
        elif mine & IMPERATIVE and not mine & PAST and page.word(j).endswith("те"):
            told.add("ask")


def _echo(page: Page, stems: set[str], stretch: tuple[int, int], told: set[str]) -> None:
    """Words of the promise that come again: with «не» it was not kept, without it was."""
    first, last = stretch
    low, flags = page.low, page.flags
    for j, start, stop in zip(range(first, last), page.start[first:last], page.stop[first:last], strict=True):
        if stop - start > STEM and low[start : start + STEM + (stop - start > LONG)] in stems:
            denied = any(flag & (NOT | LACK) for flag in flags[max(first, j - 2) : min(last, j + 3)])
            told.add("echo_not" if denied else "echo" if flags[j] & VERB else "echo_noun")


def _stems(page: Page, content: tuple[int, int]) -> set[str]:
    """First letters of the words of a promise: four, of long words five."""
    low = page.low
    first, last = content
    return {
        low[start : start + STEM + (stop - start > LONG)]
        for start, stop in zip(page.start[first:last], page.stop[first:last], strict=True)
        if stop - start > STEM and low[start] > "9"
    }


def _compare(promised: _Told, came: _Told, told: set[str]) -> None:
    """Whether the figures that came are those promised, better or worse."""
    for one in promised[0]:
        for other in came[0]:
            if one.unit != other.unit:
                continue
            if one.value == other.value:
                told.add("same")
            elif one.unit in (TIME, CLOCK, DATE):
                told.add("worse" if other.value > one.value else "better")
            else:
                told.add("other_figure")
    if told & {"same", "better"} and "worse" not in told:
        told.discard("figure")
    if promised[1] and came[1]:
        told.add("same_day" if promised[1] & came[1] else "other_day")
