"""Where the characters of a PDF page stand, in the coordinates of its content."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Sequence
from typing import Literal

import pypdfium2.raw as pdfium_c

from extract.readers.pdf.binding import bind, fill_each
from extract.spans import Box

Direction = Literal["", "right", "left", "up", "down"]
Stretch = tuple[int, int]
"""Pdfium's indices of the first character and of the one behind the last."""

FIND_BOX = bind(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
BOX_BYTES = 16
READ_BOXES = struct.Struct("8f").iter_unpack
FIND_ORIGIN = bind(pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int)
COORDINATE_BYTES = 8
READ_POINTS = struct.Struct("2d").iter_unpack


def measure(address: int, stretches: Sequence[Stretch]) -> tuple[list[Box], list[Direction]]:
    """Measure stretches of characters of the text page at an address, by their first and last characters.

    Gives their boxes (left, bottom, right, top) and where they run to, nowhere for a single character.
    """
    ends = [index for first, end in stretches for index in (first, end - 1)]
    corners = READ_BOXES(fill_each(FIND_BOX, address, ends, (BOX_BYTES,)))
    boxes: list[Box] = []
    directions: list[Direction] = []
    for (first, end), corner in zip(stretches, corners, strict=True):
        left, top, right, bottom, last_left, last_top, last_right, last_bottom = corner
        if end - first == 1:
            boxes.append((left, bottom, right, top))
            directions.append("")
        elif last_bottom == bottom and last_left >= left:
            boxes.append((left, bottom, last_right, top))
            directions.append("right")
        else:
            across = last_left + last_right - left - right
            directions.append(_direction(across, last_bottom + last_top - bottom - top))
            boxes.append(
                (
                    left if left < last_left else last_left,
                    bottom if bottom < last_bottom else last_bottom,
                    right if right > last_right else last_right,
                    top if top > last_top else last_top,
                )
            )
    return boxes, directions


def _direction(across: float, along: float) -> Direction:
    if abs(across) >= abs(along):
        return "right" if across >= 0 else "left"
    return "up" if along > 0 else "down"


def find_origins(address: int, indices: Sequence[int]) -> list[tuple[float, float]]:
    """Give the points on the base line that characters are set at; ``address`` is that of the text page."""
    points = fill_each(FIND_ORIGIN, address, indices, (COORDINATE_BYTES, COORDINATE_BYTES))
    return [(x, y) for x, y in READ_POINTS(points)]
