"""Takes stamps out of scanned pages: red seals and blue signatures by colour, framed ones by their place."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.readers.ocr.ruled_tables import MILLIMETRES_PER_INCH, WHITE, Grid, find_frames
from extract.readers.ocr.tesseract import Picture, PixelBox

MIN_COLOUR_SPREAD = 70
"""Between the strongest and the weakest of red, green and blue; grey and black print has below 30."""
STAMP_DOTS_PER_INCH = 75
MIN_STAMP_MILLIMETRES = 12.0
"""Higher than any line of coloured print, which stays."""
MAX_INK_GAP_MILLIMETRES = 1.5
MAX_FILL = 0.6
"""What is filled with colour for the most part is the ground of a table or heading."""
FRAME_WIDTHS_MILLIMETRES = (25.0, 80.0)
FRAME_HEIGHTS_MILLIMETRES = (10.0, 45.0)
MAX_FRAME_TOP_SHARE = 0.5
"""Incoming documents are stamped beside their head."""
MIN_MARGIN_MILLIMETRES = 6.0
"""How far a stamp reaches into the margin; frames that belong to a document stay between its edges."""
FULL_COLUMN_PERCENTILE = 90
MIN_COLUMN_INK_SHARE = 0.25
"""Columns of pixels within the text have about the same ink; specks and shadows in the margin have less."""
DARK = 128


def make_grey(image: Image.Image, dots_per_inch: int) -> Picture:
    """Make a page grey, without the large coloured strokes on it: seals and signatures over the print.

    Coloured print, which is not as high, stays; so do coloured grounds.
    """
    if image.mode in {"L", "1"}:
        return np.asarray(image.convert("L"))
    colours = np.asarray(image.convert("RGB"))
    grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    step = max(round(dots_per_inch / STAMP_DOTS_PER_INCH), 1)
    for left, top, right, bottom in _find_coloured_strokes(colours[::step, ::step], dots_per_inch / step):
        place = np.s_[top * step : bottom * step, left * step : right * step]
        grey[place][_is_coloured(colours[place])] = WHITE
    return grey


def _find_coloured_strokes(colours: Picture, dots_per_inch: float) -> list[PixelBox]:
    """Find the boxes of coloured strokes that are higher than print and do not fill their box."""
    dots = dots_per_inch / MILLIMETRES_PER_INCH
    coloured = _is_coloured(colours).astype(np.uint8)
    # Odd, so that the closed picture holds all that was there.
    gap = round(MAX_INK_GAP_MILLIMETRES * dots) | 1
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    boxes = []
    for left, top, width, height, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
        ink = int(coloured[top : top + height, left : left + width].sum())
        if height >= MIN_STAMP_MILLIMETRES * dots and ink < MAX_FILL * width * height:
            boxes.append((left, top, left + width, top + height))
    return boxes


def _is_coloured(colours: Picture) -> NDArray[np.bool_]:
    red, green, blue = cv2.split(np.ascontiguousarray(colours))
    highest, lowest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return np.asarray(cv2.subtract(highest, lowest)) >= MIN_COLOUR_SPREAD


def find_framed_stamps(
    picture: Picture, rules: tuple[Picture, Picture], grids: list[Grid], dots_per_inch: int
) -> list[PixelBox]:
    """Find the frames that were stamped into the margin of a page's upper half, as on incoming documents."""
    dots = dots_per_inch / MILLIMETRES_PER_INCH
    boxes = [
        box
        for box in find_frames(rules)
        if _is_between((box[2] - box[0]) / dots, FRAME_WIDTHS_MILLIMETRES)
        and _is_between((box[3] - box[1]) / dots, FRAME_HEIGHTS_MILLIMETRES)
        and box[1] < MAX_FRAME_TOP_SHARE * picture.shape[0]
    ]
    if not boxes:
        return []
    left_edge, right_edge = _find_edges(picture, boxes, MIN_MARGIN_MILLIMETRES * dots)
    margin = MIN_MARGIN_MILLIMETRES * dots
    return [
        box
        for box in boxes
        if (box[0] < left_edge - margin or box[2] > right_edge + margin)
        and not any(_cover(box, grid.box) for grid in grids)
    ]


def _cover(one: PixelBox, other: PixelBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_between(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _find_edges(picture: Picture, boxes: list[PixelBox], max_gap: float) -> tuple[int, int]:
    """Find the edges between which the print of a page stands, not counting what is in boxes."""
    dark = picture < DARK
    for left, top, right, bottom in boxes:
        dark[top:bottom, left:right] = False
    ink = dark.sum(axis=0)
    if not ink.any():
        return 0, picture.shape[1]
    printed = np.flatnonzero(ink >= MIN_COLUMN_INK_SHARE * np.percentile(ink, FULL_COLUMN_PERCENTILE))
    # The widest stretch: scans have dark edges, which stand apart from the text.
    runs = np.split(printed, np.flatnonzero(np.diff(printed) > max_gap) + 1)
    widest = max(runs, key=len)
    return int(widest[0]), int(widest[-1]) + 1
