"""The same complaints along other axes: systems, owners, stages, strengths, segments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..assess.segments import Effect, effects
from ..evidence import Candidate, Shelf, praises
from ..mask import mask_value
from ..records import Finding, Group, Quote, Segment, Strength, Title
from ..vocabulary import STAGES, SYSTEMS
from .basis import Basis, distinct, share

Int = NDArray[np.int64]

MAX_SEGMENTS = 12
TOP_OF_SEGMENT = 3


def groups(basis: Basis, findings: list[Finding], axis: str, titles: Callable[[str], Title]) -> list[Group]:
    """Findings summed by system, owner, stage or dimension, in order of index."""
    counted = basis.counted
    value_of = {c.id: getattr(c, axis) for c in basis.categories}
    number_of = {c.id: i for i, c in enumerate(basis.categories)}
    members_of: dict[str, list[Finding]] = {}
    for finding in findings:
        members_of.setdefault(value_of[finding.id], []).append(finding)
    found: list[Group] = []
    for value, members in members_of.items():
        docs = np.concatenate([basis.docs[number_of[finding.id]] for finding in members])
        docs = distinct(docs, len(counted.rows))
        found.append(
            Group(
                value,
                titles(value),
                len(docs),
                share(len(docs), len(counted.rows)),
                round(sum(round(f.index * 10) for f in members) / 10, 1),
                round(float(counted.severity[docs].mean().round(6)), 3),
                [f.id for f in members],
            )
        )
    return sorted(found, key=lambda group: (-group.index, -group.n, group.id))


def matrix(basis: Basis) -> dict[str, dict[str, int]]:
    """Complaints by stage and system."""
    counted = basis.counted
    table: dict[str, dict[str, int]] = {stage: dict.fromkeys(SYSTEMS, 0) for stage in STAGES}
    stages = np.array([STAGES.index(c.stage) for c in basis.categories])
    systems = np.array([SYSTEMS.index(c.system) for c in basis.categories])
    cells = np.sort(counted.doc * 1000 + stages[counted.category] * 100 + systems[counted.category])
    cells = cells[np.flatnonzero(np.diff(cells, prepend=-1))] % 1000
    for cell, n in Counter(map(int, cells)).items():
        table[STAGES[cell // 100]][SYSTEMS[cell % 100]] = n
    return table


def strengths(basis: Basis, shelf: Shelf, limit: int = 10) -> list[Strength]:
    """What customers praise, by categories, commonest first.

    Only in rows that surely praise: «раньше деньги падали на следующий день» in a complaint is none.
    """
    kind = praises(basis.columns["kind"], basis.columns["complaint"])
    place = (basis.used & kind)[basis.columns["praised_doc"]]
    count = np.bincount(basis.columns["praised"][place].astype(np.int64), minlength=len(basis.categories))
    total = int(basis.used.sum())
    order = sorted(np.flatnonzero(count).tolist(), key=lambda c: (-count[c], basis.categories[c].id))[:limit]
    quoted: set[tuple[str, int]] = set()
    return [
        Strength(
            basis.categories[c].id,
            basis.categories[c].title,
            basis.categories[c].system,
            int(count[c]),
            share(int(count[c]), total),
            _praise(basis, shelf.best(c), quoted),
        )
        for c in order
    ]


def _praise(basis: Basis, candidates: list[Candidate], quoted: set[tuple[str, int]]) -> list[Quote]:
    """One quote, of a text that no other strength has quoted where there is one."""
    fresh = [candidate for candidate in candidates if (candidate.source, candidate.row) not in quoted]
    chosen = (fresh or candidates)[:1]
    quoted.update((candidate.source, candidate.row) for candidate in chosen)
    return basis.quotes(chosen) if basis.options.quote_all else []


def segments(basis: Basis) -> list[Segment]:
    """Values of the `--by` columns: how many complaints, and what they over-produce."""
    counted = basis.counted
    found: list[Segment] = []
    for name in basis.columns.by_names:
        codes = basis.columns["by:" + name][counted.rows].astype(np.int64)
        sizes: Counter[int] = Counter(codes.tolist())
        values = basis.columns.values.get(name, [])
        judged: dict[int, list[Effect]] = {}
        for effect in effects(codes, counted.doc, counted.category, len(basis.categories)):
            judged.setdefault(effect.value, []).append(effect)
        for code, n in sorted(sizes.items(), key=lambda item: (-item[1], values[item[0]]))[:MAX_SEGMENTS]:
            value = mask_value(values[code]) if basis.options.masked else values[code]
            top = _over_produced(judged.get(code, [])) or _commonest(basis, codes, code)
            found.append(
                Segment(name, value, n, share(n, len(counted.rows)), few=code not in judged, top=[
                    {"id": basis.categories[c].id, "n": k, "share": share(k, n)} | extra for c, k, extra in top
                ], rows=basis.named(np.flatnonzero(codes == code)))
            )  # fmt: skip
    return found


def _over_produced(effects_: list[Effect]) -> list[tuple[int, int, dict[str, float]]]:
    """What a value has surely more of than the others, by how much more."""
    marked = sorted((e for e in effects_ if e.marked), key=lambda e: (-e.low, e.category))[:TOP_OF_SEGMENT]
    return [(e.category, e.n, {"ratio": e.ratio, "ratio_low": e.low, "ratio_high": e.high, "q": e.q}) for e in marked]


def _commonest(basis: Basis, codes: Int, code: int) -> list[tuple[int, int, dict[str, float]]]:
    count: Counter[int] = Counter(basis.counted.category[codes[basis.counted.doc] == code].tolist())
    top = sorted(count.items(), key=lambda item: (-item[1], basis.categories[item[0]].id))[:TOP_OF_SEGMENT]
    return [(c, k, {}) for c, k in top]
