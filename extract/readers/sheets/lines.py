"""The rows of a sheet as a reader sees them: what stands in each, and which of them belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.readers.sheets.grid import MAX_ROWS, Sheet, SheetCell
from extract.spans import Merge

MIN_DRAWN_CELLS = 2
"""Cells with lines at their sides that make a row part of a drawn table; one alone is a box."""
MAX_MERGED_ROWS = 2_000
"""No annex merges more rows; formatting may reach to the end of the sheet."""
ROW_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])[.)/]?")
"""What the first column of a table holds."""
NUMBER = re.compile(r"[-–]?\d[\d.,]*+\s?%?")


@dataclass(slots=True)
class Line:
    """A row that shows something: its index, its cells by column, and how it stands in the sheet.

    ``covered`` counts merged cells that reach down into it, ``drawn`` its cells with lines at their sides.
    """

    row: int
    cells: dict[int, SheetCell]
    merges: dict[int, Merge] = field(default_factory=dict)
    covered: int = 0
    drawn: int = 0

    @property
    def filled(self) -> int:
        """How many cells a reader sees in the row."""
        return len(self.cells) + self.covered

    @property
    def is_drawn(self) -> bool:
        """Whether the row is part of a table drawn with lines."""
        return self.drawn >= MIN_DRAWN_CELLS

    @property
    def first(self) -> int:
        """The column of its first text; -1 when all its texts stand further up."""
        return min(self.cells, default=-1)

    @property
    def is_numbered(self) -> bool:
        """Whether its first cell holds the number of a row and nothing else."""
        return bool(self.cells) and ROW_NUMBER.fullmatch(self.cells[self.first].text) is not None

    def end(self, column: int) -> int:
        """Give the column behind a cell."""
        return column + (self.merges[column].columns if column in self.merges else 1)


def build_bands(sheet: Sheet) -> list[list[Line]]:
    """Give the rows that show something, in bands parted by rows that are empty and not drawn."""
    bands: list[list[Line]] = []
    last = -2
    for line in _build_lines(sheet):
        if line.row == last + 1:
            bands[-1].append(line)
        else:
            bands.append([line])
        last = line.row
    return [band for band in bands if any(line.cells for line in band)]


def _build_lines(sheet: Sheet) -> Iterator[Line]:
    origins: dict[int, dict[int, Merge]] = {}
    for merge in sheet.merges:
        origins.setdefault(merge.row, {})[merge.column] = merge
    drawn = {row for row, count in sheet.borders.items() if count >= MIN_DRAWN_CELLS}
    covered_until: dict[int, int] = {}
    heads: dict[int, int] = {}
    for row in sorted(sheet.rows.keys() | drawn | _covered_rows(sheet)):
        heads = {column: until for column, until in heads.items() if until > row}
        printed = sheet.rows.get(row, {})
        cells = {c: cell for c, cell in printed.items() if covered_until.get(c, 0) <= row}
        merges = {c: m for c, m in origins.get(row, {}).items() if covered_until.get(c, 0) <= row}
        for column, merge in merges.items():
            for covered in range(column, column + merge.columns):
                covered_until[covered] = row + merge.rows
                if covered != column:
                    cells.pop(covered, None)
        line = Line(row, cells, merges, len(heads), sheet.borders.get(row, 0))
        if line.drawn == 1 and any(merges[c].columns > 1 for c in cells if c in merges):
            # Some programs draw the lines of a merged cell at its first place only.
            line.drawn = MIN_DRAWN_CELLS
        yield line
        heads |= {c: row + merges[c].rows for c in cells if c in merges and merges[c].rows > 1}


def _covered_rows(sheet: Sheet) -> set[int]:
    """Give the rows below merged cells with text, no further than the sheet's last text."""
    last = max(sheet.rows, default=-1)
    covered: set[int] = set()
    reached = 0
    for merge in sorted(sheet.merges, key=lambda merge: merge.row):
        if merge.rows > 1 and merge.column in sheet.rows.get(merge.row, {}) and len(covered) < MAX_ROWS:
            end = min(merge.row + min(merge.rows, MAX_MERGED_ROWS), last + 1)
            covered.update(range(max(merge.row + 1, reached), end))
            reached = max(reached, end)
    return covered
