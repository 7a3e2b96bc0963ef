"""What the rows of a table of numbers are called: the column of names, and names that hang under others."""

from __future__ import annotations

import re

from extract.spans import Paragraph
from extract.structure.tables import ROW_NUMBER, Row, Table, cell_text

UNIT_IN_NAME = re.compile(
    r"\((?:ĐVT|đvt|Đơn vị tính|đơn vị tính|đơn vị)?\s?:?\s?"
    r"(?P<unit>[%‰]|(?:1\.000\s?)?[^()\d]{1,30}(?:\d(?=[/)]))?(?:/[\d.]+[^()]{0,30}|/[^()\d]{1,20})?)\)\s*\Z"
)
"""A unit in brackets at the end of a name or header."""
SUB_ROW = re.compile(
    r"(?:[-+*•–]\s?|trong đó|tr\.\s?đó|\+|gồm|chia ra|riêng|nam\b|nữ\b|thành thị|nông thôn|đô thị)",
    re.IGNORECASE,
)
"""How a row begins that tells a part of the row above."""
LEADING_SIGN = re.compile(r"[-+*•–\s]*+(?:trong đó\s?:?\s*+|tr\.\s?đó\s?:?\s*+)?", re.IGNORECASE)
"""Bullets and ``trong đó`` before the name of a part."""
TOTAL = re.compile(r"(?:tổng|cộng|toàn)\b", re.IGNORECASE)
"""How a row of sums begins, which hangs under no other."""
NAMING_ROLES = ("indicator", "content", "name")
"""Roles of the column of names, the surest first."""
MAX_NAME_CHARACTERS = 160
"""A longer cell tells of a thing; its first paragraph names it."""


def find_name_column(table: Table) -> int | None:
    """Find the column that names what a row is about; None when no column does.

    Without a header that says so it is the first column of unknown use before the numbers.
    """
    for role in NAMING_ROLES:
        column = table.column(role)
        if column is not None:
            return column
    numeric = [i for i, c in enumerate(table.columns) if c is not None and c.numeric]
    first = numeric[0] if numeric else 0
    return next((i for i, c in enumerate(table.columns[:first]) if c is None), None)


def find_name_cell(text: str, table: Table, row: Row, name_column: int) -> list[Paragraph]:
    """Give the cell with a row's name; that of a total may stand in the column of numbers."""
    cell = row.cells.get(name_column)
    number = table.column("number")
    if cell or number is None or not row.cells.get(number):
        return cell or []
    return [] if ROW_NUMBER.match(cell_text(text, row.cells[number])) else row.cells[number]


def read_row_name(text: str, table: Table, row: Row, cell: list[Paragraph], parents: list[str]) -> str:
    """Read a row's name, with the name of the row it hangs under when it means nothing alone.

    ``parents`` holds the name of the row above that stands for itself, and is kept up to date.
    """
    printed = cell_text(text, cell)
    if len(printed) > MAX_NAME_CHARACTERS:
        printed = cell_text(text, cell[:1])
    bare = UNIT_IN_NAME.sub("", LEADING_SIGN.sub("", printed, count=1)).strip(" .:;")
    hanging = not row.number or not row.number[0].isalnum() or row.number.islower()
    numbered = table.column("number") is not None and not row.number
    if parents and hanging and not TOTAL.match(bare) and (SUB_ROW.match(printed) or numbered):
        return f"{parents[-1]} - {bare}"
    parents[:] = [bare]
    return bare
