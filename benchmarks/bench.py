"""Speed and memory of `svc`, beside the notebook pipeline that an analyst would write (../shared/bench/notebook.py).

usage: bench.py [--rows N] [--million]
  --rows N     rows of the corpus (default 100,000)
  --million    also a CSV of 1,000,000 rows: about 700 MB in the temporary folder, some minutes

The corpus is seeded: rows of 60 consecutive words from the texts of ../shared/data, or without them from the packaged
samples and invented texts. Every line of the tables is a whole process, its start included.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from svc.analyzers.engine.local import available_cpus
from svc.analyzers.read import ReadOptions, Record, open_table

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NOTEBOOK = SHARED / "bench" / "notebook.py"
SAMPLE = ROOT / "samples" / "shop.csv"
SVC = (sys.executable, "-m", "svc.cli")
SEED = 20261121
WORDS = 60
ROWS, MILLION, PART = 100_000, 1_000_000, 3_000
MEGABYTE = 1 << 20
SAMPLING = 0.2  # seconds between two looks at the memory of the processes


@dataclass
class Run:
    """One process, or the median of several equal ones; memory in bytes."""

    seconds: float
    largest: int
    together: int


class Watch(threading.Thread):
    """Peak of the memory that a process and its descendants hold together (Linux: shared pages counted once)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._done = threading.Event()
        self.peak = 0

    def run(self) -> None:
        """Look until told to stop."""
        while not self._done.wait(SAMPLING):
            self.peak = max(self.peak, sum(map(_pss, _tree(self._pid))))

    def stop(self) -> None:
        """End the watch."""
        self._done.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue  # gone between listing and reading
        for child in children:
            found += _tree(int(child))
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def run(command: Sequence[str | Path], cache: Path | None = None) -> Run:
    """Run a command to its end, output thrown away.

    Raises
    ------
    SystemExit
        Where the command fails.
    """
    # an installed wheel is compiled; a shell that forbids Python to keep compiled modules would measure the compiler
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if cache is not None:
        environment["SVC_CACHE_DIR"] = str(cache)
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], env=environment, stdout=subprocess.DEVNULL, stderr=errors
        )
        watch = Watch(process.pid)
        watch.start()
        # wait4 and not getrusage(RUSAGE_CHILDREN): that one is the largest of all children there ever were
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{command}: exit code {process.returncode}\n{errors.read().decode(errors='replace')}")
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(seconds, largest, max(watch.peak, largest))


def median(runs: Iterable[Run]) -> Run:
    """Median time, highest memory."""
    found = list(runs)
    return Run(
        statistics.median(item.seconds for item in found),
        max(item.largest for item in found),
        max(item.together for item in found),
    )


def source_texts() -> tuple[str, list[str]]:
    """Texts to cut rows from, and where they come from."""
    files = sorted(SHARED.glob("data/*/data.csv"))
    if files:
        name = "../shared/data"
    else:
        files = [*sorted(ROOT.glob("lexicons/ru/corpus/*.jsonl")), *sorted(ROOT.glob("samples/*.*"))]
        files = [file for file in files if file.suffix in {".csv", ".jsonl", ".xlsx", ".txt"}]
        name = "packaged samples and invented texts"
    return name, [
        item.text for file in files for item in open_table(str(file), ReadOptions())[1] if isinstance(item, Record)
    ]


def write_corpus(path: Path, texts: Sequence[str], n: int) -> None:
    """A CSV of id, date and text: `n` rows of 60 consecutive words."""
    chance = random.Random(SEED)
    order = list(texts)
    chance.shuffle(order)
    words = [word for text in order for word in text.split()]
    first = dt.date(2026, 1, 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "date", "text"])
        for number in range(n):
            at = chance.randrange(len(words) - WORDS)
            day = first + dt.timedelta(chance.randrange(320))
            writer.writerow([number + 1, day.isoformat(), " ".join(words[at : at + WORDS])])


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A Markdown table to stdout."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(line) + " |")
    print(flush=True)


def analyze(path: Path) -> list[str | Path]:
    """The command measured."""
    return [*SVC, "analyze", path, "--quiet"]


def throughput(folder: Path, texts: Sequence[str], rows: int, million: bool) -> None:
    """Complaints a second and memory."""
    whole, part, cache = folder / "whole.csv", folder / "part.csv", folder / "cache"
    write_corpus(whole, texts, rows)
    write_corpus(part, texts, min(rows, PART))
    runs = {
        ("svc analyze, cold", rows): run(analyze(whole), cache),
        ("svc analyze, warm", rows): median(run(analyze(whole), cache) for _ in range(3)),
        ("svc analyze, warm", min(rows, PART)): median(run(analyze(part), cache) for _ in range(3)),
    }
    whole.unlink()
    if million:
        write_corpus(whole, texts, MILLION)
        runs["svc analyze, warm", MILLION] = run(analyze(whole), cache)
        whole.unlink()
    rate = {}
    if NOTEBOOK.exists():
        for name, arguments in (("notebook", ()), ("notebook, cached lemmas", ("cached",))):
            done = run([sys.executable, NOTEBOOK, part, "text", *arguments])
            runs[name, min(rows, PART)] = done
            rate[name] = min(rows, PART) / done.seconds
    else:
        print(f"SKIPPED: {NOTEBOOK} is absent")
    lines = []
    for (name, n), done in runs.items():
        figures = f"{n:,}", f"{done.seconds:.1f}", f"{n / done.seconds:,.0f}"
        memory = f"{done.largest / MEGABYTE:,.0f}", f"{done.together / MEGABYTE:,.0f}"
        times = [f"{n / done.seconds / value:.1f}" for value in rate.values()]
        lines.append((name, *figures, *memory, *times))
    head = ("command", "rows", "s", "complaints/s", "MB, largest process", "MB, all processes")
    table((*head, *(f"times {name}" for name in rate)), lines)


def starts(folder: Path) -> None:
    """What a user waits for in the terminal."""
    bare = median(run([sys.executable, "-c", "pass"]) for _ in range(7)).seconds
    shown = median(run([*SVC, "--help"]) for _ in range(7)).seconds
    cache = folder / "cache-of-the-sample"
    cold = run(analyze(SAMPLE), cache).seconds
    warm = median(run(analyze(SAMPLE), cache) for _ in range(5)).seconds
    lines = [
        ("python -c pass", f"{bare:.2f}"),
        ("svc --help", f"{shown:.2f}"),
        ("svc --help over python -c pass", f"{shown - bare:.2f}"),
        ("svc analyze samples/shop.csv (200 rows), cold", f"{cold:.2f}"),
        ("svc analyze samples/shop.csv (200 rows), warm", f"{warm:.2f}"),
    ]
    table(("start", "s"), lines)


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description="Speed and memory of svc beside the notebook pipeline")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of the corpus (default 100000)")
    parser.add_argument("--million", action="store_true", help="also a CSV of 1,000,000 rows")
    options = parser.parse_args()
    name, texts = source_texts()
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {available_cpus()} processors"
    )
    print(f"Rows of {WORDS} words from {len(texts):,} texts: {name}\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="svc-bench-") as folder:
        throughput(Path(folder), texts, options.rows, options.million)
        starts(Path(folder))


if __name__ == "__main__":
    main()
