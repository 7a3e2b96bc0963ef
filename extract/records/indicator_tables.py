"""Tables of indicators: every filled cell under a column of values is one indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

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
from extract.schema import GroupRole
from extract.spans import Organ, Paragraph
from extract.structure.tables import Row, Table, cell_text

CODE = re.compile(r"\d\.\d{6}(?:\.[A-Z].*)?|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d")
"""Cells with the code of an administrative procedure, or years: no values."""
CHANGE = re.compile(r"(?:mức )?(?P<verb>tăng|giảm)\s", re.IGNORECASE)
"""A row whose value is by how much something rises or falls."""
PLAIN_ROLES = frozenset({"number", "unit", "lead", "support", "value", "measure", "score", "other"})
"""Roles of columns whose cells hold names and numbers, no sentences."""
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
    told = _telling_columns(table) if setting.report and not numeric else []
    name_column = told[0] - 1 if told else find_name_column(table)
    if name_column is None:
        return
    titles = _titles_above(reading, table)
    parents: list[str] = []
    for row, heading in zip(table.rows, headings, strict=True):
        cell = find_name_cell(reading.text, table, row, name_column)
        if not cell:
            continue
        stretch = _cell_stretch(cell, heading, titles)
        if not told and not _has_values(table) and _says_sentences(table, name_column):
            yield from _read_text_row(reading, table, row, stretch, setting)
        name = read_row_name(reading.text, table, row, cell[:1] if told else cell, parents)
        if told and not row.group:
            yield from _read_told(reading, table, row, told, name, stretch, setting)
        for column in numeric:
            yield from _read_value(reading, table, row, column, name, stretch, setting)


def _telling_columns(table: Table) -> list[int]:
    """Give the columns whose cells tell of the thing that the column before them names.

    A table that a report lists things in begins with their names; progress, obstacles and means follow.
    """
    number = table.column("number")
    first = 0 if number is None else number + 1
    if first >= len(table.columns) or table.columns[first] is not None:
        return []
    roles = {i: c.role if c is not None else "" for i, c in enumerate(table.columns) if i > first}
    return [i for i, role in roles.items() if role not in PLAIN_ROLES]


def _read_told(
    reading: Reading, table: Table, row: Row, told: list[int], name: str, stretch: Stretch, setting: Setting
) -> Iterator[IndicatorDraft]:
    """Read what the cells of a row tell of the thing it names, beginning behind that name."""
    cells: list[tuple[list[Paragraph], GroupRole]] = [(row.cells.get(told[0] - 1, [])[1:], "situation")]
    cells += [(row.cells.get(i, []), _told_role(table, i)) for i in told]
    for paragraphs, role in cells:
        for paragraph in paragraphs:
            inside = replace(stretch, start=paragraph.start, end=paragraph.end, role=role)
            for draft in read_stretch(reading, inside, setting):
                draft.name = f"{name} - {draft.name}"
                yield draft


def _told_role(table: Table, index: int) -> GroupRole:
    column = table.columns[index]
    return "task" if column is not None and column.role == "content" else "situation"


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
    if CODE.fullmatch(printed.strip()):
        return
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
