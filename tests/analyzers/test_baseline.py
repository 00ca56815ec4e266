"""Accepted pains: reading, ending, growing, and a file that stays a person's."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.baseline import HEAD, Entry, accept, ended, entry_of, present, read_baseline, with_entries, without
from svc.analyzers.errors import InputError
from svc.analyzers.gates import LETTERS

from ..made import finding, report

LATE, RUDE = "fulfilment.late", "staff.rude"
TODAY = dt.date(2026, 11, 22)
ENTRY = Entry(LATE, "новый склад", "logistics", dt.date(2027, 1, 31), 20, 0.2, "C")

entries = st.lists(
    st.builds(
        Entry, st.text(min_size=1, max_size=20), st.text(max_size=30), st.text(max_size=10),
        st.dates(dt.date(2000, 1, 1)), st.integers(0, 10**6), st.integers(0, 10**4).map(lambda k: k / 10**4),
        st.sampled_from(LETTERS),
    ),
    max_size=4, unique_by=lambda entry: entry.id,
)  # fmt: skip


@given(entries)
def test_what_is_written_reads_back(found: list[Entry]) -> None:
    """Any reason, any id: quotes, brackets, line breaks."""
    assert read_baseline(with_entries("", found), "b.toml") == found


@given(entries.filter(bool), st.dates(dt.date(2000, 1, 1)))
def test_ending_and_dropping_touch_the_named_entry_only(found: list[Entry], day: dt.date) -> None:
    """Whatever the others hold."""
    text, name = with_entries("", found), found[0].id
    assert read_baseline(ended(text, {name}, day), "b.toml") == [replace(found[0], until=day), *found[1:]]
    assert read_baseline(without(text, lambda entry: entry.id == name), "b.toml") == found[1:]


def test_comments_and_order_of_a_hand_kept_file_stay() -> None:
    """A diff under git shows what changed and nothing else."""
    text = HEAD + "# до переезда\n" + ENTRY.text().replace("until = 2027-01-31", "until=2027-01-31  # согласовано")
    assert ended(text, {LATE}, TODAY) == text.replace("until=2027-01-31", "until=2026-11-22")
    more = with_entries(text, [replace(ENTRY, id=RUDE)])
    assert more.startswith(text.rstrip("\n"))
    assert without(more, lambda entry: entry.id == RUDE).rstrip("\n") == text.rstrip("\n")


@pytest.mark.parametrize(
    ("changes", "today", "state"),
    [
        ({}, TODAY, "accepted"),
        ({}, dt.date(2027, 1, 31), "accepted"),  # the last day counts
        ({}, dt.date(2027, 2, 1), "expired"),
        ({"n": 25, "share": 0.25, "share_low": 0.19}, TODAY, "accepted"),  # within the interval
        ({"n": 40, "share": 0.4, "share_low": 0.31}, TODAY, "grown"),
        ({"severity_class": "B"}, TODAY, "grown"),
        ({"severity_class": "D"}, TODAY, "accepted"),
    ],
)
def test_states(changes: dict[str, object], today: dt.date, state: str) -> None:
    """Expired and grown pains fail again."""
    found = report(finding(LATE, **changes))  # type: ignore[arg-type]
    ids = accept(found, [ENTRY], today)
    assert [item.state for item in found.baseline] == [state]
    assert ids == ({LATE} if state == "accepted" else set())


def test_a_pain_that_is_gone_is_said_so() -> None:
    """So that the entry can be dropped."""
    found = report(finding(RUDE))
    assert accept(found, [ENTRY], TODAY) == set()
    assert found.baseline[0].state == "gone"


def test_renamed_and_merged_ids_keep_what_was_accepted() -> None:
    """Sums, the worst class, the first day to end."""
    old = replace(ENTRY, id="fulfilment.delay", n=5, share=0.05, severity_class="B", until=dt.date(2026, 12, 31))
    alias = {"fulfilment.delay": LATE}
    assert present([old], lambda name: alias.get(name, name)) == [replace(old, id=LATE)]
    merged = present([ENTRY, old], lambda name: alias.get(name, name))
    assert merged == [replace(ENTRY, n=25, share=0.25, severity_class="B", until=dt.date(2026, 12, 31))]


def test_a_system_can_be_accepted() -> None:
    """With its sums and its worst class."""
    found = report(finding(LATE), finding("fulfilment.lost", 10, severity_class="B"))
    entry = entry_of(found, "fulfilment", "переезд", None, TODAY)
    assert entry is not None
    assert (entry.n, entry.share, entry.severity_class) == (30, 0.3, "B")
    assert accept(found, [entry], TODAY) == {"fulfilment"}
    assert entry_of(found, "nope", "", None, TODAY) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[", "toml"),
        ("", "version"),
        ("version = 2", "version"),
        ("version = 1\nother = 1", "unknown"),
        ("version = 1\naccepted = 1", "unknown"),
        (HEAD + ENTRY.text() + "mood = 1", "unknown"),
        (HEAD + ENTRY.text().replace("owner", "#owner"), "missing"),
        (HEAD + ENTRY.text().replace("2027-01-31", '"2027-01-31"'), "bad_value"),
        (HEAD + ENTRY.text().replace("n = 20", "n = true"), "bad_value"),
        (HEAD + ENTRY.text().replace("share = 0.2", "share = 20"), "bad_value"),
        (HEAD + ENTRY.text().replace('"C"', '"X"'), "bad_value"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, code: str) -> None:
    """With the path and the fault."""
    with pytest.raises(InputError) as caught:
        read_baseline(text, "b.toml")
    assert caught.value.code == "baseline." + code
    assert caught.value.params["path"] == "b.toml"
