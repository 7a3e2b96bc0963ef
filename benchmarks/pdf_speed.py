"""Pages of PDF a second: the whole pipeline against pdfplumber's text and tables, and peak memory.

Both read the same text PDFs on one core in the same process, in alternating rounds. A ratio is taken within
each round and the median reported, so that a busy machine slows both and the ratio stays. Times are those of
the processor. ``vnplans`` extracts every record, pdfplumber only text and tables. With ``--memory`` a file of
1,000 pages is made by repeating pages and read in a process of its own, whose peak memory is printed. Exit
status 1 says that a limit does not hold.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from extract.archive.pools import COLLECTOR_THRESHOLDS
from extract.pipeline import extract_source
from extract.readers.pdf import read_pdf
from extract.spans import ReadOptions

MIN_RATIO = 10.0
"""So many times pdfplumber's pages a second."""
MEMORY_PAGES = 1_000
MAX_MEMORY_MIB = 600
KIB_PER_MIB = 1024
ROUNDS = 3
SHORT_ROUNDS = 3
"""vnplans, which is done soon, runs so many times in a round; the median counts."""
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "pdf"


def find_text_pdfs(folder: Path) -> list[Path]:
    """Give the files all of whose pages have a text layer that can be trusted."""
    found = []
    for path in sorted(folder.glob("*.pdf")):
        source = read_pdf(path.name, path.read_bytes(), ReadOptions(ocr="never"))
        if source.blocks and not source.problems:
            found.append(path)
    return found


def count_pages(paths: Sequence[Path]) -> int:
    """Count the pages of files."""
    pages = 0
    for path in paths:
        document = pdfium.PdfDocument(path)
        pages += len(document)
        document.close()
    return pages


def time_pipeline(paths: Sequence[Path]) -> float:
    """Give the seconds of the processor in which vnplans extracts all records of files."""
    usual = gc.get_threshold()
    # As a worker of an archive run has it; who uses pdfplumber has what Python comes with.
    gc.set_threshold(*COLLECTOR_THRESHOLDS)
    start = time.process_time()
    for path in paths:
        extract_source(path.name, path.read_bytes())
    seconds = time.process_time() - start
    gc.set_threshold(*usual)
    return seconds


def time_pdfplumber(paths: Sequence[Path]) -> float:
    """Give the seconds of the processor in which pdfplumber reads text and tables of files."""
    start = time.process_time()
    for path in paths:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_text()
                page.extract_tables()
    return time.process_time() - start


def time_rounds(paths: Sequence[Path]) -> list[tuple[float, float]]:
    """Give the seconds of vnplans and of pdfplumber for every round, after one that is not counted."""
    time_pipeline(paths)
    time_pdfplumber(paths)
    # As a worker of an archive run does; without it pdfplumber would pay for our vocabularies.
    gc.collect()
    gc.freeze()
    return [
        (statistics.median(time_pipeline(paths) for _ in range(SHORT_ROUNDS)), time_pdfplumber(paths))
        for _ in range(ROUNDS)
    ]


def repeat_pages(paths: Sequence[Path], pages: int, target: Path) -> None:
    """Write a PDF of so many pages, those of the files again and again."""
    made = pdfium.PdfDocument.new()
    sources = [pdfium.PdfDocument(path) for path in paths]
    while len(made) < pages:
        for source in sources:
            made.import_pages(source, list(range(min(len(source), pages - len(made)))))
    made.save(target)


def read_whole(path: str) -> int:
    """Extract all records of a file and give the peak memory of this process in MiB."""
    extract_source(path, Path(path).read_bytes())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KIB_PER_MIB


def measure_memory(paths: Sequence[Path]) -> tuple[int, float]:
    """Give peak memory in MiB and seconds for a file of ``MEMORY_PAGES`` pages."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "repeated.pdf"
        repeat_pages(paths, MEMORY_PAGES, target)
        start = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            peak = pool.apply(read_whole, (str(target),))
        return peak, time.perf_counter() - start


def main() -> int:
    """Measure and print; give the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DEFAULT_FOLDER, help="folder of PDF files")
    parser.add_argument("--memory", action="store_true", help="also read a file of 1,000 pages")
    arguments = parser.parse_args()
    paths = find_text_pdfs(arguments.folder)
    if not paths:
        print(f"skipped: no PDF file with a text layer in {arguments.folder}; give a folder of them")
        return 0
    pages = count_pages(paths)
    rounds = time_rounds(paths)
    ours, theirs = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    ratio = statistics.median(slow / fast for fast, slow in rounds)
    print(f"{len(paths)} files, {pages} pages")
    print(f"vnplans, all records:        {pages / ours:7.1f} pages/s")
    print(f"pdfplumber, text and tables: {pages / theirs:7.1f} pages/s")
    print(f"ratio {ratio:.1f} (wanted {MIN_RATIO:.0f})")
    failed = ratio < MIN_RATIO
    if arguments.memory:
        peak, seconds = measure_memory(paths)
        print(f"{MEMORY_PAGES} pages: {seconds:.1f} s, peak {peak} MiB (limit {MAX_MEMORY_MIB})")
        failed = failed or peak > MAX_MEMORY_MIB
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
