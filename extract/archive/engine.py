"""The run over an archive: inputs to extractions in order, in this process or in several, to a dataset."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from multiprocessing import get_context
from pathlib import Path

from extract.archive.inputs import InputFile, find_inputs
from extract.archive.progress import Progress, SilentProgress
from extract.archive.run_record import build_run_record
from extract.dataset.output import RUN_FILE, OutputFolder
from extract.dataset.tables import Counts
from extract.dataset.writers import DEFAULT_FORMATS, DatasetWriter, write_json
from extract.schema import Document, Extraction, Problem

Extractor = Callable[[str, bytes], Extraction]
Chunk = tuple[InputFile, ...]

# Few enough that a crash costs little, enough that handing them over costs nothing.
CHUNK_FILES = 8
CHUNKS_AHEAD = 3


def extract_archive(
    inputs: Sequence[Path],
    out: Path,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    workers: int | None = None,
    progress: Progress | None = None,
    extract: Extractor | None = None,
) -> Counts:
    """Read files and folders and write the dataset of their documents.

    Takes the inputs, the output folder, the names of formats, the number of processes (default: one a
    core, never more than there are documents) and who is told about progress; ``extract`` stands in for
    ``pipeline.extract_source``. Gives the counts of what was written. A document that fails costs its own
    rows only. Raises UsageError for inputs that do not exist and OutputError for a folder that cannot be
    used; the output folder then stays as it was. A script that calls this with several workers needs
    ``if __name__ == "__main__":`` around the call, since each process imports the script anew.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     (Path(folder) / "in").mkdir()
    ...     extract_archive([Path(folder) / "in"], Path(folder) / "out").rows["documents"]
    0
    """
    started = datetime.now(UTC)
    progress = progress or SilentProgress()
    files = find_inputs(inputs, exclude=out)
    workers = workers or min(count_cores(), max(len(files), 1))
    with OutputFolder(out) as folder, DatasetWriter(folder.staging, formats) as writer:
        with closing(progress), closing(run_files(files, workers, extract)) as extractions:
            progress.start(len(files))
            for extraction in extractions:
                writer.add(extraction)
                progress.advance(failed=extraction.document.status == "failed")
        writer.finish()
        options = {"inputs": [str(path) for path in inputs], "formats": list(formats), "workers": workers}
        record = build_run_record(options, writer.counts, started)
        write_json(folder.staging / RUN_FILE, record)
        folder.commit()
    return writer.counts


def count_cores() -> int:
    """Count the cores this process may use.

    >>> count_cores() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_files(
    files: Sequence[InputFile], workers: int, extract: Extractor | None = None
) -> Generator[Extraction, None, None]:
    """Extract the documents of files, in the order given, with any number of processes.

    Takes the files, the number of processes (1: this one) and what stands in for
    ``pipeline.extract_source``; close the generator to stop the processes.

    >>> list(run_files([], workers=1))
    []
    """
    if extract is None and files:
        # Here too when others do the work: a vocabulary that cannot be read is to be told once, by its row.
        _load_vocabularies()
    if workers <= 1 or len(files) <= 1:
        return (extract_file(file, extract) for file in files)
    return _run_in_pools(files, workers, extract)


def extract_file(file: InputFile, extract: Extractor | None = None) -> Extraction:
    """Read one file and extract its document.

    Gives an extraction in any case: a file that cannot be read, has a suffix no reader knows, or upsets
    the program gives a failed document with a problem that says so.

    >>> extract_file(InputFile("a.txt", Path("nowhere/a.txt"))).problems[0].code
    'unreadable_file'
    """
    try:
        if file.path.suffix.casefold() not in _known_suffixes():
            with file.path.open("rb") as handle:
                digest = file_digest(handle, "sha256").hexdigest()
            return _fail(file, "unsupported_format", _unsupported(file.path), digest)
        content = file.path.read_bytes()
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}. Check that it exists and its rights."
        return _fail(file, "unreadable_file", message)
    try:
        return (extract or _pipeline())(file.source, content)
    except Exception as error:  # one document must never end the run
        message = (
            f"The program failed on this document ({type(error).__name__}: {error}). "
            "This is a fault of the program: please report it with the document."
        )
        return _fail(file, "internal_error", message, sha256(content).hexdigest())


