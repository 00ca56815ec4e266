"""The installed version."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("svc-upgrade")
except PackageNotFoundError:  # run from a checkout without an installation
    VERSION = "0"
