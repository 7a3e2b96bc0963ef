"""Tables of indicators: every filled cell under a column of values is one indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.mentions.quantities import parse_quantity_cell
from extract.mentions.unit_lists import read_units
from extract.records.drafts import Heading, Reading
from extract.records.indicator_drafts import IndicatorDraft, Setting, Stretch
from extract.records.indicators import draft_from_quantity, read_stretch
from extract.records.row_names import find_name_cell, find_name_column, read_row_name
from extract.records.table_values import (
    find_column_period,
    is_comparison,
    name_value,
    read_cell_kind,
    read_unit,
)
from extract.spans import Organ, Paragraph
from extract.structure.tables import Row, Table, cell_text

CHANGE = re.compile(r"(?:mức )?(?P<verb>tăng|giảm)\s", re.IGNORECASE)
"""A row whose value is by how much something rises or falls."""
TITLES_ABOVE = 6


def build_table_indicators(reading: Reading, setting: Setting) -> list[IndicatorDraft]:
    """Read the indicators of all tables; their headings must have been noted before."""
    drafts: list[IndicatorDraft] = []
    for table in reading.outline.tables:
        drafts += _read_table(reading, table, setting)
    return drafts


def _read_table(reading: Reading, table: Table, setting: Setting) -> Iterator[IndicatorDraft]:
    headings = reading.table_headings.get(table.index) or [None] * len(table.rows)
    if "score" in table.roles():
        return
    numeric = [i for i, column in enumerate(table.columns) if column is not None and column.numeric]
    name_column = find_name_column(table)
    if name_column is None:
        return
    titles = _titles_above(reading, table)
    parents: list[str] = []
    for row, heading in zip(table.rows, headings, strict=True):
        cell = find_name_cell(reading.text, table, row, name_column)
        if not cell:
            continue
        stretch = _cell_stretch(cell, heading, titles)
        if not _has_values(table) and _says_sentences(table, name_column):
            yield from _read_text_row(reading, table, row, stretch, setting)
        name = read_row_name(reading.text, table, row, cell, parents)
        for column in numeric:
            yield from _read_value(reading, table, row, column, name, stretch, setting)


def _has_values(table: Table) -> bool:
    return any(column is not None and column.role == "value" for column in table.columns)


def _says_sentences(table: Table, name_column: int) -> bool:
    """Tell a column of aims or work, whose cells may hold numbers, from one of plain names."""
    column = table.columns[name_column]
    return column is not None and column.role in ("indicator", "content")


def _cell_stretch(cell: list[Paragraph], heading: Heading | None, titles: list[tuple[int, int]]) -> Stretch:
    own = [(heading.start, heading.end)] if heading else []
    role = heading.role if heading and heading.role == "situation" else "target"
    return Stretch(cell[0].start, cell[-1].end, role, heading, tuple(own + titles))


def _titles_above(reading: Reading, table: Table) -> list[tuple[int, int]]:
    """Give the lines right above a table, nearest first, and the headings above them."""
    start = min((p.start for row in table.rows for cell in row.cells.values() for p in cell), default=0)
    before = [node for node in reading.outline.nodes if node.end <= start]
    nearest = []
    for node in reversed(before[-TITLES_ABOVE:]):
        nearest.append((node.start, node.end))
        if node.marker is not None and node.marker.style == "annex":
            return nearest
    above = reading.outline.path(before[-1].index) if before else []
    return nearest + [(node.start, node.end) for node in reversed(above)]


def _read_text_row(
    reading: Reading, table: Table, row: Row, stretch: Stretch, setting: Setting
) -> Iterator[IndicatorDraft]:
    """A row of words: the indicators of its sentences, led by the units of its row."""
    lead = _row_lead(reading, table, row)
    for draft in read_stretch(reading, stretch, setting):
        draft.lead = lead
        yield draft


def _row_lead(reading: Reading, table: Table, row: Row) -> list[Organ]:
    column = table.column("lead")
    cells = row.cells.get(column, []) if column is not None else []
    return [unit for p in cells for unit in read_units(reading.text, p.start, p.end)]


def _read_value(
    reading: Reading, table: Table, row: Row, index: int, name: str, stretch: Stretch, setting: Setting
) -> Iterator[IndicatorDraft]:
    cell, column = row.cells.get(index), table.columns[index]
    if not cell or column is None:
        return
    printed = cell_text(reading.text, cell)
    quantity = parse_quantity_cell(printed, read_unit(reading, table, row, column, stretch))
    if quantity is None:
        return
    kind = read_cell_kind(reading, table, index, quantity, stretch, setting)
    period, source = find_column_period(reading, table, index, stretch, setting, kind)
    named = name_value(name, column)
    start, end = min(stretch.start, cell[0].start), max(stretch.end, cell[-1].end)
    draft = draft_from_quantity(quantity, named, kind, (start, end), stretch, period, source)
    draft.quote = " ".join(f"{reading.text[stretch.start : stretch.end]} {printed}".split())
    change = CHANGE.match(name)
    if change and not is_comparison(column):
        draft.measure = "increase" if change["verb"].lower() == "tăng" else "decrease"
    draft.lead = _row_lead(reading, table, row)
    yield draft