def _pipeline() -> Extractor:
    from extract.pipeline import extract_source

    return extract_source


def _known_suffixes() -> frozenset[str]:
    from extract.readers import suffixes

    return suffixes()


def _unsupported(path: Path) -> str:
    kind = f"Files of type {path.suffix}" if path.suffix else "Files without a suffix"
    return f"{kind} are not read. Convert it to one of: {' '.join(sorted(_known_suffixes()))}."


def _fail(file: InputFile, code: str, message: str, digest: str = "") -> Extraction:
    """Give the extraction of a document that could not be read; without bytes its path gives the id."""
    key = digest or sha256(file.source.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(key[:16], file.source, digest, status="failed")
    problem = Problem(document.document_id, file.source, "read", "error", code, message)
    return Extraction(document, "", [], [], [], [], [], [problem])


def _extract_chunk(chunk: Chunk, extract: Extractor | None) -> list[Extraction]:
    return [extract_file(file, extract) for file in chunk]


def _open_pool(workers: int) -> ProcessPoolExecutor:
    # An interrupt is for the main process, which then stops the others.
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_start_worker)


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _load_vocabularies()


def _load_vocabularies() -> None:
    """Load what every document needs, and keep the garbage collector from looking through it each time.

    Without this the collector spends a tenth of a run on vocabularies that live as long as the process.
    """
    _pipeline()("", b"vnplans")
    gc.collect()
    gc.freeze()


def _run_in_pools(
    files: Sequence[InputFile], workers: int, extract: Extractor | None
) -> Generator[Extraction, None, None]:
    """Run chunks in a pool; when a process dies, what it was at goes file by file and a new pool goes on."""
    chunks = deque(tuple(files[i : i + CHUNK_FILES]) for i in range(0, len(files), CHUNK_FILES))
    while chunks:
        pool = _open_pool(workers)
        window: deque[tuple[Chunk, Future[list[Extraction]]]] = deque()
        try:
            while chunks or window:
                while chunks and len(window) < workers * CHUNKS_AHEAD:
                    window.append((chunks[0], pool.submit(_extract_chunk, chunks[0], extract)))
                    chunks.popleft()
                yield from window[0][1].result()
                window.popleft()
        except BrokenProcessPool:
            for chunk, future in window:
                yield from _result_of(future) or _run_alone(chunk, extract)
        finally:
            pool.shutdown(cancel_futures=True)


def _result_of(future: Future[list[Extraction]]) -> list[Extraction] | None:
    """Give what a future of a broken pool had finished, None when it had not."""
    return None if future.cancelled() or future.exception() else future.result()


def _run_alone(chunk: Chunk, extract: Extractor | None) -> Iterator[Extraction]:
    """Extract files one at a time in a process of their own; one that ends the process gets a problem."""
    pool = _open_pool(1)
    try:
        for file in chunk:
            try:
                yield from pool.submit(_extract_chunk, (file,), extract).result()
            except BrokenProcessPool:
                pool = _open_pool(1)
                yield _crashed(file)
    finally:
        pool.shutdown(cancel_futures=True)


def _crashed(file: InputFile) -> Extraction:
    message = (
        "The process that read this document ended unexpectedly, perhaps for want of memory. "
        "Run it alone with --workers 1 to see why, or leave it out."
    )
    try:
        with file.path.open("rb") as handle:
            return _fail(file, "worker_crash", message, file_digest(handle, "sha256").hexdigest())
    except OSError:
        return _fail(file, "worker_crash", message)
