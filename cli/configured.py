"""Settings of files and `SVC_*` as defaults of the commands: a flag always wins."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..analyzers.configuration import Value
    from ..analyzers.weights import Weights

PARAMETERS = {"id": "id_", "format": "format_"}  # names that Python keeps for itself
FOLLOW = ("analyze", "explain", "mask", "weekly")
# what masks follows the rules of masking, whatever else it follows
RULED = ("discover", "inspect")
RULED_IN_GROUP = {"lexicon": ("coverage", "suggest", "diff")}


def user_file() -> Path | None:
    """The user's own svc.toml, whether it exists or not."""
    from platformdirs import user_config_dir

    try:
        return Path(user_config_dir("svc", appauthor=False)) / "svc.toml"
    except (OSError, RuntimeError):
        return None


def configured() -> dict[str, Value]:
    """Everything that is set outside the command line.

    Raises
    ------
    UsageError
        ``config.*``.
    """
    from ..analyzers.configuration import read_settings

    return read_settings(os.environ, Path.cwd(), user_file())


def weights() -> Weights:
    """The weights that files and the environment set."""
    from ..analyzers.weights import weights_of

    return weights_of({key: item.value for key, item in configured().items()})


def defaults(command: str | None) -> dict[str, dict[str, Any]]:
    """What click takes where no flag is given; empty for commands that follow no settings."""
    if command in RULED or command in RULED_IN_GROUP:
        rules = configured().get("mask_rules")
        given = {} if rules is None else {"mask_rules": rules.value}
        inner = RULED_IN_GROUP.get(command, ())
        return {command: dict.fromkeys(inner, given) if inner else given}
    if command not in FOLLOW:
        return {}
    given = configured()
    values = {PARAMETERS.get(key, key): item.value for key, item in given.items() if "." not in key}
    if command == "weekly":
        values.pop("format_", None)  # of a report; a digest has forms of its own
        own = {key.removeprefix("weekly."): item.value for key, item in given.items() if key.startswith("weekly.")}
        values |= {PARAMETERS.get(key, key): value for key, value in own.items()}
    return {command: values}
