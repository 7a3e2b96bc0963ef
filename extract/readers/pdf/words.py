"""The words of a PDF page with their boxes, sizes and weights, read from pdfium's text page.

A call of pdfium takes longer than what it finds out, so a word is measured by its first and its last
character only, and a text object is asked once how it is set.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium_c

from extract.readers.layout.page import Word
from extract.readers.layout.rows import build_lines, build_rows
from extract.readers.pdf.binding import address_of
from extract.readers.pdf.fonts import Font, Fonts
from extract.readers.pdf.frame import Frame, Turn
from extract.readers.pdf.measures import Direction, Stretch, find_origins, measure
from extract.spans import Box

MAX_PAGE_CHARACTERS = 100_000
"""Fifteen times the fullest page of small print; what a page holds beyond it is left out."""
WORD = re.compile("[^\\s\x00\x02\ufffe]++[\x02\ufffe]?")
LINE_END_HYPHENS = "\x02\ufffe"
LINE_END_HYPHEN = str.maketrans(dict.fromkeys(LINE_END_HYPHENS, "-"))
"""Pdfium puts one of two code points that are no characters for a hyphen at the end of a line."""
ASCENT, DESCENT = 0.75, 0.25
"""How far type of size 1 reaches above and below its base line; the boxes that fonts state differ widely."""
RAISED_DIGITS = re.compile(r"[^\W_](?P<raised>\d{1,2})(?:[.,;:)\]/]|\Z)")
"""Digits behind a letter or a figure that may be raised: ``thành phố1.``, ``m3/s``."""
SENTENCE_SIGNS = ".,;:"
MAX_RAISED_SIZE = 0.85
"""Raised digits are set at two thirds of the size of their word."""
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MAX_LONE_LETTER_SHARE = 0.05
"""In running text one word in a hundred is a single letter."""
NO_START = -1
"""Where a word begins that was put together of several."""
MIN_WORDS_OF_DIRECTION = 3
MIN_DIRECTION_SHARE = 0.6
"""So many of the longer words must run upwards before a page is taken to lie on its side."""

TURN_OF_DIRECTION: dict[Direction, Turn | None] = {"": None, "right": 0, "up": 90, "left": 180, "down": 270}


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
    address = address_of(text_page)
    count = pdfium_c.FPDFText_CountChars(text_page)
    text = _read_text(text_page, min(count, MAX_PAGE_CHARACTERS))
    stretches = [match.span() for match in WORD.finditer(text)]
    boxes, directions = measure(address, stretches)
    counted: Counter[Direction] = Counter([direction for direction in directions if direction])
    turn = _find_turn(counted)
    if turn == 0 and counted["left"]:
        stretches = _part_at_jumps(text, stretches, directions)
        boxes, directions = measure(address, stretches)
    if turn is not None and turn != frame.turn:
        frame = replace(frame, turn=turn)
    starts = [start for start, _ in stretches]
    fonts = Fonts(address)
    objects = fonts.find_objects(starts)
    texts = [text[start:end] for start, end in stretches]
    words = _build_words(fonts, frame, zip(texts, starts, boxes, directions, objects, strict=True))
    hidden = sum([fonts.settings[item].invisible for item in objects])
    return PageText(words, starts, frame, hidden / max(len(words), 1), count > MAX_PAGE_CHARACTERS)


def _build_words(
    fonts: Fonts, frame: Frame, measured: Iterable[tuple[str, int, Box, Direction, int | None]]
) -> list[Word]:
    """Build words with their boxes as shown, those that run with the page as high as their type is.

    ``measured`` are the words' texts, first characters, boxes, directions and text objects.
    """
    words: list[Word] = []
    settings, turn, page_left, page_top = fonts.settings, frame.turn, frame.left, frame.top
    known = fonts.levels if turn == 0 else dict[int | None, float]()
    with_page = {direction for direction, towards in TURN_OF_DIRECTION.items() if towards in (turn, None)}
    below = line_top = line_bottom = line_height = -1.0
    last: Font | None = None
    for text, start, (left, bottom, right, top), direction, item in measured:
        font = settings[item]
        size, bold, _ = font
        if turn:
            left, top, right, bottom = frame.show(left, bottom, right, top)
        else:
            left, top, right, bottom = left - page_left, page_top - top, right - page_left, page_top - bottom
        if size and direction in with_page:
            if bottom != below or font is not last:
                below, last = bottom, font
                if item in known:
                    base = page_top - known[item]
                else:
                    x, y = find_origins(fonts.address, [start])[0]
                    base = frame.show(x, y, x, y)[1]
                # The words of a line share their numbers, which are half of the memory that words take.
                line_top, line_bottom = base - ASCENT * size, base + DESCENT * size
                line_height = line_bottom - line_top
            top, bottom, height = line_top, line_bottom, line_height
        else:
            height = bottom - top
        if not text.isalpha():
            text = _characters(fonts, text, start)
        words.append(Word(text, (left, top, right, bottom), height, bold))
    return words


def split_word(text_page: Any, found: PageText, index: int, cuts: list[float]) -> list[Word]:
    """Split a word that runs over the rulings of a table; ``cuts`` are their places from the left.

    Pdfium takes the figures of neighbouring narrow cells for one word when nothing parts them.
    """
    word, start = found.words[index], found.starts[index]
    if start == NO_START:
        return [word]
    parts: list[Word] = []
    last = -1
    letters = [(place, place + 1) for place in range(start, start + len(word.text))]
    for letter, box in zip(word.text, measure(address_of(text_page), letters)[0], strict=True):
        box = found.frame.show(*box)
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


def _part_at_jumps(text: str, stretches: list[Stretch], directions: list[Direction]) -> list[Stretch]:
    """Part words in which the content goes back: their last letter stands before the first one.

    Pdfium sees no blank where a letter in another font was drawn after the two that follow it.
    """
    parted: list[Stretch] = []
    for (start, end), direction in zip(stretches, directions, strict=True):
        if direction == "left":
            parted.append((start, end - 1))
            if text[end - 1] not in LINE_END_HYPHENS:
                parted.append((end - 1, end))
        else:
            parted.append((start, end))
    return parted


def gather_fragments(found: PageText) -> PageText:
    """Put words together whose accented letters the content draws apart, in another font.

    Programs do so when a font lacks letters of Vietnamese; the letters stand in their places, but come
    after the rest of the line. Text without such letters standing alone is returned as it is.
    """
    single = [word.text for word in found.words if len(word.text) == 1]
    alone = sum(text.isalpha() and text not in "ởýyaà" for text in single)
    if alone <= MAX_LONE_LETTER_SHARE * len(found.words):
        return found
    words = [word for row in build_rows(build_lines(found.words)) for word in row.words]
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


def _find_turn(directions: Counter[Direction]) -> Turn | None:
    """Give how a page must be turned for most of its words to run from left to right."""
    words = directions.total()
    if words < MIN_WORDS_OF_DIRECTION:
        return None
    direction, count = directions.most_common(1)[0]
    return TURN_OF_DIRECTION[direction] if count > MIN_DIRECTION_SHARE * words else None


def _characters(fonts: Fonts, word: str, start: int) -> str:
    """Give a word's characters, raised digits as such: joined to a number they would make it another."""
    if word[-1] in LINE_END_HYPHENS:
        word = word.translate(LINE_END_HYPHEN)
    elif word[-1] in SENTENCE_SIGNS and word[:-1].isalpha():
        return word
    raised = RAISED_DIGITS.search(word)
    if raised is None:
        return word
    first, last = raised.span("raised")
    size = MAX_RAISED_SIZE * fonts.look(start).size
    while first < last and fonts.look(start + first).size > size:
        first += 1
    return word[:first] + word[first:last].translate(SUPERSCRIPTS) + word[last:]
