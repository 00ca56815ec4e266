"""The notation of terms, spelling by spelling, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.terms import MAX_GAP, MAX_ITEMS, Item, Term, TermError, parse_term

SETS = {"money": ("деньги", "рубль"), "order": ("заказ", "посылка")}


def show(leg: tuple[Item, ...]) -> str:
    """A leg on one line: `~n` any order, `>n` in order, `=` strictly side by side."""
    words = []
    for place, item in enumerate(leg):
        if place:
            words.append("=" if item.strict else f">{item.gap}" if item.ordered else f"~{item.gap}")
        words.append("|".join(sorted(item.atoms)))
    return " ".join(words)


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("опоздать", "опоздать"),
        ("опоздали", "опоздать"),
        ("Счёт", "счет"),
        ("вернуть деньги", "вернуть >0 деньги"),
        ("вернули денег", "вернуть >0 деньги"),
        ("задержка ~3 доставка", "задержка ~3 доставка"),
        ("задержка ~0 доставка", "задержка ~0 доставка"),
        ("задержка ~2 доставка ~1 курьер", "задержка ~2 доставка ~1 курьер"),
        ("задержка доставка ~1 курьер", "задержка >0 доставка ~1 курьер"),
        ("деньги|сумма", "деньги|сумма"),
        ("@money", "деньги|рубль"),
        ("@money|бонус", "бонус|деньги|рубль"),
        ("@money|@order", "деньги|заказ|посылка|рубль"),
        ("обман*", "обман*"),
        ("ОБМАН*|кинуть", "кинуть|обман*"),
        ("!привезти", "!привезти"),
        ("не привезти", "!привезти"),
        ("нет деньги", "!деньги"),
        ("без чек", "!чек"),
        ("не привезти|доставить", "!доставить|!привезти"),
        ("!привезти|доставить", "!доставить|!привезти"),
        ("сорвать|!приехать", "!приехать|сорвать"),
        ("!@money", "!деньги|!рубль"),
        ("?вернуть", "!вернуть|вернуть"),
        ("?вернуть|отдать", "!вернуть|!отдать|вернуть|отдать"),
        ("!вернуть деньги", "!вернуть >0 !деньги|деньги"),
        ("без ~1 справка", "!справка"),
        ('"за свой счёт"', "!=за|=за = !=свой|=свой = !=счет|=счет"),
        ('"ст. 115фз, п"', "!=ст|=ст = !=115|=115 = !=фз|=фз = !=п|=п"),
        ('потребовать "за счёт"', "потребовать >0 !=за|=за = !=счет|=счет"),
        ('потребовать ~2 "за счёт"', "потребовать ~2 !=за|=за = !=счет|=счет"),
        ("не", "не"),
        ("почему не", "почему >0 не"),
        ("=Годами", "=годами"),
        ("долго|=годами|=ещё", "=годами|=еще|долго"),
        ("!=верните", "!=верните"),
        ("не =верните|отдать", "!=верните|!отдать"),
        ("5", "=5"),
        ("!три|5", "!=5|!три"),
        ("wi-fi", "wi-fi"),
    ],
)
def test_each_spelling_is_read_as_the_page_says(text: str, main: str):
    term = parse_term(text, SETS)
    if '"' in text and "потребовать" in text:
        # an exact form may be denied or not, so the word beside it is free as beside any denied word
        main = main.replace("потребовать", "!потребовать|потребовать", 1)
    assert show(term.main) == main
    assert term.plus == term.minus == ()


def test_plus_and_minus_join_legs():
    term = parse_term("долго + ответ|реакция ~1 служба + звонить - вчера - !завтра", SETS)
    assert show(term.main) == "долго"
    assert [show(leg) for leg in term.plus] == ["ответ|реакция ~1 служба", "звонить"]
    assert [show(leg) for leg in term.minus] == ["вчера", "!завтра"]


def test_a_hyphen_inside_a_word_is_no_minus():
    term = parse_term("он-лайн кое-как", SETS)
    assert len(term.main) == 2
    assert term.minus == ()


def test_weight_and_spelling_stay_with_the_term():
    term = parse_term(" курьер ", SETS, 0.5)
    assert term == Term(" курьер ", (Item(frozenset({"курьер"})),), (), (), 0.5)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("~2 деньги", "gap"),
        ("деньги ~9 вернуть", f"~{MAX_GAP}"),
        ("деньги ~ вернуть", "gap"),
        ("деньги ~x вернуть", "gap"),
        ("деньги ~2", "missing"),
        ("деньги >2", "missing"),
        (">2 деньги", "gap"),
        ("деньги >x вернуть", "gap"),
        ("ab*", "at least 3"),
        ("*", "no word"),
        ("деньги| сумма", "no word"),
        ("деньги||сумма", "no word"),
        ("|деньги", "no word"),
        ("день*ги", "no word"),
        ("=", "no word"),
        ("=день*", "no word"),
        ("день=ги", "no word"),
        ("деньги!", "no word"),
        ("деньги, сумма", "no word"),
        ("@nothing", "@money, @order"),
        ("@", "no word"),
        ("!", "no word"),
        ('"незакрыта', "no word"),
        ('""', "missing"),
        ("- деньги", "no word"),
        ("деньги + ", None),
        ("деньги - возврат -", "no word"),
        (" ".join(["слово"] * (MAX_ITEMS + 1)), str(MAX_ITEMS)),
    ],
)
def test_what_is_not_in_the_notation_is_refused(text: str, says: str | None):
    with pytest.raises(TermError) as error:
        parse_term(text, SETS)
    assert str(error.value)
    if says:
        assert says in str(error.value)


def test_the_longest_term_allowed_is_read():
    assert len(parse_term(" ".join(["слово"] * MAX_ITEMS), SETS).main) == MAX_ITEMS
    assert parse_term(f"слово ~{MAX_GAP} дело", SETS).main[1].gap == MAX_GAP


@given(st.text('абвне !?~>@|*+-"0128', max_size=25))
def test_any_text_is_a_term_or_a_term_error(text: str):
    try:
        term = parse_term(text, {"абв": ("вода",)})
    except TermError:
        return
    assert all(item.atoms for leg in (term.main, *term.plus, *term.minus) for item in leg)
    assert term.main[0].gap == 0
