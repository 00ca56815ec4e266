"""A task beside the others gives the same wherever it runs."""

import os
from functools import partial

import pytest
from svc.analyzers.engine.aside import aside


def _who(value: int) -> tuple[int, int]:
    return value, os.getpid()


def test_a_short_task_runs_here_when_asked_for():
    assert aside(partial(_who, 7), worth_it=False)() == (7, os.getpid())


def test_a_long_task_gives_the_same_result():
    assert aside(partial(_who, 7), worth_it=True)()[0] == 7


def _die_elsewhere(home: int) -> int:
    if os.getpid() != home:
        os._exit(9)  # as a killed process ends
    return 5


def test_a_killed_process_costs_time_only():
    assert aside(partial(_die_elsewhere, os.getpid()), worth_it=True)() == 5


def _fail() -> int:
    raise ValueError("what went wrong")


def test_what_goes_wrong_is_told_here(capfd: pytest.CaptureFixture[str]):
    with pytest.raises(ValueError, match="what went wrong"):
        aside(_fail, worth_it=True)()
    assert capfd.readouterr().err == ""
