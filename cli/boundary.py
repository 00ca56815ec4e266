"""The one place where an exception becomes a message on stderr and an exit code."""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from errno import ENOSPC
from typing import Any, cast

from ..analyzers.errors import InputError, LexiconError, SvcError
from .console import ReaderGone, drop
from .messages import say

DONE, GATE, USAGE, INTERNAL, LOCKED, NO_ROWS = range(6)
INTERRUPTED = 130
# beyond what JSON escapes itself: C1 controls (one of them starts a terminal command) and marks that turn the writing
# and what a CI runner takes for a command anywhere in a line of its log
UNSAFE = re.compile("(?<=#)#(?=\\[|vso\\[)|[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_COMMAND = re.compile(r"##(?=\[|vso\[)")
_LEADING = re.compile(r"^(\s*):(?=:)")


def run(command: Callable[[], Any]) -> int:
    """Run a command and give its exit code.

    A closed pipe ends quietly; a bug says one line, and its traceback only under ``SVC_DEBUG=1``: a traceback may quote
    customers' data.
    """
    import typer

    # typer carries its own copy of click in some versions: its base error is reached through a public name
    click_error = typer.BadParameter.__mro__[2]
    try:
        code = int(command() or DONE)
        if code == INTERRUPTED:  # newer typer takes a KeyboardInterrupt for itself
            warn(say("run.interrupted"))
        return code
    except SvcError as error:
        warn(error_text(error), sets=isinstance(error, LexiconError))
        return error.exit_code
    except typer.Exit as error:
        return error.exit_code
    except typer.Abort:
        warn(say("run.interrupted"))
        return INTERRUPTED
    except KeyboardInterrupt:
        warn(say("run.interrupted"))
        return INTERRUPTED
    except (ReaderGone, BrokenPipeError):
        # nothing is wrong, and nothing may be printed at exit either
        drop(sys.stdout)
        return DONE
    except Exception as error:  # noqa: BLE001  # the one boundary
        if isinstance(error, click_error):
            return _usage(error)
        if isinstance(error, OSError) and error.errno == ENOSPC:  # of --help too, which click writes itself
            drop(sys.stdout)
            path = str(error.filename or "stdout")
            warn(error_text(InputError("run.cannot_write", path=path, detail=error.strerror)))
            return USAGE
        if os.environ.get("SVC_DEBUG"):
            warn(_traceback(error))
            return INTERNAL
        warn(say("run.internal", detail=type(error).__name__))
        return INTERNAL


def _traceback(error: BaseException) -> str:
    """Where a bug stands, with what the exceptions say masked: a message may quote a customer."""
    import traceback

    from ..analyzers.mask import mask_message

    lines: list[str] = []
    at: BaseException | None = error
    while at is not None and len(lines) < 1000:
        own = [*traceback.format_tb(at.__traceback__), mask_message("".join(traceback.format_exception_only(at)))]
        lines = own + (["---\n"] if lines else []) + lines
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "".join(lines).rstrip("\n")


def _usage(error: Any) -> int:
    """A wrong command line, in one line with the way to the help."""
    context = getattr(error, "ctx", None)
    detail = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        warn(detail)
    elif detail:
        detail = detail if detail.endswith((".", "!", "?")) else detail + "."
        warn(say("run.usage", detail=detail, command=context.command_path if context is not None else "svc"))
    return int(getattr(error, "exit_code", USAGE))


def error_text(error: SvcError) -> str:
    """The words of an error: what, where, what is allowed, what to do next."""
    return "svc: " + error_words(error)


def error_words(error: SvcError) -> str:
    """The words of an error without the name of the program."""
    sets = isinstance(error, LexiconError)
    values = {name: _masked(name, _plain(value), sets=sets) for name, value in error.params.items()}
    nearest = error.params.get("nearest")
    values["hint"] = f" ({nearest}?)" if nearest else ""
    if "position" in error.params:
        return _pointed(error, values)
    problem = error.params.get("problem")
    if isinstance(problem, str):
        values["detail"] = say(problem, None, **values)
    if error.code == "run.no_rows":
        values["reasons"] = reasons_text(cast("dict[str, int]", error.params.get("reasons") or {}))
    return clean(say(error.code, None, **values))


def _pointed(error: SvcError, values: dict[str, object]) -> str:
    """An error inside an expression, with a caret under its place."""
    expr, position = str(error.params["expr"]), int(cast("int", error.params["position"]))
    values = {name: clean(str(value)) for name, value in values.items()}
    shown = clean(expr).replace("\n", " ").replace("\t", " ")
    before = len(clean(expr[:position]))
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in shown[:before])
    values["problem"] = say(error.code, None, **values)
    values |= {"expr": shown, "caret": " " * (before + wide) + "^"}
    values["option"] = f"{error.params['option']}:" if "option" in error.params else ""
    return say("gate.at", None, **values)


