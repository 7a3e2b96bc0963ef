"""CSV: one file a table, UTF-8 with BOM, comma, quotes and line ends as RFC 4180 has them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from extract.dataset.cells import Row, escape_formula, format_cell
from extract.dataset.tables import COLUMNS


class CsvTables:
    """Writes ``<table>.csv`` into a folder, rows as they come."""

    def __init__(self, folder: Path) -> None:
        self._files = ExitStack()
        self._writers = {}
        for table, columns in COLUMNS.items():
            path = folder / f"{table}.csv"
            handle = self._files.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            self._writers[table] = csv.writer(handle, lineterminator="\r\n")
            self._writers[table].writerow([column.name for column in columns])

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table; text that a spreadsheet could run as a formula is escaped."""
        self._writers[table].writerows(format_row(table, row) for row in rows)

    def close(self) -> None:
        """Finish and close all files."""
        self._files.close()


def format_row(table: str, row: Row) -> list[str]:
    """Write the cells of a row as CSV has them, without quotes.

    Numbers and columns with a closed list of values cannot carry a formula and stay as they are.

    >>> row = tuple(None for _ in COLUMNS["problems"][:-2]) + ("=1+1", -1)
    >>> format_row("problems", row)[-2:]
    ["'=1+1", '-1']
    """
    return [
        escape_formula(text) if column.kind in ("string", "list") and not column.choices else text
        for column, text in zip(COLUMNS[table], map(format_cell, row), strict=True)
    ]
