"""Hostile bytes: every reader ends with records or with an error of ours, in bounded time and memory.

``SVC_FUZZ=20000 pytest tests/analyzers/read/test_fuzz.py`` runs so many inputs; 500 by default. `SVC_FUZZ_SEED` is the
first seed; an input that fails is written beside the message and named with its seed.
"""

import io
import os
import random
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from svc.analyzers.errors import SvcError
from svc.analyzers.read import ReadOptions, Record, open_table
from svc.analyzers.read.html_tables import page_text
from svc.analyzers.read.mail import parse_letter
from svc.analyzers.read.markup import scan
from svc.analyzers.read.own_words import own_words

from .test_zoo import zoo

INPUTS = int(os.environ.get("SVC_FUZZ", "500"))
SEED = int(os.environ.get("SVC_FUZZ_SEED", "1"))
MAX_SECONDS = 20.0
MAX_MEMORY = 1 << 30
SMALL = [animal for animal in zoo.ANIMALS if len(animal.data) < 30_000 and "bomb" not in animal.name]
TELLING = (
    b"\0", b"\xff", b'"', b"'", b"<", b">", b"</", b"<!--", b"]]>", b"&#x", b"{", b"[", b"}", b"\r", b"\n\n",
    b";" * 50, b"\xef\xbb\xbf",
    b"\xff\xfe", b"PK\x03\x04", b"From x@y Sun Mar  1 10:00:00 2026\n",
    b"9" * 400, b"-1", b"1e999",
    b"colspan=99999 rowspan=99999 ", b"=?utf-8?b?", b"charset=", b"\x1f\x8b", b"%", "й".encode(), b"\\u",
    b"<table>" * 9,
)  # fmt: skip


PIECES = (
    "Клиент: ", "Оператор: ",
    "> ", "С уважением,", "-- ", "Ждал час", "\n", " ", "From: x", "Date: y", "--- Original", "а",
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few cuts, flips, repeats and insertions."""
    bytes_ = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        place, size = chance.randrange(len(bytes_) + 1), chance.choice((1, 2, 8, 64, 512))
        deed = chance.randrange(7)
        if deed == 0:
            del bytes_[place:]
        elif deed == 1:
            del bytes_[place : place + size]
        elif deed == 2:
            bytes_[place:place] = chance.choice(TELLING)
        elif deed == 3:
            bytes_[place:place] = bytes_[place : place + size] * chance.choice((1, 3, 20))
        elif deed == 4:
            bytes_[place : place + size] = chance.randbytes(min(size, 16))
        elif deed == 5 and place < len(bytes_):
            bytes_[place] ^= 1 << chance.randrange(8)
        else:
            other = chance.choice(SMALL).data
            start = chance.randrange(len(other) + 1)
            bytes_[place:place] = other[start : start + size]
    return bytes(bytes_)


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """The same inside one file of a zip, which is then packed well: damage behind the checksums."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = old.read(name)
            new.writestr(name, mutated(content, chance) if name == chosen else content)
    return target.getvalue()


def exhaust(path: Path, options: ReadOptions) -> int:
    """Read a file to its end and return the number of records."""
    try:
        return sum(isinstance(item, Record) for item in open_table(str(path), options)[1])
    except SvcError:
        return 0


@pytest.mark.slow
def test_mutated_files_are_read_or_refused(tmp_path: Path) -> None:
    used, slowest = 0, (0.0, "")
    for seed in range(SEED, SEED + INPUTS):
        chance = random.Random(seed)
        animal = chance.choice(SMALL)
        inside = animal.data.startswith(b"PK\x03\x04") and not animal.expected.error and chance.random() < 0.7
        data = mutated_inside(animal.data, chance) if inside else mutated(animal.data, chance)
        path = tmp_path / animal.name
        path.write_bytes(data)
        options = ReadOptions(**(animal.expected.options if chance.random() < 0.5 else {}))
        started = time.perf_counter()
        try:
            used += exhaust(path, options) > 0
        except BaseException as error:
            error.add_note(f"seed {seed}: {animal.name}, kept in {path}")
            raise
        slowest = max(slowest, (time.perf_counter() - started, f"seed {seed}: {animal.name}"))
        path.unlink()
    assert slowest[0] < MAX_SECONDS, slowest
    assert used > INPUTS / 4  # damage of a few bytes seldom costs the whole file
    if sys.platform == "linux":
        import resource

        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < MAX_MEMORY


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>/!-[]?&;=\"' aтtrdhml\n", max_size=300), st.integers(1, 20))
def test_the_scanner_does_not_depend_on_where_blocks_end(text: str, size: int) -> None:
    def shown(blocks: list[str]) -> list[tuple[str, str, str]]:
        joined: list[tuple[str, str, str]] = []
        for token in scan(iter(blocks)):
            if joined and joined[-1][0] == token.kind == "text":
                joined[-1] = ("text", "", joined[-1][2] + token.text)
            else:
                joined.append(tuple(token))
        return joined

    assert shown([text]) == shown([text[i : i + size] for i in range(0, len(text), size)])


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_some_letter(data: bytes) -> None:
    cells, attached = parse_letter(data)
    assert len(cells) == 5
    assert attached >= 0
    assert isinstance(page_text(data.decode("cp1251", "replace")), str)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_own_words_are_a_part_of_the_cell(pieces: list[str]) -> None:
    cell = "".join(pieces)
    found = own_words(cell)
    if found is not None:
        assert found.spans
        places = [place for span in found.spans for place in span]
        assert places == sorted(places)
        assert all(cell[start:stop].strip() == cell[start:stop] != "" for start, stop in found.spans)
