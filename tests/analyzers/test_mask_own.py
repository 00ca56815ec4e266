"""A company's own masking rules: patterns, words to keep, and what is refused."""

from __future__ import annotations

from collections import Counter

import pytest
from svc.analyzers.errors import InputError, UsageError
from svc.analyzers.mask import mask, mask_value, replace_structured
from svc.analyzers.mask_own import own_rules, read_rules
from svc.analyzers.mask_scan import scan_value

TOML = """
keep = ["Анна Вега", "Петров и сыновья"]
[[pattern]]
token = "КЛИЕНТ"
regex = '\\bCL-(\\d{6})\\b'
numbered = true
[[pattern]]
token = "ДОГОВОР"
regex = 'Д-\\d{4}'
"""


@pytest.fixture
def rules(tmp_path):
    def make(text: str, name: str = "rules.toml") -> str:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return str(path)

    return make


def test_patterns_mask_group_one_or_all(rules):
    with own_rules(rules(TOML)):
        text = mask("клиент CL-123456 и договор Д-1234").text
        assert text.startswith("клиент CL-[КЛИЕНТ-")
        assert text.endswith("[ДОГОВОР]")
        assert mask(text).text == text
        assert mask_value("CL-123456") == mask_value("CL-123456") != mask_value("CL-123457")
    assert mask("клиент CL-123456").text == "клиент CL-123456"  # only inside the block


def test_kept_words_stay_in_any_form_and_longer_names_go(rules):
    with own_rules(rules(TOML)):
        assert mask("салон Анны Веги закрыт, Анна Вега хамит").text == "салон Анны Веги закрыт, Анна Вега хамит"
        assert "Петрова" not in mask("менеджер Анна Петрова").text


def test_lines_of_text_are_rules_too(rules):
    path = rules("# наши\nВера Косметик\nКЛИЕНТ# = CL-\\d+\nЗАКАЗ = З\\d+\n\n", "rules.txt")
    found = read_rules(path)
    assert [(one.token, one.numbered) for one in found.patterns] == [("КЛИЕНТ", True), ("ЗАКАЗ", False)]
    with own_rules(path):
        assert mask("звонила Вера Косметик, З55").text == "звонила Вера Косметик, [ЗАКАЗ]"


def test_the_last_look_knows_the_patterns(rules):
    caught: Counter[str] = Counter()
    with own_rules(rules(TOML)):
        assert replace_structured("файл Д-1234.csv")[0] == "файл [ДОГОВОР].csv"
        scan_value({"a": ["Д-1234", 5, None]}, caught)
    assert caught == {"ДОГОВОР": 1}


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("keep = [", "r.toml", "mask.rules_toml"),
        ("keeps = []", "r.toml", "mask.rules_key"),
        ('keep = "a"', "r.toml", "mask.rules_key"),
        ('[[pattern]]\ntoken = "КОД"\nregexp = "a"', "r.toml", "mask.rules_key"),
        ('[[pattern]]\ntoken = "код"\nregex = "a"', "r.toml", "mask.rule_bad"),
        ('[[pattern]]\ntoken = "КОД"\nregex = "("', "r.toml", "mask.rule_bad"),
        ('[[pattern]]\ntoken = "КОД"\nregex = "a*"', "r.toml", "mask.rule_bad"),
        ('[[pattern]]\ntoken = "КОД"\nregex = "(a+)+b"', "r.toml", "mask.rule_nested"),
        ("К = a", "r.txt", "mask.rule_bad"),
    ],
)
def test_what_is_refused(rules, text, name, code):
    with pytest.raises(UsageError) as error:
        read_rules(rules(text, name))
    assert error.value.code == code


def test_possessive_repeats_are_not_refused(rules):
    assert read_rules(rules("КОД = (?:a++)+b", "r.txt")).patterns


def test_a_missing_file_is_told():
    with pytest.raises(InputError) as error, own_rules("/nowhere/rules.toml"):
        pass
    assert error.value.code == "mask.rules_not_read"


def test_a_pattern_that_backtracks_is_stopped(rules):
    with own_rules(rules("КОД = (?:a|a)*b", "r.txt")):
        with pytest.raises(UsageError) as error:
            mask("a" * 40)
        assert error.value.code == "mask.rule_slow"


def test_errors_that_leave_the_block_are_masked(rules):
    with pytest.raises(InputError) as error, own_rules(rules(TOML)):
        raise InputError("read.failed", path="a.csv", detail="строка Д-1234")
    assert error.value.params["detail"] == "строка [ДОГОВОР]"
