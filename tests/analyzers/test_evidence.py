"""Quotes: the same best few places whatever the order of rows, cut so that the mention stays readable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.evidence import MAX_QUOTE, Candidate, Shelf, excerpt

candidates = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8), st.integers(1, 9)), max_size=40)


def candidate(score: float, content: int, row: int = 1, source: str = "a.csv") -> Candidate:
    return Candidate(score, content, f"текст {content}", 0, 5, source, row, f"{source}:{row}", 0.5)


def shelf_of(some: list[Candidate], size: int = 3) -> Shelf:
    shelf = Shelf(size)
    for item in some:
        shelf.add(0, item)
    return shelf


def shown(shelf: Shelf) -> list[tuple[float, int, str, int]]:
    return [(item.score, item.content, item.source, item.row) for item in shelf.best(0)]


def test_the_best_are_kept_best_first():
    shelf = shelf_of([candidate(score, int(10 * score)) for score in (0.1, 0.9, 0.5, 0.7)])
    assert [item.score for item in shelf.best(0)] == [0.9, 0.7, 0.5]
    assert shelf.best(1) == []


def test_equal_texts_are_quoted_once_by_the_first_file_and_row():
    rows = [candidate(0.5, 7, 9), candidate(0.5, 7, 3), candidate(0.5, 7, 5), candidate(0.5, 7, 1, "b.csv")]
    for some in (rows, rows[::-1]):
        assert shown(shelf_of(some)) == [(0.5, 7, "a.csv", 3)]


@given(candidates, st.integers(1, 4), st.randoms())
def test_the_order_of_offers_changes_nothing(some: list[tuple[int, int, int]], size: int, random):
    """A text's score is a function of the text, so equal contents come with equal scores."""
    score = {content: first for first, content, _ in some}
    rows = [candidate(score[content], content, row) for _, content, row in some]
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert shown(shelf_of(rows, size)) == shown(shelf_of(shuffled, size))


@given(candidates, st.integers(1, 4))
def test_what_the_shelf_does_not_want_would_not_have_entered(some: list[tuple[int, int, int]], size: int):
    score = {content: first for first, content, _ in some}
    shelf = Shelf(size)
    for _, content, row in some:
        item = candidate(score[content], content, row)
        before = shown(shelf)
        if not shelf.wants(0, (item.score, item.content)):
            shelf.add(0, item)
            assert shown(shelf) == before
        else:
            shelf.add(0, item)


words = st.lists(st.text("абвг", min_size=1, max_size=12), min_size=1, max_size=120).map(" ".join)


@given(words, st.data(), st.integers(20, 120))
def test_an_excerpt_holds_the_mention_and_cuts_at_words(text: str, data: st.DataObject, limit: int):
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, min(len(text), start + limit)))
    piece, a, b = excerpt(text, start, stop, limit)
    assert piece[a:b] == text[start:stop]
    bare = piece.removeprefix("… ").removesuffix(" …")
    assert len(bare) <= limit
    assert bare in text
    assert (bare == text) == (piece == text)


def test_a_cut_excerpt_begins_and_ends_at_whole_words():
    text = "слово " * 200 + "опоздали " + "слово " * 200
    start = text.index("опоздали")
    piece, a, b = excerpt(text, start, start + 8)
    assert piece[a:b] == "опоздали"
    assert piece.startswith("… слово ")
    assert piece.endswith(" слово …")
    assert len(piece) <= MAX_QUOTE + 4


def test_a_short_text_is_quoted_whole():
    assert excerpt("Курьер опоздал", 7, 14) == ("Курьер опоздал", 7, 14)


def test_a_mention_longer_than_a_quote_is_cut_at_the_quotes_length():
    piece, a, b = excerpt("а" * 1000, 100, 900, 50)
    assert len(piece) <= 54
    assert 0 <= a < b <= len(piece)
