"""`svc config`: every setting of `svc analyze` and `svc weekly`, and where it comes from."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ..boundary import DONE, clean, json_text
from ..configured import PARAMETERS, configured, user_file
from ..console import emit
from ..messages import say


def config_cli() -> int:
    """Face of `config`."""
    return config()


def config() -> int:
    """Print the settings in the form of svc.toml, each with its source as a comment.

    Raises
    ------
    UsageError
        ``config.*``.
    """
    given = configured()
    built_in = {**_options(), **_weights()}
    values = {key: (given[key].value if key in given else value) for key, value in built_in.items()}
    width = max(len(_line(key, value)) for key, value in values.items() if value is not None) + 2
    lines = ["# " + say("config.user", path=user_file() or "—")]
    for key, value in values.items():
        source = given[key].source if key in given else say("config.default")
        lines.append(f"{_line(key, value):<{min(width, 60)}}# {source}")
    emit("\n".join(clean(line) for line in lines) + "\n")
    return DONE


def _line(key: str, value: Any) -> str:
    return f"{key} = {json_text(value)}" if value is not None else f"# {key} ="


def _options() -> dict[str, Any]:
    """Options of `analyze` and those of `weekly` alone, with their built-in values."""
    import inspect

    from ...analyzers.configuration import LISTS, OPTIONS, WEEKLY
    from .analyze import analyze_cli
    from .weekly import weekly_cli

    parameters = inspect.signature(analyze_cli).parameters
    found = {key: parameters[PARAMETERS.get(key, key)].default for key in OPTIONS}
    of_weekly = inspect.signature(weekly_cli).parameters
    for key in WEEKLY:
        name = key.removeprefix("weekly.")
        found[key] = of_weekly[PARAMETERS.get(name, name)].default
    return {key: [] if (key in LISTS or WEEKLY.get(key) == "list") and value is None else value
            for key, value in found.items()}  # fmt: skip


def _weights() -> dict[str, Any]:
    from ...analyzers.assess.severity import FACTS, RELIEFS
    from ...analyzers.weights import GROWTH_HIGH, GROWTH_LOW, Figures

    found: dict[str, Any] = {"rank.growth_low": GROWTH_LOW, "rank.growth_high": GROWTH_HIGH}
    for fact in FACTS:
        found |= {f"severity.{fact.marker}.floor": fact.floor, f"severity.{fact.marker}.add": fact.add}
    found |= {f"severity.{relief.marker}.off": relief.off for relief in RELIEFS}
    return found | {f"figures.{item.name}": None for item in fields(Figures)}
