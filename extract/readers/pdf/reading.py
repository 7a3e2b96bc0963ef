"""Reads a PDF file: page by page its words and tables, then OCR for the pages without a true text layer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2 as pdfium

from extract.readers.layout.blocks import build_blocks
from extract.readers.layout.page import Page, Word
from extract.readers.layout.rows import build_lines
from extract.readers.legacy import turn_legacy_words
from extract.readers.pdf.frame import Frame
from extract.readers.pdf.grids import build_tables, find_cells
from extract.readers.pdf.opening import open_pdf
from extract.readers.pdf.reliability import Layer, is_reliable
from extract.readers.pdf.rendering import recognise
from extract.readers.pdf.rulings import Drawings, read_drawings
from extract.readers.pdf.stamps import draw_stamps
from extract.readers.pdf.unread_pages import gather_pages
from extract.readers.pdf.words import PageText, gather_fragments, read_words, split_word
from extract.spans import DEFAULT_OPTIONS, Block, ReadOptions, ReadProblem, Source

MEDIA_TYPE = "application/pdf"
MAX_PAGES = 5_000
MAX_TEXT_CHARACTERS = 2_500_000
"""A little more than the pipeline interprets; about 1,200 full pages."""
PAGES_OF_AN_OPENING = 50
NEARLY_NO_WORDS = 5
"""A scan with fewer words than a stamp or a page number has carries no text layer."""


@dataclass(slots=True)
class _Reading:
    """What has been read of a file: its pages, those left to OCR and the problems."""

    pages: list[Page] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    legacy: set[str] = field(default_factory=set)
    characters: int = 0
    seen: int = 0


def read_pdf(name: str, content: bytes, options: ReadOptions = DEFAULT_OPTIONS) -> Source:
    """Read a PDF file into paragraphs and tables.

    ``name`` is the path, ``content`` the whole file; ``options`` say whether pages may go to OCR. Numbers
    and dates that signing software stamped on a page are part of it; scripts and attachments are never
    touched. Raises nothing: what went wrong stands in ``problems``, as an error ``empty_file``,
    ``too_large``, ``corrupt_file``, ``encrypted_pdf`` or ``missing_program``, or as a warning
    ``no_text_layer``, ``unreliable_text_layer``, ``unreadable_page``, ``page_cut``, ``pages_left_out`` or
    ``legacy_encoding``.
    """
    document = open_pdf(content)
    if isinstance(document, ReadProblem):
        return Source(MEDIA_TYPE, (), problems=(document,))
    count = len(document)
    reading = _read_pages(document, content, min(count, MAX_PAGES), options)
    seen = reading.seen
    if seen < count:
        message = f"Only the first {seen:,} of {count:,} pages were read. Split the file into its documents."
        reading.problems.append(ReadProblem("pages_left_out", message))
    recognised = _recognise(content, reading, options)
    if reading.legacy:
        message = (
            f"The text is in a legacy encoding ({', '.join(sorted(reading.legacy))}) and was converted. "
            "Check its first lines."
        )
        reading.problems.append(ReadProblem("legacy_encoding", message))
    pages = sorted([*reading.pages, *recognised], key=lambda page: page.number)
    problems = gather_pages(reading.problems, {page.number for page in recognised})
    return Source(MEDIA_TYPE, _build(pages), count, len(recognised), tuple(problems))


def _build(pages: list[Page]) -> tuple[Block, ...]:
    if not any(page.recognised for page in pages):
        return build_blocks(pages)
    # OCR brings OpenCV with it: files whose text can be read do without.
    from extract.readers.ocr.pages import build_scan_blocks

    return build_scan_blocks(pages)


def _read_pages(document: pdfium.PdfDocument, content: bytes, count: int, options: ReadOptions) -> _Reading:
    """Read pages until there are enough; the file is opened anew from time to time, and closed.

    Pdfium keeps every font and every changed page until a file is closed.
    """
    reading = _Reading()
    while reading.seen < count and reading.characters <= MAX_TEXT_CHARACTERS:
        if reading.seen:
            document = pdfium.PdfDocument(content)
        try:
            for index in range(reading.seen, min(reading.seen + PAGES_OF_AN_OPENING, count)):
                _read_page(document, index, options, reading)
                reading.seen = index + 1
                if reading.characters > MAX_TEXT_CHARACTERS:
                    break
        finally:
            document.close()
    return reading


def _recognise(content: bytes, reading: _Reading, options: ReadOptions) -> list[Page]:
    if not reading.unread or options.ocr == "never":
        return []
    recognised, problems = recognise(content, reading.unread, options)
    if reading.pages:
        problems = [replace(problem, severity="warning") for problem in problems]
    reading.problems += problems
    return recognised


def _read_page(document: pdfium.PdfDocument, index: int, options: ReadOptions, reading: _Reading) -> None:
    number = index + 1
    try:
        page = _open_page(document, index)
    except pdfium.PdfiumError:
        message = "The page is damaged and was left out. Fetch the file again or print it to a new PDF."
        reading.problems.append(ReadProblem("unreadable_page", message, page=number))
        return
    try:
        problem = _read_opened(page, number, options, reading)
    finally:
        page.close()
    if problem is not None:
        reading.problems.append(problem)


def _open_page(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """Open a page with the looks of its annotations drawn into it: signing software stamps numbers so."""
    page = document[index]
    if draw_stamps(page.raw):
        page.close()
        page = document[index]
    return page


def _read_opened(
    page: pdfium.PdfPage, number: int, options: ReadOptions, reading: _Reading
) -> ReadProblem | None:
    """Read a page's text layer, or leave the page to OCR; say what is to be told of it."""
    left, bottom, right, top = page.get_bbox()
    frame = Frame(left, bottom, right, top, page.get_rotation())
    if options.ocr == "always":
        reading.unread.append(number)
        return None
    text_page = page.get_textpage()
    try:
        found = gather_fragments(read_words(text_page.raw, frame))
        words, legacy = _turn_legacy(found.words)
        reach = max([word.box[2] for word in words], default=0.0)
        drawings = read_drawings(page.raw, found.frame, reach)
        problem = _judge(words, found, drawings, number, options)
        if problem is not None:
            reading.unread.append(number)
            return problem
        reading.legacy.update(legacy)
        reading.pages.append(_build_page(text_page.raw, replace(found, words=words), drawings, number))
        reading.characters += sum([len(word.text) + 1 for word in words])
    finally:
        text_page.close()
    if found.cut:
        message = "The page holds more text than can be read; its end is missing."
        return ReadProblem("page_cut", message, page=number)
    return None


