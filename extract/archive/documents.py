"""One item of a run to the extraction of its document, whatever becomes of it on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import file_digest, sha256
from importlib import import_module
from pathlib import Path, PurePosixPath

from extract.archive.containers.crawls import Page, find_publisher, read_record
from extract.archive.containers.limits import DEFAULT_LIMITS, ContainerError
from extract.archive.containers.media_types import SUFFIX_OF_TYPE
from extract.archive.items import (
    ContainerReport,
    CrawlRecord,
    HeldMember,
    InputFile,
    Item,
    Refusal,
    ZipMember,
)
from extract.archive.readable import find_unreadable
from extract.readers import FORMATS, find_format, read_source
from extract.schema import Document, Extraction, Problem
from extract.spans import DEFAULT_OPTIONS, ReadOptions, ReadProblem, Source

Extractor = Callable[[str, bytes], Extraction]

HEAD_BYTES = 1 << 16
PAGE_SUFFIXES = frozenset({".html", ".txt"})
"""Of these a web archive knows who published them: letters and plans say so themselves."""
OFFICE_MODULE = "extract.readers.office"
CONVERTED = [one for one in FORMATS if one.reader.startswith(OFFICE_MODULE)]
CONVERTED_SUFFIXES = frozenset(suffix for one in CONVERTED for suffix in one.suffixes)


class UnreadError(Exception):
    """The bytes of an item are not to be had, or not to be read."""

    def __init__(self, problem: ReadProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def extract_item(
    item: Item, extract: Extractor | None = None, options: ReadOptions = DEFAULT_OPTIONS
) -> Extraction:
    """Read an item and extract its document.

    ``extract`` stands in for ``pipeline.extract_source``. Gives an extraction in any case: what cannot be
    read, or upsets the program, gives a failed document with a problem that says so.

    >>> extract_item(InputFile("a.txt", Path("nowhere/a.txt"))).problems[0].code
    'unreadable_file'
    """
    if isinstance(item, ContainerReport):
        return _report(item)
    try:
        content = read_content(item)
    except UnreadError as error:
        return fail(item.source, error.problem)
    return extract_content(item, content, extract, options)


def extract_items(
    items: Sequence[Item], extract: Extractor | None = None, options: ReadOptions = DEFAULT_OPTIONS
) -> Iterator[Extraction]:
    """Extract the documents of several items in order; Word files of old are converted together first.

    >>> [one.problems[0].code for one in extract_items([InputFile("a.txt", Path("nowhere/a.txt"))])]
    ['unreadable_file']
    """
    held = {} if extract else _prepare([item for item in items if is_converted(item)])
    for item in items:
        content = held.pop(item.source, None)
        if content is None:
            yield extract_item(item, extract, options)
        else:
            yield extract_content(item, content, extract, options)


def is_converted(item: Item) -> bool:
    """Say whether an item goes, by its name, to the office program that is slow to start.

    >>> is_converted(InputFile("a.doc", Path("a.doc"))), is_converted(InputFile("a.pdf", Path("a.pdf")))
    (True, False)
    """
    return PurePosixPath(item.source).suffix.lower() in CONVERTED_SUFFIXES


def _prepare(items: Sequence[Item]) -> dict[str, bytes]:
    """Convert the files of items together, so that the program starts once; gives their bytes by source."""
    held = {}
    for item in items:
        with suppress(UnreadError):  # told when its turn comes
            held[item.source] = read_content(item)
    files = [(name, content) for name, content in held.items() if find_format(name, content) in CONVERTED]
    if files:
        # Each file is converted alone when this fails, and what upsets the program is told of that one.
        with suppress(Exception):
            import_module(OFFICE_MODULE).prepare(files)
    return held


def read_content(item: Item) -> bytes:
    """Give the bytes of an item; raises UnreadError when they are not to be had, or not to be read.

    >>> read_content(HeldMember("a.zip!/a.txt", b"KH"))
    b'KH'
    """
    try:
        match item:
            case HeldMember() | CrawlRecord():
                return item.content
            case InputFile():
                return _read_file(item.path)
            case ZipMember():
                return _read_member(item)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}. Check that it exists and its rights."
        raise UnreadError(ReadProblem("unreadable_file", message, "error")) from error
    except ContainerError as error:
        raise UnreadError(error.problem) from error
    raise UnreadError(item.problem if isinstance(item, Refusal) else item.problems[0])


def read_item(item: Item, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read the document of an item whose bytes are known; raises UnreadError for a broken record of a crawl.

    >>> read_item(CrawlRecord("a.jsonl!/0000001", b""), b'{"text": "KH"}').blocks[0].text
    'KH'
    """
    try:
        page = _find_page(item, content)
    except ContainerError as error:
        raise UnreadError(error.problem) from error
    return _read_page(page, options) if page else read_source(item.source, content, options)


