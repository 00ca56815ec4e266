"""Words, sentences, clauses and keys of texts.

In the table of bounds `‖` stands where a sentence begins and `¦` where only a clause does, just before the word.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.tokens import MAX_HASHED, NUMBER_KEY, form_key, tokenize

PIECES = [
    "заказ", "Не", "пришёл", "ё", "12.03", "1000руб", "т.д.", "ул. Мира", "А.С.", "site.ru", "wi-fi", "5G", "…", "?",
    "!", ". ", ", ", " ", "\n", "\0", "до\u00adставка", "и\u0306", "\u0306", "\u200b", "👍", "日本", "-", "«", "»",
    "123456", "12-34", "x²", "İ", "ß", "\ud800",
]  # fmt: skip
RUSSIAN = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ANY = st.one_of(RUSSIAN, st.text(st.characters(exclude_categories=()), max_size=40))


def forms(text: str) -> list[str]:
    tokens = tokenize([text])
    return [tokens.form(i) for i in range(len(tokens.key))]


def marked(text: str) -> str:
    """The text with the marks of the table put in."""
    tokens = tokenize([text])
    out, at = "", 0
    for i in range(1, len(tokens.key)):
        start = int(tokens.start[i])
        new_sentence = tokens.sentence[i] != tokens.sentence[i - 1]
        new_clause = tokens.clause[i] != tokens.clause[i - 1]
        out += text[at:start] + ("‖" if new_sentence else "¦" if new_clause else "")
        at = start
    return out + text[at:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Заказ не пришёл", "заказ не пришел"),
        ("ЁЛКА ёлка ещё", "елка елка еще"),
        ("неработает!!!верните", "неработает верните"),
        ("1000руб и 5тыс", "1000 руб и 5 тыс"),
        ("5G и 4к", "5 g и 4 к"),
        ("2-я линия, 1-го мая", "2-я линия 1-го мая"),
        ("по-русски -не - так-", "по-русски не так"),
        ("wi‑fi и кое‐как", "wi-fi и кое-как"),
        ("O'Neil, Д’Артаньян", "o-neil д-артаньян"),
        ("и/или, сайт.рф", "и или сайт рф"),
        ("12.03.2024 в 10:30", "12 03 2024 в 10 30"),
        ("№5 (100%)", "5 100"),
        ("до\u00adстав\u200bка", "доставка"),
        ("до\u0301ставка", "доставка"),
        ("чаи\u0306 И\u0306од", "чай йод"),
        ("привет😡верните👍", "привет верните"),
        ("доставка日本доставка", "доставка доставка"),
        ("а\0б", "а б"),
        ("a_b", "a b"),
        ("DHL опоздал", "dhl опоздал"),
        ("Ха-ха-ха", "ха-ха-ха"),
        ("...!?  \n", ""),
        ("", ""),
    ],
)
def test_words_are_found_in_their_normal_letters(text: str, expected: str):
    assert forms(text) == expected.split()


@pytest.mark.parametrize(
    "expected",
    [
        "Заказ не пришёл. ‖Где он?",
        "Не привезли!!!‖верните деньги",
        "Ждали 3 дня...‖не привезли",
        "Ждали… ‖и зря",
        "Не привезли\n‖верните деньги",
        "Заказ битый;‖ другой целый",
        "да.‖нет",
        "Москва.‖Заказ",
        "Почему?!‖ Потому",
        "«Ждите.» ‖Ушёл",
        "Доставка: ¦никак",
        "Пришёл,¦ но битый (¦совсем),¦ жаль",
        "Сказали «¦ждите»,¦ мы ждали",
        "Обещали — ¦не сделали",
        "заказали 12.03 в обед",
        "стоит 5 тыс. руб. и больше",
        "сайт site.ru упал",
        "и т.д. и т.п. по списку",
        "т. е. нет",
        "А.С. Пушкин пришёл",
        "купил в 2020 г. у вас",
        "300 руб. ‖Верните",
        "на 5 мин. опоздал",
        "обычные слова без конца",
    ],
)
def test_sentences_and_clauses_begin_where_a_reader_would_begin_them(expected: str):
    text = expected.replace("‖", "").replace("¦", "")
    got = marked(text)
    # a mark may stand before the blanks in the table for legibility
    assert got.replace(" ", "") == expected.replace(" ", "")


def test_question_marks_belong_to_their_sentence():
    tokens = tokenize(["Где заказ? Жду. Когда?!", "Нет"])
    assert tokens.question.tolist() == [True, False, True, False]


def test_a_text_that_begins_with_a_question_mark_does_not_question_the_text_before_it():
    tokens = tokenize(["Заказ не пришёл", "? верните деньги"])
    assert tokens.question.tolist() == [False, False]


def test_capitals_are_told_by_the_letter_as_written():
    tokens = tokenize(["Ёлка ёлка Доставка доставка 5 ЗАКАЗ и\u0306од"])
    assert tokens.capital.tolist() == [True, False, True, False, False, True, False]


def test_long_numbers_share_a_key_and_short_ones_keep_their_own():
    tokens = tokenize(["1234 98765 12-34-56 12 18"])
    assert tokens.key[:3].tolist() == [NUMBER_KEY] * 3
    assert len(set(tokens.key[2:].tolist())) == 3
    assert form_key("18") == int(tokens.key[4])


def test_sentences_and_clauses_never_span_texts():
    tokens = tokenize(["не привезли", "заказ вовремя"])
    assert tokens.doc.tolist() == [0, 0, 1, 1]
    assert tokens.sentence[1] != tokens.sentence[2]
    assert tokens.clause[1] != tokens.clause[2]


def test_an_absurdly_long_word_is_one_token():
    text = "а" * 10_000 + " нет"
    tokens = tokenize([text])
    assert tokens.stop.tolist() == [10_000, 10_004]


@given(st.lists(ANY, max_size=5))
def test_spans_lie_inside_their_text_in_order(texts: list[str]):
    tokens = tokenize(texts)
    assert tokens.first[-1] == len(tokens.key)
    for doc, text in enumerate(texts):
        at = 0
        for i in range(int(tokens.first[doc]), int(tokens.first[doc + 1])):
            start, stop = int(tokens.start[i] - tokens.offset[doc]), int(tokens.stop[i] - tokens.offset[doc])
            assert at <= start < stop <= len(text)
            assert tokens.doc[i] == doc
            assert text[start].isalnum()
            assert tokens.form(i)
            at = stop


@given(ANY)
def test_the_slice_of_a_span_reads_as_the_same_word(text: str):
    """A span can be cut out of the text and read again: same key, same form."""
    tokens = tokenize([text])
    for i in range(len(tokens.key)):
        start, stop = int(tokens.start[i]), int(tokens.stop[i])
        stop += text[stop : stop + 1] == "\u0306"  # a breve at the word's end makes its «и» a «й» and stays outside
        again = tokenize([text[start:stop]])
        assert again.key.tolist() == [int(tokens.key[i])]
        assert again.form(0) == tokens.form(i)


@given(ANY)
def test_keys_are_equal_exactly_where_normal_forms_are(text: str):
    tokens = tokenize([text])
    by_key: dict[int, set[str]] = {}
    for i in range(len(tokens.key)):
        form = tokens.form(i)
        key = int(tokens.key[i])
        assert len(form) > MAX_HASHED or form_key(form) == key
        by_key.setdefault(key, set()).add(form)
    numbers = by_key.pop(NUMBER_KEY, set())
    assert all(not any(map(str.isalpha, form)) for form in numbers)
    assert all(len(words) == 1 for words in by_key.values())
    assert len({form for words in by_key.values() for form in words}) == len(by_key)


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя -.,5", max_size=40))
def test_case_and_yo_change_no_key(text: str):
    assert tokenize([text.upper().replace("Ё", "Е")]).key.tolist() == tokenize([text]).key.tolist()


@given(st.lists(ANY, min_size=1, max_size=6), st.integers(0, 6))
def test_chunking_changes_nothing(texts: list[str], cut: int):
    whole = tokenize(texts)
    parts = [tokenize(part) for part in (texts[:cut], texts[cut:]) if part]
    assert whole.key.tolist() == [key for part in parts for key in part.key.tolist()]
    for name in ("capital",):
        assert getattr(whole, name).tolist() == [flag for part in parts for flag in getattr(part, name).tolist()]
    assert _shape(whole) == [shape for part in parts for shape in _shape(part)]


def _shape(tokens) -> list[list[tuple]]:
    """Each text's words as (start, stop, sentence, clause, question), counted from the text's own beginning."""
    shapes = []
    for doc in range(len(tokens.offset) - 1):
        a, b = int(tokens.first[doc]), int(tokens.first[doc + 1])
        zero = tokens.offset[doc]
        shapes.append(
            [
                (
                    int(tokens.start[i] - zero), int(tokens.stop[i] - zero),
                    int(tokens.sentence[i] - tokens.sentence[a]), int(tokens.clause[i] - tokens.clause[a]),
                    bool(tokens.question[tokens.sentence[i]]),
                )
                for i in range(a, b)
            ]
        )  # fmt: skip
    return shapes
