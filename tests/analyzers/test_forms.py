"""The form table: readings by key, kept on disk between runs and never trusted blindly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svc.analyzers import forms as forms_module
from svc.analyzers.forms import Forms, table_version
from svc.analyzers.lemmas import analyse
from svc.analyzers.tokens import NUMBER_FORM, tokenize

TEXTS = [
    "Заказ не привезли, деньги не вернули. Стоит 12500 руб, статья 18!",
    "Курьер опоздал на три часа и нахамил",
    "Wi-Fi неработает, оооочень плохо",
]

load = Forms.load  # as imported: the tests of the command line keep one table for all commands


def readings(forms: Forms, texts: list[str]) -> list[tuple[str, str | None, int]]:
    """What a table says of each word."""
    ids = forms.ids(tokenize(texts))
    second = [None if forms.second[i] < 0 else forms.lemmas[forms.second[i]] for i in ids]
    return list(zip([forms.lemmas[forms.lemma[i]] for i in ids], second, forms.flags[ids].tolist(), strict=True))


def kept_file(folder: Path) -> Path:
    return folder / f"forms-{table_version()}.bin"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with a table of `TEXTS`."""
    forms = Forms()
    readings(forms, TEXTS)
    assert forms.save(tmp_path)
    return tmp_path


def test_a_table_says_what_the_analysis_of_a_form_says():
    tokens = tokenize(TEXTS)
    expected = [analyse(tokens.form(i)) for i in range(len(tokens.key))]
    for got, read, i in zip(readings(Forms(), TEXTS), expected, range(len(tokens.key)), strict=True):
        if not tokens.form(i).isdigit():
            assert got == (read.lemma, read.second, read.flags)


def test_numbers_share_one_lemma():
    assert [lemma for lemma, _, _ in readings(Forms(), ["12 12500 8"])] == [NUMBER_FORM] * 3


def test_one_form_has_one_id_wherever_it_stands():
    forms = Forms()
    ids = forms.ids(tokenize(["Заказ, заказ", "ЗАКАЗ заказы"]))
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert forms.lemma[ids[0]] == forms.lemma[ids[3]]
    assert forms.form_id("заказ") == ids[0]


def test_the_order_of_texts_changes_nothing_in_the_readings():
    one, other = Forms(), Forms()
    readings(one, TEXTS)
    readings(other, TEXTS[::-1])
    assert readings(one, TEXTS) == readings(other, TEXTS)


def test_many_forms_survive_growth_of_the_table():
    words = [f"слово{chr(1072 + i % 32)}{chr(1072 + i // 32 % 32)}{chr(1072 + i // 1024)}" for i in range(20_000)]
    forms = Forms()
    keys = tokenize([" ".join(words)]).key
    read = analyse("слово")
    forms._reserve(len(keys))
    for key in keys.tolist():
        forms._append(key, read)
    assert forms._find(keys).tolist() == list(range(len(words)))
    absent = tokenize(["совсем другое"]).key
    assert forms._find(absent).tolist() == [-1, -1]


# -- kept on disk -----------------------------------------------------------------------------------------------------


def test_a_kept_table_reads_back_equal(kept: Path):
    fresh, loaded = Forms(), load(kept)
    assert loaded.size > 0
    expected = readings(fresh, TEXTS)
    before = loaded.size
    assert readings(loaded, TEXTS) == expected
    assert loaded.size == before, "every form was known already"


def test_results_are_equal_with_and_without_a_kept_table(kept: Path):
    texts = [*TEXTS, "Поддержка молчит вторую неделю", "деньги и заказ"]
    assert readings(load(kept), texts) == readings(Forms(), texts)


def test_nothing_new_is_not_written_again(kept: Path):
    forms = load(kept)
    readings(forms, TEXTS)
    assert forms.save(kept) is False