def _judge(
    words: list[Word], found: PageText, drawings: Drawings, number: int, options: ReadOptions
) -> ReadProblem | None:
    """Give the problem of a page whose text layer is missing or wrong; None when it can be taken."""
    width, height = found.frame.size
    area = max(width * height, 1.0)
    image_share = max((_area(box, width, height) / area for box in drawings.images), default=0.0)
    done = "It was read by OCR." if options.ocr != "never" else "It was not read: allow OCR to read it."
    if len(words) < NEARLY_NO_WORDS:
        if not drawings.images:
            return None
        return ReadProblem("no_text_layer", f"The page is an image without text. {done}", page=number)
    if is_reliable(Layer(words, found.invisible, image_share, height)):
        return None
    message = f"The text stored with the page is not what the page shows. {done}"
    return ReadProblem("unreliable_text_layer", message, page=number)


def _area(box: tuple[float, float, float, float], width: float, height: float) -> float:
    across = min(box[2], width) - max(box[0], 0.0)
    down = min(box[3], height) - max(box[1], 0.0)
    return max(across, 0.0) * max(down, 0.0)


def _turn_legacy(words: list[Word]) -> tuple[list[Word], tuple[str, ...]]:
    """Turn the words of a page that are in a legacy encoding, each judged among its neighbours."""
    text = " ".join(word.text for word in words)
    turned, names = turn_legacy_words(text)
    if not names:
        return words, ()
    return [replace(word, text=new) for word, new in zip(words, turned.split(" "), strict=True)], names


def _build_page(text_page: Any, found: PageText, drawings: Drawings, number: int) -> Page:
    width, height = found.frame.size
    cells = find_cells(drawings)
    if not cells:
        return Page(number, width, height, build_lines(found.words))

    def split(index: int, cuts: list[float]) -> list[Word]:
        return split_word(text_page, found, index, cuts)

    tables, outside = build_tables(cells, found.words, split)
    return Page(number, width, height, build_lines(outside), tables)
