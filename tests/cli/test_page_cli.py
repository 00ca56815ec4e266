"""The page and the workbook from the command line: written, opened, the same from a saved report."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import pytest
from svc.cli import console
from svc.cli.boundary import DONE, USAGE
from svc.cli.commands import writing

from .conftest import Svc


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_a_saved_report_gives_the_same_bytes(svc: Svc, complaints: Path, tmp_path: Path, kind: str) -> None:
    """From the first run, from `render`, to a file."""
    first, saved, again = tmp_path / f"a.{kind}", tmp_path / "a.json", tmp_path / f"b.{kind}"
    done = svc("analyze", complaints, "--report", f"{kind}={first}", "--report", f"json={saved}", "--quiet")
    assert done.code == DONE
    assert svc("render", saved, "--report", f"{kind}={again}", "--quiet").code == DONE
    assert first.read_bytes() == again.read_bytes() != b""


def test_open_shows_the_page(svc: Svc, complaints: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After it is written; where no browser is found, the path is said."""
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda uri: not shown.append(uri))
    page = tmp_path / "page.html"
    done = svc("analyze", complaints, "--report", f"html={page}", "--open", "--quiet")
    assert (done.code, shown) == (DONE, [page.as_uri()])
    assert page.stat().st_size > 10_000
    monkeypatch.setattr(webbrowser, "open", lambda uri: False)
    assert str(page) in svc("analyze", complaints, "--report", f"html={page}", "--open", "--quiet").err


def test_open_without_a_page_is_refused_before_the_work(svc: Svc) -> None:
    """Even with an input that is not there."""
    done = svc("analyze", "no-such-file.csv", "--open")
    assert (done.code, "--report html=" in done.err) == (USAGE, True)


def test_a_workbook_does_not_wreck_a_terminal(svc: Svc, complaints: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is binary; behind a pipe it goes through."""
    monkeypatch.setattr(writing, "is_terminal", lambda: True)
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    done = svc("analyze", complaints, "--format", "xlsx", "--quiet")
    assert (done.code, done.out) == (USAGE, "")
    assert "--report xlsx=" in done.err
