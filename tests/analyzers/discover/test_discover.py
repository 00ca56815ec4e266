"""Themes of invented texts: found, named, stable, and the same whatever the order of rows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers import pipeline
from svc.analyzers.config import Settings
from svc.analyzers.discover.group import n_themes
from svc.analyzers.discover.ids import Known, distance, match, theme_id
from svc.analyzers.discover.inflect import heading, spoken
from svc.analyzers.discover.novelty import FALSE_ALARM, status, tail
from svc.analyzers.discover.sparse import Sparse
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.pipeline import Result, analyze
from svc.analyzers.records import Report

# four subjects that no category names, each told in several ways
SUBJECTS = {
    "аквариум": (
        "аквариум протекает по шву", "вода из аквариума уходит, шов аквариума", "рыбки погибли: аквариум протекает",
        "шов аквариума разошёлся, вода на полу", "протекает аквариум, рыбки без воды",
    ),
    "скрипка": (
        "струна скрипки лопнула", "у скрипки лопнула струна и гриф", "лопнула струна, скрипка не строит",
        "скрипка не строит, гриф кривой", "струны скрипки рвутся, гриф скрипки кривой",
    ),
    "палатка": (
        "молния палатки разошлась", "палатка промокает, молния палатки", "в палатке молния сломана, тент промокает",
        "тент палатки промокает в дождь", "дуги палатки гнутся, тент палатки рвётся",
    ),
    "рассада": (
        "рассада томатов завяла", "саженцы засохли, рассада томатов", "рассада завяла, томаты и саженцы",
        "саженцы томатов без корней", "завяла рассада, корни саженцев гнилые",
    ),
}  # fmt: skip
ENDS = ("", " уже второй раз", " совсем", " у меня дома", " после недели", " как так", " снова", " обидно")


def texts() -> list[tuple[str, str]]:
    """Texts with their subjects."""
    return [
        (subject, f"{told}{end}") for subject, ways in SUBJECTS.items() for told in ways for end in ENDS
    ]  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Forms, lexicon and labeller are made once for this file: they cost seconds."""
    folder = tmp_path_factory.mktemp("kept")
    forms, lexicon = Forms.load(folder), load_lexicon(cache=folder)
    labeller = Labeller(lexicon, forms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Forms, "load", lambda _: forms)
        patch.setattr(pipeline, "load_lexicon", lambda *_, **__: lexicon)
        patch.setattr(pipeline, "build_labeller", lambda *_: labeller)
        yield


def found(folder: Path, lines: list[str], **settings: Any) -> Result:
    path = folder / "t.csv"
    path.write_text("id,text\n" + "\n".join(f'{i},"{line}"' for i, line in enumerate(lines)) + "\n", "utf-8")
    return analyze([str(path)], Settings(rows=True, themes="all", **settings), "test")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, list[str | None]]:
    """The themes of the invented texts, and the theme of each row."""
    made = found(tmp_path_factory.mktemp("themes"), [text for _, text in texts()])
    return made, [row["theme"] for row in made.rows or ()]


def test_each_theme_is_of_one_subject(result: tuple[Result, list[str | None]]) -> None:
    """Purity: hardly a theme mixes two subjects."""
    subjects = [subject for subject, _ in texts()]
    by_theme: dict[str | None, Counter[str]] = {}
    for subject, theme in zip(subjects, result[1], strict=True):
        by_theme.setdefault(theme, Counter())[subject] += 1
    pure = sum(counts.most_common(1)[0][1] for counts in by_theme.values())
    assert pure >= 0.95 * len(subjects)
    assert 4 <= len(by_theme) <= 25


def test_few_texts_are_without_a_theme_and_all_are_counted(result: tuple[Result, list[str | None]]) -> None:
    report = result[0].report
    assert report.discovery is not None
    assert report.discovery.n == len(texts())
    assert report.discovery.without == sum(theme is None for theme in result[1]) <= 0.2 * len(texts())
    assert sum(theme.n for theme in report.themes) + report.discovery.without == len(texts())


def test_names_are_unique_and_from_the_texts(result: tuple[Result, list[str | None]]) -> None:
    names = [theme.title["ru"] for theme in result[0].report.themes]
    assert len(set(names)) == len(names)
    told = " ".join(text for _, text in texts())
    for name in names:
        assert any(word[:3] in told for word in name.split()), name
    assert any("аквариум" in name or "рыбки" in name for name in names)


def test_examples_belong_to_their_theme(result: tuple[Result, list[str | None]]) -> None:
    of_row = {str(i): theme for i, theme in enumerate(result[1])}
    for theme in result[0].report.themes:
        assert theme.quotes
        assert all(of_row[quote.id] == theme.id for quote in theme.quotes)
        assert all(of_row[row] == theme.id for row in theme.rows)
        assert theme.near != theme.id


