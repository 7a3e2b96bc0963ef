"""Recognises the pages of a scan: pictures in, printed pages with lines and ruled tables out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from extract.readers.layout.blocks import build_blocks
from extract.readers.layout.page import Page
from extract.readers.ocr.cells import recognise_tables
from extract.readers.ocr.headings import mend_headings
from extract.readers.ocr.mending import is_nonsense, mend_lines
from extract.readers.ocr.prepare import WHITE, Matrix, UprightPage, prepare, shrink, turn_box
from extract.readers.ocr.printed import POINTS_PER_INCH, build_line, settle_sizes
from extract.readers.ocr.ruled_tables import erase_rules, find_ruled_tables, find_rules
from extract.readers.ocr.stamps import find_framed_stamps
from extract.readers.ocr.tesseract import (
    SINGLE_COLUMN,
    MissingProgramError,
    Picture,
    PixelBox,
    RecognitionTimeoutError,
    find_missing_program,
    recognise,
)
from extract.spans import Block, ReadOptions, ReadProblem

BODY_DOTS_PER_INCH = 180
"""Lines of 13 and 14 points are then as high as the model was trained on (36 pixels). On ten real scans
2.2 % of the words were wrong, at 300 dots per inch 3.0 %, and it takes a third less time."""


@dataclass(slots=True)
class ScannedPage(Page):
    """A page read from a picture, made level; ``matrix`` (2 x 3) leads from its points to the scan's."""

    matrix: Matrix | None = None


def recognise_pages(
    images: Iterable[tuple[int, Image.Image]], options: ReadOptions
) -> tuple[list[Page], list[ReadProblem]]:
    """Recognise pictures of pages with their numbers, rendered at ``options.ocr_dpi``.

    Gives the pages, whose boxes are in points from the top left corner of the page made level, and what
    went wrong: the error ``missing_program`` once, the warning ``timeout`` for a page that was given up.
    ``place_on_scans`` leads the boxes of blocks back. Raises nothing.
    """
    if missing := find_missing_program():
        return [], [ReadProblem("missing_program", missing, "error")]
    pages: list[Page] = []
    problems = []
    for number, image in images:
        try:
            pages.append(_recognise_page(number, image, options.ocr_dpi))
        except RecognitionTimeoutError:
            message = "The recognition of the page took too long and was given up. Scan the page again."
            problems.append(ReadProblem("timeout", message, page=number))
        except MissingProgramError as error:
            return pages, [*problems, ReadProblem("missing_program", str(error), "error")]
    return pages, problems


def _recognise_page(number: int, image: Image.Image, dots_per_inch: int) -> Page:
    """Recognise a page, also one that is upside down when it makes more sense so."""
    page = _read(number, prepare(image, dots_per_inch), dots_per_inch)
    if not is_nonsense(page):
        return page
    turned = _read(number, prepare(image, dots_per_inch, upside_down=True), dots_per_inch)
    return page if is_nonsense(turned) else turned


def _read(number: int, upright: UprightPage, dots_per_inch: int) -> Page:
    rules = find_rules(upright.picture, dots_per_inch)
    grids = find_ruled_tables(rules, dots_per_inch)
    stamps = find_framed_stamps(upright.picture, rules, grids, dots_per_inch)
    blank = [*(grid.box for grid in grids), *stamps]
    text = _blank(erase_rules(upright.picture, rules, dots_per_inch), blank)
    body, scale = shrink(text, dots_per_inch, BODY_DOTS_PER_INCH)
    found = recognise([body], SINGLE_COLUMN, round(dots_per_inch * scale))[0]
    points = POINTS_PER_INCH / dots_per_inch
    lines = mend_lines(build_line(line, points / scale) for line in found)
    tables = recognise_tables(upright.picture, grids, dots_per_inch)
    matrix = upright.matrix.copy()
    matrix[:, 2] *= points
    height, width = upright.picture.shape
    page = ScannedPage(number, width * points, height * points, lines, tables, recognised=True, matrix=matrix)
    settle_sizes(page)
    return page


def _blank(picture: Picture, boxes: Iterable[PixelBox]) -> Picture:
    """Make boxes of a picture white, in place."""
    for left, top, right, bottom in boxes:
        picture[top:bottom, left:right] = WHITE
    return picture


def build_scan_blocks(pages: Sequence[Page]) -> tuple[Block, ...]:
    """Build the blocks of pages of which some were recognised: headings mended, boxes those of the scans."""
    return place_on_scans(mend_headings(build_blocks(pages)), pages)


def place_on_scans(blocks: Iterable[Block], pages: Iterable[Page]) -> tuple[Block, ...]:
    """Lead the places of blocks back from pages made level to the scans as they are."""
    matrices = {
        page.number: page.matrix
        for page in pages
        if isinstance(page, ScannedPage) and page.matrix is not None
    }
    return tuple(
        replace(
            block,
            places=tuple(
                replace(place, bbox=turn_box(place.bbox, matrices[place.page]))
                if place.bbox is not None and place.page in matrices
                else place
                for place in block.places
            ),
        )
        for block in blocks
    )
