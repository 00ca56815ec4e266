"""One environment for every test: a cache folder of the session, Russian words, nothing inherited from the shell."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every run, and no time limits: a change fails for what it did, not for luck or a busy machine.
# `make test-all` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("seeking", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

# messages are worded when `svc.cli` is imported, so the language stands before any test module is
os.environ["SVC_LANG"] = "ru"
# as cli/app.py does: on a busy machine threads that wait for each other make small matrices a hundred times slower
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

FOREIGN = (
    "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "PYTHONIOENCODING", "SOURCE_DATE_EPOCH", "SVC_DEBUG", "SVC_MASK_KEY",
    "TERM", "TYPER_USE_RICH",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--renew` of the golden pages."""
    parser.addoption("--renew", action="store_true", help="write the golden pages anew; review the diff")


@pytest.fixture(scope="session", autouse=True)
def _same_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Kept tables in a folder of the session; variables that change output are the tests' own to set."""
    with pytest.MonkeyPatch.context() as patch:
        for name in FOREIGN:
            patch.delenv(name, raising=False)
        patch.setenv("SVC_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("SVC_LANG", "ru")
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield
