"""The order in which a page is read: rows across it, and columns beside each other one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile

from extract.knowledge.tables import read_table
from extract.readers.layout.page import Line
from extract.readers.layout.rows import build_line, height

MIN_GUTTER_POINTS = 6.0
"""The strip between two columns that no word enters; letterheads of long names leave no more."""
MIN_ROWS_OF_COLUMNS = 2
MAX_GAP_IN_COLUMN_HEIGHTS = 0.9
"""Lines of one text follow each other as closely as this."""
MAX_GAP_IN_LETTERHEAD_HEIGHTS = 2.0
"""A row of one column only, after the last one of both, belongs to it when it follows as closely as this: the
subject of a dispatch (``V/v ...``) below its number."""
MAX_GAP_IN_BAND_HEIGHTS = 5.0
"""Room for a signature and a stamp between the rows of a band of columns."""
TITLE_POINTS = 12.0
"""How far the middle of a title may be from that of the page's text."""
ADDRESSEES = re.compile(r"Nơi nhận")
NUMBER = re.compile(r"Số\s?:")
DATE = re.compile(r"\bngày\b.{0,20}\btháng\b")
"""By decree the addressees stand left of the signature and the number left of place and date."""
MAX_DEPTH = 4
"""Columns within columns."""


@dataclass(slots=True)
class Column:
    """Lines that are read one after the other, and the band's number where columns stand side by side.

    ``band`` is 0 for rows across the page.
    """

    lines: list[Line]
    band: int = 0


@dataclass(slots=True)
class _Band:
    """Rows ``first`` to ``last`` with a gutter between ``left`` and ``right``; rows on both sides counted."""

    first: int
    last: int
    left: float
    right: float
    both: int


def order_rows(rows: list[list[Line]]) -> list[Column]:
    """Put rows, each parted at its wide gaps, into reading order.

    Where several rows leave the same gutter free (a letterhead, signatures, two columns of text), all that
    stands left of it comes before what stands right of it; elsewhere the parts of a row are put together.
    """
    return _order(rows, 0, [0])


def _order(rows: list[list[Line]], depth: int, bands: list[int]) -> list[Column]:
    columns: list[Column] = []
    index = 0
    while index < len(rows):
        band = _find_band(rows, index) if depth < MAX_DEPTH else None
        if band is None:
            if not columns or columns[-1].band:
                columns.append(Column([]))
            columns[-1].lines.append(join_parts(rows[index]))
            index += 1
            continue
        while columns and not columns[-1].band and band.first < index:
            columns[-1].lines.pop()
            index -= 1
            if not columns[-1].lines:
                columns.pop()
        bands[0] += 1
        number = bands[0]
        for side in _sides(rows[band.first : band.last + 1], band):
            for column in _order(side, depth + 1, bands):
                columns.append(Column(column.lines, column.band or number))
        index = band.last + 1
    return columns


def join_parts(parts: list[Line]) -> Line:
    """Put the parts of a row together again."""
    return parts[0] if len(parts) == 1 else build_line([word for part in parts for word in part.words])


def _sides(rows: list[list[Line]], band: _Band) -> list[list[list[Line]]]:
    middle = (band.left + band.right) / 2
    left = [[part for part in row if part.box[2] <= middle] for row in rows]
    right = [[part for part in row if part.box[2] > middle] for row in rows]
    return [[row for row in side if row] for side in (left, right)]


def _find_band(rows: list[list[Line]], first: int) -> _Band | None:
    """Find the gutter that most rows from ``first`` on leave free."""
    bands = [_extend(rows, first, left, right) for left, right in _gutters(rows, first)]
    best = max(bands, key=lambda band: (band.both, band.right - band.left), default=None)
    if best is None:
        return None
    wanted = 1 if _are_columns_by_decree(rows[first], best) else MIN_ROWS_OF_COLUMNS
    return _reach_up(rows, best) if best.both >= wanted else None


def _are_columns_by_decree(row: list[Line], band: _Band) -> bool:
    left = " ".join(part.text for part in row if part.box[2] <= band.left)
    right = " ".join(part.text for part in row if part.box[0] >= band.right)
    if ADDRESSEES.match(left):
        return bool(right)
    return NUMBER.match(left) is not None and DATE.search(right) is not None and not DATE.search(left)


def _gutters(rows: list[list[Line]], first: int) -> Iterator[tuple[float, float]]:
    """Give the gaps that may be gutters: within a row, or between rows that stand half beside each other."""
    parts = rows[first]
    if len(parts) == 1 and first + 1 < len(rows) and _gap(rows, first + 1) < 0:
        parts = sorted([*parts, *rows[first + 1]], key=lambda part: part.box[0])
    for before, after in pairwise(parts):
        if after.box[0] - before.box[2] >= MIN_GUTTER_POINTS:
            yield before.box[2], after.box[0]


