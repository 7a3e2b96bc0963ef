"""Renders pages of a PDF for OCR, one at a time, and has them recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2 as pdfium
from PIL import Image

from extract.readers.layout.page import Page
from extract.spans import ReadOptions, ReadProblem

POINTS_PER_INCH = 72
MAX_PIXELS = 40_000_000
"""An A2 page at 300 dots per inch; larger pages are rendered more coarsely."""
MIN_DOTS_PER_INCH = 10
MAX_OCR_PAGES = 1_000
"""A page takes two to three seconds."""


def recognise(
    content: bytes, numbers: list[int], options: ReadOptions
) -> tuple[list[Page], list[ReadProblem]]:
    """Recognise pages of a file, given by their numbers from 1, at ``options.ocr_dpi``.

    Gives the pages and the problems. Pages are rendered when it is their turn, so that memory holds one.
    """
    # OCR brings OpenCV with it: files whose text can be read do without.
    from extract.readers.ocr.pages import recognise_pages

    pages: list[Page] = []
    problems: list[ReadProblem] = []
    with pdfium.PdfDocument(content) as document:
        wanted = numbers[:MAX_OCR_PAGES]
        dots = {number: _bounded_dots(_size(document, number), options.ocr_dpi) for number in wanted}
        for resolution in sorted(set(dots.values()), reverse=True):
            batch = [number for number in wanted if dots[number] == resolution]
            images = _render(document, batch, resolution, problems)
            found, told = recognise_pages(images, replace(options, ocr_dpi=resolution))
            pages += found
            problems += [problem for problem in told if problem not in problems]
    if len(numbers) > MAX_OCR_PAGES:
        message = f"Only {MAX_OCR_PAGES:,} of {len(numbers):,} pages without text were read. Split the file."
        problems.append(ReadProblem("pages_left_out", message))
    return pages, problems


def _size(document: pdfium.PdfDocument, number: int) -> tuple[float, float]:
    width, height = document.get_page_size(number - 1)
    return float(width), float(height)


def _bounded_dots(size: tuple[float, float], dots: int) -> int:
    """Give the resolution at which a page of a size in points has no more than ``MAX_PIXELS``.

    >>> _bounded_dots((595, 842), 300), _bounded_dots((20_000, 20_000), 300)
    (300, 22)
    """
    area = max(size[0] * size[1], 1.0) / POINTS_PER_INCH**2
    if area * dots * dots <= MAX_PIXELS:
        return dots
    return max(int((MAX_PIXELS / area) ** 0.5), MIN_DOTS_PER_INCH)


def _render(
    document: pdfium.PdfDocument, numbers: list[int], dots: int, problems: list[ReadProblem]
) -> Iterator[tuple[int, Image.Image]]:
    """Render pages with what was stamped on them; a page that cannot be drawn is told and passed over."""
    for number in numbers:
        page = document[number - 1]
        try:
            bitmap = page.render(scale=dots / POINTS_PER_INCH)
            image = bitmap.to_pil().copy()
            bitmap.close()
        except pdfium.PdfiumError:
            message = "The page cannot be drawn and was left out. Print the file to a new PDF."
            problems.append(ReadProblem("unreadable_page", message, page=number))
            continue
        finally:
            page.close()
        yield number, image
