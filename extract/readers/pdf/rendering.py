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
    document: pdfium.PdfDocument, numbers: list[int], options: ReadOptions
) -> tuple[list[Page], list[ReadProblem]]:
    """Recognise pages, given by their numbers from 1, at ``options.ocr_dpi``; give them and the problems.

    Pages are rendered when it is their turn, so that memory holds one of them.
    """
    # OCR brings OpenCV with it: files whose text can be read do without.
    from extract.readers.ocr.pages import recognise_pages

    pages: list[Page] = []
    problems: list[ReadProblem] = []
    usual: list[int] = []
    for number in numbers[:MAX_OCR_PAGES]:
        size = document.get_page_size(number - 1)
        dots = _bounded_dots(size, options.ocr_dpi)
        if dots == options.ocr_dpi:
            usual.append(number)
            continue
        found, told = recognise_pages(_render(document, [number], dots), replace(options, ocr_dpi=dots))
        pages, problems = pages + found, problems + told
    found, told = recognise_pages(_render(document, usual, options.ocr_dpi), options) if usual else ([], [])
    problems += told
    if len(numbers) > MAX_OCR_PAGES:
        message = f"Only {MAX_OCR_PAGES:,} of {len(numbers):,} pages without text were read. Split the file."
        problems.append(ReadProblem("pages_left_out", message))
    return pages + found, problems


def _bounded_dots(size: tuple[float, float], dots: int) -> int:
    """Give the resolution at which a page of a size in points has no more than ``MAX_PIXELS``.

    >>> _bounded_dots((595, 842), 300), _bounded_dots((20_000, 20_000), 300)
    (300, 22)
    """
    area = max(size[0] * size[1], 1.0) / POINTS_PER_INCH**2
    if area * dots * dots <= MAX_PIXELS:
        return dots
    return max(int((MAX_PIXELS / area) ** 0.5), MIN_DOTS_PER_INCH)


def _render(document: pdfium.PdfDocument, numbers: list[int], dots: int) -> Iterator[tuple[int, Image.Image]]:
    for number in numbers:
        page = document[number - 1]
        try:
            bitmap = page.render(scale=dots / POINTS_PER_INCH, grayscale=True)
            image = bitmap.to_pil().copy()
            bitmap.close()
        finally:
            page.close()
        yield number, image
