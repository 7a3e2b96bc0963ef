"""Recognises the pages of a scan: pictures in, printed pages with lines and ruled tables out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np
from PIL import Image

from extract.readers.layout.page import Line, Page, PageCell, PageTable, Word
from extract.readers.ocr.prepare import WHITE, prepare
from extract.readers.ocr.ruled_tables import Grid, GridCell, find_ruled_tables
from extract.readers.ocr.tesseract import (
    SINGLE_BLOCK,
    SINGLE_COLUMN,
    MissingProgramError,
    Picture,
    RecognisedWord,
    RecognitionTimeoutError,
    find_missing_program,
    recognise,
)
from extract.spans import Box, ReadOptions, ReadProblem

POINTS_PER_INCH = 72
CELL_FRAME_PIXELS = 12
"""Tesseract misses letters at the very edge of a picture; a white frame keeps them away from it."""
MIN_CELL_INK_PIXELS = 12
"""Less ink in a cell is dust: a full stop at 300 dpi has 30 pixels."""
MIN_COLUMN_GAP_LINES = 2.5
"""A gap of this many heights of the line parts two columns, as in a letterhead; blanks stay below 1.5."""


def recognise_pages(
    images: Iterable[tuple[int, Image.Image]], options: ReadOptions
) -> tuple[list[Page], list[ReadProblem]]:
    """Recognise pictures of pages with their numbers, rendered at ``options.ocr_dpi``.

    Gives the pages, whose boxes are in points from the top left corner, and what went wrong: the error
    ``missing_program`` once, the warning ``timeout`` for a page that was given up. Raises nothing.
    """
    if missing := find_missing_program():
        return [], [ReadProblem("missing_program", missing, "error")]
    pages, problems = [], []
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
    upright = prepare(image, dots_per_inch)
    grids = find_ruled_tables(upright.picture, dots_per_inch)
    points = POINTS_PER_INCH / dots_per_inch
    tables = _recognise_tables(upright.picture, grids, dots_per_inch)
    body = recognise([_without_tables(upright.picture, grids)], SINGLE_COLUMN, dots_per_inch)[0]
    return Page(
        number,
        image.width * points,
        image.height * points,
        list(_build_lines(body, points)),
        tables,
        recognised=True,
    )


def _without_tables(picture: Picture, grids: list[Grid]) -> Picture:
    if not grids:
        return picture
    body = picture.copy()
    for grid in grids:
        left, top, right, bottom = grid.box
        body[top:bottom, left:right] = WHITE
    return body


def _recognise_tables(picture: Picture, grids: list[Grid], dots_per_inch: int) -> list[PageTable]:
    """Read every cell that holds ink as a picture of its own, all cells of the page in one run."""
    inked = [(cell, _cut(picture, cell)) for grid in grids for cell in grid.cells]
    inked = [(cell, cut) for cell, cut in inked if int((cut < WHITE // 2).sum()) >= MIN_CELL_INK_PIXELS]
    read = recognise([cut for _, cut in inked], SINGLE_BLOCK, dots_per_inch)
    points = POINTS_PER_INCH / dots_per_inch
    lines = {
        id(cell): list(
            _build_lines(words, points, cell.box[0] - CELL_FRAME_PIXELS, cell.box[1] - CELL_FRAME_PIXELS)
        )
        for (cell, _), words in zip(inked, read, strict=True)
    }
    return [
        PageTable(
            _scale(grid.box, points),
            [
                PageCell(
                    cell.row,
                    cell.column,
                    cell.rows,
                    cell.columns,
                    _scale(cell.box, points),
                    lines.get(id(cell), []),
                )
                for cell in grid.cells
            ],
        )
        for grid in grids
    ]


def _cut(picture: Picture, cell: GridCell) -> Picture:
    left, top, right, bottom = cell.box
    return np.pad(picture[top:bottom, left:right], CELL_FRAME_PIXELS, constant_values=WHITE)


def _build_lines(words: list[RecognisedWord], points: float, left: int = 0, top: int = 0) -> Iterator[Line]:
    """Build lines of words whose pixels count from ``left`` and ``top``; a wide gap ends a line."""
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        height = max(word.box[3] for word in line) - min(word.box[1] for word in line)
        start = 0
        for index in range(1, len(line) + 1):
            gap = MIN_COLUMN_GAP_LINES * height + 1
            if index == len(line) or line[index].box[0] - line[index - 1].box[2] > gap:
                yield _build_line(line[start:index], points, left, top)
                start = index


def _build_line(words: list[RecognisedWord], points: float, left: int, top: int) -> Line:
    boxes = [
        _scale((word.box[0] + left, word.box[1] + top, word.box[2] + left, word.box[3] + top), points)
        for word in words
    ]
    box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    size = round(box[3] - box[1], 2)
    found = [
        Word(word.text, box, size, confidence=round(word.confidence, 4))
        for word, box in zip(words, boxes, strict=True)
    ]
    return Line(found, box)


def _scale(box: tuple[float, float, float, float], points: float) -> Box:
    left, top, right, bottom = box
    return (
        round(left * points, 2),
        round(top * points, 2),
        round(right * points, 2),
        round(bottom * points, 2),
    )