def test_the_order_of_rows_and_chunks_changes_nothing(tmp_path: Path, result: tuple[Result, list[str | None]]) -> None:
    lines = [text for _, text in texts()]
    order = list(range(len(lines)))
    random.Random(5).shuffle(order)
    other = found(tmp_path, [lines[i] for i in order], chunk=37)
    moved = [row["theme"] for row in other.rows or ()]
    assert [moved[order.index(i)] for i in range(len(lines))] == result[1]
    assert [(t.id, t.title, t.words, t.apart) for t in other.report.themes] == [
        (t.id, t.title, t.words, t.apart) for t in result[0].report.themes
    ]


def test_a_report_with_themes_round_trips(result: tuple[Result, list[str | None]]) -> None:
    report = result[0].report
    assert report.themes
    assert Report.from_json(report.to_json()) == report


def test_equal_texts_get_equal_themes(tmp_path: Path) -> None:
    lines = [text for _, text in texts()] + [text for _, text in texts()][:30]
    themes = [row["theme"] for row in found(tmp_path, lines).rows or ()]
    assert themes[-30:] == themes[:30]


def test_a_flood_of_one_text_is_no_theme_of_its_own(tmp_path: Path) -> None:
    """Ninety copies of one template join the theme that their words belong to."""
    flood = "Прошу вернуть деньги, аквариум протекает по шву, вода из аквариума залила пол, рыбки погибли все до одной"
    made = found(tmp_path, [text for _, text in texts()] + [flood] * 90)
    rows = list(made.rows or ())
    aquarium = {row["theme"] for row in rows[:40]}
    assert rows[-1]["theme"] in aquarium


@pytest.mark.parametrize("lines", [["всё плохо"], ["а", "б"], ["ой всё"] * 5, ["очень плохо работает"] * 30])
def test_too_few_or_empty_texts_give_no_themes(tmp_path: Path, lines: list[str]) -> None:
    made = found(tmp_path, lines)
    assert made.report.themes == []
    assert made.report.discovery is not None
    assert made.report.discovery.without == made.report.discovery.n


def test_an_earlier_report_keeps_its_ids(tmp_path: Path, result: tuple[Result, list[str | None]]) -> None:
    """Without a tenth of the texts most themes are known again, one to one."""
    old = {theme.id for theme in result[0].report.themes}
    known = tuple(Known(theme.id, theme.terms) for theme in result[0].report.themes)
    lines = [text for i, (_, text) in enumerate(texts()) if i % 10]
    made = found(tmp_path, lines, previous=known)
    ids = [theme.id for theme in made.report.themes]
    assert len(set(ids)) == len(ids)
    kept = [theme for theme in made.report.themes if theme.kept is not None]
    assert len(kept) >= 0.7 * len(ids)
    assert all(theme.id in old and theme.kept is not None and theme.kept.id == theme.id for theme in kept)


@pytest.mark.parametrize(
    ("spelling", "pattern", "expected"),
    [
        ("горячей воды", "AN", "горячая вода"),
        ("кода подтверждения", "NG", "код подтверждения"),
        ("кредитных карт", "AN", "кредитные карты"),
        ("не приходит код", "-VN", "не приходит код"),
        ("выполнены", "V", "выполнены"),
    ],
)
def test_names_stand_in_the_nominative(spelling: str, pattern: str, expected: str) -> None:
    assert heading(spelling, pattern) == expected


def test_denied_verbs_are_said_as_people_say_them() -> None:
    assert spoken("не прийти") == "не пришёл"


def test_a_normal_period_seldom_raises_an_alarm() -> None:
    """Of 400 periods in which nothing changed at most the stated share (and chance) show a new or growing theme."""
    random_ = np.random.default_rng(3)
    themes, alarms = 15, 0
    for _ in range(400):
        of_theme = random_.integers(themes, size=700)
        now = random_.random(700) < 1 / 7
        counts = [(int((now & (of_theme == t)).sum()), int((~now & (of_theme == t)).sum())) for t in range(themes)]
        total = int(now.sum())
        alarms += any(status(a, b, total, 700 - total, themes)[0] != "stable" for a, b in counts)
    assert alarms / 400 <= FALSE_ALARM + 0.02


def test_a_burst_is_seen() -> None:
    assert status(15, 0, 100, 600, 15)[0] == "new"
    assert status(30, 40, 100, 600, 15)[0] == "growing"
    assert status(10, 60, 100, 600, 15)[0] == "stable"


@given(st.integers(1, 60), st.integers(0, 60), st.floats(0.01, 0.99))
def test_the_tail_is_a_falling_probability(n: int, k: int, p: float) -> None:
    assert 0 <= tail(min(k + 1, n + 1), n, p) <= tail(min(k, n), n, p) <= 1


@given(st.integers(8, 10**6), st.booleans())
def test_themes_are_readable_in_number(n: int, short: bool) -> None:
    assert 2 <= n_themes(n, short) <= 25
    assert n_themes(n, short) * 4 <= n


@given(st.lists(st.dictionaries(st.sampled_from("абвгд"), st.floats(0.1, 1), min_size=1), max_size=5))
def test_matching_is_one_to_one(terms: list[dict[str, float]]) -> None:
    known = [Known(f"t-{i}", words) for i, words in enumerate(terms)]
    matched = match(terms, known)
    assert len({old for old, _ in matched.values()}) == len(matched) == len(terms)
    assert all(distance(terms[i], known[old].terms) == far for i, (old, far) in matched.items())


