"""Single compressed files: what is packed may be a document, or an archive of another sort."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import cast

from extract.archive.containers.members import Container, Member

UNPACKED_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
PACKED_SUFFIXES = frozenset({".gz", ".bz2", ".xz"})


def read_packed(container: Container) -> Iterator[Member]:
    """Give the one file that ``container.stream``, already unpacked, is."""
    stream = cast("io.BufferedReader", container.stream)  # which undoing the compression gave
    yield Member(name=unpacked_name(container.source), open=lambda: stream)


def unpacked_name(source: str) -> str:
    """Give the name of what is packed in a file.

    >>> unpacked_name("2024/tin.jsonl.gz"), unpacked_name("a.tgz"), unpacked_name("a.zip!/kh")
    ('tin.jsonl', 'a.tar', 'kh')
    """
    name = PurePosixPath(source).name
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in UNPACKED_SUFFIXES:
        return name[: -len(suffix)] + UNPACKED_SUFFIXES[suffix]
    return name[: -len(suffix)] if suffix in PACKED_SUFFIXES else name
