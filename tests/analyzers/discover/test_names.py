"""Names of themes: heads that no other name has, cases, capitals, denial; and phrases as runs of words."""

from __future__ import annotations

import random

import pytest
from svc.analyzers.discover.inflect import sounds_right
from svc.analyzers.discover.names import Namer, head_of
from svc.analyzers.discover.phrases import find_runs, phrases
from svc.analyzers.forms import Forms

FORMS = Forms()
TENT = ("молния палатки разошлась", "опять молния палатки", "сломана молния палатки", "молнию палатки заело")
STRING = ("струна скрипки лопнула", "рвётся струна скрипки", "струна скрипки не держит", "струну скрипки порвали")
ROOF = ("крыша палатки течёт", "протекает крыша палатки", "течёт крыша палатки", "крыша палатки опять течёт")


def named(*themes: tuple[str, ...]) -> list[str]:
    """Names of groups that are known."""
    texts = [text for theme in themes for text in theme]
    group = [number for number, theme in enumerate(themes) for _ in theme]
    namer = Namer(find_runs(texts, FORMS), FORMS, group, len(themes))
    return [name.title for name in namer.names()]


def test_each_group_is_named_by_what_its_texts_say() -> None:
    assert named(TENT, STRING) == ["молния палатки", "струна скрипки"]


def test_names_may_share_a_word_but_no_head() -> None:
    heads = [title.split()[0] for title in named(TENT, ROOF, STRING)]
    assert len(set(heads)) == 3
    assert heads[0] == "молния"
    assert heads[1] == "крыша"


def test_a_denied_verb_does_not_stand_for_what_it_denies() -> None:
    broken = ("звонок не работает", "не работает звонок", "у них звонок не работает", "звонок опять не работает")
    fine = ("цветы завяли", "завяли цветы", "цветы совсем завяли", "цветы завяли дома")
    title = named(broken, fine)[0]
    assert "не работает" in title
    assert ("работать",) not in phrases(broken, FORMS)


def test_a_name_has_the_capitals_that_people_write() -> None:
    abroad = ("снял по карте Onix Pay", "карта Onix Pay молчит", "нет карты Onix Pay", "моя карта Onix Pay")
    assert named(abroad, STRING)[0].endswith("Onix Pay")


def test_shouting_is_not_copied() -> None:
    loud = ("МОЛНИЯ ПАЛАТКИ РАЗОШЛАСЬ", "опять молния палатки", "сломана молния палатки", "вот молнию палатки заело")
    assert named(loud, STRING)[0] == "молния палатки"


@pytest.mark.parametrize(
    ("spelling", "pattern", "expected"),
    [
        ("блюд понравились", "NV", False),
        ("карта не работает", "N-V", True),
        ("деньги списали", "NV", True),
        ("звонок прошла", "NV", False),
        ("не приходит код", "-VN", True),
        ("горячая вода", "AN", True),
    ],
)
def test_a_subject_agrees_with_its_verb(spelling: str, pattern: str, *, expected: bool) -> None:
    assert sounds_right(spelling, pattern) is expected


@pytest.mark.parametrize(
    ("spelling", "pattern", "head"),
    [("не приходит код", "-VN", "приходит"), ("отключить услугу", "IN", "отключить"), ("дверь шкафа", "NG", "дверь")],
)
def test_the_head_is_the_verb_else_the_noun(spelling: str, pattern: str, head: str) -> None:
    assert head_of(spelling, pattern) == head


def test_phrases_do_not_run_over_a_clause_or_into_the_next_text() -> None:
    found = phrases(["сломался замок, двери целы", "ключ", "замка нет"], FORMS)
    assert ("замок", "сломаться") in found
    assert ("дверь", "замок") not in found
    assert ("замок", "ключ") not in found
    assert found["замок",] == {0, 2}


def test_phrases_do_not_depend_on_the_words_met_before() -> None:
    texts = list(TENT + ROOF + STRING)
    other = Forms()
    other.form_id("арбуз")
    shuffled = random.Random(4).sample(texts, len(texts))
    here, there = phrases(texts, FORMS), phrases(shuffled, other)
    assert {words: {texts[doc] for doc in docs} for words, docs in here.items()} == {
        words: {shuffled[doc] for doc in docs} for words, docs in there.items()
    }


@pytest.mark.parametrize("texts", [[], [""], ["...", "12 34"], ["и не в"]])
def test_texts_without_phrases_have_no_names(texts: list[str]) -> None:
    namer = Namer(find_runs(texts, FORMS), FORMS, [0] * len(texts), 1)
    assert [name.title for name in namer.names()] == [""]
