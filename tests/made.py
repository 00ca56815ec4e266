"""Reports made by hand, for tests of what is built on them."""

from __future__ import annotations

import io
import zipfile

from svc.analyzers.records import Factors, Finding, Group, Meta, Quote, Report, Statistics, Urgent
from svc.cli.reporters import render


def finding(name: str = "fulfilment.late", n: int = 20, total: int = 100, **changes: object) -> Finding:
    """A finding of `n` complaints of `total`; any field may be changed."""
    share = round(n / total, 4)
    made = Finding(
        id=name, title={"ru": f"Боль {name}", "en": f"Pain {name}"}, system=name.partition(".")[0], owner="logistics",
        dimension="reliability", stage="during", n=n, customers=n, share=share, share_low=round(share * 0.8, 4),
        share_high=min(1.0, round(share * 1.2, 4)), severity=0.45, severity_class="C", growth=1.1, status=None,
        index=float(n), cumulative=float(n), few=n < 5, factors=Factors(n * 0.45, 1.1, 45.0),
        upgrade={"ru": "Менять", "en": "Change"}, metric={"ru": "Мерить", "en": "Measure"},
        classes={"A": 0, "B": 0, "C": n, "D": 0}, index_low=1.0, index_high=99.0, rank_low=1, rank_high=2,
        quotes=[Quote("7", "жалобы.csv", 8, f"Цитата о {name}", 0, 6, 0.45)], rows=["7"],
    )  # fmt: skip
    for key, value in changes.items():
        setattr(made, key, value)
    return made


def report(*findings: Finding, total: int = 100, coverage: float | None = 0.95) -> Report:
    """A report of findings, with the sums of their systems."""
    systems: dict[str, list[Finding]] = {}
    for item in findings:
        systems.setdefault(item.system, []).append(item)
    groups = [
        Group(name, {"ru": name, "en": name}, sum(f.n for f in mine), min(1.0, round(sum(f.share for f in mine), 4)),
              min(100.0, round(sum(f.index for f in mine), 1)), 0.45, [f.id for f in mine])
        for name, mine in systems.items()
    ]  # fmt: skip
    return Report(
        meta=Meta("svc", "0.1.0", "abcdef012345", "2026-01-01T00:00:00+00:00", [{"source": "жалобы.csv"}], {}, True),
        statistics=Statistics(total + 10, total + 5, 3, 2, total, max(0, total - 1), coverage, {"empty_text": 3}),
        findings=list(findings), strengths=[], systems=groups, owners=[], stages=[], dimensions=[],
        kinds={"complaint": total}, matrix={},
        urgent=[Urgent("9", "жалобы.csv", 10, 0.8, ["court"], [], "Подам в суд")],
        segments=[], periods=[], uncovered=[], skipped=[],
    )  # fmt: skip


def shown(kind: str, made: Report, language: str) -> str:
    """A report in any format as text; of a workbook, the strings of its cells and sheets."""
    page = render(kind, made, language, top=0)
    if isinstance(page, str):
        return page
    with zipfile.ZipFile(io.BytesIO(page)) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith((".xml", ".rels"))]
    return "\n".join(texts).replace("\r", "")
