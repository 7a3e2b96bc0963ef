"""XLSX: one workbook with a sheet for each table; text is text, never a formula or a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from extract.dataset.cells import Row, escape_formula, format_cell
from extract.dataset.tables import COLUMNS, count_utf16

# https://support.microsoft.com/office/excel-specifications-and-limits
CELL_LIMIT = 32_767
SHEET_ROWS = 1_048_576
# A fixed date of creation, so that the same documents give the same bytes.
CREATED = datetime(2000, 1, 1)
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class XlsxWorkbook:
    """Writes ``dataset.xlsx`` into a folder; a table with too many rows goes on in ``<table>_2``."""

    def __init__(self, folder: Path) -> None:
        self._workbook = Workbook(folder / "dataset.xlsx", OPTIONS)
        self._workbook.set_properties({"created": CREATED})
        self._bold = self._workbook.add_format({"bold": True})
        self._parts = dict.fromkeys(COLUMNS, 1)
        self._sheets = {table: self._add_sheet(table, table) for table in COLUMNS}
        self._next_row = dict.fromkeys(COLUMNS, 1)

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table; cells longer than a workbook's cell can be are cut."""
        for row in rows:
            if self._next_row[table] == SHEET_ROWS:
                self._parts[table] += 1
                self._sheets[table] = self._add_sheet(table, f"{table}_{self._parts[table]}")
                self._next_row[table] = 1
            self._write_row(table, self._next_row[table], row)
            self._next_row[table] += 1

    def close(self) -> None:
        """Put the workbook together and close it."""
        self._workbook.close()

    def _add_sheet(self, table: str, name: str) -> Worksheet:
        sheet = self._workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(COLUMNS[table]):
            sheet.write_string(0, index, column.name, self._bold)
        return sheet

    def _write_row(self, table: str, number: int, row: Row) -> None:
        sheet = self._sheets[table]
        for index, (column, cell) in enumerate(zip(COLUMNS[table], row, strict=True)):
            if isinstance(cell, int | float):
                sheet.write_number(number, index, float(cell))
            elif cell:
                text = format_cell(cell)
                sheet.write_string(number, index, cut_text(text if column.choices else escape_formula(text)))


def cut_text(text: str) -> str:
    """Cut text to what a cell can hold, never through a character.

    >>> len(cut_text("a" * 40_000)), cut_text("Sở Y tế")
    (32767, 'Sở Y tế')
    """
    if len(text) * 2 <= CELL_LIMIT or count_utf16(text) <= CELL_LIMIT:
        return text
    return text.encode("utf-16-le")[: CELL_LIMIT * 2].decode("utf-16-le", "ignore")
