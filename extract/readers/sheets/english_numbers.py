"""Numbers of delimited files written in English style (``1,234.5``) to Vietnamese style (``1.234,5``).

Programs with English settings export them so, and ``1,234`` alone would be read as one and a bit. Only a file
that bears the style out by numbers that can mean nothing else, and by none of the other style, is turned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.readers.sheets.grid import SheetCell

SURE_ENGLISH = re.compile(r"[-–]?(?:\d{1,3}(?:,\d{3}){1,5}\.\d{1,9}|0\.\d{3,9})\s?%?")
SURE_VIETNAMESE = re.compile(
    r"[-–]?(?:\d{1,3}(?:\.\d{3}){1,5},\d{1,9}|\d{1,3}(?:\.\d{3}){2,5}|\d{1,15},(?:\d{1,2}|\d{4,9}))\s?%?"
)
POINT_DECIMALS = re.compile(r"[-–]?\d{1,15}\.\d{1,2}\s?%?")
"""English decimals, though some people write them in Vietnamese text too: several must agree."""
MIN_POINT_DECIMALS = 3
PARTED = re.compile(r"[-–]?\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?\s?%?|[-–]?\d{1,3}\.\d{3}\s?%?")
"""Numbers that mean something else in the other style."""
EXCHANGED = str.maketrans(",.", ".,")


def turn_english_numbers(cells: Iterable[SheetCell], comma_parts_cells: bool) -> int:
    """Turn the numbers of a file in English style; the cells are changed in place.

    Args:
        cells: all cells of the file but those of its first column, which hold numbers of rows.
        comma_parts_cells: whether the comma is the delimiter, so that English settings are likely.

    Returns:
        How many cells were changed.

    >>> cells = [SheetCell("1,234"), SheetCell("2,500.75")]
    >>> turn_english_numbers(cells, True), [cell.text for cell in cells]
    (2, ['1.234', '2.500,75'])
    """
    numbers = [cell for cell in cells if cell.text[-1:].isdigit() or cell.text.endswith("%")]
    if any(SURE_VIETNAMESE.fullmatch(cell.text) for cell in numbers):
        return 0
    sure = any(SURE_ENGLISH.fullmatch(cell.text) for cell in numbers)
    points = sum(POINT_DECIMALS.fullmatch(cell.text) is not None for cell in numbers)
    if not sure and not (comma_parts_cells and points >= MIN_POINT_DECIMALS):
        return 0
    turned = [cell for cell in numbers if PARTED.fullmatch(cell.text)]
    for cell in turned:
        cell.text = cell.text.translate(EXCHANGED)
    return len(turned)
