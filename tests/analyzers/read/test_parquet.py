"""Parquet: what is read here is what Arrow reads, in the memory that the other formats take."""

import datetime as dt
import random
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from svc.analyzers.errors import InputError
from svc.analyzers.read import ReadOptions, Record, open_table, parquet
from svc.analyzers.read.feed import Feed
from svc.analyzers.read.model import TableInfo
from svc.analyzers.read.parquet_values import runs, unpacked_bits
from svc.analyzers.read.snappy import unpacked
from svc.analyzers.read.thrift import Message

arrow = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

WORDS = ("заказ", "курьер", "деньги", "вернули", "ё", "a b")
DAY = dt.datetime(2026, 1, 1)
PEAK = """
import sys
from svc.analyzers.read import ReadOptions, open_table
n = sum(1 for _ in open_table(sys.argv[1], ReadOptions())[1])
peak = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) >> 10
print(n, peak, "pyarrow" in sys.modules or "numpy" in sys.modules)
"""


def table(n: int, blank: float, chance: random.Random):
    """Every kind of column that is read without Arrow."""

    def made(make):
        return [None if chance.random() < blank else make() for _ in range(n)]

    seconds = lambda: DAY + dt.timedelta(seconds=chance.randrange(-(10**9), 10**9))  # noqa: E731
    word = lambda: chance.choice(WORDS)  # noqa: E731
    kinds = {
        "i32": (lambda: chance.randrange(-(2**31), 2**31), arrow.int32()),
        "i64": (lambda: chance.randrange(-(2**63), 2**63), arrow.int64()),
        "u8": (lambda: chance.randrange(256), arrow.uint8()),
        "u32": (lambda: chance.randrange(2**32), arrow.uint32()),
        "u64": (lambda: chance.randrange(2**64), arrow.uint64()),
        "half": (lambda: chance.choice((1.5, 2.0)), arrow.float16()),
        "float": (lambda: chance.choice((1.5, 2.0, 0.25)), arrow.float32()),
        "double": (chance.random, arrow.float64()),
        "bool": (lambda: chance.random() < 0.5, arrow.bool_()),
        "text": (lambda: " ".join(chance.choices(WORDS, k=chance.randrange(30))), arrow.string()),
        "large": (word, arrow.large_string()),
        "bytes": (lambda: chance.choice((b"abc", b"\x89PNG\0\xff")), arrow.binary()),
        "fixed": (lambda: b"abcd", arrow.binary(4)),
        "date": (lambda: seconds().date(), arrow.date32()),
        "ms": (seconds, arrow.timestamp("ms")),
        "us": (lambda: seconds().replace(microsecond=5), arrow.timestamp("us")),
        "utc": (seconds, arrow.timestamp("us", "UTC")),
        "clock": (lambda: dt.time(10, 20, 30), arrow.time32("ms")),
        "clock64": (lambda: dt.time(10, 20, 30, 5), arrow.time64("us")),
        "sum": (lambda: Decimal(chance.randrange(-(10**6), 10**6)).scaleb(-2), arrow.decimal128(12, 2)),
        "long sum": (lambda: Decimal(chance.randrange(-(10**30), 10**30)).scaleb(-7), arrow.decimal128(38, 7)),
        "list": (lambda: [chance.choice((*WORDS, None)) for _ in range(chance.randrange(4))],
                 arrow.list_(arrow.string())),
        "numbers": (lambda: [chance.randrange(9) for _ in range(chance.randrange(4))], arrow.list_(arrow.int64())),
    }  # fmt: skip
    return arrow.table({name: arrow.array(made(make), kind) for name, (make, kind) in kinds.items()})


