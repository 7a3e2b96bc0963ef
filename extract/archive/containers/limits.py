"""How much an archive may hold: bounds that no honest archive meets and every bomb does."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from extract.spans import ReadProblem

MEBIBYTE = 1 << 20
GIBIBYTE = 1 << 30
BUFFER_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of what is read from files and archives.

    ``depth`` counts archives within archives, the outermost is 1. ``members`` and ``expanded_bytes`` count
    all that one outermost archive holds, at any depth. ``ratio`` is unpacked to stored bytes; up to
    ``free_bytes`` a member, and ten times as much an archive, may unpack from whatever it likes: text has
    3 to 10, a page of blanks in a scan 100, deflate at its most 1,032. ``spooled_bytes`` bounds archives
    within archives that must be copied, since their directory stands at their end.
    """

    depth: int = 3
    members: int = 500_000
    file_bytes: int = 256 * MEBIBYTE
    record_bytes: int = 64 * MEBIBYTE
    expanded_bytes: int = 256 * GIBIBYTE
    spooled_bytes: int = 2 * GIBIBYTE
    ratio: int = 200
    free_bytes: int = 64 * MEBIBYTE


DEFAULT_LIMITS = Limits()

# What the decompressors of the standard library raise for bytes that are not theirs.
DAMAGE = (
    OSError, EOFError, ValueError, NotImplementedError, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
    tarfile.TarError,
)  # fmt: skip


class ContainerError(Exception):
    """An archive cannot be read, or not be read on; ``whole`` when this goes for the outermost one too."""

    def __init__(self, code: str, message: str, *, whole: bool = False) -> None:
        super().__init__(message)
        self.whole = whole
        self.problem = ReadProblem(code, message, "error")


class NoContainerError(Exception):
    """What looked like an archive is a document: Office files are ZIP archives too."""


@dataclass(slots=True)
class Budget:
    """What is left to one outermost archive of ``stored_bytes``; raises ContainerError when it is spent.

    >>> budget = Budget(Limits(members=1), stored_bytes=10)
    >>> budget.count_member()
    >>> budget.count_member()
    Traceback (most recent call last):
    ...
    extract.archive.containers.limits.ContainerError: The archive holds more than 1 files; ...
    """

    limits: Limits
    stored_bytes: int
    members: int = 0
    expanded_bytes: int = 0

    def count_member(self) -> None:
        """Count one more member."""
        self.members += 1
        if self.members > self.limits.members:
            message = (
                f"The archive holds more than {self.limits.members:,} files; those behind were left out. "
                "Split it."
            )
            raise ContainerError("too_many_members", message, whole=True)

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked, or will be."""
        self.expanded_bytes += count
        if self.expanded_bytes > self.limits.expanded_bytes:
            message = (
                f"The archive unpacks to more than {self.limits.expanded_bytes:,} bytes; "
                "what comes behind was left out. Split it."
            )
            raise ContainerError("too_large", message, whole=True)
        allowed = max(10 * self.limits.free_bytes, self.limits.ratio * self.stored_bytes)
        if self.expanded_bytes > allowed:
            raise ContainerError("compression_ratio", tell_ratio("The archive", self.limits), whole=True)


def tell_ratio(what: str, limits: Limits) -> str:
    """Say that something unpacks to more than it may.

    >>> tell_ratio("The file", Limits())[:55]
    'The file unpacks to more than 200 times its stored size'
    """
    return (
        f"{what} unpacks to more than {limits.ratio} times its stored size, as archives do that are made to "
        "fill a disk. Unpack it yourself if you trust it."
    )


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Give at most ``size`` bytes, none at the end."""


