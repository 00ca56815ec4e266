"""Running commands: in this process where that is enough, in another one where streams and environment matter."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from svc.analyzers import explain, lexicon, pipeline
from svc.analyzers.assess.severity import FACTS, RELIEFS, Fact, Relief
from svc.analyzers.config import Settings
from svc.analyzers.forms import Forms
from svc.analyzers.label import Labeller
from svc.analyzers.lexicon import Lexicon
from svc.analyzers.terms import Term
from svc.cli.app import app
from svc.cli.boundary import run

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Stdout as one JSON value."""
        return json.loads(self.out)

    def json_lines(self) -> list[dict[str, Any]]:
        """Stdout as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Svc = Callable[..., Done]


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(_same_environment: None) -> Iterator[None]:
    """Forms, terms and compiled lexicons are shared by the commands run in this process: each costs half a second."""
    load, build, read = Forms.load, pipeline.build_labeller, pipeline.load_lexicon
    tables: dict[Path | None, Forms] = {}
    labellers: dict[tuple[object, ...], Labeller] = {}

    def load_once(folder: Path | None) -> Forms:
        return tables.setdefault(folder, load(folder))

    def build_once(settings: Settings, forms: Forms | None = None) -> Labeller:
        key = (settings.lexicons, settings.sectors, settings.cache, settings.model, repr(settings.weights))
        if key not in labellers:
            labellers[key] = build(settings, forms)
        return labellers[key]

    lexicons: dict[tuple[str, ...], Lexicon] = {}

    def read_once(paths: tuple[str, ...] = (), *, cache: Path | None = None, legs: bool = True) -> Lexicon:
        if paths not in lexicons:
            lexicons[paths] = read(paths, cache=cache, legs=legs)
        return lexicons[paths]

    own_forms = Forms()
    explainers: dict[tuple[str, tuple[str, ...]], Labeller] = {}

    def label_once(
        known: Lexicon, forms: Forms, sectors: Sequence[str] = (), *, model: bool = True,
        facts: Sequence[Fact] = FACTS, reliefs: Sequence[Relief] = RELIEFS,
    ) -> Labeller:  # fmt: skip
        key = (known.version, (*sectors, str(model), repr(facts), repr(reliefs)))
        if key not in explainers:
            explainers[key] = Labeller(known, forms, sectors, model=model, facts=facts, reliefs=reliefs)
        return explainers[key]

    terms: dict[tuple[object, ...], Term] = {}
    parse = lexicon.parse_term

    def parse_once(text: str, sets: Mapping[str, tuple[str, ...]], weight: float = 1.0) -> Term:
        key = (text, weight, *(sets.get(name) for name in re.findall(r"@(\w+)", text)))
        if key not in terms:
            terms[key] = parse(text, sets, weight)
        return terms[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "parse_term", parse_once)
        patch.setattr(explain, "Forms", lambda: own_forms)
        patch.setattr(explain, "Labeller", label_once)
        patch.setattr(pipeline, "load_lexicon", read_once)
        patch.setattr(Forms, "load", load_once)
        patch.setattr(pipeline, "build_labeller", build_once)
        yield


@pytest.fixture
def svc(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Svc:
    """`svc ARGUMENTS` in this process, as behind a pipe."""

    def call(*arguments: object, stdin: bytes | None = None) -> Done:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = run(lambda: app([str(item) for item in arguments], standalone_mode=False))
        return Done(code, *capsys.readouterr())

    return call


@pytest.fixture
def process() -> Svc:
    """`svc ARGUMENTS` in a process of its own, with further environment variables."""

    def call(*arguments: object, stdin: bytes | None = None, **environment: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "svc.cli", *map(str, arguments)],
            cwd=ROOT, input=stdin, capture_output=True, check=False,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
        )  # fmt: skip
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(autouse=True)
def _in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Samples are named as in the documentation: `samples/shop.csv`."""
    monkeypatch.chdir(ROOT)


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """A small CSV export: header `id;Дата;Клиент;Город;Текст` and the rows given."""

    def write(*rows: str, name: str = "export.csv", header: str = "id;Дата;Клиент;Город;Текст") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        return path

    return write


COMPLAINTS = (
    "1;02.11.2026;Анна;Тула;Курьер опоздал на три часа и нахамил, заказ так и не привезли вовремя.",
    "2;03.11.2026;Олег;Тверь;Не возвращают деньги за отменённый заказ уже третью неделю, требую возврата 5000 рублей.",
    "3;04.11.2026;Ира;Тула;Спасибо большое, всё привезли быстро, курьер очень вежливый!",
    "4;05.11.2026;Пётр;Тула;Приложение вылетает при оплате, личный кабинет не открывается второй день.",
    "5;06.11.2026;Вера;Тверь;Обогреватель загорелся ночью, чуть не сгорели, ребёнок надышался дымом.",
)


@pytest.fixture
def complaints(export: Callable[..., Path]) -> Path:
    """Five invented complaints of two towns, 2 to 6 November 2026."""
    return export(*COMPLAINTS)
