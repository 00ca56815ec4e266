"""Memory of reading: files of growing size in one format, each read to its end by a process of its own.

usage: stream.py [--kinds csv,jsonl,parquet] [--sizes 50,500,5000] [--folder FOLDER]

Sizes are megabytes; a file is removed once it is read. The texts are invented words with a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

WORDS = ("заказ", "доставка", "курьер", "опоздал", "деньги", "вернули", "возврат", "оператор", "жалоба", "магазин")
NAMES = ("id", "date", "text", "city", "rating")
READ = """
import sys, time
from svc.analyzers.read import ReadOptions, Record, open_table
n = sum(isinstance(item, Record) for item in open_table(sys.argv[1], ReadOptions())[1])
# not ru_maxrss: a child begins with the peak of the process that started it
peak = lambda: int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]) >> 10
print(n, peak(), round(time.process_time()))
"""


def rows() -> Iterator[tuple[int, str, str, str, int]]:
    """Rows without an end."""
    chance = random.Random(5)
    texts = [" ".join(chance.choices(WORDS, k=40)) for _ in range(5000)]
    number = 0
    while True:
        number += 1
        day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02} 10:{number % 60:02}:00"
        yield number, day, texts[number * 7919 % 5000], ("Омск", "Тула", "Тверь")[number % 3], number % 5 + 1


def make(kind: str, size: int, path: Path) -> None:
    """Write a file of at least `size` bytes."""
    if kind == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = (pa.int64(), pa.string(), pa.string(), pa.string(), pa.int64())
        schema = pa.schema(list(zip(NAMES, types, strict=True)))
        source = rows()
        with pq.ParquetWriter(path, schema, compression="none", use_dictionary=False) as writer:
            while path.stat().st_size < size:
                columns = [list(column) for column in zip(*islice(source, 20_000), strict=True)]
                writer.write_table(pa.table(columns, schema=schema))
        return
    with path.open("w", encoding="utf-8") as file:
        if kind == "csv":
            file.write(";".join(NAMES) + "\n")
        for row in rows():
            line = (
                ";".join(map(str, row))
                if kind == "csv"
                else json.dumps(dict(zip(NAMES, row, strict=True)), ensure_ascii=False)
            )
            file.write(line + "\n")
            if row[0] % 1000 == 0 and os.fstat(file.fileno()).st_size >= size:
                return


def main() -> None:
    """Make, read, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", default="csv,jsonl,parquet")
    parser.add_argument("--sizes", default="50,500,5000")
    parser.add_argument("--folder", default=tempfile.gettempdir())
    given = parser.parse_args()
    print("| format | MB | records | peak MB | processor s |\n|---|---|---|---|---|")
    for kind in given.kinds.split(","):
        for size in map(int, given.sizes.split(",")):
            path = Path(given.folder) / f"svc-stream.{kind}"
            make(kind, size << 20, path)
            said = subprocess.run(
                [sys.executable, "-c", READ, str(path)], capture_output=True, check=True, text=True
            ).stdout
            print(f"| {kind} | {path.stat().st_size >> 20} | " + " | ".join(said.split()) + " |", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
