"""Reads older and other documents (DOC, ODT, RTF, WPS) through LibreOffice, which makes DOCX of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath

from extract.readers.docx import DEFAULT_OPTIONS, read_docx
from extract.readers.word.conversion import convert_batch as _convert
from extract.readers.word.package import Package, PackageError
from extract.readers.word.sniffing import is_encrypted_word, sniff
from extract.spans import ReadOptions, ReadProblem, Source

__all__ = ["convert_batch", "prepare", "read_doc", "read_odt", "read_rtf", "sniff"]

MAX_FILE_BYTES = 128 * 1024 * 1024
MAX_PREPARED_BYTES = 128 * 1024 * 1024
MAX_PREPARED = 256
"""What is kept between preparing a chunk of files and reading them; more is converted again."""
SUFFIXES = {"doc": ".doc", "odt": ".odt", "rtf": ".rtf", "wordxml": ".xml", "wps": ".wps"}
"""What LibreOffice is told that a file is, by what it really is; other sorts are not given to it."""
MEDIA_TYPES = {
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "wordxml": "application/xml",
    "wps": "application/vnd.ms-works",
}
TEXT_PARTS = ("content.xml", "styles.xml")
MANIFEST = "META-INF/manifest.xml"
ENCRYPTION = b"encryption-data"

_prepared: OrderedDict[str, bytes | ReadProblem] = OrderedDict()


def read_doc(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    r"""Read a document of Word 6 to 2003, or whatever stands under its suffix, as `read_docx` does.

    ``name`` is the path, ``content`` the whole file. What `prepare` has converted before is used, else
    LibreOffice is started for this document alone. Raises nothing: what went wrong stands in
    ``problems``, as an error ``missing_program``, ``conversion_failed``, ``timeout``, ``encrypted_file``,
    ``too_large``, ``empty_file``, ``corrupt_file`` or ``wrong_format``, or as `read_docx` has it.

    >>> read_doc("a.doc", b"\x00\x01").problems[0].code
    'corrupt_file'
    """
    sort = sniff(content)
    media_type = MEDIA_TYPES.get(sort) or _media_type_of_name(name)
    if sort == "docx":
        return read_docx(name, content, options)
    problem = _find_unreadable(sort, content)
    if problem is None:
        converted = _take(content)
        if converted is None:
            converted = convert_batch([(name, content)])[0]
        if isinstance(converted, bytes):
            return replace(read_docx(name, converted, options), media_type=media_type)
        problem = converted
    return Source(media_type, (), problems=(problem,))


def read_odt(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read an OpenDocument text; see `read_doc`.

    >>> read_odt("a.odt", b"").problems[0].code
    'empty_file'
    """
    return read_doc(name, content, options)


def read_rtf(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read a document in Rich Text Format; see `read_doc`.

    >>> read_rtf("a.rtf", b"").problems[0].code
    'empty_file'
    """
    return read_doc(name, content, options)


def convert_batch(files: Sequence[tuple[str, bytes]]) -> list[bytes | ReadProblem]:
    """Convert documents to DOCX with one run of LibreOffice; a result, or why there is none, for each.

    ``files`` are names with contents; names do not matter, since the content tells what a file is.

    >>> [problem.code for problem in convert_batch([("a.doc", b"<html><p>A")])]
    ['wrong_format']
    """
    results: dict[int, bytes | ReadProblem] = {}
    wanted: list[int] = []
    for number, (_, content) in enumerate(files):
        problem = _find_unreadable(sniff(content), content)
        if problem is None:
            wanted.append(number)
        else:
            results[number] = problem
    converted = _convert([(SUFFIXES[sniff(files[number][1])], files[number][1]) for number in wanted])
    results |= zip(wanted, converted, strict=True)
    return [results[number] for number in range(len(files))]


def prepare(files: Sequence[tuple[str, bytes]]) -> None:
    """Convert those of a chunk of files that need it at once, for `read_doc` to find afterwards.

    Files of other sorts are passed over, so that a chunk can be given as it is.
    """
    wanted = {
        key: (name, content)
        for name, content in files
        if sniff(content) in SUFFIXES and (key := _key(content)) not in _prepared
    }
    for key, converted in zip(wanted, convert_batch(list(wanted.values())), strict=True):
        _prepared[key] = converted
    while len(_prepared) > MAX_PREPARED or sum(map(_size, _prepared.values())) > MAX_PREPARED_BYTES:
        _prepared.popitem(last=False)


def _take(content: bytes) -> bytes | ReadProblem | None:
    return _prepared.pop(_key(content), None)


def _key(content: bytes) -> str:
    return sha256(content).hexdigest()


def _size(converted: bytes | ReadProblem) -> int:
    return len(converted) if isinstance(converted, bytes) else 0


def _media_type_of_name(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower().removeprefix(".")
    return MEDIA_TYPES.get({"dot": "doc", "ott": "odt"}.get(suffix, suffix), MEDIA_TYPES["doc"])


def _find_unreadable(sort: str, content: bytes) -> ReadProblem | None:
    if not content:
        return ReadProblem("empty_file", "The file is empty. Check that it was copied whole.", "error")
    if sort == "encrypted" or (sort == "doc" and is_encrypted_word(content)):
        return ENCRYPTED
    if sort == "unknown":
        return CORRUPT
    if sort not in SUFFIXES:
        message = f"The file is no document of a known sort (its content is {sort}). Give it its own suffix."
        return ReadProblem("wrong_format", message, "error")
    if len(content) > MAX_FILE_BYTES:
        message = f"The file has {len(content):,} bytes. Take the pictures out of it, or split it."
        return ReadProblem("too_large", message, "error")
    return _check_archive(content) if sort == "odt" else None


ENCRYPTED = ReadProblem(
    "encrypted_file", "The document is locked with a password. Save it without one.", "error"
)
CORRUPT = ReadProblem(
    "corrupt_file", "The file is no whole document. Fetch it again, or open and save it in Word.", "error"
)


def _check_archive(content: bytes) -> ReadProblem | None:
    """Refuse an OpenDocument archive that is locked, or unpacks to more than a document can hold."""
    try:
        package = Package(content)
        if ENCRYPTION in (package.read(MANIFEST) or b""):
            return ENCRYPTED
        for part in TEXT_PARTS:
            package.read(part)
    except PackageError as error:
        return error.problem
    return None
