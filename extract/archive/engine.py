"""The run over an archive: inputs to items to extractions in order, in this process or in several."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

from extract.archive.chunks import Chunk, plan_chunks, put_in_order
from extract.archive.containers.zip_files import close_archives
from extract.archive.documents import Extractor, extract_items
from extract.archive.inputs import ItemStream, find_inputs
from extract.archive.items import Item
from extract.archive.pools import Result, load_vocabularies, run_in_pools
from extract.archive.progress import Progress, SilentProgress
from extract.archive.run_record import build_run_record
from extract.dataset.filtering import drop_unsure
from extract.dataset.output import RUN_FILE, OutputFolder
from extract.dataset.tables import Counts
from extract.dataset.writers import DEFAULT_FORMATS, DatasetWriter, write_json
from extract.schema import Extraction
from extract.spans import DEFAULT_OPTIONS, ReadOptions


def extract_archive(
    inputs: Sequence[Path],
    out: Path,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    workers: int | None = None,
    progress: Progress | None = None,
    extract: Extractor | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
    min_confidence: float = 0.0,
) -> Counts:
    """Read files, folders and archives and write the dataset of their documents.

    Takes the inputs, the output folder, the names of formats, the number of processes (default: one a
    core, never more than there are documents), who is told about progress, what is asked of the readers, and
    the confidence below which tasks and indicators are left out; ``extract`` stands in for
    ``pipeline.extract_source``. Gives the counts of what was written. A
    document that fails costs its own rows only. Raises UsageError for inputs that do not exist and
    OutputError for a folder that cannot be used; the output folder then stays as it was. A script that
    calls this with several workers needs ``if __name__ == "__main__":`` around the call, since each
    process imports the script anew.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     (Path(folder) / "in").mkdir()
    ...     extract_archive([Path(folder) / "in"], Path(folder) / "out").rows["documents"]
    0
    """
    started = datetime.now(UTC)
    progress = progress or SilentProgress()
    dropped: Counter[str] = Counter()
    files = find_inputs(inputs, exclude=out)
    with OutputFolder(out) as folder, DatasetWriter(folder.staging, formats) as writer:
        stream = ItemStream(files)
        with closing(progress), closing(iter(stream)) as coming:
            first = list(islice(coming, workers or count_cores()))
            workers = workers or max(len(first), 1)
            progress.start(stream.expected)
            with closing(run_items(chain(first, coming), workers, extract, options)) as extractions:
                for extraction in extractions:
                    writer.add(drop_unsure(extraction, min_confidence, dropped))
                    progress.expect(stream.expected)
                    progress.advance(failed=extraction.document.status == "failed")
        writer.finish()
        chosen = _name_options(inputs, formats, workers, options, min_confidence)
        record = build_run_record(chosen, writer.counts, started, dropped)
        write_json(folder.staging / RUN_FILE, record)
        folder.commit()
    return writer.counts


def _name_options(
    inputs: Sequence[Path], formats: Sequence[str], workers: int, options: ReadOptions, min_confidence: float
) -> dict[str, object]:
    return {
        "inputs": [str(path) for path in inputs],
        "formats": list(formats),
        "workers": workers,
        "ocr": options.ocr,
        "ocr_dpi": options.ocr_dpi,
        "min_confidence": min_confidence,
    }


def count_cores() -> int:
    """Count the cores this process may use.

    >>> count_cores() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_items(
    items: Iterable[Item],
    workers: int,
    extract: Extractor | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Generator[Extraction, None, None]:
    """Extract the documents of items, in the order given, with any number of processes.

    Takes the items as they are needed, the number of processes (1: this one), what stands in for
    ``pipeline.extract_source`` and what is asked of the readers; close the generator to stop the processes.

    >>> list(run_items([], workers=1))
    []
    """
    planned = plan_chunks(items)
    first = list(islice(planned, 1))
    if first and extract is None:
        # Here too when others do the work: a vocabulary that cannot be read is to be told once, by its row.
        load_vocabularies()
    chunks = chain(first, planned)
    if workers <= 1 or not first:
        results: Generator[Result, None, None] = _run_here(chunks, extract, options)
    else:
        results = run_in_pools(chunks, workers, extract, options)
    with closing(results):
        yield from put_in_order(results)


def _run_here(
    chunks: Iterable[Chunk], extract: Extractor | None, options: ReadOptions
) -> Generator[Result, None, None]:
    try:
        for chunk in chunks:
            yield from zip(chunk.positions, extract_items(chunk.items, extract, options), strict=True)
    finally:
        close_archives()
