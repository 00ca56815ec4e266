"""Scores the masking of personal data on the invented gold: what survives, what is eaten, how fast.

usage: pii.py [--floors] [--sealed] [--gold FILE] [--show N] [--speed]
  --floors      exit code 1 where a figure is over its ceiling in benchmarks/floors.toml
  --sealed      the sealed half too: opened at the end of a piece of work only, figures without texts
  --gold FILE   figures of another gold, without its texts
  --show N      the first N leaks and eaten words of what is open
  --speed       texts a second, one process
"""

# ruff: noqa: E501  # names of files read better on one line

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from svc.analyzers.mask import mask

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "gold"
_WORD = re.compile(r"\w+")
SEED = 20261122
# open, and fitted to but for pii7_later
OPEN = (
    "pii_open", "pii_sealed", "pii2_open", "pii2_sealed", "pii3_open", "pii3_sealed", "pii4_open", "names_open", "names_held", "pii5_open", "names_chats",
    "pii6_open", "pii7_open", "pii7_later", "pii8_open", "pii9_open",
)  # fmt: skip
SEALED = ("pii4_sealed", "pii5_sealed", "pii6_sealed", "pii7_sealed")
# what the writers of pii3 and pii4 called the tokens
KINDS = {
    "РОЖДЕНИЕ": "ДАТА_РОЖД",
    "АВТО": "НОМЕР_ТС",
    "ПРОФИЛЬ": "ССЫЛКА",
    "NAME": "ИМЯ",
    "ADDRESS": "АДРЕС",
    "TEL": "ТЕЛ",
    "EMAIL": "ПОЧТА",
    "PHONE": "ТЕЛ",
    "LOGIN": "ЛОГИН",
    "BIRTH": "ДАТА_РОЖД",
    "PASSPORT": "ПАСПОРТ",
    "PLATE": "НОМЕР_ТС",
    "INN": "ИНН",
    "SNILS": "СНИЛС",
    "CARD": "КАРТА",
    "ACCOUNT": "СЧЁТ",
    "LINK": "ССЫЛКА",
}

Row = dict[str, Any]