def _read_file(path: Path) -> bytes:
    limit = DEFAULT_LIMITS.file_bytes
    with path.open("rb") as handle:
        size = handle.seek(0, os.SEEK_END)
        handle.seek(0)
        problem = find_unreadable(path.name, handle.read(HEAD_BYTES), size, limit)
        if problem:
            raise UnreadError(problem)
        handle.seek(0)
        return handle.read(limit)


def _read_member(item: ZipMember) -> bytes:
    from extract.archive.containers.zip_files import read_zip_member

    return read_zip_member(item)


def extract_content(
    item: Item, content: bytes, extract: Extractor | None = None, options: ReadOptions = DEFAULT_OPTIONS
) -> Extraction:
    """Extract the document of an item whose bytes are known; see `extract_item`.

    >>> extract_content(CrawlRecord("a.jsonl!/0000001", b"{}"), b"{}").problems[0].code
    'corrupt_record'
    """
    digest = sha256(content).hexdigest()
    try:
        page = _find_page(item, content)
        if extract:
            return extract(item.source, page.content if page else content)
        if page:
            return _extract_page(item.source, digest, page, options)
        from extract.pipeline import extract_source

        return extract_source(item.source, content, options)
    except ContainerError as error:
        return fail(item.source, error.problem, digest)
    except Exception as error:  # one document must never end the run
        message = (
            f"The program failed on this document ({type(error).__name__}: {error}). "
            "This is a fault of the program: please report it with the document."
        )
        return fail(item.source, ReadProblem("internal_error", message, "error"), digest)


def _find_page(item: Item, content: bytes) -> Page | None:
    """Give the page of a crawl or a web archive with what is known of it, None for other items."""
    if isinstance(item, CrawlRecord):
        return read_record(content)
    if isinstance(item, HeldMember) and item.media_type in SUFFIX_OF_TYPE:
        suffix = SUFFIX_OF_TYPE[item.media_type]
        publisher = find_publisher(item.address) if suffix in PAGE_SUFFIXES else ""
        return Page("page" + suffix, content, publisher=publisher)
    return None


def _extract_page(source_name: str, digest: str, page: Page, options: ReadOptions) -> Extraction:
    from extract.pipeline import extract_read

    return extract_read(Document(digest[:16], source_name, digest), _read_page(page, options))


def _read_page(page: Page, options: ReadOptions) -> Source:
    source = read_source(page.name, page.content, options)
    return replace(
        source,
        title=page.title or source.title,
        published=page.published or source.published,
        publisher=source.publisher or page.publisher,
    )


def fail(source: str, problem: ReadProblem, digest: str = "") -> Extraction:
    """Give the extraction of a document that could not be read; without bytes its name gives the id.

    >>> fail("a.txt", ReadProblem("too_large", "...", "error")).document.status
    'failed'
    """
    key = digest or sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    document = Document(key[:16], source, digest, status="failed")
    row = Problem(document.document_id, source, "read", problem.severity, problem.code, problem.message)
    return Extraction(document, "", [], [], [], [], [], [row])


def _report(report: ContainerReport) -> Extraction:
    """Give the row of an archive that something was wrong with."""
    extractions = [fail(report.source, problem, _digest(report.path)) for problem in report.problems]
    first = extractions[0]
    first.problems[:] = [extraction.problems[0] for extraction in extractions]
    first.document.media_type = report.media_type
    if all(problem.severity == "warning" for problem in first.problems):
        first.document.status = "partial"
    return first


def crash(item: Item) -> Extraction:
    """Give the extraction of a document during which the process ended.

    >>> crash(HeldMember("a.zip!/a.txt", b"KH")).problems[0].code
    'worker_crash'
    """
    message = (
        "The process that read this document ended unexpectedly, perhaps for want of memory. "
        "Run it alone with --workers 1 to see why, or leave it out."
    )
    try:
        digest = sha256(read_content(item)).hexdigest()
    except UnreadError:
        digest = ""
    return fail(item.source, ReadProblem("worker_crash", message, "error"), digest)


def _digest(path: Path | None) -> str:
    """Give the SHA-256 of an archive on disk, empty for one too large to be read once more for it."""
    try:
        if path is None or path.stat().st_size > DEFAULT_LIMITS.file_bytes:
            return ""
        with path.open("rb") as handle:
            return file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
