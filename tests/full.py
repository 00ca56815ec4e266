"""A report with every part filled, made by hand: for tests of what a person sees."""

from __future__ import annotations

from typing import Any

from svc.analyzers.records import (
    Accepted,
    Foreseen,
    Gains,
    Group,
    Kpi,
    Kpis,
    Period,
    Quote,
    Repeat,
    Report,
    Segment,
    Strength,
    Uncovered,
    Urgent,
    Verdict,
)

from .made import finding, report

OWNERS = ("logistics", "finance", "frontline", "it", "contact_centre")
SYSTEMS = ("fulfilment", "returns", "staff", "digital", "support")


def full_report(findings: int = 12, quotes: int = 3, words: str = "Курьер не приехал в назначенный час") -> Report:
    """Every key of the contract filled, with `findings` pains of five departments."""
    made = report(*(_finding(i, findings, quotes, words) for i in range(findings)))
    made.meta.inputs = [{"source": "жалобы за осень.csv"}]
    made.periods = [Period(f"2026-W{30 + i}", 20 + i, 12 + i % 5, i < 7) for i in range(8)]
    first = made.findings[0].id
    made.owners, made.systems, made.stages, made.dimensions = (
        [
            Group(name, {"ru": name, "en": name}, 30 - 5 * i, 0.3 - 0.05 * i, 40.0 - 8 * i, 0.5, [first])
            for i, name in enumerate(names)
        ]
        for names in (OWNERS, SYSTEMS, ("during", "after", "before"), ("reliability", "trust", "clarity"))
    )
    made.matrix = {"before": {"staff": 2}, "during": {"fulfilment": 40, "digital": 9}, "after": {"returns": 17}}
    made.strengths = [
        Strength("staff.rude", {"ru": "Хамство", "en": "Rude"}, "staff", 6, 0.2, [_quote("похвала", words)])
    ]
    made.urgent = [
        Urgent(f"u{i}", "жалобы за осень.csv", 40 + i, 0.8, ["court", first], [first], f"Подам в суд, если {words}")
        for i in range(3)
    ]
    made.segments = [
        Segment(
            "Город",
            "Тула",
            30,
            0.3,
            False,
            [{"id": first, "share": 0.4, "ratio": 2.1, "ratio_low": 1.2, "ratio_high": 3.4, "q": 0.01}],
        ),
        Segment("Город", "Тверь", 4, 0.04, True, [{"id": first, "share": 0.25}]),
    ]
    made.uncovered = [Uncovered("чайник со свистком", 4)]
    made.predictability = [Foreseen(name, 5, 0.05, 0.02, 0.11, [first]) for name in ("who", "when", "result")] + [
        Foreseen("all", 15, 0.15, 0.1, 0.23, [first])
    ]
    made.kpis = Kpis(10, "2026-11-15", 1, _kpi(None, 90), [_kpi(first, 20)])
    made.duplicates = [Repeat("template", 6, 5, True, 6, "2026-10-01", "2026-10-03", [first], ["a", "b"])]
    made.gates = [Verdict("share(returns):10%", "fail", "returns", 0.12, 0.1, "fail", findings=[first])]
    made.baseline = [Accepted(first, "новый склад", "logistics", "2027-01-31", 5, 0.1, "C", "accepted", 6, 0.11, "C")]
    made.claims, made.themes = _claims(words), _themes(words)
    made.expectations, made.effort = _expectations(first, words), _effort(first)
    return made


def _finding(number: int, of: int, quotes: int, words: str) -> Any:
    system, owner = SYSTEMS[number % 5], OWNERS[number % 5]
    n = max(2, 30 - 2 * number)
    return finding(
        f"{system}.pain{number}",
        n,
        100,
        owner=owner,
        title={"ru": f"Боль номер {number}", "en": f"Pain {number}"},
        severity_class="ABCD"[number % 4],
        index=round(100 * (of - number) / (of * (of + 1) / 2), 1),
        cumulative=min(100.0, round(100 * (number + 1) / of, 1)),
        few=n < 5,
        status=("growing", "new", "stable")[number % 3],
        trend=[number % 3, 1, 0, 2, 5, 3, number % 7, 1],
        per_1000=1.5,
        impact=-0.12,
        gains=Gains(10.0, 6000.0, 190.0, 1.0, 3.0, 9000.0, 15000.0),
        quotes=[_quote(f"{system}-{number}-{k}", words) for k in range(quotes)],
        rows=[f"жалобы за осень.csv:{k + 2}" for k in range(n)],
    )


def _quote(name: str, words: str) -> Quote:
    return Quote(name, "жалобы за осень.csv", 12, words, 0, min(6, len(words)), 0.5)


def _kpi(name: str | None, n: int) -> Kpi:
    return Kpi(name, n, 9, 1, 4, 2, 11, 3.5, 14.0, 1, 2)


def _claims(words: str) -> list[dict[str, Any]]:
    rule: dict[str, Any] = {
        "id": "refund",
        "title": {"ru": "Возврат денег за товар", "en": "Refund"},
        "article": "ст. 22",
        "days": 10,
        "unit": "calendar",
        "penalty": 0.01,
        "cap": None,
        "source": "закон",
        "verified": True,
    }
    exposure = {
        "amount": 19800.0,
        "penalty": 990.0,
        "fine": 0.0,
        "total": 20790.0,
        "capped": False,
        "formula": "19800 + 990",
    }
    return [
        {
            "id": f"c{i}",
            "source": "жалобы за осень.csv",
            "row": 20 + i,
            "received": "2026-10-01",
            "demands": ["refund", "penalty"],
            "amount": 19800.0,
            "penalty": None,
            "law": ["ст. 22"],
            "deadline": None,
            "deadline_days": 10,
            "due": "2026-11-01",
            "days_left": days,
            "provisional": False,
            "rule": rule if days is not None else None,
            "unverified": [],
            "exposure": exposure if days is not None else None,
            "categories": ["returns.pain1"],
            "text": f"Требую вернуть деньги: {words}",
        }
        for i, days in enumerate((-12, 3, None))
    ]


def _themes(words: str) -> list[dict[str, Any]]:
    return [
        {
            "id": "t-abcdefgh",
            "title": {"ru": "не приходит код подтверждения", "en": "no code"},
            "n": 9,
            "severity_class": "C",
            "status": "new",
            "few": False,
            "words": ["код", "смс"],
            "quotes": [
                {
                    "id": "7",
                    "source": "жалобы за осень.csv",
                    "row": 8,
                    "text": words,
                    "start": 0,
                    "stop": 3,
                    "severity": 0.3,
                }
            ],
            "rows": ["7"],
        }
    ]


def _expectations(name: str, words: str) -> list[dict[str, Any]]:
    gap = {"id": "3", "source": "жалобы за осень.csv", "row": 4, "text": words, "promised": [0, 6], "got": [7, 17]}
    return [{"by": "operator", "n": 5, "share": 0.05, "categories": {name: 4}, "quotes": [gap]}]


def _effort(name: str) -> dict[str, Any]:
    told = {
        "contacts_n": 8,
        "contacts": 3.0,
        "days_waited_n": 12,
        "days_waited": 14.0,
        "visits_n": 0,
        "visits": None,
        "documents_n": 1,
        "documents": 2.0,
    }
    return {"total": {"id": None, "n": 20, **told}, "categories": [{"id": name, "n": 9, **told}]}
