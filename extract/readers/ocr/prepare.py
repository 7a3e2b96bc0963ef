"""Turns the picture of a page into an upright grey one that tesseract reads well, and knows the way back."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.readers.ocr.tesseract import Picture

WHITE = 255
SKEW_DOTS_PER_INCH = 75
"""Lines of text stand apart enough at this resolution for their slope, and 200 slopes take 15 ms."""
MAX_SKEW_DEGREES = 8.0
COARSE_STEP_DEGREES = 0.5
FINE_STEP_DEGREES = 0.05
MIN_SKEW_DEGREES = 0.12
"""A smaller slope moves a line by less than its dots do; turning would only blur the letters."""
MIN_INK_PIXELS = 50

Matrix = NDArray[np.float64]
Corners = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class UprightPage:
    """A grey picture with level lines; ``matrix`` (2 x 3) leads from its pixels to those of the scan."""

    picture: Picture
    matrix: Matrix

    def scan_box(self, box: Corners) -> Corners:
        """Give the box, level in the scan, that holds a box of the upright picture (both in pixels)."""
        left, top, right, bottom = box
        corners = np.array([[left, top, 1], [right, top, 1], [left, bottom, 1], [right, bottom, 1]])
        xs, ys = self.matrix @ corners.T
        return (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))


def prepare(image: Image.Image, dots_per_inch: int) -> UprightPage:
    """Make a page grey and level.

    >>> prepare(Image.new("L", (40, 30), 255), 300).picture.shape
    (30, 40)
    """
    picture = np.asarray(image.convert("L"))
    return turn_level(picture, find_skew(picture, dots_per_inch))


def find_skew(picture: Picture, dots_per_inch: int) -> float:
    """Find by how many degrees the lines of a grey page fall from left to right (0.0 when unknown).

    The slope is the one along which the ink falls into the sharpest rows.
    """
    scale = min(SKEW_DOTS_PER_INCH / dots_per_inch, 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1])
    if len(ys) < MIN_INK_PIXELS:
        return 0.0
    coarse = np.arange(-MAX_SKEW_DEGREES, MAX_SKEW_DEGREES + COARSE_STEP_DEGREES / 2, COARSE_STEP_DEGREES)
    around = _sharpest(ys, xs, coarse)
    fine = np.arange(around - COARSE_STEP_DEGREES, around + COARSE_STEP_DEGREES, FINE_STEP_DEGREES)
    return round(_sharpest(ys, xs, fine), 2)


def _sharpest(ys: NDArray[np.intp], xs: NDArray[np.intp], slopes: NDArray[np.float64]) -> float:
    return float(max(slopes, key=lambda slope: _row_contrast(ys, xs, slope)))


def _row_contrast(ys: NDArray[np.intp], xs: NDArray[np.intp], slope: float) -> float:
    """Sum the squared differences of the ink of neighbouring rows, which run at a slope in degrees."""
    rows = (ys - xs * np.tan(np.radians(slope))).astype(np.int64)
    ink = np.bincount(rows - rows.min())
    return float((np.diff(ink) ** 2).sum())


def turn_level(picture: Picture, skew: float) -> UprightPage:
    """Turn a grey page back by its skew in degrees; the picture keeps its size."""
    if abs(skew) < MIN_SKEW_DEGREES:
        return UprightPage(picture, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))
    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    level = cv2.warpAffine(
        picture,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=WHITE,
    )
    return UprightPage(
        np.asarray(level, dtype=np.uint8), cv2.invertAffineTransform(matrix).astype(np.float64)
    )
