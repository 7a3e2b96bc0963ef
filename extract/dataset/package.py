"""``datapackage.json``: the tables of a dataset as a Frictionless Data Package (v2).

https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from extract.dataset.cells import LIST_SEPARATOR
from extract.dataset.tables import COLUMNS
from extract.schema import TABLES, Column

PROFILE = "https://datapackage.org/profiles/2.0/"
PRIMARY_KEYS = {
    "documents": ["document_id"],
    "groups": ["group_id"],
    "tasks": ["task_id"],
    "task_units": ["task_id", "ordinal"],
    "indicators": ["indicator_id"],
}
FOREIGN_KEYS = {
    "documents": {"duplicate_of": ("documents", "document_id")},
    "groups": {"document_id": ("documents", "document_id"), "parent_id": ("groups", "group_id")},
    "tasks": {"document_id": ("documents", "document_id"), "group_id": ("groups", "group_id")},
    "task_units": {"document_id": ("documents", "document_id"), "task_id": ("tasks", "task_id")},
    "indicators": {
        "document_id": ("documents", "document_id"),
        "group_id": ("groups", "group_id"),
        "task_id": ("tasks", "task_id"),
    },
    "references": {"document_id": ("documents", "document_id")},
    "problems": {"document_id": ("documents", "document_id")},
}
UNITS = {
    "start": "characters of text/<document_id>.txt",
    "end": "characters of text/<document_id>.txt",
    "bbox": "PDF points (1/72 inch)",
    "pages": "pages",
    "ocr_pages": "pages",
    "page": "pages, from 1",
    "confidence": "share, 0 to 1",
    "value": "as unit_code says",
    "value_high": "as unit_code says",
    "value_base": "the base unit of the indicator in the vocabulary",
    "value_high_base": "the base unit of the indicator in the vocabulary",
}
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".jsonl": "application/jsonl",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".duckdb": "application/vnd.duckdb",
}


def build_package(folder: Path, files: Mapping[str, str]) -> dict[str, Any]:
    """Describe a written dataset.

    Takes the folder and the name of the file that holds each table; gives the descriptor with the
    schema, keys, size and checksum of each. The files must be closed.
    """
    return {
        "$schema": PROFILE + "datapackage.json",
        "name": "vnplans-dataset",
        "title": "Vietnamese administrative documents: groups, tasks and indicators",
        "description": (
            "Records read from Vietnamese administrative plans, dispatches, decisions and news. "
            "start and end count characters of text/<document_id>.txt, end exclusive. "
            "An empty cell means not stated."
        ),
        "resources": [_resource(folder, table, files[table]) for table in TABLES],
    }


def _resource(folder: Path, table: str, file_name: str) -> dict[str, Any]:
    suffix = Path(file_name).suffix
    resource: dict[str, Any] = {
        "name": table,
        "type": "table",
        "path": file_name,
        "description": (TABLES[table].__doc__ or "").strip(),
        "scheme": "file",
        "format": suffix[1:],
        "mediatype": MEDIA_TYPES[suffix],
        "encoding": "utf-8",
    }
    if suffix == ".xlsx":
        resource["dialect"] = {"sheetName": table, "excel": {"sheet": table}}
    elif suffix == ".duckdb":
        resource["dialect"] = {"table": table}
    if suffix != ".duckdb":  # its bytes differ from run to run
        resource |= _checksum(folder / file_name)
    return resource | {"schema": build_schema(table)}


def _checksum(path: Path) -> dict[str, Any]:
    with path.open("rb") as handle:
        return {"bytes": path.stat().st_size, "hash": "sha256:" + file_digest(handle, "sha256").hexdigest()}


def build_schema(table: str) -> dict[str, Any]:
    """Give the Table Schema of a table: fields, primary key and foreign keys.

    >>> build_schema("task_units")["primaryKey"]
    ['task_id', 'ordinal']
    >>> build_schema("documents")["fields"][0]["constraints"]
    {'required': True}
    """
    keys = PRIMARY_KEYS.get(table, [])
    table_schema: dict[str, Any] = {
        "$schema": PROFILE + "tableschema.json",
        "fields": [_field(column, column.name in keys) for column in COLUMNS[table]],
        "missingValues": [""],
    }
    if keys:
        table_schema["primaryKey"] = keys
    table_schema["foreignKeys"] = [
        # An empty resource means the table itself.
        {"fields": [name], "reference": {"resource": "" if other == table else other, "fields": [key]}}
        for name, (other, key) in FOREIGN_KEYS[table].items()
    ]
    return table_schema


def _field(column: Column, required: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.description}
    if column.kind == "list":
        field |= {"delimiter": LIST_SEPARATOR, "itemType": "string"}
    if column.name in UNITS:
        field["unit"] = UNITS[column.name]
    constraints: dict[str, Any] = {"required": True} if required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    return field | ({"constraints": constraints} if constraints else {})
