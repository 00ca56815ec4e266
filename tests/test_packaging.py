"""What is shipped: packages, data files, named dependencies, and a wheel that works without the checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from svc.cli.version import VERSION
from svc.lexicons import folder

ROOT = Path(__file__).parents[1]
LAYERS = ("cli", "analyzers", "lexicons", "samples")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
MADE = {"__pycache__", ".DS_Store"}
# data that makes the packaged models, read by benchmarks/ only
NOT_SHIPPED = ("lexicons/ru/corpus/",)


def files(*, python: bool) -> list[Path]:
    """Modules, or data files, of the tree."""
    found = (path for layer in LAYERS for path in (ROOT / layer).rglob("*") if path.is_file())
    return [
        path
        for path in sorted(found)
        if not MADE & set(path.parts) and (path.suffix == ".py") == python and path.suffix != ".pyc"
    ]


def folder_of(package: str) -> Path:
    """Where a package lies: `svc.cli.commands` is `cli/commands`."""
    return ROOT.joinpath(*package.split(".")[1:])


def dependency_names() -> list[str]:
    """Distribution names the default install asks for."""
    return [re.match(r"[\w.-]+", entry)[0] for entry in PROJECT["project"]["dependencies"]]  # type: ignore[index]


def test_the_package_list_equals_the_tree() -> None:
    """A new folder with modules would otherwise be missing from the wheel only."""
    in_tree = {"svc." + ".".join(path.parent.relative_to(ROOT).parts) for path in files(python=True)}
    assert sorted(SETUPTOOLS["packages"]) == sorted(in_tree)


def test_every_package_has_its_init_file() -> None:
    """`svc` itself is the one namespace; a second one would not be installed as listed."""
    assert [name for name in SETUPTOOLS["packages"] if not (folder_of(name) / "__init__.py").is_file()] == []


def test_every_data_file_is_shipped() -> None:
    """Lexicons, catalogues, samples and `py.typed`: each is covered by a glob of `package-data`."""
    covered = {
        path
        for package, globs in SETUPTOOLS["package-data"].items()
        for glob in globs
        for path in folder_of(package).glob(glob)
    }
    missing = {path.relative_to(ROOT).as_posix() for path in files(python=False)} - {
        path.relative_to(ROOT).as_posix() for path in covered
    }
    assert sorted(name for name in missing if not name.startswith(NOT_SHIPPED)) == []


def test_a_lexicon_folder_that_is_not_there_reads_as_empty() -> None:
    """Git keeps no empty folders and a wheel no folder without files: a sector-less clone must still start."""
    assert folder("ru/no_such_folder") == []
    assert len(folder("ru/core")) == 17  # the systems, speech.toml and everyday.toml


def test_py_typed_stands_in_every_top_package_with_code() -> None:
    """Users' type checkers look for it."""
    assert [layer for layer in ("cli", "analyzers", "lexicons") if not (ROOT / layer / "py.typed").is_file()] == []


def test_the_install_page_says_what_each_dependency_is_for() -> None:
    """Each name stands in code quotes on a line that says more than the name."""
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    unexplained = [name for name in dependency_names() if not re.search(rf"`{re.escape(name)}\b[^`]*`.{{15,}}", page)]
    assert unexplained == []


def test_the_install_page_names_no_dependency_that_is_gone() -> None:
    """The table of dependencies and `pyproject.toml` agree both ways."""
    page = (ROOT / "docs" / "install.md").read_text("utf-8")
    rows = re.findall(r"^\| *`([a-z][\w.-]*)[^`]*` *\|", page, re.MULTILINE)
    assert set(rows) - set(dependency_names()) == set()


def test_one_version_everywhere() -> None:
    """`pyproject.toml`, the metadata and `svc --version` agree."""
    assert PROJECT["project"]["version"] == version("svc-upgrade") == VERSION


def test_dependencies_stay_small_and_offline() -> None:
    """The analysis needs no torch and no model download; pandas and scikit-learn are for development only."""
    heavy = {"torch", "tensorflow", "transformers", "spacy", "pandas", "scikit-learn", "scipy", "requests", "httpx"}
    assert heavy.isdisjoint(dependency_names())


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """Wheel, sdist and what the build said."""
    folder = tmp_path_factory.mktemp("dist")
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-W", "default", "-m", "build", "--outdir", str(folder), str(ROOT)],
        capture_output=True, text=True, check=False, env={**env, "PYTHONUTF8": "1"},
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-3000:]
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz")), said


@pytest.mark.slow
def test_the_build_does_not_warn(dist: tuple[Path, Path, str]) -> None:
    """A warning today is an error of the next setuptools."""
    lines = [line for line in dist[2].splitlines() if re.search(r"warn|deprecat|ambigu", line, re.IGNORECASE)]
    assert lines == []


@pytest.mark.slow
def test_the_wheel_holds_the_tree_and_nothing_else(dist: tuple[Path, Path, str]) -> None:
    """Every module and data file under `svc/`, no tests, no benchmarks."""
    with zipfile.ZipFile(dist[0]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    tree = {"svc/" + path.relative_to(ROOT).as_posix() for kind in (True, False) for path in files(python=kind)}
    shipped = {name for name in tree if not name.removeprefix("svc/").startswith(NOT_SHIPPED)}
    assert names == shipped


@pytest.mark.slow
def test_the_sdist_holds_what_the_wheel_is_built_from(dist: tuple[Path, Path, str]) -> None:
    """`build` made the wheel from it; the licence travels along."""
    with tarfile.open(dist[1]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {"pyproject.toml", "LICENSE", "cli/app.py", "lexicons/ru/core/returns.toml"} <= names


@pytest.mark.slow
def test_the_wheel_analyses_a_sample_in_a_clean_environment(dist: tuple[Path, Path, str], tmp_path: Path) -> None:
    """A new venv, an empty HOME, another folder: only what the wheel and its dependencies bring."""
    home = tmp_path / "home"
    home.mkdir()
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP", "http"))}
    env = {**kept, "HOME": str(home), "PATH": os.environ["PATH"], "PYTHONUTF8": "1", "SVC_LANG": "ru"}

    def call(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), *command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )

    installed = call("-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(dist[0]))
    assert installed.returncode == 0, installed.stderr[-2000:]
    demo = call("-m", "svc.cli", "demo")
    assert (demo.returncode, demo.stderr) == (0, "")
    assert "200" in demo.stdout
    found = call("-c", "from importlib.resources import files; print(files('svc.samples').joinpath('clinic.xlsx'))")
    report = call("-m", "svc.cli", "analyze", found.stdout.strip(), "--format", "json", "-q")
    assert report.returncode == 0, report.stderr
    assert json.loads(report.stdout)["statistics"]["rows"] == 60
