"""The formats by name, and the writer that puts a whole dataset into a folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from extract import schema
from extract.dataset.cells import Row
from extract.dataset.package import build_package
from extract.dataset.tables import COLUMNS, Counts, DocumentRows, TableBuilder
from extract.errors import OutputError, UsageError


class TableWriter(Protocol):
    """What a format must be able to do."""

    def __init__(self, folder: Path) -> None: ...

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Add rows to a table."""

    def close(self) -> None:
        """Finish and close all files."""


class Format(NamedTuple):
    """Where a format's writer is and what its file is called, ``{table}`` standing for the table."""

    module: str
    writer: str
    file_name: str


FORMATS = {
    "csv": Format("csv_tables", "CsvTables", "{table}.csv"),
    "parquet": Format("parquet_tables", "ParquetTables", "{table}.parquet"),
    "jsonl": Format("jsonl_tables", "JsonlTables", "{table}.jsonl"),
    "xlsx": Format("xlsx_workbook", "XlsxWorkbook", "dataset.xlsx"),
    "duckdb": Format("duckdb_database", "DuckdbDatabase", "dataset.duckdb"),
}
DEFAULT_FORMATS = ("csv", "parquet")
PACKAGE_FILE = "datapackage.json"
TEXT_FOLDER = "text"


def parse_formats(text: str) -> tuple[str, ...]:
    """Read a list of formats, in the order of ``FORMATS`` and each once.

    Raises UsageError for a name that is no format, or when there is none.

    >>> parse_formats("parquet, csv")
    ('csv', 'parquet')
    """
    names = {name.strip().casefold() for name in text.split(",") if name.strip()}
    unknown = sorted(names - FORMATS.keys())
    if unknown or not names:
        wrong = f"unknown format: {', '.join(unknown)}" if unknown else "no format given"
        raise UsageError(f"{wrong}; choose from {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in names)


def list_files(formats: Sequence[str]) -> list[str]:
    """Give the names of the table files that the formats write.

    >>> list_files(["xlsx"]), list_files(["csv"])[:2]
    (['dataset.xlsx'], ['documents.csv', 'groups.csv'])
    """
    names = [FORMATS[name].file_name.format(table=table) for name in formats for table in COLUMNS]
    return list(dict.fromkeys(names))


class DatasetWriter:
    """Writes the tables, the texts and ``datapackage.json`` of documents given in order.

    Use it as a context manager; ``finish`` ends the files, leaving the block closes them in any case.
    """

    def __init__(self, folder: Path, formats: Sequence[str] = DEFAULT_FORMATS) -> None:
        self._folder = folder
        self._formats = tuple(formats)
        self._builder = TableBuilder(_cell_limit() if "xlsx" in formats else None)
        self._open = ExitStack()
        self._writers: list[TableWriter] = []

    def __enter__(self) -> DatasetWriter:
        (self._folder / TEXT_FOLDER).mkdir()
        with ExitStack() as opened:  # a format that fails to open closes those before it
            for name in self._formats:
                module = import_module(f"extract.dataset.formats.{FORMATS[name].module}")
                writer = cast("type[TableWriter]", getattr(module, FORMATS[name].writer))(self._folder)
                opened.callback(writer.close)
                self._writers.append(writer)
            self._open = opened.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._open.close()

    @property
    def counts(self) -> Counts:
        """How many rows, documents and problems have been written."""
        return self._builder.counts

    def add(self, extraction: schema.Extraction) -> DocumentRows:
        """Write all rows and the text of one document, and give them as written."""
        document = self._builder.build(extraction)
        for table, rows in document.tables.items():
            for writer in self._writers:
                writer.write(table, rows)
        path = self._folder / TEXT_FOLDER / f"{document.document_id}.txt"
        with path.open("w", encoding="utf-8", newline="") as handle:
            handle.write(document.text)
        return document

    def finish(self) -> None:
        """Close the tables and write ``datapackage.json``."""
        self._open.close()
        write_json(self._folder / PACKAGE_FILE, build_package(self._folder, resource_files(self._formats)))


def resource_files(formats: Sequence[str]) -> dict[str, str]:
    """Give the file that stands for each table in ``datapackage.json``: the first format written.

    >>> resource_files(["csv", "parquet"])["tasks"], resource_files(["duckdb"])["tasks"]
    ('tasks.csv', 'dataset.duckdb')
    """
    first = next(name for name in FORMATS if name in formats)
    return {table: FORMATS[first].file_name.format(table=table) for table in COLUMNS}


def write_json(path: Path, value: Any) -> None:
    """Write a value as readable JSON, UTF-8 with line feeds; raises OutputError when that cannot be.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_json(Path(folder) / "a.json", {"tỉnh": 34})
    ...     (Path(folder) / "a.json").read_text("utf-8").split()
    ['{', '"tỉnh":', '34', '}']
    """
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    try:
        path.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror}.") from error


def _cell_limit() -> int:
    from extract.dataset.formats.xlsx_workbook import CELL_LIMIT

    return CELL_LIMIT
