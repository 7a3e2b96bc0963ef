"""Lines that tesseract read as lines of a printed page, as high as their type, in points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from statistics import median

from extract.readers.layout.page import Line, Page, Word
from extract.readers.ocr.tesseract import RecognisedLine, RecognisedWord
from extract.spans import Box

POINTS_PER_INCH = 72
WIDTHS = {
    0.25: ".,", 0.278: "ijlt:;/", 0.333: "frI()-", 0.389: "sJ", 0.444: "acez", 0.556: "FPS", 0.611: "ELTZ",
    0.667: "BCR", 0.722: "wADGHKNOQUVXY", 0.778: "m", 0.833: "%", 0.889: "M", 0.944: "W",
}  # fmt: skip
"""Widths of letters in sizes of the type (Times, in which the regulations have documents set)."""
USUAL_WIDTH = 0.5
LINE_HEIGHT = 1.15
"""Height of a line's box in sizes of its type, as in the text layer of a PDF."""
DESCENT = 0.22
"""How far a line's box reaches below its base line, in its heights."""
MIN_MEASURED_LETTERS = 6
"""Fewer letters do not tell their size."""
USUAL_SIZE_TOLERANCE = 0.14
"""Bold type is up to 8 % wider than plain, and a scan adds its blur; the next size for titles is 2 in 14."""
BOX_DECIMALS = 2
CONFIDENCE_DECIMALS = 4


def build_line(line: RecognisedLine, points: float, left: float = 0.0, top: float = 0.0) -> Line:
    """Build a printed line; ``points`` is the size of a pixel, ``left`` and ``top`` where pixels count from.

    Words stand on the line's base and are as high as its type: the box of the ink would tell letters that
    reach up from those that do not, not one size from another.
    """
    size = _measure_size(line) * points
    base = top + line.base * points
    words = [
        Word(
            word.text,
            _stand(left + word.box[0] * points, left + word.box[2] * points, base, size * LINE_HEIGHT),
            round(size, BOX_DECIMALS),
            confidence=round(word.confidence, CONFIDENCE_DECIMALS),
        )
        for word in line.words
    ]
    return Line(words, _hull(words))


def _measure_size(line: RecognisedLine) -> float:
    """Measure the size of a line's type by the width of its words, 0 when they have too few letters.

    Their height tells less: marks above and below letters make it vary by a fourth.
    """
    measured = [word for word in line.words if sum(map(str.isalnum, word.text)) > 1]
    if sum(len(word.text) for word in measured) < MIN_MEASURED_LETTERS:
        return 0.0
    return median(_word_size(word) for word in measured for _ in word.text)


def _word_size(word: RecognisedWord) -> float:
    return (word.box[2] - word.box[0]) / sum(map(_letter_width, word.text))


@lru_cache(maxsize=1024)
def _letter_width(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    return next((width for width, letters in WIDTHS.items() if base in letters), USUAL_WIDTH)


def settle_sizes(page: Page) -> None:
    """Give lines of nearly the usual size of their page, or of an unknown one, that size."""
    lines = list(_all_lines(page))
    sizes = [line.words[0].size for line in lines for _ in line.words if line.words[0].size]
    if not sizes:
        return
    usual = round(median(sizes), BOX_DECIMALS)
    for line in lines:
        size = line.words[0].size
        if not size or abs(size - usual) <= USUAL_SIZE_TOLERANCE * usual:
            for word in line.words:
                base = word.box[3] - DESCENT * size * LINE_HEIGHT
                word.size, word.box = usual, _stand(word.box[0], word.box[2], base, usual * LINE_HEIGHT)
            line.box = _hull(line.words)


def _all_lines(page: Page) -> Iterator[Line]:
    yield from page.lines
    for table in page.tables:
        for cell in table.cells:
            yield from cell.lines


def _stand(left: float, right: float, base: float, height: float) -> Box:
    bottom = base + DESCENT * height
    return (
        round(left, BOX_DECIMALS), round(bottom - height, BOX_DECIMALS),
        round(right, BOX_DECIMALS), round(bottom, BOX_DECIMALS),
    )  # fmt: skip


def _hull(words: list[Word]) -> Box:
    boxes = [word.box for word in words]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip
