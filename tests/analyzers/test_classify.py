"""What becomes of a place where a rule fired, on a small lexicon of the test's own; and independence of texts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svc.analyzers.classify import STATES, Classifier, Labels
from svc.analyzers.forms import Forms
from svc.analyzers.lexicon import Category, Lexicon, Marker, Rule, load_lexicon
from svc.analyzers.terms import parse_term

FORMS = Forms()


def small_lexicon() -> Lexicon:
    """Two core categories, one of a pack, and every marker that voids."""
    lexicon = Lexicon(packs={"bank": {"ru": "Банк", "en": "Bank"}})

    def rule(use: str, target: str, *terms: str | tuple[str, float], pack: str | None = None) -> None:
        for term in terms:
            text, weight = (term, 1.0) if isinstance(term, str) else term
            lexicon.rules.append(Rule(use, target, parse_term(text, {}, weight), pack, "small.toml", 1))

    for name, pack in (("fulfilment.late", None), ("staff.rude", None), ("billing.card", "bank")):
        words = {"ru": name, "en": name}
        lexicon.categories[name] = Category(
            name, words, "logistics", "reliability", "during", 0.4, words, words, pack, "small.toml", 1
        )
    rule("terms", "fulfilment.late", "опоздать", "задержка", "!привезти", ("поздно", 0.5), ("ждать", 0.5))
    rule("not", "fulfilment.late", "самолёт")
    rule("praise", "fulfilment.late", "привезти ~1 вовремя")
    rule("terms", "staff.rude", "хамить")
    rule("aspects", "staff.rude", "курьер")
    rule("cue", "bank", "банк")
    rule("terms", "billing.card", "карта", pack="bank")
    for name, *terms in (
        ("negative", "ужасный", "хамить"),
        ("positive", "отличный"),
        ("other_company", '"у конкурентов"'),
        ("past_solved", '"раньше"'),
        ("formerly", '"бывало"'),
        ("now", '"теперь"'),
        ("elsewhere", '"в другом банке"'),
        ("here", '"у вас"'),
        ("company_reply", '"приносим извинения"'),
        ("no_problem", '"без нареканий"'),
        ("neutral_question", '"подскажите"'),
        ("court", "суд"),
    ):
        lexicon.markers[name] = Marker(name, {"ru": name, "en": name}, "small.toml", 1)
        rule("marker", name, *terms)
    rule("marker_not", "court", "судный")
    return lexicon


@pytest.fixture(scope="module")
def small() -> Classifier:
    return Classifier(small_lexicon(), FORMS, all_packs=True)


@pytest.fixture(scope="module")
def packaged() -> Classifier:
    return Classifier(load_lexicon(), FORMS)


def mentions(classifier: Classifier, text: str) -> list[str]:
    """Each mention as `+piece` for praise or `piece`, with its category's last part and state."""
    found = classifier.classify([text]).mentions
    return [
        f"{'+' * strength}{text[start:stop]}: {classifier.categories[category].partition('.')[2]} {STATES[state]}"
        for category, start, stop, state, strength in zip(
            found.category.tolist(), found.start.tolist(), found.stop.tolist(), found.state.tolist(),
            found.strength.tolist(), strict=True,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Они опоздали", ["опоздали: late fired"]),
        ("Заказ не привезли", ["не привезли: late fired"]),
        ("Они не опоздали", []),
        ("Если опоздают, уйду", ["опоздают: late supposed"]),
        ("Боялась, что опоздают", ["опоздают: late supposed"]),
        ("Опоздали бы, если бы не поезд", ["Опоздали: late supposed"]),
        ("Опоздали на самолёт", ["Опоздали: late excepted"]),
        ("Самолёт улетел, опоздали", ["опоздали: late excepted"]),
        ("Самолёт. Опоздали", ["Опоздали: late fired"]),
        ("Опоздали вчера вечером и потом ещё снова утром, самолёт тоже был", ["Опоздали: late fired"]),
        ("У конкурентов опаздывают, опоздали", ["опоздали: late fired"]),
        ("У конкурентов опоздали", ["опоздали: late other_company"]),
        ("Раньше опоздали. Опоздали", ["опоздали: late solved", "Опоздали: late fired"]),
        ("Приносим извинения, опоздали", ["опоздали: late fired"]),
        ("Приносим извинения опоздали", ["опоздали: late company_reply"]),
        ("Опоздали без нареканий", ["Опоздали: late praised"]),
        ("Опоздали, без нареканий", ["Опоздали: late fired"]),
        ("Привезли, вовремя без нареканий", ["+Привезли, вовремя: late praised"]),
        ("Подскажите, почему опоздали", ["опоздали: late asked"]),
        # an exception outweighs a void, a supposition outweighs both
        ("Раньше опоздали на самолёт", ["опоздали: late excepted"]),
        ("Раньше если опоздали на самолёт", ["опоздали: late supposed"]),
        # what was good, or is good elsewhere, is no praise of what is here
        ("Бывало, привезли вовремя", ["+привезли вовремя: late former"]),
        ("Бывало привезли вовремя, теперь опоздали", ["+привезли вовремя: late former", "опоздали: late fired"]),
        ("Бывало опоздали, теперь привезли вовремя", ["опоздали: late fired", "+привезли вовремя: late fired"]),
        (
            "Бывало привезли вовремя. Привезли вовремя",
            ["+привезли вовремя: late former", "+Привезли вовремя: late fired"],
        ),
        ("Бывало отличный курьер", ["курьер: rude neutral"]),
        ("В другом банке отличный курьер, у вас ужасный курьер", ["курьер: rude other_company", "курьер: rude fired"]),
        # praise, and neutral words coloured by an evaluation
        ("Привезли вовремя", ["+Привезли вовремя: late fired"]),
        ("Курьер приехал", ["Курьер: rude neutral"]),
        ("Ужасный курьер", ["курьер: rude fired"]),
        ("Отличный курьер", ["+курьер: rude fired"]),
        ("Если ужасный курьер", ["курьер: rude supposed"]),
        ("Ужасный. Курьер", ["Курьер: rude neutral"]),
        ("Курьер вчера вечером принёс большой и тяжёлый новый синий диван ужасный", ["Курьер: rude neutral"]),
        # a pack counts where its cue is, anywhere in the text
        ("Карта сломалась", ["Карта: card no_cue"]),
        ("Карта сломалась. Банк молчит", ["Карта: card fired"]),
    ],
)
def test_a_mention_counts_or_says_why_not(small: Classifier, text: str, expected: list[str]):
    assert mentions(small, text) == expected


