"""One long task beside the others: in a process of its own where memory is shared, else here when it is asked for."""

from __future__ import annotations

import contextlib
import multiprocessing
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from .local import available_cpus

T = TypeVar("T")


def aside(task: Callable[[], T], *, worth_it: bool) -> Callable[[], T]:
    """Start a task, and give what waits for its result.

    Parameters
    ----------
    task : callable
        Reads what the process knows by now, changes nothing; its result can be pickled.
    worth_it : bool
        Whether it takes longer than the start of a process.

    Returns
    -------
    callable
        Gives the result, the same wherever the task ran.
    """
    if not worth_it or sys.platform != "linux" or available_cpus() < 2:
        return task
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(task, sender), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    sender.close()

    def result() -> T:
        try:
            found: T = receiver.recv()
        except (EOFError, OSError):  # the process was killed, or failed: what went wrong is told from here
            found = task()
        process.join()
        return found

    return result


def _send(task: Callable[[], T], sender: Connection) -> None:
    # silent: the parent does the task again and tells; a traceback here could show what a customer wrote
    with contextlib.suppress(BaseException):
        sender.send(task())
