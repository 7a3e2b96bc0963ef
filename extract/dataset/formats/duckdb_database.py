"""DuckDB: one database with a table for each table, its columns commented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from extract.dataset.cells import Kind, Row
from extract.dataset.formats.arrow import Batches
from extract.dataset.tables import COLUMNS

TYPES: dict[Kind, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "list": "VARCHAR[]",
}


class DuckdbDatabase:
    """Writes ``dataset.duckdb`` into a folder."""

    def __init__(self, folder: Path) -> None:
        self._batches = Batches()
        self._connection = duckdb.connect(folder / "dataset.duckdb")
        for table, columns in COLUMNS.items():
            typed = ", ".join(f'"{column.name}" {TYPES[column.kind]}' for column in columns)
            self._connection.execute(f'CREATE TABLE "{table}" ({typed})')
            for column in columns:
                comment = column.description.replace("'", "''")
                self._connection.execute(f"""COMMENT ON COLUMN "{table}"."{column.name}" IS '{comment}'""")

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        self._insert(table, self._batches.add(table, rows))

    def close(self) -> None:
        """Write what is left and close the database."""
        try:
            for table in COLUMNS:
                self._insert(table, self._batches.take(table))
        finally:
            self._connection.close()

    def _insert(self, table: str, batch: object) -> None:
        if batch is not None:
            self._connection.register("batch", batch)
            # The name of the table is one of schema.TABLES, never input.
            self._connection.execute(f'INSERT INTO "{table}" SELECT * FROM batch')  # noqa: S608
            self._connection.unregister("batch")
