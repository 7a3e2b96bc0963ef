"""Tar archives, plain and compressed: read once from start to end, members as they are stored."""

from __future__ import annotations

import io
import tarfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Self

from extract.archive.containers.limits import DAMAGE, MEBIBYTE, open_metered, tell_damage
from extract.archive.containers.members import Container, Member
from extract.archive.containers.names import decode_name
from extract.spans import ReadProblem

MAX_EXTENSION_BYTES = MEBIBYTE
"""Long names and attributes stand in members of their own, which the library holds in memory."""
EXTENSIONS = frozenset({
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
})  # fmt: skip


class _Header(tarfile.TarInfo):
    """A header that is told to be damaged where the library would take it for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if buf and buf.strip(b"\0"):
                raise tell_damage(error) from error
            raise
        if header.size < 0 or (header.type in EXTENSIONS and header.size > MAX_EXTENSION_BYTES):
            raise tell_damage(ValueError("a header gives an impossible size"))
        return header


def read_tar(container: Container) -> Iterator[Member]:
    """Give the files of a tar as they are stored; links and devices are passed over and counted in a note.

    Raises ContainerError where the archive is damaged or breaks off.
    """
    others: Counter[str] = Counter()
    try:
        with _open(container) as archive:
            while (header := _next(archive)) is not None:
                # The library keeps what it has seen, for access by name.
                archive.members.clear()  # type: ignore[attr-defined]
                if header.isreg() and not header.issparse():
                    yield Member(
                        name=_read_name(header),
                        size=header.size,
                        open=partial(_open_member, container, archive, header),
                    )
                elif not header.isdir():
                    others[_sort_of(header)] += 1
    finally:
        container.notes += _tell_others(others)


def _open(container: Container) -> tarfile.TarFile:
    try:
        return tarfile.open(
            fileobj=container.stream, mode="r|", tarinfo=_Header, encoding="utf-8", errors="surrogateescape"
        )
    except (tarfile.TarError, *DAMAGE) as error:
        raise tell_damage(error) from error


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    try:
        return archive.next()
    except (tarfile.TarError, *DAMAGE) as error:
        raise tell_damage(error) from error


def _read_name(header: tarfile.TarInfo) -> str:
    raw = header.name.encode("utf-8", "surrogateescape")
    return decode_name(raw)


def _open_member(
    container: Container, archive: tarfile.TarFile, header: tarfile.TarInfo
) -> io.BufferedReader:
    opened = archive.extractfile(header)
    if opened is None:
        raise tell_damage(ValueError("a file without content"))
    return open_metered(opened, container.budget)


def _sort_of(header: tarfile.TarInfo) -> str:
    if header.issym() or header.islnk():
        return "links"
    return "sparse files" if header.isreg() else "devices"


def _tell_others(others: Counter[str]) -> list[ReadProblem]:
    if not others:
        return []
    counts = ", ".join(f"{count:,} {sort}" for sort, count in sorted(others.items()))
    message = f"Passed over, since they hold no document: {counts}. Unpack the archive yourself if they do."
    return [ReadProblem("unsupported_member", message)]
