"""Learns the weights of lexicons/ru/mask_weights.toml: which words that no rule took are names of people.

usage: train_names.py [--write] [--folds N] [--show N]

Logistic regression over the named marks of `analyzers/mask_score.py`, one row a word of the open golds (and, as words that
are no names, of the packaged corpus), with a fixed ridge. Rare names are put in the place of common ones in
copies of the texts, so that what stands around a name counts, not only the dictionary. Figures are of texts held out.
"""

# ruff: noqa: E501  # lists of names read better so
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownLambdaType=false

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit
from svc.analyzers import mask_score
from svc.analyzers.lemmas import flatten
from svc.analyzers.mask import mask
from svc.analyzers.mask_hints import BITS
from svc.analyzers.mask_marks import marks
from svc.analyzers.mask_score import possible, stems_of
from svc.analyzers.mask_words import Words, spans_of

ROOT = Path(__file__).resolve().parent.parent
GOLD, FILE = ROOT / "tests" / "gold", ROOT / "lexicons" / "ru" / "mask_weights.toml"
CORPUS = FILE.parent / "corpus"
SETS = (
    "pii_open",
    "pii_sealed",
    "pii2_open",
    "pii2_sealed",
    "pii3_open",
    "pii3_sealed",
    "pii4_open",
    "names_open",
    "names_held",
    "pii5_open",
    "names_chats",
    "pii6_open",
    "pii7_open",
    "pii8_open",
    "pii9_open",
)
RIDGE, SMALL = 1.0, 0.05  # ridge; weights below this are left out of the file
QUIET = 0.3  # what a word of the corpus counts
LEFT = 1.5  # what a word counts that the rules left
LEAST = {
    "lower": -0.8,
    "capital": -1.0,
}  # log odds over which a word is masked: a name let through costs more than a word
SEED = 20261122
HE = """Хызыр Шарапутдин Чойбалсан Тэмуджин Аюр Бэликто Ганбаатар Кежик Мерген Аржаан Байыр Салчак Нюргун Уйбаан Мухтарбек Сослан
Ацамаз Казбулат Залимхан Асхад Идар Кантемир Адальби Хазрет Ызырбек Тлеш Кшиштоф Гинтарас Юргис Тоомас Рейно Дитрих Герхард Соломон Хаим
Нафтали Рувим Ислам Нурдаулет Бекзат Ерасыл Ыдырыс Туратбек Мирлан Азизбек Хикматулло Файзулло Навруз Сангин Эрадж Чарыяр Сапармурат Гельды
Вепа Рашад Эмин Ровшан Тогрул Ваграм Мгер Овик Рачья Зураб Шалва Бидзина Мурман Ильфат Фларит Айбулат Юлай Салават Юрма Ендимер Илемпи
Вышата Любомир Братислав Мечислав Кондрат Селиван Софрон Кузьма Пантелей Еремей Фрол Чжихао Минхо Дуйен Тхинь Раджниш Мбаке Омобола Хосе"""
SHE = """Сэсэгма Дарима Туяна Долгор Чойгана Шончалай Кыныпат Сардаана Нюргуйаана Айыына Заурбика Мадинат Фатима Сакина Дзерасса Залина
Нафисет Саида Цацу Аминат Петимат Бирута Гражина Йоланта Хельга Гретхен Фрейда Двойра Цецилия Рахиль Акмарал Айзере Балжан Мээрим Айчурек
Мавзуна Шахноза Гулруз Парвина Оразгуль Огулджан Айнабат Севиндж Лятифа Кёнуль Шушаник Нварт Аревик Нателла Хатуна Маквала Гульфира Фларида
Энже Сания Зухра Айбика Пинерпи Сарпиге Любава Забава Гликерия Евлампия Прасковья Мавра Фёкла Сяомэй Хёджин Тхюи Лакшми Аиша Кармен Эсмеральда"""
FAMILIES = """Дыбленко Ооржак Кужугет Монгуш Жигжитов Цыренжапов Бальчинов Тогочиев Санжиева Очирова Шагдурова Халтурина Хертек Саая Сат
Аракчаа Гоголадзе Кикнадзе Чхеидзе Шеварднадзе Кобахия Ломия Гвинджия Аргун Тарба Хашба Абшилава Нерсесянц Худавердян Шахбазян Бегларян
Ахсахалян Гасанзаде Мамедзаде Рзаев Абдулкеримова Исрапилов Магомедгаджиев Бийбулатов Курчалоев Эльмурзаев Дадашева Байтемиров Хапсироков
Шогенов Кардангушева Тхакушинов Бжассо Хуажев Сайфутдинов Гималетдинова Хисамов Юлдыбаева Буранбаев Илимбетова Кусяпкулов Сарсенбаев Жолдасбеков
Токаева Абишев Нургожин Айтматова Токтосунов Жээнбеков Турдубаев Худойназаров Юнусзода Раҳимзода Саидмуродов Махкамов Шойкулова Овезов
Бердымурадова Кушнаренко Перебийнос Нетудыхата Убийвовк Загребельна Середа Рябоконь Пивовар Кваша Голота Шпак Зозуля Бульба Подопригора Дурнев
Бесхлебный Тягнибок Костюк Паламарчук Мартынюк Гайдук Бортник Шульц Миллер Кох Бауэр Айзенберг Розенцвейг Кацнельсон Гринфельд Левитина Шнеерсон
Хайт Лифшиц Гинцбург Эйдельман Цой Тян Шегай Огай Ногай Нам Ян Хван Квон Лим Угай Пигай Живаго Дурново Седых Черных Кривых Белаго Сухово Мертвых
Нгуен Чан Ле Фам Ли Ван Чжан Лю Сунь Гомес Фернандес Смит Джонсон Новак Ковач Гюнтер Орбан Казлаускас Петраускайте Берзиньш Лепс Тамм Вайно"""

