"""Sheets without what is hidden on them: hidden rows and columns are not printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from extract.readers.sheets.grid import Sheet, Tally


class Shown:
    """Which rows, or columns, are shown, and their places among the shown ones.

    Takes first and last index of each hidden stretch, in any order.

    >>> shown = Shown([(2, 3), (3, 5)])
    >>> shown.hides(5), shown.place(6), shown.next(2), shown.place(1)
    (True, 2, 6, 1)
    """

    def __init__(self, hidden: Iterable[tuple[int, int]]) -> None:
        self._firsts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        count = 0
        for first, last in sorted(hidden):
            if self._ends and first <= self._ends[-1]:
                count += max(last + 1 - self._ends[-1], 0)
                self._ends[-1] = max(self._ends[-1], last + 1)
                continue
            self._firsts.append(first)
            self._ends.append(last + 1)
            self._before.append(count)
            count += last + 1 - first

    def hides(self, index: int) -> bool:
        """Say whether a row or column is hidden."""
        return self.next(index) != index

    def next(self, index: int) -> int:
        """Give the first index from this one on that is shown."""
        stretch = bisect_right(self._firsts, index) - 1
        return max(index, self._ends[stretch]) if stretch >= 0 else index

    def place(self, index: int) -> int:
        """Give how many rows or columns before an index are shown."""
        stretch = bisect_right(self._firsts, index) - 1
        if stretch < 0:
            return index
        gone = min(index, self._ends[stretch]) - self._firsts[stretch]
        return index - self._before[stretch] - gone


def hide(sheet: Sheet, tally: Tally) -> Sheet:
    """Give the sheet as it is printed: without its hidden rows and columns, whose cells are counted.

    The text of a merged cell whose first place is hidden stands in the first place that is not.

    >>> sheet, tally = Sheet("PL1", hidden_rows=[(0, 0)]), Tally()
    >>> sheet.put(0, 0, "nháp", False, tally), sheet.put(1, 0, "PHỤ LỤC", False, tally)
    (None, None)
    >>> {row: cells[0].text for row, cells in hide(sheet, tally).rows.items()}, tally.hidden_cells
    ({0: 'PHỤ LỤC'}, 1)
    """
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return sheet
    rows, columns = Shown(sheet.hidden_rows), Shown(sheet.hidden_columns)
    printed = Sheet(sheet.name)
    moved: dict[tuple[int, int], tuple[int, int]] = {}
    for merge in sheet.merges:
        row, column = rows.place(merge.row), columns.place(merge.column)
        height = rows.place(merge.row + merge.rows) - row
        width = columns.place(merge.column + merge.columns) - column
        if height and width:
            moved[merge.row, merge.column] = rows.next(merge.row), columns.next(merge.column)
            printed.merge(row, column, height, width)
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            shown_row, shown_column = moved.get((row, column), (row, column))
            if rows.hides(shown_row) or columns.hides(shown_column):
                tally.hidden_cells += 1
            else:
                printed.rows.setdefault(rows.place(shown_row), {})[columns.place(shown_column)] = cell
    for row, count in sheet.borders.items():
        if not rows.hides(row):
            printed.borders[rows.place(row)] = count
    return printed
