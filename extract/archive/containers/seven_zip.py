"""7-Zip archives, with the package py7zr: unpacked once as a whole, members in the order of their names.

Many files are packed as one stream there, so that none can be read without those before it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from tempfile import SpooledTemporaryFile

from py7zr import FileInfo, SevenZipFile, archiveinfo
from py7zr.exceptions import PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from extract.archive.containers.limits import (
    DEFAULT_LIMITS,
    MEBIBYTE,
    ContainerError,
    Limits,
    open_metered,
    tell_damage,
    tell_ratio,
)
from extract.archive.containers.members import Container, Member
from extract.archive.containers.names import is_junk, mend_name
from extract.spans import ReadProblem

SPOOLED_BYTES = 32 * MEBIBYTE
"""What is unpacked stays in memory up to here, then in a temporary file that has no name."""

# The limit of the library, 8 million files, lets a header of kilobytes take gigabytes.
archiveinfo.MAX_NUMFILES = min(archiveinfo.MAX_NUMFILES, DEFAULT_LIMITS.members)

ENCRYPTED = "The file is encrypted. Unpack the archive with its password and give the folder."
OUTSIDE = re.compile(r"[A-Za-z]:|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.DOTALL)
"""Names that the library refuses together with the whole archive."""


def read_seven_zip(container: Container) -> Iterator[Member]:
    """Give the files of a 7-Zip archive in the order of their mended names.

    Raises ContainerError when the archive cannot be opened or is damaged, behind the members that were
    unpacked before.
    """
    with SpooledTemporaryFile(SPOOLED_BYTES) as file:
        archive = _open(container)
        files = [info for info in archive.list() if info.is_file and not is_junk(mend_name(info.filename))]
        container.expected = len(files)
        _check_total(container, [info.uncompressed for info in archive.list()])
        problems = [(info, _find_problem(info, container.limits, archive.needs_password())) for info in files]
        spool = _Spool(file)
        damage = _unpack(archive, [info.filename for info, problem in problems if not problem], spool)
        members = [Member(name=info.filename, problem=problem) for info, problem in problems if problem]
        members += [_spooled(container, writer) for writer in spool.writers if writer.complete]
        yield from sorted(members, key=lambda member: mend_name(member.name))
    if damage:
        raise damage


def _open(container: Container) -> SevenZipFile:
    try:
        # Through the stream, never the path: with a path the library unpacks in several threads.
        return SevenZipFile(container.stream)
    except PasswordRequired as error:
        raise ContainerError("encrypted_member", ENCRYPTED) from error
    except Exception as error:  # whatever a damaged header leads the library to
        detail = f"{error}".strip() or type(error).__name__
        message = f"The archive cannot be opened ({detail[:200]}). Get it again, or repair it."
        raise ContainerError("corrupt_archive", message) from error


def _check_total(container: Container, sizes: list[int]) -> None:
    """Raise ContainerError for an archive that unpacks to more than fits, or than an honest one does."""
    limits, total = container.limits, sum(sizes)
    if len(sizes) > limits.members:
        message = f"The archive lists more than {limits.members:,} files. Split it."
        raise ContainerError("too_many_members", message)
    stored = container.stream.seek(0, io.SEEK_END)
    if total > max(10 * limits.free_bytes, limits.ratio * stored):
        raise ContainerError("compression_ratio", tell_ratio("The archive", limits))
    if total > limits.spooled_bytes:
        message = f"The archive unpacks to more than {limits.spooled_bytes:,} bytes. Unpack it yourself."
        raise ContainerError("too_large", message)


def _find_problem(info: FileInfo, limits: Limits, encrypted: bool) -> ReadProblem | None:
    if encrypted:
        return ReadProblem("encrypted_member", ENCRYPTED, "error")
    if info.is_symlink or OUTSIDE.match(info.filename):
        message = "The member is a link, or its name leads out of the archive. Unpack the archive yourself."
        return ReadProblem("unsupported_member", message, "error")
    return None


def _unpack(archive: SevenZipFile, targets: list[str], spool: _Spool) -> ContainerError | None:
    """Unpack files into the spool; gives the error of an archive that is damaged on the way."""
    try:
        if targets:
            archive.extract(targets=targets, factory=spool)
    except Exception as error:  # damaged data upset any of the decompressors, each in its own way
        return tell_damage(error)
    return None


class _Writer(Py7zIO):
    """Takes the bytes of one file to the end of the spool."""

    def __init__(self, name: str, file: SpooledTemporaryFile[bytes]) -> None:
        self.name = name
        self.start = file.seek(0, io.SEEK_END)
        self.length = 0
        self.complete = False
        self.file = file

    def write(self, s: bytes | bytearray) -> int:
        self.length += len(s)
        return self.file.write(s)

    def read(self, size: int | None = None) -> bytes:
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset

    def flush(self) -> None:
        """Do nothing: the spool is read only once it is complete."""

    def size(self) -> int:
        return self.length

    def close(self) -> None:
        self.complete = True


class _Spool(WriterFactory):
    """The files unpacked so far, one behind the other in a temporary file."""

    def __init__(self, file: SpooledTemporaryFile[bytes]) -> None:
        self.file = file
        self.writers: list[_Writer] = []

    def create(self, filename: str) -> Py7zIO:
        self.writers.append(_Writer(filename, self.file))
        return self.writers[-1]


class _Stretch:
    """The bytes of one file in the spool."""

    def __init__(self, writer: _Writer) -> None:
        self._file = writer.file
        self._position = writer.start
        self._end = writer.start + writer.length

    def read(self, size: int, /) -> bytes:
        self._file.seek(self._position)
        piece = self._file.read(min(size, self._end - self._position))
        self._position += len(piece)
        return piece


def _spooled(container: Container, writer: _Writer) -> Member:
    return Member(
        name=writer.name, size=writer.length, open=partial(_open_stretch, container, writer), independent=True
    )


def _open_stretch(container: Container, writer: _Writer) -> io.BufferedReader:
    return open_metered(_Stretch(writer), container.budget)
