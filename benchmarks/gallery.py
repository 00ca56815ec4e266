"""The pictures of docs/gallery, made from what the commands really give for the packaged sample.

    python benchmarks/gallery.py

Needs Chromium; the workbook's picture needs LibreOffice and pdftoppm too. Nothing is drawn by hand: the terminal is the
command's own output with its colours, the page is the page, the workbook is what LibreOffice shows of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser import Tab, chromium, executable  # noqa: E402

GALLERY = ROOT / "docs" / "gallery"
SAMPLE = "samples/shop.csv"
COLUMNS = 120
CODES = {"1": "font-weight:bold", "2": "opacity:.65", "31": "color:#ff8f86", "33": "color:#f5ae5d"}
FRAME = (
    "<meta charset=utf-8><body style='margin:0;background:#14171c;color:#e6e9ee'>"
    "<pre style='font:14px/1.35 \"DejaVu Sans Mono\",monospace;padding:16px;margin:0;display:inline-block'>"
)


def svc(*arguments: str, **environment: str) -> bytes:
    """Output of a command."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "SVC_LANG": "ru", **environment}
    command = [sys.executable, "-m", "svc.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE).stdout


def terminal(command: str, folder: Path, lines: int) -> Path:
    """What a command shows on a terminal of `COLUMNS`, as a page."""
    import pty

    master, slave = pty.openpty()
    env = {
        **os.environ, "COLUMNS": str(COLUMNS), "LINES": "50", "TERM": "xterm-256color", "SVC_LANG": "ru",
        "SOURCE_DATE_EPOCH": "1795305600",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "svc.cli", *command.split()[1:]],
        cwd=ROOT,
        env=env,
        stdout=slave,
        stderr=subprocess.DEVNULL,
    )
    os.close(slave)
    out = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        out += piece
    process.wait()
    os.close(master)
    shown = [f"$ {command}", *out.decode().replace("\r\n", "\n").split("\n")[:lines]]
    page = folder / "terminal.html"
    page.write_text(FRAME + coloured("\n".join(shown)), "utf-8")
    return page


def coloured(text: str) -> str:
    """ANSI colours as markup."""
    marked = re.sub(r"\x1b\[(\d+)m", lambda m: "\0/" if m[1] == "0" else f"\0{m[1]};", text)
    return re.sub(
        "\0(/|\\d+;)", lambda m: "</span>" if m[1] == "/" else f"<span style='{CODES[m[1][:-1]]}'>", escape(marked)
    )


def shoot(tab: Tab, name: str, *, top: float, width: float, height: float) -> None:
    """A piece of the page as a file of the gallery."""
    path = GALLERY / name
    path.write_bytes(tab.picture(clip={"x": 0, "y": top, "width": width, "height": height}))
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


def pages(tab: Tab, folder: Path) -> None:
    """The page on a desk, in the dark, and on a phone; sections of it."""
    page = folder / "report.html"
    svc("analyze", SAMPLE, "--by", "Город", "--quiet", "--report", f"html={page}")
    tab.size(1280, 900)
    tab.open(page)
    shoot(tab, "page.png", top=0, width=1280, height=1150)
    tab.open(page, "#fulfilment.late")
    place = "document.getElementById('fulfilment.late').getBoundingClientRect()"
    shoot(
        tab,
        "page-finding.png",
        top=tab.run(f"{place}.top + scrollY") - 10,
        width=1280,
        height=tab.run(f"{place}.height") + 20,
    )
    for section in ("pareto", "heat"):
        place = f"document.getElementById('{section}').getBoundingClientRect()"
        shoot(
            tab,
            f"page-{section}.png",
            top=tab.run(f"{place}.top + scrollY"),
            width=1280,
            height=tab.run(f"{place}.height") + 10,
        )
    tab.size(390, 844)
    tab.media(dark=True)
    tab.open(page)
    shoot(tab, "page-phone.png", top=0, width=390, height=1500)
    tab.media()


def mail(tab: Tab, folder: Path) -> None:
    """The body of the mail that `svc weekly` sends: the week behind Monday, compared with those before."""
    body = folder / "mail.html"
    store = folder / "weekly.sqlite"
    body.write_bytes(svc("weekly", SAMPLE, "--store", str(store), "--today", "2026-11-16", "--format", "html"))
    tab.size(720, 900)
    tab.open(body)
    shoot(tab, "mail.png", top=0, width=720, height=tab.run("document.body.offsetHeight"))


def workbook(folder: Path) -> None:
    """The first sheet as LibreOffice prints it."""
    if shutil.which("soffice") is None or shutil.which("pdftoppm") is None:
        print("SKIPPED: the workbook's picture needs soffice and pdftoppm")
        return
    book = folder / "report.xlsx"
    book.write_bytes(svc("analyze", SAMPLE, "--quiet", "--format", "xlsx"))
    profile = (folder / "office").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, book],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    target = GALLERY / "workbook"
    subprocess.run(["pdftoppm", "-png", "-r", "100", "-singlefile", folder / "report.pdf", target], check=True)
    print(f"docs/gallery/workbook.png  {target.with_suffix('.png').stat().st_size // 1024} KB")


def main() -> int:
    """Make all pictures anew."""
    found = executable()
    if found is None:
        print("no Chromium on this machine", file=sys.stderr)
        return 1
    GALLERY.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, chromium(found) as browser:
        folder, tab = Path(name), browser.tab()
        tab.size(1280, 900)
        tab.open(terminal("svc demo", folder, 42))
        box = tab.run(
            "(() => { const r = document.querySelector('pre').getBoundingClientRect(); return [r.width, r.height]; })()"
        )
        shoot(tab, "terminal.png", top=0, width=box[0], height=box[1])
        pages(tab, folder)
        mail(tab, folder)
        workbook(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
