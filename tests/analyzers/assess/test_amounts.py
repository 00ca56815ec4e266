"""Sums of money in claims: what is a number of something else is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from svc.analyzers.config import Settings
from svc.analyzers.pipeline import analyze


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Претензия. Требую вернуть деньги. Возврат по заказу 5566218 (комбинезон, 5 200 руб.) не пришёл.", 5200.0),
        ("Претензия. Требую вернуть деньги по договору 7781234 за шкаф, 34 000 рублей.", 34000.0),
        ("Претензия. Списали за заказ 23400, требую вернуть деньги, мебель не привезли.", 23400.0),
    ],
)
def test_an_order_number_is_no_sum(tmp_path: Path, text: str, amount: float) -> None:
    """«возврат по заказу 5566218» made the shop sample demand five and a half millions."""
    path = tmp_path / "претензии.csv"
    path.write_text(f'id;text\n1;"{text}"\n', "utf-8")
    report = analyze([str(path)], Settings(workers=0), "test").report
    assert [claim.amount for claim in report.claims] == [amount]
