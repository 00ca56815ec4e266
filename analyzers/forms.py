"""The form table: word key -> lemma id and tags, filled once per distinct form and kept on disk between runs.

What is kept is a pure function of the form, so any run may use any other run's table. The file is replaced by rename,
its digest is checked on reading, and a damaged, foreign or unwritable file costs time only, never a result.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..lexicons import path
from . import inflect, lemmas
from .kept import keep
from .tokens import NUMBER_FORM, NUMBER_KEY, Tokens, tokenize

MAGIC = b"svc-forms\n"
MAX_KEPT = 2_000_000  # forms on disk, about 50 MB: beyond it a table holds mostly noise
NUMBER = lemmas.Form(NUMBER_FORM, None, lemmas.BIT["known"])


@lru_cache(maxsize=1)
def table_version() -> str:
    """Digest of everything a form's reading depends on: the code, the overrides, the packaged words, the dictionary."""
    from importlib.metadata import version

    digest = hashlib.sha256()
    for source in (Path(lemmas.__file__), Path(inflect.__file__), path("ru/forms.toml"), path("ru/words.txt")):
        digest.update(source.read_bytes())
    for package in ("pymorphy3", "pymorphy3-dicts-ru"):
        digest.update(version(package).encode())
    return digest.hexdigest()[:16]


