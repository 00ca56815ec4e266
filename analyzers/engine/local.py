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

from ..forms import Forms
from ..label import ChunkLabels, Labeller
from ..read import Record

ALONE = 2  # chunks labelled here before worker processes are worth their start
MAX_WORKERS = 8

Batch = list[Record]
_labeller: Labeller | None = None


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
    head = list(islice(batches, ALONE)) if workers is None else []
    for batch in head:
        yield batch, labeller.label([record.text for record in batch])
    following = next(batches, None)
    if following is None:
        return
    rest = chain([following], batches)
    if count < 2:
        for batch in rest:
            yield batch, labeller.label([record.text for record in batch])
        return
    yield from _pooled(rest, labeller, build, count)


def _pooled(
    batches: Iterator[Batch], labeller: Labeller, build: Callable[[], Labeller], count: int
) -> Iterator[tuple[Batch, ChunkLabels]]:
    waiting: deque[tuple[Batch, Future[tuple[ChunkLabels, list[str], bytes]]]] = deque()
    method = "fork" if sys.platform == "linux" else "spawn"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pool = ProcessPoolExecutor(count, multiprocessing.get_context(method), _start, (build,))
        with pool:
            for batch in batches:
                waiting.append((batch, pool.submit(_label, [record.text for record in batch])))
                if len(waiting) > 2 * count:
                    yield _take(waiting, labeller.classifier.forms)
            while waiting:
                yield _take(waiting, labeller.classifier.forms)


def _take(
    waiting: deque[tuple[Batch, Future[tuple[ChunkLabels, list[str], bytes]]]], forms: Forms
) -> tuple[Batch, ChunkLabels]:
    batch, future = waiting.popleft()
    labels, lemmas, learned = future.result()
    forms.learn(learned)
    return batch, replace(labels, words=labels.words.numbered([forms.lemma_id(lemma) for lemma in lemmas]))


def _start(build: Callable[[], Labeller]) -> None:
    """A worker's beginning: where memory is shared the parent's labeller is there already."""
    global _labeller
    if _labeller is None:
        _labeller = build()
    _labeller.classifier.forms.forget_news()


def _label(texts: Sequence[str]) -> tuple[ChunkLabels, list[str], bytes]:
    assert _labeller is not None
    labels, forms = _labeller.label(texts), _labeller.classifier.forms
    words, lemmas = labels.words.named(forms.lemmas)
    return replace(labels, words=words), lemmas, forms.news()