def test_terms_of_a_pack_without_a_cue_are_not_even_looked_for_unless_asked():
    usual = Classifier(small_lexicon(), FORMS)
    assert mentions(usual, "Карта сломалась") == []
    assert mentions(usual, "Карта сломалась. Банк молчит") == ["Карта: card fired"]


def test_a_given_sector_needs_no_cue():
    given_bank = Classifier(small_lexicon(), FORMS, ["bank"])
    assert mentions(given_bank, "Карта сломалась") == ["Карта: card fired"]


def scores(classifier: Classifier, text: str) -> dict[str, float]:
    row = classifier.classify([text]).score.table()[0]
    return {name: float(value) for name, value in zip(classifier.categories, row, strict=True) if value}


def test_weights_of_different_terms_add_up_and_a_repeated_term_counts_once(small: Classifier):
    assert scores(small, "Поздно") == {"fulfilment.late": 0.5}
    assert scores(small, "Поздно, поздно. Поздно!") == {"fulfilment.late": 0.5}
    assert scores(small, "Поздно, ждали") == {"fulfilment.late": 1.0}
    assert scores(small, "Опоздали, задержка, хамят") == {"fulfilment.late": 2.0, "staff.rude": 1.0}


def test_what_does_not_count_adds_nothing(small: Classifier):
    assert scores(small, "Если опоздают. Раньше опоздали. Карта. Курьер приехал") == {}


def test_praise_is_counted_apart(small: Classifier):
    labels = small.classify(["Привезли вовремя, отличный курьер"])
    assert labels.score.totals().tolist() == [0]
    assert labels.strength.table()[0].tolist() == [1.0, 1.0, 0.0]


def test_markers_fire_unless_excepted_in_their_sentence(small: Classifier):
    column = small.marker_id("court")
    labels = small.classify(["Подам в суд", "Судный день, суд", "Судный день. Суд", "Если суд"])
    assert labels.marker[:, column].tolist() == [1, 0, 1, 1]


def test_a_supposed_evaluation_is_none(small: Classifier):
    labels = small.classify(["Ужасный", "Если ужасный"])
    assert labels.marker[:, small.marker_id("negative")].tolist() == [1, 0]


def test_counts_of_words_sentences_and_questions(small: Classifier):
    labels = small.classify(["Где заказ? Жду. Когда?", "", "Жду"])
    assert labels.n_tokens.tolist() == [4, 0, 1]
    assert labels.n_sentences.tolist() == [3, 0, 1]
    assert labels.n_questions.tolist() == [2, 0, 0]


# -- independence -----------------------------------------------------------------------------------------------------

GOLD = Path(__file__).parents[1] / "gold" / "open.jsonl"
TEXTS = [json.loads(line)["text"] for line in GOLD.read_text("utf-8").splitlines()[:60]] + [
    "", "?", "? верните деньги", ", нет", "если", "не", "Раньше", "Опоздали", "!!!", "👍", "боялся,",
]  # fmt: skip


