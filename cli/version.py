"""The installed version."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def _installed() -> str:
    try:
        return version("svc-upgrade")
    except PackageNotFoundError:  # run from a checkout without an installation
        return "0"


VERSION = _installed()
