"""A sheet as its reader fills it: cells with their text, merges, what is hidden, and how much is taken."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from extract.spans import Merge

MAX_SHEETS = 256
MAX_COLUMNS = 512
"""Annexes by commune reach some 200 columns; programs write formatting to 16,384."""
MAX_ROWS = 20_000
"""Rows with text of a whole workbook: some 500 printed pages; annexes have hundreds."""
MAX_CELLS = 400_000
MAX_CHARACTERS = 4_000_000
"""Bounds of a whole workbook, twice what is interpreted of a document."""
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

    @property
    def is_full(self) -> bool:
        """Whether a bound of the workbook is reached, so that no further row is taken."""
        return self.rows >= MAX_ROWS or self.cells >= MAX_CELLS or self.characters >= MAX_CHARACTERS


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells by row and column (from 0), merges, and the rows and columns that are hidden.

    ``borders`` counts the cells of a row that are drawn with a line at their side; ``hidden_rows`` and
    ``hidden_columns`` hold first and last index of each hidden stretch.
    """

    name: str
    rows: dict[int, dict[int, SheetCell]] = field(default_factory=dict)
    borders: dict[int, int] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    last_cut: int = -1

    def put(self, row: int, column: int, text: str, bold: bool, tally: Tally) -> None:
        """Take a cell with its text as long as the bounds allow; count it otherwise."""
        if tally.is_full and (row not in self.rows or tally.rows < MAX_ROWS):
            self.cut(row, tally)
            return
        text = clean_cell(text)
        if not text:
            return
        if column >= MAX_COLUMNS:
            tally.cells_cut += 1
            return
        if row not in self.rows:
            self.rows[row] = {}
            tally.rows += 1
        self.rows[row][column] = SheetCell(text, bold)
        tally.cells += 1
        tally.characters += len(text)

    def cut(self, row: int, tally: Tally) -> None:
        """Count a row of which something is left out."""
        tally.rows_cut += row != self.last_cut
        self.last_cut = row

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
