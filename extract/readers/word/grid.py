"""The grid of a Word table: which cell stands where, over how many rows and columns."""

from __future__ import annotations

from dataclasses import dataclass

from extract.readers.word.names import WORD, Element, number_of, value_of
from extract.readers.word.revisions import is_removed, shown_children
from extract.spans import Merge

MAX_COLUMNS = 63
"""Word's own limit."""
MAX_ROWS = 20_000


@dataclass(slots=True)
class GridCell:
    """A cell: its element, its place, and how many rows and columns it covers."""

    element: Element
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def merge(self) -> Merge | None:
        """The merge that the cell makes; None for a plain cell."""
        if self.rows == self.columns == 1:
            return None
        return Merge(self.row, self.column, self.rows, self.columns)


@dataclass(slots=True)
class Grid:
    """A table: its cells in reading order, without those that others cover, and its size."""

    cells: list[GridCell]
    rows: int
    columns: int


def read_grid(table: Element) -> Grid:
    """Lay out the cells of a ``w:tbl``; rows and cells taken out in tracked changes are left out.

    Columns count as Word counts them, with the spans of the cells (``w:gridSpan``) and the columns that a
    row leaves empty at its start (``w:gridBefore``).
    """
    cells: list[GridCell] = []
    open_above: dict[int, GridCell] = {}
    row = width = 0
    for element in shown_children(table):
        properties = element.find(f"{WORD}trPr")
        if element.tag != f"{WORD}tr" or is_removed(properties):
            continue
        if row == MAX_ROWS:
            break
        column = _bounded(number_of(properties, "gridBefore"), 0)
        open_here: dict[int, GridCell] = {}
        for cell in _row_cells(element, row, column):
            _merge_down(cell, cells, open_above, open_here)
            width = max(width, cell.column + cell.columns)
        open_above = open_here
        row += 1
    return _without_empty_columns(Grid(cells, row, width))


def _row_cells(row: Element, index: int, column: int) -> list[GridCell]:
    cells: list[GridCell] = []
    for element in shown_children(row):
        if element.tag != f"{WORD}tc" or column >= MAX_COLUMNS:
            continue
        properties = element.find(f"{WORD}tcPr")
        span = _bounded(number_of(properties, "gridSpan"), 1)
        if _horizontal_merge(properties) == "continue" and cells:
            cells[-1].columns += span
        elif not is_removed(properties):
            cells.append(GridCell(element, index, column, columns=span))
        column += span
    return cells


def _merge_down(
    cell: GridCell, cells: list[GridCell], above: dict[int, GridCell], here: dict[int, GridCell]
) -> None:
    """Take a cell into the table, or let the cell above it reach down over it."""
    merge = _vertical_merge(cell.element.find(f"{WORD}tcPr"))
    over = above.get(cell.column)
    if merge == "continue" and over is not None:
        over.rows += 1
        here[cell.column] = over
        return
    cells.append(cell)
    if merge:
        here[cell.column] = cell


def _vertical_merge(properties: Element | None) -> str:
    if properties is None or properties.find(f"{WORD}vMerge") is None:
        return ""
    return value_of(properties, "vMerge") or "continue"


def _horizontal_merge(properties: Element | None) -> str:
    if properties is None or properties.find(f"{WORD}hMerge") is None:
        return ""
    return value_of(properties, "hMerge") or "continue"


def _without_empty_columns(grid: Grid) -> Grid:
    """Close up columns in which no cell begins: the grid has one for every edge that any row has."""
    starts = sorted({cell.column for cell in grid.cells})
    places = {column: place for place, column in enumerate(starts)}
    for cell in grid.cells:
        end = cell.column + cell.columns
        cell.columns = sum(cell.column <= start < end for start in starts)
        cell.column = places[cell.column]
    return Grid(grid.cells, grid.rows, len(starts))


def _bounded(number: int | None, least: int) -> int:
    return min(max(number if number is not None else least, least), MAX_COLUMNS)
