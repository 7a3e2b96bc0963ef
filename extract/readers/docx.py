"""Reads Word documents (DOCX, DOCM, DOTX): paragraphs with their automatic numbers, tables, notes, scans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from extract.readers.word.body import Story
from extract.readers.word.finishing import tell_legacy, turn_legacy_blocks
from extract.readers.word.names import WORD, Element
from extract.readers.word.notes import read_head, read_notes
from extract.readers.word.numbering import Numbering
from extract.readers.word.package import Package, PackageError
from extract.readers.word.pictures import count_full_pages, read_pictures
from extract.readers.word.styles import read_styles
from extract.spans import Block, ReadOptions, ReadProblem, Source

if TYPE_CHECKING:
    from PIL import Image

DEFAULT_OPTIONS = ReadOptions()
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ".dotm": "application/vnd.ms-word.template.macroEnabled.12",
}
MAX_FILE_BYTES = 512 * 1024 * 1024
MIN_LETTERS = 60
"""A document with fewer letters and with pictures of pages is a scan that was pasted into Word."""
OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word keeps a document with a password in a container of the older format."""
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


@dataclass(slots=True)
class _Reading:
    """What has been read of a document so far."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    pages: int | None = None
    ocr_pages: int | None = None


def read_docx(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read a Word document into paragraphs and tables in reading order.

    ``name`` is the path, whose suffix tells documents from templates; ``content`` is the whole file.
    Labels of automatic numbering stand in front of their paragraphs, tracked changes count as accepted,
    hidden text is left out, tables that only set text side by side (letterheads, signatures) become
    paragraphs, and notes stand at the end. A document that holds nothing but pictures of pages goes to
    OCR. Raises nothing: what went wrong stands in ``problems``, as an error ``corrupt_file``,
    ``encrypted_file``, ``too_large``, ``empty_file`` or ``no_text_layer``, or as a warning
    ``damaged_file``, ``legacy_encoding``, ``foreign_part``, ``pictures_not_read`` or those of the OCR.

    >>> read_docx("a.docx", b"PK").problems[0].code
    'corrupt_file'
    """
    media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), MEDIA_TYPE)
    reading = _Reading()
    try:
        _refuse(content)
        _read_package(Package(content), options, reading)
    except PackageError as error:
        return Source(media_type, (), problems=(error.problem,))
    if not reading.blocks and not any(problem.severity == "error" for problem in reading.problems):
        reading.problems.append(EMPTY_DOCUMENT)
    return Source(
        media_type, tuple(reading.blocks), reading.pages, reading.ocr_pages, tuple(reading.problems)
    )


EMPTY_DOCUMENT = ReadProblem(
    "empty_file", "The document holds no text. Check that it was saved in full.", "error"
)


def _refuse(content: bytes) -> None:
    if not content:
        raise PackageError("empty_file", "The file is empty. Check that it was copied whole.")
    if len(content) > MAX_FILE_BYTES:
        raise PackageError("too_large", f"The file has {len(content):,} bytes. Take the pictures out of it.")
    if content.startswith(OLE_SIGNATURE) and ENCRYPTED_STREAM in content:
        raise PackageError("encrypted_file", "The document is locked with a password. Save it without one.")


def _read_package(package: Package, options: ReadOptions, reading: _Reading) -> None:
    root = package.tree(package.main)
    body = root.find(f"{WORD}body") if root is not None else None
    if body is None:
        raise PackageError("corrupt_file", "The document's text cannot be read. Repair the file in Word.")
    story = _open_story(package)
    blocks = story.read(body)
    blocks += read_notes(package, body, story)
    blocks = read_head(package, body, story, blocks) + blocks
    reading.blocks, encodings = turn_legacy_blocks(blocks)
    reading.problems += tell_legacy(encodings)
    if story.foreign:
        reading.problems.append(FOREIGN_PART)
    if not _has_text(reading.blocks) or options.ocr == "always":
        _read_scans(package, body, options, reading)
    elif pages := count_full_pages(body):
        reading.problems.append(_tell_unread(pages))
    if package.damaged:
        reading.problems.append(_tell_damage(package.damaged))


def _open_story(package: Package) -> Story:
    paths = {relation.sort: relation.target for relation in package.relations(package.main).values()}
    styles = read_styles(package.tree(paths.get("styles", "word/styles.xml")))
    return Story(styles, Numbering(package.tree(paths.get("numbering", "word/numbering.xml")), styles))


FOREIGN_PART = ReadProblem(
    "foreign_part",
    "Part of the text is embedded in another format and was not read. Open the file in Word and save it.",
)


def _tell_damage(parts: list[str]) -> ReadProblem:
    names = ", ".join(sorted(set(parts)))
    message = f"The file is damaged ({names}); it was read as far as it goes. Compare it with the original."
    return ReadProblem("damaged_file", message)


def _tell_unread(pages: int) -> ReadProblem:
    message = (
        f"{pages} pictures as large as a page stand in the text and were not read. "
        "If they are scans of text, read the file again with OCR for all files."
    )
    return ReadProblem("pictures_not_read", message)


def _has_text(blocks: list[Block]) -> bool:
    letters = (letter for block in blocks for letter in block.raw if letter.isalpha())
    return next(islice(letters, MIN_LETTERS - 1, None), None) is not None


def _read_scans(package: Package, body: Element, options: ReadOptions, reading: _Reading) -> None:
    """Give the pictures of pages to OCR; the text that stands beside them comes first."""
    pictures = read_pictures(package, body, options.ocr_dpi)
    first = next(pictures, None)
    if first is None:
        return
    if options.ocr == "never":
        reading.problems.append(
            ReadProblem(
                "no_text_layer",
                "The document holds pictures of pages and no text, and OCR is switched off. Allow OCR.",
                "warning" if reading.blocks else "error",
            )
        )
        return

    def numbered() -> Iterator[tuple[int, Image.Image]]:
        yield 1, first
        yield from enumerate(pictures, 2)

    pages, problems = import_module("extract.readers.ocr.pages").recognise_pages(numbered(), options)
    reading.blocks += import_module("extract.readers.ocr.pages").build_scan_blocks(pages)
    reading.problems += problems
    reading.pages = reading.ocr_pages = len(pages)
