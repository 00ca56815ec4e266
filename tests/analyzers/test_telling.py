"""What is news against the last delivered digest: directions, not words; what is worse is told again."""

from __future__ import annotations

import json

import pytest
from svc.analyzers.digest import UP, Digest, Item
from svc.analyzers.lexicon import load_lexicon
from svc.analyzers.records import Title
from svc.analyzers.telling import compare_news


@pytest.fixture(scope="module")
def titles() -> dict[str, Title]:
    """Of the categories that come with svc."""
    return {name: category.title for name, category in load_lexicon(()).categories.items()}


def digest(*changes: tuple[str, str, float, float], why: str | None = None) -> Digest:
    """A week with some changes: id, status, interval of the ratio."""
    items = [
        Item(name, {"ru": name, "en": name}, "", status, 9, 4.0, 4.0, 0.1, (low * high) ** 0.5, low, high, 1e-6, 1,
             "2026-W40", "C", 1.0, {"ru": "", "en": ""})
        for name, status, low, high in changes
    ]  # fmt: skip
    up, down = [i for i in items if i.status in UP], [i for i in items if i.status not in UP]
    return Digest("2026-W44", "week", "", 9, 9, 4.0, ["2026-W20"], 0.01, 0.122, why, None, None, up, down)


def told(titles: dict[str, Title], *weeks: Digest) -> list[bool]:
    """Which of the digests, delivered where they are news, are news."""
    last: str | None = None
    found: list[bool] = []
    for week in weeks:
        compare_news(week, last, titles)
        found.append(week.changed)
        if week.changed:
            last = week.news()
    return found


def test_an_alarm_is_news_once_while_it_stands(titles: dict[str, Title]) -> None:
    """New, then growing, then growing at another height; then it ends; then nothing."""
    weeks = [
        digest(("staff.rude", "new", 2.0, 6.0)),
        digest(("staff.rude", "growing", 2.5, 7.0)),
        digest(("staff.rude", "growing", 1.5, 4.0)),
        digest(),
        digest(),
    ]
    assert told(titles, *weeks) == [True, False, False, True, False]
    assert [entry["id"] for entry in weeks[3].solved] == ["staff.rude"]
    assert [item.told for week in weeks[:3] for item in week.up] == [False, True, True]


def test_what_is_surely_worse_than_was_told_is_told_again(titles: dict[str, Title]) -> None:
    """Its interval lies above the greatest height told; a mail of something else does not lower that height."""
    weeks = [
        digest(("staff.rude", "growing", 2.0, 6.0)),
        digest(("staff.rude", "growing", 1.2, 3.0), ("fulfilment.late", "growing", 2.0, 3.0)),
        digest(("staff.rude", "growing", 4.0, 9.0), ("fulfilment.late", "growing", 2.0, 3.0)),
        digest(("staff.rude", "growing", 6.5, 12.0), ("fulfilment.late", "growing", 2.0, 3.0)),
    ]
    assert told(titles, *weeks) == [True, True, False, True]
    assert {item.id: item.told for item in weeks[3].up} == {"staff.rude": False, "fulfilment.late": True}


@pytest.mark.parametrize(
    ("first", "second", "news"),
    [("growing", "falling", True), ("falling", "gone", False), ("returned", "growing", False)],
)
def test_a_turn_is_news_and_another_word_is_not(titles: dict[str, Title], first: str, second: str, news: bool) -> None:
    """Up and down are two directions; «gone» is down, «returned» is up."""
    before, after = digest(("staff.rude", first, 1.5, 6.0)), digest(("staff.rude", second, 1.4, 5.0))
    assert told(titles, before, after) == [True, news]


def test_a_memory_of_an_older_svc_has_no_heights(titles: dict[str, Title]) -> None:
    """What it told stands; nothing is worse than what nobody wrote down."""
    news = json.loads(digest(("staff.rude", "growing", 2.0, 6.0)).news())
    news.pop("heights")
    after = digest(("staff.rude", "growing", 50.0, 90.0))
    compare_news(after, json.dumps(news), titles)
    assert not after.changed
