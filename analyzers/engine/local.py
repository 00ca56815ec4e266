"""The local engine: the labelling function over chunks, in this process or in a few worker processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from ..forms import Forms
from ..label import ChunkLabels, Labeller
from ..read import Record

ENOUGH = 2  # chunks for which worker processes are worth their start
MAX_WORKERS = 8

Batch = list[Record]
Labelled = tuple[ChunkLabels, int, list[str], bytes]  # with the worker, its new lemmas and its new forms
_labeller: Labeller | None = None
_lemmas_told = 0


def available_cpus() -> int:
    """Processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def label_chunks(
    batches: Iterator[Batch], build: Callable[[], Labeller], workers: int | None
) -> Iterator[tuple[Batch, ChunkLabels]]:
    """Label batch after batch, in order.

    Parameters
    ----------
    batches : iterator of list of Record
    build : callable
        Makes the labeller; called once here, and once in each worker where processes don't share memory.
    workers : int or None
        Worker processes; None: as many as processors where the input is long enough, 0: none.

    Yields
    ------
    tuple of (list of Record, ChunkLabels)
        The same whatever the number of workers.
    """
    global _labeller
    labeller = _labeller = build()
    # the lexicon lives as long as the run: the collector need not walk it again and again, nor a fork copy it
    gc.freeze()
    count = min(available_cpus(), MAX_WORKERS) if workers is None else workers
    head = list(islice(batches, ENOUGH))
    every = chain(head, batches)
    if count < 2 or len(head) < (ENOUGH if workers is None else 1):
        for batch in every:
            yield batch, labeller.label([record.text for record in batch])
        return
    yield from _pooled(every, labeller, build, count)


def _pooled(
    batches: Iterator[Batch], labeller: Labeller, build: Callable[[], Labeller], count: int
) -> Iterator[tuple[Batch, ChunkLabels]]:
    waiting: deque[tuple[Batch, Future[Labelled]]] = deque()
    numbers: dict[int, NDArray[np.int32]] = {}
    method = "fork" if sys.platform == "linux" else "spawn"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pool = ProcessPoolExecutor(count, multiprocessing.get_context(method), _start, (build,))
        with pool:
            for batch in batches:
                waiting.append((batch, pool.submit(_label, [record.text for record in batch])))
                if len(waiting) > 2 * count:
                    yield _take(waiting, numbers, labeller.classifier.forms)
            while waiting:
                yield _take(waiting, numbers, labeller.classifier.forms)


def _take(
    waiting: deque[tuple[Batch, Future[Labelled]]], numbers: dict[int, NDArray[np.int32]], forms: Forms
) -> tuple[Batch, ChunkLabels]:
    """The next chunk, its lemmas numbered as they are here; `numbers` are those of each worker's lemmas."""
    batch, future = waiting.popleft()
    labels, worker, lemmas, learned = future.result()
    forms.learn(learned)
    known = numbers.get(worker, np.zeros(0, np.int32))
    if lemmas:
        known = numbers[worker] = np.append(known, np.array([forms.lemma_id(lemma) for lemma in lemmas], np.int32))
    return batch, replace(labels, words=labels.words.numbered(known))


def _start(build: Callable[[], Labeller]) -> None:
    """A worker's beginning: where memory is shared the parent's labeller is there already."""
    global _labeller
    if _labeller is None:
        _labeller = build()
    _labeller.classifier.forms.forget_news()


def _label(texts: Sequence[str]) -> Labelled:
    global _lemmas_told
    assert _labeller is not None
    labels, forms = _labeller.label(texts), _labeller.classifier.forms
    lemmas, _lemmas_told = forms.lemmas[_lemmas_told:], len(forms.lemmas)
    return labels, os.getpid(), lemmas, forms.news()