def _extend(rows: list[list[Line]], first: int, left: float, right: float) -> _Band:
    """Take in the rows that leave a gutter free, up to the last one that shows columns beside each other."""
    band = _Band(first, first, left, right, int(len(rows[first]) > 1))
    trailing: list[int] = []
    for index in range(first + 1, len(rows)):
        narrowed = _narrow(rows[index], left, right)
        if narrowed is None or _gap(rows, index) > MAX_GAP_IN_BAND_HEIGHTS:
            if narrowed is None and _gap(rows, index) <= MAX_GAP_IN_COLUMN_HEIGHTS:
                # These lines belong to the text that follows, not to the columns.
                trailing = list(takewhile(lambda row: _hangs_below(rows, row), trailing))
            break
        left, right = narrowed
        if len(_sides_of(rows[index], left, right)) == 2 or _stand_beside(rows, index, left, right):
            band.last, band.left, band.right, band.both = index, left, right, band.both + 1
            trailing = []
        else:
            trailing.append(index)
    for index in trailing:
        beside_left = rows[index][-1].box[2] <= left
        room = MAX_GAP_IN_LETTERHEAD_HEIGHTS if beside_left else MAX_GAP_IN_COLUMN_HEIGHTS
        if _gap(rows, index) > room or _is_title(rows, index):
            break
        band.last = index
        if beside_left:
            band.left = max(band.left, rows[index][-1].box[2])
    return band


def _hangs_below(rows: list[list[Line]], index: int) -> bool:
    """Say whether a row is the rest of the line above it, centred below it: the year of a long date."""
    (box, text), above = (rows[index][0].box, rows[index][0].text), rows[index - 1][-1].box
    middle, middle_above = (box[0] + box[2]) / 2, (above[0] + above[2]) / 2
    begins_within = text[:1].islower() or text[:1].isdigit()
    return begins_within and len(rows[index]) == 1 and abs(middle - middle_above) <= TITLE_POINTS / 2


def _is_title(rows: list[list[Line]], index: int) -> bool:
    """Say whether a row names a kind of document or is a line in capitals in the middle of the page."""
    if len(rows[index]) == 1 and rows[index][0].text in _titles():
        return True
    left = min(part.box[0] for row in rows for part in row)
    right = max(part.box[2] for row in rows for part in row)
    box, text = rows[index][0].box, rows[index][0].text
    return abs(box[0] + box[2] - left - right) <= 2 * TITLE_POINTS and text == text.upper()


@cache
def _titles() -> frozenset[str]:
    """Give what stands alone above the title of a document: ``KẾ HOẠCH``."""
    rows = read_table("document_kinds", key=("phrase",), required=("kind",))
    return frozenset(row["phrase"].upper() for row in rows)


def _sides_of(row: list[Line], left: float, right: float) -> set[bool]:
    return {part.box[2] <= (left + right) / 2 for part in row}


def _stand_beside(rows: list[list[Line]], index: int, left: float, right: float) -> bool:
    """Say whether a row stands beside the one before it, half a line lower, in the other column."""
    if _gap(rows, index) >= 0:
        return False
    return _sides_of(rows[index], left, right) != _sides_of(rows[index - 1], left, right)


def _reach_up(rows: list[list[Line]], band: _Band) -> _Band:
    """Take in a row above that only the right column has: it begins a little higher than the left one."""
    index = band.first - 1
    right_only = index >= 0 and all(part.box[0] >= band.right for part in rows[index])
    if right_only and _gap(rows, band.first) <= MAX_GAP_IN_COLUMN_HEIGHTS:
        band.first = index
    return band


def _gap(rows: list[list[Line]], index: int) -> float:
    """Give the room above a row, in heights of its first line."""
    above = max(part.box[3] for part in rows[index - 1])
    top = min(part.box[1] for part in rows[index])
    return (top - above) / max(height(rows[index][0].box), 1.0)


def _narrow(row: list[Line], left: float, right: float) -> tuple[float, float] | None:
    """Give what a row leaves free of a gutter; None when it crosses it."""
    middle = (left + right) / 2
    for part in row:
        if (part.box[0] + part.box[2]) / 2 < middle:
            left = max(left, part.box[2])
        else:
            right = min(right, part.box[0])
    return (left, right) if right - left >= MIN_GUTTER_POINTS else None
