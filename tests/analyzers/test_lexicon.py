"""Loading of lexicons: what is refused and where it stands, packs and cues, extension, aliases, a user's own files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from svc.analyzers import lexcache
from svc.analyzers import lexicon as lexicon_module
from svc.analyzers.compiled import compile_rules
from svc.analyzers.errors import LexiconError
from svc.analyzers.lexcheck import check_examples, count_examples
from svc.analyzers.lexicon import Lexicon, load_lexicon, packaged_files
from svc.analyzers.vocabulary import SYSTEMS

CATEGORY = """
[[category]]
id = "staff.test"
title = { ru = "Проба", en = "Test" }
owner = "frontline"
dimension = "courtesy"
stage = "during"
severity = 0.4
upgrade = { ru = "Что сделать", en = "What to do" }
metric = { ru = "Доля", en = "Share" }
terms = ["квазиобъект"]
yes = ["Это квазиобъект"]
no = ["Это не он"]
"""

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a lexicon file and say its path."""

    def file(text: str, name: str = "own.toml") -> str:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return str(path)

    return file


@pytest.fixture(autouse=True)
def _sets_alone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Most tests look at their own file only: the packaged sixteen thousand terms are left out to save time."""
    if "whole" not in request.fixturenames:
        first, *_ = packaged_files()
        monkeypatch.setattr(lexicon_module, "packaged_files", lambda: [first])


@pytest.fixture
def whole() -> Lexicon:
    """The packaged lexicon."""
    return load_lexicon()


def problems(path: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in load_lexicon([path], strict=False).problems]


def line_of(text: str, needle: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if needle in line)


def rules(lexicon: Lexicon, target: str) -> list[tuple[str, str]]:
    return [(rule.use, rule.term.text) for rule in lexicon.rules if rule.target == target]


def test_a_sound_file_loads_with_every_field(write: Write):
    lexicon = load_lexicon([write(CATEGORY)])
    category = lexicon.categories["staff.test"]
    assert (category.system, category.owner, category.severity) == ("staff", "frontline", 0.4)
    assert category.title == {"ru": "Проба", "en": "Test"}
    assert (category.yes, category.no) == (["Это квазиобъект"], ["Это не он"])
    assert (category.file, category.line) == ("own.toml", line_of(CATEGORY, '"staff.test"'))
    (rule,) = lexicon.rules
    assert (rule.use, rule.target, rule.pack, rule.line) == ("terms", "staff.test", None, line_of(CATEGORY, "квази"))


def changed(old: str, new: str) -> str:
    assert old in CATEGORY
    return CATEGORY.replace(old, new)


@pytest.mark.parametrize(
    ("text", "code", "at", "params"),
    [
        (changed('owner = "frontline"\n', ""), "lexicon.missing", "staff.test", {"field": "owner"}),
        (changed("yes = ", "examples = "), "lexicon.missing", "staff.test", {"field": "yes"}),
        (
            changed('"frontline"', '"nobody"'),
            "lexicon.not_allowed",
            "nobody",
            {"field": "owner", "value": "nobody"},
        ),
        (changed('"courtesy"', '"charm"'), "lexicon.not_allowed", "charm", {"field": "dimension"}),
        (changed('"during"', '"never"'), "lexicon.not_allowed", "never", {"field": "stage"}),
        (changed("0.4", "1.5"), "lexicon.not_allowed", "1.5", {"field": "severity", "allowed": "0..1"}),
        (changed("0.4", "-0.1"), "lexicon.not_allowed", "-0.1", {"field": "severity"}),
        (changed("staff.test", "people.test"), "lexicon.bad_id", "people.test", {"id": "people.test"}),
        (changed("staff.test", "staff"), "lexicon.bad_id", '"staff"', {"id": "staff"}),
        (changed("staff.test", "staff.a.b"), "lexicon.bad_id", "staff.a.b", {"id": "staff.a.b"}),
        (CATEGORY + 'colour = "red"\n', "lexicon.unknown_field", "colour", {"field": "colour"}),
        (changed('"квазиобъект"', '"слово", "ab*"'), "lexicon.term", "ab*", {"term": "ab*"}),
        (changed('"квазиобъект"', '"@nosuch"'), "lexicon.term", "@nosuch", {"term": "@nosuch"}),
        (changed('"квазиобъект"', '{ term = "~2 да" }'), "lexicon.term", "~2 да", {"term": "~2 да"}),
        (CATEGORY + CATEGORY, "lexicon.duplicate", None, {"id": "staff.test", "first": "own.toml"}),
        (CATEGORY + '[[theme]]\nid = "x"\n', "lexicon.unknown_table", "[theme", {"name": "theme"}),
        (CATEGORY + '[[extend]]\nid = "staff.nosuch"\n', "lexicon.unknown_id", "staff.nosuch", {"id": "staff.nosuch"}),
        ("[pack]\ncue = []\n" + CATEGORY, "lexicon.missing", "[pack]", {"field": "id", "id": "pack"}),
        ('[[marker]]\nid = "m"\nsize = 1\n', "lexicon.unknown_field", '"m"', {"field": "size"}),
        ('[[marker]]\nid = "m"\n[[marker]]\nid = "m"\n', "lexicon.duplicate", None, {"id": "m"}),
        ("[[category]\n", "lexicon.toml", None, {}),
    ],
)
def test_each_fault_is_named_with_its_line(
    write: Write, text: str, code: str, at: str | None, params: dict[str, object]
):
    found = [problem for problem in load_lexicon([write(text)], strict=False).problems if problem.code == code]
    assert found, "the fault was not seen"
    problem = found[0]
    assert problem.file == "own.toml"
    assert problem.params.items() >= params.items()
    if at is not None:
        assert problem.line == line_of(text, at)


def test_all_faults_are_gathered_and_a_strict_load_raises_the_first(write: Write):
    path = write(changed('"during"', '"never"').replace('"квазиобъект"', '"ab*", "!"'))
    assert [code for _, code in problems(path)] == ["lexicon.not_allowed", "lexicon.term", "lexicon.term"]
    with pytest.raises(LexiconError) as error:
        load_lexicon([path])
    assert error.value.code == "lexicon.problem"
    assert error.value.params["n"] == 3
    assert error.value.params["file"] == "own.toml"
    assert error.value.params["line"] == line_of(CATEGORY, "stage")
    assert "before, during, after" in str(error.value.params["allowed"])


def test_a_missing_file_is_said_to_be_missing():
    with pytest.raises(LexiconError) as error:
        load_lexicon(["нет/такого.toml"])
    assert error.value.code == "lexicon.not_found"
    assert error.value.params == {"path": "нет/такого.toml"}


def test_terms_carry_their_weights_and_sets(write: Write):
    text = '[sets]\nkvazi = ["квазар", "квазимодо"]\n' + changed(
        '"квазиобъект"', '"@kvazi", { term = "@money", weight = 0.5 }'
    )
    lexicon = load_lexicon([write(text)])
    own, packaged = lexicon.rules
    assert own.term.main[0].atoms == {"квазар", "квазимодо"}
    assert "деньги" in packaged.term.main[0].atoms
    assert (own.term.weight, packaged.term.weight) == (1.0, 0.5)


def test_sets_of_one_file_are_unknown_to_another(write: Write):
    first = write('[sets]\nkvazi = ["квазар"]\n', "a.toml")
    second = write(changed("квазиобъект", "@kvazi"), "b.toml")
    assert [p.code for p in load_lexicon([first, second], strict=False).problems] == ["lexicon.term"]


PACK = '[pack]\nid = "zoo"\ntitle = { ru = "Зоопарк", en = "Zoo" }\ncue = ["зоопарк", "слон"]\n'


def test_a_pack_marks_its_categories_and_brings_its_cues(write: Write):
    lexicon = load_lexicon([write(PACK + CATEGORY)])
    assert lexicon.packs == {"zoo": {"ru": "Зоопарк", "en": "Zoo"}}
    assert lexicon.categories["staff.test"].pack == "zoo"
    assert rules(lexicon, "zoo") == [("cue", "зоопарк"), ("cue", "слон")]
    assert [rule.pack for rule in lexicon.rules] == [None, None, "zoo"]


def test_an_extension_adds_to_a_category_wherever_it_is_defined(write: Write):
    extra = '[[extend]]\nid = "staff.test"\nterms = ["супер"]\nnot = ["клей"]\nyes = ["Супер"]\nno = ["Клей"]\n'
    lexicon = load_lexicon([write(extra, "a.toml"), write(CATEGORY, "b.toml")])
    category = lexicon.categories["staff.test"]
    assert (category.yes[-1], category.no[-1]) == ("Супер", "Клей")
    assert rules(lexicon, "staff.test") == [("terms", "квазиобъект"), ("terms", "супер"), ("not", "клей")]
    assert [rule.file for rule in lexicon.rules] == ["b.toml", "a.toml", "a.toml"]


def test_an_extension_of_a_pack_needs_the_cue_of_the_pack(write: Write):
    lexicon = load_lexicon(
        [write(CATEGORY, "a.toml"), write(PACK + '[[extend]]\nid = "staff.test"\nterms = ["клетка"]\n')]
    )
    assert {rule.term.text: rule.pack for rule in lexicon.rules if rule.use == "terms"} == {
        "квазиобъект": None,
        "клетка": "zoo",
    }
    assert lexicon.categories["staff.test"].pack is None


def test_an_old_id_leads_to_its_category(write: Write):
    text = CATEGORY + 'aliases = ["staff.old", "staff.older"]\n[[extend]]\nid = "staff.old"\nterms = ["супер"]\n'
    lexicon = load_lexicon([write(text)])
    assert lexicon.alias("staff.older") == "staff.test"
    assert lexicon.alias("staff.other") == "staff.other"
    assert ("terms", "супер") in rules(lexicon, "staff.test")


def test_markers_keep_their_terms_and_exceptions(write: Write):
    text = '[[marker]]\nid = "m"\nterms = ["суд"]\nnot = ["судный"]\nyes = ["В суд"]\nno = ["Судный"]\n'
    lexicon = load_lexicon([write(text)])
    assert rules(lexicon, "m") == [("marker", "суд"), ("marker_not", "судный")]
    assert (lexicon.markers["m"].yes, lexicon.markers["m"].line) == (["В суд"], 2)


def test_the_version_follows_the_content_of_every_file(write: Write):
    one = load_lexicon([write(CATEGORY)]).version
    assert load_lexicon([write(CATEGORY)]).version == one
    assert load_lexicon([write(CATEGORY + "# remark\n")]).version != one
    assert load_lexicon([], strict=False).version != one


# -- examples ---------------------------------------------------------------------------------------------------------


def test_examples_that_are_wrong_are_told_with_what_fired(write: Write):
    from svc.analyzers.forms import Forms

    text = changed("Это квазиобъект", "Ничего такого").replace("Это не он", "Вот и квазиобъект")
    marker = '[[marker]]\nid = "m"\nterms = ["суд"]\nyes = ["В суд", "Никуда"]\nno = ["Суд идёт"]\n'
    lexicon = load_lexicon([write(text), write(marker, "markers.toml")])
    faults = check_examples(lexicon, Forms())
    assert [(fault.id, fault.expected, fault.text, fault.fired) for fault in faults] == [
        ("staff.test", True, "Ничего такого", ()),
        ("staff.test", False, "Вот и квазиобъект", ("terms[fired]: квазиобъект",)),
        ("m", True, "Никуда", ()),
        ("m", False, "Суд идёт", ("суд",)),
    ]
    assert count_examples(lexicon) == 5
    assert [fault.id for fault in check_examples(lexicon, Forms(), ["markers.toml"])] == ["m", "m"]
    assert count_examples(lexicon, ["markers.toml"]) == 3


# -- the packaged lexicon ---------------------------------------------------------------------------------------------


def test_the_packaged_lexicon_covers_every_system(whole: Lexicon):
    assert {category.system for category in whole.categories.values()} == set(SYSTEMS)
    assert len(whole.categories) >= 60
    for category in whole.categories.values():
        for words in (category.title, category.upgrade, category.metric):
            assert words.keys() == {"ru", "en"}, category.id
            assert all(words.values()), category.id
        assert category.yes, category.id
        assert category.no, category.id


def test_a_user_adds_to_the_packaged_lexicon_and_overrides_it_by_id(write: Write, whole: Lexicon):
    own = write(CATEGORY + '[[extend]]\nid = "fulfilment.late"\nterms = ["квазиопоздание"]\nseverity = 0.7\n')
    over = write(changed("staff.test", "staff.rude"), "over.toml")
    lexicon = load_lexicon([own, over])
    assert "staff.test" in lexicon.categories
    assert ("terms", "квазиопоздание") in rules(lexicon, "fulfilment.late")
    assert lexicon.categories["fulfilment.late"].severity == 0.7
    assert lexicon.categories["fulfilment.late"].title == whole.categories["fulfilment.late"].title
    assert lexicon.categories["staff.rude"].title["ru"] == "Проба"
    assert rules(lexicon, "staff.rude") == [("terms", "квазиобъект")]
    assert whole.categories["staff.rude"].title["ru"] != "Проба"
    assert lexicon.version != whole.version


def test_the_same_id_twice_among_a_users_files_is_a_fault(write: Write):
    first, second = write(CATEGORY, "a.toml"), write(CATEGORY, "b.toml")
    (problem,) = load_lexicon([first, second], strict=False).problems
    assert (problem.file, problem.code, problem.params["first"]) == ("b.toml", "lexicon.duplicate", "a.toml")


def test_a_users_files_on_top_of_the_kept_lexicon_are_as_on_top_of_the_parsed(tmp_path: Path, write: Write):
    whole_, own = load_lexicon(), write(CATEGORY + '[[extend]]\nid = "staff.test"\nterms = ["супер"]\n')
    lexcache.save_kept(whole_, tmp_path)
    assert load_lexicon([own], cache=tmp_path).rules[-2:] == load_lexicon([own]).rules[-2:]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
@pytest.mark.parametrize(
    "text",
    [
        "термин;категория\nквазар!;staff.test\n«не привезли»;Проба\n",
        "квазар;staff.test\nне привезли;staff.test\n",
        "Категория;Термин\nПРОБА;квазар\nstaff.test;не привезли\n",
    ],
)
def test_a_spreadsheet_of_terms_is_a_lexicon(write: Write, tmp_path: Path, text: str, encoding: str):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding)
    lexicon = load_lexicon([write(CATEGORY), str(path)])
    assert rules(lexicon, "staff.test") == [("terms", "квазиобъект"), ("terms", "квазар"), ("terms", "не привезли")]
    assert all(rule.own for rule in lexicon.rules if rule.target == "staff.test")


def test_a_list_names_new_categories_and_its_faults_by_row(tmp_path: Path):
    path = tmp_path / "list.csv"
    path.write_text("term;category\nячейка не открылась;access.locker\nхамло;Грубияны\nab*;access.locker\n", "utf-8")
    lexicon = load_lexicon([str(path)], strict=False)
    category = lexicon.categories["access.locker"]
    assert (category.system, category.title["ru"], category.owner) == ("access", "Locker", "branches")
    assert [(p.line, p.code) for p in lexicon.problems] == [(3, "lexicon.unknown_title"), (4, "lexicon.term")]
    assert lexicon.problems[0].params["name"] == "Грубияны"


def test_the_kept_lexicon_reads_back_equal_and_a_damaged_one_is_not_trusted(tmp_path: Path, whole: Lexicon):
    assert lexcache.load_kept(tmp_path) is None
    lexcache.save_kept(whole, tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 3
    found = lexcache.load_kept(tmp_path)
    assert found == whole
    fresh = compile_rules(whole.rules, list(whole.packs)).table()
    assert found is not None
    assert found.compiled is not None
    for name, kept in found.compiled.table().items():
        assert np.array_equal(kept, fresh[name]), name
    for file in files:
        content = file.read_bytes()
        for damaged in (
            b"",
            content[:-1],
            content[:70],
            content[:1000] + b"x" + content[1001:],
            b"{}\n{}",
            b"\xff" + content,
        ):
            file.write_bytes(damaged)
            assert lexcache.load_kept(tmp_path) is None
        file.write_bytes(content)


def test_a_run_reads_the_kept_terms_without_their_legs_and_matches_the_same(tmp_path: Path, whole: Lexicon):
    lexcache.save_kept(whole, tmp_path)
    found = lexcache.load_kept(tmp_path, legs=False)
    assert found is not None
    assert found.compiled is not None
    assert [(r.use, r.target, r.term.text, r.term.weight, r.line) for r in found.rules] == [
        (r.use, r.target, r.term.text, r.term.weight, r.line) for r in whole.rules
    ]
    assert not any(rule.term.main for rule in found.rules)
    assert found.compiled.steps.tolist() == compile_rules(whole.rules, list(whole.packs)).steps.tolist()


def test_a_cache_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path, write: Write):
    lexicon = load_lexicon([write(CATEGORY)])
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    lexcache.save_kept(lexicon, blocked)
    assert lexcache.load_kept(blocked) is None
    assert blocked.read_text("utf-8") == "not a folder"
