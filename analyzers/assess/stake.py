"""Which of several sums is in dispute: marks of the words around each, weighed by `lexicons/ru/weights.toml`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from ..lemmas import BIT
from ..patterns import Lazy
from . import cues as c
from .numerals import number_value
from .page import Page
from .weights import weighed

DISPUTE = "amount"
_ADVICE = Lazy(r"подскаж|интересует|можно ли|как (?:мне )?(?:быть|можно|вернуть)|какой порядок|по какой стать")
MONEY_ASKED = frozenset(("refund", "compensation", "price_cut"))
STEM, NAMED = 4, 4  # letters that tell a word, and words before a sum that tell what it pays for
MANY = 8  # sums among which a total is looked for
_RATE = Lazy(
    r"\s*(?:в (?:день|сутки|час|месяц|год)|/|за (?:каждый|день|кв|м2|кг|литр|штук)|\*|x |на человека|с человека)"
)


_NO_PART = {"n_idle", "rate", "n_total", "l_theirs"}
_GAVE = frozenset(("n_gave", "l_gave", "r_gave"))
MOST_TIMES = 31  # that a price is paid
PARTS = 4  # sums that may add up to what is asked
_APART = Lazy(r"разниц|лишн|переплат")
_BOTH = Lazy(
    r"обе суммы|оба платеж|общую (?:сумму|стоимость)|их (?:общую )?стоимость|обоих|все суммы|и то,? и друго|суммарно"
)
_NO_MONEY = Lazy(
    r"деньги (?:\w+ ){0,2}не (?:прошу|нужн|интерес|надо)|"
    r"(?:возврат|возмещени)\w* (?:\w+ ){0,2}(?:не (?:прошу|нужн|интерес|треб)|тоже)|"
    r"оспаривать лень|не в деньгах|не о деньгах|денег не (?:прошу|надо)"
)


class Sum(NamedTuple):
    """A sum of money in roubles, with its place, what it is, and the marks of the words around it."""

    start: int
    stop: int
    value: float
    role: str
    weight: float
    told: frozenset[str] = frozenset()


BEFORE, BESIDE, BEHIND = 14, 3, 7  # words before a sum that tell what it is, those right before it, and those behind
_OPENS = (
    *((name[4:], c.OPEN[name]) for name in c.OPENS if name.startswith("sum_")),
    *((name, c.OPEN[name]) for name in ("kept", "pleads", "blame", "others")),
)
_BITS = (
    ("promise", c.PROMISE),
    ("said", c.SAID),
    ("fail", c.FAIL),
    ("time", c.TIME),
    ("pay", c.PAY),
    ("goods", c.GOODS),
)
_FLAGS = tuple(
    (name, BIT[name])
    for name in ("not", "no", "past", "future", "imperative", "infinitive", "first_person", "participle")
)
_LOOKED = tuple(sum({bit for _, bit in table}) for table in (_OPENS, _BITS, _FLAGS))
_RANKS = {
    "l_price": 3, "r_lost": 4, "l_lost": 5, "l_asked": 6, "n_over": 7, "r_asked": 7, "n_total": 4, "total_asked": 8,
}  # fmt: skip
ALONE = 4  # words of a sentence that tells a sum and nothing else
_PREPOSITIONS = ("за", "на", "в", "от", "до", "с", "по", "из", "у", "минус", "еще", "свои", "мои", "эти", "и")


def told_of(page: Page, start: int, stop: int, after: int, behind: int) -> tuple[int, frozenset[str]]:
    """What the words around a sum tell, and what it is worth by rule alone.

    Parameters
    ----------
    page : Page
    start, stop : int
        Where the sum stands.
    after, behind : int
        Where the sum before it ends, and where the next one begins.
    """
    i, last = bisect_left(page.start, start), bisect_left(page.start, stop)
    i = min(i, len(page.start) - 1)
    begin, end = page.words_of(i)
    left = max(begin, i - BEFORE, bisect_left(page.start, after))
    near, right = max(left, i - BESIDE), min(end, last + BEHIND, bisect_left(page.start, behind))
    far, close, later = _sides(page, ((left, near), (near, i), (last, right)))
    told = set(_names("l_", far[0] | close[0], far[1] | close[1], far[2] | close[2]))
    told |= _names("n_", *close)
    told |= _names("r_", *later)
    if end - begin <= ALONE:
        told.add("alone")  # «Шестьсот рублей!»
    for sign, name in (("!", "cried"), ("?", "questioned")):
        if sign in page.low[stop : page.span_of(i)[1]]:
            told.add(name)
    word = page.word(i - 1) if i > begin else ""
    if word in _PREPOSITIONS:
        told.add("p_" + word)
    if _RATE.match(page.low, stop):
        told.add("rate")
    if "n_total" in told and "l_asked" in told:
        told.add("total_asked")
    if "l_not" in told and "l_asked" in told:
        told.add("l_not_asked")
    if "r_not" in told and "r_asked" in told:
        told.add("r_not_asked")
    weight = max((rank for name, rank in _RANKS.items() if name in told), default=1)
    if "n_side" in told:
        weight = min(weight, 3) - 1
    weight -= 3 * ("n_idle" in told) + 3 * ("rate" in told)
    told.add(f"rule_{min(max(weight, 0), 8)}")
    return weight, frozenset(told)


def _sides(page: Page, spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int, int]]:
    """All openings, cues and flags of the words of some stretches."""
    columns = page.opens, page.bits, page.flags
    found: list[tuple[int, int, int]] = []
    for first, last in spans:
        all_of = [0, 0, 0]
        for k, column in enumerate(columns):
            told = 0
            for value in column[first:last]:
                told |= value
            all_of[k] = told & _LOOKED[k]
        found.append((all_of[0], all_of[1], all_of[2]))
    return found


@lru_cache(maxsize=20_000)
def _names(side: str, opens: int, bits: int, flags: int) -> frozenset[str]:
    """Marks of a stretch."""
    told = [name for name, bit in _OPENS if opens & bit] + [name for name, bit in _BITS if bits & bit]
    return frozenset(side + name for name in (*told, *(name for name, bit in _FLAGS if flags & bit)))


def made(page: Page, found: Sequence[Sum]) -> list[Sum]:
    """Sums that nobody wrote down: what several things asked for, or lost, come to, and the difference of two."""
    mine = [item for item in found if item.role == DISPUTE]
    values = {item.value for item in mine}
    new: dict[float, tuple[Sum, set[str]]] = {}
    for item in mine:
        if (n := _times(page, item)) and round(n * item.value, 2) not in values:
            new.setdefault(round(n * item.value, 2), (item, set()))[1].add("made_product")
    if len(values) < 2 and not new:
        return []
    for one, other in pairwise(mine):
        less = min(one, other, key=lambda item: item.value)
        difference = round(abs(one.value - other.value), 2)
        if difference and difference not in values and _GAVE.intersection(less.told):
            told = new.setdefault(difference, (max(one, other, key=lambda item: item.value), set()))[1]
            told |= {"made_gave", "made_gave_" + ("last" if less is other else "first")}
            if len(values) == 2:
                told.add("made_gave_only")
    for mark in ("asked", "lost"):
        parts = {item.value: item for item in mine if "l_" + mark in item.told and not item.told & _NO_PART}
        total = round(sum(parts), 2)
        if 1 < len(parts) <= PARTS and total not in values:
            biggest = parts[max(parts)]
            new.setdefault(total, (biggest, set()))[1].add(f"made_{mark}")
            if len({item.value for item in mine if not item.told & _NO_PART}) == len(parts):
                new[total][1].add("made_of_all")
    if len(values) == 2 and _APART.search(page.low):
        more, less = max(values), min(values)
        biggest = next(item for item in mine if item.value == more)
        new.setdefault(round(more - less, 2), (biggest, set()))[1].add("made_difference")
    both = {"made_both"} if _BOTH.search(page.low) else set[str]()
    return [item._replace(value=value, told=frozenset(told | both | {"made"})) for value, (item, told) in new.items()]


def _times(page: Page, item: Sum) -> int:
    """How many times a price was paid: «два билета по 3 500», «по 7 200 за пять месяцев»; 0 for once."""
    i, last = bisect_left(page.start, item.start), bisect_left(page.start, item.stop)
    begin, end = page.words_of(min(i, len(page.start) - 1))
    if i - 1 < begin or page.word(i - 1) != "по":
        return 0
    places = [j for j in (i - 2, i - 3, i - 4) if j >= begin]
    if last + 1 < end and page.word(last) == "за":
        places.append(last + 1)
    for j in places:
        if page.bits[j] & c.NUMBER and page.stop[j] - page.start[j] <= MANY:
            n = number_value(page.word(j))
            if MOST_TIMES >= n > 1 and n == int(n):
                return int(n)
    return 0


def disputed(found: Sequence[Sum], asked: Collection[str], page: Page, *, claim: bool) -> Sum | None:
    """The sum in dispute: the one for which most speaks, None where more speaks for none.

    What is asked, how a sum stands to the others (a total, a part, a difference, told twice), and the words around it
    are marks weighed by `lexicons/ru/weights.toml`.
    """
    mine = [item for item in found if item.role == DISPUTE]
    best: tuple[float, Sum] | None = None
    for item, told in zip(mine, stood(mine, asked, page, claim=claim), strict=True):
        weight = weighed("amount", told)
        if weight > 0 and (best is None or weight > best[0]):
            best = weight, item
    return best[1] if best else None


def stood(mine: Sequence[Sum], asked: Collection[str], page: Page, *, claim: bool) -> list[set[str]]:
    """All marks of each sum: those of its words, of the text, and of its place among the other sums."""
    summed = [item for item in mine if "made" in item.told]
    mine = mine[: len(mine) - len(summed)]
    values = [item.value for item in mine]
    money = MONEY_ASKED.intersection(asked)
    text = {"asked_money" if money else "asked_other" if asked else "asked_none", *(f"asks_{name}" for name in asked)}
    if page.opened & c.OPEN["kept"]:
        text.add("kept")
    if any(word in page.low for word in ("деньг", "денег", "возвр", "возме", "оспар")) and _NO_MONEY.search(page.low):
        text.add("no_money")
    if claim:
        text.add("claim")
    if page.opened & c.OPEN["pending"] and _ADVICE.search(page.low):
        text.add("advice")
    different = sorted(set(values))
    if len(different) > 1:
        text.add("several")
    top = max((item.weight for item in mine), default=0)
    named = _named_in_demands(page) if len(different) > 1 else {}
    found: list[set[str]] = []
    for k, item in enumerate(mine):
        told = set(item.told) | text
        if len(different) == 1:
            told.add("only")
        else:
            told.add(
                "largest" if item.value == different[-1] else "smallest" if item.value == different[0] else "middle"
            )
            told.add("first" if k == 0 else "last" if k == len(mine) - 1 else "inner")
        if item.weight == top:
            told.add("top")
        if _named(page, item, named):
            told.add("named")
        if values.count(item.value) > 1:
            told.add("again")
        others = [value for value in different if value != item.value] if len(different) > 2 else ()
        if others:
            pairs = {round(one + two, 2) for one, two in combinations(others[:MANY], 2)}
            if item.value in pairs or abs(sum(others[:MANY]) - item.value) < 0.01:
                told.add("whole")
            elif any(round(abs(one - two), 2) == item.value for one, two in combinations(others[:MANY], 2)):
                told.add("difference" if item.value != different[0] or "l_asked" in told else "part")
        if "l_asked" in told and not money:
            told.add("asked_unsaid")
        found.append(told)
    return found + [text | item.told for item in summed]


def _named_in_demands(page: Page) -> dict[str, int]:
    """Stems of the words of sentences that demand something, with the sentence's first word."""
    found: dict[str, int] = {}
    for first, last in {page.words_of(i) for i in page.found("demand")}:
        for j in range(first, last):
            word = page.word(j)
            if len(word) > STEM and not page.bits[j] & (c.MONEY | c.NUMBER):
                found[word[:STEM]] = first
    return found


def _named(page: Page, item: Sum, named: dict[str, int]) -> bool:
    """Whether what costs a sum is what another sentence demands: «телевизор 72 499 руб. … телевизор замените»."""
    i = bisect_left(page.start, item.start)
    if not named or i >= len(page.start):
        return False
    first = page.words_of(i)[0]
    words = (page.word(j) for j in range(max(first, i - NAMED), i))
    return any(len(word) > STEM and named.get(word[:STEM], first) != first for word in words)
