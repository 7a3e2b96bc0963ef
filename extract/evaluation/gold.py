"""Gold files, and the rows of a dataset that belong to each."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from extract.dataset.reading import read_text_rows
from extract.errors import GoldError

Record = Mapping[str, Any]
Row = dict[str, str]


class Case(NamedTuple):
    """A gold file beside the rows of its document; ``document`` is None when the dataset lacks it."""

    path: Path
    gold: dict[str, Any]
    document: Row | None
    tasks: list[Row]
    indicators: list[Row]
    groups: list[Row]


def read_cases(dataset: Path, gold_files: Sequence[Path]) -> Iterator[Case]:
    """Read gold files, each with the rows of its document on the pages that were annotated.

    Takes the dataset's folder and the gold files; gives a case for each, in order. Raises DatasetError
    and GoldError when something cannot be read.

    >>> list(read_cases(Path("nowhere"), []))
    Traceback (most recent call last):
    extract.errors.DatasetError: nowhere holds neither documents.csv nor documents.parquet.
    """
    documents = read_text_rows(dataset, "documents")
    tables = [_by_document(read_text_rows(dataset, table)) for table in ("tasks", "indicators", "groups")]
    for path in gold_files:
        gold = read_gold(path)
        row = _find_document(documents, gold["source"])
        key = row["document_id"] if row else ""
        yield Case(path, gold, row, *(_on_pages(found.get(key, []), gold.get("pages")) for found in tables))


def read_gold(path: Path) -> dict[str, Any]:
    """Read a gold file.

    Takes its path; gives its content. Raises GoldError when it cannot be read or holds no right answers.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"Cannot read {path}: {error}") from error
    lacking = {"source", "document", "tasks", "indicators"} - set(gold if isinstance(gold, dict) else ())
    if lacking:
        raise GoldError(f"{path} is no gold file: it lacks {', '.join(sorted(lacking))}.")
    _check_records(path, gold)
    return dict(gold)


def _check_records(path: Path, gold: Record) -> None:
    """Raise GoldError for what cannot be compared; what a record lacks shows when it is."""
    if not isinstance(gold["source"], str):
        raise GoldError(f"{path} is no gold file: the source {gold['source']!r} is no name of a document.")
    tables = {name: gold[name] for name in ("tasks", "indicators")}
    for name, records in tables.items():
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise GoldError(f"{path} is no gold file: {name} is no list of records.")
    for record in tables["indicators"]:
        if "value" in record and not _is_number(record["value"]):
            raise GoldError(f"{path} is no gold file: the value {record['value']!r} is no number.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["document_id"]].append(row)
    return found


def _find_document(documents: Sequence[Row], source: str) -> Row | None:
    """Find the row of a gold's source by file name, else by stem, since a text comes in several formats."""
    name = PurePosixPath(source)
    paths = [(PurePosixPath(row["source"]), row) for row in documents]
    by_name = next((row for path, row in paths if path.name == name.name), None)
    return by_name or next((row for path, row in paths if path.stem == name.stem), None)


def _on_pages(rows: list[Row], pages: Sequence[int] | None) -> list[Row]:
    if not pages:
        return rows
    first, last = pages
    return [row for row in rows if not row["page"].isdigit() or first <= int(row["page"]) <= last]