Row = tuple[list[str], float, float, bool]  # marks, whether a name, what it counts, whether the rules took it


def words_of_text(text: str) -> Words:
    """As `mask_names.names` reads a text."""
    spans = spans_of(text)
    raw = [text[start:stop] for start, stop in spans]
    form = [flatten(one) for one in raw]
    return Words(text, spans, raw, [BITS[one] for one in form], form)


def examples(text: str, gold: Sequence[tuple[int, int, str]] | None) -> tuple[list[Row], list[Row]]:
    """Rows of the two tables: lower case, capital. Without a gold, what the rules left is no name."""
    found: tuple[list[Row], list[Row]] = ([], [])
    words, spans = words_of_text(text), rules(text)
    place = {at: k for k, (a, b, _) in enumerate(spans) for at in range(len(words.raw)) if a <= words.start[at] < b}
    people = {at for at, k in place.items() if spans[k][2].startswith("[ИМЯ")}
    for at in range(len(words.raw)):
        table = possible(words, at)
        if not table or (at in place and at not in people) or (gold is None and at in place):
            continue
        named = {one for one in people if at not in place or place[one] != place[at]}
        kinds = {called for a, b, called in gold or () if a <= words.start[at] < b}
        if kinds and "ИМЯ" not in kinds:
            continue
        row = marks(words, at, named, stems_of(words, named))
        found[table - 1].append(
            (row, float(bool(kinds)), (1.0 if at in place else LEFT) if gold is not None else QUIET, at in place)
        )
    return found


def rules(text: str) -> tuple[tuple[int, int, str], ...]:
    """What is masked without the second look."""
    import svc.analyzers.mask_names as names

    kept, names.scored = names.scored, lambda words, places, named, kept: iter(())
    try:
        return mask(text).spans
    finally:
        names.scored = kept


def disguised(
    text: str, gold: list[tuple[int, int, str]], rng: random.Random
) -> tuple[str, list[tuple[int, int, str]]]:
    """A copy with rare names: of one word, in the nominative, as high as the names that were there."""
    out, spans, at = "", list[tuple[int, int, str]](), 0
    for start, stop, called in sorted(gold):
        was = text[start:stop]
        out += text[at:start]
        if called == "ИМЯ" and was.replace("-", "").isalpha() and was[0] >= "А":
            pool = SHE if was[-1] in "ая" else HE if rng.random() < 0.5 else FAMILIES
            new = rng.choice(pool.split())
            was = new.lower() if was.islower() else new
        spans.append((len(out), len(out) + len(was), called))
        out, at = out + was, stop
    return out + text[at:], spans


def learned(rows: Sequence[Row]) -> dict[str, float]:
    """Weights by mark; only marks that stand in two rows and more."""
    count: dict[str, int] = {}
    for told, *_ in rows:
        for mark in set(told):
            count[mark] = count.get(mark, 0) + 1
    names = ["bias", *sorted(mark for mark, n in count.items() if n > 2 and mark != "bias")]
    at = {name: k for k, name in enumerate(names)}
    told = [[0, *{at[mark] for mark in row[0] if mark in at and mark != "bias"}] for row in rows]
    ends = np.cumsum([0, *map(len, told)])
    x = csr_matrix((np.ones(ends[-1]), np.concatenate(told), ends), (len(rows), len(names)))
    y, much = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    ridge = np.array([0.01, *[RIDGE] * (len(names) - 1)])

    def cost(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = x @ w
        value = float(much @ (np.logaddexp(0, odds) - y * odds) + ridge @ w**2 / 2)
        return value, x.T @ (much * (expit(odds) - y)) + ridge * w

    w = minimize(
        cost, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000, "ftol": 1e-12, "gtol": 1e-5}
    ).x
    return {
        name: round(float(value), 2)
        for name, value in zip(names, w, strict=True)
        if name == "bias" or abs(value) >= SMALL
    }


