"""`svc demo`: the main job on the packaged sample."""

from __future__ import annotations

from .. import options as o
from ..messages import LANGUAGES, default_language

SAMPLE = "shop.csv"


def demo_cli(lang: o.Lang = None, top: o.Top = 10) -> int:
    """Face of `demo`."""
    return demo(lang, top)


def demo(lang: str | None = None, top: int = 10) -> int:
    """Analyse the packaged sample of an internet shop's complaints."""
    from importlib.resources import as_file, files

    from ...analyzers.config import Settings, cache_folder
    from ..bundles import choice
    from .analyze import Outputs, analyze

    language = choice("lang", lang, LANGUAGES) or default_language()
    with as_file(files("svc.samples").joinpath(SAMPLE)) as path:
        return analyze([str(path)], Settings(top=top, cache=cache_folder()), Outputs(language=language, top=top))
