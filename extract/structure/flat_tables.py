"""Tables that came out one cell a line: found by their header, rebuilt from the sequence of row numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.spans import Cell, CleanText, Paragraph
from extract.structure.columns import Column, read_column
from extract.structure.markers import parse_roman

MIN_COLUMNS = 3
MAX_HEADER_CELLS = 24
MAX_CELL_CHARACTERS = 1500
NUMBER = re.compile(r"\d{1,3}[.)]?\Z")
"""Numbers of rows, by their form."""
DOTTED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\Z")
ROMAN = re.compile(r"[IVXL]{1,6}[.)]?\Z")
LETTER = re.compile(r"[A-Ea-zđ][.)]?\Z")
VALUE = re.compile(r"[<>≤≥~±≈]?\s?[-+]?\d[\d.,]*+(?:\s?[-–]\s?\d[\d.,]*+)?\s?[%‰]?\Z|[-–x…/]\Z")
"""A cell that holds a number, or says that there is none."""
TIME = re.compile(r"\b(?:năm|quý|tháng|hàng|hằng|thường xuyên|định kỳ|ngày|\d{4})\b", re.IGNORECASE)
"""Words of a cell that says when."""


@dataclass(slots=True)
class _Table:
    """A table that is being filled: columns, finished rows and the row at hand."""

    columns: list[Column]
    row: list[list[int]]
    rows: list[list[list[int]]]
    expected: int = 1
    roman: int = 1

    @property
    def numeric(self) -> bool:
        return any(column.numeric for column in self.columns)

    @property
    def full(self) -> bool:
        return len(self.row) >= len(self.columns)


def mark_flat_tables(clean: CleanText) -> None:
    """Give every paragraph that is a cell of a flattened table its place in the table."""
    paragraphs, text = clean.paragraphs, clean.text
    tables = 1 + max((p.cell.table for p in paragraphs if p.cell), default=-1)
    index = 0
    while index < len(paragraphs):
        header = _read_header(text, paragraphs, index)
        if header is None:
            index += 1
            continue
        table, after = _read_rows(text, paragraphs, index + len(header), header)
        if table is None:
            index += 1
            continue
        _mark(text, paragraphs, index, table, tables)
        tables, index = tables + 1, after


def _read_header(text: str, paragraphs: list[Paragraph], index: int) -> list[Column] | None:
    """Read the header that begins with the column of row numbers."""
    first = paragraphs[index]
    if first.cell is not None or first.end - first.start > 12:
        return None
    column = read_column(text[first.start : first.end])
    if column is None or column.role != "number":
        return None
    columns = [column]
    for paragraph in paragraphs[index + 1 : index + MAX_HEADER_CELLS]:
        words = text[paragraph.start : paragraph.end]
        following = None if paragraph.cell or _is_row_number(words) else read_column(words)
        if following is None or following.role == "number":
            break
        columns.append(following)
    return columns if len(columns) >= MIN_COLUMNS else None


def _read_rows(
    text: str, paragraphs: list[Paragraph], index: int, header: list[Column]
) -> tuple[_Table | None, int]:
    table = _Table(list(header), [], [])
    while index < len(paragraphs) and paragraphs[index].cell is None:
        paragraph = paragraphs[index]
        words = text[paragraph.start : paragraph.end]
        following = _words(text, paragraphs, index + 1)
        if len(words) > MAX_CELL_CHARACTERS or not _take(table, words, following, index):
            break
        index += 1
    if table.row:
        table.rows.append(table.row)
    return (table if len(table.rows) >= 2 else None), index


def _words(text: str, paragraphs: list[Paragraph], index: int) -> str:
    if index >= len(paragraphs) or paragraphs[index].cell is not None:
        return ""
    return text[paragraphs[index].start : paragraphs[index].end]


def _take(table: _Table, words: str, following: str, index: int) -> bool:
    """Put a paragraph into the table; False when it no longer belongs to it."""
    if _starts_row(table, words, following):
        if table.row:
            table.rows.append(table.row)
        table.row = [[index]]
        _count_on(table, words)
        return True
    if not table.row:
        return False
    if table.numeric:
        return _take_numeric(table, words, following, index)
    if not table.full:
        table.row.append([index])
        return True
    if words[:1].islower():
        table.row[-1].append(index)
        return True
    return False


def _take_numeric(table: _Table, words: str, following: str, index: int) -> bool:
    """In a table of values a text after the values opens a row without a number."""
    value = bool(VALUE.match(words))
    column = table.columns[len(table.row)] if not table.full else None
    if column is not None and (not column.numeric or value):
        table.row.append([index])
        return True
    if not value and (VALUE.match(following) or len(following) <= 20) and following:
        table.rows.append(table.row)
        table.row = [[], [index]]
        return True
    return False


def _starts_row(table: _Table, words: str, following: str) -> bool:
    if not _is_row_number(words) or not following or _is_row_number(following):
        return False
    if table.row and len(table.row) < 2:
        return False
    if table.numeric and not table.full and VALUE.match(following):
        return False
    if ROMAN.match(words) and parse_roman(words.rstrip(".)")) == table.roman:
        return True
    if NUMBER.match(words):
        number = int(words.rstrip(".)"))
        return number == table.expected or number == 1 or table.expected < number <= table.expected + 2
    return bool(DOTTED.match(words) or (LETTER.match(words) and table.full) or words in ("-", "+"))


def _count_on(table: _Table, words: str) -> None:
    bare = words.rstrip(".)")
    if ROMAN.match(words) and parse_roman(bare) == table.roman:
        table.roman += 1
    elif NUMBER.match(words):
        table.expected = int(bare) + 1


def _is_row_number(words: str) -> bool:
    return bool(NUMBER.match(words) or ROMAN.match(words) or DOTTED.match(words) or LETTER.match(words)) or (
        words in ("-", "+")
    )


def _mark(text: str, paragraphs: list[Paragraph], first: int, table: _Table, number: int) -> None:
    columns = len(table.columns)
    for column in range(columns):
        paragraphs[first + column].cell = Cell(number, 0, column)
    for position, row in enumerate(table.rows, 1):
        places = _places(text, paragraphs, table, row)
        for place, members in zip(places, row, strict=True):
            for index in members:
                paragraphs[index].cell = Cell(number, position, place)


def _places(text: str, paragraphs: list[Paragraph], table: _Table, row: list[list[int]]) -> list[int]:
    """Say which column each cell of a row stands in; empty cells have left no line."""
    columns = len(table.columns)
    places = list(range(len(row)))
    if len(row) >= columns or len(row) <= 2 or table.numeric:
        return [min(place, columns - 1) for place in places]
    last = paragraphs[row[-1][-1]]
    time = next((i for i, c in enumerate(table.columns) if c.role == "time"), None)
    if time is not None and time > places[-1] and TIME.search(text, last.start, last.end):
        places[-1] = time
    return places
