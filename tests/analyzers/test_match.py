"""The matcher: each feature of the notation on text, and a slow plain-Python matcher that must agree with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svc.analyzers import compiled
from svc.analyzers.compiled import LIGHT_BETWEEN
from svc.analyzers.forms import Forms
from svc.analyzers.lexicon import Lexicon, Rule
from svc.analyzers.match import BORDER, FREE, Matcher, _order
from svc.analyzers.scope import Scope, scope
from svc.analyzers.terms import NEAR, Item, parse_term
from svc.analyzers.tokens import Tokens, tokenize

FORMS = Forms()
SETS = {"money": ("деньги", "рубль")}


@pytest.fixture(autouse=True, scope="module")
def _counts_read_once() -> Iterator[None]:
    """Hundreds of small matchers are compiled here; the packaged counts, of which only speed depends, are read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "_Frequency", cache(compiled._Frequency))
        yield


def lexicon_of(*terms: str) -> Lexicon:
    lexicon = Lexicon()
    lexicon.rules = [Rule("terms", "staff.rude", parse_term(term, SETS), None, "test.toml", 1) for term in terms]
    return lexicon


def read(texts: list[str]) -> tuple[Tokens, np.ndarray, Scope]:
    tokens = tokenize(texts)
    ids = FORMS.ids(tokens)
    return tokens, ids, scope(tokens, FORMS.flags[ids])


def found(term: str, text: str) -> list[str]:
    """The pieces of the text where a term matches."""
    tokens, ids, marks = read([text])
    hits = Matcher(lexicon_of(term), FORMS).match(tokens, ids, marks)
    spans = zip(hits.start.tolist(), hits.stop.tolist(), strict=True)
    return [text[tokens.start[a] : tokens.stop[b - 1]] for a, b in spans]


