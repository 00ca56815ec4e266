"""Libraries that only some formats need: they come with an extra of the distribution."""

import importlib
import importlib.util
from typing import Any

from ..errors import InputError


def need(module: str, extra: str, source: str) -> Any:
    """Import `module` and return it.

    Raises
    ------
    InputError
        ``read.need_extra``, which names what to install.
    """
    try:
        found = importlib.util.find_spec(module)
    except ModuleNotFoundError:  # the package around it
        found = None
    if found is None:
        raise InputError("read.need_extra", path=source, extra=extra, install=f"pip install 'svc-upgrade[{extra}]'")
    return importlib.import_module(module)