class Forms:
    """Word forms met so far, as columns.

    Attributes
    ----------
    lemma, second : ndarray of int32
        Lemma id of each form; `second` is -1 where there is one reading.
    flags : ndarray of uint64
        Bits of `lemmas.FLAGS`.
    lemmas : list of str
        Lemma by id.
    """

    def __init__(self) -> None:
        self._slots = np.full(1 << 16, -1, np.int32)
        self.key = np.zeros(0, np.uint64)
        self.lemma = np.zeros(0, np.int32)
        self.second = np.zeros(0, np.int32)
        self.flags = np.zeros(0, np.uint64)
        self.size = 0
        self.kept = 0  # of them already on disk
        self._told = 0
        self.lemmas: list[str] = []
        self._lemma_id: dict[str, int] = {}
        self._grow(1 << 12)

    def _grow(self, capacity: int) -> None:
        for name, fill in (("key", 0), ("lemma", -1), ("second", -1), ("flags", 0)):
            old = getattr(self, name)
            new = np.full(capacity, fill, old.dtype)
            new[: self.size] = old[: self.size]
            setattr(self, name, new)

    def ids(self, tokens: Tokens) -> NDArray[np.int32]:
        """Form id of each token; forms met for the first time are analysed and added.

        Parameters
        ----------
        tokens : Tokens
            Words of one chunk.

        Returns
        -------
        ndarray of int32 of shape (n_tokens,)
        """
        return self.lookup(tokens.key, tokens.form)

    def lookup(self, keys: NDArray[np.uint64], form_of: Callable[[int], str]) -> NDArray[np.int32]:
        """As `ids`, for any keys; `form_of(i)` spells the i-th word."""
        found = self._find(keys)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            new, first = np.unique(keys[missing], return_index=True)
            # in order of the key, not of the text: the table's order then says nothing of the rows' order
            self._add(new, [form_of(int(missing[i])) for i in first])
            found[missing] = self._find(keys[missing])
        return found

    def form_id(self, form: str) -> int:
        """Id of one form."""
        tokens = tokenize([form])
        return int(self.ids(tokens)[0])

    def _find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        mask = np.uint64(len(self._slots) - 1)
        slot = (keys & mask).astype(np.int64)
        found = self._slots[slot]
        # open addressing: step on where another key sits in the slot
        open_ = np.flatnonzero((found >= 0) & (self.key[found] != keys))
        while len(open_):
            slot[open_] = (slot[open_] + 1) & int(mask)
            found[open_] = self._slots[slot[open_]]
            hit = found[open_]
            open_ = open_[(hit >= 0) & (self.key[hit] != keys[open_])]
        return found

    def _add(self, keys: NDArray[np.uint64], forms: list[str]) -> None:
        self._reserve(len(keys))
        for key, form in zip(keys.tolist(), forms, strict=True):
            self._append(key, NUMBER if key == NUMBER_KEY or form.isdigit() else lemmas.analyse(form))

    def _reserve(self, more: int) -> None:
        need = self.size + more
        if need > len(self.key):
            self._grow(max(need, 2 * len(self.key)))
        if 2 * need > len(self._slots):
            self._rehash(4 * need)

    def _append(self, key: int, read: lemmas.Form) -> None:
        row = self.size
        self.key[row] = key
        self.lemma[row] = self.lemma_id(read.lemma)
        self.second[row] = -1 if read.second is None else self.lemma_id(read.second)
        self.flags[row] = read.flags
        self.size += 1
        self._place(key, row)

    def _place(self, key: int, row: int) -> None:
        mask = len(self._slots) - 1
        slot = key & mask
        while self._slots[slot] >= 0:
            slot = (slot + 1) & mask
        self._slots[slot] = row

    def _rehash(self, at_least: int) -> None:
        self._slots = np.full(1 << max(16, (at_least - 1).bit_length()), -1, np.int32)
        mask = len(self._slots) - 1
        rows = np.arange(self.size, dtype=np.int32)
        slot = (self.key[: self.size] & np.uint64(mask)).astype(np.int64)
        while len(rows):
            # of those that want the same free slot the last one written gets it, the others step on
            free = self._slots[slot] < 0
            self._slots[slot[free]] = rows[free]
            unplaced = self._slots[slot] != rows
            rows, slot = rows[unplaced], (slot[unplaced] + 1) & mask

    def lemma_id(self, lemma: str) -> int:
        """Id of a lemma, new or known."""
        number = self._lemma_id.setdefault(lemma, len(self.lemmas))
        if number == len(self.lemmas):
            self.lemmas.append(lemma)
        return number

    # -- told to the parent by a worker process ----------------------------------------------------------------------

    def forget_news(self) -> None:
        """Count what is known now as told."""
        self._told = self.size

    def news(self) -> bytes:
        """Forms learned since the last call, for `learn` of another table."""
        rows = range(self._told, self.size)
        self._told = self.size
        return json.dumps(
            [
                (
                    int(self.key[row]), self.lemmas[self.lemma[row]],
                    None if self.second[row] < 0 else self.lemmas[self.second[row]], int(self.flags[row]),
                )
                for row in rows
            ]
        ).encode()  # fmt: skip

    def learn(self, news: bytes) -> None:
        """Add what another table learned."""
        entries = [entry for entry in json.loads(news) if self._find(np.array([entry[0]], np.uint64))[0] < 0]
        if entries:
            self._reserve(len(entries))
            for key, lemma, second, flags in entries:
                self._append(key, lemmas.Form(lemma, second, flags))

    # -- kept on disk ------------------------------------------------------------------------------------------------

    @classmethod
    def load(cls, folder: Path | None) -> Forms:
        """The kept table of a cache folder, or an empty one where there is none that can be trusted."""
        forms = cls()
        if folder is not None:
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                forms._read((folder / f"forms-{table_version()}.bin").read_bytes())
        return forms

    def _read(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise ValueError("not a form table")
        stop = data.index(b"\n", len(MAGIC))
        head = json.loads(data[len(MAGIC) : stop])
        body = data[stop + 1 :]
        if head["digest"] != hashlib.sha256(body).hexdigest():
            raise ValueError("damaged")
        n, at = int(head["n"]), 0
        columns: dict[str, NDArray[np.generic]] = {}
        for name, dtype in (("key", "<u8"), ("flags", "<u8"), ("lemma", "<i4"), ("second", "<i4")):
            columns[name] = np.frombuffer(body, dtype, n, at)
            at += columns[name].nbytes
        names = body[at:].decode("utf-8").split("\n")
        self._grow(max(n, 1 << 12))
        for name, column in columns.items():
            getattr(self, name)[:n] = column
        self.size = self.kept = n
        self.lemmas = names
        self._lemma_id = {lemma: i for i, lemma in enumerate(names)}
        self._rehash(4 * n)

    def save(self, folder: Path | None) -> bool:
        """Keep the table for later runs; True where a file was written."""
        if folder is None or self.size == self.kept or self.size > MAX_KEPT:
            return False
        n = self.size
        body = b"".join(
            (
                self.key[:n].astype("<u8").tobytes(),
                self.flags[:n].astype("<u8").tobytes(),
                self.lemma[:n].astype("<i4").tobytes(),
                self.second[:n].astype("<i4").tobytes(),
                "\n".join(self.lemmas).encode("utf-8"),
            )
        )
        head = json.dumps({"n": n, "digest": hashlib.sha256(body).hexdigest()}).encode()
        if not keep(folder, f"forms-{table_version()}.bin", MAGIC + head + b"\n" + body):
            return False
        self.kept = n
        return True
