"""Chunks in several processes: results in the order of the chunks, a process that dies costs one document."""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from extract.archive.chunks import Chunk
from extract.archive.documents import Extractor, crash, extract_items
from extract.archive.items import Item
from extract.schema import Extraction
from extract.spans import ReadOptions

CHUNKS_AHEAD = 3
HELD_BYTES_AHEAD = 128 << 20
"""What comes out of streams waits in memory, twice while it is handed over."""

Result = tuple[int, Extraction]


COLLECTOR_THRESHOLDS = (20_000, 20, 20)
"""A page makes thousands of words that live until the document is done: looking through them more often
frees nothing and costs a tenth of the time. For processes of our own only."""


def run_in_pools(
    chunks: Iterable[Chunk], workers: int, extract: Extractor | None, options: ReadOptions
) -> Generator[Result, None, None]:
    """Extract chunks in processes, and give the results with their positions, chunk by chunk.

    Takes chunks as they are needed: a few for each process, fewer where they hold many bytes. When a process
    dies, what it was at goes item by item and a new pool goes on. Close the generator to stop the processes.
    """
    coming = iter(chunks)
    following = deque(islice(coming, 1))
    window: deque[tuple[Chunk, Future[list[Extraction]]]] = deque()
    while following or window:
        pool = _open_pool(workers)
        try:
            while following or window:
                while following and _has_room(window, following[0], workers):
                    future = pool.submit(_extract_chunk, following[0].items, extract, options)
                    window.append((following.popleft(), future))
                    following.extend(islice(coming, 1))
                chunk, future = window[0]
                yield from zip(chunk.positions, future.result(), strict=True)
                window.popleft()
        except BrokenProcessPool:
            while window:
                chunk, future = window.popleft()
                results = _result_of(future) or _run_alone(chunk.items, extract, options)
                yield from zip(chunk.positions, results, strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


def _has_room(window: deque[tuple[Chunk, Future[list[Extraction]]]], chunk: Chunk, workers: int) -> bool:
    if not window:
        return True
    held = sum(ahead.held for ahead, _ in window) + chunk.held
    return len(window) < workers * CHUNKS_AHEAD and held <= HELD_BYTES_AHEAD


def _extract_chunk(items: list[Item], extract: Extractor | None, options: ReadOptions) -> list[Extraction]:
    return list(extract_items(items, extract, options))


def _open_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start_worker)


def _start_worker() -> None:
    # An interrupt is for the main process, which then stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load_vocabularies()
    gc.set_threshold(*COLLECTOR_THRESHOLDS)


def load_vocabularies() -> None:
    """Load what every document needs, and keep the garbage collector from looking through it each time.

    Without this the collector spends a tenth of a run on vocabularies that live as long as the process.
    """
    from extract.pipeline import extract_source

    extract_source("", b"vnplans")
    gc.collect()
    gc.freeze()


def _result_of(future: Future[list[Extraction]]) -> list[Extraction] | None:
    """Give what a future of a broken pool had finished, None when it had not."""
    return None if future.cancelled() or future.exception() else future.result()


def _run_alone(items: list[Item], extract: Extractor | None, options: ReadOptions) -> Iterator[Extraction]:
    """Extract items one at a time in a process of their own; one that ends the process gets a problem."""
    pool = _open_pool(1)
    try:
        for item in items:
            try:
                yield from pool.submit(_extract_chunk, [item], extract, options).result()
            except BrokenProcessPool:
                pool = _open_pool(1)
                yield crash(item)
    finally:
        pool.shutdown(cancel_futures=True)
