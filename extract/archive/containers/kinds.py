"""Which files are archives: by their first bytes, and where these say little by their suffix."""

from __future__ import annotations

import tarfile
from pathlib import PurePosixPath

HEAD_BYTES = 4096
"""Enough for the header of a tar, which says what it is at byte 257."""
TAR_BLOCK_BYTES = 512

CRAWL_SUFFIXES = frozenset({".jsonl", ".ndjson"})
PACKED = {"gz": b"\x1f\x8b\x08", "bz2": b"BZh", "xz": b"\xfd7zXZ\x00"}
SIGNATURES = {
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
    "warc": (b"WARC/",),
    **{kind: (signature,) for kind, signature in PACKED.items()},
}
MEDIA_TYPES = {
    "zip": "application/zip",
    "7z": "application/x-7z-compressed",
    "tar": "application/x-tar",
    "warc": "application/warc",
    "crawl": "application/x-ndjson",
    "gz": "application/gzip",
    "bz2": "application/x-bzip2",
    "xz": "application/x-xz",
}
BY_SUFFIX = {".zip": "zip", ".7z": "7z", ".tar": "tar", ".warc": "warc", ".gz": "gz", ".tgz": "gz",
             ".bz2": "bz2", ".tbz2": "bz2", ".xz": "xz", ".txz": "xz"}  # fmt: skip

OFFICE_MEMBERS = frozenset({"[Content_Types].xml", "mimetype"})
"""One of these stands at the top of every Office Open XML, OpenDocument or EPUB file (ECMA-376 part 2,
OpenDocument 1.3 part 2)."""
ZIP_NAME_START = 30  # of the first member's name, APPNOTE 4.3.7


def find_kind(name: str, head: bytes) -> str:
    r"""Say what sort of archive a file is, empty when it is none.

    Takes the name and the first `HEAD_BYTES`; gives a key of `MEDIA_TYPES`. A file that only its suffix
    calls an archive is one (and cannot be opened). Office files whose first member tells nothing look like
    ``zip`` here.

    >>> find_kind("a.bin", b"PK\x03\x04"), find_kind("a.jsonl", b'{"url": ""}'), find_kind("a.txt", b"KH")
    ('zip', 'crawl', '')
    >>> find_kind("a.zip", b"KH")
    'zip'
    """
    for kind, signatures in SIGNATURES.items():
        if head.startswith(signatures):
            return "" if kind == "zip" and begins_as_document(head) else kind
    if is_tar(head):
        return "tar"
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in CRAWL_SUFFIXES:
        return "crawl"
    return BY_SUFFIX.get(suffix, "")


def begins_as_document(head: bytes) -> bool:
    r"""Tell whether the first member of a ZIP archive is one that only documents have.

    >>> begins_as_document(b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis")
    True
    """
    return any(head.startswith(name.encode(), ZIP_NAME_START) for name in OFFICE_MEMBERS)


def is_tar(head: bytes) -> bool:
    """Tell whether a file begins with the header of a tar, whose checksum is right.

    >>> is_tar(b"x" * 512), is_tar(tarfile.TarInfo("a.txt").tobuf())
    (False, True)
    """
    if len(head) < TAR_BLOCK_BYTES or not head[0]:
        return False
    try:
        tarfile.TarInfo.frombuf(head[:TAR_BLOCK_BYTES], "utf-8", "replace")
    except (tarfile.HeaderError, ValueError):
        return False
    return True
