"""Finds the tables of a scanned page by their rules: the grid and the cells, also merged ones."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.readers.ocr.tesseract import Picture, PixelBox

WHITE = 255
MILLIMETRES_PER_INCH = 25.4
MIN_RULE_MILLIMETRES = 6.0
"""Longer than any stroke of a letter and than a dash, shorter than nearly all cells are wide."""
MIN_ROW_MILLIMETRES = 3.5
"""Upright rules between two level ones may be so short: rows of one line in small type."""
MIN_ERASED_UPRIGHT_MILLIMETRES = 12.0
MAX_RULE_GAP_MILLIMETRES = 2.5
"""Scans break thin rules; a gap of this length is closed."""
MIN_TABLE_WIDTH_MILLIMETRES = 30.0
MIN_TABLE_HEIGHT_MILLIMETRES = 8.0
MIN_CELL_MILLIMETRES = 3.0
MAX_EDGE_DISTANCE_MILLIMETRES = 1.2
"""Edges of cells this close to each other are the two sides of one rule."""
MIN_CELL_FILL = 0.75
"""A cell is a rectangle: a hole that fills less of its box is the space between other things."""
MIN_TABLE_CELLS = 4
MAX_TABLE_CELLS = 4000
REDUCTION = 2
"""Grids are found on a picture of half the size: a quarter of the time, and rules are still 2 pixels wide."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its first row and column, how many of them it covers, and its inside in pixels."""

    row: int
    column: int
    rows: int
    columns: int
    box: PixelBox


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its outline in pixels and its cells, row by row."""

    box: PixelBox
    cells: tuple[GridCell, ...]


def find_rules(picture: Picture, dots_per_inch: int) -> tuple[Picture, Picture]:
    """Mark the pixels of level and of upright rules of a level grey page."""
    otsu = cv2.threshold(picture, 0, WHITE, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    dark = np.asarray(otsu, dtype=np.uint8)
    length = round(MIN_RULE_MILLIMETRES * dots_per_inch / MILLIMETRES_PER_INCH)
    level = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)), dtype=np.uint8)
    upright = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    short = _find_short_uprights(dark, level, dots_per_inch / MILLIMETRES_PER_INCH)
    return level, np.asarray(cv2.bitwise_or(upright, short), dtype=np.uint8)


def _find_short_uprights(dark: Picture, level: Picture, dots: float) -> Picture:
    """Mark the upright rules of low rows: strokes from one level rule to another, as no letter has."""
    short = np.zeros_like(dark)
    if np.count_nonzero((level > 0).sum(axis=1) >= MIN_TABLE_WIDTH_MILLIMETRES * dots) < 2:
        return short
    kernel = np.ones((round(MIN_ROW_MILLIMETRES * dots), 1), np.uint8)
    strokes = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    reach = round(MAX_RULE_GAP_MILLIMETRES * dots) // 2
    near = cv2.dilate(level, np.ones((2 * reach + 1, 1), np.uint8)) > 0
    stats = cv2.connectedComponentsWithStats(_reduce(strokes), connectivity=8)[2][1:]
    for left, top, right, bottom in (_enlarge((x, y, x + w, y + h)) for x, y, w, h, _ in stats.tolist()):
        middle, last = (left + right) // 2, min(bottom, near.shape[0]) - 1
        low = bottom - top < MIN_RULE_MILLIMETRES * dots and right - left < dots
        if low and near[top, min(middle, near.shape[1] - 1)] and near[last, min(middle, near.shape[1] - 1)]:
            short[top:bottom, left:right] = strokes[top:bottom, left:right]
    return short


def erase_rules(picture: Picture, rules: tuple[Picture, Picture], dots_per_inch: int) -> Picture:
    """Give the picture without its rules: tesseract reads underlines as dashes and frames as letters.

    Short upright ones stay, since the strokes of large type are as long.
    """
    length = round(MIN_ERASED_UPRIGHT_MILLIMETRES * dots_per_inch / MILLIMETRES_PER_INCH)
    upright = cv2.morphologyEx(rules[1], cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    marked = cv2.dilate(cv2.bitwise_or(rules[0], upright), np.ones((3, 3), np.uint8))
    erased = picture.copy()
    erased[marked > 0] = WHITE
    return erased


def find_ruled_tables(rules: tuple[Picture, Picture], dots_per_inch: int) -> list[Grid]:
    """Find the tables that the rules of a page make, from top to bottom."""
    dots = dots_per_inch / MILLIMETRES_PER_INCH / REDUCTION
    # Odd, so that the closed rules hold all that was there.
    gap = round(MAX_RULE_GAP_MILLIMETRES * dots) | 1
    level = cv2.morphologyEx(_reduce(rules[0]), cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    upright = cv2.morphologyEx(_reduce(rules[1]), cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    joined = cv2.bitwise_or(level, upright)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    grids = []
    for label, (left, top, width, height, _) in enumerate(stats.tolist()):
        large = width >= MIN_TABLE_WIDTH_MILLIMETRES * dots and height >= MIN_TABLE_HEIGHT_MILLIMETRES * dots
        if label == 0 or not large:
            continue
        own = labels[top : top + height, left : left + width] == label
        cells = _build_cells(_find_holes(own, dots), dots, left, top)
        if MIN_TABLE_CELLS <= len(cells) <= MAX_TABLE_CELLS and _is_grid(cells):
            grids.append(Grid(_enlarge((left, top, left + width, top + height)), tuple(cells)))
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


def find_frames(rules: tuple[Picture, Picture]) -> list[PixelBox]:
    """Find the boxes of rules that touch each other: tables, frames and single rules."""
    joined = cv2.dilate(_reduce(cv2.bitwise_or(*rules)), np.ones((3, 3), np.uint8))
    stats = cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:]
    return [
        _enlarge((left, top, left + width, top + height)) for left, top, width, height, _ in stats.tolist()
    ]


def _reduce(rules: cv2.typing.MatLike) -> Picture:
    """Give the mask of rules at half the size; a rule of one pixel stays whole."""
    thick = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    return np.ascontiguousarray(thick[::REDUCTION, ::REDUCTION]).astype(np.uint8)


def _enlarge(box: PixelBox) -> PixelBox:
    left, top, right, bottom = box
    return (left * REDUCTION, top * REDUCTION, right * REDUCTION, bottom * REDUCTION)


def _find_holes(rules: NDArray[np.bool_], dots: float) -> list[PixelBox]:
    """Find the rectangles that the rules enclose; the outline of the rules closes open sides."""
    space = np.where(rules, 0, WHITE).astype(np.uint8)
    space[0, :] = space[-1, :] = space[:, 0] = space[:, -1] = 0
    stats = cv2.connectedComponentsWithStats(space, connectivity=4)[2]
    side = MIN_CELL_MILLIMETRES * dots
    return [
        (left, top, left + width, top + height)
        for left, top, width, height, area in stats[1:].tolist()
        if width >= side and height >= side and area >= MIN_CELL_FILL * width * height
    ]


def _build_cells(boxes: list[PixelBox], dots: float, left: int, top: int) -> list[GridCell]:
    """Give every box its rows and columns, counted between the rules that any cell ends at."""
    nearest = MAX_EDGE_DISTANCE_MILLIMETRES * dots
    columns = _join_edges([x for box in boxes for x in (box[0], box[2])], nearest)
    rows = _join_edges([y for box in boxes for y in (box[1], box[3])], nearest)
    cells = [
        GridCell(
            rows[y0],
            columns[x0],
            max(rows[y1] - rows[y0], 1),
            max(columns[x1] - columns[x0], 1),
            _enlarge((x0 + left, y0 + top, x1 + left, y1 + top)),
        )
        for x0, y0, x1, y1 in boxes
    ]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _join_edges(edges: list[int], nearest: float) -> dict[int, int]:
    """Number the rules: edges that follow each other closely have the number of one rule."""
    numbers: dict[int, int] = {}
    number, last = -1, -nearest - 1
    for edge in sorted(set(edges)):
        number += edge - last > nearest
        numbers[edge] = number
        last = edge
    return numbers


def _is_grid(cells: list[GridCell]) -> bool:
    """Tell a table from a frame: it has several rows and several columns."""
    return len({cell.row for cell in cells}) > 1 and len({cell.column for cell in cells}) > 1
