"""Imports point one way, `cli -> analyzers -> lexicons`, and heavy ones wait until a command needs them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("cli", "analyzers", "lexicons", "samples")
# layer -> layers its modules may import; `samples` is data
ALLOWED = {
    "cli": {"cli", "analyzers", "lexicons", "samples"},
    "analyzers": {"analyzers", "lexicons"},
    "lexicons": {"lexicons"},
    "samples": {"samples"},
}
HEAVY = {"numpy", "pandas", "sklearn", "scipy", "pyarrow", "dask", "pymorphy3", "python_calamine"}
ENGINES = {
    "dask": "analyzers/engine/dask.py",
    "concurrent": "analyzers/engine/local.py",
    "multiprocessing": "analyzers/engine/",
}
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))


class Import(NamedTuple):
    """One import statement: the module named in full, and where it stands."""

    module: str
    line: int
    relative: bool
    lazy: bool
    typing: bool


def is_typing_guard(node: ast.AST) -> bool:
    """Whether a node is `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imports(path: Path, source: str | None = None) -> Iterator[Import]:
    """Every import of a module; relative ones are spelled from the layer, as in `analyzers.records`."""
    package = path.relative_to(ROOT).parent.parts

    def walk(node: ast.AST, lazy: bool, typing: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, child.lineno, False, lazy, typing)
            elif isinstance(child, ast.ImportFrom):
                base = package[: len(package) - child.level + 1] if child.level else ()
                name = ".".join([*base, *([child.module] if child.module else [])])
                for alias in child.names:
                    # `from .. import options` names a module, `from ..records import Report` a class: same layer
                    yield Import(f"{name}.{alias.name}".lstrip("."), child.lineno, bool(child.level), lazy, typing)
            else:
                inside = lazy or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
                yield from walk(child, inside, typing or is_typing_guard(child))

    return walk(ast.parse(source if source is not None else path.read_text("utf-8")), False, False)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def faults(path: Path, source: str | None = None) -> list[str]:
    """What breaks the house's rules in one module, as ``file:line: what``."""
    found: list[str] = []
    layer = path.relative_to(ROOT).parts[0]
    for item in imports(path, source):
        top = item.module.partition(".")[0]
        place = f"{name(path)}:{item.line}: "
        if item.relative and top not in ALLOWED[layer]:
            found.append(f"{place}{layer} imports {item.module}")
        if not item.relative and top in {"svc", *LAYERS}:
            found.append(f"{place}absolute import of {item.module}")
        if layer != "cli" and top in {"typer", "click", "rich", "argparse"}:
            found.append(f"{place}only cli may import {top}")
        if layer == "cli" and top in HEAVY and not item.lazy and not item.typing:
            found.append(f"{place}{top} is imported at start-up")
        if layer in {"cli", "lexicons"} and top in HEAVY - {"numpy"}:
            found.append(f"{place}{layer} computes with {top}")
        if top in ENGINES and not name(path).startswith(ENGINES[top]):
            found.append(f"{place}only {ENGINES[top]} may import {top}")
    return found


def behaviour_faults(path: Path, source: str | None = None) -> list[str]:
    """Places where an analyzer prints, exits, asks or reads the command line."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source if source is not None else path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"print", "input", "exit", "quit"}
        ):
            found.append(f"{name(path)}:{node.lineno}: {node.func.id}()")
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {
            "sys.argv",
            "sys.exit",
            "sys.stdout",
            "sys.stderr",
        }:
            found.append(f"{name(path)}:{node.lineno}: {ast.unparse(node)}")
    return found


def test_modules_keep_the_one_way_and_the_lazy_rule() -> None:
    """All faults at once, each with its line."""
    assert len(MODULES) > 50
    assert [fault for path in MODULES for fault in faults(path)] == []


def test_analyzers_and_lexicons_never_print_exit_or_read_argv() -> None:
    """What they find goes into records and errors; only `cli` speaks."""
    silent = [path for path in MODULES if path.relative_to(ROOT).parts[0] != "cli"]
    assert [fault for path in silent for fault in behaviour_faults(path)] == []


def test_start_up_of_cli_reaches_no_heavy_module_through_analyzers() -> None:
    """What `cli` imports at its top, followed through `analyzers`, stays light."""

    def reached(path: Path, seen: set[Path]) -> Iterator[str]:
        for item in imports(path):
            if item.lazy or item.typing:
                continue
            if not item.relative:
                if item.module.partition(".")[0] in HEAVY:
                    yield f"{name(path)}:{item.line}: {item.module}"
                continue
            parts = item.module.split(".")
            for depth in range(1, len(parts) + 1):
                stem = ROOT.joinpath(*parts[:depth])
                for target in (stem.with_suffix(".py"), stem / "__init__.py"):
                    if target.is_file() and target not in seen:
                        seen.add(target)
                        yield from reached(target, seen)

    seen = {ROOT / "cli" / "app.py"}
    assert sorted(reached(ROOT / "cli" / "app.py", seen)) == []
    assert ROOT / "analyzers" / "errors.py" in seen


@pytest.mark.parametrize(
    ("where", "source", "fault"),
    [
        ("analyzers/new.py", "from ..cli import console", "analyzers imports cli.console"),
        ("lexicons/new.py", "from ..analyzers.records import Report", "lexicons imports analyzers.records.Report"),
        ("lexicons/new.py", "from ..cli.messages import say", "lexicons imports cli.messages.say"),
        ("analyzers/new.py", "from svc.analyzers import records", "absolute import of svc.analyzers.records"),
        ("analyzers/new.py", "def f():\n    import rich.table", "only cli may import rich"),
        ("cli/new.py", "import numpy as np", "numpy is imported at start-up"),
        ("cli/commands/new.py", "def f():\n    import pandas", "cli computes with pandas"),
        ("analyzers/rank.py", "import dask.bag", "only analyzers/engine/dask.py may import dask"),
    ],
)
def test_the_checker_sees_each_kind_of_fault(where: str, source: str, fault: str) -> None:
    """A guard that finds nothing in bad code guards nothing."""
    assert [found.partition(": ")[2] for found in faults(ROOT / where, source)] == [fault]


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("cli/commands/new.py", "def f():\n    from ...analyzers.records import Report"),
        ("cli/new.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy as np"),
        ("analyzers/read/new.py", "from ..errors import InputError\nfrom .model import Record\nimport numpy"),
    ],
)
def test_the_checker_allows_what_the_house_allows(where: str, source: str) -> None:
    """Lazy, typing-only and downward imports are fine."""
    assert faults(ROOT / where, source) == []


@pytest.mark.parametrize("source", ["print(1)", "import sys\nsys.exit(1)", "import sys\nx = sys.argv", "input()"])
def test_the_checker_sees_an_analyzer_that_speaks(source: str) -> None:
    """Each way to print, exit or ask is found."""
    assert len(behaviour_faults(ROOT / "analyzers/new.py", source)) == 1


def test_the_installed_package_is_this_tree() -> None:
    """The tests would otherwise watch another copy."""
    import svc.cli.app

    assert Path(svc.cli.app.__file__).resolve() == ROOT / "cli" / "app.py"
    assert "cli" not in sys.modules
