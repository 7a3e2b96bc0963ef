"""The ruled lines of a PDF page, found among its drawings, and the images that cover it."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from extract.readers.pdf.binding import address_of, argument, ask_each, bind
from extract.readers.pdf.frame import Frame
from extract.spans import Box

Matrix = tuple[float, float, float, float, float, float]

MAX_OBJECTS = 20_000
"""Of a page, forms within it included; a page with more is a drawing, whose lines make no table."""
MAX_SEGMENTS = 20_000
MAX_DEPTH = 4
"""Of forms within forms."""
MAX_RULE_WIDTH_POINTS = 3.0
"""A filled box as thin as this is a line; the widest border that word processors offer is 6 points."""
MIN_RULE_POINTS = 3.0
MAX_SLANT_POINTS = 0.5
CELL_PADDING_POINTS = 5.4
MIN_CUT_RULES = 3
"""Level lines that run to the very edge of a page, so many, are a table that it cuts off."""
TEXT = pdfium_c.FPDF_PAGEOBJ_TEXT
FIND_OBJECT = bind(pdfium_c.FPDFPage_GetObject, ctypes.c_void_p)
FIND_INNER_OBJECT = bind(pdfium_c.FPDFFormObj_GetObject, ctypes.c_void_p)
FIND_TYPE = bind(pdfium_c.FPDFPageObj_GetType, ctypes.c_int)
FIND_BOUNDS = bind(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int)
FIND_MODE = bind(pdfium_c.FPDFPath_GetDrawMode, ctypes.c_int)
COUNT_SEGMENTS = bind(pdfium_c.FPDFPath_CountSegments, ctypes.c_int)
READ_BOUNDS = struct.Struct("4f").unpack
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawings:
    """Level and upright lines of a page as boxes, its images' boxes, and whether there was too much.

    ``level`` and ``upright`` hold boxes of no or little thickness, as shown.
    """

    level: list[Box] = field(default_factory=list)
    upright: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    crowded: bool = False


def read_drawings(page: Any, frame: Frame, reach: float = 0.0) -> Drawings:
    """Read the lines and images of a page; ``page`` is pdfium's handle, ``frame`` where the boxes stand.

    ``reach`` is how far to the right the page's words reach, which may be beyond its edge.

    Filled areas and slanted or curved strokes are no lines. A page with more than ``MAX_OBJECTS``
    objects comes back ``crowded``, with the lines found until then.
    """
    return _DrawingReader(frame).read(page, reach)


class _DrawingReader:
    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.found = Drawings()
        self.objects_left, self.segments_left = MAX_OBJECTS, MAX_SEGMENTS
        self.bounds = (ctypes.c_float * 4)()
        first = ctypes.addressof(self.bounds)
        self.room = [argument(first + place * ctypes.sizeof(ctypes.c_float)) for place in range(4)]
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()
        self.modes = [argument(ctypes.addressof(mode)) for mode in (self.fill, self.stroke)]

    def read(self, page: Any, reach: float) -> Drawings:
        count = min(pdfium_c.FPDFPage_CountObjects(page), MAX_OBJECTS + 1)
        items = ask_each(FIND_OBJECT, address_of(page), range(count))
        self.found.crowded = not self._take_all(items, IDENTITY, 0)
        self._close_at_edge(reach)
        return self.found

    def _close_at_edge(self, reach: float) -> None:
        """Draw the ruling that a table wider than the page has beyond its right edge."""
        width = self.frame.size[0]
        cut = [box for box in self.found.level if box[2] >= width - MAX_RULE_WIDTH_POINTS]
        if len(cut) < MIN_CUT_RULES:
            return
        right = max(reach + CELL_PADDING_POINTS, *(box[2] for box in cut))
        self.found.level = [box for box in self.found.level if box not in cut]
        self.found.level += [(left, top, right, bottom) for left, top, _, bottom in cut]
        self.found.upright.append((right, min(box[1] for box in cut), right, max(box[3] for box in cut)))

    def _take_image(self, box: Box) -> None:
        """Keep an image; one as thin as a line is the patterned border of a cell."""
        if min(box[2] - box[0], box[3] - box[1]) <= MAX_RULE_WIDTH_POINTS + MAX_SLANT_POINTS:
            self._add(box)
        else:
            self.found.images.append(box)

    def _take_all(self, items: list[int], matrix: Matrix, depth: int) -> bool:
        """Take objects and what they hold; say whether there may be more."""
        handles = list(map(argument, items))
        for item, handle, kind in zip(items, handles, map(FIND_TYPE, handles), strict=True):
            self.objects_left -= 1
            if self.objects_left < 0 or self.segments_left < 0:
                return False
            if kind != TEXT and not self._take(item, handle, kind, matrix, depth):
                return False
        return True

    def _take(self, item: int, handle: Any, kind: int, matrix: Matrix, depth: int) -> bool:
        """Take an object that is no text and what it holds; say whether there may be more."""
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            self._take_path(item, handle, matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            self._take_image(self._bounds(handle, matrix))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = _multiply(_matrix_of(item), matrix)
            count = min(pdfium_c.FPDFFormObj_CountObjects(_handle(item)), self.objects_left + 1)
            return self._take_all(ask_each(FIND_INNER_OBJECT, item, range(count)), inner, depth + 1)
        return True

    def _bounds(self, handle: Any, matrix: Matrix) -> Box:
        FIND_BOUNDS(handle, *self.room)
        left, bottom, right, top = READ_BOUNDS(self.bounds)
        return self._show(left, bottom, right, top, matrix)

    def _show(self, x0: float, y0: float, x1: float, y1: float, matrix: Matrix) -> Box:
        if matrix is not IDENTITY:
            x0, y0 = _apply(matrix, x0, y0)
            x1, y1 = _apply(matrix, x1, y1)
        return self.frame.show(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _take_path(self, item: int, handle: Any, matrix: Matrix) -> None:
        box = self._bounds(handle, matrix)
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= MAX_RULE_WIDTH_POINTS:
            self._add(box)
            return
        FIND_MODE(handle, *self.modes)
        segments = COUNT_SEGMENTS(handle)
        if self.stroke.value or segments > 5:
            self.segments_left -= segments
            if self.segments_left >= 0:
                inner = _multiply(_matrix_of(item), matrix)
                for edge in self._edges(_handle(item), segments, inner):
                    self._add(edge)

    def _add(self, box: Box) -> None:
        width, height = box[2] - box[0], box[3] - box[1]
        if width >= max(MIN_RULE_POINTS, height):
            self.found.level.append(box)
        elif height >= MIN_RULE_POINTS:
            self.found.upright.append(box)

    def _edges(self, path: Any, count: int, matrix: Matrix) -> Iterator[Box]:
        """Give the level and upright segments of a path."""
        x, y = ctypes.c_float(), ctypes.c_float()
        start = here = (0.0, 0.0)
        for index in range(count):
            segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
            pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            point = _apply(matrix, x.value, y.value)
            kind = pdfium_c.FPDFPathSegment_GetType(segment)
            if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium_c.FPDF_SEGMENT_LINETO and _is_straight(here, point):
                yield self._show(*here, *point, IDENTITY)
            here = point
            if pdfium_c.FPDFPathSegment_GetClose(segment) and _is_straight(here, start):
                yield self._show(*here, *start, IDENTITY)


def _is_straight(here: tuple[float, float], there: tuple[float, float]) -> bool:
    return min(abs(here[0] - there[0]), abs(here[1] - there[1])) <= MAX_SLANT_POINTS


def _handle(item: int) -> Any:
    return ctypes.cast(item, pdfium_c.FPDF_PAGEOBJECT)


def _matrix_of(item: int) -> Matrix:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(_handle(item), ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    """Give the matrix that applies the first, then the second."""
    a, b, c, d, e, f = first
    e, f = _apply(second, e, f)
    second = (*second[:4], 0.0, 0.0)
    a, b = _apply(second, a, b)
    c, d = _apply(second, c, d)
    return a, b, c, d, e, f
