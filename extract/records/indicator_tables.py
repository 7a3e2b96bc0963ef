"""Tables of indicators: every filled cell under a column of values is one indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.folding import fold_tones
from extract.mentions.periods import parse_period_cell
from extract.mentions.quantities import parse_quantity_cell
from extract.mentions.unit_lists import read_units
from extract.records.drafts import Heading, Reading
from extract.records.indicators import (
    IndicatorDraft,
    Setting,
    Stretch,
    draft_from_quantity,
    find_title_period,
    read_stretch,
)
from extract.schema import IndicatorKind, PeriodSource
from extract.spans import Organ, Paragraph, Period
from extract.structure.columns import Column
from extract.structure.tables import Row, Table, cell_text

UNIT_IN_NAME = re.compile(
    r"\((?:ĐVT|đvt|Đơn vị tính|đơn vị tính|đơn vị)?\s?:?\s?"
    r"(?P<unit>[%‰]|[^()\d]{1,30}(?:/[\d.]+[^()]{0,30})?)\)\s*\Z"
)
"""A unit in brackets at the end of a name or header."""
UNIT_IN_TITLE = re.compile(r"(?:ĐVT|Đơn vị tính|Đơn vị|đơn vị tính)\s?:\s?(?P<unit>[%‰]|[^\n();.]{1,40})")
"""``Đơn vị tính: người`` above a table."""
SUB_ROW = re.compile(
    r"(?:[-+*•–]\s?|trong đó|tr\.\s?đó|\+|gồm|chia ra|riêng|nam\b|nữ\b|thành thị|nông thôn|đô thị)",
    re.IGNORECASE,
)
"""How a row begins that tells a part of the row above."""
LEADING_SIGN = re.compile(r"[-+*•–\s]*+(?:trong đó\s?:?\s*+|tr\.\s?đó\s?:?\s*+)?", re.IGNORECASE)
"""Bullets and ``trong đó`` before the name of a part."""
COMPARISON = re.compile(
    r"so với|so sánh|tỷ lệ (?:đạt|so|thực hiện)|đạt tỷ lệ|% (?:thực hiện|so|đạt)|đạt \(?%"
)
"""Headers, folded, of columns that compare two others: their values are percentages."""
MONTHS = re.compile(r"\b\d{1,2} tháng\b", re.IGNORECASE)
"""A header of months whose year stands elsewhere: ``Thực hiện 10 tháng``."""
PLAN_IN_HEADER = re.compile(r"\b(?:kế hoạch|kh|chỉ tiêu|mục tiêu)\b")
"""In a folded header: what a result is compared with."""
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
    values = [i for i, column in enumerate(table.columns) if column is not None and column.role == "value"]
    name_column = table.column("indicator")
    if name_column is None:
        name_column = table.column("content")
    if name_column is None:
        return
    titles = _titles_above(reading, table)
    parents: list[str] = []
    for row, heading in zip(table.rows, headings, strict=True):
        cell = row.cells.get(name_column)
        if not cell:
            continue
        stretch = _cell_stretch(cell, heading, titles)
        if not values:
            yield from _read_text_row(reading, table, row, stretch, setting)
            continue
        name = _row_name(reading.text, row, cell, parents)
        for column in values:
            yield from _read_value(reading, table, row, column, name, stretch, setting)


def _cell_stretch(cell: list[Paragraph], heading: Heading | None, titles: list[tuple[int, int]]) -> Stretch:
    own = [(heading.start, heading.end)] if heading else []
    role = heading.role if heading and heading.role == "situation" else "target"
    return Stretch(cell[0].start, cell[-1].end, role, heading, tuple(own + titles))


def _titles_above(reading: Reading, table: Table) -> list[tuple[int, int]]:
    """Give the lines right above a table, nearest first, and the headings above them."""
    start = min((p.start for row in table.rows for cell in row.cells.values() for p in cell), default=0)
    before = [node for node in reading.outline.nodes if node.end <= start]
    nearest = [(node.start, node.end) for node in reversed(before[-TITLES_ABOVE:])]
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


def _row_name(text: str, row: Row, cell: list[Paragraph], parents: list[str]) -> str:
    """Give a row's name, with the name of the row it hangs under when it means nothing alone."""
    printed = cell_text(text, cell)
    bare = UNIT_IN_NAME.sub("", LEADING_SIGN.sub("", printed, count=1)).strip(" .:;")
    hanging = not row.number or not row.number[0].isalnum() or row.number.islower()
    if parents and hanging and (SUB_ROW.match(printed) or not row.number):
        return f"{parents[-1]} - {bare}"
    parents[:] = [bare]
    return bare


