"""Streams: results to stdout, everything else to stderr; nothing is cut, nothing breaks on a narrow encoding."""

from __future__ import annotations

import codecs
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from ..analyzers.errors import InputError

if TYPE_CHECKING:
    from rich.status import Status


# what the code pages of Russian Windows lack (cp866 has no «», cp1251 no ×), by what reads as the same
_ALIKE = {
    "«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "…": "...",
    "×": "x", "₽": "руб.", "≥": ">=", "≤": "<=", "→": "->", "•": "*", "·": "*", "№": "N", "\u00a0": " ", "\u202f": " ",
    "█": "#", "▲": "^", "▼": "v", "✓": "+", "★": "*",
}  # fmt: skip
NARROW = "svc_narrow"


def _narrow(error: UnicodeError) -> tuple[str, int]:
    """For a character that a stream's encoding lacks: one that looks like it, or its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    char = error.object[error.start]
    alike = _ALIKE.get(char, "")
    try:
        alike.encode(error.encoding)
    except UnicodeEncodeError:
        alike = ""
    if alike:
        return alike, error.start + 1
    shown, _ = codecs.backslashreplace_errors(UnicodeEncodeError(error.encoding, char, 0, 1, error.reason))
    return str(shown), error.start + 1


codecs.register_error(NARROW, _narrow)


def prepare_streams() -> None:
    """Never fail on a character that the stream's encoding lacks, nor on a stderr that the caller closed («2>&-»)."""
    if cast("TextIO | None", sys.stderr) is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=NARROW)


def has_stdout() -> bool:
    """Whether the caller left stdout open: «>&-» closes it."""
    return cast("TextIO | None", sys.stdout) is not None


def is_terminal() -> bool:
    """Whether stdout is a terminal that can do more than plain text."""
    return has_stdout() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def has_colour() -> bool:
    """Whether colour is wanted: a terminal, and no ``NO_COLOR``."""
    return is_terminal() and not os.environ.get("NO_COLOR")


def width() -> int | None:
    """Columns of the terminal, None where stdout is none: then nothing is wrapped or cut."""
    return shutil.get_terminal_size((100, 24)).columns if is_terminal() else None


class ReaderGone(Exception):  # noqa: N818
    """The reader of stdout went away («| head»). No OSError: typer would end the program for it with code 1."""


def emit(content: str | bytes) -> None:
    """Write a result to stdout.

    Raises
    ------
    ReaderGone
        Where nobody reads it any more.
    InputError
        ``saved.no_stdout`` where the caller closed it, ``run.cannot_write`` where its disk is full.
    """
    if not has_stdout():
        raise InputError("saved.no_stdout")
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        drop(sys.stdout)
        raise InputError("run.cannot_write", path="stdout", detail=error.strerror or str(error)) from error


@contextmanager
def enough() -> Generator[None, None, None]:
    """A reader of stdout that goes away has seen enough: the rest of the work stands, files and exit code with it."""
    try:
        yield
    except ReaderGone:
        drop(sys.stdout)


def drop(stream: TextIO) -> None:
    """Let what is left in the stream's buffer go nowhere: else the interpreter fails on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_file(path: str, write: Callable[[Path], None], *, private: bool = False) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then renamed; pipes and devices directly.

    Parameters
    ----------
    path : str
    write : callable
        Fills the file it is given.
    private : bool, default False
        Whether only its owner may read it.

    Raises
    ------
    InputError
        ``run.cannot_write``.
    """
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            write(target)
            return
        handle, name = tempfile.mkstemp(dir=target.parent or ".", prefix=f".{target.name}.")
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o600 if private else 0o666 & ~mask)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise InputError("run.cannot_write", path=path, detail=error.strerror or str(error)) from error


def append_file(path: str, content: bytes) -> None:
    """Add to the end of a file.

    Raises
    ------
    InputError
        ``run.cannot_write``.
    """
    try:
        with Path(path).open("ab") as file:
            file.write(content)
    except OSError as error:
        raise InputError("run.cannot_write", path=path, detail=error.strerror or str(error)) from error


def size_of(path: str) -> int:
    """Bytes a file holds already, 0 where there is none."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


class Progress:
    """Rows labelled so far, on stderr, on a terminal only."""

    def __init__(self, word: Callable[[int], str], *, quiet: bool) -> None:
        self._word = word
        self._status: Status | None = None
        if not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            from rich.console import Console

            # markup and emoji off: nothing of a file is ever shown here, but a path might be one day
            self._status = Console(stderr=True, markup=False, emoji=False, highlight=False).status(word(0))
            self._status.start()

    def __call__(self, n: int) -> None:
        """Show a count."""
        if self._status is not None:
            self._status.update(self._word(n))

    def close(self) -> None:
        """Leave a clean line."""
        if self._status is not None:
            self._status.stop()
