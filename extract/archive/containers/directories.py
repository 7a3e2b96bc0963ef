"""The directory at the end of a ZIP archive, looked at before it is loaded, for how much that would take."""

from __future__ import annotations

import io
import struct
from typing import IO

from extract.archive.containers.limits import MEBIBYTE, ContainerError, Limits

MAX_DIRECTORY_BYTES = 128 * MEBIBYTE
ENTRY_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE, END_BYTES = b"PK\x05\x06", 22
LOCATOR_SIGNATURE, LOCATOR_BYTES = b"PK\x06\x07", 20
END64_SIGNATURE, END64_BYTES = b"PK\x06\x06", 56
MAX_COMMENT_BYTES = 0xFFFF
SIZE_IN_END, SIZE_IN_END64, PLACE_IN_LOCATOR = 12, 40, 8
IN_END64 = 0xFFFFFFFF
"""Stands for a size that only the record for large archives has (APPNOTE 4.3.14 to 4.3.16)."""


def check_directory(stream: IO[bytes], limits: Limits) -> None:
    """Raise ContainerError ``too_many_members`` for a directory that lists more files than may be read.

    The library loads the directory as a whole, some 700 bytes for an entry of at least 46. Nothing is
    raised for a directory that is not there or damaged: the library says so better. The stream is left at
    its start.
    """
    size = _find_size(stream)
    entries = _count_entries(stream, size) if size <= MAX_DIRECTORY_BYTES else limits.members + 1
    stream.seek(0)
    if entries > limits.members:
        message = f"The archive lists more than {limits.members:,} files. Split it."
        raise ContainerError("too_many_members", message)


def _find_size(stream: IO[bytes]) -> int:
    """Give the bytes of the directory as the library will read it."""
    length = stream.seek(0, io.SEEK_END)
    start = max(0, length - END_BYTES - MAX_COMMENT_BYTES - LOCATOR_BYTES - END64_BYTES)
    stream.seek(start)
    tail = stream.read(length - start)
    end = len(tail) - END_BYTES  # where it stands when no comment follows
    if end < 0 or not tail.startswith(END_SIGNATURE, end):
        end = tail.rfind(END_SIGNATURE)
    if end < 0 or end + END_BYTES > len(tail):
        return 0
    size: int = struct.unpack_from("<L", tail, end + SIZE_IN_END)[0]
    locator = end - LOCATOR_BYTES
    if locator < END64_BYTES or not tail.startswith(LOCATOR_SIGNATURE, locator):
        return size
    record = tail[locator - END64_BYTES : locator]
    if not record.startswith(END64_SIGNATURE):
        stream.seek(min(length, struct.unpack_from("<Q", tail, locator + PLACE_IN_LOCATOR)[0]))
        record = stream.read(END64_BYTES)
    if len(record) == END64_BYTES and record.startswith(END64_SIGNATURE):
        size = struct.unpack_from("<Q", record, SIZE_IN_END64)[0]
    return min(size, length)


def _count_entries(stream: IO[bytes], size: int) -> int:
    """Count the entries in the last bytes of the archive, where a directory of this size must begin."""
    length = stream.seek(0, io.SEEK_END)
    room = END_BYTES + MAX_COMMENT_BYTES + LOCATOR_BYTES + END64_BYTES
    stream.seek(max(0, length - size - room))
    return stream.read(size + room).count(ENTRY_SIGNATURE)