def both(path: Path) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The columns as read here and as Arrow reads them."""
    ours = parquet.read_parquet(str(path), "in", ReadOptions())
    theirs = parquet._through_arrow(str(path), "in", TableInfo("in", "parquet"))
    found = [
        dict(zip(each.info.columns, zip(*(cells for _, cells in each.rows()), strict=True), strict=True))
        for each in (ours, theirs)
    ]
    return found[0], found[1]


DELTA = {
    "i32": "DELTA_BINARY_PACKED", "i64": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY",
    "large": "DELTA_LENGTH_BYTE_ARRAY", "fixed": "DELTA_BYTE_ARRAY", "bool": "RLE",
}  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"compression": "none", "use_dictionary": False, "data_page_size": 200, "write_batch_size": 10},
        {"compression": "gzip", "data_page_version": "2.0", "row_group_size": 100},
        {"compression": "zstd", "version": "1.0", "use_deprecated_int96_timestamps": True},
        {"compression": "snappy", "use_dictionary": False, "column_encoding": DELTA},
        {"compression": "none", "data_page_version": "2.0", "use_dictionary": False, "column_encoding": DELTA},
    ],
    ids=["usual", "small pages", "gzip, second version", "zstd, old clocks", "snappy, deltas", "deltas"],
)
@pytest.mark.parametrize(("n", "blank"), [(1, 0.0), (513, 0.0), (1100, 0.1), (700, 0.9)])
def test_every_cell_is_as_arrow_reads_it(tmp_path: Path, given: dict[str, object], n: int, blank: float) -> None:
    if given.get("compression") == "zstd" and not parquet._has_zstd():
        pytest.skip("needs zstd")
    path = tmp_path / "in.parquet"
    pq.write_table(table(n, blank, random.Random(n)), path, **given)
    ours, theirs = both(path)
    assert list(ours) == list(theirs)
    assert {name: ours[name] for name in ours if ours[name] != theirs[name]} == {}


def test_structures_become_dotted_names(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    rows = [{"user": {"age": 3, "city": {"name": "Омск"}}, "text": "Хамят на кассе"},
            {"user": None, "text": "Ждал час и ушёл"}]  # fmt: skip
    pq.write_table(arrow.Table.from_pylist(rows), path)
    found = parquet.read_parquet(str(path), "in", ReadOptions())
    assert found.info.columns == ["user.age", "user.city.name", "text"]
    assert [cells for _, cells in found.rows()] == [["3", "Омск", "Хамят на кассе"], ["", "", "Ждал час и ушёл"]]


@pytest.mark.parametrize("column", [[[{"role": "client", "content": "Ждал"}]], [{1: 2}], [[[1]]]])
def test_lists_of_structures_are_left_to_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column) -> None:
    path = tmp_path / "in.parquet"
    kind = arrow.map_(arrow.int64(), arrow.int64()) if isinstance(column[0], dict) else None
    cells = [list(column[0].items())] if kind else column
    pq.write_table(arrow.table({"text": ["Хамят на кассе каждый день"], "more": arrow.array(cells, kind)}), path)
    assert [item.text for item in open_table(str(path), ReadOptions())[1] if isinstance(item, Record)]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    real = parquet.need
    monkeypatch.setattr(parquet, "need", lambda module, *rest: real("no_such_module", *rest))
    with pytest.raises(InputError, match=r"need_extra.*parquet"):
        open_table(str(path), ReadOptions())


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(
    "given",
    [{"compression": "none"}, {"compression": "none", "data_page_size": 1 << 30}, {"compression": "snappy"}],
    ids=["pages", "one page", "snappy"],
)
def test_a_group_of_any_size_is_read_in_less_than_50_mb_all_in_all(tmp_path: Path, given: dict[str, object]) -> None:
    """The peak of the whole process, with the interpreter: one group of rows, 45 MB of text in it."""
    path = tmp_path / "in.parquet"
    texts = [f"Хамят на кассе, заказ {i * 7919 % 1_000_003}. " * 11 for i in range(20_000)]
    one = arrow.record_batch({"id": list(range(20_000)), "text": texts})
    pq.write_table(arrow.Table.from_batches([one] * 4), path, row_group_size=1 << 40, use_dictionary=False, **given)
    said = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, check=True, text=True).stdout
    rows, peak, heavy = said.split()
    assert pq.ParquetFile(path).metadata.row_group(0).total_byte_size > 40 << 20
    assert (rows, heavy) == ("80000", "False")
    assert 5 < int(peak) < 50


def test_values_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand million blanks are a few kilobytes, and would take hours."""
    monkeypatch.setattr(parquet, "FREE_SIZE", 1 << 16)
    path = tmp_path / "in.parquet"
    pq.write_table(arrow.table({"text": arrow.nulls(1 << 20, arrow.string())}), path)
    assert path.stat().st_size < 4000
    with pytest.raises(InputError, match="zip_bomb"):
        open_table(str(path), ReadOptions())


@given(st.lists(st.sampled_from((*WORDS, "abab" * 30, "x" * 100)), max_size=300), st.integers(1, 400))
def test_snappy_is_unpacked_wherever_blocks_end(words: list[str], size: int) -> None:
    data = " ".join(words).encode()
    packed = bytes(arrow.Codec("snappy").compress(data, asbytes=True))
    assert b"".join(unpacked(packed[i : i + size] for i in range(0, len(packed), size))) == data


@given(st.binary(max_size=60))
def test_any_bytes_are_no_endless_message_or_block(data: bytes) -> None:
    def outcome(read: Callable[[], object]) -> str:
        try:
            return repr(read())
        except (ValueError, EOFError, IndexError) as error:
            return type(error).__name__

    for read in (
        lambda: Message(data).read({1: int, 2: [{1: bytes, 3: [int]}], 3: {1: int}}),
        lambda: list(unpacked(iter((data,)))),
        lambda: list(runs(Feed(iter((data,))), 3, 500)),
    ):
        assert outcome(read) == outcome(read)  # an end, and the same one
        assert len(outcome(read)) < 40 * len(data) + 5_000


@given(st.integers(0, 40), st.data())
def test_packed_numbers_are_the_numbers(width: int, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, (1 << width) - 1), max_size=70))
    whole = sum(number << i * width for i, number in enumerate(numbers))
    size = -(-len(numbers) // 8) * width
    assert unpacked_bits(whole.to_bytes(size, "little"), width, len(numbers)) == numbers


@pytest.mark.parametrize("place", [6, 60, -30, -200])
def test_a_damaged_file_is_told_as_damaged(tmp_path: Path, place: int) -> None:
    path = tmp_path / "in.parquet"
    pq.write_table(arrow.table({"text": ["Хамят на кассе каждый день", "Ждал час и ушёл"]}), path, compression="none")
    data = bytearray(path.read_bytes())
    data[place : place + 5] = b"\xff\xff\xff\xff\x0f"
    path.write_bytes(data)
    try:
        read = len(list(open_table(str(path), ReadOptions())[1]))
    except InputError as error:
        read = error.code
    assert read in (2, "read.damaged", "read.zip_bomb", "read.no_text_column")
