"""Streams: results on stdout and nothing else, whatever stands at its other end; terminals of any sort and width."""

from __future__ import annotations

import errno
import os
import re
import struct
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from svc.analyzers.gates import parse_gate
from svc.analyzers.records import Report
from svc.analyzers.verdicts import judge
from svc.cli.boundary import DONE, GATE, USAGE
from svc.cli.console import NARROW
from svc.cli.reporters import BINARY, KINDS, render

from ..full import full_report
from ..made import finding, report
from .conftest import ROOT, Svc

pytestmark = pytest.mark.skipif(os.name == "nt", reason="streams are closed otherwise there")
SHOP = "samples/shop.csv"
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def saved(path: Path, made: Report) -> Path:
    """A report as `--report json=` writes it."""
    path.write_text(str(render("json", made, "ru", top=0)), "utf-8")
    return path


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of a shell, `svc` in it."""
    svc = f'"{sys.executable}" -m svc.cli'
    env = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.run(
        ["bash", "-c", line.replace("svc ", svc + " ")], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


# -- the other end -----------------------------------------------------------------------------------------------------


def test_a_closed_stdout_is_said_and_files_are_written(tmp_path: Path) -> None:
    """`>&-` of a cron job."""
    made = saved(tmp_path / "r.json", report(finding()))
    done = shell(f"svc render {made} -q --report md={tmp_path / 'r.md'} >&-")
    assert (done.returncode, done.stderr.count("\n")) == (USAGE, 1)
    assert (tmp_path / "r.md").read_text("utf-8")


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", "2>&- <&-"])
def test_a_closed_or_full_stderr_changes_neither_result_nor_exit_code(tmp_path: Path, closed: str) -> None:
    """1 means a gate, and nothing else."""
    if "full" in closed and not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this machine")
    made = saved(tmp_path / "r.json", report(finding()))
    plain = shell(f"svc render {made}")
    done = shell(f"svc render {made} --report md={tmp_path / 'r.md'} {closed}")
    assert (done.returncode, done.stdout, done.stderr) == (DONE, plain.stdout, "")
    assert (tmp_path / "r.md").read_text("utf-8")
    assert shell(f"svc render {tmp_path / 'none.json'} {closed}").returncode == USAGE
    assert shell(f"svc analyze {SHOP} --fail-on class:A {closed}").returncode == GATE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this machine")
@pytest.mark.parametrize("command", ["render REPORT", "render REPORT --format xlsx", "--help", "schema"])
def test_a_full_disk_is_said_once(tmp_path: Path, command: str) -> None:
    """In one line with the system's words, and no bug is claimed."""
    made = saved(tmp_path / "r.json", report(finding()))
    done = shell(f"svc {command.replace('REPORT', str(made))} >/dev/full")
    assert done.returncode == USAGE
    assert done.stderr.splitlines() == [done.stderr.strip()]
    assert os.strerror(errno.ENOSPC) in done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, kind: str) -> None:
    """`svc render … | head`."""
    made = saved(tmp_path / "r.json", full_report(100))
    done = shell(f"{{ svc render {made} --format {kind}; echo $? >&2; }} | head -c 10")
    assert done.stderr == "0\n"


@pytest.mark.parametrize("options", ["", "--rows -", "--format json"])
def test_a_reader_of_analyze_may_go_away_too(tmp_path: Path, options: str) -> None:
    """The report, the rows: the verdict stands, and so do the files."""
    file = tmp_path / "r.md"
    done = shell(
        f"{{ svc analyze {SHOP} -q --fail-on class:A --report md={file} {options}; echo $? >&2; }} | head -n 1"
    )
    assert done.stdout.count("\n") == 1
    assert "class:A" in done.stderr
    assert done.stderr.endswith(f"\n{GATE}\n")
    assert file.read_text("utf-8")


# -- encodings and terminals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in BINARY])
def test_machines_get_utf8_whatever_the_locale(process: Svc, tmp_path: Path, kind: str) -> None:
    """An ascii terminal, no colour, no terminal at all: the same bytes; only the page for a person is escaped."""
    made = saved(tmp_path / "r.json", report(finding(title={"ru": "Срыв \U0001f600", "en": "Late"})))
    plain = process("render", made, "--format", kind)
    poor = process("render", made, "--format", kind, PYTHONUTF8="0", LC_ALL="C", PYTHONIOENCODING="ascii", TERM="dumb")
    assert (plain.code, poor.code, poor.err) == (DONE, DONE, "")
    assert poor.out == (plain.out if kind != "text" else plain.out.encode("ascii", NARROW).decode())


def on_terminal(path: Path, columns: int, **environment: str) -> str:
    """What `svc render` writes to a terminal of so many columns."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    fcntl = pytest.importorskip("fcntl")
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS", "TERM"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "svc.cli", "render", str(path)], cwd=ROOT, stdout=slave, stderr=slave, stdin=slave,
        env={**env, "PYTHONUTF8": "1", "TERM": "xterm-256color", **environment},
    )  # fmt: skip
    os.close(slave)
    found = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # how Linux says that the other side is gone
            break
        if not part:
            break
        found += part
    os.close(master)
    assert process.wait() == DONE
    return found.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_unless_it_is_dumb_or_asked_not_to(tmp_path: Path) -> None:
    """The words are the same; a dumb one gets the page of a pipe."""
    path = saved(tmp_path / "r.json", full_report(4))
    bright, plain = on_terminal(path, 120), on_terminal(path, 120, NO_COLOR="1")
    assert COLOUR.search(bright)
    assert "\x1b" not in plain
    assert COLOUR.sub("", bright) == plain
    assert on_terminal(path, 40, TERM="dumb") == shell(f"svc render {path}").stdout


def cells(line: str) -> int:
    """Columns of a terminal that a line takes."""
    return sum((not unicodedata.combining(char)) + (unicodedata.east_asian_width(char) in "WF") for char in line)


def too_wide(page: str, columns: int) -> list[str]:
    """Lines that do not fit; commands to copy are left whole, since a broken one is none."""
    lines = (COLOUR.sub("", line) for line in page.splitlines())
    return [line for line in lines if cells(line) > columns and not line.lstrip().startswith("svc ")]


@pytest.mark.parametrize("columns", [40, 57, 500])
def test_a_real_terminal_is_wrapped_to(tmp_path: Path, columns: int) -> None:
    """As the terminal itself says how wide it is."""
    assert too_wide(on_terminal(saved(tmp_path / "r.json", full_report(4)), columns), columns) == []


@pytest.mark.parametrize("words", ["Курьер не приехал", "очень" * 60, "漢字" * 50], ids=["words", "long", "wide"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_part_fits_every_width(language: str, words: str) -> None:
    """40 to 500 columns, each seventh: gates, table, quotes, claims, themes; long words and wide letters too."""
    made = full_report(words=words)
    judge(made, [parse_gate("class:A and growth:5%"), parse_gate("share(returns):10%"), parse_gate("new")], [])
    faults = {n: too_wide(str(render("text", made, language, top=0, width=n)), n) for n in range(40, 501, 7)}
    assert {n: lines for n, lines in faults.items() if lines} == {}
    page = " ".join(str(render("text", made, "ru", top=0, width=40)).split())
    assert "не пройдена" in page
