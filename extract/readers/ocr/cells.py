"""Reads the cells of ruled tables, figures a second time with the model that is better at them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

import cv2
import numpy as np

from extract.readers.layout.page import Line, PageCell, PageTable
from extract.readers.ocr.figures import recognise_figures, recognise_lone_figures
from extract.readers.ocr.mending import mend_lines
from extract.readers.ocr.prepare import WHITE, shrink
from extract.readers.ocr.printed import POINTS_PER_INCH, build_line
from extract.readers.ocr.ruled_tables import Grid, GridCell
from extract.readers.ocr.tesseract import (
    ENGLISH,
    SINGLE_BLOCK,
    SINGLE_SIGN,
    Picture,
    RecognisedLine,
    has_language,
    recognise,
)
from extract.spans import Box
from extract.syllables import is_vietnamese_syllable

CELL_DOTS_PER_INCH = 210
"""Cells are set in smaller type than the text around them."""
FRAME_PIXELS = 12
"""Tesseract misses letters at the very edge of a picture; a white frame keeps them away from it."""
DARK = 160
MAX_RULE_PIXELS = 8
"""Ink at the edge of a cell that is no thicker than this is what is left of a rule."""
MIN_INK_PIXELS = 20
"""Less ink in a cell, or in a spot of it, is dust: a full stop has 30 pixels at 300 dots per inch."""
MAX_DUST_PIXELS = 12
FIGURE = re.compile(r"[-–+≥≤<>~]?\d[\d.,/:–-]*%?")
FIGURES = re.compile(rf"{FIGURE.pattern}(?: {FIGURE.pattern})*+")
SPECK = re.compile(r"[^\w%‰+)\]]{1,3}")
SIGN = re.compile(r"[-–+]|\d{1,3}")
"""What is taken of a cell that was seen empty at first: lone figures and dashes are missed."""
FIGURE_SIGNS = re.compile(r"[\d.,/%§|!]")
LETTERS = re.compile(r"[^\W\d_]+")
MIN_FIGURE_SHARE = 0.5
DISAGREEMENT_FACTOR = 0.5
"""Two models that read different figures leave the better one half as sure."""


@dataclass(slots=True)
class _Inked:
    """A cell that holds ink: its picture, its scale, and the lines read in it."""

    cell: GridCell
    grid: int
    picture: Picture
    scale: float
    lines: list[RecognisedLine]

    @property
    def text(self) -> str:
        return _text(self.lines)


def recognise_tables(picture: Picture, grids: list[Grid], dots_per_inch: int) -> list[PageTable]:
    """Read the cells of the tables of a level page, all of them in one run of tesseract.

    Cells of figures are read again; where the two models differ, the figure counts as unsure. Raises what
    ``recognise`` raises.
    """
    inked = [
        found
        for number, grid in enumerate(grids)
        for cell in grid.cells
        if (found := _cut(picture, cell, number, dots_per_inch)) is not None
    ]
    dots = min(CELL_DOTS_PER_INCH, dots_per_inch)
    for one, lines in zip(inked, recognise([one.picture for one in inked], SINGLE_BLOCK, dots), strict=True):
        one.lines = lines
    if has_language(ENGLISH):
        _read_figures(_find_figures(inked), dots)
    unread = [one for one in inked if not one.text]
    for one, lines in zip(unread, recognise([one.picture for one in unread], SINGLE_SIGN, dots), strict=True):
        one.lines = [line for line in lines if SIGN.fullmatch(line.text)]
    points = POINTS_PER_INCH / dots_per_inch
    lines_of = {(one.grid, one.cell): _build_lines(one, points) for one in inked}
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
                    lines_of.get((number, cell), []),
                )
                for cell in grid.cells
            ],
        )
        for number, grid in enumerate(grids)
    ]


def _cut(picture: Picture, cell: GridCell, grid: int, dots_per_inch: int) -> _Inked | None:
    """Cut the inside of a cell out, without what is left of its rules; None when it is empty."""
    left, top, right, bottom = cell.box
    inside = picture[top:bottom, left:right].copy()
    if np.median(inside) < WHITE // 2:
        inside = np.asarray(WHITE - inside, dtype=np.uint8)
    ink = (inside < DARK).astype(np.uint8)
    height, width = ink.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    spots = 0
    for label in range(1, count):
        x, y, spot_width, spot_height, area = stats[label].tolist()
        beside = (x <= 1 or x + spot_width >= width - 1) and spot_width <= MAX_RULE_PIXELS
        above = (y <= 1 or y + spot_height >= height - 1) and spot_height <= MAX_RULE_PIXELS
        if beside or above or area <= MAX_DUST_PIXELS:
            inside[labels == label] = WHITE
        else:
            spots += area
    if spots < MIN_INK_PIXELS:
        return None
    framed = np.pad(inside, FRAME_PIXELS, constant_values=WHITE)
    small, scale = shrink(framed, dots_per_inch, CELL_DOTS_PER_INCH)
    return _Inked(cell, grid, small, scale, [])


def _find_figures(inked: list[_Inked]) -> list[list[_Inked]]:
    """Find the cells to read again, by column: those of figures, and doubtful ones in columns of figures."""
    columns: dict[tuple[int, int], list[_Inked]] = defaultdict(list)
    for one in inked:
        columns[one.grid, one.cell.column].append(one)
    found = []
    for column in columns.values():
        figures = [one for one in column if _is_figure(one.text)]
        mostly = len(figures) >= MIN_FIGURE_SHARE * len(column)
        found.append([one for one in column if one in figures or (mostly and not _is_worded(one.text))])
    return [column for column in found if column]


def _read_figures(columns: list[list[_Inked]], dots_per_inch: int) -> None:
    """Read the figures of columns again, and a third time where the two readings differ in a column."""
    pictures = [one.picture for column in columns for one in column]
    lone = iter(recognise_lone_figures(pictures, dots_per_inch))
    again = [[next(lone) for _ in column] for column in columns]
    doubtful = [
        number
        for number, column in enumerate(columns)
        if any(one.text != _text(lines) for one, lines in zip(column, again[number], strict=True))
    ]
    blocks = [[one.picture for one in columns[number]] for number in doubtful]
    third = iter(recognise_figures(blocks, dots_per_inch))
    for number in doubtful:
        for one, lines in zip(columns[number], again[number], strict=True):
            one.lines = _choose_figure(one.lines, lines, next(third))
    for column in columns:
        for one in column:
            one.lines = [_drop_specks(line) for line in one.lines]


def _is_figure(text: str) -> bool:
    solid = "".join(text.split())
    return bool(solid) and len(FIGURE_SIGNS.findall(solid)) >= MIN_FIGURE_SHARE * len(solid)


def _is_worded(text: str) -> bool:
    return any(len(word) > 1 and is_vietnamese_syllable(word) for word in LETTERS.findall(text))


def _choose_figure(
    first: list[RecognisedLine], lone: list[RecognisedLine], block: list[RecognisedLine]
) -> list[RecognisedLine]:
    """Choose what two of three readings agree on, else the first figure among them, which is unsure then."""
    read, alone, among = _text(first), _text(lone), _text(block)
    if read in (alone, among) and read:
        return first
    if alone == among and FIGURES.fullmatch(alone):
        return lone
    for lines, text in ((lone, alone), (block, among), (first, read)):
        if FIGURES.fullmatch(text):
            return _make_unsure(lines) if FIGURES.fullmatch(read) else lines
    return first


def _drop_specks(line: RecognisedLine) -> RecognisedLine:
    """Leave out what stands behind the figures of a line and is none: specks and rests of rules."""
    words = list(line.words)
    while len(words) > 1 and SPECK.fullmatch(words[-1].text) and FIGURE.fullmatch(words[-2].text):
        words.pop()
    return replace(line, words=tuple(words))


def _make_unsure(lines: list[RecognisedLine]) -> list[RecognisedLine]:
    factor = DISAGREEMENT_FACTOR
    return [
        replace(line, words=tuple(replace(word, confidence=word.confidence * factor) for word in line.words))
        for line in lines
    ]


def _text(lines: list[RecognisedLine]) -> str:
    return " ".join(line.text for line in lines)


def _build_lines(one: _Inked, points: float) -> list[Line]:
    left = (one.cell.box[0] - FRAME_PIXELS) * points
    top = (one.cell.box[1] - FRAME_PIXELS) * points
    lines = (build_line(line, points / one.scale, left, top) for line in one.lines)
    # Signatures and seals do not stand in cells, but figures that two models read differently do.
    return mend_lines(lines, keep_unsure=True)


def _scale(box: tuple[int, int, int, int], points: float) -> Box:
    left, top, right, bottom = box
    return (
        round(left * points, 2),
        round(top * points, 2),
        round(right * points, 2),
        round(bottom * points, 2),
    )
