"""A written dataset back into memory: as data frames, or row by row as text."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from extract.dataset.cells import Kind, parse_cell, unescape_formula
from extract.dataset.tables import COLUMNS
from extract.errors import DatasetError

if TYPE_CHECKING:
    import pandas
    import pyarrow

DTYPES: dict[Kind, str] = {"string": "string", "integer": "Int64", "number": "float64", "list": "object"}
# A cell may hold a whole paragraph of any length; the csv module stops at 128 KiB by itself.
MAX_CELL_CHARACTERS = 1 << 28


def load_dataset(folder: str | Path) -> dict[str, pandas.DataFrame]:
    """Load all tables of a written dataset.

    Takes the folder that ``vnplans extract`` wrote, with Parquet or CSV in it (Parquet is preferred);
    gives a data frame for each table of ``schema.TABLES``: text as ``string``, whole numbers as
    ``Int64``, other numbers as ``float64``, several values as a tuple (empty when there is none), and
    ``<NA>`` for what is not stated. Raises DatasetError when a table is missing or cannot be read.

    >>> load_dataset("nowhere")
    Traceback (most recent call last):
    extract.errors.DatasetError: Cannot read nowhere...documents.csv: ...
    """
    return {table: _load_table(Path(folder), table) for table in COLUMNS}


def read_text_rows(folder: Path, table: str) -> list[dict[str, str]]:
    r"""Read one table as the text of its CSV cells, formula escapes left in.

    Takes the folder and the table; a dataset without CSV is read from Parquet and written the same way.
    Raises DatasetError when the table is missing or cannot be read.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     header = ",".join(column.name for column in COLUMNS["problems"])
    ...     _ = (Path(folder) / "problems.csv").write_text(header + "\n0,a.txt,read,error,timeout,,3\n")
    ...     read_text_rows(Path(folder), "problems")[0]["code"]
    'timeout'
    """
    path = folder / f"{table}.csv"
    if path.is_file():
        return list(_read_csv(path))
    from extract.dataset.formats.csv_tables import format_row

    names = [column.name for column in COLUMNS[table]]
    records = _read_parquet(folder, table).to_pylist()
    rows = (tuple(_plain(record[name]) for name in names) for record in records)
    return [dict(zip(names, format_row(table, row), strict=True)) for row in rows]


def _load_table(folder: Path, table: str) -> pandas.DataFrame:
    import pandas

    kinds = {column.name: column.kind for column in COLUMNS[table]}
    if (folder / f"{table}.parquet").is_file():
        frame = _read_parquet(folder, table).to_pandas(types_mapper=_pandas_types().get)
    else:
        rows = _parse_csv(folder / f"{table}.csv", table)
        frame = pandas.DataFrame(
            {
                name: pandas.Series([row.get(name) for row in rows], dtype=DTYPES[kind])
                for name, kind in kinds.items()
            }
        )
    for name in frame.columns.intersection([name for name, kind in kinds.items() if kind == "list"]):
        frame[name] = [tuple(cell) if cell is not None else () for cell in frame[name]]
    return cast("pandas.DataFrame", frame)


def _pandas_types() -> dict[Any, Any]:
    import pandas
    import pyarrow

    return {pyarrow.string(): pandas.StringDtype(), pyarrow.int64(): pandas.Int64Dtype()}


def _read_parquet(folder: Path, table: str) -> pyarrow.Table:
    path = folder / f"{table}.parquet"
    if not path.is_file():
        raise DatasetError(f"{folder} holds neither {table}.csv nor {table}.parquet.")
    import pyarrow
    from pyarrow.parquet import read_table

    try:
        rows = read_table(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise DatasetError(f"Cannot read {path}: {error}") from error
    _check_columns(path, rows.column_names)
    return rows


def _parse_csv(path: Path, table: str) -> list[dict[str, Any]]:
    kinds: dict[str, Kind] = {column.name: column.kind for column in COLUMNS[table]}
    try:
        return [
            {
                name: parse_cell(unescape_formula(text), kinds.get(name, "string"))
                for name, text in row.items()
            }
            for row in _read_csv(path)
        ]
    except ValueError as error:
        raise DatasetError(f"Cannot read {path}: {error}") from error


def _read_csv(path: Path) -> Iterator[dict[str, str]]:
    before = csv.field_size_limit(MAX_CELL_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            _check_columns(path, reader.fieldnames or ())
            for row in reader:
                if None in row or None in row.values():
                    raise csv.Error(
                        f"the row that ends in line {reader.line_num} has a wrong number of cells"
                    )
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(f"Cannot read {path}: {error}") from error
    finally:
        csv.field_size_limit(before)


def _check_columns(path: Path, names: Collection[str]) -> None:
    """Raise DatasetError when a table lacks columns, being none of ours or from an older version."""
    lacking = [column.name for column in COLUMNS[path.stem] if column.name not in names]
    if lacking:
        raise DatasetError(f"Cannot read {path}: it lacks the column(s) {', '.join(lacking)}.")


def _plain(cell: Any) -> Any:
    return tuple(cell) or None if isinstance(cell, list) else cell
