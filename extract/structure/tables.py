"""Tables: header, columns and rows, whatever the format they came in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from extract.spans import CleanText, Paragraph
from extract.structure.columns import Column, read_column

MAX_HEADER_ROWS = 3
ROW_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ]|[-+*•])[.)/]?\Z")
"""What the column of numbers holds."""
GROUP_NUMBER = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])[.)/]?\Z")
"""Numbers of rows that head the rows below."""
LEADING_NUMBER = re.compile(r"(?P<number>[IVXLC]{1,6}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})*+)[.)/]\s*+(?=[^\W\d])")
"""A number that a group row prints before its title."""
COLUMN_NUMBER = re.compile(r"\(?[\dA-C]{1,2}\)?(?:\s?=.*+)?")
"""Numbers of columns under a header: ``(1)``, ``A``, ``5 = 4/3``."""
FIRST_COLUMN_NUMBERS = (["1", "2"], ["A", "B"], ["A", "1"])
DITTO = re.compile(r"[-–\s]{0,4}(?:nt|n/t|như trên|\"|''|”)[-–\s]{0,4}", re.IGNORECASE)
"""A cell that says the same as the one above: ``- nt -``, ``"``; a dash alone says nothing."""
REPEATING_ROLES = frozenset({"lead", "support", "time", "product", "unit"})
"""Columns in which it stands; a value or a piece of work is always written out."""
MIN_NUMBERED_COLUMNS = 3
MIN_KNOWN_SHARE = 0.5
"""A header says something known in at least this share of its cells."""


@dataclass(slots=True)
class Row:
    """A row: its number as printed, its cells by column and whether it is a heading of rows."""

    number: str
    cells: dict[int, list[Paragraph]]
    group: bool = False


@dataclass(slots=True)
class Table:
    """A table: index, columns (None where the header says nothing) and the rows under the header."""

    index: int
    columns: list[Column | None]
    rows: list[Row]
    first: int
    """Index of its first paragraph."""

    def column(self, role: str) -> int | None:
        """Give the first column with a role."""
        return next((i for i, c in enumerate(self.columns) if c is not None and c.role == role), None)

    def roles(self) -> set[str]:
        """Give the roles of all columns."""
        return {column.role for column in self.columns if column is not None}


def build_tables(clean: CleanText) -> list[Table]:
    """Gather the cells of the canonical text into tables with a known header.

    Tables whose header says nothing (letterheads, signatures, layout) are left out.
    """
    cells = [(i, p) for i, p in enumerate(clean.paragraphs) if p.cell is not None]
    tables = []
    for _, members in groupby(cells, key=lambda item: item[1].cell.table if item[1].cell else -1):
        table = _build_table(clean.text, list(members))
        if table is not None:
            tables.append(table)
    return tables


def _build_table(text: str, members: list[tuple[int, Paragraph]]) -> Table | None:
    rows: list[dict[int, list[Paragraph]]] = []
    for _, in_row in groupby(members, key=lambda item: item[1].cell.row if item[1].cell else -1):
        row: dict[int, list[Paragraph]] = {}
        for _, paragraph in in_row:
            if paragraph.cell is not None:
                row.setdefault(paragraph.cell.column, []).append(paragraph)
        rows.append(row)
    header = _find_header(text, rows)
    if header is None:
        return None
    last, columns = header
    body = [_build_row(text, row, columns) for row in _written_out(text, rows[last + 1 :], columns)]
    index = members[0][1].cell.table if members[0][1].cell else -1
    return Table(index, columns, [row for row in body if row.cells], members[0][0])


def _written_out(
    text: str, rows: list[dict[int, list[Paragraph]]], columns: list[Column | None]
) -> Iterator[dict[int, list[Paragraph]]]:
    """Give the rows, with the cell above where one says ``- nt -`` (như trên) or is merged with it."""
    repeating = [i for i, c in enumerate(columns) if c is not None and c.role in REPEATING_ROLES]
    above: dict[int, list[Paragraph]] = {}
    for row in rows:
        meant = dict(row)
        here = next((p.cell.row for cell in row.values() for p in cell if p.cell), 0)
        for column in repeating:
            cell = row.get(column)
            if cell and DITTO.fullmatch(cell_text(text, cell)):
                meant[column] = above.get(column, [])
            elif cell:
                above[column] = cell
            elif _reaches(above.get(column, []), here):
                meant[column] = above[column]
        yield meant


