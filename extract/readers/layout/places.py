"""The place of a printed line in the text that it became part of."""

from __future__ import annotations

from extract.readers.layout.page import Line
from extract.spans import Box, Place

BOX_DECIMALS = 2
CONFIDENCE_DECIMALS = 3


def line_place(start: int, page: int, line: Line) -> Place:
    """Give the place of a line whose text begins at ``start``; its confidence is the mean of its words'."""
    known = [word.confidence for word in line.words if word.confidence is not None]
    confidence = round(sum(known) / len(known), CONFIDENCE_DECIMALS) if known else None
    return Place(start, page, round_box(line.box), confidence)


def round_box(box: Box) -> Box:
    """Round a box to hundredths of a point, so that it is the same on every machine."""
    left, top, right, bottom = box
    return (
        round(left, BOX_DECIMALS), round(top, BOX_DECIMALS),
        round(right, BOX_DECIMALS), round(bottom, BOX_DECIMALS),
    )  # fmt: skip
