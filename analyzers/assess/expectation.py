"""What was promised and what came: two spans of a text, and who promised.

A candidate is a word of promise, a word of telling, or a place where something is written. What speaks for a breach and
against it is told as named marks (`evidence`), weighed by `lexicons/ru/weights.toml`: the weights were learned from the
packaged gold, so that no single word decides, and a mark that misled there weighs little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from ..patterns import Lazy
from . import cues as c
from .evidence import FUTURE, INFINITIVE, LACK, NOT, NOUN, STRETCHES, VERB, Case, weigh
from .page import Page

SITE, OPERATOR, CONTRACT, ADVERTISEMENT, OTHER = "site", "operator", "contract", "advertisement", "other"
SOURCES = (OPERATOR, SITE, CONTRACT, ADVERTISEMENT, OTHER)
MIN_PROMISE = 4  # characters
NEAR = 30  # characters behind a promise in which a mark shows that it is quoted
NAMED = 20  # characters in which a comma still opens a promise without «что»: «сказала девушка, свет дадут»
FIGURE = 40  # and in which a figure ends what is written in a place: «на сайте стейк 300 г, …»
PERSON, ON_SITE, ADVERT, CONTRACTED = (c.OPEN[name] for name in ("person", "site", "advert", "contracted"))
_PREPOSITIONS = ("в", "во", "на", "по", "с", "со", "согласно", "вместо", "из", "при")
_OPENING = Lazy(r"[^,;:.—–«\d]{0,30}?(?:\s*(?:[,:—–]\s*(что|будто|мол|якобы)?|\s«|\s(что)\b))\s*")
_BREAK = Lazy(r"[,;»—–!]|\s-\s|\s(?:но|а|однако|хотя|оказал\w+)\s")
_QUOTES = Lazy(r"[:«\"“„—–]|\s-\s")
SAYS, QUOTED = c.OPEN["says"] | c.OPEN["free"] | c.OPEN["moment"], 34
_SPEAKS = Lazy(r"[^.!?:;«]{0,50}:")  # «Сантехник: завтра доделаю», «девушка уверенно так: завтра»
_BARE = Lazy(r"\s*(?:[,.!?;)…]|[—–-]\s)(?!\s*(?:что|чтобы|будто|мол|якобы)\b)")  # «кешбэк обещали, пришло 47 рублей»
_CLOSING = {"«": "»", '"': '"', "“": "”", "„": "“"}
TO_COME = INFINITIVE | FUTURE
# hundredths of log odds that a case must pass: most of what is written in a place promises nothing
BAR = {"source": 120, "instead": 90, "quote": 120}
CLOSING, OPENING = 3, 5  # words behind one of promise that may close a sentence, and between it and what is promised
_PAUSES = (",", "—", "–", "-", "»,", '",', "», —", "», -", "», –")
_WRITES = ("напис", "писа", "пиш", "ответ", "подтверд", "сообщ", "указ")
_WRITTEN = ("заявлени", "запрос", "обращени", "претенз", "отзыв", "жалоб", "письм", "заявк", "вопрос")
_AGREED = ("долж", "назнач", "план", "намеч", "намет", "предполаг", "договор", "где")
_JOINS = ("хотя", "как", "что", "чем", "если", "когда", "и", "а", "но")
LONGEST = 200  # characters of a quotation that is one promise
FEWEST = 2  # words of one
OPENED = 8  # words behind a colon in which what is said shows that it promises
NAMES = 3  # words after «обещанный» of which one names what
# «по договору № 30-441», «договор КИ-10 от 27.04.2007» number what is written and promise nothing
_NUMBERED = Lazy(r"(?:\s+\w+){0,2}?\s*:?\s*(?:№|номер|n\s?\d|от \d|(?=[\w*/-]{6})[\w*]*[/*-][\w*/-]*\d)")
_UNWRITTEN = Lazy(r"\s+(?:\w+ ){0,2}?не (?:\w+ )?(?:указ|пропис|напис|сказ|пис|значи|предусм|отраж|было|говор)")
# «в разделе «Все трансляции»» is a name: two words, none of them a figure
_NAMED = Lazy(r"[^.!?:«\"“„]{0,20}[«\"“„](\w+(?:[ -]+\w+){0,7})[.»\"”“]")
_LISTED = Lazy(r"[^.!?:]{0,30}:\s*(?:1\s?[.)]|https?:)|[^.!?]{0,12}https?:")  # «доступны: 1. …» lists what there is
_TURNED = Lazy(
    r"[^.!?;:]{3,60}?,\s+(?:а\s+|но\s+|по факту|на деле|в реальности|мне\s+|нам\s+)?"
    r"(?:по факту|на деле|в реальности|при(?:ш[её]?л|вез|сла|нес|ех)|оказал|получил|выдали|дали|досталс|досталас)"
)
_BUT = Lazy(
    r"(?:а|но|хотя|однако|по факту|на деле|в реальности)\s|при(?:ш[её]?л|вез|сла|нес)|оказал|получил|выдали|достал"
    r"|прош(?:ло|ла|[её]?л)"
)
_UNNAMED = Lazy(r"\d|бесплатн|беспл|ноль|гарант")
_BOT = Lazy(r"\bбот\b")


class Gap(NamedTuple):
    """A promise and what came instead, as half-open spans of the text."""

    promised: tuple[int, int]
    got: tuple[int, int]
    by: str


def gaps(pages: Iterable[Page]) -> dict[int, Gap]:
    """The broken promise of each text for which most speaks, by the place of the text.

    Parameters
    ----------
    pages : iterable of Page
        Texts of one chunk.
    """
    found = [(n, case) for n, page in enumerate(pages) for case in cases(page)]
    if not found:
        return {}
    weighed = weigh([case for _, case in found])
    best: dict[int, int] = {}
    for k, ((n, case), weight) in enumerate(zip(found, weighed.weight.tolist(), strict=True)):
        if weight > BAR.get(case.kind, 0) and (n not in best or weight > weighed.weight[best[n]]):
            best[n] = k
    told, before = weighed.told.tolist(), weighed.before.tolist()
    return {n: _gap(found[k][1], told[k], before=before[k]) for n, k in best.items()}


def _gap(case: Case, told: list[int], *, before: bool) -> Gap:
    page = case.page
    return Gap((case.start, _trim(page.low, case.start, case.end)), _got(case, told, before=before), _by(page, case))


def cases(page: Page) -> list[Case]:
    """Every promise of a text that may have been broken."""
    found = [case for i in page.found("promise") if (case := _case(page, i)) is not None]
    spans = [(case.start, case.end) for case in found]
    for i in page.found("quoted"):
        at = page.start[i]
        if not any(start <= at < end for start, end in spans) and (case := _quotation(page, i)) is not None:
            found.append(case)
    return found + [case for i in page.found("fact") if (case := _in_fact(page, i)) is not None]


def _quotation(page: Page, i: int) -> Case | None:
    """«Снимем только кончики», ворковала мастер: a quotation that begins with a word."""
    at = page.start[i]
    end = _closed(page.low, at)
    last = bisect_left(page.start, end)
    if end < 0 or last - i < FEWEST or not _says_something(page, i, last):
        return None
    stop = page.words_of(last - 1)[1]
    after = page.sentences_behind(last - 1, STRETCHES - 1)
    if stop > last:
        after = [(last, stop), *after]
    return Case(page, "quote", i, i, last, at, end, after, (i, last), quoted=True) if after else None


def _says_something(page: Page, i: int, last: int) -> bool:
    """Whether some words are more than a name: «ДОМ.РФ», «Видео на главной»."""
    if any(flags & (VERB | INFINITIVE | NOT | LACK) for flags in page.flags[i:last]):
        return True
    telling = c.OPEN["moment"] | c.OPEN["free"]
    return any(page.bits[j] & (c.NUMBER | c.TIME) or page.opens[j] & telling for j in range(i, last))


def _closed(low: str, at: int) -> int:
    """Where a quotation closes that opens right before a place, -1 where none does."""
    mark = _CLOSING.get(low[at - 1]) if 0 < at <= len(low) else None
    return low.find(mark, at, at + LONGEST) if mark else -1


def _case(page: Page, i: int) -> Case | None:
    """What a word of promise tells, and where its outcome may stand."""
    bits, first = page.bits[i], page.words_of(i)[0]
    begin, stop = page.span_of(i)
    kind, low = _kind(page, i, bits), page.low
    if kind == "speech" and not _speaks(page, i):
        return None
    if _no_promise(page, i, kind):
        return None
    if kind == "source" and not _says(page, i):
        return None
    j = i
    if kind in ("source", "instead"):
        while j > first and j > i - 3 and page.touches(j - 1, j, 2) and page.word(j) not in _PREPOSITIONS:
            j -= 1
        j = j if page.word(j) in _PREPOSITIONS else i
    start = page.start[j]
    bare = kind == "promise" and i - first > FEWEST and _BARE.match(low, page.stop[i]) and not _to_come(page, i)
    if bare or (kind in ("promise", "said", "source") and _told_last(page, i, first)):
        after = [*([(i + 1, page.words_of(i)[1])] if stop - page.stop[i] > 3 else ())]
        after += page.sentences_behind(i, STRETCHES - 1)
        return Case(page, kind, i, first, i + 1, page.start[first], page.stop[i], after, (first, i), ended=True)
    end = _named_end(page, i) or _content_end(page, page.stop[i], stop, kind)
    last, after = bisect_left(page.start, end), page.sentences_behind(i, STRETCHES - 1)
    if stop - end > 3:
        after = [(last, page.words_of(i)[1]), *after]
    if not after and start - begin < 2 * MIN_PROMISE:
        return None
    tail = low[page.stop[i] : page.stop[i] + NEAR]
    quoted = "«" in tail or '"' in tail or ":" in tail
    return Case(page, kind, i, j, last, start, end, after, (i + 1, last), quoted)


def _no_promise(page: Page, i: int, kind: str) -> bool:
    """Whether a word of promise promises nothing: «заверенные подписью», «где предоставляли», «написано заявление»."""
    word = page.word(i)
    if kind == "said" and word.startswith(_WRITES):
        return any(page.word(i + k).startswith(_WRITTEN) for k in (1, 2, 3))
    if word == "где":
        return not any(bits & c.PROMISE for bits in page.bits[i + 1 : i + 3])
    return kind == "promise" and word.startswith("заверенн")


def _told_last(page: Page, i: int, first: int) -> bool:
    """Whether what is promised stands before: «носитель из Лондона, говорила менеджер», «с балконом, так в брони»."""
    stop = page.words_of(i)[1]
    if stop - i > CLOSING or i - first <= FEWEST:
        return False
    near = range(max(first, i - 3), i)
    if page.bits[i] & c.SOURCE and not any(page.opens[j] & c.OPEN["says"] for j in near):
        return False  # «с балконом, так и стоит в брони»
    if page.word(i - 1) in _JOINS or any(flags & TO_COME for flags in page.flags[i + 1 : stop]):
        return False
    k = max(first, i - OPENING)
    return any(page.low[page.stop[j] : page.start[j + 1]].strip(" ") in _PAUSES for j in range(k, i))


def _to_come(page: Page, i: int) -> bool:
    """Whether what is to come is told right behind a word: «обещали, мастер придёт в 9»."""
    return any(flags & FUTURE for flags in page.flags[i + 1 : min(i + 7, page.words_of(i)[1])])


def _is_to_come(page: Page, i: int) -> bool:
    """Whether the words from one on tell what will be, when, or how much."""
    near = slice(i, min(i + OPENED, page.words_of(i)[1]) if i < len(page.start) else i)
    if any(flags & TO_COME for flags in page.flags[near]):
        return True
    telling = c.OPEN["moment"] | c.OPEN["free"]
    return any(
        bits & (c.NUMBER | c.TIME) or opens & telling
        for bits, opens in zip(page.bits[near], page.opens[near], strict=True)
    )


def _speaks(page: Page, i: int) -> bool:
    """Whether what a person says follows, without a verb of telling between."""
    found = _SPEAKS.match(page.low, page.stop[i])
    if not found:
        return False
    between = slice(i + 1, bisect_left(page.start, found.end()))
    if any(flags & VERB for flags in page.flags[between]) and not _is_to_come(page, between.stop):
        return False  # «терапевт нахамила: лечитесь сами»
    return not any(bits & (c.SAID | c.PROMISE) for bits in page.bits[between])


def _says(page: Page, i: int) -> bool:
    """Whether a place where something is written says it, or a figure follows; «в приложении нет» says none."""
    if any(flags & LACK for flags in page.flags[i + 1 : i + 3]):
        return False
    if (
        _LISTED.match(page.low, page.stop[i])
        or _NUMBERED.match(page.low, page.stop[i])
        or _UNWRITTEN.match(page.low, page.stop[i])
    ):
        return False
    if (quote := _NAMED.match(page.low, page.stop[i])) and not _UNNAMED.search(quote[1]):
        first, last = (bisect_left(page.start, place) for place in quote.span(1))
        if not any(flags & (FUTURE | LACK | NOT) for flags in page.flags[first:last]):
            return False  # a name: nothing in it is to come, nothing is denied
    if _QUOTES.search(page.low, page.stop[i], page.stop[i] + QUOTED) or _TURNED.match(page.low, page.stop[i]):
        return True
    last = min(page.words_of(i)[1], i + 7)
    return any(page.bits[j] & c.NUMBER or page.opens[j] & SAYS for j in range(max(0, i - 2), last) if j != i)


def _kind(page: Page, i: int, bits: int) -> str:
    """Which kind of words a promise opens with."""
    if bits & c.PROMISE:
        word = page.word(i)
        if word == "вместо":
            return "instead"
        return "agreed" if word.startswith(_AGREED) else "promise"
    return "said" if bits & c.SAID else "source" if bits & c.SOURCE else "speech"


def _in_fact(page: Page, i: int) -> Case | None:
    """«…одни расчёты, а по факту другие»: the contrast itself tells of a promise."""
    first, last = page.words_of(i)
    j = i - 1 if i > first and page.word(i - 1) in ("по", "на", "в") else i
    if page.start[j] - page.start[first] < 2 * MIN_PROMISE or last - i < 2 or page.word(j - 1) in ("и", "что"):
        return None
    start, after = page.start[first], [(i + 1, last)]
    return Case(page, "fact", i, first, i + 1, start, page.start[j], after, (first, j))


def _content_end(page: Page, at: int, stop: int, kind: str) -> int:
    """Where what was promised ends: at its figure where it stands in a place, else at the first break behind it."""
    low = page.low
    opened, begin = _OPENING.match(low, at, stop), at
    if opened is not None:
        joined = opened[1] or opened[2]
        if (
            opened.end() - at < (34 if joined else NAMED)
            and (joined or not _BUT.match(low, opened.end()))
            and (joined or not _promises(page, at, opened.end()))
        ):
            begin = opened.end()
    quote = begin if low[begin - 1] in _CLOSING else begin + 1
    if (closed := _closed(low, quote)) > 0:
        return closed
    found = _BREAK.search(low, min(begin + MIN_PROMISE, stop), stop)
    end = found.start() if found else stop
    if found is None and kind in ("source", "instead"):  # «вместо заявленных 250 грамм в пачке 212»
        for i in range(bisect_left(page.start, at), bisect_left(page.start, min(end, at + FIGURE))):
            if page.bits[i] & c.NUMBER and i + 1 < len(page.stop):
                span = page.word(i + 1) in ("до", "по") and i + 2 < len(page.stop) and page.bits[i + 2] & c.NUMBER
                return min(end, page.stop[i + 2 if span else i + 1])  # «с 10 до 14»
    return end


def _named_end(page: Page, i: int) -> int:
    """Where «обещанный звонок …», «обещанного …» end, whose outcome stands in the same clause; 0 of another promise."""
    if not page.word(i).startswith("обещанн"):
        return 0
    for j in range(i + 1, min(i + 1 + NAMES, page.words_of(i)[1])):
        if not page.touches(j - 1, j, 2) or page.flags[j] & (VERB | NOT):
            break
        if page.flags[j] & NOUN:
            return page.stop[j]
    return page.stop[i]


def _promises(page: Page, at: int, end: int) -> bool:
    """Whether a stretch says already what will be: «обещали привезти в среду, …»."""
    return any(flags & TO_COME for flags in page.flags[bisect_left(page.start, at) : bisect_left(page.start, end)])


def _got(case: Case, told: list[int], *, before: bool) -> tuple[int, int]:
    """The words that tell what came, in the stretch that speaks of a breach."""
    page = case.page
    low, best = page.low, told if told[1] else [case.first, case.first]
    if before or not case.after:
        start = page.span_of(case.word)[0]
        return start, _trim(low, start, max(start + 1, case.start))
    start = _lead(low, page.start[best[0]] if best[0] < len(page.start) else len(low) - 1)
    stop = page.start[best[1]] if best[1] < len(page.start) else len(low)
    return start, _trim(low, start, max(stop, start + 1))


def _lead(low: str, at: int) -> int:
    """Past punctuation that opens a span."""
    while at < len(low) - 1 and low[at] in " ,;.!)-—–»\n":
        at += 1
    return at


def _trim(low: str, start: int, stop: int) -> int:
    """A span's end without the blanks and marks behind it."""
    while stop > start + 1 and low[stop - 1] in " ,;:.!?—–-(\n\r\t":
        stop -= 1
    return stop


def _by(page: Page, case: Case) -> str:
    """Who promised: by the words of the promise, the person named before it, the words around."""
    start, stop = page.span_of(case.word)
    own = page.opens[case.word] if case.kind in ("source", "instead", "speech") else 0
    before = _who(page, start, page.start[case.first])
    if case.kind not in ("source", "instead") and before & PERSON and not _BOT.search(page.low, start, case.start):
        return OPERATOR
    around = _who(page, start, stop)
    for opens in (own, 0 if around & PERSON else around):
        for source, bit in ((ADVERTISEMENT, ADVERT), (SITE, ON_SITE), (CONTRACT, CONTRACTED)):
            if opens & bit:
                return source
    return OPERATOR if around & PERSON else OTHER


def _who(page: Page, begin: int, stop: int) -> int:
    """Openings of the words of a stretch."""
    found, i = 0, bisect_left(page.start, begin)
    for opens in page.opens[i : bisect_left(page.start, stop, i)]:
        found |= opens
    return found
