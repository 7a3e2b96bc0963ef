"""JSON Lines: one file a table, one object a line, null for what is not stated."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from extract.dataset.cells import Cell, Row
from extract.dataset.tables import COLUMNS


class JsonlTables:
    """Writes ``<table>.jsonl`` into a folder, rows as they come."""

    def __init__(self, folder: Path) -> None:
        self._files = ExitStack()
        self._handles = {
            table: self._files.enter_context(
                (folder / f"{table}.jsonl").open("w", encoding="utf-8", newline="")
            )
            for table in COLUMNS
        }

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        names = [column.name for column in COLUMNS[table]]
        for row in rows:
            record = {name: _whole(cell) for name, cell in zip(names, row, strict=True)}
            line = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            self._handles[table].write(line + "\n")

    def close(self) -> None:
        """Finish and close all files."""
        self._files.close()


def _whole(cell: Cell) -> Cell:
    """Give 149 for 149.0, as the CSV does."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53 else cell
