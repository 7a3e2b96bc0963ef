"""ZIP archives: members in the order of their names, each read where it is needed."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath

from extract.archive.containers.directories import check_directory
from extract.archive.containers.kinds import HEAD_BYTES, OFFICE_MEMBERS
from extract.archive.containers.limits import (
    BUFFER_BYTES,
    DAMAGE,
    ContainerError,
    NoContainerError,
    open_metered,
    tell_damage,
    tell_ratio,
)
from extract.archive.containers.members import Container, Member
from extract.archive.containers.names import decode_name, mend_name
from extract.archive.items import ZipMember
from extract.readers import suffixes
from extract.spans import ReadProblem

MAX_REFERRED_MEMBERS = 100_000
"""Members of larger archives are unpacked by the first process: every process that reads members itself
holds the directory, some 700 bytes a member."""
OPEN_ARCHIVES = 2
"""Members come archive by archive: a process has left one when it opens the next but one."""

UTF8_FLAG, ENCRYPTED_FLAG = 0x800, 0x1
DOS, UNIX = 0, 3
HIDDEN_ATTRIBUTE = 0x2
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
UNICODE_PATH = 0x7075
"""Extra field of WinRAR and Info-ZIP: the name in UTF-8 beside one in a code page (APPNOTE 4.6.9)."""
ZIP_DAMAGE = (*DAMAGE, RuntimeError, KeyError, struct.error, OverflowError)


def read_zip(container: Container) -> Iterator[Member]:
    """Give the members of a ZIP archive in the order of their mended names.

    Members of an archive on disk are referred to, not read. Raises NoContainerError for Office files and
    ContainerError when the directory cannot be read.
    """
    with _open_archive(container) as archive:
        infos = archive.infolist()
        if any(info.filename in OFFICE_MEMBERS for info in infos):
            raise NoContainerError
        named = [(mend_name(read_name(info)), index) for index, info in enumerate(infos) if _is_file(info)]
        container.expected = len(named)
        path = container.path if len(infos) <= MAX_REFERRED_MEMBERS else None
        for name, index in sorted(named):
            info = infos[index]
            yield Member(
                name=name,
                size=info.file_size,
                open=partial(_open_member, container, archive, info),
                refer=partial(_refer, path, index, info.file_size) if path else None,
                independent=True,
                problem=_find_problem(container, info),
            )


def _open_archive(container: Container) -> zipfile.ZipFile:
    check_directory(container.stream, container.limits)
    try:
        return zipfile.ZipFile(container.stream)
    except (*ZIP_DAMAGE, MemoryError) as error:
        if PurePosixPath(container.source).suffix.lower() in suffixes():
            raise NoContainerError from error  # a damaged Office file, which its reader tells better
        detail = f"{error}".strip() or type(error).__name__
        message = f"The archive cannot be opened ({detail[:200]}). Get it again, or repair it."
        raise ContainerError("corrupt_archive", message) from error


def _is_file(info: zipfile.ZipInfo) -> bool:
    """Say whether a member is a file that Windows does not hide."""
    hidden = info.create_system == DOS and info.external_attr & HIDDEN_ATTRIBUTE
    return not info.is_dir() and not info.orig_filename.endswith("\\") and not hidden


def read_name(info: zipfile.ZipInfo) -> str:
    r"""Give the name of a member as it was meant: flagged as UTF-8, in an extra field, or in a code page.

    >>> info = zipfile.ZipInfo("K\u03a9\u221e hoa\u2265ch.doc")  # code page 1258, read as 437
    >>> info.orig_filename.encode("cp437"), read_name(info)
    (b'K\xea\xec hoa\xf2ch.doc', 'Kế hoạch.doc')
    """
    if info.flag_bits & UTF8_FLAG:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    return _find_unicode_path(info.extra) or decode_name(raw)


def _find_unicode_path(extra: bytes) -> str:
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        if kind == UNICODE_PATH and size > 5:  # version and checksum stand before the name
            return extra[position + 9 : position + 4 + size].decode("utf-8", "replace")
        position += 4 + size
    return ""


def _find_problem(container: Container, info: zipfile.ZipInfo) -> ReadProblem | None:
    limits = container.limits
    if info.flag_bits & ENCRYPTED_FLAG:
        message = "The file is encrypted. Unpack the archive with its password and give the folder."
        return ReadProblem("encrypted_member", message, "error")
    if info.create_system == UNIX and stat.S_ISLNK(info.external_attr >> 16):
        message = "The member is a link, not a file. Unpack the archive yourself if it leads to a document."
        return ReadProblem("unsupported_member", message, "error")
    if info.compress_type not in METHODS:
        message = (
            f"The file is packed with method {info.compress_type}, which is not read. "
            "Unpack the archive yourself and give the folder."
        )
        return ReadProblem("unsupported_member", message, "error")
    if info.file_size > max(limits.free_bytes, limits.ratio * info.compress_size):
        return ReadProblem("compression_ratio", tell_ratio("The file", limits), "error")
    return None


def _refer(path: Path, index: int, size: int, source: str) -> ZipMember:
    return ZipMember(source, path, index, size)


def _open_member(container: Container, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> io.BufferedReader:
    try:
        opened = archive.open(info)
    except ZIP_DAMAGE as error:
        raise tell_damage(error) from error
    return open_metered(opened, container.budget, buffer_bytes=HEAD_BYTES)


@lru_cache(maxsize=OPEN_ARCHIVES)
def _keep_open(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path)


def close_archives() -> None:
    """Close the archives that this process keeps open for the members that are still to be read."""
    _keep_open.cache_clear()


def read_zip_member(item: ZipMember) -> bytes:
    """Give the bytes of a member of an archive on disk.

    Raises OSError when the archive cannot be opened any more, ContainerError ``corrupt_member`` when the
    member is damaged.
    """
    try:
        archive = _keep_open(item.path)
        with archive.open(archive.infolist()[item.index]) as stream:
            return b"".join(iter(partial(stream.read, BUFFER_BYTES), b""))
    except FileNotFoundError:
        raise
    except (*ZIP_DAMAGE, IndexError) as error:
        raise tell_damaged_member(error) from error


def tell_damaged_member(error: BaseException) -> ContainerError:
    """Give the error of a member that is damaged while the others are not.

    >>> tell_damaged_member(EOFError("breaks off")).problem.code
    'corrupt_member'
    """
    detail = f"{error}".strip() or type(error).__name__
    message = f"The file is damaged in its archive ({detail[:200]}). Get the archive again, or repair it."
    return ContainerError("corrupt_member", message)
