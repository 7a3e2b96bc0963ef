"""The words of a PDF page with their boxes, sizes and weights, read from pdfium's text page.

A call of pdfium costs a microsecond, so a word is measured by its first and its last character only.
"""

from __future__ import annotations

import ctypes
import re
import struct
from collections import Counter
from dataclasses import dataclass, replace
from math import hypot
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from extract.readers.layout.page import Word
from extract.readers.layout.rows import build_lines, build_rows
from extract.readers.pdf.binding import address_of, bind
from extract.readers.pdf.frame import Frame, Turn
from extract.spans import Box

MAX_PAGE_CHARACTERS = 100_000
"""Fifteen times the fullest page of small print; what a page holds beyond it is left out."""
WORD = re.compile("[^\\s\x00\x02\ufffe]++[\x02\ufffe]?")
LINE_END_HYPHEN = {2: "-", 0xFFFE: "-"}
"""Pdfium puts one of two code points that are no characters for a hyphen at the end of a line."""
ASCENT, DESCENT = 0.75, 0.25
"""How far type of size 1 reaches above and below its base line; the boxes that fonts state differ widely."""
MIN_SIZE_POINTS, MAX_SIZE_POINTS = 1.0, 400.0
RAISED_DIGITS = re.compile(r"[^\W_](?P<raised>\d{1,2})(?:[.,;:)\]/]|\Z)")
"""Digits behind a letter or a figure that may be raised: ``thành phố1.``, ``m3/s``."""
MAX_RAISED_SIZE = 0.85
"""Raised digits are set at two thirds of the size of their word."""
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
BOLD_NAME = re.compile("bold|black|heavy|demi", re.IGNORECASE)
FONT_NAME_BYTES = 256
FILL_AND_STROKE = 2
"""The text rendering mode by which a font without a bold cut is made bold."""
INVISIBLE = 3
"""The text rendering mode of the text layer that OCR lays over a scan."""
MAX_LONE_LETTER_SHARE = 0.05
"""In running text one word in a hundred is a single letter."""
NO_START = -1
"""Where a word begins that was put together of several."""
MIN_WORDS_OF_DIRECTION = 3
MIN_DIRECTION_SHARE = 0.6
"""So many of the longer words must run upwards before a page is taken to lie on its side."""

