"""A sheet as its reader fills it: cells with their text, merges, what is hidden, and how much is taken."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field

from extract.spans import Merge

MAX_SHEETS = 256
MAX_COLUMNS = 512
"""Annexes by commune reach some 200 columns; programs write formatting to 16,384."""
MAX_ROWS = 50_000
"""Rows with text of a whole workbook: 1,000 printed pages, more than what is interpreted of a document."""
MAX_CELLS = 1_000_000
MAX_CHARACTERS = 8_000_000
"""Bounds of a whole workbook, some four times what is interpreted of a document."""
MAX_CELL_CHARACTERS = 32_767
"""What the programs themselves allow in a cell."""
MAX_MERGES = 100_000

LINE_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]++")


@dataclass(slots=True)
class SheetCell:
    """A cell that shows something: its text, one line a paragraph, and whether all of it is bold."""

    text: str
    bold: bool = False


@dataclass(slots=True)
class Tally:
    """What of a workbook was taken, and how many cells were not, by the reason."""

    rows: int = 0
    cells: int = 0
    characters: int = 0
    rows_cut: int = 0
    cells_cut: int = 0
    error_cells: int = 0
    boolean_cells: int = 0
    formulas_without_value: int = 0
    hidden_cells: int = 0
    hidden_sheets: int = 0
    damaged_sheets: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells by row and column (from 0), merges, and the rows and columns that are hidden.

    ``borders`` counts the cells of a row that are drawn with a line at their side; ``hidden_columns``
    holds first and last column of each hidden stretch.
    """

    name: str
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    borders: dict[int, int] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    last_cut: int = -1

    def put(self, row: int, column: int, text: str, bold: bool, tally: Tally) -> None:
        """Take a cell with its text as long as the bounds allow; count it otherwise."""
        text = clean_cell(text)
        if not text:
            return
        known = self.rows.get(row)
        full = tally.cells >= MAX_CELLS or tally.characters + len(text) > MAX_CHARACTERS
        if full or (known is None and tally.rows >= MAX_ROWS):
            tally.rows_cut += row != self.last_cut
            self.last_cut = row
        elif column >= MAX_COLUMNS:
            tally.cells_cut += 1
        else:
            if known is None:
                known = self.rows[row] = {}
                tally.rows += 1
            known[column] = SheetCell(text, bold)
            tally.cells += 1
            tally.characters += len(text)

    def draw_border(self, row: int, columns: int = 1) -> None:
        """Note that cells of a row have a line at their side."""
        if row in self.borders or len(self.borders) < MAX_ROWS:
            self.borders[row] = self.borders.get(row, 0) + columns

    def merge(self, row: int, column: int, rows: int, columns: int) -> None:
        """Note that a cell covers several places; what reaches beyond the bounds is cut off."""
        if (rows > 1 or columns > 1) and len(self.merges) < MAX_MERGES and column < MAX_COLUMNS:
            self.merges.append(Merge(row, column, rows, min(columns, MAX_COLUMNS - column)))


def clean_cell(text: str) -> str:
    r"""Give the paragraphs of a cell, one a line, without blank ones, control characters and outer blanks.

    >>> clean_cell(" Sở Y tế;\r\n\n Sở Tài chính ")
    'Sở Y tế;\nSở Tài chính'
    """
    if text.isascii() and text.isalnum():
        return text
    text = CONTROL.sub("", LINE_BREAK.sub("\n", text[:MAX_CELL_CHARACTERS]))
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)


def hide(sheet: Sheet, tally: Tally) -> Sheet:
    """Give the sheet as it is printed: without its hidden rows and columns, which are counted.

    The text of a merged cell whose first place is hidden stands in the first place that is not.
    """
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return sheet
    columns = _visible_columns(sheet.hidden_columns)
    hidden_rows = sorted(sheet.hidden_rows)
    printed = Sheet(sheet.name)
    moved: dict[tuple[int, int], tuple[int, int]] = {}
    for merge in sheet.merges:
        rows = [r for r in _clip(merge.row, merge.rows, sheet) if r not in sheet.hidden_rows]
        across = [c for c in range(merge.column, merge.column + merge.columns) if c in columns]
        if rows and across:
            moved[merge.row, merge.column] = rows[0], across[0]
            row = rows[0] - _count_below(hidden_rows, rows[0])
            printed.merge(row, columns[across[0]], len(rows), len(across))
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            r, c = moved.get((row, column), (row, column))
            if r in sheet.hidden_rows or c not in columns:
                tally.hidden_cells += 1
            else:
                printed.rows.setdefault(r - _count_below(hidden_rows, r), {})[columns[c]] = cell
    for row, count in sheet.borders.items():
        if row not in sheet.hidden_rows:
            printed.borders[row - _count_below(hidden_rows, row)] = count
    return printed


def _visible_columns(hidden: list[tuple[int, int]]) -> dict[int, int]:
    """Give for each column that is printed its index among the printed ones."""
    gone = {c for first, last in hidden for c in range(first, min(last, MAX_COLUMNS) + 1)}
    return {c: index for index, c in enumerate(c for c in range(MAX_COLUMNS) if c not in gone)}


def _clip(first: int, count: int, sheet: Sheet) -> range:
    """Give the rows of a merge up to the last row with text, and its first row."""
    last = max(max(sheet.rows, default=0), first)
    return range(first, min(first + count, last + 1))


def _count_below(ordered: list[int], row: int) -> int:
    return bisect_left(ordered, row)
