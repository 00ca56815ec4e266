"""No pattern of the masking can be made to backtrack: each against texts made from itself, by how its time grows."""

from __future__ import annotations

import random
import re
from importlib import import_module
from pathlib import Path

import pytest
import svc.analyzers
from svc.analyzers.mask import mask

from ..growth import MOST, growth

parser = import_module("re._parser")
SIZE = 6_000  # a square pattern takes 36 million steps on it: half a second; all linear ones together a tenth
SAMPLES = {
    "CATEGORY_DIGIT": "17", "CATEGORY_WORD": "аz1_", "CATEGORY_SPACE": " \n", "CATEGORY_NOT_SPACE": "a1.",
    "CATEGORY_NOT_DIGIT": "a -",
}  # fmt: skip


def patterns() -> dict[str, re.Pattern[str]]:
    """Every compiled pattern of the modules of masking, in tuples too."""
    found: dict[str, re.Pattern[str]] = {}
    for path in sorted(Path(svc.analyzers.__path__[0]).glob("mask*.py")):
        module = import_module(f"svc.analyzers.{path.stem}")
        for name, value in vars(module).items():
            stack = [value]
            while stack:
                one = stack.pop()
                if isinstance(one, re.Pattern):
                    found[f"{path.stem}.{name}.{len(found)}"] = one
                elif isinstance(one, tuple):
                    stack += one
    return {name: one for name, one in found.items() if f"{one.pattern}" and isinstance(one.pattern, str)}


PATTERNS = patterns()


def made(tree: object, rng: random.Random) -> str:
    """A random text that a pattern (nearly) matches."""
    out = []
    for op, value in tree:
        name = str(op)
        if name == "LITERAL":
            out.append(chr(value))
        elif name in ("ANY", "NOT_LITERAL"):
            out.append(rng.choice("aа1 ,"))
        elif name == "IN":
            out.append(chosen(value, rng))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = value
            out += [made(inner, rng) for _ in range(rng.randint(low, min(high, low + 3)))]
        elif name == "BRANCH":
            out.append(made(rng.choice(value[1]), rng))
        elif name == "SUBPATTERN":
            out.append(made(value[3], rng))
        elif name == "ATOMIC_GROUP":
            out.append(made(value, rng))
    return "".join(out)


def chosen(items: list, rng: random.Random) -> str:
    """A character of a class; of a negated one any of a few."""
    op, value = rng.choice(items)
    if str(op) == "LITERAL":
        return chr(value)
    if str(op) == "RANGE":
        return chr(rng.randint(*value))
    return rng.choice(SAMPLES.get(str(value), "aа1 ,"))


def attacks(pattern: re.Pattern[str], rng: random.Random) -> list[str]:
    """Matches cut at any place and repeated."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    texts = []
    for _ in range(6):
        whole = made(tree, rng) or "a"
        left, right = sorted((rng.randint(0, len(whole)), rng.randint(0, len(whole))))
        for piece in (whole, whole[left:right], whole[-1], whole[:right]):
            if piece:
                texts.append((whole[:left] + piece * (SIZE // len(piece) + 1))[:SIZE])
    return texts


def test_patterns_are_found():
    assert len(PATTERNS) > 60
    assert "mask_contacts._MAIL" in {name.rpartition(".")[0] for name in PATTERNS}


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_backtracks(name):
    pattern = PATTERNS[name]
    rng = random.Random(name)
    for text in attacks(pattern, rng):
        grown = growth(lambda text: sum(1 for _ in pattern.finditer(text + "\0")), text)  # \0 fits nowhere
        assert grown < MOST, (grown, text[:80])


def test_the_check_finds_patterns_that_backtrack():
    rng = random.Random(1)
    square, worse = re.compile(r".{2,}[оеё]в$"), re.compile(r"(?:[а-я]+\s?)+!")
    assert any(growth(square.search, text * 2) > MOST for text in attacks(square, rng))
    assert any(growth(lambda text: worse.search(text + "\0"), text[:22]) > MOST for text in attacks(worse, rng))


def test_no_text_made_of_all_patterns_takes_long():
    rng = random.Random(20261122)
    trees = [parser.parse(one.pattern, one.flags & ~re.UNICODE) for one in PATTERNS.values()]
    for _ in range(60):
        piece = "".join(made(rng.choice(trees), rng) for _ in range(rng.randint(1, 4))) or "1"
        text = (piece * (SIZE // len(piece) + 1))[:SIZE]
        assert growth(mask, text) < MOST, text[:120]
