"""The knowledge as data: names to paths, nothing else. The format stands in README.md beside this file."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["folder", "path"]


def path(name: str) -> Traversable:
    """Where a packaged lexicon file lies, such as ``ru/forms.toml``."""
    return files(__package__ or "svc.lexicons").joinpath(*name.split("/"))


def folder(name: str) -> list[Traversable]:
    """The TOML files of a packaged folder and of the folders below it, sorted by name; none where it does not exist."""
    found: list[Traversable] = []
    top = path(name)
    if not top.is_dir():  # git and wheels keep no empty folders
        return found
    for item in sorted(top.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            found += folder(f"{name}/{item.name}")
        elif item.name.endswith(".toml"):
            found.append(item)
    return found