class MeteredReader(io.RawIOBase):
    """The unpacked bytes of a stream, counted and bounded, its errors told as ContainerError.

    ``stored`` gives the stored bytes taken so far, None where nothing is known of them. Reading gives as
    many bytes as were asked for until the end. Damage first looks like the end, so that what comes before it
    gets out of the buffers; reading on raises the error, which is what `ensure_end` does.
    """

    def __init__(self, stream: Readable, budget: Budget, stored: Callable[[], int] | None = None) -> None:
        super().__init__()
        self.count = 0
        self._stream = stream
        self._budget = budget
        self._stored = stored
        self._error: ContainerError | None = None
        self._ended = False
        # What a compressed stream gives in one step is not lost when the next step fails.
        self._read_step: Callable[[int], bytes] = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill a buffer, less of it only at the end."""
        if self._error and self._ended:
            raise self._error
        filled = 0
        with memoryview(buffer).cast("B") as view:
            while filled < len(view) and not self._error:
                piece = self._read(len(view) - filled)
                if not piece:
                    break
                view[filled : filled + len(piece)] = piece
                filled += len(piece)
        self._ended = not filled
        return filled

    def close(self) -> None:
        """Close the stream too, where it can be closed."""
        if not self.closed and (close := getattr(self._stream, "close", None)):
            close()
        super().close()

    def _read(self, size: int) -> bytes:
        try:
            piece = self._read_step(size)
        except ContainerError as error:  # of the archive that this stream lies in
            self._error = error
            return b""
        except DAMAGE as error:
            self._error = tell_damage(error)
            return b""
        except MemoryError:
            self._error = ContainerError("too_large", "Unpacking takes more memory than there is.")
            return b""
        self.count += len(piece)
        self._budget.spend(len(piece))
        limits = self._budget.limits
        if self._stored and self.count > limits.free_bytes and self.count > limits.ratio * self._stored():
            raise ContainerError("compression_ratio", tell_ratio("What is packed here", limits))
        return piece


def ensure_end(stream: Readable) -> None:
    """Raise the error that a stream which seems to be at its end was broken off by, if there is one.

    >>> ensure_end(io.BytesIO())
    """
    stream.read(1)


def tell_damage(error: BaseException) -> ContainerError:
    """Give the error of an archive whose bytes are damaged or break off.

    >>> tell_damage(EOFError()).problem.code
    'corrupt_archive'
    """
    detail = f"{error}".strip() or type(error).__name__
    message = (
        f"The archive is damaged or breaks off ({detail[:200]}); what comes behind was not read. "
        "Get it again, or repair it."
    )
    return ContainerError("corrupt_archive", message)


@dataclass(slots=True)
class CountedReader:
    """Counts the bytes that are taken from a stream."""

    stream: Readable
    count: int = field(default=0)

    def read(self, size: int = -1, /) -> bytes:
        """Give at most ``size`` bytes."""
        piece = self.stream.read(size)
        self.count += len(piece)
        return piece


def open_packed(kind: str, stream: Readable, budget: Budget) -> io.BufferedReader:
    """Open a compressed stream (``gz``, ``bz2`` or ``xz``) for reading once, counted and bounded.

    >>> packed = io.BytesIO(gzip.compress(b"KH"))
    >>> open_packed("gz", packed, Budget(Limits(), 22)).read()
    b'KH'
    """
    counted = CountedReader(stream)
    opened = _OPENERS[kind](counted)
    return open_metered(opened, budget, lambda: counted.count)


def open_metered(
    stream: Readable,
    budget: Budget,
    stored: Callable[[], int] | None = None,
    buffer_bytes: int = BUFFER_BYTES,
) -> io.BufferedReader:
    """Open a stream for reading once, counted and bounded, with ``peek``.

    >>> open_metered(io.BytesIO(b"KH"), Budget(Limits(), 2)).peek()
    b'KH'
    """
    return io.BufferedReader(MeteredReader(stream, budget, stored), buffer_bytes)


_OPENERS: dict[str, Callable[..., Readable]] = {
    "gz": lambda stream: gzip.GzipFile(fileobj=stream, mode="rb"),
    "bz2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}
