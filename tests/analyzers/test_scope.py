"""Negated and supposed words.

In the tables `*слово*` is negated and `_слово_` supposed, `_*слово*_` both; all other words are neither.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svc.analyzers.forms import Forms
from svc.analyzers.scope import scope
from svc.analyzers.tokens import tokenize

FORMS = Forms()
FUNCTION_WORDS = [
    "не", "ни", "нет", "без", "если", "бы", "чтобы", "боялся", ".", ",", "только", "могу", "был", "и", "но", "заказ",
    "привезти",
]  # fmt: skip


def marked(text: str) -> str:
    """The text with its words marked as in the tables."""
    tokens = tokenize([text])
    marks = scope(tokens, FORMS.flags[FORMS.ids(tokens)])
    out, at = "", 0
    for i in range(len(tokens.key)):
        start, stop = int(tokens.start[i]), int(tokens.stop[i])
        word = text[start:stop]
        word = f"*{word}*" if marks.negated[i] else word
        word = f"_{word}_" if marks.supposed[i] else word
        out += text[at:start] + word
        at = stop
    return out + text[at:]


def plain(expected: str) -> str:
    return expected.replace("*", "").replace("_", "")


NEGATED = """
не *привезли* заказ
заказ не *привезли*
заказ так и не *привезли*
мне так и не *вернули* деньги
деньги до сих пор не *вернули*
не *вернули* деньги за товар
не *пришла* *посылка*. Деньги списали
не *привезли*, а обманули
не *привезли* но деньги списали
не *отвечают*, но деньги списали
не *курьер* виноват, а склад
мастер не *приехал* вчера
не *приехал* мастер и не *позвонил*
не *выдали* чек и не *извинились*
никто не *перезвонил*
никогда не *опаздывают*
нигде не *указали* цену
вовсе не *опоздали*
ни *разу* не *опоздали*
не *понравилось*
не *очень* *понравилось* обслуживание
не *особо* *вежливый* персонал
не *так* *быстро*
не *смогли* вовремя *привезти*
не *смогли* *привезти* заказ
не *могут* *решить* проблему
не *хотят* *возвращать* деньги
не *собираются* ничего *делать*
не *удосужились* даже *позвонить*
не *планируют* *ремонтировать* лифт
не *должны* *брать* комиссию
не *дали* *вернуть* товар
не *получается* *оплатить* заказ
не *удалось* *дозвониться* до поддержки
не *стали* *разбираться*
*заказ* не *был* *доставлен*
*товар* не *был* *отправлен* вовремя
ремонт не *сделан*
ответа так и не *было*
не *было* *ответа*
не *было* *никакой* *связи*
*связи* не *оказалось*
*смс* не *приходит*
не *хватает* *деталей*
*деталей* не *хватает*
не *дождались* *курьера*
*проблем* не *возникло*
не *возникло* *проблем*
нет *связи*
*связи* нет
нет *ответа* на заявление
нет *никакого* *ответа*
нету *горячей* *воды*
нет ни *ответа*, ни *денег*
нет ни *ответа* ни *денег*
ни *ответа*, ни *привета*
не *прислали* ни *чека*, ни *гарантии*
*претензий* нет
*нареканий* нет, всё хорошо
нет *возможности* вернуть деньги
никаких *проблем*
никаких *проблем* и *задержек*
нет *претензий* и *нареканий*
нет *связи* и ответ странный
*ответа* до сих пор так и нет
*горячей* *воды* нету
если честно не *привезли*
без *чека*
без *опозданий* и *задержек*
без *проблем* и *очередей*
без *лишних* *вопросов*
без *объяснения* причин
привезли без *опозданий*
отсутствует *связь*
*связь* отсутствует
отсутствие *ответа*
*неработает* интернет
*непривезли* заказ
не только опоздали, но и нахамили
опоздали, не только нахамили
не просто опоздали
не просто обманули, а ещё и нахамили
нельзя не отметить вежливость
нельзя не похвалить
не могу не отметить вежливость
не смогли не обидеть
не могли не опоздать, но позвонили
опоздали, хотя не *должны* были
привезли. Не *позвонили*
заказ привезли вовремя
"""

SUPPOSED = """
если _опоздают_, откажусь
верну товар, если _опоздают_
ежели _опоздают_
вдруг _опоздают_
если _не_ _*привезут*_ _заказ_
если _опоздали_, то не *предупредили*
опоздали. _Если_ _бы_ _позвонили_
_если_ _бы_ _предупредили_, _не_ _*ждал*_ _бы_
чтобы _не_ _*опоздали*_, позвонил заранее
чтоб _не_ _*опоздали*_
позвонил, чтобы _вернули_ _деньги_
не *привезли*, чтобы _ждать_
для того чтобы _вернуть_ _деньги_, ждали месяц
вместо того чтобы _помочь_, нахамили
_вернули_ _бы_ _деньги_
_позвонили_ _бы_
_предупредили_ _бы_ _заранее_
_хотел_ _бы_ _узнать_
_хотелось_ _бы_ _вернуть_ _деньги_. Товар сломан
_хорошо_ _бы_ _починить_ _лифт_
_я_ _бы_ _купил_, но цены высокие
боялась, _что_ _опоздают_
боялся, _что_ _обманут_, но привезли вовремя
опасалась, _что_ _сломается_
опасался, _что_ _потеряют_ _посылку_
думала, _что_ _обманут_
переживал, _что_ _не_ _*привезут*_
волновалась, _что_ _не_ _*успеют*_. Успели
ожидал, _что_ _привезут_ _завтра_. Не *привезли*
ожидали, _что_ _будет_ _хуже_
опоздали на час, боялась
боялась что _опоздают_
думал что _привезут_, не *привезли*
боялась. Опоздали на час
переживали. Зря
опоздали на час
"""


def rows(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize("expected", rows(NEGATED))
def test_negation_reaches_just_the_words_it_denies(expected: str):
    assert marked(plain(expected)) == expected


@pytest.mark.parametrize("expected", rows(SUPPOSED))
def test_suppositions_reach_just_their_clause(expected: str):
    assert marked(plain(expected)) == expected


CLAUSES = [plain(row) for row in rows(NEGATED) + rows(SUPPOSED)]


@settings(deadline=None)
@given(st.lists(st.sampled_from(CLAUSES), min_size=2, max_size=5))
def test_a_text_is_marked_the_same_alone_and_among_others(texts: list[str]):
    tokens = tokenize(texts)
    marks = scope(tokens, FORMS.flags[FORMS.ids(tokens)])
    for name in ("negated", "supposed", "light"):
        alone: list[bool] = []
        for text in texts:
            own = tokenize([text])
            alone += getattr(scope(own, FORMS.flags[FORMS.ids(own)]), name).tolist()
        assert getattr(marks, name).tolist() == alone


@settings(deadline=None)
@given(st.lists(st.sampled_from(CLAUSES), min_size=2, max_size=4))
def test_nothing_reaches_over_the_end_of_a_sentence(texts: list[str]):
    texts = [text[0].upper() + text[1:] for text in texts]
    assert marked(". ".join(texts)) == ". ".join(marked(text) for text in texts)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(FUNCTION_WORDS),
        max_size=14,
    )
)
def test_any_order_of_the_function_words_is_survived(words: list[str]):
    text = " ".join(words)
    assert plain(marked(text)) == text


def test_an_empty_chunk_has_no_marks():
    tokens = tokenize(["", "!"])
    marks = scope(tokens, FORMS.flags[FORMS.ids(tokens)])
    assert len(marks.negated) == len(marks.supposed) == len(marks.light) == 0