TURN_OF_DIRECTION: dict[str, Turn | None] = {"": None, "right": 0, "up": 90, "left": 180, "down": 270}


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page in the order of its content, where each begins, and how they were read.

    ``starts`` are pdfium's indices of the words' first characters; ``frame`` is the one the boxes stand in;
    ``invisible`` the share of words that are not drawn; ``cut`` tells that there were more.
    """

    words: list[Word]
    starts: list[int]
    frame: Frame
    invisible: float
    cut: bool


def read_words(text_page: Any, frame: Frame) -> PageText:
    """Read the words of a page; ``text_page`` is pdfium's handle, ``frame`` the page as shown.

    The boxes stand in a frame in which most words run from left to right, which is that of the page
    unless the text was set on its side.
    """
    count = pdfium_c.FPDFText_CountChars(text_page)
    text = _read_text(text_page, min(count, MAX_PAGE_CHARACTERS))
    matches = list(WORD.finditer(text))
    ruler = _Ruler(text_page)
    boxes = [ruler.measure(match.start(), match.end() - 1) for match in matches]
    directions = Counter([direction for _, direction in boxes if direction])
    turn = _find_turn(directions)
    if turn == 0 and directions["left"]:
        matches, boxes = _part_at_jumps(ruler, matches, boxes)
    frame = frame if turn is None or turn == frame.turn else replace(frame, turn=turn)
    fonts = _Fonts(ruler)
    words, hidden = list[Word](), 0
    below = base = -1.0
    last: _Font | None = None
    for match, (box, direction) in zip(matches, boxes, strict=True):
        font = fonts.look(match.start())
        hidden += font.invisible
        if frame.turn:
            left, top, right, bottom = frame.show(*box)
        else:
            left, right = box[0] - frame.left, box[2] - frame.left
            top, bottom = frame.top - box[3], frame.top - box[1]
        if font.size and TURN_OF_DIRECTION[direction] in (frame.turn, None):
            if bottom != below or font is not last:
                base = ruler.base_line(match.start(), frame)
                below, last = bottom, font
            top, bottom = base - ASCENT * font.size, base + DESCENT * font.size
        words.append(Word(_characters(fonts, match), (left, top, right, bottom), bottom - top, font.bold))
    starts = [match.start() for match in matches]
    return PageText(words, starts, frame, hidden / max(len(words), 1), count > MAX_PAGE_CHARACTERS)


def split_word(text_page: Any, found: PageText, index: int, cuts: list[float]) -> list[Word]:
    """Split a word that runs over the rulings of a table; ``cuts`` are their places from the left.

    Pdfium takes the figures of neighbouring narrow cells for one word when nothing parts them.
    """
    word, start = found.words[index], found.starts[index]
    if start == NO_START:
        return [word]
    parts: list[Word] = []
    last = -1
    ruler = _Ruler(text_page)
    for offset, letter in enumerate(word.text):
        box = found.frame.show(*ruler.measure(start + offset, start + offset)[0])
        box = box[0], word.box[1], box[2], word.box[3]
        column = sum(cut < (box[0] + box[2]) / 2 for cut in cuts)
        if column != last:
            parts.append(replace(word, text=letter, box=box))
            last = column
        else:
            part = parts[-1]
            part.text += letter
            part.box = part.box[0], box[1], box[2], box[3]
    return parts


def _part_at_jumps(
    ruler: _Ruler, matches: list[re.Match[str]], boxes: list[tuple[Box, str]]
) -> tuple[list[re.Match[str]], list[tuple[Box, str]]]:
    """Part words in which the content goes back: their last letter stands before the first one.

    Pdfium sees no blank where a letter in another font was drawn after the two that follow it.
    """
    parted: list[re.Match[str]] = []
    measured: list[tuple[Box, str]] = []
    for match, box in zip(matches, boxes, strict=True):
        if box[1] != "left":
            parted.append(match)
            measured.append(box)
            continue
        cut = match.end() - 1
        for piece in (WORD.match(match.string, match.start(), cut), WORD.match(match.string, cut, cut + 1)):
            if piece is not None:
                parted.append(piece)
                measured.append(ruler.measure(piece.start(), piece.end() - 1))
    return parted, measured


def gather_fragments(found: PageText) -> PageText:
    """Put words together whose accented letters the content draws apart, in another font.

    Programs do so when a font lacks letters of Vietnamese; the letters stand in their places, but come
    after the rest of the line. Text without such letters standing alone is returned as it is.
    """
    alone = sum(
        len(word.text) == 1 and word.text.isalpha() and word.text not in "ởýyaà" for word in found.words
    )
    if alone <= MAX_LONE_LETTER_SHARE * len(found.words):
        return found
    words = [word for row in build_rows(build_lines(found.words)) for word in row]
    return replace(found, words=words, starts=[NO_START] * len(words))


def _read_text(text_page: Any, count: int) -> str:
    """Give the characters, one for each index that pdfium counts."""
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", "surrogatepass")
    if len(text) == count:
        return text
    codes = (pdfium_c.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(code) if 0 < code <= 0x10FFFF else "\x00" for code in codes)


FIND_BOX = bind(
    pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
)
FIND_ORIGIN = bind(
    pdfium_c.FPDFText_GetCharOrigin,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
)
FIND_MATRIX = bind(pdfium_c.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
FIND_SIZE = bind(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
READ_BOX = struct.Struct("4f").unpack
READ_POINT = struct.Struct("2d").unpack
READ_MATRIX = struct.Struct("6f").unpack
FIND_OBJECT = bind(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
FIND_FONT = bind(pdfium_c.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
FIND_MODE = bind(pdfium_c.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)


class _Ruler:
    """Measures characters, in room that is used again for each."""

    def __init__(self, text_page: Any) -> None:
        self.address = address_of(text_page)
        self.rect, self.point = (ctypes.c_float * 4)(), (ctypes.c_double * 2)()
        self.room = ctypes.addressof(self.rect)
        self.x_room = ctypes.addressof(self.point)
        self.y_room = self.x_room + ctypes.sizeof(ctypes.c_double)

    def measure(self, first: int, last: int) -> tuple[Box, str]:
        """Give the box of a stretch of characters (left, bottom, right, top) and where it runs to."""
        FIND_BOX(self.address, first, self.room)
        left, top, right, bottom = READ_BOX(self.rect)
        if first == last:
            return (left, bottom, right, top), ""
        FIND_BOX(self.address, last, self.room)
        last_left, last_top, last_right, last_bottom = READ_BOX(self.rect)
        if last_left >= left and last_bottom == bottom:
            return (left, bottom, last_right, top), "right"
        across = last_left + last_right - left - right
        along = last_bottom + last_top - bottom - top
        if abs(across) >= abs(along):
            direction = "right" if across >= 0 else "left"
        else:
            direction = "up" if along > 0 else "down"
        box = min(left, last_left), min(bottom, last_bottom), max(right, last_right), max(top, last_top)
        return box, direction

    def base_line(self, index: int, frame: Frame) -> float:
        """Give where the base line of a character stands from the top of the frame."""
        FIND_ORIGIN(self.address, index, self.x_room, self.y_room)
        x, y = READ_POINT(self.point)
        return frame.show(x, y, x, y)[1]


def _find_turn(directions: Counter[str]) -> Turn | None:
    """Give how a page must be turned for most of its words to run from left to right."""
    words = directions.total()
    if words < MIN_WORDS_OF_DIRECTION:
        return None
    direction, count = directions.most_common(1)[0]
    return TURN_OF_DIRECTION[direction] if count > MIN_DIRECTION_SHARE * words else None


def _characters(fonts: _Fonts, match: re.Match[str]) -> str:
    """Give a word's letters, raised digits as such: joined to a number they would make it another."""
    word = match[0]
    if word.isalpha():
        return word
    if word[-1] in "\x02\ufffe":
        word = word.translate(LINE_END_HYPHEN)
    raised = RAISED_DIGITS.search(word)
    if raised is None:
        return word
    first, last = raised.span("raised")
    size = MAX_RAISED_SIZE * fonts.look(match.start()).size
    while first < last and fonts.look(match.start() + first).size > size:
        first += 1
    return word[:first] + word[first:last].translate(SUPERSCRIPTS) + word[last:]