@pytest.mark.parametrize(
    ("term", "text", "pieces"),
    [
        # words, by lemma, whatever the form, case and ё
        ("опоздать", "Курьер ОПОЗДАЛ, потом опоздали все", ["ОПОЗДАЛ", "опоздали"]),
        ("счёт", "Выставили счет и Счёта", ["счет", "Счёта"]),
        ("опоздать", "Опоздание", []),
        # side by side, in order; light words do not part them
        ("вернуть деньги", "вернули деньги", ["вернули деньги"]),
        ("вернуть деньги", "вернули мне мои деньги", ["вернули мне мои деньги"]),
        ("вернуть деньги", "деньги вернули", []),
        ("вернуть деньги", "вернули товар деньги", []),
        ("вернуть деньги", "Вернули. Деньги", []),
        ("вернуть деньги", "вернули, деньги", ["вернули, деньги"]),
        # a gap, any order
        ("задержка ~3 доставка", "задержка всей вашей плохой доставки", ["задержка всей вашей плохой доставки"]),
        ("задержка ~2 доставка", "задержка одной очень плохой доставки", []),
        ("задержка ~3 доставка", "доставка с большой задержкой", ["доставка с большой задержкой"]),
        ("задержка ~0 доставка", "доставка задержка", ["доставка задержка"]),
        ("задержка ~0 доставка", "доставка большая задержка", []),
        # a gap, in this order
        ("задержка >3 доставка", "задержка всей вашей плохой доставки", ["задержка всей вашей плохой доставки"]),
        ("задержка >1 доставка", "задержка одной плохой старой доставки", []),
        ("задержка >3 доставка", "доставка с большой задержкой", []),
        ("раньше ~3 теперь >1 хорошо", "раньше было плохо, теперь хорошо", ["раньше было плохо, теперь хорошо"]),
        ("раньше ~3 теперь >1 хорошо", "раньше было хорошо, теперь ужасно", []),
        ("курьер ~1 грубый ~1 клиент", "клиенту грубил курьер, грубый курьер клиенту", ["грубый курьер клиенту"]),
        # any of
        ("деньги|сумма", "сумма и деньги", ["сумма", "деньги"]),
        ("@money", "рублей денег", ["рублей", "денег"]),
        ("@money|бонус", "бонусы", ["бонусы"]),
        # beginnings
        ("обман*", "обманщик обманул обманом", ["обманщик", "обманул", "обманом"]),
        ("обман*", "самообман", []),
        # denied or not
        ("!привезти", "не привезли", ["привезли"]),
        ("!привезти", "привезли", []),
        ("не привезти", "так и не смогли привезти", ["привезти"]),
        ("!ответ", "нет ответа, ответа не было, без ответа", ["ответа", "ответа", "ответа"]),
        ("вернуть", "не вернули, вернули", ["вернули"]),
        ("?вернуть", "не вернули, вернули", ["вернули", "вернули"]),
        ("!привезти|доставить", "не доставили", ["доставили"]),
        ("!привезти|доставить", "доставили", []),
        ("сорвать|!приехать", "сорвали, не приехали", ["сорвали", "приехали"]),
        ("сорвать|!приехать", "не сорвали, приехали", []),
        ("!вернуть деньги", "не вернули деньги", ["вернули деньги"]),
        ("!вернуть ~1 деньги", "денег не вернули", ["денег не вернули"]),
        ("!привезти", "непривезли", ["непривезли"]),
        # both sides in one sentence
        ("долго + ответ", "Долго и нудно ждал от них ответ", ["Долго"]),
        ("долго + ответ", "Ответ ждал долго", ["долго"]),
        ("долго + ответ", "Долго. Ответ", []),
        ("долго + ждать ответ", "долго ответ ждать", []),
        ("долго + ответ + банк", "долго ждал ответ банка", ["долго"]),
        ("долго + ответ + банк", "долго ждал ответ", []),
        # not in the sentence
        ("очередь - электронный", "очередь", ["очередь"]),
        ("очередь - электронный", "электронная очередь", []),
        ("очередь - электронный", "Электронная. Очередь", ["Очередь"]),
        ("очередь - живой|электронный", "живая очередь", []),
        ("очередь - электронный талон", "электронная очередь", ["очередь"]),
        ("очередь + час - запись", "час в очереди", ["очереди"]),
        ("очередь + час - запись", "час в очереди по записи", []),
        # exact forms, strictly side by side, denied or not
        ('"за свой счёт"', "вернул за свой счет", ["за свой счет"]),
        ('"за свой счёт"', "вернул за мой свой счёт", []),
        ('"за свой счёт"', "за своего счёта", []),
        ('"на связи"', "не на связи", ["на связи"]),
        ('"115фз"', "заблокировали по 115ФЗ", ["115ФЗ"]),
        ('требовать ~2 "за счёт"', "за счёт клиента требуют", ["за счёт клиента требуют"]),
        # numbers
        ("статья 18", "по статье 18 закона", ["статье 18"]),
        ("статья 18", "по статье 19 закона", []),
        ("два|3 раз", "писал 3 раза, потом 4 раза, два раза", ["3 раза", "два раза"]),
        # mended words
        ("доставка", "дoставка с латинской о", ["дoставка"]),
        ("доставка", "до\u00adставка", ["до\u00adставка"]),
        # a word of two readings
        ("стоять", "стоит", ["стоит"]),
        ("стоить", "стоит", ["стоит"]),
    ],
)  # fmt: skip
def test_each_feature_matches_where_it_should_and_only_there(term: str, text: str, pieces: list[str]):
    assert found(term, text) == pieces


def test_the_sides_of_a_plus_are_at_most_so_many_words_apart():
    words = " ".join(["дом"] * (NEAR - 1))
    assert found("долго + ответ", f"долго {words} ответ") == ["долго"]
    assert found("долго + ответ", f"долго {words} дом ответ") == []
    assert found("долго - ответ", f"долго {words} дом ответ") == ["долго"]


def test_a_gap_may_cross_one_clause_border_and_pays_for_more():
    assert found("заказ ~2 вернуть", "Заказ, вчера вернули") == ["Заказ, вчера вернули"]
    assert found("заказ ~2 вернуть", "Заказ, вчера, вернули") == []
    assert found("заказ ~3 вернуть", "Заказ, вчера, вернули") == ["Заказ, вчера, вернули"]


def test_a_form_named_as_it_stands_is_not_every_form():
    text = "Ждали годами. Ждали два года. Ждали долго"
    assert found("ждать ~2 =годами|долго", text) == ["Ждали годами", "Ждали долго"]
    assert found("!=верните", "Не верните, а вернули") == ["верните"]


