"""The packaged lexicon kept between runs, parsed and compiled: making it costs seconds, reading it a tenth of that.

A pure function of the packaged files and of the code that reads them; a damaged or unwritable file costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from dataclasses import fields
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from ..lexicons import path
from . import compiled, terms
from . import lexicon as lexicon_module
from .compiled import Compiled, compile_rules
from .forms import table_version
from .kept import keep, uncollected
from .lexicon import Category, Lexicon, Marker, Rule, packaged_files
from .terms import Item, Term

Leg = tuple[Item, ...]


def _version() -> str:
    digest = hashlib.sha256(table_version().encode())
    code = (Path(module.__file__ or "") for module in (terms, lexicon_module, compiled))
    for source in (*code, Path(__file__), path("ru/frequency.txt"), *packaged_files()):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def load_kept(folder: Path, *, legs: bool = True) -> Lexicon | None:
    """The kept lexicon, or None where there is none that can be trusted.

    Parameters
    ----------
    folder : Path
    legs : bool, default True
        Whether the terms come with their legs, which only compiling and checking them asks for: reading these takes
        two thirds of the time.
    """
    with uncollected(), contextlib.suppress(OSError, ValueError, KeyError, TypeError, IndexError, EOFError):
        version = _version()
        body, tables = _read(folder / f"lexicon-{version}.json"), _read(folder / f"rules-{version}.npz")
        parts = _read(folder / f"legs-{version}.json") if legs else b"null"
        if body is not None and tables is not None and parts is not None:
            lexicon = _thaw(json.loads(body), json.loads(parts))
            with np.load(io.BytesIO(tables), allow_pickle=False) as arrays:
                lexicon.compiled = Compiled(**{field.name: arrays[field.name] for field in fields(Compiled)})
            return lexicon
    return None


def _read(file: Path) -> bytes | None:
    """The body of a kept file, None where it is not what was written."""
    head, _, body = file.read_bytes().partition(b"\n")
    return body if head.decode() == hashlib.sha256(body).hexdigest() else None


def save_kept(lexicon: Lexicon, folder: Path) -> None:
    """Keep a lexicon for later runs; silently none where the folder cannot be written."""
    if lexicon.compiled is None:
        lexicon.compiled = compile_rules(lexicon.rules, list(lexicon.packs))
    tables = io.BytesIO()
    np.savez(tables, allow_pickle=False, **lexicon.compiled.table())
    version = _version()
    kept = {
        f"lexicon-{version}.json": json.dumps(_freeze(lexicon), ensure_ascii=False).encode(),
        f"legs-{version}.json": json.dumps(_freeze_legs(lexicon), ensure_ascii=False).encode(),
        f"rules-{version}.npz": tables.getvalue(),
    }
    for name, data in kept.items():
        keep(folder, name, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def _freeze(lexicon: Lexicon) -> dict[str, Any]:
    return {
        "version": lexicon.version,
        "packs": lexicon.packs,
        "categories": [{f.name: getattr(c, f.name) for f in fields(c)} for c in lexicon.categories.values()],
        "markers": [{f.name: getattr(m, f.name) for f in fields(m)} for m in lexicon.markers.values()],
        "rules": [[r.use, r.target, r.pack, r.file, r.line, r.term.text, r.term.weight] for r in lexicon.rules],
    }


def _freeze_legs(lexicon: Lexicon) -> dict[str, Any]:
    items: dict[Item, int] = {}

    def leg(parts: tuple[Item, ...]) -> list[int]:
        return [items.setdefault(item, len(items)) for item in parts]

    terms = [rule.term for rule in lexicon.rules]
    legs = [[leg(t.main), [leg(x) for x in t.plus], [leg(x) for x in t.minus]] for t in terms]
    return {"items": [[sorted(i.atoms), i.gap, i.ordered, i.strict] for i in items], "legs": legs}


def _thaw(data: dict[str, Any], parts: dict[str, Any] | None) -> Lexicon:
    legs = repeat(((), (), ())) if parts is None else _thaw_legs(parts)
    rules = [
        Rule(use, target, Term(text, main, plus, minus, weight), pack, file, line)
        for (use, target, pack, file, line, text, weight), (main, plus, minus) in zip(data["rules"], legs, strict=False)
    ]
    if len(rules) != len(data["rules"]):
        raise ValueError("legs are missing")
    categories = [Category(**(entry | {"aliases": tuple(entry["aliases"])})) for entry in data["categories"]]
    return Lexicon(
        {entry.id: entry for entry in categories},
        {entry["id"]: Marker(**entry) for entry in data["markers"]},
        data["packs"],
        rules,
        [],
        data["version"],
    )


def _thaw_legs(data: dict[str, Any]) -> list[tuple[Leg, tuple[Leg, ...], tuple[Leg, ...]]]:
    items = [Item(frozenset(atoms), gap, ordered, strict) for atoms, gap, ordered, strict in data["items"]]

    def leg(numbers: list[int]) -> Leg:
        return tuple([items[number] for number in numbers])

    return [(leg(main), tuple(map(leg, plus)), tuple(map(leg, minus))) for main, plus, minus in data["legs"]]
