"""Errors as codes with parameters; `cli` words them in the reader's language.

SvcError
├── UsageError    exit 2   an option that cannot be obeyed
├── InputError    exit 2   a file that cannot be read
│   └── EmptyInputError  exit 5   a file without a single row
├── LexiconError  exit 2   a lexicon that does not keep its format
├── NoRowsError   exit 5   nothing usable: never the same as "no complaints"
├── StoreError    exit 2   a memory that cannot be opened or written
└── LockedError   exit 4   another run holds the lock
"""

from __future__ import annotations


class SvcError(Exception):
    """Base of every error a user can cause.

    Parameters
    ----------
    code : str
        Key of the message catalogue, such as ``read.not_found``.
    **params
        Values the message names: a path, a row, what is allowed.
    """

    exit_code = 2

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({values})"


class UsageError(SvcError):
    """An option or a combination of options that cannot be obeyed."""


class InputError(SvcError):
    """A file that cannot be read as what it claims to be."""


class EmptyInputError(InputError):
    """A file without a single row: readable, but nothing to use."""

    exit_code = 5


class LexiconError(SvcError):
    """A lexicon file that does not keep its format."""


class NoRowsError(SvcError):
    """Not one usable row: an empty export must never look like "no complaints"."""

    exit_code = 5


class LockedError(SvcError):
    """Another run holds the lock."""

    exit_code = 4


class StoreError(SvcError):
    """A memory that cannot be opened, read or written; nothing of it is lost."""