def test_many_light_words_do_part_two_words():
    light = " ".join(["мне"] * LIGHT_BETWEEN)
    assert found("вернуть деньги", f"вернули {light} деньги")
    assert not found("вернуть деньги", f"вернули {light} мне деньги")


def test_hits_come_sorted_by_place_and_rule_once_each():
    lexicon = lexicon_of("деньги", "вернуть ~2 деньги", "деньги", "вернуть")
    tokens, ids, marks = read(["вернули деньги", "деньги вернули"])
    hits = Matcher(lexicon, FORMS).match(tokens, ids, marks)
    pairs = list(zip(hits.start.tolist(), hits.rule.tolist(), strict=True))
    assert pairs == [(0, 1), (0, 3), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2), (3, 3)]
    assert hits.take(hits.rule == 1).start.tolist() == [0, 2]


def test_an_empty_lexicon_and_empty_texts_match_nothing():
    assert len(Matcher(lexicon_of("деньги"), FORMS).match(*read(["", "!"]))) == 0
    assert found("деньги", "никто не ответил") == []


# -- the same by a slow matcher ---------------------------------------------------------------------------------------

WORDS = ["деньги", "вернуть", "вернули", "не", "мне", "заказ", "долго", "ответа", "нет", "банк", "и", ".", ",", "если"]
LEMMAS = ["деньги", "вернуть", "заказ", "долго", "ответ", "банк"]
item = st.one_of(
    st.sampled_from(LEMMAS),
    st.sampled_from(["!вернуть", "?вернуть", "!ответ", "верн*", "заказ|банк", "!вернуть|ответ", '"вернули"', "@money"]),
)
legs = st.tuples(item, st.sampled_from([" ", " ~1 ", " ~3 ", " >1 ", " >3 "]), item).map("".join) | item
terms = st.tuples(legs, st.lists(st.tuples(st.sampled_from([" + ", " - "]), legs).map("".join), max_size=2)).map(
    lambda parts: parts[0] + "".join(parts[1])
)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


class Slow:
    """Terms word by word, straight from lexicons/README.md."""

    def __init__(self, text: str) -> None:
        self.tokens, ids, self.marks = read([text])
        self.n = len(self.tokens.key)
        self.forms = [self.tokens.form(i) for i in range(self.n)]
        second = FORMS.second[ids].tolist()
        first = FORMS.lemma[ids].tolist()
        self.lemmas = [{FORMS.lemmas[n] for n in pair if n >= 0} for pair in zip(first, second, strict=True)]

    def fits(self, item: Item, i: int) -> bool:
        sign = "!" if self.marks.negated[i] else ""
        for atom in item.atoms:
            if atom.startswith("!") != bool(sign):
                continue
            name = atom.removeprefix("!")
            if name.startswith("="):
                if self.forms[i] == name[1:]:
                    return True
            elif name.endswith("*"):
                if any(lemma.startswith(name[:-1]) for lemma in self.lemmas[i]):
                    return True
            elif name in self.lemmas[i]:
                return True
        return False

    def beside(self, item: Item, i: int, j: int) -> bool:
        """Whether `j` may hold the item that follows the one at `i` in the leg."""
        if i == j or self.tokens.sentence[i] != self.tokens.sentence[j] or (item.ordered and j < i):
            return False
        low, high = min(i, j), max(i, j)
        if item.strict:
            return high - low == 1
        between = range(low + 1, high)
        heavy = sum(not self.marks.light[k] for k in between)
        crossed = sum(self.tokens.clause[k] != self.tokens.clause[k - 1] for k in range(low + 1, high + 1))
        heavy += crossed * BORDER if crossed > FREE else 0
        return heavy <= item.gap and len(between) <= item.gap + LIGHT_BETWEEN

    def spans(self, leg: tuple[Item, ...]) -> Iterator[tuple[int, int]]:
        for places in permutations(range(self.n), len(leg)):
            if all(map(self.fits, leg, places)) and all(
                self.beside(leg[k], places[k - 1], places[k]) for k in range(1, len(leg))
            ):
                yield min(places), max(places) + 1

    def match(self, term: str) -> list[tuple[int, int]]:
        parsed = parse_term(term, SETS)

        def stands(leg: tuple[Item, ...], start: int) -> bool:
            return any(
                self.tokens.sentence[a] == self.tokens.sentence[start] and abs(a - start) <= NEAR
                for a, _ in self.spans(leg)
            )

        return [
            (a, b)
            for a, b in self.spans(parsed.main)
            if all(stands(leg, a) for leg in parsed.plus) and not any(stands(leg, a) for leg in parsed.minus)
        ]


