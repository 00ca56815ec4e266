"""A report with every part filled, made by hand: for tests of what a person sees."""

from __future__ import annotations

from svc.analyzers.records import (
    Accepted,
    Claim,
    ClaimTotals,
    Discovery,
    EffortOf,
    Efforts,
    Expectation,
    Exposed,
    Finding,
    Foreseen,
    Gains,
    Gap,
    Group,
    Kept,
    Kpi,
    Kpis,
    LegalRule,
    Period,
    Quote,
    Repeat,
    Report,
    Segment,
    Skipped,
    Strength,
    Theme,
    Uncovered,
    Urgent,
    Verdict,
)  # fmt: skip

from .made import finding, report

OWNERS = ("logistics", "finance", "frontline", "it", "contact_centre")
SYSTEMS = ("fulfilment", "returns", "staff", "digital", "support")


def full_report(findings: int = 12, quotes: int = 3, words: str = "Курьер не приехал в назначенный час") -> Report:
    """Every key of the contract filled, with `findings` pains of five departments."""
    made = report(*(_finding(i, findings, quotes, words) for i in range(findings)))
    made.meta.inputs = [{"source": "жалобы за осень.csv"}]
    made.periods = [
        Period(f"2026-W{30 + i}", 20 + i, 12 + i % 5, i < 7, [f"fulfilment-0-{k}" for k in range(12)]) for i in range(8)
    ]
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
            ["fulfilment-0-0", "другое"],
        ),
        Segment("Город", "Тверь", 4, 0.04, True, [{"id": first, "share": 0.25}]),
    ]
    made.statistics.first, made.statistics.last = "2026-07-21", "2026-09-10"
    made.statistics.uncovered, made.statistics.uncovered_rows = 3, ["d", "e", "f"]
    made.uncovered = [Uncovered("чайник со свистком", 4)]
    made.predictability = [Foreseen(name, 5, 0.05, 0.02, 0.11, [first]) for name in ("who", "when", "result")] + [
        Foreseen("all", 15, 0.15, 0.1, 0.23, [first])
    ]
    made.kpis = Kpis(10, "2026-11-15", 1, _kpi(None, 90), [_kpi(first, 20)])
    made.duplicates = [Repeat("template", 6, 5, True, 6, "2026-10-01", "2026-10-03", [first], ["a", "b"])]
    made.gates = [Verdict("share(returns):10%", "fail", "returns", 0.12, 0.1, "fail", findings=[first])]
    made.baseline = [Accepted(first, "новый склад", "logistics", "2027-01-31", 5, 0.1, "C", "accepted", 6, 0.11, "C")]
    made.claims, made.themes = _claims(words), _themes(words)
    made.claim_totals = ClaimTotals(3, 0, 2, 1, 1, 59400.0, 41580.0, 1, {"returns.pain1": 1}, "2026-11-15")
    made.discovery = Discovery("uncovered", 14, 5, 12, "2026-W37", 0.01)
    made.skipped = [Skipped("жалобы за осень.csv", 77, "empty_text")]
    made.expectations, made.effort = _expectations(first, words), _effort(first)
    return made


def _finding(number: int, of: int, quotes: int, words: str) -> Finding:
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
    return Kpi(name, n, 9, 1, 4, 2, 11, 3.5, 14.0, 1, 2, ["fulfilment-0-1", "a", "b", "c"])


def _claims(words: str) -> list[Claim]:
    rule = LegalRule("refund", {"ru": "Возврат денег за товар", "en": "Refund"}, "ст. 22", 10, "calendar", 0.01, None,
                     "закон", True)  # fmt: skip
    exposure = Exposed(19800.0, 990.0, 0.0, 20790.0, False, "19800 + 990")
    return [
        Claim(
            f"c{i}", "жалобы за осень.csv", 20 + i, "2026-10-01", "goods", ["refund", "penalty"], 19800.0, None, None,
            ["ст. 22"], ["court"], None, 10, "2026-11-01" if days is not None else None,
            "law" if days is not None else None, days, False, rule if days is not None else None, [],
            exposure if days is not None else None, ["returns.pain1"], f"Требую вернуть деньги: {words}",
        )
        for i, days in enumerate((-12, 3, None))
    ]  # fmt: skip


def _themes(words: str) -> list[Theme]:
    return [
        Theme(
            "t-abcdefgh", {"ru": "не приходит код подтверждения", "en": "no code"}, 9, 8, 0.09, 0.05, 0.16, 0.31, "C",
            {"A": 0, "B": 1, "C": 8, "D": 0}, 1.4, "new", 0.004, False, ["код", "смс"], None, [],
            Kept("t-abcdefgh", 0.2, None), {"код": 2.5, "смс": 1.5}, [_quote("7", words)], ["7"],
        )
    ]  # fmt: skip


def _expectations(name: str, words: str) -> list[Expectation]:
    gap = Gap("3", "жалобы за осень.csv", 4, words, [0, 6], [7, 17])
    return [Expectation("operator", 5, 0.05, {name: 4}, [gap])]


def _effort(name: str) -> Efforts:
    told = (8, 3.0, 12, 14.0, 0, None, 1, 2.0)
    return Efforts(EffortOf(None, 20, *told), [EffortOf(name, 9, *told)])
