"""Writes the generated documentation: docs/cli.md, docs/report.schema.json, the `svc demo` output in README.md and
README.ru.md, the worked example of docs/ranking.md.

usage: docs.py [--check]     --check: writes nothing, names what is stale, exit code 1
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from svc.analyzers.periods import reference
from svc.analyzers.vocabulary import COUNTED

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
SVC = Path(sys.executable).with_name("svc.exe" if os.name == "nt" else "svc")
DEMO_LINES = 40
SAMPLE = "samples/shop.csv"
BLOCK = re.compile(r"(<!-- svc \w+ -->\n)(.*?)(<!-- end -->)", re.DOTALL)
README = {"README.md": "en", "README.ru.md": "ru"}
HEAD = """# Command line

Written by `make docs` from `svc --help` (`SVC_LANG=en`); help and messages come in Russian unless `SVC_LANG=en`.
"""


def svc(*arguments: str, language: str = "en") -> str:
    """What a command prints into a pipe of 80 columns."""
    environment = os.environ | {"COLUMNS": "80", "SVC_LANG": language, "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run([SVC, *arguments], env=environment, cwd=ROOT, capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(f"svc {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n") + "\n"


def commands() -> Iterator[tuple[str, ...]]:
    """Every command and group, as the words after `svc`, in the order of its help."""
    import typer
    from svc.cli.app import app

    def walk(group: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, command in getattr(group, "commands", {}).items():
            yield from walk(command, (*words, name))

    return walk(typer.main.get_command(app), ())


def cli_page() -> str:
    """docs/cli.md."""
    parts = [HEAD]
    for words in commands():
        parts.append(f"\n## {' '.join(('svc', *words))}\n\n```text\n{svc(*words, '--help')}```\n")
    return "".join(parts)


def demo_block(language: str) -> str:
    """The first lines of what `svc demo` prints."""
    lines = svc("demo", "--lang", language, language=language).splitlines()
    cut = "…\n" if len(lines) > DEMO_LINES else ""
    return "```text\n" + "\n".join(lines[:DEMO_LINES]).rstrip() + "\n" + cut + "```\n"


def example_block() -> str:
    """The leading finding of `svc demo`, from its rows to its index."""
    with tempfile.TemporaryDirectory(prefix="svc-docs-") as folder:
        path = Path(folder) / "rows.jsonl"
        report = json.loads(svc("analyze", SAMPLE, "--quiet", "--format", "json", "--top", "0", "--rows", str(path)))
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    finding = report["findings"][0]
    used = [row for row in rows if not row["duplicate"]]
    counted = [row for row in used if row["kind"] in COUNTED]
    found = [row for row in counted if any(item["id"] == finding["id"] for item in row["categories"])]
    factors, classes = finding["factors"], finding["classes"]
    lines = [
        f"`{finding['id']}`: {len(found)} of {len(counted)} complaints and claims, "
        f"share {finding['share']:.1%} [{finding['share_low']:.1%}, {finding['share_high']:.1%}].",
        "",
        "| row | severity | categories | part of the pain |",
        "|---|---|---|---|",
    ]
    for row in found:
        n = len(row["categories"])
        lines.append(f"| {row['row']} | {row['severity']:.3f} | {n} | {row['severity'] / n:.4f} |")
    lines += [f"| **pain** | | | **{factors['pain']:.4f}** |", "", *growth_lines(finding, used, counted, found)]
    pain, growth, total = factors["pain"], factors["growth"], factors["total"]
    held = ", ".join(f"{letter} {n}" for letter, n in classes.items())
    lines += [
        f"- total of pain × growth over all {len(report['findings'])} findings: {total:.4f}; "
        f"index = 100 × {pain:.4f} × {growth:g} / {total:.4f} = **{finding['index']}**",
        f"- class: rows by class are {held}, so the worst class that two rows and 5 % of the rows hold is "
        f"**{finding['class']}**",
    ]
    return "\n".join(lines) + "\n"


def growth_lines(finding: Row, used: list[Row], counted: list[Row], found: list[Row]) -> list[str]:
    """The growth of the leading finding with its four counts."""
    days = [np.array([_day(row) for row in rows], np.int64) for rows in (used, counted, found)]
    span = reference(days[0], None, None)
    if span is None:
        return ["- no growth: too few periods; g = 1"]
    now, total_now, before, total_before = (
        span.now(days[2]),
        span.now(days[1]),
        span.before(days[2]),
        span.before(days[1]),
    )
    factor = finding["factors"]["growth"]
    clipped = "" if factor == finding["growth"] else f", clipped to {factor:g}"
    return [
        f"- growth: {now} of {total_now} complaints in {span.name}, {before} of {total_before} in the periods before; "
        f"expected = {total_now} × ({before} + 0.5) / ({total_before} + 1), "
        f"g = ({now} + 5) / (expected + 5) = {finding['growth']:g}{clipped}"
    ]


def _day(row: Row) -> int:
    return dt.date.fromisoformat(row["date"][:10]).toordinal() if row["date"] else 0


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page with the content it should have."""
    yield ROOT / "docs" / "cli.md", cli_page()
    yield ROOT / "docs" / "report.schema.json", svc("schema")
    blocks = {name: demo_block(language) for name, language in README.items()} | {"docs/ranking.md": example_block()}
    for name, block in blocks.items():
        path = ROOT / name
        text = path.read_text("utf-8")
        if len(BLOCK.findall(text)) != 1:
            sys.exit(f"{name}: one block between <!-- svc ... --> and <!-- end --> is wanted")
        yield path, BLOCK.sub(lambda match, block=block: match[1] + block + match[3], text)


def main() -> int:
    """Write, or compare."""
    stale = []
    for path, content in pages():
        if not path.exists() or path.read_text("utf-8") != content:
            stale.append(path.relative_to(ROOT).as_posix())
            if "--check" not in sys.argv:
                path.parent.mkdir(exist_ok=True)
                path.write_text(content, "utf-8", newline="\n")
    for name in stale:
        print(f"{name}: stale; run `make docs`" if "--check" in sys.argv else f"{name}: written")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