class _Font(NamedTuple):
    """How a text object is set; a size of 0 is not known."""

    size: float
    bold: bool
    invisible: bool


class _Fonts:
    """Tells how the text at a character is set; asks once for each text object."""

    def __init__(self, ruler: _Ruler) -> None:
        self.address = ruler.address
        self.objects: dict[int, _Font] = {}
        self.settings: dict[tuple[int, float, int], _Font] = {}
        self.bold: dict[int, bool] = {}
        self.name = ctypes.create_string_buffer(FONT_NAME_BYTES)
        self.matrix = (ctypes.c_float * 6)()
        self.room = ctypes.addressof(self.matrix)

    def look(self, index: int) -> _Font:
        """Give how the character of an index is set."""
        handle = FIND_OBJECT(self.address, index)
        if not handle:
            return UNKNOWN_FONT
        known = self.objects.get(handle)
        if known is None:
            known = self.objects[handle] = self._read(handle, index)
        return known

    def _read(self, handle: int, index: int) -> _Font:
        key = FIND_FONT(handle) or 0
        if key not in self.bold:
            self.bold[key] = bool(key) and self._is_bold(key)
        mode = FIND_MODE(handle)
        FIND_MATRIX(self.address, index, self.room)
        _, _, skew, scale, _, _ = READ_MATRIX(self.matrix)
        size = FIND_SIZE(self.address, index) * hypot(skew, scale)
        if not MIN_SIZE_POINTS <= size <= MAX_SIZE_POINTS:
            size = 0.0
        setting = key, size, mode
        if setting not in self.settings:
            bold = self.bold[key] or mode == FILL_AND_STROKE
            self.settings[setting] = _Font(size, bold, mode == INVISIBLE)
        return self.settings[setting]

    def _is_bold(self, address: int) -> bool:
        font = ctypes.cast(address, pdfium_c.FPDF_FONT)
        length = pdfium_c.FPDFFont_GetBaseFontName(font, self.name, FONT_NAME_BYTES)
        name = self.name.raw[: max(min(length, FONT_NAME_BYTES) - 1, 0)].decode("utf-8", "replace")
        return BOLD_NAME.search(name) is not None


UNKNOWN_FONT = _Font(0.0, False, False)