def reasons_text(reasons: dict[str, int], language: str | None = None) -> str:
    """Skipping reasons with their counts."""
    return ", ".join(f"{say('reason.' + name, language)} — {n}" for name, n in reasons.items()) or "0"


def note_words(source: str, code: str, params: Mapping[str, object], language: str | None = None) -> str:
    """The words of a remark about an input."""
    values = {name: _masked(name, _plain(value)) for name, value in params.items()}
    if code == "file_skipped":
        rest = {name: value for name, value in params.items() if name != "error"}
        detail = error_words(SvcError(str(params.get("error")), **rest))
        values["detail"] = detail if source in detail else f"{source}: {detail}"
    if code == "split":
        values["by"] = _parted(str(values.get("by")), language)
    return clean(say("note." + code, language, source=source, **values))


def _parted(by: str, language: str | None) -> str:
    """How a text was split, in words; what is no known way is a pattern."""
    code = f"note.split_by.{by}"
    found = say(code, language)
    return say("note.split_by.other", language, by=by) if found == code else found


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(item) for item in cast("Sequence[object]", value))
    return value


# what an error may quote from a file; paths, options and names of columns are what the reader needs to mend it
_QUOTED = frozenset({"value", "detail", "line", "cell", "text", "expr"})


def _masked(name: str, value: object, *, sets: bool = False) -> object:
    """A value for a message, masked where it may come from a customer's text."""
    if name not in _QUOTED or not isinstance(value, str):
        return value
    from ..analyzers.mask import mask_message

    return _but_sets(mask_message, value) if sets else mask_message(value)


def _but_sets(look: Callable[[str], str], text: str) -> str:
    """A text looked through but for the names of a lexicon's sets."""
    return "".join(piece if at % 2 else look(piece) for at, piece in enumerate(_SET.split(text)))


def warn(text: str, *, sets: bool = False) -> None:
    """One message to stderr; what the terminal cannot spell is escaped. Where nobody can be told, the work goes on.

    Parameters
    ----------
    text : str
    sets : bool, default False
        Whether «@money» is the name of a lexicon's set, and nobody's login.
    """
    shown = clean(_but_sets(_looked_through, text) if sets else _looked_through(text))
    try:
        sys.stderr.write("\n".join(no_command(line) for line in shown.split("\n")) + "\n")
        sys.stderr.flush()
    except OSError:
        drop(sys.stderr)


_SET = re.compile(r"(?<![\w.@])(@[a-z_]{2,30})\b(?![.@\d])")
_SUSPECT = re.compile(r"\d[\d\s().-]{5,}\d|@")


def _looked_through(text: str) -> str:
    """The last look at a message: no phone, card or mail leaves on stderr either."""
    if not _SUSPECT.search(text):
        return text
    from ..analyzers.mask import replace_structured

    return replace_structured(text)[0]


def clean(text: str) -> str:
    """Text without control characters: what came from a file must not steer a terminal.

    >>> clean("a\\x1b[31mb")
    'a[31mb'
    """
    return "".join(char for char in text if char in "\n\t" or (char.isprintable() or char == "\u00a0"))


def no_command(line: str) -> str:
    """A line of a log that no CI runner (GitHub, GitLab, Azure) takes for a command.

    >>> no_command("  ::error::x"), no_command("see ##[error]y")
    ('  : :error::x', 'see # #[error]y')
    """
    return _LEADING.sub(r"\1: ", _COMMAND.sub("# #", line))


def json_text(value: object, *, indent: int | None = None) -> str:
    """JSON in readable letters; what could steer a terminal is escaped, so the value stays the same.

    >>> json_text({"текст": "a\\x9b31m"})
    '{"текст": "a\\\\u009b31m"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
