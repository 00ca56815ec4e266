"""The parsed packaged lexicon kept between runs: parsing sixteen thousand terms costs a second, reading a tenth of it.

A pure function of the packaged files and of the code that reads them; a damaged or unwritable file costs time only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from . import lexicon as lexicon_module
from . import terms
from .forms import table_version
from .kept import keep
from .lexicon import Category, Lexicon, Marker, Rule, packaged_files
from .terms import Item, Term


def _version() -> str:
    digest = hashlib.sha256(table_version().encode())
    for source in (Path(terms.__file__), Path(lexicon_module.__file__), Path(__file__), *packaged_files()):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def load_kept(folder: Path) -> Lexicon | None:
    """The kept lexicon, or None where there is none that can be trusted."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, IndexError):
        head, _, body = (folder / f"lexicon-{_version()}.json").read_bytes().partition(b"\n")
        if head.decode() == hashlib.sha256(body).hexdigest():
            return _thaw(json.loads(body))
    return None


def save_kept(lexicon: Lexicon, folder: Path) -> None:
    """Keep a lexicon for later runs; silently none where the folder cannot be written."""
    body = json.dumps(_freeze(lexicon), ensure_ascii=False).encode()
    keep(folder, f"lexicon-{_version()}.json", hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


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