def _reaches(cell: list[Paragraph], row: int) -> bool:
    """Tell whether a merged cell reaches down to a row."""
    return any(p.cell is not None and p.cell.row + p.cell.rows > row for p in cell)


def cell_text(text: str, paragraphs: list[Paragraph]) -> str:
    r"""Join the paragraphs of a cell by blanks.

    >>> cell_text("Sở Y tế\nSở Tài chính", [Paragraph(0, 7), Paragraph(8, 20)])
    'Sở Y tế Sở Tài chính'
    """
    return " ".join(text[p.start : p.end] for p in paragraphs)


def _find_header(text: str, rows: list[dict[int, list[Paragraph]]]) -> tuple[int, list[Column | None]] | None:
    """Give the last row of the header and the columns; None when no row of the first ones is a header."""
    for first, row in enumerate(rows[:MAX_HEADER_ROWS]):
        read = {i: read_column(cell_text(text, cell)) for i, cell in row.items()}
        known = [column for column in read.values() if column is not None]
        if len({c.header for c in known}) < 2 or len(known) < MIN_KNOWN_SHARE * len(read):
            continue
        if not _is_header(known):
            continue
        last = first
        while last + 1 < len(rows) and last - first < MAX_HEADER_ROWS - 1:
            below = _second_header(text, rows[last + 1], read)
            if below is None:
                break
            read, last = below, last + 1
        width = 1 + max((i for r in rows for i in r), default=0)
        return last, [read.get(i) for i in range(width)]
    return None


def _is_header(known: list[Column]) -> bool:
    roles = {column.role for column in known}
    named = roles & {"content", "indicator"}
    return bool(named) or "number" in roles or len(roles & {"lead", "support", "time", "product"}) >= 2


def _second_header(
    text: str, row: dict[int, list[Paragraph]], above: dict[int, Column | None]
) -> dict[int, Column | None] | None:
    """A second header row splits merged cells: years under a plan, or numbers of columns."""
    words = {i: cell_text(text, cell) for i, cell in row.items()}
    if len(words) >= MIN_NUMBERED_COLUMNS and all(COLUMN_NUMBER.fullmatch(word) for word in words.values()):
        numbers = [word.strip("()") for word in words.values()]
        return above if numbers[:2] in FIRST_COLUMN_NUMBERS else None
    read = {i: read_column(w) for i, w in words.items()}
    # Of what a merged cell is split into, one part may be none that is known: Quy định khác.
    known = {i: c for i, c in read.items() if c is not None or i in above}
    if not known or any(
        c is None or c.role not in ("value", "measure", "unit", "lead", "support") for c in known.values()
    ):
        return None
    merged = dict(above)
    for i, column in read.items():
        over = _nearest_above(above, i)
        if column is None:
            continue
        result = column.result or (over is not None and over.result and over.role == "value")
        header = f"{over.header} {column.header}" if over and over.numeric else column.header
        merged[i] = Column(column.role, header, result)
    return merged


def _nearest_above(above: dict[int, Column | None], index: int) -> Column | None:
    return next((above[i] for i in range(index, -1, -1) if above.get(i) is not None), None)


def _build_row(text: str, row: dict[int, list[Paragraph]], columns: list[Column | None]) -> Row:
    number_column = next((i for i, c in enumerate(columns) if c is not None and c.role == "number"), None)
    cells = dict(row)
    number = ""
    if number_column is not None and number_column in cells:
        printed = cell_text(text, cells[number_column]).strip(" *")
        if ROW_NUMBER.match(printed):
            number = printed.rstrip(".)/")
            del cells[number_column]
    filled = [i for i in cells if cells[i]]
    alone = len(filled) == 1 and not _is_value(columns, filled[0])
    group = alone and (not number or bool(GROUP_NUMBER.match(number)) or number.isdigit())
    if group and not number:
        number = _pull_number(text, cells[filled[0]])
    if group and number.isdigit() and not alone:
        group = False
    return Row(number, cells, group)


def _is_value(columns: list[Column | None], index: int) -> bool:
    column = columns[index] if index < len(columns) else None
    return column is not None and column.numeric


def _pull_number(text: str, paragraphs: list[Paragraph]) -> str:
    """Take the number out of a group row that prints it before its title (``I. Kinh tế số``)."""
    first = paragraphs[0]
    match = LEADING_NUMBER.match(text, first.start, first.end)
    if match is None:
        return ""
    paragraphs[0] = Paragraph(match.end(), first.end, first.cell, first.bold)
    return match["number"]