def sentences(tokens: Tokens, spans: list[tuple[int, int]]) -> set[int]:
    return {int(tokens.sentence[a]) for a, _ in spans}


@settings(max_examples=150, deadline=None)
@given(st.lists(terms, min_size=1, max_size=5), texts)
def test_the_matcher_agrees_with_a_slow_one(some: list[str], text: str):
    """The same sentences are found for each term, and every place named is one that the slow matcher names."""
    slow = Slow(text)
    tokens, ids, marks = read([text])
    hits = Matcher(lexicon_of(*some), FORMS).match(tokens, ids, marks)
    got = list(zip(hits.rule.tolist(), hits.start.tolist(), hits.stop.tolist(), strict=True))
    for rule, term in enumerate(some):
        mine = [(a, b) for number, a, b in got if number == rule]
        expected = slow.match(term)
        assert set(mine) <= set(expected)
        assert sentences(tokens, mine) == sentences(tokens, expected)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(LEMMAS), min_size=3, max_size=4, unique=True),
    st.lists(st.sampled_from([" ", " ~1 ", " ~2 ", " >2 "]), min_size=3, max_size=3),
    st.permutations([*LEMMAS, "мне", "и"]),
)
def test_long_legs_agree_where_each_word_stands_once(words: list[str], gaps: list[str], text: list[str]):
    term = words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=False))
    tokens, ids, marks = read([" ".join(text)])
    hits = Matcher(lexicon_of(term), FORMS).match(tokens, ids, marks)
    got = set(zip(hits.start.tolist(), hits.stop.tolist(), strict=True))
    assert got == set(Slow(" ".join(text)).match(term))


@settings(max_examples=40, deadline=None)
@given(st.lists(terms, min_size=1, max_size=4), st.lists(texts, min_size=1, max_size=4))
def test_a_text_is_matched_the_same_alone_and_among_others(some: list[str], batch: list[str]):
    matcher = Matcher(lexicon_of(*some), FORMS)
    tokens, ids, marks = read(batch)
    hits = matcher.match(tokens, ids, marks)
    together = [
        (int(tokens.doc[a]), rule, a - int(tokens.first[tokens.doc[a]]), b - a)
        for rule, a, b in zip(hits.rule.tolist(), hits.start.tolist(), hits.stop.tolist(), strict=True)
    ]
    alone = []
    for doc, text in enumerate(batch):
        hits = Matcher(lexicon_of(*some), FORMS).match(*read([text]))
        triples = zip(hits.rule.tolist(), hits.start.tolist(), hits.stop.tolist(), strict=True)
        alone += [(doc, rule, a, b - a) for rule, a, b in triples]
    assert together == alone


def test_a_matcher_follows_a_growing_form_table():
    """Forms met after compiling, and many of them, are matched too."""
    forms = Forms()
    matcher = Matcher(lexicon_of("деньги", "обман*"), forms)
    for start in range(0, 9000, 3000):
        noise = " ".join(
            f"zx{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(start, start + 3000)
        )
        tokens = tokenize([f"{noise} деньгами {start} обманщиками"])
        ids = forms.ids(tokens)
        hits = matcher.match(tokens, ids, scope(tokens, forms.flags[ids]))
        assert hits.rule.tolist() == [0, 1]
    assert forms.size > 9000


@given(st.lists(st.tuples(st.integers(0, 1 << 40), st.integers(0, 1 << 20)), max_size=40), st.booleans())
def test_one_sort_orders_as_two_keys_do(pairs, wide):
    first = np.array([a << (20 if wide else 0) for a, _ in pairs], np.int64)
    then = np.array([b for _, b in pairs], np.int64)
    assert _order(first, then).tolist() == np.lexsort((then, first)).tolist()
