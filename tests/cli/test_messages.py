"""The two catalogues say the same: equal keys, equal placeholders, lists of equal length."""

import re
import tomllib
from importlib.resources import files
from string import Formatter

import pytest
from svc.cli.messages import LANGUAGES, plural, say

FORMS = {"ru": 3, "en": 2}


def catalogue(language):
    """Dotted key -> str or list, in the order of the file."""
    found = {}

    def walk(prefix, table):
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                found[prefix + key] = value

    walk("", tomllib.loads(files("svc.cli.messages").joinpath(f"{language}.toml").read_text("utf-8")))
    return found


CATALOGUES = {language: catalogue(language) for language in LANGUAGES}


def placeholders(text):
    return sorted((name, spec, conversion) for _, name, spec, conversion in Formatter().parse(text) if name is not None)


def test_same_keys_in_the_same_order():
    assert list(CATALOGUES["en"]) == list(CATALOGUES["ru"])


@pytest.mark.parametrize("key", CATALOGUES["ru"])
def test_same_shape_and_placeholders(key):
    russian, english = CATALOGUES["ru"][key], CATALOGUES["en"].get(key)
    assert type(russian) is type(english)
    if isinstance(russian, list):
        assert len(russian) == len(english)
        assert all(isinstance(cell, str) and cell.strip() for cell in [*russian, *english])
    else:
        assert english.strip()
        assert placeholders(russian) == placeholders(english)
        if re.search(r"\w\|\w", russian):
            assert (russian.count("|") + 1, english.count("|") + 1) == (FORMS["ru"], FORMS["en"])


def test_the_catalogues_are_in_their_own_language():
    allowed = {"help.explain", "lexnew.template"}  # an example of a Russian complaint, of a term
    for key, value in CATALOGUES["en"].items():
        assert key in allowed or not re.search("[а-яё]", str(value), re.IGNORECASE), key


def test_words_are_found_by_code():
    assert say("kind.claim", "ru") == "претензия"
    assert say("kind.claim", "en") == "claim"
    assert plural(1, say("report.rows", "en"), "en") == "1 row"
    assert plural(21, say("report.complaints", "ru"), "ru") == "21 жалоба"
