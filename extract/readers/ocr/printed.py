"""Lines that tesseract read as lines of a printed page, as high as their type, in points."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from extract.readers.layout.page import Line, Page, Word
from extract.readers.ocr.tesseract import RecognisedLine
from extract.spans import Box

POINTS_PER_INCH = 72
DESCENT = 0.22
"""How far letters reach below the base line, in heights of the line."""
USUAL_SIZE_TOLERANCE = 0.2
"""Sizes of lines measured from a scan scatter: capitals, numbers and heaps of marks look larger or smaller.
What is this close to the page's usual size has it."""
BOX_DECIMALS = 2
CONFIDENCE_DECIMALS = 4


def build_line(line: RecognisedLine, points: float, left: float = 0.0, top: float = 0.0) -> Line:
    """Build a printed line; ``points`` is the size of a pixel, ``left`` and ``top`` where pixels count from.

    Words stand on the line's base and are as high as its type: the box of the ink would tell letters that
    reach up from those that do not, not one size from another.
    """
    size = line.height * points
    base = top + line.base * points
    words = [
        Word(
            word.text,
            _stand(left + word.box[0] * points, left + word.box[2] * points, base, size),
            round(size, BOX_DECIMALS),
            confidence=round(word.confidence, CONFIDENCE_DECIMALS),
        )
        for word in line.words
    ]
    return Line(words, _hull(words))


def settle_sizes(page: Page) -> None:
    """Give lines of nearly the usual size of their page that size."""
    lines = list(_all_lines(page))
    sizes = [line.words[0].size for line in lines for _ in line.words]
    if not sizes:
        return
    usual = round(median(sizes), BOX_DECIMALS)
    for line in lines:
        size = line.words[0].size
        if size != usual and abs(size - usual) <= USUAL_SIZE_TOLERANCE * usual:
            for word in line.words:
                base = word.box[3] - DESCENT * size
                word.size, word.box = usual, _stand(word.box[0], word.box[2], base, usual)
            line.box = _hull(line.words)


def _all_lines(page: Page) -> Iterator[Line]:
    yield from page.lines
    for table in page.tables:
        for cell in table.cells:
            yield from cell.lines


def _stand(left: float, right: float, base: float, size: float) -> Box:
    bottom = base + DESCENT * size
    return (
        round(left, BOX_DECIMALS), round(bottom - size, BOX_DECIMALS),
        round(right, BOX_DECIMALS), round(bottom, BOX_DECIMALS),
    )  # fmt: skip


def _hull(words: list[Word]) -> Box:
    boxes = [word.box for word in words]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
