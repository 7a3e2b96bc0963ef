"""How the text of a PDF page is set: the size of its type, bold, drawn or not."""

from __future__ import annotations

import ctypes
import re
import struct
from collections.abc import Sequence
from math import hypot
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

from extract.readers.pdf.binding import argument, ask_each, bind, fill_each

MIN_SIZE_POINTS, MAX_SIZE_POINTS = 1.0, 400.0
BOLD_NAME = re.compile("bold|black|heavy|demi", re.IGNORECASE)
FONT_NAME_BYTES = 256
FILL_AND_STROKE = 2
"""The text rendering mode by which a font without a bold cut is made bold."""
INVISIBLE = 3
"""The text rendering mode of the text layer that OCR lays over a scan."""
FIND_MATRIX = bind(pdfium_c.FPDFText_GetMatrix, ctypes.c_int)
READ_MATRICES = struct.Struct("6f")
FIND_SIZE = bind(pdfium_c.FPDFText_GetFontSize, ctypes.c_double)
FIND_OBJECT = bind(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p)
FIND_FONT = bind(pdfium_c.FPDFTextObj_GetFont, ctypes.c_void_p)
FIND_MODE = bind(pdfium_c.FPDFTextObj_GetTextRenderMode, ctypes.c_int)


class Font(NamedTuple):
    """How text is set; a size of 0 is not known."""

    size: float
    bold: bool
    invisible: bool


UNKNOWN_FONT = Font(0.0, False, False)


class Fonts:
    """Tells how the text at characters is set; asks once for each text object.

    ``settings`` tells how each text object that was met is set; what is set alike has one and the same
    `Font`. ``levels`` tells at what height the base line of a text object is, where it is level.
    """

    def __init__(self, address: int) -> None:
        self.address = address
        self.settings: dict[int | None, Font] = {None: UNKNOWN_FONT}
        self.levels: dict[int | None, float] = {}
        self._known: dict[tuple[int | None, float, int], Font] = {}
        self._bold: dict[int, bool] = {}

    def look(self, index: int) -> Font:
        """Give how the character of an index is set."""
        item = FIND_OBJECT(argument(self.address), index)
        if item not in self.settings:
            self._read({item: index})
        return self.settings[item]

    def find_objects(self, indices: Sequence[int]) -> list[int | None]:
        """Give the text objects, as addresses, that hold characters; None for one that none holds."""
        found: list[int | None] = ask_each(FIND_OBJECT, self.address, indices)
        # The last of equal keys stays: turned around, that is the first character of each text object.
        first = dict(zip(reversed(found), reversed(indices), strict=True))
        first.pop(None, None)
        self._read(first)
        return found

    def _read(self, unknown: dict[int | None, int]) -> None:
        """Read how text objects are set; each comes with the index of one of its characters."""
        indices = list(unknown.values())
        sizes = ask_each(FIND_SIZE, self.address, indices)
        written = fill_each(FIND_MATRIX, self.address, indices, (READ_MATRICES.size,))
        handles = list(map(argument, unknown))
        fonts, modes = map(FIND_FONT, handles), map(FIND_MODE, handles)
        for item, size, matrix, font, mode in zip(
            unknown, sizes, READ_MATRICES.iter_unpack(written), fonts, modes, strict=True
        ):
            _, slope, skew, scale, _, height = matrix
            size *= hypot(skew, scale)
            if not MIN_SIZE_POINTS <= size <= MAX_SIZE_POINTS:
                size = 0.0
            if not slope:
                self.levels[item] = height
            setting = font, size, mode
            known = self._known.get(setting)
            if known is None:
                bold = self._is_bold(font) or mode == FILL_AND_STROKE
                known = self._known[setting] = Font(size, bold, mode == INVISIBLE)
            self.settings[item] = known

    def _is_bold(self, address: int | None) -> bool:
        if address is None:
            return False
        if address not in self._bold:
            name = ctypes.create_string_buffer(FONT_NAME_BYTES)
            font = ctypes.cast(address, pdfium_c.FPDF_FONT)
            length = pdfium_c.FPDFFont_GetBaseFontName(font, name, FONT_NAME_BYTES)
            text = name.raw[: max(min(length, FONT_NAME_BYTES) - 1, 0)].decode("utf-8", "replace")
            self._bold[address] = BOLD_NAME.search(text) is not None
        return self._bold[address]