def test_what_a_later_run_learned_is_added(kept: Path):
    forms = load(kept)
    readings(forms, ["абсолютно новые слова"])
    assert forms.save(kept)
    assert load(kept).size == forms.size
    assert [file.name for file in kept.iterdir()] == [kept_file(kept).name], "no temporary file stays"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
        lambda data: data + b"\0",
        lambda data: b"PK\x03\x04" + data,
        lambda data: b"svc-forms\n",
        lambda data: b"svc-forms\n{}\n",
        lambda data: b"svc-forms\n[1]\n",
        lambda data: b"svc-forms\nnull\n" + data,
    ],
    ids=[
        "empty", "cut", "halved", "head flipped", "body flipped", "longer", "foreign", "head only", "no fields",
        "list head", "null head",
    ],
)  # fmt: skip
def test_a_damaged_file_is_taken_for_none_and_replaced(kept: Path, damage):
    file = kept_file(kept)
    file.write_bytes(damage(file.read_bytes()))
    forms = load(kept)
    assert forms.size == 0
    assert readings(forms, TEXTS) == readings(Forms(), TEXTS)
    assert forms.save(kept)
    assert load(kept).size == forms.size


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_single_byte_flipped_is_noticed_or_harmless(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject):
    folder = tmp_path_factory.mktemp("kept")
    forms = Forms()
    expected = readings(forms, TEXTS[:1])
    forms.save(folder)
    file = kept_file(folder)
    content = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    file.write_bytes(content)
    assert readings(load(folder), TEXTS[:1]) == expected


def test_a_table_of_another_version_is_not_read(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms_module, "table_version", lambda: "another")
    forms = load(kept)
    assert forms.size == 0
    readings(forms, TEXTS[:1])
    assert forms.save(kept)
    assert {file.name for file in kept.iterdir()} >= {"forms-another.bin"}


def test_the_version_names_the_tables_and_the_dictionary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A changed override table makes another file: readings of the old one are never mixed in."""
    (tmp_path / "changed").write_text("", "utf-8")
    before = table_version()
    monkeypatch.setattr(forms_module, "path", lambda name: tmp_path / "changed")
    assert table_version.__wrapped__() != before


def test_a_missing_folder_is_made(tmp_path: Path):
    forms = Forms()
    readings(forms, TEXTS)
    assert forms.save(tmp_path / "deep" / "cache")
    assert load(tmp_path / "deep" / "cache").size == forms.size


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path):
    """A file stands where the folder should be: true for root too, whom permissions do not stop."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    forms = load(blocked)
    assert readings(forms, TEXTS) == readings(Forms(), TEXTS)
    assert forms.save(blocked) is False
    assert blocked.read_text("utf-8") == "not a folder"


def test_a_failed_rename_leaves_no_half_written_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_args: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    forms = Forms()
    readings(forms, TEXTS)
    assert forms.save(tmp_path) is False
    assert list(tmp_path.iterdir()) == []


def test_no_folder_means_no_file():
    forms = load(None)
    readings(forms, TEXTS)
    assert forms.save(None) is False


WRITER = """
import sys
from pathlib import Path
from svc.analyzers.forms import Forms
from svc.analyzers.tokens import tokenize
folder, number = Path(sys.argv[1]), int(sys.argv[2])
for turn in range(8):
    forms = Forms.load(folder)
    forms.ids(tokenize([f"заказ не привезли слово{chr(1072 + number)}{chr(1072 + turn)}"]))
    forms.save(folder)
    again = Forms.load(folder)
    assert again.size >= 3, again.size
"""


def test_runs_at_once_leave_a_whole_table(tmp_path: Path):
    """Four processes read and replace the same file; none ever sees it half-written, and what is left is sound."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    runs = [subprocess.Popen([*command, str(number)], stderr=subprocess.PIPE) for number in range(4)]
    for run in runs:
        _, errors = run.communicate(timeout=60)
        assert run.returncode == 0, errors.decode()
    left = load(tmp_path)
    assert left.size >= 4
    assert readings(left, TEXTS) == readings(Forms(), TEXTS)
    assert [file.name for file in tmp_path.iterdir()] == [kept_file(tmp_path).name]


# -- told by a worker -------------------------------------------------------------------------------------------------


def test_a_parent_learns_what_a_worker_met():
    parent, worker = Forms(), Forms()
    readings(parent, TEXTS[:1])
    readings(worker, TEXTS[:1])
    worker.forget_news()
    expected = readings(worker, TEXTS)
    news = worker.news()
    parent.learn(news)
    size = parent.size
    assert readings(parent, TEXTS) == expected
    assert parent.size == size, "nothing was left to analyse"
    parent.learn(news)
    assert parent.size == size, "told twice, kept once"
    assert worker.news() == b"[]"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("абвдежик -", max_size=12), max_size=6), st.integers(0, 6))
def test_ids_of_a_batch_are_those_of_its_parts(texts: list[str], cut: int):
    whole, split = Forms(), Forms()
    expected = readings(whole, texts) if texts else []
    parts = [part for part in (texts[:cut], texts[cut:]) if part]
    assert [reading for part in parts for reading in readings(split, part)] == expected
    assert np.array_equal(np.sort(whole.key[: whole.size]), np.sort(split.key[: split.size]))
