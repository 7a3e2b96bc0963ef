"""Turns the picture of a page into an upright grey one that tesseract reads well, and knows the way back."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.readers.ocr.stamps import make_grey
from extract.readers.ocr.tesseract import Picture
from extract.spans import Box

WHITE = 255
SKEW_DOTS_PER_INCH = 75
"""Lines of text stand apart enough at this resolution for their slope, and 200 slopes take 15 ms."""
MAX_SKEW_DEGREES = 8.0
COARSE_STEP_DEGREES = 0.5
FINE_STEP_DEGREES = 0.05
MIN_SKEW_DEGREES = 0.12
"""A smaller slope moves a line by less than its dots do; turning would only blur the letters."""
MIN_INK_PIXELS = 50
SMALL_RULE_PIXELS = 20
MIN_SIDE_CONTRAST_RATIO = 2.0
"""Rows of text are 3 to 11 times as sharp as columns on pages that stand upright."""
BOX_DECIMALS = 2

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class UprightPage:
    """A grey picture with level lines; ``matrix`` (2 x 3) leads from its pixels to those of the scan."""

    picture: Picture
    matrix: Matrix


def turn_box(box: Box, matrix: Matrix) -> Box:
    """Give the level box that holds a box led through a matrix (2 x 3).

    >>> turn_box((0.0, 0.0, 2.0, 1.0), np.array([[0.0, -1.0, 5.0], [1.0, 0.0, 0.0]]))
    (4.0, 0.0, 5.0, 2.0)
    """
    left, top, right, bottom = box
    corners = np.array([[left, top, 1], [right, top, 1], [left, bottom, 1], [right, bottom, 1]])
    xs, ys = matrix @ corners.T
    sides = (float(side) for side in (xs.min(), ys.min(), xs.max(), ys.max()))
    left, top, right, bottom = (round(side, BOX_DECIMALS) for side in sides)
    return left, top, right, bottom


def shrink(picture: Picture, dots_per_inch: int, wanted: int) -> tuple[Picture, float]:
    """Make a picture smaller to ``wanted`` dots per inch; gives it and its scale, never more than 1."""
    scale = min(wanted / dots_per_inch, 1.0)
    if scale == 1.0:
        return picture, scale
    return _reduce(picture, scale), scale


def _reduce(picture: Picture, scale: float) -> Picture:
    height, width = picture.shape
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def prepare(image: Image.Image, dots_per_inch: int, upside_down: bool = False) -> UprightPage:
    """Make a page grey, upright and level; ``upside_down`` turns it by half.

    Pages that lie on their side are turned; which side is up, only reading them can tell.

    >>> prepare(Image.new("L", (40, 30), 255), 300).picture.shape
    (30, 40)
    """
    picture = make_grey(image, dots_per_inch)
    skew, contrast = find_skew(picture, dots_per_inch)
    side = np.rot90(picture)
    side_skew, side_contrast = find_skew(side, dots_per_inch)
    quarters = 2 * upside_down
    if side_contrast > MIN_SIDE_CONTRAST_RATIO * contrast:
        skew, quarters = side_skew, quarters + 1
    return _turn(picture, quarters, skew)


def find_skew(picture: Picture, dots_per_inch: int) -> tuple[float, float]:
    """Find by how many degrees the lines of a grey page fall from left to right, 0.0 when unknown.

    The slope is the one along which the ink falls into the sharpest rows; how sharp they are, to be
    compared between turns of one page, is given too. Rules do not count, a table has them both ways.
    """
    scale = min(SKEW_DOTS_PER_INCH / dots_per_inch, 1.0)
    small = _reduce(picture, scale)
    ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    upright_rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((SMALL_RULE_PIXELS, 1), np.uint8))
    ys, xs = np.nonzero(ink > upright_rules)
    if len(ys) < MIN_INK_PIXELS:
        return 0.0, 0.0
    coarse = np.arange(-MAX_SKEW_DEGREES, MAX_SKEW_DEGREES + COARSE_STEP_DEGREES / 2, COARSE_STEP_DEGREES)
    around = _sharpest(ys, xs, coarse)
    fine = np.arange(around - COARSE_STEP_DEGREES, around + COARSE_STEP_DEGREES, FINE_STEP_DEGREES)
    slope = _sharpest(ys, xs, fine)
    return round(slope, 2), _row_contrast(ys, xs, slope)


def _sharpest(ys: NDArray[np.intp], xs: NDArray[np.intp], slopes: NDArray[np.float64]) -> float:
    return float(max(slopes, key=lambda slope: _row_contrast(ys, xs, slope)))


def _row_contrast(ys: NDArray[np.intp], xs: NDArray[np.intp], slope: float) -> float:
    """Sum the squared differences of the ink of neighbouring rows, which run at a slope in degrees."""
    rows = (ys - xs * np.tan(np.radians(slope))).astype(np.int64)
    ink = np.bincount(rows - rows.min())
    return float((np.diff(ink) ** 2).sum())


def _turn(picture: Picture, quarters: int, skew: float) -> UprightPage:
    """Turn a grey page by quarters against the clock, then back by its skew in degrees."""
    height, width = picture.shape
    # Where pixels of the turned page stand in the scan.
    quarter_matrices = (
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
        [[0.0, -1.0, width], [1.0, 0.0, 0.0]],
        [[-1.0, 0.0, width], [0.0, -1.0, height]],
        [[0.0, 1.0, 0.0], [-1.0, 0.0, height]],
    )
    matrix = np.array(quarter_matrices[quarters % 4])
    turned = np.ascontiguousarray(np.rot90(picture, quarters))
    if abs(skew) < MIN_SKEW_DEGREES:
        return UprightPage(turned, matrix)
    height, width = turned.shape
    rotation = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    level = cv2.warpAffine(
        turned,
        rotation,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    back = np.vstack([cv2.invertAffineTransform(rotation), [0.0, 0.0, 1.0]])
    return UprightPage(np.asarray(level, dtype=np.uint8), matrix @ back)