class Data:
    """Rows of all sets by text: their own, and those of a disguised copy."""

    def __init__(self, sets: Sequence[str]) -> None:
        rng = random.Random(SEED)
        texts = [json.loads(line) for name in sets for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
        self.texts = [(row["text"], [(a, b, called) for a, b, called in row["spans"]]) for row in texts]
        self.own = [examples(text, gold) for text, gold in self.texts]
        copies = [
            disguised(text, gold, rng) if any(c == "ИМЯ" for *_, c in gold) else None for text, gold in self.texts
        ]
        self.copies = [examples(*copy) if copy else ([], []) for copy in copies]
        quiet = [
            json.loads(line)["text"]
            for path in sorted(CORPUS.glob("*.jsonl"))
            for line in path.read_text("utf-8").splitlines()
        ]
        self.quiet = [examples(text, None) for text in quiet]

    def rows(self, table: int, texts: Sequence[int]) -> list[Row]:
        """Those of some texts, with their copies and the corpus."""
        return [row for k in texts for row in (*self.own[k][table], *self.copies[k][table])] + [
            row for found in self.quiet for row in found[table]
        ]


def _lexical_of(told: Sequence[str]) -> Sequence[str]:
    """The marks of the word itself: they stand between the bias and the first that tells of its place."""
    return told[1 : next(k for k, mark in enumerate(told) if mark[0] == "<")]


def weigh(known: dict[str, float], told: Sequence[str]) -> float:
    """Log odds."""
    return sum(known.get(mark, 0.0) for mark in told)


def validated(data: Data, folds: int, show: int) -> None:
    """What the rules and the second look together would let through and mask for nothing, in texts held out."""
    for table, called in enumerate(("lower", "capital")):
        judged: list[tuple[float, float, bool, str]] = []
        for fold in range(folds):
            known = learned(data.rows(table, [k for k in range(len(data.own)) if k % folds != fold]))
            for k in range(fold, len(data.own), folds):
                for told, y, _, taken in data.own[k][table]:
                    judged.append((weigh(known, told), y, taken, f"{data.texts[k][0]!r}"))
        people = sum(y for _, y, _, _ in judged)
        print(
            f"{called}: {people:.0f} of {len(judged)} words are names; by the rules alone missed "
            f"{sum(y for _, y, taken, _ in judged if not taken):.0f}, wrong {sum(1 - y for _, y, taken, _ in judged if taken):.0f}"
        )
        for least in (-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1):
            missed = sum(y for odds, y, taken, _ in judged if odds <= least and not taken)
            wrong = sum(1 - y for odds, y, taken, _ in judged if odds > least or taken)
            lost = sum(y for odds, y, taken, _ in judged if odds <= least - 2 and taken)
            saved = sum(1 - y for odds, y, taken, _ in judged if odds <= least - 2 and taken)
            print(
                f"  > {least}: missed {missed:.0f}, wrong {wrong:.0f}; a veto under {least - 2} would save {saved:.0f}, lose {lost:.0f}"
            )
        for odds, y, _taken, text in [one for one in judged if not one[2] and (one[0] > LEAST[called]) != bool(one[1])][
            :show
        ]:
            print(f"  {odds:.2f} {y:.0f} {text}")


def main() -> int:
    """Train, print figures, write."""
    parser = argparse.ArgumentParser(description="Weights of the second look for names")
    parser.add_argument("--write", action="store_true", help="write lexicons/ru/mask_weights.toml")
    parser.add_argument("--folds", type=int, default=0, metavar="N", help="cross-validate")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="texts judged wrongly when held out")
    parser.add_argument("--more", nargs="*", default=[], help="further golds of tests/gold to learn from")
    options = parser.parse_args()
    mask_score._weights = lambda: ({}, {})  # no gate of the last weights: every word that may be a name  # pyright: ignore[reportPrivateUsage]
    data = Data([name for name in (*SETS, *options.more) if (GOLD / f"{name}.jsonl").exists()])
    for table, called in enumerate(("lower", "capital")):
        rows = data.rows(table, range(len(data.own)))
        print(f"{called}: {len(rows)} words, {sum(row[1] for row in rows):.0f} names")
    if options.folds:
        validated(data, options.folds, options.show)
    if options.write:
        lines = [
            "# Weights of the second look for names, in log odds: written by benchmarks/train_names.py, not by hand."
        ]
        for table, called in enumerate(("lower", "capital")):
            known = learned(data.rows(table, range(len(data.own))))
            rows = [
                row for row in data.rows(table, range(len(data.own))) if row[1] and weigh(known, row[0]) > LEAST[called]
            ]
            known |= {
                "least": LEAST[called],
                "gate": round(min(weigh(known, _lexical_of(row[0])) for row in rows) - 0.3, 2),
                "early": round(min(weigh(known, row[0][: row[0].index("@")]) for row in rows) - 0.3, 2),
            }
            lines += [
                f"\n[{called}]",
                *(f"{json.dumps(mark, ensure_ascii=False)} = {value}" for mark, value in known.items()),
            ]
        FILE.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
