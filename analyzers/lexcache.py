"""The packaged lexicon kept between runs, parsed and compiled: making it costs seconds, reading it a tenth of that.

A pure function of the packaged files and of the code that reads them; a damaged or unwritable file costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from dataclasses import fields
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


def _version() -> str:
    digest = hashlib.sha256(table_version().encode())
    code = (Path(module.__file__ or "") for module in (terms, lexicon_module, compiled))
    for source in (*code, Path(__file__), path("ru/frequency.txt"), *packaged_files()):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def load_kept(folder: Path) -> Lexicon | None:
    """The kept lexicon, or None where there is none that can be trusted."""
    with uncollected(), contextlib.suppress(OSError, ValueError, KeyError, TypeError, IndexError, EOFError):
        version = _version()
        body, tables = _read(folder / f"lexicon-{version}.json"), _read(folder / f"rules-{version}.npz")
        if body is not None and tables is not None:
            lexicon = _thaw(json.loads(body))
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
    body = json.dumps(_freeze(lexicon), ensure_ascii=False).encode()
    for name, data in ((f"lexicon-{_version()}.json", body), (f"rules-{_version()}.npz", tables.getvalue())):
        keep(folder, name, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def _freeze(lexicon: Lexicon) -> dict[str, Any]:
    items: dict[Item, int] = {}

    def leg(parts: tuple[Item, ...]) -> list[int]:
        return [items.setdefault(item, len(items)) for item in parts]

    rules = [
        [r.use, r.target, r.pack, r.file, r.line, r.term.text, r.term.weight, leg(r.term.main),
         [leg(x) for x in r.term.plus], [leg(x) for x in r.term.minus]]
        for r in lexicon.rules
    ]  # fmt: skip
    return {
        "version": lexicon.version,
        "packs": lexicon.packs,
        "categories": [{f.name: getattr(c, f.name) for f in fields(c)} for c in lexicon.categories.values()],
        "markers": [{f.name: getattr(m, f.name) for f in fields(m)} for m in lexicon.markers.values()],
        "items": [[sorted(i.atoms), i.gap, i.ordered, i.strict] for i in items],
        "rules": rules,
    }


def _thaw(data: dict[str, Any]) -> Lexicon:
    items = [Item(frozenset(atoms), gap, ordered, strict) for atoms, gap, ordered, strict in data["items"]]

    def leg(numbers: list[int]) -> tuple[Item, ...]:
        return tuple(items[number] for number in numbers)

    categories = [Category(**(entry | {"aliases": tuple(entry["aliases"])})) for entry in data["categories"]]
    rules = [
        Rule(
            use, target, Term(text, leg(main), tuple(map(leg, plus)), tuple(map(leg, minus)), weight), pack, file, line
        )
        for use, target, pack, file, line, text, weight, main, plus, minus in data["rules"]
    ]
    return Lexicon(
        {entry.id: entry for entry in categories},
        {entry["id"]: Marker(**entry) for entry in data["markers"]},
        data["packs"],
        rules,
        [],
        data["version"],
    )
