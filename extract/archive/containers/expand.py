"""Files to documents: a file is one, an archive many, with archives within it opened in their place."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from tempfile import SpooledTemporaryFile
from typing import IO

from extract.archive.containers.kinds import HEAD_BYTES, MEDIA_TYPES, PACKED, find_kind
from extract.archive.containers.limits import (
    BUFFER_BYTES,
    DEFAULT_LIMITS,
    MEBIBYTE,
    Budget,
    ContainerError,
    Limits,
    NoContainerError,
    ensure_end,
    open_packed,
)
from extract.archive.containers.members import Container, Member, MemberReader
from extract.archive.containers.names import Names, is_junk, mend_name
from extract.archive.containers.packed_files import unpacked_name
from extract.archive.items import ContainerReport, CrawlRecord, HeldMember, InputFile, Item, Refusal
from extract.archive.readable import find_unreadable, tell_size
from extract.spans import ReadProblem

READERS = {
    "zip": "extract.archive.containers.zip_files:read_zip",
    "7z": "extract.archive.containers.seven_zip:read_seven_zip",
    "tar": "extract.archive.containers.tar_files:read_tar",
    "crawl": "extract.archive.containers.crawls:read_crawl",
    "warc": "extract.archive.containers.web_archives:read_warc",
    **dict.fromkeys(PACKED, "extract.archive.containers.packed_files:read_packed"),
}
"""A sort of archive is a module here and a line; its library is loaded when one is met."""
SOUGHT = frozenset({"zip", "7z"})
"""Their directory stands at the end."""
STREAMED = frozenset({"tar", "crawl", "warc"})
"""What may be compressed as a whole and is one archive then, not two."""
SPOOLED_IN_MEMORY_BYTES = 32 * MEBIBYTE
SEPARATOR = "!/"

Teller = Callable[[int], None]


def expand_file(
    file: InputFile, limits: Limits = DEFAULT_LIMITS, tell: Teller = lambda expected: None
) -> Iterator[Item]:
    """Give the documents of a file: itself, or those of the archive that it is.

    Documents of ZIP and 7-Zip archives come in the order of their names, those of others as they are stored.
    What cannot be read comes as a Refusal in its place, what is wrong with an archive as a ContainerReport
    behind its documents. ``tell`` hears how many members there will be, where that is known. A file that
    cannot be opened is given as it is. Raises nothing.

    >>> from pathlib import Path
    >>> [item.source for item in expand_file(InputFile("a.txt", Path("nowhere/a.txt")))]
    ['a.txt']
    """
    with ExitStack() as opened:
        try:
            stream = opened.enter_context(io.BufferedReader(io.FileIO(file.path), BUFFER_BYTES))
            kind = find_kind(file.path.name, stream.peek(HEAD_BYTES)[:HEAD_BYTES])
            stored = stream.seek(0, io.SEEK_END)
            stream.seek(0)
        except OSError:  # the reader of the file says so
            kind = ""
        if kind:
            container = Container(file.source, kind, stream, file.path, Budget(limits, stored))
            yield from _expand(container, lambda: file, tell)
            return
    yield file


def _expand(
    container: Container, as_document: Callable[[], Item], tell: Teller = lambda expected: None
) -> Iterator[Item]:
    """Give the documents of an archive; ``as_document`` gives it itself in case that it is none."""
    names = Names()
    stopped: ContainerError | None = None
    found = False
    try:
        _unpack(container)
        for member in _load_reader(container.kind)(container):
            tell(container.expected)
            name = mend_name(member.name)
            if member.record is None and is_junk(name):
                continue
            found = True
            container.budget.count_member()
            yield from _place(container, member, f"{container.source}{SEPARATOR}{names.take(name)}")
        if container.kind in STREAMED:
            ensure_end(container.stream)
    except NoContainerError:
        yield as_document()
        return
    except ContainerError as error:
        stopped = error
    except OSError as error:
        stopped = ContainerError("unreadable_file", f"The archive cannot be read: {error.strerror or error}.")
    except Exception as error:  # one archive must never end the run
        stopped = ContainerError("internal_error", _tell_fault(error))
    if stopped and stopped.whole and container.depth > 1:
        raise stopped
    problems = (*([stopped.problem] if stopped else []), *container.notes)
    if problems or not found:
        problems = problems or (EMPTY,)
        yield ContainerReport(container.source, container.path, MEDIA_TYPES[container.kind], problems)


def _tell_fault(error: Exception) -> str:
    return (
        f"The program failed on this archive ({type(error).__name__}: {error}). "
        "This is a fault of the program: please report it with the archive."
    )


EMPTY = ReadProblem("empty_archive", "The archive holds no documents. Check that it was copied whole.")


def _unpack(container: Container) -> None:
    """Undo the compression that an archive, or a single file, may have as a whole."""
    if container.kind in PACKED:
        stream = open_packed(container.kind, container.stream, container.budget)
        kind = find_kind(unpacked_name(container.source), stream.peek(HEAD_BYTES)[:HEAD_BYTES])
        container.stream = stream
        container.kind = kind if kind in STREAMED else container.kind


def _load_reader(kind: str) -> MemberReader:
    module, _, function = READERS[kind].partition(":")
    try:
        loaded: MemberReader = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        package = "'vnplans[7z]'" if kind == "7z" else error.name
        message = f"Archives of this sort need the package {error.name}. Install it: pip install {package}"
        raise ContainerError("missing_package", message) from error
    return loaded


def _place(container: Container, member: Member, source: str) -> Iterator[Item]:
    """Give what stands in the place of a member: its document, its documents, or why there is none."""
    if member.record is not None:
        yield CrawlRecord(source, member.record)
        return
    if member.problem or not member.open:
        yield Refusal(source, member.problem or NO_CONTENT)
        return
    try:
        with member.open() as stream:
            head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
            kind = find_kind(member.name, head)
            if kind:
                yield from _nest(container, member, kind, source, stream)
            else:
                yield _document(container, member, source, head, stream)
    except ContainerError as error:
        if error.whole or not member.independent:
            raise
        damaged = error.problem.code == "corrupt_archive"
        yield Refusal(source, DAMAGED_MEMBER if damaged else error.problem)


NO_CONTENT = ReadProblem("unsupported_member", "The member has no content that can be read.", "error")
DAMAGED_MEMBER = ReadProblem(
    "corrupt_member", "The file is damaged in its archive. Get the archive again, or repair it.", "error"
)


def _document(
    container: Container, member: Member, source: str, head: bytes, stream: io.BufferedReader
) -> Item:
    limits = container.limits
    problem = find_unreadable(member.name, head, member.size, limits.file_bytes)
    if problem:
        return Refusal(source, problem)
    if member.refer:
        container.budget.spend(member.size)
        return member.refer(source)
    return _hold(limits, member, source, stream)


def _hold(limits: Limits, member: Member, source: str, stream: IO[bytes]) -> Item:
    content = stream.read(limits.file_bytes + 1)
    if len(content) > limits.file_bytes:
        return Refusal(source, tell_size(limits.file_bytes))
    ensure_end(stream)
    return HeldMember(source, content, member.address, member.media_type)


def _nest(
    container: Container, member: Member, kind: str, source: str, stream: io.BufferedReader
) -> Iterator[Item]:
    """Give the documents of an archive in an archive."""
    limits = container.limits
    if container.depth >= limits.depth:
        message = (
            f"Archives are opened {limits.depth} levels deep, and this one lies deeper. Unpack the outer one."
        )
        yield Refusal(source, ReadProblem("nested_too_deep", message, "error"))
        return
    if kind not in SOUGHT:
        nested = Container(source, kind, stream, None, container.budget, container.depth + 1)
        yield from _expand(nested, lambda: Refusal(source, NO_CONTENT))
        return
    with SpooledTemporaryFile(SPOOLED_IN_MEMORY_BYTES) as spool:
        _copy(stream, spool, limits)
        nested = Container(source, kind, spool, None, container.budget, container.depth + 1)
        yield from _expand(nested, lambda: _document_of_spool(limits, member, source, spool))


def _document_of_spool(limits: Limits, member: Member, source: str, spool: IO[bytes]) -> Item:
    if member.refer:
        return member.refer(source)
    spool.seek(0)
    return _hold(limits, member, source, spool)


def _copy(stream: IO[bytes], spool: IO[bytes], limits: Limits) -> None:
    """Copy an archive whose directory stands at its end to where it can be sought in."""
    left = limits.spooled_bytes
    while piece := stream.read(BUFFER_BYTES):
        left -= len(piece)
        if left < 0:
            raise ContainerError("too_large", tell_size(limits.spooled_bytes).message)
        spool.write(piece)
    ensure_end(stream)
    spool.seek(0)