def outcome(labels: Labels, doc: int) -> dict[str, object]:
    """All that is known of one text."""
    found = labels.mentions
    mine = found.doc == doc
    docs, *markers = labels.marker_hits
    columns = ("category", "rule", "start", "stop", "weight", "state", "strength")
    return {
        "score": labels.score.table()[doc].tolist(),
        "strength": labels.strength.table()[doc].tolist(),
        "marker": labels.marker[doc].tolist(),
        "counts": [int(column[doc]) for column in (labels.n_tokens, labels.n_sentences, labels.n_questions)],
        "mentions": [getattr(found, name)[mine].tolist() for name in columns],
        "markers": [column[docs == doc].tolist() for column in markers],
    }


@pytest.fixture(scope="module")
def alone(packaged: Classifier) -> list[dict[str, object]]:
    """Each text read by itself."""
    return [outcome(packaged.classify([text]), 0) for text in TEXTS]


@settings(max_examples=25, deadline=None)
@given(picked=st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=25))
def test_a_text_gets_the_same_labels_alone_and_in_any_batch(
    packaged: Classifier, alone: list[dict[str, object]], picked: list[int]
):
    labels = packaged.classify([TEXTS[i] for i in picked])
    for doc, i in enumerate(picked):
        assert outcome(labels, doc) == alone[i]


def test_the_whole_batch_says_the_same_in_either_direction(packaged: Classifier, alone: list[dict[str, object]]):
    forwards, backwards = packaged.classify(TEXTS), packaged.classify(TEXTS[::-1])
    for doc in range(len(TEXTS)):
        assert outcome(forwards, doc) == alone[doc] == outcome(backwards, len(TEXTS) - 1 - doc)


def test_spans_of_mentions_lie_in_their_text(packaged: Classifier):
    found = packaged.classify(TEXTS).mentions
    lengths = np.array([len(text) for text in TEXTS])
    assert len(found.doc) > 50
    assert (found.start < found.stop).all()
    assert (found.stop <= lengths[found.doc]).all()
    assert (found.start >= 0).all()
    pieces = [
        TEXTS[d][a:b] for d, a, b in zip(found.doc.tolist(), found.start.tolist(), found.stop.tolist(), strict=True)
    ]
    assert all(piece[0].isalnum() and piece == piece.strip() for piece in pieces)


def test_no_texts_and_empty_texts_are_no_trouble(packaged: Classifier):
    assert packaged.classify([]).score.shape == (0, len(packaged.categories))
    assert packaged.classify(["", " ", "\n"]).score.totals().sum() == 0


def fired_systems(classifier: Classifier, text: str) -> set[str]:
    """Systems of the mentions of pain that count in a text."""
    mentions = classifier.classify([text]).mentions
    kept = (mentions.state == STATES.index("fired")) & ~mentions.strength
    return {classifier.categories[number].partition(".")[0] for number in mentions.category[kept].tolist()}


@pytest.mark.parametrize(
    ("system", "pain", "clean"),
    [
        # told of elsewhere: to the end of the sentence, or to «а у вас»
        ("staff", "В вашей клинике врач нахамил", "В прежней клинике ждали час, врач нахамил и ушёл"),
        ("staff", "В другом банке вежливы, а у вас кассир нахамил", "У вас вежливы, а в другом банке кассир нахамил"),
        ("product", "Купила чайник у вас — сгорел за день", "Купила чайник в другом магазине — сгорел за день"),
        # what another company says of the work is no tale of that company
        ("product", "В другом сервисе сказали, что ремонт халтура", "В другом сервисе такой же ремонт — халтура"),
        # fears that did not come true, and that did
        ("staff", "Ждала грубости и дождалась: нахамили", "Ждала грубости, а получила улыбку"),
        # mended since, and broken again
        ("facility", "Крышу починили, а она опять течёт", "Крыша текла, но её починили за день"),
        ("safety", "На площадке оголённые провода", "Оголённых проводов на площадке больше нет"),
    ],
)
def test_polarity_of_whole_tales(packaged: Classifier, system: str, pain: str, clean: str) -> None:
    """The same words are a pain of the company, or of another, of the past, of a fear only."""
    assert system in fired_systems(packaged, pain)
    assert system not in fired_systems(packaged, clean)


def test_elsewhere_ends_with_its_sentence(packaged: Classifier) -> None:
    """The next sentence is about the company again, whatever the text before it told."""
    assert "staff" in fired_systems(packaged, "В другом банке вежливые люди. Кассир нахамил, хамство.")
