"""The work of a run, one document at a time: what the dataset calls it and where its bytes are.

Items are small and picklable: a process gets a path, or a member's place in an archive, and reads the bytes
itself. Only what comes out of a stream that can be read once travels with its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.spans import ReadProblem


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: its name in the dataset (``source``, a posix path) and where it is."""

    source: str
    path: Path


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A member of a ZIP archive on disk: its place in the directory of the archive, its size unpacked."""

    source: str
    path: Path
    index: int
    size: int


@dataclass(frozen=True, slots=True)
class HeldMember:
    """A member of an archive with its bytes; ``address`` and ``media_type`` are known of a web page."""

    source: str
    content: bytes
    address: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class CrawlRecord:
    """A line of a crawl, without its line break."""

    source: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """A member that is not read, and why: the document is in the dataset as failed."""

    source: str
    problem: ReadProblem


@dataclass(frozen=True, slots=True)
class ContainerReport:
    """What went wrong with an archive itself; ``path`` is None for one inside another archive."""

    source: str
    path: Path | None
    media_type: str
    problems: tuple[ReadProblem, ...]


Item = InputFile | ZipMember | HeldMember | CrawlRecord | Refusal | ContainerReport


def count_held_bytes(item: Item) -> int:
    """Count the bytes that an item carries with it.

    >>> count_held_bytes(CrawlRecord("a.jsonl!/0000001", b"{}"))
    2
    """
    return len(item.content) if isinstance(item, HeldMember | CrawlRecord) else 0