def _read_value(
    reading: Reading, table: Table, row: Row, index: int, name: str, stretch: Stretch, setting: Setting
) -> Iterator[IndicatorDraft]:
    cell, column = row.cells.get(index), table.columns[index]
    if not cell or column is None:
        return
    comparison = bool(COMPARISON.search(fold_tones(column.header)))
    unit = "%" if comparison else _unit(reading, table, row, stretch)
    quantity = parse_quantity_cell(cell_text(reading.text, cell), unit)
    if quantity is None:
        return
    kind: IndicatorKind = "result" if column.result or comparison else "target"
    if comparison and _compares_plan(table, index):
        kind = "target"
    period, source = _column_period(reading, table, index, stretch, setting, kind)
    named = f"{name} - {column.header}" if comparison else name
    start, end = min(stretch.start, cell[0].start), max(stretch.end, cell[-1].end)
    draft = draft_from_quantity(quantity, named, kind, (start, end), stretch, period, source)
    draft.quote = " ".join(
        f"{reading.text[stretch.start : stretch.end]} {cell_text(reading.text, cell)}".split()
    )
    change = CHANGE.match(name)
    if change and not comparison:
        draft.measure = "increase" if change["verb"].lower() == "tăng" else "decrease"
    draft.lead = _row_lead(reading, table, row)
    yield draft


def _compares_plan(table: Table, index: int) -> bool:
    """Tell a column that sets the plan left of it against what was reached from one that judges a result."""
    column = table.columns[index]
    if column is not None and PLAN_IN_HEADER.search(fold_tones(column.header)):
        return False
    before = [c for c in table.columns[:index] if c is not None and c.role == "value"]
    return bool(before) and not before[-1].result


def _unit(reading: Reading, table: Table, row: Row, stretch: Stretch) -> str:
    column = table.column("unit")
    if column is not None and row.cells.get(column):
        return cell_text(reading.text, row.cells[column]).lower()
    named = UNIT_IN_NAME.search(reading.text, stretch.start, stretch.end)
    if named:
        return named["unit"].strip().lower()
    header = next(
        (c.header for c in table.columns if c is not None and c.role in ("indicator", "content")), ""
    )
    for words in (header, *(reading.text[a:b] for a, b in stretch.titles[:3])):
        titled = UNIT_IN_TITLE.search(words) or UNIT_IN_NAME.search(words)
        if titled:
            return titled["unit"].strip().lower()
    return "%" if fold_tones(reading.text[stretch.start : stretch.end]).startswith(("tỷ lệ", "tỉ lệ")) else ""


def _column_period(
    reading: Reading, table: Table, index: int, stretch: Stretch, setting: Setting, kind: IndicatorKind
) -> tuple[Period | None, PeriodSource]:
    column = table.columns[index]
    header = column.header if column is not None else ""
    period = parse_period_cell(header)
    if period is not None and period.value:
        return period, "heading"
    if MONTHS.search(header):
        year, source = find_title_period(reading, stretch, "target", setting.period)
        months = parse_period_cell(f"{header} năm {year.value[:4]}") if year else None
        return (months, source) if months else (year, source)
    if kind == "result" or COMPARISON.search(fold_tones(header)):
        dated = (_period_of(c) for c in reversed(table.columns[:index]))
        before = next((p for p in dated if p is not None), None)
        if before is not None:
            return before, "heading"
    return find_title_period(reading, stretch, "target", setting.period)


def _period_of(column: Column | None) -> Period | None:
    if column is None or column.role != "value":
        return None
    period = parse_period_cell(column.header)
    return period if period is not None and period.value else None
