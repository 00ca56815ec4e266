"""One report, whatever the machine: rows permuted, workers, chunks, kernels and threads of the linear algebra."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

import pytest
from svc.analyzers.config import Settings
from svc.analyzers.pipeline import analyze
from svc.analyzers.read import ReadOptions
from svc.analyzers.records import Report
from svc.analyzers.weights import Figures, Weights

from .conftest import ROOT, Svc

ROLES = {"text": "Текст", "date": "Дата", "id": "id", "customer": "Клиент", "status": "Статус", "closed": "Закрыто",
         "rating": "Оценка"}  # fmt: skip
FLAGS = [item for role, name in ROLES.items() for item in (f"--{role}", name)]
FLAGS += ["--by", "Город", "--denominator", "9000", "--quiet", "--format", "json", "--top", "0"]
STATUSES = ("Закрыто", "В работе", "Повторно открыто", "VIP", "")
SHAPES = {
    "threads 2": {"OPENBLAS_NUM_THREADS": "2"},
    "threads 4": {"OPENBLAS_NUM_THREADS": "4"},
    "an old kernel": {"OPENBLAS_CORETYPE": "Prescott"},
    "another kernel": {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "3"},
    "another hash seed": {"PYTHONHASHSEED": "7"},
}


def rows() -> list[dict[str, str]]:
    """A thousand complaints with every column the figures need; a customer writes several times, some rows twice."""
    with open(ROOT / "samples/shop.csv", encoding="cp1251", newline="") as file:
        texts = [row["Текст обращения"] for row in csv.DictReader(file, delimiter=";")]
    chance = random.Random(4)
    found: list[dict[str, str]] = []
    for number in range(1000):
        day = dt.date(2026, 8, 3) + dt.timedelta(chance.randrange(100))
        status = chance.choice(STATUSES)
        closed = str(day + dt.timedelta(chance.randrange(30))) if status == "Закрыто" else ""
        found.append(
            {"id": str(number), "Дата": str(day), "Клиент": f"клиент {chance.randrange(400)}",
             "Город": chance.choice(("Тула", "Тверь", "Омск")), "Статус": status, "Закрыто": closed,
             "Оценка": str(chance.randrange(1, 6)), "Текст": chance.choice(texts) + chance.choice(("", " Жду ответа."))}
        )  # fmt: skip
    return found


def written(folder: Path, lines: list[dict[str, str]]) -> Path:
    path = folder / "all.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return path


def plain(value: Any) -> Any:
    """Without the places, which another order of rows moves."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items() if name not in {"source", "row", "meta"}}
    return [plain(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("same"), rows())


def report(path: Path, **settings: Any) -> Report:
    read = ReadOptions(columns=dict(ROLES), by=("Город",))
    figures = Figures(handling_hours=0.3, hour_cost=700, cac=2500, reach_offline=10, reach_online=180)
    given = {"workers": 0, "denominator": 9000, "weights": Weights(figures=figures)} | settings
    return analyze([str(path)], Settings(read=read, **given), "test").report


@pytest.fixture(scope="module")
def first(path: Path) -> dict[str, Any]:
    found = report(path)
    assert found.kpis is not None
    assert found.kpis.total.repeats
    assert found.predictability
    assert found.findings[0].money
    return plain(found.to_json())


@pytest.mark.parametrize(("chunk", "workers"), [(1, 0), (37, 0), (5000, 0), (100, 1), (100, 2)])
def test_chunks_and_workers_change_nothing(path: Path, first: dict[str, Any], chunk: int, workers: int) -> None:
    assert plain(report(path, chunk=chunk, workers=workers).to_json()) == first


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_permuted_rows_change_nothing(tmp_path: Path, first: dict[str, Any], seed: int) -> None:
    mixed = rows()
    random.Random(seed).shuffle(mixed)
    assert plain(report(written(tmp_path, mixed)).to_json()) == first


@pytest.fixture(scope="module")
def told() -> dict[Path, str]:
    """What the first process said."""
    return {}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("workers", ["0", "2"])
def test_kernels_and_threads_change_not_a_byte(
    process: Svc, path: Path, told: dict[Path, str], shape: str, workers: str
) -> None:
    """Whole processes, for these are read when numpy loads; the same bytes but for the time."""
    fixed = {"SOURCE_DATE_EPOCH": "1790000000"}
    if path not in told:
        told[path] = process("analyze", path, *FLAGS, "--workers", "0", OPENBLAS_NUM_THREADS="1", **fixed).out
    done = process("analyze", path, *FLAGS, "--workers", workers, **fixed, **SHAPES[shape])
    assert done.code == 0
    assert json.loads(done.out)["findings"]
    assert done.out == told[path]
