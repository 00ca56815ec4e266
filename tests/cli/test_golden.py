"""Whole pages of the two samples against the ones kept in `golden/`.

`make gold` (`pytest tests/cli/test_golden.py --renew`) writes them anew; read the diff.
What differs between versions and machines is scrubbed: versions, digests, the moment of the run.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .conftest import Svc

GOLDEN = Path(__file__).parent / "golden"
PAGES = {
    f"{sample.partition('.')[0]}.{ending}": ("analyze", f"samples/{sample}", "--quiet", "--workers", "0", *options)
    for sample in ("shop.csv", "clinic.xlsx")
    for ending, options in (
        ("ru.txt", ("--lang", "ru")),
        ("en.txt", ("--lang", "en")),
        ("json", ("--format", "json")),
    )
}
SCRUBS = (
    (r'("version": )"[^"]*"', r'\1"VERSION"'),
    (r'("lexicon": )"[0-9a-f]{12}"', r'\1"LEXICON"'),
)


def scrub(page: str) -> str:
    """A page without what changes from release to release."""
    for pattern, instead in SCRUBS:
        page = re.sub(pattern, instead, page)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_kept_one(
    svc: Svc, name: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """On a difference the new page lies in the folder the message names."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    done = svc(*PAGES[name])
    assert (done.code, done.err) == (0, "")
    page, kept = scrub(done.out), GOLDEN / name
    if request.config.getoption("--renew"):
        GOLDEN.mkdir(exist_ok=True)
        kept.write_text(page, "utf-8", newline="\n")
        pytest.skip(f"written: {kept}")
    (tmp_path / name).write_text(page, "utf-8", newline="\n")
    assert page.splitlines() == kept.read_text("utf-8").splitlines(), f"diff {kept} {tmp_path / name}; make gold"


def test_every_kept_page_belongs_to_a_test() -> None:
    """A page nobody compares says nothing."""
    assert {path.name for path in GOLDEN.iterdir()} == set(PAGES)


def test_scrubbing_takes_versions_and_leaves_figures() -> None:
    """Else a release would change every page, or a page would hide a change."""
    page = '{"version": "0.1.0", "lexicon": "67042669813a", "schema_version": "1.0", "index": 11.4}'
    assert scrub(page) == '{"version": "VERSION", "lexicon": "LEXICON", "schema_version": "1.0", "index": 11.4}'
