"""Examples in docstrings run, over the packages as installed: `--doctest-modules` fails under this mapping."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

LAYERS = ("svc.cli", "svc.analyzers", "svc.lexicons", "svc.samples")


def modules() -> Iterator[str]:
    """Every module below `svc`; a `__main__` would run."""
    for layer in LAYERS:
        yield layer
        package = importlib.import_module(layer)
        for info in pkgutil.walk_packages(package.__path__, layer + "."):
            if not info.name.endswith("__main__"):
                yield info.name


def examples(module: ModuleType) -> list[doctest.DocTest]:
    """Docstrings of a module that hold examples."""
    return [test for test in doctest.DocTestFinder(exclude_empty=True).find(module) if test.examples]


def test_the_walk_reaches_every_layer() -> None:
    """Else no example would run and none would fail."""
    names = list(modules())
    assert {"svc.cli.commands.analyze", "svc.analyzers.read.dates", "svc.lexicons", "svc.samples"} <= set(names)
    assert sum(len(examples(importlib.import_module(name))) for name in names) >= 10


@pytest.mark.parametrize("name", list(modules()))
def test_examples_of_a_module_are_true(name: str) -> None:
    """What the docstring shows is what the code says."""
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    said: list[str] = []
    for test in examples(importlib.import_module(name)):
        runner.run(test, out=said.append)
    assert runner.failures == 0, "".join(said)
