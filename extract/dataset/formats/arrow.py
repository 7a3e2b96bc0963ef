"""Rows as Arrow tables, which both Parquet and DuckDB take."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow

from extract.dataset.cells import Cell, Kind, Row
from extract.dataset.tables import COLUMNS

BATCH_ROWS = 20_000
TYPES: dict[Kind, pyarrow.DataType] = {
    "string": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "list": pyarrow.list_(pyarrow.string()),
}


def arrow_schema(table: str) -> pyarrow.Schema:
    """Give the Arrow schema of a table; a field's metadata holds the column's description.

    >>> arrow_schema("tasks").field("start").type
    DataType(int64)
    """
    return pyarrow.schema(
        pyarrow.field(column.name, TYPES[column.kind], metadata={"description": column.description})
        for column in COLUMNS[table]
    )


def build_arrow(table: str, rows: Sequence[Row]) -> pyarrow.Table:
    """Turn rows of a table into an Arrow table, null for what is not stated.

    >>> row = ("0123456789abcdef", "a.txt", "read", "error", "timeout", None, 3)
    >>> build_arrow("problems", [row]).to_pylist()[0]["message"] is None
    True
    """
    columns = list(zip(*rows, strict=True)) or [()] * len(COLUMNS[table])
    arrays = [
        pyarrow.array(map(_float, cells) if column.kind == "number" else cells, TYPES[column.kind])
        for column, cells in zip(COLUMNS[table], columns, strict=True)
    ]
    return pyarrow.Table.from_arrays(arrays, schema=arrow_schema(table))


def _float(cell: Cell) -> float | None:
    """Round whole numbers beyond 2**53 to a double, which Arrow refuses to do by itself."""
    return float(cell) if isinstance(cell, int | float) else None


class Batches:
    """Collects the rows of each table until there are enough to hand on, so that row groups are large.

    The sizes depend on the rows alone, so that the same documents give the same bytes.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}

    def add(self, table: str, rows: Sequence[Row]) -> pyarrow.Table | None:
        """Add rows; give the batch when it is full, else None."""
        self._rows[table].extend(rows)
        return self.take(table) if len(self._rows[table]) >= BATCH_ROWS else None

    def take(self, table: str) -> pyarrow.Table | None:
        """Give what has been collected for a table and forget it; None when there is nothing."""
        rows, self._rows[table] = self._rows[table], []
        return build_arrow(table, rows) if rows else None
