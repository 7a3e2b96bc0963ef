"""Parquet: one file a table, typed columns, null for what is not stated."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from pyarrow.parquet import ParquetWriter

from extract.dataset.cells import Row
from extract.dataset.formats.arrow import Batches, arrow_schema
from extract.dataset.tables import COLUMNS


class ParquetTables:
    """Writes ``<table>.parquet`` into a folder, a row group a batch."""

    def __init__(self, folder: Path) -> None:
        self._files = ExitStack()
        self._batches = Batches()
        self._writers = {
            table: self._files.enter_context(
                ParquetWriter(folder / f"{table}.parquet", arrow_schema(table), compression="zstd")
            )
            for table in COLUMNS
        }

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table."""
        batch = self._batches.add(table, rows)
        if batch is not None:
            self._writers[table].write_table(batch)

    def close(self) -> None:
        """Write what is left and close all files."""
        with self._files:
            for table, writer in self._writers.items():
                batch = self._batches.take(table)
                if batch is not None:
                    writer.write_table(batch)
