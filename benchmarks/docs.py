"""Writes the generated documentation: docs/cli.md, and the `svc demo` output in README.md and README.ru.md.

usage: docs.py [--check]     --check: writes nothing, names what is stale, exit code 1
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SVC = Path(sys.executable).with_name("svc.exe" if os.name == "nt" else "svc")
DEMO_LINES = 40
BLOCK = re.compile(r"(<!-- svc demo -->\n)(.*?)(<!-- end -->)", re.DOTALL)
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


def readme_page(text: str, language: str) -> str:
    """A README with its demo block renewed."""
    lines = svc("demo", "--lang", language, language=language).splitlines()
    cut = "…\n" if len(lines) > DEMO_LINES else ""
    block = "```text\n" + "\n".join(lines[:DEMO_LINES]).rstrip() + "\n" + cut + "```\n"
    return BLOCK.sub(lambda match: match[1] + block + match[3], text)


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page with the content it should have."""
    yield ROOT / "docs" / "cli.md", cli_page()
    for name, language in README.items():
        path = ROOT / name
        text = path.read_text("utf-8")
        if len(BLOCK.findall(text)) != 1:
            sys.exit(f"{name}: one block between <!-- svc demo --> and <!-- end --> is wanted")
        yield path, readme_page(text, language)


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
