"""Base forms of customers' words: the override table, the menders, and what lexicon authors mean by a word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers import lemmas
from svc.analyzers.lemmas import BIT, FLAGS, analyse, flatten, word_lemmas
from svc.lexicons import path

TABLES = lemmas._tables()


@pytest.fixture
def fresh_readings() -> Iterator[Callable[[], None]]:
    """Forget readings, now and at the end: the tables under them are replaced by the test."""

    def forget() -> None:
        for cached in (analyse, word_lemmas, lemmas._neighbours, lemmas._unlisted):
            cached.cache_clear()

    forget()
    yield forget
    forget()


@pytest.fixture
def packaged_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_readings: Callable[[], None]
) -> Callable[[str], None]:
    """Let the list that typos are corrected against hold the given words."""

    def use(words: str) -> None:
        (tmp_path / "words.txt").write_text("\n".join(words.split()), "utf-8")
        monkeypatch.setattr(
            lemmas, "path", lambda name: tmp_path / "words.txt" if name.endswith("words.txt") else path(name)
        )
        fresh_readings()

    return use


def flags(form: str) -> set[str]:
    bits = analyse(form).flags
    return {name for name in FLAGS if bits & BIT[name]}


# The form or forms, and the lemma that a lexicon's term for them has.
WORDS = """
привезли привезут привозили: привезти привезти привозить
доставка доставку доставкой: доставка
опоздали опоздал опоздает: опоздать
задержали: задержать
задержками: задержка
деньги денег деньгами деньгам: деньги
вернули верните вернут: вернуть
возвращают: возвращать
возврата: возврат
обманули: обмануть
хамят: хамить
нахамила: нахамить
хамка: хамка
дозвонился дозвониться: дозвониться
трубку: трубка
техподдержку: техподдержка
саппорта: саппорт
банкомате: банкомат
кредитку: кредитка
комиссий комиссию: комиссия
списали: списать
списания: списание
навязали: навязать
навязывают: навязывать
страховку: страховка
чек чеков чеки: чек
скидку: скидка
акции: акция
промокода промокоды: промокод
маркетплейсе: маркетплейс
курьера курьеры курьером: курьер
посылку: посылка
очередей очереди: очередь
записаться: записаться
врачей врачом: врач
регистратуре: регистратура
талонов: талон
подъезде: подъезд
мусора: мусор
протекает: протекать
батареи: батарея
света: свет
интернета: интернет
роутера: роутер
тарифа: тариф
смс sms смска смски: смс
пришел пришла пришли: прийти
приехали: приехать
ждали жду ждем: ждать
прождал: прождать
сломался сломалась: сломаться
поломку: поломка
отремонтировали: отремонтировать
приложении: приложение
лагает лагало: лагать
глючит: глючить
вылетает: вылетать
паролей: пароль
мошенников: мошенник
спама: спам
перезвонили перезвоните: перезвонить
ответили: ответить
ответа: ответ
молчат: молчать
игнорируют: игнорировать
отписку отписками: отписка
менеджеры: менеджер
продавщица: продавщица
кассирша: кассирша
официантку: официантка
хуже: хуже
лучше: лучше
больше: больше
меньше: меньше
есть: быть
нету: нет
плачу платил: платить
часы часов: час
минут: минута
мин: мин
рублей: рубль
упаковке: упаковка
коробку: коробка
вонь: вонь
воняет: вонять
тараканы: таракан
плесени: плесень
отравились: отравиться
ямы ям: яма
полков: полка
голов: голова
вели: вести
претензию: претензия
жалобу: жалоба
роспотребнадзор: роспотребнадзор
прокуратуру: прокуратура
ужасный ужасная: ужасный
кошмара: кошмар
бардака: бардак
моя мою: мой
ребенка: ребенок
дети детей: ребенок
людей люди: человек
"""


def rows(words: str = WORDS) -> Iterator[tuple[str, str]]:
    for line in words.strip().splitlines():
        forms, _, right = line.partition(":")
        expected = right.split()
        for at, form in enumerate(forms.split()):
            yield form, expected[at] if len(expected) > 1 else expected[0]


@pytest.mark.parametrize(("form", "lemma"), list(rows()))
def test_words_of_customers_have_the_lemma_of_the_lexicons(form: str, lemma: str):
    assert analyse(form).lemma == lemma


@pytest.mark.parametrize("form", TABLES["forms"])
def test_each_override_of_a_form_changes_its_reading(
    form: str, monkeypatch: pytest.MonkeyPatch, fresh_readings: Callable[[], None]
):
    """An entry that changes nothing is dead weight, or the dictionary has caught up."""
    with_entry = analyse(form)
    assert with_entry.lemma == TABLES["forms"][form]
    without = TABLES | {"forms": {other: lemma for other, lemma in TABLES["forms"].items() if other != form}}
    monkeypatch.setattr(lemmas, "_tables", lambda: without)
    fresh_readings()
    plain = analyse(form)
    assert (plain.lemma, plain.second) != (with_entry.lemma, with_entry.second)


@pytest.mark.parametrize("lemma", TABLES["lemmas"])
def test_each_override_of_a_lemma_changes_the_readings_of_its_forms(
    lemma: str, monkeypatch: pytest.MonkeyPatch, fresh_readings: Callable[[], None]
):
    lexemes = {flatten(p.word) for parse in lemmas._morph().parse(lemma) for p in parse.lexeme}
    assert TABLES["lemmas"][lemma] in {analyse(form).lemma for form in lexemes}
    monkeypatch.setattr(lemmas, "_tables", lambda: TABLES | {"lemmas": {}})
    fresh_readings()
    assert lemma in {analyse(form).lemma for form in lexemes}


def test_overrides_are_in_normal_letters_and_sorted():
    for table in (TABLES["forms"], TABLES["lemmas"]):
        assert list(table) == sorted(table)
        assert all(flatten(word) == word for pair in table.items() for word in pair)
    for words in TABLES["like"].values():
        assert words == sorted(words)
        assert all(flatten(word) == word for word in words)


# Words that the dictionary lacks: they were read as the nearest it has («подписать», «забрать», «отказаться»).
UNLISTED = """
подвисает подвисало подвисающий: подвисать
засрали засрал засрёте: засрать
отмазались отмажутся: отмазаться
тикет тикета тикетами: тикет
учетки учеток учеткой: учетка
капчу капчей: капча
бэушек бэушку: бэушка
селлеров селлеру: селлер
спамят спамлю: спамить
фиксите пофиксили: фиксить пофиксить
покоцанную покоцано: покоцать
клининга клинингом: клининг
"""


@pytest.mark.parametrize(("form", "lemma"), list(rows(UNLISTED)))
def test_words_the_dictionary_lacks_are_inflected_like_the_word_of_their_class(form: str, lemma: str):
    assert analyse(flatten(form)).lemma == lemma
    assert word_lemmas(form) == (lemma,)
    assert "known" in flags(flatten(form))


@pytest.mark.parametrize("word", [word for words in TABLES["like"].values() for word in words])
def test_the_dictionary_lacks_every_word_of_the_classes(word: str):
    """An entry that the dictionary has caught up with is dead weight."""
    assert not lemmas.is_known(word)
    assert analyse(word).lemma == word


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("зарегистрироватся", "зарегистрироваться"), ("пробится", "пробиться"), ("дозвонится", "дозвониться")],
)
def test_a_soft_sign_left_out_is_put_back(form: str, lemma: str):
    assert analyse(form).lemma == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("неработает", "работать"), ("непришел", "прийти"), ("непривезли", "привезти"), ("нехватает", "хватать"),
        ("небыло", "быть"), ("неотвечает", "отвечать"), ("недоставили", "доставить"), ("немогу", "мочь"),
    ],
)  # fmt: skip
def test_a_glued_not_is_taken_off_and_remembered(form: str, lemma: str):
    assert analyse(form).lemma == lemma
    assert "glued_not" in flags(form)


@pytest.mark.parametrize(
    "form", ["невозможно", "неправда", "некачественный", "ненавижу", "недовольна", "нельзя", "неделя"]
)
def test_words_that_begin_with_not_by_nature_stay_whole(form: str):
    assert analyse(form).lemma.startswith("не")
    assert "glued_not" not in flags(form)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("оооочень", "очень"), ("классс", "класс"), ("ужжжас", "ужас"), ("доооолго", "долго"), ("ссссылка", "ссылка"),
        ("дооолжны", "должный"), ("длиннннная", "длинный"),
    ],
)  # fmt: skip
def test_letters_drawn_out_are_shortened(form: str, lemma: str):
    assert analyse(form).lemma == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("дoставка", "доставка"), ("зaкaз", "заказ"), ("кyрьер", "курьер"), ("cервис", "сервис"), ("курьep", "курьер")],
)
def test_latin_letters_in_a_russian_word_are_read_as_russian(form: str, lemma: str):
    assert form != lemma
    assert analyse(form).lemma == lemma
    assert "latin" not in flags(form)


@pytest.mark.parametrize("form", ["wifi", "samsung", "ozon", "pos"])
def test_latin_words_stay_latin(form: str):
    assert analyse(form).lemma == form
    assert "latin" in flags(form)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("интер-нет", "интернет"), ("по-русски", "по-русски"), ("кое-как", "кое-как"), ("он-лайн", "онлайн")],
)
def test_hyphens_go_only_where_the_word_without_them_is_known(form: str, lemma: str):
    assert analyse(form).lemma == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("даставка", "доставка"),  # one letter wrong
        ("досставка", "доставка"),  # one too many
        ("достака", "доставка"),  # one missing
        ("достаква", "доставка"),  # two swapped
        ("менеджерр", "менеджер"),
        ("приложенее", "приложение"),
    ],
)
def test_typos_are_mended_towards_the_packaged_words(form: str, lemma: str, packaged_words: Callable[[str], None]):
    packaged_words("доставка менеджер приложение")
    assert analyse(form).lemma == lemma


@pytest.mark.parametrize(
    "form",
    [
        "застафка",  # not one edit from anything
        "роставка",  # another first letter
        "дота",  # too short to be sure of
        "даства",  # two edits
        "доставка",  # known: never a typo
    ],
)
def test_what_may_be_another_word_is_left_alone(form: str, packaged_words: Callable[[str], None]):
    packaged_words("")
    plain = analyse(form)
    packaged_words("доставка достать")
    assert analyse(form).lemma == plain.lemma


def test_a_typo_between_two_packaged_words_is_not_guessed(packaged_words: Callable[[str], None]):
    packaged_words("компотик комбатик")
    assert analyse("комготик").lemma == "компотик"
    packaged_words("компотик комротик")
    assert analyse("комготик").lemma not in {"компотик", "комротик"}


def test_a_second_likely_reading_is_kept_and_a_rare_one_is_not():
    assert (analyse("стоит").lemma, analyse("стоит").second) == ("стоить", "стоять")
    assert analyse("доставка").second is None


@pytest.mark.parametrize(
    ("form", "flag"),
    [
        ("не", "not"), ("ни", "nor"), ("нету", "no"), ("без", "without"), ("отсутствует", "absent"),
        ("никаких", "no_such"), ("смогли", "modal"), ("удосужились", "modal"), ("очень", "intensifier"),
        ("нельзя", "cannot"), ("если", "conditional"), ("чтобы", "conditional"), ("бы", "would"),
        ("боялась", "fear"), ("но", "contrast"),
        ("иванов", "surname"), ("анна", "name"), ("петровна", "patronymic"), ("москве", "place"),
        ("привезти", "infinitive"), ("привезли", "past"),
        ("верните", "imperative"), ("верну", "future"), ("доставлен", "participle"), ("мне", "light"),
    ],
)  # fmt: skip
def test_tags_that_the_rules_rely_on_are_set(form: str, flag: str):
    assert flag in flags(form)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("опоздать", {"опоздать"}), ("деньгами", {"деньги"}), ("Счёт", {"счет"}), ("привезли", {"привезти"}),
        ("смска", {"смс"}), ("хуже", {"хуже"}), ("деньги", {"деньги"}), ("ozon", {"ozon"}),
    ],
)  # fmt: skip
def test_a_lexicon_word_means_itself_or_the_base_of_its_form(word: str, expected: set[str]):
    assert set(word_lemmas(word)) == expected


@pytest.mark.parametrize("form", sorted({form for form, _ in rows()} - {"света"}))  # Света is a name too
def test_a_term_spelled_as_any_form_of_the_table_finds_that_form(form: str):
    """Whatever form an author writes, the same form in a text is matched."""
    read = analyse(form)
    assert set(word_lemmas(form)) & {read.lemma, read.second}


@given(st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюяabc-0", min_size=1, max_size=25))
def test_any_form_gets_one_lemma_in_normal_letters(form: str):
    form = flatten(form)
    read = analyse(form)
    assert read.lemma
    assert read.lemma == flatten(read.lemma)
    assert read.second != read.lemma
    assert 0 <= read.flags < 1 << len(FLAGS)
