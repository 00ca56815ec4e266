"""What a command imports: `svc --help` must start at once, `svc analyze` must not pay for scikit-learn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROBE = """
import json, sys
sys.argv = ["svc", *sys.argv[1:]]
from svc.cli.app import main
try:
    main()
except SystemExit as stop:
    code = stop.code
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """Top-level modules in `sys.modules` after a command that ended well."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    code, names = json.loads(done.stderr.splitlines()[-1])
    assert not code, done.stderr
    assert done.stdout
    return set(names)


@pytest.mark.parametrize("arguments", [["--help"], ["analyze", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """Whoever asks what the command can do waits for nothing it does not need."""
    heavy = {"numpy", "pandas", "sklearn", "scipy", "pyarrow", "pymorphy3", "python_calamine", "rich", "dask"}
    assert heavy & loaded(*arguments) == set()


def test_analyze_of_a_sample_imports_no_table_or_learning_library() -> None:
    """scikit-learn costs seconds to import; the models are packaged as numbers."""
    names = loaded("analyze", "samples/shop.csv", "--quiet")
    assert {"numpy", "svc"} <= names
    assert {"pandas", "sklearn", "scipy", "pyarrow", "dask", "rich"} & names == set()
