"""Which files are read at all: by their size, and large ones by their first bytes."""

from __future__ import annotations

from pathlib import PurePosixPath

from extract.readers import find_format, suffixes
from extract.spans import ReadProblem

UNQUESTIONED_BYTES = 16 << 20
"""Files up to here are read whole whatever they are: the reader then says what it cannot read."""
ZIP_START, RAR_START = b"PK\x03\x04", b"Rar!\x1a\x07"


def find_unreadable(name: str, head: bytes, size: int, limit: int) -> ReadProblem | None:
    r"""Say why a file is not read, None when it is to be read.

    Takes its name, its first bytes, its size and how many bytes a document may have. Films, pictures of
    disks and the like are not read whole to find that nobody reads them.

    >>> find_unreadable("a.mp4", b"\x00\x00\x00\x18ftyp", 1 << 27, 1 << 28).code
    'unsupported_format'
    >>> find_unreadable("a.pdf", b"%PDF-1.7", 1 << 29, 1 << 28).code
    'too_large'
    """
    if head.startswith(RAR_START):
        message = "RAR archives are not read. Unpack it and give the folder."
        return ReadProblem("unsupported_format", message, "error")
    if size > UNQUESTIONED_BYTES and not _is_known(name, head):
        suffix = PurePosixPath(name).suffix
        kind = f"Files of type {suffix}" if suffix else "Files without a suffix"
        known = " ".join(sorted(suffixes()))
        return ReadProblem(
            "unsupported_format", f"{kind} are not read. Convert it to one of: {known}.", "error"
        )
    return tell_size(limit) if size > limit else None


def tell_size(limit: int) -> ReadProblem:
    """Say that a file is too large.

    >>> tell_size(1000).message
    'The file has more than 1,000 bytes, the most that is read. Split it into its documents.'
    """
    message = f"The file has more than {limit:,} bytes, the most that is read. Split it into its documents."
    return ReadProblem("too_large", message, "error")


def _is_known(name: str, head: bytes) -> bool:
    # A letter may be cut at the end of the first bytes; a line is whole.
    lines = head[: head.rfind(b"\n") + 1] or head
    return head.startswith(ZIP_START) or find_format(name, lines) is not None