@dataclass
class Score:
    """Counts over a gold half."""

    kinds: Counter[str] = field(default_factory=Counter)
    leaked: Counter[str] = field(default_factory=Counter)
    mistyped: Counter[str] = field(default_factory=Counter)
    words: int = 0
    eaten: int = 0
    leaks: list[str] = field(default_factory=list)
    eaters: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Mask one text and compare: an identifier survives where a letter or a digit of it is left.

        Of an address only the digits count: a street without its house tells nobody's home.
        """
        text, spans = row["text"], mask(row["text"]).spans
        hidden = {i for start, stop, _ in spans for i in range(start, stop)}
        personal: set[int] = set()
        for start, stop, called in row["spans"]:
            kind = KINDS.get(called, called)
            personal.update(range(start, stop))
            self.kinds[kind] += 1
            test = str.isdigit if kind == "АДРЕС" else str.isalnum
            if any(test(text[i]) and i not in hidden for i in range(start, stop)):
                self.leaked[kind] += 1
                self.leaks.append(f"{kind} {text[start:stop]!r} in {mask(text).text!r}")
            elif not any(token[1:].startswith(kind) for left, right, token in spans if left < stop and right > start):
                self.mistyped[kind] += 1
        for word in _WORD.finditer(text):
            places = range(*word.span())
            if personal.isdisjoint(places):
                self.words += 1
                if not hidden.isdisjoint(places):
                    self.eaten += 1
                    self.eaters.append(f"{word[0]!r} in {text!r}")

    def figures(self) -> dict[str, float]:
        """Shares in [0, 1] by name: the less the better."""
        total = max(1, self.kinds.total())
        return {
            "survive": self.leaked.total() / total,
            "eaten": self.eaten / max(1, self.words),
            "mistyped": self.mistyped.total() / total,
        }


def score(name: str) -> Score:
    """Score a file of tests/gold by its name, or any by its path."""
    found = Score()
    path = GOLD / f"{name}.jsonl" if name in OPEN + SEALED else Path(name)
    for line in path.read_text("utf-8").splitlines():
        found.add(json.loads(line))
    return found


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A Markdown table to stdout."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(line) + " |")
    print(flush=True)


def gold(halves: Sequence[str], ceilings: dict[str, dict[str, float]], show: int = 0) -> bool:
    """Score and print; False where a figure is over its ceiling."""
    kept, lines, kinds = True, [], []
    for half in halves:
        if half in SEALED and not (GOLD / f"{half}.jsonl").exists():
            lines.append((half, "SKIPPED", "not there", ""))
            continue
        found = score(half)
        for name, value in found.figures().items():
            ceiling = ceilings.get(half, {}).get(name)
            over = ceiling is not None and round(value, 4) > ceiling
            kept = kept and not over
            lines.append((half, name, f"{value:.4f}", "" if ceiling is None else f"{ceiling:.4f}" + " OVER" * over))
        for kind, n in sorted(found.kinds.items()):
            kinds.append((half, kind, str(n), str(found.leaked[kind]), str(found.mistyped[kind])))
        kinds.append((half, "words", str(found.words), str(found.eaten), ""))
        if half in OPEN:
            for entry in (*found.leaks[:show], *found.eaters[:show]):
                print(entry)
    table(("personal data", "figure", "value", "ceiling"), lines)
    table(("half", "kind", "n", "survived / eaten", "other kind"), kinds)
    return kept


# invented for the speed figures: no digits and no capitals, and an average complaint
_PLAIN = "доставку задержали на неделю, никто не отвечает, деньги не вернули и ничего не объяснили"
_AVERAGE = (
    "Заказала диван 12 марта, номер заказа 4412-88, обещали привезти за 10 дней. Прошло три недели, диван так и не "
    "приехал. Звонила пять раз, каждый раз новый оператор и новая причина. Магазин на Садовой отправляет на склад в "
    "Химках, склад отправляет обратно. Сумма 34 990 рублей, чек есть. Прошу вернуть деньги по статье 22 закона.",
    "Приложение не открывается после обновления! Ввожу код, пишет ошибку. Поддержка отвечает шаблоном, менеджер Ольга "
    "обещала перезвонить до вечера на 8 912 345-67-89 и пропала. Верните как было.",
    "Очень плохо. В отделении на улице Мира очередь, работает одно окно из пяти, кондиционер сломан. Охранник нагрубил "
    "пожилой женщине, а начальник сказал, что ничего сделать не может. Ноги моей тут больше не будет.",
)


def speed() -> None:
    """Texts a second in one process; words differ from text to text, so that nothing is remembered whole."""
    rng = random.Random(SEED)
    plain = [" ".join(rng.sample(words := _PLAIN.split(), len(words))) for _ in range(20_000)]
    average = [". ".join(rng.sample(parts := text.split(". "), len(parts))) for text in _AVERAGE * 3_000]
    lines = []
    for name, texts in (("no digits, no capitals", plain), ("average", average)):
        for text in texts[:100]:
            mask(text)
        began = time.process_time()
        for text in texts:
            mask(text)
        took = time.process_time() - began
        chars = sum(map(len, texts)) / len(texts)
        lines.append((name, str(len(texts)), f"{chars:.0f}", f"{len(texts) / took:,.0f}"))
    table(("texts", "n", "mean characters", "texts/s"), lines)


def main() -> int:
    """Score, print; 1 where a ceiling does not hold."""
    parser = argparse.ArgumentParser(description="What the masking lets through and what it eats")
    parser.add_argument("--floors", action="store_true", help="exit 1 over benchmarks/floors.toml")
    parser.add_argument("--sealed", action="store_true", help="the sealed half too")
    parser.add_argument("--gold", metavar="FILE", help="figures of another gold")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="examples of the open half")
    parser.add_argument("--speed", action="store_true", help="texts a second")
    options = parser.parse_args()
    ceilings = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text("utf-8"))
    halves = (options.gold,) if options.gold else OPEN + SEALED * options.sealed
    kept = gold(halves, ceilings, options.show)
    if options.speed:
        speed()
    return 1 if options.floors and not kept else 0


if __name__ == "__main__":
    sys.exit(main())
