"""Records of one document to rows of the tables, with ids that stay apart over the whole dataset."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from typing import Any

from extract import schema
from extract.dataset.cells import Row, clean_cell, clean_text, escape_formula, format_cell

DOCUMENT_ID = re.compile(r"[0-9a-f]{16}")
ID_COLUMNS = frozenset({"document_id", "group_id", "parent_id", "task_id", "indicator_id"})
COLUMNS = {table: schema.columns(table) for table in schema.TABLES}


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """What one document adds to the dataset: its text and the rows of each table, in column order."""

    document_id: str
    text: str
    tables: dict[str, list[Row]]


@dataclass(slots=True)
class Counts:
    """How many rows, documents and problems a dataset holds, for the summary and ``run.json``."""

    rows: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)


class TableBuilder:
    """Builds the rows of documents given one after the other, in the order of the dataset.

    It remembers ids and texts only: a text that came before makes a document a duplicate, bytes that
    came before also give it another id (see the docstring of ``extract.dataset``). ``cell_limit`` is the
    number of characters a workbook's cell holds, None when no workbook is written.
    """

    def __init__(self, cell_limit: int | None = None) -> None:
        self.counts = Counts()
        self._cell_limit = cell_limit
        self._first_by_text: dict[bytes, str] = {}
        self._ids: set[str] = set()

    def build(self, extraction: schema.Extraction) -> DocumentRows:
        """Build the rows of one document.

        Takes the records of a document and leaves them unchanged; gives the text and the rows of every
        table of ``schema.TABLES``. Text is made writable (``cells.clean_text``); what that replaced, and
        cells that a workbook must cut, are added to the problems. Raises ValueError when the document's
        id is not 16 hexadecimal digits, since it names a file.
        """
        extraction = self._place(extraction)
        document_id = extraction.document.document_id
        text, replaced = clean_text(extraction.text)
        tables: dict[str, list[Row]] = {}
        for table, records in _records(extraction):
            tables[table], count = _rows(table, records)
            replaced += count
        problems = list(_replacement_problem(extraction.document, replaced))
        problems += self._cut_problems(extraction.document, tables)
        tables["problems"] += _rows("problems", problems)[0]
        self._count(extraction, tables, problems)
        return DocumentRows(document_id, text, tables)

    def _place(self, extraction: schema.Extraction) -> schema.Extraction:
        """Give the document an id of its own, the first with the same text, and its counts of rows."""
        document = extraction.document
        if not DOCUMENT_ID.fullmatch(document.document_id):
            raise ValueError(f"document_id {document.document_id!r} is not 16 hexadecimal digits")
        first = ""
        if document.document_id in self._ids:
            first = document.document_id
            extraction = _with_own_id(extraction)
        folded = " ".join(unicodedata.normalize("NFC", extraction.text).split())
        if folded:
            key = sha256(folded.encode("utf-8", "surrogatepass")).digest()
            first = self._first_by_text.setdefault(key, first or extraction.document.document_id)
        self._ids.add(extraction.document.document_id)
        document = replace(
            extraction.document,
            duplicate_of="" if first == extraction.document.document_id else first,
            group_count=len(extraction.groups),
            task_count=len(extraction.tasks),
            indicator_count=len(extraction.indicators),
        )
        return replace(extraction, document=document)

    def _cut_problems(
        self, document: schema.Document, tables: dict[str, list[Row]]
    ) -> Iterator[schema.Problem]:
        """Name the columns of a document in which a workbook must cut cells."""
        if self._cell_limit is None:
            return
        cut: Counter[str] = Counter()
        for table, rows in tables.items():
            for row in rows:
                for column, cell in zip(COLUMNS[table], row, strict=True):
                    if isinstance(cell, str | tuple) and _exceeds(format_cell(cell), self._cell_limit):
                        cut[f"{table}.{column.name}"] += 1
        for place, count in cut.items():
            message = (
                f"{count} cell(s) of {place} hold more than {self._cell_limit:,} characters, which is all "
                "that a workbook's cell can hold: they are cut there. Every other format keeps them whole."
            )
            yield _write_problem(document, "cell_cut", message)

    def _count(
        self,
        extraction: schema.Extraction,
        tables: dict[str, list[Row]],
        added: list[schema.Problem],
    ) -> None:
        self.counts.rows.update({table: len(rows) for table, rows in tables.items()})
        self.counts.statuses[extraction.document.status] += 1
        self.counts.kinds[extraction.document.kind] += 1
        self.counts.problems.update(problem.code for problem in [*extraction.problems, *added])


def _records(extraction: schema.Extraction) -> Iterator[tuple[str, list[Any]]]:
    """Give the name of every table and its records; documents holds one."""
    for table in schema.TABLES:
        yield table, [extraction.document] if table == "documents" else getattr(extraction, table)


def _rows(table: str, records: list[Any]) -> tuple[list[Row], int]:
    """Give a row for each record, and how many characters and numbers could not be written."""
    rows, replaced = [], 0
    for record in records:
        cells = [clean_cell(getattr(record, column.name), column.kind) for column in COLUMNS[table]]
        rows.append(tuple(cell for cell, _ in cells))
        replaced += sum(count for _, count in cells)
    return rows, replaced


def _with_own_id(extraction: schema.Extraction) -> schema.Extraction:
    """Key a document and all its records by its bytes and its source instead of its bytes alone."""
    document = extraction.document
    old = document.document_id
    name = (document.sha256 + document.source).encode("utf-8", "surrogatepass")
    new = sha256(name).hexdigest()[:16]

    def rekey(record: Any) -> Any:
        named = [f.name for f in fields(record) if f.name in ID_COLUMNS and getattr(record, f.name)]
        return replace(record, **{name: new + getattr(record, name).removeprefix(old) for name in named})

    lists: dict[str, Any] = {
        table: [rekey(record) for record in records]
        for table, records in _records(extraction)
        if table != "documents"
    }
    return replace(extraction, document=rekey(document), **lists)


def _exceeds(text: str, limit: int) -> bool:
    return len(text) * 2 > limit and count_utf16(escape_formula(text)) > limit


def count_utf16(text: str) -> int:
    """Count the UTF-16 code units of a text, which is how a spreadsheet counts characters.

    >>> count_utf16("Sở"), count_utf16("𠀋")
    (2, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _replacement_problem(document: schema.Document, replaced: int) -> Iterator[schema.Problem]:
    if replaced:
        message = (
            f"{replaced} character(s) that no format can hold (control characters, halves of surrogate "
            "pairs) were replaced by U+FFFD or a blank, or numbers out of range left empty. "
            "Look at the document: its text may be damaged."
        )
        yield _write_problem(document, "characters_replaced", message)


def _write_problem(document: schema.Document, code: str, message: str) -> schema.Problem:
    return schema.Problem(document.document_id, document.source, "write", "warning", code, message)