def test_ids_have_the_shape_of_the_contract() -> None:
    name = theme_id(["код", "вход"])
    assert name.startswith("t-")
    assert len(name) == 10
    assert set(name[2:]) <= set("abcdefghijklmnopqrstuvwxyz234567")


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7), st.floats(-2, 2)), max_size=30))
def test_sparse_products_are_the_dense_ones(cells: list[tuple[int, int, float]]) -> None:
    dense = np.zeros((6, 8))
    for i, j, value in cells:
        dense[i, j] += value
    row, column, value = (np.array([cell[at] for cell in cells]) for at in range(3))
    made = Sparse.of(row.astype(np.int64), column.astype(np.int64), value.astype(np.float64), (6, 8))
    right = np.arange(24.0).reshape(8, 3)
    assert np.allclose(made.times(right), dense @ right)
    assert np.allclose(made.transposed().times(np.eye(6)[:, :2]), dense.T[:, :2])
    assert np.allclose(made.rows(np.array([4, 1])).sums(), dense[[4, 1]].sum(axis=1))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7), st.floats(0.1, 2)), max_size=30), st.integers(1, 8))
def test_the_heaviest_of_a_row_are_its_greatest(cells: list[tuple[int, int, float]], most: int) -> None:
    row, column, value = (np.array([cell[at] for cell in cells]) for at in range(3))
    made = Sparse.of(row.astype(np.int64), column.astype(np.int64), value.astype(np.float64), (6, 8))
    kept = made.heaviest(most)
    for i in range(6):
        whole = sorted(made.value[made.first[i] : made.first[i + 1]].tolist(), reverse=True)
        assert sorted(kept.value[kept.first[i] : kept.first[i + 1]].tolist(), reverse=True) == pytest.approx(
            whole[:most], abs=1e-8
        )
        assert (np.diff(kept.column[kept.first[i] : kept.first[i + 1]]) > 0).all()


# one large subject of three kinds beside smaller other ones
KINDS = {
    "окно": ("окно палатки мутное", "мутное окно палатки, плёнка", "плёнка окна палатки мутная"),
    "замок": ("замок палатки заедает", "заедает замок палатки, бегунок", "бегунок замка палатки сломан"),
    "дуга": ("дуга палатки треснула", "треснула дуга палатки, колено", "колено дуги палатки гнётся"),
}
PLACES = ("в лесу", "у озера", "на горе", "в поле", "на даче", "у реки", "в степи", "на пляже", "в горах", "за городом",
          "на острове", "у моря", "в овраге", "на поляне")  # fmt: skip


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, list[str]]:
    lines = [f"{told} {place}" for ways in KINDS.values() for told in ways for place in PLACES]
    others = [told for subject, ways in SUBJECTS.items() if subject != "палатка" for told in ways]
    lines += [f"{told} {place}" for told in others for place in PLACES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("svc.analyzers.discover.group.MOST", 4)
        made = found(tmp_path_factory.mktemp("parts"), lines, command="discover")
    return made.report, lines


def test_a_large_theme_has_sub_themes_of_its_kinds(parted: tuple[Report, list[str]]) -> None:
    tent = max(parted[0].themes, key=lambda theme: theme.n)
    assert tent.n >= 100
    assert 2 <= len(tent.parts) <= 5
    assert sum(part.n for part in tent.parts) <= tent.n
    assert sum(part.share for part in tent.parts) == pytest.approx(1, abs=0.001)
    kinds = [{kind for kind in KINDS if kind[:3] in part.title["ru"]} for part in tent.parts]
    assert all(len(kind) == 1 for kind in kinds), "each part is named by one kind"
    assert set.union(*kinds) == set(KINDS), "no kind is missing"


def test_names_of_sub_themes_and_their_theme_have_heads_of_their_own(parted: tuple[Report, list[str]]) -> None:
    for theme in parted[0].themes:
        titles = [part.title["ru"] for part in theme.parts]
        assert len(set(titles)) == len(titles)
        assert theme.title["ru"] not in titles
        assert len({part.id for part in theme.parts} | {theme.id}) == len(titles) + 1


def test_small_themes_and_the_report_of_analyze_have_no_sub_themes(
    parted: tuple[Report, list[str]], result: tuple[Result, list[str | None]]
) -> None:
    assert all(not theme.parts for theme in parted[0].themes if theme.n < 60)
    assert all(not theme.parts for theme in result[0].report.themes)


def test_sub_themes_survive_a_saved_report(parted: tuple[Report, list[str]]) -> None:
    assert any(theme.parts for theme in parted[0].themes)
    assert Report.from_json(parted[0].to_json()) == parted[0]


def test_a_handful_of_texts_is_no_theme(tmp_path: Path) -> None:
    """Two dozen complaints share words by chance: the report says that they are too few."""
    made = found(tmp_path, [text for _, text in texts()][::7])
    assert made.report.themes == []
    assert made.report.discovery is not None
    assert made.report.discovery.without == made.report.discovery.n == len(texts()[::7])
